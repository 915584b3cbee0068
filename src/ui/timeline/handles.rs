//! What can be taken hold of: replies, messages unasked, marks. Reads the pointer and the keyboard and says what they
//! want; paints nothing but menus.

use egui::accesskit::Action;
use egui::{
    CursorIcon, EventFilter, Id, Key, Modifiers, Popup, PopupCloseBehavior, Rect, Response, Role, Sense, Ui, WidgetInfo,
    vec2,
};

use crate::model::{Scenario, Seconds};
use crate::ui::words::timeline as words;

use super::changes::Change;
use super::chart::{Chart, Touched};
use super::geometry::Geometry;
use super::menus::Menus;
use super::scene::{Came, Is, Mark, Question, Scene};
use super::ticks::{snap_step, snapped, stepped};

/// How near a dragged reply must come to its timeout or to the closing of the window to jump to it, in points.
const MAGNET: f32 = 5.0;

/// The places of the chart and what is shown in them.
pub struct Stage<'a> {
    /// The whole chart.
    pub rect: Rect,
    /// Its rows.
    pub geo: &'a Geometry,
    /// What is shown.
    pub scene: &'a Scene,
    /// The story that it came of.
    pub scenario: &'a Scenario,
    /// How long the window stays open: a question without a timeout is drawn as if silence showed by then.
    pub window_length: Seconds,
}

/// What the widgets of the chart answered, in the scene's order, for painting.
#[derive(Default)]
pub struct Held {
    /// One for each question.
    pub replies: Vec<Response>,
    /// One for each message unasked.
    pub unprompted: Vec<Response>,
    /// One for each mark.
    pub marks: Vec<Response>,
}

/// When a question was settled, since entry; silence for good is put where the window closes.
pub fn settled_at(question: &Question, window_length: Seconds) -> Seconds {
    question.asked + question.ends().unwrap_or(window_length)
}

/// The handles of the replies.
pub fn replies(
    ui: &Ui,
    chart: &mut Chart,
    menus: &mut Menus,
    stage: &Stage<'_>,
    rects: &[Rect],
    touched: &mut Touched,
) -> Vec<Response> {
    let mut responses = Vec::with_capacity(rects.len());
    for (question, rect) in stage.scene.questions.iter().zip(rects) {
        let id = ui.make_persistent_id(("reply", &question.step, question.visit));
        let response = ui.interact(*rect, id, Sense::click_and_drag()).on_hover_cursor(CursorIcon::ResizeHorizontal);
        name_reply(ui, &response, question, stage);
        drag_reply(chart, &response, question, stage, touched);
        nudge_reply(ui, &response, question, stage, touched);
        if response.hovered() {
            touched.hovered = Some(question.step.clone());
        }
        if response.clicked() {
            touched.selected = Some(question.step.clone());
        }
        menus.reply(&response, question, stage, touched);
        let response = response.on_hover_text(words::reply_hint(&super::layout::reply_text(question)));
        responses.push(response);
    }
    responses
}

fn name_reply(ui: &Ui, response: &Response, question: &Question, stage: &Stage<'_>) {
    let after = question.ends().unwrap_or(stage.window_length);
    let name = match question.came {
        Came::Answered => words::reply_name(&question.title, question.asked + after),
        Came::TimedOut | Came::Never => words::no_reply_name(&question.title, question.timeout),
    };
    let shown = match &question.label {
        Some(label) => words::reply_label(label, after),
        None => words::no_reply_label(question.timeout),
    };
    response.widget_info(|| WidgetInfo::slider(true, after.0 as f64, &name));
    let step = snap_step(&stage.geo.axis, stage.geo.axis.x(question.asked + after));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_value(shown);
        node.set_min_numeric_value(0.0);
        if let Some(timeout) = question.timeout {
            node.set_max_numeric_value(timeout.0 as f64);
        }
        node.set_numeric_value_step(step.0 as f64);
        for action in [Action::SetValue, Action::Increment, Action::Decrement] {
            node.add_action(action);
        }
    });
}

/// What is answered when only the time changes: what the scenario says, what came, or the first option.
fn label_of(question: &Question, scenario: &Scenario) -> String {
    let said = question.said(scenario).map(|answer| &answer.reply).filter(|label| question.options.contains(label));
    said.or(question.label.as_ref()).or(question.options.first()).cloned().unwrap_or_default()
}

