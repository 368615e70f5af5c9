//! What each verb does.

use super::command::Command;
use super::list::Move;
use super::msg::Effect;
use super::overlay::{Item, Overlay, Pick, PickFor, PromptFor, Value};
use super::screens::account::Tab;
use super::screens::actions::Lens;
use super::screens::live::Phase;
use super::screens::{Screen, account, cadence, live};
use super::text::Editor;
use super::{
    Model, Waiting, asks, away, calls, day, during, forms, keep, moving, notes, opening, outputs,
    rhythm, touches, wishes,
};
use crate::domain::account::{Stage, Tier};
use crate::domain::account_field::AccountField;
use crate::domain::action::Status;
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::checkin::{EventKind, Mark};
use crate::domain::ids::{AccountId, RecordId};
use crate::ops;
use crate::words;

pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    match command {
        Command::Context => {
            if let Some(id) = model.subject() {
                forms::context_form(model, id);
            }
        }
        Command::Insights => {
            model.goto(Screen::Insights);
            if model.insights.report.is_none() && model.insights.running.is_none() && model.ready {
                asks::backtest(model, false, effects);
            }
        }
        Command::Backtest => asks::backtest(model, false, effects),
        Command::Fit => asks::backtest(model, true, effects),
        Command::Back if model.screen == Screen::Insights && model.insights.running.is_some() => {
            model.insights.running = None
        }
        Command::Judge => {
            if let Some(id) = model.subject() {
                forms::ruling_form(model, id);
            }
        }
        Command::Why => {
            model.why = model.subject();
            effects.extend(model.why.clone().map(Effect::Why));
        }
        Command::Today => model.goto(Screen::Today),
        Command::Portfolio => model.goto(Screen::Portfolio),
        Command::Checkins => model.goto(Screen::Checkins),
        Command::Actions => {
            model.actions.just_done.clear();
            model.goto(Screen::Actions);
        }
        Command::Palette => asks::palette(model),
        Command::Help => model.overlays.push(Overlay::Help { scroll: 0 }),
        Command::Note => match model.subject() {
            Some(id) => asks::compose(model, id, effects),
            None => asks::pick_account(model, Command::Note),
        },
        Command::AddAction => {
            if let Some(id) = model.subject() {
                // Its people, for `@` names.
                effects.push(Effect::Load(id.clone()));
                let t = model.t();
                asks::prompt(
                    model,
                    PromptFor::Action(id),
                    words::actions::add_action(t),
                    words::actions::action_hint(t),
                    "",
                );
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
            asks::prompt(
                model,
                PromptFor::ImportPath,
                words::importing::import_title(t),
                words::importing::import_hint(t),
                "",
            );
        }
        Command::Undo => effects.push(Effect::Undo),
        Command::Redo => effects.push(Effect::Redo),
        Command::Back => back(model),
        Command::Leave => leave(model, effects),
        Command::Quit => effects.push(Effect::Quit),
        Command::Down => moving::moved(model, Move::Down),
        Command::Up => moving::moved(model, Move::Up),
        Command::PageDown => moving::moved(model, Move::PageDown),
        Command::PageUp => moving::moved(model, Move::PageUp),
        Command::Top => moving::moved(model, Move::Top),
        Command::Bottom => moving::moved(model, Move::Bottom),
        Command::Open => opening::open(model, effects),
        Command::Filter => filter(model),
        Command::ClearFilter => {
            model.portfolio.query.clear();
            model.portfolio.selected.clear();
        }
        Command::Order => asks::pick_order(model),
        Command::Reverse => model.portfolio.reversed = !model.portfolio.reversed,
        Command::Select => select(model),
        Command::Views => asks::pick_view(model),
        Command::SaveView => {
            let t = model.t();
            asks::prompt(
                model,
                PromptFor::ViewName,
                words::portfolio::save_view(t),
                words::portfolio::view_name_hint(t),
                "",
            );
        }
        Command::NewAccount => {
            let t = model.t();
            asks::prompt(
                model,
                PromptFor::NewAccount,
                words::portfolio::new_account(t),
                words::portfolio::new_account_hint(t),
                "",
            );
        }
        Command::Edit => edit(model),
        Command::NextTab => tab(model, 1),
        Command::PrevTab => tab(model, Tab::ALL.len() - 1),
        Command::Span => {
            if let Some(state) = &mut model.account {
                state.span = (state.span + 1) % account::SPANS.len();
            }
        }
        Command::Heat => {
            if let Some(state) = &mut model.account {
                state.heat = !state.heat;
            }
        }
        Command::AddContact => forms::contact_form(model, None),
        Command::Copy => copy(model, effects),
        Command::Settle => day::settle(model, effects),
        Command::Done => done(model, effects),
        Command::Lens if model.screen == Screen::Today => {
            let next = (model.today.lens.index() + 1) % super::screens::today::Lens::ALL.len();
            model.today.lens = super::screens::today::Lens::ALL[next];
            model.today.list = Default::default();
        }
        Command::Lens if model.screen == Screen::Cadence => cadence_lens(model, 1),
        Command::Lens => {
            model.actions.just_done.clear();
            let next = (model.actions.lens.index() + 1) % Lens::ALL.len();
            model.actions.lens = Lens::ALL[next];
            model.actions.list = Default::default();
        }
        Command::Due => {
            if let Some(id) = current_action(model) {
                let t = model.t();
                let due = keep::action(model, &id)
                    .and_then(|a| a.due)
                    .map(|d| d.to_string())
                    .unwrap_or_default();
                asks::prompt(
                    model,
                    PromptFor::Due(id),
                    words::actions::due(t),
                    words::common::date_hint(t),
                    &due,
                );
            } else {
                model.refuse(words::actions::no_action_chosen(model.lang));
            }
        }
        Command::Start => calls::start(model, effects),
        Command::Longer | Command::Shorter | Command::Earlier | Command::Later | Command::Drop => {
            calls::agenda_edit(model, command)
        }
        Command::NextSection => calls::section(model, 1, effects),
        Command::PrevSection => calls::section(model, -1, effects),
        Command::Extend => {
            calls::record(
                model,
                |l| EventKind::Extended {
                    section: l.current(),
                    minutes: 5,
                },
                effects,
            );
            model.say(words::call::extended(model.lang));
        }
        Command::Pause => calls::record(
            model,
            |l| {
                if l.checkin.state() == crate::domain::checkin::State::Paused {
                    EventKind::Resumed
                } else {
                    EventKind::Paused
                }
            },
            effects,
        ),
        Command::MarkAction => calls::mark(model, Mark::Action),
        Command::MarkQuote => calls::mark(model, Mark::Quote),
        Command::MarkRisk => calls::mark(model, Mark::Risk),
        Command::MarkOpportunity => calls::mark(model, Mark::Opportunity),
        Command::Mood => {
            let t = model.t();
            let items = Sentiment::ALL
                .iter()
                .map(|s| Item {
                    label: s.words(t).into(),
                    detail: String::new(),
                    value: Value::Index(s.index()),
                })
                .collect();
            model.overlays.push(Overlay::Pick(Pick::new(
                PickFor::Mood,
                words::call::sentiment_title(t),
                items,
            )));
        }
        Command::MarkDecision => calls::mark(model, Mark::Decision),
        Command::MarkFeedback => calls::mark(model, Mark::Feedback),
        Command::MarkQuestion => calls::mark(model, Mark::Question),
        Command::MarkPrivate => calls::mark(model, Mark::Private),
        Command::Replan => during::replan(model),
        Command::AddSection => during::ask_section(model),
        Command::CutSection => during::cut(model),
        Command::StartAt => during::ask_start_at(model),
        Command::LeaveBy => during::ask_leave_by(model),
        Command::Prompts => {
            if let Some(live) = &mut model.live {
                live.quiet = !live.quiet;
            }
        }
        Command::AtHand => during::at_hand(model),
        Command::SearchNotes => notes::search(model, effects),
        Command::Dismiss => during::dismiss(model, effects),
        Command::OnlyMarks => during::only_marks(model),
        Command::Outputs => outputs::offer(model),
        Command::MarkInformed => informed(model, true, effects),
        Command::ClearInformed => informed(model, false, effects),
        Command::Lesson => during::take_lesson(model),
        Command::Templates => during::templates(model),
        Command::Delete => delete(model),
        Command::Cadence => model.goto(Screen::Cadence),
        Command::DayBack
        | Command::DayOn
        | Command::PeriodBack
        | Command::PeriodOn
        | Command::ThisDay => moving::by_day(model, command),
        Command::PrevLens => cadence_lens(model, cadence::Lens::ALL.len() - 1),
        Command::Whose => {
            model.cadence.all = !model.cadence.all;
            model.cadence.list = Default::default();
            let t = model.t();
            model.say(if model.cadence.all {
                words::cadence::everybody(t)
            } else {
                words::cadence::mine_only(t)
            });
        }
        Command::Automatic => {
            model.cadence.automatic = !model.cadence.automatic;
            let t = model.t();
            model.say(if model.cadence.automatic {
                words::cadence::with_automatic(t)
            } else {
                words::cadence::without_automatic(t)
            });
        }
        Command::Smooth => rhythm::smooth(model, effects),
        Command::Agree => touches::ask_agree(model),
        Command::MoveTouch => touches::ask_move(model),
        Command::TouchLater => touches::step(model, 1, effects),
        Command::TouchEarlier => touches::step(model, -1, effects),
        Command::Outcome => touches::ask_outcome(model, effects),
        Command::Rhythm => wishes::rhythm_form(model),
        Command::Prefs => wishes::prefs_form(model),
        Command::Accept => rhythm::accept(model, effects),
        Command::TurnDown => rhythm::turn_down(model, effects),
        Command::Absence => away::absences(model),
        Command::TakeCalendar => away::ask_calendar(model),
        Command::GiveCalendar => away::give_calendar(model, effects),
        Command::Outside => {
            if let Some(editor) = model.live.as_mut().and_then(live::State::editor) {
                effects.push(Effect::EditOutside {
                    text: editor.text(),
                });
            }
        }
        Command::End => calls::end(model, effects),
    }
}

