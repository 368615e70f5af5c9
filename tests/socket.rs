//! The open desk's socket under clients that mean no good: garbage, silence, floods, other users. The
//! desk goes on, and other terminals are answered.

mod common;

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use common::{Terminal, demo, kenshin, said};

#[test]
fn garbage_is_answered_with_a_reason_or_not_at_all() {
    let home = demo(8);
    let desk = Terminal::at_portfolio(home.path());
    let mut rng = fastrand::Rng::with_seed(5);
    for round in 0..200 {
        let mut stream = UnixStream::connect(home.path().join("desk.sock")).expect("connects");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("sets");
        let mut bytes: Vec<u8> = match round % 4 {
            0 => (0..rng.usize(0..400)).map(|_| rng.u8(..)).collect(),
            1 => br#"{"id":"1","lang":"en","request":{"ask":"no-such-thing"}}"#.to_vec(),
            2 => br#"{"id":"1","lang":"xx","request":{"ask":"health","account":""#.repeat(rng.usize(1..40)),
            _ => vec![b'['; rng.usize(1..200_000)],
        };
        bytes.push(b'\n');
        let _ = stream.write_all(&bytes);
        if rng.bool() {
            let mut answer = String::new();
            let _ = stream.read_to_string(&mut answer);
            assert!(answer.is_empty() || answer.contains("\"exit\":2") || answer.contains("error"), "round {round}: {answer}");
        }
    }
    let note = kenshin(home.path(), &["note", "demo-00003", "after the garbage"]);
    assert!(note.status.success(), "{}", said(&note));
    let mut desk = desk;
    desk.types("\u{11}");
    desk.ends();
}

#[test]
fn silent_and_flooding_clients_stall_neither_the_desk_nor_the_others() {
    let home = demo(8);
    let mut desk = Terminal::at_portfolio(home.path());
    let path = home.path().join("desk.sock");
    // Forty who say nothing and do not go; forty who ask without end and never read the answer.
    let silent: Vec<_> = (0..40).filter_map(|_| UnixStream::connect(&path).ok()).collect();
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
    // The desk follows its keys meanwhile.
    for i in 0..10 {
        desk.types("n");
        desk.sees("Note on");
        desk.types(&format!("typed in the flood {i}"));
        desk.sees(&format!("typed in the flood {i}"));
        desk.types("\u{13}");
        assert!(desk.comes_to(Duration::from_secs(20), |d| !d.text().contains("Note on")), "{}", desk.text());
    }
    let sent: usize = floods.into_iter().map(|f| f.join().expect("joins")).sum();
    assert!(sent > 20, "it was a flood: {sent}");
    // And another terminal gets its turn, those who are silent notwithstanding.
    let note = kenshin(home.path(), &["note", "demo-00003", "after the flood"]);
    assert!(note.status.success(), "{}", said(&note));
    drop(silent);
    desk.types("\u{11}");
    desk.ends();
    let all = common::everything(home.path());
    assert!(all.contains("after the flood") && (0..10).all(|i| all.contains(&format!("typed in the flood {i}"))));
}

/// Run by the test below, as another user.
#[test]
#[ignore = "a part of the test below"]
fn somebody_else_asks() {
    let Ok(path) = std::env::var("KENSHIN_TEST_SOCKET") else { return };
    let mut stream = UnixStream::connect(path).expect("the test opened the way");
    // Who is refused may find the line closed before he has spoken.
    let _ = stream.write_all(b"{\"id\":\"x\",\"lang\":\"en\",\"request\":{\"ask\":\"accounts\",\"band\":null,\"query\":null}}\n");
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    assert_eq!(answer, "", "nobody else is answered");
}

#[test]
fn another_user_is_refused_even_where_the_folder_lets_him_in() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let home = demo(8);
    let mut desk = Terminal::at_portfolio(home.path());
    let path = home.path().join("desk.sock");
    assert_eq!(std::fs::metadata(&path).expect("there").permissions().mode() & 0o077, 0, "the socket is private");
    // Both locks of the file system are opened; the kernel's word on who is calling remains.
    std::fs::set_permissions(home.path(), std::fs::Permissions::from_mode(0o755)).expect("sets");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o666)).expect("sets");
    let mut other = std::process::Command::new(std::env::current_exe().expect("a path"));
    other.args(["--ignored", "--exact", "somebody_else_asks"]).env("KENSHIN_TEST_SOCKET", &path).uid(65_534).gid(65_534);
    match other.output() {
        Ok(out) => assert!(out.status.success(), "{}", said(&out)),
        Err(e) => eprintln!("skipped: this user cannot act as another ({e})"),
    }
    desk.types("\u{11}");
    desk.ends();
}
