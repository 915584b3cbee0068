//! What a person has set about the canvas: how the pointer and the wheel work, and whether cards keep to the grid.

use serde::{Deserialize, Serialize};

/// The habits, as they are remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Habits {
    /// Cards keep to the grid.
    pub grid: bool,
    /// Dragging the ground moves the view instead of selecting.
    pub drag_pans: bool,
    /// The wheel zooms instead of moving the view.
    pub wheel_zooms: bool,
}

impl Default for Habits {
    fn default() -> Self {
        Self { grid: true, drag_pans: false, wheel_zooms: false }
    }
}

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Habit {
    Grid,
    DragPans,
    WheelZooms,
}

impl Habits {
    /// Changes one; gives how it is now.
    pub fn toggle(&mut self, habit: Habit) -> bool {
        let one = match habit {
            Habit::Grid => &mut self.grid,
            Habit::DragPans => &mut self.drag_pans,
            Habit::WheelZooms => &mut self.wheel_zooms,
        };
        *one = !*one;
        *one
    }
}
