//! A check-in: the agenda being set up, the call with its clocks, the finished note.

mod layers;

pub use layers::draw_layer;

use chrono::Duration;
use ratatui::layout::Rect;

use crate::app::call::Learned;
use crate::app::call::state::{Call, Phase};
use crate::app::kit::geometry::Geometry;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::checkin::clock::{Pace, Reading};
use crate::domain::checkin::{agenda, aid, quality};
use crate::ui::drawn::Drawn;
use crate::ui::kit::editor;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let Some(state) = &model.call.open else {
        return Drawn::default();
    };
    match state.phase {
        Phase::Agenda => set_up(model, state, pen, area),
        Phase::Live | Phase::WrapUp => live(model, state, pen, area),
        Phase::Done => done(model, state, pen, area),
    }
}

/// The name of the check-in: its template's, as it was when it was set up.
fn title<'a>(model: &'a Model, state: &'a Call) -> &'a str {
    state
        .checkin
        .title
        .as_ref()
        .map_or(state.checkin.kind.words(model.lang), |w| model.lang.pick(w))
}

pub(crate) fn clock(d: Duration) -> String {
    let minus = if d < Duration::zero() { "-" } else { "" };
    let seconds = d.num_seconds().abs();
    format!("{minus}{:02}:{:02}", seconds / 60, seconds % 60)
}

fn set_up(model: &Model, state: &Call, pen: &mut Pen, area: Rect) -> Drawn {
    let lang = model.lang;
    let sections = &state.checkin.sections;
    let (planned, most) = agenda::total(sections);
    let totals = words::call::agenda_total(lang, planned, most);
    let clock_time =
        |at: chrono::DateTime<chrono::Utc>| model.now.zone.local(at).format("%H:%M").to_string();
    let agreed = state
        .checkin
        .start_at()
        .map(|at| words::call::starts_word(lang, clock_time(at)));
    let leave = state
        .checkin
        .leave_by()
        .map(|at| words::call::leave_word(lang, clock_time(at)));
    let set = [agreed, leave]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    pen.pieces(
        area.x + 1,
        area.y,
        area.width - 2,
        &[
            (&words::call::agenda_of(lang, &state.name), Tone::Title),
            (" · ", Tone::Dim),
            (title(model, state), Tone::Accent),
            ("  ", Tone::Dim),
            (&totals, Tone::Text),
            ("  ", Tone::Dim),
            (&set, Tone::Caution),
        ],
    );
    pen.rule(area.x, area.y + 1, area.width);
    let body = Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(4),
        ..area
    };
    for (i, s) in sections
        .iter()
        .enumerate()
        .skip(state.list.top)
        .take(usize::from(body.height))
    {
        let y = body.y + (i - state.list.top) as u16;
        pen.row(body, y, i == state.list.cursor);
        let x = pen.text(body.x + 1, y, 4, &format!("{:>2}", i + 1), Tone::Dim) + 1;
        pen.right(
            x + 6,
            y,
            6,
            &clock(Duration::seconds(i64::from(s.target))),
            Tone::Accent,
        );
        pen.text(
            x + 8,
            y,
            12,
            &format!("({}–{})", s.min, words::call::minutes(lang, s.max)),
            Tone::Dim,
        );
        let tone = if s.ticket.is_some() {
            Tone::Bad
        } else {
            Tone::Text
        };
        pen.text(
            x + 21,
            y,
            body.right().saturating_sub(x + 21),
            model.lang.pick(&s.name),
            tone,
        );
    }
    pen.over = Default::default();
    if let Some(Learned {
        took,
        planned,
        proposed: plan,
    }) = crate::app::call::learned(model)
    {
        pen.text(
            area.x + 1,
            area.bottom().saturating_sub(2),
            area.width - 2,
            &words::call::lesson_line(lang, took, planned, plan),
            Tone::Caution,
        );
    }
    if let Some(s) = sections.get(state.list.cursor) {
        let prompts: Vec<&str> = s.prompts.iter().map(|p| model.lang.pick(p)).collect();
        pen.text(
            area.x + 1,
            area.bottom() - 1,
            area.width - 2,
            &format!("{}: {}", words::call::asks(lang), prompts.join(" / ")),
            Tone::Dim,
        );
    }
    Drawn {
        geometry: Geometry::of(body.height, area.width),
        caret: None,
    }
}

