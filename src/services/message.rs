//! Drafts of messages from a check-in: the values that templates may use. Private lines are not among
//! them, so that no template can expose them.

mod drafting;

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::domain::action::{Action, Side, Status};
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::checkin::wrapup::Team;
use crate::domain::checkin::{Checkin, Mark, public};
use crate::domain::contact::Contact;
use crate::domain::courtesy;
use crate::domain::ours::Ours;
use crate::domain::text::{capital, clean_line};
use crate::domain::when::Zone;
use crate::services::agreed::{self, Agreed};
use crate::services::compose::{plain, quoted};
use crate::services::next_call;
use crate::services::outgoing::actions::Choice;
use crate::services::outgoing::personal::{Names, Personal};
use crate::services::outgoing::{
    Outgoing, Said, addressed, greeted, is_ours, outgoing, person, says_nothing,
};
use crate::words::{self, Lang};

pub use drafting::{draft, eml};

/// The values a template can use.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(Default))]
pub struct Facts {
    customer: String,
    me: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    company: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signature: Option<String>,
    date: String,
    /// Whether the message is made on the day of the talk.
    same_day: bool,
    /// Whether the customer was frustrated or disappointed.
    upset: bool,
    /// Whether the talk is escalated to support or to product: there was trouble of our making.
    sorry: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    colleague: Option<String>,
    /// Whether the agreed meeting has a time.
    next_time: bool,
    /// Whether there is anything to summarise.
    content: bool,
    /// Whether several people of the customer were on the call.
    several: bool,
    attendees: Vec<String>,
    addressed: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    greeting: Option<String>,
    topics: Vec<String>,
    notes: Vec<String>,
    answered: Vec<String>,
    open: Vec<String>,
    decisions: Vec<String>,
    /// How many of the marked lines colleagues do not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<String>,
    quotes: Vec<String>,
    risks: Vec<String>,
    feedback: Vec<String>,
    opportunities: Vec<String>,
    questions: Vec<String>,
    ours: Vec<Todo>,
    theirs: Vec<Todo>,
    /// What the customer has done already.
    received: Vec<Todo>,
}

#[derive(Debug, Clone, Serialize)]
struct Todo {
    what: String,
    /// Who does it; of the customer's people as the mail addresses them.
    owner: String,
    due: Option<String>,
    done: bool,
}

/// A draft, ready to be sent by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub subject: String,
    pub body: String,
}

/// What a message is made from.
pub struct Of<'a> {
    pub checkin: &'a Checkin,
    pub account: &'a str,
    pub contacts: &'a [Contact],
    pub actions: &'a [Action],
    /// The next meeting, where it is agreed.
    pub agreed: Option<Agreed>,
    /// The address on the web at which it is held.
    pub link: Option<&'a str>,
    /// The customer's time zone, and the day on which the message is made.
    pub there: Zone,
    /// Whether that zone is only taken for theirs, although they may be elsewhere.
    pub guessed: bool,
    pub today: NaiveDate,
    pub sender: Sender<'a>,
    /// The team that gets an escalation.
    pub team: Option<Team>,
    /// The sender and our people: on a call they are no guests, and escalations go to them by name.
    pub ours: Ours<'a>,
    pub said: Said<'a>,
    /// Which lines about personal matters colleagues read.
    pub personal: Personal<'a>,
}

/// What the mail is signed with, beside the sender's name.
#[derive(Clone, Copy)]
pub struct Sender<'a> {
    pub company: Option<&'a str>,
    pub signature: Option<&'a str>,
}

