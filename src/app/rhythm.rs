//! The cadence of accounts as a whole: their own rhythm and wishes, suggestions, spreading over the
//! weeks, absences, calendars in and out.

use std::collections::BTreeMap;

use super::form::{Form, FormFor, choice, text};
use super::forms::{Kept, open_form};
use super::keep::commit;
use super::msg::Effect;
use super::overlay::{Item, Overlay, Pick, PickFor, PromptFor, Value};
use super::screens::Screen;
use super::screens::account::Tab;
use super::screens::cadence::Lens;
use super::{Model, asks};
use crate::domain::account::Account;
use crate::domain::cadence::away::{Away, Span, Why};
use crate::domain::cadence::calendar::Calendars;
use crate::domain::cadence::diff::{Line, diff};
use crate::domain::cadence::rhythm::{Deviation, Pause, Rhythm};
use crate::domain::cadence::schedule::{Desk, Whose};
use crate::domain::cadence::spread::{self, Proposal};
use crate::domain::cadence::{Every, Kind, plan};
use crate::domain::change::{Change, Label, Operation, Record};
use crate::domain::contact::Channel;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::prefs::{Frequency, Message, Prefs, Quiet};
use crate::domain::summary::Row;
use crate::i18n::{Lang, fill};
use crate::services::calendar::{self, Busy};
use crate::services::{dates, recurrence};

impl Model {
    /// What plans are made on.
    pub fn desk(&self) -> Desk<'_> {
        Desk { policy: &self.config.cadence, calendars: &self.calendars, now: self.now }
    }
}

/// Keeps the calendars, the cadence screen and the plan of the open account in step.
pub fn follow(model: &mut Model) {
    let stamp = (model.book.away_version, model.now.today());
    if model.calendars_of != Some(stamp) {
        model.calendars = Calendars::new(&model.config.cadence, model.book.away.values(), model.now.today(), model.now.zone);
        model.calendars_of = Some(stamp);
    }
    if model.screen == Screen::Cadence {
        let mut state = std::mem::take(&mut model.cadence);
        state.refresh(&model.desk(), &model.book, &model.author.name, model.geometry.list);
        model.cadence = state;
    }
    if let Some(id) = model.account.as_ref().filter(|s| s.tab == Tab::Cadence && s.planned != Some((model.book.version, stamp.1))).map(|s| s.id.clone()) {
        let plan = plan_of(model, &id);
        if let Some(state) = &mut model.account {
            state.plan = plan;
            state.planned = Some((model.book.version, stamp.1));
            let len = state.len();
            state.list_mut().hold(len, model.geometry.list);
        }
    }
}

/// The next twelve months of an account.
pub fn plan_of(model: &Model, id: &AccountId) -> Vec<plan::Planned> {
    let until = model.now.today() + chrono::Duration::days(365);
    model.book.get(id).map(|row| model.desk().plan(&model.book, row, until)).unwrap_or_default()
}

/// What an edit does to the plan of the one account it is about, once its row is computed anew.
pub fn show_diff(model: &mut Model, operation: &Operation, rows: &[Row], before: Option<Row>) {
    let [change] = &operation.changes[..] else { return };
    let (Some(Record::Account(a)), Some(Record::Account(b)), Some(old)) = (&change.before, &change.after, before) else { return };
    let Some(new) = rows.iter().find(|r| r.account.id == b.id) else { return };
    let replans = a.tier != b.tier || a.stage != b.stage || a.renewal != b.renewal || a.prefs != b.prefs || a.cadence != b.cadence || a.term_months != b.term_months;
    if !replans || matches!(operation.label, Label::Smooth { .. }) || !model.overlays.is_empty() || model.screen == Screen::Live {
        return;
    }
    let until = model.now.today() + chrono::Duration::days(365);
    let desk = model.desk();
    let old = Row { account: a.clone(), ..old };
    let lines = diff(&desk.plan(&model.book, &old, until), &desk.plan(&model.book, new, until));
    if lines.is_empty() {
        return;
    }
    let words = lines.iter().map(|l| line(model, l)).collect();
    let title = format!("{} · {}", model.t().cadence.diff_title, b.name);
    model.overlays.push(Overlay::Notice { title, lines: words, scroll: 0 });
}

fn line(model: &Model, l: &Line) -> String {
    let (t, today) = (model.t(), model.now.today());
    let side = |s: &crate::domain::cadence::diff::Side| match (s.next, s.blocked) {
        (None, _) => "—".to_owned(),
        (Some(_), true) => fill(t.cadence.stopped, &[&s.count]),
        (Some(day), false) => format!("{} ×{}", t.day(day, today), s.count),
    };
    format!("{}: {}", t.touch_kind(l.kind), fill(t.cadence.diff_head, &[&side(&l.before), &side(&l.after)]))
}

