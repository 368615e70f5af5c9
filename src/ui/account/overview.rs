//! The overview: the account's fields, and its score with what explains it.

use ratatui::layout::Rect;

use super::{deals, history};
use crate::app::account::beside::Line;
use crate::app::account::state::Pane;
use crate::app::model::Model;
use crate::domain::account::{Goal, GoalStatus};
use crate::domain::account_field::AccountField;
use crate::domain::dossier::Dossier;
use crate::domain::dossier::going_on::contracts_on;
use crate::domain::standing::{Row, Standing};
use crate::ui::kit::layout;
use crate::ui::kit::preview;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

/// From this width the score stands beside the fields instead of below them.
const WIDE: u16 = 84;

/// Draws the tab and returns how many fields are in sight.
pub fn draw(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) -> u16 {
    if area.width >= WIDE {
        side_by_side(model, state, d, pen, area)
    } else {
        one_below_the_other(model, state, d, pen, area)
    }
}

fn side_by_side(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) -> u16 {
    let left = Rect {
        width: area.width / 2,
        ..area
    };
    fields(model, state, d, pen, left);
    let right = Rect {
        x: left.right() + 1,
        width: area.width - left.width - 2,
        ..area
    };
    pen.wall(left.right(), area.y, area.height);
    if let Some(row) = model.book.get(&state.id) {
        explained(model, state, d, row, pen, right);
    }
    area.height
}

/// The score needs seven lines and its history more: the fields get what is left, and scroll.
fn one_below_the_other(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) -> u16 {
    let mut height = area.height.saturating_sub(9).max(4).min(area.height);
    let hidden = (AccountField::ALL.len() + state.beside.len())
        .saturating_sub(state.list().top + usize::from(height));
    if hidden > 0 && height > 4 {
        let words = format!("↓ {}", words::account::more_below(model.lang, hidden + 1));
        let y = area.y + height - 1;
        pen.text(area.x + 1, y, area.width - 2, &words, Tone::Dim);
        height -= 1;
    }
    fields(model, state, d, pen, Rect { height, ..area });
    if let Some(row) = model.book.get(&state.id) {
        let y = area.y + height + u16::from(hidden > 0);
        pen.rule(area.x, y, area.width);
        let below = layout::from(layout::inset(area), y + 1, u16::MAX);
        preview::score_in_brief(model, row, pen, below);
    }
    height
}

/// The fields of the account, a line each.
fn fields(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) {
    let standing = model.book.get(&state.id).map(|r| &r.standing);
    let list = state.list();
    let room = area.width.saturating_sub(19);
    let len = AccountField::ALL.len() + state.beside.len();
    for i in (list.top..len).take(usize::from(area.height)) {
        let y = area.y + (i - list.top) as u16;
        pen.row(area, y, i == list.cursor);
        match AccountField::ALL.get(i) {
            Some(field) => {
                pen.text(area.x + 1, y, 16, field.words(model.lang), Tone::Dim);
                let (text, tone) = value(model.lang, *field, d, standing);
                pen.text(area.x + 18, y, room, &text, tone);
            }
            None => beside(
                model,
                d,
                &state.beside[i - AccountField::ALL.len()],
                pen,
                area,
                y,
            ),
        }
    }
    pen.chosen = false;
}

/// A line below the fields: another name, or a column of a file.
fn beside(model: &Model, d: &Dossier, line: &Line, pen: &mut Pen, area: Rect, y: u16) {
    let (lang, today) = (model.lang, model.now.today());
    let labelled = |pen: &mut Pen, label: &str, value: &str| {
        pen.text(area.x + 1, y, 16, label, Tone::Dim);
        let room = area.width.saturating_sub(19);
        pen.text(area.x + 18, y, room, value, Tone::Text);
    };
    let below = |pen: &mut Pen, text: &str| {
        let room = area.width.saturating_sub(3);
        pen.text(area.x + 3, y, room, text, Tone::Dim);
    };
    match line {
        Line::Contract(at) => {
            let s = &d.subscriptions[*at];
            let name = match s.plan.is_empty() {
                true => s.id.as_str(),
                false => &s.plan,
            };
            let value = s.arr_on(today).or(s.arr).map(|m| m.short());
            let parts = [value.as_deref(), Some(name)];
            let text: Vec<&str> = parts.into_iter().flatten().collect();
            labelled(pen, words::contracts::contract(lang), &text.join(" · "));
        }
        Line::Ends(at) => {
            let (s, now) = (&d.subscriptions[*at], &contracts_on(d, today)[*at]);
            below(pen, &words::contracts::ends_now(s, now, today, lang));
        }
        Line::Change(at, change) => {
            let s = &d.subscriptions[*at];
            let change = &s.earlier[*change];
            let parts = [
                words::contracts::change_of(s, change, lang),
                change.why.clone(),
            ];
            let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
            below(pen, &parts.join(" · "));
        }
        Line::Step(at) => {
            let step = &d.steps[*at];
            let taken = words::outcomes::step_kept(lang, step.kind.words(lang), step.on);
            let parts = [taken, step.said_by.clone(), step.words.clone()];
            let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
            below(pen, &parts.join(" · "));
        }
        Line::Alias(name) => labelled(pen, words::lifecycle::aliases(lang), name),
        Line::Attribute { header, value } => labelled(pen, header, value),
        Line::Header(header) => {
            let room = area.width.saturating_sub(2);
            pen.text(area.x + 1, y, room, header, Tone::Dim);
        }
        Line::Text(text) => {
            let room = area.width.saturating_sub(3);
            pen.text(area.x + 3, y, room, text, Tone::Text);
        }
    }
}

