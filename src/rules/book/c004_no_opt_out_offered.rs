//! A marketing template offers no way to stop
//!
//! # Why it matters
//! Who finds no way to stop blocks or reports the business instead, and that lowers its quality and limits. Meta
//! recommends to say in marketing how to opt out. A way is a quick reply, a footer or a sentence that says so, in one of
//! the languages whose words are known here, or an answer with the effect `OptOut` at a step that sends the template.
//! Nothing is said of templates in other languages. Source: rules.md B6 (first and third row).
//!
//! # How to mend it
//! - Add a quick reply such as "Stop", and give that answer the effect `OptOut`.
//! - Say in the footer how to stop: "Answer STOP to stop".
//!
//! # Example
//! News without an end:
//! ```ron
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Draft,
//!         body: "Our spring collection is here."),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "news"), (from: "news", to: "done")],
//! ```
//! The footer says how to stop:
//! ```ron
//! templates: [
//!     (name: "spring_news", language: "en", category: Marketing, status: Draft,
//!         body: "Our spring collection is here.", footer: "Answer STOP to stop"),
//! ],
//! steps: [
//!     (id: "list", title: "Members", kind: Entry(channel: BusinessInitiated, opt_in: true)),
//!     (id: "news", title: "News", kind: Message(purpose: Marketing, send: Template("spring_news"))),
//!     (id: "done", title: "Done", kind: Exit(Converted)),
//! ],
//! links: [(from: "list", to: "news"), (from: "news", to: "done")],
//! ```

use super::prelude::*;
use crate::model::{Button, Effect, Template};
use crate::rules::plan::TemplatePlan;

pub(super) const RULE: Rule = Rule {
    code: "C004",
    name: "no-opt-out-offered",
    severity: Severity::Info,
    file: include_str!("c004_no_opt_out_offered.rs"),
    part: "body",
    shows: Claim::Reached,
    check,
    fixes: mend::library::stoppable,
};

/// Words that stand for stopping wherever they stand.
const EVERYWHERE: [&str; 5] = ["stop", "opt out", "opt-out", "optout", "unsubscribe"];

/// Beginnings of words by which people are told how to stop, in lower case, by language. Rather too many than too few:
/// where a way may be offered, nothing is said.
const WORDS: [(&str, &[&str]); 9] = [
    ("de", &["abmeld", "abbestell", "austrag", "keine nachricht", "nicht mehr", "abmeldung"]),
    ("en", &["not interested", "no more", "no thanks", "no longer", "opt me out", "cancel", "manage your preferences"]),
    ("es", &["baja", "parar", "salir", "cancelar", "no más", "no recibir", "dejar de", "no quiero", "no me interesa"]),
    ("fr", &["arrêt", "arret", "désabonn", "désinscri", "ne plus", "pas intéress"]),
    ("id", &["berhenti", "henti", "batal", "tidak mau"]),
    ("it", &["disiscri", "cancell", "annull", "non ricevere", "basta", "non mi interessa"]),
    ("nl", &["afmeld", "uitschrijv", "niet meer", "geen interesse"]),
    ("pt", &["sair", "parar", "pare", "cancelar", "descadastr", "remover", "não receber", "não quero", "sem interesse"]),
    ("tr", &["iptal", "durdur", "istemiyorum", "abonelikten"]),
];

/// Told of templates that somebody may get.
fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let marketing = facts.library().filter(|(_, template, plan)| {
        template.category == Category::Marketing && plan.reached && !template.body.trim().is_empty()
    });
    let silent = marketing.filter(|(_, template, plan)| !offers(template) && !answered(facts, plan));
    silent
        .map(|(place, template, _)| {
            let part = if template.footer.is_empty() { RULE.part } else { "footer" };
            let what = format!("The marketing template `{}` does not say how to stop", template.name);
            let help = "Add a quick reply such as “Stop”, or say in the footer how to stop";
            RULE.at_template(place, template, part, what).help(help)
        })
        .collect()
}

/// Whether the template says how to stop; also where nobody here could read it.
fn offers(template: &Template) -> bool {
    let language = template.language.split(['_', '-']).next().unwrap_or_default();
    let Some((_, words)) = WORDS.iter().find(|(known, _)| *known == language) else { return true };
    let labels = template.buttons.iter().map(|button| match button {
        Button::QuickReply(text) | Button::Url { text, .. } | Button::Phone { text, .. } => text.as_str(),
        Button::CopyCode(_) => "",
    });
    let texts = [template.body.as_str(), template.footer.as_str()].into_iter().chain(labels);
    let texts: Vec<String> = texts.map(str::to_lowercase).collect();
    EVERYWHERE.iter().chain(words.iter()).any(|word| texts.iter().any(|text| text.contains(word)))
}

/// Whether some step that sends the template takes an answer as an opt-out.
fn answered(facts: &Facts<'_>, plan: &TemplatePlan) -> bool {
    let messages = plan.used_by.iter().filter_map(|id| facts.at(facts.place(id)?).0.message());
    let mut options = messages.filter_map(|message| message.reply.as_ref()).flat_map(|reply| &reply.options);
    options.any(|option| option.effect == Some(Effect::OptOut))
}
