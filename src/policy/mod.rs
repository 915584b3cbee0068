//! The platform, dated: what WhatsApp allows, limits and charges, read from `assets/`.
//!
//! Knows no funnel, no clock and no window. Every number of the platform enters the program here, from a file with its
//! sources and the day of its last review; none stands in code.

mod limits;
mod load;
mod money;
mod profile;
mod rates;

pub use limits::{
    Buttons, Carousel, Counted, CtaUrl, FlowMessage, FreeFormLimits, IceBreakers, Labels, Library, Limits, List,
    MediaLimits, PhoneButton, ReplyButtons, TemplateButtons, TemplateHeader, TemplateLimits, UrlButton,
};
pub use load::{DEFAULT_ID, PolicyError, known_ids, load, market_of, parse, standard};
pub use money::{Money, ParseMoneyError};
pub use profile::{
    Allowance, Approval, Block, Charge, Charges, End, FreeEntryPoint, Frequency, ImpactShares, Lead, Openers, OptIn, Policy,
    ServiceCharge, Ternary, Triggers, Unit, Window, WindowCharge,
};
pub use rates::{Family, Market, Rate, RateCard, VolumeTiers};
