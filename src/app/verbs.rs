//! What each verb does.

use chrono::Duration;

use super::command::{Command, Scope, VERBS};
use super::list::Move;
use super::msg::Effect;
use super::overlay::{Compose, Item, Overlay, Pick, PickFor, Prompt, PromptFor, Value};
use super::screens::account::{FieldKey, Tab, field_text};
use super::screens::actions::Lens;
use super::screens::live::Phase;
use super::screens::{Screen, account, brief, live};
use super::text::Editor;
use super::{Model, Waiting, drafts, keep};
use crate::domain::account::{Stage, Tier};
use crate::domain::action::Status;
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::checkin::{EventKind, Mark, agenda, propose};
use crate::domain::dossier::Dossier;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::view::Order;
use crate::i18n::fill;

pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    match command {
        Command::Portfolio => model.goto(Screen::Portfolio),
        Command::Checkins => model.goto(Screen::Checkins),
        Command::Actions => {
            model.actions.just_done.clear();
            model.goto(Screen::Actions);
        }
        Command::Palette => palette(model),
        Command::Help => model.overlays.push(Overlay::Help { scroll: 0 }),
        Command::Note => match model.subject() {
            Some(id) => compose(model, id),
            None => pick_account(model, Command::Note),
        },
        Command::AddAction => {
            if let Some(id) = model.subject() {
                let t = model.t();
                prompt(model, PromptFor::Action(id), t.add_action, t.action_hint, "");
            }
        }
        Command::Checkin => {
            if let Some(id) = model.subject() {
                model.waiting = Some(Waiting::Checkin(id.clone()));
                effects.push(Effect::Load(id));
            }
        }
        Command::Brief => {
            if let Some(id) = model.subject() {
                model.waiting = Some(Waiting::Brief(id.clone()));
                effects.push(Effect::Load(id));
            }
        }
        Command::Import => {
            let t = model.t();
            prompt(model, PromptFor::ImportPath, t.import_title, t.import_hint, "");
        }
        Command::Undo => effects.push(Effect::Undo),
        Command::Redo => effects.push(Effect::Redo),
        Command::Back => back(model, effects),
        Command::Quit => effects.push(Effect::Quit),
        Command::Down => moved(model, Move::Down),
        Command::Up => moved(model, Move::Up),
        Command::PageDown => moved(model, Move::PageDown),
        Command::PageUp => moved(model, Move::PageUp),
        Command::Top => moved(model, Move::Top),
        Command::Bottom => moved(model, Move::Bottom),
        Command::Open => open(model, effects),
        Command::Filter => filter(model),
        Command::ClearFilter => {
            model.portfolio.query.clear();
            model.portfolio.selected.clear();
        }
        Command::Order => pick_order(model),
        Command::Reverse => model.portfolio.reversed = !model.portfolio.reversed,
        Command::Select => select(model),
        Command::Views => pick_view(model),
        Command::SaveView => {
            let t = model.t();
            prompt(model, PromptFor::ViewName, t.save_view, t.view_name_hint, "");
        }
        Command::Edit => edit(model),
        Command::NextTab => tab(model, 1),
        Command::PrevTab => tab(model, Tab::ALL.len() - 1),
        Command::Span => {
            if let Some(state) = &mut model.account {
                state.span = (state.span + 1) % account::SPANS.len();
            }
        }
        Command::AddContact => keep::contact_form(model, None),
        Command::Copy => copy(model, effects),
        Command::Done => done(model, effects),
        Command::Lens => {
            model.actions.just_done.clear();
            let next = (model.actions.lens.index() + 1) % Lens::ALL.len();
            model.actions.lens = Lens::ALL[next];
            model.actions.list = Default::default();
        }
        Command::Due => {
            if let Some(id) = current_action(model) {
                let t = model.t();
                prompt(model, PromptFor::Due(id), t.due, t.date_hint, "");
            }
        }
        Command::Start => start(model, effects),
        Command::Longer | Command::Shorter | Command::Earlier | Command::Later | Command::Drop => agenda_edit(model, command),
        Command::NextSection => section(model, 1, effects),
        Command::PrevSection => section(model, -1, effects),
        Command::Extend => {
            record(model, |l| EventKind::Extended { section: l.current(), minutes: 5 }, effects);
            model.say(model.t().extended);
        }
        Command::Pause => record(model, |l| if l.checkin.state() == crate::domain::checkin::State::Paused { EventKind::Resumed } else { EventKind::Paused }, effects),
        Command::MarkAction => mark(model, Mark::Action),
        Command::MarkQuote => mark(model, Mark::Quote),
        Command::MarkRisk => mark(model, Mark::Risk),
        Command::MarkOpportunity => mark(model, Mark::Opportunity),
        Command::Mood => {
            let t = model.t();
            let items = Sentiment::ALL.iter().map(|s| Item { label: t.sentiment(*s).into(), detail: String::new(), value: Value::Index(s.index()) }).collect();
            model.overlays.push(Overlay::Pick(Pick::new(PickFor::Mood, t.sentiment_title, items)));
        }
        Command::Outside => {
            if let Some(editor) = model.live.as_mut().and_then(live::State::editor) {
                effects.push(Effect::EditOutside { text: editor.text() });
            }
        }
        Command::End => end(model, effects),
    }
}

