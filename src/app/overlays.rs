//! Keys while something lies over the screen.

use super::command::Command;
use super::form::{FormFor, Outcome};
use super::list::Move;
use super::msg::Effect;
use super::overlay::{Item, Overlay, Pick, PickFor, Review, Value};
use super::screens::Screen;
use super::{
    Model, asks, away, calls, drafts, during, forms, keep, notes, opening, outputs, prompts,
    rhythm, run, touches, wrapup,
};
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::view::Order;
use crate::keys::{Code, Key};
use crate::services::capture::Talk;
use crate::words;

pub fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    let Some(top) = model.overlays.pop() else {
        return;
    };
    match top {
        Overlay::Help { scroll } => {
            if let Some(to) = read_on(key) {
                model.overlays.push(Overlay::Help {
                    scroll: to.scrolled(scroll, model.geometry.most, model.geometry.rows),
                });
            }
        }
        Overlay::Notice {
            title,
            lines,
            scroll,
        } => match read_on(key) {
            Some(to) => model.overlays.push(Overlay::Notice {
                title,
                lines,
                scroll: to.scrolled(scroll, model.geometry.most, model.geometry.rows),
            }),
            None if matches!(
                key.as_command().code,
                Code::Esc | Code::Enter | Code::Char('q')
            ) => {}
            None => model.overlays.push(Overlay::Notice {
                title,
                lines,
                scroll,
            }),
        },
        Overlay::Replan(plan) => match key.as_command().code {
            Code::Enter | Code::Char('y') => during::apply_plan(model, &plan, effects),
            Code::Esc | Code::Char('n' | 'q') => {}
            _ => model.overlays.push(Overlay::Replan(plan)),
        },
        Overlay::Diff { .. } => {
            // It is in nobody's way: the key does what it does.
            if !matches!(key.as_command().code, Code::Esc | Code::Enter) {
                super::on_key(model, key, effects);
            }
        }
        Overlay::Spread { proposal, scroll } => match (read_on(key), key.as_command().code) {
            (Some(to), _) => model.overlays.push(Overlay::Spread {
                proposal,
                scroll: to.scrolled(scroll, model.geometry.most, model.geometry.rows),
            }),
            (None, Code::Enter | Code::Char('y')) if !proposal.moves.is_empty() => {
                rhythm::apply_spread(model, &proposal, effects)
            }
            (None, Code::Esc | Code::Enter | Code::Char('n' | 'q')) => {}
            (None, _) => model.overlays.push(Overlay::Spread { proposal, scroll }),
        },
        Overlay::AtHand { blocks, scroll } => match read_on(key) {
            Some(to) => model.overlays.push(Overlay::AtHand {
                blocks,
                scroll: to.scrolled(scroll, model.geometry.most, model.geometry.rows),
            }),
            None if matches!(
                key.as_command().code,
                Code::Esc | Code::Enter | Code::Char('q' | 'i')
            ) => {}
            None => model.overlays.push(Overlay::AtHand { blocks, scroll }),
        },
        Overlay::Delete { record, what } => match key.as_command().code {
            Code::Char('y') => keep::delete(model, *record, what, effects),
            Code::Esc | Code::Char('n' | 'q') => {}
            _ => model.overlays.push(Overlay::Delete { record, what }),
        },
        Overlay::Resume { checkin } => match key.as_command().code {
            Code::Enter | Code::Char('y') => calls::reopen(model, &checkin, effects),
            Code::Esc | Code::Char('n' | 'q') => {}
            _ => model.overlays.push(Overlay::Resume { checkin }),
        },
        Overlay::Pick(pick) => on_pick(model, pick, key, effects),
        Overlay::Prompt(prompt) => prompts::on_prompt(model, prompt, key, effects),
        Overlay::Compose(mut compose) => {
            let save = key.code == Code::Char('s') && key.ctrl || key.code == Code::F(10);
            if save {
                let blank = compose.editor.is_blank();
                let refusal = if blank {
                    Some(words::compose::note_empty(model.lang).to_owned())
                } else {
                    let kept = keep::note(model, &compose, effects);
                    kept.err()
                        .map(|refusal| refusal.words(model.lang).to_owned())
                };
                if let Some(why) = refusal {
                    model.refuse(why);
                    model.overlays.push(Overlay::Compose(compose));
                }
            } else if key.code == Code::Esc {
                if compose.editor.is_blank() {
                    forget_draft(
                        model,
                        &drafts::compose_key(&compose, &model.author.name),
                        effects,
                    );
                } else {
                    // Closing keeps what was typed, on disk, for this account.
                    let (key, body) = (
                        drafts::compose_key(&compose, &model.author.name),
                        drafts::compose_body(&compose),
                    );
                    model.drafts.insert(key.clone(), body.clone());
                    effects.push(Effect::SaveDraft { key, body });
                    model.say(words::compose::draft_kept(model.lang, &compose.name));
                }
            } else if key.code == Code::Char('t') && key.ctrl && compose.note.is_none() {
                // A note alone, or what was said in a call, a meeting, a mail, a chat.
                use crate::domain::facts::touch::TouchKind::{Call, Chat, Email, Meeting};
                let next = match compose.talk.as_ref().map(|t| t.kind) {
                    None => Some(Call),
                    Some(Call) => Some(Meeting),
                    Some(Meeting) => Some(Email),
                    Some(Email) => Some(Chat),
                    _ => None,
                };
                // Who and when stay while one looks for the kind.
                compose.saved = u64::MAX;
                compose.talk = next.map(|kind| Talk {
                    kind,
                    ..compose.talk.take().unwrap_or(Talk::new(kind))
                });
                model.overlays.push(Overlay::Compose(compose));
            } else if key.code == Code::F(2) && compose.note.is_none() {
                let talk = compose.talk.clone();
                model.overlays.push(Overlay::Compose(compose));
                forms::talk_form(model, talk);
            } else if key.code == Code::Char('e') && key.ctrl {
                effects.push(Effect::EditOutside {
                    text: compose.editor.text(),
                });
                model.overlays.push(Overlay::Compose(compose));
            } else {
                compose
                    .editor
                    .key(key, model.geometry.columns, model.now.at);
                model.overlays.push(Overlay::Compose(compose));
            }
        }
        Overlay::Form(form) if form.purpose == FormFor::WrapUp && key.code == Code::F(7) => {
            keep_form_draft(model, &form, effects);
            calls::resume(model, effects);
        }
        Overlay::Form(mut form) => match form.key(key, model.geometry.columns, model.now.at) {
            Outcome::Stay => model.overlays.push(Overlay::Form(form)),
            Outcome::Leave => {
                if form.purpose != FormFor::WrapUp {
                    // Left on purpose, after a warning where something was changed.
                    if let Some(key) = drafts::form_key(model, &form) {
                        forget_draft(model, &key, effects);
                    }
                } else {
                    keep_form_draft(model, &form, effects);
                    wrapup::remember_wrap_up(model, &form, effects);
                    model.say(words::call::wrap_up_waits(model.lang));
                    model.screen = model.back.pop().unwrap_or(Screen::Today);
                }
            }
            Outcome::Keep => forms::form(model, form, effects),
        },
        Overlay::Review(review) => on_review(model, review, key, effects),
    }
}

