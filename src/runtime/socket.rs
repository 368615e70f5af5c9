//! The desk's socket: private to its owner, with one request per connection, limited in size and
//! time. While an answer is made, a blank is sent every few seconds. This file must not know the
//! questions.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, mpsc};

use super::listing::List;
use super::pulse::Pulse;
use super::question::{Asked, Questions};
use crate::ipc::{Answer, Envelope, Form, LONGEST, path};
use crate::words::Lang;

/// Connections served at a time; further ones wait.
const SEATS: usize = 16;

/// Receives an answer's line in pieces.
pub type Line = mpsc::Sender<Vec<u8>>;

/// A question for the store's thread, and the channel for its answer.
pub struct Incoming {
    /// The id of the request, so that it is carried out only once.
    pub id: String,
    /// The language of the asker; `None` for an unknown one.
    pub lang: Option<Lang>,
    pub form: Form,
    pub asked: Box<dyn Asked>,
    pub line: Line,
}

/// The parts with which the desk answers other terminals.
#[derive(Clone)]
pub struct Hearing {
    pub questions: &'static Questions,
    /// The pulse of the store's thread.
    pub pulse: Pulse,
    /// The channel for questions.
    pub incoming: mpsc::Sender<Incoming>,
}

/// Pieces in the channel at a time.
const AHEAD: usize = 4;
/// Bytes per piece.
const PIECE: usize = 1 << 16;

/// The interval of blanks while the answer is made.
const SIGN: Duration = Duration::from_secs(1);
/// How long the store's thread may do nothing while an answer is awaited, and how long one piece
/// may take.
const PATIENCE: Duration = Duration::from_secs(25);
/// How long the asker may take to read a piece: a slow reader must not block lists for others.
const READING: Duration = Duration::from_secs(5);
/// How long a connection may last: a back-test of a hundred thousand accounts takes minutes.
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

/// Listens for other terminals. Only the holder of the lock calls this, so it may remove the socket
/// of a killed desk.
pub fn listen(home: &Path, hearing: Hearing) -> std::io::Result<Open> {
    use std::os::unix::fs::PermissionsExt;
    let path = path(home).ok_or(std::io::ErrorKind::PermissionDenied)?;
    let _ = std::fs::remove_file(&path);
    let listener = UnixListener::bind(&path)?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    let seats = Arc::new(Semaphore::new(SEATS));
    tokio::spawn(async move {
        loop {
            // A silent client occupies one connection for a moment; the others are served.
            let Ok(seat) = seats.clone().acquire_owned().await else {
                return;
            };
            match listener.accept().await {
                Ok((stream, _)) => {
                    let hearing = hearing.clone();
                    tokio::spawn(async move {
                        let _ = tokio::time::timeout(LONGEST_TALK, serve(stream, &hearing)).await;
                        drop(seat);
                    });
                }
                // The process may have too many open files for a moment.
                Err(_) => tokio::time::sleep(Duration::from_secs(1)).await,
            }
        }
    });
    Ok(Open { path })
}

async fn serve(stream: UnixStream, hearing: &Hearing) -> std::io::Result<()> {
    // The folder's permissions keep other users out; the kernel's peer credentials are a second
    // check.
    if stream.peer_cred()?.uid() != rustix::process::getuid().as_raw() {
        return Ok(());
    }
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    // A silent client must not block the others.
    let mut reader = BufReader::new(read.take(LONGEST));
    tokio::time::timeout(Duration::from_secs(2), reader.read_line(&mut line)).await??;
    let read = reader.into_inner().into_inner();
    // The kernel reports within a moment that the other end is closed, or it is open.
    let gone = tokio::time::timeout(Duration::from_millis(1), read.readable())
        .await
        .is_ok()
        && matches!(read.try_read(&mut [0]), Ok(0));
    let (line_in, mut pieces) = mpsc::channel(AHEAD);
    match understood(&line, hearing.questions, line_in.clone()) {
        // A client that has left needs no answer; its change is made all the same.
        Ok(incoming) if gone && !incoming.asked.writes() => return Ok(()),
        Ok(incoming) => {
            if hearing.incoming.send(incoming).await.is_err() {
                return Ok(());
            }
        }
        Err(reason) => {
            let _ = line_in.try_send(line_of(&Answer::refused(2, Form::Words, &reason)));
        }
    }
    drop(line_in);
    let mut next = first_piece(&mut pieces, &mut write, &hearing.pulse).await?;
    while let Some(piece) = next {
        tokio::time::timeout(READING, write.write_all(&piece)).await??;
        next = tokio::time::timeout(PATIENCE, pieces.recv()).await?;
    }
    Ok(())
}

/// Reads the question in a line.
fn understood(line: &str, questions: &Questions, back: Line) -> Result<Incoming, String> {
    let envelope: Envelope = serde_json::from_str(line).map_err(|e| e.to_string())?;
    Ok(Incoming {
        asked: questions.read(&envelope.request)?,
        id: envelope.id,
        lang: Lang::parse(&envelope.lang),
        form: envelope.form,
        line: back,
    })
}

/// Waits for the first piece of an answer and sends blanks meanwhile: the asker waits as long as
/// the store's thread makes progress, also on other work.
async fn first_piece(
    pieces: &mut mpsc::Receiver<Vec<u8>>,
    write: &mut (impl AsyncWriteExt + Unpin),
    pulse: &Pulse,
) -> std::io::Result<Option<Vec<u8>>> {
    let (mut count, mut idle) = (pulse.count(), Duration::ZERO);
    loop {
        if let Ok(piece) = tokio::time::timeout(SIGN, pieces.recv()).await {
            return Ok(piece);
        }
        let now = pulse.count();
        idle = if now == count {
            idle + SIGN
        } else {
            Duration::ZERO
        };
        if idle >= PATIENCE {
            return Err(std::io::ErrorKind::TimedOut.into());
        }
        count = now;
        tokio::time::timeout(READING, write.write_all(b" ")).await??;
    }
}

/// Sends a complete answer.
pub fn send(answer: &Answer, line: &Line) {
    let _ = line.blocking_send(line_of(answer));
}

fn line_of(answer: &Answer) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(answer).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// Starts the thread that makes and sends long answers one after the other, so that they block
/// neither the store's thread nor the desk's. `listed` is called after each.
pub fn lister(
    pulse: Pulse,
    listed: impl Fn() + Send + 'static,
) -> std::sync::mpsc::Sender<(List, Line)> {
    let (lists, todo) = std::sync::mpsc::channel::<(List, Line)>();
    let work = move || {
        for (list, line) in todo {
            // If the asker has left, the rest is not made. A panic in one list must not prevent the
            // others.
            let _ = catch_unwind(AssertUnwindSafe(|| send_list(list, &line, &pulse)));
            listed();
        }
    };
    let _ = std::thread::Builder::new().name("lists".into()).spawn(work);
    lists
}

fn send_list(list: List, line: &Line, pulse: &Pulse) -> std::io::Result<()> {
    let send = |bytes: &mut Vec<u8>| {
        // Progress here counts for the requests that wait for this list.
        pulse.beat();
        line.blocking_send(std::mem::take(bytes))
            .map_err(|_| std::io::ErrorKind::BrokenPipe)
    };
    // The JSON of an answer up to the end of an empty `out`, its last field.
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

/// The end of an answer's line.
const END: &str = "\"}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_list_does_not_prevent_the_next() {
        let (word, listed) = std::sync::mpsc::channel();
        let lists = lister(Pulse::default(), move || word.send(()).unwrap_or_default());
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
