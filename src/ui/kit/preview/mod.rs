//! The account at a glance: its score, where the points were lost, and what moved.

mod score;

pub use score::{score, score_in_brief};

use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::domain::priority::reasons;
use crate::domain::signals::Signal;
use crate::domain::standing::{Row, Standing};
use crate::ui::kit::columns::next_renewal;
use crate::ui::kit::layout;
use crate::ui::pen::Pen;
use crate::ui::theme::{Theme, Tone};
use crate::words;

/// Draws the account from the top of the area down, as far as there is room.
pub fn draw(model: &Model, row: &Row, pen: &mut Pen, area: Rect) {
    let mut down = Down {
        pen,
        area,
        y: area.y,
    };
    facts(model, row, &mut down);
    why_now(model, &row.standing, &mut down);
    work(model, &row.standing, &mut down);
    down.y += 1;
    let below = layout::from(area, down.y, u16::MAX);
    score(model, row, down.pen, below, &mut down.y);
    findings(model, &row.standing, &mut down);
    let tags = row.account.tags.iter().map(|tag| format!("#{tag}"));
    let tags: Vec<String> = tags.collect();
    if !tags.is_empty() {
        down.y += 1;
        down.line(&[(&tags.join(" "), Tone::Accent)]);
    }
}

/// A pen that goes down the area line by line, and writes nothing below its end.
struct Down<'a, 'b> {
    pen: &'a mut Pen<'b>,
    area: Rect,
    y: u16,
}

impl Down<'_, '_> {
    fn line(&mut self, pieces: &[(&str, Tone)]) {
        if self.y < self.area.bottom() {
            self.pen
                .pieces(self.area.x, self.y, self.area.width, pieces);
        }
        self.y += 1;
    }

    fn wrapped(&mut self, most: u16, text: &str, tone: Tone) {
        let room = layout::from(self.area, self.y, most);
        self.y += self.pen.wrapped(room, text, tone);
    }
}

/// Name, tier, stage, owner, industry, money and renewal.
fn facts(model: &Model, row: &Row, down: &mut Down) {
    let lang = model.lang;
    let (account, standing) = (&row.account, &row.standing);
    down.line(&[(&account.name, Tone::Title)]);
    let facts = [
        standing.tier.words(lang),
        standing.stage.words(lang),
        &account.owner,
        &account.industry,
    ];
    let facts: Vec<&str> = facts.into_iter().filter(|f| !f.is_empty()).collect();
    down.line(&[(&facts.join(" · "), Tone::Dim)]);
    let money: Vec<String> = standing.value.iter().map(|m| m.exact()).collect();
    let money = money.join(" + ");
    let renews = next_renewal(lang, standing, model.now.today());
    let (renews, tone) = renews.unwrap_or((String::new(), Tone::Dim));
    down.line(&[(&money, Tone::Text), ("  ", Tone::Dim), (&renews, tone)]);
}

/// Why the account needs somebody now, if it does.
fn why_now(model: &Model, standing: &Standing, down: &mut Down) {
    let why: Vec<String> = reasons(standing, model.now.today())
        .iter()
        .map(|r| words::priority::priority_reason(model.lang, r))
        .collect();
    if !why.is_empty() {
        let title = words::portfolio::why_now(model.lang);
        let words = format!("{title}: {}", why.join(" · "));
        down.wrapped(4, &words, Tone::Caution);
    }
}

/// Where the data disagrees, the signals, and what could not be judged.
fn findings(model: &Model, standing: &Standing, down: &mut Down) {
    let lang = model.lang;
    for conflict in standing.conflicts.iter().take(3) {
        let kind = conflict.kind.words(lang);
        let words = format!("≠ {kind}: {}", words::signals::sides(lang, conflict));
        down.wrapped(3, &words, Tone::Caution);
    }
    for signal in standing.signals.iter().take(5) {
        let (tone, words) = signal_line(model, signal);
        let glyph = down.pen.theme.signal(signal);
        down.line(&[(glyph, tone), (" ", Tone::Dim), (&words, Tone::Text)]);
    }
    if let Some(words) = words::signals::gaps(lang, &standing.gaps) {
        down.wrapped(2, &words, Tone::Dim);
    }
}

/// The last touch and the actions, then what else is open. A narrow list leaves them to this panel, so they
/// stand above what may not have room.
fn work(model: &Model, s: &Standing, down: &mut Down) {
    let lang = model.lang;
    let never = || words::portfolio::never_touched(lang).to_owned();
    let touch = s.last_touch.map_or_else(never, |date| {
        words::portfolio::touched_ago(lang, (model.now.today() - date).num_days())
    });
    let title = format!("{} ", words::account::last_touch(lang));
    down.line(&[(&title, Tone::Dim), (&touch, Tone::Text)]);
    let actions = format!(
        "{} {}",
        words::portfolio::open_actions(lang),
        s.open_actions
    );
    let overdue = words::actions::overdue_n(lang, s.overdue_actions);
    let promises = words::portfolio::promises_n(lang, s.promises);
    let tickets = words::portfolio::tickets_n(lang, s.open_tickets);
    let escalated = words::portfolio::escalated_n(lang, s.escalated_tickets);
    listed(
        down,
        &[
            (s.open_actions, actions, Tone::Text),
            (s.overdue_actions, overdue, Tone::Bad),
            (s.promises, promises, Tone::Text),
        ],
    );
    listed(
        down,
        &[
            (s.open_tickets, tickets, Tone::Text),
            (s.escalated_tickets, escalated, Tone::Bad),
        ],
    );
}

/// The words of the counts that are not zero, on one line with dots between them.
fn listed(down: &mut Down, counts: &[(u32, String, Tone)]) {
    let mut pieces: Vec<(&str, Tone)> = Vec::new();
    for (_, words, tone) in counts.iter().filter(|c| c.0 > 0) {
        if !pieces.is_empty() {
            pieces.push((" · ", Tone::Dim));
        }
        pieces.push((words, *tone));
    }
    if !pieces.is_empty() {
        down.line(&pieces);
    }
}

/// A signal in one line, and how it is coloured.
pub fn signal_line(model: &Model, signal: &Signal) -> (Tone, String) {
    (
        Theme::signal_tone(signal),
        words::signals::signal_line(model.lang, signal),
    )
}
