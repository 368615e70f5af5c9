//! Plans imports on threads of their own: whatever a file does, the store's thread stays free, and a
//! note is stored at once. The store is read through its thread, a few accounts at a time. A plan
//! holds for the state of the store that it was made for: if something was written before the user
//! accepts, the plan is made anew and then written.

pub mod job;
mod preview;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

use crate::app::importing::asked::Choices;
use crate::app::importing::state::{Effect, Msg as Importing};
use crate::app::msg::Msg;
use crate::domain::edited::EditedField;
use crate::domain::facts::usage::Usage;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::records::Record;
use crate::domain::when::Now;
use crate::runtime::importing::{self, Batches, Fetch, Key, Opening, ReadSheets};
use crate::runtime::prose;
use crate::services::import::mapping::Through;
use crate::services::import::{self, FileReport, Options, Plan};
use crate::store::panics;
use crate::words::{self, Lang};
use job::{ImportJob, Reply, Written};

/// How often a plan is made anew because something was written meanwhile.
const ATTEMPTS: usize = 5;

/// Where the files are, and how they are read.
#[derive(Clone)]
struct Setting {
    home: PathBuf,
    config_dir: PathBuf,
    lang: Lang,
    workbooks: ReadSheets,
}

/// The ways from a planning thread to the store's thread and to the desk.
pub struct Link {
    pub job: Box<dyn Fn(ImportJob) + Send>,
    pub tell: Box<dyn Fn(Msg) + Send>,
}

/// The import that the desk previews.
pub struct Planning {
    setting: Setting,
    current: Arc<Mutex<Current>>,
}

/// What the user may accept. A new request outdates the earlier ones, whose threads say nothing more.
#[derive(Default)]
struct Current {
    number: u64,
    held: Option<Held>,
}

/// A plan, what it was made from, and the state of the store that it holds for.
struct Held {
    request: Request,
    plan: Plan,
    seq: u64,
}

/// What the user wants to import.
#[derive(Clone)]
struct Request {
    paths: Vec<PathBuf>,
    choices: Choices,
    sheet: Option<String>,
}

impl Planning {
    /// `workbooks` reads a workbook: at a terminal in a process of its own.
    pub fn new(home: &Path, config_dir: &Path, lang: Lang, workbooks: ReadSheets) -> Self {
        Self {
            setting: Setting {
                home: home.to_owned(),
                config_dir: config_dir.to_owned(),
                lang,
                workbooks,
            },
            current: Arc::default(),
        }
    }

    /// Plans or writes on a new thread. The link is dropped when the thread has nothing more to say.
    pub fn start(&self, effect: Effect, now: Now, link: Link) {
        let mut current = lock(&self.current);
        current.number += 1;
        let thread = Thread {
            number: current.number,
            setting: self.setting.clone(),
            current: self.current.clone(),
            now,
            link,
        };
        let held = current.held.take();
        drop(current);
        let work = move || match (effect, held) {
            (
                Effect::Plan {
                    paths,
                    choices,
                    sheet,
                },
                _,
            ) => {
                let request = Request {
                    paths,
                    choices: *choices,
                    sheet,
                };
                thread.shielded(|| thread.preview(request));
            }
            (Effect::Write, Some(held)) => thread.shielded(|| thread.write(held)),
            (Effect::Write, None) => {}
        };
        // Without room for a thread there is no import; the review stays and can be left.
        let _ = std::thread::Builder::new()
            .name("import".into())
            .spawn(work);
    }
}

/// A state that a panic left behind is whole: it is replaced as one.
fn lock(current: &Mutex<Current>) -> MutexGuard<'_, Current> {
    current.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One thread of an import.
struct Thread {
    /// Which request it works on.
    number: u64,
    setting: Setting,
    current: Arc<Mutex<Current>>,
    now: Now,
    link: Link,
}

impl Thread {
    /// Does the work. Failures and panics become a message.
    fn shielded(&self, work: impl FnOnce() -> Result<(), Failure>) {
        let failure = match panics::contained(work) {
            Ok(Ok(())) => return,
            Ok(Err(failure)) => failure,
            Err(panic) => Failure::Refused {
                reason: words::importing::planning_panicked(self.setting.lang, panic),
            },
        };
        self.tell(Msg::Failed(failure));
    }

    /// Sends a message, unless the user has asked for something else meanwhile.
    fn tell(&self, msg: Msg) {
        if lock(&self.current).number == self.number {
            (self.link.tell)(msg);
        }
    }

    /// Plans, and shows the plan.
    fn preview(&self, request: Request) -> Result<(), Failure> {
        let (zone, lang) = (self.now.zone, self.setting.lang);
        if prose::documents(&request.paths, zone, lang)?.is_some() {
            let paths = request.paths;
            self.tell(Msg::Importing(Importing::Notes { paths }));
            return Ok(());
        }
        let (plan, sheets, seq) = self.plan(&request)?;
        let planned = preview::preview(self.setting.lang, &plan, sheets);
        let mut current = lock(&self.current);
        if current.number == self.number {
            current.held = Some(Held { request, plan, seq });
            (self.link.tell)(Msg::Importing(Importing::Planned(Box::new(planned))));
        }
        Ok(())
    }

