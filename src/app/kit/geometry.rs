//! Viewport measurements from the last drawing.

/// Sizes measured while drawing. The model needs them to move within the viewport.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Geometry {
    /// Rows of the list or text that has the keyboard.
    pub rows: usize,
    /// Columns of the text that is being edited.
    pub columns: usize,
    /// Rows of the screen's own list, without regard to overlays.
    pub list: usize,
    /// How far a read-only text can be scrolled, in rows.
    pub most: usize,
}

impl Geometry {
    pub fn of(rows: u16, columns: u16) -> Self {
        Self {
            rows: usize::from(rows),
            columns: usize::from(columns),
            list: usize::from(rows),
            most: 0,
        }
    }
}

impl Default for Geometry {
    fn default() -> Self {
        Self {
            rows: 20,
            columns: 78,
            list: 20,
            most: 0,
        }
    }
}
