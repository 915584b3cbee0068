//! A marketing template is reached on a journey on which the person never gave marketing opt-in
//!
//! # Why it matters
//! WhatsApp asks for opt-in before a business messages a person, and marketing wants its own. Having written to the
//! business is not that permission, and an open window is not either: the window says *when* free-form may be sent,
//! opt-in says *whether* marketing may. People who never agreed block and report; quality and limits fall, and messages
//! fail with error 131049 or 131050. Source: rules.md B6 (first two rows) and B8 row 10.
//!
//! # How to mend it
//! - Ask for it in the chat: a question whose answer has the effect `OptIn`, and a way around for the others.
//! - Put a branch on opt-in before the template.
//! - Where these people agreed elsewhere beforehand, say so at the entry: `opt_in: true`.
//!
//! # Example
//! Writing first is not an opt-in:
//! ```ron
//! templates: [
//!     (name: "day3_offer", language: "pt_BR", category: Marketing, status: Approved,
//!         body: "Seu cupom vale até amanhã."),
//! ],
//! steps: [
//!     (id: "ad", title: "Instagram ad", kind: Entry(channel: ClickToWhatsAppAd)),
//!     (id: "gap", title: "Wait 3 days", kind: Wait(For("3d"))),
//!     (id: "offer", title: "Day-3 offer", kind: Message(purpose: Marketing, send: Template("day3_offer"))),
//!     (id: "done", title: "Done", kind: Exit(Lost)),
//! ],
//! links: [(from: "ad", to: "gap"), (from: "gap", to: "offer"), (from: "offer", to: "done")],
//! ```
//! Only those who agreed come to it:
//! ```ron
//! templates: [
//!     (name: "day3_offer", language: "pt_BR", category: Marketing, status: Approved,
//!         body: "Seu cupom vale até amanhã."),
//! ],
//! steps: [
//!     (id: "ad", title: "Instagram ad", kind: Entry(channel: ClickToWhatsAppAd)),
//!     (id: "ask", title: "Ask for opt-in", kind: Message(
//!         purpose: Service,
//!         send: FreeForm(Buttons(body: "Posso te mandar ofertas?", buttons: ["Sim", "Não"])),
//!         reply: (
//!             options: [(label: "Sim", share: 0.6, effect: OptIn), (label: "Não", share: 0.4)],
//!             chance: 0.8, delay: LogNormal(median: "5m", p90: "2h"), timeout: "12h",
//!         ),
//!     )),
//!     (id: "gap", title: "Wait 3 days", kind: Wait(For("3d"))),
//!     (id: "offer", title: "Day-3 offer", kind: Message(purpose: Marketing, send: Template("day3_offer"))),
//!     (id: "done", title: "Done", kind: Exit(Lost)),
//! ],
//! links: [
//!     (from: "ad", to: "ask"), (from: "ask", out: Reply("Sim"), to: "gap"),
//!     (from: "ask", out: Reply("Não"), to: "done"),
//!     (from: "ask", out: Timeout, to: "done"), (from: "gap", to: "offer"), (from: "offer", to: "done"),
//! ],
//! ```

use super::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "C001",
    name: "marketing-without-opt-in",
    severity: Severity::Error,
    file: include_str!("c001_marketing_without_opt_in.rs"),
    part: "send",
    shows: Claim::NeverOptedIn,
    check,
    fixes: mend::consent::without_opt_in,
};

/// A template that is only for a closed window is judged by the people who come while it is closed.
fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for (step, template, _) in facts.uses().filter(|(_, template, _)| template.category == Category::Marketing) {
        let (Some(message), Some(proof)) = (step.message(), facts.proof_of(step)) else { continue };
        let (consents, claim, _) = Facts::consents_for_template(message, proof);
        let said = found.last().is_some_and(|last| last.step() == Some(&step.id));
        if consents.never && !said {
            let when = if matches!(message.send, Send::FreeFormOrTemplate(..)) { " once the window has closed" } else { "" };
            let message = format!(
                "{} sends the marketing template `{}`{when}, and on some journeys the person never gave marketing opt-in \
                 before it",
                titled(step),
                template.name,
            );
            let help = "Ask for opt-in on the way here, or put a branch on opt-in before it";
            let witness = facts.evident(&step.id, claim).map(|shown| shown.witness);
            found.push(RULE.at_step(&step.id, message).template(&template.name).help(help).shows(claim).witness(witness));
        }
    }
    found
}
