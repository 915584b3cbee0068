//! Random funnels against people drawn one by one, and against the crowd.

use super::*;

struct Maker(StdRng);

impl Maker {
    fn chance(&mut self, share: f64) -> bool {
        self.0.random_bool(share)
    }

    fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.0.random_range(0..of.len())].clone()
    }

    fn length(&mut self) -> Seconds {
        let quarters: i64 = self.pick(&[0, 1, 2, 4, 8, 20, 40, 48, 52, 80, 92, 96, 100, 288]);
        let off: i64 = self.pick(&[0, 0, 0, 0, 0, 0, -1, 1, 17]);
        Seconds((quarters * 900 + off).max(0))
    }

    fn time(&mut self) -> TimeOfDay {
        let off = self.pick(&[0, 0, 0, 0, 1800, 7]);
        TimeOfDay::from_seconds(self.pick(&[0, 2, 3, 9, 10, 12, 20]) * 3600 + off).unwrap()
    }

    fn reply(&mut self) -> Reply {
        let (a, b) = (self.length(), self.length());
        let delay = match self.0.random_range(0..6) {
            0 => Delay::Fixed(a),
            1 => Delay::Uniform { min: a.min(b), max: a.max(b) },
            2 => Delay::Empirical(vec![(a.min(b), 0.4), (Seconds(a.max(b).0 + 1), self.pick(&[0.9, 1.0]))]),
            3 => Delay::Exponential { mean: Seconds(a.0.max(60)) },
            4 => Delay::Weibull { median: Seconds::minutes(40), p90: Seconds::hours(9) },
            _ => Delay::LogNormal { median: Seconds::minutes(12), p90: Seconds::hours(6) },
        };
        let options = (0..self.0.random_range(1..=2))
            .map(|n| ReplyOption {
                label: format!("option {n}"),
                share: self.pick(&[1.0, 2.0, 0.0]),
                effect: self.pick(&[None, None, Some(Effect::OptIn), Some(Effect::OptOut)]),
            })
            .collect();
        let timeout = self.chance(0.85).then(|| self.length().max(Seconds(1)));
        Reply { options, chance: self.pick(&[0.0, 0.7, 0.7, 0.7, 1.0]), delay, timeout }
    }

    fn kind(&mut self) -> StepKind {
        match self.0.random_range(0..12) {
            0..2 => message(),
            2..6 => asking(Some(self.reply())),
            6 | 7 => StepKind::Wait(Wait::For(self.length())),
            8 | 9 => {
                let few = [self.pick(&Day::ALL), self.pick(&Day::ALL)];
                let days = if self.chance(0.3) { few.into_iter().collect() } else { [].into() };
                StepKind::Wait(match self.0.random_range(0..7) {
                    0..3 => Wait::Until { time: self.time(), days },
                    3..6 => Wait::SendHours { from: self.time(), to: self.time(), days },
                    _ => Wait::Date(self.pick(&["2026-12-03T12:00:00", "2027-03-30T09:00:00"]).parse().unwrap()),
                })
            }
            _ => StepKind::Branch(match self.0.random_range(0..5) {
                0 | 1 => Branch::WindowOpen,
                2 => Branch::OptedIn,
                3 => Branch::Split(vec![("A".to_owned(), 50.0), ("B".to_owned(), self.pick(&[25.0, 0.0]))]),
                _ => {
                    let (name, share) = self.pick(&[("VIP", 0.2), ("new", 0.6), ("all", 1.0)]);
                    Branch::Attribute { name: name.to_owned(), share }
                }
            }),
        }
    }

    fn funnel(&mut self) -> Funnel {
        let size = self.0.random_range(4..=10);
        let mut steps = Vec::new();
        for n in 0..size {
            let channel = self.pick(&[Channel::UserMessage, Channel::QrCode, Channel::BusinessInitiated]);
            let arrives = if self.chance(0.3) { Arrivals::Between(self.time(), self.time()) } else { Arrivals::AnyTime };
            let kind = match n {
                0 => entry(channel, arrives),
                1 if self.chance(0.2) => entry(channel, arrives),
                _ if n + 1 == size => message(),
                _ => self.kind(),
            };
            steps.push(Arc::new(Step {
                id: StepId::from(format!("s{n:02}")),
                title: String::new(),
                kind,
                allow: Vec::new(),
            }));
        }
        let mut links = Vec::new();
        for (n, step) in steps.iter().enumerate() {
            for out in step.outputs() {
                let back = n > 2 && self.chance(0.07);
                let to = if back { self.0.random_range(1..n) } else { self.0.random_range(n + 1..n + 3) };
                if to < size && !matches!(steps[to].kind, StepKind::Entry { .. }) {
                    links.push(Arc::new(Link { from: step.id.clone(), out, to: steps[to].id.clone() }));
                }
            }
        }
        let timezone = self.pick(&["America/Sao_Paulo", "Europe/Berlin", "Asia/Kolkata"]).to_owned();
        let launch = self.pick(&["2026-12-01T09:00:00", "2027-03-24T00:00:00", "2026-10-20T10:00:07"]).parse().ok();
        let audience = Audience { timezone, ..Audience::default() };
        Funnel { name: "random".to_owned(), launch, audience, steps, links, ..Funnel::default() }
    }

    fn weighted(&mut self, weights: &[f64]) -> usize {
        let whole: f64 = weights.iter().sum();
        if whole <= 0.0 {
            return self.0.random_range(0..weights.len());
        }
        let mut left = self.0.random_range(0.0..whole);
        weights
            .iter()
            .position(|weight| {
                left -= weight;
                left < 0.0
            })
            .unwrap_or(0)
    }

    /// A person of the crowd, with an answer and a choice in hand for each visit to each step.
    fn person(&mut self, funnel: &Funnel) -> Story {
        let entries: Vec<&Arc<Step>> =
            funnel.steps.iter().filter(|step| matches!(step.kind, StepKind::Entry { .. })).collect();
        let step = Arc::clone(self.pick(&entries));
        let StepKind::Entry { arrives, .. } = step.kind else { unreachable!("only entries are picked") };
        let clock = Clock::of(&funnel.audience.timezone).unwrap();
        let start = clock.instant_of(funnel.launch.unwrap());
        let arrives_unix = loop {
            let instant = start + self.0.random_range(0..7 * DAY);
            let Arrivals::Between(from, to) = arrives else { break instant };
            let time = clock.local(instant).rem_euclid(DAY);
            let (from, to) = (i64::from(from.seconds()), i64::from(to.seconds()));
            if if from < to { from <= time && time < to } else { time >= from || time < to } {
                break instant;
            }
        };
        let mut scenario = Scenario { entry: Some(step.id.clone()), ..Scenario::default() };
        let mut attributes: BTreeMap<&str, bool> = BTreeMap::new();
        // Ids rise, so a link to a lower one may lead back; nobody comes back more often than some dozens of times.
        let visits = if funnel.links.iter().any(|link| link.to <= link.from) { 80 } else { 1 };
        for step in &funnel.steps {
            match &step.kind {
                StepKind::Message(Message { reply: Some(reply), .. }) => {
                    let weights: Vec<f64> = reply.options.iter().map(|option| option.share).collect();
                    for _ in 0..visits {
                        let label = reply.options[self.weighted(&weights)].label.clone();
                        let answers = self.chance(reply.chance);
                        let after = whole_seconds(&reply.delay, self.0.random_range(0.0..1.0)).filter(|_| answers);
                        // At the timeout it is too late; without one an answer of no option stays out for good.
                        let (reply, after) = match (after, reply.timeout) {
                            (Some(after), _) => (label, Seconds(after)),
                            (None, Some(timeout)) => (label, timeout),
                            (None, None) => ("no answer".to_owned(), Seconds(0)),
                        };
                        scenario.answers.push(Answer { step: step.id.clone(), reply, after });
                    }
                }
                StepKind::Branch(Branch::Split(cases)) => {
                    let weights: Vec<f64> = cases.iter().map(|(_, weight)| *weight).collect();
                    for _ in 0..visits {
                        let out = Output::Case(cases[self.weighted(&weights)].0.clone());
                        scenario.choices.push(Choice { step: step.id.clone(), out });
                    }
                }
                StepKind::Branch(Branch::Attribute { name, share }) => {
                    let holds = *attributes.entry(name).or_insert_with(|| self.0.random_bool(*share));
                    let out = if holds { Output::Yes } else { Output::No };
                    scenario.choices.push(Choice { step: step.id.clone(), out });
                }
                _ => {}
            }
        }
        Story { arrives_unix, scenario, moves: 0 }
    }
}

