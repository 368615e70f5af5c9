//! Every command that takes a path, against places that refuse: no permission, a full disk, no inodes, a read-only
//! disk, links and pipes. The message names the place, nothing of ours is left half written, and what was there
//! stays. Needs the right to change user or to mount a small disk, and says where it is missing.

use crate::common;

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use common::{demo, everything, kenshin, run, said};

const BINARY: &str = env!("CARGO_BIN_EXE_kenshin");

fn words(path: &Path) -> String {
    path.display().to_string()
}

/// The commands that write a file or into a folder.
fn writers(dir: &Path) -> [Vec<String>; 3] {
    let own = |args: &[&str]| args.iter().map(|a| (*a).to_owned()).collect();
    let file = words(&dir.join("new.file"));
    [
        own(&["backup", &file]),
        own(&["calendar", "export", "--out", &file]),
        own(&["export", "--all", &words(dir)]),
    ]
}

/// The commands that read a file.
const READERS: [&[&str]; 3] = [&["import"], &["calendar", "import"], &["restore"]];

fn names(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).expect("readable").flatten();
    let mut out: Vec<String> = entries
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    out.sort();
    out
}

/// Runs a shell script where a small disk is mounted at a folder; `None` without the right to do so. `$K` is the
/// program.
fn on_disk(home: &Path, dir: &Path, options: &str, script: &str) -> Option<Output> {
    let may = Command::new("unshare")
        .args(["-m", "true"])
        .stderr(Stdio::null())
        .status();
    if !may.is_ok_and(|s| s.success()) {
        eprintln!("skipped: no right to mount a small disk here");
        return None;
    }
    let mounted = format!("mount -t tmpfs -o {options} tmpfs \"$D\" || exit 99\n{script}");
    let out = Command::new("unshare")
        .args(["-m", "sh", "-c", &mounted])
        .env_clear()
        .env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin")
        .env("D", dir)
        .env("K", BINARY)
        .env("KENSHIN_HOME", home)
        .env("KENSHIN_LANG", "en")
        .env("USER", "sato")
        .stdin(Stdio::null())
        .output()
        .expect("the shell runs");
    if out.status.code() == Some(99) {
        eprintln!("skipped: no small disk can be mounted here");
        return None;
    }
    Some(out)
}

#[test]
fn a_place_without_permission_is_named_and_nothing_is_left() {
    let home = demo(5);
    let dir = tempfile::tempdir().expect("dir");
    let closed = dir.path().join("closed");
    let secret = dir.path().join("secret.csv");
    std::fs::create_dir(&closed).expect("made");
    std::fs::write(&secret, "id,name\n1,Acme\n").expect("written");
    let mode = |path: &Path, mode| {
        std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).expect("set");
    };
    mode(&closed, 0o555);
    mode(&secret, 0);
    mode(dir.path(), 0o755);
    let is_root = Command::new("id").arg("-u").output().expect("runs").stdout == b"0\n";
    if is_root {
        let owner = Command::new("chown")
            .args(["-R", "65534:65534"])
            .arg(home.path())
            .status();
        assert!(owner.is_ok_and(|s| s.success()));
    }
    let as_user = |args: &[String]| {
        let mut command = match is_root {
            true => {
                let mut command = Command::new("setpriv");
                command.args([
                    "--reuid",
                    "65534",
                    "--regid",
                    "65534",
                    "--clear-groups",
                    BINARY,
                ]);
                command
            }
            false => Command::new(BINARY),
        };
        let command = command.args(args).env_clear().env("PATH", "/usr/bin:/bin");
        let command = command
            .env("KENSHIN_HOME", home.path())
            .env("KENSHIN_LANG", "en");
        command.stdin(Stdio::null()).output()
    };
    match as_user(&["verify".to_owned()]) {
        Ok(out) if out.status.success() => {}
        other => return eprintln!("skipped: no other user can run the program here: {other:?}"),
    }
    for args in writers(&closed) {
        let out = as_user(&args).expect("runs");
        assert!(!out.status.success(), "{args:?}: {}", said(&out));
        assert!(
            said(&out).contains("permission denied"),
            "{args:?}: {}",
            said(&out)
        );
        assert!(
            said(&out).contains(&words(&closed)),
            "{args:?}: {}",
            said(&out)
        );
        assert_eq!(names(&closed), Vec::<String>::new(), "{args:?}");
    }
    for reader in READERS {
        let mut args: Vec<String> = reader.iter().map(|a| (*a).to_owned()).collect();
        args.push(words(&secret));
        let out = as_user(&args).expect("runs");
        assert!(!out.status.success(), "{args:?}: {}", said(&out));
        assert!(
            said(&out).contains("permission denied"),
            "{args:?}: {}",
            said(&out)
        );
    }
    let out = as_user(&["verify".to_owned()]).expect("runs");
    assert!(said(&out).contains("No problems"), "{}", said(&out));
}

