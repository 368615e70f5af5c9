//! Where a table ends, and which rows within it are no records: totals, notes below the table, and
//! headers that a report repeats on each page.

mod words;

use csv::StringRecord;

pub use self::words::is_total;
use self::words::{is_figure, is_like_total, is_note};
use super::NoRecord;
use super::numbers::{Decimal, number};
use super::table::Table;
use crate::domain::text::{clean_line, nfkc};

/// Rows after a total that may be totals and notes as well.
const TAIL: usize = 20;

/// Looks for rows that are no records, while a table is read.
pub struct Tail {
    /// Columns that may name the record: the row's own words for it.
    names: Vec<usize>,
    /// Columns that tell records apart.
    ids: Vec<usize>,
    marks: Vec<Decimal>,
    /// The sums of each column, over all records and since the last total.
    sums: Vec<[f64; 2]>,
    /// Records since the last total.
    records: [u64; 2],
    /// Records with an id.
    with_id: u64,
    /// Whether columns are added up: not in tables of usage, which may have millions of rows.
    adds: bool,
    last: String,
    header: Vec<String>,
}

/// What a row with a total's name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    Record,
    NoRecord(NoRecord),
    /// Named like a total, but with cells of its own: a company may be called Total.
    MayBeTotal,
}

impl Tail {
    pub fn new(
        header: &[String],
        names: Vec<usize>,
        ids: Vec<usize>,
        marks: &[Decimal],
        adds: bool,
    ) -> Self {
        Self {
            names,
            ids,
            marks: marks.to_vec(),
            sums: vec![[0.0; 2]; header.len()],
            records: [0; 2],
            with_id: 0,
            adds,
            last: String::new(),
            header: header.to_vec(),
        }
    }

    /// Judges the row that was just read from the table.
    pub fn judge(&mut self, row: &StringRecord, table: &mut Table) -> Judged {
        let name = self.names.iter().find_map(|c| row.get(*c)).unwrap_or("");
        if !self.adds {
            // Exports of usage are sorted: a name was looked at already.
            if name == self.last && !name.is_empty() {
                return Judged::Record;
            }
            name.clone_into(&mut self.last);
        }
        let judged = self.look(row, table);
        match judged {
            Judged::Record | Judged::MayBeTotal => self.add(row),
            Judged::NoRecord(NoRecord::Total) => self.new_part(),
            Judged::NoRecord(_) => {}
        }
        judged
    }

    /// Remembers the name of a row that is a record without doubt.
    pub fn pass(&mut self, name: &[u8]) {
        if name != self.last.as_bytes()
            && let Ok(name) = str::from_utf8(name)
        {
            name.clone_into(&mut self.last);
        }
    }

    /// The name of a row, as it stands there.
    pub fn name(&self, row: &StringRecord) -> String {
        let name = self.names.iter().find_map(|c| row.get(*c)).unwrap_or("");
        clean_line(name)
    }

