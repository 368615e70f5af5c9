//! A check-in for other systems: the paste packet for a CRM, 議事録, actions as calendar to-dos and as
//! a table. None contains private lines; personal matters stand in the first two only where the user puts them in.

mod lists;

use chrono::{Datelike, NaiveDate};

use crate::domain::action::{Action, Status};
use crate::domain::checkin::crm::CrmField;
use crate::domain::checkin::report::{Topic, topics};
use crate::domain::checkin::{Checkin, Mark, clock, public};
use crate::domain::contact::Contact;
use crate::domain::courtesy;
use crate::domain::ours::Ours;
use crate::domain::text::clean_line;
use crate::domain::when::Zone;
use crate::services::agreed::{Agreed, city};
use crate::services::compose::{plain, quoted};
use crate::services::message::guests;
use crate::services::next_call;
use crate::services::outgoing::personal::{Names, Personal};
use crate::services::outgoing::{answer, asked, is_ours, person, says_nothing};
use crate::words::{self, Lang};

pub use lists::{csv, ics};

fn minutes(c: &Checkin) -> i64 {
    let reading = clock::read(
        c,
        c.ended()
            .unwrap_or_else(|| c.started().unwrap_or(c.created)),
    );
    (reading.total.num_seconds() + 30) / 60
}

fn kind(c: &Checkin, lang: Lang, t: Lang) -> &str {
    c.title.as_ref().map_or(c.kind.words(t), |w| lang.pick(w))
}

fn action_words(a: &Action, t: Lang) -> String {
    let who = if a.owner.is_empty() {
        a.side.words(t)
    } else {
        &a.owner
    };
    format!(
        "{} / {who} / {}",
        public(&a.what),
        if a.is_open() {
            let none = || words::actions::no_due(t).to_owned();
            a.due.map_or_else(none, |d| d.to_string())
        } else {
            a.status.words(t).to_owned()
        }
    )
}

/// What a paper is made from.
#[derive(Clone, Copy)]
pub struct Of<'a> {
    pub checkin: &'a Checkin,
    /// The account's name.
    pub account: &'a str,
    pub contacts: &'a [Contact],
    pub actions: &'a [Action],
    /// The next meeting, where it is agreed.
    pub agreed: Option<Agreed>,
    pub ours: Ours<'a>,
    /// Which lines about personal matters the paper holds.
    pub personal: Personal<'a>,
    pub lang: Lang,
    pub zone: Zone,
    /// The customer's time zone.
    pub there: Zone,
}