#[test]
fn a_full_disk_or_one_without_inodes_keeps_what_was_there() {
    let home = demo(5);
    let dir = tempfile::tempdir().expect("dir");
    let disks = [
        ("size=256k", "cat /dev/zero > \"$D/filler\" 2>/dev/null"),
        ("size=256k,nr_inodes=2", "echo > \"$D/filler\""),
    ];
    for (options, fill) in disks {
        for args in writers(dir.path()) {
            let args = args
                .iter()
                .map(|a| format!("'{a}'"))
                .collect::<Vec<_>>()
                .join(" ");
            let script = format!("{fill}; \"$K\" {args}; echo \"ended $?\"; ls -A \"$D\"");
            let Some(out) = on_disk(home.path(), dir.path(), options, &script) else {
                return;
            };
            let words = said(&out);
            assert!(words.contains("ended 1"), "{options} {args}: {words}");
            assert!(words.contains("disk is full"), "{options} {args}: {words}");
            let printed = String::from_utf8_lossy(&out.stdout);
            let left = printed.split("ended 1").nth(1).unwrap_or_default();
            assert_eq!(
                left.split_whitespace().next(),
                Some("filler"),
                "{args}: {words}"
            );
            assert!(
                !left.contains("part") && !left.contains("new"),
                "{args}: {words}"
            );
        }
    }
    assert!(run(home.path(), &["verify"]).contains("No problems"));
}

#[test]
fn a_home_on_a_read_only_disk_can_be_read_exported_and_backed_up() {
    let home = demo(5);
    run(home.path(), &["note", "demo-00001", "kept"]);
    let before = everything(home.path());
    let dir = tempfile::tempdir().expect("dir");
    let to = tempfile::tempdir().expect("dir");
    let (from, to_dir) = (words(home.path()), words(to.path()));
    std::fs::write(to.path().join("acc.csv"), "Account,ARR\nA new one,1200\n").expect("written");
    let script = format!(
        "mkdir \"$D/home\" && cp -a '{from}/.' \"$D/home\" && mount -o remount,ro \"$D\" || exit 99
        export KENSHIN_HOME=\"$D/home\"
        \"$K\" accounts && \"$K\" brief demo-00001 && \"$K\" notes kept && \"$K\" verify || exit 1
        \"$K\" calendar export --out '{to_dir}/c.ics' && \"$K\" import --dry-run '{to_dir}/acc.csv' || exit 6
        \"$K\" export --all '{to_dir}' --include-private && \"$K\" backup '{to_dir}/b.kenshin' || exit 2
        \"$K\" note demo-00001 refused && exit 3
        \"$K\" backup && exit 4
        \"$K\" calendar export --out \"$D/c.ics\" && exit 5
        exit 0"
    );
    let Some(out) = on_disk(home.path(), dir.path(), "size=64m", &script) else {
        return;
    };
    let words = said(&out);
    assert!(out.status.success(), "{:?}: {words}", out.status);
    assert!(
        words.contains("No problems") && words.contains("kept"),
        "{words}"
    );
    assert!(words.contains("the disk is read-only"), "{words}");
    assert!(words.contains("reading a copy"), "{words}");
    assert!(
        words.contains("A new one") && words.contains("Nothing is recorded of it there"),
        "{words}"
    );
    assert!(to.path().join("c.ics").exists());
    let exported = std::fs::read_to_string(to.path().join("kenshin-export.jsonl"));
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&exported.expect("exported")), sorted(&before));
    let new = tempfile::tempdir().expect("dir");
    run(new.path(), &["restore", &backup_in(to.path())]);
    assert_eq!(sorted(&everything(new.path())), sorted(&before));
}

fn backup_in(dir: &Path) -> String {
    words(&dir.join("b.kenshin"))
}

#[test]
fn a_link_that_leads_nowhere_or_to_the_store_is_not_followed_into_it() {
    let home = demo(5);
    let dir = tempfile::tempdir().expect("dir");
    let place = |name: &str| dir.path().join(name);
    symlink(place("nowhere"), place("dangling")).expect("linked");
    symlink(place("loop"), place("loop")).expect("linked");
    symlink(home.path().join("store"), place("into")).expect("linked");
    symlink(home.path(), place("home")).expect("linked");
    for name in [
        "dangling",
        "loop",
        "into",
        "home/journal",
        "dangling/deeper",
    ] {
        for args in writers(&place(name)) {
            let out = kenshin(
                home.path(),
                &args.iter().map(String::as_str).collect::<Vec<_>>(),
            );
            assert!(!out.status.success(), "{args:?}: {}", said(&out));
        }
    }
    for reader in READERS {
        for name in ["dangling", "loop", "into/db", "home/store", "nowhere"] {
            let mut args = reader.to_vec();
            let path = words(&place(name));
            args.push(&path);
            let out = kenshin(home.path(), &args);
            assert!(!out.status.success(), "{args:?}: {}", said(&out));
            assert!(!said(&out).contains("panicked"), "{args:?}: {}", said(&out));
        }
    }
    assert!(!place("nowhere").exists());
    assert!(run(home.path(), &["verify"]).contains("No problems"));
}