fn cadence_lens(model: &mut Model, by: usize) {
    let next = (model.cadence.lens.index() + by) % cadence::Lens::ALL.len();
    model.cadence.lens = cadence::Lens::ALL[next];
    model.cadence.list = Default::default();
}

pub fn back(model: &mut Model) {
    if model.screen == Screen::Portfolio && !model.portfolio.query.is_empty() {
        model.portfolio.query.clear();
        return;
    }
    match model.back.pop() {
        Some(screen) => model.screen = screen,
        None => model.screen = Screen::Today,
    }
}

/// Back, and out of the desk from its first screen; a call that runs is not left by accident.
fn leave(model: &mut Model, effects: &mut Vec<Effect>) {
    let home = model.screen == Screen::Today;
    let call = model
        .live
        .as_ref()
        .filter(|l| l.phase == Phase::Live)
        .map(|l| l.name.clone());
    match (home, call) {
        (true, Some(name)) => model.refuse(words::call::call_runs(model.lang, &name)),
        (true, None) => effects.push(Effect::Quit),
        (false, _) => back(model),
    }
}

fn filter(model: &mut Model) {
    match model.screen {
        Screen::Portfolio => model.portfolio.typing = Some(Editor::single(&model.portfolio.query)),
        Screen::Account => {
            let t = model.t();
            if let Some(state) = &mut model.account {
                state.tab = Tab::Timeline;
                let text = state.filter.clone();
                asks::prompt(
                    model,
                    PromptFor::TimelineFilter,
                    words::common::filter(t),
                    "",
                    &text,
                );
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
        moving::moved(model, Move::Down);
    }
}

fn tab(model: &mut Model, by: usize) {
    if let Some(state) = &mut model.account {
        state.tab = Tab::ALL[(state.tab.index() + by) % Tab::ALL.len()];
    }
}

pub fn edit(model: &mut Model) {
    match model.screen {
        Screen::Account => {
            let Some(state) = &model.account else { return };
            let Some(d) = &state.dossier else {
                return model.refuse(words::common::still_loading(model.lang));
            };
            let cursor = state.list().cursor;
            match state.tab {
                Tab::Overview => {
                    let key = AccountField::ALL[cursor.min(AccountField::ALL.len() - 1)];
                    let text = key.typed(&d.account);
                    let t = model.t();
                    let hint = match key {
                        AccountField::Tier => Tier::ALL
                            .iter()
                            .map(|v| v.key())
                            .collect::<Vec<_>>()
                            .join(" · "),
                        AccountField::Stage => Stage::ALL
                            .iter()
                            .map(|v| v.key())
                            .collect::<Vec<_>>()
                            .join(" · "),
                        AccountField::Start | AccountField::Renewal => {
                            words::common::date_hint(t).to_owned()
                        }
                        AccountField::Arr => words::common::amount_hint(t).to_owned(),
                        AccountField::Escalated => "yes · no".to_owned(),
                        _ => String::new(),
                    };
                    let id = state.id.clone();
                    let title = key.words(t);
                    asks::prompt(model, PromptFor::Field(id, key), title, &hint, &text);
                }
                Tab::People => {
                    let id = d.contacts.get(cursor).map(|c| c.id.clone());
                    forms::contact_form(model, id);
                }
                Tab::Actions => {
                    let id = d.actions.get(cursor).map(|a| a.id.clone());
                    forms::action_form(model, id);
                }
                Tab::Notes if d.notes.get(cursor).is_some() => {
                    let note = d.notes.get(cursor).cloned();
                    asks::edit_note(model, note);
                }
                _ => model.refuse(words::common::nothing_to_edit(model.lang)),
            }
        }
        Screen::Actions => {
            let id = current_action(model);
            forms::action_form(model, id);
        }
        Screen::Portfolio => {
            let t = model.t();
            let ids: Vec<AccountId> = if model.portfolio.selected.is_empty() {
                model.subject().into_iter().collect()
            } else {
                model.portfolio.selected.iter().cloned().collect()
            };
            if !ids.is_empty() {
                let title = words::portfolio::edit_selected(t, ids.len());
                asks::prompt(
                    model,
                    PromptFor::Selected(ids),
                    &title,
                    words::portfolio::edit_selected_hint(t),
                    "",
                );
            }
        }
        _ => model.refuse(words::common::nothing_to_edit(model.lang)),
    }
}

fn current_action(model: &Model) -> Option<RecordId> {
    match model.screen {
        Screen::Actions => model
            .actions
            .current(&model.book, &model.author.name, model.now.today())
            .map(|a| a.id.clone()),
        Screen::Account => model
            .account
            .as_ref()
            .filter(|s| s.tab == Tab::Actions)
            .and_then(|s| {
                s.dossier
                    .as_ref()?
                    .actions
                    .get(s.list().cursor)
                    .map(|a| a.id.clone())
            }),
        _ => None,
    }
}

/// One key finishes an action, the same key opens it again.
fn done(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(id) = current_action(model) else {
        return model.refuse(words::actions::no_action_chosen(model.lang));
    };
    let Some(action) = keep::action(model, &id) else {
        return;
    };
    let to = if action.is_open() {
        Status::Done
    } else {
        Status::Open
    };
    if model.screen == Screen::Actions && to == Status::Done {
        model
            .actions
            .just_done
            .push(action.with_status(to, model.now.at));
    } else {
        model.actions.just_done.retain(|a| a.id != id);
    }
    let operation = ops::actions::set_status(&action, to, &mut model.by());
    keep::commit(model, operation, effects);
    // The account's list puts what is done last: stay on it, so that the same key opens it again.
    if let Some(state) = model
        .account
        .as_mut()
        .filter(|_| model.screen == Screen::Account)
        && let Some(at) = state
            .dossier
            .as_ref()
            .and_then(|d| d.actions.iter().position(|a| a.id == id))
    {
        state.list_mut().cursor = at;
    }
}

/// Whether the customer was informed that an action is done.
fn informed(model: &mut Model, informed: bool, effects: &mut Vec<Effect>) {
    let Some(action) = current_action(model).and_then(|id| keep::action(model, &id)) else {
        return model.refuse(words::actions::no_action_chosen(model.lang));
    };
    let (operation, said) = if informed {
        (
            ops::actions::inform(&action, &mut model.by()),
            words::actions::told_today(model.lang),
        )
    } else {
        (
            ops::actions::clear_informed(&action, &mut model.by()),
            words::actions::informed_cleared(model.lang),
        )
    };
    match operation {
        Ok(operation) => {
            keep::commit(model, operation, effects);
            model.say(said);
        }
        Err(refusal) => model.refuse(refusal.words(model.lang)),
    }
}

/// Asks before anything is taken away; `u` brings it back.
fn delete(model: &mut Model) {
    match keep::doomed(model) {
        Some(record) => {
            let what = keep::name_of(model, &record);
            model.overlays.push(Overlay::Delete {
                record: Box::new(record),
                what,
            });
        }
        None => model.refuse(words::shell::nothing_to_delete(model.lang)),
    }
}

fn copy(model: &mut Model, effects: &mut Vec<Effect>) {
    let t = model.t();
    let text = match model.screen {
        Screen::Live => model.live.as_ref().map(|l| {
            crate::services::compose::markdown(
                &l.checkin,
                &l.name,
                &l.actions,
                model.lang,
                model.now.zone,
            )
        }),
        Screen::Brief => model
            .brief
            .as_ref()
            .map(|b| crate::services::brief::markdown(&b.name, &b.blocks, t)),
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