impl<'a> Of<'a> {
    /// The lines about personal matters that were said on the call, each once, whether the paper holds them or not.
    pub fn personal_lines(&self) -> Vec<&'a str> {
        let names = self.names();
        // Actions are lines of their own.
        let lines = topics(self.checkin).into_iter().flat_map(|t| t.lines);
        let lines = lines.filter(|(_, mark)| *mark != Some(Mark::Action));
        let items = [Mark::Decision, Mark::Question].map(|mark| self.checkin.items(mark));
        let texts = lines
            .map(|(line, _)| line)
            .chain(items.into_iter().flatten());
        let actions = self.actions.iter().filter(|a| a.status != Status::Dropped);
        let mut found: Vec<&str> = Vec::new();
        for text in texts.chain(actions.map(|a| a.what.as_str())) {
            if names.is_personal(text) && !found.contains(&text) {
                found.push(text);
            }
        }
        found
    }

    fn names(&self) -> Names {
        let contacts = self.contacts.iter().map(|c| c.name.as_str());
        let there = self.checkin.wrapup.attendees.iter().map(String::as_str);
        let ours = self.ours.colleagues().map(|p| p.name.as_str());
        Names::of(contacts.chain(there).chain(ours))
    }

    /// What the paper says of the lines that it leaves out.
    fn left_out(&self) -> Option<String> {
        let names = self.names();
        let lines = self.personal_lines().into_iter();
        let out = lines
            .filter(|line| !self.personal.allows(line, &names))
            .count();
        (out > 0).then(|| words::papers::left_out(self.lang, out))
    }

    /// The lines with a mark that the paper holds.
    fn items(&self, mark: Mark) -> Vec<String> {
        let (names, items) = (self.names(), self.checkin.items(mark).into_iter());
        let held = items.filter(|line| self.personal.allows(line, &names));
        held.map(plain).collect()
    }

    /// The topics with the lines that the paper holds.
    fn topics(&self) -> Vec<Topic<'a>> {
        let (names, mut topics) = (self.names(), topics(self.checkin));
        for topic in &mut topics {
            topic
                .lines
                .retain(|(line, _)| self.personal.allows(line, &names));
        }
        topics
    }

    /// The actions that the paper holds: without those that were dropped.
    fn actions(&self) -> impl Iterator<Item = &'a Action> {
        let (personal, names) = (self.personal, self.names());
        let actions = self.actions.iter().filter(|a| a.status != Status::Dropped);
        actions.filter(move |a| !says_nothing(&a.what) && personal.allows(&a.what, &names))
    }

    /// The day of the next check-in, and what of it is agreed. Papers are read by colleagues: in our time, with the
    /// customer's where that is another.
    fn next(&self) -> Option<String> {
        let lang = self.lang;
        let date = |at: NaiveDate| {
            let weekday = words::dates::weekday(lang, at.weekday());
            words::papers::next_day(lang, at, weekday)
        };
        let Some(agreed) = self.agreed else {
            let proposed = |next| words::papers::next_proposed(lang, date(next));
            let said = || {
                next_call::is_said(self.checkin)
                    .then(|| words::papers::next_as_said(lang).to_owned())
            };
            return self.checkin.wrapup.next.map(proposed).or_else(said);
        };
        let (here, there) = (self.zone.local(agreed.at), self.there.local(agreed.at));
        if agreed.day_only {
            return Some(words::papers::next_day_only(lang, date(here.date())));
        }
        let ours = format!("{} {}", date(here.date()), here.format("%H:%M"));
        if here == there {
            return Some(ours);
        }
        let day = if here.date() == there.date() {
            String::new()
        } else {
            format!("{} ", date(there.date()))
        };
        let time = there.format("%H:%M").to_string();
        Some(words::papers::next_theirs(
            lang,
            ours,
            city(self.there),
            day,
            time,
        ))
    }

    /// Who was there, each once: the customer's people, and ours with the writer.
    fn sides(&self) -> (Vec<String>, Vec<String>) {
        let theirs = guests(self.checkin, self.contacts, self.ours);
        let theirs = theirs.iter().map(|name| self.with_title(name)).collect();
        let mut ours = vec![self.writer().to_owned()];
        for name in &self.checkin.wrapup.attendees {
            if is_ours(name, self.contacts, self.ours) {
                let known = self
                    .ours
                    .find(name)
                    .map_or(name.as_str(), |p| p.name.as_str());
                let known = courtesy::bare(known).0;
                let key = courtesy::key(known);
                let part = |one: &String| {
                    courtesy::key(one) == key
                        || one.split_whitespace().any(|p| courtesy::key(p) == key)
                };
                if !ours.iter().any(part) {
                    ours.push(known.to_owned());
                }
            }
        }
        (theirs, ours)
    }

    /// A guest with the title on record, where the name does not tell it.
    fn with_title(&self, name: &str) -> String {
        let title = person(name, self.contacts).map_or("", |c| c.title.trim());
        if title.is_empty() || name.contains(title) {
            return name.to_owned();
        }
        words::papers::with_title(self.lang, name, title)
    }

    fn writer(&self) -> &str {
        let author = self.checkin.author.as_str();
        if author.is_empty() {
            self.ours.me
        } else {
            author
        }
    }
}

/// A question with its answer, or that it has none yet.
fn question(line: String, lang: Lang) -> String {
    match answer(&line) {
        Some(_) => line,
        None => words::papers::question_open(lang, asked(&line)),
    }
}

/// The lines that say something: without 「特になし」.
fn said(mut lines: Vec<String>) -> Vec<String> {
    lines.retain(|line| !says_nothing(line));
    lines
}

