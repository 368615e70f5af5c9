//! One account, tab by tab.

mod cadence;
mod tickets;
mod usage;

use ratatui::layout::Rect;

use crate::app::account::entries::text_of;
use crate::app::account::state::{Pane, Tab};
use crate::app::kit::geometry::Geometry;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::account_field::AccountField;
use crate::domain::contact::Status;
use crate::domain::dossier::Dossier;
use crate::domain::timeline;
use crate::ui::actions;
use crate::ui::drawn::Drawn;
use crate::ui::kit::columns::renewal;
use crate::ui::kit::preview;
use crate::ui::pen::Pen;
use crate::ui::theme::{Theme, Tone};
use crate::words;
use crate::words::numbers::signed;

pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let lang = model.lang;
    let Some(state) = &model.account else {
        return Drawn::default();
    };
    header(model, state, pen, area);
    tabs(model, state, pen, area, area.y + 1);
    let body = Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(2),
        ..area
    };
    let Some(d) = &state.dossier else {
        pen.text(
            body.x + 2,
            body.y + 1,
            body.width,
            words::account::loading(lang),
            Tone::Dim,
        );
        return Drawn {
            geometry: Geometry::of(body.height, area.width),
            caret: None,
        };
    };
    let rows = match state.tab {
        Tab::Overview => overview(model, state, d, pen, body),
        Tab::Signals => signals(model, state, pen, body),
        Tab::Usage => usage::draw(model, state, d, pen, body),
        Tab::Tickets => tickets::draw(model, state, d, pen, body),
        Tab::Timeline => timeline(model, state, d, pen, body),
        Tab::Cadence => cadence::draw(model, state, d, pen, body),
        Tab::People => people(model, state, d, pen, body),
        Tab::Actions => action_list(model, state, d, pen, body),
        Tab::Notes => notes(model, state, d, pen, body),
    };
    pen.over = Default::default();
    Drawn {
        geometry: Geometry::of(rows, area.width),
        caret: None,
    }
}

fn header(model: &Model, state: &Pane, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let Some(row) = model.book.get(&state.id) else {
        return;
    };
    let s = &row.standing;
    let band = Theme::band(s.health.band);
    let score = format!(
        "{} {} {}",
        pen.theme.glyph(s.health.band),
        s.health.score.map_or("--".into(), |n| n.to_string()),
        s.health.band.words(lang)
    );
    let trend = s
        .trend
        .d30
        .map(|n| format!(" {}", signed(i64::from(n))))
        .unwrap_or_default();
    let mut x = pen.text(
        area.x + 1,
        area.y,
        area.width.saturating_sub(30),
        &row.account.name,
        Tone::Title,
    ) + 2;
    x = pen.pieces(
        x,
        area.y,
        area.right().saturating_sub(x),
        &[
            (&score, band),
            (&trend, Tone::Dim),
            ("  ", Tone::Dim),
            (s.tier.words(lang), Tone::Dim),
            (" · ", Tone::Dim),
            (s.stage.words(lang), Tone::Dim),
        ],
    );
    let (renews, tone) = s
        .renewal
        .map(|d| renewal(lang, d, model.now.today()))
        .unwrap_or((String::new(), Tone::Dim));
    let money = s.arr.map(|m| m.short()).unwrap_or_default();
    let right = format!("{money}  {renews}");
    let room = area.right().saturating_sub(x + 2);
    if wrap::width(&right) <= usize::from(room) {
        pen.right(area.right() - 1, area.y, room, &right, tone);
    }
}

fn tabs(model: &Model, state: &Pane, pen: &mut Pen, area: Rect, y: u16) {
    pen.rule(area.x, y, area.width);
    let width = |tab: &Tab| wrap::width(tab.words(model.lang)) + 2;
    let room = usize::from(area.width.saturating_sub(3));
    // Where not all have room, the first give way to the one that is open.
    let open = state.tab.index();
    let first = (0..=open)
        .find(|from| Tab::ALL[*from..=open].iter().map(width).sum::<usize>() <= room)
        .unwrap_or(open);
    let mut x = area.x + 1;
    if first > 0 {
        x = pen.text(x, y, 1, "…", Tone::Dim);
    }
    for tab in &Tab::ALL[first..] {
        let here = *tab == state.tab;
        let name = tab.words(model.lang);
        let text = if here {
            format!("[{name}]")
        } else {
            format!(" {name} ")
        };
        x = pen.text(
            x,
            y,
            area.right().saturating_sub(x),
            &text,
            if here { Tone::Accent } else { Tone::Dim },
        );
    }
}

