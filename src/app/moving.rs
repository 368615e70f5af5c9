//! Up and down: in the list or the text of the screen.

use super::Model;
use super::list::Move;
use super::screens::live::Phase;
use super::screens::{Screen, account};

pub fn moved(model: &mut Model, to: Move) {
    let rows = model.geometry.rows;
    let len = match model.screen {
        Screen::Today => model.today.len(),
        Screen::Portfolio => model.portfolio.shown.len(),
        Screen::Account => model.account.as_ref().map_or(0, account::State::len),
        Screen::Actions => model.actions.shown(&model.book, &model.author.name, model.now.today()).len(),
        Screen::Checkins => model.checkins.shown(&model.book).len(),
        Screen::Live => model.live.as_ref().map_or(0, |l| l.checkin.sections.len()),
        Screen::Brief | Screen::Insights => 0,
    };
    match model.screen {
        Screen::Today => model.today.list.go(to, len, rows),
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
                state.list.go(to, if state.phase == Phase::Done { model.geometry.most + 1 } else { len }, rows);
            }
        }
        Screen::Insights => model.insights.scroll = to.scrolled(model.insights.scroll, model.geometry.most, rows),
        Screen::Brief => {
            if let Some(state) = &mut model.brief {
                state.scroll = to.scrolled(state.scroll, model.geometry.most, rows);
                state.seen = state.seen.max(state.scroll);
            }
        }
    }
}
