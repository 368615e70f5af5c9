//! Risk: the lanes as columns of cards, or the explanation of one card.

use ratatui::layout::Rect;

use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::risk::board::{Card, stakes};
use crate::domain::risk::clock::Hours;
use crate::domain::risk::{Chance, Lane, Level};
use crate::ui::drawn::{Drawn, at, scrolled};
use crate::ui::kit::layout;
use crate::ui::pen::Pen;
use crate::ui::theme::{Theme, Tone};
use crate::words;
use crate::words::risk as told;

/// The fewest columns of a lane.
const LEAST: u16 = 26;
/// Lines of a card, and with the gap below it.
const CARD: u16 = 3;
const PITCH: u16 = CARD + 1;

/// Draws the title and the counts, then the lanes that have room, or what explains the card under the cursor.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let lang = model.lang;
    let state = &model.risk;
    let all = state.board.cards().count();
    let count = match model.ready && model.preview.is_none() {
        true => told::count(lang, all),
        false => String::new(),
    };
    let filter = match state.query.is_empty() {
        true => String::new(),
        false => format!("/{}", state.query),
    };
    let title = [
        (told::title(lang), Tone::Title),
        ("  ", Tone::Dim),
        (count.as_str(), Tone::Text),
        ("  ", Tone::Dim),
        (filter.as_str(), Tone::Accent),
    ];
    let room = area.width.saturating_sub(2);
    pen.pieces(area.x + 1, area.y, room, &title);
    let shown = usize::from(area.width / LEAST).clamp(1, Lane::ALL.len());
    let first = (state.lane + 1).saturating_sub(shown);
    let elsewhere = elsewhere(model, first, first + shown);
    if !state.explains && !elsewhere.is_empty() {
        pen.right(area.right() - 1, area.y, room / 2, &elsewhere, Tone::Dim);
    }
    let body = layout::below(area, 1);
    if all == 0 {
        let words = match model.ready && model.preview.is_none() {
            true if !state.query.is_empty() => told::nothing_matches(lang),
            true => told::none(lang),
            false => words::common::opening(lang),
        };
        let room = Rect {
            x: body.x + 2,
            y: body.y + 1,
            width: body.width.saturating_sub(4),
            height: body.height.saturating_sub(1),
        };
        pen.wrapped(room, words, Tone::Dim);
        return at(body.height, area.width, None);
    }
    if let (true, Some(card)) = (state.explains, state.current()) {
        let most = explained(model, card, pen, body);
        return scrolled(body.height, area.width, most);
    }
    pen.text(area.x + 1, body.y, room, &counts(model), Tone::Dim);
    let lanes = layout::below(body, 1);
    let width = area.width / shown as u16;
    for (i, lane) in Lane::ALL.iter().enumerate().skip(first).take(shown) {
        let x = area.x + width * (i - first) as u16;
        let column = Rect {
            x,
            width: width.saturating_sub(1),
            ..lanes
        };
        lane_column(model, pen, column, *lane);
    }
    let cards = lanes.height.saturating_sub(1) / PITCH;
    at(cards.max(1), area.width, None)
}

/// The lanes that have no room, with their accounts.
fn elsewhere(model: &Model, first: usize, end: usize) -> String {
    let board = &model.risk.board;
    let of = |lane: &Lane| {
        let count = board.lanes[lane.index()].len();
        format!("{} {count}", lane.words(model.lang))
    };
    let before: Vec<String> = Lane::ALL[..first].iter().map(of).collect();
    let behind: Vec<String> = Lane::ALL[end..].iter().map(of).collect();
    let before = before.join(" · ");
    let behind = behind.join(" · ");
    match (before.is_empty(), behind.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!("{behind} ›"),
        (false, true) => format!("‹ {before}"),
        (false, false) => format!("‹ {before}   {behind} ›"),
    }
}

/// How many accounts there are of each value and chance.
fn counts(model: &Model) -> String {
    let lang = model.lang;
    let counts = model.risk.board.counts();
    let chances = Chance::ALL.iter().map(|chance| chance.words(lang));
    let chances: Vec<&str> = chances.chain([words::contracts::unknown(lang)]).collect();
    let of = |level: &Level| {
        let row = counts[level.index()];
        let cells = chances.iter().zip(row).filter(|(_, n)| *n > 0);
        let cells: Vec<String> = cells.map(|(chance, n)| format!("{chance} {n}")).collect();
        let value = told::value_of(lang, level.words(lang));
        (!cells.is_empty()).then(|| format!("{value}: {}", cells.join(", ")))
    };
    let lines: Vec<String> = Level::ALL.iter().filter_map(of).collect();
    format!("{}  {}", told::heading_chance(lang), lines.join(" · "))
}

