//! Writes a document as the text of a funnel file. The same document gives the same bytes, and a change to one item
//! changes the lines of that item alone. It knows no disk.

use crate::model::{
    Allow, Answer, Arrivals, Audience, Branch, Button, Choice, Comment, Content, Delay, Document, Expect, Frame, Header,
    Link, Message, Output, Point, Reply, ReplyOption, Scenario, Send, Step, StepKind, Template, Wait,
};

use super::remarks::Remarks;
use super::tree::Tree;

/// The format that this program writes, and the newest that it reads.
pub(super) const FORMAT: u32 = 1;

/// The text of a document, with the comments that its file had. Comments whose item is gone are left out: ask
/// [`Remarks::lost`] beforehand.
pub fn write(document: &Document, remarks: &Remarks) -> String {
    let mut tree = document_tree(document);
    remarks.put_back(&mut tree, document);
    let mut out = String::new();
    remarks.print_head(&mut out);
    tree.print(&mut out, 0);
    out.push('\n');
    remarks.print_tail(&mut out);
    out
}

fn document_tree(document: &Document) -> Tree {
    let (funnel, layout) = (&document.funnel, &document.layout);
    let spot = |step: &Step| layout.spots.get(&step.id).copied().unwrap_or_default();
    Tree::fields("")
        .broken()
        .field("format", Tree::leaf(FORMAT.to_string()))
        .field("name", text(&funnel.name))
        .maybe("notes", some_text(&funnel.notes))
        .field("policy", text(&funnel.policy))
        .maybe("launch", funnel.launch.map(text))
        .field("audience", audience(&funnel.audience))
        .maybe("messaging_limit", funnel.messaging_limit.map(number))
        .maybe("allow", some_list(funnel.allow.iter().map(allow)))
        .maybe("templates", some_lines(funnel.templates.iter().map(|template| template_tree(template))))
        .field("steps", lines(funnel.steps.iter().map(|step| step_tree(step, spot(step)))))
        .maybe("links", some_lines(funnel.links.iter().map(|link| link_tree(link))))
        .maybe("frames", some_lines(layout.frames.iter().map(|frame| frame_tree(frame))))
        .maybe("comments", some_lines(layout.comments.iter().map(|note| comment_tree(note))))
        .maybe("scenarios", some_lines(funnel.scenarios.iter().map(|scenario| scenario_tree(scenario))))
}

/// A text in quotes, with no more escapes than it needs: accents and emoji stay as they are.
pub(super) fn text(value: impl ToString) -> Tree {
    let value = value.to_string();
    let mut quoted = String::with_capacity(value.len() + 2);
    quoted.push('"');
    for c in value.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            // These would break a line, or could not be seen.
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => quoted.extend(c.escape_unicode()),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    Tree::leaf(quoted)
}

fn some_text(value: &str) -> Option<Tree> {
    (!value.is_empty()).then(|| text(value))
}

/// A list with one item a line.
pub(super) fn lines(items: impl Iterator<Item = Tree>) -> Tree {
    Tree::list(items).broken()
}

pub(super) fn some_lines(items: impl Iterator<Item = Tree>) -> Option<Tree> {
    let list = lines(items);
    (!list.items.is_empty()).then_some(list)
}

fn some_list(items: impl Iterator<Item = Tree>) -> Option<Tree> {
    let list = Tree::list(items);
    (!list.items.is_empty()).then_some(list)
}

/// A bare name, as the model calls its variant.
fn name(variant: impl std::fmt::Debug) -> Tree {
    Tree::leaf(format!("{variant:?}"))
}

/// A share of one: always with a decimal point.
fn share(value: f64) -> Tree {
    Tree::leaf(format!("{:?}", value + 0.0))
}

/// A number at its shortest.
fn number(value: impl std::fmt::Display) -> Tree {
    Tree::leaf(value.to_string())
}

// Adding zero turns the negative zero into the plain one.
fn pair(x: f32, y: f32) -> Tree {
    Tree::tuple("", [number(x + 0.0), number(y + 0.0)])
}

fn point(at: Point) -> Tree {
    pair(at.x, at.y)
}

fn audience(audience: &Audience) -> Tree {
    Tree::fields("")
        .broken()
        .field("market", text(&audience.market))
        .field("timezone", text(&audience.timezone))
        .field("size", number(audience.size))
}

