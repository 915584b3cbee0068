//! Links under the pointer: drawing one, taking an end elsewhere, moving all that reach a card, and cutting through many
//! at once. What a funnel cannot have is refused before the button is let go, in the words of the edit itself.

use std::collections::BTreeSet;

use egui::{Pos2, Rect, vec2};

use crate::edit::{self, Edit};
use crate::model::{Link, Output, StepId};
use crate::session::Selection;
use crate::ui::words::canvas::{self as words, label};
use crate::ui::{Ask, Outbox, View};

use super::gestures::Drag;
use super::quick_add::QuickAdd;
use super::scene::Line;
use super::{Canvas, face};

/// How near to a card or an output a link that is being drawn holds on to it, in points of the screen.
const HOLD: f32 = 12.0;

/// An end of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tip {
    /// At the step that it leaves.
    Tail,
    /// At the step that it reaches.
    Head,
}

/// Where a link that is being drawn would end.
#[derive(Debug, Clone, PartialEq)]
pub enum WireEnd {
    /// At the input of this card.
    Input(usize),
    /// At this output of this card.
    Output(usize, usize),
    /// Nowhere, since the funnel cannot have it: why.
    Refused(String),
    /// On the ground.
    Ground,
}

/// What a slice runs through.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Slice {
    /// Its way on the canvas.
    pub way: Vec<Pos2>,
    /// The links that it crosses, by place.
    pub cut: BTreeSet<usize>,
}

impl Canvas {
    /// Takes hold of the input of a card: of its link, of all its links, or of a new one where none reaches it.
    pub(super) fn take_input(&self, card: usize, all: bool, view: &View<'_>) -> Drag {
        let into = self.scene.links.iter().filter(|link| link.to == card);
        let ends: Vec<(StepId, Output)> = into.map(|link| self.scene.output_of(*link)).collect();
        if all && !ends.is_empty() {
            return Drag::Wire { links: ends, fresh: false };
        }
        // The end of the selected link, else of the one that was drawn last.
        let chosen = view.session.selection.link.as_ref();
        match ends.iter().find(|end| Some(*end) == chosen).or(ends.last()) {
            Some(end) => Drag::Wire { links: vec![end.clone()], fresh: false },
            None => Drag::Tail { old: None, to: self.scene.faces[card].id.clone() },
        }
    }

    /// Takes hold of an end of a link.
    pub(super) fn take_tip(&self, line: Line, tip: Tip) -> Drag {
        let end = self.scene.output_of(line);
        match tip {
            Tip::Head => Drag::Wire { links: vec![end], fresh: false },
            Tip::Tail => Drag::Tail { old: Some(end), to: self.scene.faces[line.to].id.clone() },
        }
    }

    /// Where the link that is being drawn would end, were the button let go.
    pub(super) fn wire_end(&self, at: Pos2, view: &View<'_>) -> WireEnd {
        let reach = HOLD / self.camera.zoom();
        let held = |rect: &Rect| rect.expand(reach).contains(at);
        let Some(card) = self.scene.card_at(at).or_else(|| self.scene.shown.iter().rposition(held)) else {
            let mut blocks = self.scene.fold.blocks();
            return match blocks.any(|block| block.rect().contains(at)) {
                true => WireEnd::Refused(words::FOLDED.to_owned()),
                false => WireEnd::Ground,
            };
        };
        let refusal = |edit: &Edit| edit::apply(view.session.document(), edit).err().map(|refusal| refusal.0);
        match &self.drag {
            Some(Drag::Wire { links, .. }) => {
                let edits = self.led_to(links, card);
                edits.iter().find_map(refusal).map_or(WireEnd::Input(card), WireEnd::Refused)
            }
            Some(Drag::Tail { old, to }) => {
                let face = &self.scene.faces[card];
                let own = |out: usize| old.as_ref().is_some_and(|(step, o)| *step == face.id && *o == face.outputs[out].0);
                let near = (0..face.outputs.len())
                    .filter(|out| (self.scene.output(card, *out) - at).length() <= reach.max(face::ROW / 2.0))
                    .min_by(|a, b| {
                        let far = |out: usize| (self.scene.output(card, out) - at).length();
                        far(*a).total_cmp(&far(*b))
                    });
                let free = || (0..face.outputs.len()).find(|out| own(*out) || !self.scene.is_linked(card, *out));
                let Some(out) = near.or_else(free) else {
                    let why =
                        if face.outputs.is_empty() { words::no_way_out(&face.title) } else { words::all_taken(&face.title) };
                    return WireEnd::Refused(why);
                };
                let link = Link { from: face.id.clone(), out: face.outputs[out].0.clone(), to: to.clone() };
                refusal(&Edit::Connect(link)).map_or(WireEnd::Output(card, out), WireEnd::Refused)
            }
            _ => WireEnd::Ground,
        }
    }

    /// The edits that lead these outputs to a card; none for those that lead there already.
    fn led_to(&self, links: &[(StepId, Output)], card: usize) -> Vec<Edit> {
        let to = &self.scene.faces[card].id;
        let leads = |from: &StepId, out: &Output| self.scene.link_at(from, out).is_some_and(|link| link.to == card);
        let others = links.iter().filter(|(from, out)| !leads(from, out));
        others.map(|(from, out)| Edit::Connect(Link { from: from.clone(), out: out.clone(), to: to.clone() })).collect()
    }

