//! The loop: waits for a key, an answer of the store or the next due moment; updates; draws.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::EventStream;
use futures_util::StreamExt;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

use super::drafting::{self, Pen};
use super::jobs::{Job, keep};
use super::keeper::{Asker, Making};
use super::pulse::Pulse;
use super::question::Questions;
use super::socket::{self, Hearing, Incoming};
use super::terminal::{self, Screen};
use crate::app::model::Model;
use crate::app::msg::{Effect, Msg};
use crate::app::shell::drafting as drafting_app;
use crate::app::{self, cadence, call, update};
use crate::clock::Clock;
use crate::domain::failure::Failure;
use crate::store::{Durability, Lock, rows};
use crate::ui::theme::Theme;
use crate::ui::{Drawn, draw};
use crate::words::{self, Lang};

/// How the desk is opened.
pub struct Opening {
    pub home: PathBuf,
    pub config: Arc<crate::config::Config>,
    pub config_dir: PathBuf,
    pub author: crate::ops::Author,
    pub lang: Lang,
    pub clock: Clock,
    pub mint: crate::domain::ids::Mint,
    /// What other terminals may ask.
    pub questions: &'static Questions,
    /// Mistakes in configuration files, to show at the start.
    pub notices: Vec<String>,
    /// An account and template to start a check-in with.
    pub checkin: Option<(crate::domain::ids::AccountId, Option<String>)>,
}

/// Opens the desk and stays until it is left.
pub fn open(opening: Opening) -> Result<(), Failure> {
    let lock = Lock::take(&opening.home)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| Failure::io(&opening.home, &e))?;
    let home = opening.home.clone();
    runtime
        .block_on(run(opening, lock))
        .map_err(|e| Failure::io(&home, &e))?
}

