//! Random funnels that make sense as plans, and stories that they allow: lengths in hours and a second around them, since
//! that is where mistakes are. The same for the same seed.

use std::sync::Arc;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use transom::engine::{Story, What, follow};
use transom::model::{
    Answer, Arrivals, Audience, Branch, Channel, Choice, Content, Day, Delay, Effect, Funnel, Link, LocalTime, Message,
    Output, Purpose, Reply, ReplyOption, Scenario, Seconds, Send, Step, StepId, StepKind, TimeOfDay, Wait,
};
use transom::policy::Policy;

/// Makes random funnels and stories, in hours and seconds around them.
pub struct Maker(StdRng);

impl Maker {
    pub fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    fn chance(&mut self, share: f64) -> bool {
        self.0.random_bool(share)
    }

    fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.0.random_range(0..of.len())].clone()
    }

    fn length(&mut self) -> Seconds {
        let hours = self.pick(&[0, 1, 2, 5, 10, 12, 13, 20, 23, 24, 25, 72]);
        Seconds((hours * 3600 + self.pick(&[-1, 0, 0, 0, 0, 1])).max(0))
    }

    fn time(&mut self) -> TimeOfDay {
        TimeOfDay::from_seconds(self.pick(&[0, 2, 3, 9, 10, 12, 20, 24]) * 3600).unwrap()
    }

    fn reply(&mut self) -> Reply {
        let (a, b) = (self.length(), self.length());
        let delay = match self.0.random_range(0..4) {
            0 => Delay::Fixed(a),
            1 => Delay::Uniform { min: a.min(b), max: a.max(b) },
            2 => Delay::Empirical(vec![(a.min(b), 0.4), (Seconds(a.max(b).0 + 1), self.pick(&[0.9, 1.0]))]),
            _ => Delay::LogNormal { median: Seconds::minutes(12), p90: Seconds::hours(6) },
        };
        let options = (0..self.0.random_range(1..=2))
            .map(|n| ReplyOption {
                label: format!("option {n}"),
                share: self.pick(&[1.0, 1.0, 0.0]),
                effect: self.pick(&[None, None, Some(Effect::OptIn), Some(Effect::OptOut)]),
            })
            .collect();
        let timeout = self.chance(0.8).then(|| self.length().max(Seconds(1)));
        Reply { options, chance: self.pick(&[0.0, 0.7, 0.7, 0.7, 1.0]), delay, timeout }
    }

    fn wait(&mut self) -> Wait {
        let days =
            if self.chance(0.3) { [self.pick(&Day::ALL), self.pick(&Day::ALL)].into_iter().collect() } else { [].into() };
        match self.0.random_range(0..5) {
            0 | 1 => Wait::For(self.length()),
            2 => Wait::Until { time: self.time(), days },
            3 => Wait::SendHours { from: self.time(), to: self.time(), days },
            _ => Wait::Date(self.pick(&["2026-12-24T09:00:00", "2027-03-28T02:30:00"]).parse().unwrap()),
        }
    }

    fn kind(&mut self) -> StepKind {
        match self.0.random_range(0..10) {
            0..3 => message(self.pick(&Purpose::ALL), None),
            3..6 => message(self.pick(&Purpose::ALL), Some(self.reply())),
            6..8 => StepKind::Wait(self.wait()),
            _ => StepKind::Branch(match self.0.random_range(0..5) {
                0 | 1 => Branch::WindowOpen,
                2 => Branch::OptedIn,
                3 => Branch::Split(vec![("A".to_owned(), 50.0), ("B".to_owned(), self.pick(&[50.0, 0.0]))]),
                _ => Branch::Attribute {
                    name: self.pick(&["VIP", "new"]).to_owned(),
                    share: self.pick(&[0.2, 0.2, 0.0, 1.0]),
                },
            }),
        }
    }

    fn entry(&mut self) -> StepKind {
        let channel = self.pick(&[Channel::ClickToWhatsAppAd, Channel::UserMessage, Channel::BusinessInitiated]);
        let hours = Arrivals::Between(self.time(), self.time());
        let arrives = if self.chance(0.3) { hours } else { Arrivals::AnyTime };
        StepKind::Entry { channel, opt_in: self.chance(0.3), arrives }
    }

    /// A funnel of three to nine steps.
    pub fn funnel(&mut self) -> Funnel {
        let size = self.0.random_range(3..=9);
        let mut steps = Vec::new();
        for n in 0..size {
            let kind = match n {
                0 => self.entry(),
                1 if self.chance(0.2) => self.entry(),
                // The last step looks at whatever came to it.
                _ if n + 1 == size => message(Purpose::Marketing, None),
                _ => self.kind(),
            };
            steps.push(Arc::new(Step { id: StepId::from(format!("s{n}")), title: String::new(), kind, allow: Vec::new() }));
        }
        let mut links = Vec::new();
        for (n, step) in steps.iter().enumerate() {
            for out in step.outputs() {
                let back = n > 2 && self.chance(0.1);
                let to = if back { self.0.random_range(1..n) } else { self.0.random_range(n + 1..n + 3) };
                if to < size && !matches!(steps[to].kind, StepKind::Entry { .. }) {
                    links.push(Arc::new(Link { from: step.id.clone(), out, to: steps[to].id.clone() }));
                }
            }
        }
        let timezone = self.pick(&["America/Sao_Paulo", "Europe/Berlin", "America/Santiago", "Asia/Kolkata"]).to_owned();
        let launch = self.pick(&["2026-12-01T09:00:00", "2027-03-20T00:00:00", "2026-10-20T10:00:00"]).parse().ok();
        let audience = Audience { timezone, ..Audience::default() };
        Funnel { name: "random".to_owned(), launch, audience, steps, links, ..Funnel::default() }
    }

    /// A story that the funnel allows, with a taste for the edges: whatever is still open on the way is answered or
    /// chosen, until the journey ends. `None` where the dice would break the funnel's own rules.
    pub fn story(&mut self, funnel: &Funnel, policy: &Policy) -> Option<Story> {
        let entries: Vec<&Arc<Step>> =
            funnel.steps.iter().filter(|step| matches!(step.kind, StepKind::Entry { .. })).collect();
        let entry = self.pick(&entries);
        let StepKind::Entry { arrives, .. } = entry.kind else { return None };
        let since_launch = self.0.random_range(0..366 * 24 - 1) * 3600 + self.pick(&[-1, 0, 0, 1, 1800]);
        let arrival = LocalTime(funnel.launch?.0 + chrono::TimeDelta::seconds(since_launch.max(0)));
        if let Arrivals::Between(from, to) = arrives {
            let time = TimeOfDay::from_seconds(chrono::Timelike::num_seconds_from_midnight(&arrival.0.time()))?;
            let inside = if from < to { from <= time && time < to } else { time >= from || time < to };
            if !inside {
                return None;
            }
        }
        let mut scenario = Scenario { arrives: Some(arrival), entry: Some(entry.id.clone()), ..Scenario::default() };
        let mut attributes: Vec<(String, bool)> = Vec::new();
        for _ in 0..40 {
            let story = Story::of(&scenario, funnel);
            let journey = follow(funnel, policy, &story);
            let mut visits: Vec<&StepId> = Vec::new();
            let open = journey.moments.iter().find(|moment| {
                let step = funnel.step(&moment.step).unwrap();
                let asks =
                    matches!(moment.what, What::Sent(_)) && step.message().is_some_and(|message| message.reply.is_some());
                let parts = matches!(moment.what, What::Branch(_))
                    && matches!(step.kind, StepKind::Branch(Branch::Split(_) | Branch::Attribute { .. }));
                if asks || parts {
                    visits.push(&moment.step);
                }
                let visit = visits.iter().filter(|id| **id == &moment.step).count();
                let told = scenario.answers.iter().map(|answer| &answer.step);
                let told = told.chain(scenario.choices.iter().map(|choice| &choice.step));
                (asks || parts) && told.filter(|id| **id == moment.step).count() < visit
            });
            let Some(open) = open else { return Some(story) };
            let step = funnel.step(&open.step).unwrap();
            match &step.kind {
                StepKind::Message(Message { reply: Some(reply), .. }) => {
                    let (reply, after) = self.answer(reply)?;
                    scenario.answers.push(Answer { step: step.id.clone(), reply, after });
                }
                StepKind::Branch(Branch::Split(cases)) => {
                    let weighted = cases.iter().filter(|(_, weight)| *weight > 0.0).cloned().collect::<Vec<_>>();
                    let out = Output::Case(self.pick(&weighted).0);
                    scenario.choices.push(Choice { step: step.id.clone(), out });
                }
                StepKind::Branch(Branch::Attribute { name, share }) => {
                    let known = attributes.iter().find(|(known, _)| known == name).map(|(_, holds)| *holds);
                    let holds = known.unwrap_or_else(|| *share >= 1.0 || (*share > 0.0 && self.chance(0.5)));
                    // A person of whom another branch has told what cannot be here is nobody.
                    if (holds && *share <= 0.0 || !holds && *share >= 1.0) && known.is_none() {
                        return None;
                    }
                    attributes.push((name.clone(), holds));
                    let out = if holds { Output::Yes } else { Output::No };
                    scenario.choices.push(Choice { step: step.id.clone(), out });
                }
                _ => return None,
            }
        }
        None
    }

    /// An answer that may be given, or one that comes at the timeout for silence; `None` where the person would stay for
    /// good.
    fn answer(&mut self, reply: &Reply) -> Option<(String, Seconds)> {
        let (soonest, latest) = reply.delay.range();
        let latest = latest.unwrap_or(Seconds(soonest.0 + 400 * 3600));
        let weighted: Vec<&ReplyOption> = reply.options.iter().filter(|option| option.share > 0.0).collect();
        let options = if weighted.is_empty() { reply.options.iter().collect() } else { weighted };
        let label = self.pick(&options).label.clone();
        let length = self.length().0;
        let after = self.pick(&[soonest.0, soonest.0 + 1, latest.0, latest.0 - 1, length]);
        let gives_up = matches!(&reply.delay, Delay::Empirical(points) if points.last().unwrap().1 < 1.0);
        let silence_is_possible = reply.chance < 1.0 || gives_up || reply.timeout.is_some_and(|timeout| latest >= timeout);
        let silent = reply.chance <= 0.0 || !(soonest.0..=latest.0).contains(&after) || self.chance(0.3);
        if !silent && reply.timeout.is_none_or(|timeout| after < timeout.0) {
            return Some((label, Seconds(after)));
        }
        reply.timeout.filter(|_| silence_is_possible).map(|timeout| (label, timeout))
    }
}

/// A message that says little.
pub fn message(purpose: Purpose, reply: Option<Reply>) -> StepKind {
    StepKind::Message(Message { purpose, send: Send::FreeForm(Content::Text("Oi".to_owned())), reply })
}
