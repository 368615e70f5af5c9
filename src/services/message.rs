//! Drafts of messages from a check-in, rendered from templates, as text and as a mail file. A
//! placeholder without a value stops the draft. Private lines are not among the facts, so that no
//! template can expose them.

use crate::domain::checkin::wrapup::Team;
use lettre::message::header::ContentType;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use crate::domain::action::{Action, Side};
use crate::domain::checkin::report::topics;
use crate::domain::checkin::{Checkin, Mark};
use crate::domain::message::MessageTemplate;
use crate::domain::signals::PhraseMatcher;
use crate::domain::when::Zone;
use crate::services::compose::{plain, quoted};
use crate::words::Lang;

/// The values a template can use.
#[derive(Debug, Clone, Serialize)]
pub struct Facts {
    customer: String,
    me: String,
    date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<String>,
    attendees: Vec<String>,
    topics: Vec<String>,
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

/// The facts of a check-in. The CSM's own marks (risks, opportunities) are here for colleagues; the
/// template of the follow-up does not use them. Lines for the customer are plain ones without a
/// warning phrase, because warnings are internal.
#[expect(
    clippy::too_many_arguments,
    reason = "each is a part of what a template speaks of"
)]
pub fn facts(
    c: &Checkin,
    account: &str,
    actions: &[Action],
    me: &str,
    team: Option<&str>,
    matcher: &dyn PhraseMatcher,
    lang: Lang,
    zone: Zone,
) -> Facts {
    let t = lang;
    let day = |d: chrono::NaiveDate| {
        d.format(if lang == Lang::Ja {
            "%-m月%-d日"
        } else {
            "%-d %B"
        })
        .to_string()
    };
    let todo = |a: &Action| Todo {
        what: a.what.clone(),
        owner: a.owner.to_string(),
        due: a.due.map(day),
    };
    let items = |mark: Mark| c.items(mark).into_iter().map(plain).collect::<Vec<_>>();
    let open = topics(c)
        .into_iter()
        .flat_map(|t| t.lines)
        .filter(|(l, mark)| {
            matches!(mark, None | Some(Mark::Question)) && matcher.matches(l).is_empty()
        })
        .map(|(l, _)| plain(l))
        .collect();
    Facts {
        customer: account.to_owned(),
        me: me.to_owned(),
        date: day(zone.day(c.started().unwrap_or(c.created))),
        next: c.wrapup.next.map(day),
        team: team.map(str::to_owned),
        attendees: c.wrapup.attendees.clone(),
        topics: open,
        decisions: items(Mark::Decision),
        quotes: c
            .items(Mark::Quote)
            .into_iter()
            .map(|q| quoted(&plain(q), lang))
            .collect(),
        risks: items(Mark::Risk),
        feedback: items(Mark::Feedback),
        opportunities: items(Mark::Opportunity),
        questions: items(Mark::Question),
        // Actions of colleagues count as the team's; internal requests for help are not for the
        // customer.
        ours: actions
            .iter()
            .filter(|a| {
                a.side == Side::Us
                    || (a.side == Side::Internal
                        && !a.owner.is_empty()
                        && !Team::ALL.iter().any(|x| x.words(t) == a.owner))
            })
            .map(todo)
            .collect(),
        theirs: actions
            .iter()
            .filter(|a| a.side == Side::Customer)
            .map(todo)
            .collect(),
    }
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
