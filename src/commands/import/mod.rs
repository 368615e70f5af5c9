//! `kenshin import`: reads the files, shows the changes, then writes them as one undoable
//! operation.

mod confirm;
mod desk_data;
mod mapping;
mod options;
mod outcome;
mod preview;
mod prose;
mod read_back;
mod stored;

use std::cell::Cell;
use std::path::PathBuf;

use clap::ArgMatches;

use super::arguments::given;
use super::asking::Holder;
use super::command::{Command, Run};
use super::output::{StatusLine, print, print_json, say};
use super::session::{Done, Session};
use crate::domain::failure::Failure;
use crate::ipc::Form;
use crate::runtime::importing::{self, Opening};
use crate::services::import::ExistingData;
use crate::services::import::mapping::Mapping;
use crate::services::import::table::Source;
use crate::services::import::{self, FileProblem, Plan, Request};
use crate::store::Store;
use crate::store::rows::Scoring;
use crate::words::{self, words};
use confirm::confirmed;
use desk_data::DeskData;
use outcome::{imported, not_asked, nothing};

words! {
    about: "Import CSV, TSV, Excel or JSON files, or notes from a text", "CSV・TSV・Excel・JSON、またはテキストのメモを取り込む";
    rows_read(rows): "{rows} row{rows:#} read", "{rows} 行を読み取りました";
    question: "Import this? [y/N] ", "取り込みますか？ [y/N] ";
    no_map_name(name): "“{name}” is not a name for a mapping: use letters and digits, not a path", "「{name}」はマッピングの名前に使えません。パスではなく文字と数字で指定してください";
    remembered(path): "Remembered for files with these columns: {path}", "この列の並びのファイル用に記憶しました: {path}";
    rejected_rows(path): "Rejected rows, to correct and import again: {path}", "取り込めなかった行（修正して再度取り込めます）: {path}";
}

pub const COMMAND: Command = Command {
    path: &["import"],
    about,
    arguments: options::arguments,
    run: Run::Asks(stored::QUESTIONS, run),
};

/// Rows between two progress updates.
const WORTH_SAYING: u64 = 200_000;

/// The files to read, and the mappings to use.
struct Files {
    sources: Vec<Source>,
    mappings: Vec<Mapping>,
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let paths: Vec<PathBuf> = m
        .get_many::<PathBuf>("paths")
        .map(|p| p.cloned().collect())
        .unwrap_or_default();
    if let [path] = &paths[..]
        && let Some(file) = read_back::file(path)
    {
        return read_back::run(session, &file, m);
    }
    let sheet = given(m, "sheet");
    let opening = Opening {
        home: &session.places.home.clone(),
        sheet: sheet.as_deref(),
        workbooks: importing::in_process_of_its_own,
        standard_input: true,
    };
    let sources = match prose::held(session, m, &paths, &opening)? {
        prose::Held::Notes(documents) => return prose::run(session, m, &documents),
        prose::Held::Tables(sources) => sources,
    };
    let (own, failures) = importing::saved_mappings(&session.places.config);
    if let Some(failure) = failures.into_iter().next() {
        return Err(failure);
    }
    let files = Files {
        sources,
        mappings: import::mappings(own),
    };
    if m.get_flag("dry-run") {
        let plan = look(session, m, &files)?;
        show_plan(session, &plan);
        return end(session, true, &plan, false);
    }
    let mut store = session.open_to_write()?;
    let plan = plan(session, m, &files, &store)?;
    show_plan(session, &plan);
    save_map(session, m, &files, &plan)?;
    let mut written = false;
    if plan.readable()
        && !plan.is_empty()
        && (m.get_flag("yes") || (session.form == Form::Words && confirmed(question(session.lang))))
    {
        write(session, &mut store, &plan)?;
        let scoring = Scoring {
            context: session.config.scoring_context(),
            policy_stamp: session.config.policy_stamp,
            now: session.clock.now(),
        };
        // Without it the day is recomputed later: a failure is no matter.
        let _ = store.observe_some(scoring);
        written = true;
        remember(session, m, &files, &plan)?;
    }
    // If the clean-end mark fails, the next start only checks the tree.
    let _ = store.leave();
    end(session, false, &plan, written)
}

