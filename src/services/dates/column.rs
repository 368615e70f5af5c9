//! How a whole column writes its dates: the order of the numbers, and whether its days are the
//! first days of periods. It sees every cell once and keeps little.

use super::means::Means;
use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};

use super::cell::{certain, iso_day, seen, serial};
use super::order::{self, Order};
use super::period::Span;
use super::scan::{Digits, normal};
use super::written::{Written, month_end};

/// How the dates of a column are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Column {
    pub order: Option<Order>,
    /// The column has no order of its own, and may take that of another file.
    pub follows: bool,
    /// The days are the first days of these periods.
    pub span: Option<Span>,
    /// The cells are a spreadsheet's numbers of days.
    pub serial: bool,
    /// What the days of the column are, beside what they are kept as.
    pub means: Means,
}

/// The evidence of a column's cells for the way its dates are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Cells that are valid only as day-month-year.
    pub dmy: u64,
    pub mdy: u64,
    /// Cells that are valid in both orders.
    pub either: u64,
    /// Cells that begin with a year of four digits.
    whole_years: u64,
    /// Cells whose last number is a year of four digits.
    last_years: u64,
    serials: u64,
    others: u64,
    short: Short,
    certain: Firsts,
    /// By the places of `Order::ALL`.
    ordered: [Firsts; 3],
}

impl Evidence {
    /// Looks at one cell. Blanks and texts that are no dates are no evidence.
    pub fn see(&mut self, cell: &str) {
        let cell = cell.trim();
        if cell.is_empty() {
            return;
        }
        if let Some((day, [])) = iso_day(cell.as_bytes()) {
            self.whole_years += 1;
            self.others += 1;
            return self.certain.see(day, true);
        }
        if serial(cell).is_some() {
            self.serials += 1;
            return;
        }
        self.others += 1;
        let Some(text) = normal(cell) else { return };
        let Some((found, weekday, midnight)) = seen(&text) else {
            return;
        };
        match found {
            Written::Three(numbers, sep) => self.three(numbers, sep, weekday, midnight),
            Written::Full { .. } => {
                self.whole_years += 1;
                if let Some(day) = certain(found) {
                    self.certain.see(day, midnight);
                }
            }
            Written::Yearless { .. } | Written::Two(..) => {}
        }
    }

    fn three(&mut self, numbers: [Digits; 3], sep: char, weekday: Option<Weekday>, midnight: bool) {
        let days = Order::ALL
            .map(|o| order::day(o, numbers).filter(|d| weekday.is_none_or(|w| w == d.weekday())));
        let long = numbers[2].len == 4;
        // The order of a date with dots and a whole year is certain, and proves nothing about others.
        if long && sep == '.' {
            if let Some(day) = days[0] {
                self.certain.see(day, midnight);
            }
            return;
        }
        for (firsts, day) in self.ordered.iter_mut().zip(days) {
            if let Some(day) = day {
                firsts.see(day, midnight);
            }
        }
        self.last_years += u64::from(long);
        if !long {
            self.short.see(numbers, days);
        }
        match (days[0], days[1]) {
            (Some(_), None) => self.dmy += 1,
            (None, Some(_)) => self.mdy += 1,
            (Some(_), Some(_)) => self.either += 1,
            (None, None) => {}
        }
    }

