//! Splits a document into calls. Every line that is not blank is in exactly one call or in a part that
//! is left out, with the reason.

use std::ops::Range;

use super::fields::{self, Field};
use super::heading::{self, Heading, Who};
use super::line::{Mark, Plain, is_rule};
use super::names::Names;
use super::piece::{Apart, DaySaid, Piece, Split, Why, said};
use super::verdict::{Around, is_heading};
use crate::services::dates::month_en;

/// Lines before the first call that are taken for a title; more are taken for a call.
const TITLE_LINES: usize = 3;

pub fn split(lines: &[&str], names: &Names) -> Split {
    let plains: Vec<Plain> = lines.iter().map(|l| Plain::of(l)).collect();
    let first = Splitter::run(lines, &plains, names, false);
    if first.pieces.iter().any(|p| p.heading.is_some()) {
        return first;
    }
    let items = Splitter::run(lines, &plains, names, true);
    if items.pieces.iter().any(|p| p.heading.is_some()) {
        items
    } else {
        first
    }
}

struct Splitter<'a> {
    lines: &'a [&'a str],
    plains: &'a [Plain],
    names: &'a Names,
    items: bool,
    /// Headings of the document name accounts without days.
    names_alone: bool,
    out: Split,
    now: Option<Piece>,
    /// A day and an account from headings above, and whether they are surely meant for what follows.
    day: Option<(DaySaid, bool)>,
    who: Option<(Who, String, Mark)>,
    year: Option<i32>,
    /// A blank line or a rule stands before this line.
    free: bool,
}

