//! The comments of a file: the person's own words, kept by what they stand at, so that writing puts them back. It knows
//! where a comment belongs, and not what it says.

use std::collections::BTreeMap;

use crate::model::{Document, Output, StepId};

use super::lexer::CommentToken;
use super::outline::{Item, Node, Outline, key_text};
use super::source::Source;
use super::tree::{Entry, Tree};

/// The comments of a file, each with its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remarks {
    head: Vec<String>,
    below_first_line: Vec<String>,
    tail: Vec<String>,
    inside: Vec<Remark>,
    names: Names,
}

/// What the items of each list were called when the file was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Names {
    templates: Vec<(String, String)>,
    scenarios: Vec<String>,
    frames: Vec<String>,
    comments: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Remark {
    path: Vec<Part>,
    place: Place,
    text: String,
    line: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// On a line of its own before the item.
    Before,
    /// Before the item on the same line.
    Inline,
    /// After the item on its last line.
    Trailing,
    /// After the last item in the brackets.
    End,
}

/// One step of the way to where a comment stands.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Field(String),
    Index(usize),
    Step(StepId),
    Link { from: StepId, out: Output, to: StepId },
    Template(usize),
    Scenario(usize),
    Frame(usize),
    Comment(usize),
}

const FIRST_LINE: &str = "#![enable(implicit_some)]\n";

impl Remarks {
    /// Finds the comments of a source and what each belongs to.
    pub(super) fn of(document: &Document, source: &Source) -> Self {
        let mut remarks = Self { names: Names::of(document), ..Self::default() };
        let (text, outline) = (&source.text, &source.outline);
        let Some(root) = &outline.root else { return remarks };
        for (index, comment) in outline.comments.iter().enumerate() {
            let words = text[comment.range.clone()].to_owned();
            if comment.next_token == 0 {
                remarks.head.push(words);
            } else if comment.range.end <= root.open.unwrap_or(root.range.start) {
                remarks.below_first_line.push(words);
            } else if comment.range.start >= root.range.end {
                remarks.tail.push(words);
            } else {
                let (path, place) = Finder { text, outline, index, document }.find(root);
                remarks.inside.push(Remark { path, place, text: words, line: source.place(comment.range.start).0 });
            }
        }
        remarks
    }

    /// Whether the file had no comments.
    pub fn is_empty(&self) -> bool {
        self.head.is_empty() && self.below_first_line.is_empty() && self.tail.is_empty() && self.inside.is_empty()
    }

    /// The comments that writing this document would lose, since what they belong to is gone: the line of the file that
    /// was read, and the words.
    pub fn lost(&self, document: &Document) -> Vec<(usize, String)> {
        let index = Index::of(document);
        let gone = self.inside.iter().filter(|remark| self.resolve(&remark.path, &index).is_none());
        gone.map(|remark| (remark.line, remark.text.clone())).collect()
    }

    /// Forgets the comments that this document has no place for, once the person has agreed to lose them.
    pub fn let_go(&mut self, document: &Document) {
        let index = Index::of(document);
        let kept = std::mem::take(&mut self.inside);
        self.inside = kept.into_iter().filter(|remark| self.resolve(&remark.path, &index).is_some()).collect();
    }

    pub(super) fn print_head(&self, out: &mut String) {
        for comment in &self.head {
            out.push_str(comment);
            out.push('\n');
        }
        out.push_str(FIRST_LINE);
        for comment in &self.below_first_line {
            out.push_str(comment);
            out.push('\n');
        }
    }

    pub(super) fn print_tail(&self, out: &mut String) {
        for comment in &self.tail {
            out.push_str(comment);
            out.push('\n');
        }
    }

    /// Puts the comments at their places in the tree of a document.
    pub(super) fn put_back(&self, tree: &mut Tree, document: &Document) {
        let index = Index::of(document);
        for remark in &self.inside {
            if let Some(path) = self.resolve(&remark.path, &index) {
                put(tree, &path, remark);
            }
        }
    }
}

