//! Finding a course for a link past the cards that stand in its way. Knows rectangles, not steps.

use egui::{Pos2, Rect, pos2};

use super::link::{LEAD, course, rounded};

/// How far from a card a link goes round it.
const BERTH: f32 = 22.0;
/// Two links that leave one card beside each other keep this far apart.
const APART: f32 = 7.0;
/// How far above and below the straight way cards are looked at.
const NEAR: f32 = 400.0;
/// How many channels are tried.
const CHANNELS: usize = 16;
/// How long a detour is worth not running through a card.
const A_CARD: f32 = 2000.0;
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

/// The course of a link: the plain one, unless cards stand in its way and another has fewer in its, and is not much of a
/// detour.
pub fn route(ends: Ends, cards: &[Rect]) -> Vec<Pos2> {
    let Ends { from, to, leaves, reaches, out } = ends;
    let plain = course(from, to, cards[leaves], cards[reaches]);
    if cards.len() > MANY {
        return plain;
    }
    let near = Rect::from_two_pos(from, to).expand2(egui::vec2(LEAD + BERTH, NEAR));
    let others: Vec<Rect> = cards
        .iter()
        .enumerate()
        .filter(|(place, card)| *place != leaves && *place != reaches && card.intersects(near))
        .map(|(_, card)| *card)
        .collect();
    let blocked = others.iter().filter(|card| crosses(&plain, **card)).count();
    if blocked == 0 {
        return plain;
    }
    let apart = out as f32 * APART;
    let (start, end) = (from.x + LEAD - apart.min(LEAD / 2.0), to.x - LEAD);
    let detour = |y: &f32| (y - from.y).abs() + (y - to.y).abs();
    // Between and beyond the cards: a channel runs along their edges.
    let across = egui::Rangef::new(start.min(end), start.max(end));
    let edges = others.iter().chain([&cards[leaves], &cards[reaches]]);
    let mut channels: Vec<f32> = edges
        .filter(|card| card.left() <= across.max && card.right() >= across.min)
        .flat_map(|card| [card.bottom() + BERTH + apart, card.top() - BERTH - apart])
        .collect();
    channels.sort_by(|a, b| detour(a).total_cmp(&detour(b)));
    channels.truncate(CHANNELS);
    let corners = |y: f32| [from, pos2(start, from.y), pos2(start, y), pos2(end, y), pos2(end, to.y), to];
    let in_way = |corners: &[Pos2; 6]| {
        let of_others = others.iter().filter(|card| passes(corners, **card)).count();
        // Its own two cards it must not run through either; the ways straight out and in touch them.
        let own = [&cards[leaves], &cards[reaches]];
        of_others + own.into_iter().filter(|card| passes(&corners[1..5], card.shrink(1.0))).count()
    };
    let mut best: Option<(f32, f32)> = None;
    for y in channels {
        let in_way = in_way(&corners(y));
        let cost = in_way as f32 * A_CARD + detour(&y);
        if in_way < blocked && best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, y));
        }
        if in_way == 0 {
            // The channels come by their detour, so nothing better follows.
            break;
        }
    }
    best.map_or(plain, |(_, y)| rounded(&corners(y)))
}

/// Whether a way along the axes runs through a card.
fn passes(corners: &[Pos2], card: Rect) -> bool {
    corners.windows(2).any(|ends| Rect::from_two_pos(ends[0], ends[1]).intersects(card))
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

    #[test]
    fn a_link_back_goes_round_what_stands_between_its_ends() {
        let card = |x: f32, y: f32| Rect::from_min_size(pos2(x, y), vec2(240.0, 120.0));
        // From the upper right back to the lower left, with a card in the channel between.
        let cards = [card(640.0, 0.0), card(0.0, 320.0), card(320.0, 160.0)];
        let ends = Ends { from: pos2(880.0, 60.0), to: pos2(0.0, 370.0), leaves: 0, reaches: 1, out: 0 };
        assert!(crosses(&course(ends.from, ends.to, cards[0], cards[1]), cards[2]), "the plain way is blocked");
        let round = route(ends, &cards);
        for (place, card) in cards.iter().enumerate() {
            assert!(!crosses(&round, card.shrink(4.0)), "card {place}: {round:?}");
        }
    }
}
