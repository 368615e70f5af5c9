//! kill -9 at random moments of every kind of work: captures, edits, imports, backups, restores and
//! migrations.

use std::io::Read;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::common::{command, demo, everything, run};
use super::{Ledger, rng, rounds, tickets};

/// Starts a command and kills it after a time; `None` lets it finish. Returns its output up to
/// then.
fn killed(home: &Path, args: &[&str], after: Option<Duration>) -> String {
    let mut child = command(home, args)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the process starts");
    if let Some(after) = after {
        std::thread::sleep(after);
        let _ = child.kill();
    }
    let mut said = String::new();
    let _ = child
        .stdout
        .take()
        .expect("standard output")
        .read_to_string(&mut said);
    let _ = child.wait();
    said
}

/// How long a kind of work takes without a kill. Kill times are drawn from a slightly larger range.
fn span(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed().mul_f64(1.4)
}

#[test]
#[ignore = "minutes; CI runs it"]
fn acknowledged_data_survives_kill_9() {
    let home = demo(8);
    let home = home.path();
    let files = tempfile::tempdir().expect("temporary folder");
    let mut rng = rng(1);
    let mut ledger = Ledger::default();
    let backup = files.path().join("b.kenshin").display().to_string();
    let note = |text: &str| ["note", "demo-00001", text].map(str::to_owned).to_vec();
    let spans = [
        span(|| drop(run(home, &["note", "demo-00001", "first"]))),
        span(|| {
            drop(run(
                home,
                &["import", &tickets(files.path(), "first", 40), "--yes"],
            ))
        }),
        span(|| drop(run(home, &["backup", &backup]))),
        span(|| drop(run(home, &["restore", &backup]))),
    ];
    let (mut lived, total) = (0, rounds(1_000));
    for round in 0..total {
        let word = format!("moment{round:04}");
        let which = rng.u32(0..100);
        let (kind, args, proof) = match which {
            0..35 => (0, note(&word), "Kept"),
            35..48 => (
                0,
                ["action", "add", "demo-00002", &word]
                    .map(str::to_owned)
                    .to_vec(),
                "Kept",
            ),
            48..58 => (
                0,
                ["context", "demo-00003", "--source", "mail", &word]
                    .map(str::to_owned)
                    .to_vec(),
                "Kept",
            ),
            58..66 => (
                0,
                ["judge", "demo-00004", "red", "--reason", &word]
                    .map(str::to_owned)
                    .to_vec(),
                "\u{0}",
            ),
            66..82 => (
                1,
                ["import", &tickets(files.path(), &word, 40), "--yes"]
                    .map(str::to_owned)
                    .to_vec(),
                "Imported",
            ),
            82..91 => (
                2,
                ["backup", &format!("{backup}-{round}")]
                    .map(str::to_owned)
                    .to_vec(),
                "Backup",
            ),
            _ => (
                3,
                ["restore", &backup].map(str::to_owned).to_vec(),
                "Restored",
            ),
        };
        if kind == 3 {
            // Takes a backup of the current state, so that the restore loses nothing.
            run(home, &["backup", &backup]);
        }
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        // Up to one and a half times the first duration, because under load it takes longer, and
        // enough runs must finish.
        let moment = Duration::from_micros(rng.u64(0..spans[kind].as_micros() as u64 * 3 / 2));
        let acknowledged = killed(home, &args, Some(moment)).contains(proof);
        lived += usize::from(acknowledged);
        match kind {
            0 if acknowledged => {
                ledger.kept.insert(word);
            }
            1 => ledger
                .imports
                .push((format!("about {word}."), 40, acknowledged)),
            2 => {
                let file = format!("{backup}-{round}");
                assert!(
                    acknowledged <= Path::new(&file).exists(),
                    "a backup that was acknowledged is not there"
                );
                if Path::new(&file).exists() {
                    let other = tempfile::tempdir().expect("temporary folder");
                    run(other.path(), &["restore", &file]);
                    ledger.check(
                        &everything(other.path()),
                        &format!("round {round}, from its backup"),
                    );
                    std::fs::remove_file(&file).expect("the file is removed");
                }
            }
            _ => {}
        }
        if kind == 3 || round % 25 == 24 {
            ledger.check(&everything(home), &format!("round {round}"));
        }
    }
    ledger.check(&everything(home), "at the end");
    run(home, &["verify"]);
    assert!(
        lived > total / 20 && lived < total * 19 / 20,
        "the moments were spread: {lived} of {total} lived"
    );
    eprintln!(
        "{total} rounds, {lived} acknowledged, {} texts and {} imports checked",
        ledger.kept.len(),
        ledger.imports.len()
    );
}