/// The facts of a check-in. The CSM's own marks (risks, opportunities) are here for colleagues; the
/// templates for the customer do not use them. What the customer reads is what [`outgoing`] permits.
pub fn facts(of: &Of, lang: Lang, zone: Zone) -> Facts {
    let c = of.checkin;
    let there = c.wrapup.attendees.iter().map(String::as_str);
    let names = Names::of(of.contacts.iter().map(|c| c.name.as_str()).chain(there));
    let marks = [
        Mark::Quote,
        Mark::Risk,
        Mark::Feedback,
        Mark::Opportunity,
        Mark::Question,
    ];
    let marked = marks.into_iter().flat_map(|mark| c.items(mark));
    let left_out = marked.filter(|l| !of.personal.allows(l, &names)).count();
    let items = |mark: Mark| {
        let lines = c.items(mark).into_iter();
        let lines = lines.filter(|l| of.personal.allows(l, &names));
        lines.map(|l| plain(public(l))).collect::<Vec<_>>()
    };
    let permitted = outgoing(c, of.ours, of.said, lang);
    let talk = c.started().unwrap_or(c.created);
    let attendees = guests(c, of.contacts, of.ours);
    let greetable: Vec<&String> = attendees
        .iter()
        .filter(|a| courtesy::is_one_person(a))
        .collect();
    let named = |how: fn(&str, &[Contact]) -> String| {
        let all = greetable.iter().map(|a| how(a, of.contacts));
        all.collect::<Vec<String>>()
    };
    let sections = permitted.sections.iter().filter_map(|s| c.sections.get(*s));
    let names = sections.map(|s| lang.pick(s.outside()).to_owned());
    let topics: Vec<String> = names.filter(|n| !n.is_empty()).collect();
    let ours = todos(of, Side::Us, lang);
    // Nobody is asked for what they have done.
    let (received, theirs): (Vec<Todo>, Vec<Todo>) = todos(of, Side::Customer, lang)
        .into_iter()
        .partition(|todo| todo.done);
    // What was agreed of the next meeting is said already.
    let settled = is_settled(&permitted, [&ours, &theirs]);
    let content = has_content(&permitted, [&ours, &theirs, &received]);
    Facts {
        next_time: of.agreed.is_some_and(|a| !a.day_only),
        content,
        several: attendees.len() > 1,
        customer: of.account.to_owned(),
        me: of.ours.me.to_owned(),
        company: of.sender.company.map(str::to_owned),
        signature: of.sender.signature.map(str::to_owned),
        date: day(of.there.day(talk), of.today, lang),
        same_day: zone.day(talk) == of.today,
        upset: c
            .wrapup
            .sentiment
            .is_some_and(|s| s <= Sentiment::Disappointed),
        sorry: [Team::Support, Team::Product]
            .iter()
            .any(|team| c.wrapup.escalate.contains(team)),
        next: next_day(of, lang).filter(|_| !settled),
        next_at: of
            .agreed
            .map(|agreed| agreed::moment(agreed, lang, zone, of.there, of.guessed)),
        link: of.link.map(clean_line),
        team: of.team.map(|t| t.words(lang).to_owned()),
        colleague: colleague(of, lang),
        addressed: named(addressed),
        greeting: list(&named(greeted), lang),
        topics,
        notes: permitted.ticked,
        answered: permitted.answered,
        open: permitted.open,
        decisions: permitted.decisions,
        left_out: (left_out > 0).then(|| words::papers::left_out(lang, left_out)),
        quotes: items(Mark::Quote).iter().map(|q| quoted(q, lang)).collect(),
        risks: items(Mark::Risk),
        feedback: items(Mark::Feedback),
        opportunities: items(Mark::Opportunity),
        questions: items(Mark::Question),
        ours,
        theirs,
        received,
        attendees,
    }
}

/// Whether a line that goes out says when the next meeting is.
fn is_settled(permitted: &Outgoing, todos: [&Vec<Todo>; 2]) -> bool {
    let marked = [&permitted.answered, &permitted.decisions];
    let marked = marked.into_iter().flatten().map(String::as_str);
    let todos = todos.into_iter().flatten().map(|todo| todo.what.as_str());
    let mut ticked = permitted.ticked.iter();
    marked
        .chain(todos)
        .any(|line| next_call::is_settled(line, true))
        || ticked.any(|line| next_call::is_settled(line, false))
}

/// Whether there is anything for a customer to read.
fn has_content(permitted: &Outgoing, todos: [&Vec<Todo>; 3]) -> bool {
    let lists = [
        &permitted.ticked,
        &permitted.answered,
        &permitted.open,
        &permitted.decisions,
    ];
    lists.iter().any(|l| !l.is_empty()) || todos.iter().any(|l| !l.is_empty())
}

/// A day, with its year where that is not the year of `today`.
fn day(day: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let form = match (lang, day.year() == today.year()) {
        (Lang::Ja, true) => "%-m月%-d日",
        (Lang::Ja, false) => "%Y年%-m月%-d日",
        (Lang::En, true) => "%-d %B",
        (Lang::En, false) => "%-d %B %Y",
    };
    day.format(form).to_string()
}