/// The account whose rhythm is meant.
fn account(model: &Model) -> Option<Account> {
    model.subject().and_then(|id| model.book.get(&id)).map(|r| r.account.clone())
}

const KINDS: [(Kind, &str); 7] = [
    (Kind::Checkin, "every-check-in"),
    (Kind::Review, "every-review"),
    (Kind::Report, "every-report"),
    (Kind::Email, "every-email"),
    (Kind::Webinar, "every-webinar"),
    (Kind::Training, "every-training"),
    (Kind::Executive, "every-executive"),
];

pub fn rhythm_form(model: &mut Model) {
    let t = model.t();
    let Some(account) = account(model) else { return model.refuse(t.no_account_chosen) };
    let own = account.cadence.as_deref().cloned().unwrap_or_default();
    let standing = model.book.get(&account.id).map(|r| (r.standing.tier, r.standing.stage));
    let agreed = own.agreed.as_ref().map(|r| recurrence::typed(r, model.lang == Lang::Ja)).unwrap_or_default();
    let mut fields = vec![text("agreed", t.cadence.f_agreed, &agreed, t.cadence.f_agreed_hint)];
    for (kind, key) in KINDS {
        let typed = own.every.get(&kind).map(|d| d.every.map_or_else(|| "none".to_owned(), |e| e.to_string())).unwrap_or_default();
        let usual = standing.and_then(|(tier, stage)| model.config.cadence.every(kind, tier, stage));
        let hint = fill(t.cadence.f_every_hint, &[&usual.map_or_else(|| "none".to_owned(), |e| e.to_string())]);
        fields.push(text(key, t.touch_kind(kind), &typed, &hint));
    }
    let reason = own.every.values().map(|d| d.reason.clone()).find(|r| !r.is_empty()).unwrap_or_default();
    let pause = own.paused.as_ref();
    let zone_hours = own.hours.map(|(a, b)| format!("{}-{}", a.format("%H:%M"), b.format("%H:%M"))).unwrap_or_default();
    fields.extend([
        text("reason", t.cadence.f_reason, &reason, ""),
        text("pause", t.cadence.f_pause, &pause.map(|p| p.until.to_string()).unwrap_or_default(), t.date_hint),
        text("pause-reason", t.cadence.f_pause_reason, pause.map_or("", |p| p.reason.as_str()), ""),
        text("blackouts", t.cadence.f_blackout, &recurrence::typed_spans(&own.blackouts), t.cadence.f_blackout_hint),
        text("zone", t.cadence.f_zone, &own.zone, t.cadence.f_zone_hint),
        text("hours", t.cadence.f_hours, &zone_hours, t.cadence.f_hours_hint),
        text("place", t.cadence.f_place, &own.place, ""),
    ]);
    let title = fill(t.cadence.rhythm_title, &[&account.name]);
    open_form(model, Form::new(FormFor::Rhythm { account: account.id }, title, fields));
}

pub(super) fn keep_rhythm(model: &mut Model, form: &Form, id: &AccountId, effects: &mut Vec<Effect>) -> Kept {
    let t = model.t();
    let today = model.now.today();
    let before = model.book.get(id).map(|r| r.account.clone()).ok_or_else(|| ("agreed".to_owned(), t.gone.to_owned()))?;
    let mut own: Rhythm = before.cadence.as_deref().cloned().unwrap_or_default();
    let wrong = |key: &str, why: &str| (key.to_owned(), why.to_owned());
    own.agreed = match form.text("agreed").as_str() {
        "" => None,
        typed => {
            let read = recurrence::read(typed, today).ok_or_else(|| wrong("agreed", t.cadence.no_recurrence))?;
            // What is left as it was keeps the day from which it is counted.
            own.agreed.filter(|o| (o.on, o.every, o.time) == (read.on, read.every, read.time)).or(Some(read))
        }
    };
    let reason = crate::domain::text::clean_line(&form.text("reason"));
    for (kind, key) in KINDS {
        let typed = form.text(key).to_lowercase();
        let every = match typed.as_str() {
            "" => {
                own.every.remove(&kind);
                continue;
            }
            "none" | "なし" => None,
            other => Some(Every::parse(other).ok_or_else(|| wrong(key, t.cadence.no_interval))?),
        };
        match own.every.get_mut(&kind) {
            Some(held) if held.every == every => held.reason = reason.clone(),
            _ => {
                own.every.insert(kind, Deviation { every, reason: reason.clone(), set: today, by: model.author.name.clone() });
            }
        }
    }
    own.paused = match form.text("pause").as_str() {
        "" => None,
        typed => {
            let until = dates::read(typed, today).filter(|d| *d >= today).ok_or_else(|| wrong("pause", t.not_a_date))?;
            let from = own.paused.as_ref().map_or(today, |p| p.from);
            Some(Pause { from, until, reason: crate::domain::text::clean_line(&form.text("pause-reason")) })
        }
    };
    own.blackouts = recurrence::spans(&form.text("blackouts"), today).ok_or_else(|| wrong("blackouts", t.cadence.no_span))?;
    let zone = form.text("zone");
    if !zone.is_empty() && zone.parse::<chrono_tz::Tz>().is_err() {
        return Err(wrong("zone", t.cadence.no_zone));
    }
    own.zone = zone;
    own.hours = match form.text("hours").as_str() {
        "" => None,
        typed => Some(recurrence::hours(typed).ok_or_else(|| wrong("hours", t.cadence.no_hours))?),
    };
    own.place = crate::domain::text::clean_line(&form.text("place"));
    keep_own(model, before, own, effects);
    Ok(())
}

