//! Commands on a day of the user's.

use std::path::Path;

use serde_json::Value;

use super::{command, said};

/// A command on a day.
pub fn on(home: &Path, day: &str, args: &[&str]) -> std::process::Output {
    let now = format!("{day}T10:00:00+09:00");
    let mut command = command(home, args);
    command
        .env("KENSHIN_NOW", now)
        .output()
        .expect("the command runs")
}

pub fn run(home: &Path, day: &str, args: &[&str]) -> String {
    let out = on(home, day, args);
    assert!(out.status.success(), "{args:?}: {}", said(&out));
    String::from_utf8_lossy(&out.stdout).into_owned()
}

pub fn json(home: &Path, day: &str, args: &[&str]) -> Value {
    let text = run(home, day, &[args, &["--json"]].concat());
    serde_json::from_str(&text).expect("valid JSON")
}
