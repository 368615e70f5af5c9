//! Drafts of messages from a check-in `[messages] [escalation]`: rendered from templates, where a
//! name without a value stops the draft; as text and as a mail file. Private lines are not in the
//! facts they are made of, so that no template can let them out.

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

/// What a template can speak of.
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

/// A draft ready to be sent by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub subject: String,
    pub body: String,
}

/// What a draft lacks: the name in the template that has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing(pub String);

/// The facts of a check-in. Marks that are the CSM's own (risks, opportunities) are here for
/// colleagues; the follow-up's template does not name them.
///
/// What the customer may read are plain lines in which `ear` hears nothing: a warning is ours.
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
        // What a colleague does is ours too; whom we ask for help within the house is not theirs to read.
        ours: actions
            .iter()
            .filter(|a| {
                a.side == Side::Us
                    || (a.side == Side::Internal
                        && !a.owner.is_empty()
                        && !Team::all_words(t).contains(&a.owner.as_str()))
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

/// Renders a template; what it names and nobody knows stops it.
pub fn draft(message: &MessageTemplate, facts: &Facts, lang: Lang) -> Result<Draft, Missing> {
    let env = environment();
    let render = |template: &str| -> Result<String, Missing> {
        let template = env
            .template_from_str(template)
            .map_err(|e| Missing(e.to_string()))?;
        // Named before it is rendered: the error itself does not say which name it was.
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

/// The draft as a mail file that a mail program opens for sending. Without addresses: those are
/// filled in there.
pub fn eml(draft: &Draft, to: &[String], at: chrono::DateTime<chrono::Utc>) -> Option<Vec<u8>> {
    // A draft has no sender yet, and need not have one: the mail program puts its own.
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
    // Marked as unsent; the placeholders are taken out again.
    let text = String::from_utf8(bytes).ok()?;
    let kept: String = text
        .split_inclusive("\r\n")
        .filter(|l| !l.contains("draft@localhost"))
        .collect();
    Some(format!("X-Unsent: 1\r\n{kept}").into_bytes())
}
