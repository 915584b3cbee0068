//! Money as whole millionths of a currency unit, so that a price is exact and a sum never drifts.
//!
//! Knows no currency: the rate card names it.

use std::fmt;
use std::ops::Add;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

const MICROS: i64 = 1_000_000;
const DECIMALS: usize = 6;

/// An amount in millionths of a currency unit: `Money(62_500)` US dollars are 0.0625 USD.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(pub i64);

/// Why a text is not an amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an amount; write it in digits with at most six decimals, like \"0.0625\"")]
pub struct ParseMoneyError(String);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// This many times the amount; at the ends of the range it stays there.
    #[must_use]
    pub fn times(self, n: u64) -> Self {
        Self(self.0.saturating_mul(i64::try_from(n).unwrap_or(i64::MAX)))
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl fmt::Display for Money {
    /// With four decimals, as Meta prints its rates, or all six where they are needed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let micros = self.0.unsigned_abs();
        let (whole, rest) = (micros / MICROS.unsigned_abs(), micros % MICROS.unsigned_abs());
        if rest % 100 == 0 { write!(f, "{sign}{whole}.{:04}", rest / 100) } else { write!(f, "{sign}{whole}.{rest:06}") }
    }
}

impl FromStr for Money {
    type Err = ParseMoneyError;

    fn from_str(text: &str) -> Result<Self, ParseMoneyError> {
        let wrong = || ParseMoneyError(text.to_owned());
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(decimals) || decimals.len() > DECIMALS {
            return Err(wrong());
        }
        let units: i64 = whole.parse().map_err(|_| wrong())?;
        let micros: i64 = format!("{decimals:0<DECIMALS$}").parse().map_err(|_| wrong())?;
        units.checked_mul(MICROS).and_then(|units| units.checked_add(micros)).map(Self).ok_or_else(wrong)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_exact() {
        for (text, micros) in [("0.0625", 62_500), ("0.0008", 800), ("12", 12_000_000), ("0.000001", 1), ("1.5", 1_500_000)]
        {
            assert_eq!(text.parse(), Ok(Money(micros)), "{text}");
        }
        for text in ["", ".5", "1.", "-1", "1e3", "0,0625", "0.0000001", "n/a", "99999999999999999999"] {
            assert!(text.parse::<Money>().is_err(), "{text:?} is not an amount");
        }
    }

    #[test]
    fn prices_print_as_meta_prints_them() {
        assert_eq!(Money(62_500).to_string(), "0.0625");
        assert_eq!(Money(20_000).to_string(), "0.0200");
        assert_eq!(Money(1_000_001).to_string(), "1.000001");
        assert_eq!(Money(-500).to_string(), "-0.0005");
        assert_eq!(Money(62_500).times(20_000).to_string(), "1250.0000");
    }
}
