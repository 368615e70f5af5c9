//! `kenshin import`: look, say what would happen, then write as one undoable operation.

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

use clap::ArgMatches;
use serde_json::{Value, json};

use super::{Done, Setting, print, print_json, say};
use crate::domain::failure::Failure;
use crate::domain::money::Currency;
use crate::runtime::{answer, importing};
use crate::services::import::mapping::{Headers, Layout, Mapping, Wish};
use crate::services::import::values::Order;
use crate::services::import::{self, Kind, Options, Plan, Request};
use crate::store::Store;
use crate::words;

/// Rejects shown one by one; the rest are in the file.
const SHOWN: usize = 10;

pub fn run(setting: &mut Setting, m: &ArgMatches) -> Done {
    let t = setting.t();
    let paths: Vec<PathBuf> = m
        .get_many::<PathBuf>("paths")
        .map(|p| p.cloned().collect())
        .unwrap_or_default();
    if let [dir] = &paths[..]
        && dir.join(super::export::FILE).exists()
    {
        return super::export::read_back(setting, dir, m);
    }
    let sources = importing::sources(&paths)?;
    let (own, failures) = importing::saved_mappings(&setting.places.config);
    if let Some(failure) = failures.into_iter().next() {
        return Err(failure);
    }
    let mappings = import::mappings(own);
    let mut store = setting.open()?;
    let options = options(setting, m, &store)?;
    let told = std::cell::Cell::new(0_u64);
    let terminal = std::io::stderr().is_terminal();
    let progress = |rows: u64| {
        told.set(rows);
        if terminal && rows.is_multiple_of(200_000) {
            let _ = write!(
                std::io::stderr(),
                "\r{}",
                words::commands::did_rows(t, rows)
            );
        }
    };
    let plan = import::plan(&Request {
        sources: &sources,
        mappings: &mappings,
        options: &options,
        existing: &store,
        progress: &progress,
    })?;
    if terminal && told.get() >= 200_000 {
        let _ = writeln!(std::io::stderr());
    }
    let as_json = m.get_flag("json");
    if !as_json {
        preview(setting, &plan);
    }
    if let Some(name) = m.get_one::<String>("save-map") {
        save_mapping(setting, name, &plan, &mappings)?;
    }
    let mut written = false;
    if plan.readable()
        && !plan.is_empty()
        && !m.get_flag("dry-run")
        && (m.get_flag("yes") || (!as_json && confirmed(setting)))
    {
        write(setting, &mut store, &plan)?;
        written = true;
    }
    // Without a word of its end the next start looks through the tree.
    let _ = store.leave();
    let mut files = Vec::new();
    // Without a writing nothing at all is written; rejects of an otherwise empty import are kept.
    if plan.rejected() > 0 && !m.get_flag("dry-run") && (written || plan.is_empty()) {
        files = importing::write_rejects(&setting.places.home, &plan, setting.clock.now(), t)?;
        for path in &files {
            say(&words::commands::did_rejects(t, path.display()));
        }
    }
    if as_json {
        print_json(&report(setting, &plan, written, &files));
    } else if written {
        print(words::commands::did_imported(t));
    } else if plan.is_empty() {
        print(words::commands::did_nothing(t));
    } else if !m.get_flag("dry-run") {
        say(words::commands::did_not_asked(t));
    }
    if !plan.readable() {
        return Ok(1);
    }
    Ok(
        if plan.rejected() > 0 || plan.files.iter().any(|f| f.problem.is_some()) {
            3
        } else {
            0
        },
    )
}

fn options(setting: &Setting, m: &ArgMatches, store: &Store) -> Result<Options, Failure> {
    let text = |key: &str| m.get_one::<String>(key).cloned();
    let mut columns = Vec::new();
    for pair in m.get_many::<String>("set").into_iter().flatten() {
        let (field, header) = pair.split_once('=').ok_or_else(|| Failure::Usage {
            reason: format!("--set {pair}: field=header"),
        })?;
        if !Kind::ALL.iter().any(|k| k.fields().contains(&field)) {
            return Err(Failure::Usage {
                reason: format!(
                    "--set {pair}: {}",
                    words::problems::wrong_one_of(
                        setting.lang,
                        Kind::ALL
                            .iter()
                            .flat_map(|k| k.fields())
                            .copied()
                            .collect::<std::collections::BTreeSet<_>>()
                            .into_iter()
                            .collect::<Vec<_>>()
                            .join(", ")
                    )
                ),
            });
        }
        columns.push((field.to_owned(), header.to_owned()));
    }
    let currency = text("currency")
        .map(|c| {
            Currency::parse(&c).ok_or(Failure::Usage {
                reason: format!("--currency {c}"),
            })
        })
        .transpose()?;
    let wish = Wish {
        kind: text("as").and_then(|k| Kind::parse(&k)),
        mapping: text("map"),
        columns,
        currency,
        date_order: text("date-order").map(|o| if o == "dmy" { Order::Dmy } else { Order::Mdy }),
    };
    let account = text("account")
        .map(|a| answer::one(store, None, &a).map(|a| a.id))
        .transpose()?;
    Ok(Options {
        wish,
        sheet: text("sheet"),
        account,
        create_accounts: m.get_flag("create-accounts"),
        answers: Default::default(),
        now: setting.clock.now(),
    })
}

