//! Renewals: the figures of a quarter, then its terms.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::app::renewals::state::{Group, Line};
use crate::domain::dossier::terms::Status;
use crate::domain::facts::step::StepKind;
use crate::domain::money::Totals;
use crate::domain::renewals::Due;
use crate::domain::renewals::quarter::Quarter;
use crate::ui::drawn::{Drawn, at, scrolled};
use crate::ui::kit::columns::{date_width, headings};
use crate::ui::kit::room::{Column, share};
use crate::ui::kit::{layout, list};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::renewals as told;
use crate::words::{self, Lang};

/// Draws the title, the figures, and a line a term.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let lang = model.lang;
    let state = &model.renewals;
    let days = state.period.map(|(from, to)| format!("{from} – {to}"));
    let by = told::grouped(lang, state.grouping.words(lang));
    let marked = match state.marked.len() {
        0 => String::new(),
        count => told::marked(lang, count),
    };
    let starts = model.now.habits.year_starts;
    let year = told::year_from(lang, starts.month, starts.day);
    let title = [
        (told::title(lang), Tone::Title),
        ("  ", Tone::Dim),
        (days.as_deref().unwrap_or_default(), Tone::Text),
        ("  ", Tone::Dim),
        (&by, Tone::Dim),
        ("  ", Tone::Dim),
        (&year, Tone::Dim),
        ("  ", Tone::Dim),
        (&marked, Tone::Accent),
    ];
    pen.pieces(area.x + 1, area.y, area.width.saturating_sub(2), &title);
    let body = layout::below(area, 1);
    let Some(quarter) = &state.quarter else {
        let words = match model.ready {
            true => words::common::still_loading(lang),
            false => words::common::opening(lang),
        };
        let room = body.width.saturating_sub(4);
        pen.text(body.x + 2, body.y + 1, room, words, Tone::Dim);
        return at(body.height, area.width, None);
    };
    if state.definitions {
        let most = defined(model, quarter, pen, body);
        return scrolled(body.height, area.width, most);
    }
    // At least half of the screen is for the terms.
    let half = Rect {
        height: body.height / 2,
        ..body
    };
    let used = figures(model, quarter, pen, half);
    let top = layout::line(area, body.y + used);
    let heads = heads(model, top);
    let heads: Vec<(u16, &str)> = heads.iter().map(|(x, word)| (*x, *word)).collect();
    headings(pen, top, &heads);
    let rows = layout::below(body, used + 1);
    if state.lines.is_empty() {
        let room = rows.width.saturating_sub(4);
        pen.text(rows.x + 2, rows.y + 1, room, told::nothing(lang), Tone::Dim);
    }
    list::draw(
        pen,
        rows,
        &state.list,
        &state.lines,
        |pen, area, line| match line {
            Line::Group(group, count, due) => group_line(model, pen, area, group, (*count, due)),
            Line::Term(place) => row(model, pen, area, &quarter.rows[*place]),
        },
    );
    at(rows.height, area.width, None)
}