    fn look(&self, row: &StringRecord, table: &mut Table) -> Judged {
        if self.is_header(row) {
            return Judged::NoRecord(NoRecord::HeaderAgain);
        }
        let filled: Vec<(usize, &str)> = row
            .iter()
            .enumerate()
            .map(|(at, c)| (at, c.trim()))
            .filter(|(_, c)| !c.is_empty())
            .collect();
        let Some((_, first)) = filled.first().copied() else {
            return Judged::Record;
        };
        if filled.len() <= 2 && self.header.len() > 1 && is_note(first) {
            return Judged::NoRecord(NoRecord::Footer);
        }
        if let Some(why) = self.aside(&filled, first) {
            return Judged::NoRecord(why);
        }
        let names = self.names.iter().chain(&self.ids);
        let named = names.filter_map(|c| row.get(*c));
        let word = is_total(first) || named.clone().any(is_total);
        let like = named.clone().any(is_like_total);
        // A part may have a single row, where the name says that its sum follows.
        let least = if word || like { 1 } else { 2 };
        let sums = self.adds && self.is_sum(&filled, least);
        let own_id = |c: &&str| !c.trim().is_empty() && !is_total(c);
        let has_id = self
            .ids
            .iter()
            .filter_map(|c| row.get(*c))
            .any(|c| own_id(&c));
        // Amounts that are the sums above, and no id where all rows above have one: whatever the row
        // is called. Without ids the name must look like that of a sum.
        let ids_missing = !self.ids.is_empty() && self.with_id == self.records[0];
        let nameless = named.clone().all(|c| c.trim().is_empty());
        if sums && !has_id && (word || ids_missing || nameless || like) {
            return Judged::NoRecord(NoRecord::Total);
        }
        if !word {
            return Judged::Record;
        }
        let own_id = |(at, c): &(usize, &str)| self.ids.contains(at) && !is_total(c);
        let own = filled
            .iter()
            .any(|cell| own_id(cell) || !is_total(cell.1) && !is_figure(cell.1));
        let ends = table.look_ahead(TAIL).all(|row| self.belongs_to_tail(row));
        match (own, ends) {
            (false, true) => Judged::NoRecord(NoRecord::Total),
            // Between records, a row with nothing but figures is a subtotal.
            (false, false) if filled.len() < self.header.len() => Judged::NoRecord(NoRecord::Total),
            _ => Judged::MayBeTotal,
        }
    }

    /// A heading of a part of the table, or an example of how to fill it in.
    fn aside(&self, filled: &[(usize, &str)], first: &str) -> Option<NoRecord> {
        let text = nfkc(first);
        let examples = [
            "(例)",
            "例)",
            "例:",
            "(example)",
            "example:",
            "(sample)",
            "e.g.",
        ];
        if examples.iter().any(|e| text.to_lowercase().starts_with(e)) {
            return Some(NoRecord::Example);
        }
        let heading = text.starts_with(['【', '■', '●', '◆', '▼', '◇', '□', '《', '〔', '<', '[']);
        (filled.len() == 1 && self.header.len() > 2 && heading).then_some(NoRecord::Heading)
    }

    /// Whether a row below a total is one more total or a note.
    fn belongs_to_tail(&self, row: &StringRecord) -> bool {
        let filled: Vec<&str> = row
            .iter()
            .map(str::trim)
            .filter(|c| !c.is_empty())
            .collect();
        let Some(first) = filled.first() else {
            return true;
        };
        is_total(first) || filled.len() <= 2 && (is_note(first) || filled.len() == 1)
    }

    fn is_header(&self, row: &StringRecord) -> bool {
        self.header.len() > 1
            && row.len() >= self.header.len()
            && row
                .iter()
                .zip(&self.header)
                .all(|(cell, h)| cell.trim() == h)
    }

    /// Whether all figures of the row are the sums of their columns, over at least so many records.
    fn is_sum(&self, filled: &[(usize, &str)], least: u64) -> bool {
        let figures: Vec<(usize, f64)> = filled
            .iter()
            .filter(|(at, _)| !self.names.contains(at))
            .filter_map(|(at, cell)| Some((*at, self.figure(*at, cell)?)))
            .filter(|(_, value)| *value != 0.0)
            .collect();
        let sums_of = |part: usize| {
            self.records[part] >= least
                && figures.iter().all(|(at, value)| {
                    let sum = self.sums.get(*at).map_or(0.0, |s| s[part]);
                    (sum - value).abs() <= (value.abs() * 1e-9).max(0.51)
                })
        };
        !figures.is_empty() && (sums_of(0) || sums_of(1))
    }

    fn figure(&self, at: usize, cell: &str) -> Option<f64> {
        let mark = self.marks.get(at).copied().unwrap_or(Decimal::Dot);
        number(cell, mark).ok().map(|n| n.value)
    }

    fn add(&mut self, row: &StringRecord) {
        if !self.adds {
            return;
        }
        for part in &mut self.records {
            *part += 1;
        }
        let mut ids = self.ids.iter().filter_map(|c| row.get(*c));
        self.with_id += u64::from(ids.any(|c| !c.trim().is_empty()));
        for at in 0..row.len().min(self.sums.len()) {
            if let Some(value) = row.get(at).and_then(|cell| self.figure(at, cell)) {
                for sum in &mut self.sums[at] {
                    *sum += value;
                }
            }
        }
    }