fn lane_column(model: &Model, pen: &mut Pen, area: Rect, lane: Lane) {
    let lang = model.lang;
    let state = &model.risk;
    let cards = &state.board.lanes[lane.index()];
    let here = state.lane == lane.index();
    let total = state.board.total(lane).short();
    let tone = if here { Tone::Accent } else { Tone::Title };
    let count = cards.len().to_string();
    let name = match here {
        true => format!("[{}]", lane.words(lang)),
        false => format!(" {} ", lane.words(lang)),
    };
    let head = [
        (name.as_str(), tone),
        (count.as_str(), Tone::Text),
        ("  ", Tone::Dim),
        (total.as_str(), Tone::Dim),
    ];
    pen.pieces(area.x, area.y, area.width, &head);
    let body = layout::below(area, 1);
    if cards.is_empty() {
        pen.text(
            body.x + 1,
            body.y,
            body.width.saturating_sub(1),
            told::none_here(lang),
            Tone::Dim,
        );
        return;
    }
    let list = &state.lists[lane.index()];
    let shown = usize::from(body.height / PITCH).max(1);
    for (i, card) in cards.iter().enumerate().skip(list.top).take(shown) {
        let y = body.y + (i - list.top) as u16 * PITCH;
        let place = layout::from(body, y, CARD);
        self::card(model, pen, place, card, here && i == list.cursor);
    }
    pen.chosen = false;
}

/// A card: whose it is, how likely it is lost and why, and until when.
fn card(model: &Model, pen: &mut Pen, area: Rect, card: &Card, chosen: bool) {
    let (lang, today) = (model.lang, model.now.today());
    let s = &card.row.standing;
    let Some(risk) = s.risk.as_deref() else {
        return;
    };
    for y in area.y..area.bottom() {
        pen.row(layout::line(area, y), y, chosen);
    }
    let band = s.health.band;
    let glyph = pen.theme.glyph(band).to_string();
    let glyph = format!("{glyph} ");
    let name = [
        (glyph.as_str(), Theme::band(band)),
        (card.row.account.name.as_str(), Tone::Text),
    ];
    let (x, room) = (area.x + 1, area.width.saturating_sub(1));
    pen.pieces(x, area.y, room, &name);
    let chance = risk.chance().map(|c| told::chance_of(lang, c.words(lang)));
    let cause = risk.cause().map(|c| c.words(lang).to_owned());
    let level = risk.likelihood.words(lang);
    let points = told::points_of(lang, risk.points, level);
    let parts = [Some(points), cause, chance];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let mut line = |y: u16, text: &str, tone| {
        if y < area.bottom() {
            pen.text(x, y, room, text, tone);
        }
    };
    line(area.y + 1, &parts.join(" · "), Tone::Text);
    let value = s.value.short();
    let value = if value.is_empty() {
        told::no_value(lang).to_owned()
    } else {
        value
    };
    let last = format!("{value} · {}", told::days_left(lang, s, today));
    match risk.case.as_deref() {
        // What is due next of a rescue is nearer than the renewal.
        Some(case) => {
            let hours = Hours::of(&model.desk(), &card.row.account);
            let (next, is_late) = words::cases::next(lang, case, &hours, model.now);
            line(
                area.y + 2,
                &next,
                if is_late { Tone::Bad } else { Tone::Accent },
            );
        }
        None => line(area.y + 2, &last, Tone::Dim),
    }
}

/// What explains a card. Returns how far it can be scrolled.
fn explained(model: &Model, card: &Card, pen: &mut Pen, area: Rect) -> usize {
    let (lang, today) = (model.lang, model.now.today());
    let policy = &model.config.risk;
    let stakes = stakes(&card.row, &policy.weights, today);
    let risk = card.row.standing.risk.as_deref();
    let is_old = |word: &crate::domain::risk::Word| {
        risk.is_some_and(|risk| risk.is_old(word, policy, today))
    };
    let mut lines = told::explained(lang, card, &stakes, &is_old);
    if let Some(case) = risk.and_then(|risk| risk.case.as_deref()) {
        let hours = Hours::of(&model.desk(), &card.row.account);
        let said = words::cases::lines(lang, case, &hours, model.now);
        let heads = std::iter::once(words::cases::heading(lang)).chain(std::iter::repeat(""));
        lines.splice(0..0, heads.zip(said));
    }
    let name = lines
        .iter()
        .map(|(name, _)| wrap::width(name))
        .max()
        .unwrap_or(0) as u16
        + 2;
    let room = usize::from(area.width.saturating_sub(name + 2));
    let mut out: Vec<(&str, String)> = vec![("", String::new())];
    for (heading, text) in &lines {
        let mut wrapped = wrap::lines(text, room).into_iter();
        out.push((heading, wrapped.next().unwrap_or_default()));
        out.extend(wrapped.map(|line| ("", line)));
    }
    pen.text(
        area.x + 1,
        area.y,
        area.width.saturating_sub(2),
        &card.row.account.name,
        Tone::Title,
    );
    let height = usize::from(area.height.saturating_sub(1));
    let most = out.len().saturating_sub(height);
    let from = model.risk.scroll.min(most);
    for (y, (heading, text)) in (area.y + 1..area.bottom()).zip(out.iter().skip(from)) {
        pen.text(area.x + 1, y, name, heading, Tone::Key);
        pen.text(area.x + 1 + name, y, room as u16, text, Tone::Text);
    }
    most
}