/// The keys with which a text is read on.
fn read_on(key: Key) -> Option<Move> {
    Some(match key.as_command().code {
        Code::Char('j') | Code::Down => Move::Down,
        Code::Char('k') | Code::Up => Move::Up,
        Code::PageDown | Code::Char(' ') => Move::PageDown,
        Code::PageUp => Move::PageUp,
        Code::Char('g') | Code::Home => Move::Top,
        Code::Char('G') | Code::End => Move::Bottom,
        _ => return None,
    })
}

/// What a form holds goes to disk before the form is left.
fn keep_form_draft(model: &mut Model, form: &super::form::Form, effects: &mut Vec<Effect>) {
    let body = form.values();
    if body != form.start
        && let Some(key) = drafts::form_key(model, form)
    {
        model.drafts.insert(key.clone(), body.clone());
        effects.push(Effect::SaveDraft { key, body });
    }
}

fn forget_draft(model: &mut Model, key: &str, effects: &mut Vec<Effect>) {
    if model.drafts.remove(key).is_some() {
        effects.push(Effect::DiscardDraft {
            key: key.to_owned(),
        });
    }
}

pub fn paste(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    let at = model.now.at;
    match model.overlays.last_mut() {
        Some(Overlay::Pick(pick)) => {
            pick.field.paste(text, at);
            notes::typed(pick, effects);
        }
        Some(Overlay::Prompt(prompt)) => prompt.field.paste(text, at),
        Some(Overlay::Compose(compose)) => compose.editor.paste(text, at),
        Some(Overlay::Form(form)) => form.paste(text, at),
        Some(_) => {}
        None => {
            if let Some(typing) = &mut model.portfolio.typing {
                typing.paste(text, at);
                model.portfolio.query = typing.text();
            } else if model.screen == Screen::Live
                && let Some(editor) = model
                    .live
                    .as_mut()
                    .filter(|l| l.phase == super::screens::live::Phase::Live)
                    .and_then(|l| l.editor())
            {
                editor.paste(text, at);
            }
        }
    }
}

