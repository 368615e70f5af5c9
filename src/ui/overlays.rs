//! What lies over the screen.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::theme::Tone;
use super::{Drawn, editor};
use crate::app::command::{Scope, VERBS};
use crate::app::form::{Form, Input};
use crate::app::overlay::{Compose, Overlay, Pick, Prompt, Review};
use crate::app::{Geometry, Model, wrap};
use crate::words;

/// Draws the stack; the top has the caret.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Option<Drawn> {
    let mut drawn = None;
    for overlay in &model.overlays {
        drawn = Some(match overlay {
            Overlay::Help { scroll } => help(model, pen, area, *scroll),
            Overlay::Pick(p) => pick(model, pen, area, p),
            Overlay::Prompt(p) => prompt(model, pen, area, p),
            Overlay::Compose(c) => compose(model, pen, area, c),
            Overlay::Form(f) => form(model, pen, area, f),
            Overlay::Review(r) => review(model, pen, area, r),
            Overlay::Notice {
                title,
                lines,
                scroll,
            } => notice(
                pen,
                area,
                title,
                lines,
                *scroll,
                words::shell::notice_keys(model.lang),
            ),
            Overlay::Replan(plan) => replan(model, pen, area, plan),
            Overlay::AtHand { blocks, scroll } => at_hand(model, pen, area, blocks, *scroll),
            Overlay::Diff { title, lines } => notice(
                pen,
                area,
                title,
                lines,
                0,
                words::cadence::diff_keys(model.lang),
            ),
            Overlay::Spread { proposal, scroll } => {
                super::screens::cadence::spread::draw(model, pen, area, proposal, *scroll)
            }
            Overlay::Delete { what, .. } => notice(
                pen,
                area,
                "",
                &[words::shell::delete_ask(model.lang, what)],
                0,
                words::shell::delete_keys(model.lang),
            ),
            Overlay::Resume { checkin } => resume(model, pen, area, checkin),
        });
    }
    drawn
}

pub(super) fn centre(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    }
}

pub(super) fn at(rows: u16, columns: u16, caret: Option<(u16, u16)>) -> Drawn {
    Drawn {
        geometry: Geometry::of(rows, columns),
        caret,
    }
}

fn help(model: &Model, pen: &mut Pen, area: Rect, scroll: usize) -> Drawn {
    let t = model.t();
    let inside = pen.frame(
        centre(area, 76, area.height.saturating_sub(2)),
        words::shell::help_title(t),
    );
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut scopes: Vec<Scope> = model.scopes().to_vec();
    for verb in VERBS {
        if !scopes.contains(&verb.scope) {
            scopes.push(verb.scope);
        }
    }
    for scope in scopes {
        lines.push((String::new(), scope.words(t).to_owned()));
        for verb in VERBS.iter().filter(|v| v.scope == scope) {
            let keys: Vec<String> = verb
                .keys
                .iter()
                .filter_map(|k| crate::keys::Key::script(k).first().map(ToString::to_string))
                .collect();
            lines.push((keys.join(" "), verb.command.words(t).to_owned()));
        }
    }
    let height = usize::from(inside.height.saturating_sub(1));
    let top = scroll.min(lines.len().saturating_sub(height));
    for (dy, (keys, text)) in lines.iter().skip(top).take(height).enumerate() {
        let y = inside.y + dy as u16;
        if keys.is_empty() {
            pen.heading(inside.x, y, inside.width, text);
        } else {
            pen.text(inside.x + 1, y, 20, keys, Tone::Key);
            pen.text(
                inside.x + 22,
                y,
                inside.width.saturating_sub(22),
                text,
                Tone::Text,
            );
        }
    }
    pen.text(
        inside.x,
        inside.bottom() - 1,
        inside.width,
        words::shell::help_keys(t),
        Tone::Dim,
    );
    let drawn = at(inside.height.saturating_sub(1), inside.width, None);
    Drawn {
        geometry: Geometry {
            most: lines.len().saturating_sub(height),
            ..drawn.geometry
        },
        ..drawn
    }
}

