//! Drafts of messages from a check-in, rendered from templates, as text and as a mail file. A
//! placeholder without a value stops the draft. Private lines are not among the facts, so that no
//! template can expose them.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use lettre::message::header::ContentType;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use crate::domain::action::{Action, Side};
use crate::domain::cadence::touchpoint::{State, Touchpoint};
use crate::domain::checkin::wrapup::Team;
use crate::domain::checkin::{Checkin, Mark, public};
use crate::domain::contact::Contact;
use crate::domain::message::MessageTemplate;
use crate::domain::when::Zone;
use crate::services::compose::{plain, quoted};
use crate::services::outgoing::{addressed, greeted, outgoing, person};
use crate::words::{self, Lang};

/// The values a template can use.
#[derive(Debug, Clone, Serialize)]
pub struct Facts {
    customer: String,
    me: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    company: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signature: Option<String>,
    date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<String>,
    attendees: Vec<String>,
    addressed: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    greeting: Option<String>,
    topics: Vec<String>,
    notes: Vec<String>,
    answered: Vec<String>,
    decisions: Vec<String>,
    quotes: Vec<String>,
    risks: Vec<String>,
    feedback: Vec<String>,
    opportunities: Vec<String>,
    questions: Vec<String>,
    ours: Vec<Todo>,
    theirs: Vec<Todo>,
}

#[derive(Debug, Clone, Serialize)]
struct Todo {
    what: String,
    owner: String,
    due: Option<String>,
}

/// A draft, ready to be sent by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub subject: String,
    pub body: String,
}

/// The placeholder in the template that has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing(pub String);

/// What a message is made from.
pub struct Of<'a> {
    pub checkin: &'a Checkin,
    pub account: &'a str,
    pub contacts: &'a [Contact],
    pub actions: &'a [Action],
    /// The start of the next meeting, where it is agreed.
    pub agreed: Option<DateTime<Utc>>,
    pub sender: Sender<'a>,
    /// The team that gets an escalation.
    pub team: Option<&'a str>,
    /// The lines that the user allowed to leave.
    pub ticked: &'a BTreeSet<String>,
}

/// Who signs.
#[derive(Clone, Copy)]
pub struct Sender<'a> {
    pub name: &'a str,
    pub company: Option<&'a str>,
    pub signature: Option<&'a str>,
}

/// The start of the meeting that is agreed on the day of the next check-in, or the first after the talk.
pub fn agreed(checkin: &Checkin, meetings: &[Touchpoint], zone: Zone) -> Option<DateTime<Utc>> {
    let talk = checkin.ended().or_else(|| checkin.started())?;
    let next = checkin.wrapup.next;
    let agreed = meetings.iter().filter(|m| {
        m.account == checkin.account && m.state == State::Agreed && !m.day_only && m.start > talk
    });
    agreed
        .map(|m| m.start)
        .filter(|start| next.is_none_or(|day| zone.day(*start) == day))
        .min()
}

/// The facts of a check-in. The CSM's own marks (risks, opportunities) are here for colleagues; the
/// templates for the customer do not use them. What the customer reads is what [`outgoing`] permits.
pub fn facts(of: &Of, lang: Lang, zone: Zone) -> Facts {
    let c = of.checkin;
    let day = |d: NaiveDate| {
        let form = if lang == Lang::Ja {
            "%-m月%-d日"
        } else {
            "%-d %B"
        };
        d.format(form).to_string()
    };
    let todo = |a: &Action| Todo {
        what: plain(public(&a.what)),
        owner: a.owner.to_string(),
        due: a.due.map(day),
    };
    let side = |side: Side| {
        let allowed = move |a: &&Action| {
            a.side == side || (side == Side::Us && of.ticked.contains(&a.what) && is_colleagues(a))
        };
        let some = of.actions.iter().filter(allowed).map(todo);
        some.filter(|t| !t.what.is_empty()).collect::<Vec<Todo>>()
    };
    let items = |mark: Mark| {
        let lines = c.items(mark).into_iter();
        lines.map(|l| plain(public(l))).collect::<Vec<_>>()
    };
    let permitted = outgoing(c, of.ticked);
    let attendees = &c.wrapup.attendees;
    let named = |how: fn(&str, &[Contact]) -> String| {
        let all = attendees.iter().map(|a| how(a, of.contacts));
        all.collect::<Vec<String>>()
    };
    let names = permitted.sections.iter().filter_map(|s| c.sections.get(*s));
    Facts {
        customer: of.account.to_owned(),
        me: of.sender.name.to_owned(),
        company: of.sender.company.map(str::to_owned),
        signature: of.sender.signature.map(str::to_owned),
        date: day(zone.day(c.started().unwrap_or(c.created))),
        next: c.wrapup.next.map(day),
        next_at: of.agreed.map(|at| moment(at, lang, zone)),
        team: of.team.map(str::to_owned),
        attendees: attendees.clone(),
        addressed: named(addressed),
        greeting: list(&named(greeted), lang),
        topics: names.map(|s| lang.pick(&s.name).to_owned()).collect(),
        notes: permitted.ticked,
        answered: permitted.answered,
        decisions: permitted.decisions,
        quotes: items(Mark::Quote).iter().map(|q| quoted(q, lang)).collect(),
        risks: items(Mark::Risk),
        feedback: items(Mark::Feedback),
        opportunities: items(Mark::Opportunity),
        questions: items(Mark::Question),
        ours: side(Side::Us),
        theirs: side(Side::Customer),
    }
}

