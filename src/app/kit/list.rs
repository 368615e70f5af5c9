//! A cursor over a list of which only a window is shown.

/// The chosen row of a list, and where its window begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ListState {
    pub cursor: usize,
    /// Index of the first row shown.
    pub top: usize,
}

/// Movements that every list supports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    Down,
    Up,
    PageDown,
    PageUp,
    Top,
    Bottom,
}

impl ListState {
    pub fn go(&mut self, to: Move, len: usize, height: usize) {
        let page = height.saturating_sub(1).max(1);
        self.cursor = match to {
            Move::Down => self.cursor + 1,
            Move::Up => self.cursor.saturating_sub(1),
            Move::PageDown => self.cursor + page,
            Move::PageUp => self.cursor.saturating_sub(page),
            Move::Top => 0,
            Move::Bottom => usize::MAX,
        };
        self.hold(len, height);
    }

    /// Keeps the cursor within the list and within the window.
    pub fn hold(&mut self, len: usize, height: usize) {
        self.cursor = self.cursor.min(len.saturating_sub(1));
        let height = height.max(1);
        if self.cursor < self.top {
            self.top = self.cursor;
        } else if self.cursor >= self.top + height {
            self.top = self.cursor + 1 - height;
        }
        self.top = self.top.min(len.saturating_sub(height));
    }
}

impl Move {
    /// The new scroll position of a read-only text, at most `most` rows.
    pub fn scrolled(self, at: usize, most: usize, height: usize) -> usize {
        let page = height.saturating_sub(1).max(1);
        let to = match self {
            Move::Down => at + 1,
            Move::Up => at.min(most).saturating_sub(1),
            Move::PageDown => at + page,
            Move::PageUp => at.min(most).saturating_sub(page),
            Move::Top => 0,
            Move::Bottom => most,
        };
        to.min(most)
    }
}
