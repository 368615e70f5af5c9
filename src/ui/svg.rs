//! A drawn screen as an SVG picture. The pictures of the README are made with it.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use crate::app::kit::wrap;
use crate::services::compose::escape;

const CELL: (f64, f64) = (8.4, 19.0);
const INK: &str = "#d7dce4";
const PAPER: &str = "#14181f";

/// Turns a frame into an SVG picture.
pub fn render(buf: &Buffer, title: &str) -> String {
    let (w, h) = (
        f64::from(buf.area.width) * CELL.0,
        f64::from(buf.area.height) * CELL.1,
    );
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0} {:.0}\" role=\"img\" aria-label=\"{}\">\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\n<g font-family=\"ui-monospace,'SFMono-Regular',Menlo,'Noto Sans Mono CJK JP','MS Gothic',monospace\" font-size=\"14\" xml:space=\"preserve\">\n",
        w + 24.0,
        h + 20.0,
        escape(title)
    );
    for y in 0..buf.area.height {
        let mut x = 0;
        while x < buf.area.width {
            let cell = &buf[(x, y)];
            let width = wrap::width(cell.symbol()).max(1) as u16;
            let (left, top) = (12.0 + f64::from(x) * CELL.0, 10.0 + f64::from(y) * CELL.1);
            let reversed = cell.modifier.contains(Modifier::REVERSED);
            let (ink, paper) = if reversed {
                (color(cell.bg, PAPER), Some(color(cell.fg, INK)))
            } else {
                (
                    color(cell.fg, INK),
                    (cell.bg != Color::Reset).then(|| color(cell.bg, PAPER)),
                )
            };
            if let Some(paper) = paper {
                out.push_str(&format!("<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{paper}\"/>\n", f64::from(width) * CELL.0 + 0.3, CELL.1 + 0.3));
            }
            if !cell.symbol().trim().is_empty() {
                let bold = if cell.modifier.contains(Modifier::BOLD) {
                    " font-weight=\"700\""
                } else {
                    ""
                };
                out.push_str(&format!(
                    "<text x=\"{left:.1}\" y=\"{:.1}\" textLength=\"{:.1}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{ink}\"{bold}>{}</text>\n",
                    top + 14.0,
                    f64::from(width) * CELL.0,
                    escape(cell.symbol())
                ));
            }
            x += width;
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}

fn color(color: Color, fallback: &str) -> String {
    match color {
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        _ => fallback.to_owned(),
    }
}