fn drag_reply(chart: &mut Chart, response: &Response, question: &Question, stage: &Stage<'_>, touched: &mut Touched) {
    let geo = stage.geo;
    if question.options.is_empty() {
        return;
    }
    if response.drag_started() {
        let at = settled_at(question, stage.window_length);
        chart.take_hold(response, geo.x(at), at, stage.rect, stage.scene);
        response.request_focus();
    }
    let free = chart.goes_free(&response.ctx);
    let Some(grip) = chart.grip.as_mut().filter(|grip| grip.id == response.id && response.dragged()) else { return };
    let Some(pointer) = response.interact_pointer_pos() else { return };
    let x = pointer.x + grip.offset;
    let step = if free { Seconds(1) } else { snap_step(&geo.axis, x - geo.plot.left()) };
    let mut after = snapped(geo.at(x) - question.asked, step);
    let closes = stage.scene.closes_after(question.asked, stage.window_length).map(|at| at - question.asked);
    let magnets = [question.timeout, closes].into_iter().flatten().filter(|_| !free);
    let away = |after: &Seconds| (geo.x(question.asked + *after) - x).abs();
    if let Some(magnet) = magnets.filter(|after| away(after) < MAGNET).min_by(|a, b| away(a).total_cmp(&away(b))) {
        after = magnet;
    }
    if grip.at == question.asked + after {
        return;
    }
    grip.at = question.asked + after;
    let reply = label_of(question, stage.scenario);
    touched.change = Some((grip.gesture, Change::Answer { question: question.clone(), reply, after }));
}

fn nudge_reply(ui: &Ui, response: &Response, question: &Question, stage: &Stage<'_>, touched: &mut Touched) {
    let steps = arrow_steps(ui, response);
    let asked_for = ui.input(|input| {
        let requests = input.accesskit_action_requests(response.id, Action::SetValue);
        requests
            .filter_map(|request| match request.data {
                Some(egui::accesskit::ActionData::NumericValue(value)) => Some(Seconds(value.max(0.0).round() as i64)),
                _ => None,
            })
            .last()
    });
    if (steps == 0 && asked_for.is_none()) || question.options.is_empty() {
        return;
    }
    let now = question.ends().unwrap_or(stage.window_length);
    let x = stage.geo.axis.x(question.asked + now);
    // Just left of the handle the scale of a fold that ends here already counts.
    let step = snap_step(&stage.geo.axis, if steps < 0 { x - 1.0 } else { x });
    let mut after = asked_for.unwrap_or(now);
    for _ in 0..steps.abs() {
        after = stepped(after, step, steps > 0);
    }
    let change = match question.timeout {
        Some(timeout) if after >= timeout && question.came == Came::TimedOut => return,
        Some(timeout) if after >= timeout => {
            Change::Answer { question: question.clone(), reply: label_of(question, stage.scenario), after: timeout }
        }
        _ => Change::Answer { question: question.clone(), reply: label_of(question, stage.scenario), after },
    };
    touched.change = Some((response.id, change));
}

/// How many steps the arrow keys, or a screen reader, ask this focused widget to go.
fn arrow_steps(ui: &Ui, response: &Response) -> i32 {
    let by_reader = ui.input(|input| {
        input.num_accesskit_action_requests(response.id, Action::Increment) as i32
            - input.num_accesskit_action_requests(response.id, Action::Decrement) as i32
    });
    if !response.has_focus() {
        return by_reader;
    }
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let count = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) as i32;
    by_reader + count(Key::ArrowRight) - count(Key::ArrowLeft)
}

/// The messages that the person writes unasked.
pub fn unprompted(
    ui: &Ui,
    chart: &mut Chart,
    menus: &mut Menus,
    stage: &Stage<'_>,
    rects: &[Rect],
    touched: &mut Touched,
) -> Vec<Response> {
    let geo = stage.geo;
    let ids = unprompted_ids(ui, chart, stage.scene);
    let mut responses = Vec::with_capacity(rects.len());
    for ((at, rect), id) in stage.scene.unprompted.iter().zip(rects).zip(ids) {
        let response = ui.interact(*rect, id, Sense::click_and_drag()).on_hover_cursor(CursorIcon::ResizeHorizontal);
        response.widget_info(|| WidgetInfo::slider(true, at.0 as f64, words::unprompted_name(*at)));
        if response.drag_started() {
            chart.take_hold(&response, geo.x(*at), *at, stage.rect, stage.scene);
            response.request_focus();
        }
        let steps = arrow_steps(ui, &response);
        let free = chart.goes_free(ui.ctx());
        if let Some(grip) = chart.grip.as_mut().filter(|grip| grip.id == id && response.dragged()) {
            let x = response.interact_pointer_pos().map_or(0.0, |pointer| pointer.x) + grip.offset;
            let step = if free { Seconds(1) } else { snap_step(&geo.axis, x - geo.plot.left()) };
            let to = snapped(geo.at(x), step);
            if to != *at {
                touched.change = Some((grip.gesture, Change::Rewrite { from: *at, to }));
                grip.at = to;
            }
        } else if steps != 0 {
            let step = snap_step(&geo.axis, geo.axis.x(*at));
            let to = (0..steps.abs()).fold(*at, |to, _| stepped(to, step, steps > 0));
            touched.change = Some((response.id, Change::Rewrite { from: *at, to }));
        }
        let gone = response.has_focus()
            && ui.input_mut(|input| {
                input.consume_key(Modifiers::NONE, Key::Delete) || input.consume_key(Modifiers::NONE, Key::Backspace)
            });
        if gone {
            touched.change = Some((chart.next_gesture(id), Change::Unwrite(*at)));
        }
        menus.unprompted(&response, *at, touched);
        responses.push(response);
    }
    responses
}

