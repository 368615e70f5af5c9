//! The columns of the portfolio, and which of them have room.

use ratatui::layout::Rect;

use crate::ui::kit::room::{self, share};

/// A figure at the right of the account's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    Arr,
    Renewal,
    /// Usage by week as a line of small bars.
    Usage,
    /// The change of usage in percent.
    Change,
    /// How long ago the last touch was.
    Touch,
    /// Open actions, and whether one is overdue.
    Actions,
}

/// Where the columns of a line stand; those without room are empty.
pub struct Places {
    /// Band, score and trend.
    pub health: Rect,
    pub name: Rect,
    /// The sign of an escalation.
    pub escalated: Rect,
    /// How many bad signals there are.
    pub signals: Rect,
    pub figures: [(Figure, Rect); 6],
}

/// Shares a line among the columns.
pub fn places(line: Rect) -> Places {
    use room::Column as C;
    let [
        health,
        name,
        escalated,
        signals,
        arr,
        renewal,
        usage,
        change,
        touch,
        actions,
    ] = share(
        line,
        [
            C::always(7),
            C::subject(20, u16::MAX),
            C::always(2),
            C::fixed(3, 3),
            C::fixed(8, 4),
            C::fixed(8, 2),
            C::fixed(12, 5),
            C::fixed(6, 1),
            C::fixed(10, 6),
            C::fixed(5, 7),
        ],
    );
    Places {
        health,
        name,
        escalated,
        signals,
        figures: [
            (Figure::Arr, arr),
            (Figure::Renewal, renewal),
            (Figure::Usage, usage),
            (Figure::Change, change),
            (Figure::Touch, touch),
            (Figure::Actions, actions),
        ],
    }
}