/// Whether a colleague does it: the customer reads of it only where the user allows it. Requests to other
/// teams never go out.
pub fn is_colleagues(action: &Action) -> bool {
    let teams = || {
        Team::ALL
            .iter()
            .flat_map(|t| [t.words(Lang::En), t.words(Lang::Ja)])
    };
    action.side == Side::Internal && !action.owner.is_empty() && !teams().any(|t| t == action.owner)
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

/// An agreed start with its weekday.
fn moment(at: DateTime<Utc>, lang: Lang, zone: Zone) -> String {
    let local = zone.local(at);
    if lang == Lang::Ja {
        let weekday = words::dates::weekday(lang, local.weekday());
        return format!(
            "{}（{weekday}）{}",
            local.format("%-m月%-d日"),
            local.format("%-H:%M")
        );
    }
    local.format("%A %-d %B at %H:%M").to_string()
}

/// Names in a sentence: "Jo, Ann and Carl".
fn list(names: &[String], lang: Lang) -> Option<String> {
    let (last, rest) = names.split_last()?;
    if rest.is_empty() || lang == Lang::Ja {
        return Some(names.join("、"));
    }
    Some(format!("{} and {last}", rest.join(", ")))
}

fn environment() -> Environment<'static> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    env
}

/// Renders a template; a placeholder without a value stops it.
pub fn draft(message: &MessageTemplate, facts: &Facts, lang: Lang) -> Result<Draft, Missing> {
    let env = environment();
    let render = |template: &str| -> Result<String, Missing> {
        let template = env
            .template_from_str(template)
            .map_err(|e| Missing(e.to_string()))?;
        // Checked before rendering, because the rendering error does not name the placeholder.
        let value = serde_json::to_value(facts).unwrap_or_default();
        template.render(facts).map_err(|e| {
            let unknown = template
                .undeclared_variables(false)
                .into_iter()
                .find(|name| value.get(name).is_none());
            Missing(unknown.unwrap_or_else(|| e.to_string()))
        })
    };
    Ok(Draft {
        subject: render(lang.pick(&message.subject))?.trim().to_owned(),
        body: render(lang.pick(&message.body))?.trim().to_owned() + "\n",
    })
}

/// The draft as a mail file that a mail program opens for sending. Where `to` is empty, the
/// addresses are filled in there. None when the draft makes no valid mail.
pub fn eml(draft: &Draft, to: &[String], at: chrono::DateTime<chrono::Utc>) -> Option<Vec<u8>> {
    // A draft has no sender: the mail program adds it.
    let placeholder: lettre::message::Mailbox = "draft@localhost".parse().ok()?;
    let mut mail = lettre::Message::builder()
        .from(placeholder.clone())
        .subject(draft.subject.clone())
        .date(at.into());
    let known: Vec<lettre::message::Mailbox> = to.iter().filter_map(|a| a.parse().ok()).collect();
    if known.is_empty() {
        mail = mail.to(placeholder);
    }
    for address in known {
        mail = mail.to(address);
    }
    let bytes = mail
        .header(ContentType::TEXT_PLAIN)
        .body(draft.body.clone())
        .ok()?
        .formatted();
    // Marked as unsent; the placeholders are removed again.
    let text = String::from_utf8(bytes).ok()?;
    let kept: String = text
        .split_inclusive("\r\n")
        .filter(|l| !l.contains("draft@localhost"))
        .collect();
    Some(format!("X-Unsent: 1\r\n{kept}").into_bytes())
}
