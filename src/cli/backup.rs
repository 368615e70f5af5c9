//! Backup, restore, verify, undo, log.

use std::path::PathBuf;

use clap::ArgMatches;
use serde_json::json;

use super::{Done, Setting, print, print_json, say};
use crate::domain::change::{Label, Operation};
use crate::domain::failure::Failure;
use crate::store::stats::PARTS;
use crate::store::{LogEntry, Store};
use crate::words;

pub fn backup(setting: &mut Setting, m: &ArgMatches) -> Done {
    let mut store = setting.open()?;
    let path = m.get_one::<PathBuf>("file").cloned().unwrap_or_else(|| {
        setting.places.home.join("backups").join(format!(
            "{}.kenshin",
            setting.clock.now().local().format("%Y%m%d-%H%M%S")
        ))
    });
    let done = store.backup(&path)?;
    print(&words::commands::did_backup(
        setting.lang,
        done.path.display(),
        done.records,
        done.bytes,
    ));
    Ok(0)
}

/// Without a file the tree is built anew from the journal; with one its data takes over.
pub fn restore(setting: &mut Setting, m: &ArgMatches) -> Done {
    match m.get_one::<PathBuf>("file") {
        Some(file) => {
            let aside = Store::restore(&setting.places.home, file)?;
            setting.open()?;
            print(&words::commands::did_restored(setting.lang, &aside));
        }
        None if m.get_flag("accept-loss") => {
            let mut store = setting.open()?;
            store.accept_loss()?;
            print(words::commands::did_accepted(setting.lang));
        }
        None => {
            let store = setting.open()?;
            let at = setting.clock.now().at;
            let (_, opened) = store.rebuild(&mut setting.mint, at)?;
            for repair in &opened.repairs {
                say(&words::problems::repair(setting.t(), repair));
            }
            print(words::commands::did_rebuilt(setting.lang));
        }
    }
    Ok(0)
}

pub fn verify(setting: &mut Setting, m: &ArgMatches) -> Done {
    let store = setting.open()?;
    let report = store.verify()?;
    if m.get_flag("json") {
        print_json(
            &json!({ "ok": report.problems.is_empty(), "records": report.records, "journal": report.operations, "snapshots": report.snapshots, "problems": report.problems }),
        );
    } else if report.problems.is_empty() {
        print(&words::commands::did_verify_ok(
            setting.lang,
            report.records,
            report.operations,
            report.snapshots,
        ));
    } else {
        print(&words::commands::did_verify_bad(
            setting.lang,
            report.problems.len(),
        ));
        for problem in &report.problems {
            print(&format!("  {problem}"));
        }
        say(&words::commands::did_hint(
            setting.lang,
            words::problems::hint_damaged(setting.lang),
        ));
    }
    Ok(u8::from(!report.problems.is_empty()))
}

/// What the store consists of.
pub fn stats(setting: &mut Setting, m: &ArgMatches) -> Done {
    let store = setting.open()?;
    let stats = store.stats()?;
    if m.subcommand().is_some_and(|(_, m)| m.get_flag("json")) {
        let kinds: serde_json::Map<String, serde_json::Value> = stats
            .records
            .iter()
            .map(|(name, p)| {
                let pile = json!({ "records": p.records, "bytes": p.bytes });
                ((*name).to_owned(), pile)
            })
            .collect();
        let parts: serde_json::Map<String, serde_json::Value> = PARTS
            .iter()
            .zip(stats.parts)
            .map(|(k, p)| ((*k).to_owned(), json!({ "files": p.0, "bytes": p.1 })))
            .collect();
        print_json(
            &json!({ "records": kinds, "operations": stats.operations, "in_reach": stats.in_reach, "parts": parts, "free": stats.free }),
        );
        return Ok(0);
    }
    let t = setting.t();
    let line = |name: &str, count: u64, bytes: u64| {
        let gap = " ".repeat(24_usize.saturating_sub(crate::app::kit::wrap::width(name)));
        print(&format!("  {name}{gap}{count:>10}  {:>9}", size(bytes)));
    };
    print(words::commands::stats_records(t));
    for (name, pile) in stats.records.iter().filter(|(_, p)| p.records > 0) {
        line(words::commands::stored(t, name), pile.records, pile.bytes);
    }
    print(words::commands::stats_files(t));
    for (name, (files, bytes)) in PARTS.iter().zip(stats.parts).filter(|(_, p)| p.0 > 0) {
        line(name, files, bytes);
    }
    print(&words::commands::stats_operations(
        t,
        stats.operations,
        stats.in_reach,
        size(stats.free),
    ));
    Ok(0)
}

/// Bytes for people.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

pub fn undo(setting: &mut Setting) -> Done {
    let mut store = setting.open()?;
    let done = store.undo(&mut setting.mint, setting.clock.now().at)?;
    let _ = store.leave();
    print(&words::commands::did_undone(
        setting.lang,
        meant(setting, &done),
    ));
    Ok(0)
}

pub fn redo(setting: &mut Setting) -> Done {
    let mut store = setting.open()?;
    let done = store.redo(&mut setting.mint, setting.clock.now().at)?;
    let _ = store.leave();
    print(&words::shell::redone(setting.lang, meant(setting, &done)));
    Ok(0)
}

/// What was taken back or done again, in words.
fn meant(setting: &Setting, done: &[Operation]) -> String {
    match done.first().map(|op| &op.label) {
        Some(
            Label::Undo {
                what: Some(what), ..
            }
            | Label::Redo {
                what: Some(what), ..
            },
        ) => words::log::label(setting.t(), what),
        _ => String::new(),
    }
}

pub fn log(setting: &mut Setting, m: &ArgMatches) -> Done {
    let store = setting.open()?;
    let entries: Vec<_> = store.log().filter(LogEntry::is_shown).take(200).collect();
    if m.get_flag("json") {
        print_json(&json!(entries.iter().map(|e| json!({ "seq": e.seq, "id": e.id, "at": e.at, "actor": e.actor, "label": e.label, "undone": e.undone })).collect::<Vec<_>>()));
        return Ok(0);
    }
    let zone = setting.clock.now().zone;
    if entries.is_empty() {
        print(words::common::nothing_found(setting.lang));
    }
    for e in entries {
        let mark = if e.undone { "↶" } else { " " };
        print(&format!(
            "{mark} {}  {}  {}",
            zone.local(e.at).format("%Y-%m-%d %H:%M"),
            e.actor,
            words::log::label(setting.t(), &e.label)
        ));
    }
    Ok::<u8, Failure>(0)
}
