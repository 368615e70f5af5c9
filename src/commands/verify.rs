//! `kenshin verify`: checks the store against its counts, and journal and snapshots against their
//! checksums.

use std::ops::ControlFlow;

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::arguments::{flag, json as json_argument};
use super::command::{Command, Run};
use super::home;
use super::output::say;
use super::session::{Done, Session};
use crate::domain::failure::Failure;
use crate::runtime::context::Context;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole, Work};
use crate::store::{Frozen, Report, Store, Verification, privacy};
use crate::words::{self, Lang, words};

words! {
    about: "Check the store, its journal and snapshots", "データストア・ジャーナル・スナップショットを検査";
    sound(records, operations, snapshots): "No problems: {records} record{records:#}, {operations} journal operation{operations:#}, {snapshots} snapshot{snapshots:#}; all belong together", "問題はありません: レコード {records} 件、ジャーナル {operations} 件、スナップショット {snapshots} 件。すべて同じデータストアのものです";
    renewed(file): "{file} was damaged; it is made again", "{file} が破損していたため、作り直します";
    fix_help: "Take the rights of other users from the data folder first", "先にデータフォルダから他のユーザーの権限を外す";
    closed(count, path): "Made {count} file{count:#} and folders private in {path}", "{path} のファイルとフォルダ {count} 件を自分専用にしました";
    closed_already(path): "Nobody else can read {path}", "{path} を読み取れる他のユーザーはいません";
    problems(count): "{count} problem{count:#}:", "問題 {count} 件:";
}

pub const COMMAND: Command = Command {
    path: &["verify"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .arg(flag("fix-permissions", fix_help(lang)))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let (home, lang) = (session.places.home.clone(), session.lang);
    if m.get_flag("fix-permissions") {
        let path = home.display();
        match privacy::close(&home)? {
            0 => say(&closed_already(lang, path)),
            count => say(&closed(lang, count, path)),
        }
    } else if let Some(words) = home::exposed(&home, lang) {
        say(&words);
    }
    session.answer(Request {})
}

#[derive(Serialize, Deserialize)]
struct Request {}

impl Ask for Request {
    const ASK: &'static str = "verify";
    const LONG: bool = true;

    fn answer(self, store: &mut Store, _: &mut Context) -> Result<Said, Failure> {
        let renewed = store.renew_derived();
        let (frozen, verification) = store.begin_verify();
        Ok(Said::Work(Box::new(Verifying {
            renewed,
            frozen,
            verification,
        })))
    }
}

/// A running verification.
struct Verifying {
    /// Derived files that were damaged.
    renewed: Vec<&'static str>,
    frozen: Frozen,
    verification: Verification,
}

impl Work for Verifying {
    fn step(
        &mut self,
        store: &mut Store,
        context: &Context,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<ControlFlow<Whole>, Failure> {
        let verification = &mut self.verification;
        let more = store.read_at(&self.frozen, |store| verification.step(store))?;
        progress(
            verification.done.min(verification.total),
            verification.total,
        );
        Ok(if more {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(reported(&verification.report, &self.renewed, context.lang))
        })
    }
}

fn reported(report: &Report, anew: &[&str], lang: Lang) -> Whole {
    let found: Vec<String> = report
        .problems
        .iter()
        .map(|problem| words::problems::problem(lang, problem))
        .collect();
    let mut json = json!({ "ok": found.is_empty(), "records": report.records, "journal": report.operations, "snapshots": report.snapshots, "problems": found });
    if !anew.is_empty() {
        json["renewed"] = anew.into();
    }
    let mut lines: Vec<String> = anew.iter().map(|file| renewed(lang, file)).collect();
    if found.is_empty() {
        lines.push(sound(
            lang,
            report.records,
            report.operations,
            report.snapshots,
        ));
        return Whole::new(json, lines.join("\n"));
    }
    lines.push(problems(lang, found.len()));
    lines.extend(found.iter().map(|problem| format!("  {problem}")));
    let hint = words::problems::hint_damaged(lang);
    Whole {
        notice: words::commands::did_hint(lang, hint),
        ..Whole::new(json, lines.join("\n")).with_exit(1)
    }
}
