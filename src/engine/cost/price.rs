//! From counted messages to money: the rate card, the free service messages of a month, and volume tiers.

use crate::model::{Funnel, Purpose};
use crate::policy::{Charge, Market, Money, Policy, RateCard, Unit, VolumeTiers};

use super::ledger::{ALL, Free, Ledger, Till};
use super::{ByCategory, Cost, Counted};

/// How what is not settled turns out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Best,
    Ordinary,
    Worst,
}

/// Prices what was counted.
pub fn price(funnel: &Funnel, policy: &Policy, till: &Till, ledger: &Ledger) -> Cost {
    let none = |why: String| Cost {
        currency: None,
        total: Money::ZERO,
        low: Money::ZERO,
        high: Money::ZERO,
        by_category: ByCategory::default(),
        counted: counted(ledger),
        assumptions: vec![why],
    };
    let Some(card) = &policy.rates else {
        return none(format!("no prices are known under the policy {}", policy.id));
    };
    let Some(market) = card.market_of(&funnel.audience.market) else {
        return none(format!("the rate card {} has no market {}", card.id, funnel.audience.market));
    };
    let bill = Bill { policy, card, market, ledger };
    let by = |purpose| bill.of(purpose, Case::Ordinary);
    let all = |case| ALL.iter().fold(Money::ZERO, |sum, purpose| sum + bill.of(*purpose, case));
    Cost {
        currency: Some(card.currency.clone()),
        total: all(Case::Ordinary),
        low: all(Case::Best),
        high: all(Case::Worst),
        by_category: ByCategory {
            marketing: by(Purpose::Marketing),
            utility: by(Purpose::Utility),
            authentication: by(Purpose::Authentication),
            service: by(Purpose::Service),
        },
        counted: counted(ledger),
        assumptions: bill.assumptions(till),
    }
}

fn counted(ledger: &Ledger) -> Counted {
    let mut all = Counted::default();
    let kinds = (0..ledger.months()).flat_map(|month| ALL.into_iter().flat_map(move |purpose| ledger.of(month, purpose)));
    for (open, free, count) in kinds {
        all.messages += count;
        all.in_window += if open { count } else { 0 };
        all.free_entry += if is_free(free, Case::Ordinary) { count } else { 0 };
    }
    all
}

struct Bill<'a> {
    policy: &'a Policy,
    card: &'a RateCard,
    market: &'a Market,
    ledger: &'a Ledger,
}

