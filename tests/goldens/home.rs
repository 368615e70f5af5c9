//! A copy of the stored data folder, and the binary run on it with a fixed clock.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::common;
use crate::common::copy;

/// A Tuesday morning, two days after the data folder was last used.
pub const NOW: &str = "2026-11-24T09:30:00+09:00";
/// The beginning of every id created at [`NOW`]: an id starts with its time.
pub const MINTED: &str = "01M85FB8T0";

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// Files from other systems.
pub fn imports() -> PathBuf {
    root().join("goldens/import")
}

/// A temporary data folder, removed when dropped.
pub struct Home {
    dir: tempfile::TempDir,
}

impl Home {
    /// The data folder as the program of schema 3 left it.
    pub fn stored() -> Self {
        let home = Self::empty();
        copy(&root().join("stores/schema-3"), home.path());
        home
    }

    pub fn empty() -> Self {
        Self {
            dir: tempfile::tempdir().expect("temporary folder"),
        }
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// A text without the paths of this machine.
    pub fn nameless(&self, text: &str) -> String {
        text.replace(&self.path().display().to_string(), "<home>")
            .replace(&imports().display().to_string(), "<import>")
    }

    pub fn command(&self, lang: &str, args: &[&str]) -> Command {
        let mut command = common::command(self.path(), args);
        command
            .env("KENSHIN_LANG", lang)
            .env("KENSHIN_NOW", NOW)
            .env("USER", "Sato");
        command
    }

    pub fn run(&self, lang: &str, args: &[&str]) -> Output {
        self.command(lang, args).output().expect("the command runs")
    }

    /// Like [`Home::run`], but fails unless the command succeeds. Returns the output.
    pub fn done(&self, args: &[&str]) -> String {
        let out = self.run("en", args);
        assert!(out.status.success(), "{args:?}: {}", common::said(&out));
        String::from_utf8(out.stdout).expect("valid UTF-8")
    }

    /// All records as lines, optionally with private ones.
    pub fn exported(&self, private: bool) -> String {
        let dir = tempfile::tempdir().expect("temporary folder");
        let to = dir.path().display().to_string();
        let private: &[&str] = if private { &["--include-private"] } else { &[] };
        self.done(&[&["export", "--all", &to], private].concat());
        std::fs::read_to_string(dir.path().join("kenshin-export.jsonl"))
            .expect("the file is readable")
    }
}