impl<'a> Splitter<'a> {
    fn run(lines: &'a [&'a str], plains: &'a [Plain], names: &'a Names, items: bool) -> Split {
        let alone = plains.iter().filter(|p| {
            let heads = matches!(
                p.mark,
                Mark::Hash(_) | Mark::Sign(_) | Mark::Bold | Mark::None
            );
            heads && p.text.chars().count() <= 60 && {
                let h = heading::read(p, names);
                h.day.is_none() && h.who.is_exact() && h.rest == 0
            }
        });
        let mut this = Self {
            lines,
            plains,
            names,
            items,
            names_alone: alone.count() > 0,
            out: Split::default(),
            now: None,
            day: None,
            who: None,
            year: None,
            free: true,
        };
        for at in 0..lines.len() {
            this.line(at);
        }
        this.finish();
        this.out.apart.sort_by_key(|a| a.lines.start);
        this.out
    }

    fn line(&mut self, at: usize) {
        let plain = &self.plains[at];
        if self.lines[at].trim().is_empty() {
            self.free = true;
            return;
        }
        if self.lines[at].contains('\u{fffd}') {
            // The lines before and after stay in one note: only this one is left out.
            return self.apart(at..at + 1, Why::Unreadable);
        }
        if is_rule(self.lines[at]) {
            if self.now.as_ref().is_some_and(|p| p.body) {
                self.close();
            }
            self.free = true;
            return self.apart(at..at + 1, Why::Rule);
        }
        if let Some(year) = self.year_alone(at) {
            self.close();
            self.year = Some(year);
            self.free = true;
            return self.apart(at..at + 1, Why::Shared);
        }
        if let Some(field) = fields::read(plain, self.names) {
            self.field(at, field);
        } else {
            self.words(at);
        }
        self.free = false;
    }

    /// Leaves lines out, except those that are left out already.
    fn apart(&mut self, lines: Range<usize>, why: Why) {
        let is_apart = |i: usize| self.out.apart.iter().any(|a| a.lines.contains(&i));
        let mut runs: Vec<Range<usize>> = Vec::new();
        for i in lines.filter(|i| !is_apart(*i)) {
            match runs.last_mut() {
                Some(run) if run.end == i => run.end = i + 1,
                _ => runs.push(i..i + 1),
            }
        }
        let runs = runs.into_iter().map(|lines| Apart { lines, why });
        let runs: Vec<Apart> = runs.collect();
        self.out.apart.extend(runs);
    }

    /// Whether text follows a line at once.
    fn goes_on(&self, at: usize) -> bool {
        let next = self.lines.get(at + 1);
        next.is_some_and(|l| !l.trim().is_empty())
    }

    /// A line that is a year or a month alone: 2025, 2025年, November 2025.
    fn year_alone(&self, at: usize) -> Option<i32> {
        let plain = &self.plains[at];
        let heads = matches!(plain.mark, Mark::Hash(_) | Mark::Sign(_) | Mark::Bold);
        if !(heads || self.free) || plain.low.len() > 24 {
            return None;
        }
        let low = plain.low.trim_end_matches(':').trim();
        let (year, rest) = match low.get(..4).and_then(|y| y.parse::<i32>().ok()) {
            Some(year) => (year, low[4..].trim()),
            None => {
                let (month, year) = low.split_once(' ')?;
                month_en(month)?;
                (year.trim().parse().ok()?, "")
            }
        };
        let month = rest.trim_start_matches('年').trim_end_matches('月').trim();
        let fits = rest.is_empty()
            || matches!(rest, "年" | "年度")
            || (rest.starts_with('年') && rest.ends_with('月') && month.parse::<u32>().is_ok());
        ((1990..2100).contains(&year) && fits).then_some(year)
    }

    /// A line of words: a heading, a part of the heading above, or text.
    fn words(&mut self, at: usize) {
        let plain = &self.plains[at];
        // A line underlined by signs is a heading.
        let underlined = self.free && self.lines.get(at + 1).is_some_and(|l| is_rule(l));
        let mut h = heading::read(plain, self.names);
        if underlined && h.mark == Mark::None && plain.text.chars().count() <= 70 {
            h.mark = Mark::Hash(1);
        }
        if self.completes(&h, plain) {
            return self.complete(at, h);
        }
        let above = self.now.as_ref().and_then(|p| p.heading.as_ref());
        let around = Around {
            free: self.free,
            goes_on: self.goes_on(at) && !underlined,
            above,
            names_alone: self.names_alone,
            items: self.items,
        };
        if is_heading(plain, &h, &around) {
            self.begin(at, h);
        } else {
            self.text(at, Some(h));
        }
    }

    /// Whether the line gives the heading above what it lacks: the day or the account.
    fn completes(&self, h: &Heading, plain: &Plain) -> bool {
        let Some(piece) = self.now.as_ref().filter(|p| !p.body) else {
            return false;
        };
        if piece.heading.is_none() {
            return false;
        }
        let dated = h.day.is_some() && !h.deadline;
        let short = plain.text.chars().count() <= 60;
        let day = dated && h.day_first && h.name.is_empty() && h.rest == 0;
        let exact = h.who.is_exact() && h.name_first && (h.rest == 0 || h.separated);
        let close = h.who.is_close() && h.name_first && h.rest == 0 && short;
        (piece.day.is_none() && day) || (piece.who == Who::Nobody && !dated && (exact || close))
    }

    fn complete(&mut self, at: usize, h: Heading) {
        // A blank line between them: the first is meant for the calls below too.
        let shared = self.free;
        let Some(piece) = &mut self.now else { return };
        let before = piece.heading.clone();
        if let Some(day) = said(&h, None) {
            self.who = before.map(|b| (piece.who.clone(), piece.name.clone(), b.mark));
            piece.day = Some(day);
        } else {
            let firm = shared || before.is_some_and(|b| b.mark != h.mark);
            self.day = piece.day.clone().map(|day| (day, firm));
            (piece.who, piece.name) = (h.who.clone(), h.name.clone());
            // More than the name: the line is text as well.
            piece.body = h.rest > 0;
        }
        piece.people.extend(h.people.clone());
        piece.kind = piece.kind.or(h.kind);
        piece.lines.end = at + 1;
        piece.heading = Some(h);
    }

    /// A new call begins.
    fn begin(&mut self, at: usize, h: Heading) {
        self.close();
        let mut piece = Piece {
            lines: at..at + 1,
            who: h.who.clone(),
            name: h.name.clone(),
            who_unsure: false,
            day: if h.deadline {
                None
            } else {
                said(&h, self.year)
            },
            kind: h.kind,
            people: h.people.clone(),
            body: false,
            heading: None,
        };
        if piece.day.is_some() && piece.who != Who::Nobody {
            (self.day, self.who) = (None, None);
        } else if piece.day.is_none() {
            self.who = None;
            piece.day = self.day.clone().map(|(day, firm)| DaySaid {
                unsure: !firm,
                ..day
            });
        } else if let Some((who, name, mark)) = &self.who {
            let level = |m: &Mark| match m {
                Mark::Hash(level) => *level,
                Mark::Sign(_) | Mark::Bold | Mark::Bracket => 1,
                Mark::None | Mark::Bullet | Mark::Quote => 9,
            };
            (piece.who, piece.name) = (who.clone(), name.clone());
            piece.who_unsure = level(mark) >= level(&h.mark);
        }
        piece.heading = Some(h);
        self.now = Some(piece);
    }

    /// A line of text: of the call above, or of one without a heading.
    fn text(&mut self, at: usize, h: Option<Heading>) {
        if let Some(piece) = &mut self.now {
            piece.body = true;
            piece.lines.end = at + 1;
            return;
        }
        let who = h.map(|h| (h.who, h.name));
        let (who, name) = who.filter(|w| w.0.is_exact()).unwrap_or_default();
        self.now = Some(Piece {
            lines: at..at + 1,
            who_unsure: who != Who::Nobody,
            who,
            name,
            day: None,
            kind: None,
            people: Vec::new(),
            heading: None,
            body: true,
        });
    }

    /// A field belongs to the heading above, begins a call, or is text.
    fn field(&mut self, at: usize, field: Field) {
        let open = self
            .now
            .as_ref()
            .is_some_and(|p| !p.body && p.heading.is_some());
        let begins = !open && (self.free || self.now.is_none()) && self.begins_with_fields(at);
        if begins {
            self.close();
            let mut h = heading::read(&Plain::of(""), self.names);
            h.mark = Mark::Bold;
            self.begin(at, h);
            if let Some(piece) = &mut self.now {
                (piece.day, piece.who, piece.who_unsure) = (None, Who::Nobody, false);
            }
        } else if !open {
            if let (Field::People(people), Some(piece)) = (&field, &mut self.now) {
                piece.people.extend(people.clone());
            }
            return self.text(at, None);
        }
        let year = self.year;
        let Some(piece) = &mut self.now else { return };
        match field {
            Field::Day(Some((found, words))) if piece.day.is_none() => {
                piece.day = Some(DaySaid {
                    found,
                    words,
                    unsure: false,
                    year,
                });
            }
            Field::Who(who, name) if piece.who == Who::Nobody || piece.who_unsure => {
                (piece.who, piece.name, piece.who_unsure) = (who, name, false);
            }
            Field::Address(who, name) if piece.who == Who::Nobody && who != Who::Nobody => {
                (piece.who, piece.name) = (who, name);
            }
            Field::People(people) => piece.people.extend(people),
            Field::Day(_) | Field::Who(..) | Field::Address(..) | Field::Subject => {}
        }
        piece.lines.end = at + 1;
    }

    /// Whether the fields from here on are the header of a call: they name its account, or a day in
    /// the header of a mail or of a document without a call so far.
    fn begins_with_fields(&self, at: usize) -> bool {
        let block: Vec<Field> = (at..self.lines.len())
            .map_while(|i| fields::read(&self.plains[i], self.names))
            .collect();
        let who = block.iter().any(|f| matches!(f, Field::Who(..)));
        let mail = |f: &Field| matches!(f, Field::Subject | Field::Address(..));
        let day = block.iter().any(Field::is_key);
        who || (day && (self.now.is_none() || block.iter().any(mail)))
    }

    /// Ends the call above. A heading without text is a title or is shared by the calls below, unless
    /// it says both account and day.
    fn close(&mut self) {
        let Some(piece) = self.now.take() else { return };
        let Some(h) = piece.heading.as_ref().filter(|_| !piece.body) else {
            return self.push(piece);
        };
        let fields = h.name.is_empty() && h.day.is_none();
        match (&piece.day, &piece.who) {
            (Some(_), who) if *who != Who::Nobody => self.push(piece),
            _ if fields && piece.lines.len() > 1 => self.push(piece),
            (Some(day), _) => {
                self.day = Some((day.clone(), true));
                self.apart(piece.lines, Why::Shared);
            }
            (None, who) if who.is_exact() => {
                self.who = Some((who.clone(), piece.name.clone(), h.mark));
                self.apart(piece.lines, Why::Shared);
            }
            _ => self.apart(piece.lines, Why::Title),
        }
    }

    fn push(&mut self, piece: Piece) {
        let first = self.out.pieces.is_empty();
        let count = self.lines[piece.lines.clone()]
            .iter()
            .filter(|l| !l.trim().is_empty())
            .count();
        if first && piece.heading.is_none() && count <= TITLE_LINES && self.has_more(&piece) {
            return self.apart(piece.lines, Why::Title);
        }
        self.out.pieces.push(piece);
    }

    /// Whether the document goes on after a piece.
    fn has_more(&self, piece: &Piece) -> bool {
        let rest = &self.lines[piece.lines.end..];
        rest.iter().any(|l| !l.trim().is_empty() && !is_rule(l))
    }

    fn finish(&mut self) {
        self.close();
        // A heading without text at the end is no title: it is asked about.
        let last = self.out.apart.last().cloned();
        if self.out.pieces.is_empty()
            && let Some(last) = last.filter(|a| matches!(a.why, Why::Title | Why::Shared))
        {
            self.out.apart.pop();
            self.text(last.lines.start, None);
            if let Some(piece) = &mut self.now {
                piece.lines.end = last.lines.end;
            }
            if let Some(piece) = self.now.take() {
                self.out.pieces.push(piece);
            }
        }
    }
}