fn back(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.screen == Screen::Portfolio && !model.portfolio.query.is_empty() {
        model.portfolio.query.clear();
        return;
    }
    match model.back.pop() {
        Some(screen) => model.screen = screen,
        None if model.screen != Screen::Portfolio => model.screen = Screen::Portfolio,
        None => {
            effects.push(Effect::Quit);
        }
    }
}

fn moved(model: &mut Model, to: Move) {
    let rows = model.geometry.rows;
    let len = match model.screen {
        Screen::Portfolio => model.portfolio.shown.len(),
        Screen::Account => model.account.as_ref().map_or(0, account::State::len),
        Screen::Actions => model.actions.shown(&model.book, &model.author.name, model.now.today()).len(),
        Screen::Checkins => model.checkins.shown(&model.book).len(),
        Screen::Live => model.live.as_ref().map_or(0, |l| l.checkin.sections.len()),
        Screen::Brief => 0,
    };
    match model.screen {
        Screen::Portfolio => model.portfolio.list.go(to, len, rows),
        Screen::Account => {
            if let Some(state) = &mut model.account {
                state.list_mut().go(to, len, rows);
            }
        }
        Screen::Actions => model.actions.list.go(to, len, rows),
        Screen::Checkins => model.checkins.list.go(to, len, rows),
        Screen::Live => {
            if let Some(state) = &mut model.live {
                // The finished note scrolls freely; drawing holds it.
                state.list.go(to, if state.phase == Phase::Done { 10_000 } else { len }, rows);
            }
        }
        Screen::Brief => {
            if let Some(state) = &mut model.brief {
                state.scroll = match to {
                    Move::Down => state.scroll + 1,
                    Move::Up => state.scroll.saturating_sub(1),
                    Move::PageDown => state.scroll + rows,
                    Move::PageUp => state.scroll.saturating_sub(rows),
                    Move::Top => 0,
                    Move::Bottom => state.blocks.iter().map(|b| b.items.len() + 2).sum(),
                };
            }
        }
    }
}

fn open(model: &mut Model, effects: &mut Vec<Effect>) {
    match model.screen {
        Screen::Portfolio => {
            if let Some(id) = model.subject() {
                open_account(model, id, effects);
            }
        }
        Screen::Actions => {
            if let Some(id) = model.subject() {
                open_account(model, id, effects);
                if let Some(state) = &mut model.account {
                    state.tab = Tab::Actions;
                }
            }
        }
        Screen::Checkins => {
            if let Some(id) = model.checkins.shown(&model.book).get(model.checkins.list.cursor).map(|c| c.id.clone()) {
                reopen(model, &id, effects);
            }
        }
        Screen::Account => open_item(model, effects),
        _ => {}
    }
}

pub fn open_account(model: &mut Model, id: AccountId, effects: &mut Vec<Effect>) {
    if model.account.as_ref().is_none_or(|a| a.id != id) {
        model.account = Some(account::State::new(id.clone()));
    }
    model.goto(Screen::Account);
    effects.push(Effect::Load(id));
}

