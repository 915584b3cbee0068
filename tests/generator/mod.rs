//! Random documents for tests, the same for the same seed: every kind of step, every optional field there and not there,
//! texts with everything that is hard to write. They hold together as a file must, and make no sense as a plan.

use std::sync::Arc;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use transom::model::{
    Allow, Answer, Arrivals, Audience, Branch, Button, Category, Channel, Choice, Colour, Comment, Content, Day, Delay,
    Document, Effect, Expect, Frame, Funnel, Header, Layout, Link, LocalTime, Media, Message, Otherwise, Outcome, Output,
    Point, Purpose, Reply, ReplyOption, Scenario, Seconds, Send, Sent, Size, Status, Step, StepId, StepKind, Template,
    TimeOfDay, Wait,
};

/// A random document of up to this many steps.
pub fn document(seed: u64, most_steps: usize) -> Document {
    let mut dice = Dice(ChaCha8Rng::seed_from_u64(seed));
    let count = dice.below(most_steps + 1);
    let mut funnel = Funnel {
        name: dice.text(),
        notes: dice.text(),
        policy: dice.pick(&["whatsapp-2026-10", "strict-cdp", "ours/policy.ron"]).to_string(),
        launch: dice.maybe(Dice::moment),
        audience: Audience {
            market: dice.pick(&["BR", "IN", "DE"]).to_string(),
            timezone: dice.pick(&["America/Sao_Paulo", "Asia/Kolkata", "UTC"]).to_string(),
            size: dice.below(1_000_000) as u64,
        },
        messaging_limit: dice.maybe(|dice| dice.below(1_000_000) as u64),
        allow: dice.allow(),
        templates: dice.some(3, |dice, index| Arc::new(dice.template(index))),
        ..Funnel::default()
    };
    let mut layout = Layout {
        frames: dice.some(3, |dice, _| {
            Arc::new(Frame {
                title: dice.text(),
                at: dice.point(),
                size: Size { width: dice.coordinate(), height: dice.coordinate() },
                colour: dice.maybe(|dice| *dice.pick(&Colour::ALL)),
                collapsed: dice.chance(0.3),
            })
        }),
        comments: dice.some(3, |dice, _| Arc::new(Comment { at: dice.point(), text: dice.text(), step: None })),
        ..Layout::default()
    };
    for index in 0..count {
        let step = dice.step(index);
        layout.spots.insert(step.id.clone(), dice.point());
        funnel.steps.push(Arc::new(step));
    }
    for step in funnel.steps.clone() {
        for out in step.outputs() {
            if dice.chance(0.7) {
                let to = dice.pick(&funnel.steps).id.clone();
                funnel.links.push(Arc::new(Link { from: step.id.clone(), out, to }));
            }
        }
    }
    if count > 0 {
        for note in &mut layout.comments {
            Arc::make_mut(note).step = dice.maybe(|dice| dice.pick(&funnel.steps).id.clone());
        }
        funnel.scenarios = dice.some(3, |dice, _| Arc::new(dice.scenario(&funnel.steps)));
    }
    Document { funnel: Arc::new(funnel), layout: Arc::new(layout) }
}

/// A source of choices.
pub struct Dice(pub ChaCha8Rng);

impl Dice {
    /// A number below this one; 0 where this is 0.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { self.0.random_range(0..end) }
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// True this often.
    pub fn chance(&mut self, of: f64) -> bool {
        self.0.random_bool(of)
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.chance(0.5) { Some(make(self)) } else { None }
    }