    /// The order that the column's own cells prove.
    pub fn order(&self) -> Option<Order> {
        if self.short.cells > 0 && self.allows(Order::Ymd) {
            let last_fits = self.short.valid[0].max(self.short.valid[1]) == self.short.cells;
            match self.short.year_place() {
                Some(Place::First) => return Some(Order::Ymd),
                Some(Place::Last) => {}
                None if self.whole_years > 0 || !last_fits => return Some(Order::Ymd),
                None => return None,
            }
        }
        match self.dmy.cmp(&self.mdy) {
            std::cmp::Ordering::Greater => Some(Order::Dmy),
            std::cmp::Ordering::Less => Some(Order::Mdy),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// Whether the column may have an order that another column of its file has.
    pub fn allows(&self, order: Order) -> bool {
        match order {
            Order::Dmy | Order::Mdy => true,
            Order::Ymd => {
                self.short.cells > 0
                    && self.short.valid[2] == self.short.cells
                    && self.last_years == 0
            }
        }
    }

    /// Whether some cell cannot be read without an order.
    pub fn needed(&self) -> bool {
        self.dmy + self.mdy + self.either + self.short.cells > 0
    }

    /// Whether all cells are a spreadsheet's numbers of days.
    pub fn is_serial(&self) -> bool {
        self.serials > 0 && self.others == 0
    }

    /// Whether more cells may still show that the days are the first days of periods.
    pub fn may_span(&self) -> bool {
        self.certain.may_span() && self.ordered.iter().any(|f| f.cells == 0 || f.may_span())
    }

    /// The periods whose first days the column holds, if it holds nothing else. `named` is the
    /// period that the header names: a single one is proof then.
    pub fn span(&self, order: Option<Order>, named: Option<Span>) -> Option<Span> {
        let mut firsts = self.certain.clone();
        if self.needed() {
            let at = Order::ALL.iter().position(|o| Some(*o) == order)?;
            firsts.add(&self.ordered[at]);
        }
        firsts.span(named)
    }
}

/// Where the year of two digits stands.
enum Place {
    First,
    Last,
}

/// Cells of three numbers without a whole year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Short {
    cells: u64,
    /// Cells that are days, by the places of `Order::ALL`.
    valid: [u64; 3],
    /// The numbers at the first and the last place, as bits.
    first: u128,
    last: u128,
    /// Cells that are the last day of a month with the year first, or with the day first.
    month_ends: [u64; 2],
}

impl Short {
    fn see(&mut self, [a, b, c]: [Digits; 3], days: [Option<NaiveDate>; 3]) {
        if days.iter().all(Option::is_none) || a.value > 99 || b.value > 99 || c.value > 99 {
            return;
        }
        self.cells += 1;
        self.first |= 1 << a.value;
        self.last |= 1 << c.value;
        for (count, day) in self.valid.iter_mut().zip(days) {
            *count += u64::from(day.is_some());
        }
        for (count, day) in self.month_ends.iter_mut().zip([days[2], days[0]]) {
            *count += u64::from(day.is_some_and(|d| d == month_end(d)));
        }
    }

    /// Years of one column lie close together, days of a month do not; days that are all the last
    /// of their month are no years.
    fn year_place(&self) -> Option<Place> {
        /// The most years between the first and the last of a column of two-digit years.
        const CLOSE: u32 = 5;
        let width = |bits: u128| (127 - bits.leading_zeros()).saturating_sub(bits.trailing_zeros());
        let several = self.first.count_ones() + self.last.count_ones() > 2;
        match (width(self.first) <= CLOSE, width(self.last) <= CLOSE) {
            (true, false) => return Some(Place::First),
            (false, true) => return Some(Place::Last),
            (true, true) | (false, false) => {}
        }
        let ends = self.month_ends.map(|n| n == self.cells);
        match ends {
            [true, false] if several && self.cells > 1 => Some(Place::First),
            [false, true] if several && self.cells > 1 => Some(Place::Last),
            _ => None,
        }
    }
}

/// Whether days are the first days of periods.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Firsts {
    cells: u64,
    /// A day that is not the first of its month, or a time of day.
    no_month: bool,
    months: BTreeSet<i32>,
    no_week: bool,
    weekday: Option<Weekday>,
    weeks: BTreeSet<i32>,
}

/// Days that were seen by their number: more distinct ones prove nothing more.
const ENOUGH: usize = 600;

impl Firsts {
    fn see(&mut self, day: NaiveDate, midnight: bool) {
        self.cells += 1;
        if day.day() != 1 || !midnight {
            self.no_month = true;
        }
        if !self.no_month && self.months.len() < ENOUGH {
            self.months.insert(day.year() * 12 + day.month0() as i32);
        }
        if !midnight || self.weekday.is_some_and(|w| w != day.weekday()) {
            self.no_week = true;
            self.weeks.clear();
        }
        if !self.no_week && self.weeks.len() < ENOUGH {
            self.weekday = Some(day.weekday());
            self.weeks.insert(day.num_days_from_ce() / 7);
        }
    }

    fn may_span(&self) -> bool {
        !(self.no_month && self.no_week)
    }

    fn add(&mut self, other: &Firsts) {
        if other.cells == 0 {
            return;
        }
        self.cells += other.cells;
        self.no_month |= other.no_month;
        self.no_week |=
            other.no_week || self.weekday.zip(other.weekday).is_some_and(|(a, b)| a != b);
        self.weekday = self.weekday.or(other.weekday);
        self.months.extend(&other.months);
        self.weeks.extend(&other.weeks);
    }

