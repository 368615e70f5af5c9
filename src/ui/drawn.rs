//! What a drawing measured, and the place of what lies over a screen.

use ratatui::layout::Rect;

use crate::app::kit::geometry::Geometry;

/// What a drawing measured: the viewport, and where the caret stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Drawn {
    pub geometry: Geometry,
    pub caret: Option<(u16, u16)>,
}

/// A rectangle of this size in the middle, or as much of it as there is room for.
pub fn centre(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    }
}

/// The measures of a list or text of this size.
pub fn at(rows: u16, columns: u16, caret: Option<(u16, u16)>) -> Drawn {
    Drawn {
        geometry: Geometry::of(rows, columns),
        caret,
    }
}

/// The measures of a text of this size that can be scrolled by at most `most` rows.
pub fn scrolled(rows: u16, columns: u16, most: usize) -> Drawn {
    Drawn {
        geometry: Geometry {
            most,
            ..Geometry::of(rows, columns)
        },
        caret: None,
    }
}
