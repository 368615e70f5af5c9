//! Shared by the tests: builders, a data folder with the demo, the binary as a command, and
//! the client in a pseudo-terminal read through a terminal emulator.

// Every test binary uses a different part of this file.
#![allow(dead_code)]

pub mod build;
pub mod importing;
pub mod on_day;
pub mod zipped;

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use kenshin::testing::ipc::{Answer, Form};
use kenshin::testing::runtime::headless::Desk;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use serde_json::Value;

/// The binary, without this machine's environment.
pub fn command(home: &Path, args: &[&str]) -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_kenshin"));
    c.args(args)
        .env_clear()
        .env("KENSHIN_HOME", home)
        .env("KENSHIN_LANG", "en")
        .env("USER", "sato")
        .stdin(Stdio::null());
    c
}

pub fn kenshin(home: &Path, args: &[&str]) -> Output {
    command(home, args).output().expect("the command runs")
}

/// Copies a folder with all it holds, for its owner alone, as the program makes them.
pub fn copy(from: &Path, to: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let private = |path: &Path, mode| {
        let mode = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(path, mode).expect("it is ours");
    };
    std::fs::create_dir_all(to).expect("the folder is created");
    private(to, 0o700);
    for entry in std::fs::read_dir(from)
        .expect("the folder is readable")
        .map(|e| e.expect("a directory entry"))
    {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy(&source, &target);
        } else {
            std::fs::copy(&source, &target).expect("the file is copied");
            private(&target, 0o600);
        }
    }
}

/// Like [`kenshin`], but fails unless the command succeeds. Returns the output.
pub fn run(home: &Path, args: &[&str]) -> String {
    let out = kenshin(home, args);
    assert!(out.status.success(), "{args:?}: {}", said(&out));
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// All output, errors included.
pub fn said(out: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&out.stdout),
        String::from_utf8_lossy(&out.stderr)
    )
}

pub fn demo(accounts: u32) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("temporary folder");
    run(
        home.path(),
        &["demo", "--accounts", &accounts.to_string(), "--write-only"],
    );
    home
}

/// The whole store as lines of JSON.
pub fn everything(home: &Path) -> String {
    let dir = tempfile::tempdir().expect("temporary folder");
    run(
        home,
        &[
            "export",
            "--all",
            &dir.path().display().to_string(),
            "--include-private",
        ],
    );
    std::fs::read_to_string(dir.path().join("kenshin-export.jsonl")).expect("the file is readable")
}

/// Asks a headless desk as another terminal would: `{"ask": "today"}`.
pub fn ask(desk: &mut Desk, form: Form, request: Value) -> Answer {
    desk.ask(&kenshin::testing::commands::QUESTIONS, form, &request)
}

/// The client in a terminal of 120×36.
pub struct Terminal {
    pub screen: Arc<Mutex<vt100::Parser>>,
    /// Every byte that the client wrote.
    pub raw: Arc<Mutex<Vec<u8>>>,
    pub writer: Box<dyn Write + Send>,
    pub child: Box<dyn portable_pty::Child + Send + Sync>,
    /// The terminal takes no more output, like that of a connection that hangs.
    pub deaf: Arc<AtomicBool>,
    master: Box<dyn portable_pty::MasterPty + Send>,
}

/// A terminal of this size.
fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

impl Terminal {
    pub fn open(home: &Path, lang: &str, args: &[&str]) -> Self {
        Self::start(home, lang, args, &[])
    }

    pub fn start(home: &Path, lang: &str, args: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut program = vec![env!("CARGO_BIN_EXE_kenshin")];
        program.extend(args);
        Self::run(home, lang, &program, environment)
    }

    /// A shell with job control, in which `kenshin` starts the client.
    pub fn shell(home: &Path, environment: &[(&str, &str)]) -> Self {
        let bin = Path::new(env!("CARGO_BIN_EXE_kenshin")).parent();
        let path = format!("{}:/usr/bin:/bin", bin.expect("a folder").display());
        let mut all = vec![("PATH", path.as_str()), ("PS1", "$ ")];
        all.extend(environment);
        let shell = Self::run(home, "en", &["/bin/sh", "-i"], &all);
        shell.sees("$ ");
        shell
    }

