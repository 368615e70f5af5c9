//! The client's socket under hostile peers: garbage, silence, floods, other users. The client keeps
//! working, and other terminals get answers.

mod common;

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

use common::{Terminal, command, demo, kenshin, said};

#[test]
fn garbage_is_answered_with_a_reason_or_not_at_all() {
    let home = demo(8);
    let desk = Terminal::at_portfolio(home.path());
    let mut rng = fastrand::Rng::with_seed(5);
    for round in 0..200 {
        let mut stream =
            UnixStream::connect(home.path().join("desk.sock")).expect("the socket accepts");
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .expect("the option is set");
        let mut bytes: Vec<u8> = match round % 4 {
            0 => (0..rng.usize(0..400)).map(|_| rng.u8(..)).collect(),
            1 => br#"{"id":"1","lang":"en","request":{"ask":"no-such-thing"}}"#.to_vec(),
            2 => br#"{"id":"1","lang":"xx","request":{"ask":"health","account":""#
                .repeat(rng.usize(1..40)),
            _ => vec![b'['; rng.usize(1..200_000)],
        };
        bytes.push(b'\n');
        let _ = stream.write_all(&bytes);
        if rng.bool() {
            let mut answer = String::new();
            let _ = stream.read_to_string(&mut answer);
            assert!(
                answer.is_empty() || answer.contains("\"exit\":2") || answer.contains("error"),
                "round {round}: {answer}"
            );
        }
    }
    let note = kenshin(home.path(), &["note", "demo-00003", "after the garbage"]);
    assert!(note.status.success(), "{}", said(&note));
    let mut desk = desk;
    desk.types("\u{11}");
    desk.ends();
}

#[test]
fn silent_and_flooding_peers_block_neither_the_desk_nor_other_terminals() {
    let home = demo(8);
    let mut desk = Terminal::at_portfolio(home.path());
    let path = home.path().join("desk.sock");
    // Forty connections that stay silent, and forty that send requests without reading the answers.
    let silent: Vec<_> = (0..40)
        .filter_map(|_| UnixStream::connect(&path).ok())
        .collect();
    let end = Instant::now() + Duration::from_secs(4);
    let floods: Vec<_> = (0..4)
        .map(|_| {
            let path = path.clone();
            std::thread::spawn(move || {
                let mut sent = 0;
                while Instant::now() < end {
                    if let Ok(mut s) = UnixStream::connect(&path) {
                        let _ = s.set_write_timeout(Some(Duration::from_millis(200)));
                        sent += usize::from(s.write_all(b"{\"id\":\"x\",\"lang\":\"en\",\"request\":{\"ask\":\"accounts\",\"band\":null,\"query\":null}}\n").is_ok());
                    }
                }
                sent
            })
        })
        .collect();
    // The client still reacts to keys.
    for i in 0..10 {
        desk.types("n");
        desk.sees("Note on");
        desk.types(&format!("typed in the flood {i}"));
        desk.sees(&format!("typed in the flood {i}"));
        desk.types("\u{13}");
        assert!(
            desk.comes_to(Duration::from_secs(20), |d| !d.text().contains("Note on")),
            "{}",
            desk.text()
        );
    }
    let sent: usize = floods
        .into_iter()
        .map(|f| f.join().expect("the thread ends"))
        .sum();
    assert!(sent > 20, "it was a flood: {sent}");
    // Another terminal is served in spite of the silent connections.
    let note = kenshin(home.path(), &["note", "demo-00003", "after the flood"]);
    assert!(note.status.success(), "{}", said(&note));
    drop(silent);
    desk.types("\u{11}");
    desk.ends();
    let all = common::everything(home.path());
    assert!(
        all.contains("after the flood")
            && (0..10).all(|i| all.contains(&format!("typed in the flood {i}")))
    );
}

