//! The policy: the platform's rules as of a date, as plain values.
//!
//! Each field names the section of `rules.md` that it is made from. Lengths of time are [`Seconds`], written in the file
//! with their units (`"24h"`); dates are written `"2026-10-01"`.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use serde::Deserialize;

use crate::model::{Category, Channel, Purpose, Seconds};

use super::{Limits, RateCard};

/// The platform's rules as of a date (`rules.md` part A, "Policies"; B8.1).
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// The name by which funnels refer to it.
    pub id: String,
    /// What it is called on screen.
    pub title: String,
    /// What it stands for, in a sentence or two.
    pub about: String,
    /// Where its facts come from (B0).
    pub sources: Vec<String>,
    /// The day on which the facts were last checked.
    pub reviewed: NaiveDate,
    /// For how many days after the review the facts may be relied on (P002).
    pub valid_days: u32,
    /// The first day on which the rules hold (B5.1).
    pub effective_from: NaiveDate,
    /// The last day on which they hold; `None` while they are in force (B5.1).
    pub effective_to: Option<NaiveDate>,
    /// The customer service window (B1).
    pub window: Window,
    /// The price waiver after an ad or page entry (B2).
    pub free_entry_point: FreeEntryPoint,
    /// What is charged in which state (B5.1).
    pub charges: Charges,
    /// How long approvals take (B3.6, B8 row 1).
    pub approval: Approval,
    /// Which permission marketing needs (B6, B8 row 10).
    pub opt_in: OptIn,
    /// Whether marketing may go out free-form while the window is open (C003, B8 row 5). A house rule, never an error of
    /// the platform.
    pub marketing_in_window: Allowance,
    /// Whether the account may send utility content outside the window without an approved template (B1.2).
    pub direct_send: bool,
    /// What is not delivered where (D001, B6).
    pub blocks: Vec<Block>,
    /// How much marketing one person should get (D002, B6).
    pub frequency: Frequency,
    /// From which share of sending steps on the window weighs on a funnel.
    pub window_impact: ImpactShares,
    /// The limits on content (B3.4, B3.5, B4).
    pub limits: Arc<Limits>,
    /// The prices; `None` where no rate card is known for these rules.
    pub rates: Option<Arc<RateCard>>,
}

/// The customer service window (B1.3).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// It is open while strictly less than this has passed since the last inbound message or call.
    pub length: Seconds,
    /// Whether the last moment of `length` still counts.
    pub end: End,
    /// Less than this left at sending is too thin (W003).
    pub safety_margin: Seconds,
    /// What opens it or starts it anew.
    pub openers: Openers,
}

/// How a length of time ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum End {
    /// At exactly this length it is over: the half-open interval of B1.3.
    Exclusive,
}

/// Yes, no, or not settled by any source. A proof takes `Unknown` as the worse case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[allow(missing_docs)]
pub enum Ternary {
    Yes,
    No,
    Unknown,
}

/// Which events open the window (B1.1).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Openers {
    /// The person sends a message of any kind.
    pub message: Ternary,
    /// The person taps a quick-reply button of a template.
    pub quick_reply: Ternary,
    /// The person taps a reply button or a row of a list.
    pub list_reply: Ternary,
    /// The person completes a form.
    pub flow_submit: Ternary,
    /// The person sends an order, an address or a place.
    pub order: Ternary,
    /// The person calls, answered or not.
    pub user_call: Ternary,
    /// The person accepts a call of the business.
    pub business_call_accepted: Ternary,
    /// The person reacts with an emoji.
    pub reaction: Ternary,
    /// The platform reports something, such as a new number.
    pub system: Ternary,
    /// The person stops or resumes marketing in the app.
    pub preference_change: Ternary,
    /// The person taps an ad, a link or a code and sends nothing.
    pub tap_no_send: Ternary,
    /// The person taps a button that opens a page, calls or copies a code.
    pub link_button: Ternary,
    /// The person reads, or begins to type.
    pub receipt: Ternary,
    /// The business sends free-form.
    pub business_message: Ternary,
    /// The business sends a template.
    pub template: Ternary,
}

/// The free entry point: it changes the price and never the permission (B2).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FreeEntryPoint {
    /// Which entries may start it.
    pub triggers: Triggers,
    /// The business must answer within this length of the entry.
    pub reply_within: Seconds,
    /// It lasts at least this long after that answer.
    pub guaranteed: Seconds,
    /// It may last this long.
    pub possible: Seconds,
    /// Only people on a telephone get it; on a desktop or the web it never starts.
    pub mobile_only: bool,
}

/// Which entries may start the free entry point (B2).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Triggers {
    /// An ad that opens a chat.
    pub click_to_whatsapp_ad: Ternary,
    /// The button of a Facebook page.
    pub page_call_to_action: Ternary,
    /// A boosted post.
    pub boosted_post: Ternary,
    /// A wa.me link or a code.
    pub chat_link: Ternary,
}