fn overview(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) -> u16 {
    let lang = model.lang;
    let two = area.width >= 84;
    let left = Rect {
        width: if two { area.width / 2 } else { area.width },
        ..area
    };
    let list = state.list();
    // Below each other, the score's seven lines and its history come first: fields scroll.
    let height = if two {
        area.height
    } else {
        area.height.saturating_sub(9).max(4).min(area.height)
    };
    let hidden = AccountField::ALL
        .len()
        .saturating_sub(list.top + usize::from(height));
    let height = if !two && hidden > 0 && height > 4 {
        pen.text(
            left.x + 1,
            area.y + height - 1,
            left.width - 2,
            &format!("↓ {}", words::account::more_below(lang, hidden + 1)),
            Tone::Dim,
        );
        height - 1
    } else {
        height
    };
    for (dy, key) in AccountField::ALL
        .iter()
        .enumerate()
        .skip(list.top)
        .take(usize::from(height))
    {
        let y = area.y + (dy - list.top) as u16;
        pen.row(left, y, dy == list.cursor);
        pen.text(left.x + 1, y, 16, key.words(lang), Tone::Dim);
        let standing = model.book.get(&state.id).map(|r| &r.standing);
        let stated = key.typed(&d.account);
        // What is not stated but follows from other data is shown as such.
        let (text, tone) = match (key, stated.is_empty(), standing) {
            (AccountField::Tier, false, Some(s)) => (s.tier.words(lang).to_owned(), Tone::Text),
            (AccountField::Stage, false, Some(s)) => (s.stage.words(lang).to_owned(), Tone::Text),
            (AccountField::Tier, true, Some(s)) => (format!("({})", s.tier.words(lang)), Tone::Dim),
            (AccountField::Stage, true, Some(s)) => {
                (format!("({})", s.stage.words(lang)), Tone::Dim)
            }
            (AccountField::Arr, true, Some(s)) => (
                s.arr
                    .map(|m| format!("({})", m.exact()))
                    .unwrap_or_default(),
                Tone::Dim,
            ),
            (AccountField::Renewal, true, Some(s)) => (
                s.renewal.map(|d| format!("({d})")).unwrap_or_default(),
                Tone::Dim,
            ),
            (AccountField::Seats, true, Some(s)) => (
                s.seats.map(|n| format!("({n})")).unwrap_or_default(),
                Tone::Dim,
            ),
            (AccountField::Escalated, ..) => (
                (if d.account.escalated {
                    words::common::yes(lang)
                } else {
                    words::common::no(lang)
                })
                .to_owned(),
                if d.account.escalated {
                    Tone::Bad
                } else {
                    Tone::Text
                },
            ),
            _ => (stated, Tone::Text),
        };
        pen.text(left.x + 18, y, left.width.saturating_sub(19), &text, tone);
    }
    pen.over = Default::default();
    let right = if two {
        Rect {
            x: left.right() + 1,
            width: area.width - left.width - 2,
            ..area
        }
    } else {
        let top = area.y + height + u16::from(hidden > 0);
        Rect {
            y: top,
            height: area.bottom().saturating_sub(top),
            x: area.x + 1,
            width: area.width - 2,
        }
    };
    if two {
        pen.wall(left.right(), area.y, area.height);
    }
    if let Some(row) = model.book.get(&state.id) {
        let mut y = right.y;
        if two {
            preview::score(model, row, pen, right, &mut y);
        } else {
            pen.rule(area.x, right.y, area.width);
            preview::score_in_brief(
                model,
                row,
                pen,
                Rect {
                    y: right.y + 1,
                    height: right.height.saturating_sub(1),
                    ..right
                },
            );
            return height;
        }
        if y + 2 < right.bottom() {
            history(
                model,
                d,
                pen,
                Rect {
                    y: y + 1,
                    height: 2,
                    ..right
                },
            );
            y += 3;
        }
        for signal in &state.signals {
            if y + 1 >= right.bottom() {
                break;
            }
            let (tone, words) = preview::signal_line(model, signal);
            pen.pieces(
                right.x,
                y + 1,
                right.width,
                &[
                    (pen.theme.signal(signal), tone),
                    (" ", Tone::Dim),
                    (&words, Tone::Text),
                ],
            );
            y += 1;
        }
        for goal in &d.account.goals {
            if y + 1 >= right.bottom() {
                break;
            }
            let due = goal.due.map(|d| format!(" · {d}")).unwrap_or_default();
            let tone = match goal.status {
                crate::domain::account::GoalStatus::Reached => Tone::Good,
                crate::domain::account::GoalStatus::Slipped => Tone::Bad,
                crate::domain::account::GoalStatus::Open => Tone::Text,
            };
            pen.text(
                right.x,
                y + 1,
                right.width,
                &format!("◎ {}{due}", goal.text),
                tone,
            );
            y += 1;
        }
    }
    height
}

