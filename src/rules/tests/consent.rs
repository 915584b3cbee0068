//! What a person relies on about consent and category: who said stop, who never agreed, and what may be called marketing.

use super::*;
use crate::engine::{Claim, What};
use crate::model::{Category, Purpose};
use crate::policy;

/// An entry, a question, a wait, and a step that sends; the answers and the silence all lead on to it.
fn chat(opt_in: bool, effect: &str, wait: &str, sends: &str) -> Arc<Funnel> {
    funnel(&format!(
        r#"templates: [(name: "offer", language: "pt_BR", category: Marketing, status: Approved, body: "Oferta", footer: "SAIR")],
        steps: [
            (id: "in", kind: Entry(channel: UserMessage, opt_in: {opt_in})),
            (id: "ask", title: "Ask", kind: Message(purpose: Service, send: FreeForm(Text("Ofertas?")), reply: (
                options: [(label: "Sim", effect: OptIn), (label: "Não"{effect})], chance: 1.0, delay: Fixed("5m")))),
            (id: "wait", kind: Wait(For("{wait}"))),
            (id: "offer", title: "Offer", kind: {sends}),
            (id: "out", kind: Exit(Lost)),
        ], links: [
            (from: "in", to: "ask"), (from: "ask", out: Reply("Sim"), to: "wait"), (from: "ask", out: Reply("Não"), to: "wait"),
            (from: "wait", to: "offer"), (from: "offer", to: "out"),
        ]"#
    ))
}

const OPT_OUT: &str = ", effect: OptOut";
const TEMPLATE: &str = "Message(purpose: Marketing, send: Template(\"offer\"))";
const EITHER: &str = "Message(purpose: Service, send: FreeFormOrTemplate(Text(\"Oi\"), \"offer\"))";

fn of(funnel: &Funnel) -> Vec<&'static str> {
    // What a template is used for is another question.
    codes(&judged(funnel)).into_iter().filter(|code| code.starts_with('C')).collect()
}

#[test]
fn who_said_stop_gets_no_marketing_in_any_form() {
    assert_eq!(of(&chat(true, "", "1d", TEMPLATE)), Vec::<&str>::new(), "nobody said stop");
    assert_eq!(of(&chat(true, OPT_OUT, "1d", TEMPLATE)), ["C002"]);
    let free_form = "Message(purpose: Marketing, send: FreeForm(Text(\"Oferta!\")))";
    assert_eq!(of(&chat(true, OPT_OUT, "1h", free_form)), ["C002", "C003"]);
    let service = "Message(purpose: Service, send: FreeForm(Text(\"Até logo!\")))";
    assert_eq!(of(&chat(true, OPT_OUT, "1h", service)), Vec::<&str>::new(), "a last word is no marketing");
}

#[test]
fn the_journey_of_an_opt_out_shows_it_before_the_message() {
    let judgement = judged(&chat(true, OPT_OUT, "1d", TEMPLATE));
    let found = &judgement.diagnostics.iter().find(|found| found.code == "C002").unwrap();
    let witness = found.witness.as_ref().expect("a journey shows it");
    let story = judgement.proof.tell(witness).expect("its story is told");
    let shown = show(&judgement.policy, &judgement.proof, story, found.step().unwrap(), found.shows).unwrap();
    let before = &shown.journey.moments[..shown.at];
    assert!(before.iter().any(|moment| matches!(&moment.what, What::Reply { label, .. } if label == "Não")));
}

#[test]
fn a_template_for_a_closed_window_is_judged_by_those_who_come_then() {
    // Five minutes after the answer the window is open for all; a day later for nobody.
    for (opt_in, effect, code) in [(false, "", "C001"), (true, OPT_OUT, "C002")] {
        assert_eq!(of(&chat(opt_in, effect, "1h", EITHER)), Vec::<&str>::new(), "{code}");
        assert_eq!(of(&chat(opt_in, effect, "1d", EITHER)), [code]);
    }
    // Those who agreed wait for a day, and those who did not are served at once: the two never meet.
    let mut funnel = Funnel::clone(&chat(false, "", "1d", EITHER));
    let link = funnel.links.iter_mut().find(|link| link.out == crate::model::Output::Reply("Não".to_owned())).unwrap();
    Arc::make_mut(link).to = "offer".into();
    let judgement = judged(&funnel);
    assert_eq!(judgement.proof.steps[3].verdict, crate::engine::Verdict::Sometimes);
    assert!(judgement.proof.steps[3].consents.never && !judgement.proof.steps[3].consents_outside.never);
    assert_eq!(of(&funnel), Vec::<&str>::new());
    assert!(judgement.proof.witness(&"offer".into(), Claim::NeverOptedInOutside).is_none());
}

#[test]
fn the_policy_decides_whether_marketing_may_be_free_form() {
    let funnel = chat(true, "", "1h", "Message(purpose: Marketing, send: FreeFormOrTemplate(Text(\"Oferta!\"), \"offer\"))");
    let under = |id: &str| {
        let judgement = judge(&funnel, &policy::load(id, None).unwrap(), at("2026-11-22T12:00:00"));
        let found = judgement.diagnostics.iter().find(|found| found.code == "C003");
        found.map(|found| {
            assert!(!found.message.contains("131047") && !found.help.as_deref().unwrap().contains("131047"));
            found.severity
        })
    };
    assert_eq!(under("whatsapp-2026-10"), Some(Severity::Warning));
    assert_eq!(under("strict-cdp"), Some(Severity::Error));
    assert_eq!(under("whatsapp-conversation"), None);
    let judgement = judged(&funnel);
    let mut mender = Mender::new(&judgement, &funnel, at("2026-11-22T12:00:00"), 1_000);
    let found = judgement.diagnostics.iter().find(|found| found.code == "C003").unwrap();
    let fixes: Vec<String> = mender.fixes(found).into_iter().map(|fix| fix.title).collect();
    assert_eq!(fixes, ["Always send the template offer"]);
}

