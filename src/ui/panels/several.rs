//! Several selected steps in the inspector: what can be done to all of them at once.

use std::sync::Arc;

use egui::Ui;
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{
    ICON_ACCOUNT_TREE, ICON_ALIGN_HORIZONTAL_LEFT, ICON_ALIGN_VERTICAL_TOP, ICON_DELETE, ICON_HORIZONTAL_DISTRIBUTE,
    ICON_SELECT_ALL, ICON_VERTICAL_DISTRIBUTE,
};

use crate::edit::{self, Edit};
use crate::model::{Layout, Point, Purpose, Step, StepId, StepKind};
use crate::session::Selection;
use crate::ui::Ask;
use crate::ui::words::panels as words;

use super::form::{Form, head, hint, quiet_button};
use super::inspector;

/// How cards are put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arrange {
    Left,
    Top,
    Across,
    Down,
}

/// Paints it.
pub fn ui(ui: &mut Ui, form: &mut Form<'_>, steps: &[&Arc<Step>]) {
    inspector::heading(ui, ICON_SELECT_ALL, &words::selected(steps.len()), "");
    let purposes: Vec<Purpose> = steps.iter().filter_map(|step| step.message()).map(|message| message.purpose).collect();
    if let Some(first) = purposes.first() {
        let mut purpose = purposes.iter().all(|one| one == first).then_some(*first);
        let all = Purpose::ALL.map(|one| (Some(one), one.word()));
        let mixed = [(None, words::MIXED)].into_iter().filter(|_| purpose.is_none());
        let all: Vec<_> = mixed.chain(all).collect();
        form.choice(ui, words::PURPOSE, &mut purpose, &all);
        form.post(|| purpose_edit(steps, purpose.unwrap_or(*first)));
        hint(ui, words::messages_selected(purposes.len()));
    }
    head(ui, words::ARRANGE, |_| ());
    let ways: [(Arrange, MaterialIcon, &str, usize); 4] = [
        (Arrange::Left, ICON_ALIGN_HORIZONTAL_LEFT, words::ALIGN_LEFT, 2),
        (Arrange::Top, ICON_ALIGN_VERTICAL_TOP, words::ALIGN_TOP, 2),
        (Arrange::Across, ICON_HORIZONTAL_DISTRIBUTE, words::SPREAD_ACROSS, 3),
        (Arrange::Down, ICON_VERTICAL_DISTRIBUTE, words::SPREAD_DOWN, 3),
    ];
    let document = form.view.session.document();
    let ids: Vec<StepId> = steps.iter().map(|step| step.id.clone()).collect();
    if steps.len() > 1 && quiet_button(ui, ICON_ACCOUNT_TREE, words::ARRANGE_ALL).clicked() {
        form.outbox.edit(edit::arrange(document, Some(&ids)));
    }
    let layout = &document.layout;
    for (way, icon, name, fewest) in ways {
        let clicked = ui.add_enabled_ui(steps.len() >= fewest, |ui| quiet_button(ui, icon, name).clicked()).inner;
        if clicked {
            let moves = arranged(layout, ids.iter(), way);
            form.outbox.edit(Edit::Together { label: name.to_owned(), edits: vec![Edit::MoveSteps(moves)] });
        }
    }
    head(ui, words::ALL_OF_THEM, |_| ());
    if quiet_button(ui, ICON_DELETE, &words::delete_steps(steps.len())).clicked() {
        form.outbox.edit(Edit::RemoveSteps(ids));
        form.outbox.ask(Ask::Select(Selection::default()));
    }
}

fn purpose_edit(steps: &[&Arc<Step>], purpose: Purpose) -> Edit {
    let edits = steps.iter().filter_map(|step| match &step.kind {
        StepKind::Message(message) if message.purpose != purpose => {
            let kind = StepKind::Message(crate::model::Message { purpose, ..message.clone() });
            Some(Edit::ReplaceStep(Step { kind, ..Step::clone(step) }))
        }
        _ => None,
    });
    Edit::Together { label: words::SET_PURPOSE.to_owned(), edits: edits.collect() }
}

fn arranged<'s>(layout: &Layout, steps: impl Iterator<Item = &'s StepId>, way: Arrange) -> Vec<(StepId, Point)> {
    let mut spots: Vec<(StepId, Point)> =
        steps.filter_map(|id| layout.spots.get(id).map(|spot| (id.clone(), *spot))).collect();
    let left = spots.iter().map(|(_, spot)| spot.x).fold(f32::INFINITY, f32::min);
    let top = spots.iter().map(|(_, spot)| spot.y).fold(f32::INFINITY, f32::min);
    match way {
        Arrange::Left => spots.iter_mut().for_each(|(_, spot)| spot.x = left),
        Arrange::Top => spots.iter_mut().for_each(|(_, spot)| spot.y = top),
        Arrange::Across => spread(&mut spots, |spot| &mut spot.x),
        Arrange::Down => spread(&mut spots, |spot| &mut spot.y),
    }
    spots
}

/// Equal steps from the first to the last along one axis.
fn spread(spots: &mut [(StepId, Point)], axis: impl Fn(&mut Point) -> &mut f32) {
    spots.sort_by(|(_, a), (_, b)| axis(&mut a.clone()).total_cmp(axis(&mut b.clone())));
    let [first, .., last] = spots else { return };
    let (from, to) = (*axis(&mut first.1), *axis(&mut last.1));
    let parts = (spots.len() - 1) as f32;
    for (i, (_, spot)) in spots.iter_mut().enumerate() {
        *axis(spot) = from + (to - from) * i as f32 / parts;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_spread_evenly_and_align() {
        let ids: Vec<StepId> = ["a", "b", "c"].map(StepId::from).to_vec();
        let mut layout = Layout::default();
        for (id, x) in ids.iter().zip([0.0, 10.0, 100.0]) {
            layout.spots.insert(id.clone(), Point { x, y: x });
        }
        let xs = |way| arranged(&layout, ids.iter(), way).into_iter().map(|(_, spot)| spot.x).collect::<Vec<_>>();
        assert_eq!(xs(Arrange::Across), [0.0, 50.0, 100.0]);
        assert_eq!(xs(Arrange::Left), [0.0, 0.0, 0.0]);
        assert_eq!(xs(Arrange::Top), [0.0, 10.0, 100.0]);
    }
}
