//! The desk without a terminal: the reducer, the worker on a temporary store, and the drawing run
//! one after the other. The flow tests use it, and the README's pictures are made with it.

mod importing;

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Duration};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde_json::Value;

use super::drafting;
use super::importing::in_this_process;
use super::planning::Planning;
use super::question::Questions;
use super::worker::{Asker, Setup, Worker};
use crate::app::absences::state::Effect as Absences;
use crate::app::model::Model;
use crate::app::msg::{Effect, Msg};
use crate::app::{self, update};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::change::{Group, Label, Operation};
use crate::domain::failure::Failure;
use crate::domain::ids::Mint;
use crate::domain::when::Now;
use crate::ipc::{Answer, Form};
use crate::keys::Key;
use crate::ops::Author;
use crate::runtime::answering::Reply;
use crate::services::demo;
use crate::store::{Durability, Lock, Store};
use crate::ui::theme::Theme;
use crate::ui::{Drawn, draw, svg};
use crate::words::Lang;

/// The start time of every headless desk: a Sunday morning in Tokyo.
pub const NOW: &str = "2026-11-22T10:04:00+09:00";

/// The program without a terminal. Keys are the input and frames the output, the store is real, and
/// time passes only when a method says so. Tests, benches and `kenshin screens` use it.
pub struct Desk {
    pub model: Model,
    worker: Worker,
    pub home: PathBuf,
    clock: Clock,
    now: Now,
    size: (u16, u16),
    /// The cells of the last frame, over which the next is drawn.
    frame: Buffer,
    pub theme: Theme,
    /// The text copied to the clipboard.
    pub copied: Vec<String>,
    /// The text given to the external editor, and the text it returns.
    pub outside: Option<fn(&str) -> String>,
    /// The folder that every import reads, whatever path was typed: random keys must not read other
    /// files of this machine.
    pub import_folder: Option<PathBuf>,
    /// Keys that are typed while the next import is being planned.
    pub while_planning: Option<&'static str>,
    planning: Planning,
    pub quit: bool,
    owned: bool,
}

impl Desk {
    /// A desk on an empty store in a temporary folder.
    pub fn empty(lang: Lang) -> Result<Self, Failure> {
        let home = std::env::temp_dir().join(format!(
            "kenshin-{}-{:016x}",
            std::process::id(),
            fastrand::u64(..)
        ));
        let mut desk = Self::at(lang, home, 0)?;
        desk.owned = true;
        Ok(desk)
    }

    /// A desk on the demo portfolio.
    pub fn demo(lang: Lang, accounts: usize) -> Result<Self, Failure> {
        let home = std::env::temp_dir().join(format!(
            "kenshin-{}-{:016x}",
            std::process::id(),
            fastrand::u64(..)
        ));
        let mut desk = Self::at(lang, home, accounts)?;
        desk.owned = true;
        Ok(desk)
    }

    /// A desk on a home that is not deleted; `accounts` of the demo are added first, if any.
    pub fn at(lang: Lang, home: PathBuf, accounts: usize) -> Result<Self, Failure> {
        Self::open(lang, home, accounts, Clock::new(Some(NOW), None)?)
    }

    fn open(lang: Lang, home: PathBuf, accounts: usize, clock: Clock) -> Result<Self, Failure> {
        let now = clock.now();
        let (mut config, _) = Config::load(Some(&home.join("config")));
        // A demo is not asked about the user.
        config.desk.year_stated |= accounts > 0;
        let config = Arc::new(config);
        let name = if lang == Lang::Ja { "佐藤" } else { "Sato" };
        let author = Author {
            name: name.into(),
            device: "headless".into(),
            ours: config.desk.ours.clone(),
        };
        let mut mint = Mint::new(fastrand::u64(..));
        let lock = Lock::take(&home)?;
        if accounts > 0 {
            let (mut store, _) =
                Store::open_locked(&home, Durability::Relaxed, lock, &mut mint, now.at)?;
            let setting = demo::Setting {
                seed: 1,
                now,
                me: &author.name,
                templates: &config.templates,
                japanese: lang == Lang::Ja,
            };
            store.commit(&demo_operation(setting, accounts, &author, &mut mint))?;
        } else {
            drop(lock);
        }
        let lock = Lock::take(&home)?;
        let mut desk_mint = mint.clone();
        desk_mint.fork();
        let setup = Setup {
            home: home.clone(),
            config: config.clone(),
            config_dir: home.join("config"),
            author: author.clone(),
            lang,
            clock,
            mint,
            durability: Durability::Relaxed,
        };
        let (mut worker, recovery) = Worker::open(setup, lock)?;
        let opened = worker.first(&recovery)?;
        let model = Model::new(lang, config, author, desk_mint, now);
        let mut desk = Self {
            model,
            worker,
            // The program of a test is not this program, so workbooks are read here.
            planning: Planning::new(&home, &home.join("config"), lang, in_this_process),
            while_planning: None,
            home,
            clock,
            now,
            size: (120, 40),
            frame: Buffer::default(),
            theme: Theme::dark(),
            copied: Vec::new(),
            outside: None,
            import_folder: None,
            quit: false,
            owned: false,
        };
        // As in the terminal, drafts are loaded before the store.
        desk.send(drafting::load(&desk.home, lang).0);
        desk.send(opened);
        desk.draw();
        Ok(desk)
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.size = (width, height);
        self.send(Msg::Resized { width, height });
        self.draw();
        app::hold(&mut self.model);
    }

    /// Types a script of keys (see [`Key::script`]).
    pub fn keys(&mut self, script: &str) -> &mut Self {
        for key in Key::script(script) {
            self.send(Msg::Key(key));
            self.draw();
        }
        self
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.send(Msg::Paste(text.to_owned()));
        self
    }

