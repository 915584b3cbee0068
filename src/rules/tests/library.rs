//! What a person relies on in the library: each limit at its edge, each finding at its field, nothing about what is sound.

use super::*;
use crate::model::{Button, Category, Header, Status, Template};
use crate::{edit, policy};

/// A sound template that a step sends, changed, and what is found of it: code, field, severity.
fn findings(change: impl FnOnce(&mut Template)) -> Vec<(&'static str, &'static str, Severity)> {
    let judgement = judged(&with(change));
    let found = judgement.diagnostics.iter().filter(|found| matches!(found.place, Place::Template(_)));
    found.map(|found| (found.code, found.part, found.severity)).collect()
}

fn with(change: impl FnOnce(&mut Template)) -> Arc<Funnel> {
    let mut funnel = Funnel::clone(&sending("status: Approved", ""));
    let mut template = Template::clone(&funnel.templates[0]);
    change(&mut template);
    funnel.templates = vec![Arc::new(template)];
    Arc::new(funnel)
}

fn limits() -> policy::TemplateLimits {
    policy::standard().limits.template.clone()
}

fn long(length: usize) -> String {
    "é".repeat(length)
}

/// Fixes of the first finding of this code, with the funnel that each makes.
fn mended(funnel: &Arc<Funnel>, code: &str) -> Vec<(String, Arc<Funnel>)> {
    let judgement = judged(funnel);
    let found = judgement.diagnostics.iter().find(|found| found.code == code).expect("the finding is there");
    let mut mender = Mender::new(&judgement, funnel, at("2026-11-22T12:00:00"), 1_000);
    let document = crate::model::Document { funnel: Arc::clone(funnel), ..Default::default() };
    let after = |edit| edit::apply(&document, edit).unwrap_or_else(|refusal| panic!("{refusal}")).funnel;
    mender.fixes(found).iter().map(|fix| (fix.title.clone(), after(&fix.edit))).collect()
}

#[test]
fn texts_may_be_as_long_as_the_policy_says_and_no_longer() {
    let limits = limits();
    type Set = fn(&mut Template, String);
    let texts: [(&str, usize, Set); 6] = [
        ("name", limits.name, |template, text| template.name = text.replace('é', "e")),
        ("header", limits.header.text, |template, text| template.header = Some(Header::Text(text))),
        ("body", limits.body, |template, text| template.body = text),
        ("footer", limits.footer, |template, text| template.footer = text),
        ("buttons", limits.buttons.quick_reply.label, |template, text| template.buttons = vec![Button::QuickReply(text)]),
        ("buttons", limits.buttons.copy_code.length, |template, text| template.buttons = vec![Button::CopyCode(text)]),
    ];
    for (part, most, set) in texts {
        let of = |length| {
            let found = findings(|template| set(template, long(length)));
            // Under another name nobody sends it.
            found.into_iter().filter(|(code, ..)| *code != "T010").collect::<Vec<_>>()
        };
        assert_eq!(of(most), [], "{part} of {most}");
        assert_eq!(of(most + 1), [("T005", part, Severity::Error)], "{part} of {}", most + 1);
    }
}

#[test]
fn buttons_are_counted_by_kind_and_kept_together() {
    let limits = limits().buttons;
    let quick = || Button::QuickReply("Ja".to_owned());
    let url = |url: &str| Button::Url { text: "Shop".to_owned(), url: url.to_owned() };
    let page = || url("https://shop.example/");
    let phone = || Button::Phone { text: "Call".to_owned(), number: "+49301234567".to_owned() };
    let of = |buttons: Vec<Button>| findings(|template| template.buttons = buttons).len();
    assert_eq!(of(vec![quick(); limits.quick_reply.most]), 0);
    assert_eq!(of(vec![quick(); limits.quick_reply.most + 1]), 2, "too many in all, and of one kind");
    assert_eq!((of(vec![page(); limits.url.most]), of(vec![page(); limits.url.most + 1])), (0, 1));
    assert_eq!((of(vec![phone(); limits.phone.most]), of(vec![phone(); limits.phone.most + 1])), (0, 1));
    assert_eq!((of(vec![quick(), quick(), page(), phone()]), of(vec![quick(), page(), quick()])), (0, 1));
    assert_eq!(of(vec![Button::QuickReply(" ".to_owned())]), 1, "no label");
    let address = |address: &str| {
        findings(|template| {
            template.buttons = vec![url(address)];
            template.samples.insert("1".to_owned(), "brisa".to_owned());
            template.samples.insert("2".to_owned(), "azul".to_owned());
        })
    };
    assert_eq!(address("https://shop.example/{{1}}"), []);
    let broken = [("T005", "buttons", Severity::Error)];
    assert_eq!(address("https://shop.example/{{1}}/now"), broken);
    assert_eq!(address("https://shop.example/{{1}}{{2}}"), broken);
}

