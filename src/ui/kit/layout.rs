//! Parts of an area: what lies below its first rows, one of its lines, a panel at its side.

use ratatui::layout::Rect;

use crate::ui::pen::Pen;

/// The area without its first rows.
pub fn below(area: Rect, rows: u16) -> Rect {
    Rect {
        y: area.y + rows,
        height: area.height.saturating_sub(rows),
        ..area
    }
}

/// The line of the area at row `y` of the screen.
pub fn line(area: Rect, y: u16) -> Rect {
    Rect {
        y,
        height: 1,
        ..area
    }
}

/// What is left of the area from row `y` of the screen, `most` rows of it.
pub fn from(area: Rect, y: u16, most: u16) -> Rect {
    Rect {
        y,
        height: area.bottom().saturating_sub(y).min(most),
        ..area
    }
}

/// The area without its first and last column.
pub fn inset(area: Rect) -> Rect {
    Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    }
}

/// The columns of the account beside a list; none where the list needs the width. It says what leaves the
/// list for it, and grows when the list has all its columns.
pub fn beside(width: u16) -> u16 {
    const WIDE: u16 = 120;
    const LIST: u16 = 97;
    if width < WIDE {
        return 0;
    }
    width.saturating_sub(LIST + 1).clamp(40, 64)
}

/// A list and a panel of `side` columns at its right, with a wall between them. Without columns for
/// it there is no panel.
pub fn split(body: Rect, side: u16) -> (Rect, Option<Rect>) {
    if side == 0 {
        return (body, None);
    }
    let main = Rect {
        width: body.width - side - 1,
        ..body
    };
    let panel = Rect {
        x: main.right() + 2,
        width: side.saturating_sub(2),
        ..body
    };
    (main, Some(panel))
}

/// The wall between a list and the panel beside it.
pub fn wall(pen: &mut Pen, panel: Rect) {
    pen.wall(panel.x - 2, panel.y, panel.height);
}