/// The lines of the figures: a name where a figure begins, and a text.
fn figure_lines(
    model: &Model,
    quarter: &Quarter,
    width: u16,
) -> (u16, Vec<(&'static str, String, Tone)>) {
    let figures = told::figures(model.lang, quarter);
    let name = figures
        .iter()
        .map(|f| wrap::width(f.name) as u16)
        .max()
        .unwrap_or_default();
    let room = usize::from(width.saturating_sub(name + 4));
    let mut out = Vec::new();
    for figure in figures {
        let values = wrap::lines(&figure.value, room).into_iter().enumerate();
        out.extend(
            values.map(|(i, line)| (if i == 0 { figure.name } else { "" }, line, Tone::Text)),
        );
        if model.renewals.definitions {
            let lines = wrap::lines(figure.definition, room).into_iter();
            out.extend(lines.map(|line| ("", line, Tone::Dim)));
        }
    }
    (name, out)
}

/// The figures, as far as there is room. Returns the lines used.
fn figures(model: &Model, quarter: &Quarter, pen: &mut Pen, area: Rect) -> u16 {
    let (name, mut lines) = figure_lines(model, quarter, area.width);
    let height = usize::from(area.height);
    if lines.len() > height {
        lines.truncate(height.saturating_sub(1));
        lines.push(("", told::more_figures(model.lang).to_owned(), Tone::Key));
    }
    put(pen, area, name, &lines);
    lines.len() as u16
}

/// The figures with what each means, to be scrolled. Returns how far.
fn defined(model: &Model, quarter: &Quarter, pen: &mut Pen, area: Rect) -> usize {
    let (name, lines) = figure_lines(model, quarter, area.width);
    let most = lines.len().saturating_sub(usize::from(area.height));
    put(pen, area, name, &lines[model.renewals.scroll.min(most)..]);
    most
}

fn put(pen: &mut Pen, area: Rect, name: u16, lines: &[(&str, String, Tone)]) {
    for (y, (title, line, tone)) in (area.y..area.bottom()).zip(lines) {
        pen.text(area.x + 1, y, name, title, Tone::Dim);
        let room = area.width.saturating_sub(name + 3);
        pen.text(area.x + name + 3, y, room, line, *tone);
    }
}

/// The last paid day, the status, the account, its product, its owner and the value.
fn columns(model: &Model, line: Rect) -> [Rect; 6] {
    let day = |date: NaiveDate| words::dates::day(model.lang, date, model.now.today());
    let columns = [
        Column::fixed(date_width(model.now.today(), day), 1),
        Column::fixed(STATUS, 2),
        Column::subject(18, u16::MAX),
        Column::fixed(14, 5),
        Column::fixed(12, 4),
        Column::fixed(20, 3),
    ];
    share(line, columns)
}

/// Columns of the longest short status.
const STATUS: u16 = 16;

fn heads(model: &Model, line: Rect) -> Vec<(u16, &'static str)> {
    let lang = model.lang;
    let [day, status, account, plan, owner, money] = columns(model, line);
    let all = [
        (day, told::column_ends(lang)),
        (status, told::column_status(lang)),
        (account, words::portfolio::column_account(lang)),
        (plan, told::column_plan(lang)),
        (owner, told::column_owner(lang)),
        (money, told::column_value(lang)),
    ];
    let shown = all.into_iter().filter(|(cell, _)| cell.width > 0);
    shown
        .map(|(cell, word)| (cell.x.saturating_sub(line.x + 1), word))
        .collect()
}

fn row(model: &Model, pen: &mut Pen, area: Rect, due: &Due) {
    let lang = model.lang;
    let y = area.y;
    let [day, status, account, plan, owner, money] = columns(model, area);
    let words = words::dates::day(lang, due.ends_on, model.now.today());
    pen.text(day.x, y, day.width, &words, Tone::Dim);
    // What changed within a week says what it was.
    let mut said = short_status(lang, due).to_owned();
    if let Some(was) = due.was {
        said = format!("{said} {}", told::was_short(lang, told::short(lang, was)));
    }
    pen.text(status.x, y, status.width, &said, tone(due));
    if model.renewals.marked.contains(&due.key()) {
        let name = format!("✓ {}", due.name);
        pen.text(account.x, y, account.width, &name, Tone::Accent);
    } else {
        pen.text(account.x, y, account.width, &due.name, Tone::Text);
    }
    pen.text(plan.x, y, plan.width, &told::about(lang, due), Tone::Dim);
    let name = due.stands.as_ref().map_or("", |s| s.owner.as_str());
    pen.text(owner.x, y, owner.width, name, Tone::Dim);
    pen.right(money.right(), y, money.width, &told::money(due), Tone::Text);
}

fn short_status(lang: Lang, due: &Due) -> &'static str {
    match due.status {
        Status::Open => told::status(lang, due),
        status => told::short(lang, status),
    }
}

fn tone(due: &Due) -> Tone {
    let noticed = due.step.is_some_and(|taken| taken.step == StepKind::Notice);
    match due.status {
        Status::Open if noticed => Tone::Bad,
        Status::Overdue => Tone::Bad,
        Status::Open if due.is_at_risk() => Tone::Bad,
        Status::Lost => Tone::Caution,
        Status::Extended | Status::Unconfirmed | Status::Merged => Tone::Caution,
        Status::Renewed => Tone::Good,
        Status::Open | Status::BeforeUse => Tone::Dim,
    }
}

fn group_line(
    model: &Model,
    pen: &mut Pen,
    area: Rect,
    group: &Group,
    (count, due): (usize, &Totals),
) {
    let lang = model.lang;
    let name = match group {
        Group::Month(year, month) => told::month_of(lang, *year, *month),
        Group::Owner(name) if name.is_empty() => told::no_owner(lang).to_owned(),
        Group::Owner(name) => name.clone(),
        Group::Tier(tier) => tier
            .map_or(told::unknown_tier(lang), |t| t.words(lang))
            .to_owned(),
        Group::Currency(Some(currency)) => currency.code().to_owned(),
        Group::Currency(None) => told::no_amount(lang).to_owned(),
        Group::Unconfirmed => told::unconfirmed(lang, count),
        Group::BeforeUse => told::before_use_group(lang, count),
        Group::Ignored => told::ignored_group(lang, count),
        Group::Rolling => told::rolling(lang, count),
    };
    let folded = group.is_folded();
    let open = model.renewals.unfolded.contains(group);
    let sign = match (folded, open) {
        (false, _) => "",
        (true, true) => "▾ ",
        (true, false) => "▸ ",
    };
    let counted = if folded {
        String::new()
    } else {
        format!(" · {count}")
    };
    let value = due.short();
    let room = area.width.saturating_sub(wrap::width(&value) as u16 + 4);
    pen.text(
        area.x + 1,
        area.y,
        room,
        &format!("{sign}{name}{counted}"),
        Tone::Accent,
    );
    pen.right(
        area.right().saturating_sub(1),
        area.y,
        area.width / 2,
        &value,
        Tone::Dim,
    );
}