fn pick(model: &Model, pen: &mut Pen, area: Rect, p: &Pick) -> Drawn {
    let width = area.width.min(78);
    let about: Vec<String> = p
        .about
        .iter()
        .flat_map(|l| wrap::hanging(l, usize::from(width.saturating_sub(4))))
        .collect();
    let height = (p.all.len() + about.len() + 5)
        .clamp(8, usize::from(area.height.saturating_sub(4).max(8))) as u16;
    let mut inside = pen.frame(centre(area, width, height), &p.title);
    // What is to be read leaves room for three lines to choose from.
    let rows = p.all.len().min(3) as u16;
    for line in about
        .iter()
        .take(usize::from(inside.height.saturating_sub(rows + 3)))
    {
        pen.text(inside.x, inside.y, inside.width, line, Tone::Text);
        inside = Rect {
            y: inside.y + 1,
            height: inside.height - 1,
            ..inside
        };
    }
    if inside.height < 3 {
        return at(1, inside.width, None);
    }
    pen.text(inside.x, inside.y, 2, ">", Tone::Key);
    let caret = editor::field(
        &p.field,
        pen,
        inside.x + 2,
        inside.y,
        inside.width.saturating_sub(2),
    );
    let rows = inside.height.saturating_sub(3);
    for (dy, index) in p
        .shown
        .iter()
        .skip(p.list.top)
        .take(usize::from(rows))
        .enumerate()
    {
        let y = inside.y + 1 + dy as u16;
        pen.row(inside, y, p.list.top + dy == p.list.cursor);
        let item = &p.all[*index];
        let label = wrap::width(&item.label) as u16 + 3;
        let room = (wrap::width(&item.detail) as u16)
            .min(inside.width.saturating_sub(label.min(inside.width / 2)));
        pen.text(
            inside.x + 1,
            y,
            inside.width.saturating_sub(room + 3),
            &item.label,
            Tone::Text,
        );
        pen.right(inside.right() - 1, y, room, &item.detail, Tone::Dim);
    }
    pen.over = Default::default();
    if p.shown.is_empty() {
        pen.text(
            inside.x + 1,
            inside.y + 1,
            inside.width.saturating_sub(2),
            words::common::nothing_found(model.lang),
            Tone::Dim,
        );
    }
    pen.text(
        inside.x,
        inside.bottom() - 1,
        inside.width.saturating_sub(10),
        words::shell::pick_keys(model.lang),
        Tone::Dim,
    );
    let more = if p.list.top + usize::from(rows) < p.shown.len() {
        " ↓"
    } else {
        ""
    };
    let place = format!(
        "{}/{}{more}",
        (p.list.cursor + 1).min(p.shown.len()),
        p.shown.len()
    );
    pen.right(inside.right(), inside.bottom() - 1, 9, &place, Tone::Dim);
    at(rows, inside.width, caret)
}

fn prompt(model: &Model, pen: &mut Pen, area: Rect, p: &Prompt) -> Drawn {
    let inside = pen.frame(centre(area, 72, 7), &p.title);
    let caret = editor::field(&p.field, pen, inside.x, inside.y + 1, inside.width);
    let (text, tone) = match &p.error {
        Some(error) => (error.as_str(), Tone::Bad),
        None => (p.hint.as_str(), Tone::Dim),
    };
    pen.text(inside.x, inside.y + 2, inside.width, text, tone);
    pen.text(
        inside.x,
        inside.bottom().saturating_sub(1),
        inside.width,
        words::shell::prompt_keys(model.lang),
        Tone::Dim,
    );
    at(1, inside.width, caret)
}