/// Enter on an entry of the account: the thing itself, whole.
fn open_item(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(state) = &model.account else { return };
    let Some(d) = &state.dossier else { return };
    let cursor = state.list().cursor;
    let t = model.t();
    let zone = model.now.zone;
    let when = |at| zone.local(at).format("%Y-%m-%d %H:%M").to_string();
    let entry = state.timeline_shown().get(cursor).copied();
    let notice = |title: String, text: &str| Overlay::Notice { title, lines: text.lines().map(str::to_owned).collect() };
    let timeline_kind = entry.map(|e| (e.kind, e.index));
    use crate::domain::timeline::Kind;
    let overlay = match (state.tab, timeline_kind) {
        (Tab::Overview, _) => return edit(model),
        (Tab::People, _) => {
            let id = d.contacts.get(cursor).map(|c| c.id.clone());
            return keep::contact_form(model, id);
        }
        (Tab::Actions, _) => {
            let id = d.actions.get(cursor).map(|a| a.id.clone());
            return keep::action_form(model, id);
        }
        (Tab::Notes, _) => d.notes.get(cursor).map(|n| notice(format!("{} · {}", when(n.at), n.author), &n.text)),
        (Tab::Timeline, Some((Kind::Note, i))) => d.notes.get(i).map(|n| notice(format!("{} · {}", when(n.at), n.author), &n.text)),
        (Tab::Timeline, Some((Kind::Checkin, i))) => {
            let checkin = d.checkins[i].clone();
            model.book.checkins.entry(checkin.id.clone()).or_insert_with(|| checkin.clone());
            return reopen(model, &checkin.id, effects);
        }
        (Tab::Timeline, Some((Kind::Action, i))) => {
            let id = d.actions.get(i).map(|a| a.id.clone());
            return keep::action_form(model, id);
        }
        (Tab::Tickets, _) | (Tab::Timeline, Some((Kind::Ticket, _))) => {
            let at = if state.tab == Tab::Tickets { cursor } else { timeline_kind.map_or(0, |k| k.1) };
            d.tickets.get(at).map(|x| {
                let mut lines = vec![
                    format!("{} · {} · {}", x.id, t.ticket_status(x.status), t.ticket_priority(x.priority)),
                    format!("{}: {}", t.opened_on, x.opened.map_or_else(|| t.unknown.to_owned(), when)),
                ];
                if let Some(at) = x.solved {
                    lines.push(format!("{}: {}", t.solved_on, when(at)));
                }
                lines.extend(x.oddities.iter().map(|o| format!("⚑ {}", t.oddity(*o))));
                lines.push(String::new());
                lines.extend(x.body.lines().map(str::to_owned));
                Overlay::Notice { title: if x.subject.is_empty() { x.id.to_string() } else { x.subject.clone() }, lines }
            })
        }
        (Tab::Timeline, Some(_)) => entry.map(|e| notice(when(e.at), &account::text_of(d, e))),
        _ => None,
    };
    model.overlays.extend(overlay);
}

/// Goes on with a check-in, or shows a finished one.
pub fn reopen(model: &mut Model, id: &RecordId, effects: &mut Vec<Effect>) {
    let Some(checkin) = model.book.checkins.get(id).cloned() else { return };
    let account = checkin.account.clone();
    let name = model.book.name(&account).to_owned();
    let mut state = live::State::reopen(checkin, name);
    if matches!(state.phase, Phase::Live | Phase::WrapUp)
        && let Some(draft) = model.drafts.get(&state.draft_key())
    {
        state.restore(draft);
        state.collect();
    }
    model.live = Some(state);
    model.goto(Screen::Live);
    model.waiting = Some(Waiting::Live(account.clone()));
    effects.push(Effect::Load(account));
}

fn filter(model: &mut Model) {
    match model.screen {
        Screen::Portfolio => model.portfolio.typing = Some(Editor::single(&model.portfolio.query)),
        Screen::Account => {
            let t = model.t();
            if let Some(state) = &mut model.account {
                state.tab = Tab::Timeline;
                let text = state.filter.clone();
                prompt(model, PromptFor::TimelineFilter, t.filter, "", &text);
            }
        }
        _ => {}
    }
}

fn select(model: &mut Model) {
    if let Some(id) = model.subject() {
        if !model.portfolio.selected.remove(&id) {
            model.portfolio.selected.insert(id);
        }
        moved(model, Move::Down);
    }
}

fn tab(model: &mut Model, by: usize) {
    if let Some(state) = &mut model.account {
        state.tab = Tab::ALL[(state.tab.index() + by) % Tab::ALL.len()];
    }
}