fn live(model: &Model, state: &Call, pen: &mut Pen, area: Rect) -> Drawn {
    let lang = model.lang;
    let c = &state.checkin;
    let reading = state.reading(model.now);
    header(model, state, &reading, pen, area);
    let below = 2;
    let body = Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(2 + below),
        ..area
    };
    let current = state.current();
    let side = if area.width >= 100 {
        38
    } else if area.width >= 64 {
        28
    } else {
        0
    };
    if side > 0 {
        sections(
            model,
            state,
            &reading,
            pen,
            Rect {
                width: side,
                ..body
            },
        );
        pen.wall(body.x + side, body.y, body.height);
    }
    let text = Rect {
        x: body.x + side + u16::from(side > 0) + 1,
        width: body.width.saturating_sub(side + 2),
        ..body
    };
    let Some(section) = c.sections.get(current) else {
        return Drawn::default();
    };
    let (spent, target, longest) = (
        reading.sections[current],
        reading.target(current),
        reading.longest(c, current),
    );
    let tone = match reading.pace(c, current) {
        Pace::Over => Tone::Bad,
        Pace::PastTarget => Tone::Caution,
        Pace::Within => Tone::Good,
    };
    let share = if longest > Duration::zero() {
        (spent.num_seconds() as f64 / longest.num_seconds() as f64).min(1.0)
    } else {
        0.0
    };
    let filled = (share * 8.0).round() as usize;
    let bar = if pen.theme.ascii {
        format!("{}{}", "#".repeat(filled), ".".repeat(8 - filled))
    } else {
        format!("{}{}", "▓".repeat(filled), "░".repeat(8 - filled))
    };
    // The clock stands at the right, whatever the name's length; past the target it says so.
    let over = spent - target;
    let clocks = if over > Duration::zero() {
        format!(
            "{} / {} {} {bar}",
            clock(spent),
            clock(target),
            fill_over(lang, over)
        )
    } else {
        format!("{} / {} {bar}", clock(spent), clock(target))
    };
    let room = wrap::width(&clocks) as u16;
    pen.text(
        text.x,
        text.y,
        text.width.saturating_sub(room + 1),
        model.lang.pick(&section.name),
        Tone::Title,
    );
    pen.right(text.right(), text.y, room, &clocks, tone);
    let pad = Rect {
        y: text.y + 1,
        height: text.height.saturating_sub(1),
        ..text
    };
    let caret = match state.only {
        Some(mark) => {
            only(model, state, mark, pen, pad);
            None
        }
        None => {
            let heard = |line: &str| -> Vec<(usize, usize)> {
                state
                    .heard
                    .get(line)
                    .map(|all| all.iter().map(|h| h.range).collect())
                    .unwrap_or_default()
            };
            let margin = editor::Margin {
                zone: model.now.zone,
                marks: if pen.theme.ascii {
                    editor::ascii_glyph
                } else {
                    editor::glyph
                },
                heard: Some(&heard),
            };
            state
                .editors
                .get(current)
                .and_then(|e| editor::draw(e, pen, pad, Some(&margin)))
        }
    };
    aids(
        model,
        state,
        &reading,
        pen,
        Rect {
            y: area.bottom() - below,
            height: below,
            ..area
        },
    );
    let columns = usize::from(pad.width.saturating_sub(editor::MARGIN + 1)).max(2);
    Drawn {
        geometry: Geometry {
            columns,
            ..Geometry::of(pad.height, 0)
        },
        caret: caret.filter(|_| state.phase == Phase::Live),
    }
}

fn fill_over(lang: words::Lang, over: Duration) -> String {
    format!("+{} {}", clock(over), words::call::over_word(lang))
}

