//! `kenshin export --note`: one note in a format for another program. Private lines are left out.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::domain::action::{Action, Status};
use crate::domain::cadence::calendar;
use crate::domain::checkin::{Checkin, Mark};
use crate::domain::closed::closed;
use crate::domain::dossier::Dossier;
use crate::domain::failure::Failure;
use crate::domain::note::Note;
use crate::domain::ours::Ours;
use crate::domain::records::Record;
use crate::ipc::pretty;
use crate::runtime::context::Context;
use crate::runtime::question::Ask;
use crate::runtime::said::{Said, Whole};
use crate::services::outgoing::actions::Choice;
use crate::services::outgoing::personal::Personal;
use crate::services::outgoing::{HeldBack, Said as Allowed, Why, outgoing};
use crate::services::{agreed, compose, message, packet};
use crate::store::Store;
use crate::words::{self, Lang, words};

words! {
    held(count): "Not in the mail: {count}. The preview of the mail in the desk (`o` on the finished check-in) allows them one by one:", "{count}件は社内のみです。画面のメールのプレビュー（終えたチェックインで o）で1件ずつ許可できます:";
    why_note: "a note", "メモ";
    why_inner: "sounds internal", "社内向け";
    why_personal: "personal or in confidence", "私事・内々";
    why_pending: "no answer yet", "未回答";
    inside_kind: "internal", "社内対応";
    personal_held(count): "Left out as personal or told in confidence: {count}. --with-personal puts them in:", "私事や内々の話{count}件は載せていません。--with-personal を付けると載ります:";
    not_personal(format): "--with-personal is for --format crm and minutes; {format} always leaves such lines out or shows the note as it is", "--with-personal は --format crm と minutes で使えます（{format} には効きません）";
    only_checkins: "this format is only for check-in notes", "この形式はチェックインメモ専用です";
}

/// No line is put in one by one by a command.
static NONE: BTreeSet<String> = BTreeSet::new();
const NOTHING: Allowed = Allowed {
    ticked: &NONE,
    withheld: &NONE,
};

closed! {
    Format { Markdown = "md", Html = "html", Json = "json", Crm = "crm", Minutes = "minutes", Mail = "mail", Eml = "eml" }
}

#[derive(Serialize, Deserialize)]
pub struct Request {
    /// The id of the note, or an id prefix.
    pub note: String,
    pub format: String,
    /// Lines about personal matters stand in papers for colleagues.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub personal: bool,
}

impl Ask for Request {
    const ASK: &'static str = "export-note";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let format = Format::parse(&self.format).unwrap_or(Format::Markdown);
        if self.personal && !matches!(format, Format::Crm | Format::Minutes) {
            return Err(Failure::Usage {
                reason: not_personal(context.lang, format.key()),
            });
        }
        let missing = || Failure::NotFound {
            what: self.note.clone(),
        };
        let found = store.notes_like(&self.note)?;
        let note = match &found[..] {
            [note] => note,
            [] => return Err(missing()),
            _ => {
                return Err(Failure::Usage {
                    reason: words::problems::ambiguous(context.lang, &self.note),
                });
            }
        };
        let dossier = store.dossier(&note.account)?.ok_or_else(missing)?;
        let checkins = &dossier.checkins;
        let checkin = note
            .checkin
            .as_ref()
            .and_then(|id| checkins.iter().find(|c| c.id == *id));
        let personal = match self.personal {
            true => Personal::All,
            false => Personal::Only(&NONE),
        };
        let (json, text) = match checkin {
            Some(checkin) => of_checkin(context, &dossier, note, checkin, format, personal)?,
            None => of_note(context, &dossier, note, format)?,
        };
        let mut whole = Whole::new(json, text);
        whole.notice = match (checkin, format) {
            (Some(checkin), Format::Mail | Format::Eml) => held_back(context, &dossier, checkin),
            (Some(checkin), Format::Crm | Format::Minutes) if !self.personal => {
                let actions = actions_of(&dossier, checkin);
                let paper = paper(context, &dossier, checkin, &actions, personal);
                let lines = paper.personal_lines();
                listed(personal_held(context.lang, lines.len()), &lines)
            }
            _ => String::new(),
        };
        Ok(whole.into())
    }
}

/// A note as JSON and as text.
type Written = Result<(Value, String), Failure>;

/// A text without a JSON form of its own.
fn text(text: String) -> (Value, String) {
    (json!({ "text": text }), text)
}

fn of_note(context: &Context, dossier: &Dossier, note: &Note, format: Format) -> Written {
    Ok(match format {
        Format::Json => {
            let json = json!(Record::from(note.clone()).public());
            let text = pretty(&json);
            (json, text)
        }
        Format::Html => {
            let name = &dossier.account.name;
            text(compose::html(name, &note.public_text(), context.lang))
        }
        Format::Markdown => text(note.public_text()),
        Format::Crm | Format::Minutes | Format::Mail | Format::Eml => {
            return Err(Failure::Usage {
                reason: only_checkins(context.lang).into(),
            });
        }
    })
}