/// What would come in: files, counts, samples, rejects, flags.
fn preview(setting: &Setting, plan: &Plan) {
    let t = setting.t();
    for f in &plan.files {
        match (&f.problem, f.kind) {
            (Some(p), _) => say(&format!("{}: {}", f.name, p.words(t))),
            (None, Some(k)) => {
                let columns: Vec<String> = f
                    .columns
                    .iter()
                    .map(|(field, header)| {
                        if field == header {
                            field.clone()
                        } else {
                            format!("{field}={header}")
                        }
                    })
                    .collect();
                print(&format!(
                    "{}: {} ({}) · {}\n  {}",
                    f.name,
                    k.words(t),
                    f.mapping,
                    words::importing::rows_n(t, f.rows),
                    columns.join(" ")
                ));
                if !f.kept.is_empty() {
                    print(&format!(
                        "  {}",
                        words::importing::kept_columns(t, f.kept.join(", "))
                    ));
                }
                if !f.ignored.is_empty() {
                    print(&format!(
                        "  {}",
                        words::importing::ignored(t, f.ignored.join(", "))
                    ));
                }
            }
            (None, None) => {}
        }
    }
    for (kind, c) in &plan.kinds {
        print(&format!(
            "{}: {} {} · {} {} · {} {} · {} {} · {} {}",
            kind.words(t),
            words::importing::new(t),
            c.new,
            words::importing::changed(t),
            c.changed,
            words::importing::unchanged(t),
            c.unchanged,
            words::importing::rejected(t),
            c.rejected,
            words::importing::flagged(t),
            c.flagged
        ));
        for sample in plan.samples.get(kind).into_iter().flatten().take(2) {
            print(&format!("  + {sample}"));
        }
    }
    for r in plan.rejects.iter().take(SHOWN) {
        say(&format!("  ✗ {}", importing::reject_line(t, r)));
    }
    let more = plan.rejected().saturating_sub(SHOWN as u64);
    if more > 0 {
        say(&format!("  {}", words::commands::did_more(t, more)));
    }
    let mut odd: std::collections::BTreeMap<&str, u64> = Default::default();
    for f in &plan.flags {
        *odd.entry(f.oddity.words(t)).or_default() += 1;
    }
    for (what, n) in odd {
        say(&format!("  ⚑ {what}: {n}"));
    }
}

/// Asks at a terminal; elsewhere nothing is written without `--yes`.
fn confirmed(setting: &Setting) -> bool {
    if !std::io::stdin().is_terminal() {
        return false;
    }
    let _ = write!(
        std::io::stderr(),
        "{}",
        words::commands::did_ask(setting.lang)
    );
    let mut line = String::new();
    let _ = std::io::stdin().lock().read_line(&mut line);
    matches!(
        line.trim().to_lowercase().as_str(),
        "y" | "yes" | "ｙ" | "はい"
    )
}

fn write(setting: &mut Setting, store: &mut Store, plan: &Plan) -> Result<(), Failure> {
    let now = setting.clock.now();
    if let Some(backup) = importing::back_up_before(store, plan, now)? {
        say(&words::commands::did_backup(
            setting.lang,
            backup.path.display(),
            backup.records,
            backup.bytes,
        ));
    }
    let author = setting.author.clone();
    importing::write(store, plan, &author, now, &mut setting.mint, |_| {})?;
    Ok(())
}

fn report(setting: &Setting, plan: &Plan, written: bool, files: &[PathBuf]) -> Value {
    let t = setting.t();
    let kinds: serde_json::Map<String, Value> = plan
        .kinds
        .iter()
        .map(|(k, c)| (k.key().to_owned(), json!({ "new": c.new, "changed": c.changed, "unchanged": c.unchanged, "rejected": c.rejected, "flagged": c.flagged })))
        .collect();
    let rejects: Vec<Value> =
        plan.rejects.iter().map(|r| json!({ "file": r.file, "line": r.line, "column": r.column, "value": r.value, "reason": r.reason.words(t) })).collect();
    let flags: Vec<Value> = plan.flags.iter().map(|f| json!({ "file": f.file, "line": f.line, "reason": f.oddity.words(t), "oddity": f.oddity })).collect();
    let sources: Vec<Value> = plan
        .files
        .iter()
        .map(|f| json!({ "file": f.name, "kind": f.kind, "mapping": f.mapping, "rows": f.rows, "ignored": f.ignored, "kept": f.kept, "columns": f.columns.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(), "problem": f.problem.as_ref().map(|p| p.words(t)) }))
        .collect();
    json!({ "written": written, "kinds": kinds, "rejects": rejects, "flags": flags, "files": sources, "rejects_files": files })
}

/// Saves what was understood under a name: the layout with the columns as they were found.
fn save_mapping(
    setting: &Setting,
    name: &str,
    plan: &Plan,
    mappings: &[Mapping],
) -> Result<(), Failure> {
    let name: String = name
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    if name.is_empty() {
        return Err(Failure::Usage {
            reason: words::common::name_empty(setting.lang).into(),
        });
    }
    let table: Vec<Layout> = plan
        .files
        .iter()
        .filter_map(|f| {
            let kind = f.kind?;
            let base = mappings
                .iter()
                .find(|m| m.name == f.mapping)?
                .table
                .iter()
                .find(|l| l.kind == kind)?
                .clone();
            Some(Layout {
                needs: f.columns.iter().map(|(_, h)| h.clone().into()).collect(),
                columns: f
                    .columns
                    .iter()
                    .map(|(field, h)| (field.clone(), Headers::One(h.clone().into())))
                    .collect(),
                ..base
            })
        })
        .collect();
    let text = toml::to_string_pretty(&Mapping {
        name: name.clone(),
        table,
    })
    .map_err(|e| Failure::Refused {
        reason: e.to_string(),
    })?;
    let dir = setting.places.config.join("mappings");
    crate::store::files::private_dir(&dir)?;
    let path = dir.join(format!("{name}.toml"));
    crate::store::files::write_atomic(&path, text.as_bytes())?;
    say(&words::commands::did_written(setting.lang, path.display()));
    Ok(())
}
