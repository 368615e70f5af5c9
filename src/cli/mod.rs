//! The command line: one file a subcommand. Answers go to standard output, everything else to
//! standard error; exit codes are 0 done, 1 failed, 2 usage or ambiguous, 3 done with rejected rows.

mod backup;
mod demo;
mod desk;
mod export;
mod import;
mod query;
mod reference;
mod screens;
pub mod spec;
mod usage;
mod weights;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::ArgMatches;

use crate::clock::Clock;
use crate::config::{Config, Places};
use crate::domain::failure::Failure;
use crate::domain::ids::Mint;
use crate::ops::Author;
use crate::runtime::listing::List;
use crate::store::{Durability, Store};
use crate::words::{self, Lang};

/// What every subcommand needs.
pub struct Setting {
    pub places: Places,
    pub config: Arc<Config>,
    pub failures: Vec<Failure>,
    pub lang: Lang,
    pub clock: Clock,
    pub author: Author,
    pub mint: Mint,
}

impl Setting {
    pub fn t(&self) -> Lang {
        self.lang
    }

    /// Opens the store for this process alone.
    pub fn open(&mut self) -> Result<Store, Failure> {
        let (store, opened) = Store::open(
            &self.places.home,
            Durability::Full,
            &mut self.mint,
            self.clock.now().at,
        )?;
        for repair in &opened.repairs {
            say(&words::problems::repair(self.t(), repair));
        }
        Ok(store)
    }
}

/// How a subcommand ended, when it did not fail.
pub type Done = Result<u8, Failure>;

pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    // Whatever is written from here on is its owner's alone, what libraries write too.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let args: Vec<OsString> = args.into_iter().collect();
    let lang = early_lang(&args);
    let matches = match spec::command(lang).try_get_matches_from(&args) {
        Ok(matches) => matches,
        Err(e) => {
            match usage::words(lang, &e) {
                Some(words) => say(&words),
                None => drop(e.print()),
            }
            return u8::try_from(e.exit_code()).unwrap_or(2);
        }
    };
    crate::store::panics::silence_panics();
    match dispatch(&matches, &args) {
        Ok(0) if UNWRITTEN.load(std::sync::atomic::Ordering::Relaxed) => 1,
        Ok(code) => code,
        Err((lang, failure)) => fail(lang, &failure),
    }
}

fn fail(lang: Lang, failure: &Failure) -> u8 {
    let t = lang;
    say(&words::problems::failure(t, failure));
    if let Some(hint) = words::problems::hint(t, failure) {
        say(&words::commands::did_hint(t, hint));
    }
    u8::try_from(failure.exit_code()).unwrap_or(1)
}

fn dispatch(matches: &ArgMatches, args: &[OsString]) -> Result<u8, (Lang, Failure)> {
    let early = early_lang(args);
    let mut setting = setting(matches).map_err(|f| (early, f))?;
    let lang = setting.lang;
    let home = setting.places.home.clone();
    crate::store::panics::shielded(&home, || command(matches, &mut setting)).map_err(|f| (lang, f))
}

fn command(matches: &ArgMatches, setting: &mut Setting) -> Done {
    match matches.subcommand() {
        None => desk::open(setting, None),
        Some(("demo", m)) => demo::run(setting, m, matches),
        Some(("import", m)) => import::run(setting, m),
        Some(("export", m)) => export::run(setting, m),
        Some(("checkin", m)) => desk::checkin(setting, m),
        Some(("backup", m)) => backup::backup(setting, m),
        Some(("restore", m)) => backup::restore(setting, m),
        Some(("verify", m)) => backup::verify(setting, m),
        Some(("store", m)) => backup::stats(setting, m),
        Some(("undo", _)) => backup::undo(setting),
        Some(("redo", _)) => backup::redo(setting),
        Some(("history", m)) => backup::log(setting, m),
        Some(("where", _)) => reference::places(setting),
        Some(("completions", m)) => reference::completions(setting, m),
        Some(("man", _)) => reference::man(setting),
        Some(("keys", _)) => reference::keys(setting),
        Some(("screens", m)) => screens::run(setting, m),
        Some((name, m)) => query::run(setting, name, m),
    }
}

fn setting(matches: &ArgMatches) -> Result<Setting, Failure> {
    let home = matches.get_one::<PathBuf>("home").cloned().or_else(|| {
        std::env::var_os("KENSHIN_HOME")
            .filter(|h| !h.is_empty())
            .map(PathBuf::from)
    });
    let places = Places::find(home)?;
    let (config, failures) = Config::load(Some(&places.config));
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
    let clock = Clock::new(fixed.as_deref(), config.desk.timezone)?;
    let name = config
        .desk
        .name
        .clone()
        .or_else(login)
        .unwrap_or_else(|| "me".into());
    let device = rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned();
    Ok(Setting {
        places,
        config: Arc::new(config),
        failures,
        lang,
        clock,
        author: Author { name, device },
        mint: Mint::new(fastrand::u64(..)),
    })
}

/// The login name: as the session has it, else as the system's list of users does.
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

/// The language of the help, before the arguments are understood.
fn early_lang(args: &[OsString]) -> Lang {
    let texts: Vec<String> = args
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

/// One line to standard error, harmless.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", crate::domain::text::clean(text));
}

/// Standard output could not take all that was written to it.
static UNWRITTEN: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

/// Text to standard output, harmless. A reader that went away (`| head`) is no failure; a disk that
/// is full is one.
pub fn print(text: &str) {
    write_out(|out| writeln!(out, "{}", crate::domain::text::clean(text)));
}

/// One JSON value to standard output; what a terminal could take for a command is escaped.
pub fn print_json(value: &serde_json::Value) {
    write_out(|out| writeln!(out, "{}", crate::ipc::pretty(value)));
}

/// A long answer to standard output, as it is made.
pub fn print_list(list: List) {
    write_out(|out| {
        let mut buffered = std::io::BufWriter::new(out);
        list.write(&mut |piece| buffered.write_all(piece.as_bytes()))?;
        writeln!(buffered)?;
        buffered.flush()
    });
}

fn write_out(write: impl FnOnce(&mut std::io::Stdout) -> std::io::Result<()>) {
    let mut out = std::io::stdout();
    if let Err(e) = write(&mut out).and_then(|()| out.flush())
        && e.kind() != std::io::ErrorKind::BrokenPipe
    {
        say(&e.to_string());
        UNWRITTEN.store(true, std::sync::atomic::Ordering::Relaxed);
    }
}