/// Puts a comment at its place, or before the nearest thing around it that is written.
fn put(tree: &mut Tree, path: &[Part], remark: &Remark) {
    let mut reached = Vec::new();
    let mut node = &*tree;
    for part in path {
        let found = match part {
            Part::Field(name) => node.items.iter().position(|item| item.key.as_deref() == Some(name)),
            Part::Index(index) => (*index < node.items.len()).then_some(*index),
            _ => None,
        };
        let Some(index) = found else { break };
        reached.push(index);
        node = &node.items[index].value;
    }
    let exact = reached.len() == path.len();
    if exact && remark.place == Place::End && node.has_brackets() {
        descend(tree, &reached).end.push(remark.text.clone());
        return;
    }
    let Some((last, above)) = reached.split_last() else {
        tree.end.push(remark.text.clone());
        return;
    };
    let entry: &mut Entry = &mut descend(tree, above).items[*last];
    let list = match remark.place {
        Place::Inline if exact => &mut entry.inline,
        Place::Trailing if exact => &mut entry.trailing,
        _ => &mut entry.before,
    };
    list.push(remark.text.clone());
}

fn descend<'t>(tree: &'t mut Tree, path: &[usize]) -> &'t mut Tree {
    path.iter().fold(tree, |node, index| &mut node.items[*index].value)
}

/// Looks for what a comment belongs to.
struct Finder<'a> {
    text: &'a str,
    outline: &'a Outline,
    index: usize,
    document: &'a Document,
}

impl Finder<'_> {
    fn find(&self, root: &Node) -> (Vec<Part>, Place) {
        let comment = &self.outline.comments[self.index].range;
        let mut path = Vec::new();
        let mut node = root;
        loop {
            let next = node.items.partition_point(|item| item.value.range.end <= comment.start);
            match node.items.get(next) {
                Some(item) if item.range().start <= comment.start => {
                    path.push(self.part(&path, item, next));
                    match item.value.open {
                        Some(open) if open < comment.start => node = &item.value,
                        _ => return (path, if self.ends_its_line() { Place::Before } else { Place::Inline }),
                    }
                }
                _ => return self.between(path, node, next),
            }
        }
    }

    /// Where a comment belongs that stands between two items, or at an end of the brackets.
    fn between(&self, mut path: Vec<Part>, node: &Node, next: usize) -> (Vec<Part>, Place) {
        let comment = &self.outline.comments[self.index];
        let last = next.checked_sub(1).map(|last| (last, &node.items[last]));
        let behind_comma = last.is_some_and(|(_, item)| {
            let first = self.outline.tokens.partition_point(|token| token.range.start < item.value.range.end);
            first < comment.next_token
        });
        let ends_its_line = self.ends_its_line();
        match (last, node.items.get(next)) {
            (last, Some(item)) if !ends_its_line && (last.is_none() || behind_comma) => {
                path.push(self.part(&path, item, next));
                (path, Place::Inline)
            }
            (Some((index, item)), _) if !self.begins_its_line() => {
                path.push(self.part(&path, item, index));
                (path, Place::Trailing)
            }
            (_, Some(item)) => {
                path.push(self.part(&path, item, next));
                (path, Place::Before)
            }
            (_, None) => (path, Place::End),
        }
    }

    /// Whether the next token stands on a later line, or the comment has lines of its own.
    fn ends_its_line(&self) -> bool {
        let comment = &self.outline.comments[self.index];
        let next = self.outline.tokens.get(comment.next_token).map_or(self.text.len(), |token| token.range.start);
        self.text[comment.range.start..next].contains('\n')
    }

    /// Whether a line ends between the last token before it and itself; lines within other comments do not count.
    fn begins_its_line(&self) -> bool {
        let comment = &self.outline.comments[self.index];
        let last = comment.next_token.checked_sub(1).map_or(0, |last| self.outline.tokens[last].range.end);
        let together = |other: &&CommentToken| other.next_token == comment.next_token;
        let others = self.outline.comments[..self.index].iter().rev().take_while(together);
        let mut end = comment.range.start;
        for other in others {
            if self.text[other.range.end..end].contains('\n') {
                return true;
            }
            end = other.range.start;
        }
        self.text[last..end].contains('\n')
    }

    fn part(&self, path: &[Part], item: &Item, index: usize) -> Part {
        let funnel = &self.document.funnel;
        if let [Part::Field(list)] = path {
            match list.as_str() {
                "steps" if index < funnel.steps.len() => return Part::Step(funnel.steps[index].id.clone()),
                "links" if index < funnel.links.len() => {
                    let link = &funnel.links[index];
                    return Part::Link { from: link.from.clone(), out: link.out.clone(), to: link.to.clone() };
                }
                "templates" => return Part::Template(index),
                "scenarios" => return Part::Scenario(index),
                "frames" => return Part::Frame(index),
                "comments" => return Part::Comment(index),
                _ => {}
            }
        }
        match &item.key {
            Some(key) if !self.text[key.clone()].starts_with(['"', '\'']) => {
                Part::Field(key_text(self.text, key).to_owned())
            }
            _ => Part::Index(index),
        }
    }
}

