//! What leaves the terminal: a text in the user's own editor, and a copied text as a file.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

use tokio::process::{Child, Command};

use super::inputs::{Inputs, Meanwhile};
use super::signals::{self, Ending, Stopped};
use crate::app::msg::Msg;
use crate::domain::failure::Failure;
use crate::runtime::socket::Incoming;
use crate::runtime::terminal::Screen;
use crate::store::files::{private_dir, write_atomic};
use crate::store::handed::{self, Handed};
use crate::words::{Lang, compose as said, problems};

/// How long an editor has to end after its terminal was closed.
const AFTER_HANG_UP: Duration = Duration::from_secs(2);

/// How the editor was left.
struct Left {
    /// None where it still runs, although its terminal is closed.
    status: Option<ExitStatus>,
    /// The desk was asked to end meanwhile.
    leave: bool,
}

/// Lends the terminal to `$VISUAL` or `$EDITOR`; questions of other terminals are passed on meanwhile. Returns
/// what came of it, and whether the desk was asked to end.
///
/// # Errors
/// The terminal cannot be taken again. The text is in its file then, and becomes a draft at the next start.
pub async fn edit(
    home: &Path,
    handed: &Handed,
    lang: Lang,
    screen: &mut Screen,
    inputs: &mut Inputs,
    pass_on: &dyn Fn(Incoming),
) -> io::Result<(Msg, bool)> {
    let started = command(lang).and_then(|(program, mut command)| {
        let told = |failure: Failure| problems::failure(lang, &failure);
        let file = handed::hand_out(home, handed).map_err(told)?;
        inputs.lend_terminal();
        screen.give();
        match command.arg(&file).spawn() {
            Ok(child) => Ok((program, file, child)),
            Err(e) => {
                handed::remove(&file);
                Err(not_started(lang, &program, &e))
            }
        }
    });
    let mut leave = false;
    let msg = match started {
        Ok((program, file, mut child)) => {
            let left = wait_for(&mut child, inputs, pass_on).await?;
            leave = left.leave;
            outcome(lang, &program, file, &handed.text, left.status)
        }
        Err(trouble) => Msg::Edited {
            text: None,
            file: None,
            trouble: Some(trouble),
        },
    };
    let plain = screen.make_plain();
    // A desk that ends leaves the terminal, and the next keys, to the shell.
    if !leave {
        plain?;
        screen.take_back()?;
        inputs.take_terminal();
    }
    Ok((msg, leave))
}

/// Waits for the editor. Keys that interrupt are the editor's; a stop stops the desk with it.
async fn wait_for(
    child: &mut Child,
    inputs: &mut Inputs,
    pass_on: &dyn Fn(Incoming),
) -> io::Result<Left> {
    let (mut leave, mut hung_up) = (false, false);
    loop {
        let late = async {
            match hung_up {
                true => tokio::time::sleep(AFTER_HANG_UP).await,
                false => std::future::pending().await,
            }
        };
        tokio::select! {
            status = child.wait() => return Ok(Left { status: Some(status?), leave }),
            () = late => return Ok(Left { status: None, leave }),
            input = inputs.meanwhile() => match input {
                Meanwhile::Question(question) => pass_on(question),
                Meanwhile::Ending(ending) => {
                    leave = true;
                    hung_up |= ending == Ending::HangUp;
                }
                Meanwhile::Suspend if signals::has_shell() => {
                    signals::stop(Stopped::Alone)?;
                    inputs.resumed(Stopped::Alone).await;
                }
                Meanwhile::Suspend => {}
            }
        }
    }
}

/// What the editor left: the text it saved, also when it failed or was killed.
fn outcome(
    lang: Lang,
    program: &str,
    file: PathBuf,
    before: &str,
    status: Option<ExitStatus>,
) -> Msg {
    let text = std::fs::read(&file).map(String::from_utf8);
    let place = file.display();
    let (text, trouble) = match text {
        Ok(Ok(text)) if text.trim_end() != before.trim_end() => (Some(text), None),
        Ok(Ok(_)) => (None, None),
        Ok(Err(_)) => (None, Some(said::editor_no_text(lang, program, place))),
        // An editor that removes its file gives nothing back.
        Err(_) => (None, None),
    };
    let stays = trouble.is_some() || status.is_none();
    let how = status
        .filter(|s| !s.success())
        .map(|s| match (s.signal(), s.code()) {
            (Some(signal), _) => said::by_signal(lang, signal),
            (None, code) => said::with_code(lang, code.unwrap_or_default()),
        });
    let ended = how.map(|how| match text {
        Some(_) => said::editor_ended_changed(lang, program, how),
        None => said::editor_ended(lang, program, how),
    });
    Msg::Edited {
        text,
        file: (!stays).then_some(file),
        trouble: trouble.or(ended),
    }
}

/// The user's editor with its arguments, and its name. Blanks within quotation marks belong to a word, and a
/// value that is the path of a file is one word.
fn command(lang: Lang) -> Result<(String, Command), String> {
    let named = ["VISUAL", "EDITOR"].into_iter().find_map(|variable| {
        let value = std::env::var(variable).ok()?;
        (!value.trim().is_empty()).then_some((variable, value))
    });
    let (variable, value) = named.unwrap_or(("EDITOR", "vi".into()));
    let words = if Path::new(&value).is_file() {
        vec![value]
    } else {
        shell_words::split(&value)
            .map_err(|_| said::editor_open_quote(lang, variable, value.trim()))?
    };
    let mut words = words.into_iter();
    let program = words.next().unwrap_or_else(|| "vi".into());
    let mut command = Command::new(&program);
    command.args(words);
    Ok((program, command))
}

fn not_started(lang: Lang, program: &str, error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::NotFound {
        return said::editor_missing(lang, program);
    }
    let failure = Failure::io(program, error);
    said::editor_refused(lang, problems::failure(lang, &failure))
}

/// Saves a copied text as a file as well, because not every terminal has a clipboard. Returns its path; empty
/// when it could not be written.
pub fn save_copy(home: &Path, text: &str) -> String {
    let dir = home.join("out");
    let path = dir.join("copied.txt");
    let saved = private_dir(&dir).and_then(|()| write_atomic(&path, text.as_bytes()));
    match saved {
        Ok(()) => path.display().to_string(),
        Err(_) => String::new(),
    }
}
