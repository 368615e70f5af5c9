//! kill -9 at two hundred random moments: during capture, import and typing. What was acknowledged
//! is there, drafts come back, and the store opens.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use kenshin::store::drafts;

fn command(home: &Path, args: &[&str]) -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_kenshin"));
    c.args(args).env_clear().env("KENSHIN_HOME", home).env("KENSHIN_LANG", "en").env("USER", "sato").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    c
}

fn run(home: &Path, args: &[&str]) -> String {
    let out = command(home, args).output().expect("runs");
    assert!(out.status.success(), "{args:?}: {}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).into_owned()
}

fn demo() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("dir");
    run(home.path(), &["demo", "--accounts", "8", "--write-only"]);
    home
}

fn everything(home: &Path) -> String {
    let dir = tempfile::tempdir().expect("dir");
    run(home, &["export", "--all", &dir.path().display().to_string()]);
    std::fs::read_to_string(dir.path().join("kenshin-export.jsonl")).expect("reads")
}

/// Starts, waits a random while, kills. Answers what it had said by then.
fn killed(home: &Path, args: &[&str], within_ms: u64, rng: &mut fastrand::Rng) -> String {
    let mut child = command(home, args).spawn().expect("starts");
    std::thread::sleep(Duration::from_micros(rng.u64(0..within_ms * 1_000)));
    let _ = child.kill();
    let mut said = String::new();
    let _ = child.stdout.take().expect("piped").read_to_string(&mut said);
    let _ = child.wait();
    said
}

#[test]
fn captures_that_were_acknowledged_survive() {
    let home = demo();
    let mut rng = fastrand::Rng::with_seed(41);
    let mut kept = Vec::new();
    for i in 0..120 {
        let text = format!("moment-{i:03}");
        if killed(home.path(), &["note", "demo-00001", &text], 160, &mut rng).contains("Kept") {
            kept.push(text);
        }
    }
    let all = everything(home.path());
    assert!(kept.len() > 5 && kept.len() < 120, "the moments were spread: {}", kept.len());
    for text in kept {
        assert!(all.contains(&text), "{text} was acknowledged and is gone");
    }
    run(home.path(), &["verify"]);
}

#[test]
fn an_import_is_whole_or_not_there() {
    let home = demo();
    let mut rng = fastrand::Rng::with_seed(42);
    let mut tickets = String::from("ticket_id,account,subject,opened\n");
    let mut usage = String::from("account_id,date,DAU,logins\n");
    for i in 0..2_500 {
        tickets.push_str(&format!("K{i},demo-{:05},killed import,2026-01-{:02}\n", i % 8, i % 28 + 1));
        usage.push_str(&format!("demo-{:05},20{:02}-{:02}-{:02},{i},{}\n", i % 8, 10 + i / 336, i / 28 % 12 + 1, i % 28 + 1, i * 2));
    }
    let (a, b) = (home.path().join("tickets.csv"), home.path().join("usage.csv"));
    std::fs::write(&a, tickets).expect("writes");
    std::fs::write(&b, usage).expect("writes");
    let args = ["import", &a.display().to_string(), &b.display().to_string(), "--yes"];
    let (mut whole, mut none) = (0, 0);
    for _ in 0..50 {
        let said = killed(home.path(), &args, 900, &mut rng);
        let n = everything(home.path()).matches("killed import").count();
        assert!(n == 0 || n == 2_500, "{n} of 2500 came in");
        assert!(n == 2_500 || !said.contains("Imported"), "acknowledged and gone");
        if n > 0 {
            whole += 1;
            run(home.path(), &["undo"]);
        } else {
            none += 1;
        }
    }
    assert!(whole > 0 && none > 0, "the moments were spread: {whole} whole, {none} none");
    run(home.path(), &["verify"]);
}

/// A desk in a real terminal, to be killed.
struct Doomed {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    writer: Box<dyn std::io::Write + Send>,
    _master: Box<dyn portable_pty::MasterPty + Send>,
}

