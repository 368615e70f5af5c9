//! Backups with damage that checksums do not show, restores that are taken back, and what a backup holds beside
//! records.

use crate::common;

use std::path::Path;

use common::{demo, everything, kenshin, run, said};

/// A frame: its kind and its body.
type Frame = (u8, Vec<u8>);

fn frames(path: &Path) -> Vec<Frame> {
    let bytes = std::fs::read(path).expect("the file is readable");
    let (mut rest, mut out) = (&bytes[..], Vec::new());
    while let Some((head, after)) = rest.split_at_checked(13) {
        let length = u32::from_le_bytes(head[1..5].try_into().expect("four bytes"));
        let (body, after) = after.split_at(length as usize);
        out.push((head[0], body.to_vec()));
        rest = after;
    }
    out
}

/// Writes frames with right checksums.
fn write(path: &Path, frames: &[Frame]) {
    let mut out = Vec::new();
    for (kind, body) in frames {
        let mut head = vec![*kind];
        head.extend((body.len() as u32).to_le_bytes());
        let sum = crc32fast::hash(&head);
        head.extend(sum.to_le_bytes());
        head.extend(crc32fast::hash(body).to_le_bytes());
        out.extend(head);
        out.extend(body);
    }
    std::fs::write(path, out).expect("the file is written");
}

const HEAD: u8 = 4;
const PAIR: u8 = 3;

fn pair(key: &[u8], value: &[u8]) -> Vec<u8> {
    let mut out = (key.len() as u32).to_le_bytes().to_vec();
    out.extend(key);
    out.extend(value);
    out
}

fn key(body: &[u8]) -> &[u8] {
    let length = u32::from_le_bytes(body[..4].try_into().expect("four bytes"));
    &body[4..4 + length as usize]
}

/// Changes the first pair whose key begins with a letter. Returns its key.
fn change(frames: &mut [Frame], letter: u8, new: impl FnOnce(&[u8], &[u8]) -> Vec<u8>) -> Vec<u8> {
    let is_meant = |f: &&mut Frame| f.0 == PAIR && key(&f.1)[0] == letter;
    let (_, body) = frames.iter_mut().find(is_meant).expect("such a record");
    let old = key(body).to_vec();
    *body = new(&old, &body[4 + old.len()..]);
    old
}

fn path(path: &Path) -> String {
    path.display().to_string()
}

fn has_replaced(home: &Path) -> bool {
    home.join("replaced-1").exists() || home.join("restoring").exists()
}

#[test]
fn a_backup_with_a_bad_record_is_refused_before_anything_moves() {
    let home = demo(5);
    let home = home.path();
    run(home, &["note", "demo-00001", "kept"]);
    let good = path(&home.join("good.kenshin"));
    run(home, &["backup", &good]);
    let before = everything(home);
    let bad = home.join("bad.kenshin");
    type Break = fn(&mut Vec<Frame>);
    let cases: [(&str, Break, &str); 7] = [
        (
            "no JSON",
            |f| drop(change(f, b'n', |k, _| pair(k, b"{\"id\":"))),
            "notes demo-0000",
        ),
        (
            "another type",
            |f| drop(change(f, b'a', |k, _| pair(k, b"[1,2]"))),
            "accounts demo-0000",
        ),
        (
            "a folder that is cut",
            |f| drop(change(f, b'c', |k, v| pair(k, &v[..v.len() / 2]))),
            "contacts demo-0000",
        ),
        (
            "usage",
            |f| drop(change(f, b'u', |k, _| pair(k, b"\x04\0\0\0\x40????"))),
            "usage demo-0000",
        ),
        (
            "a key of another record",
            |f| drop(change(f, b'a', |_, v| pair(b"asomebody", v))),
            "accounts somebody",
        ),
        (
            "a kind that is unknown",
            |f| drop(change(f, b'n', |_, v| pair(b"%1", v))),
            "`%` 1",
        ),
        (
            "a later schema",
            |f| f[0].1 = b"{\"schema\":99,\"seq\":1,\"segment\":1}".to_vec(),
            "schema 99",
        ),
    ];
    for (what, break_it, says) in cases {
        let mut all = frames(Path::new(&good));
        assert_eq!(all[0].0, HEAD);
        break_it(&mut all);
        write(&bad, &all);
        let out = kenshin(home, &["restore", &path(&bad)]);
        assert!(!out.status.success(), "{what}: {}", said(&out));
        assert!(said(&out).contains(says), "{what}: {}", said(&out));
        assert!(!has_replaced(home), "{what}: nothing moved");
        assert_eq!(everything(home), before, "{what}");
    }
    // The rest of it can be had.
    let mut all = frames(Path::new(&good));
    change(&mut all, b'n', |k, _| pair(k, b"{"));
    write(&bad, &all);
    let out = kenshin(home, &["restore", &path(&bad)]);
    assert!(said(&out).contains("--accept-loss"), "{}", said(&out));
    let out = kenshin(home, &["restore", "--accept-loss", &path(&bad)]);
    assert!(out.status.success(), "{}", said(&out));
    assert!(
        said(&out).contains("Left out, it cannot be read: notes"),
        "{}",
        said(&out)
    );
    assert_eq!(everything(home).lines().count() + 1, before.lines().count());
    run(home, &["verify"]);
}

