//! One graph for both benchmarks: a funnel of questions, waits and messages in rows, with its links. Names no library.

/// A card.
pub struct Card {
    pub kind: Kind,
    pub title: String,
    pub text: String,
    /// The upper left corner.
    pub at: [f32; 2],
}

/// What a card is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Entry,
    Question,
    Wait,
    Message,
    Exit,
}

impl Kind {
    pub fn outputs(self) -> &'static [&'static str] {
        match self {
            Self::Entry | Self::Wait | Self::Message => &["Next"],
            Self::Question => &["Yes", "No", "No reply"],
            Self::Exit => &[],
        }
    }
}

/// From which card, by which of its outputs, to which card.
pub struct Link {
    pub from: usize,
    pub out: usize,
    pub to: usize,
}

pub struct Graph {
    pub cards: Vec<Card>,
    pub links: Vec<Link>,
}

/// How far apart cards lie.
pub const APART: [f32; 2] = [320.0, 240.0];

impl Graph {
    /// A graph of so many cards.
    pub fn new(count: usize) -> Self {
        let columns = ((count as f32 * 1.2).sqrt().ceil() as usize).max(1);
        let kinds = [Kind::Question, Kind::Wait, Kind::Message, Kind::Message];
        let cards: Vec<Card> = (0..count)
            .map(|n| {
                let kind = match n {
                    0 => Kind::Entry,
                    _ if n + 1 == count => Kind::Exit,
                    _ => kinds[(n - 1) % kinds.len()],
                };
                let at = [(n % columns) as f32 * APART[0], (n / columns) as f32 * APART[1]];
                let text = format!("Oi! Your order {n} is on its way, what would you like to do next?");
                Card { kind, title: format!("Step number {n}"), text, at }
            })
            .collect();
        let mut links = Vec::new();
        for (from, card) in cards.iter().enumerate() {
            for out in 0..card.kind.outputs().len() {
                // A yes leads on, a no past the wait, silence past the next message too.
                let to = (from + 1 + out).min(count - 1);
                links.push(Link { from, out, to });
            }
        }
        Self { cards, links }
    }

    /// Its extent, for cards of this size.
    pub fn extent(&self, card: [f32; 2]) -> [f32; 2] {
        let most = |axis: usize| self.cards.iter().map(|card| card.at[axis]).fold(0.0, f32::max);
        [most(0) + card[0], most(1) + card[1]]
    }
}