async fn run(opening: Opening, lock: Lock) -> std::io::Result<Result<(), Failure>> {
    let Opening {
        home,
        config,
        config_dir,
        author,
        lang,
        clock,
        mint,
        questions,
        mut notices,
        checkin,
    } = opening;
    let theme = Theme::choose(&config.desk, |v| std::env::var(v).ok());
    let pulse = Pulse::default();
    let (tell, mut told) = mpsc::unbounded_channel::<Msg>();
    let (jobs, todo) = std::sync::mpsc::channel::<Job>();
    let mut desk_mint = mint.clone();
    desk_mint.fork();
    let config_home = config_dir.clone();
    let phrases_file = config_home.join(crate::config::PHRASES.name);
    let mut phrases_seen = modified(&phrases_file);
    let making = Making {
        home: home.clone(),
        config: config.clone(),
        config_dir,
        author: author.clone(),
        lang,
        clock,
        mint,
        durability: Durability::Full,
    };
    let pen = Pen::take(home.clone(), tell.clone())?;
    let spread_tell = tell.clone();
    let (listed, beat) = (jobs.clone(), pulse.clone());
    let (ended, end) = std::sync::mpsc::channel::<End>();
    let keeper = std::thread::Builder::new()
        .name("store".into())
        .spawn(move || {
            keep(making, lock, todo, listed, tell, beat, &|| {
                drop(ended.send(End::Settled))
            });
            let _ = ended.send(End::Closed);
        })?;

    let mut screen = Screen::take()?;
    let mut model = Model::new(lang, config, author, desk_mint, clock.now());
    let (drafts, unread) = drafting::kept(&home, lang);
    notices.extend(unread);
    let mut effects = update(&mut model, clock.now(), drafts);
    if !notices.is_empty() {
        model.show(words::shell::mended(model.lang), notices);
    }
    if let Some(preview) = rows::preview(&home) {
        effects.extend(update(
            &mut model,
            clock.now(),
            Msg::Preview {
                rows: preview.rows,
                count: preview.count,
                bands: preview.bands,
                asides: preview.asides,
            },
        ));
    }
    let (incoming, mut requests) = mpsc::channel::<Incoming>(16);
    let hearing = Hearing {
        questions,
        pulse,
        incoming,
    };
    let _socket = socket::listen(&home, hearing).ok();
    let mut events = EventStream::new();
    let (mut term, mut hup) = (
        signal(SignalKind::terminate())?,
        signal(SignalKind::hangup())?,
    );
    let mut drawn: Option<Drawn> = None;
    let mut wanted = checkin;
    let mut leaving = false;
    let mut listening = true;
    let mut last_failure: Option<Failure> = None;
    let mut outcome = Ok(());
    loop {
        for effect in std::mem::take(&mut effects) {
            match effect {
                Effect::Quit => leaving = true,
                Effect::Copy(text) => {
                    screen.copy(&text)?;
                    let more = update(
                        &mut model,
                        clock.now(),
                        Msg::Copied {
                            bytes: text.len(),
                            path: keep_copy(&home, &text),
                        },
                    );
                    effects.extend(more);
                }
                Effect::EditOutside { text } => {
                    // Nobody else may read the keys meanwhile; other terminals are answered.
                    drop(events);
                    let edited =
                        edit_outside(&mut screen, &home, &text, &mut requests, &jobs, model.lang)
                            .await?;
                    events = EventStream::new();
                    let more = update(&mut model, clock.now(), Msg::Edited { text: edited });
                    effects.extend(more);
                }
                draft @ (Effect::SaveDraft { .. }
                | Effect::SaveCall { .. }
                | Effect::DiscardDraft { .. }) => {
                    pen.send(draft);
                }
                // Seconds of computing must not keep a note from the disk.
                Effect::Cadence(cadence::state::Effect::Spread(job)) => {
                    let tell = spread_tell.clone();
                    let work = move || {
                        let proposal = Box::new(crate::domain::cadence::spread::propose(&job));
                        let _ = tell.send(Msg::Cadence(cadence::state::Msg::Spread(proposal)));
                    };
                    let _ = std::thread::Builder::new()
                        .name("spread".into())
                        .spawn(work);
                }
                other => {
                    let _ = jobs.send(Job::Effect(other));
                }
            }
        }
        if leaving {
            break;
        }
        let now_drawn = screen.frame(|buf| draw(&model, &theme, buf))?;
        model.geometry = now_drawn.geometry;
        // The first frame of a new size is drawn without knowing its viewport: hold the lists to it.
        if drawn.map(|d| d.geometry) != Some(now_drawn.geometry) {
            app::hold(&mut model);
            let again = screen.frame(|buf| draw(&model, &theme, buf))?;
            model.geometry = again.geometry;
        }
        drawn = Some(now_drawn);

        let wake = app::next_wake(&model)
            .map(|at| (at - clock.now().at).to_std().unwrap_or(Duration::ZERO));
        // A fixed clock never reaches its next second.
        let sleep = wake.filter(|_| !clock.is_fixed()).map(tokio::time::sleep);
        let msg = tokio::select! {
            event = events.next() => match event {
                Some(Ok(event)) => terminal::msg(event),
                // The terminal is gone.
                Some(Err(_)) | None => { leaving = true; None }
            },
            msg = told.recv() => match msg {
                Some(Msg::Failed(failure)) if !model.ready => {
                    outcome = Err(failure);
                    leaving = true;
                    None
                }
                Some(msg) => {
                    if matches!(msg, Msg::Opened(_)) {
                        let _ = jobs.send(Job::Check);
                    }
                    if let Msg::Failed(failure) = &msg {
                        last_failure = Some(failure.clone());
                    }
                    Some(msg)
                }
                // The store's thread is gone: without it nothing can be kept.
                None => {
                    outcome = Err(last_failure.take().unwrap_or(Failure::Damaged { path: home.join("store").display().to_string(), reason: "the store stopped".into() }));
                    leaving = true;
                    None
                }
            },
            asked = requests.recv(), if listening => {
                match asked {
                    Some(asked) => pass_on(asked, &jobs, model.lang),
                    None => listening = false,
                }
                None
            },
            () = async { match sleep { Some(s) => s.await, None => std::future::pending().await } } => Some(Msg::Tick),
            _ = term.recv() => { leaving = true; None },
            _ = hup.recv() => { leaving = true; None },
        };
        // A lexicon that was edited is heard at once, in a call that runs too.
        if msg == Some(Msg::Tick) && model.call.open.is_some() {
            let changed = modified(&phrases_file);
            if changed != phrases_seen {
                phrases_seen = changed;
                let (lexicon, failures) = crate::config::Config::phrases(&config_home);
                effects.extend(match failures.first() {
                    None => update(
                        &mut model,
                        clock.now(),
                        Msg::Call(call::state::Msg::Phrases(lexicon)),
                    ),
                    Some(failure) => update(&mut model, clock.now(), Msg::Failed(failure.clone())),
                });
            }
        }
        if let Some(msg) = msg {
            effects.extend(update(&mut model, clock.now(), msg));
            // Keys typed while a frame was drawn are taken together.
            while let Ok(msg) = told.try_recv() {
                if matches!(msg, Msg::Opened(_)) {
                    let _ = jobs.send(Job::Check);
                }
                effects.extend(update(&mut model, clock.now(), msg));
            }
        }
        if model.ready
            && let Some((account, template)) = wanted.take()
        {
            effects.extend(app::begin_checkin(&mut model, account, template));
        }
    }
    // What is still being typed is written before the desk goes.
    for effect in drafting_app::final_drafts(&mut model) {
        pen.send(effect);
    }
    pen.put_down();
    drop(screen);
    let _ = jobs.send(Job::Close);
    // What is looked through at the end needs the room.
    drop(model);
    // A store that hangs (a disk that filled up under it) must not hold the terminal for ever: what
    // was acknowledged is in the journal.
    match end.recv_timeout(PATIENCE) {
        Err(std::sync::mpsc::RecvTimeoutError::Timeout) => return Ok(Err(Failure::Stuck)),
        // Nobody waits longer for the look through a large tree: the next start looks instead.
        Ok(End::Settled)
            if matches!(
                end.recv_timeout(LOOKING),
                Err(std::sync::mpsc::RecvTimeoutError::Timeout)
            ) =>
        {
            return Ok(outcome);
        }
        _ if keeper.join().is_err() && outcome.is_ok() => outcome = Err(Failure::Stuck),
        _ => {}
    }
    Ok(outcome)
}