/// Eighteen weekly bars of the score.
fn history(model: &Model, d: &Dossier, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let today = model.now.today();
    let mut x = pen.text(
        area.x,
        area.y,
        area.width,
        words::account::history(lang),
        Tone::Dim,
    ) + 2;
    for week in (0..18).rev() {
        let entry = d
            .history
            .at(today - chrono::Duration::days(week * 7))
            .filter(|e| (today - chrono::Duration::days(week * 7) - e.date).num_days() < 8);
        let (glyph, tone) = entry
            .and_then(|e| {
                e.score
                    .map(|s| (pen.theme.spark((s / 13).min(7)), Theme::band(e.band)))
            })
            .unwrap_or((" ", Tone::Dim));
        x = pen.text(x, area.y, 1, glyph, tone);
    }
    // Where the rules changed, a step of the line may be theirs and not the customer's.
    if let Some(changed) = d
        .history
        .rule_changes()
        .last()
        .filter(|day| (today - **day).num_days() <= 18 * 7)
    {
        let words = format!(
            "  {}",
            words::account::rules_changed(lang, words::dates::day(lang, *changed, today))
        );
        pen.text(x, area.y, area.right().saturating_sub(x), &words, Tone::Key);
        let week = ((today - *changed).num_days() / 7).clamp(0, 17) as u16;
        pen.text(
            x - 1 - week,
            area.y + 1,
            1,
            if pen.theme.ascii { "^" } else { "△" },
            Tone::Key,
        );
    }
}

/// What the data says before the customer does; what it means and rests on opens with Enter.
fn signals(model: &Model, state: &Pane, pen: &mut Pen, area: Rect) -> u16 {
    let lang = model.lang;
    let gaps = model
        .book
        .get(&state.id)
        .and_then(|r| words::signals::gaps(lang, &r.standing.gaps));
    let unjudged = |pen: &mut Pen, y: u16| {
        if let Some(words) = &gaps {
            pen.wrapped(
                Rect {
                    x: area.x + 1,
                    y,
                    width: area.width - 2,
                    height: area.bottom().saturating_sub(y).min(2),
                },
                words,
                Tone::Unknown,
            );
        }
    };
    if state.signals.is_empty() {
        pen.text(
            area.x + 1,
            area.y + 1,
            area.width,
            words::signals::no_signals(lang),
            Tone::Dim,
        );
        unjudged(pen, area.y + 3);
        return area.height;
    }
    let list = state.list();
    // The chosen signal explains itself below the list.
    let detail = if area.height >= 14 { 6 } else { 0 };
    let body = Rect {
        height: area.height - detail,
        ..area
    };
    for (i, s) in state
        .signals
        .iter()
        .enumerate()
        .skip(list.top)
        .take(usize::from(body.height))
    {
        let y = body.y + (i - list.top) as u16;
        pen.row(body, y, i == list.cursor);
        pen.text(body.x + 1, y, 2, pen.theme.signal(s), Theme::signal_tone(s));
        pen.text(
            body.x + 4,
            y,
            7,
            s.severity.words(lang),
            Theme::signal_tone(s),
        );
        pen.text(body.x + 12, y, 11, &s.date.to_string(), Tone::Dim);
        let wide = if body.width >= 100 { 30 } else { 24 };
        pen.text(body.x + 24, y, wide - 1, s.kind.words(lang), Tone::Text);
        let evidence: Vec<String> = s
            .evidence
            .iter()
            .map(|e| words::signals::evidence(lang, e))
            .collect();
        pen.text(
            body.x + 24 + wide,
            y,
            body.width.saturating_sub(25 + wide),
            &evidence.join(words::common::list_comma(lang)),
            Tone::Dim,
        );
    }
    pen.over = Default::default();
    if let Some(s) = state.signals.get(list.cursor).filter(|_| detail > 0) {
        pen.rule(area.x, body.bottom(), area.width);
        let mut y = body.bottom() + 1;
        let room = |y: u16| Rect {
            x: area.x + 1,
            y,
            width: area.width - 2,
            height: area.bottom().saturating_sub(y),
        };
        y += pen.wrapped(room(y), s.kind.help(lang), Tone::Text);
        let evidence: Vec<String> = s
            .evidence
            .iter()
            .map(|e| words::signals::evidence(lang, e))
            .collect();
        y += pen.wrapped(
            room(y),
            &evidence.join(words::common::list_comma(lang)),
            Tone::Accent,
        );
        pen.wrapped(
            room(y),
            &format!(
                "{} · {}",
                words::signals::since_day(lang, s.date),
                words::signals::sure(lang, s.confidence)
            ),
            Tone::Dim,
        );
    }
    // What nobody knows stands under what is known, where there is room.
    let below = body.y + (state.signals.len().saturating_sub(list.top)) as u16 + 1;
    if below + 1 < body.bottom() {
        unjudged(pen, below);
    }
    body.height
}

