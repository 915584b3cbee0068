//! Typing on the canvas itself: a step's title, a frame's title, a note.

use egui::{Key, Modifiers, Rect, Ui, vec2};

use crate::edit::Edit;
use crate::model::{Comment, Frame, Step, StepId};
use crate::ui::dialogs::select_all;
use crate::ui::theme::{self, Type};
use crate::ui::words::canvas as words;
use crate::ui::{Outbox, View};

use super::Canvas;
use super::face::PORT_Y;
use super::furniture::Thing;

/// What is being typed.
#[derive(Debug, Clone)]
pub struct Naming {
    what: What,
    text: String,
    begun: bool,
}

#[derive(Debug, Clone)]
enum What {
    Step(StepId),
    Thing(Thing),
}

impl Naming {
    /// A step's title.
    pub fn of_step(step: &StepId, view: &View<'_>) -> Option<Self> {
        let text = view.session.funnel().step(step)?.title.clone();
        Some(Self { what: What::Step(step.clone()), text, begun: false })
    }

    /// A frame's title or a note's text.
    pub fn of_thing(thing: Thing, view: &View<'_>) -> Option<Self> {
        let layout = &view.session.document().layout;
        let text = match thing {
            Thing::Frame(place) => layout.frames.get(place)?.title.clone(),
            Thing::Note(place) => layout.comments.get(place)?.text.clone(),
        };
        Some(Self { what: What::Thing(thing), text, begun: false })
    }

    /// What is selected, where it is a frame or a note.
    pub fn of_selection(view: &View<'_>) -> Option<Self> {
        let selection = &view.session.selection;
        let thing = selection.frame.map(Thing::Frame).or(selection.comment.map(Thing::Note))?;
        Self::of_thing(thing, view)
    }
}

/// Where the title of a card stands.
fn title_rect(card: Rect) -> Rect {
    Rect::from_min_size(card.min + vec2(6.0, PORT_Y - 14.0), vec2(card.width() - 12.0, 28.0))
}

impl Canvas {
    /// Shows the field while something is typed.
    pub(super) fn name_things(&mut self, ui: &mut Ui, area: Rect, view: &View<'_>, outbox: &mut Outbox) {
        let Some(naming) = &self.naming else { return };
        let to_screen = self.camera.screen_from_canvas(area);
        let (rect, many) = match &naming.what {
            What::Step(step) => {
                let card = self.scene.rect(step);
                (card.map(title_rect), false)
            }
            What::Thing(thing @ Thing::Frame(place)) => {
                let frame = self.shown_thing(*thing);
                let block = frame.filter(|_| self.scene.layout().frames.get(*place).is_some_and(|frame| frame.collapsed));
                (
                    block.map(title_rect).or(frame
                        .map(|frame| Rect::from_min_size(frame.min + vec2(8.0, 4.0), vec2(frame.width().min(320.0), 28.0)))),
                    false,
                )
            }
            What::Thing(thing) => (self.shown_thing(*thing), true),
        };
        let Some(rect) = rect else {
            self.naming = None;
            return;
        };
        let mut rect = to_screen * rect;
        rect.set_width(rect.width().max(160.0));
        rect.set_height(rect.height().max(28.0));
        let ends = ui.input_mut(|input| {
            input.consume_key(Modifiers::NONE, Key::Escape) || (!many && input.consume_key(Modifiers::NONE, Key::Enter))
        });
        let Some(naming) = &mut self.naming else { return };
        let theme = theme::of(ui);
        let id = egui::Id::unique("canvas naming");
        let field = if many {
            egui::TextEdit::multiline(&mut naming.text).margin(vec2(10.0, 8.0))
        } else {
            egui::TextEdit::singleline(&mut naming.text).margin(vec2(6.0, 4.0))
        };
        let field =
            field.id(id).font(theme.font(if many { Type::Body } else { Type::Strong })).background_color(theme.raised);
        let response = ui.put(rect, field).accessible_name(words::NAMING);
        if !naming.begun {
            naming.begun = true;
            response.request_focus();
            select_all(ui, id, &naming.text);
        }
        if response.changed() {
            let edit = match &naming.what {
                What::Step(step) => view
                    .session
                    .funnel()
                    .step(step)
                    .map(|step| Edit::ReplaceStep(Step { title: naming.text.clone(), ..Step::clone(step) })),
                What::Thing(Thing::Frame(place)) => {
                    let frame = view.session.document().layout.frames.get(*place);
                    frame
                        .map(|frame| Edit::ReplaceFrame(*place, Frame { title: naming.text.clone(), ..Frame::clone(frame) }))
                }
                What::Thing(Thing::Note(place)) => {
                    let note = view.session.document().layout.comments.get(*place);
                    note.map(|note| {
                        Edit::ReplaceComment(*place, Comment { text: naming.text.clone(), ..Comment::clone(note) })
                    })
                }
            };
            if let Some(edit) = edit {
                outbox.edit_during(id, edit);
            }
        }
        if ends || response.lost_focus() || response.clicked_elsewhere() {
            self.naming = None;
            self.focus = ends;
            ui.memory_mut(|memory| memory.surrender_focus(id));
        }
    }
}