impl Bill<'_> {
    /// What all messages of a category cost in a case.
    fn of(&self, purpose: Purpose, case: Case) -> Money {
        let Some(list) = self.market.rate(purpose).money() else { return Money::ZERO };
        let months = (0..self.ledger.months()).map(|month| {
            let mut charged = self.charged(month, purpose, case);
            // The free ones are one number's in one month; what else it sends may have used them up.
            if purpose == Purpose::Service && case != Case::Worst {
                charged = charged.saturating_sub(self.policy.charges.service.free_per_number_month);
            }
            match self.tiers(purpose) {
                Some((tiers, discounts, bands)) => tiered(list, charged, tiers, discounts, bands),
                None => list.times(charged),
            }
        });
        months.fold(Money::ZERO, |sum, money| sum + money)
    }

    /// How many messages of a category are charged in a month.
    fn charged(&self, month: usize, purpose: Purpose, case: Case) -> u64 {
        let counted = self.ledger.of(month, purpose).map(|(open, free, count)| {
            let charge = self.policy.charges.of(purpose, open, is_free(free, case));
            if charge == Charge::Charged { count } else { 0 }
        });
        counted.sum()
    }

    /// The tiers of a category, with the discount of each band and the last message of each but the last.
    fn tiers(&self, purpose: Purpose) -> Option<(&VolumeTiers, &[u8], &[u64])> {
        use crate::model::Category::{Authentication, Utility};
        let tiers = self.card.tiers.as_deref()?;
        let family = tiers.family(&self.market.id)?;
        let tiered = &self.policy.charges.volume_tiers;
        match purpose {
            Purpose::Utility if tiered.contains(&Utility) => Some((tiers, &family.discounts_percent, &family.utility)),
            Purpose::Authentication if tiered.contains(&Authentication) => {
                Some((tiers, &family.discounts_percent, &family.authentication))
            }
            _ => None,
        }
    }

    fn any(&self, purposes: &[Purpose], of: impl Fn(bool, Free) -> bool) -> bool {
        let mut months = 0..self.ledger.months();
        months.any(|month| {
            let mut kinds = purposes.iter().flat_map(|purpose| self.ledger.of(month, *purpose));
            kinds.any(|(open, free, count)| count > 0 && of(open, free))
        })
    }

    /// What the figures rest on; nothing is said of what does not occur.
    fn assumptions(&self, till: &Till) -> Vec<String> {
        let (policy, mut said) = (self.policy, Vec::new());
        let name = &self.market.name;
        said.push(format!(
            "{} of {}, prices of {name}, without what a partner adds",
            self.card.id, self.card.effective_from
        ));
        if let Some(end) = policy.effective_to.filter(|end| *end < till.first()) {
            said.push(format!("the rules of {} ended on {end}", policy.id));
        }
        if let Unit::Conversation { length } = policy.charges.unit {
            said.push(format!("a price is for all messages of one category in {}", length.spoken()));
        }
        let missing = ALL.into_iter().filter(|purpose| {
            let charged = (0..self.ledger.months()).any(|month| self.charged(month, *purpose, Case::Worst) > 0);
            charged && self.market.rate(*purpose).money().is_none()
        });
        for purpose in missing {
            said.push(format!("{} messages have no price there and are left out", word(purpose)));
        }
        for purpose in ALL.into_iter().filter(|purpose| !till.delivers(*purpose)) {
            said.push(format!("{} templates are not delivered in {name} and not charged", word(purpose)));
        }
        let point = &policy.free_entry_point;
        if self.any(&ALL, |_, free| free == Free::Ordinarily) {
            let length = point.guaranteed.spoken();
            said.push(format!("the free entry point lasts {length} and everybody is on a telephone; high: nobody is"));
        }
        if self.any(&ALL, |_, free| free == Free::AtBest) {
            let length = point.possible.spoken();
            said.push(format!("low: the free entry point lasts {length}, and a page's button starts it too"));
        }
        let service = policy.charges.service;
        if service.charge == Charge::Charged && self.any(&[Purpose::Service], |_, free| free < Free::Always) {
            let free = service.free_per_number_month;
            said.push(format!("all are sent from one number; the first {free} service messages of a month are free"));
            said.push("high: other messages of that number have used up the free ones".to_owned());
        }
        if [Purpose::Utility, Purpose::Authentication]
            .iter()
            .any(|purpose| self.tiers(*purpose).is_some() && self.any(&[*purpose], |_, _| true))
        {
            said.push("only the messages of this funnel count towards volume tiers".to_owned());
        }
        said
    }
}

fn is_free(free: Free, case: Case) -> bool {
    match case {
        Case::Best => free >= Free::AtBest,
        Case::Ordinary => free >= Free::Ordinarily,
        Case::Worst => free >= Free::Always,
    }
}

/// So many messages of a month, each band at its own price.
fn tiered(list: Money, count: u64, tiers: &VolumeTiers, discounts: &[u8], bands: &[u64]) -> Money {
    let (mut sum, mut below) = (Money::ZERO, 0);
    for (band, discount) in discounts.iter().enumerate() {
        let last = bands.get(band).copied().unwrap_or(u64::MAX).min(count);
        sum = sum + discounted(list, *discount, tiers.rounded_to).times(last.saturating_sub(below));
        below = below.max(last);
    }
    sum
}

/// A price less so many per cent, rounded as the platform prints it, halves up.
fn discounted(list: Money, percent: u8, to: Money) -> Money {
    let hundredths = list.0 * (100 - i64::from(percent).min(100));
    let unit = to.0.max(1) * 100;
    Money((hundredths + unit / 2).div_euclid(unit) * to.0.max(1))
}

fn word(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Marketing => "marketing",
        Purpose::Utility => "utility",
        Purpose::Authentication => "authentication",
        Purpose::Service => "service",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy;

    #[test]
    fn each_band_has_its_own_price() {
        let policy = policy::load(policy::DEFAULT_ID, None).unwrap();
        let card = policy.rates.clone().unwrap();
        let tiers = card.tiers.as_deref().unwrap();
        // Germany, utility: 0.0550 up to 100,000, then 5 % less up to 1,000,000 (rules.md B5.4, B5.5).
        let family = tiers.family("DE").unwrap();
        let of = |count| tiered(Money(55_000), count, tiers, &family.discounts_percent, &family.utility);
        assert_eq!(of(100_000), "5500".parse().unwrap());
        // 0.05225 is printed as 0.0523.
        assert_eq!(of(100_001), "5500.0523".parse().unwrap());
        assert_eq!(of(1_000_000), "52570".parse().unwrap());
    }
}