fn compose(model: &Model, pen: &mut Pen, area: Rect, c: &Compose) -> Drawn {
    let t = model.t();
    let width = if area.width <= 84 {
        area.width
    } else {
        area.width.saturating_sub(4).min(92)
    };
    let columns = usize::from(width.saturating_sub(5)).max(2);
    // As tall as the text needs, so that the account stays in sight behind a short note.
    let text: usize = c
        .editor
        .lines()
        .map(|l| wrap::rows(&l.text, columns).len())
        .sum();
    let tall = (text + 7).clamp(11, 24) as u16;
    let inside = pen.frame(
        centre(area, width, tall.min(area.height.saturating_sub(2))),
        &match &c.talk {
            Some(talk) => {
                let at = talk
                    .at
                    .map(|at| {
                        model
                            .now
                            .zone
                            .local(at)
                            .format(" · %m/%d %H:%M")
                            .to_string()
                    })
                    .unwrap_or_default();
                let with = if talk.with.is_empty() {
                    String::new()
                } else {
                    format!(" · {}", talk.with)
                };
                format!(
                    "{} · {}{with}{at}",
                    words::compose::note_for(t, &c.name),
                    talk.kind.words(t)
                )
            }
            None => words::compose::note_for(t, &c.name),
        },
    );
    let hints = wrap::lines(words::compose::note_keys(t), usize::from(inside.width));
    let below = (hints.len() as u16).min(inside.height.saturating_sub(1));
    let pad = Rect {
        height: inside.height.saturating_sub(below),
        ..inside
    };
    let caret = editor::draw(&c.editor, pen, pad, None);
    for (dy, line) in hints.iter().take(usize::from(below)).enumerate() {
        pen.text(
            inside.x,
            pad.bottom() + dy as u16,
            inside.width,
            line,
            Tone::Dim,
        );
    }
    at(pad.height, inside.width.saturating_sub(1), caret)
}

fn form(model: &Model, pen: &mut Pen, area: Rect, f: &Form) -> Drawn {
    let t = model.t();
    let head = f.head.len() as u16 + u16::from(!f.head.is_empty()) * 2;
    let tall = f.fields.len() as u16 + head;
    let inside = pen.frame(centre(area, 92, (tall + 5).min(area.height)), &f.title);
    let mut top = inside.y;
    if !f.head.is_empty() && inside.height > head + 6 {
        pen.heading(
            inside.x,
            top,
            inside.width,
            words::actions::promises_title(t),
        );
        for (i, line) in f.head.iter().enumerate() {
            pen.text(
                inside.x,
                top + 1 + i as u16,
                inside.width,
                line,
                if line.starts_with('▲') {
                    Tone::Bad
                } else {
                    Tone::Text
                },
            );
        }
        pen.rule(inside.x, top + head - 1, inside.width);
        top += head;
    }
    let rows = usize::from(inside.bottom().saturating_sub(top + 2)).max(1);
    let first = (f.cursor + 1).saturating_sub(rows);
    let labels = f
        .fields
        .iter()
        .map(|x| wrap::width(&x.label))
        .max()
        .unwrap_or(8)
        .min(24) as u16;
    let x = inside.x + labels + 3;
    let width = inside.right().saturating_sub(x);
    let mut caret = None;
    for (i, field) in f.fields.iter().enumerate().skip(first).take(rows) {
        let y = top + (i - first) as u16;
        let here = i == f.cursor;
        pen.text(inside.x, y, 1, if here { ">" } else { " " }, Tone::Key);
        let label = match field.mark {
            Some(mark) => format!(
                "{} {}",
                if pen.theme.ascii {
                    editor::ascii_glyph(mark)
                } else {
                    editor::glyph(mark)
                },
                field.label
            ),
            None => field.label.clone(),
        };
        let tone = match field.mark {
            _ if field.dropped => Tone::Dim,
            Some(mark) => editor::tone(mark),
            None if here => Tone::Accent,
            None => Tone::Dim,
        };
        pen.text(inside.x + 1, y, labels + 1, &label, tone);
        match &field.input {
            Input::Text(e) if field.dropped => {
                pen.text(x, y, width, &format!("✗ {}", e.text()), Tone::Dim);
            }
            Input::Text(e) => {
                let found = editor::field(e, pen, x, y, width);
                if here {
                    caret = found;
                }
            }
            Input::Choice { options, at } => {
                let shown = options.get(*at).map_or("", String::as_str);
                let text = if here {
                    format!("◂ {shown} ▸")
                } else {
                    shown.to_owned()
                };
                pen.text(
                    x,
                    y,
                    width,
                    &text,
                    if here { Tone::Title } else { Tone::Text },
                );
            }
            Input::Many { options, on, at } => {
                let mut at_x = x;
                for (n, option) in options.iter().enumerate() {
                    let text = format!("{}{option} ", if on[n] { "[x]" } else { "[ ]" });
                    at_x = pen.text(
                        at_x,
                        y,
                        inside.right().saturating_sub(at_x),
                        &text,
                        if here && n == *at {
                            Tone::Title
                        } else {
                            Tone::Text
                        },
                    ) + 1;
                }
            }
            Input::Flag(on) => {
                let text = if *on { "[x]" } else { "[ ]" };
                pen.text(
                    x,
                    y,
                    width,
                    text,
                    if here { Tone::Title } else { Tone::Text },
                );
            }
        }
    }
    let hint = match &f.error {
        _ if f.leaving => (words::shell::form_leaving(t), Tone::Caution),
        Some((_, why)) => (why.as_str(), Tone::Bad),
        None => (
            f.fields.get(f.cursor).map_or("", |x| x.hint.as_str()),
            Tone::Dim,
        ),
    };
    pen.text(
        inside.x,
        inside.bottom().saturating_sub(2),
        inside.width,
        hint.0,
        hint.1,
    );
    pen.text(
        inside.x,
        inside.bottom().saturating_sub(1),
        inside.width,
        if f.purpose == crate::app::form::FormFor::WrapUp {
            words::call::wrap_up_keys(t)
        } else {
            words::shell::form_keys(t)
        },
        Tone::Dim,
    );
    at(1, width, caret)
}

