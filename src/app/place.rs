//! Where one stands: the account a verb would be about, what the keyboard speaks to, and lists held to
//! the viewport.

use super::Model;
use super::command::Scope;
use super::screens::{Screen, account, live};
use crate::domain::ids::AccountId;

impl Model {
    /// The account that a verb would be about.
    pub fn subject(&self) -> Option<AccountId> {
        match self.screen {
            Screen::Insights => None,
            Screen::Today => self.today.account().cloned(),
            Screen::Cadence => self.cadence.account(&self.book).cloned(),
            Screen::Portfolio => self
                .portfolio
                .current(&self.book)
                .map(|r| r.account.id.clone()),
            Screen::Account => self.account.as_ref().map(|a| a.id.clone()),
            Screen::Brief => self.brief.as_ref().map(|b| b.account.clone()),
            Screen::Live => self.live.as_ref().map(|l| l.checkin.account.clone()),
            Screen::Actions => self
                .actions
                .current(&self.book, &self.author.name, self.now.today())
                .map(|a| a.account.clone()),
            Screen::Checkins => self
                .checkins
                .shown(&self.book)
                .get(self.checkins.list.cursor)
                .map(|c| c.account.clone()),
        }
    }

    /// What the keyboard speaks to, the nearest first.
    pub fn scopes(&self) -> &'static [Scope] {
        match self.screen {
            Screen::Insights => &[Scope::Insights, Scope::List, Scope::Global],
            Screen::Today => &[Scope::Today, Scope::Touches, Scope::List, Scope::Global],
            Screen::Cadence => &[Scope::Cadence, Scope::Touches, Scope::List, Scope::Global],
            Screen::Portfolio => &[Scope::Portfolio, Scope::List, Scope::Global],
            Screen::Account
                if self
                    .account
                    .as_ref()
                    .is_some_and(|a| a.tab == account::Tab::Cadence) =>
            {
                &[Scope::Touches, Scope::Account, Scope::List, Scope::Global]
            }
            Screen::Account => &[Scope::Account, Scope::List, Scope::Global],
            Screen::Checkins => &[Scope::Checkins, Scope::List, Scope::Global],
            Screen::Actions => &[Scope::Actions, Scope::List, Scope::Global],
            Screen::Brief => &[Scope::Brief, Scope::List, Scope::Global],
            Screen::Live => match self.live.as_ref().map(|l| l.phase) {
                Some(live::Phase::Agenda) => &[Scope::Agenda, Scope::List, Scope::Global],
                Some(live::Phase::Live | live::Phase::WrapUp) => &[Scope::Live],
                _ => &[Scope::Done, Scope::List, Scope::Global],
            },
        }
    }

    /// Holds every list to the viewport, after it changed.
    pub fn hold(&mut self) {
        let rows = self.geometry.list;
        match self.screen {
            Screen::Today => self.today.list.hold(self.today.len(), rows),
            Screen::Portfolio => self.portfolio.list.hold(self.portfolio.shown.len(), rows),
            Screen::Account => {
                if let Some(state) = &mut self.account {
                    let len = state.len();
                    state.list_mut().hold(len, rows);
                }
            }
            Screen::Actions => {
                let len = self
                    .actions
                    .listing(&self.book, &self.author.name, self.now.today())
                    .len();
                self.actions.list.hold(len, rows);
            }
            Screen::Checkins => {
                let len = self.checkins.shown(&self.book).len();
                self.checkins.list.hold(len, rows);
            }
            Screen::Cadence => self.cadence.list.hold(self.cadence.len(), rows),
            Screen::Brief | Screen::Live | Screen::Insights => {}
        }
    }
}
