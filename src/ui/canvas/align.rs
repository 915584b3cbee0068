//! Bringing cards into line and spreading them with equal gaps. Knows rectangles, not steps.

use egui::{Pos2, Rect, pos2};

/// What is brought into line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Align {
    Left,
    Centre,
    Right,
    Top,
    Middle,
    Bottom,
    /// Equal gaps from left to right.
    Across,
    /// Equal gaps from top to bottom.
    Down,
}

impl Align {
    /// All ways, in the order of menus.
    pub const ALL: [Self; 8] =
        [Self::Left, Self::Centre, Self::Right, Self::Top, Self::Middle, Self::Bottom, Self::Across, Self::Down];

    /// How many cards it takes for it to mean something.
    pub fn least(self) -> usize {
        if matches!(self, Self::Across | Self::Down) { 3 } else { 2 }
    }
}

/// Cards that overlap are spread with this gap instead.
const LEAST_GAP: f32 = 20.0;

/// Where the upper left corners go, in the order of the rectangles.
pub fn aligned(rects: &[Rect], how: Align) -> Vec<Pos2> {
    let all = rects.iter().fold(Rect::NOTHING, |all, rect| all.union(*rect));
    let each = |place: &dyn Fn(&Rect) -> Pos2| rects.iter().map(place).collect();
    match how {
        Align::Left => each(&|rect| pos2(all.left(), rect.top())),
        Align::Centre => each(&|rect| pos2((all.center().x - rect.width() / 2.0).round(), rect.top())),
        Align::Right => each(&|rect| pos2(all.right() - rect.width(), rect.top())),
        Align::Top => each(&|rect| pos2(rect.left(), all.top())),
        Align::Middle => each(&|rect| pos2(rect.left(), (all.center().y - rect.height() / 2.0).round())),
        Align::Bottom => each(&|rect| pos2(rect.left(), all.bottom() - rect.height())),
        Align::Across => spread(rects, |rect| (rect.left(), rect.width()), |rect, x| pos2(x, rect.top())),
        Align::Down => spread(rects, |rect| (rect.top(), rect.height()), |rect, y| pos2(rect.left(), y)),
    }
}

/// Equal gaps between the first and the last, which stay where they are unless there is no room between them.
fn spread(rects: &[Rect], extent: impl Fn(&Rect) -> (f32, f32), at: impl Fn(&Rect, f32) -> Pos2) -> Vec<Pos2> {
    let mut order: Vec<usize> = (0..rects.len()).collect();
    order.sort_by(|a, b| extent(&rects[*a]).0.total_cmp(&extent(&rects[*b]).0));
    let (Some(first), Some(last)) = (order.first(), order.last()) else { return Vec::new() };
    let (start, end) = (extent(&rects[*first]).0, extent(&rects[*last]));
    let filled: f32 = rects.iter().map(|rect| extent(rect).1).sum();
    let gap = ((end.0 + end.1 - start - filled) / (rects.len().max(2) - 1) as f32).max(LEAST_GAP);
    let mut corners = vec![Pos2::ZERO; rects.len()];
    let mut next = start;
    for place in order {
        corners[place] = at(&rects[place], next.round());
        next += extent(&rects[place]).1 + gap;
    }
    corners
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;

    fn cards(spots: &[(f32, f32, f32)]) -> Vec<Rect> {
        spots.iter().map(|(x, y, height)| Rect::from_min_size(pos2(*x, *y), vec2(240.0, *height))).collect()
    }

    #[test]
    fn spreading_leaves_the_outer_cards_and_makes_the_gaps_equal() {
        let rects = cards(&[(900.0, 0.0, 80.0), (0.0, 40.0, 120.0), (300.0, 80.0, 80.0)]);
        let corners = aligned(&rects, Align::Across);
        assert_eq!(corners, [pos2(900.0, 0.0), pos2(0.0, 40.0), pos2(450.0, 80.0)]);
    }

    #[test]
    fn cards_that_lie_on_each_other_are_spread_apart() {
        let rects = cards(&[(0.0, 0.0, 80.0), (0.0, 10.0, 80.0), (0.0, 20.0, 80.0)]);
        let tops: Vec<f32> = aligned(&rects, Align::Down).iter().map(|corner| corner.y).collect();
        assert_eq!(tops, [0.0, 100.0, 200.0]);
    }

    #[test]
    fn middles_meet_whatever_the_heights() {
        let rects = cards(&[(0.0, 0.0, 100.0), (300.0, 60.0, 60.0)]);
        let corners = aligned(&rects, Align::Middle);
        assert_eq!(corners[0].y + 50.0, corners[1].y + 30.0);
    }
}
