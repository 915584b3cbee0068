//! Texts of the rules on screen: titles between asterisks, names between backticks, and the page of a rule.

use egui::text::LayoutJob;
use egui::{Color32, Label, RichText, TextFormat, Ui};

use crate::rules;
use crate::ui::theme::{self, Theme, Type};
use crate::ui::words::panels as words;

/// A message with its titles strong and its names in letters of one width.
pub fn job(theme: &Theme, text: &str, colour: Color32) -> LayoutJob {
    let mut job = LayoutJob::default();
    for (part, kind) in parts(text) {
        job.append(part, 0.0, TextFormat::simple(theme.font(kind), colour));
    }
    job
}

/// A message without its marks, to be read aloud and searched.
pub fn plain(text: &str) -> String {
    parts(text).into_iter().map(|(part, _)| part).collect()
}

/// The parts of a text, each with its letters. A mark that nothing closes stands for itself.
fn parts(text: &str) -> Vec<(&str, Type)> {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(found) = rest[from..].find(['*', '`']) {
        let start = from + found;
        let mark = &rest[start..=start];
        let inner = &rest[start + 1..];
        match inner.find(mark) {
            Some(end) if end > 0 && !inner[..end].contains('\n') => {
                parts.push((&rest[..start], Type::Body));
                parts.push((&inner[..end], if mark == "*" { Type::Strong } else { Type::Mono }));
                rest = &inner[end + 1..];
                from = 0;
            }
            _ => from = start + 1,
        }
    }
    parts.push((rest, Type::Body));
    parts.retain(|(part, _)| !part.is_empty());
    parts
}

/// The page of a rule, without its examples: those are funnels in full.
pub fn ui(ui: &mut Ui, code: &str) {
    let Some(rule) = rules::rule(code) else { return };
    let theme = theme::of(ui);
    ui.collapsing(words::WHY, |ui| {
        for paragraph in paragraphs(&rule.page()) {
            match paragraph.strip_prefix('#') {
                Some(title) => {
                    let title = RichText::new(title.trim_start_matches('#').trim()).font(theme.font(Type::Strong));
                    ui.add(Label::new(title.color(theme.text)).wrap());
                }
                None => {
                    ui.add(Label::new(job(theme, &paragraph, theme.weak)).wrap());
                }
            }
        }
    });
}

/// Paragraphs of Markdown, each in one line, without blocks of code and the words that lead to them.
fn paragraphs(page: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut within_code = false;
    let mut fresh = true;
    for line in page.lines() {
        if line.starts_with("```") {
            if !within_code && all.last().is_some_and(|last| last.ends_with(':')) {
                all.pop();
            }
            within_code = !within_code;
            fresh = true;
        } else if within_code {
            continue;
        } else if line.trim().is_empty() {
            fresh = true;
        } else if fresh || line.starts_with(['#', '-']) {
            all.push(line.trim().replacen("- ", "\u{2022} ", usize::from(line.starts_with("- "))));
            fresh = line.starts_with('#');
        } else if let Some(last) = all.last_mut() {
            last.push(' ');
            last.push_str(line.trim());
        }
    }
    while all.last().is_some_and(|last| last.starts_with('#')) {
        all.pop();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_letters_and_lone_ones_stay() {
        assert_eq!(plain("*Day-3 offer* needs `day3_offer`, 2 * 3"), "Day-3 offer needs day3_offer, 2 * 3");
        assert_eq!(parts("*A* b"), [("A", Type::Strong), (" b", Type::Body)]);
    }

    #[test]
    fn every_rule_has_a_page_that_can_be_read() {
        for rule in rules::RULES {
            let all = paragraphs(&rule.page());
            assert!(!all.is_empty(), "{}", rule.code);
            assert!(all.iter().all(|one| !one.contains("```") && !one.contains("steps: [")), "{}: {all:#?}", rule.code);
        }
    }
}
