//! The store's keeper: does what the desk asks of the disk and answers with messages. One thread
//! runs it; tests run it in their own.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::app::importing::state::Planned;
use crate::app::msg::{Effect, Msg, Opened};
use crate::app::{
    absences, cadence as app_cadence, health, importing as app_importing, insights, search,
};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::book::Book;
use crate::domain::failure::Failure;
use crate::domain::ids::{AccountId, Mint};
use crate::domain::note_line::line_with;
use crate::domain::standing::Row;
use crate::domain::text::fold;
use crate::ipc::{Answer, Form};
use crate::ops::{Author, By};
use crate::runtime::context::Context;
use crate::runtime::plan_basis::Basis;
use crate::runtime::portfolio::Portfolio;
use crate::runtime::{backtest_run, calendars, drafting, importing};
use crate::services::import::mapping::Wish;
use crate::services::import::{self, Options, Plan, Reason};
use crate::store::desk_records::DeskRecords;
use crate::store::rows::{self, Scoring};
use crate::store::{Durability, Lock, Opened as Mended, Store, drafts};
use crate::words::{self, Lang};

/// Finished check-ins the desk keeps in memory.
pub const RECENT_CHECKINS: usize = 400;

/// Notes that a search shows: more than anyone reads.
pub const FOUND: usize = 200;

/// Answers remembered against requests that come twice.
const ANSWERED: usize = 64;

mod answering;
mod telling;

pub use answering::Asker;

pub struct Keeper {
    store: Store,
    config: Arc<Config>,
    config_dir: PathBuf,
    author: Author,
    lang: Lang,
    clock: Clock,
    mint: Mint,
    planned: Option<Plan>,
    /// What was answered to the last writing requests: one that is asked again writes nothing.
    answered: std::collections::VecDeque<(String, Answer)>,
    /// The rows the desk shows.
    portfolio: Portfolio,
    /// A back-test under way.
    testing: Option<backtest_run::Run>,
    /// The day the tree was last looked through.
    checked: Option<NaiveDate>,
}

/// What a keeper is made of.
pub struct Making {
    pub home: PathBuf,
    pub config: Arc<Config>,
    pub config_dir: PathBuf,
    pub author: Author,
    pub lang: Lang,
    pub clock: Clock,
    pub mint: Mint,
    pub durability: Durability,
}

impl Keeper {
    /// Opens the store behind a lock already held.
    pub fn open(making: Making, lock: Lock) -> Result<(Self, Mended), Failure> {
        let Making {
            home,
            config,
            config_dir,
            author,
            lang,
            clock,
            mut mint,
            durability,
        } = making;
        let expected = config.dismissing(rows::dismissed(&home)).policy_stamp;
        let coming = rows::begin(&home, expected, clock.now().today());
        let (mut store, mended) =
            Store::open_locked(&home, durability, lock, &mut mint, clock.now().at)?;
        store.expect(coming);
        let config = Arc::new(config.dismissing(store.dismissed()?));
        Ok((
            Self {
                store,
                config,
                config_dir,
                author,
                lang,
                clock,
                mint,
                planned: None,
                answered: Default::default(),
                portfolio: Portfolio::default(),
                checked: None,
                testing: None,
            },
            mended,
        ))
    }

    /// Sets its time: without a terminal, time goes by only where one says so.
    pub fn set_time(&mut self, now: crate::domain::when::Now) {
        self.clock = Clock::standing(now);
    }

    /// All the desk needs at the start.
    pub fn first(&mut self, mended: &Mended) -> Result<Msg, Failure> {
        let t = self.lang;
        let (rows, day) = self.rows()?;
        let DeskRecords {
            actions,
            checkins,
            views,
            meetings,
            absences,
            asides,
            dismissals,
        } = self.store.desk_records(RECENT_CHECKINS)?;
        self.portfolio = Portfolio::new(&rows, day);
        let mut book = Book::new(rows);
        book.actions = actions.into_iter().map(|a| (a.id.clone(), a)).collect();
        book.checkins = checkins.into_iter().map(|c| (c.id.clone(), c)).collect();
        book.views = views.into_iter().map(|v| (v.name.clone(), v)).collect();
        book.set_meetings(meetings);
        book.asides = asides.into_iter().map(|a| (a.key(), a)).collect();
        book.dismissals = dismissals
            .into_iter()
            .map(|d| (d.words.clone(), d))
            .collect();
        book.absences = absences.into_iter().map(|a| (a.name.clone(), a)).collect();
        let notices = mended
            .repairs
            .iter()
            .map(|r| words::problems::repair(t, r))
            .collect();
        Ok(Msg::Opened(Box::new(Opened { book, notices })))
    }

