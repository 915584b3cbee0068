//! The course of a link and its painting. Knows ends and cards, not what they mean.

use egui::{Color32, Pos2, Rect, Shape, Stroke, Vec2, pos2, vec2};

use super::camera::Detail;
use super::pen::Pen;

/// How far a link runs straight before it may turn.
pub const LEAD: f32 = 28.0;
const CLEARANCE: f32 = 28.0;
/// A link that is longer than this on the screen shows its direction in its middle as well.
const LONG: f32 = 320.0;
const BEND: f32 = 14.0;
/// Into how many lines a bend is cut, for it to look round however near one looks.
const BEND_STEPS: usize = 10;

/// The course of a link from an output to an input, as points of the canvas close enough to look smooth. A link that
/// leads back goes round below both cards, or between them where there is room.
pub fn course(from: Pos2, to: Pos2, leaves: Rect, reaches: Rect) -> Vec<Pos2> {
    if to.x >= from.x + LEAD {
        let reach = ((to.x - from.x) * 0.5).clamp(30.0, 180.0);
        return cubic([from, from + vec2(reach, 0.0), to - vec2(reach, 0.0), to]);
    }
    let between = if reaches.top() - leaves.bottom() >= 2.0 * BEND {
        Some((leaves.bottom() + reaches.top()) / 2.0)
    } else if leaves.top() - reaches.bottom() >= 2.0 * BEND {
        Some((reaches.bottom() + leaves.top()) / 2.0)
    } else {
        None
    };
    let y = between.unwrap_or(leaves.bottom().max(reaches.bottom()) + CLEARANCE);
    rounded(&[from, pos2(from.x + LEAD, from.y), pos2(from.x + LEAD, y), pos2(to.x - LEAD, y), pos2(to.x - LEAD, to.y), to])
}

fn cubic([a, b, c, d]: [Pos2; 4]) -> Vec<Pos2> {
    let steps = (((d - a).length() / 8.0) as usize).clamp(16, 64);
    (0..=steps)
        .map(|step| {
            let t = step as f32 / steps as f32;
            let u = 1.0 - t;
            let sum = u * u * u * a.to_vec2()
                + 3.0 * u * u * t * b.to_vec2()
                + 3.0 * u * t * t * c.to_vec2()
                + t * t * t * d.to_vec2();
            sum.to_pos2()
        })
        .collect()
}

/// A course through these corners, with its bends made round.
pub fn rounded(corners: &[Pos2]) -> Vec<Pos2> {
    let mut points = vec![corners[0]];
    for three in corners.windows(3) {
        let (a, corner, b) = (three[0], three[1], three[2]);
        let bend = BEND.min((corner - a).length() / 2.0).min((b - corner).length() / 2.0);
        let (inward, outward) = ((a - corner).normalized() * bend, (b - corner).normalized() * bend);
        for step in 0..=BEND_STEPS {
            let t = step as f32 / BEND_STEPS as f32;
            let u = 1.0 - t;
            points.push(corner + u * u * inward + t * t * outward);
        }
    }
    points.extend(corners.last());
    points
}

/// How far a place is from a course.
pub fn distance(course: &[Pos2], at: Pos2) -> f32 {
    course
        .windows(2)
        .map(|ends| {
            let along = ends[1] - ends[0];
            let t = if along.length_sq() > 0.0 { (at - ends[0]).dot(along) / along.length_sq() } else { 0.0 };
            (at - (ends[0] + along * t.clamp(0.0, 1.0))).length()
        })
        .fold(f32::INFINITY, f32::min)
}

/// Paints a link with an arrowhead at its end.
pub fn paint(pen: &Pen<'_>, course: &[Pos2], colour: Color32, width: f32, dashed: bool) {
    let points: Vec<Pos2> = course.iter().map(|point| pen.at(*point)).collect();
    let (Some(&first), Some(&last)) = (points.first(), points.last()) else { return };
    if pen.camera.detail() == Detail::Blocks && points.len() == 2 {
        pen.painter.line_segment([first, last], Stroke::new(1.0, colour));
        return;
    }
    let stroke = Stroke::new(pen.scaled(width).max(1.0), colour);
    if dashed {
        pen.painter.extend(Shape::dashed_line(&points, stroke, 6.0, 5.0));
    } else {
        pen.painter.add(Shape::line(points.clone(), stroke));
    }
    let size = pen.scaled(8.0).max(4.0);
    let tip = last - vec2(pen.scaled(4.0), 0.0);
    pen.painter.add(arrowhead(tip, Vec2::X, size, colour));
    if let Some((at, along)) = halfway(&points).filter(|_| pen.camera.detail() == Detail::Full) {
        pen.painter.add(arrowhead(at + along * size * 0.4, along, size * 0.8, colour));
    }
}

/// The middle of a long way on the screen and whither it leads there: its ends may both be out of sight.
fn halfway(points: &[Pos2]) -> Option<(Pos2, Vec2)> {
    let length: f32 = points.windows(2).map(|ends| (ends[1] - ends[0]).length()).sum();
    if length < LONG {
        return None;
    }
    let mut left = length / 2.0;
    for ends in points.windows(2) {
        let part = ends[1] - ends[0];
        if left <= part.length() {
            let along = part.normalized();
            return Some((ends[0] + along * left, along));
        }
        left -= part.length();
    }
    None
}

fn arrowhead(tip: Pos2, along: Vec2, size: f32, colour: Color32) -> Shape {
    let back = tip - along * size;
    let side = along.rot90() * size * 0.55;
    Shape::convex_polygon(vec![tip, back + side, back - side], colour, Stroke::NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(x: f32, y: f32) -> Rect {
        Rect::from_min_size(pos2(x, y), vec2(240.0, 100.0))
    }

    #[test]
    fn a_link_back_goes_round_below_both_cards() {
        let (leaves, reaches) = (card(600.0, 0.0), card(0.0, 40.0));
        let points = course(pos2(840.0, 50.0), pos2(0.0, 90.0), leaves, reaches);
        assert!(points.iter().any(|point| point.y > 140.0));
        let crosses = |card: Rect| points.iter().any(|point| card.shrink(1.0).contains(*point));
        assert!(!crosses(leaves) && !crosses(reaches), "{points:?}");
    }

    #[test]
    fn the_distance_to_a_link_is_nothing_on_it() {
        let points = course(pos2(0.0, 0.0), pos2(400.0, 200.0), card(-240.0, -50.0), card(400.0, 150.0));
        assert!(distance(&points, points[7]) < 0.01);
        assert!(distance(&points, pos2(200.0, 400.0)) > 100.0);
    }
}
