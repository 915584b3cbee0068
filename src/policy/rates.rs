//! Rate cards: what a message costs in which market, and how the price falls with the number of messages
//! (`rules.md` B5.3 to B5.5).
//!
//! Knows nothing of when something is charged: that is the policy's.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::model::Purpose;

use super::Money;

/// The prices of one day in one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct RateCard {
    /// The name by which policies refer to it.
    pub id: String,
    /// ISO code of the currency of every price.
    pub currency: String,
    /// The first day of the prices, in the account's time zone.
    pub effective_from: NaiveDate,
    /// Where they come from.
    pub source: Vec<String>,
    /// The day on which they were last checked.
    pub reviewed: NaiveDate,
    /// One for each market.
    pub markets: Vec<Market>,
    /// How prices fall with the number of messages; `None` where they do not.
    pub tiers: Option<Arc<VolumeTiers>>,
}

/// A market: countries that share their prices.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Market {
    /// A short stable name: the ISO code of a country on its own, else such as `rest-of-africa`.
    pub id: String,
    /// Meta's name for it.
    pub name: String,
    /// ISO codes of its countries.
    pub members: Vec<String>,
    /// For a marketing template.
    pub marketing: Rate,
    /// For a utility template.
    pub utility: Rate,
    /// For an authentication template.
    pub authentication: Rate,
    /// For an authentication template from a business elsewhere.
    pub authentication_international: Rate,
    /// For a free-form message.
    pub service: Rate,
}

/// A price, or that there is none. In the file `"0.0625"` or `"n/a"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rate {
    /// The price of one.
    Each(Money),
    /// The card has no such price. That is not a price of zero.
    Unavailable,
}

/// How prices fall with the number of messages in a month (B5.5).
///
/// Counted for one business portfolio, market and category in a calendar month. Each band's discount holds for the
/// messages inside that band only.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VolumeTiers {
    /// The name by which rate cards refer to them.
    pub id: String,
    /// The first day on which they hold.
    pub effective_from: NaiveDate,
    /// Where they come from.
    pub source: Vec<String>,
    /// The day on which they were last checked.
    pub reviewed: NaiveDate,
    /// Discounted prices are rounded to a multiple of this.
    pub rounded_to: Money,
    /// Markets with the same bands.
    pub families: Vec<Family>,
}

/// Markets with the same bands.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// What they are called.
    pub name: String,
    /// Ids of markets of the rate card.
    pub markets: Vec<String>,
    /// The discount of each band, in per cent off the list price; the first is the list price itself.
    pub discounts_percent: Vec<u8>,
    /// The last message of each band but the last, for utility templates.
    pub utility: Vec<u64>,
    /// The same for authentication templates, international ones among them.
    pub authentication: Vec<u64>,
}

impl RateCard {
    /// The market of a country, by its ISO code in capitals or not; `None` where there is no such country.
    pub fn market_of(&self, iso: &str) -> Option<&Market> {
        self.markets.iter().find(|market| market.members.iter().any(|member| member.eq_ignore_ascii_case(iso.trim())))
    }
}

impl Market {
    /// The list price of a message of this purpose.
    pub fn rate(&self, purpose: Purpose) -> Rate {
        match purpose {
            Purpose::Marketing => self.marketing,
            Purpose::Utility => self.utility,
            Purpose::Authentication => self.authentication,
            Purpose::Service => self.service,
        }
    }
}

impl Rate {
    /// The price, if there is one.
    pub fn money(self) -> Option<Money> {
        match self {
            Self::Each(money) => Some(money),
            Self::Unavailable => None,
        }
    }
}

impl VolumeTiers {
    /// The bands of the market of this id.
    pub fn family(&self, market: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.markets.iter().any(|id| id == market))
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        if text == "n/a" {
            return Ok(Self::Unavailable);
        }
        text.parse().map(Self::Each).map_err(D::Error::custom)
    }
}
