//! New steps as a person first meets them: nothing empty, every setting sensible.

use indexmap::IndexMap;

use crate::edit::{self, Edit};
use crate::model::{
    Arrivals, Branch, Category, Channel, Content, Delay, Funnel, Message, Outcome, Purpose, Reply, ReplyOption, Seconds,
    Send, Status, Step, StepKind, Template, TimeOfDay, Wait,
};
use crate::ui::words::canvas::{Sort, fresh};

/// A new step of this sort, and what must be added along with it.
pub fn new_step(sort: Sort, funnel: &Funnel) -> (Step, Vec<Edit>) {
    let mut along = Vec::new();
    let kind = match sort {
        Sort::Entry => entry(Channel::ClickToWhatsAppAd),
        Sort::Message => message(Content::Text(fresh::MESSAGE.to_owned()), None),
        Sort::Question => question(),
        Sort::Template => StepKind::Message(Message {
            purpose: Purpose::Marketing,
            send: Send::Template(template_name(funnel, &mut along)),
            reply: None,
        }),
        Sort::Wait => StepKind::Wait(Wait::For(Seconds::hours(4))),
        Sort::WaitUntil => StepKind::Wait(Wait::Until { time: hour(10), days: Default::default() }),
        Sort::SendHours => StepKind::Wait(Wait::SendHours { from: hour(9), to: hour(20), days: Default::default() }),
        Sort::Branch => StepKind::Branch(Branch::WindowOpen),
        Sort::Split => StepKind::Branch(Branch::Split(vec![("A".to_owned(), 50.0), ("B".to_owned(), 50.0)])),
        Sort::Exit => StepKind::Exit(Outcome::Converted),
    };
    (named(sort, kind, funnel), along)
}

/// A new entry by this channel.
pub fn new_entry(channel: Channel, funnel: &Funnel) -> Step {
    named(Sort::Entry, entry(channel), funnel)
}

fn named(sort: Sort, kind: StepKind, funnel: &Funnel) -> Step {
    let word = sort.label().to_lowercase().replace(' ', "-");
    let title = match &kind {
        StepKind::Entry { channel, .. } => fresh::entry(*channel).to_owned(),
        StepKind::Wait(wait) => fresh::wait(wait),
        StepKind::Branch(Branch::WindowOpen) => "Window open?".to_owned(),
        StepKind::Exit(_) => "Done".to_owned(),
        _ => sort.label().to_owned(),
    };
    Step { id: edit::fresh_id(funnel, &word), title, kind, allow: Vec::new() }
}

fn entry(channel: Channel) -> StepKind {
    StepKind::Entry { channel, opt_in: false, arrives: Arrivals::AnyTime }
}

fn message(content: Content, reply: Option<Reply>) -> StepKind {
    StepKind::Message(Message { purpose: Purpose::Service, send: Send::FreeForm(content), reply })
}

fn question() -> StepKind {
    let buttons = vec![fresh::YES.to_owned(), fresh::NO.to_owned()];
    let option = |label: &str, share: f64| ReplyOption { label: label.to_owned(), share, effect: None };
    let reply = Reply {
        options: vec![option(fresh::YES, 0.6), option(fresh::NO, 0.4)],
        chance: 0.7,
        delay: Delay::LogNormal { median: Seconds::minutes(10), p90: Seconds::hours(3) },
        timeout: Some(Seconds::hours(12)),
    };
    message(Content::Buttons { body: fresh::QUESTION.to_owned(), buttons }, Some(reply))
}

/// The first template of the library, or a new one that is added along.
fn template_name(funnel: &Funnel, along: &mut Vec<Edit>) -> String {
    if let Some(template) = funnel.templates.first() {
        return template.name.clone();
    }
    along.push(Edit::AddTemplate(Template {
        name: fresh::TEMPLATE_NAME.to_owned(),
        language: language(&funnel.audience.market).to_owned(),
        category: Category::Marketing,
        status: Status::Draft,
        submitted: None,
        header: None,
        body: fresh::TEMPLATE_BODY.to_owned(),
        footer: String::new(),
        buttons: Vec::new(),
        samples: IndexMap::from([("1".to_owned(), fresh::TEMPLATE_SAMPLE.to_owned())]),
        allow: Vec::new(),
    }));
    fresh::TEMPLATE_NAME.to_owned()
}

/// The language that most people of a market read; only a first guess, to be changed in the inspector.
fn language(market: &str) -> &'static str {
    match market {
        "BR" => "pt_BR",
        "AR" | "CL" | "CO" | "MX" | "PE" | "ES" => "es",
        "DE" | "AT" => "de",
        "FR" => "fr",
        "IT" => "it",
        "ID" => "id",
        _ => "en",
    }
}

fn hour(of_day: u32) -> TimeOfDay {
    TimeOfDay::from_seconds(of_day * 3600).expect("whole hours below 24 are times of day")
}