/// An interrupted import in several parts is rolled back completely.
#[test]
#[ignore = "minutes; CI runs it"]
fn a_long_import_is_complete_or_absent() {
    let home = demo(8);
    let mut rng = rng(2);
    let path = tickets(home.path(), "long", 2_500);
    let mut usage = String::from("account_id,date,DAU,logins\n");
    for i in 0..2_500 {
        usage.push_str(&format!(
            "demo-{:05},20{:02}-{:02}-{:02},{i},{}\n",
            i % 8,
            10 + i / 336,
            i / 28 % 12 + 1,
            i % 28 + 1,
            i * 2
        ));
    }
    let other = home.path().join("usage.csv");
    std::fs::write(&other, usage).expect("the file is written");
    let args = ["import", &path, &other.display().to_string(), "--yes"];
    let usual = span(|| drop(run(home.path(), &args)));
    run(home.path(), &["undo"]);
    let (mut whole, mut none) = (0, 0);
    for _ in 0..rounds(80) {
        let said = killed(
            home.path(),
            &args,
            Some(Duration::from_micros(rng.u64(0..usual.as_micros() as u64))),
        );
        let n = everything(home.path()).matches("about long.").count();
        assert!(n == 0 || n == 2_500, "{n} of 2500 came in");
        assert!(
            n == 2_500 || !said.contains("Imported"),
            "acknowledged and gone"
        );
        if n > 0 {
            whole += 1;
            run(home.path(), &["undo"]);
        } else {
            none += 1;
        }
    }
    assert!(
        whole + none > 0 && none > 0,
        "the moments were spread: {whole} whole, {none} none"
    );
    run(home.path(), &["verify"]);
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("the folder is created");
    for entry in std::fs::read_dir(from)
        .expect("the folder is readable")
        .map(|e| e.expect("a directory entry").path())
    {
        let target = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            copy(&entry, &target);
        } else {
            std::fs::copy(&entry, &target).expect("the file is copied");
        }
    }
}

#[test]
#[ignore = "minutes; CI runs it"]
fn a_kill_during_a_migration_loses_nothing() {
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stores/schema-2");
    let mut rng = rng(3);
    let fresh = || {
        let home = tempfile::tempdir().expect("temporary folder");
        copy(&old, home.path());
        home
    };
    let unscored = everything(fresh().path());
    let calm = fresh();
    let usual = span(|| drop(run(calm.path(), &["accounts"])));
    let expected = everything(calm.path());
    // Scores are computed and recorded again by newer rules than the store's. A killed command may
    // not have done so; the next one does.
    let is_history = |line: &&str| line.starts_with("{\"history\"");
    let lasting = |all: &str| {
        all.lines()
            .filter(|l| !is_history(l))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    for round in 0..rounds(60) {
        let home = fresh();
        for _ in 0..rng.u32(1..4) {
            killed(
                home.path(),
                &["accounts"],
                Some(Duration::from_micros(rng.u64(0..usual.as_micros() as u64))),
            );
        }
        let left = everything(home.path());
        assert_eq!(lasting(&left), lasting(&expected), "round {round}");
        let one_of_them = |line: &str| {
            [&unscored, &expected]
                .iter()
                .any(|all| all.lines().any(|l| l == line))
        };
        assert!(
            left.lines().filter(is_history).all(one_of_them),
            "round {round}: scores as they were or as they are made now"
        );
        run(home.path(), &["accounts"]);
        assert_eq!(everything(home.path()), expected, "round {round}");
        run(home.path(), &["verify"]);
    }
}
