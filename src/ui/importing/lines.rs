//! One line of the review: a section's head, a table, a column, a question with its answer, a change, a
//! group of rows.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::app::importing::asked::{Ask, Given};
use crate::app::importing::items::{Column, Group, Item, Planned, Section, Table, Used};
use crate::app::importing::state::Review;
use crate::app::kit::wrap;
use crate::services::import::{Counts, LeftOut, Update};
use crate::ui::kit::layout;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang, import_fields as fields, import_review as say};

/// Pieces of a line, each in its tone.
type Pieces = Vec<(String, Tone)>;

/// Draws the line of an item. An item that the plan no longer has is blank.
pub fn draw(lang: Lang, pen: &mut Pen, area: Rect, review: &Review, planned: &Planned, item: Item) {
    let line = layout::inset(area);
    if let Item::Section(section) = item {
        let size = size(lang, review, section);
        let words = format!("{} {size}", name(lang, section));
        return pen.heading(line.x, line.y, line.width, &words);
    }
    let width = usize::from(line.width);
    let pieces = pieces(lang, review, planned, item, width).unwrap_or_default();
    let pieces: Vec<(&str, Tone)> = pieces.iter().map(|(t, tone)| (t.as_str(), *tone)).collect();
    pen.pieces(line.x, line.y, line.width, &pieces);
}

/// The text of a line of this width.
fn pieces(
    lang: Lang,
    review: &Review,
    planned: &Planned,
    item: Item,
    width: usize,
) -> Option<Pieces> {
    let dim = |text: String| vec![(text, Tone::Dim)];
    Some(match item {
        Item::Section(_) => return None,
        Item::Nothing(section) => dim(nothing(lang, section).to_owned()),
        Item::Table(at) => table(lang, planned.tables.get(at)?),
        Item::Column(at, c) => column(lang, planned.tables.get(at)?.columns.get(c)?, width),
        Item::Metrics(at) => {
            let names = planned.tables.get(at)?.metrics.join(", ");
            dim(format!("  {}", words::importing::metrics(lang, names)))
        }
        Item::Ask(at) => {
            let ask = review.asks.get(at)?;
            asked(lang, ask, review.answers.to(ask))
        }
        Item::Counts(at) => {
            let (kind, n) = planned.counts.get(at)?;
            counts(lang, kind.words(lang), n)
        }
        Item::Update(at) => update(lang, planned.updates.get(at)?),
        Item::Sample(at) => vec![(format!("+ {}", planned.samples.get(at)?), Tone::Good)],
        Item::Group(at) => {
            let group = planned.groups.get(at)?;
            self::group(group, review.open.contains(&group.key()))
        }
        Item::Row(at, l) => dim(format!("    {}", planned.groups.get(at)?.lines.get(l)?)),
        Item::More(at) => {
            let group = planned.groups.get(at)?;
            let rest = group.rows.saturating_sub(group.lines.len() as u64);
            dim(format!("    {}", say::more_rows(lang, rest)))
        }
        Item::Left(at) => left_out(lang, planned.left_out.get(at)?),
    })
}

/// A field that changes: its old and its new value.
fn update(lang: Lang, update: &Update) -> Pieces {
    vec![
        (
            format!(
                "~ {} · {}: ",
                update.record,
                fields::field(lang, &update.field)
            ),
            Tone::Text,
        ),
        (shown(lang, &update.old), Tone::Dim),
        (" → ".to_owned(), Tone::Dim),
        (shown(lang, &update.new), Tone::Accent),
    ]
}

/// Rows with the same fault. `open` says whether they are shown below.
fn group(group: &Group, open: bool) -> Pieces {
    let open = if open { "▾" } else { "▸" };
    let (sign, tone) = if group.rejected {
        ("✗", Tone::Caution)
    } else {
        ("⚑", Tone::Text)
    };
    let column = if group.column.is_empty() {
        String::new()
    } else {
        format!("{}: ", group.column)
    };
    vec![
        (format!("{open} {sign} {column}{}", group.reason), tone),
        (format!("  ×{}", group.rows), Tone::Dim),
    ]
}

/// A row that is no record, or several of them.
fn left_out(lang: Lang, left: &LeftOut) -> Pieces {
    let place = match (left.line, left.rows) {
        (0, _) => left.file.clone(),
        (line, 1) => format!("{}:{line}", left.file),
        (_, rows) => format!("{} {}", left.file, words::importing::rows_n(lang, rows)),
    };
    vec![
        (format!("{place} "), Tone::Dim),
        (format!("{} ", left.text), Tone::Text),
        (format!("({})", left.why.words(lang)), Tone::Dim),
    ]
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
        Used::Field(field) => (fields::field(lang, field), Tone::Accent),
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
        Ask::Column { column, field, .. } => {
            say::ask_column(lang, column, fields::field(lang, field))
        }
        Ask::Same {
            name,
            existing_name,
            ..
        } => say::ask_same(lang, name, existing_name),
        Ask::Total { name, .. } => say::ask_total(lang, name),
        Ask::ShortIds {
            column, numbers, ..
        } => say::ask_short_ids(lang, column, numbers),
        Ask::Word {
            column, word, rows, ..
        } => say::ask_word(lang, column, word, rows),
        Ask::Account { name, rows, .. } => say::ask_account(lang, name, rows),
        Ask::Edit {
            record,
            field,
            edited,
            mine,
            theirs,
            ..
        } => {
            return edit(
                lang,
                &say::ask_edit(lang, record, fields::field(lang, field)),
                *edited,
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
        (Ask::Word { field, .. }, Given::Value(value)) if !value.is_empty() => {
            fields::value(lang, field, value)
        }
        (_, given) => given.words(lang),
    }
}

/// What helps to answer: cells of the column, the nearest names, the allowed values.
fn help(lang: Lang, ask: &Ask) -> String {
    match ask {
        Ask::Column { samples, .. } => samples.join(" / "),
        Ask::Word { field, allowed, .. } => {
            let values = allowed.iter().map(|v| fields::value(lang, field, v));
            values.collect::<Vec<_>>().join(" / ")
        }
        Ask::Account { near, .. } if !near.is_empty() => {
            words::importing::row_near(lang, near.join(words::common::list_comma(lang)))
        }
        Ask::ShortIds { example, .. } => example.clone(),
        Ask::Kind { guess, .. } => guess.map_or("", |k| k.words(lang)).to_owned(),
        Ask::Same { id, existing, .. } => format!("{id} / {existing}"),
        Ask::Account { .. } | Ask::Total { .. } | Ask::Field { .. } | Ask::Edit { .. } => {
            String::new()
        }
    }
}

/// An edit made by hand beside the file's value; the one that will stand is marked.
fn edit(
    lang: Lang,
    what: &str,
    edited: Option<NaiveDate>,
    [mine, theirs]: [&String; 2],
    file: bool,
) -> Pieces {
    let mark = |on: bool| if on { "●" } else { "○" };
    let tone = |on: bool| if on { Tone::Accent } else { Tone::Dim };
    let mine = say::mine(lang, shown(lang, mine));
    let theirs = say::file(lang, shown(lang, theirs));
    let day = edited.map_or_else(String::new, |day| {
        let day = words::dates::with_weekday(lang, day);
        format!("  {}", say::edited_on(lang, day))
    });
    vec![
        (format!("{what}  "), Tone::Text),
        (format!("{} {mine}  ", mark(!file)), tone(!file)),
        (format!("{} {theirs}", mark(file)), tone(file)),
        // The day comes last: both values must be seen on a narrow terminal.
        (day, Tone::Dim),
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