impl Names {
    fn of(document: &Document) -> Self {
        let (funnel, layout) = (&document.funnel, &document.layout);
        Self {
            templates: funnel.templates.iter().map(|item| (item.name.clone(), item.language.clone())).collect(),
            scenarios: funnel.scenarios.iter().map(|item| item.name.clone()).collect(),
            frames: layout.frames.iter().map(|item| item.title.clone()).collect(),
            comments: layout.comments.iter().map(|item| item.text.clone()).collect(),
        }
    }
}

/// Where the items of a document are now.
struct Index<'d> {
    steps: BTreeMap<&'d StepId, usize>,
    links: BTreeMap<(&'d StepId, &'d Output), usize>,
    ends: BTreeMap<(&'d StepId, &'d StepId), usize>,
    names: Names,
}

impl<'d> Index<'d> {
    fn of(document: &'d Document) -> Self {
        let links = || document.funnel.links.iter().enumerate();
        Self {
            steps: document.funnel.steps.iter().enumerate().map(|(index, step)| (&step.id, index)).collect(),
            links: links().map(|(index, link)| ((&link.from, &link.out), index)).collect(),
            ends: links().map(|(index, link)| ((&link.from, &link.to), index)).collect(),
            names: Names::of(document),
        }
    }
}

impl Remarks {
    /// The way to a comment's place in a document as it is now, in fields and indices alone; `None` where it is gone.
    fn resolve(&self, path: &[Part], now: &Index<'_>) -> Option<Vec<Part>> {
        path.iter()
            .map(|part| {
                let index = match part {
                    Part::Step(id) => *now.steps.get(id)?,
                    // A link keeps its comment when it leads elsewhere, and when the answer that it leaves by is renamed.
                    Part::Link { from, out, to } => *now.links.get(&(from, out)).or_else(|| now.ends.get(&(from, to)))?,
                    Part::Template(index) => same(*index, &self.names.templates, &now.names.templates)?,
                    Part::Scenario(index) => same(*index, &self.names.scenarios, &now.names.scenarios)?,
                    Part::Frame(index) => same(*index, &self.names.frames, &now.names.frames)?,
                    Part::Comment(index) => same(*index, &self.names.comments, &now.names.comments)?,
                    plain => return Some(plain.clone()),
                };
                Some(Part::Index(index))
            })
            .collect()
    }
}

/// Where an item of a list is now: at its place under its name, elsewhere under its name, or at its place under a new name
/// where none was removed: new ones come at the end.
fn same<T: PartialEq>(index: usize, before: &[T], now: &[T]) -> Option<usize> {
    let name = before.get(index)?;
    if now.get(index) == Some(name) {
        return Some(index);
    }
    now.iter().position(|other| other == name).or_else(|| {
        let renamed = before.len() <= now.len() && now.get(index).is_some_and(|new| !before.contains(new));
        renamed.then_some(index)
    })
}