fn timeline(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) -> u16 {
    let lang = model.lang;
    let shown = state.timeline_shown();
    if !state.filter.is_empty() {
        pen.right(
            area.right() - 1,
            area.y.saturating_sub(1),
            30,
            &format!(" /{} ", state.filter),
            Tone::Accent,
        );
    }
    if shown.is_empty() {
        pen.text(
            area.x + 2,
            area.y + 1,
            area.width,
            if state.filter.is_empty() {
                words::account::no_timeline(lang)
            } else {
                words::portfolio::nothing_matches(lang)
            },
            Tone::Dim,
        );
    }
    let list = state.list();
    for (i, e) in shown
        .iter()
        .enumerate()
        .skip(list.top)
        .take(usize::from(area.height))
    {
        let y = area.y + (i - list.top) as u16;
        pen.row(area, y, i == list.cursor);
        pen.text(area.x + 1, y, 11, &e.day.to_string(), Tone::Dim);
        pen.text(area.x + 13, y, 12, e.kind.words(lang), Tone::Accent);
        // An entry of the context log says what it is about.
        let topic = if e.kind == timeline::Kind::Note {
            d.notes[e.index].context.as_ref()
        } else {
            None
        };
        let topic = topic
            .map(|c| format!("[{}] ", c.topic.words(lang)))
            .unwrap_or_default();
        pen.text(
            area.x + 26,
            y,
            area.width.saturating_sub(27),
            &format!("{topic}{}", text_of(d, *e)),
            Tone::Text,
        );
    }
    area.height
}