#[test]
fn names_and_languages_are_written_as_meta_writes_them() {
    let funnel = with(|template| template.name = "Day-3 Offer".to_owned());
    let mut sent = Funnel::clone(&funnel);
    let step = sent.steps.iter_mut().find(|step| step.id.as_str() == "news").unwrap();
    let crate::model::StepKind::Message(message) = &mut Arc::make_mut(step).kind else { panic!("a message") };
    message.send = crate::model::Send::Template("Day-3 Offer".to_owned());
    let fixes = mended(&Arc::new(sent), "T005");
    assert_eq!(fixes.len(), 1, "{fixes:?}");
    assert_eq!(fixes[0].0, "Name it day_3_offer, also in the steps that send it");
    assert_eq!(codes(&judged(&fixes[0].1)), Vec::<&str>::new(), "the step follows");

    let funnel = with(|template| template.language = "pt-br".to_owned());
    let fixes = mended(&funnel, "T005");
    assert_eq!((fixes[0].0.as_str(), fixes[0].1.templates[0].language.as_str()), ("Set its language to pt_BR", "pt_BR"));
    assert_eq!(mended(&with(|template| template.language = "de-DE".to_owned()), "T005")[0].0, "Set its language to de");
    assert_eq!(findings(|template| template.language = "ar_SA".to_owned())[0].1, "language", "Meta has none");
    assert_eq!(findings(|template| template.language = String::new())[0].1, "language");
    let of = |code: &str| findings(|template| template.language = code.to_owned());
    let language = |severity| ("T005", "language", severity);
    for unlisted in ["de_LU", "yo", "ckb", "en_ZM"] {
        assert_eq!(of(unlisted), [language(Severity::Warning)], "{unlisted}: our list may lack it");
    }
    for wrong in ["ar_SA", "deutsch", "de-LU", "de_lu", "DE", "de_DE_x", ""] {
        assert_eq!(of(wrong), [language(Severity::Error)], "{wrong}");
    }
}

/// What is found of a body whose variables all have samples.
fn of_body(body: &str) -> Vec<(&'static str, &'static str, Severity)> {
    findings(|template| {
        template.body = body.to_owned();
        template.samples = Template::variables(body).iter().map(|name| ((*name).to_owned(), "Ana".to_owned())).collect();
    })
}

#[test]
fn variables_are_read_as_meta_reads_them() {
    let sound = [
        "Oi {{1}}, tudo bem?",
        "Oi {{1}}, seu cupom {{2}} vale, {{1}}, até amanhã.",
        "{Oi} {{1}}, tudo bem?",
        "O cupom {{2}} vale para {{1}} até amanhã.",
        "Oi {{first_name}}, o cupom {{code2}} vale até amanhã.",
        "Oi {{1}} e {{2}}, o cupom vale hoje.",
        "📦 {{1}}: o pedido já saiu 🚚",
    ];
    for body in sound {
        assert_eq!(of_body(body), [], "{body}");
    }
    let broken = [
        "Oi {{2}}, tudo bem?",
        "Oi {{1}}, {{3}} vale até o fim.",
        "Oi {{0}}, tudo bem?",
        "Oi {{1}} {{2}}, vale até o fim.",
        "Oi {{1}}{{2}}, vale até o fim.",
        "{{1}}, oi, tudo bem?",
        "Oi, tudo bem, {{1}}",
        "Oi, tudo bem, {{1}} \n",
        "Oi {{1}}, {{code}} vale até o fim.",
        "Oi {{Nome}}, tudo bem?",
        "Oi {{first name}}, tudo bem?",
        "Oi {{1}.",
        "Oi {1}}.",
    ];
    for body in broken {
        assert_eq!(of_body(body), [("T006", "body", Severity::Error)], "{body}");
    }
}