#[test]
fn answers_are_the_same_with_and_without_a_running_desk() {
    const NOW: &str = "2026-11-22T10:04:00+09:00";
    const ASKED: [&[&str]; 13] = [
        &["accounts"],
        &["accounts", "--json"],
        &["accounts", "--band", "red", "--json"],
        &["accounts", "--query", "owner:sato band:yellow"],
        &["accounts", "--query", "nobody of this name"],
        &["today"],
        &["today", "--json"],
        &["signals"],
        &["signals", "--json"],
        &["action", "list"],
        &["action", "list", "--json"],
        &["cadence", "demo-00003", "--json"],
        &["backtest", "--json"],
    ];
    let at = |home: &Path, lang: &str, args: &[&str]| {
        let out = command(home, &[args, &["--lang", lang]].concat())
            .env("KENSHIN_NOW", NOW)
            .output()
            .expect("the command runs");
        (
            out.status.code(),
            String::from_utf8_lossy(&out.stdout).into_owned(),
            String::from_utf8_lossy(&out.stderr).into_owned(),
        )
    };
    let home = tempfile::tempdir().expect("temporary folder");
    assert_eq!(
        at(
            home.path(),
            "en",
            &["demo", "--accounts", "300", "--write-only"]
        )
        .0,
        Some(0)
    );
    let mut desk = Terminal::start(home.path(), "en", &[], &[("KENSHIN_NOW", NOW)]);
    desk.types("2");
    desk.sees("⚡");
    // The client and the other terminals see these writes.
    assert_eq!(
        at(
            home.path(),
            "en",
            &["note", "demo-00003", "said ! send the offer @me ^today"]
        )
        .0,
        Some(0)
    );
    assert_eq!(
        at(
            home.path(),
            "en",
            &["judge", "demo-00004", "red", "--reason", "they said so"]
        )
        .0,
        Some(0)
    );
    let ask = || -> Vec<_> {
        ["en", "ja"]
            .iter()
            .flat_map(|lang| ASKED.map(|args| (args, at(home.path(), lang, args))))
            .collect()
    };
    let beside = ask();
    desk.types("\u{11}");
    desk.ends();
    for (open, (args, alone)) in beside.iter().zip(ask()) {
        assert_eq!((open.0, &open.1), (args, &alone));
        assert_eq!(alone.0, Some(0), "{args:?}");
    }
    // Longer than one chunk of the socket.
    let signals = &beside
        .iter()
        .find(|(args, _)| *args == ["signals", "--json"])
        .expect("it was asked")
        .1
        .1;
    assert!(
        signals.len() > 100_000
            && serde_json::from_str::<Vec<serde_json::Value>>(signals)
                .is_ok_and(|all| all.len() > 100),
        "{}",
        signals.len()
    );
}

/// Run by the test below, as another user.
#[test]
#[ignore = "a part of the test below"]
fn somebody_else_asks() {
    let Ok(path) = std::env::var("KENSHIN_TEST_SOCKET") else {
        return;
    };
    let mut stream = UnixStream::connect(path).expect("the socket accepts");
    // The connection of a refused user may be closed before the request is sent.
    let _ = stream.write_all(b"{\"id\":\"x\",\"lang\":\"en\",\"request\":{\"ask\":\"accounts\",\"band\":null,\"query\":null}}\n");
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    assert_eq!(answer, "", "nobody else is answered");
}

#[test]
fn another_user_is_refused_even_with_file_permissions() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let home = demo(8);
    let mut desk = Terminal::at_portfolio(home.path());
    let path = home.path().join("desk.sock");
    assert_eq!(
        std::fs::metadata(&path)
            .expect("the file exists")
            .permissions()
            .mode()
            & 0o077,
        0,
        "the socket is private"
    );
    // The permissions of the file system are opened; only the kernel's peer credentials protect the
    // socket.
    std::fs::set_permissions(home.path(), std::fs::Permissions::from_mode(0o755))
        .expect("the permissions are set");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o666))
        .expect("the permissions are set");
    let mut other = std::process::Command::new(std::env::current_exe().expect("a path"));
    other
        .args(["--ignored", "--exact", "somebody_else_asks"])
        .env("KENSHIN_TEST_SOCKET", &path)
        .uid(65_534)
        .gid(65_534);
    match other.output() {
        Ok(out) => assert!(out.status.success(), "{}", said(&out)),
        Err(e) => eprintln!("skipped: this user cannot act as another ({e})"),
    }
    desk.types("\u{11}");
    desk.ends();
}
