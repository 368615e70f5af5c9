//! Choosing the template of a check-in, setting it up and starting it.

use chrono::Duration;

use super::sections;
use super::state::{Call, Reply};
use crate::app::model::Model;
use crate::app::msg::Screen;
use crate::app::overlay::Item;
use crate::app::verb::Effects;
use crate::domain::account::Tier;
use crate::domain::cadence::Kind as Touch;
use crate::domain::cadence::plan::Planned;
use crate::domain::cadence::policy::template_of;
use crate::domain::checkin::agenda::Template;
use crate::domain::checkin::{EventKind, Kind, State, agenda, propose};
use crate::domain::dossier::Dossier;
use crate::domain::ids::AccountId;
use crate::domain::standing::contract_start;
use crate::words;

/// A brief read longer ago than this does not count as preparation.
const PREPARATION: Duration = Duration::hours(1);
/// An agreed start farther away than this belongs to another call.
const ABOUT: Duration = Duration::hours(12);
/// The template when no rule proposes another.
const USUAL: &str = "standard";

/// Offers the templates, the proposed one first with its reason.
pub fn choose_template(model: &mut Model, dossier: &Dossier) {
    let lang = model.lang;
    let id = &dossier.account.id;
    let (wanted, why) = proposal(model, dossier);
    let item = |template: &Template| {
        let total = agenda::total(&template.sections);
        let (length, least, most) = (total.length, total.least, total.most);
        let minutes = words::call::agenda_total(lang, length, least, most);
        let reason = if template.id == wanted {
            format!("  ★ {}", why.words(lang))
        } else {
            String::new()
        };
        let reply = Reply::Template(id.clone(), template.id.clone());
        let name = lang.pick(&template.name);
        (
            template.id != wanted,
            Item::new(name, format!("{minutes}{reason}"), reply),
        )
    };
    let tier = tier_of(model, id);
    // One of each id: that of the tier, where it has its own.
    let all = &model.config.templates;
    let fitting = |t: &&Template| {
        t.tier == Some(tier) || (t.tier.is_none() && agenda::template(all, &t.id, tier) == Some(*t))
    };
    let mut items: Vec<_> = all.iter().filter(fitting).map(item).collect();
    items.sort_by_key(|(other, _)| *other);
    let items = items.into_iter().map(|(_, item)| item).collect();
    let title = words::call::choose_template(lang, &dossier.account.name);
    model.offer(title, items);
}

/// The template that fits an account now, and why.
pub fn proposal(model: &Model, dossier: &Dossier) -> (&'static str, propose::Why) {
    let zone = model.now.zone;
    let reviews = dossier.checkins.iter().filter(|c| c.kind == Kind::Review);
    let review = reviews
        .filter_map(|c| c.ended())
        .map(|at| zone.day(at))
        .max();
    match model.book.get(&dossier.account.id) {
        Some(row) => {
            let (start, today) = (contract_start(dossier), model.now.today());
            propose::propose(&row.standing, review, start, today)
        }
        None => (USUAL, propose::Why::Regular),
    }
}

/// The tier of an account; of the smallest customers where the account is unknown.
fn tier_of(model: &Model, id: &AccountId) -> Tier {
    let row = model.book.get(id);
    row.map_or(Tier::TechTouch, |row| row.standing.tier)
}

pub fn start_with(model: &mut Model, id: AccountId, template: String, effects: &mut Effects) {
    model.load_for(id, Reply::SetUp(template), effects);
}

/// Starts the call of a meeting with one key, with the fitting agenda and the agreed start.
pub fn start_meeting(model: &mut Model, id: AccountId, touch: &Planned, effects: &mut Effects) {
    let proposed = model.book.get(&id).map(|r| {
        let (review, start) = (
            r.standing.anchors.last(Touch::Review),
            r.standing.anchors.start,
        );
        propose::propose(&r.standing, review, start, model.now.today()).0
    });
    let template = match (touch.kind, proposed) {
        // A check-in has its own agenda for accounts in trouble and in the first weeks.
        (Touch::Checkin, Some(proposed)) if proposed != "review" && proposed != "renewal" => {
            proposed
        }
        (kind, _) => template_of(kind).unwrap_or(USUAL),
    };
    let agreed = touch.own.time.map(|time| {
        let local = touch.date.and_time(time);
        model.now.zone.instant(local)
    });
    let near = agreed.filter(|at| (*at - model.now.at).abs() < ABOUT);
    let agreed = touch.own.talk;
    model.call.starts = near.map(|at| (id.clone(), at, agreed));
    start_with(model, id, template.to_owned(), effects);
}

pub fn set_up(model: &mut Model, dossier: Box<Dossier>, template: &str) {
    let config = model.config.clone();
    let tier = tier_of(model, &dossier.account.id);
    let template = agenda::template(&config.templates, template, tier);
    let Some(template) = template.or(config.templates.first()) else {
        return;
    };
    let mut sections = agenda::build(template, &dossier);
    let id = model.by().id();
    let account = dossier.account.id.clone();
    let (author, now) = (&model.author.name, model.now);
    let starts = model.call.starts.take().filter(|s| s.0 == account);
    // What the invitation says is handed out to the sections.
    let minutes = starts.as_ref().and_then(|s| s.2);
    if let Some(minutes) = minutes {
        agenda::fit(&mut sections, minutes);
    }
    let mut call = Call::set_up(id, template, sections, dossier, author, now);
    if let Some((_, at, _)) = starts {
        call.record(EventKind::StartAt { at: Some(at) }, now);
    }
    if let Some(minutes) = minutes {
        call.record(EventKind::Length { minutes }, now);
    }
    model.call.open = Some(call);
    model.goto(Screen::Call);
}

/// Moves from the agenda into the call.
pub fn start(model: &mut Model, effects: &mut Effects) {
    let now = model.now;
    let brief = model.brief.as_ref();
    let prepared = brief.map(|b| (b.account.clone(), now.at - b.opened));
    let Some(call) = &mut model.call.open else {
        return;
    };
    if let Some((account, took)) = prepared
        && account == call.checkin.account
        && (Duration::zero()..PREPARATION).contains(&took)
    {
        call.checkin.prepared = u32::try_from(took.num_seconds()).ok();
    }
    if call.checkin.sections.is_empty() {
        return model.refuse(words::call::agenda_empty(model.lang));
    }
    // Two calls at once are usually a mistake, so the first attempt only warns.
    let me = &model.author.name;
    let other = model
        .book
        .checkins
        .values()
        .find(|c| c.author == *me && c.id != call.checkin.id && c.state() == State::Live);
    if let Some(other) = other
        && !std::mem::replace(&mut call.asked, true)
    {
        let name = model.book.name(&other.account);
        let words = words::call::call_running(model.lang, name);
        return model.refuse(words);
    }
    call.begin(now);
    sections::store(model, effects);
}