    fn some<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self, usize) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|index| make(self, index)).collect()
    }

    /// A text with accents, quotes, escapes, what looks like a comment, and sometimes nothing.
    pub fn text(&mut self) -> String {
        const PIECES: [&str; 18] = [
            "Olá",
            " ",
            "você",
            "\"",
            "\\",
            "\n",
            "\t",
            "\r",
            "// no comment",
            "/* nor this */",
            "👋🏽",
            "{{1}}",
            "#\"",
            "\u{7f}",
            "\u{2028}",
            "a long sentence that goes on and on",
            "'",
            "\u{200d}",
        ];
        (0..self.below(6)).map(|_| *self.pick(&PIECES)).collect()
    }

    fn label(&mut self, index: usize) -> String {
        format!("{}{index}", self.text())
    }

    fn labels(&mut self) -> Vec<String> {
        self.some(4, Self::label)
    }

    fn seconds(&mut self) -> Seconds {
        let unit = *self.pick(&[1, 60, 3600, 86_400]);
        Seconds(self.0.random_range(0..200) * unit)
    }

    fn moment(&mut self) -> LocalTime {
        let day = self.0.random_range(1..=28);
        format!("2026-12-{day:02}T{:02}:{:02}:00", self.below(24), self.below(60)).parse().unwrap()
    }

    fn time(&mut self) -> TimeOfDay {
        TimeOfDay::from_seconds(self.0.random_range(0..=86_400)).unwrap()
    }

    fn coordinate(&mut self) -> f32 {
        match self.below(3) {
            0 => self.0.random_range(-200..200) as f32 * 8.0,
            1 => self.0.random_range(-2000.0..2000.0),
            _ => 0.0,
        }
    }

    fn point(&mut self) -> Point {
        Point { x: self.coordinate(), y: self.coordinate() }
    }

    fn share(&mut self) -> f64 {
        match self.below(8) {
            0 => 1e-9,
            1..4 => self.0.random_range(0.0..1.0),
            _ => self.below(11) as f64 / 10.0,
        }
    }

    fn step(&mut self, index: usize) -> Step {
        let id = match self.below(8) {
            0 => format!("with \"quotes\" {index}"),
            1 => format!("ação/{index}"),
            _ => format!("step{index}"),
        };
        let kind = match self.below(8) {
            0 => StepKind::Entry {
                channel: *self.pick(&Channel::ALL),
                opt_in: self.chance(0.5),
                arrives: if self.chance(0.5) { Arrivals::AnyTime } else { Arrivals::Between(self.time(), self.time()) },
            },
            1 => StepKind::Wait(self.wait()),
            2 => StepKind::Branch(self.branch()),
            3 => StepKind::Exit(*self.pick(&[Outcome::Converted, Outcome::Lost, Outcome::HandedOver])),
            _ => StepKind::Message(self.message()),
        };
        Step { id: StepId::from(id), title: self.text(), kind, allow: self.allow() }
    }

    fn allow(&mut self) -> Vec<Allow> {
        let codes = ["W003", "no such code", ""];
        self.some(2, |dice, _| Allow { code: dice.pick(&codes).to_string(), why: format!("since {}", dice.text()) })
    }

    fn message(&mut self) -> Message {
        let send = match self.below(3) {
            0 => Send::Template(self.text()),
            1 => Send::FreeForm(self.content()),
            _ => Send::FreeFormOrTemplate(self.content(), self.text()),
        };
        Message { purpose: *self.pick(&Purpose::ALL), send, reply: self.maybe(Self::reply) }
    }

    fn content(&mut self) -> Content {
        let (body, button) = (self.text(), self.text());
        match self.below(8) {
            0 => Content::Text(body),
            1 => Content::Buttons { body, buttons: self.labels() },
            2 => Content::List { body, button, rows: self.labels() },
            3 => Content::Media { kind: *self.pick(&Media::ALL), caption: body },
            4 => Content::Carousel { body, cards: self.labels() },
            5 => Content::CtaUrl { body, text: button, url: self.text() },
            6 => Content::Location,
            _ => Content::Flow { body, button },
        }
    }

    fn reply(&mut self) -> Reply {
        let options = self.some(4, |dice, index| ReplyOption {
            label: dice.label(index),
            share: dice.share() * 3.0,
            effect: dice.maybe(|dice| *dice.pick(&[Effect::OptIn, Effect::OptOut])),
        });
        Reply { options, chance: self.share(), delay: self.delay(), timeout: self.maybe(Self::seconds) }
    }

    fn delay(&mut self) -> Delay {
        let (a, b) = (self.seconds(), self.seconds());
        let (low, high) = (a.min(b), a.max(b));
        match self.below(6) {
            0 => Delay::Fixed(low),
            1 => Delay::Uniform { min: low, max: high },
            2 => Delay::Exponential { mean: high },
            3 => Delay::LogNormal { median: low, p90: high },
            4 => Delay::Weibull { median: low, p90: high },
            _ => {
                let (mut length, mut reached) = (Seconds::ZERO, 0.0_f64);
                let points = 1 + self.below(3);
                Delay::Empirical(
                    (0..points)
                        .map(|_| {
                            length = length + self.seconds() + Seconds(1);
                            reached += (1.0 - reached) * self.share();
                            (length, reached.min(1.0))
                        })
                        .collect(),
                )
            }
        }
    }

    fn days(&mut self) -> indexmap::IndexSet<Day> {
        self.some(4, |dice, _| *dice.pick(&Day::ALL)).into_iter().collect()
    }

    fn wait(&mut self) -> Wait {
        match self.below(4) {
            0 => Wait::For(self.seconds()),
            1 => Wait::Until { time: self.time(), days: self.days() },
            2 => Wait::Date(self.moment()),
            _ => Wait::SendHours { from: self.time(), to: self.time(), days: self.days() },
        }
    }

    fn branch(&mut self) -> Branch {
        match self.below(4) {
            0 => Branch::WindowOpen,
            1 => Branch::OptedIn,
            2 => Branch::Attribute { name: self.text(), share: self.share() },
            _ => Branch::Split(self.some(4, |dice, index| {
                (dice.label(index), if dice.chance(0.1) { 1e21 } else { dice.below(100) as f64 / 2.0 })
            })),
        }
    }

    fn template(&mut self, index: usize) -> Template {
        let buttons = self.some(4, |dice, _| match dice.below(4) {
            0 => Button::QuickReply(dice.text()),
            1 => Button::Url { text: dice.text(), url: dice.text() },
            2 => Button::Phone { text: dice.text(), number: dice.text() },
            _ => Button::CopyCode(dice.text()),
        });
        let header = match self.below(6) {
            0 => Some(Header::Text(self.text())),
            1 => Some(Header::Image),
            2 => Some(Header::Video),
            3 => Some(Header::Document),
            4 => Some(Header::Location),
            _ => None,
        };
        Template {
            name: format!("template_{index}"),
            language: self.pick(&["pt_BR", "en"]).to_string(),
            category: *self.pick(&Category::ALL),
            status: *self.pick(&Status::ALL),
            submitted: self.maybe(Self::moment),
            header,
            body: self.text(),
            footer: self.text(),
            buttons,
            samples: self.some(3, |dice, index| (dice.label(index), dice.text())).into_iter().collect(),
            allow: self.allow(),
        }
    }

    fn scenario(&mut self, steps: &[Arc<Step>]) -> Scenario {
        let asking: Vec<&Arc<Step>> =
            steps.iter().filter(|step| matches!(step.outputs().first(), Some(Output::Reply(_)))).collect();
        let parting: Vec<&Arc<Step>> = steps.iter().filter(|step| !step.outputs().is_empty()).collect();
        Scenario {
            name: self.text(),
            arrives: self.maybe(Self::moment),
            entry: self.maybe(|dice| dice.pick(steps).id.clone()),
            otherwise: *self.pick(&[Otherwise::Silent, Otherwise::Prompt]),
            answers: if asking.is_empty() {
                Vec::new()
            } else {
                self.some(4, |dice, _| {
                    let step = *dice.pick(&asking);
                    let Output::Reply(reply) = step.outputs()[0].clone() else { unreachable!("it begins with an answer") };
                    Answer { step: step.id.clone(), reply, after: dice.seconds() }
                })
            },
            choices: if parting.is_empty() {
                Vec::new()
            } else {
                self.some(2, |dice, _| {
                    let step = *dice.pick(&parting);
                    Choice { step: step.id.clone(), out: dice.pick(&step.outputs()).clone() }
                })
            },
            unprompted: self.some(3, |dice, _| dice.seconds()),
            expect: self.some(3, |dice, _| Expect {
                step: dice.pick(steps).id.clone(),
                sent: *dice.pick(&[Sent::FreeForm, Sent::Template, Sent::Blocked, Sent::NotReached]),
            }),
        }
    }
}