#[test]
fn an_unusable_home_is_taken_back() {
    let home = demo(5);
    let home = home.path();
    let backup = path(&home.join("b.kenshin"));
    run(home, &["note", "demo-00001", "mine"]);
    run(home, &["backup", &backup]);
    run(home, &["note", "demo-00001", "later"]);
    let before = everything(home);
    let said_so = run(home, &["restore", &backup]);
    assert!(said_so.contains("replaced-1"), "{said_so}");
    // As an earlier version restored a backup with a bad value: nothing can be opened.
    let snapshot = std::fs::read_dir(home.join("snapshots")).expect("readable");
    let snapshot = snapshot.flatten().next().expect("one").path();
    let mut all = frames(&snapshot);
    change(&mut all, b'f', |k, _| pair(k, b"{"));
    write(&snapshot, &all);
    std::fs::remove_dir_all(home.join("store")).expect("removed");
    let out = kenshin(home, &["accounts"]);
    assert!(!out.status.success(), "{}", said(&out));
    assert!(
        said(&out).contains("restore replaced-1"),
        "it says how to go on: {}",
        said(&out)
    );
    std::fs::write(home.join("replaced-1/mine.txt"), "mine").expect("written");
    let said_so = run(home, &["restore", "replaced-1"]);
    assert!(said_so.contains("replaced-2"), "{said_so}");
    assert_eq!(everything(home), before);
    assert!(
        home.join("replaced-2/mine.txt").exists(),
        "a person's file stays"
    );
    assert!(run(home, &["verify"]).contains("No problems"));
    // And forth again, by the whole path; the good backup is restored over an unusable home too.
    let out = kenshin(home, &["restore", &path(&home.join("replaced-2"))]);
    assert!(
        !out.status.success(),
        "it is as unusable as it was: {}",
        said(&out)
    );
    run(home, &["restore", &backup]);
    assert!(!everything(home).contains("later"));
    // Other folders are no data of ours.
    for folder in [
        home.join("journal"),
        home.join("backups"),
        home.to_owned(),
        "/".into(),
    ] {
        let out = kenshin(home, &["restore", &path(&folder)]);
        assert!(
            !out.status.success(),
            "{}: {}",
            folder.display(),
            said(&out)
        );
    }
    run(home, &["verify"]);
}

fn draft(home: &Path, key: &str, n: u64, text: &str) {
    let name: String = key.bytes().map(|b| format!("{b:02x}")).collect();
    let json = serde_json::json!({ "key": key, "n": n, "body": { "text": text } });
    std::fs::create_dir_all(home.join("drafts")).expect("made");
    std::fs::write(home.join(format!("drafts/{name}.json")), json.to_string()).expect("written");
}