/// Plain text with one field after the other, to be pasted into a CRM.
pub fn crm(of: Of, order: &[CrmField]) -> String {
    let (c, t, lang, zone) = (of.checkin, of.lang, of.lang, of.zone);
    let w = &c.wrapup;
    let items = |mark: Mark| of.items(mark);
    let mut out = String::new();
    for field in order {
        let lines: Vec<String> = match field {
            CrmField::Date => vec![
                zone.local(c.started().unwrap_or(c.created))
                    .format("%Y-%m-%d %H:%M")
                    .to_string(),
            ],
            CrmField::Account => vec![of.account.to_owned()],
            CrmField::Type => vec![kind(c, lang, t).to_owned()],
            CrmField::Attendees => {
                let (theirs, ours) = of.sides();
                let comma = words::common::list_comma(t);
                let ours = words::papers::attendees_ours(t, ours.join(comma));
                vec![format!("{}{ours}", theirs.join(comma))]
            }
            CrmField::Sentiment => w
                .sentiment
                .map(|s| s.words(t).to_owned())
                .into_iter()
                .collect(),
            CrmField::Judgement => w
                .judgement
                .map(|j| j.words(t).to_owned())
                .into_iter()
                .collect(),
            CrmField::Summary => of
                .topics()
                .into_iter()
                .flat_map(|x| x.lines)
                .filter(|(_, mark)| mark.is_none())
                .map(|(l, _)| plain(l))
                .collect(),
            CrmField::Decisions => said(items(Mark::Decision)),
            CrmField::Risks => items(Mark::Risk),
            CrmField::Opportunities => items(Mark::Opportunity),
            CrmField::Quotes => items(Mark::Quote).iter().map(|q| quoted(q, lang)).collect(),
            CrmField::Feedback => items(Mark::Feedback),
            CrmField::Questions => {
                let asked = items(Mark::Question).into_iter();
                asked.map(|line| question(line, lang)).collect()
            }
            CrmField::Actions => of.actions().map(|a| action_words(a, t)).collect(),
            CrmField::Next => of.next().into_iter().collect(),
        };
        // A line within a value would look like the next field.
        let lines = lines.iter().map(|l| clean_line(l));
        let lines: Vec<String> = lines.filter(|l| !l.is_empty()).collect();
        if !lines.is_empty() {
            out.push_str(&format!("[{}] {}\n", field.words(t), lines.join("\n  ")));
        }
    }
    if let Some(left_out) = of.left_out() {
        out.push_str(&format!("{left_out}\n"));
    }
    out
}

/// A hash of the pasted text: it detects a later change of the note.
pub fn fingerprint(packet: &str) -> u64 {
    crate::domain::text::hash(packet)
}

/// A line with what its mark says of it; a quote in quotation marks.
fn marked(line: String, mark: Option<Mark>, t: Lang) -> String {
    match mark {
        None => line,
        Some(Mark::Quote) => quoted(&line, t),
        Some(Mark::Question) => {
            words::papers::minutes_marked(t, Mark::Question.words(t), question(line, t))
        }
        Some(mark) => words::papers::minutes_marked(t, mark.words(t), &line),
    }
}

/// 議事録: minutes in the form of Japanese companies.
pub fn minutes_of_meeting(of: Of) -> String {
    let (c, t, lang, zone) = (of.checkin, of.lang, of.lang, of.zone);
    let started = zone.local(c.started().unwrap_or(c.created));
    let ended = c
        .ended()
        .map(|e| zone.local(e).format("%H:%M").to_string())
        .unwrap_or_default();
    let when = if lang == Lang::Ja {
        started.format("%Y年%-m月%-d日 %H:%M").to_string()
    } else {
        started.format("%Y-%m-%d %H:%M").to_string()
    };
    let mut out = format!("{}\n\n", words::papers::minutes_title(t));
    let mut line = |name: &str, value: &str| {
        let value = clean_line(value);
        if !value.is_empty() {
            out.push_str(&format!("{name}: {value}\n"));
        }
    };
    line(
        words::papers::minutes_subject(t),
        &format!("{} {}", of.account, kind(c, lang, t)),
    );
    line(
        words::papers::note_date(t),
        &format!("{when}–{ended} ({})", words::call::minutes(t, minutes(c))),
    );
    let (theirs, ours) = of.sides();
    let names = |names: &[String]| names.join(words::common::list_comma(t));
    line(words::papers::minutes_theirs(t), &names(&theirs));
    line(words::papers::minutes_ours(t), &names(&ours));
    line(words::papers::minutes_writer(t), of.writer());
    line(
        words::papers::minutes_audience(t),
        words::papers::minutes_inside(t),
    );
    let mut section = |name: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            out.push_str(&words::papers::minutes_section(t, clean_line(name)));
            for l in lines {
                out.push_str(&words::papers::minutes_point(t, clean_line(&l)));
            }
        }
    };
    for topic in of.topics() {
        section(
            c.sections
                .get(topic.section)
                .map_or("—", |s| lang.pick(&s.name)),
            topic
                .lines
                .iter()
                // Actions and decisions are listed by themselves.
                .filter(|(_, m)| !matches!(m, Some(Mark::Action | Mark::Decision)))
                .map(|(l, m)| marked(plain(l), *m, t))
                .collect(),
        );
    }
    section(CrmField::Decisions.words(t), said(of.items(Mark::Decision)));
    section(
        words::papers::minutes_todo(t),
        of.actions().map(|a| action_words(a, t)).collect(),
    );
    section(words::papers::note_next(t), of.next().into_iter().collect());
    if let Some(left_out) = of.left_out() {
        out.push_str(&format!("\n{left_out}\n"));
    }
    out
}

#[cfg(test)]
pub mod tests;