fn keep_own(model: &mut Model, before: Account, own: Rhythm, effects: &mut Vec<Effect>) {
    let after = Account { cadence: (!own.is_empty()).then(|| Box::new(own)), ..before.clone() };
    let field = model.t().cadence.title;
    super::keep::edit_account(model, before, after, field, effects);
}

pub fn prefs_form(model: &mut Model) {
    let t = model.t();
    let Some(account) = account(model) else { return model.refuse(t.no_account_chosen) };
    // On the list of people, of the person under the cursor.
    let contact = model.account.as_ref().filter(|s| model.screen == Screen::Account && s.tab == Tab::People).and_then(|s| s.dossier.as_ref()?.contacts.get(s.list().cursor).cloned());
    let (prefs, name) = contact.as_ref().map_or((account.prefs.clone(), account.name.clone()), |c| (c.prefs.clone(), c.name.clone()));
    let mut fields = vec![choice("channel", t.f_channel, Some("—"), &t.channels, prefs.channel.map(Channel::index))];
    for message in Message::ALL {
        let held = if prefs.opted_out.contains(message) { Some(Frequency::Never) } else { prefs.frequency.get(message).copied() };
        fields.push(choice(message.key(), t.cadence.messages[message.index()], Some(t.cadence.as_cadence), &t.cadence.frequencies, held.map(Frequency::index)));
    }
    let quiet = prefs.quiet.map(|q| format!("{}-{}", q.from.format("%H:%M"), q.to.format("%H:%M"))).unwrap_or_default();
    fields.push(text("quiet", t.cadence.f_quiet, &quiet, "12:00-13:00"));
    fields.push(text("cap", t.cadence.f_cap, &prefs.cap.map(|c| c.to_string()).unwrap_or_default(), t.cadence.f_cap_hint));
    let title = fill(t.cadence.prefs_title, &[&name]);
    open_form(model, Form::new(FormFor::Prefs { account: account.id, contact: contact.map(|c| c.id) }, title, fields));
}

pub(super) fn keep_prefs(model: &mut Model, form: &Form, id: &AccountId, contact: Option<&RecordId>, effects: &mut Vec<Effect>) -> Kept {
    let t = model.t();
    let mut prefs = Prefs { channel: form.choice("channel").checked_sub(1).map(|i| Channel::ALL[i]), ..Prefs::default() };
    for message in Message::ALL {
        match form.choice(message.key()).checked_sub(1).map(|i| Frequency::ALL[i]) {
            Some(Frequency::Never) => drop(prefs.opted_out.insert(*message)),
            Some(frequency) => drop(prefs.frequency.insert(*message, frequency)),
            None => {}
        }
    }
    prefs.quiet = match form.text("quiet").as_str() {
        "" => None,
        typed => recurrence::hours(typed).map(|(from, to)| Some(Quiet { from, to })).ok_or_else(|| ("quiet".to_owned(), t.cadence.no_hours.to_owned()))?,
    };
    prefs.cap = match form.text("cap").as_str() {
        "" => None,
        typed => Some(crate::domain::text::nfkc(typed).parse().ok().filter(|n| *n <= 1_000).ok_or_else(|| ("cap".to_owned(), crate::i18n::wrong(t, &super::screens::account::Wrong::Number)))?),
    };
    match contact {
        Some(contact) => {
            let before = model.account.as_ref().and_then(|s| s.dossier.as_ref()?.contacts.iter().find(|c| c.id == *contact).cloned());
            let before = before.ok_or_else(|| ("channel".to_owned(), t.gone.to_owned()))?;
            let after = crate::domain::contact::Contact { channel: prefs.channel.or(before.channel), prefs, ..before.clone() };
            if after != before {
                let label = Label::Contact { name: before.name.clone() };
                commit(model, label, vec![Change::update(Record::Contact(before), Record::Contact(after))], effects);
            }
        }
        None => {
            let before = model.book.get(id).map(|r| r.account.clone()).ok_or_else(|| ("channel".to_owned(), t.gone.to_owned()))?;
            let after = Account { prefs, ..before.clone() };
            super::keep::edit_account(model, before, after, t.cadence.prefs_title.trim_end_matches("{}").trim_end_matches("{}の"), effects);
        }
    }
    Ok(())
}