fn drafts(home: &Path) -> Vec<String> {
    let (found, bad) = kenshin::testing::store::drafts::load(home);
    assert_eq!(bad, Vec::<String>::new());
    found
        .iter()
        .map(|d| d.body["text"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn drafts_and_configuration_are_in_a_backup_and_come_back_without_replacing_newer_ones() {
    let home = demo(5);
    let home = home.path();
    draft(home, "note/demo-00001/sato", 4, "half a thought");
    draft(home, "note/demo-00002/佐藤", 5, "書きかけ");
    let config = home.join("config");
    let desk = "name = \"Sato\"\n";
    std::fs::create_dir_all(config.join("holidays")).expect("made");
    std::fs::write(config.join("desk.toml"), desk).expect("written");
    std::fs::write(config.join("holidays/xx.toml"), "# ours\n").expect("written");
    std::fs::write(config.join("notes.txt"), "not of ours").expect("written");
    let backup = path(&home.join("b.kenshin"));
    let said_so = run(home, &["backup", &backup]);
    assert!(
        said_so.contains("2 drafts, 2 configuration files"),
        "{said_so}"
    );

    // A new machine: everything comes.
    let new = tempfile::tempdir().expect("temporary folder");
    let new = new.path();
    let said_so = run(new, &["restore", &backup]);
    assert!(said_so.contains("Put back 2 drafts"), "{said_so}");
    assert!(said_so.contains("desk.toml"), "{said_so}");
    assert_eq!(drafts(new), ["half a thought", "書きかけ"]);
    let read = |home: &Path, name: &str| std::fs::read_to_string(home.join("config").join(name));
    assert_eq!(read(new, "desk.toml").expect("there"), desk);
    assert_eq!(read(new, "holidays/xx.toml").expect("there"), "# ours\n");
    assert_eq!(everything(new), everything(home));

    // The old one, where work went on: what is there stays.
    draft(home, "note/demo-00001/sato", 9, "a whole thought");
    std::fs::remove_dir_all(config.join("holidays")).expect("removed");
    std::fs::write(config.join("desk.toml"), "name = \"佐藤\"\n").expect("written");
    for round in 0..2 {
        let said_so = run(home, &["restore", &backup]);
        assert_eq!(drafts(home), ["a whole thought", "書きかけ"]);
        assert!(
            said_so.contains("1 draft of the backup stayed there"),
            "{said_so}"
        );
        assert_eq!(
            said_so.contains("desk.toml.restored-1"),
            round == 0,
            "{said_so}"
        );
        assert_eq!(read(home, "desk.toml").expect("there"), "name = \"佐藤\"\n");
        assert_eq!(read(home, "desk.toml.restored-1").expect("there"), desk);
        assert_eq!(read(home, "holidays/xx.toml").expect("there"), "# ours\n");
        assert!(read(home, "desk.toml.restored-2").is_err());
    }
}

/// A file in a backup whose name leads elsewhere is not written.
#[test]
fn a_backup_writes_nothing_outside_the_configuration() {
    let home = demo(5);
    let home = home.path();
    let backup = home.join("b.kenshin");
    run(home, &["backup", &path(&backup)]);
    let mut all = frames(&backup);
    for name in [
        "config/../evil.toml",
        "config//evil.toml",
        "evil.toml",
        "config/evil.sh",
    ] {
        let mut body = (name.len() as u32).to_le_bytes().to_vec();
        body.extend(name.as_bytes());
        body.extend(b"evil");
        all.insert(1, (8, body));
    }
    write(&backup, &all);
    run(home, &["restore", &path(&backup)]);
    for place in ["evil.toml", "config/evil.toml", "config/evil.sh"] {
        assert!(!home.join(place).exists(), "{place}");
    }
    assert!(!Path::new("/evil.toml").exists());
}

#[test]
fn backups_of_earlier_versions_are_restored() {
    for schema in 2..=10 {
        let from =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/stores/schema-{schema}"));
        let home = tempfile::tempdir().expect("temporary folder");
        let home = home.path();
        common::copy(&from, home);
        let before = everything(home);
        let backups = std::fs::read_dir(home.join("backups")).expect("readable");
        let is_own = |p: &std::path::PathBuf| path(p).contains("before-schema");
        let backup = backups
            .flatten()
            .map(|e| e.path())
            .find(is_own)
            .expect("one");
        run(home, &["restore", &path(&backup)]);
        // Three settings of schema 3 were in draft files, which no backup held.
        let elsewhere = if schema == 3 { 3 } else { 0 };
        assert_eq!(
            everything(home).lines().count() + elsewhere,
            before.lines().count(),
            "{schema}"
        );
        assert!(run(home, &["verify"]).contains("No problems"), "{schema}");
    }
}
