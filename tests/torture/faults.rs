//! Failing writes and syncs: the real binary with a preloaded file layer (`shim.rs`), built here
//! with the compiler that built the test. Reports if it cannot be loaded.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::common::{command, demo, everything, run, said};
use super::{Ledger, rng, rounds, tickets};

/// Builds the library in a folder.
fn shim(dir: &Path) -> Option<PathBuf> {
    let out = dir.join("libshim.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/torture/shim.rs");
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
    let built = Command::new(rustc)
        .args(["--edition", "2024", "--crate-type", "cdylib", "-O", "-o"])
        .arg(&out)
        .arg(source)
        .stdout(Stdio::null())
        .status();
    (cfg!(target_os = "linux") && built.is_ok_and(|s| s.success())).then_some(out)
}

#[test]
#[ignore = "minutes; CI runs it"]
fn failing_writes_and_syncs_are_reported_and_lose_nothing() {
    let tools = tempfile::tempdir().expect("temporary folder");
    let Some(library) = shim(tools.path()) else {
        eprintln!("skipped: no file layer can be put in front here");
        return;
    };
    let home = demo(8);
    let home = home.path();
    let mut rng = rng(51);
    let mut ledger = Ledger::default();
    let (mut failed, mut done) = (0, 0);
    for round in 0..rounds(200) {
        let word = format!("fault{round:03}");
        let kind = ["write", "full", "short", "sync"][rng.usize(0..4)];
        let import = rng.u32(0..3) == 0;
        let file = tickets(tools.path(), &word, 40);
        let args: &[&str] = if import {
            &["import", &file, "--yes"]
        } else {
            &["note", "demo-00001", &word]
        };
        let mut command = command(home, args);
        command
            .env("LD_PRELOAD", &library)
            .env("FAULT_DIR", home)
            .env("FAULT_KIND", kind)
            .env("FAULT_AT", rng.u32(0..14).to_string());
        if rng.bool() {
            command.env("FAULT_ONCE", "1");
        }
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the process starts");
        let end = Instant::now() + Duration::from_secs(40);
        while child.try_wait().expect("the process ends").is_none() {
            if Instant::now() > end {
                let _ = child.kill();
                panic!("round {round}: it hung where {kind} fails");
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        let out = child.wait_with_output().expect("the process ends");
        let ok = out.status.success();
        if ok {
            done += 1;
        } else {
            failed += 1;
            assert!(
                !out.stderr.is_empty() && !said(&out).contains("panicked"),
                "round {round} ({kind}): {}",
                said(&out)
            );
        }
        match import {
            true => ledger.imports.push((format!("about {word}."), 40, ok)),
            false if ok => drop(ledger.kept.insert(word)),
            false => {}
        }
        if round % 10 == 9 {
            ledger.check(&everything(home), &format!("round {round}"));
        }
    }
    ledger.check(&everything(home), "at the end");
    run(home, &["verify"]);
    assert!(failed > 0 && done > 0, "{failed} failed, {done} done");
    eprintln!("{failed} failed, {done} done");
}