/// The suggestion under the cursor: of the list, or of the open account.
fn suggestion(model: &Model) -> Option<(Account, crate::domain::cadence::adapt::Suggestion)> {
    let (row, place) = match model.screen {
        Screen::Cadence if model.cadence.lens == Lens::Suggestions => {
            let (row, place) = *model.cadence.suggestions.get(model.cadence.list.cursor)?;
            (model.book.rows().get(row)?, place)
        }
        Screen::Account => (model.book.get(&model.account.as_ref()?.id)?, 0),
        _ => return None,
    };
    Some((row.account.clone(), row.standing.suggestions.get(place)?.clone()))
}

/// Takes a suggestion: the account has its own interval from now on, with the reason.
pub fn accept(model: &mut Model, effects: &mut Vec<Effect>) {
    let t = model.t();
    let Some((before, s)) = suggestion(model) else { return model.refuse(t.cadence.no_suggestion) };
    let mut own = before.cadence.as_deref().cloned().unwrap_or_default();
    let words = t.suggestion(&s);
    own.every.insert(Kind::Checkin, Deviation { every: s.to, reason: words.clone(), set: model.now.today(), by: model.author.name.clone() });
    keep_own(model, before, own, effects);
    model.say(fill(t.cadence.accepted, &[&words]));
}

pub fn turn_down(model: &mut Model, effects: &mut Vec<Effect>) {
    let t = model.t();
    let Some((before, _)) = suggestion(model) else { return model.refuse(t.cadence.no_suggestion) };
    let mut own = before.cadence.as_deref().cloned().unwrap_or_default();
    own.dismissed = Some(model.now.today());
    keep_own(model, before, own, effects);
    model.say(t.cadence.dismissed);
}

/// Asks for touches to be spread over the weeks; the answer is shown before anything moves.
pub fn smooth(model: &mut Model, effects: &mut Vec<Effect>) {
    let me = model.author.name.clone();
    let desk = model.desk();
    let until = model.now.today() + chrono::Duration::days(7 * crate::domain::cadence::capacity::WEEKS as i64);
    let whose = if model.cadence.all { Whose::All } else { Whose::mine(&model.book, &me) };
    let entries = desk.entries(&model.book, whose, until);
    let job = spread::job(&desk, &model.book, &entries, &me);
    effects.push(Effect::Spread(Box::new(job)));
}

pub fn on_spread(model: &mut Model, proposal: Proposal) {
    if proposal.moves.is_empty() && proposal.short.is_empty() {
        return model.say(model.t().cadence.smooth_none);
    }
    if model.screen == Screen::Cadence && model.overlays.is_empty() {
        model.overlays.push(Overlay::Spread { proposal: Box::new(proposal), scroll: 0 });
    }
}

/// Puts the touches where the proposal has them: one undoable change.
pub fn apply_spread(model: &mut Model, proposal: &Proposal, effects: &mut Vec<Effect>) {
    if proposal.version != model.book.version {
        return model.refuse(model.t().cadence.smooth_stale);
    }
    let today = model.now.today();
    let mut after: BTreeMap<&AccountId, Account> = BTreeMap::new();
    for m in &proposal.moves {
        let Some(row) = model.book.get(&m.account) else { continue };
        let account = after.remove(&m.account).unwrap_or_else(|| row.account.clone());
        after.insert(&m.account, spread::place(&account, m.kind, m.ideal, m.to, today));
    }
    let changes: Vec<Change> =
        after.into_iter().filter_map(|(id, account)| Some(Change::update(Record::Account(model.book.get(id)?.account.clone()), Record::Account(account)))).collect();
    if !changes.is_empty() {
        commit(model, Label::Smooth { touches: proposal.moves.len() }, changes, effects);
    }
}