    /// All rows, and the day they are of.
    fn rows(&mut self) -> Result<(Vec<Arc<Row>>, NaiveDate), Failure> {
        let config = self.config.clone();
        let now = self.clock.now();
        Ok((
            self.store.rows(Scoring {
                lens: config.scoring_context(),
                policy_stamp: config.policy_stamp,
                now,
            })?,
            now.today(),
        ))
    }

    /// Does one thing; `tell` hears of its progress.
    pub fn run(&mut self, effect: Effect, tell: &mut dyn FnMut(Msg)) {
        if let Err(failure) = self.try_run(effect, tell) {
            tell(Msg::Failed(failure));
        }
    }

    fn try_run(&mut self, effect: Effect, tell: &mut dyn FnMut(Msg)) -> Result<(), Failure> {
        let now = self.clock.now();
        match effect {
            Effect::Commit(operation) => match self.store.commit(&operation) {
                Ok(_) => self.stored(vec![*operation], tell),
                Err(failure) => tell(Msg::NotStored {
                    id: operation.id.clone(),
                    failure,
                }),
            },
            Effect::Undo => {
                let taken = self.store.undo(&mut self.mint, now.at)?;
                self.stored(taken, tell);
            }
            Effect::Redo => {
                let done = self.store.redo(&mut self.mint, now.at)?;
                self.stored(done, tell);
            }
            Effect::Load(id, reply) => {
                if let Some(dossier) = self.store.dossier(&id)? {
                    let freshness = self.store.freshness();
                    tell(Msg::Dossier(Box::new(dossier), freshness, reply));
                }
            }
            Effect::Search(search::state::Effect::Find { words }) => {
                let folded: Vec<String> = words.split_whitespace().map(fold).collect();
                let lines = self
                    .store
                    .find_notes(&folded, FOUND)?
                    .iter()
                    .map(|n| line_with(n, &folded))
                    .collect();
                tell(Msg::Search(search::state::Msg::Found { words, lines }));
            }
            Effect::Search(search::state::Effect::Read { account, id }) => {
                if let Some(note) = self.store.note(&account, &id)? {
                    tell(Msg::Search(search::state::Msg::Note(Box::new(note))));
                }
            }
            // A terminal has a pen for these; without one they are kept here.
            Effect::DiscardDraft { key } => drafts::discard(self.store.home(), &key, u64::MAX)?,
            Effect::SaveDraft { .. } | Effect::SaveCall { .. } => {
                if let Some(draft) = drafting::draft_of(effect, 0) {
                    let failed = drafts::save(self.store.home(), &draft).is_err();
                    tell(Msg::DraftSaved {
                        key: draft.key,
                        failed,
                    });
                }
            }
            Effect::Importing(app_importing::state::Effect::Plan {
                paths,
                answers,
                sheet,
            }) => {
                let (plan, sheets) = self.plan(&paths, answers, sheet, tell)?;
                let planned = Box::new(Planned {
                    sheets,
                    ..self.review(&plan)
                });
                tell(Msg::Importing(app_importing::state::Msg::Planned(planned)));
                self.planned = Some(plan);
            }
            Effect::Importing(app_importing::state::Effect::Write) => {
                let Some(plan) = self.planned.take() else {
                    return Ok(());
                };
                importing::back_up_before(&mut self.store, &plan, now)?;
                let operations = importing::write(
                    &mut self.store,
                    &plan,
                    &self.author,
                    now,
                    &mut self.mint,
                    |rows| tell(Msg::Importing(app_importing::state::Msg::Progress { rows })),
                )?;
                self.stored(operations, tell);
                let rejects = importing::write_rejects(self.store.home(), &plan, now, self.lang)?;
                let rejects_file = rejects.first().map(|p| p.display().to_string());
                tell(Msg::Importing(app_importing::state::Msg::Done {
                    rejects_file,
                }));
            }
            Effect::Insights(insights::state::Effect::Backtest { first, fit }) => {
                let config = self.config.clone();
                let scoring = Scoring {
                    lens: config.scoring_context(),
                    policy_stamp: config.policy_stamp,
                    now,
                };
                let mut run = match self.testing.take().filter(|_| !first) {
                    Some(run) => run,
                    None => backtest_run::Run::begin(&self.store, scoring, 1)?,
                };
                let (done, total) = run.step(&self.store, scoring, backtest_run::PIECE)?;
                if done < total {
                    self.testing = Some(run);
                    tell(Msg::Insights(insights::state::Msg::Progress {
                        done,
                        total,
                    }));
                } else {
                    let (report, fitted) = run.finish(fit);
                    tell(Msg::Insights(insights::state::Msg::Done {
                        report: Box::new(report),
                        fitted: fit.then(|| fitted.map(Box::new)),
                    }));
                }
            }
            Effect::Rescore => {
                self.rescore(&|_| false, tell)?;
            }
            Effect::Health(health::state::Effect::Why(id)) => {
                let config = self.config.clone();
                let scoring = Scoring {
                    lens: config.scoring_context(),
                    policy_stamp: config.policy_stamp,
                    now,
                };
                if let Some(why) = self.store.why(&id, scoring)? {
                    tell(Msg::Health(health::state::Msg::Why(id, Box::new(why))));
                }
            }
            Effect::Cadence(app_cadence::state::Effect::Spread(job)) => {
                let proposal = Box::new(crate::domain::cadence::spread::propose(&job));
                tell(Msg::Cadence(app_cadence::state::Msg::Spread(proposal)));
            }
            Effect::Absences(absences::state::Effect::Read { path }) => {
                let (name, busy) = calendars::take(&path, None, now, self.lang)?;
                let busy = Box::new(busy);
                tell(Msg::Absences(absences::state::Msg::Read { name, busy }));
            }
            Effect::Absences(absences::state::Effect::Write { all }) => {
                self.write_calendar(all, tell)?;
            }
            Effect::WriteOut { name, bytes } => {
                let dir = self.store.home().join("out");
                crate::store::files::private_dir(&dir)?;
                let path = dir.join(name);
                crate::store::files::write_atomic(&path, &bytes)?;
                tell(Msg::Written {
                    path: path.display().to_string(),
                });
            }
            // The loop's own: terminal and process.
            Effect::EditOutside { .. } | Effect::Copy(_) | Effect::Quit => {}
        }
        Ok(())
    }

