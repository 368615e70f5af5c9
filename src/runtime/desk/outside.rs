//! What leaves the terminal: a text in the user's own editor, and a copied text as a file.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

use tokio::process::{Child, Command};

use super::inputs::Inputs;
use crate::runtime::socket::Incoming;
use crate::runtime::terminal::Screen;
use crate::store::files::{private_dir, write_atomic};

/// Lends the terminal to `$VISUAL` or `$EDITOR`; questions of other terminals are passed on meanwhile. Returns
/// the text, or none when it was not changed or the editor failed.
pub async fn edit(
    home: &Path,
    text: &str,
    screen: &mut Screen,
    inputs: &mut Inputs,
    pass_on: &dyn Fn(Incoming),
) -> io::Result<Option<String>> {
    let path = text_file(home, text)?;
    inputs.release_terminal();
    screen.give();
    let is_done = match editor(&path) {
        Some(Ok(mut child)) => wait_for(&mut child, inputs, pass_on).await?.success(),
        _ => false,
    };
    screen.take_back()?;
    inputs.take_terminal();
    let edited = std::fs::read_to_string(&path).ok();
    let _ = std::fs::remove_file(&path);
    Ok(edited.filter(|e| is_done && e.trim_end() != text.trim_end()))
}

async fn wait_for(
    child: &mut Child,
    inputs: &mut Inputs,
    pass_on: &dyn Fn(Incoming),
) -> io::Result<ExitStatus> {
    loop {
        tokio::select! {
            status = child.wait() => return status,
            Some(question) = inputs.question() => pass_on(question),
        }
    }
}

/// Writes the text to a file of its own beside the drafts.
fn text_file(home: &Path, text: &str) -> io::Result<PathBuf> {
    let dir = home.join("drafts");
    let path = dir.join(format!("editing-{}.md", std::process::id()));
    private_dir(&dir)
        .and_then(|()| write_atomic(&path, text.as_bytes()))
        .map_err(|_| io::Error::other("draft"))?;
    Ok(path)
}

/// Starts the editor on a file. None where no program is named.
fn editor(path: &Path) -> Option<io::Result<Child>> {
    let named = ["VISUAL", "EDITOR"]
        .iter()
        .filter_map(|v| std::env::var(v).ok());
    let command = named.into_iter().find(|c| !c.trim().is_empty());
    let command = command.unwrap_or_else(|| "vi".into());
    let mut words = command.split_whitespace();
    let program = words.next()?;
    Some(Command::new(program).args(words).arg(path).spawn())
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