/// Who, what, the whole clock, the hard stop, and how it feels.
fn header(model: &Model, state: &Call, reading: &Reading, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let c = &state.checkin;
    let planned = reading.planned();
    // What is left is until the agreed end, where that comes first.
    let left = (planned - reading.total)
        .min(crate::domain::checkin::pacing::end(c, reading, model.now.at) - model.now.at);
    let over = left < Duration::zero();
    let word = if reading.paused {
        words::call::paused_state(lang)
    } else if reading.running {
        words::call::live_state(lang)
    } else {
        words::call::ended_state(lang)
    };
    let rest = if reading.running {
        format!(
            "  {} {}",
            if over {
                words::call::over_word(lang)
            } else {
                words::call::left_word(lang)
            },
            clock(if over { -left } else { left })
        )
    } else {
        String::new()
    };
    let clocks = format!(
        "● {word} {} / {}{rest}",
        clock(reading.total),
        clock(planned)
    );
    let room = wrap::width(&clocks) as u16 + 2;
    let leave = c
        .leave_by()
        .map(|at| words::call::leave_word(lang, model.now.zone.local(at).format("%H:%M")))
        .unwrap_or_default();
    let late = c
        .late_by()
        .map(|m| words::call::started_late(lang, m))
        .unwrap_or_default();
    let mood = c
        .moods()
        .last()
        .map(|(_, m)| m.words(lang))
        .unwrap_or_default();
    let mut pieces = vec![
        (state.name.as_str(), Tone::Title),
        (" · ", Tone::Dim),
        (title(model, state), Tone::Accent),
    ];
    if !late.is_empty() {
        pieces.extend([("  ", Tone::Dim), (late.as_str(), Tone::Caution)]);
    }
    if !leave.is_empty() {
        pieces.extend([("  ", Tone::Dim), (leave.as_str(), Tone::Caution)]);
    }
    if !mood.is_empty() {
        pieces.extend([("  ", Tone::Dim), (mood, Tone::Key)]);
    }
    pen.pieces(area.x + 1, area.y, area.width.saturating_sub(room), &pieces);
    pen.right(
        area.right() - 1,
        area.y,
        area.width - 2,
        &clocks,
        if over { Tone::Bad } else { Tone::Good },
    );
    pen.rule(area.x, area.y + 1, area.width);
    let behind = reading.running
        && !reading.paused
        && crate::domain::checkin::pacing::is_late(c, model.now.at);
    if behind {
        pen.text(
            area.x + 1,
            area.y + 1,
            area.width - 2,
            &format!(" {} ", words::call::late_hint(lang)),
            Tone::Caution,
        );
    }
}

/// The agenda beside the notes: what took how long, what is still to come.
fn sections(model: &Model, state: &Call, reading: &Reading, pen: &mut Pen, area: Rect) {
    let c = &state.checkin;
    let current = state.current();
    let first = (current + 1).saturating_sub(usize::from(area.height));
    for (i, s) in c
        .sections
        .iter()
        .enumerate()
        .skip(first)
        .take(usize::from(area.height))
    {
        let y = area.y + (i - first) as u16;
        let here = i == current;
        let mark = if here {
            "▶"
        } else if reading.dropped[i] {
            "–"
        } else if reading.visited[i] {
            "✓"
        } else {
            " "
        };
        let spent = reading.sections[i];
        let tone = match reading.pace(c, i) {
            _ if reading.dropped[i] => Tone::Dim,
            Pace::Over => Tone::Bad,
            Pace::PastTarget => Tone::Caution,
            Pace::Within if here => Tone::Accent,
            Pace::Within => Tone::Dim,
        };
        let time = if spent > Duration::zero() {
            clock(spent)
        } else {
            clock(reading.target(i))
        };
        pen.text(area.x + 1, y, 2, mark, tone);
        let name = if here {
            Tone::Title
        } else if reading.dropped[i] {
            Tone::Dim
        } else {
            Tone::Text
        };
        pen.text(
            area.x + 3,
            y,
            area.width.saturating_sub(4 + time.len() as u16 + 1),
            model.lang.pick(&s.name),
            name,
        );
        pen.right(area.right() - 1, y, 8, &time, tone);
    }
}

/// Lines of one mark through all sections.
fn only(
    model: &Model,
    state: &Call,
    mark: crate::domain::checkin::Mark,
    pen: &mut Pen,
    area: Rect,
) {
    let lang = model.lang;
    pen.text(
        area.x,
        area.y,
        area.width,
        &words::call::only_mark(lang, mark.words(lang)),
        editor::tone(mark),
    );
    let lines = state
        .editors
        .iter()
        .flat_map(|e| e.lines())
        .filter(|l| l.meaning() == Some(mark));
    for (dy, line) in lines
        .take(usize::from(area.height.saturating_sub(1)))
        .enumerate()
    {
        let time = line
            .at
            .map(|at| model.now.zone.local(at).format("%H:%M").to_string())
            .unwrap_or_default();
        pen.pieces(
            area.x,
            area.y + 1 + dy as u16,
            area.width,
            &[
                (&time, Tone::Dim),
                ("  ", Tone::Dim),
                (line.words(), Tone::Text),
            ],
        );
    }
}