    fn span(&self, named: Option<Span>) -> Option<Span> {
        if !self.no_month {
            let third = |m: &i32| m.rem_euclid(3);
            let quarters = self
                .months
                .first()
                .map(third)
                .is_some_and(|first| self.months.iter().all(|m| third(m) == first));
            return match (named, self.months.len()) {
                (_, 0) => None,
                (Some(Span::Quarter), _) if quarters => Some(Span::Quarter),
                (Some(Span::Month), _) => Some(Span::Month),
                (None, 3..) if quarters => Some(Span::Quarter),
                (None, 2..) => Some(Span::Month),
                _ => None,
            };
        }
        let begins = matches!(self.weekday, Some(Weekday::Mon | Weekday::Sun));
        if self.no_week || !begins {
            return None;
        }
        // Without a word for it in the header, only weeks without a gap are proof.
        let gapless = self
            .weeks
            .first()
            .zip(self.weeks.last())
            .is_some_and(|(a, b)| (b - a + 1) as usize == self.weeks.len());
        match named {
            Some(Span::Week) => Some(Span::Week),
            Some(Span::Month | Span::Quarter) => None,
            None => (gapless && self.weeks.len() >= 4).then_some(Span::Week),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[&str]) -> Evidence {
        let mut seen = Evidence::default();
        for cell in cells {
            seen.see(cell);
        }
        seen
    }

    #[test]
    fn one_cell_decides_for_the_column() {
        let e = of(&["01-02-2024", "03-04-2024", "27-08-2024", "", "2024-01-01"]);
        assert_eq!((e.order(), e.either), (Some(Order::Dmy), 2));
    }

    #[test]
    fn a_column_proves_where_its_year_stands() {
        for (cells, want) in [
            (&["27/03/31", "26/12/25", "27/01/15"][..], Some(Order::Ymd)),
            (&["27-03-31", "27-06-30", "26-09-30"], Some(Order::Ymd)),
            (&["99/03/31", "2001/04/01"], Some(Order::Ymd)),
            (&["2027/03/31", "27/03/31"], Some(Order::Ymd)),
            (&["31/03/27", "15/12/26", "02/01/27"], Some(Order::Dmy)),
            (&["31/03/27", "30/06/27"], Some(Order::Dmy)),
            (&["03/31/27", "12/15/26"], Some(Order::Mdy)),
            (&["1/5/24", "7/12/19", "3/25/20"], Some(Order::Mdy)),
            (&["27/03/31"], None),
            (&["27/03/31", "26/02/27"], None),
            (&["01/04/26", "01/10/27"], None),
            (&["27.03.31", "26.12.25", "27.01.15"], Some(Order::Ymd)),
            (&["01/12/26(火)"], Some(Order::Dmy)),
            (&["12/01/2026 (Tue)"], Some(Order::Mdy)),
            (&["05/06/2024", "06/07/2024"], None),
            (&["3/14/2026", "17.03.2026"], Some(Order::Mdy)),
            (&["2024-01-05"], None),
            (&["1.2.3", "10.0.1"], None),
        ] {
            assert_eq!(of(cells).order(), want, "{cells:?}");
        }
    }

    #[test]
    fn first_days_are_periods_only_where_the_whole_column_says_so() {
        let month = Some(Span::Month);
        for (cells, named, want) in [
            (&["2025-01-01", "2025-02-01", "2025-02-01"][..], None, month),
            (&["2025-01-01", "2025-02-01", "2025-02-02"], None, None),
            (&["2025-01-01", "2025-01-01"], None, None),
            (&["2025-01-01", "2025-01-01"], month, month),
            (&["2025-01-01 10:00", "2025-02-01 09:00"], None, None),
            (&["2025/1/1", "2025年2月1日", "R7.3.1"], None, month),
            (
                &["2025-01-01", "2025-04-01", "2025-10-01"],
                None,
                Some(Span::Quarter),
            ),
            (&["2025-01-01", "2025-04-01", "2025-10-01"], month, month),
            (
                &["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"],
                None,
                Some(Span::Week),
            ),
            (&["2026-11-02", "2026-11-09", "2026-11-23"], None, None),
            (&["2026-11-02"], Some(Span::Week), Some(Span::Week)),
            (&["2026-11-03", "2026-11-10"], Some(Span::Week), None),
            (&["13/01/2025", "01/02/2025"], None, None),
            (&[], month, None),
        ] {
            let seen = of(cells);
            assert_eq!(seen.span(seen.order(), named), want, "{cells:?}");
        }
    }

    #[test]
    fn numbers_of_a_spreadsheet_are_days_only_alone() {
        assert!(of(&["46357", "46388.5", ""]).is_serial());
        assert!(!of(&["46357", "2026-12-01"]).is_serial());
        assert!(!of(&["46357", "12"]).is_serial());
        assert!(!of(&[""]).is_serial());
    }
}
