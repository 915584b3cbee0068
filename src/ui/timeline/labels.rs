//! Labels that never overlap: each in a lane, cut short where the next begins. Pure geometry.

/// A label that would like this much room, beginning at `x`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wish {
    /// Where it begins.
    pub x: f32,
    /// How wide it would like to be.
    pub width: f32,
}

/// The room that it got.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// The lane, 0 is the first.
    pub lane: usize,
    /// How wide it may be; less than its wish where another begins, 0 where there is no room at all.
    pub width: f32,
}

/// Gives each label, in order of `x`, a lane and a width. A label is at least `least` wide or hidden; `gap` is kept
/// free between two; none reaches past `right`.
pub fn arrange(wishes: &[Wish], lanes: usize, least: f32, gap: f32, right: f32) -> Vec<Room> {
    let mut rooms: Vec<Room> = Vec::with_capacity(wishes.len());
    // The label that ends each lane so far.
    let mut last: Vec<Option<usize>> = vec![None; lanes];
    for (index, wish) in wishes.iter().enumerate() {
        let width = wish.width.max(least).min(right - wish.x);
        if width < least {
            rooms.push(Room { lane: 0, width: 0.0 });
            continue;
        }
        let end = |lane: &usize| last[*lane].map_or(f32::MIN, |before: usize| wishes[before].x + rooms[before].width + gap);
        // What would be left of the lane's last label if this one began beside it.
        let left = |lane: &usize| last[*lane].map_or(f32::MAX, |before: usize| wish.x - gap - wishes[before].x);
        let free = (0..lanes).find(|lane| end(lane) <= wish.x);
        let tight = || (0..lanes).filter(|lane| left(lane) >= least).max_by(|a, b| left(a).total_cmp(&left(b)));
        let Some(lane) = free.or_else(tight) else {
            rooms.push(Room { lane: 0, width: 0.0 });
            continue;
        };
        if let Some(before) = last[lane] {
            rooms[before].width = rooms[before].width.min(wish.x - gap - wishes[before].x);
        }
        last[lane] = Some(index);
        rooms.push(Room { lane, width });
    }
    rooms
}

#[cfg(test)]
mod tests {
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::*;

    #[test]
    fn labels_never_overlap_and_are_never_too_small_to_read() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        for _ in 0..500 {
            let lanes = rng.random_range(1..5);
            let mut wishes: Vec<Wish> = (0..rng.random_range(0..30))
                .map(|_| Wish { x: rng.random_range(0.0..800.0), width: rng.random_range(10.0..200.0) })
                .collect();
            wishes.sort_by(|a, b| a.x.total_cmp(&b.x));
            let rooms = arrange(&wishes, lanes, 24.0, 4.0, 820.0);
            assert_eq!(rooms.len(), wishes.len());
            for lane in 0..lanes {
                let shown: Vec<(f32, f32)> = wishes
                    .iter()
                    .zip(&rooms)
                    .filter(|(_, room)| room.lane == lane && room.width > 0.0)
                    .map(|(wish, room)| (wish.x, wish.x + room.width))
                    .collect();
                assert!(shown.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{shown:?}");
                assert!(shown.iter().all(|(a, b)| b - a >= 23.99 && *b <= 820.01), "{shown:?}");
            }
        }
    }

    #[test]
    fn what_fits_side_by_side_stays_in_the_first_lane_whole() {
        let rooms = arrange(&[Wish { x: 0.0, width: 80.0 }, Wish { x: 100.0, width: 80.0 }], 3, 24.0, 4.0, 500.0);
        assert_eq!(rooms, [Room { lane: 0, width: 80.0 }, Room { lane: 0, width: 80.0 }]);
        let rooms = arrange(&[Wish { x: 0.0, width: 80.0 }, Wish { x: 40.0, width: 80.0 }], 1, 24.0, 4.0, 500.0);
        assert_eq!(rooms[0].width, 36.0, "the first is cut where the second begins");
    }
}