/// What people did at one step: visits and visits inside, summed, and their squares and products.
#[derive(Default, Clone)]
struct Tally {
    sums: [f64; 2],
    squares: [f64; 3],
    since: Vec<i64>,
}

fn tally(funnel: &Funnel, proof: &Proof, window: Seconds, maker: &mut Maker, people: usize) -> BTreeMap<StepId, Tally> {
    let mut tallies: BTreeMap<StepId, Tally> = BTreeMap::new();
    for _ in 0..people {
        let journey = proof.replay(&maker.person(funnel));
        let mut own: BTreeMap<&StepId, [f64; 2]> = BTreeMap::new();
        for moment in journey.moments.iter().filter(|moment| matches!(moment.what, What::Sent(_))) {
            let inside = moment.since_inbound.is_some_and(|since| since < window);
            let [visits, open] = own.entry(&moment.step).or_default();
            *visits += 1.0;
            *open += f64::from(u8::from(inside));
            tallies.entry(moment.step.clone()).or_default().since.extend(moment.since_inbound.map(|since| since.0));
        }
        for (step, [visits, open]) in own {
            let tally = tallies.entry(step.clone()).or_default();
            tally.sums[0] += visits;
            tally.sums[1] += open;
            tally.squares[0] += visits * visits;
            tally.squares[1] += visits * open;
            tally.squares[2] += open * open;
        }
    }
    tallies
}