/// An id for each message unasked, in order. The one that is dragged keeps its own while it passes others.
fn unprompted_ids(ui: &Ui, chart: &Chart, scene: &Scene) -> Vec<Id> {
    let count = scene.unprompted.len();
    let id = |n: usize| ui.make_persistent_id(("unprompted", n));
    let mut ids: Vec<Id> = (0..count).map(id).collect();
    if let Some(grip) = &chart.grip
        && let Some(own) = ids.iter().position(|other| *other == grip.id)
        && let Some(place) = scene.unprompted.iter().position(|at| *at == grip.at)
    {
        let held = ids.remove(own);
        ids.insert(place, held);
    }
    ids
}

/// The marks of the business row.
pub fn marks(ui: &Ui, menus: &mut Menus, stage: &Stage<'_>, rects: &[Rect], touched: &mut Touched) -> Vec<Response> {
    let mut responses = Vec::with_capacity(rects.len());
    for (index, (mark, rect)) in stage.scene.marks.iter().zip(rects).enumerate() {
        let id = ui.make_persistent_id(("mark", index));
        let response = ui.interact(*rect, id, Sense::click()).on_hover_cursor(CursorIcon::PointingHand);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &mark.name));
        if response.hovered() {
            touched.hovered = Some(mark.step.clone());
        }
        if response.clicked() {
            touched.selected = Some(mark.step.clone());
        }
        let response = response.on_hover_ui(|ui| explain(ui, mark));
        if let Is::Branch { choices, .. } = &mark.is
            && !choices.is_empty()
        {
            menus.branch(&response, mark, touched);
        }
        responses.push(response);
    }
    responses
}

/// The entry, the window and the free entry point: named, and a click on the entry selects its step.
pub fn bars(ui: &Ui, stage: &Stage<'_>, entry: Rect, touched: &mut Touched) {
    let geo = stage.geo;
    let bar = |salt: usize, row: Rect, from: Seconds, to: Seconds, name: String| {
        let rect = Rect::from_x_y_ranges(geo.x(from)..=geo.x(to), row.y_range()).intersect(geo.plot);
        let response = ui.interact(rect, ui.make_persistent_id(("bar", salt)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    };
    if let (Some(row), Some((from, to))) = (geo.free, stage.scene.free_entry) {
        bar(0, row, from, to, words::free_entry_name(from, to));
    }
    for (index, (from, to)) in stage.scene.windows.iter().enumerate() {
        bar(index + 1, geo.window, *from, *to, words::window_name(*from, *to));
    }
    if let Some((step, title)) = &stage.scene.entry {
        let response = ui.interact(entry, ui.make_persistent_id("entry"), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words::entry_name(title)));
        if response.hovered() {
            touched.hovered = Some(step.clone());
        }
        if response.clicked() {
            touched.selected = Some(step.clone());
        }
    }
}

/// The stretches in which the funnel waits: named, and a click selects the step.
pub fn waits(ui: &Ui, stage: &Stage<'_>, rects: &[Rect], touched: &mut Touched) {
    for (index, (wait, rect)) in stage.scene.waits.iter().zip(rects).enumerate() {
        let response = ui.interact(*rect, ui.make_persistent_id(("wait", index)), Sense::click());
        let name = words::wait_name(&wait.title, wait.to - wait.from);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        if response.hovered() {
            touched.hovered = Some(wait.step.clone());
        }
        if response.clicked() {
            touched.selected = Some(wait.step.clone());
        }
        response.on_hover_text(name);
    }
}

fn explain(ui: &mut Ui, mark: &Mark) {
    ui.strong(&mark.text);
    ui.label(&mark.name);
    if let Some(reason) = mark.reason.as_ref().filter(|reason| !mark.name.contains(reason.as_str())) {
        ui.colored_label(crate::ui::theme::of(ui).outside, reason);
    }
}

/// A menu below a widget that stays open while the person works in it.
pub fn menu<R>(response: &Response, content: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    Popup::menu(response)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name(words::MORE)
        .show(|ui| {
            ui.set_min_width(180.0);
            ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
            content(ui)
        })
        .map(|shown| shown.inner)
}