/// What a field holds. A value that is not stated but follows from other data stands in brackets.
fn value(
    lang: Lang,
    field: AccountField,
    d: &Dossier,
    standing: Option<&Standing>,
) -> (String, Tone) {
    let stated = field.typed(&d.account);
    if field == AccountField::Escalated {
        return if d.account.escalated {
            (words::common::yes(lang).to_owned(), Tone::Bad)
        } else {
            (words::common::no(lang).to_owned(), Tone::Text)
        };
    }
    let Some(s) = standing else {
        return (stated, Tone::Text);
    };
    if !stated.is_empty() {
        return match field {
            AccountField::Tier => (s.tier.words(lang).to_owned(), Tone::Text),
            AccountField::Stage => (s.stage.words(lang).to_owned(), Tone::Text),
            AccountField::People => (words::account::people(lang, &d.account.people), Tone::Text),
            // The contracts are the truth of what is paid; what the field says stands beside it.
            AccountField::Arr if !s.value.is_empty() && d.account.arr != s.arr => (
                words::account::by_contracts(lang, s.value.short(), stated),
                Tone::Caution,
            ),
            AccountField::Renewal if s.renewal.is_some_and(|on| Some(on) != d.account.renewal) => {
                let on = s.renewal.map(|on| on.to_string()).unwrap_or_default();
                (
                    words::account::by_contracts(lang, on, stated),
                    Tone::Caution,
                )
            }
            _ => (stated, Tone::Text),
        };
    }
    let derived = match field {
        AccountField::Tier => Some(s.tier.words(lang).to_owned()),
        AccountField::Stage => Some(s.stage.words(lang).to_owned()),
        AccountField::Arr => s.arr.map(|m| m.exact()),
        AccountField::Renewal => s.renewal.map(|date| date.to_string()),
        AccountField::Seats => s.seats.map(|n| n.to_string()),
        _ => None,
    };
    let words = derived.map(|v| format!("({v})")).unwrap_or_default();
    (words, Tone::Dim)
}

/// The score, how it went, the signals and the goals, as far as there is room.
fn explained(model: &Model, state: &Pane, d: &Dossier, row: &Row, pen: &mut Pen, area: Rect) {
    let mut y = area.y;
    preview::score(model, row, pen, area, &mut y);
    if y + 2 < area.bottom() {
        let lines = Rect {
            y: y + 1,
            height: 2,
            ..area
        };
        history::draw(model, d, pen, lines);
        y += 3;
    }
    for signal in &state.signals {
        if y + 1 >= area.bottom() {
            break;
        }
        y += 1;
        let (tone, words) = preview::signal_line(model, signal);
        let pieces = [
            (pen.theme.signal(signal), tone),
            (" ", Tone::Dim),
            (&words, Tone::Text),
        ];
        pen.pieces(area.x, y, area.width, &pieces);
    }
    for goal in &d.account.goals {
        if y + 1 >= area.bottom() {
            break;
        }
        y += 1;
        let (words, tone) = goal_line(goal);
        pen.text(area.x, y, area.width, &words, tone);
    }
    deals::draw(model.lang, d, pen, layout::from(area, y + 1, u16::MAX));
}

fn goal_line(goal: &Goal) -> (String, Tone) {
    let due = goal.due.map(|d| format!(" · {d}")).unwrap_or_default();
    let tone = match goal.status {
        GoalStatus::Reached => Tone::Good,
        GoalStatus::Slipped => Tone::Bad,
        GoalStatus::Open => Tone::Text,
    };
    (format!("◎ {}{due}", goal.text), tone)
}