fn of_checkin(
    context: &Context,
    dossier: &Dossier,
    note: &Note,
    checkin: &Checkin,
    format: Format,
    personal: Personal,
) -> Written {
    let (lang, name) = (context.lang, &dossier.account.name);
    let actions = actions_of(dossier, checkin);
    Ok(match format {
        Format::Markdown => text(note.public_text()),
        Format::Html => text(compose::html(name, &note.public_text(), lang)),
        Format::Json => {
            let json = compose::json(checkin, name, &actions, lang);
            let text = pretty(&json);
            (json, text)
        }
        Format::Crm => {
            let fields = &context.config.desk.crm;
            let paper = paper(context, dossier, checkin, &actions, personal);
            text(packet::crm(paper, fields))
        }
        Format::Minutes => {
            let paper = paper(context, dossier, checkin, &actions, personal);
            text(packet::minutes_of_meeting(paper))
        }
        Format::Mail | Format::Eml => text(mail(context, dossier, checkin, &actions, format)?),
    })
}

fn actions_of(dossier: &Dossier, checkin: &Checkin) -> Vec<Action> {
    let all = dossier.actions.iter();
    let own = all.filter(|a| a.source.as_ref() == Some(&checkin.id));
    own.cloned().collect()
}

/// What of a check-in stays inside and why, because nobody allowed it in the desk; empty where nothing does.
fn held_back(context: &Context, dossier: &Dossier, checkin: &Checkin) -> String {
    let choice = Choice {
        checkin,
        contacts: &dossier.contacts,
        ours: ours(context, dossier),
        said: NOTHING,
    };
    let lang = context.lang;
    let lines = outgoing(checkin, choice.ours, NOTHING, lang).held;
    let actions = actions_of(dossier, checkin);
    let inside = |a: &&Action| a.status != Status::Dropped && !choice.goes_out(a);
    // Private lines are named nowhere. Decisions and answers that are held come first: they are expected in a mail.
    let open = lines
        .into_iter()
        .filter(|held| held.why != Why::Marked(Mark::Private));
    let (other, held_up): (Vec<HeldBack>, Vec<HeldBack>) =
        open.partition(|held| matches!(held.why, Why::Unticked(_) | Why::Marked(_)));
    let line = |held: HeldBack| format!("{} ({})", held.line, said(held.why, lang));
    let action = |a: &Action| {
        let why = match choice.delicate(a) {
            Some(why) => said(why, lang),
            None => inside_kind(lang),
        };
        format!("! {} ({why})", a.what)
    };
    let actions = actions.iter().filter(inside).map(action);
    let all = held_up.into_iter().map(line).chain(actions);
    let all: Vec<String> = all.chain(other.into_iter().map(line)).collect();
    listed(held(lang, all.len()), &all)
}

/// Why a line stays inside, in a word.
fn said(why: Why, lang: Lang) -> &'static str {
    match why {
        Why::Marked(mark) | Why::Unticked(Some(mark)) => mark.words(lang),
        Why::Unticked(None) => why_note(lang),
        Why::Inner => why_inner(lang),
        Why::Personal => why_personal(lang),
        Why::Pending => why_pending(lang),
    }
}

/// A title with lines under it; empty where there is no line.
fn listed<T: std::fmt::Display>(title: String, lines: &[T]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let shown = lines.iter().map(|line| format!("\n  {line}"));
    format!("{title}{}", shown.collect::<String>())
}

fn ours<'a>(context: &'a Context, dossier: &'a Dossier) -> Ours<'a> {
    Ours::new(&context.author.name, &context.config.desk.ours).at_account(Some(&dossier.account))
}

fn paper<'a>(
    context: &'a Context,
    dossier: &'a Dossier,
    checkin: &'a Checkin,
    actions: &'a [Action],
    personal: Personal<'a>,
) -> packet::Of<'a> {
    packet::Of {
        checkin,
        account: &dossier.account.name,
        contacts: &dossier.contacts,
        actions,
        agreed: agreed::agreed(checkin, &dossier.touchpoints, None),
        there: calendar::zone_of(dossier.account.cadence.as_deref(), context.now.zone),
        ours: ours(context, dossier),
        personal,
        lang: context.lang,
        zone: context.now.zone,
    }
}

/// The follow-up mail of a check-in, addressed to its attendees.
fn mail(
    context: &Context,
    dossier: &Dossier,
    checkin: &Checkin,
    actions: &[Action],
    format: Format,
) -> Result<String, Failure> {
    let (lang, zone) = (context.lang, context.now.zone);
    let mut templates = context.config.messages.iter();
    let template = templates
        .find(|m| m.id == "follow-up")
        .ok_or_else(|| Failure::NotFound {
            what: "follow-up".into(),
        })?;
    let desk = &context.config.desk;
    let of = message::Of {
        checkin,
        account: &dossier.account.name,
        contacts: &dossier.contacts,
        actions,
        agreed: agreed::agreed(checkin, &dossier.touchpoints, Some(context.now.at)),
        link: agreed::link(checkin, &dossier.touchpoints, Some(context.now.at)),
        guessed: agreed::is_guessed(&dossier.account, &context.config.cadence),
        sender: message::Sender {
            company: desk.company.as_deref(),
            signature: desk.signature.as_deref(),
        },
        team: None,
        there: calendar::zone_of(dossier.account.cadence.as_deref(), zone),
        today: context.now.today(),
        ours: ours(context, dossier),
        // Lines are allowed in the desk, where they are seen.
        said: NOTHING,
        personal: Personal::Only(&NONE),
    };
    let facts = message::facts(&of, lang, zone);
    let draft = message::draft(template, &facts, lang).map_err(|why| Failure::Usage {
        reason: why.words(lang),
    })?;
    if format == Format::Mail {
        return Ok(format!("{}\n\n{}", draft.subject, draft.body.trim_end()));
    }
    let to = message::addresses(checkin, &dossier.contacts);
    let bytes = message::eml(&draft, &to, context.now.at).unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes).trim_end().to_owned())
}
