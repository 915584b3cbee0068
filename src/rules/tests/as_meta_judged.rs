//! Templates judged as Meta judged others of the same shape. What became of those is public; the words here are ours.
//!
//! - Approved, and one rejected: the test data of Bindambc/whatsapp-business-java-api (MIT),
//!   `src/test/resources/retTemplate1.json` at 19f9c01.
//! - Refused when it was submitted, with subcode 2388299 ("Leading or trailing params not allowed"), and taken once words
//!   stood around the variable: Jaal-Yantra-Textiles/v2, pull request 2134 (2026-09-18).
//! - Refused for a variable without an example: megaapp977/stack, issue 324 (2026-03-28).
//! - Approved though a sample holds `#` or `$`: two of Meta's template library, in Meta's own page on it as
//!   ArielAmzalak/WBAPI_Doc has it (`doc/template-library.md` at 356718d).
//! - Refused with 2388299 though a full stop stands after the last variable, and with 2388293 for too few words, and with
//!   "more than two consecutive newline characters, only have parameters, or have more than 10 emojis": what several people
//!   wrote beside their templates in public code, between 2026-07 and 2026-09.

use super::*;
use crate::model::Status;

/// What is found of the library that says Meta would not take it. Whether a template is used is another question.
fn refused(templates: &str) -> Vec<(&'static str, Option<String>)> {
    findings(templates).into_iter().map(|found| (found.code, found.template)).collect()
}

fn findings(templates: &str) -> Vec<Diagnostic> {
    let mut funnel = Funnel::clone(&funnel(&format!(
        r#"templates: [{templates}], steps: [
            (id: "in", kind: Entry(channel: UserMessage)), (id: "out", kind: Exit(Lost)),
        ], links: [(from: "in", to: "out")]"#
    )));
    for template in &mut funnel.templates {
        Arc::make_mut(template).status = Status::Draft;
    }
    judged(&funnel).diagnostics.into_iter().filter(|found| found.code != "T010").collect()
}

const APPROVED: [&str; 5] = [
    r#"(name: "visit_confirmation5", language: "pt_BR", category: Utility, header: Text("Confirmação da visita"),
        body: "Bom dia, *{{1}}*! Sua visita está marcada para o dia *{{2}}*, às *{{3}}h*.\nPodemos contar com você?",
        footer: "Responda por um dos botões abaixo", buttons: [QuickReply("SIM"), QuickReply("NÃO")],
        samples: {"1": "Maria", "2": "04/11/2022", "3": "13:30"})"#,
    r#"(name: "visit_confirmation3", language: "pt_BR", category: Utility, header: Text("Confirmação da visita"),
        body: "Boa tarde, *{{1}}*! Sua visita está marcada para o dia *{{2}}*, às *{{3}}h*.\nPodemos contar com você?",
        footer: "Responda por um dos botões abaixo",
        buttons: [QuickReply("SIM"), QuickReply("NÃO"), QuickReply("OUTRO DIA")],
        samples: {"1": "Maria", "2": "04/11/2022", "3": "13:30"})"#,
    r#"(name: "visit_tomorrow", language: "pt_BR", category: Utility, header: Text("Sua visita de amanhã"),
        body: "Bom dia  {{1}}, sua visita é amanhã ({{2}}) às {{3}}h. Sem resposta, o horário será liberado.",
        footer: "Toque no botão para confirmar",
        buttons: [Url(text: "Confirmar", url: "https://visita.example/ok?q=visita+amanha")],
        samples: {"1": "João", "2": "10/10/2022", "3": "13:30"})"#,
    r#"(name: "greeting_test2", language: "en_US", category: Utility, header: Text("Good to see you"),
        body: "Good morning {{1}}, this is our {{2}} trial.", samples: {"1": "Mr. José", "2": "first"})"#,
    r#"(name: "first_message", language: "en_US", category: Utility, header: Text("First message"),
        body: "It works!! This message shows that you can send notifications. Thank you for trying it.",
        footer: "Your team")"#,
];

#[test]
fn what_meta_approved_is_not_refused_here() {
    for template in APPROVED {
        assert_eq!(refused(template), [], "{template}");
    }
    assert_eq!(refused(&APPROVED.join(", ")), [], "nor all of them together");
}

#[test]
fn the_twin_of_an_approved_template_is_refused() {
    let twin = APPROVED[3].replace("greeting_test2", "greeting_test3");
    assert_eq!(refused(&format!("{}, {twin}", APPROVED[3])), [("T009", Some("greeting_test3".to_owned()))]);
}

#[test]
fn a_variable_at_an_end_is_refused_until_words_stand_around_it() {
    let template = |body: &str, sample: &str| {
        format!(r#"(name: "note", language: "en", category: Utility, body: "{body}", samples: {{{sample}}})"#)
    };
    let one = r#""1": "Your parcel is on its way""#;
    let refused_for = |body: &str, sample: &str| -> Vec<&'static str> {
        refused(&template(body, sample)).into_iter().map(|(code, _)| code).collect()
    };
    assert_eq!(refused_for("{{1}}\\n\\nAnswer here and we go on from there.", one), ["T006"]);
    assert_eq!(refused_for("You will find it at this address: {{1}}", one), ["T006"]);
    assert_eq!(refused_for("A word from our shop.\\n\\n{{1}}\\n\\nAnswer here and we go on from there.", one), [""; 0]);
    assert_eq!(refused_for("Good morning {{1}}, your order {{2}} is ready now!", r#""1": "Ana""#), ["T007"]);
}

#[test]
fn what_meta_said_of_signs_words_lines_and_emojis_is_said_here() {
    let of = |body: &str, samples: &str| -> Vec<(&'static str, Severity)> {
        let template =
            format!(r#"(name: "note", language: "en", category: Utility, body: "{body}", samples: {{{samples}}})"#);
        findings(&template).into_iter().map(|found| (found.code, found.severity)).collect()
    };
    let (one, four) = (r#""1": "Ana""#, r#""1": "a", "2": "b", "3": "c", "4": "d""#);
    let (error, warning) = (Severity::Error, Severity::Warning);
    assert_eq!(of("Your parcel has now come to the shop in {{1}}.", one), [("T006", error)]);
    assert_eq!(of("Your parcel has now come to the shop in {{1}}. See you soon", one), []);
    assert_eq!(of("Today: {{1}}, {{2}} people\\nPlace {{3}}\\nTime {{4}} sharp", four), [("T006", warning)]);
    assert_eq!(of("Good morning {{1}}\\n\\n\\nyour parcel has come", one), [("T005", error)]);
    assert_eq!(of("{{1}}", one).iter().filter(|found| found.1 == error).count(), 2, "only a variable: at both ends");
    assert_eq!(of("Good morning, we could not bring you order {{1}} today", r##""1": "#4711""##), [("T007", warning)]);
}
