//! What the effects of the desk do at the store. Each group of effects has its own function.

use std::sync::Arc;

use super::{FOUND, Worker, scoring};
use crate::app::msg::{Effect, Msg};
use crate::app::{
    absences, cadence, call, contracts, health, insights, lifecycle, outcomes, portfolio, renewals,
    search,
};
use crate::config::{self, DESK, Known};
use crate::domain::failure::Failure;
use crate::domain::note_line::line_with;
use crate::domain::text::fold;
use crate::domain::when::Now;
use crate::ipc::Form;
use crate::ops::By;
use crate::runtime::context::Context;
use crate::runtime::plan_basis::Basis;
use crate::runtime::{backtest_run, calendars, drafting, ending, ending_terms, filtering};
use crate::store::{drafts, files};

impl Worker {
    /// Carries out one effect; `send` receives its messages, progress included.
    pub fn run(&mut self, effect: Effect, send: &mut dyn FnMut(Msg)) {
        if let Err(failure) = self.try_run(effect, send) {
            send(Msg::Failed(failure));
        }
    }

    fn try_run(&mut self, effect: Effect, send: &mut dyn FnMut(Msg)) -> Result<(), Failure> {
        let now = self.clock.now();
        match effect {
            Effect::Commit(operation) => match self.store.commit(&operation) {
                Ok(_) => self.stored(vec![*operation], send),
                Err(failure) => send(Msg::NotStored {
                    id: operation.id.clone(),
                    failure,
                }),
            },
            Effect::Undo => {
                let undone = self.store.undo(&mut self.mint, now.at)?;
                self.stored(undone, send);
            }
            Effect::Redo => {
                let redone = self.store.redo(&mut self.mint, now.at)?;
                self.stored(redone, send);
            }
            Effect::Load(id, reply) => {
                if let Some(dossier) = self.store.dossier(&id)? {
                    let freshness = self.store.freshness();
                    send(Msg::Dossier(Box::new(dossier), freshness, reply));
                }
            }
            Effect::Rescore => self.rescore(&|_| false, send)?,
            Effect::Search(effect) => self.search(effect, send)?,
            Effect::Portfolio(portfolio::state::Effect::Hold { asked, from }) => {
                let msg = filtering::holding(&self.store, &asked, from, now)?;
                send(Msg::Portfolio(msg));
            }
            Effect::Prose(effect) => self.prose(effect, send)?,
            Effect::Insights(insights::state::Effect::Backtest { first, fit }) => {
                self.backtest(first, fit, send)?;
            }
            Effect::Health(health::state::Effect::Why(id)) => {
                let config = self.config.clone();
                if let Some(why) = self.store.why(&id, scoring(&config, now))? {
                    send(Msg::Health(health::state::Msg::Why(id, Box::new(why))));
                }
            }
            Effect::Lifecycle(effect) => self.end_account(&effect, send)?,
            Effect::Outcomes(effect) => self.outcomes(&effect, send)?,
            Effect::Contracts(effect) => self.contracts(&effect, send)?,
            Effect::Renewals(effect) => self.renewals(effect, now, send)?,
            Effect::Cadence(cadence::state::Effect::Spread(job)) => {
                let proposal = Box::new(crate::domain::cadence::spread::propose(&job));
                send(Msg::Cadence(cadence::state::Msg::Spread(proposal)));
            }
            Effect::Absences(absences::state::Effect::Read { path }) => {
                let (name, busy) =
                    calendars::take(&path, None, &self.config.desk.mails, now, self.lang)?;
                let busy = Box::new(busy);
                send(Msg::Absences(absences::state::Msg::Read { name, busy }));
            }
            Effect::Absences(absences::state::Effect::Write { all }) => {
                self.write_calendar(all, send)?;
            }
            Effect::Call(call::state::Effect::Remember(known, then)) => {
                let shown = self.remember(&known)?;
                send(Msg::Call(call::state::Msg::Remembered(known, shown, then)));
            }
            Effect::WriteOut { name, bytes } => self.write_out(&name, &bytes, send)?,
            // At a terminal the draft writer does these; a headless desk has none.
            Effect::DiscardDraft { key } => drafts::discard(self.store.home(), &key, u64::MAX)?,
            Effect::SaveDraft { .. } | Effect::SaveCall { .. } => {
                if let Some(draft) = drafting::draft_of(effect, 0) {
                    let failed = drafts::save(self.store.home(), &draft).is_err();
                    send(Msg::DraftSaved {
                        key: draft.key,
                        failed,
                    });
                }
            }
            // The event loop carries these out: they concern the terminal, the process, or other threads.
            Effect::EditOutside { .. }
            | Effect::RemoveEdited(_)
            | Effect::Copy(_)
            | Effect::Redraw
            | Effect::Suspend
            | Effect::Quit
            | Effect::Importing(_) => {}
        }
        Ok(())
    }

