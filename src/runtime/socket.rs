//! The desk's socket: private to its owner, one request a connection, bounded in size and time.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, mpsc, oneshot};

use crate::ipc::{Answer, Envelope, LONGEST, path};

/// Connections served at a time: a flood of clients waits outside.
const SEATS: usize = 16;

/// A request on its way to the keeper, and where the answer goes.
pub type Asked = (Envelope, oneshot::Sender<Answer>);

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
            let Ok(seat) = seats.clone().acquire_owned().await else { return };
            match listener.accept().await {
                Ok((stream, _)) => {
                    let asked = asked.clone();
                    tokio::spawn(async move {
                        let _ = tokio::time::timeout(Duration::from_secs(25), serve(stream, &asked)).await;
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
    let gone = tokio::time::timeout(Duration::from_millis(1), read.readable()).await.is_ok() && matches!(read.try_read(&mut [0]), Ok(0));
    let answer = match serde_json::from_slice::<Envelope>(line.as_bytes()) {
        // Who asked and left needs no answer; what was to be written is written.
        Ok(envelope) if gone && !envelope.request.writes() => return Ok(()),
        Ok(envelope) => {
            let (send, receive) = oneshot::channel();
            if asked.send((envelope, send)).await.is_err() {
                return Ok(());
            }
            // Where the store could not answer, silence is the truth: it may have been done.
            let Ok(answer) = receive.await else { return Ok(()) };
            answer
        }
        Err(e) => Answer::refused(2, &e.to_string()),
    };
    let mut bytes = serde_json::to_vec(&answer).unwrap_or_default();
    bytes.push(b'\n');
    write.write_all(&bytes).await
}