fn people(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) -> u16 {
    let lang = model.lang;
    if d.contacts.is_empty() {
        pen.text(
            area.x + 2,
            area.y + 1,
            area.width,
            words::account::no_people(lang),
            Tone::Dim,
        );
    }
    let list = state.list();
    // The chosen person in full below the list.
    let detail = if area.height >= 12 && !d.contacts.is_empty() {
        4
    } else {
        0
    };
    let whole = area;
    let area = Rect {
        height: area.height - detail,
        ..area
    };
    for (i, c) in d
        .contacts
        .iter()
        .enumerate()
        .skip(list.top)
        .take(usize::from(area.height))
    {
        let y = area.y + (i - list.top) as u16;
        pen.row(area, y, i == list.cursor);
        let gone = c.status != Status::Active;
        let name = if c.reading.is_empty() {
            c.name.clone()
        } else {
            format!("{} ({})", c.name, c.reading)
        };
        let w = (area.width / 3).max(18);
        pen.text(
            area.x + 1,
            y,
            w - 1,
            &name,
            if gone { Tone::Dim } else { Tone::Text },
        );
        pen.text(
            area.x + 1 + w,
            y,
            16,
            c.role.map_or("", |r| r.words(lang)),
            Tone::Accent,
        );
        let mut x = area.x + 18 + w;
        if gone {
            let since = c
                .since
                .map(|d| format!(" {}", words::dates::day(lang, d, model.now.today())))
                .unwrap_or_default();
            x = pen.text(
                x,
                y,
                14,
                &format!("{}{since}", c.status.words(lang)),
                Tone::Bad,
            ) + 1;
        }
        pen.text(
            x,
            y,
            area.right().saturating_sub(x + 1),
            &[c.title.as_str(), c.email.as_str()]
                .iter()
                .filter(|s| !s.is_empty())
                .copied()
                .collect::<Vec<_>>()
                .join(" · "),
            Tone::Dim,
        );
    }
    pen.over = Default::default();
    if let Some(c) = d.contacts.get(list.cursor).filter(|_| detail > 0) {
        let y = area.bottom();
        pen.rule(whole.x, y, whole.width);
        pen.pieces(
            whole.x + 1,
            y + 1,
            whole.width - 2,
            &[
                (&c.name, Tone::Title),
                ("  ", Tone::Dim),
                (&c.reading, Tone::Dim),
                ("  ", Tone::Dim),
                (&c.title, Tone::Text),
            ],
        );
        let last = c
            .last_contacted
            .map(|d| {
                format!(
                    "{} {}",
                    words::account::last_touch(lang),
                    words::dates::day(lang, d, model.now.today())
                )
            })
            .unwrap_or_default();
        let channel = c.channel.map_or("", |ch| ch.words(lang));
        let parts: Vec<&str> = [
            c.email.as_str(),
            c.phone.as_str(),
            channel,
            c.status.words(lang),
            &last,
        ]
        .into_iter()
        .filter(|p| !p.is_empty())
        .collect();
        pen.text(
            whole.x + 1,
            y + 2,
            whole.width - 2,
            &parts.join(" · "),
            Tone::Text,
        );
    }
    area.height
}

fn action_list(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) -> u16 {
    if d.actions.is_empty() {
        pen.text(
            area.x + 2,
            area.y + 1,
            area.width,
            words::account::no_actions(model.lang),
            Tone::Dim,
        );
    }
    let list = state.list();
    for (i, a) in d
        .actions
        .iter()
        .enumerate()
        .skip(list.top)
        .take(usize::from(area.height))
    {
        let y = area.y + (i - list.top) as u16;
        pen.row(area, y, i == list.cursor);
        actions::line(
            model,
            pen,
            Rect {
                y,
                height: 1,
                ..area
            },
            a,
            None,
            true,
        );
    }
    area.height
}

fn notes(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) -> u16 {
    if d.notes.is_empty() {
        pen.text(
            area.x + 2,
            area.y + 1,
            area.width,
            words::account::no_notes(model.lang),
            Tone::Dim,
        );
        return area.height;
    }
    let list = state.list();
    let side = if area.width >= 84 {
        area.width / 2
    } else {
        area.width
    };
    let left = Rect {
        width: side,
        ..area
    };
    for (i, n) in d
        .notes
        .iter()
        .enumerate()
        .skip(list.top)
        .take(usize::from(area.height))
    {
        let y = area.y + (i - list.top) as u16;
        pen.row(left, y, i == list.cursor);
        let x = pen.text(
            left.x + 1,
            y,
            17,
            &model
                .now
                .zone
                .local(n.at)
                .format("%Y-%m-%d %H:%M")
                .to_string(),
            Tone::Dim,
        ) + 2;
        pen.text(
            x,
            y,
            left.right().saturating_sub(x + 1),
            n.title(),
            Tone::Text,
        );
    }
    pen.over = Default::default();
    if side < area.width
        && let Some(n) = d.notes.get(list.cursor)
    {
        pen.wall(side, area.y, area.height);
        pen.wrapped(
            Rect {
                x: side + 2,
                y: area.y,
                width: area.width - side - 3,
                height: area.height,
            },
            &n.text,
            Tone::Text,
        );
    }
    area.height
}
