//! Fields for the values of a funnel: durations, times, shares, numbers, days.

use std::ops::RangeInclusive;

use egui::{Response, Ui};
use indexmap::IndexSet;

use crate::model::{Day, LocalTime, Seconds, TimeOfDay};
use crate::ui::theme::{self, Type};
use crate::ui::words::panels as words;

use super::text::Spec;
use super::{Form, row};

impl Form<'_> {
    /// A length of time, typed like "1d 6h".
    pub fn duration(&mut self, ui: &mut Ui, name: &str, value: &mut Seconds) -> Response {
        self.duration_if(ui, name, value, |_| Ok(()))
    }

    /// A length of time that must be right beside others; `fits` says what would be.
    pub fn duration_if(
        &mut self,
        ui: &mut Ui,
        name: &str,
        value: &mut Seconds,
        fits: impl Fn(Seconds) -> Result<(), String>,
    ) -> Response {
        row(ui, name, |ui, label| {
            let field = self.bare_duration_if(ui, name, value, fits);
            self.named(field, name, label)
        })
    }

    /// As [`Self::duration_if`], without a label beside it.
    pub fn bare_duration_if(
        &mut self,
        ui: &mut Ui,
        name: &str,
        value: &mut Seconds,
        fits: impl Fn(Seconds) -> Result<(), String>,
    ) -> Response {
        let spoken = value.spoken();
        let unit = if spoken.replace(' ', "") == value.to_string() { String::new() } else { spoken };
        let spec = Spec { hint: words::DURATION_HINT, unit: &unit, ..Spec::default() };
        let read = |text: &str| {
            let length = length(text).ok_or_else(|| words::duration_wrong(text))?;
            fits(length).map(|()| length)
        };
        self.bare_parsed(ui, name, value, spec, false, Seconds::to_string, read).on_hover_text(words::DURATION_HELP)
    }

    /// A time of day.
    pub fn time_of_day(&mut self, ui: &mut Ui, name: &str, value: &mut TimeOfDay) -> Response {
        row(ui, name, |ui, label| {
            let field = self.bare_time_of_day(ui, name, value);
            self.named(field, name, label)
        })
    }

    /// A time of day without a label beside it.
    pub fn bare_time_of_day(&mut self, ui: &mut Ui, name: &str, value: &mut TimeOfDay) -> Response {
        let spec = Spec { hint: words::TIME_HINT, ..Spec::default() };
        self.bare_parsed(ui, name, value, spec, false, TimeOfDay::to_string, |text| {
            text.parse().map_err(|_| words::TIME_WRONG.to_owned())
        })
    }

    /// Two times of day in one row.
    pub fn hours(&mut self, ui: &mut Ui, name: &str, from: &mut TimeOfDay, to: &mut TimeOfDay) {
        row(ui, name, |ui, _| {
            ui.columns(2, |sides| {
                self.bare_time_of_day(&mut sides[0], &words::starts(name), from);
                self.bare_time_of_day(&mut sides[1], &words::ends(name), to);
            });
        });
    }

    /// A date and a time of day.
    pub fn local_time(&mut self, ui: &mut Ui, name: &str, value: &mut LocalTime) {
        row(ui, name, |ui, _| {
            let gap = 4.0;
            // A date has twice the letters of a time.
            let date_width = ((ui.available_width() - gap) * 0.62).round();
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = gap;
                ui.vertical(|ui| {
                    ui.set_width(date_width);
                    self.date_field(ui, &words::date_of(name), value);
                });
                ui.vertical(|ui| {
                    ui.set_width(ui.available_width());
                    self.time_field(ui, &words::time_of(name), value);
                });
            });
            self.calendar(ui, name, value);
        });
    }

    fn date_field(&mut self, ui: &mut Ui, name: &str, value: &mut LocalTime) {
        let mut date = value.0.date();
        let spec = Spec { hint: words::DATE_HINT, ..Spec::default() };
        self.bare_parsed(ui, name, &mut date, spec, false, ToString::to_string, |text| {
            let joined = format!("{}T00:00:00", text.trim());
            joined.parse::<LocalTime>().map(|read| read.0.date()).map_err(|_| words::DATE_WRONG.to_owned())
        });
        value.0 = date.and_time(value.0.time());
    }

    fn time_field(&mut self, ui: &mut Ui, name: &str, value: &mut LocalTime) {
        let mut time = value.0.time();
        let spec = Spec { hint: words::TIME_HINT, ..Spec::default() };
        let show = |time: &chrono::NaiveTime| {
            let text = time.format("%H:%M:%S").to_string();
            text.strip_suffix(":00").map_or(text.clone(), str::to_owned)
        };
        self.bare_parsed(ui, name, &mut time, spec, false, show, |text| {
            let joined = format!("2000-01-01T{}", text.trim());
            joined.parse::<LocalTime>().map(|read| read.0.time()).map_err(|_| words::TIME_WRONG.to_owned())
        });
        value.0 = value.0.date().and_time(time);
    }

    /// A share from 0 to 1, typed as a percentage.
    pub fn percent(&mut self, ui: &mut Ui, name: &str, value: &mut f64) -> Response {
        row(ui, name, |ui, label| {
            let field = self.bare_percent(ui, name, value);
            self.named(field, name, label)
        })
    }

    /// A share without a label beside it.
    pub fn bare_percent(&mut self, ui: &mut Ui, name: &str, value: &mut f64) -> Response {
        self.bare_percent_in(ui, name, value, 0.0..=1.0)
    }

    /// A share within bounds.
    pub fn bare_percent_in(&mut self, ui: &mut Ui, name: &str, value: &mut f64, bounds: RangeInclusive<f64>) -> Response {
        let spec = Spec { unit: "%", ..Spec::default() };
        let show = |share: &f64| number(share * 100.0);
        let read = |text: &str| match read_number(text).map(|percent| round(percent / 100.0)) {
            Some(share) if bounds.contains(&share) => Ok(share),
            _ => Err(words::percent_wrong(*bounds.start(), *bounds.end())),
        };
        self.bare_parsed(ui, name, value, spec, false, show, read)
    }

    /// A weight: 0 or more.
    pub fn bare_weight(&mut self, ui: &mut Ui, name: &str, value: &mut f64, unit: &str) -> Response {
        let spec = Spec { unit, ..Spec::default() };
        self.bare_parsed(
            ui,
            name,
            value,
            spec,
            false,
            |weight| number(*weight),
            |text| match read_number(text) {
                Some(weight) if weight >= 0.0 => Ok(weight),
                _ => Err(words::WEIGHT_WRONG.to_owned()),
            },
        )
    }

    /// A whole number.
    pub fn count(&mut self, ui: &mut Ui, name: &str, value: &mut u64, unit: &str) -> Response {
        let spec = Spec { unit, ..Spec::default() };
        self.parsed(
            ui,
            name,
            value,
            spec,
            |count| words::grouped(*count),
            |text| {
                let digits: String = text.chars().filter(|c| !matches!(c, ' ' | ',' | '.' | '_' | '\u{202f}')).collect();
                digits.parse().map_err(|_| words::COUNT_WRONG.to_owned())
            },
        )
    }

    /// Days of the week as chips; none of them means every day.
    pub fn days(&mut self, ui: &mut Ui, name: &str, value: &mut IndexSet<Day>) {
        row(ui, name, |ui, _| {
            ui.horizontal(|ui| {
                let gap = 4.0;
                ui.spacing_mut().item_spacing.x = gap;
                let width = ((ui.available_width() - 6.0 * gap) / 7.0).floor().clamp(16.0, 32.0);
                for day in Day::ALL {
                    let on = value.contains(&day);
                    if chip(ui, words::day_letter(day), words::day_name(day), on, width).clicked() {
                        // The order of the week, whatever the order of the clicks.
                        let all = Day::ALL.into_iter().filter(|d| value.contains(d) != (*d == day));
                        *value = all.collect();
                        self.pressed();
                    }
                }
            });
            if value.is_empty() {
                super::hint(ui, words::EVERY_DAY);
            }
        });
    }
}