fn notice(
    pen: &mut Pen,
    area: Rect,
    title: &str,
    lines: &[String],
    scroll: usize,
    keys: &str,
) -> Drawn {
    let width = area.width.saturating_sub(6).min(84);
    let text: Vec<String> = lines
        .iter()
        .flat_map(|l| wrap::hanging(l, usize::from(width.saturating_sub(4))))
        .collect();
    let inside = pen.frame(
        centre(
            area,
            width,
            (text.len() as u16)
                .saturating_add(4)
                .min(area.height.saturating_sub(2)),
        ),
        title,
    );
    let rows = usize::from(inside.height.saturating_sub(1));
    let most = text.len().saturating_sub(rows);
    for (dy, line) in text.iter().skip(scroll.min(most)).take(rows).enumerate() {
        pen.text(
            inside.x,
            inside.y + dy as u16,
            inside.width,
            line,
            Tone::Text,
        );
    }
    let below = inside.bottom().saturating_sub(1);
    pen.text(inside.x, below, inside.width, keys, Tone::Dim);
    if most > 0 {
        pen.right(
            inside.right(),
            below,
            16,
            &format!("j/k {}/{}", scroll.min(most) + rows, text.len()),
            Tone::Dim,
        );
    }
    let drawn = at(inside.height.saturating_sub(1), inside.width, None);
    Drawn {
        geometry: Geometry {
            most,
            ..drawn.geometry
        },
        ..drawn
    }
}

/// The time left over the sections to come: as it is, and as it would be.
fn replan(
    model: &Model,
    pen: &mut Pen,
    area: Rect,
    plan: &crate::domain::checkin::pacing::Plan,
) -> Drawn {
    let t = model.t();
    let clock = super::screens::clock;
    let seconds = |s: u32| clock(chrono::Duration::seconds(i64::from(s)));
    let short = plan.short > chrono::Duration::zero();
    let title = words::call::replan_title(t, clock(plan.left));
    let inside = pen.frame(
        centre(area, 70, plan.targets.len() as u16 + 4 + u16::from(short)),
        &title,
    );
    let mut y = inside.y;
    let sections = model
        .live
        .as_ref()
        .map(|l| &l.checkin.sections[..])
        .unwrap_or_default();
    for (i, now, then) in plan
        .targets
        .iter()
        .take(usize::from(inside.height.saturating_sub(2)))
    {
        let name = sections.get(*i).map_or("", |s| model.lang.pick(&s.name));
        pen.text(
            inside.x,
            y,
            inside.width.saturating_sub(20),
            name,
            Tone::Text,
        );
        let tone = match then.cmp(now) {
            std::cmp::Ordering::Less => Tone::Caution,
            std::cmp::Ordering::Greater => Tone::Good,
            std::cmp::Ordering::Equal => Tone::Dim,
        };
        pen.right(
            inside.right(),
            y,
            18,
            &format!("{} → {}", seconds(*now), seconds(*then)),
            tone,
        );
        y += 1;
    }
    if short {
        pen.text(
            inside.x,
            y,
            inside.width,
            &words::call::replan_short(t, clock(plan.short)),
            Tone::Bad,
        );
    }
    pen.text(
        inside.x,
        inside.bottom().saturating_sub(1),
        inside.width,
        words::call::replan_keys(t),
        Tone::Dim,
    );
    at(1, inside.width, None)
}

