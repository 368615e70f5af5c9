//! A check-in: the agenda being set up, the call with its clocks, the finished note.

use chrono::Duration;
use ratatui::layout::Rect;

use super::super::pen::Pen;
use super::super::theme::Tone;
use super::super::{Drawn, editor};
use crate::app::screens::live::{Phase, State};
use crate::app::{Geometry, Model, wrap};
use crate::domain::checkin::clock::Pace;
use crate::domain::checkin::{agenda, quality};
use crate::i18n::fill;

pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let Some(state) = &model.live else { return Drawn::default() };
    match state.phase {
        Phase::Agenda => set_up(model, state, pen, area),
        Phase::Live | Phase::WrapUp => live(model, state, pen, area),
        Phase::Done => done(model, state, pen, area),
    }
}

/// The name of the check-in: its template's, as it was when it was set up.
fn title<'a>(model: &'a Model, state: &'a State) -> &'a str {
    state.checkin.title.as_ref().map_or(model.t().checkin_kind(state.checkin.kind), |w| model.lang.pick(w))
}

fn clock(d: Duration) -> String {
    let minus = if d < Duration::zero() { "-" } else { "" };
    let seconds = d.num_seconds().abs();
    format!("{minus}{:02}:{:02}", seconds / 60, seconds % 60)
}

fn set_up(model: &Model, state: &State, pen: &mut Pen, area: Rect) -> Drawn {
    let t = model.t();
    let sections = &state.checkin.sections;
    let (planned, most) = agenda::total(sections);
    let totals = fill(t.agenda_total, &[&planned, &most]);
    pen.pieces(
        area.x + 1,
        area.y,
        area.width - 2,
        &[(&fill(t.agenda_of, &[&state.name]), Tone::Title), (" · ", Tone::Dim), (title(model, state), Tone::Accent), ("  ", Tone::Dim), (&totals, Tone::Text)],
    );
    pen.rule(area.x, area.y + 1, area.width);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(4), ..area };
    for (i, s) in sections.iter().enumerate().skip(state.list.top).take(usize::from(body.height)) {
        let y = body.y + (i - state.list.top) as u16;
        pen.row(body, y, i == state.list.cursor);
        let x = pen.text(body.x + 1, y, 4, &format!("{:>2}", i + 1), Tone::Dim) + 1;
        pen.right(x + 6, y, 6, &clock(Duration::seconds(i64::from(s.target))), Tone::Accent);
        pen.text(x + 8, y, 12, &format!("({}–{})", s.min, fill(t.minutes, &[&s.max])), Tone::Dim);
        let tone = if s.ticket.is_some() { Tone::Bad } else { Tone::Text };
        pen.text(x + 21, y, body.right().saturating_sub(x + 21), model.lang.pick(&s.name), tone);
    }
    pen.over = Default::default();
    if let Some(s) = sections.get(state.list.cursor) {
        let prompts: Vec<&str> = s.prompts.iter().map(|p| model.lang.pick(p)).collect();
        pen.text(area.x + 1, area.bottom() - 1, area.width - 2, &format!("{}: {}", t.asks, prompts.join(" / ")), Tone::Dim);
    }
    Drawn { geometry: Geometry::of(body.height, area.width), caret: None }
}