fn chip(ui: &mut Ui, letter: &str, name: &str, on: bool, width: f32) -> Response {
    let theme = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(egui::vec2(width, super::ROW), egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, on, name));
    let (fill, ink, line) = match (on, response.hovered()) {
        (true, _) => (theme.accent, theme.on_accent, theme.accent),
        (false, true) => (theme.hover, theme.text, theme.border_strong),
        (false, false) => (theme.sunken, theme.weak, theme.border),
    };
    let painter = ui.painter();
    painter.rect(rect, theme::RADIUS, fill, egui::Stroke::new(1.0, line), egui::StrokeKind::Inside);
    painter.text(rect.center(), egui::Align2::CENTER_CENTER, letter, theme.font(Type::Small), ink);
    super::choose::focus_ring(ui, &response);
    response.on_hover_text(name)
}

/// A number as short as it can be said; six digits are finer than any share that a person means.
fn number(value: f64) -> String {
    format!("{}", round(value))
}

fn round(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// A length of time as a person writes it: as in a file, or in words, such as `3 days` or `1 hour and 30 min`.
fn length(text: &str) -> Option<Seconds> {
    let mut plain = String::new();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        let is_of_word = |c: char| c.is_alphabetic();
        let end = if is_of_word(first) { rest.find(|c| !is_of_word(c)) } else { rest.find(is_of_word) };
        let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
        match is_of_word(first) {
            true => plain.push_str(words::unit(part)?),
            false => plain.extend(part.chars().filter(|c| *c != ',')),
        }
        rest = after;
    }
    plain.parse().ok()
}

fn read_number(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('%').trim().replace(',', ".");
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_may_be_written_in_words() {
        let said = [
            ("3 days", "3d"),
            ("3 dias", "3d"),
            ("1 hour and 30 min", "1h 30m"),
            ("2 Weeks, 1 day", "2w 1d"),
            ("20h", "20h"),
        ];
        for (said, written) in said {
            assert_eq!(length(said), written.parse().ok(), "{said}");
        }
        for wrong in ["", "3", "three days", "3 months", "days", "1.5h", "3 days 4"] {
            assert_eq!(length(wrong), None, "{wrong}");
        }
    }
}