    /// The heads of links were let go.
    pub(super) fn drop_heads(&mut self, links: Vec<(StepId, Output)>, fresh: bool, now: Pos2, outbox: &mut Outbox) {
        let area = self.area.unwrap_or(Rect::ZERO);
        let at = self.camera.screen_from_canvas(area).inverse() * now;
        let only = if let [one] = links.as_slice() { Some(one.clone()) } else { None };
        match self.wire_end.take() {
            Some(WireEnd::Input(card)) => {
                let mut edits = self.led_to(&links, card);
                match edits.len() {
                    0 => {}
                    1 => outbox.edit(edits.remove(0)),
                    count => outbox.edit(Edit::Together { label: words::moved_links(count), edits }),
                }
                if let Some(link) = only {
                    outbox.ask(Ask::Select(Selection { link: Some(link), ..Selection::default() }));
                }
            }
            Some(WireEnd::Refused(why)) => outbox.ask(Ask::Say(why)),
            _ if !area.contains(now) => {}
            _ => match only {
                Some((from, out)) if fresh => {
                    self.quick_add = Some(QuickAdd::new(now, at - vec2(0.0, face::PORT_Y)).wired(from, out));
                }
                Some((from, out)) => {
                    outbox.edit(Edit::Disconnect { from, out });
                    outbox.ask(Ask::Select(Selection::default()));
                }
                // Letting many go on the ground is more likely a slip than a wish.
                None => {}
            },
        }
    }

    /// The tail of a link was let go.
    pub(super) fn drop_tail(&mut self, old: Option<(StepId, Output)>, to: StepId, now: Pos2, outbox: &mut Outbox) {
        let area = self.area.unwrap_or(Rect::ZERO);
        match self.wire_end.take() {
            Some(WireEnd::Output(card, out)) => {
                let face = &self.scene.faces[card];
                let end = (face.id.clone(), face.outputs[out].0.clone());
                if old.as_ref() == Some(&end) {
                    return;
                }
                let connect = Edit::Connect(Link { from: end.0.clone(), out: end.1.clone(), to });
                match old {
                    Some((from, out)) => outbox.edit(Edit::Together {
                        label: label::RECONNECT.to_owned(),
                        edits: vec![Edit::Disconnect { from, out }, connect],
                    }),
                    None => outbox.edit(connect),
                }
                outbox.ask(Ask::Select(Selection { link: Some(end), ..Selection::default() }));
            }
            Some(WireEnd::Refused(why)) => outbox.ask(Ask::Say(why)),
            _ if !area.contains(now) => {}
            _ => {
                if let Some((from, out)) = old {
                    outbox.edit(Edit::Disconnect { from, out });
                    outbox.ask(Ask::Select(Selection::default()));
                }
            }
        }
    }

    /// Leads a slice on to here.
    pub(super) fn slice_on(&mut self, at: Pos2) {
        let Some(Drag::Slice(slice)) = &mut self.drag else { return };
        let Some(before) = slice.way.last().copied() else { return };
        if before == at {
            return;
        }
        slice.way.push(at);
        let part = Rect::from_two_pos(before, at);
        for link in 0..self.scene.links.len() {
            let course = self.scene.course(link);
            if self.scene.reach(link).intersects(part)
                && course.windows(2).any(|ends| cross([before, at], [ends[0], ends[1]]))
            {
                slice.cut.insert(link);
            }
        }
    }

    /// Cuts what a slice ran through.
    pub(super) fn cut(&self, slice: &Slice, outbox: &mut Outbox) {
        let ends = slice.cut.iter().filter_map(|link| self.scene.links.get(*link)).map(|link| self.scene.output_of(*link));
        cut_links(ends.collect(), outbox);
    }

    /// Cuts the selected link, or all links of the selected steps.
    pub(super) fn cut_selected(&self, view: &View<'_>, outbox: &mut Outbox) {
        let selection = &view.session.selection;
        if let Some(link) = &selection.link {
            cut_links(vec![link.clone()], outbox);
            return;
        }
        let chosen: BTreeSet<usize> = selection.steps.iter().filter_map(|step| self.scene.place(step)).collect();
        let theirs = self.scene.links.iter().filter(|link| chosen.contains(&link.from) || chosen.contains(&link.to));
        cut_links(theirs.map(|link| self.scene.output_of(*link)).collect(), outbox);
    }
}

fn cut_links(mut links: Vec<(StepId, Output)>, outbox: &mut Outbox) {
    if let [_] = links.as_slice() {
        let (from, out) = links.remove(0);
        outbox.edit(Edit::Disconnect { from, out });
    } else if !links.is_empty() {
        let label = words::cut_links(links.len());
        let edits = links.into_iter().map(|(from, out)| Edit::Disconnect { from, out }).collect();
        outbox.edit(Edit::Together { label, edits });
    }
}

/// Whether two lines cross.
fn cross([a, b]: [Pos2; 2], [c, d]: [Pos2; 2]) -> bool {
    let side = |p: Pos2, q: Pos2, r: Pos2| {
        let (along, to) = (q - p, r - p);
        along.x * to.y - along.y * to.x
    };
    side(a, b, c) * side(a, b, d) <= 0.0 && side(c, d, a) * side(c, d, b) <= 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn lines_cross_where_each_parts_the_ends_of_the_other() {
        let level = [pos2(0.0, 0.0), pos2(10.0, 0.0)];
        assert!(cross(level, [pos2(5.0, -5.0), pos2(5.0, 5.0)]));
        assert!(!cross(level, [pos2(15.0, -5.0), pos2(15.0, 5.0)]));
        assert!(!cross(level, [pos2(5.0, 1.0), pos2(5.0, 5.0)]));
    }
}