/// An external editor came back with a text.
pub fn edited(model: &mut Model, text: &str) {
    let at = model.now.at;
    if let Some(Overlay::Compose(compose)) = model.overlays.last_mut() {
        compose.editor.replace(text, at);
    } else if let Some(editor) = model.live.as_mut().and_then(|l| l.editor()) {
        editor.replace(text, at);
    }
}

/// Keys while the portfolio's filter is typed: the list follows each of them.
pub fn filter_key(model: &mut Model, key: Key) {
    let rows = model.geometry.rows;
    let len = model.portfolio.shown.len();
    match key.code {
        Code::Esc => {
            model.portfolio.typing = None;
            model.portfolio.query.clear();
        }
        Code::Enter => model.portfolio.typing = None,
        Code::Down => model.portfolio.list.go(Move::Down, len, rows),
        Code::Up => model.portfolio.list.go(Move::Up, len, rows),
        _ => {
            if let Some(editor) = &mut model.portfolio.typing {
                editor.key(key, 200, model.now.at);
                model.portfolio.query = editor.text();
            }
        }
    }
}

fn on_pick(model: &mut Model, mut pick: Pick, key: Key, effects: &mut Vec<Effect>) {
    let rows = model.geometry.rows;
    if pick.purpose == PickFor::Note && key.code == Code::Tab {
        model.overlays.push(Overlay::Pick(pick));
        return notes::search_all(model, effects);
    }
    match key.code {
        Code::Esc => return,
        Code::Down | Code::Tab => pick.list.go(Move::Down, pick.shown.len(), rows),
        Code::Up | Code::BackTab => pick.list.go(Move::Up, pick.shown.len(), rows),
        Code::PageDown => pick.list.go(Move::PageDown, pick.shown.len(), rows),
        Code::PageUp => pick.list.go(Move::PageUp, pick.shown.len(), rows),
        Code::Char('n') if key.ctrl => pick.list.go(Move::Down, pick.shown.len(), rows),
        Code::Char('p') if key.ctrl => pick.list.go(Move::Up, pick.shown.len(), rows),
        Code::Enter => {
            let Some(item) = pick.chosen().cloned() else {
                model.overlays.push(Overlay::Pick(pick));
                return;
            };
            // One reads record after record; a talk opens on a screen of its own.
            if let Value::Record(source) = &item.value
                && source.kind != "checkin"
            {
                model.overlays.push(Overlay::Pick(pick));
                return chosen(model, PickFor::Record, item, effects);
            }
            return chosen(model, pick.purpose, item, effects);
        }
        _ => {
            let before = pick.field.version;
            pick.field.key(key, 200, model.now.at);
            if pick.field.version != before {
                notes::typed(&mut pick, effects);
            }
        }
    }
    model.overlays.push(Overlay::Pick(pick));
}

