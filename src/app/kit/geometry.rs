//! What the last drawing found out of the viewport.

/// What drawing measured: the model must know the viewport to move in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Geometry {
    /// Rows of the list or text that has the keyboard.
    pub rows: usize,
    /// Columns of the text that is being edited.
    pub columns: usize,
    /// Rows of the screen's own list, whatever lies over it.
    pub list: usize,
    /// How far a text that is only read can be scrolled.
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