    /// Writes a plan; where something was written since it was made, makes it anew first.
    fn write(&self, held: Held) -> Result<(), Failure> {
        let Held {
            request,
            mut plan,
            mut seq,
        } = held;
        for _ in 0..ATTEMPTS {
            let files = plan.files.clone();
            let written = self.ask(|reply| ImportJob::Write {
                plan: Box::new(plan),
                seq,
                reply,
            })?;
            if let Written::Done { rejects_file } = written {
                // The rows are stored, so whatever comes now is no failure of the import.
                let remembered = self.remember(&request, &files);
                (self.link.tell)(Msg::Importing(Importing::Done {
                    rejects_file,
                    remembered,
                }));
                return Ok(());
            }
            (plan, _, seq) = self.plan(&request)?;
        }
        Err(Failure::Refused {
            reason: words::importing::keeps_changing(self.setting.lang).into(),
        })
    }

    /// Saves the answers that hold for later files of the same sort. None if there are none.
    fn remember(&self, request: &Request, files: &[FileReport]) -> Option<Result<String, String>> {
        let lasting = request.choices.lasting();
        let wish = request.choices.remembered();
        let config = &self.setting.config_dir;
        let mut stems: BTreeMap<String, Vec<FileReport>> = BTreeMap::new();
        for file in files.iter().filter(|f| lasting.contains(f.name.as_str())) {
            let stem = importing::remembered_name(&file.name);
            stems.entry(stem).or_default().push(file.clone());
        }
        let (own, _) = importing::saved_mappings(config);
        let mappings = import::mappings(own);
        let mut names = Vec::new();
        for (stem, files) in stems {
            match importing::save_layouts(config, &stem, &files, &wish, &mappings) {
                Ok(path) => {
                    let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
                    names.extend(name);
                }
                Err(failure) => {
                    return Some(Err(words::problems::failure(self.setting.lang, &failure)));
                }
            }
        }
        (!names.is_empty()).then(|| Ok(names.join(", ")))
    }

    /// The plan, the sheets of a workbook to choose from, and the state of the store that it holds for.
    fn plan(&self, request: &Request) -> Result<(Plan, Vec<String>, u64), Failure> {
        let opening = Opening {
            home: &self.setting.home,
            sheet: request.sheet.as_deref(),
            workbooks: self.setting.workbooks,
            standard_input: false,
        };
        let sources = importing::sources(&request.paths, &opening)?;
        let (own, failures) = importing::saved_mappings(&self.setting.config_dir);
        if let Some(failure) = failures.into_iter().next() {
            return Err(failure);
        }
        let (seq, accounts) = self.ask(ImportJob::Accounts)?;
        let options = Options {
            wish: request.choices.wish.clone(),
            account: None,
            create_accounts: false,
            answers: request.choices.answers.iter().cloned().collect(),
            theirs: request.choices.theirs.clone(),
            now: self.now,
        };
        let plan = import::plan(&import::Request {
            sources: &sources,
            mappings: &import::mappings(own),
            options: &options,
            existing: &Batches::new(self, accounts),
            progress: &|rows| self.tell(Msg::Importing(Importing::Progress { rows })),
        })?;
        let sheets = match request.paths[..] {
            [_] => sources.iter().filter_map(|s| s.sheet.clone()).collect(),
            _ => Vec::new(),
        };
        Ok((plan, sheets, seq))
    }

    /// Asks the store's thread.
    fn ask<T>(&self, job: impl FnOnce(Reply<T>) -> ImportJob) -> Result<T, Failure> {
        let outdated = lock(&self.current).number != self.number;
        let (reply, answer) = channel();
        if !outdated {
            (self.link.job)(job(reply));
        } else {
            drop(reply);
        }
        // The store is closed, or nobody waits for this plan any more.
        answer.recv().unwrap_or(Err(Failure::NoAnswer))
    }
}

impl Fetch for &Thread {
    fn records(&self, accounts: Vec<AccountId>) -> Result<Vec<Vec<Record>>, Failure> {
        self.ask(|reply| ImportJob::Records(accounts, reply))
    }

    fn keys(&self, through: Through, accounts: Vec<AccountId>) -> Result<Vec<Key>, Failure> {
        self.ask(|reply| ImportJob::Keys(through, accounts, reply))
    }

    fn usage(&self, accounts: Vec<AccountId>) -> Result<Vec<Usage>, Failure> {
        self.ask(|reply| ImportJob::Usage(accounts, reply))
    }

    fn edited(&self, fields: Vec<EditedField>) -> Result<Vec<Option<DateTime<Utc>>>, Failure> {
        self.ask(|reply| ImportJob::Edited(fields, reply))
    }
}