fn at_hand(
    model: &Model,
    pen: &mut Pen,
    area: Rect,
    blocks: &[crate::services::brief::Block],
    scroll: usize,
) -> Drawn {
    let t = model.t();
    let name = model.live.as_ref().map_or("", |l| l.name.as_str());
    let inside = pen.frame(
        centre(area, 100, area.height.saturating_sub(2)),
        &words::call::at_hand_title(t, name),
    );
    let width = usize::from(inside.width.saturating_sub(3)).max(8);
    let mut lines: Vec<(String, Tone)> = Vec::new();
    for block in blocks {
        lines.push((block.title.to_owned(), Tone::Title));
        for item in &block.items {
            let tone = if item.starts_with('▲') {
                Tone::Bad
            } else {
                Tone::Text
            };
            lines.extend(
                wrap::phrases(item, width)
                    .into_iter()
                    .map(|l| (format!("  {l}"), tone)),
            );
        }
    }
    if let Some(row) = model
        .live
        .as_ref()
        .and_then(|l| model.book.get(&l.checkin.account))
    {
        let spark: String = row
            .standing
            .spark
            .iter()
            .map(|l| {
                if *l == crate::domain::standing::GAP {
                    " "
                } else {
                    pen.theme.spark(*l)
                }
            })
            .collect();
        lines.push((
            format!("{}  {spark}", words::account::usage(t)),
            Tone::Chart,
        ));
    }
    let rows = usize::from(inside.height.saturating_sub(1));
    let most = lines.len().saturating_sub(rows);
    for (dy, (text, tone)) in lines.iter().skip(scroll.min(most)).take(rows).enumerate() {
        pen.text(inside.x, inside.y + dy as u16, inside.width, text, *tone);
    }
    pen.text(
        inside.x,
        inside.bottom().saturating_sub(1),
        inside.width,
        words::call::at_hand_keys(t),
        Tone::Dim,
    );
    let drawn = at(inside.height.saturating_sub(1), inside.width, None);
    Drawn {
        geometry: Geometry {
            most,
            ..drawn.geometry
        },
        ..drawn
    }
}

fn resume(model: &Model, pen: &mut Pen, area: Rect, id: &crate::domain::ids::RecordId) -> Drawn {
    let t = model.t();
    let lines = model
        .book
        .checkins
        .get(id)
        .map(|c| {
            let local = model.now.zone.local(c.started().unwrap_or(c.created));
            let when = format!(
                "{} {}",
                words::dates::day(t, local.date(), model.now.today()),
                local.format("%H:%M")
            );
            vec![words::call::resume_text(
                t,
                model.book.name(&c.account),
                &when,
            )]
        })
        .unwrap_or_default();
    notice(
        pen,
        area,
        words::call::resume_title(t),
        &lines,
        0,
        words::call::resume_keys(t),
    )
}

