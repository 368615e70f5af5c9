//! The keys of the review: moving in its list, answering what the cursor is at, and accepting.

use super::asked::{Ask, Given};
use super::items::{Item, Section, Used};
use super::pickers;
use super::state::{Effect, Review};
use crate::app::kit::list::Move;
use crate::app::model::Model;
use crate::app::msg::Effect as AnyEffect;
use crate::app::verb::Effects;
use crate::keys::{Code, Key};
use crate::words::import_review as say;

pub fn layer_key(
    model: &mut Model,
    mut review: Box<Review>,
    key: Key,
    effects: &mut Effects,
) -> Option<Key> {
    let key = key.as_command();
    if !review.writing && matches!(key.code, Code::Esc | Code::Char('q')) {
        return None;
    }
    if moves(&mut review, key, model.geometry.rows) {
        model.lay(review);
        return None;
    }
    if let Some(why) = busy(&review, key) {
        model.refuse(why(model.lang));
        model.lay(review);
        return None;
    }
    let picker = match key.code {
        Code::Enter => answer(model, &mut review, effects),
        Code::Char('y') => {
            accept(model, &mut review, effects);
            None
        }
        Code::Char('u') => {
            match review.past.pop() {
                Some(before) => {
                    review.answers = before;
                    effects.push(AnyEffect::Importing(review.again()));
                }
                None => model.refuse(say::nothing_to_undo(model.lang)),
            }
            None
        }
        Code::Char('n') => {
            if !review.next_question(model.geometry.rows) {
                model.refuse(say::no_question(model.lang));
            }
            None
        }
        Code::Char('s') if review.sheets.len() > 1 => {
            review.sheet = next_sheet(&review);
            effects.push(AnyEffect::Importing(review.again()));
            None
        }
        _ => None,
    };
    let new = match (&picker, &review.planned) {
        (Some(Ask::Account { .. }), Some(planned)) => planned.new_accounts.clone(),
        _ => Vec::new(),
    };
    model.lay(review);
    if let Some(ask) = picker {
        pickers::open(model, ask, &new);
    }
    None
}

/// Why a key that answers or accepts does nothing now.
fn busy(review: &Review, key: Key) -> Option<fn(crate::words::Lang) -> &'static str> {
    let acts = matches!(
        key.code,
        Code::Enter | Code::Char('y' | 'u' | 'n' | 's') | Code::Esc
    );
    if !acts {
        return None;
    }
    if review.writing {
        return Some(say::still_writing);
    }
    if review.reading {
        return Some(say::still_reading);
    }
    // What stopped the import stands above the list.
    (review.error.is_some() || review.planned.is_none()).then_some(say::stopped)
}

/// Moves the cursor; answers whether the key is one that moves.
fn moves(review: &mut Review, key: Key, height: usize) -> bool {
    let to = match key.code {
        Code::Char('f') if key.ctrl => Move::PageDown,
        Code::Char('b') if key.ctrl => Move::PageUp,
        _ if key.ctrl || key.alt => return false,
        Code::Char('j') | Code::Down => Move::Down,
        Code::Char('k') | Code::Up => Move::Up,
        Code::Char('g') | Code::Home => Move::Top,
        Code::Char('G') | Code::End => Move::Bottom,
        Code::PageDown => Move::PageDown,
        Code::PageUp => Move::PageUp,
        Code::Tab | Code::Char(']') => {
            turn(review, 1, height);
            return true;
        }
        Code::BackTab | Code::Char('[') => {
            turn(review, Section::ALL.len() - 1, height);
            return true;
        }
        Code::Char(digit @ '1'..='5') => {
            let at = digit as usize - '1' as usize;
            review.show_section(Section::ALL[at], height);
            return true;
        }
        _ => return false,
    };
    review.list.go(to, review.items.len(), height);
    true
}

/// Goes some sections on; after the last comes the first.
fn turn(review: &mut Review, by: usize, height: usize) {
    let now = review.section();
    let at = Section::ALL.iter().position(|s| *s == now).unwrap_or(0);
    let next = Section::ALL[(at + by) % Section::ALL.len()];
    review.show_section(next, height);
}

/// Answers what the cursor is at. Returns what a picker must ask.
fn answer(model: &mut Model, review: &mut Review, effects: &mut Effects) -> Option<Ask> {
    let (lang, height) = (model.lang, model.geometry.rows);
    let planned = review.planned.as_ref()?;
    match *review.items.get(review.list.cursor)? {
        Item::Ask(at) => {
            let ask = review.asks.get(at)?.clone();
            let given = review.answers.to(&ask).cloned();
            // Questions with two answers change to the other.
            let next = match (&ask, given) {
                (Ask::Column { .. } | Ask::ShortIds { .. }, None) => Some(Given::Yes),
                (Ask::Edit { .. }, None) => Some(Given::Theirs),
                (Ask::Column { .. } | Ask::ShortIds { .. } | Ask::Edit { .. }, Some(_)) => None,
                _ => return Some(ask),
            };
            effects.push(AnyEffect::Importing(review.give(ask, next)));
        }
        Item::Table(at) => {
            let table = planned.tables.get(at)?;
            if table.beside || !table.may_be_other {
                model.refuse(say::kind_fixed(lang));
                return None;
            }
            return Some(Ask::Kind {
                file: table.file.clone(),
                guess: table.kind,
            });
        }
        Item::Column(at, column) => {
            let table = planned.tables.get(at)?;
            let column = table.columns.get(column)?;
            match table.kind {
                _ if table.beside => model.refuse(say::beside_fixed(lang)),
                None => model.refuse(say::kind_first(lang)),
                Some(kind) => {
                    return Some(Ask::Field {
                        file: table.file.clone(),
                        kind,
                        header: column.header.clone(),
                        was: match &column.used {
                            Used::Field(field) => Some(field.clone()),
                            Used::Kept | Used::Unread => None,
                        },
                    });
                }
            }
        }
        Item::Group(at) => review.toggle(at, height),
        Item::Row(at, _) | Item::More(at) => {
            // The group's line gets the cursor, because this one disappears.
            let group = Item::Group(at);
            if let Some(at) = review.items.iter().position(|i| *i == group) {
                review.list.cursor = at;
            }
            review.toggle(at, height);
        }
        Item::Section(_)
        | Item::Nothing(_)
        | Item::Metrics(_)
        | Item::Counts(_)
        | Item::Update(_)
        | Item::Sample(_)
        | Item::Left(_) => model.refuse(say::nothing_to_answer(lang)),
    }
    None
}

/// Writes the plan. The first time the open questions are named.
fn accept(model: &mut Model, review: &mut Review, effects: &mut Effects) {
    let (lang, height) = (model.lang, model.geometry.rows);
    let open = review.unanswered();
    if review.planned.as_ref().is_none_or(|p| p.empty) {
        model.refuse(crate::words::importing::empty(lang));
    } else if open > 0 && !review.warned {
        review.warned = true;
        model.refuse(say::unanswered(lang, open));
        review.next_question(height);
    } else {
        review.writing = true;
        effects.push(AnyEffect::Importing(Effect::Write));
    }
}

/// The next choice in rotation: all sheets, then each of them.
fn next_sheet(review: &Review) -> Option<String> {
    let chosen = review.sheet.as_ref();
    let at = chosen.and_then(|s| review.sheets.iter().position(|x| x == s));
    review.sheets.get(at.map_or(0, |at| at + 1)).cloned()
}
