//! One open funnel with the parts that show it and the story that is told. Paints nothing itself.

use std::path::PathBuf;
use std::sync::Arc;

use crate::edit::{Edit, Refusal};
use crate::engine::crowd::Request;
use crate::engine::{self, Story};
use crate::file::{Claim, Remarks};
use crate::model::{Funnel, StepId};
use crate::session::{Gesture, Selection, Session};
use crate::ui::canvas::Canvas;
use crate::ui::panels::{Checklist, Inspector, Problems, Simulation, Templates, Windows};
use crate::ui::timeline::Timeline;
use crate::ui::{Ask, StorySource, Tab, Told, View};

/// One open funnel.
pub struct Desk {
    /// The document with all that is derived from it.
    pub session: Session,
    /// The story that the timeline shows.
    pub told: Told,
    /// The step that the pointer was over.
    pub hovered: Option<StepId>,
    /// The tab of the lower panel.
    pub tab: Tab,
    /// What paints.
    pub parts: Parts,
    /// The comments of the file.
    pub remarks: Remarks,
    /// What its file held when it was last read or written here.
    pub on_disk: Option<String>,
    /// What tells other windows that the file is open here; `None` where another has it already.
    pub claim: Option<Claim>,
    /// The funnel that the story was followed through.
    followed: Arc<Funnel>,
    /// The press or focus under way, with its gesture.
    gesture: Option<(egui::Id, Gesture)>,
    /// The step that the pointer is over in this frame.
    hovering: Option<StepId>,
    /// Whether the session knows whom to tell of news.
    heard: bool,
}

/// The parts that paint, each with its own state.
#[derive(Default)]
#[allow(missing_docs)]
pub struct Parts {
    pub canvas: Canvas,
    pub timeline: Timeline,
    pub windows: Windows,
    pub simulation: Simulation,
    pub inspector: Inspector,
    pub problems: Problems,
    pub templates: Templates,
    pub checklist: Checklist,
}

impl Desk {
    /// A desk with this session on it, telling the file's first scenario.
    pub fn new(session: Session) -> Self {
        let followed = Arc::clone(session.funnel());
        let told = Told::first(&session);
        Self {
            session,
            told,
            hovered: None,
            tab: Tab::Timeline,
            parts: Parts::default(),
            remarks: Remarks::default(),
            on_disk: None,
            claim: None,
            followed,
            gesture: None,
            hovering: None,
            heard: false,
        }
    }

    /// Takes what was found out on other threads, which ask for a frame when they have come to their end.
    pub fn hear(&mut self, ctx: &egui::Context) {
        if !std::mem::replace(&mut self.heard, true) {
            let ctx = ctx.clone();
            self.session.tell(move || ctx.request_repaint());
        }
        self.session.take_news();
    }

    /// The parts, and what they may read.
    pub fn split(&mut self) -> (&mut Parts, View<'_>) {
        let view = View { session: &self.session, story: &self.told, hovered: self.hovered.as_ref() };
        (&mut self.parts, view)
    }

    /// Makes an edit. Edits of one press or one stretch of focus of a widget are one gesture.
    pub fn perform(&mut self, widget: Option<egui::Id>, edit: &Edit) -> Result<(), Refusal> {
        let gesture = match (widget, self.gesture) {
            (Some(widget), Some((held, gesture))) if widget == held => gesture,
            (Some(widget), _) => {
                let gesture = self.session.gesture();
                self.gesture = Some((widget, gesture));
                gesture
            }
            (None, _) => {
                self.gesture = None;
                self.session.gesture()
            }
        };
        self.session.perform(gesture, edit)
    }

    /// Does what concerns this funnel alone.
    pub fn take(&mut self, ask: Ask) {
        match ask {
            Ask::Select(selection) => self.session.selection = selection,
            Ask::GoTo(step) => {
                self.parts.canvas.go_to(step.clone());
                self.session.selection = Selection::of_steps(vec![step]);
            }
            Ask::Show(tab) => self.tab = tab,
            Ask::Tell(source, story) => self.told = Told::of(source, story, &self.session),
            Ask::Playhead(at) => self.told.playhead = at,
            Ask::Hover(step) => self.hovering = Some(step),
            Ask::RunCrowd { people, seed } => {
                // One processor stays for the window.
                let threads = std::thread::available_parallelism().map_or(1, |all| (all.get() - 1).max(1));
                self.session.run_crowd(Request { people, seed, threads, one_by_one: false });
            }
            Ask::StopCrowd => {
                if let Some(run) = self.session.crowd() {
                    run.cancel();
                }
            }
            Ask::WorkOutHelps => self.session.work_out_helps(),
            // These concern the window and are carried out there.
            Ask::Say(_)
            | Ask::Announce(_)
            | Ask::ExportChecklist
            | Ask::FitLog(_)
            | Ask::Undo
            | Ask::Redo
            | Ask::Copy
            | Ask::Cut
            | Ask::Paste(..)
            | Ask::Duplicate(..)
            | Ask::Invoke(_) => {}
        }
    }

    /// Brings what is derived up to date at the end of a frame.
    pub fn settle(&mut self, ctx: &egui::Context) {
        if let Some((widget, _)) = self.gesture {
            let pressed = ctx.input(|input| input.pointer.any_down() || !input.keys_down.is_empty());
            if !pressed && ctx.memory(|memory| memory.focused()) != Some(widget) {
                self.gesture = None;
            }
        }
        let hovering = self.hovering.take();
        if hovering != self.hovered {
            self.hovered = hovering;
            ctx.request_repaint();
        }
        if !Arc::ptr_eq(&self.followed, self.session.funnel()) {
            self.followed = Arc::clone(self.session.funnel());
            self.follow_again();
            ctx.request_repaint();
        }
    }

    /// What the checklist's file is called unless the person says otherwise.
    pub fn checklist_name(&self) -> PathBuf {
        let path = self.session.path();
        let stem = path.and_then(|path| path.file_stem()).and_then(|stem| stem.to_str()).unwrap_or("funnel");
        let name = format!("{stem}-checklist.csv");
        path.map_or_else(|| PathBuf::from(&name), |path| path.with_file_name(&name))
    }

    fn follow_again(&mut self) {
        let funnel = self.session.funnel();
        match &self.told.source {
            StorySource::Kept(place) => match funnel.scenarios.get(*place) {
                Some(scenario) => self.told.story = Story::of(scenario, funnel),
                None => {
                    self.told = Told::first(&self.session);
                    return;
                }
            },
            StorySource::ReadyMade(_) => {}
        }
        self.told.journey = engine::follow(funnel, self.session.policy(), &self.told.story);
    }
}
