//! `kenshin export`: everything as JSON lines that import to the same state, or one note.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::spec::Format;
use super::{Done, Setting, print, say};
use crate::domain::change::{Change, Group, Label, Operation, Record, UsageChange};
use crate::domain::failure::Failure;
use crate::i18n::fill;
use crate::services::compose;
use crate::services::export::{Line, Manifest, VERSION, lines, series};

/// The file of a whole export.
pub const FILE: &str = "kenshin-export.jsonl";

pub fn run(setting: &mut Setting, m: &ArgMatches) -> Done {
    match (m.get_one::<PathBuf>("all"), m.get_one::<String>("note")) {
        (Some(dir), _) => all(setting, dir),
        (None, Some(id)) => note(setting, id, m.get_one::<String>("format").and_then(|f| Format::parse(f)).unwrap_or(Format::Markdown)),
        (None, None) => Err(Failure::Usage { reason: "--all DIR | --note ID".into() }),
    }
}

fn all(setting: &mut Setting, dir: &Path) -> Done {
    let store = setting.open()?;
    crate::store::private_dir(dir)?;
    let path = dir.join(FILE);
    let temp = dir.join(format!("{FILE}.part"));
    let fail = |e: std::io::Error| Failure::io(&path, &e);
    let mut out = BufWriter::new(crate::store::private_file().write(true).create(true).truncate(true).open(&temp).map_err(fail)?);
    let mut count = 0_u64;
    let mut put = |value: serde_json::Value| -> Result<(), Failure> {
        count += 1;
        writeln!(out, "{value}").map_err(fail)
    };
    put(serde_json::json!(Manifest { kenshin_export: VERSION, program: env!("CARGO_PKG_VERSION").into() }))?;
    for account in store.accounts()? {
        if let Some(dossier) = store.dossier(&account.id)? {
            for line in lines(dossier) {
                put(serde_json::json!(line))?;
            }
        }
    }
    for view in store.views()? {
        put(serde_json::json!(Line::Record(Record::View(view))))?;
    }
    let file = out.into_inner().map_err(|e| fail(e.into_error()))?;
    file.sync_data().map_err(fail)?;
    std::fs::rename(&temp, &path).map_err(fail)?;
    print(&fill(setting.t().cli_exported, &[&path.display(), &(count - 1)]));
    Ok(0)
}

/// Records in one part of the way back.
const PART: usize = 5_000;

/// Takes an export in again. Records that stand there already are left; others are replaced.
pub fn read_back(setting: &mut Setting, dir: &Path, m: &ArgMatches) -> Done {
    let path = dir.join(FILE);
    let file = File::open(&path).map_err(|e| Failure::io(&path, &e))?;
    let mut reader = BufReader::new(file);
    let mut first = String::new();
    reader.read_line(&mut first).map_err(|e| Failure::io(&path, &e))?;
    let bad = |line: usize, reason: String| Failure::Config { path: path.display().to_string(), line, reason };
    let manifest: Manifest = serde_json::from_str(&first).map_err(|e| bad(1, e.to_string()))?;
    if manifest.kenshin_export > VERSION {
        return Err(Failure::Newer { found: manifest.kenshin_export, known: VERSION });
    }
    let mut parsed = Vec::new();
    let (mut histories, mut rejected) = (Vec::new(), 0);
    for (i, line) in reader.lines().enumerate() {
        let line = line.map_err(|e| Failure::io(&path, &e))?;
        match serde_json::from_str::<Line>(&line) {
            Ok(Line::History { history, entries }) => histories.push((history, entries)),
            Ok(other) => parsed.push(other),
            Err(e) => {
                rejected += 1;
                say(&crate::i18n::failure(setting.t(), &bad(i + 2, e.to_string())));
            }
        }
    }
    if m.get_flag("dry-run") {
        print(&fill(setting.t().rows_n, &[&parsed.len()]));
        return Ok(0);
    }
    if !m.get_flag("yes") {
        say(setting.t().cli_not_asked);
        return Ok(0);
    }
    let mut store = setting.open()?;
    let now = setting.clock.now();
    let group = setting.mint.next(now.at);
    let parts = parsed.len().div_ceil(PART).max(1);
    let mut rest = parsed.into_iter();
    for part in 0..parts {
        let (mut changes, mut usage) = (Vec::new(), Vec::new());
        for line in rest.by_ref().take(PART) {
            match line {
                Line::Record(record) => {
                    let before = store.current(&record)?;
                    if before.as_ref() != Some(&record) {
                        changes.push(Change { before, after: Some(record) });
                    }
                }
                Line::Usage { usage: account, metric, points } => {
                    let held = store.usage(&account)?;
                    let held = held.0.get(&metric);
                    let fresh: Vec<_> = series(&points).points().iter().filter(|(d, v)| held.and_then(|h| h.get(*d)) != Some(*v)).copied().collect();
                    if !fresh.is_empty() {
                        usage.push(UsageChange {
                            account,
                            before: fresh.iter().map(|(d, _)| (*d, held.and_then(|h| h.get(*d)))).collect(),
                            after: fresh.iter().map(|(d, v)| (*d, Some(*v))).collect(),
                            metric,
                        });
                    }
                }
                Line::History { .. } => {}
            }
        }
        store.commit(&Operation {
            id: setting.mint.next(now.at),
            at: now.at,
            actor: setting.author.name.clone(),
            device: setting.author.device.clone(),
            label: Label::Restore,
            group: Some(Group { id: group.clone(), last: part + 1 == parts }),
            changes,
            usage,
        })?;
    }
    store.record_history(&histories)?;
    store.settle()?;
    print(setting.t().cli_imported);
    Ok(if rejected > 0 { 3 } else { 0 })
}

fn note(setting: &mut Setting, id: &str, format: Format) -> Done {
    let store = setting.open()?;
    let found = store.notes_like(id)?;
    let [note] = &found[..] else {
        return Err(if found.is_empty() { Failure::NotFound { what: id.to_owned() } } else { Failure::Usage { reason: fill(setting.t().e_ambiguous, &[&id]) } });
    };
    let Some(dossier) = store.dossier(&note.account)? else { return Err(Failure::NotFound { what: id.to_owned() }) };
    let checkin = note.checkin.as_ref().and_then(|c| dossier.checkins.iter().find(|x| x.id == *c));
    let name = &dossier.account.name;
    match (format, checkin) {
        (Format::Markdown, _) => print(&note.text),
        (Format::Html, _) => print(&compose::html(name, &note.text, setting.lang)),
        (Format::Json, Some(c)) => {
            let actions: Vec<_> = dossier.actions.iter().filter(|a| a.source.as_ref() == Some(&c.id)).cloned().collect();
            super::print_json(&compose::json(c, name, &actions, setting.lang));
        }
        (Format::Json, None) => super::print_json(&serde_json::json!(note)),
    }
    Ok(0)
}
