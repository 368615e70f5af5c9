//! The form of a wrap-up, filled in from the marks and text of the call.

use chrono::NaiveDate;

use super::state::{Call, Phase, Reply};
use crate::app::kit::field::Field;
use crate::app::kit::form::{Form, Rows};
use crate::app::kit::handle::{Choice, Flag, Line, Several};
use crate::app::kit::reading::Reads;
use crate::app::model::Model;
use crate::domain::action::{Action, Side, urgency};
use crate::domain::cadence::plan;
use crate::domain::checkin::wrapup::{Judgement, Sentiment, Team};
use crate::domain::checkin::{Checkin, Kind, Mark};
use crate::domain::closed::closed;
use crate::domain::contact::Status;
use crate::domain::dossier::Dossier;
use crate::keys::Code;
use crate::services::capture;
use crate::services::next_call;
use crate::services::outgoing;
use crate::words::{self, Lang, labels};

closed! {
    /// Whether the customer found the talk helpful.
    Helpful { Yes = "yes", No = "no" }
}

labels! {
    words for Helpful {
        Yes: "yes", "はい";
        No: "no", "いいえ";
    }
}

pub const ATTENDEES: Line = Line("attendees");
pub const SENTIMENT: Choice<Sentiment> = Choice::new("sentiment");
pub const JUDGEMENT: Choice<Judgement> = Choice::new("judgement");
pub const NEXT: Line = Line("next");
pub const HELPFUL: Choice<Helpful> = Choice::new("helpful");
pub const ESCALATE: Several<Team> = Several::new("escalate");
pub const EXPANSION: Flag = Flag("expansion");

/// Most names offered when the attendees are unknown.
const OFFERED: usize = 6;

/// Opens the form once the call has ended and the contacts are loaded.
pub fn open_if_due(model: &mut Model) {
    let call = model.call.open.as_ref();
    if call.is_some_and(|call| call.phase == Phase::WrapUp) && model.overlays.is_empty() {
        open(model);
    }
}

fn open(model: &mut Model) {
    let (lang, today) = (model.lang, model.now.today());
    let Some(call) = &model.call.open else { return };
    let w = &call.checkin.wrapup;
    let kept = w.next.map(|day| day.to_string());
    let said = || next_call::said(&call.checkin, model.now);
    // Beside a rhythm that was agreed, a day by the cadence would contradict it.
    let proposed = || {
        let open = !next_call::is_said(&call.checkin);
        let day = proposed_next(model, &call.checkin, today).filter(|_| open);
        day.map(|day| day.to_string())
    };
    let next = kept.or_else(said).or_else(proposed).unwrap_or_default();
    let mood = w
        .sentiment
        .or_else(|| call.checkin.moods().last().map(|m| m.1));
    let opportunity = call.checkin.marked(Mark::Opportunity).next().is_some();
    let helpful = w
        .helpful
        .map(|yes| if yes { Helpful::Yes } else { Helpful::No });
    let mut fields = rows(model, call);
    fields.extend([
        ATTENDEES.field(
            words::call::field_attendees(lang),
            &w.attendees.join(words::common::list_comma(lang)),
            &who(call, lang),
        ),
        SENTIMENT.or_none(words::call::sentiment_title(lang), "—", mood, lang),
        JUDGEMENT.or_none(words::call::field_judgement(lang), "—", w.judgement, lang),
        NEXT.field(
            words::call::field_next(lang),
            &next,
            words::common::date_hint(lang),
        )
        .read_as(Reads::Moment),
        HELPFUL.or_none(words::call::field_helpful(lang), "—", helpful, lang),
        ESCALATE.field(words::call::field_escalate(lang), &w.escalate, lang),
        EXPANSION.field(
            words::call::field_expansion(lang),
            w.expansion || opportunity,
        ),
    ]);
    let dossier = call.dossier.as_ref();
    let form = Form {
        head: dossier
            .map(|d| promises(d, lang, today))
            .unwrap_or_default(),
        rows: Some(Rows {
            more: Mark::Action,
            label: Mark::Action.words(lang).to_owned(),
        }),
        draft: Some(draft_key(call)),
        // Esc leaves the wrap-up for later; F7 goes back into the call.
        leaves: &[Code::Esc, Code::F(7)],
        ..Form::new(words::call::wrap_up_of(lang, &call.name), fields)
    };
    model.open_prepared(Reply::WrapUp, form);
}

