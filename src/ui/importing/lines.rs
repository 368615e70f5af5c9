//! One line of the review: a section's head, a table, a column, a question with its answer, a change, a
//! group of rows.

use ratatui::layout::Rect;

use crate::app::importing::asked::{Ask, Given};
use crate::app::importing::items::{Column, Item, Planned, Section, Table, Used};
use crate::app::importing::state::Review;
use crate::app::kit::wrap;
use crate::services::import::Counts;
use crate::ui::kit::layout;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang, import_review as say};

/// Pieces of a line, each in its tone.
type Pieces = Vec<(String, Tone)>;

pub fn draw(lang: Lang, pen: &mut Pen, area: Rect, review: &Review, planned: &Planned, item: Item) {
    let line = layout::inset(area);
    let pieces = match item {
        Item::Section(section) => {
            let (name, size) = (name(lang, section), size(lang, review, section));
            pen.heading(line.x, line.y, line.width, &format!("{name} {size}"));
            return;
        }
        Item::Nothing(section) => vec![(nothing(lang, section).to_owned(), Tone::Dim)],
        Item::Table(at) => planned
            .tables
            .get(at)
            .map(|t| table(lang, t))
            .unwrap_or_default(),
        Item::Column(at, c) => {
            let column = planned.tables.get(at).and_then(|t| t.columns.get(c));
            let width = usize::from(line.width);
            column
                .map(|c| self::column(lang, c, width))
                .unwrap_or_default()
        }
        Item::Metrics(at) => {
            let names = planned.tables.get(at).map(|t| t.metrics.join(", "));
            let words = words::importing::metrics(lang, names.unwrap_or_default());
            vec![(format!("  {words}"), Tone::Dim)]
        }
        Item::Ask(at) => review
            .asks
            .get(at)
            .map(|ask| asked(lang, ask, review.answers.to(ask)))
            .unwrap_or_default(),
        Item::Counts(at) => planned
            .counts
            .get(at)
            .map(|(kind, n)| counts(lang, kind.words(lang), n))
            .unwrap_or_default(),
        Item::Update(at) => planned
            .updates
            .get(at)
            .map(|u| {
                vec![
                    (format!("~ {} · {}: ", u.record, u.field), Tone::Text),
                    (shown(lang, &u.old), Tone::Dim),
                    (" → ".to_owned(), Tone::Dim),
                    (shown(lang, &u.new), Tone::Accent),
                ]
            })
            .unwrap_or_default(),
        Item::Sample(at) => {
            let sample = planned.samples.get(at).map_or("", String::as_str);
            vec![(format!("+ {sample}"), Tone::Good)]
        }
        Item::Group(at) => planned
            .groups
            .get(at)
            .map(|g| {
                let open = if review.open.contains(&g.key()) {
                    "▾"
                } else {
                    "▸"
                };
                let (sign, tone) = if g.rejected {
                    ("✗", Tone::Caution)
                } else {
                    ("⚑", Tone::Text)
                };
                let column = if g.column.is_empty() {
                    String::new()
                } else {
                    format!("{}: ", g.column)
                };
                vec![
                    (format!("{open} {sign} {column}{}", g.reason), tone),
                    (format!("  ×{}", g.rows), Tone::Dim),
                ]
            })
            .unwrap_or_default(),
        Item::Row(at, l) => {
            let row = planned.groups.get(at).and_then(|g| g.lines.get(l));
            vec![(format!("    {}", row.map_or("", String::as_str)), Tone::Dim)]
        }
        Item::More(at) => {
            let group = planned.groups.get(at);
            let rest = group.map_or(0, |g| g.rows.saturating_sub(g.lines.len() as u64));
            vec![(format!("    {}", say::more_rows(lang, rest)), Tone::Dim)]
        }
        Item::Left(at) => planned
            .left_out
            .get(at)
            .map(|l| {
                let place = match (l.line, l.rows) {
                    (0, _) => l.file.clone(),
                    (line, 1) => format!("{}:{line}", l.file),
                    (_, rows) => format!("{} {}", l.file, words::importing::rows_n(lang, rows)),
                };
                vec![
                    (format!("{place} "), Tone::Dim),
                    (format!("{} ", l.text), Tone::Text),
                    (format!("({})", l.why.words(lang)), Tone::Dim),
                ]
            })
            .unwrap_or_default(),
    };
    let pieces: Vec<(&str, Tone)> = pieces.iter().map(|(t, tone)| (t.as_str(), *tone)).collect();
    pen.pieces(line.x, line.y, line.width, &pieces);
}

fn nothing(lang: Lang, section: Section) -> &'static str {
    match section {
        Section::Tables => say::no_tables(lang),
        Section::Asked => say::no_asked(lang),
        Section::Changes => say::no_changes(lang),
        Section::NotRead => say::no_not_read(lang),
        Section::LeftOut => say::no_left_out(lang),
    }
}

/// A value, or a word for a blank.
fn shown(lang: Lang, value: &str) -> String {
    if value.is_empty() {
        say::blank(lang).to_owned()
    } else {
        value.to_owned()
    }
}

fn table(lang: Lang, table: &Table) -> Pieces {
    if let Some(problem) = &table.problem {
        return vec![
            (format!("✗ {}: ", table.file), Tone::Text),
            (problem.clone(), Tone::Caution),
        ];
    }
    let kind = table.kind.map_or("", |k| k.words(lang));
    let rows = words::importing::rows_n(lang, table.rows);
    vec![
        (table.file.clone(), Tone::Text),
        (format!("  {kind}"), Tone::Accent),
        (format!(" · {rows} · {}", table.mapping), Tone::Dim),
    ]
}