/// Keeps what was copied in a file as well; answers its place, empty when it could not be written.
fn keep_copy(home: &std::path::Path, text: &str) -> String {
    let path = home.join("out").join("copied.txt");
    let kept = crate::store::files::private_dir(&home.join("out"))
        .and_then(|()| crate::store::files::write_atomic(&path, text.as_bytes()));
    if kept.is_ok() {
        path.display().to_string()
    } else {
        String::new()
    }
}

fn modified(path: &std::path::Path) -> Option<std::time::SystemTime> {
    std::fs::metadata(path).and_then(|m| m.modified()).ok()
}

/// How the store's thread ends: first all is on disk.
enum End {
    Settled,
    Closed,
}

/// How long the store may take until all is on disk, and how long it may look through its tree then.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOKING: Duration = Duration::from_secs(15);

/// Hands another terminal's question to the store.
fn pass_on(incoming: Incoming, jobs: &std::sync::mpsc::Sender<Job>, lang: Lang) {
    let asker = Asker {
        id: incoming.id,
        lang: incoming.lang.unwrap_or(lang),
        form: incoming.form,
    };
    let _ = jobs.send(Job::Answer(asker, incoming.asked, incoming.line));
}

/// Lends the terminal to `$VISUAL` or `$EDITOR`. Answers the text, or none when it was not changed.
async fn edit_outside(
    screen: &mut Screen,
    home: &std::path::Path,
    text: &str,
    requests: &mut mpsc::Receiver<Incoming>,
    jobs: &std::sync::mpsc::Sender<Job>,
    lang: Lang,
) -> std::io::Result<Option<String>> {
    let editor = ["VISUAL", "EDITOR"]
        .iter()
        .find_map(|v| std::env::var(v).ok().filter(|e| !e.trim().is_empty()))
        .unwrap_or_else(|| "vi".into());
    let path = home
        .join("drafts")
        .join(format!("editing-{}.md", std::process::id()));
    crate::store::files::private_dir(&home.join("drafts"))
        .and_then(|()| crate::store::files::write_atomic(&path, text.as_bytes()))
        .map_err(|_| std::io::Error::other("draft"))?;
    screen.give();
    let mut words = editor.split_whitespace();
    let child = words.next().map(|program| {
        tokio::process::Command::new(program)
            .args(words)
            .arg(&path)
            .spawn()
    });
    let mut done = false;
    if let Some(Ok(mut child)) = child {
        loop {
            tokio::select! {
                status = child.wait() => {
                    done = status.is_ok_and(|s| s.success());
                    break;
                }
                Some(asked) = requests.recv() => pass_on(asked, jobs, lang),
            }
        }
    }
    screen.take_back()?;
    let edited = std::fs::read_to_string(&path).ok();
    let _ = std::fs::remove_file(&path);
    Ok(edited.filter(|e| done && e.trim_end() != text.trim_end()))
}