fn live(model: &Model, state: &State, pen: &mut Pen, area: Rect) -> Drawn {
    let t = model.t();
    let c = &state.checkin;
    let reading = state.reading(model.now);
    let planned = reading.planned();
    let left = planned - reading.total;
    let over = left < Duration::zero();
    let word = if reading.paused {
        t.paused_state
    } else if reading.running {
        t.live_state
    } else {
        t.ended_state
    };
    let rest = if reading.running { format!("  {} {}", if over { t.over_word } else { t.left_word }, clock(if over { -left } else { left })) } else { String::new() };
    let clocks = format!("● {word} {} / {}{rest}", clock(reading.total), clock(planned));
    let room = wrap::width(&clocks) as u16 + 2;
    pen.pieces(area.x + 1, area.y, area.width.saturating_sub(room), &[(&state.name, Tone::Title), (" · ", Tone::Dim), (title(model, state), Tone::Accent)]);
    pen.right(area.right() - 1, area.y, area.width - 2, &clocks, if over { Tone::Bad } else { Tone::Good });
    pen.rule(area.x, area.y + 1, area.width);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(3), ..area };
    let current = state.current();
    let side = if area.width >= 100 {
        36
    } else if area.width >= 64 {
        26
    } else {
        0
    };
    for (i, s) in c.sections.iter().enumerate().take(usize::from(if side > 0 { body.height } else { 0 })) {
        let y = body.y + i as u16;
        let here = i == current;
        let mark = if here {
            "▶"
        } else if reading.visited[i] {
            "✓"
        } else {
            " "
        };
        let spent = reading.sections[i];
        let tone = match reading.pace(c, i) {
            Pace::Over => Tone::Bad,
            Pace::PastTarget => Tone::Caution,
            Pace::Within if here => Tone::Accent,
            Pace::Within => Tone::Dim,
        };
        let x = pen.text(body.x + 1, y, 2, mark, tone) + 1;
        pen.text(x.max(body.x + 3), y, side - 12, model.lang.pick(&s.name), if here { Tone::Title } else { Tone::Text });
        let time = if spent > Duration::zero() { clock(spent) } else { clock(Duration::seconds(i64::from(s.target))) };
        pen.right(body.x + side - 1, y, 7, &time, tone);
    }
    if side > 0 {
        pen.wall(body.x + side, body.y, body.height);
    }
    let text = Rect { x: body.x + side + u16::from(side > 0) + 1, width: body.width.saturating_sub(side + 2), ..body };
    let Some(section) = c.sections.get(current) else { return Drawn::default() };
    let (spent, target, longest) = (reading.sections[current], reading.target(current), reading.longest(c, current));
    let tone = match reading.pace(c, current) {
        Pace::Over => Tone::Bad,
        Pace::PastTarget => Tone::Caution,
        Pace::Within => Tone::Good,
    };
    let share = if longest > Duration::zero() { (spent.num_seconds() as f64 / longest.num_seconds() as f64).min(1.0) } else { 0.0 };
    let filled = (share * 10.0).round() as usize;
    let bar = if pen.theme.ascii { format!("{}{}", "#".repeat(filled), ".".repeat(10 - filled)) } else { format!("{}{}", "▓".repeat(filled), "░".repeat(10 - filled)) };
    pen.pieces(
        text.x,
        text.y,
        text.width,
        &[(model.lang.pick(&section.name), Tone::Title), (&format!("  {} {}  {} {}  ", t.target_word, clock(target), t.elapsed_word, clock(spent)), Tone::Dim), (&bar, tone)],
    );
    let margin = editor::Margin { zone: model.now.zone, marks: if pen.theme.ascii { editor::ascii_glyph } else { editor::glyph } };
    let pad = Rect { y: text.y + 1, height: text.height.saturating_sub(1), ..text };
    let caret = state.editors.get(current).and_then(|e| editor::draw(e, pen, pad, Some(&margin)));
    // Prompts turn slowly, so that one's eye finds a fresh one in each minute.
    let prompts = &section.prompts;
    if !prompts.is_empty() {
        let turn = spent.num_minutes().max(0) as usize % prompts.len();
        let two: Vec<&str> = (0..prompts.len().min(2)).map(|i| model.lang.pick(&prompts[(turn + i) % prompts.len()])).collect();
        pen.text(area.x + 1, area.bottom() - 1, area.width - 2, &format!("{}: {}", t.asks, two.join(" / ")), Tone::Key);
    }
    let columns = usize::from(pad.width.saturating_sub(editor::MARGIN + 1)).max(2);
    Drawn { geometry: Geometry { columns, ..Geometry::of(pad.height, 0) }, caret: caret.filter(|_| state.phase == Phase::Live) }
}

fn done(model: &Model, state: &State, pen: &mut Pen, area: Rect) -> Drawn {
    let t = model.t();
    let missing = quality::missing(&state.checkin, &state.actions);
    let full = quality::Part::ALL.len();
    let meter = fill(t.parts_of, &[&(full - missing.len()), &full]);
    let pieces = vec![
        (t.complete_note, Tone::Accent),
        (" · ", Tone::Dim),
        (title(model, state), Tone::Text),
        (" · ", Tone::Dim),
        (&state.name[..], Tone::Title),
        ("  ", Tone::Dim),
        (&meter[..], if missing.is_empty() { Tone::Good } else { Tone::Caution }),
    ];
    let parts = missing.iter().map(|p| t.part(*p)).collect::<Vec<_>>().join(t.list_comma);
    let lacking = format!("{}: {parts}", t.missing_parts);
    pen.pieces(area.x + 1, area.y, area.width - 2, &pieces);
    pen.rule(area.x, area.y + 1, area.width);
    let top = if missing.is_empty() { 0 } else { pen.wrapped(Rect { x: area.x + 1, y: area.y + 2, width: area.width - 2, height: 3 }, &lacking, Tone::Caution) };
    let body = Rect { y: area.y + 2 + top, height: area.height.saturating_sub(2 + top), ..area };
    let text = crate::services::compose::markdown(&state.checkin, &state.name, &state.actions, model.lang, model.now.zone);
    let lines = wrap::lines(&text, usize::from(body.width.saturating_sub(4)).min(110));
    let most = lines.len().saturating_sub(usize::from(body.height));
    let top = state.list.cursor.min(most);
    for (dy, line) in lines.iter().skip(top).take(usize::from(body.height)).enumerate() {
        let tone = if line.starts_with('#') { Tone::Title } else { Tone::Text };
        pen.text(body.x + 2, body.y + dy as u16, body.width.saturating_sub(3), line.trim_start_matches("# ").trim_start_matches("## ").trim_start_matches("### "), tone);
    }
    Drawn { geometry: Geometry { most, ..Geometry::of(body.height, area.width) }, caret: None }
}
