//! Insights: the back-test in words, its tenths as bars.

use ratatui::layout::Rect;

use crate::app::kit::geometry::Geometry;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::services::backtest;
use crate::services::backtest::Verdict;
use crate::ui::drawn::Drawn;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let lang = model.lang;
    let state = &model.insights;
    pen.pieces(
        area.x + 1,
        area.y,
        area.width - 2,
        &[
            (words::shell::insights(lang), Tone::Title),
            ("  ", Tone::Dim),
            (words::insights::insights_what(lang), Tone::Dim),
        ],
    );
    pen.rule(area.x, area.y + 1, area.width);
    let body = Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(2),
        ..area
    };
    if let Some(p) = state.running {
        let share = if p.total > 0 {
            p.done as f64 / p.total as f64
        } else {
            0.0
        };
        let width = usize::from(body.width.saturating_sub(6).min(60));
        let filled = (share * width as f64) as usize;
        let (full, empty) = if pen.theme.ascii {
            ("#", ".")
        } else {
            ("▓", "░")
        };
        pen.text(
            body.x + 2,
            body.y + 1,
            body.width.saturating_sub(3),
            &words::insights::progress(lang, p.done, p.total),
            Tone::Text,
        );
        pen.text(
            body.x + 2,
            body.y + 2,
            body.width.saturating_sub(3),
            &format!("{}{}", full.repeat(filled), empty.repeat(width - filled)),
            Tone::Chart,
        );
        pen.text(
            body.x + 2,
            body.y + 4,
            body.width.saturating_sub(3),
            words::insights::cancel(lang),
            Tone::Dim,
        );
        return Drawn {
            geometry: Geometry::of(body.height, area.width),
            caret: None,
        };
    }
    let Some(report) = &state.report else {
        pen.wrapped(
            Rect {
                x: body.x + 2,
                y: body.y + 1,
                width: body.width.saturating_sub(4),
                height: body.height.saturating_sub(1),
            },
            words::insights::insights_empty(lang),
            Tone::Dim,
        );
        return Drawn {
            geometry: Geometry::of(body.height, area.width),
            caret: None,
        };
    };
    let mut text = backtest::words::report(report, lang);
    if let Some(fitted) = &state.fitted {
        text.push('\n');
        text.push_str(&backtest::words::fit(fitted.as_deref(), lang));
    }
    let lines = wrap::lines(&text, usize::from(body.width.saturating_sub(4)).min(110));
    let most = lines.len().saturating_sub(usize::from(body.height));
    let top = state.scroll.min(most);
    // A bar behind each tenth: how many of it left.
    let bars: Vec<(String, f64)> = report
        .deciles
        .iter()
        .map(|d| (format!("  {:>2}  n ", d.decile), d.rate))
        .collect();
    for (dy, line) in lines
        .iter()
        .skip(top)
        .take(usize::from(body.height))
        .enumerate()
    {
        let y = body.y + dy as u16;
        let tone = match (top + dy, report.verdict) {
            (0, Verdict::Signal) => Tone::Good,
            (0, _) => Tone::Caution,
            _ if line.starts_with("  ") => Tone::Text,
            _ => Tone::Accent,
        };
        let x = pen.text(body.x + 2, y, body.width.saturating_sub(3), line, tone);
        if let Some((_, rate)) = bars
            .iter()
            .find(|(head, _)| line.starts_with(head.as_str()))
        {
            let room = body.right().saturating_sub(x + 3).min(40);
            let full = if pen.theme.ascii { "#" } else { "▇" };
            pen.text(
                x + 2,
                y,
                room,
                &full.repeat((rate * f64::from(room)).round() as usize),
                Tone::Chart,
            );
        }
    }
    Drawn {
        geometry: Geometry {
            most,
            ..Geometry::of(body.height, area.width)
        },
        caret: None,
    }
}