/// A column: its header, its field, and up to three of its cells.
fn column(lang: Lang, column: &Column, width: usize) -> Pieces {
    let (header, field) = (width * 3 / 10, width / 4);
    let pad = |text: &str, columns: usize| {
        let text = wrap::fit(text, columns.saturating_sub(1));
        let gap = columns.saturating_sub(wrap::width(&text));
        format!("{text}{}", " ".repeat(gap))
    };
    let (used, tone) = match &column.used {
        Used::Field(field) => (field.as_str(), Tone::Accent),
        Used::Kept => (say::kept(lang), Tone::Dim),
        Used::Unread => (say::not_read(lang), Tone::Dim),
    };
    vec![
        (format!("  {}", pad(&column.header, header)), Tone::Text),
        (pad(used, field), tone),
        (column.samples.join(" / "), Tone::Dim),
    ]
}

/// A question: `?` while it is open, `✓` with its answer.
fn asked(lang: Lang, ask: &Ask, given: Option<&Given>) -> Pieces {
    let words = match ask {
        Ask::Kind { file, .. } => say::ask_kind(lang, file),
        Ask::Column { column, field, .. } => say::ask_column(lang, column, field),
        Ask::Same {
            name,
            existing_name,
            ..
        } => say::ask_same(lang, name, existing_name),
        Ask::Total { name, .. } => say::ask_total(lang, name),
        Ask::Word {
            column, word, rows, ..
        } => say::ask_word(lang, column, word, rows),
        Ask::Account { name, rows, .. } => say::ask_account(lang, name, rows),
        Ask::Edit {
            record,
            field,
            mine,
            theirs,
            ..
        } => {
            return edit(
                lang,
                &say::ask_edit(lang, record, field),
                [mine, theirs],
                given.is_some(),
            );
        }
        Ask::Field { header, .. } => say::which_field(lang, header),
    };
    if let Some(given) = given {
        return vec![
            ("✓ ".to_owned(), Tone::Good),
            (words, Tone::Text),
            (format!(" → {}", answer(lang, ask, given)), Tone::Good),
        ];
    }
    vec![
        ("? ".to_owned(), Tone::Caution),
        (words, Tone::Text),
        (format!("  {}", help(lang, ask)), Tone::Dim),
    ]
}

/// The answer of a question in words.
fn answer(lang: Lang, ask: &Ask, given: &Given) -> String {
    match (ask, given) {
        (Ask::Same { existing_name, .. }, Given::Yes) => say::same(lang, existing_name),
        (Ask::Same { .. }, Given::No) => say::separate(lang).to_owned(),
        (Ask::Total { .. }, Given::Yes) => say::is_company(lang).to_owned(),
        (Ask::Total { .. }, Given::No) => say::is_total(lang).to_owned(),
        (_, given) => given.words(lang),
    }
}

/// What helps to answer: cells of the column, the nearest names, the allowed values.
fn help(lang: Lang, ask: &Ask) -> String {
    match ask {
        Ask::Column { samples, .. } => samples.join(" / "),
        Ask::Word { allowed, .. } => allowed.join(" / "),
        Ask::Account { near, .. } if !near.is_empty() => {
            words::importing::row_near(lang, near.join(words::common::list_comma(lang)))
        }
        Ask::Kind { guess, .. } => guess.map_or("", |k| k.words(lang)).to_owned(),
        Ask::Same { id, existing, .. } => format!("{id} / {existing}"),
        Ask::Account { .. } | Ask::Total { .. } | Ask::Field { .. } | Ask::Edit { .. } => {
            String::new()
        }
    }
}

/// An edit made by hand beside the file's value; the one that will stand is marked.
fn edit(lang: Lang, what: &str, [mine, theirs]: [&String; 2], file: bool) -> Pieces {
    let mark = |on: bool| if on { "●" } else { "○" };
    let tone = |on: bool| if on { Tone::Accent } else { Tone::Dim };
    let mine = say::mine(lang, shown(lang, mine));
    let theirs = say::file(lang, shown(lang, theirs));
    vec![
        (format!("{what}  "), Tone::Text),
        (format!("{} {mine}  ", mark(!file)), tone(!file)),
        (format!("{} {theirs}", mark(file)), tone(file)),
    ]
}

fn counts(lang: Lang, kind: &str, n: &Counts) -> Pieces {
    let parts = [
        (words::importing::new(lang), n.new),
        (words::importing::changed(lang), n.changed),
        (words::importing::unchanged(lang), n.unchanged),
        (words::importing::rejected(lang), n.rejected),
        (words::importing::flagged(lang), n.flagged),
    ];
    let parts = parts.map(|(name, n)| format!("{name} {n}")).join(" · ");
    let tone = if n.rejected > 0 {
        Tone::Caution
    } else {
        Tone::Dim
    };
    vec![(format!("{kind}  "), Tone::Text), (parts, tone)]
}

/// The name of a section.
pub fn name(lang: Lang, section: Section) -> &'static str {
    match section {
        Section::Tables => say::tables(lang),
        Section::Asked => say::asked(lang),
        Section::Changes => say::changes(lang),
        Section::NotRead => say::not_read_rows(lang),
        Section::LeftOut => say::left_out(lang),
    }
}

/// How much a section has; of questions, how many are open.
pub fn size(lang: Lang, review: &Review, section: Section) -> String {
    let Some(planned) = &review.planned else {
        return String::new();
    };
    let all = planned.size(section, &review.asks);
    match section {
        Section::Asked if all > 0 => say::of_asked(lang, review.unanswered(), all),
        _ => all.to_string(),
    }
}