fn review(model: &Model, pen: &mut Pen, area: Rect, r: &Review) -> Drawn {
    let t = model.t();
    let inside = pen.frame(
        centre(
            area,
            area.width.saturating_sub(4).min(100),
            area.height.saturating_sub(2),
        ),
        words::importing::title(t),
    );
    let mut y = inside.y;
    let end = inside.bottom().saturating_sub(1);
    let mut put = |pen: &mut Pen, text: &str, tone: Tone| {
        if y < end {
            pen.text(inside.x, y, inside.width, text, tone);
        }
        y += 1;
    };
    if let Some(why) = &r.error {
        for line in wrap::lines(
            &words::importing::import_failed(t, why),
            usize::from(inside.width),
        ) {
            put(pen, &line, Tone::Bad);
        }
    }
    let Some(plan) = &r.planned else {
        if r.error.is_none() {
            put(pen, &words::importing::planning(t, r.rows), Tone::Dim);
        }
        pen.text(
            inside.x,
            inside.bottom() - 1,
            inside.width,
            words::importing::leave(t),
            Tone::Dim,
        );
        return at(1, inside.width, None);
    };
    if r.writing {
        put(
            pen,
            &format!(
                "{} {}",
                words::importing::writing(t),
                words::importing::rows_n(t, r.rows)
            ),
            Tone::Accent,
        );
    }
    if plan.sheets.len() > 1 {
        let chosen = r
            .sheet
            .as_ref()
            .or(plan.sheets.first())
            .map_or("", String::as_str);
        put(
            pen,
            &words::importing::sheet(t, chosen, plan.sheets.join(words::common::list_comma(t))),
            Tone::Accent,
        );
    }
    for (file, what) in &plan.files {
        for (i, line) in wrap::lines(&format!("{file}: {what}"), usize::from(inside.width))
            .iter()
            .take(3)
            .enumerate()
        {
            put(pen, line, if i == 0 { Tone::Text } else { Tone::Dim });
        }
    }
    put(pen, "", Tone::Text);
    let column = |word: &str| {
        format!(
            "{}{word}",
            " ".repeat(10_usize.saturating_sub(wrap::width(word)))
        )
    };
    let head: String = [
        words::importing::new(t),
        words::importing::changed(t),
        words::importing::unchanged(t),
        words::importing::rejected(t),
        words::importing::flagged(t),
    ]
    .iter()
    .map(|w| column(w))
    .collect();
    let head = format!("{}{head}", " ".repeat(16));
    put(pen, &head, Tone::Dim);
    for (kind, n) in &plan.kinds {
        let pad = " ".repeat(16_usize.saturating_sub(wrap::width(kind)));
        put(
            pen,
            &format!(
                "{kind}{pad}{:>10}{:>10}{:>10}{:>10}{:>10}",
                n[0], n[1], n[2], n[3], n[4]
            ),
            if n[3] > 0 { Tone::Caution } else { Tone::Text },
        );
    }
    if plan.empty {
        put(pen, words::importing::empty(t), Tone::Good);
    }
    for sample in plan.samples.iter().take(4) {
        put(pen, &format!("  + {sample}"), Tone::Good);
    }
    for reject in plan.rejects.iter().take(5) {
        put(pen, &format!("  ✗ {reject}"), Tone::Caution);
    }
    let mut rows = 1;
    if !plan.unknown.is_empty() {
        put(pen, "", Tone::Text);
        put(pen, words::importing::unknown(t), Tone::Title);
        rows = end.saturating_sub(y).max(1);
        for (i, (text, n, near)) in plan
            .unknown
            .iter()
            .enumerate()
            .skip(r.list.top)
            .take(usize::from(rows))
        {
            pen.row(inside, y, i == r.list.cursor);
            let near = if near.is_empty() {
                String::new()
            } else {
                format!("  {}: {}", words::shell::nearest(t), near.join(", "))
            };
            pen.pieces(
                inside.x + 1,
                y,
                inside.width.saturating_sub(2),
                &[
                    (text, Tone::Text),
                    (&format!("  {}", words::importing::rows_n(t, n)), Tone::Dim),
                    (&near, Tone::Accent),
                ],
            );
            y += 1;
        }
        pen.over = Default::default();
    }
    pen.text(
        inside.x,
        inside.bottom() - 1,
        inside.width,
        words::importing::keys(t),
        Tone::Dim,
    );
    at(rows, inside.width, None)
}
