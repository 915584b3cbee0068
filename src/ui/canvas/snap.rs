//! Where a thing that is being moved comes to lie: on the grid, or flush with its neighbours, with lines that show it.
//! Knows rectangles, not steps.

use egui::{Pos2, Rect, pos2};

use super::scene::{SNAP, snapped};

/// Cards this near to one line count as flush, in points of the canvas.
const FLUSH: f32 = 0.5;
/// How far a line reaches beyond what it joins.
const BEYOND: f32 = 12.0;

/// What a thing that is being moved keeps to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// The grid, and neighbours that lie off it.
    Grid,
    /// The edges and middles of neighbours.
    Neighbours,
    /// Nothing.
    Nothing,
}

impl Keep {
    /// What is kept to, by the person's habit and whether they hold the key that turns it round.
    pub fn of(grid: bool, turned: bool) -> Self {
        match (grid, turned) {
            (true, false) | (false, true) => Self::Grid,
            (false, false) => Self::Neighbours,
            (true, true) => Self::Nothing,
        }
    }
}

/// The upper left corner of `own`, which lies where the pointer put it, once it keeps to what it is to keep to. `reach`
/// is how far neighbours draw it.
pub fn settled(own: Rect, others: &[Rect], keep: Keep, reach: f32) -> Pos2 {
    if keep == Keep::Nothing {
        return own.min.round();
    }
    let grid = snapped(own.min);
    let (xs, ys): (&[_], &[_]) = if keep == Keep::Grid { (&ACROSS[..1], &DOWN[..1]) } else { (&ACROSS[..], &DOWN[..]) };
    let draw = |lines: &[fn(&Rect) -> f32]| {
        let shifts = others.iter().flat_map(|other| lines.iter().map(move |line| line(other) - line(&own)));
        // The grid draws already to what lies on it.
        let off_grid = |shift: &f32, at: f32| keep != Keep::Grid || (at + shift).rem_euclid(SNAP) > FLUSH;
        let at = lines[0](&own);
        let near = shifts.filter(|shift| shift.abs() <= reach && off_grid(shift, at));
        near.min_by(|a, b| a.abs().total_cmp(&b.abs()))
    };
    let freely = if keep == Keep::Grid { grid } else { own.min.round() };
    pos2(draw(xs).map_or(freely.x, |shift| own.left() + shift), draw(ys).map_or(freely.y, |shift| own.top() + shift))
}

/// Lines to the nearest neighbours with which a thing is flush: at most one down and one across.
pub fn guides(own: Rect, others: &[Rect]) -> Vec<[Pos2; 2]> {
    let near = |rect: &&Rect| (rect.center() - own.center()).length();
    let flush = |line: &fn(&Rect) -> f32| {
        let level = others.iter().filter(|other| (line(other) - line(&own)).abs() < FLUSH);
        level.min_by(|a, b| near(a).total_cmp(&near(b))).map(|other| (line(&own), own.union(*other)))
    };
    let down =
        ACROSS.iter().find_map(flush).map(|(x, both)| [pos2(x, both.top() - BEYOND), pos2(x, both.bottom() + BEYOND)]);
    let across =
        DOWN.iter().find_map(flush).map(|(y, both)| [pos2(both.left() - BEYOND, y), pos2(both.right() + BEYOND, y)]);
    down.into_iter().chain(across).collect()
}

const ACROSS: [fn(&Rect) -> f32; 3] = [Rect::left, |rect| rect.center().x, Rect::right];
const DOWN: [fn(&Rect) -> f32; 3] = [Rect::top, |rect| rect.center().y, Rect::bottom];

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;

    fn card(x: f32, y: f32, height: f32) -> Rect {
        Rect::from_min_size(pos2(x, y), vec2(240.0, height))
    }

    #[test]
    fn the_grid_draws_first_and_neighbours_off_it_next() {
        let on_grid = card(0.0, 200.0, 80.0);
        assert_eq!(settled(card(7.0, 96.0, 80.0), &[on_grid], Keep::Grid, 6.0), pos2(0.0, 100.0));
        let off_grid = card(13.0, 208.0, 80.0);
        assert_eq!(settled(card(9.0, 96.0, 80.0), &[off_grid], Keep::Grid, 6.0), pos2(13.0, 100.0));
        assert_eq!(settled(card(9.3, 96.0, 80.0), &[off_grid], Keep::Nothing, 6.0), pos2(9.0, 96.0));
    }

    #[test]
    fn without_the_grid_edges_and_middles_meet() {
        let tall = card(400.0, 100.0, 120.0);
        let beside = settled(card(3.0, 117.0, 80.0), &[tall], Keep::Neighbours, 6.0);
        assert_eq!(beside, pos2(3.0, 120.0), "the middles meet");
        let lines = guides(card(3.0, 120.0, 80.0), &[tall]);
        assert_eq!(lines, [[pos2(-9.0, 160.0), pos2(652.0, 160.0)]]);
    }

    #[test]
    fn the_key_turns_the_habit_round() {
        assert_eq!(Keep::of(true, true), Keep::Nothing);
        assert_eq!(Keep::of(false, true), Keep::Grid);
    }
}