/// The draft key of the answers until the wrap-up is complete.
pub fn draft_key(call: &Call) -> String {
    format!("{}/wrap-up", call.draft_key())
}

/// Possible attendees, as a hint. They are never filled in.
fn who(call: &Call, lang: Lang) -> String {
    let people = call.dossier.iter().flat_map(|d| d.contacts.iter());
    let known: Vec<&str> = people
        .filter(|c| c.status == Status::Active)
        .take(OFFERED)
        .map(|c| c.name.as_str())
        .collect();
    if known.is_empty() {
        words::common::list_hint(lang).to_owned()
    } else {
        known.join(words::common::list_comma(lang))
    }
}

/// One row per action marked or typed in the call, and per other mark to be confirmed.
fn rows(model: &Model, call: &Call) -> Vec<Field> {
    let lang = model.lang;
    let context = capture::Context {
        contacts: &[],
        ours: model.ours(&call.checkin.account),
        now: model.now,
    };
    let action = |text: &str| {
        let (label, hint) = (Mark::Action.words(lang), words::actions::action_hint(lang));
        Field::row(Mark::Action, label, text, hint)
    };
    let mut fields = Vec::new();
    let lines = call.checkin.lines().map(|(_, line)| line);
    for line in lines.filter(|l| !l.is_private() && !l.words().is_empty()) {
        if line.meaning() == Some(Mark::Action) {
            fields.push(action(line.words()));
        } else {
            // An action inside a line of another kind counts too; what is done about a risk stays inside.
            let inner = capture::read(&line.text, context).actions;
            let inside = line.meaning().is_some_and(outgoing::is_inside);
            fields.extend(inner.iter().map(|a| {
                let mut field = action(&typed(a, context.ours.me));
                // Its date is another tomorrow.
                field.from = a.what.clone();
                if let Some(row) = &mut field.row {
                    row.inside = inside;
                }
                field
            }));
        }
    }
    let confirm = call.checkin.to_confirm();
    fields.extend(
        confirm
            .iter()
            .map(|i| Field::row(i.mark, i.mark.words(lang), &i.text, "")),
    );
    fields
}

/// An action in the form the user would type it.
fn typed(a: &capture::Item, me: &str) -> String {
    let owner = match (a.side, a.owner.is_empty()) {
        (Side::Us, false) if a.owner == me => " @me".to_owned(),
        (_, false) => format!(" @{}", a.owner.replace(' ', "_")),
        (Side::Customer, true) => " @customer".to_owned(),
        (Side::Us, true) => " @us".to_owned(),
        (Side::Internal, true) => String::new(),
    };
    let due = a.due.map(|d| format!(" ^{d}")).unwrap_or_default();
    format!("{}{owner}{due}", a.what)
}

/// The next check-in by the cadence, counted from this talk.
pub fn proposed_next(model: &Model, checkin: &Checkin, today: NaiveDate) -> Option<NaiveDate> {
    let row = model.book.get(&checkin.account)?;
    let desk = model.desk();
    plan::next_checkin(
        &row.account,
        &row.standing,
        model.book.meetings_of(&checkin.account),
        &desk.ground(&row.account),
        today,
        checkin.kind == Kind::Risk,
    )
}

/// Most promises shown above a form or a prompt.
const PROMISES: usize = 4;

/// The most urgent promises: open ones, and finished ones that the customer does not know of.
pub fn promises(d: &Dossier, lang: Lang, today: NaiveDate) -> Vec<String> {
    let open = |a: &&Action| a.is_promise() && a.needs_attention();
    let mut all: Vec<&Action> = d.actions.iter().filter(open).collect();
    all.sort_by_key(|a| urgency(a));
    all.truncate(PROMISES);
    all.into_iter().map(|a| promise(a, lang, today)).collect()
}

fn promise(a: &Action, lang: Lang, today: NaiveDate) -> String {
    let due = a.due.map_or_else(
        || words::actions::no_due(lang).to_owned(),
        |d| words::dates::day(lang, d, today),
    );
    let slips = match a.slips() {
        0 => String::new(),
        n => format!(" ({})", words::actions::slipped_n(lang, n)),
    };
    let (mark, state) = if a.owes_reply() {
        ("▲", words::actions::tell_them(lang))
    } else if a.overdue(today) {
        ("▲", words::call::late_word(lang))
    } else {
        ("□", "")
    };
    let line = format!(
        "{mark} {} · {} · {due}{slips} {state}",
        a.side.words(lang),
        a.what
    );
    line.trim_end().to_owned()
}
