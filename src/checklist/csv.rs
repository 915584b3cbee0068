//! The checklist as CSV, one template a line, for spreadsheets.

use super::markdown::button_words;
use super::{Checklist, Item};
use crate::model::Header;

const COLUMNS: [&str; 15] = [
    "name",
    "language",
    "category",
    "status",
    "required",
    "needs_opt_in",
    "submit_by",
    "approved_by",
    "late",
    "used_by",
    "header",
    "body",
    "footer",
    "buttons",
    "samples",
];

/// The checklist as CSV with a line of column names.
pub fn csv(checklist: &Checklist) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every record has as many fields as there are columns.
    let _ = writer.write_record(COLUMNS);
    for item in &checklist.items {
        let _ = writer.write_record(record(item).map(|field| harmless(&field)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn record(item: &Item) -> [String; 15] {
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let time = |time: Option<crate::model::LocalTime>| time.map(|time| time.to_string()).unwrap_or_default();
    let used: Vec<&str> = item.used_by.iter().map(|(id, _)| id.as_str()).collect();
    let template = item.template.as_deref();
    let header = template.and_then(|template| template.header.as_ref()).map(|header| match header {
        Header::Text(text) => text.clone(),
        Header::Image => "(image)".to_owned(),
        Header::Video => "(video)".to_owned(),
        Header::Document => "(document)".to_owned(),
        Header::Location => "(location)".to_owned(),
    });
    let buttons = template.map(|template| template.buttons.iter().map(button_words).collect::<Vec<_>>().join("\n"));
    let samples = template.map(|template| {
        let samples = template.samples.iter().map(|(name, sample)| format!("{{{{{name}}}}} = {sample}"));
        samples.collect::<Vec<_>>().join("\n")
    });
    [
        item.name.clone(),
        template.map(|template| template.language.clone()).unwrap_or_default(),
        template.map(|template| template.category.word().to_owned()).unwrap_or_default(),
        item.state().to_owned(),
        yes_no(item.required),
        yes_no(item.needs_opt_in),
        time(item.submit_by),
        time(item.approved_by),
        yes_no(item.late),
        used.join(" "),
        header.unwrap_or_default(),
        template.map(|template| template.body.clone()).unwrap_or_default(),
        template.map(|template| template.footer.clone()).unwrap_or_default(),
        buttons.unwrap_or_default(),
        samples.unwrap_or_default(),
    ]
}

/// A field that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it.
fn harmless(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if formula { format!("'{field}") } else { field.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::checklist::build;
    use crate::model::{Category, Funnel, LocalTime, Status, Template};

    fn template(body: &str) -> Template {
        Template {
            name: "offer".to_owned(),
            language: "en".to_owned(),
            category: Category::Marketing,
            status: Status::Draft,
            submitted: None,
            header: None,
            body: body.to_owned(),
            footer: "=1+1".to_owned(),
            buttons: Vec::new(),
            samples: [("1".to_owned(), "Ana".to_owned())].into_iter().collect(),
            allow: Vec::new(),
        }
    }

    fn checklist(body: &str) -> Checklist {
        let now: LocalTime = "2026-11-22T12:00:00".parse().unwrap();
        let policy = crate::policy::standard();
        let judgement = crate::rules::judge(&Funnel::default(), &policy, now);
        let item = Item {
            name: "offer".to_owned(),
            template: Some(Arc::new(template(body))),
            used_by: Vec::new(),
            required: true,
            needs_opt_in: true,
            submit_by: None,
            approved_by: None,
            late: false,
        };
        Checklist { items: vec![item], ..build(&Funnel::default(), &judgement, now) }
    }

    #[test]
    fn fields_survive_commas_quotes_and_lines_and_are_never_formulas() {
        let text = csv(&checklist("@SUM(A1), \"quoted\"\nsecond line"));
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let columns = reader.headers().unwrap().clone();
        let record = reader.records().next().unwrap().unwrap();
        let field = |name: &str| record.get(columns.iter().position(|column| column == name).unwrap()).unwrap();
        assert_eq!(field("body"), "'@SUM(A1), \"quoted\"\nsecond line");
        assert_eq!(field("footer"), "'=1+1");
        assert_eq!(field("samples"), "{{1}} = Ana");
        assert_eq!(field("needs_opt_in"), "yes");
    }

    #[test]
    fn markdown_keeps_a_body_to_the_letter() {
        let page = super::super::markdown(&checklist("*Oi* ```{{1}}```\n| a |"));
        assert!(page.contains("````text\n*Oi* ```{{1}}```\n| a |\n````\n"), "{page}");
    }
}
