//! Finding a course for a link past the cards that stand in its way. Knows rectangles, not steps.

use egui::{Pos2, Rect, pos2};

use super::link::{LEAD, course, rounded};

/// How far from a card a link goes round it.
const BERTH: f32 = 22.0;
/// Two links that leave one card beside each other keep this far apart.
const APART: f32 = 7.0;
/// With more cards than this, links go the plain way: so many are never seen well enough for it to matter.
const MANY: usize = 1500;

/// Where a link begins and ends.
#[derive(Debug, Clone, Copy)]
pub struct Ends {
    /// The output.
    pub from: Pos2,
    /// The input.
    pub to: Pos2,
    /// The place of the card that it leaves.
    pub leaves: usize,
    /// The place of the card that it reaches.
    pub reaches: usize,
    /// Which of its card's outputs it leaves by.
    pub out: usize,
}

/// The course of a link: the plain one, unless other cards stand in its way and another has fewer in its.
pub fn route(ends: Ends, cards: &[Rect]) -> Vec<Pos2> {
    let Ends { from, to, leaves, reaches, out } = ends;
    let plain = course(from, to, cards[leaves], cards[reaches]);
    if cards.len() > MANY || to.x < from.x + 2.0 * LEAD {
        return plain;
    }
    let near = Rect::from_two_pos(from, to).expand(BERTH);
    let others = cards.iter().enumerate().filter(|(place, _)| *place != leaves && *place != reaches);
    let others: Vec<Rect> = others.map(|(_, card)| *card).filter(|card| card.expand(300.0).intersects(near)).collect();
    let in_way = |course: &[Pos2]| others.iter().filter(|card| crosses(course, **card)).count();
    let blocked = in_way(&plain);
    if blocked == 0 {
        return plain;
    }
    let blockers = others.iter().filter(|card| crosses(&plain, **card)).fold(Rect::NOTHING, |all, card| all.union(*card));
    let apart = out as f32 * APART;
    let round = |y: f32| {
        let (start, end) = (from.x + LEAD - apart.min(LEAD / 2.0), to.x - LEAD);
        rounded(&[from, pos2(start, from.y), pos2(start, y), pos2(end, y), pos2(end, to.y), to])
    };
    let below = round(blockers.bottom() + BERTH + apart);
    let above = round(blockers.top() - BERTH - apart);
    let detour = |y: f32| (y - from.y).abs() + (y - to.y).abs();
    let (first, second) = if detour(blockers.bottom()) <= detour(blockers.top()) { (below, above) } else { (above, below) };
    let (of_first, of_second) = (in_way(&first), in_way(&second));
    if of_first < blocked && of_first <= of_second {
        first
    } else if of_second < blocked {
        second
    } else {
        plain
    }
}

/// Whether a course runs through a card.
fn crosses(course: &[Pos2], card: Rect) -> bool {
    let card = card.expand(2.0);
    course.windows(2).any(|ends| {
        let part = Rect::from_two_pos(ends[0], ends[1]);
        part.intersects(card) && {
            let steps = (part.size().length() / 12.0).ceil().max(1.0);
            (0..=steps as usize).any(|step| card.contains(ends[0].lerp(ends[1], step as f32 / steps)))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;

    #[test]
    fn a_link_goes_round_a_card_that_stands_in_its_way() {
        let card = |x: f32, y: f32| Rect::from_min_size(pos2(x, y), vec2(240.0, 120.0));
        let cards = [card(0.0, 0.0), card(320.0, 0.0), card(640.0, 0.0)];
        let ends = Ends { from: pos2(240.0, 100.0), to: pos2(640.0, 50.0), leaves: 0, reaches: 2, out: 1 };
        let round = route(ends, &cards);
        assert!(crosses(&course(ends.from, ends.to, cards[0], cards[2]), cards[1]), "the plain way is blocked");
        assert!(!crosses(&round, cards[1]));
        assert_eq!((round.first(), round.last()), (Some(&ends.from), Some(&ends.to)));
    }
}