    /// After a subtotal the sums of the next part begin.
    fn new_part(&mut self) {
        self.records[1] = 0;
        for sum in &mut self.sums {
            sum[1] = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::import::table::Source;

    fn judged(text: &str) -> Vec<Judged> {
        let source = Source::of_bytes("t.csv", text.as_bytes().to_vec());
        let (mut table, head) = Table::open(&source, &|h| h.len()).expect("opens");
        let names = head
            .headers
            .iter()
            .position(|h| h == "name")
            .into_iter()
            .collect();
        let ids = head
            .headers
            .iter()
            .position(|h| h == "id")
            .into_iter()
            .collect();
        let marks = vec![Decimal::Dot; head.headers.len()];
        let mut tail = Tail::new(&head.headers, names, ids, &marks, true);
        let mut row = StringRecord::new();
        let mut out = Vec::new();
        while let Some(next) = table.next(&mut row) {
            if next.is_ok() {
                out.push(tail.judge(&row, &mut table));
            }
        }
        out
    }

    const TOTAL: Judged = Judged::NoRecord(NoRecord::Total);
    const NOTE: Judged = Judged::NoRecord(NoRecord::Footer);
    use Judged::{MayBeTotal, Record};

    #[test]
    fn totals_and_notes_are_no_records() {
        assert_eq!(
            judged("id,name,arr\n1,A,10\n2,B,20\n,Total,30\n\nGenerated by J. Doe\n"),
            [Record, Record, TOTAL, NOTE]
        );
        assert_eq!(
            judged("name,arr,seats\n甲,10,1\n乙,20,2\n合計（2件）,30,3\n"),
            [Record, Record, TOTAL]
        );
        // Subtotals, then their sum.
        assert_eq!(
            judged("name,arr\nA,10\nB,20\n小計,30\nC,5\nD,6\n小計,11\n総計,41\n"),
            [Record, Record, TOTAL, Record, Record, TOTAL, TOTAL]
        );
        // A name that only looks like a sum's, and an id that only this row lacks.
        assert_eq!(
            judged("name,arr\nA,10\nB,20\n佐藤 小計,30\nC,5\nD,6\n関東計,11\n"),
            [Record, Record, TOTAL, Record, Record, TOTAL]
        );
        assert_eq!(
            judged("id,name,arr\n1,A,10\n2,B,20\n,2件,30\n"),
            [Record, Record, TOTAL]
        );
        assert_eq!(
            judged("name,arr\nA,10\n関西 計,10\nB,5\n"),
            [Record, TOTAL, Record]
        );
        // A third company may well be as large as two others.
        assert_eq!(
            judged("name,arr\nA,10\nB,20\nC,30\n"),
            [Record, Record, Record]
        );
        // Sums without any word.
        assert_eq!(
            judged("id,name,arr\n1,A,10\n2,B,20\n,,30\n"),
            [Record, Record, TOTAL]
        );
        // The word in the last row is enough, whatever the sum.
        assert_eq!(
            judged("name,arr\nA,10\nB,20\nTotal,\"$61,300\"\n"),
            [Record, Record, TOTAL]
        );
    }

    #[test]
    fn a_company_called_total_is_asked_about() {
        assert_eq!(
            judged("id,name,arr,owner\n1,A,10,Sato\n2,Total,20,Sato\n3,C,5,Sato\n"),
            [Record, MayBeTotal, Record]
        );
        assert_eq!(
            judged("id,name,arr\n1,A,10\n2,Total Wine,30\n"),
            [Record, Record]
        );
        assert_eq!(
            judged("id,name,arr\n1,計測技研,10\n2,合計商事,30\n"),
            [Record, Record]
        );
    }

    #[test]
    fn a_header_is_repeated_on_each_page() {
        let again = Judged::NoRecord(NoRecord::HeaderAgain);
        assert_eq!(
            judged("name,arr\nA,10\nname,arr\nB,5\n"),
            [Record, again, Record]
        );
    }
}