fn chosen(model: &mut Model, purpose: PickFor, item: Item, effects: &mut Vec<Effect>) {
    match (purpose, item.value) {
        (PickFor::Command, Value::Command(command)) => run(model, command, effects),
        (PickFor::Account(then), Value::Account(id)) => {
            if then == Command::Note {
                asks::compose(model, id, effects);
            } else {
                opening::open_account(model, id, effects);
            }
        }
        (PickFor::Template(account), Value::Text(template)) => {
            calls::start_with(model, account, template, effects)
        }
        (PickFor::Order, Value::Index(i)) => {
            model.portfolio.order = Order::ALL[i];
            model.portfolio.reversed = false;
        }
        (PickFor::View, Value::Text(name)) => {
            match (name.strip_prefix('='), model.book.views.get(&name)) {
                (Some(query), _) => model.portfolio.query = query.to_owned(),
                (None, Some(view)) => {
                    model.portfolio.query = view.query.clone();
                    model.portfolio.order = view.order;
                    model.portfolio.reversed = view.reversed;
                }
                _ => {}
            }
        }
        (PickFor::Mood, Value::Index(i)) => {
            if let Some(state) = &mut model.live {
                state.checkin.wrapup.sentiment = Some(Sentiment::ALL[i]);
            }
            calls::record(
                model,
                |_| crate::domain::checkin::EventKind::Mood {
                    sentiment: Sentiment::ALL[i],
                },
                effects,
            );
        }
        (PickFor::Cut, Value::Index(i)) => during::cut_chosen(model, i, effects),
        (PickFor::Note, Value::Note(_, id)) if during::show_talk(model, id.as_str()) => {}
        (PickFor::Note | PickFor::Notes, Value::Note(account, id)) => {
            effects.push(Effect::ReadNote { account, id })
        }
        (PickFor::Output, Value::Text(what)) => outputs::make(model, &what, effects),
        (PickFor::Look, Value::Text(id)) => during::look_at_template(model, &id),
        (PickFor::Record, Value::Record(source)) => opening::open_record(model, &source, effects),
        (PickFor::Outcome(account, touch), Value::Index(i)) => {
            touches::outcome(model, &account, &touch, touches::OUTCOMES[i], effects)
        }
        (PickFor::Absence, Value::Text(name)) => away::absence_chosen(model, Some(&name)),
        (PickFor::Absence, _) => away::absence_chosen(model, None),
        (PickFor::Unknown(text), Value::Account(id)) => {
            if let Some(Overlay::Review(review)) = model.overlays.last_mut() {
                review.answers.retain(|(t, _)| *t != text);
                review.answers.push((text, id));
                review.planned = None;
                effects.push(Effect::PlanImport {
                    paths: review.paths.clone(),
                    answers: review.answers.clone(),
                    sheet: review.sheet.clone(),
                });
            }
        }
        _ => {}
    }
}

fn on_review(model: &mut Model, mut review: Review, key: Key, effects: &mut Vec<Effect>) {
    let unknown = review.planned.as_ref().map_or(0, |p| p.unknown.len());
    let rows = model.geometry.rows;
    match key.as_command().code {
        Code::Esc | Code::Char('q') if !review.writing => return,
        Code::Char('j') | Code::Down => review.list.go(Move::Down, unknown, rows),
        Code::Char('k') | Code::Up => review.list.go(Move::Up, unknown, rows),
        Code::Char('s') if !review.writing => {
            // The next sheet of the workbook, round and round.
            let sheets = review
                .planned
                .as_ref()
                .map(|p| p.sheets.clone())
                .unwrap_or_default();
            if sheets.len() > 1 {
                let at = review
                    .sheet
                    .as_ref()
                    .and_then(|s| sheets.iter().position(|x| x == s))
                    .unwrap_or(0);
                review.sheet = sheets.get((at + 1) % sheets.len()).cloned();
                review.planned = None;
                effects.push(Effect::PlanImport {
                    paths: review.paths.clone(),
                    answers: review.answers.clone(),
                    sheet: review.sheet.clone(),
                });
            }
        }
        Code::Char('y')
            if !review.writing
                && review.error.is_none()
                && review.planned.as_ref().is_some_and(|p| !p.empty) =>
        {
            review.writing = true;
            effects.push(Effect::CommitImport);
        }
        Code::Enter if !review.writing => {
            if let Some((text, ..)) = review
                .planned
                .as_ref()
                .and_then(|p| p.unknown.get(review.list.cursor))
                .cloned()
            {
                let items = model
                    .book
                    .rows()
                    .iter()
                    .map(|r| Item {
                        label: r.account.name.clone(),
                        detail: r.account.id.to_string(),
                        value: Value::Account(r.account.id.clone()),
                    })
                    .collect();
                let title = words::importing::who_is(model.lang, &text);
                let mut pick = Pick::new(PickFor::Unknown(text.clone()), title, items);
                pick.field
                    .paste(&text.chars().take(3).collect::<String>(), model.now.at);
                pick.refresh();
                model.overlays.push(Overlay::Review(review));
                model.overlays.push(Overlay::Pick(pick));
                return;
            }
        }
        _ => {}
    }
    model.overlays.push(Overlay::Review(review));
}