#[test]
fn what_the_window_refuses_anyway_is_no_house_rule() {
    let free_form = "Message(purpose: Marketing, send: FreeForm(Text(\"Oferta!\")))";
    assert_eq!(codes(&judged(&chat(true, "", "1d", free_form))), ["W001", "T010"]);
}

#[test]
fn a_way_to_stop_is_found_in_every_part_of_a_template_and_in_the_answers() {
    let of = |language: &str, body: &str, more: &str, step: &str| {
        codes(&judged(&funnel(&format!(
            r#"templates: [(name: "news", language: "{language}", category: Marketing, status: Approved, body: "{body}"{more})],
            steps: [
                (id: "list", kind: Entry(channel: BusinessInitiated, opt_in: true)),
                (id: "news", kind: Message(purpose: Marketing, send: Template("news"){step})),
                (id: "out", kind: Exit(Lost)),
            ], links: [(from: "list", to: "news"), (from: "news"{}, to: "out")]"#,
            if step.is_empty() { "" } else { ", out: Reply(\"Nein\")" },
        ))))
    };
    assert_eq!(of("de", "Neues ist da.", "", ""), ["C004"]);
    assert_eq!(of("de_AT", "Neues ist da. Mit STOPP endet es.", "", ""), Vec::<&str>::new());
    assert_eq!(of("es_MX", "Hay novedades.", ", footer: \"Responde BAJA\"", ""), Vec::<&str>::new());
    assert_eq!(of("pt_BR", "Novidades!", ", buttons: [QuickReply(\"Parar ofertas\")]", ""), Vec::<&str>::new());
    let answer = ", reply: (options: [(label: \"Nein\", effect: OptOut)], chance: 1.0, delay: Fixed(\"5m\"))";
    assert_eq!(of("de", "Neues ist da.", "", answer), Vec::<&str>::new());
    assert_eq!(of("ka", "სიახლეები.", "", ""), Vec::<&str>::new(), "nobody here reads it");
}

#[test]
fn purpose_and_category_fit_or_are_told_apart() {
    let of = |purpose: Purpose, category: Category, status: &str| {
        let funnel = funnel(&format!(
            r#"templates: [(name: "news", language: "pt_BR", category: {category:?}, status: {status}, body: "Oi", footer: "SAIR")],
            steps: [
                (id: "list", kind: Entry(channel: BusinessInitiated, opt_in: true)),
                (id: "news", title: "News", kind: Message(purpose: {purpose:?}, send: Template("news"))),
                (id: "out", kind: Exit(Lost)),
            ], links: [(from: "list", to: "news"), (from: "news", to: "out")]"#
        ));
        let judgement = judged(&funnel);
        let mut mender = Mender::new(&judgement, &funnel, at("2026-11-22T12:00:00"), 1_000);
        let found = judgement.diagnostics.iter().find(|found| found.code == "T008");
        found.map(|found| mender.fixes(found).into_iter().map(|fix| fix.title).collect::<Vec<_>>())
    };
    for purpose in Purpose::ALL {
        for category in Category::ALL {
            let fits = match purpose {
                Purpose::Service | Purpose::Utility => category == Category::Utility,
                Purpose::Marketing => category == Category::Marketing,
                Purpose::Authentication => category == Category::Authentication,
            };
            assert_eq!(of(purpose, category, "Approved").is_none(), fits, "{purpose:?} {category:?}");
        }
    }
    let marketing = |category, status| of(Purpose::Marketing, category, status).unwrap();
    assert_eq!(marketing(Category::Utility, "Draft"), ["Set the category of news to Marketing"]);
    assert_eq!(marketing(Category::Utility, "Approved"), Vec::<String>::new(), "Meta has fixed it");
    assert_eq!(of(Purpose::Utility, Category::Marketing, "Approved").unwrap(), ["Plan “News” as marketing"]);
}

#[test]
fn marketing_is_blocked_where_the_policy_says_so_and_nowhere_else() {
    let of = |market: &str, category: Category| {
        let mut funnel = Funnel::clone(&sending("status: Approved, footer: \"SAIR\"", ""));
        funnel.audience.market = market.to_owned();
        Arc::make_mut(&mut funnel.templates[0]).category = category;
        let judgement = judged(&funnel);
        judgement.diagnostics.iter().find(|found| found.code == "D001").map(|found| found.message.clone())
    };
    let told = of("us", Category::Marketing).expect("the United States");
    assert!(told.contains("131049") && told.contains("2025-04-01") && told.contains("US"), "{told}");
    assert_eq!((of("US", Category::Utility), of("CA", Category::Marketing)), (None, None));
}

#[test]
fn a_refused_message_is_not_counted_as_sent() {
    let of = |status: &str| {
        codes(&judged(&funnel(&format!(
            r#"templates: [(name: "news", language: "pt_BR", category: Utility, status: {status}, body: "Oi")],
            steps: [
                (id: "in", kind: Entry(channel: UserMessage)),
                (id: "wait", kind: Wait(For("30h"))),
                (id: "news", kind: Message(purpose: Utility, send: Template("news"))),
                (id: "tip", kind: Message(purpose: Service, send: FreeForm(Text("Dica")))),
                (id: "out", kind: Exit(Lost)),
            ], links: [
                (from: "in", to: "wait"), (from: "wait", to: "news"), (from: "news", to: "tip"), (from: "tip", to: "out"),
            ]"#
        ))))
    };
    assert_eq!(of("Approved"), ["W001", "W005"]);
    assert_eq!(of("Paused"), ["T003", "W001"]);
}
