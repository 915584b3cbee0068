//! Reading policies, limits and rate cards: the shipped ones, and those that a person keeps beside a funnel.
//!
//! The one place below `file` that reads the disk, because a policy names its limits and its rate card as a funnel names
//! its policy. It reads only; it knows no funnel.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, OnceLock};

use chrono::NaiveDate;
use ron::Options;
use ron::extensions::Extensions;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::model::Seconds;

use super::{
    Allowance, Approval, Block, Charges, FreeEntryPoint, Frequency, ImpactShares, Lead, Limits, Market, OptIn, Policy,
    RateCard, VolumeTiers, Window,
};

/// The policy that a funnel is judged by where it names none.
pub const DEFAULT_ID: &str = "whatsapp-2026-10";

/// No policy file is longer than this many bytes; it keeps a wrong path from filling the memory.
const LONGEST_FILE: u64 = 1 << 20;

macro_rules! shipped {
    ($folder:literal: $($id:literal),*) => {
        &[$(($id, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/", $folder, "/", $id, ".ron")))),*]
    };
}

type Shipped = &'static [(&'static str, &'static str)];

const POLICIES: Shipped =
    shipped!("policies": "whatsapp-2026-10", "whatsapp-2025-07", "whatsapp-conversation", "strict-cdp");
const LIMITS: Shipped = shipped!("limits": "meta-2026-05");
const CARDS: Shipped = shipped!("rates": "meta-usd-2026-10-01", "meta-usd-2026-07-01");
const TIERS: Shipped = shipped!("rates": "meta-tiers-2026-10-01");

/// Why a policy, or a file that it names, cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// Neither a shipped id nor a file beside the funnel.
    #[error("there is no {what} `{reference}`; the nearest is `{nearest}` (known: {})", known.join(", "))]
    Unknown {
        /// The sort of file: "policy", "limits file", "rate card".
        what: &'static str,
        /// What was asked for.
        reference: String,
        /// The shipped id that is most like it.
        nearest: String,
        /// All shipped ids.
        known: Vec<String>,
    },
    /// A path was named, and there is no folder that it could be relative to.
    #[error("`{reference}` is a path beside the funnel; save the funnel first, or name one of: {}", known.join(", "))]
    NoFolder {
        /// What was asked for.
        reference: String,
        /// All shipped ids.
        known: Vec<String>,
    },
    /// The file is there and cannot be read.
    #[error("{}: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The file does not hold what it should.
    #[error("{name}:{line}:{column}: {message}")]
    Malformed {
        /// The file.
        name: String,
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
        /// What was found and what would be right.
        message: String,
    },
    /// The file reads well and makes no sense.
    #[error("{name}: {message}")]
    Unsound {
        /// The file.
        name: String,
        /// What is wrong.
        message: String,
    },
}

/// The ids of the shipped policies, the default first.
pub fn known_ids() -> impl Iterator<Item = &'static str> {
    POLICIES.iter().map(|(id, _)| *id)
}

/// The default policy.
pub fn standard() -> Arc<Policy> {
    load(DEFAULT_ID, None).expect("the shipped policies parse, as the tests of this file show")
}

/// The market of a country on the newest shipped rate card, by its ISO code; `None` where there is no such country.
pub fn market_of(iso: &str) -> Option<Market> {
    static NEWEST: LazyLock<RateCard> =
        LazyLock::new(|| rate_card(CARDS[0].0, None).expect("the shipped cards parse, as the tests of this file show"));
    NEWEST.market_of(iso).cloned()
}

/// The policy of this name: the id of a shipped one, else a path relative to the folder `beside`.
///
/// # Errors
/// Where there is no such policy (with the nearest id), or its file cannot be read or is wrong (with line and column).
pub fn load(reference: &str, beside: Option<&Path>) -> Result<Arc<Policy>, PolicyError> {
    if let Some(at) = POLICIES.iter().position(|(id, _)| *id == reference) {
        // The shipped ones never change: each is built once, however many funnels name it.
        static BUILT: [OnceLock<Result<Arc<Policy>, PolicyError>>; POLICIES.len()] =
            [const { OnceLock::new() }; POLICIES.len()];
        let source = |(id, text): (&str, &str)| Source { name: id.to_owned(), text: text.to_owned(), folder: None };
        return BUILT[at].get_or_init(|| build(&source(POLICIES[at])).map(Arc::new)).clone();
    }
    let source = find("policy", reference, POLICIES, beside)?;
    build(&source).map(Arc::new)
}

/// The policy of this text, whose limits and rate card are shipped ones. `name` is what errors call it.
///
/// # Errors
/// Where the text is not a sound policy, with line and column.
pub fn parse(text: &str, name: &str) -> Result<Policy, PolicyError> {
    build(&Source { name: name.to_owned(), text: text.to_owned(), folder: None })
}

/// A text with the name that errors call it by, and the folder in which it looks for further files.
struct Source {
    name: String,
    text: String,
    folder: Option<PathBuf>,
}

/// A policy as its file has it: limits and rate card are names.
#[derive(Deserialize)]
#[serde(rename = "Policy", deny_unknown_fields)]
struct PolicyFile {
    id: String,
    title: String,
    about: String,
    sources: Vec<String>,
    reviewed: NaiveDate,
    valid_days: u32,
    effective_from: NaiveDate,
    #[serde(default)]
    effective_to: Option<NaiveDate>,
    window: Window,
    free_entry_point: FreeEntryPoint,
    charges: Charges,
    approval: Approval,
    opt_in: OptIn,
    marketing_in_window: Allowance,
    direct_send: bool,
    blocks: Vec<Block>,
    frequency: Frequency,
    #[serde(default)]
    window_impact: Option<ImpactShares>,
    limits: String,
    #[serde(default)]
    rates: Option<String>,
}

/// A rate card as its file has it: the volume tiers are a name.
#[derive(Deserialize)]
#[serde(rename = "RateCard", deny_unknown_fields)]
struct CardFile {
    id: String,
    currency: String,
    effective_from: NaiveDate,
    source: Vec<String>,
    reviewed: NaiveDate,
    #[serde(default)]
    tiers: Option<String>,
    markets: Vec<Market>,
}

fn build(source: &Source) -> Result<Policy, PolicyError> {
    let file: PolicyFile = read(source)?;
    let beside = source.folder.as_deref();
    let limits: Limits = read(&find("limits file", &file.limits, LIMITS, beside)?)?;
    let rates = file.rates.as_deref().map(|card| rate_card(card, beside)).transpose()?;
    let policy = Policy {
        id: file.id,
        title: file.title,
        about: file.about,
        sources: file.sources,
        reviewed: file.reviewed,
        valid_days: file.valid_days,
        effective_from: file.effective_from,
        effective_to: file.effective_to,
        window: file.window,
        free_entry_point: file.free_entry_point,
        charges: file.charges,
        approval: file.approval,
        opt_in: file.opt_in,
        marketing_in_window: file.marketing_in_window,
        direct_send: file.direct_send,
        blocks: file.blocks,
        frequency: file.frequency,
        // A policy of a person's own from before there were shares; the shipped ones all name theirs.
        window_impact: file.window_impact.unwrap_or_else(|| standard().window_impact),
        limits: Arc::new(limits),
        rates: rates.map(Arc::new),
    };
    match unsound(&policy) {
        Some(message) => Err(PolicyError::Unsound { name: source.name.clone(), message }),
        None => Ok(policy),
    }
}

fn rate_card(reference: &str, beside: Option<&Path>) -> Result<RateCard, PolicyError> {
    let source = find("rate card", reference, CARDS, beside)?;
    let file: CardFile = read(&source)?;
    let folder = source.folder.as_deref();
    let tiers: Option<VolumeTiers> = match &file.tiers {
        Some(tiers) => Some(read(&find("volume tiers file", tiers, TIERS, folder)?)?),
        None => None,
    };
    let mut seen = std::collections::BTreeMap::new();
    for market in &file.markets {
        for member in &market.members {
            if let Some(other) = seen.insert(member.to_ascii_uppercase(), &market.name) {
                let message = format!("`{member}` is in two markets, {other} and {}", market.name);
                return Err(PolicyError::Unsound { name: source.name, message });
            }
        }
    }
    Ok(RateCard {
        id: file.id,
        currency: file.currency,
        effective_from: file.effective_from,
        source: file.source,
        reviewed: file.reviewed,
        markets: file.markets,
        tiers: tiers.map(Arc::new),
    })
}

/// What makes no sense in a policy, if anything.
fn unsound(policy: &Policy) -> Option<String> {
    let approval = &policy.approval;
    let rising = |lead: &Lead| lead.min <= lead.likely && lead.likely <= lead.max;
    if policy.window.length <= Seconds::ZERO {
        return Some("`window.length` must be longer than nothing".to_owned());
    }
    if policy.window.safety_margin >= policy.window.length {
        return Some("`window.safety_margin` must be shorter than `window.length`".to_owned());
    }
    for (name, lead) in [("first", approval.first), ("revision", approval.revision), ("appeal", approval.appeal)] {
        if !rising(&lead) {
            return Some(format!("`approval.{name}` must not fall from `min` over `likely` to `max`"));
        }
    }
    if policy.free_entry_point.guaranteed > policy.free_entry_point.possible {
        return Some("`free_entry_point.guaranteed` must not be longer than `possible`".to_owned());
    }
    if policy.window_impact.moderate_from > policy.window_impact.high_from {
        return Some("`window_impact.moderate_from` must not be above `high_from`".to_owned());
    }
    if policy.frequency.period <= Seconds::ZERO {
        return Some("`frequency.period` must be longer than nothing".to_owned());
    }
    None
}

/// The text of a shipped file of this id, else of a file beside.
fn find(what: &'static str, reference: &str, shipped: Shipped, beside: Option<&Path>) -> Result<Source, PolicyError> {
    if let Some((id, text)) = shipped.iter().find(|(id, _)| *id == reference) {
        return Ok(Source { name: (*id).to_owned(), text: (*text).to_owned(), folder: None });
    }
    let known = || shipped.iter().map(|(id, _)| (*id).to_owned()).collect();
    let is_path = reference.ends_with(".ron") || reference.contains(['/', '\\']);
    let path = beside.map(|folder| folder.join(reference)).filter(|path| is_path || path.is_file());
    match path {
        Some(path) => open(&path),
        None if is_path => Err(PolicyError::NoFolder { reference: reference.to_owned(), known: known() }),
        None => {
            let likeness = |id: &str| strsim::jaro_winkler(id, reference);
            let nearest = shipped.iter().map(|(id, _)| *id).max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
            let nearest = nearest.unwrap_or_default().to_owned();
            Err(PolicyError::Unknown { what, reference: reference.to_owned(), nearest, known: known() })
        }
    }
}

fn open(path: &Path) -> Result<Source, PolicyError> {
    let unreadable = |reason: String| PolicyError::Unreadable { path: path.to_owned(), reason };
    // A device or a pipe would never end, so the sort of the file is asked before it is opened.
    let about = fs::metadata(path).map_err(|error| unreadable(error.to_string()))?;
    if !about.is_file() {
        return Err(unreadable("is not a file".to_owned()));
    }
    if about.len() > LONGEST_FILE {
        return Err(unreadable("is longer than 1 MiB".to_owned()));
    }
    let text = fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
    Ok(Source { name: path.display().to_string(), text, folder: path.parent().map(Path::to_owned) })
}

fn read<T: DeserializeOwned>(source: &Source) -> Result<T, PolicyError> {
    let options = Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    options.from_str(&source.text).map_err(|error| PolicyError::Malformed {
        name: source.name.clone(),
        line: error.span.start.line,
        column: error.span.start.col,
        message: error.code.to_string(),
    })
}

#[cfg(test)]
mod tests;