    fn write_calendar(&mut self, all: bool, tell: &mut dyn FnMut(Msg)) -> Result<(), Failure> {
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
            meetings: &meetings,
            only: None,
            leave: &|known| extent.leaves(&book, &author.name, known),
            path: Some(&path),
        };
        let (_, operation) = calendars::publish(
            &mut self.store,
            &outgoing,
            &mut By {
                author: &author,
                now,
                mint: context.mint,
            },
            self.lang,
        )?;
        self.stored(operation.into_iter().collect(), tell);
        tell(Msg::Absences(absences::state::Msg::Written {
            meetings: meetings.len(),
            path: path.display().to_string(),
        }));
        Ok(())
    }

    fn plan(
        &mut self,
        paths: &[PathBuf],
        answers: Vec<(String, AccountId)>,
        sheet: Option<String>,
        tell: &mut dyn FnMut(Msg),
    ) -> Result<(Plan, Vec<String>), Failure> {
        let sources = importing::sources(paths)?;
        let (own, failures) = importing::saved_mappings(&self.config_dir);
        if let Some(failure) = failures.into_iter().next() {
            return Err(failure);
        }
        let mappings = import::mappings(own);
        let options = Options {
            wish: Wish::default(),
            sheet,
            account: None,
            create_accounts: false,
            answers: answers.into_iter().collect(),
            now: self.clock.now(),
        };
        let tell = std::cell::RefCell::new(tell);
        // The choice of a sheet makes sense for one workbook alone.
        let sheets = if let [only] = &sources[..] {
            import::table::sheets(only)
        } else {
            Vec::new()
        };
        let plan = import::plan(&import::Request {
            sources: &sources,
            mappings: &mappings,
            options: &options,
            existing: &self.store,
            progress: &|rows| {
                (tell.borrow_mut())(Msg::Importing(app_importing::state::Msg::Progress { rows }));
            },
        })?;
        Ok((plan, sheets))
    }

    fn review(&self, plan: &Plan) -> Planned {
        let t = self.lang;
        let mut unknown: std::collections::BTreeMap<String, (u64, Vec<String>)> =
            Default::default();
        for r in &plan.rejects {
            if let Reason::UnknownAccount { near } = &r.reason {
                let entry = unknown
                    .entry(r.value.clone())
                    .or_insert_with(|| (0, near.clone()));
                entry.0 += 1;
            }
        }
        Planned {
            files: plan
                .files
                .iter()
                .map(|f| {
                    let what = match (&f.problem, f.kind) {
                        (Some(p), _) => p.words(t),
                        (None, Some(k)) => {
                            let columns: Vec<String> = f
                                .columns
                                .iter()
                                .map(|(field, header)| {
                                    if field == header {
                                        field.clone()
                                    } else {
                                        format!("{field}={header}")
                                    }
                                })
                                .collect();
                            let ignored = if f.ignored.is_empty() {
                                String::new()
                            } else {
                                format!(" · {}", words::importing::ignored(t, f.ignored.join(", ")))
                            };
                            let kept = if f.kept.is_empty() {
                                String::new()
                            } else {
                                format!(
                                    " · {}",
                                    words::importing::kept_columns(t, f.kept.join(", "))
                                )
                            };
                            format!(
                                "{} ({}) · {} · {}{kept}{ignored}",
                                k.words(t),
                                f.mapping,
                                words::importing::rows_n(t, f.rows),
                                columns.join(" ")
                            )
                        }
                        (None, None) => String::new(),
                    };
                    (f.name.clone(), what)
                })
                .collect(),
            kinds: plan
                .kinds
                .iter()
                .map(|(k, c)| {
                    (
                        k.words(t).to_owned(),
                        [c.new, c.changed, c.unchanged, c.rejected, c.flagged],
                    )
                })
                .collect(),
            samples: plan.samples.values().flatten().cloned().collect(),
            rejects: plan
                .rejects
                .iter()
                .filter(|r| !matches!(r.reason, Reason::UnknownAccount { .. }))
                .take(20)
                .map(|r| importing::reject_line(t, r))
                .collect(),
            unknown: unknown
                .into_iter()
                .map(|(text, (n, near))| (text, n, near))
                .collect(),
            sheets: Vec::new(),
            empty: plan.is_empty(),
        }
    }

    /// Whether it holds more in memory than it needs to.
    pub fn is_swollen(&self) -> bool {
        self.store.is_swollen()
    }

    /// Looks through the tree behind a start that follows an end that was not clean; a damaged one
    /// is rebuilt at once, a sound one opened afresh.
    pub fn check(mut self) -> (Option<Self>, Option<Msg>) {
        self.checked = self.store.last_check();
        if self.store.lost().is_some() || self.checked.is_some() {
            if self.store.is_swollen() {
                return self.afresh();
            }
            return (Some(self), None);
        }
        let problems = match self.store.check_counts() {
            Ok(problems) => problems,
            Err(failure) => return (Some(self), Some(Msg::Failed(failure))),
        };
        if problems.is_empty() {
            self.checked = Some(self.clock.now().today());
            return self.afresh();
        }
        let Self {
            store,
            config,
            config_dir,
            author,
            lang,
            clock,
            mut mint,
            answered,
            ..
        } = self;
        match store.rebuild(&mut mint, clock.now().at) {
            Ok((store, mended)) => {
                self = Self {
                    store,
                    config,
                    config_dir,
                    author,
                    lang,
                    clock,
                    mint,
                    planned: None,
                    answered,
                    portfolio: Portfolio::default(),
                    checked: None,
                    testing: None,
                };
                let msg = self.first(&mended).unwrap_or_else(Msg::Failed);
                (Some(self), Some(msg))
            }
            Err(_) => (
                None,
                Some(Msg::Failed(Failure::Damaged {
                    path: "store".into(),
                    reason: problems.join("; "),
                })),
            ),
        }
    }

    /// The same with the store opened afresh, which gives back the memory of what was read.
    pub fn afresh(mut self) -> (Option<Self>, Option<Msg>) {
        match self.store.reopen() {
            Ok(()) => (Some(self), None),
            Err(failure) => (None, Some(Msg::Failed(failure))),
        }
    }

    /// Leaves the cache of rows behind, for a quick next start. `settled` hears when all is on disk; what follows
    /// is the look through the tree, once a day.
    pub fn close(mut self, settled: &dyn Fn()) {
        let config = self.config.clone();
        let now = self.clock.now();
        let scoring = Scoring {
            lens: config.scoring_context(),
            policy_stamp: config.policy_stamp,
            now,
        };
        let _ = match self.portfolio.of(now.today()) {
            Some(rows) => self.store.keep_rows(rows, scoring),
            None => self.store.bring_rows_up(scoring),
        };
        if self.store.settle().is_ok() {
            settled();
        }
        let _ = self.store.close(self.checked, now.today());
    }
}