/// What was heard in the line under the caret with a question to ask; else the section's words.
fn aids(model: &Model, state: &Call, reading: &Reading, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    if let Some(heard) = state.heard_here().first()
        && let Some(phrase) = model.phrases.phrase(heard.phrase)
    {
        let flag = if pen.theme.ascii { "! " } else { "⚠ " };
        pen.pieces(
            area.x + 1,
            area.y,
            area.width - 2,
            &[
                (flag, Tone::Bad),
                (model.lang.pick(&phrase.category), Tone::Bad),
                ("  ", Tone::Dim),
                (&heard.words, Tone::Caution),
            ],
        );
        pen.pieces(
            area.x + 1,
            area.y + 1,
            area.width - 2,
            &[
                (words::call::heard_ask(lang), Tone::Dim),
                (": ", Tone::Dim),
                (model.lang.pick(&phrase.probe), Tone::Key),
                ("   ", Tone::Dim),
                (words::call::heard_dismiss(lang), Tone::Dim),
            ],
        );
        return;
    }
    if state.quiet || !reading.running {
        return;
    }
    let current = state.current();
    let lines = aid::lines(&state.checkin, reading, &model.config.aids, current);
    for (dy, line) in lines.iter().take(2).enumerate() {
        let label = if dy == 0 {
            format!("{}: ", words::call::asks(lang))
        } else {
            " ".repeat(wrap::width(words::call::asks(lang)) + 2)
        };
        pen.pieces(
            area.x + 1,
            area.y + dy as u16,
            area.width - 2,
            &[(&label, Tone::Dim), (model.lang.pick(line), Tone::Key)],
        );
    }
}

fn done(model: &Model, state: &Call, pen: &mut Pen, area: Rect) -> Drawn {
    let lang = model.lang;
    let missing = quality::missing(&state.checkin, &state.actions);
    let full = quality::Part::ALL.len();
    let meter = words::call::parts_of(lang, full - missing.len(), full);
    let pieces = vec![
        (words::call::complete_note(lang), Tone::Accent),
        (" · ", Tone::Dim),
        (title(model, state), Tone::Text),
        (" · ", Tone::Dim),
        (&state.name[..], Tone::Title),
        ("  ", Tone::Dim),
        (
            &meter[..],
            if missing.is_empty() {
                Tone::Good
            } else {
                Tone::Caution
            },
        ),
    ];
    let pasted = state.checkin.wrapup.pasted.map(|(hash, at)| {
        let when = model.now.zone.local(at).format("%H:%M").to_string();
        let text = crate::services::packet::crm(
            &state.checkin,
            &state.name,
            &state.actions,
            &model.config.desk.crm,
            model.lang,
            model.now.zone,
        );
        let same = crate::services::packet::fingerprint(&text) == hash;
        (
            if same {
                words::call::pasted_same(lang, &when)
            } else {
                words::call::pasted_changed(lang, &when)
            },
            if same { Tone::Good } else { Tone::Caution },
        )
    });
    let parts = missing
        .iter()
        .map(|p| p.words(lang))
        .collect::<Vec<_>>()
        .join(words::common::list_comma(lang));
    let lacking = format!("{}: {parts}", words::call::missing_parts(lang));
    pen.pieces(area.x + 1, area.y, area.width - 2, &pieces);
    pen.rule(area.x, area.y + 1, area.width);
    if let Some((text, tone)) = &pasted {
        pen.text(
            area.x + 1,
            area.y + 1,
            area.width - 2,
            &format!(" {text} "),
            *tone,
        );
    }
    let top = if missing.is_empty() {
        0
    } else {
        pen.wrapped(
            Rect {
                x: area.x + 1,
                y: area.y + 2,
                width: area.width - 2,
                height: 3,
            },
            &lacking,
            Tone::Caution,
        )
    };
    let body = Rect {
        y: area.y + 2 + top,
        height: area.height.saturating_sub(2 + top),
        ..area
    };
    let text = crate::services::compose::markdown(
        &state.checkin,
        &state.name,
        &state.actions,
        model.lang,
        model.now.zone,
    );
    let lines = wrap::lines(&text, usize::from(body.width.saturating_sub(4)).min(110));
    let most = lines.len().saturating_sub(usize::from(body.height));
    let top = state.list.cursor.min(most);
    for (dy, line) in lines
        .iter()
        .skip(top)
        .take(usize::from(body.height))
        .enumerate()
    {
        let tone = if line.starts_with('#') {
            Tone::Title
        } else {
            Tone::Text
        };
        pen.text(
            body.x + 2,
            body.y + dy as u16,
            body.width.saturating_sub(3),
            line.trim_start_matches("# ")
                .trim_start_matches("## ")
                .trim_start_matches("### "),
            tone,
        );
    }
    Drawn {
        geometry: Geometry {
            most,
            ..Geometry::of(body.height, area.width)
        },
        caret: None,
    }
}