/// Plans an import against the stored data, also while a client holds the store.
fn look(session: &mut Session, m: &ArgMatches, files: &Files) -> Result<Plan, Failure> {
    if let Some(store) = session.reading_copy()? {
        return plan(session, m, files, &store);
    }
    session.with_holder(|session, holder| match holder {
        Holder::Us(store) => {
            let plan = plan(session, m, files, &*store)?;
            // If the clean-end mark fails, the next start only checks the tree.
            let _ = store.leave();
            Ok(Some(plan))
        }
        Holder::Another(desk) => {
            let Some(existing) = DeskData::begin(desk)? else {
                return Ok(None);
            };
            match plan(session, m, files, &existing) {
                // The client has ended, so the store is free now.
                Err(Failure::NoAnswer) => Ok(None),
                planned => planned.map(Some),
            }
        }
    })
}

/// Reads the files against the stored data.
fn plan(
    session: &Session,
    m: &ArgMatches,
    files: &Files,
    existing: &dyn ExistingData,
) -> Result<Plan, Failure> {
    let line = Cell::new(Some(StatusLine::new()));
    let progress = |rows: u64| {
        if rows.is_multiple_of(WORTH_SAYING)
            && let Some(mut shown) = line.take()
        {
            shown.show(&rows_read(session.lang, rows));
            line.set(Some(shown));
        }
    };
    import::plan(&Request {
        sources: &files.sources,
        mappings: &files.mappings,
        options: &options::read(session, m, existing)?,
        existing,
        progress: &progress,
    })
}

fn show_plan(session: &Session, plan: &Plan) {
    if session.form == Form::Words {
        preview::show(session.lang, plan);
    }
}

/// Saves the mapping of the plan, if requested.
fn save_map(session: &Session, m: &ArgMatches, files: &Files, plan: &Plan) -> Result<(), Failure> {
    match given(m, "save-map") {
        Some(name) => {
            let is_path = name.starts_with('.') || name.contains(['/', '\\']);
            if is_path || name.trim().is_empty() || name.chars().any(char::is_control) {
                return Err(Failure::Usage {
                    reason: no_map_name(session.lang, name),
                });
            }
            let wish = options::wish(session, m)?;
            mapping::save(session, &name, plan, &wish, &files.mappings)
        }
        None => Ok(()),
    }
}

/// What the user said of columns, words and the kind holds for the next file with these columns too,
/// unless it has a mapping already.
fn remember(session: &Session, m: &ArgMatches, files: &Files, plan: &Plan) -> Result<(), Failure> {
    let wish = options::wish(session, m)?;
    let said = wish.kind.is_some() || !wish.columns.is_empty() || !wish.values.is_empty();
    if !said || wish.mapping.is_some() || given(m, "save-map").is_some() {
        return Ok(());
    }
    let Some(first) = plan.files.iter().find(|f| f.kind.is_some()) else {
        return Ok(());
    };
    let name = importing::remembered_name(&first.name);
    let config = &session.places.config;
    let path = importing::remember(config, &name, plan, &wish, &files.mappings)?;
    say(&remembered(session.lang, path.display()));
    Ok(())
}

/// Reports the result. Writes the rejected rows if something was imported, if nothing could be, and for
/// a dry run, whose purpose is to correct them.
fn end(session: &Session, dry_run: bool, plan: &Plan, written: bool) -> Done {
    let lang = session.lang;
    let mut files = Vec::new();
    if plan.rejected() > 0 && (dry_run || written || plan.is_empty()) {
        let (home, now) = (&session.places.home, session.clock.now());
        files = importing::write_rejects(home, plan, now, lang)?;
        for path in &files {
            say(&rejected_rows(lang, path.display()));
        }
    }
    if session.form == Form::Json {
        print_json(&preview::value(lang, plan, written, &files));
    } else if written {
        print(imported(lang));
    } else if plan.is_empty() {
        print(nothing(lang));
    } else if !dry_run {
        say(not_asked(lang));
    }
    let unread = plan
        .files
        .iter()
        .any(|f| f.problem.as_ref().is_some_and(FileProblem::is_loss));
    Ok(match plan.readable() {
        false => 1,
        true if plan.rejected() > 0 || unread => 3,
        true => 0,
    })
}

fn write(session: &mut Session, store: &mut Store, plan: &Plan) -> Result<(), Failure> {
    let (lang, now) = (session.lang, session.clock.now());
    if let Some(backup) = importing::back_up_before(store, plan, now)? {
        let path = backup.path.display();
        let words = words::commands::did_backup(lang, path, backup.records, backup.bytes);
        say(&words);
    }
    let author = session.author.clone();
    importing::write(store, plan, &author, now, &mut session.mint, |_| {})?;
    Ok(())
}
