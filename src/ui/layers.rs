//! What lies over the screen: help, pickers, forms, notices and the layers of the features. They are
//! drawn from the bottom up; the top one has the caret.

use ratatui::layout::Rect;

use super::drawn::Drawn;
use super::kit::{form, help, notice, pick, prompt};
use super::pen::Pen;
use crate::app::features::features;
use crate::app::model::Model;
use crate::app::msg::Layer;
use crate::app::overlay::Overlay;
use crate::words;

macro_rules! layers {
    (
        verbs { $($_v:ident)* }
        screens { $($_s:tt)* }
        states { $($_t:ident)* }
        messages { $($_m:tt)* }
        effects { $($_e:tt)* }
        replies { $($_r:tt)* }
        layers { $($Layer:ident $layer:ident,)* }
        $($_rest:tt)*
    ) => {
        fn layer(model: &Model, pen: &mut Pen, area: Rect, layer: &Layer) -> Drawn {
            match layer {
                $(Layer::$Layer(layer) => super::$layer::draw_layer(model, pen, area, layer),)*
            }
        }
    };
}

features!(layers);

/// Draws everything that lies over the screen; none where nothing does.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Option<Drawn> {
    let one = |pen: &mut Pen, overlay: &Overlay| match overlay {
        Overlay::Help { scroll } => help::draw(model, pen, area, *scroll),
        Overlay::Pick(p) => pick::draw(model, pen, area, p),
        Overlay::Prompt(p, _) => prompt::draw(model, pen, area, p),
        Overlay::Form(f, _) => form::draw(model, pen, area, f),
        Overlay::Notice(n) => {
            let keys = words::shell::notice_keys(model.lang);
            notice::draw(pen, area, &n.title, &n.lines, n.scroll, keys)
        }
        Overlay::Layer(l) => layer(model, pen, area, l),
    };
    let mut drawn = None;
    for overlay in &model.overlays {
        drawn = Some(one(pen, overlay));
    }
    drawn
}