fn edit(model: &mut Model) {
    match model.screen {
        Screen::Account => {
            let Some(state) = &model.account else { return };
            let Some(d) = &state.dossier else { return };
            let cursor = state.list().cursor;
            match state.tab {
                Tab::Overview => {
                    let key = FieldKey::ALL[cursor.min(FieldKey::ALL.len() - 1)];
                    let text = field_text(&d.account, key);
                    let t = model.t();
                    let hint = match key {
                        FieldKey::Tier => Tier::ALL.iter().map(|v| v.key()).collect::<Vec<_>>().join(" · "),
                        FieldKey::Stage => Stage::ALL.iter().map(|v| v.key()).collect::<Vec<_>>().join(" · "),
                        FieldKey::Start | FieldKey::Renewal => t.date_hint.to_owned(),
                        FieldKey::Arr => t.amount_hint.to_owned(),
                        FieldKey::Escalated => "yes · no".to_owned(),
                        _ => String::new(),
                    };
                    let id = state.id.clone();
                    let title = t.field(key);
                    prompt(model, PromptFor::Field(id, key), title, &hint, &text);
                }
                Tab::People => {
                    let id = d.contacts.get(cursor).map(|c| c.id.clone());
                    keep::contact_form(model, id);
                }
                Tab::Actions => {
                    let id = d.actions.get(cursor).map(|a| a.id.clone());
                    keep::action_form(model, id);
                }
                _ => model.refuse(model.t().nothing_to_edit),
            }
        }
        Screen::Actions => {
            let id = current_action(model);
            keep::action_form(model, id);
        }
        _ => model.refuse(model.t().nothing_to_edit),
    }
}

fn current_action(model: &Model) -> Option<RecordId> {
    match model.screen {
        Screen::Actions => model.actions.shown(&model.book, &model.author.name, model.now.today()).get(model.actions.list.cursor).map(|a| a.id.clone()),
        Screen::Account => model.account.as_ref().filter(|s| s.tab == Tab::Actions).and_then(|s| s.dossier.as_ref()?.actions.get(s.list().cursor).map(|a| a.id.clone())),
        _ => None,
    }
}

/// One key finishes an action, the same key opens it again.
fn done(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(id) = current_action(model) else { return model.refuse(model.t().no_action_chosen) };
    let Some(action) = keep::action(model, &id) else { return };
    let to = if action.is_open() { Status::Done } else { Status::Open };
    if model.screen == Screen::Actions && to == Status::Done {
        model.actions.just_done.push(action.with_status(to, model.now.at));
    } else {
        model.actions.just_done.retain(|a| a.id != id);
    }
    keep::change_action(model, &action, action.with_status(to, model.now.at), effects);
}

fn copy(model: &mut Model, effects: &mut Vec<Effect>) {
    let t = model.t();
    let text = match model.screen {
        Screen::Live => model.live.as_ref().map(|l| crate::services::compose::markdown(&l.checkin, &l.name, &l.actions, model.lang, model.now.zone)),
        Screen::Brief => model.brief.as_ref().map(|b| crate::services::brief::markdown(&b.name, &b.blocks, t)),
        Screen::Account => model.account.as_ref().and_then(|s| {
            let d = s.dossier.as_ref()?;
            match s.tab {
                Tab::Notes => d.notes.get(s.list().cursor).map(|n| n.text.clone()),
                _ => Some(d.account.name.clone()),
            }
        }),
        _ => None,
    };
    effects.extend(text.map(Effect::Copy));
}

// ---- check-ins ----

/// Offers the templates, the proposed one first with its reason.
pub fn choose_template(model: &mut Model, dossier: &Dossier) {
    let t = model.t();
    let id = dossier.account.id.clone();
    let (wanted, why) = proposal(model, dossier);
    let mut items: Vec<Item> = model
        .config
        .templates
        .iter()
        .map(|template| {
            let minutes = fill(t.minutes, &[&agenda::total(&template.sections)]);
            let reason = if template.id == wanted { format!("  ★ {}", t.why(why)) } else { String::new() };
            Item { label: model.lang.pick(&template.name).to_owned(), detail: format!("{minutes}{reason}"), value: Value::Text(template.id.clone()) }
        })
        .collect();
    items.sort_by_key(|i| i.value != Value::Text(wanted.to_owned()));
    let title = fill(t.choose_template, &[&dossier.account.name]);
    model.overlays.push(Overlay::Pick(Pick::new(PickFor::Template(id), title, items)));
}

