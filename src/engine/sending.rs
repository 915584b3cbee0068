//! What comes of sending: free-form, a template or nothing, by the window.

use crate::model::{Category, Funnel, Message, Purpose, Send, Sent};

/// What a step sends while the window is open, or closed.
pub fn sent(send: &Send, open: bool) -> Sent {
    match (send, open) {
        (Send::Template(_), _) | (Send::FreeFormOrTemplate(..), false) => Sent::Template,
        (Send::FreeForm(_) | Send::FreeFormOrTemplate(..), true) => Sent::FreeForm,
        (Send::FreeForm(_), false) => Sent::Blocked,
    }
}

/// What comes of sending in one state of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sending {
    /// Free-form, a template, or nothing.
    pub sent: Sent,
    /// As what it is priced; free-form is priced as service, whatever it is for.
    pub priced: Purpose,
    /// Whether it goes out and needs the marketing opt-in.
    pub marketing: bool,
}

impl Sending {
    /// What a message comes to. A template that the funnel does not have is taken for what the step is for.
    pub fn new(funnel: &Funnel, message: &Message, open: bool) -> Self {
        let sent = sent(&message.send, open);
        let template =
            if sent == Sent::Template { message.send.template().and_then(|name| funnel.template(name)) } else { None };
        let category = template.map(|template| match template.category {
            Category::Marketing => Purpose::Marketing,
            Category::Utility => Purpose::Utility,
            Category::Authentication => Purpose::Authentication,
        });
        let marketing = message.purpose == Purpose::Marketing || category == Some(Purpose::Marketing);
        Self {
            sent,
            priced: if sent == Sent::Template { category.unwrap_or(message.purpose) } else { Purpose::Service },
            marketing: marketing && sent != Sent::Blocked,
        }
    }
}