pub(super) fn template_tree(template: &Template) -> Tree {
    let samples = template.samples.iter().fold(Tree::map(), |map, (name, sample)| map.field(quoted(name), text(sample)));
    Tree::fields("")
        .broken()
        .field("name", text(&template.name))
        .field("language", text(&template.language))
        .field("category", name(template.category))
        .field("status", name(template.status))
        .maybe("submitted", template.submitted.map(text))
        .maybe("header", template.header.as_ref().map(header))
        .field("body", text(&template.body))
        .maybe("footer", some_text(&template.footer))
        .maybe("buttons", some_list(template.buttons.iter().map(button)))
        .maybe("samples", (!samples.items.is_empty()).then_some(samples))
        .maybe("allow", some_list(template.allow.iter().map(allow)))
}

fn quoted(key: &str) -> String {
    let mut out = String::new();
    text(key).print(&mut out, 0);
    out
}

fn header(header: &Header) -> Tree {
    match header {
        Header::Text(words) => Tree::tuple("Text", [text(words)]),
        other => name(other),
    }
}

fn button(button: &Button) -> Tree {
    match button {
        Button::QuickReply(label) => Tree::tuple("QuickReply", [text(label)]),
        Button::Url { text: label, url } => Tree::fields("Url").field("text", text(label)).field("url", text(url)),
        Button::Phone { text: label, number } => {
            Tree::fields("Phone").field("text", text(label)).field("number", text(number))
        }
        Button::CopyCode(code) => Tree::tuple("CopyCode", [text(code)]),
    }
}

pub(super) fn step_tree(step: &Step, at: Point) -> Tree {
    Tree::fields("")
        .hugging_last()
        .field("id", text(&step.id))
        .field("title", text(&step.title))
        .field("at", point(at))
        .maybe("allow", some_list(step.allow.iter().map(allow)))
        .field("kind", kind(&step.kind))
}

fn allow(allow: &Allow) -> Tree {
    Tree::fields("").field("code", text(&allow.code)).field("why", text(&allow.why))
}

fn kind(kind: &StepKind) -> Tree {
    match kind {
        StepKind::Entry { channel, opt_in, arrives } => {
            Tree::fields("Entry").field("channel", name(channel)).maybe("opt_in", opt_in.then(|| Tree::leaf("true"))).maybe(
                "arrives",
                match arrives {
                    Arrivals::AnyTime => None,
                    Arrivals::Between(from, to) => Some(Tree::tuple("Between", [text(from), text(to)])),
                },
            )
        }
        StepKind::Message(message) => message_tree(message),
        StepKind::Wait(wait) => Tree::tuple("Wait", [wait_tree(wait)]),
        StepKind::Branch(branch) => Tree::tuple("Branch", [branch_tree(branch)]),
        StepKind::Exit(outcome) => Tree::tuple("Exit", [name(outcome)]),
    }
}

fn message_tree(message: &Message) -> Tree {
    let send = match &message.send {
        Send::FreeForm(content) => Tree::tuple("FreeForm", [content_tree(content)]),
        Send::Template(template) => Tree::tuple("Template", [text(template)]),
        Send::FreeFormOrTemplate(content, template) => {
            Tree::tuple("FreeFormOrTemplate", [content_tree(content), text(template)])
        }
    };
    Tree::fields("Message")
        .field("purpose", name(message.purpose))
        .field("send", send)
        .maybe("reply", message.reply.as_ref().map(reply))
}

fn content_tree(content: &Content) -> Tree {
    let texts = |texts: &[String]| Tree::list(texts.iter().map(text));
    match content {
        Content::Text(words) => Tree::tuple("Text", [text(words)]),
        Content::Buttons { body, buttons } => {
            Tree::fields("Buttons").field("body", text(body)).field("buttons", texts(buttons))
        }
        Content::List { body, button, rows } => {
            Tree::fields("List").field("body", text(body)).field("button", text(button)).field("rows", texts(rows))
        }
        Content::Media { kind, caption } => {
            Tree::fields("Media").field("kind", name(kind)).maybe("caption", some_text(caption))
        }
        Content::Carousel { body, cards } => Tree::fields("Carousel").field("body", text(body)).field("cards", texts(cards)),
        Content::CtaUrl { body, text: label, url } => {
            Tree::fields("CtaUrl").field("body", text(body)).field("text", text(label)).field("url", text(url))
        }
        Content::Location => Tree::leaf("Location"),
        Content::Flow { body, button } => Tree::fields("Flow").field("body", text(body)).field("button", text(button)),
    }
}

fn reply(reply: &Reply) -> Tree {
    Tree::fields("")
        .field("options", Tree::list(reply.options.iter().map(option)))
        .field("chance", share(reply.chance))
        .field("delay", delay(&reply.delay))
        .maybe("timeout", reply.timeout.map(text))
}