fn proposal(model: &Model, dossier: &Dossier) -> (&'static str, propose::Why) {
    let today = model.now.today();
    let review = dossier.checkins.iter().filter(|c| c.kind == crate::domain::checkin::Kind::Review).filter_map(|c| c.ended()).map(|at| model.now.zone.day(at)).max();
    match model.book.get(&dossier.account.id) {
        Some(row) => propose::propose(&row.standing, review, crate::domain::summary::contract_start(dossier), today),
        None => ("standard", propose::Why::Regular),
    }
}

pub fn start_with(model: &mut Model, id: AccountId, template: String, effects: &mut Vec<Effect>) {
    model.waiting = Some(Waiting::Start(id.clone(), template));
    effects.push(Effect::Load(id));
}

pub fn set_up(model: &mut Model, dossier: Box<Dossier>, template: &str) {
    let config = model.config.clone();
    let Some(template) = config.template(template).or(config.templates.first()) else { return };
    let sections = agenda::build(template, &dossier);
    let id = model.mint.next(model.now.at);
    model.live = Some(live::State::set_up(id, template, sections, dossier, &model.author.name, model.now));
    model.goto(Screen::Live);
}

pub fn show_brief(model: &mut Model, dossier: &Dossier) {
    let (template, why) = proposal(model, dossier);
    let standing = model.book.get(&dossier.account.id).map(|r| r.standing.clone());
    let Some(standing) = standing else { return };
    let blocks = crate::services::brief::blocks(dossier, &standing, &model.config, (template, why), model.lang, model.now);
    model.brief = Some(brief::State { account: dossier.account.id.clone(), name: dossier.account.name.clone(), blocks, scroll: 0, template: template.to_owned() });
    model.goto(Screen::Brief);
}

fn start(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.screen == Screen::Brief {
        if let Some(state) = &model.brief {
            let (id, template) = (state.account.clone(), state.template.clone());
            start_with(model, id, template, effects);
        }
        return;
    }
    let now = model.now;
    let Some(state) = &mut model.live else { return };
    if state.checkin.sections.is_empty() {
        return model.refuse(model.t().agenda_empty);
    }
    state.begin(now);
    keep::checkin(model, effects);
}

fn agenda_edit(model: &mut Model, command: Command) {
    let Some(state) = &mut model.live else { return };
    let at = state.list.cursor;
    let sections = &mut state.checkin.sections;
    let Some(section) = sections.get_mut(at) else { return };
    match command {
        Command::Longer => {
            section.target = (section.target + 1).min(240);
            section.max = section.max.max(section.target);
        }
        Command::Shorter => {
            section.target = section.target.saturating_sub(1).max(1);
            section.min = section.min.min(section.target);
        }
        Command::Earlier if at > 0 => {
            sections.swap(at, at - 1);
            state.list.cursor -= 1;
        }
        Command::Later if at + 1 < sections.len() => {
            sections.swap(at, at + 1);
            state.list.cursor += 1;
        }
        Command::Drop => {
            sections.remove(at);
            state.list.hold(state.checkin.sections.len(), model.geometry.rows);
        }
        _ => {}
    }
}

fn section(model: &mut Model, by: isize, effects: &mut Vec<Effect>) {
    let Some(state) = &model.live else { return };
    match state.current().checked_add_signed(by).filter(|s| *s < state.checkin.sections.len()) {
        Some(section) => record(model, |_| EventKind::Entered { section }, effects),
        None => model.refuse(if by > 0 { model.t().last_section } else { model.t().first_section }),
    }
}

fn record(model: &mut Model, what: impl FnOnce(&live::State) -> EventKind, effects: &mut Vec<Effect>) {
    let now = model.now;
    if let Some(state) = &mut model.live {
        let event = what(state);
        state.record(event, now);
        state.collect();
        keep::checkin(model, effects);
    }
}

fn mark(model: &mut Model, mark: Mark) {
    let at = model.now.at;
    if let Some(editor) = model.live.as_mut().and_then(live::State::editor) {
        editor.mark(mark, at);
    }
}

fn end(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.live.as_ref().is_some_and(|l| l.phase == Phase::Live) {
        record(model, |_| EventKind::Ended, effects);
        if let Some(state) = &mut model.live {
            state.phase = Phase::WrapUp;
        }
    }
    open_wrap_up_if_due(model);
}

