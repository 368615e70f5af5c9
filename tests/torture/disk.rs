//! A disk that is full, or fills up during a write: the failure is reported, and nothing
//! acknowledged is missing once there is space again. Needs the right to mount a small file system,
//! and reports if it is missing.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::common::{command, everything, run};
use super::{Ledger, rng, rounds, tickets};

/// A separate file system of 96 MB.
struct Disk {
    dir: tempfile::TempDir,
}

impl Disk {
    fn mount() -> Option<Self> {
        let dir = tempfile::tempdir().expect("temporary folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=96m", "tmpfs"])
            .arg(dir.path())
            .stderr(Stdio::null())
            .status();
        mounted.is_ok_and(|s| s.success()).then_some(Self { dir })
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.dir.path()).status();
    }
}

/// Fills the disk until `leave` bytes are left, or nothing more fits.
fn fill(path: &Path, leave: u64) {
    let stat = rustix_free(path.parent().expect("a folder"));
    let mut rest = stat.saturating_sub(leave);
    let mut file = std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(path)
        .expect("the file opens");
    let block = vec![0_u8; 64 * 1024];
    while rest > 0 {
        let n = block.len().min(rest as usize);
        if file.write_all(&block[..n]).is_err() {
            break;
        }
        rest -= n as u64;
    }
}

fn rustix_free(dir: &Path) -> u64 {
    let out = Command::new("df")
        .args(["--output=avail", "-B1"])
        .arg(dir)
        .output()
        .expect("the command runs");
    String::from_utf8_lossy(&out.stdout)
        .lines()
        .last()
        .and_then(|l| l.trim().parse().ok())
        .expect("a number")
}

#[test]
#[ignore = "minutes; CI runs it"]
fn a_full_disk_is_reported_and_loses_nothing() {
    let Some(disk) = Disk::mount() else {
        eprintln!("skipped: no right to mount a small disk here");
        return;
    };
    let home = disk.path().join("home");
    std::fs::create_dir(&home).expect("the folder is created");
    run(&home, &["demo", "--accounts", "8", "--write-only"]);
    let files = tempfile::tempdir().expect("temporary folder");
    let filler = disk.path().join("filler");
    let mut rng = rng(41);
    let mut ledger = Ledger::default();
    let (mut refused, mut kept) = (0, 0);
    for round in 0..rounds(200) {
        let word = format!("full{round:03}");
        // Around the free space that a write requires; sometimes the disk fills up during the work.
        let during = rng.u32(0..3) == 0;
        fill(
            &filler,
            if during {
                40 << 20
            } else {
                rng.u64(0..48 << 20)
            },
        );
        let import = rng.u32(0..3) == 0;
        let file = tickets(files.path(), &word, 40);
        let args: &[&str] = if import {
            &["import", &file, "--yes"]
        } else {
            &["note", "demo-00001", &word]
        };
        let mut child = command(&home, args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the process starts");
        if during {
            std::thread::sleep(Duration::from_micros(rng.u64(0..60_000)));
            fill(&filler, 0);
        }
        // The command must not wait forever for space.
        let end = Instant::now() + Duration::from_secs(40);
        while child.try_wait().expect("the process ends").is_none() {
            if Instant::now() > end {
                let _ = child.kill();
                panic!("round {round}: it hung on a full disk");
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        let out = child.wait_with_output().expect("the process ends");
        let words = super::common::said(&out);
        let done = out.status.success();
        if done {
            kept += 1;
        } else {
            refused += 1;
            assert!(
                !out.stderr.is_empty() && !words.contains("panicked"),
                "round {round}: {words}"
            );
        }
        match import {
            true => ledger.imports.push((format!("about {word}."), 40, done)),
            false if done => drop(ledger.kept.insert(word)),
            false => {}
        }
        std::fs::remove_file(&filler).expect("the file is removed");
        if round % 10 == 9 {
            ledger.check(&everything(&home), &format!("round {round}"));
        }
    }
    ledger.check(&everything(&home), "at the end");
    run(&home, &["verify"]);
    assert!(refused > 0 && kept > 0, "{refused} refused, {kept} kept");
    eprintln!("{refused} refused, {kept} kept");
}