fn option(option: &ReplyOption) -> Tree {
    Tree::fields("")
        .field("label", text(&option.label))
        .field("share", share(option.share))
        .maybe("effect", option.effect.map(name))
}

fn delay(delay: &Delay) -> Tree {
    let spread = |kind, median, p90| Tree::fields(kind).field("median", text(median)).field("p90", text(p90));
    match delay {
        Delay::Fixed(length) => Tree::tuple("Fixed", [text(length)]),
        Delay::Uniform { min, max } => Tree::fields("Uniform").field("min", text(min)).field("max", text(max)),
        Delay::Exponential { mean } => Tree::fields("Exponential").field("mean", text(mean)),
        Delay::LogNormal { median, p90 } => spread("LogNormal", median, p90),
        Delay::Weibull { median, p90 } => spread("Weibull", median, p90),
        Delay::Empirical(points) => {
            let points = points.iter().map(|(length, reached)| Tree::tuple("", [text(length), share(*reached)]));
            Tree::tuple("Empirical", [Tree::list(points)])
        }
    }
}

fn wait_tree(wait: &Wait) -> Tree {
    match wait {
        Wait::For(length) => Tree::tuple("For", [text(length)]),
        Wait::Until { time, days } => {
            Tree::fields("Until").field("time", text(time)).maybe("days", some_list(days.iter().map(name)))
        }
        Wait::Date(moment) => Tree::tuple("Date", [text(moment)]),
        Wait::SendHours { from, to, days } => Tree::fields("SendHours")
            .field("from", text(from))
            .field("to", text(to))
            .maybe("days", some_list(days.iter().map(name))),
    }
}

fn branch_tree(branch: &Branch) -> Tree {
    match branch {
        Branch::Split(cases) => {
            let cases = cases.iter().map(|(label, weight)| Tree::tuple("", [text(label), number(*weight + 0.0)]));
            Tree::tuple("Split", [Tree::list(cases)])
        }
        Branch::Attribute { name, share: of } => {
            Tree::fields("Attribute").field("name", text(name)).field("share", share(*of))
        }
        Branch::WindowOpen => Tree::leaf("WindowOpen"),
        Branch::OptedIn => Tree::leaf("OptedIn"),
    }
}

pub(super) fn link_tree(link: &Link) -> Tree {
    Tree::fields("")
        .field("from", text(&link.from))
        .maybe("out", (link.out != Output::Next).then(|| output(&link.out)))
        .field("to", text(&link.to))
}

fn output(output: &Output) -> Tree {
    match output {
        Output::Reply(label) => Tree::tuple("Reply", [text(label)]),
        Output::Case(label) => Tree::tuple("Case", [text(label)]),
        other => name(other),
    }
}

/// An output as a file names it, such as `Reply("Yes")`.
pub(super) fn output_text(out: &Output) -> String {
    let mut words = String::new();
    output(out).print(&mut words, 0);
    words
}

fn frame_tree(frame: &Frame) -> Tree {
    Tree::fields("")
        .field("title", text(&frame.title))
        .field("at", point(frame.at))
        .field("size", pair(frame.size.width, frame.size.height))
        .maybe("colour", frame.colour.map(name))
        .maybe("collapsed", frame.collapsed.then(|| Tree::leaf("true")))
}

pub(super) fn comment_tree(note: &Comment) -> Tree {
    Tree::fields("").field("at", point(note.at)).field("text", text(&note.text)).maybe("step", note.step.as_ref().map(text))
}

fn scenario_tree(scenario: &Scenario) -> Tree {
    let answer = |answer: &Answer| {
        Tree::fields("")
            .field("step", text(&answer.step))
            .field("reply", text(&answer.reply))
            .field("after", text(answer.after))
    };
    let choice = |choice: &Choice| Tree::fields("").field("step", text(&choice.step)).field("out", output(&choice.out));
    let expect = |expect: &Expect| Tree::fields("").field("step", text(&expect.step)).field("sent", name(expect.sent));
    Tree::fields("")
        .broken()
        .field("name", text(&scenario.name))
        .maybe("arrives", scenario.arrives.map(text))
        .maybe("entry", scenario.entry.as_ref().map(text))
        .field("otherwise", name(scenario.otherwise))
        .maybe("answers", some_list(scenario.answers.iter().map(answer)))
        .maybe("choices", some_list(scenario.choices.iter().map(choice)))
        .maybe("unprompted", some_list(scenario.unprompted.iter().map(text)))
        .maybe("expect", some_list(scenario.expect.iter().map(expect)))
}
