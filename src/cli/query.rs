//! Queries and quick writes: through the open desk when there is one, else on the store itself.

use std::io::{IsTerminal, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::{Done, Setting, print, print_list, say};
use crate::domain::failure::Failure;
use crate::ipc::{self, Answer, Asked, Envelope, Form, Request};
use crate::runtime::answer::{self, Reply, answer};
use crate::runtime::insight;
use crate::runtime::listing::List;
use crate::words::{self, Lang};

pub fn run(setting: &mut Setting, name: &str, m: &ArgMatches) -> Done {
    let text = |m: &ArgMatches, key: &str| m.get_one::<String>(key).cloned();
    let words = |m: &ArgMatches| {
        m.get_many::<String>("text")
            .map(|w| w.cloned().collect::<Vec<_>>().join(" "))
            .unwrap_or_default()
    };
    let t = setting.t();
    let account = || text(m, "account").unwrap_or_default();
    let (request, m) = match (name, m.subcommand()) {
        ("accounts", _) => (
            Request::Accounts {
                band: text(m, "band"),
                query: text(m, "query"),
            },
            m,
        ),
        ("brief", _) => (
            Request::Brief {
                account: account(),
                format: text(m, "format").unwrap_or_default(),
            },
            m,
        ),
        ("health", _) => (Request::Health { account: account() }, m),
        ("signals", _) => (
            Request::Signals {
                account: text(m, "account"),
            },
            m,
        ),
        ("context", _) => (
            Request::Context {
                account: account(),
                topic: text(m, "kind").unwrap_or_default(),
                source: text(m, "source").unwrap_or_default(),
                on: text(m, "on"),
                text: words(m),
            },
            m,
        ),
        ("judge", _) => (
            Request::Rule {
                account: account(),
                verdict: text(m, "verdict").unwrap_or_default(),
                reason: text(m, "reason").unwrap_or_default(),
                until: text(m, "until"),
            },
            m,
        ),
        ("today", _) => (Request::Today, m),
        ("cadence", _) => (Request::Cadence { account: account() }, m),
        ("calendar", Some(("export", m))) => {
            let path = m.get_one::<PathBuf>("out").map(|p| absolute(p));
            (
                Request::GiveCalendar {
                    account: text(m, "account"),
                    planned: m.get_flag("planned"),
                    path,
                },
                m,
            )
        }
        ("calendar", Some(("import", m))) => {
            let path = m
                .get_one::<PathBuf>("file")
                .map(|p| absolute(p))
                .unwrap_or_default();
            (
                Request::TakeCalendar {
                    path,
                    name: text(m, "name"),
                },
                m,
            )
        }
        ("backtest", _) => (
            Request::Backtest {
                fit: m.get_flag("fit"),
                lead: m.get_one::<i64>("lead").copied().unwrap_or(1),
            },
            m,
        ),
        ("notes", _) => (Request::Notes { words: words(m) }, m),
        ("note", _) => (
            Request::Note {
                account: account(),
                text: note_text(&words(m), t)?,
            },
            m,
        ),
        ("log", _) => {
            let request = Request::Log {
                account: account(),
                kind: text(m, "kind").unwrap_or_default(),
                with: text(m, "with").unwrap_or_default(),
                at: text(m, "at"),
                text: note_text(&words(m), t)?,
            };
            (request, m)
        }
        ("action", Some(("told", m))) => (
            Request::ActionTold {
                id: text(m, "id").unwrap_or_default(),
            },
            m,
        ),
        ("action", Some(("untold", m))) => (
            Request::ActionUntold {
                id: text(m, "id").unwrap_or_default(),
            },
            m,
        ),
        ("action", Some(("add", m))) => (
            Request::ActionAdd {
                account: text(m, "account").unwrap_or_default(),
                text: words(m),
            },
            m,
        ),
        ("action", Some(("list", m))) => (
            Request::ActionList {
                account: text(m, "account"),
            },
            m,
        ),
        ("action", Some(("done", m))) => (
            Request::ActionDone {
                id: text(m, "id").unwrap_or_default(),
            },
            m,
        ),
        _ => {
            return Err(Failure::Usage {
                reason: name.to_owned(),
            });
        }
    };
    let form = if m.get_flag("json") {
        Form::Json
    } else {
        Form::Words
    };
    let said = match ask(setting, form, &request)? {
        Said::Answer(said) => said,
        Said::List(list) => {
            print_list(list);
            return Ok(0);
        }
    };
    if !said.error.is_empty() {
        say(&said.error);
    }
    if !said.out.is_empty() {
        print(&said.out);
    }
    if name == "backtest" && m.get_flag("accept") {
        super::weights::accept(setting, &said.fit)?;
    }
    Ok(u8::try_from(said.exit).unwrap_or(1))
}

/// As the open desk must be told it: it runs in another folder.
fn absolute(path: &Path) -> String {
    std::path::absolute(path)
        .unwrap_or_else(|_| path.to_owned())
        .display()
        .to_string()
}

/// The text, or standard input for `-` and for a pipe.
fn note_text(words: &str, t: Lang) -> Result<String, Failure> {
    let piped = words.is_empty() && !std::io::stdin().is_terminal();
    if words != "-" && !piped {
        return Ok(words.to_owned());
    }
    const MOST: u64 = ipc::LONGEST / 4;
    let mut text = Vec::new();
    std::io::stdin()
        .take(MOST + 1)
        .read_to_end(&mut text)
        .map_err(|e| Failure::Io {
            path: "-".into(),
            reason: e.to_string(),
        })?;
    if text.len() as u64 > MOST {
        return Err(Failure::Usage {
            reason: words::problems::too_long(t, MOST >> 20),
        });
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// What is to be printed: a list that this process makes comes as it is made.
enum Said {
    Answer(Answer),
    List(List),
}

fn ask(setting: &mut Setting, form: Form, request: &Request) -> Result<Said, Failure> {
    let t = setting.t();
    let store = match setting.open() {
        Ok(store) => store,
        Err(Failure::Busy) => {
            // The holder may be a desk that listens, or a short command that is soon done.
            let lang = if setting.lang == words::Lang::Ja {
                "ja"
            } else {
                "en"
            };
            let id = setting.mint.next(setting.clock.now().at).to_string();
            let envelope = Envelope {
                id,
                lang: lang.to_owned(),
                form,
                request: request.clone(),
            };
            for wait in [0_u64, 50, 100, 200, 400, 800] {
                std::thread::sleep(std::time::Duration::from_millis(wait));
                match ipc::ask(&setting.places.home, &envelope) {
                    Asked::Answer(said) => {
                        if request.writes() && said.error.is_empty() {
                            say(words::commands::did_via_desk(t));
                        }
                        return Ok(Said::Answer(said));
                    }
                    // It may have been done: asking again could do it twice.
                    Asked::Silence if request.writes() => return Err(Failure::NoAnswer),
                    // A desk that was just left says nothing any more; who only asks, asks again.
                    Asked::Silence => {}
                    Asked::Nobody => {}
                }
                match setting.open() {
                    Ok(store) => return Ok(on(setting, store, form, request)),
                    Err(Failure::Busy) => {}
                    Err(other) => return Err(other),
                }
            }
            return Err(Failure::Busy);
        }
        Err(other) => return Err(other),
    };
    Ok(on(setting, store, form, request))
}

fn on(
    setting: &mut Setting,
    mut store: crate::store::Store,
    form: Form,
    request: &Request,
) -> Said {
    let config = setting.config.clone();
    let author = setting.author.clone();
    // A back-test of thousands is watched at a terminal; Ctrl-C leaves it, nothing is written.
    let (t, terminal) = (setting.t(), std::io::stderr().is_terminal());
    let mut progress = |done: usize, total: usize| {
        if terminal && total > insight::PIECE {
            let mut err = std::io::stderr();
            let _ = write!(err, "\r{}\x1b[K", words::insights::progress(t, done, total));
            if done >= total {
                let _ = write!(err, "\r\x1b[K");
            }
        }
    };
    let (lang, now) = (setting.lang, setting.clock.now());
    let mut with = answer::Setting {
        config: &config,
        author: &author,
        lang,
        form,
        now,
        held: None,
        mint: &mut setting.mint,
    };
    let said = match answer(&mut store, &mut with, request).0 {
        Reply::Whole(answer) => Said::Answer(answer),
        Reply::List(list) => Said::List(list),
        Reply::Test(mut test) => loop {
            match test.go_on(&store, with.scoring(), &mut progress) {
                ControlFlow::Continue(next) => test = next,
                ControlFlow::Break(answer) => break Said::Answer(answer),
            }
        },
    };
    // What it wrote is on disk: without a word of its end the next start looks through the tree.
    let _ = store.leave();
    said
}
