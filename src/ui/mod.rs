//! Draws the model into cells. Drawing never changes the model: the same model gives the same cells.
//!
//! Every screen is a folder with the name of its feature; its `mod.rs` lays out the parts, each in a
//! file of its own. `kit` has what several screens draw with, `shell` the lines around every screen.

pub mod account;
mod actions;
mod brief;
mod cadence;
mod call;
pub mod charts;
mod checkins;
mod compose;
mod deleting;
mod drawn;
mod importing;
mod insights;
pub mod kit;
mod layers;
mod lifecycle;
mod palette;
pub mod pen;
mod portfolio;
mod prose;
mod renewals;
mod risk;
mod shell;
pub mod svg;
pub mod theme;
mod today;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::features::features;
use crate::app::kit::geometry::Geometry;
use crate::app::model::Model;
use crate::app::msg::Screen;
use crate::words;
pub use drawn::Drawn;
use pen::Pen;
use theme::{Theme, Tone};

macro_rules! screens {
    (
        verbs { $($_v:ident)* }
        screens { $($Screen:ident $screen:ident,)* }
        $($_rest:tt)*
    ) => {
        fn screen(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
            match model.screen {
                $(Screen::$Screen => $screen::draw(model, pen, area),)*
            }
        }
    };
}

features!(screens);

/// Below this size nothing of use can be shown.
const LEAST: (u16, u16) = (24, 6);

/// Draws one frame.
pub fn draw(model: &Model, theme: &Theme, buf: &mut Buffer) -> Drawn {
    let area = buf.area;
    let mut pen = Pen::new(buf, theme);
    if area.width < LEAST.0 || area.height < LEAST.1 {
        let words = words::shell::too_small(model.lang);
        pen.text(area.x, area.y, area.width, words, Tone::Caution);
        return Drawn::default();
    }
    let line = |y: u16| Rect {
        y,
        height: 1,
        ..area
    };
    shell::header(model, &mut pen, area);
    let body = Rect {
        y: area.y + 1,
        height: area.height - 3,
        ..area
    };
    let drawn = screen(model, &mut pen, body);
    shell::status(model, &mut pen, line(area.bottom() - 2));
    shell::footer(model, &mut pen, line(area.bottom() - 1));
    match layers::draw(model, &mut pen, area) {
        Some(over) => Drawn {
            geometry: Geometry {
                list: drawn.geometry.list,
                ..over.geometry
            },
            ..over
        },
        None => drawn,
    }
}