/// The wrap-up form, once the call has ended and the people are known.
pub fn open_wrap_up_if_due(model: &mut Model) {
    if model.live.as_ref().is_some_and(|l| l.phase == Phase::WrapUp) && model.overlays.is_empty() {
        keep::wrap_up_form(model);
    }
}

/// Esc in a live call leaves the screen; the clock runs on and the call is offered again.
pub fn leave_live(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(state) = &mut model.live {
        state.collect();
        keep::checkin(model, effects);
        let name = model.live.as_ref().map(|l| l.name.clone()).unwrap_or_default();
        model.say(fill(model.t().call_goes_on, &[&name]));
    }
    back(model, effects);
}

// ---- overlays ----

pub fn prompt(model: &mut Model, purpose: PromptFor, title: &str, hint: &str, text: &str) {
    model.overlays.push(Overlay::Prompt(Prompt { purpose, title: title.to_owned(), hint: hint.to_owned(), field: Editor::single(text), error: None }));
}

pub fn compose(model: &mut Model, id: AccountId) {
    let name = model.book.name(&id).to_owned();
    let draft = model.drafts.get(&drafts::note_key(&id, &model.author.name)).and_then(|d| d.get("text")?.as_str().map(str::to_owned));
    if draft.is_some() {
        model.say(model.t().draft_back);
    }
    let editor = Editor::new(&draft.unwrap_or_default());
    model.overlays.push(Overlay::Compose(Compose { account: id, name, editor, saved: 0 }));
}

pub fn pick_account(model: &mut Model, then: Command) {
    let items = model.book.rows().iter().map(|r| Item { label: r.account.name.clone(), detail: r.account.reading.clone(), value: Value::Account(r.account.id.clone()) }).collect();
    let title = model.t().choose_account;
    model.overlays.push(Overlay::Pick(Pick::new(PickFor::Account(then), title, items)));
}

fn palette(model: &mut Model) {
    let t = model.t();
    let mut items: Vec<Item> = Vec::new();
    for scope in model.scopes() {
        for verb in VERBS.iter().filter(|v| v.scope == *scope && (*scope != Scope::List)) {
            if items.iter().any(|i| i.value == Value::Command(verb.command)) {
                continue;
            }
            let refusal = super::command::refusal(verb.command, model, t).map(|why| format!("  ({why})")).unwrap_or_default();
            items.push(Item { label: t.verb(verb.command).to_owned(), detail: format!("{}{refusal}", verb.key()), value: Value::Command(verb.command) });
        }
    }
    model.overlays.push(Overlay::Pick(Pick::new(PickFor::Command, t.palette, items)));
}

fn pick_order(model: &mut Model) {
    let t = model.t();
    let items = Order::ALL.iter().map(|o| Item { label: t.order(*o).into(), detail: String::new(), value: Value::Index(o.index()) }).collect();
    model.overlays.push(Overlay::Pick(Pick::new(PickFor::Order, t.order_title, items)));
}

fn pick_view(model: &mut Model) {
    let t = model.t();
    let shipped = [("band:red", t.view_red), ("renewal<90", t.view_renewal), ("touch>60", t.view_silent), ("usage<-20", t.view_falling)];
    let mut items: Vec<Item> = model.book.views.values().map(|v| Item { label: v.name.clone(), detail: v.query.clone(), value: Value::Text(v.name.clone()) }).collect();
    items.extend(shipped.iter().map(|(query, name)| Item { label: (*name).into(), detail: (*query).into(), value: Value::Text(format!("={query}")) }));
    model.overlays.push(Overlay::Pick(Pick::new(PickFor::View, t.views, items)));
}

/// The date proposed for the next check-in, by tier `[cadence.model]`, moved off the weekend.
pub fn next_date(model: &Model, account: &AccountId) -> chrono::NaiveDate {
    use chrono::Datelike;
    let days = match model.book.get(account).map(|r| r.standing.tier) {
        Some(Tier::Enterprise) => 28,
        Some(Tier::MidMarket) => 56,
        _ => 91,
    };
    let mut date = model.now.today() + Duration::days(days);
    while date.weekday().num_days_from_monday() > 4 {
        date += Duration::days(1);
    }
    date
}
