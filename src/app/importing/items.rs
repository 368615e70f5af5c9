//! The planned import as one list: its sections, and what stands in them.

use std::collections::BTreeSet;

use super::asked::{Answers, Ask};
use crate::domain::ids::AccountId;
use crate::services::import::{Counts, Kind, LeftOut, Update};

/// A part of the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Tables,
    Asked,
    Changes,
    NotRead,
    LeftOut,
}

impl Section {
    /// In the order of the list.
    pub const ALL: [Section; 5] = [
        Section::Tables,
        Section::Asked,
        Section::Changes,
        Section::NotRead,
        Section::LeftOut,
    ];
}

/// A line of the list, by its place in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    Section(Section),
    /// A section without anything.
    Nothing(Section),
    Table(usize),
    /// A column of a table.
    Column(usize, usize),
    Metrics(usize),
    Ask(usize),
    Counts(usize),
    Update(usize),
    Sample(usize),
    Group(usize),
    /// A row of an open group.
    Row(usize, usize),
    /// Rows of an open group that are only counted.
    More(usize),
    Left(usize),
}

/// A file, or a sheet of a workbook.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    pub file: String,
    /// The kind as recognised, or as the user named it.
    pub kind: Option<Kind>,
    pub mapping: String,
    pub rows: u64,
    pub columns: Vec<Column>,
    pub metrics: Vec<String>,
    /// Why it is not read.
    pub problem: Option<String>,
    /// Whether another kind may help.
    pub may_be_other: bool,
    /// Whether these are the outcome columns of the table before.
    pub beside: bool,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub header: String,
    pub used: Used,
    /// Up to three cells.
    pub samples: Vec<String>,
}

/// What becomes of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Used {
    Field(String),
    /// Its cells are kept with the account as they are.
    Kept,
    Unread,
}

/// Rows with the same fault in the same column.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub column: String,
    pub reason: String,
    /// Whether the rows are not read; otherwise something in them is left out or odd.
    pub rejected: bool,
    pub rows: u64,
    /// The first rows: file, line and cell.
    pub lines: Vec<String>,
}

/// The planned changes of an import, for the review.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Planned {
    pub tables: Vec<Table>,
    pub counts: Vec<(Kind, Counts)>,
    pub asks: Vec<Ask>,
    pub updates: Vec<Update>,
    pub samples: Vec<String>,
    /// Accounts that the import creates, with their names.
    pub new_accounts: Vec<(AccountId, String)>,
    pub groups: Vec<Group>,
    pub left_out: Vec<LeftOut>,
    /// Rows that are no records, of which `left_out` has the first.
    pub left_out_rows: u64,
    /// The sheets of a workbook that were read.
    pub sheets: Vec<String>,
    pub empty: bool,
}

impl Planned {
    /// What a section has; for rows that are not read or no records, their number.
    pub fn size(&self, section: Section, asks: &[Ask]) -> u64 {
        match section {
            Section::Tables => self.tables.len() as u64,
            Section::Asked => asks.len() as u64,
            Section::Changes => self.counts.iter().map(|(_, c)| c.new + c.changed).sum(),
            Section::NotRead => self.groups.iter().map(|g| g.rows).sum(),
            Section::LeftOut => self.left_out_rows,
        }
    }

    /// The lines of the list. `open` has the groups whose rows are shown, by column and reason.
    pub fn items(&self, asks: &[Ask], open: &BTreeSet<(String, String)>) -> Vec<Item> {
        let mut out = Vec::new();
        for section in Section::ALL {
            out.push(Item::Section(section));
            let before = out.len();
            match section {
                Section::Tables => {
                    for (t, table) in self.tables.iter().enumerate() {
                        out.push(Item::Table(t));
                        out.extend((0..table.columns.len()).map(|c| Item::Column(t, c)));
                        if !table.metrics.is_empty() {
                            out.push(Item::Metrics(t));
                        }
                    }
                }
                Section::Asked => out.extend((0..asks.len()).map(Item::Ask)),
                Section::Changes => {
                    out.extend((0..self.counts.len()).map(Item::Counts));
                    out.extend((0..self.updates.len()).map(Item::Update));
                    out.extend((0..self.samples.len()).map(Item::Sample));
                }
                Section::NotRead => {
                    for (g, group) in self.groups.iter().enumerate() {
                        out.push(Item::Group(g));
                        if open.contains(&group.key()) {
                            out.extend((0..group.lines.len()).map(|l| Item::Row(g, l)));
                            if group.rows > group.lines.len() as u64 {
                                out.push(Item::More(g));
                            }
                        }
                    }
                }
                Section::LeftOut => out.extend((0..self.left_out.len()).map(Item::Left)),
            }
            if out.len() == before {
                out.push(Item::Nothing(section));
            }
        }
        out
    }

    /// What an item is about, so that the cursor finds it again in the next plan.
    pub fn mark(&self, item: Item, asks: &[Ask]) -> String {
        let table = |t: usize| self.tables.get(t).map_or("", |t| t.file.as_str());
        let group = |g: usize| self.groups.get(g).map(Group::key).unwrap_or_default();
        match item {
            Item::Table(t) | Item::Metrics(t) => table(t).to_owned(),
            Item::Column(t, c) => {
                let column = self.tables.get(t).and_then(|t| t.columns.get(c));
                format!("{}\0{}", table(t), column.map_or("", |c| &c.header))
            }
            Item::Ask(a) => asks.get(a).map_or_else(String::new, Ask::mark),
            Item::Group(g) => format!("{:?}", group(g)),
            other => format!("{other:?}"),
        }
    }
}

impl Group {
    pub fn key(&self) -> (String, String) {
        (self.column.clone(), self.reason.clone())
    }
}

/// The questions of a new plan in the order of the old ones. An answered question stays, although
/// the plan no longer asks it, so that its answer can be seen and changed.
pub fn merged(old: &[Ask], new: Vec<Ask>, answers: &Answers) -> Vec<Ask> {
    let mut out: Vec<Ask> = Vec::new();
    for ask in old {
        match new.iter().find(|n| n.is(ask)) {
            // The number of rows may have changed.
            Some(now) if answers.to(ask).is_none() => out.push(now.clone()),
            None if answers.to(ask).is_none() => {}
            _ => out.push(ask.clone()),
        }
    }
    for ask in new {
        if !out.iter().any(|o| o.is(&ask)) {
            out.push(ask);
        }
    }
    out
}
