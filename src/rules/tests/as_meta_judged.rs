//! Templates judged as Meta judged others of the same shape. What became of those is public; the words here are ours.
//!
//! - Approved, and one rejected: the test data of Bindambc/whatsapp-business-java-api (MIT),
//!   `src/test/resources/retTemplate1.json` at 19f9c01.
//! - Refused when it was submitted, with subcode 2388299 ("Leading or trailing params not allowed"), and taken once words
//!   stood around the variable: Jaal-Yantra-Textiles/v2, pull request 2134 (2026-09-18).
//! - Refused for a variable without an example: megaapp977/stack, issue 324 (2026-03-28).

use super::*;
use crate::model::Status;

/// What is found of the library that says Meta would not take it. Whether a template is used is another question.
fn refused(templates: &str) -> Vec<(&'static str, Option<String>)> {
    let mut funnel = Funnel::clone(&funnel(&format!(
        r#"templates: [{templates}], steps: [
            (id: "in", kind: Entry(channel: UserMessage)), (id: "out", kind: Exit(Lost)),
        ], links: [(from: "in", to: "out")]"#
    )));
    for template in &mut funnel.templates {
        Arc::make_mut(template).status = Status::Draft;
    }
    let found = judged(&funnel).diagnostics.into_iter().filter(|found| found.code != "T010");
    found.map(|found| (found.code, found.template)).collect()
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
