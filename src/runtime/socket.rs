//! The desk's socket: private to its owner, one request a connection, bounded in size and time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, mpsc};

use super::listing::List;
use crate::ipc::{Answer, Envelope, Form, LONGEST, path};

/// Connections served at a time: a flood of clients waits outside.
const SEATS: usize = 16;

/// Where the line of an answer goes, in pieces.
pub type Line = mpsc::Sender<Vec<u8>>;

/// A request on its way to the keeper, and where the answer goes.
pub type Asked = (Envelope, Line);

/// Pieces on their way at a time.
const AHEAD: usize = 4;
/// Bytes of a piece.
const PIECE: usize = 1 << 16;

/// How long an answer, or its next piece, may take.
const PATIENCE: Duration = Duration::from_secs(25);
/// How long who asked may take for a piece: who does not read does not keep a list that others wait for.
const READING: Duration = Duration::from_secs(5);
/// How long a whole connection may take: a back-test of a hundred thousand accounts takes minutes.
const LONGEST_TALK: Duration = Duration::from_secs(900);

/// Removes the socket when the desk closes.
pub struct Open {
    path: std::path::PathBuf,
}

impl Drop for Open {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Listens for other terminals. Only the holder of the lock comes here, so a socket left behind by
/// a killed desk is its to remove.
pub fn listen(home: &Path, asked: mpsc::Sender<Asked>) -> std::io::Result<Open> {
    use std::os::unix::fs::PermissionsExt;
    let path = path(home).ok_or(std::io::ErrorKind::PermissionDenied)?;
    let _ = std::fs::remove_file(&path);
    let listener = UnixListener::bind(&path)?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    let seats = Arc::new(Semaphore::new(SEATS));
    tokio::spawn(async move {
        loop {
            // Who says nothing keeps a seat for a moment, not the door: the others go on.
            let Ok(seat) = seats.clone().acquire_owned().await else {
                return;
            };
            match listener.accept().await {
                Ok((stream, _)) => {
                    let asked = asked.clone();
                    tokio::spawn(async move {
                        let _ = tokio::time::timeout(LONGEST_TALK, serve(stream, &asked)).await;
                        drop(seat);
                    });
                }
                // Out of files for a moment, for example.
                Err(_) => tokio::time::sleep(Duration::from_secs(1)).await,
            }
        }
    });
    Ok(Open { path })
}

async fn serve(stream: UnixStream, asked: &mpsc::Sender<Asked>) -> std::io::Result<()> {
    // The folder keeps others out; the kernel's word on who is calling is the second lock.
    if stream.peer_cred()?.uid() != rustix::process::getuid().as_raw() {
        return Ok(());
    }
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    // A client that does not say what it wants does not keep the others waiting.
    let mut reader = BufReader::new(read.take(LONGEST));
    tokio::time::timeout(Duration::from_secs(2), reader.read_line(&mut line)).await??;
    let read = reader.into_inner().into_inner();
    // The kernel's word that the other end is closed comes within a moment, or it is not.
    let gone = tokio::time::timeout(Duration::from_millis(1), read.readable())
        .await
        .is_ok()
        && matches!(read.try_read(&mut [0]), Ok(0));
    let (line_in, mut pieces) = mpsc::channel(AHEAD);
    match serde_json::from_slice::<Envelope>(line.as_bytes()) {
        // Who asked and left needs no answer; what was to be written is written.
        Ok(envelope) if gone && !envelope.request.writes() => return Ok(()),
        Ok(envelope) => {
            if asked.send((envelope, line_in)).await.is_err() {
                return Ok(());
            }
        }
        Err(e) => {
            let _ = line_in.try_send(line_of(&Answer::refused(2, Form::Words, &e.to_string())));
            drop(line_in);
        }
    }
    while let Some(piece) = tokio::time::timeout(PATIENCE, pieces.recv()).await? {
        tokio::time::timeout(READING, write.write_all(&piece)).await??;
    }
    Ok(())
}

/// A blank before the line of the answer: who asked need not give up.
pub fn still_at_it(line: &Line) {
    let _ = line.try_send(b" ".to_vec());
}

/// Sends an answer that is whole.
pub fn tell(answer: &Answer, line: &Line) {
    let _ = line.blocking_send(line_of(answer));
}

fn line_of(answer: &Answer) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(answer).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// A thread that makes long answers and sends them, one after the other: they keep neither the store's nor
/// the desk's. Each is followed by a word that it is `listed`.
pub fn lister(listed: impl Fn() + Send + 'static) -> std::sync::mpsc::Sender<(List, Line)> {
    let (lists, todo) = std::sync::mpsc::channel::<(List, Line)>();
    let work = move || {
        for (list, line) in todo {
            // Who asked went away: the rest is not made. A mistake in one list must not be the end of all.
            let _ = catch_unwind(AssertUnwindSafe(|| send_list(list, &line)));
            listed();
        }
    };
    let _ = std::thread::Builder::new().name("lists".into()).spawn(work);
    lists
}

fn send_list(list: List, line: &Line) -> std::io::Result<()> {
    let send = |bytes: &mut Vec<u8>| {
        line.blocking_send(std::mem::take(bytes))
            .map_err(|_| std::io::ErrorKind::BrokenPipe)
    };
    // An answer with nothing in `out`, its last field, up to where that ends.
    let mut bytes = serde_json::to_vec(&Answer::default())?;
    bytes.truncate(bytes.len() - END.len());
    list.write(&mut |text| {
        let quoted = serde_json::to_vec(text)?;
        bytes.extend_from_slice(&quoted[1..quoted.len() - 1]);
        if bytes.len() >= PIECE {
            send(&mut bytes).map_err(Into::into)
        } else {
            Ok(())
        }
    })?;
    bytes.extend_from_slice(END.as_bytes());
    bytes.push(b'\n');
    Ok(send(&mut bytes)?)
}

/// How the line of an answer ends.
const END: &str = "\"}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_cannot_be_made_is_not_the_end_of_the_next() {
        let (word, listed) = std::sync::mpsc::channel();
        let lists = lister(move || word.send(()).unwrap_or_default());
        let answers = |list: List| {
            let (line, mut pieces) = mpsc::channel(AHEAD);
            lists.send((list, line)).expect("is heard");
            let bytes: Vec<u8> = std::iter::from_fn(|| pieces.blocking_recv())
                .flatten()
                .collect();
            listed.recv().expect("is listed");
            serde_json::from_slice::<Answer>(&bytes).ok()
        };
        assert_eq!(
            answers(List::new(Form::Words, "", |_| panic!("a mistake"))),
            None
        );
        let said = answers(List::new(Form::Words, "", |out| {
            (0..9_000).try_for_each(|n| out.line(&|| format!("line {n} \"\u{1f600}\"")))
        }));
        let words: Vec<String> = (0..9_000)
            .map(|n| format!("line {n} \"\u{1f600}\""))
            .collect();
        assert_eq!(
            said,
            Some(Answer {
                out: words.join("\n"),
                ..Answer::default()
            })
        );
    }
}
