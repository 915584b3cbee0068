//! The platform, dated: what WhatsApp allows, limits and charges, read from `assets/`.

use crate::model::Seconds;

/// The platform's rules as of a date (`rules.md` part A, "Policies"; B8.1).
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// The name by which funnels refer to it.
    pub id: String,
    /// The customer service window.
    pub window: Window,
}

/// The customer service window (`rules.md` B1.3).
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// It is open while strictly less than this has passed since the last inbound message or call.
    pub length: Seconds,
    /// Less than this left at sending is too thin (W003).
    pub safety_margin: Seconds,
}
