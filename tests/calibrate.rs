//! Reply times from a log: what was put into a log comes out of it, also where the log ends before everyone has answered.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use transom::engine::calibrate::{Calibration, Kind, Observation, TooFew, calibrate};
use transom::engine::delays::quantile;
use transom::model::{Delay, Seconds};

fn law(text: &str) -> Delay {
    ron::from_str(text).unwrap()
}

/// Messages of which so many are ever answered; half of them are followed for 20 h, the others up to then.
fn log(delay: &Delay, chance: f64, count: usize, seed: u64) -> Vec<Observation> {
    let mut dice = StdRng::seed_from_u64(seed);
    let one = |_| {
        let followed = if dice.random_bool(0.5) { 72_000.0 } else { 72_000.0 * dice.random_range(0.0..1.0) };
        let answers = dice.random_bool(chance);
        let after = quantile(delay, dice.random_range(0.0..1.0));
        let answered = answers && after <= followed;
        Observation { length: Seconds(if answered { after } else { followed } as i64), answered }
    };
    (0..count).map(one).collect()
}

const LOG_NORMAL: &str = r#"LogNormal(median:"12m",p90:"106m")"#;
const WEIBULL: &str = r#"Weibull(median:"1h",p90:"6h")"#;

#[test]
fn both_laws_come_back_out_of_a_log_that_ends_too_early() {
    for (text, kind, median, p90) in
        [(LOG_NORMAL, Kind::LogNormal, 720.0, 6360.0), (WEIBULL, Kind::Weibull, 3600.0, 21_600.0)]
    {
        for seed in 0..3 {
            let Calibration { fit, other, .. } = calibrate(&log(&law(text), 0.7, 10_000, seed)).unwrap();
            assert_eq!((fit.kind, fit.aic < other.aic), (kind, true), "{fit:?} {other:?}");
            assert!((fit.chance - 0.7).abs() < 4.0 * fit.chance_error && fit.chance_error < 0.02, "{fit:?}");
            let off = (fit.median / median).ln().abs();
            assert!(off < 4.0 * fit.median_error && fit.median_error < 0.06, "{fit:?}");
            assert!((fit.p90 / p90).ln().abs() < 0.1 && fit.distance < 0.02, "{fit:?}");
        }
    }
}

#[test]
fn the_errors_that_are_told_are_those_that_are_made() {
    let mut within = 0;
    for seed in 100..160 {
        let fit = calibrate(&log(&law(LOG_NORMAL), 0.7, 800, seed)).unwrap().fit;
        let chance = (fit.chance - 0.7).abs() < 1.96 * fit.chance_error;
        within += usize::from(chance && (fit.median / 720.0).ln().abs() < 1.96 * fit.median_error);
    }
    // Both within their 95 % some nine times in ten.
    assert!((44..60).contains(&within), "{within} of 60");
}

