//! Where the things of the person's and the business's row lie, so that what is pressed is what is painted.

use egui::{FontId, Painter, Rect, pos2, vec2};
use egui_material_icons::icons::{ICON_BLOCK, ICON_CALL_SPLIT, ICON_CHAT_BUBBLE, ICON_DESCRIPTION, ICON_FLAG, ICON_WARNING};

use crate::model::Seconds;
use crate::ui::theme::{Theme, Type};
use crate::ui::words::timeline as words;

use super::brush;
use super::geometry::{Geometry, LANE, LINE, WAITS};
use super::handles::settled_at;
use super::labels::{Room, Wish, arrange};
use super::scene::{Is, Mark, Question, Scene, Tone};

/// The radius of a handle.
pub const HANDLE: f32 = 7.0;
/// A label stands this far right of what it belongs to, clear of the playhead.
pub const BESIDE: f32 = 4.0;
/// The least room of a label of the business row: its icon.
const LEAST_MARK: f32 = 26.0;
/// The least room of a label of the person's row: a few letters.
const LEAST_WORD: f32 = 30.0;
/// With fewer lines of labels than this there is little room.
const ENOUGH: usize = 3;
/// A label of the business row is at most this wide, and with a reason this.
const WIDEST: (f32, f32) = (220.0, 520.0);

/// The least height of the business row: the waits and a line of labels.
pub const ROOM: f32 = WAITS + LANE;

/// Places in the two rows of labels.
pub struct Layout {
    /// The line of the person's row.
    pub line: f32,
    /// The entry's label.
    pub entry: Rect,
    /// For each question, its handle with its label.
    pub replies: Vec<Rect>,
    /// For each message unasked, its handle with its label.
    pub unprompted: Vec<Rect>,
    /// For each wait its stretch of the strip above the labels.
    pub waits: Vec<Rect>,
    /// For each mark its label; one without room is a dot on the row's upper edge.
    pub marks: Vec<Rect>,
    /// Whether the mark has room for its label.
    pub roomy: Vec<bool>,
}

/// Lays out both rows.
pub fn lay_out(painter: &Painter, theme: &Theme, geo: &Geometry, scene: &Scene, window_length: Seconds) -> Layout {
    let font = theme.font(Type::Small);
    let line = geo.person.top() + 11.0;
    let (entry, replies, unprompted) = person(painter, &font, geo, scene, window_length, line);
    let (marks, roomy) = business(painter, &font, geo, scene);
    let strip = geo.business.top()..=geo.business.top() + WAITS - 4.0;
    let waits = scene.waits.iter().map(|wait| Rect::from_x_y_ranges(geo.x(wait.from)..=geo.x(wait.to), strip.clone()));
    Layout { line, entry, replies, unprompted, waits: waits.collect(), marks, roomy }
}

/// What stands below a question's handle.
pub fn reply_text(question: &Question) -> String {
    match (&question.label, question.after) {
        (Some(label), Some(after)) => words::reply_label(label, after),
        _ => words::no_reply_label(question.timeout),
    }
}

/// What stands on a mark; a reason only where something is wrong.
pub fn mark_text(mark: &Mark) -> String {
    match &mark.reason {
        Some(reason) => format!("{} · {reason}", mark.text),
        None => mark.text.clone(),
    }
}

/// The icon of a mark.
pub fn mark_icon(mark: &Mark) -> &'static str {
    let icon = match (&mark.is, mark.tone) {
        (_, Tone::Blocked) => ICON_BLOCK,
        (_, Tone::Doubtful) => ICON_WARNING,
        (Is::Branch { .. }, _) => ICON_CALL_SPLIT,
        (Is::End, _) => ICON_FLAG,
        (Is::Send, Tone::Template) => ICON_DESCRIPTION,
        (Is::Send, _) => ICON_CHAT_BUBBLE,
    };
    icon.codepoint
}