    /// Writes what the user said into `desk.toml`. Where there is none, it begins as the one that Kenshin brings.
    /// Returns the path of the file.
    fn remember(&mut self, known: &Known) -> Result<String, Failure> {
        let path = self.config_dir.join(DESK.name);
        let shown = path.display().to_string();
        let before = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => DESK.text.to_owned(),
            Err(e) => return Err(Failure::io(&path, &e)),
        };
        let after = known
            .in_text(&before)
            .map_err(|(at, reason)| Failure::Config {
                path: shown.clone(),
                line: config::line_of(&before, at),
                column: Some(config::column_of(&before, at)),
                reason,
            })?;
        files::private_dir(&self.config_dir)?;
        files::write_atomic(&path, after.as_bytes())?;
        known.apply(&mut Arc::make_mut(&mut self.config).desk);
        self.author.ours = self.config.desk.ours.clone();
        self.clock = self.clock.with_habits(self.config.desk.habits);
        Ok(shown)
    }

    /// Writes a file into the user's output folder.
    fn write_out(
        &self,
        name: &str,
        bytes: &[u8],
        send: &mut dyn FnMut(Msg),
    ) -> Result<(), Failure> {
        let dir = self.store.home().join("out");
        files::private_dir(&dir)?;
        let path = dir.join(name);
        files::write_atomic(&path, bytes)?;
        send(Msg::Written {
            path: path.display().to_string(),
        });
        Ok(())
    }

    /// Merges or deletes an account, or says what that would do.
    fn end_account(
        &mut self,
        effect: &lifecycle::state::Effect,
        send: &mut dyn FnMut(Msg),
    ) -> Result<(), Failure> {
        use lifecycle::state::{Effect as Step, Msg as Answer};
        let mut by = By {
            author: &self.author,
            now: self.clock.now(),
            mint: &mut self.mint,
        };
        let done = match effect {
            Step::Weigh(ending) => ending::weigh(&self.store, ending).map(|weighed| {
                send(Msg::Lifecycle(Answer::Weighed(Box::new(weighed))));
                None
            }),
            Step::End(ending) => ending::end(&mut self.store, ending, &mut by).map(Some),
        };
        match done {
            Ok(operation) => self.stored(operation.into_iter().collect(), send),
            Err(ending::Refused::Refusal(refusal)) => {
                send(Msg::Lifecycle(Answer::Refused(refusal)));
            }
            Err(ending::Refused::Failure(failure)) => return Err(failure),
        }
        Ok(())
    }

    /// Reads a quarter of all accounts.
    fn renewals(
        &mut self,
        effect: renewals::state::Effect,
        now: Now,
        send: &mut dyn FnMut(Msg),
    ) -> Result<(), Failure> {
        let period = match effect {
            renewals::state::Effect::Read(period) => period,
            renewals::state::Effect::Remember(known) => {
                let shown = self.remember(&known)?;
                send(Msg::Renewals(renewals::state::Msg::Remembered(
                    known, shown,
                )));
                return Ok(());
            }
        };
        let rows = self.all_rows()?.0;
        let quarter = crate::runtime::renewals::read(&self.store, &rows, period, now)?;
        send(Msg::Renewals(renewals::state::Msg::Read(Box::new(quarter))));
        Ok(())
    }

    /// Reads the contracts of an account.
    fn contracts(
        &self,
        effect: &contracts::state::Effect,
        send: &mut dyn FnMut(Msg),
    ) -> Result<(), Failure> {
        let contracts::state::Effect::Read(id) = effect;
        let today = self.clock.now().today();
        if let Some(held) = crate::runtime::contracts::read(&self.store, id, today)? {
            send(Msg::Contracts(contracts::state::Msg::Read(Box::new(held))));
        }
        Ok(())
    }

    /// Reads the terms of an account that may be settled.
    fn outcomes(
        &self,
        effect: &outcomes::state::Effect,
        send: &mut dyn FnMut(Msg),
    ) -> Result<(), Failure> {
        let now = self.clock.now();
        match effect {
            outcomes::state::Effect::Read(id) => {
                if let Some(found) = ending_terms::read(&self.store, id, now)? {
                    send(Msg::Outcomes(outcomes::state::Msg::Read(Box::new(found))));
                }
            }
            outcomes::state::Effect::Find(keys) => {
                let chosen = ending_terms::find(&self.store, keys, now)?;
                send(Msg::Outcomes(outcomes::state::Msg::Chosen(chosen)));
            }
        }
        Ok(())
    }

    fn search(
        &mut self,
        effect: search::state::Effect,
        send: &mut dyn FnMut(Msg),
    ) -> Result<(), Failure> {
        match effect {
            search::state::Effect::Find { words } => {
                let folded: Vec<String> = words.split_whitespace().map(fold).collect();
                // One more than is shown tells whether there are more.
                let notes = self.store.find_notes(&folded, FOUND + 1)?;
                let more = notes.len() > FOUND;
                let shown = notes.iter().take(FOUND);
                let lines = shown.map(|n| line_with(n, &folded)).collect();
                send(Msg::Search(search::state::Msg::Found {
                    words,
                    lines,
                    more,
                }));
            }
            search::state::Effect::Read { account, id } => {
                if let Some(note) = self.store.note(&account, &id)? {
                    send(Msg::Search(search::state::Msg::Note(Box::new(note))));
                }
            }
        }
        Ok(())
    }

    /// Runs one piece of the back-test. The desk asks for the next piece, so that other work comes in between.
    fn backtest(
        &mut self,
        first: bool,
        fit: bool,
        send: &mut dyn FnMut(Msg),
    ) -> Result<(), Failure> {
        let config = self.config.clone();
        let scoring = scoring(&config, self.clock.now());
        let mut run = match self.backtest.take().filter(|_| !first) {
            Some(run) => run,
            None => backtest_run::Run::begin(&self.store, scoring, 1)?,
        };
        let (done, total) = run.step(&self.store, scoring, backtest_run::PIECE)?;
        if done < total {
            self.backtest = Some(run);
            send(Msg::Insights(insights::state::Msg::Progress {
                done,
                total,
            }));
        } else {
            let (report, fitted) = run.finish(fit);
            send(Msg::Insights(insights::state::Msg::Done {
                report: Box::new(report),
                fitted: fit.then(|| fitted.map(Box::new)),
            }));
        }
        Ok(())
    }

    fn write_calendar(&mut self, all: bool, send: &mut dyn FnMut(Msg)) -> Result<(), Failure> {
        let path = self.store.home().join("out").join(calendars::FILE);
        let (config, author) = (self.config.clone(), self.author.clone());
        let now = self.clock.now();
        let context = Context {
            config: &config,
            author: &author,
            lang: self.lang,
            form: Form::Words,
            now,
            held: Some(&self.portfolio),
            mint: &mut self.mint,
        };
        let extent = calendars::Extent {
            all,
            planned: false,
        };
        let book = Basis::of(&mut self.store, &context)?.book();
        let meetings = calendars::year(&book, extent, &context)?;
        let outgoing = calendars::Outgoing {
            force: false,
            meetings: &meetings,
            only: None,
            leave: &|known| extent.leaves(&book, &author.name, known),
            path: Some(&path),
        };
        let sent = calendars::publish(
            &mut self.store,
            &outgoing,
            &mut By {
                author: &author,
                now,
                mint: context.mint,
            },
            self.lang,
        )?;
        self.stored(sent.operation.into_iter().collect(), send);
        send(Msg::Absences(absences::state::Msg::Written {
            meetings: meetings.len(),
            path: path.display().to_string(),
            unrecorded: sent.unrecorded,
        }));
        Ok(())
    }
}