/// What a price is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Unit {
    /// Each delivered message.
    Message,
    /// All messages of one category to one person in this length of time.
    Conversation {
        /// How long a conversation lasts.
        length: Seconds,
    },
}

/// Whether something costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum Charge {
    /// Nothing is charged.
    Free,
    /// The rate of its category is charged.
    Charged,
}

/// What is charged, by category and state (B5.1).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Charges {
    /// What a price is paid for.
    pub unit: Unit,
    /// Marketing templates.
    pub marketing: WindowCharge,
    /// Utility templates.
    pub utility: WindowCharge,
    /// Authentication templates.
    pub authentication: WindowCharge,
    /// Free-form messages, which go out inside the window only.
    pub service: ServiceCharge,
    /// Anything while the free entry point lasts.
    pub free_entry_point: Charge,
    /// The categories whose price falls with their number in a month (B5.5).
    pub volume_tiers: Vec<Category>,
}

/// The charge for a template by the state of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowCharge {
    /// While the window is open.
    pub in_window: Charge,
    /// While it is closed.
    pub outside: Charge,
}

/// The charge for free-form messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceCharge {
    /// Whether they cost, once the free ones are used.
    pub charge: Charge,
    /// How many delivered ones are free for one business number in one calendar month; 0 where `charge` is `Free`.
    pub free_per_number_month: u64,
}

/// The shortest, the likely and the longest time that something takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Lead {
    pub min: Seconds,
    pub likely: Seconds,
    pub max: Seconds,
}

/// How long approvals take (B3.6; B8 row 1).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Which source the times follow.
    pub basis: String,
    /// A template that was never submitted before.
    pub first: Lead,
    /// A changed template.
    pub revision: Lead,
    /// An appeal against a rejection.
    pub appeal: Lead,
}

/// Which permission marketing needs (B6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum OptIn {
    /// One permission for messages of any kind.
    General,
    /// An explicit permission for marketing, apart from any other.
    SeparateMarketing,
}

/// What is thought of something that the platform lets pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[allow(missing_docs)]
pub enum Allowance {
    Allow,
    Warn,
    Forbid,
}

/// Something that is not delivered somewhere (B6).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// ISO code of the country.
    pub market: String,
    /// What is not delivered.
    pub category: Category,
    /// Since when.
    pub since: NaiveDate,
    /// Why, in the person's words.
    pub reason: String,
    /// The error with which the message fails.
    pub code: u32,
    /// Where this is said.
    pub source: String,
}

/// How much marketing one person should get (B6; the platform's own limit is not published).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frequency {
    /// The length of time that is looked at.
    pub period: Seconds,
    /// This many marketing templates in one period without a reply between them are not too many.
    pub most: u32,
    /// ISO codes of the countries where the platform has no such limit.
    pub not_in: Vec<String>,
}

/// From which share of the sending steps, in per cent, a funnel is called moderately or highly affected by the window: of
/// those steps at which it is closed on some journey, so that only a template goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImpactShares {
    /// From this share on the impact is moderate; below it is low.
    pub moderate_from: u32,
    /// From this share on it is high.
    pub high_from: u32,
}

impl Policy {
    /// The last day on which the facts may be relied on: a number of days after the review, or the end of the rules.
    pub fn valid_until(&self) -> NaiveDate {
        let reviewed = self.reviewed.checked_add_days(Days::new(self.valid_days.into())).unwrap_or(NaiveDate::MAX);
        self.effective_to.map_or(reviewed, |end| reviewed.min(end))
    }

    /// The block on this category in this country (an ISO code), if there is one.
    pub fn block(&self, market: &str, category: Category) -> Option<&Block> {
        self.blocks.iter().find(|block| block.category == category && block.market.eq_ignore_ascii_case(market.trim()))
    }
}

impl Charges {
    /// Whether a message of this purpose costs, given the state of the window and of the free entry point. The free
    /// messages of a month are not looked at.
    pub fn of(&self, purpose: Purpose, window_open: bool, free_entry_point: bool) -> Charge {
        if free_entry_point && self.free_entry_point == Charge::Free {
            return Charge::Free;
        }
        let by_window = |charge: WindowCharge| if window_open { charge.in_window } else { charge.outside };
        match purpose {
            Purpose::Marketing => by_window(self.marketing),
            Purpose::Utility => by_window(self.utility),
            Purpose::Authentication => by_window(self.authentication),
            Purpose::Service => self.service.charge,
        }
    }
}

impl Triggers {
    /// Whether arriving this way may start the free entry point.
    pub fn of(&self, channel: Channel) -> Ternary {
        match channel {
            Channel::ClickToWhatsAppAd => self.click_to_whatsapp_ad,
            Channel::PageCallToAction => self.page_call_to_action,
            Channel::ClickToChatLink | Channel::QrCode => self.chat_link,
            Channel::UserMessage | Channel::UserCall | Channel::BusinessInitiated => Ternary::No,
        }
    }
}
