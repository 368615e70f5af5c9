//! `kenshin export`: everything as JSON lines that import to the same state, or one note.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::spec::Format;
use super::{Done, Setting, print, say};
use crate::domain::change::{Change, Group, Label, Operation, UsageChange};
use crate::domain::failure::{Failure, json_reason};
use crate::domain::records::Record;
use crate::services::compose;
use crate::services::export::{Line, Manifest, VERSION, lines, series};
use crate::services::{message, packet};
use crate::words;

/// The file of a whole export.
pub const FILE: &str = "kenshin-export.jsonl";

pub fn run(setting: &mut Setting, m: &ArgMatches) -> Done {
    let note_id = m.get_one::<String>("note");
    match (
        m.get_one::<PathBuf>("all"),
        note_id,
        m.get_one::<String>("actions"),
    ) {
        (Some(dir), ..) => all(setting, dir, m.get_flag("include-private")),
        (None, Some(id), _) => note(
            setting,
            id,
            m.get_one::<String>("format")
                .and_then(|f| Format::parse(f))
                .unwrap_or(Format::Markdown),
        ),
        (None, None, Some(form)) => actions(
            setting,
            form,
            m.get_one::<String>("account").map(String::as_str),
        ),
        (None, None, None) => Err(Failure::Usage {
            reason: "--all DIR | --note ID | --actions csv|ics".into(),
        }),
    }
}

/// Open actions as a table or as calendar to-dos.
fn actions(setting: &mut Setting, form: &str, account: Option<&str>) -> Done {
    let store = setting.open()?;
    let only = account
        .map(|a| crate::runtime::answer::one(&store, None, a))
        .transpose()?;
    let names: std::collections::HashMap<_, _> = store
        .accounts()?
        .into_iter()
        .map(|a| (a.id, a.name))
        .collect();
    let mut found = store.open_actions(&|a| only.as_ref().is_none_or(|o| o.id == a.account))?;
    found.sort_by_key(crate::domain::action::urgency);
    let name =
        |a: &crate::domain::action::Action| names.get(&a.account).cloned().unwrap_or_default();
    let text = if form == "ics" {
        packet::ics(&found, name, setting.clock.now())
    } else {
        String::from_utf8_lossy(&packet::csv(&found, name)).into_owned()
    };
    print(text.trim_end());
    Ok(0)
}