    fn run(home: &Path, lang: &str, program: &[&str], environment: &[(&str, &str)]) -> Self {
        let pair = native_pty_system().openpty(size(120, 36)).expect("a pty");
        let mut command = CommandBuilder::new(program[0]);
        command.args(&program[1..]);
        command.env_clear();
        for (k, v) in [
            ("KENSHIN_LANG", lang),
            ("TERM", "xterm-256color"),
            ("USER", "sato"),
            ("PATH", "/usr/bin:/bin"),
        ]
        .iter()
        .chain(environment)
        {
            command.env(k, v);
        }
        command.env("KENSHIN_HOME", home);
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the process starts");
        drop(pair.slave);
        let (rows, columns) = (
            36.try_into().expect("rows"),
            120.try_into().expect("columns"),
        );
        let screen = Arc::new(Mutex::new(vt100::Parser::new(rows, columns, 0)));
        let raw = Arc::new(Mutex::new(Vec::new()));
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (s, r) = (screen.clone(), raw.clone());
        let deaf = Arc::new(AtomicBool::new(false));
        let is_deaf = deaf.clone();
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(n) = reader.read(&mut buffer) {
                if n == 0 {
                    break;
                }
                while is_deaf.load(Ordering::Acquire) {
                    std::thread::sleep(Duration::from_millis(10));
                }
                s.lock()
                    .expect("the lock is available")
                    .process(&buffer[..n]);
                r.lock()
                    .expect("the lock is available")
                    .extend_from_slice(&buffer[..n]);
            }
        });
        let writer = pair.master.take_writer().expect("a writer");
        Self {
            screen,
            raw,
            writer,
            child,
            deaf,
            master: pair.master,
        }
    }

    /// Gives the terminal another size. The emulator keeps its own.
    pub fn resize(&self, columns: u16, rows: u16) {
        let resized = self.master.resize(size(columns, rows));
        resized.expect("the terminal is resized");
    }

    /// A client with its accounts loaded, at the portfolio, or at the question about an interrupted
    /// call if that came before the key for the portfolio.
    pub fn at_portfolio(home: &Path) -> Self {
        let mut desk = Self::open(home, "en", &[]);
        desk.types("2");
        let there = desk.comes_to(Duration::from_secs(20), |t| {
            ["⚡", "Interrupted check-in"]
                .iter()
                .any(|sign| t.text().contains(sign))
        });
        assert!(
            there,
            "neither the portfolio nor a question:\n{}",
            desk.text()
        );
        desk
    }

    pub fn text(&self) -> String {
        self.screen
            .lock()
            .expect("the lock is available")
            .screen()
            .contents()
    }

    /// Waits until the screen shows a text.
    pub fn sees(&self, text: &str) {
        assert!(
            self.comes_to(Duration::from_secs(20), |t| t.text().contains(text)),
            "never saw {text:?}:\n{}",
            self.text()
        );
    }

    /// Whether a condition becomes true in time.
    pub fn comes_to(&self, within: Duration, mut what: impl FnMut(&Self) -> bool) -> bool {
        let end = Instant::now() + within;
        while !what(self) {
            if Instant::now() > end {
                return false;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        true
    }

    pub fn types(&mut self, text: &str) {
        // A client that has ended ignores keys; the caller checks what is on disk.
        let _ = self.writer.write_all(text.as_bytes());
        let _ = self.writer.flush();
    }

    pub fn ends(mut self) {
        let end = Instant::now() + Duration::from_secs(20);
        while self.child.try_wait().expect("the process ends").is_none() {
            assert!(Instant::now() < end, "never ended:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// kill -9.
    pub fn dies(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    pub fn signal(&self, name: &str) {
        signal(self.child.process_id().expect("an id"), name);
    }
}

/// Sends a signal to a process.
pub fn signal(id: u32, name: &str) {
    let mut kill = Command::new("kill");
    kill.args([&format!("-{name}"), &id.to_string()]);
    assert!(kill.status().expect("the command runs").success());
}