impl Doomed {
    fn open(home: &Path) -> Self {
        use portable_pty::{CommandBuilder, PtySize, native_pty_system};
        let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).expect("a pty");
        let mut c = CommandBuilder::new(env!("CARGO_BIN_EXE_kenshin"));
        c.env_clear();
        for (k, v) in [("KENSHIN_LANG", "en"), ("TERM", "xterm-256color"), ("USER", "sato")] {
            c.env(k, v);
        }
        c.env("KENSHIN_HOME", home);
        let child = pair.slave.spawn_command(c).expect("starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while matches!(reader.read(&mut buffer), Ok(n) if n > 0) {}
        });
        let writer = pair.master.take_writer().expect("a writer");
        std::thread::sleep(Duration::from_millis(900));
        Self { child, writer, _master: pair.master }
    }

    fn types(&mut self, text: &str) {
        use std::io::Write;
        self.writer.write_all(text.as_bytes()).expect("types");
        self.writer.flush().expect("types");
    }

    fn die(mut self) {
        self.child.kill().expect("kill -9");
        let _ = self.child.wait();
    }
}

/// How often a desk is killed in each test; more with `KENSHIN_KILLS`.
fn rounds(usual: u64) -> u64 {
    std::env::var("KENSHIN_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

#[test]
fn what_was_typed_comes_back() {
    let home = demo();
    let mut rng = fastrand::Rng::with_seed(43);
    for round in 0..rounds(25) {
        let mut desk = Doomed::open(home.path());
        desk.types("n");
        std::thread::sleep(Duration::from_millis(250));
        let settled = format!("<{round:02} 日本語 settled>");
        desk.types(&settled);
        std::thread::sleep(Duration::from_millis(450 + rng.u64(0..200)));
        desk.types("and a few more letters");
        std::thread::sleep(Duration::from_millis(rng.u64(0..120)));
        desk.die();
        let (found, bad) = drafts::load(home.path());
        assert_eq!(bad, Vec::<String>::new(), "no half-written draft");
        assert!(found.iter().any(|d| d.body["text"].as_str().is_some_and(|t| t.contains(&settled))), "round {round}: {settled} is gone: {found:?}");
    }
    run(home.path(), &["verify"]);
}

#[test]
fn a_call_comes_back_with_all_that_was_said_on_the_same_account() {
    let home = demo();
    let mut rng = fastrand::Rng::with_seed(44);
    let mut said: Vec<String> = Vec::new();
    let mut account = None;
    for round in 0..rounds(20) {
        let mut desk = Doomed::open(home.path());
        // The first time a call is begun; then it is offered again.
        for key in if round == 0 { ["c", "\r", "\r"] } else { ["\r", "", ""] } {
            desk.types(key);
            std::thread::sleep(Duration::from_millis(if key.is_empty() { 0 } else { 200 }));
        }
        let line = format!("[{round:03} 話した内容]");
        desk.types(&line);
        desk.types("\r");
        // At times a section is left in between.
        if rng.bool() {
            desk.types("\u{1b}[19~");
        }
        said.push(line);
        std::thread::sleep(Duration::from_millis(450 + rng.u64(0..200)));
        desk.types("and then");
        std::thread::sleep(Duration::from_millis(rng.u64(0..120)));
        desk.die();
        let (found, bad) = drafts::load(home.path());
        assert_eq!(bad, Vec::<String>::new());
        let calls: Vec<_> = found.iter().filter(|d| d.key.starts_with("checkin/")).collect();
        assert_eq!(calls.len(), 1, "one call, one draft");
        let here = calls[0].body["account"].clone();
        assert_eq!(*account.get_or_insert(here.clone()), here, "never on another account");
        let text = calls[0].body.to_string();
        for line in &said {
            assert!(text.contains(line.as_str()), "round {round}: {line} is gone");
        }
    }
    run(home.path(), &["verify"]);
}