/// Everything. Private lines stay here unless their owner says otherwise.
fn all(setting: &mut Setting, dir: &Path, private: bool) -> Done {
    let store = setting.open()?;
    crate::store::files::private_dir(dir)?;
    let path = dir.join(FILE);
    let temp = dir.join(format!("{FILE}.part"));
    let fail = |e: std::io::Error| Failure::io(&path, &e);
    let mut out = BufWriter::new(
        crate::store::files::private_file()
            .write(true)
            .create(true)
            .truncate(true)
            .open(&temp)
            .map_err(fail)?,
    );
    let mut count = 0_u64;
    let mut put = |value: serde_json::Result<Vec<u8>>| -> Result<(), Failure> {
        count += 1;
        let mut line = value.map_err(|e| fail(e.into()))?;
        line.push(b'\n');
        out.write_all(&line).map_err(fail)
    };
    put(serde_json::to_vec(&Manifest {
        kenshin_export: VERSION,
        program: env!("CARGO_PKG_VERSION").into(),
        private,
    }))?;
    for account in store.accounts()? {
        if let Some(dossier) = store.dossier(&account.id)? {
            for line in lines(dossier) {
                if let Some(line) = if private { Some(line) } else { line.public() } {
                    put(serde_json::to_vec(&line))?;
                }
            }
        }
    }
    for record in store.of_desk()? {
        if let Some(record) = if private {
            Some(record)
        } else {
            record.public()
        } {
            put(serde_json::to_vec(&Line::Record(record)))?;
        }
    }
    let file = out.into_inner().map_err(|e| fail(e.into_error()))?;
    file.sync_data().map_err(fail)?;
    std::fs::rename(&temp, &path).map_err(fail)?;
    print(&words::commands::did_exported(
        setting.lang,
        path.display(),
        count - 1,
    ));
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
    reader
        .read_line(&mut first)
        .map_err(|e| Failure::io(&path, &e))?;
    let bad = |line: usize, reason: String| Failure::Config {
        path: path.display().to_string(),
        line,
        reason,
    };
    let manifest: Manifest =
        serde_json::from_slice(first.as_bytes()).map_err(|e| bad(1, json_reason(&e, 0)))?;
    if manifest.kenshin_export > VERSION {
        return Err(Failure::Newer {
            found: manifest.kenshin_export,
            known: VERSION,
        });
    }
    let mut parsed = Vec::new();
    let (mut histories, mut rejected) = (Vec::new(), 0);
    for (i, line) in reader.lines().enumerate() {
        let line = line.map_err(|e| Failure::io(&path, &e))?;
        match Line::read(&line) {
            Ok(Line::History { history, entries }) => histories.push((history, entries)),
            Ok(other) => parsed.push(other),
            Err(e) => {
                rejected += 1;
                say(&words::problems::failure(setting.t(), &bad(i + 2, e)));
            }
        }
    }
    if m.get_flag("dry-run") {
        print(&words::importing::rows_n(setting.lang, parsed.len()));
        return Ok(0);
    }
    if !m.get_flag("yes") {
        say(words::commands::did_not_asked(setting.lang));
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
                    // An export without private lines does not take away those that stand here.
                    let same = before.as_ref().is_some_and(|b| {
                        !manifest.private && b.clone().public().as_ref() == Some(&record)
                    });
                    if before.as_ref() != Some(&record) && !same {
                        changes.push(Change {
                            before,
                            after: Some(record),
                        });
                    }
                }
                Line::Usage {
                    usage: account,
                    metric,
                    points,
                } => {
                    let held = store.usage(&account)?;
                    let held = held.0.get(&metric);
                    let fresh: Vec<_> = series(&points)
                        .points()
                        .iter()
                        .filter(|(d, v)| held.and_then(|h| h.get(*d)) != Some(*v))
                        .copied()
                        .collect();
                    if !fresh.is_empty() {
                        usage.push(UsageChange {
                            account,
                            before: fresh
                                .iter()
                                .map(|(d, _)| (*d, held.and_then(|h| h.get(*d))))
                                .collect(),
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
            group: Some(Group {
                id: group.clone(),
                last: part + 1 == parts,
            }),
            changes,
            usage,
        })?;
    }
    store.record_history(&histories)?;
    store.settle()?;
    let _ = store.leave();
    print(words::commands::did_imported(setting.lang));
    Ok(if rejected > 0 { 3 } else { 0 })
}

fn note(setting: &mut Setting, id: &str, format: Format) -> Done {
    let store = setting.open()?;
    let found = store.notes_like(id)?;
    let [note] = &found[..] else {
        return Err(if found.is_empty() {
            Failure::NotFound {
                what: id.to_owned(),
            }
        } else {
            Failure::Usage {
                reason: words::problems::ambiguous(setting.lang, id),
            }
        });
    };
    let Some(dossier) = store.dossier(&note.account)? else {
        return Err(Failure::NotFound {
            what: id.to_owned(),
        });
    };
    let checkin = note
        .checkin
        .as_ref()
        .and_then(|c| dossier.checkins.iter().find(|x| x.id == *c));
    let name = &dossier.account.name;
    let Some(c) = checkin else {
        match format {
            Format::Json => {
                super::print_json(&serde_json::json!(Record::from(note.clone()).public()))
            }
            Format::Html => print(&compose::html(name, &note.public_text(), setting.lang)),
            Format::Markdown => print(&note.public_text()),
            _ => {
                return Err(Failure::Usage {
                    reason: words::commands::only_checkins(setting.lang).into(),
                });
            }
        }
        return Ok(0);
    };
    let actions: Vec<_> = dossier
        .actions
        .iter()
        .filter(|a| a.source.as_ref() == Some(&c.id))
        .cloned()
        .collect();
    let (lang, zone) = (setting.lang, setting.clock.now().zone);
    match format {
        Format::Markdown => print(&note.public_text()),
        Format::Html => print(&compose::html(name, &note.public_text(), lang)),
        Format::Json => super::print_json(&compose::json(c, name, &actions, lang)),
        Format::Crm => print(&packet::crm(
            c,
            name,
            &actions,
            &setting.config.desk.crm,
            lang,
            zone,
        )),
        Format::Minutes => print(&packet::minutes_of_meeting(
            c,
            name,
            &actions,
            &setting.author.name,
            lang,
            zone,
        )),
        Format::Mail | Format::Eml => {
            let Some(template) = setting.config.messages.iter().find(|m| m.id == "follow-up")
            else {
                return Err(Failure::NotFound {
                    what: "follow-up".into(),
                });
            };
            let facts = message::facts(
                c,
                name,
                &actions,
                &setting.author.name,
                None,
                &*setting.config.phrases,
                lang,
                zone,
            );
            let draft =
                message::draft(template, &facts, lang).map_err(|missing| Failure::Usage {
                    reason: words::call::draft_lacks(setting.lang, &missing.0),
                })?;
            let to: Vec<String> = dossier
                .contacts
                .iter()
                .filter(|p| c.wrapup.attendees.contains(&p.name) && !p.email.is_empty())
                .map(|p| p.email.clone())
                .collect();
            if format == Format::Eml {
                print(
                    String::from_utf8_lossy(
                        &message::eml(&draft, &to, setting.clock.now().at).unwrap_or_default(),
                    )
                    .trim_end(),
                );
            } else {
                print(&format!("{}\n\n{}", draft.subject, draft.body.trim_end()));
            }
        }
    }
    Ok(0)
}