    /// Lets time pass, in minutes, and wakes the desk where it asks for it.
    pub fn later(&mut self, by: Duration) -> &mut Self {
        self.now = self.now.later(by);
        self.worker.set_time(self.now);
        self.send(Msg::Tick);
        self
    }

    pub fn now(&self) -> Now {
        self.now
    }

    /// Handles one message and all effects that follow.
    pub fn send(&mut self, msg: Msg) {
        let mut queue = VecDeque::from([msg]);
        while let Some(msg) = queue.pop_front() {
            let effects = update(&mut self.model, self.now, msg);
            self.now.habits = self.model.config.desk.habits;
            for effect in effects {
                match effect {
                    Effect::Quit => self.quit = true,
                    Effect::Copy(text) => {
                        queue.push_back(Msg::Copied {
                            bytes: text.len(),
                            path: "copied.txt".into(),
                        });
                        self.copied.push(text);
                    }
                    Effect::EditOutside { text, .. } => queue.push_back(Msg::Edited {
                        text: self.outside.map(|f| f(&text)),
                        file: None,
                        trouble: None,
                    }),
                    Effect::Importing(effect) => self.import(effect, &mut queue),
                    other => self
                        .worker
                        .run(self.shelved(other), &mut |m| queue.push_back(m)),
                }
            }
        }
    }

    /// Redirects effects that read files to the import folder, if there is one.
    fn shelved(&self, effect: Effect) -> Effect {
        match (effect, &self.import_folder) {
            (Effect::Absences(Absences::Read { .. }), Some(import_folder)) => {
                Effect::Absences(Absences::Read {
                    path: import_folder.join("away.ics"),
                })
            }
            (effect, _) => effect,
        }
    }

    /// Draws a frame.
    pub fn draw(&mut self) -> Drawn {
        self.frame.resize(Rect::new(0, 0, self.size.0, self.size.1));
        self.frame.reset();
        let drawn = draw(&self.model, &self.theme, &mut self.frame);
        self.model.geometry = drawn.geometry;
        drawn
    }

    /// The screen as cells.
    pub fn buffer(&mut self) -> &Buffer {
        self.draw();
        &self.frame
    }

    /// The position of the caret.
    pub fn caret(&mut self) -> Option<(u16, u16)> {
        self.draw().caret
    }

    /// The screen as text, one line per row.
    pub fn screen(&mut self) -> String {
        let buf = self.buffer();
        let mut out = String::new();
        for y in 0..buf.area.height {
            let mut line = String::new();
            let mut x = 0;
            while x < buf.area.width {
                let symbol = buf[(x, y)].symbol();
                line.push_str(symbol);
                x += crate::app::kit::wrap::width(symbol).max(1) as u16;
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    pub fn sees(&mut self, text: &str) -> bool {
        self.screen().contains(text)
    }

    pub fn svg(&mut self, title: &str) -> String {
        svg::render(self.buffer(), title)
    }

    /// Closes the desk and opens it again on the same home, as after a restart.
    pub fn reopen(self) -> Result<Self, Failure> {
        let (lang, home, now, owned) = (self.model.lang, self.home.clone(), self.now, self.owned);
        let mut this = self;
        this.owned = false;
        drop(this);
        let mut desk = Self::open(lang, home, 0, Clock::fixed_at(now))?;
        desk.owned = owned;
        Ok(desk)
    }

    /// Asks a question as another terminal does: an object whose `"ask"` names the question.
    pub fn ask(&mut self, questions: &Questions, form: Form, request: &Value) -> Answer {
        let asker = Asker {
            id: format!("{:016x}", fastrand::u64(..)),
            lang: self.model.lang,
            form,
        };
        let asked = serde_json::value::to_raw_value(request)
            .map_err(|e| e.to_string())
            .and_then(|raw| questions.read(&raw));
        let asked = match asked {
            Ok(asked) => asked,
            Err(reason) => return Answer::refused(2, form, &reason),
        };
        let mut notices = Vec::new();
        let reply = self.worker.answer(&asker, asked, &mut |m| notices.push(m));
        for msg in notices {
            self.send(msg);
        }
        match reply {
            Reply::Whole(answer) => answer,
            Reply::Work(mut work) => loop {
                if let ControlFlow::Break(answer) = self.worker.go_on(&asker, &mut *work) {
                    break answer;
                }
            },
            Reply::List(list) => {
                let mut answer = Answer::default();
                let _ = list.write(&mut |piece| {
                    answer.out.push_str(piece);
                    Ok(())
                });
                answer
            }
        }
    }

    /// Closes the desk and keeps its home.
    pub fn close(mut self) -> PathBuf {
        self.owned = false;
        self.home.clone()
    }

    /// The clock of the desk.
    pub fn opened_at(&self) -> DateTime<chrono::Utc> {
        self.clock.now().at
    }
}

/// One operation that adds accounts of the demo.
fn demo_operation(
    setting: demo::Setting,
    accounts: usize,
    author: &Author,
    mint: &mut Mint,
) -> Operation {
    let at = setting.now.at;
    let (mut changes, mut usage) = (Vec::new(), Vec::new());
    for index in 0..accounts {
        let made = demo::make(index, setting);
        changes.extend(made.changes);
        usage.extend(made.usage);
    }
    Operation {
        id: mint.next(at),
        at,
        actor: author.name.clone(),
        device: author.device.clone(),
        label: Label::Demo,
        group: Some(Group {
            id: mint.next(at),
            last: true,
        }),
        changes,
        usage,
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if self.owned {
            let _ = std::fs::remove_dir_all(&self.home);
        }
    }
}
