//! The environment of one command run: folders, author, language and time. Must not depend on any
//! command; the command list is passed in.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use clap::ArgMatches;

use super::home;
use super::output::say;
use crate::clock::Clock;
use crate::config::{Config, Places, Theme};
use crate::domain::failure::Failure;
use crate::domain::ids::Mint;
use crate::domain::text::visible;
use crate::ipc::Form;
use crate::ops::Author;
use crate::runtime::question::Questions;
use crate::runtime::spool::{Taker, take_all_in};
use crate::store::{Durability, ReadingCopy, Store};
use crate::words::{self, Lang};

/// Exit code of a command that did not fail: 0 done, 1 failed, 2 usage or ambiguous, 3 done with
/// rejected rows.
pub type Done = Result<u8, Failure>;

/// Data derived from the list of all commands, for the commands that need it.
#[derive(Clone, Copy)]
pub struct Listed {
    /// All commands as a clap tree.
    pub tree: fn(Lang) -> clap::Command,
    /// All questions that commands answer.
    pub questions: fn() -> &'static Questions,
}

/// The environment of every command.
pub struct Session {
    pub places: Places,
    pub config: Arc<Config>,
    /// Errors in the configuration.
    pub failures: Vec<Failure>,
    pub lang: Lang,
    pub form: Form,
    pub clock: Clock,
    pub author: Author,
    pub mint: Mint,
    /// The raw argument line.
    pub line: Vec<OsString>,
    pub listed: Listed,
    /// What is read instead of a home on a read-only disk. A list is printed from it after the question.
    pub copy: Option<ReadingCopy>,
}

impl Session {
    /// Reads the configuration. `form` is the output format of the command.
    ///
    /// # Errors
    /// If no data folder is found, or `KENSHIN_NOW` is not a valid time.
    pub fn begin(
        matches: &ArgMatches,
        line: &[OsString],
        form: Form,
        listed: Listed,
    ) -> Result<Self, Failure> {
        let home = matches.get_one::<PathBuf>("home").cloned().or_else(|| {
            std::env::var_os("KENSHIN_HOME")
                .filter(|h| !h.is_empty())
                .map(PathBuf::from)
        });
        let places = Places::find(home)?;
        let (mut config, failures) = Config::load(Some(&places.config));
        if let Some(theme) = matches
            .get_one::<String>("theme")
            .and_then(|t| Theme::parse(t))
        {
            config.desk.theme = theme;
        }
        let said = matches
            .get_one::<String>("lang")
            .cloned()
            .or_else(|| std::env::var("KENSHIN_LANG").ok())
            .or_else(|| config.desk.lang.clone());
        let lang = said
            .as_deref()
            .and_then(Lang::parse)
            .or_else(locale)
            .unwrap_or(Lang::En);
        for failure in &failures {
            say(&words::problems::failure(lang, failure));
        }
        let fixed = std::env::var("KENSHIN_NOW").ok().filter(|n| !n.is_empty());
        let clock =
            Clock::new(fixed.as_deref(), config.desk.timezone)?.with_habits(config.desk.habits);
        let name = config
            .desk
            .name
            .clone()
            .or_else(|| login().map(|name| visible(&name)))
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "me".into());
        let device = rustix::system::uname()
            .nodename()
            .to_string_lossy()
            .into_owned();
        let ours = config.desk.ours.clone();
        Ok(Self {
            places,
            config: Arc::new(config),
            failures,
            lang,
            form,
            clock,
            author: Author { name, device, ours },
            mint: Mint::new(fastrand::u64(..)),
            line: line.to_vec(),
            listed,
            copy: None,
        })
    }

    /// Opens the store exclusively for this process.
    ///
    /// # Errors
    /// If another process holds it, or it cannot be read.
    pub fn open(&mut self) -> Result<Store, Failure> {
        let (store, opened) = Store::open(
            &self.places.home,
            Durability::Full,
            &mut self.mint,
            self.clock.now().at,
        )?;
        for repair in &opened.repairs {
            say(&words::problems::repair(self.lang, repair));
        }
        let mut store = store;
        for (path, failure) in self.take_notes_in(&mut store) {
            say(&words::problems::left_waiting(self.lang, &path, &failure));
        }
        Ok(store)
    }

    /// As [`Session::open`], to write. Says if the disk is nearly full.
    ///
    /// # Errors
    /// As [`Session::open`].
    pub fn open_to_write(&mut self) -> Result<Store, Failure> {
        let store = self.open()?;
        if let Some(words) = home::nearly_full(&self.places.home, self.lang) {
            say(&words);
        }
        Ok(store)
    }
}

impl Session {
    /// Takes in the notes that wait in the spool; those that cannot be stay.
    fn take_notes_in(&mut self, store: &mut Store) -> Vec<(String, Failure)> {
        let mut taker = Taker {
            us: &self.author,
            mint: &mut self.mint,
            now: self.clock.now(),
            lang: self.lang,
            held: None,
        };
        take_all_in(store, &mut taker)
    }
}

/// The login name from the environment, otherwise from `/etc/passwd`.
fn login() -> Option<String> {
    let named = |variable| std::env::var(variable).ok().filter(|name| !name.is_empty());
    named("USER").or_else(|| named("LOGNAME")).or_else(|| {
        let id = rustix::process::getuid().as_raw().to_string();
        let users = std::fs::read_to_string("/etc/passwd").ok()?;
        users
            .lines()
            .map(|l| l.split(':').collect::<Vec<_>>())
            .find(|fields| fields.get(2) == Some(&id.as_str()))
            .map(|fields| fields[0].to_owned())
    })
}

fn locale() -> Option<Lang> {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|v| std::env::var(v).ok().filter(|l| !l.is_empty()))
        .and_then(|l| Lang::parse(&l))
}

/// The language of the help, needed before the arguments are parsed.
pub fn early_lang(line: &[OsString]) -> Lang {
    let texts: Vec<String> = line
        .iter()
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    let flag = texts.iter().enumerate().find_map(|(i, a)| {
        a.strip_prefix("--lang=")
            .map(str::to_owned)
            .or_else(|| (a == "--lang").then(|| texts.get(i + 1).cloned()).flatten())
    });
    flag.as_deref()
        .and_then(Lang::parse)
        .or_else(|| Lang::parse(&std::env::var("KENSHIN_LANG").ok()?))
        .or_else(locale)
        .unwrap_or(Lang::En)
}