/// The actions of a side that the customer reads of. Colleagues are on our side.
fn todos(of: &Of, side: Side, lang: Lang) -> Vec<Todo> {
    let choice = Choice {
        checkin: of.checkin,
        contacts: of.contacts,
        ours: of.ours,
        said: of.said,
    };
    let allowed = |a: &&Action| {
        let acts = choice.side(a);
        let sides = acts == side || (side == Side::Us && acts == Side::Internal);
        sides && choice.goes_out(a)
    };
    let todo = |a: &Action| {
        let what = plain(public(&a.what));
        Todo {
            what: match lang {
                Lang::En => capital(&what),
                Lang::Ja => what,
            },
            owner: match (choice.side(a), lang) {
                _ if names_owner(&a.what, &a.owner) => String::new(),
                (Side::Customer, Lang::Ja) if !a.owner.is_empty() => {
                    addressed(&a.owner, of.contacts)
                }
                _ => courtesy::unbracketed(&a.owner).to_owned(),
            },
            due: a.due.map(|due| day(due, of.today, lang)),
            done: a.status == Status::Done,
        }
    };
    let some = of.actions.iter().filter(allowed).map(todo);
    some.filter(|t| !t.what.is_empty() && !says_nothing(&t.what))
        .collect()
}

/// Whether a text begins with who does it: "Kylie names the testers".
fn names_owner(what: &str, owner: &str) -> bool {
    let first = what.split_whitespace().next().unwrap_or_default();
    let key = courtesy::key(first.trim_end_matches(|c: char| !c.is_alphanumeric()));
    !key.is_empty()
        && owner
            .split_whitespace()
            .any(|part| courtesy::key(part) == key)
}

/// The day of the next check-in with its weekday, where it is not over.
fn next_day(of: &Of, lang: Lang) -> Option<String> {
    let next = of.checkin.wrapup.next.filter(|next| *next >= of.today)?;
    let weekday = match lang {
        Lang::En => next.format("%A").to_string(),
        Lang::Ja => words::dates::weekday(lang, next.weekday()).to_string(),
    };
    Some(words::call::mail_day(
        lang,
        weekday,
        day(next, of.today, lang),
    ))
}

/// Who gets an escalation, as a mail greets them.
fn colleague(of: &Of, lang: Lang) -> Option<String> {
    let person = of.ours.at(of.team?)?;
    Some(match lang {
        Lang::Ja => colleague_ja(&person.name),
        Lang::En => greeted(&person.name, &[]),
    })
}

/// A colleague as a Japanese mail addresses them.
fn colleague_ja(name: &str) -> String {
    if courtesy::ends_with_title(name) {
        return name.to_owned();
    }
    format!("{}さん", courtesy::without_endings(name))
}

/// The people of the customer who were on the call, each once: without the sender and ours.
pub fn guests(checkin: &Checkin, contacts: &[Contact], ours: Ours) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let all = &checkin.wrapup.attendees;
    // "Stone" beside "Dr. Emily Stone" is the same person.
    let part_of = |name: &str, whole: &str| {
        let (part, whole) = (courtesy::key(name), courtesy::bare(whole).0);
        courtesy::key(whole) != part && whole.split_whitespace().any(|p| courtesy::key(p) == part)
    };
    let is_guest = |name: &&String| {
        let contact = person(name, contacts);
        let own = is_ours(name, contacts, ours);
        let mut wholes = all.iter().filter(|whole| part_of(name, whole));
        // A family name that two people of the customer have is a person of its own beside one of them.
        let two = contacts.iter().filter(|c| part_of(name, &c.name)).count() > 1;
        let again = contact.is_none() && wholes.next().is_some() && !two;
        !own && !again
            && seen.insert(contact.map_or_else(|| courtesy::key(name), |c| c.id.to_string()))
    };
    all.iter().filter(is_guest).cloned().collect()
}

/// The known mail addresses of the people who were on the call, each once.
pub fn addresses(checkin: &Checkin, contacts: &[Contact]) -> Vec<String> {
    let people = checkin.wrapup.attendees.iter();
    let mut out: Vec<String> = people
        .filter_map(|name| person(name, contacts))
        .filter(|c| !c.email.is_empty())
        .map(|c| c.email.clone())
        .collect();
    let mut seen = BTreeSet::new();
    out.retain(|mail| seen.insert(mail.clone()));
    out
}

/// Names in a sentence: "Jo, Ann and Carl".
fn list(names: &[String], lang: Lang) -> Option<String> {
    let (last, rest) = names.split_last()?;
    if rest.is_empty() || lang == Lang::Ja {
        return Some(names.join("、"));
    }
    Some(format!("{} and {last}", rest.join(", ")))
}