#[test]
fn signs_beside_a_variable_are_no_words_and_what_is_approved_stays_so() {
    let of = |status: Status, body: &str| {
        findings(|template| {
            template.status = status;
            template.body = body.to_owned();
            template.samples.insert("1".to_owned(), "Ana".to_owned());
        })
    };
    for body in
        ["O seu pedido é {{1}}.", "*{{1}}*, o seu pedido saiu", "O seu pedido é _{{1}}_…\n", "¡{{1}}! Ya salió su pedido"]
    {
        assert_eq!(of(Status::Draft, body), [("T006", "body", Severity::Error)], "{body}");
        assert_eq!(of(Status::Approved, body), [("T006", "body", Severity::Warning)], "{body}");
    }
}

#[test]
fn variables_ask_for_words_around_them() {
    let warned = [("T006", "body", Severity::Warning)];
    assert_eq!(of_body("Oi {{1}}, vale"), warned);
    assert_eq!(of_body("Oi {{1}}, tudo bem?"), []);
    assert_eq!(of_body("Evento hoje {{1}}: são {{2}} pessoas"), warned, "four for two");
    assert_eq!(of_body("Evento hoje {{1}}: já são {{2}} pessoas"), []);
    assert_eq!(of_body("Oi {{1}}, {{1}}, {{1}}, tudo bem?"), [], "the same one is one");
}

#[test]
fn a_body_has_few_emojis_and_empty_lines_and_the_rest_one_line() {
    let broken = |part| [("T005", part, Severity::Error)];
    let body = |text: String| findings(|template| template.body = text);
    let (most, breaks) = (limits().emojis.unwrap(), limits().line_breaks.unwrap());
    assert_eq!(body(format!("Oi {}", "🎉".repeat(most))), []);
    assert_eq!(body(format!("Oi {}", "🎉".repeat(most + 1))), broken("body"));
    assert_eq!(body(format!("Oi{}tudo bem?", "\n".repeat(breaks))), []);
    assert_eq!(body(format!("Oi{}tudo bem?", "\n".repeat(breaks + 1))), broken("body"));
    assert_eq!(findings(|template| template.header = Some(Header::Text("Oi\ntudo bem".to_owned()))), broken("header"));
    assert_eq!(findings(|template| template.footer = "SAIR\npara parar".to_owned()), broken("footer"));
}

#[test]
fn the_preset_body_of_an_authentication_template_is_sound() {
    let preset = |template: &mut Template| {
        template.category = Category::Authentication;
        template.body = "{{1}} is your verification code. For your security, do not share this code.".to_owned();
        template.samples.insert("1".to_owned(), "482913".to_owned());
    };
    assert_eq!(findings(preset), []);
    let copying = |address: &'static str| {
        findings(move |template| {
            preset(template);
            template.buttons = vec![Button::Url { text: "Copy code".to_owned(), url: address.to_owned() }];
        })
    };
    assert_eq!(copying("https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}"), [], "as Meta lists it");
    assert_eq!(copying("https://shop.example/{{1}}"), [("T005", "buttons", Severity::Error)]);
}

#[test]
fn each_text_counts_its_variables_for_itself() {
    let found = findings(|template| {
        template.header = Some(Header::Text("Oi {{1}}".to_owned()));
        template.body = "Seu cupom, {{1}}, vale até {{2}}, sim.".to_owned();
        template.buttons = vec![Button::Url { text: "Loja".to_owned(), url: "https://loja.example/{{1}}".to_owned() }];
        template.samples = [("1", "Ana"), ("2", "amanhã")].map(|(a, b)| (a.to_owned(), b.to_owned())).into_iter().collect();
    });
    assert_eq!(found, []);
}