#[test]
fn people_drawn_one_by_one_are_as_often_inside() {
    let policy = policy();
    let funnels: u64 = std::env::var("TRANSOM_LIKELIHOOD").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    let people = 1500;
    let (mut compared, mut between, mut estimates, mut worst) = (0, 0, 0, 0.0_f64);
    for seed in 0..funnels {
        let mut maker = Maker(StdRng::seed_from_u64(seed));
        let funnel = maker.funnel();
        let likely = likelihood(&funnel, &policy, now(), MUCH_WORK);
        let proof = prove(&funnel, &policy, now());
        for told in &likely.steps {
            let proved = proof.step(&told.id).unwrap();
            let Some(inside) = told.inside else { continue };
            let why = || format!("seed {seed}: {told:?}\n{proved:?}\n{funnel:?}");
            match proved.verdict {
                _ if proved.unknown.is_some() => {}
                Verdict::Inside => assert!(inside > 1.0 - 1e-9, "{}", why()),
                Verdict::Outside => assert!(inside < 1e-9, "{}", why()),
                Verdict::Unreachable => panic!("{}", why()),
                Verdict::Sometimes => {}
            }
            if inside > 1e-9 && inside < 1.0 - 1e-9 {
                assert_eq!(proved.verdict, Verdict::Sometimes, "{}", why());
                between += 1;
            }
        }
        // A story holds 80 answers a step, too few where people go round dozens of times.
        if is_doubtful(&likely) || likely.steps.iter().any(|step| step.visits > 6.0) {
            estimates += 1;
            continue;
        }
        let tallies = tally(&funnel, &proof, policy.window.length, &mut maker, people);
        for told in &likely.steps {
            let tally = tallies.get(&told.id).cloned().unwrap_or_default();
            let why = |z: f64| format!("seed {seed}: z = {z}, drawn {:?}: {told:?}\n{funnel:?}", tally.sums);
            let people = people as f64;
            // Visits of one person hang together, so people are what is counted.
            let spread = (tally.squares[0] / people - (tally.sums[0] / people).powi(2)).max(told.visits.min(1.0) / people);
            let z = (tally.sums[0] / people - told.visits) / (spread / people).sqrt().max(1e-9);
            assert!(z.abs() < 5.0, "visits, {}", why(z));
            let Some(inside) = told.inside.filter(|_| tally.sums[0] >= 30.0) else { continue };
            let [visits, open] = tally.sums;
            let spread = tally.squares[2] - 2.0 * inside * tally.squares[1] + inside * inside * tally.squares[0];
            let spread = spread.max(visits * inside * (1.0 - inside)).max(0.5) / (visits * visits);
            let off = ((open / visits - inside).abs() - told.error).max(0.0);
            let z = off / spread.sqrt();
            worst = worst.max(z);
            assert!(z < 4.5, "inside, {}", why(z));
            compared += 1;
            agree_on_the_median(told, &tally, &why(0.0));
        }
    }
    println!(
        "{funnels} funnels, {compared} steps compared, {between} between 0 and 1, {estimates} estimates, worst z {worst:.2}"
    );
    assert!(compared as u64 > funnels && between as u64 * 4 > funnels, "the test looked at too little");
    // Cycles without an end are made now and then, and cannot be told exactly.
    assert!(estimates * 5 < funnels as usize, "{estimates} estimates are too many");
}