#[test]
fn who_may_still_answer_is_not_taken_for_silent() {
    let log = log(&law(r#"LogNormal(median:"10h",p90:"20h")"#), 0.7, 10_000, 9);
    let calibration = calibrate(&log).unwrap();
    let naive = calibration.answered as f64 / log.len() as f64;
    assert!(naive < 0.5 && (calibration.fit.chance - 0.7).abs() < 0.05, "{naive} {:?}", calibration.fit);
    // Kaplan and Meier's estimate takes nothing from a law, and agrees.
    let share = calibration.survival.answered_by(Seconds::hours(10));
    assert!((share - 0.35).abs() < 0.02, "{share}");
}

#[test]
fn the_estimate_without_a_law_is_the_one_of_the_textbook() {
    let seen = [(6, true), (6, true), (6, true), (6, false), (7, true), (9, false), (10, true), (10, false), (11, false)];
    let survival = transom::engine::calibrate::Survival::of(
        &seen.map(|(length, answered)| Observation { length: Seconds(length), answered }),
    );
    let silent: Vec<f64> = survival.points().iter().map(|(_, answered)| 1.0 - answered).collect();
    let right = [6.0 / 9.0, 6.0 / 9.0 * 4.0 / 5.0, 6.0 / 9.0 * 4.0 / 5.0 * 2.0 / 3.0];
    assert!(silent.iter().zip(right).all(|(one, other)| (one - other).abs() < 1e-12), "{silent:?}");
}

#[test]
fn fewer_than_fifty_answers_are_refused() {
    let one = Observation { length: Seconds(60), answered: true };
    assert_eq!(calibrate(&[one; 49]).unwrap_err(), TooFew(49));
}

#[test]
fn a_log_in_which_all_answer_alike_gives_a_law_all_the_same() {
    let fit = calibrate(&[Observation { length: Seconds(600), answered: true }; 60]).unwrap().fit;
    assert!(fit.chance > 0.99 && (fit.median - 600.0).abs() < 10.0, "{fit:?}");
    assert!(calibrate(&[Observation { length: Seconds(0), answered: true }; 60]).is_ok());
}

// The command.

fn funnel(folder: &Path) -> PathBuf {
    let path = folder.join("funnel.ron");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("funnels/day3-mistake.ron");
    std::fs::copy(from, &path).unwrap();
    path
}

fn log_file(folder: &Path) -> PathBuf {
    let path = folder.join("log.csv");
    let mut text = "id,sent_at,replied_at\n".to_owned();
    let mut dice = StdRng::seed_from_u64(5);
    for id in 0..2000 {
        let sent: transom::model::LocalTime = "2026-11-02T08:00:00".parse().unwrap();
        let sent = sent.0 + chrono::TimeDelta::seconds(i64::from(id) * 97);
        let after = quantile(&law(LOG_NORMAL), dice.random_range(0.0..1.0)) as i64;
        let replied = sent + chrono::TimeDelta::seconds(after);
        let told = if dice.random_bool(0.6) { replied.format("%Y-%m-%d %H:%M:%S").to_string() } else { String::new() };
        writeln!(text, "{id},{},{told}", sent.format("%Y-%m-%dT%H:%M:%S")).unwrap();
    }
    std::fs::write(&path, text).unwrap();
    path
}

fn run(arguments: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_transom")).arg("calibrate").args(arguments).output().unwrap()
}

#[test]
fn the_command_writes_the_law_into_the_step_and_changes_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (funnel, log) = (funnel(folder.path()), log_file(folder.path()));
    let before = std::fs::read_to_string(&funnel).unwrap();
    let arguments = [&log, Path::new("--into"), &funnel, Path::new("--step"), Path::new("welcome")];
    let dry = run(&[&arguments[..], &[Path::new("--dry-run")]].concat());
    assert!(dry.status.success() && std::fs::read_to_string(&funnel).unwrap() == before);
    let output = run(&arguments);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(
        said.contains("2000 messages") && said.contains("log-normal: 57.6 % ever answer") && said.contains("% off the log"),
        "{said}"
    );
    let after = std::fs::read_to_string(&funnel).unwrap();
    let changed: Vec<(&str, &str)> = before.lines().zip(after.lines()).filter(|(one, other)| one != other).collect();
    assert_eq!(before.lines().count(), after.lines().count(), "{after}");
    assert!((1..=2).contains(&changed.len()), "{changed:?}");
    let loaded = transom::file::read(&funnel).unwrap();
    let step = loaded.document.funnel.step(&"welcome".into()).unwrap().clone();
    let reply = step.message().unwrap().reply.clone().unwrap();
    assert!((reply.chance - 0.6).abs() < 0.05, "{reply:?}");
    let Delay::LogNormal { median, .. } = reply.delay else { panic!("{reply:?}") };
    assert!((620..830).contains(&median.0), "{median:?}");
}

#[test]
fn what_is_wrong_with_a_log_or_a_step_is_said_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let funnel = funnel(folder.path());
    let before = std::fs::read_to_string(&funnel).unwrap();
    let log = folder.path().join("bad.csv");
    for (text, step, says) in [
        ("sent_at,replied_at\n2026-12-01T09:00:00,tomorrow\n", "welcome", "bad.csv:2:21"),
        ("sent_at,replied_at\n2026-12-01T09:00:00,\n", "welcome", "there are 0 answers, and 50 are needed"),
        ("sent_at,replied_at\n", "welcom", "did you mean `welcome`?"),
        ("sent_at,replied_at\n", "gap3", "waits for no answer"),
        ("", "welcome", "there is no column `sent_at`"),
    ] {
        std::fs::write(&log, text).unwrap();
        let output = run(&[&log, Path::new("--into"), &funnel, Path::new("--step"), Path::new(step)]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(says), "{text:?}: {said}");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{said}");
        assert_eq!(std::fs::read_to_string(&funnel).unwrap(), before);
    }
}