#[test]
fn a_gap_is_closed_together_with_its_samples() {
    let funnel = with(|template| {
        template.body = "Oi {{2}}, {{4}} vale, {{2}}.".to_owned();
        template.samples =
            [("1", "old"), ("2", "Ana"), ("4", "DIA3")].map(|(a, b)| (a.to_owned(), b.to_owned())).into_iter().collect();
    });
    let fixes = mended(&funnel, "T006");
    assert_eq!(fixes[0].0, "Number the variables without a gap, so that {{2}} becomes {{1}}");
    let template = &fixes[0].1.templates[0];
    assert_eq!(template.body, "Oi {{1}}, {{2}} vale, {{1}}.");
    assert_eq!(template.filled(&template.body), "Oi Ana, DIA3 vale, Ana.");
}

#[test]
fn every_variable_has_a_sample_that_meta_takes() {
    let of = |samples: &[(&str, &str)]| {
        findings(|template| {
            template.body = "Oi {{1}}, o cupom {{2}} vale até amanhã.".to_owned();
            template.samples = samples.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        })
    };
    let at = |part| ("T007", part, Severity::Error);
    assert_eq!(of(&[("1", "Ana"), ("2", "DIA3")]), []);
    assert_eq!(of(&[]), [at("body"), at("body")], "without samples the finding stands at the variable");
    assert_eq!(of(&[("1", "Ana"), ("2", " ")]), [at("samples")]);
    for refused in limits().sample_refuses.chars() {
        let warned = [("T007", "samples", Severity::Warning)];
        assert_eq!(of(&[("1", "Ana"), ("2", &format!("10{refused}"))]), warned, "{refused}: Meta's own samples have it");
    }
    let funnel = with(|template| {
        template.body = "Oi {{1}}, vale.".to_owned();
        template.samples.insert("1".to_owned(), "10%".to_owned());
    });
    let fixes = mended(&funnel, "T007");
    assert_eq!(fixes[0].0, "Make the sample of {{1}} “10”");
}

#[test]
fn the_same_text_under_two_names_is_a_warning_and_in_two_languages_nothing() {
    let funnel = |name: &str, language: &str| {
        let mut funnel = Funnel::clone(&sending("status: Approved", ""));
        let first = &funnel.templates[0];
        let second = Template { name: name.to_owned(), language: language.to_owned(), ..Template::clone(first) };
        funnel.templates.push(Arc::new(second));
        Arc::new(funnel)
    };
    let of = |funnel: &Funnel| {
        let judgement = judged(funnel);
        let found = judgement.diagnostics.iter().filter(|found| found.code == "T009");
        found.map(|found| (found.place.clone(), found.part, found.severity)).collect::<Vec<_>>()
    };
    let second = Place::Template(1);
    assert_eq!(of(&funnel("news", "pt_BR")), [(second.clone(), "name", Severity::Error)]);
    assert_eq!(of(&funnel("more_news", "pt_BR")), [(second, "body", Severity::Warning)]);
    assert_eq!(of(&funnel("news", "pt_PT")), []);
    let fixes = mended(&funnel("news", "pt_BR"), "T009");
    assert_eq!((fixes.len(), fixes[0].1.templates.len()), (1, 1), "one of two that are the same can go");
}

#[test]
fn an_unused_template_is_taken_out_even_before_others_with_findings() {
    let mut funnel = Funnel::clone(&sending("status: Draft", "launch: \"2026-12-20T10:00:00\","));
    let first = Template::clone(&funnel.templates[0]);
    funnel.templates.insert(0, Arc::new(Template { name: "unused".to_owned(), body: "Olá".to_owned(), ..first.clone() }));
    Arc::make_mut(&mut funnel.templates[1]).body = "Oi {{1}}, vale até amanhã.".to_owned();
    let funnel = Arc::new(funnel);
    assert_eq!(codes(&judged(&funnel)), ["T007", "T002", "T010"]);
    let fixes = mended(&funnel, "T010");
    assert_eq!(fixes[0].0, "Take the template unused out of the library");
    assert_eq!(codes(&judged(&fixes[0].1)), ["T007", "T002"]);
}