/// The median that is told parts the drawn times in halves, as far as chance allows.
fn agree_on_the_median(told: &StepLikelihood, tally: &Tally, why: &str) {
    let (Some(median), count) = (told.since.quantile(0.5), tally.since.len() as f64) else { return };
    if count < 30.0 {
        return;
    }
    let slack = 60;
    let below = tally.since.iter().filter(|since| **since < median.0 - slack).count() as f64 / count;
    let above = tally.since.iter().filter(|since| **since > median.0 + slack).count() as f64 / count;
    let most = 0.5 + 5.0 * (2.0 / count).sqrt();
    assert!(below < most && above < most, "{median:?} has {below} below and {above} above it, {why}");
}

#[test]
fn half_the_cell_changes_no_more_than_the_error_that_is_told() {
    let policy = policy();
    for seed in 1000..1030 {
        let funnel = Maker(StdRng::seed_from_u64(seed)).funnel();
        let (coarse, fine) = (likelihood(&funnel, &policy, now(), LITTLE_WORK / 4), worked_out(&funnel));
        for (one, other) in coarse.steps.iter().zip(&fine.steps) {
            let off = (one.inside.unwrap_or(0.0) - other.inside.unwrap_or(0.0)).abs();
            assert!(off <= 2.0 * (one.error + other.error) + 1e-9, "seed {seed}: {one:?}\n{other:?}\n{funnel:?}");
        }
    }
}

#[test]
fn a_crowd_is_as_often_inside() {
    let funnels: u64 = std::env::var("TRANSOM_LIKELIHOOD").ok().and_then(|n| n.parse().ok()).unwrap_or(30);
    let people = 20_000_u32;
    let (mut compared, mut times, mut worst) = (0, 0, 0.0_f64);
    for seed in 5000..5000 + funnels {
        let funnel = Maker(StdRng::seed_from_u64(seed)).funnel();
        let likely = likelihood(&funnel, &policy(), now(), MUCH_WORK);
        if is_doubtful(&likely) {
            continue;
        }
        let request = Request { people, seed, threads: 2, one_by_one: false };
        let crowd = simulate(&funnel, &policy(), now(), request, &Progress::default()).unwrap();
        for (told, counted) in likely.steps.iter().zip(&crowd.steps) {
            // Visits of one person hang together, so steps to which people come back are left to the test above.
            if counted.reached != counted.people || told.visits > 1.0 + 1e-9 {
                continue;
            }
            let visits = counted.reached as f64;
            let z = off(visits / f64::from(people), told.visits, 0.0, f64::from(people));
            let inside = told.inside.filter(|_| counted.reached > 0);
            let z_inside = inside.map_or(0.0, |inside| off(counted.inside as f64 / visits, inside, told.error, visits));
            worst = worst.max(z).max(z_inside);
            assert!(z < 4.8 && z_inside < 4.8, "seed {seed}: z {z} {z_inside}\n{told:?}\n{counted:?}\n{funnel:?}");
            compared += 1;
            // The crowd keeps its times in bins, the widest an eighth of an hour and the finest a second.
            let since = counted.since_inbound;
            for (share, at) in [(0.1, since.p10), (0.5, since.p50), (0.9, since.p90)] {
                let Some(at) = at.filter(|_| visits > 200.0 && told.since.quantile(share).is_some()) else { continue };
                let told_by = |at: i64| told.since.within(Seconds(at)) / told.since.heard();
                let slack = 5.0 * (share * (1.0 - share) / visits).sqrt() + told.error + 1e-3;
                let (low, high) = (told_by(at - at / 100 - 60), told_by(at + at / 100 + 61));
                let why = format!("seed {seed}: {share} by {at}: {low} to {high}\n{told:?}\n{counted:?}\n{funnel:?}");
                assert!(low <= share + slack && high >= share - slack, "{why}");
                times += 1;
            }
        }
    }
    println!("{funnels} funnels, {compared} steps and {times} percentiles compared, worst z {worst:.2}");
    assert!(compared as u64 > funnels && times as u64 > funnels, "the test looked at too little");
}

/// How many standard deviations a counted share is off the one that was told, beyond its error.
fn off(counted: f64, told: f64, error: f64, count: f64) -> f64 {
    let spread = (told * (1.0 - told) / count).max(0.25 / (count * count)).sqrt();
    ((counted - told).abs() - error).max(0.0) / spread
}