/// Absences and calendars: one more, or one of them to go.
pub fn absences(model: &mut Model) {
    let t = model.t();
    let mut items = vec![Item { label: format!("+ {}", t.cadence.absence_title), detail: String::new(), value: Value::Index(0) }];
    items.extend(model.book.away.values().map(|a| {
        let detail = match crate::domain::cadence::away::days(a, model.now.zone) {
            Some((from, to)) => format!("{} – {} {}", t.day(from, model.now.today()), t.day(to, model.now.today()), a.cover),
            None => fill(t.rows_n, &[&a.spans.len()]),
        };
        Item { label: if a.why == Why::Absence { format!("{} · {}", t.cadence.shut_absence, a.person) } else { a.name.clone() }, detail, value: Value::Text(a.name.clone()) }
    }));
    model.overlays.push(Overlay::Pick(Pick::new(PickFor::Away, t.cadence.absences, items)));
}

pub fn absence_chosen(model: &mut Model, name: Option<&str>) {
    let t = model.t();
    match name.and_then(|n| model.book.away.get(n)) {
        Some(away) => {
            let what = if away.why == Why::Absence { t.cadence.shut_absence.to_owned() } else { away.name.clone() };
            model.overlays.push(Overlay::Delete { record: Box::new(Record::Away(away.clone())), what });
        }
        None => {
            let fields = vec![
                text("from", t.cadence.f_from, "", t.date_hint),
                text("until", t.cadence.f_until, "", t.date_hint),
                text("cover", t.cadence.f_cover, "", t.cadence.f_cover_hint),
            ];
            open_form(model, Form::new(FormFor::Absence, t.cadence.absence_title, fields));
        }
    }
}

pub(super) fn keep_absence(model: &mut Model, form: &Form, effects: &mut Vec<Effect>) -> Kept {
    let t = model.t();
    let (today, zone) = (model.now.today(), model.now.zone);
    let day = |key: &str, from| dates::read(&form.text(key), from).ok_or_else(|| (key.to_owned(), t.not_a_date.to_owned()));
    let from = day("from", today)?;
    let until = day("until", from)?;
    if until < from || (until - from).num_days() > 366 {
        return Err(("until".to_owned(), t.not_a_date.to_owned()));
    }
    let midnight = |d: chrono::NaiveDate| zone.instant(d.and_time(chrono::NaiveTime::MIN));
    let span = Span { start: midnight(from), end: midnight(until + chrono::Duration::days(1)), title: String::new(), whole: true };
    let name = format!("absence-{}", model.mint.next(model.now.at));
    let away = Away { name, why: Why::Absence, person: model.author.name.clone(), cover: crate::domain::text::clean_line(&form.text("cover")), spans: vec![span] };
    commit(model, Label::Away { name: t.cadence.shut_absence.to_owned() }, vec![Change::create(Record::Away(away))], effects);
    model.say(fill(t.cadence.absence_said, &[&t.day(from, today), &t.day(until, today)]));
    Ok(())
}

/// Asks for the path of a calendar.
pub fn ask_calendar(model: &mut Model) {
    let t = model.t();
    asks::prompt(model, PromptFor::Calendar, t.cadence.ics_title, t.cadence.ics_hint, "");
}

/// A calendar was read: its times are busy from now on. The same name again replaces it.
pub fn on_calendar(model: &mut Model, name: String, busy: Busy, effects: &mut Vec<Effect>) {
    let t = model.t();
    let before = model.book.away.get(&name).cloned().map(Record::Away);
    let count = busy.spans.len();
    let away = Away { name: name.clone(), why: Why::Calendar, person: model.author.name.clone(), cover: String::new(), spans: busy.spans };
    commit(model, Label::Away { name: name.clone() }, vec![Change { before, after: Some(Record::Away(away)) }], effects);
    let words = fill(t.cadence.ics_read, &[&name, &count]);
    if busy.problems.is_empty() {
        return model.say(words);
    }
    let mut lines = vec![words];
    lines.extend(busy.problems.iter().map(|(line, why)| fill(t.cadence.ics_bad, &[line, why])));
    model.overlays.push(Overlay::Notice { title: t.cadence.ics_title.into(), lines, scroll: 0 });
}

/// Writes the meetings of a year as a calendar.
pub fn give_calendar(model: &mut Model, effects: &mut Vec<Effect>) {
    let until = model.now.today() + chrono::Duration::days(365);
    let whose = if model.cadence.all { Whose::All } else { Whose::mine(&model.book, &model.author.name) };
    let entries = model.desk().entries(&model.book, whose, until);
    let meetings = calendar::meetings(&model.book, &entries, &model.config, false, model.lang, model.now);
    effects.push(Effect::WriteCalendar { meetings });
}