fn person(
    painter: &Painter,
    font: &FontId,
    geo: &Geometry,
    scene: &Scene,
    window_length: Seconds,
    line: f32,
) -> (Rect, Vec<Rect>, Vec<Rect>) {
    let mut items: Vec<(f32, String)> = Vec::new();
    items.push((geo.x(Seconds::ZERO), scene.entry.as_ref().map(|(_, title)| title.clone()).unwrap_or_default()));
    items.extend(scene.questions.iter().map(|q| (geo.x(settled_at(q, window_length)), reply_text(q))));
    items.extend(scene.unprompted.iter().map(|at| (geo.x(*at), words::UNPROMPTED.to_owned())));
    // How the person came is said by the funnel anyway: the first answer needs the room more.
    let crowded = items[1..].iter().any(|(x, _)| *x < items[0].0 + 3.0 * LEAST_WORD);
    if crowded {
        items[0].1.clear();
    }
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|a, b| items[*a].0.total_cmp(&items[*b].0));
    let wishes: Vec<Wish> = order
        .iter()
        .filter(|index| !items[**index].1.is_empty())
        .map(|index| Wish {
            x: items[*index].0 + BESIDE,
            width: brush::width_of(painter, &items[*index].1, font.clone()) + 2.0,
        })
        .collect();
    let mut rooms = arrange(&wishes, geo.person_lanes(), LEAST_WORD, 8.0, geo.plot.right());
    if crowded {
        rooms.insert(order.iter().position(|index| *index == 0).unwrap_or_default(), Room { lane: 0, width: 0.0 });
    }
    let mut rects = vec![Rect::NOTHING; items.len()];
    for (index, room) in order.into_iter().zip(rooms) {
        let x = items[index].0;
        let handle = Rect::from_center_size(pos2(x, line), vec2(2.0 * HANDLE + 6.0, 2.0 * HANDLE + 6.0));
        let below = line + HANDLE + 1.0 + room.lane as f32 * LINE;
        let label = Rect::from_min_size(pos2(x + BESIDE, below), vec2(room.width, 18.0));
        rects[index] = if room.width > 0.0 { handle.union(label) } else { handle };
    }
    let unprompted = rects.split_off(1 + scene.questions.len());
    let replies = rects.split_off(1);
    (rects[0], replies, unprompted)
}

fn business(painter: &Painter, font: &FontId, geo: &Geometry, scene: &Scene) -> (Vec<Rect>, Vec<bool>) {
    let right = geo.plot.right() - 2.0;
    let wishes: Vec<Wish> = scene
        .marks
        .iter()
        .map(|mark| {
            let most = if mark.reason.is_some() { WIDEST.1 } else { WIDEST.0 };
            let width = (brush::width_of(painter, &mark_text(mark), font.clone()) + 32.0).min(most);
            Wish { x: geo.x(mark.at), width }
        })
        .collect();
    // Where there is little room, the end gives way to the reasons.
    let reasons = scene.marks.iter().any(|mark| mark.reason.is_some());
    let gives_way = |mark: &Mark| reasons && geo.lanes() < ENOUGH && mark.is == Is::End && mark.tone == Tone::Quiet;
    let kept: Vec<usize> = (0..wishes.len()).filter(|index| !gives_way(&scene.marks[*index])).collect();
    let wanted: Vec<Wish> = kept.iter().map(|index| wishes[*index]).collect();
    let mut rooms = vec![Room { lane: 0, width: 0.0 }; wishes.len()];
    for (index, room) in kept.into_iter().zip(arrange(&wanted, geo.lanes(), LEAST_MARK, 4.0, right)) {
        rooms[index] = room;
    }
    let top = geo.business.top() + WAITS;
    let rects = wishes.iter().zip(&rooms).map(|(wish, room)| {
        if room.width <= 0.0 {
            return Rect::from_center_size(pos2(wish.x, top - 2.0), vec2(10.0, 10.0));
        }
        Rect::from_min_size(pos2(wish.x, top + room.lane as f32 * LANE), vec2(room.width, LANE - 3.0))
    });
    (rects.collect(), rooms.iter().map(|room| room.width > 0.0).collect())
}
