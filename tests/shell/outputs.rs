//! Files that go where a person points: nothing that is there and is not ours is replaced, no link is
//! followed, and the store's own files are out of reach.

use crate::common;

use std::os::unix::fs::{FileTypeExt, symlink};
use std::path::Path;
use std::process::Command;

use common::{demo, kenshin, run, said};

/// The commands that write a file, with what they write to an existing place.
const WRITERS: [&[&str]; 2] = [&["backup"], &["calendar", "export", "--out"]];

fn at<'a>(command: &[&'a str], path: &'a str) -> Vec<&'a str> {
    let mut args = command.to_vec();
    args.push(path);
    args
}

fn words(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn what_is_there_and_is_not_ours_stays_as_it_is() {
    let home = demo(5);
    let dir = tempfile::tempdir().expect("dir");
    let place = |name: &str| dir.path().join(name);
    std::fs::write(place("thesis.txt"), "mine").expect("written");
    std::fs::create_dir(place("folder")).expect("made");
    symlink(place("thesis.txt"), place("link")).expect("linked");
    symlink(place("nowhere"), place("dangling")).expect("linked");
    symlink(place("loop"), place("loop")).expect("linked");
    symlink(home.path(), place("door")).expect("linked");
    let made = Command::new("mkfifo").arg(place("pipe")).status();
    assert!(made.is_ok_and(|s| s.success()), "a pipe");
    // A device of our own: a mistake must not cost a real one.
    let device = words(&place("device"));
    let made = Command::new("mknod")
        .args([&device, "c", "1", "3"])
        .status();
    let device = made.is_ok_and(|s| s.success()).then_some(device);
    let store = home.path().join("store/new");
    let journal = words(&place("door/journal/00000001.log"));
    for command in WRITERS {
        for name in ["thesis.txt", "folder", "link", "dangling", "loop", "pipe"] {
            let path = words(&place(name));
            let out = kenshin(home.path(), &at(command, &path));
            assert_eq!(
                out.status.code(),
                Some(2),
                "{command:?} {name}: {}",
                said(&out)
            );
            assert!(said(&out).contains(&path), "it is named: {}", said(&out));
        }
        let own = [words(&store), journal.clone()];
        for path in own.into_iter().chain(device.clone()) {
            let out = kenshin(home.path(), &at(command, &path));
            assert_eq!(
                out.status.code(),
                Some(2),
                "{command:?} {path}: {}",
                said(&out)
            );
        }
    }
    let text = |name: &str| std::fs::read_to_string(place(name)).expect("read");
    assert_eq!(text("thesis.txt"), "mine");
    assert!(!place("nowhere").exists() && !store.exists());
    let kind = |path: &Path| std::fs::symlink_metadata(path).expect("there").file_type();
    assert!(kind(&place("link")).is_symlink() && kind(&place("pipe")).is_fifo());
    assert!(device.is_none_or(|device| kind(Path::new(&device)).is_char_device()));
    run(home.path(), &["verify"]);
}

#[test]
fn a_file_of_ours_is_replaced_and_others_with_force() {
    let home = demo(5);
    let dir = tempfile::tempdir().expect("dir");
    for (command, begins) in WRITERS.iter().zip(["\u{4}", "BEGIN:VCALENDAR"]) {
        let path = dir.path().join("file");
        std::fs::write(&path, "mine").expect("written");
        let path = words(&path);
        let mut forced = at(command, &path);
        forced.push("--force");
        run(home.path(), &forced);
        // Now it is ours.
        run(home.path(), &at(command, &path));
        let bytes = std::fs::read(&path).expect("read");
        assert!(bytes.starts_with(begins.as_bytes()), "{command:?}");
        std::fs::remove_file(&path).expect("removed");
    }
}

#[test]
fn an_export_replaces_an_export_alone() {
    let home = demo(5);
    let dir = tempfile::tempdir().expect("dir");
    let (folder, file) = (words(dir.path()), dir.path().join("kenshin-export.jsonl"));
    let args = ["export", "--all", &folder];
    run(home.path(), &args);
    run(home.path(), &args);
    std::fs::write(&file, "{\"mine\":1}\n").expect("written");
    let out = kenshin(home.path(), &args);
    assert_eq!(out.status.code(), Some(2), "{}", said(&out));
    assert_eq!(
        std::fs::read_to_string(&file).expect("read"),
        "{\"mine\":1}\n"
    );
    run(home.path(), &["export", "--all", &folder, "--force"]);
    std::fs::remove_file(&file).expect("removed");
    symlink(dir.path().join("target"), &file).expect("linked");
    let out = kenshin(home.path(), &["export", "--all", &folder, "--force"]);
    assert_eq!(
        out.status.code(),
        Some(2),
        "no link is followed: {}",
        said(&out)
    );
    let own = words(&home.path().join("store"));
    let out = kenshin(home.path(), &["export", "--all", &own]);
    assert_eq!(out.status.code(), Some(2), "{}", said(&out));
}

#[test]
fn no_command_waits_for_a_pipe_or_reads_a_device() {
    let home = demo(5);
    let dir = tempfile::tempdir().expect("dir");
    let pipe = dir.path().join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|s| s.success()), "a pipe");
    let (pipe, folder) = (words(&pipe), words(dir.path()));
    let readers: [&[&str]; 3] = [&["import"], &["calendar", "import"], &["restore"]];
    for command in readers {
        for path in [&pipe, "/dev/zero", "/dev/null"] {
            let out = kenshin(home.path(), &at(command, path));
            assert!(!out.status.success(), "{command:?} {path}: {}", said(&out));
        }
    }
    for command in [&["calendar", "import"][..], &["restore"]] {
        let out = kenshin(home.path(), &at(command, &folder));
        assert!(
            !out.status.success() && said(&out).contains("folder"),
            "{}",
            said(&out)
        );
    }
    assert!(
        run(home.path(), &["verify"]).contains("No problems"),
        "nothing was replaced"
    );
}

#[test]
fn the_file_of_an_export_is_imported_like_its_folder() {
    let from = common::demo(4);
    let out = tempfile::tempdir().expect("a folder");
    let folder = out.path().display().to_string();
    common::run(from.path(), &["export", "--all", &folder]);
    let file = format!("{folder}/kenshin-export.jsonl");
    for path in [&folder, &file] {
        let home = tempfile::tempdir().expect("a folder");
        common::run(home.path(), &["import", path, "--yes"]);
        let accounts = common::run(home.path(), &["accounts", "--json"]);
        let accounts: serde_json::Value = serde_json::from_str(&accounts).expect("JSON");
        assert_eq!(accounts.as_array().map(Vec::len), Some(4), "{path}");
    }
}
