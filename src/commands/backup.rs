//! `kenshin backup`: the whole store as one file that can be restored.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::arguments::{absolute, file, force};
use super::command::{Command, Run};
use super::session::{Done, Session};
use crate::domain::failure::Failure;
use crate::runtime::context::Context;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole, Work};
use crate::store::{BackupWriter, Frozen, Store};
use crate::words::{Lang, words};

words! {
    about: "Create a backup of records, drafts and configuration", "レコード・下書き・設定のバックアップを作成";
    did(path, records, drafts, configuration, bytes): "Backup: {path} ({records} record{records:#}, {drafts} draft{drafts:#}, {configuration} configuration file{configuration:#}, {bytes} bytes)", "バックアップ: {path}（レコード {records} 件、下書き {drafts} 件、設定ファイル {configuration} 件、{bytes} バイト）";
}

pub const COMMAND: Command = Command {
    path: &["backup"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command.arg(file(lang)).arg(force(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let named = || {
        let now = session.clock.now().local().format("%Y%m%d-%H%M%S");
        let dir = session.places.home.join("backups");
        dir.join(format!("{now}.kenshin"))
    };
    let path = m.get_one::<PathBuf>("file").cloned().unwrap_or_else(named);
    session.answer(Request {
        path: absolute(&path),
        config: Some(absolute(&session.places.config)),
        force: m.get_flag("force"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    path: String,
    /// The folder of configuration files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    config: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    force: bool,
}

impl Ask for Request {
    const ASK: &'static str = "backup";
    const LONG: bool = true;

    fn answer(self, store: &mut Store, _: &mut Context) -> Result<Said, Failure> {
        let (frozen, writer) = store.begin_backup(
            Path::new(&self.path),
            self.config.as_deref().map(Path::new),
            self.force,
        )?;
        Ok(Said::Work(Box::new(BackingUp {
            frozen,
            writer: Some(writer),
        })))
    }
}

/// A running backup of the store's state at its start, regardless of later writes.
struct BackingUp {
    frozen: Frozen,
    /// `None` once it is finished.
    writer: Option<BackupWriter>,
}

impl Work for BackingUp {
    fn step(
        &mut self,
        store: &mut Store,
        context: &Context,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<ControlFlow<Whole>, Failure> {
        let Some(mut writer) = self.writer.take() else {
            return Ok(ControlFlow::Break(Whole::default()));
        };
        if store.read_at(&self.frozen, |store| writer.step(store))? {
            progress(writer.records() as usize, self.frozen.records() as usize);
            self.writer = Some(writer);
            return Ok(ControlFlow::Continue(()));
        }
        let done = store.read_at(&self.frozen, |store| writer.finish(store))?;
        let json = json!({ "path": done.path, "records": done.records, "drafts": done.drafts, "configuration": done.configuration, "bytes": done.bytes });
        let path = done.path.display();
        let words = did(
            context.lang,
            path,
            done.records,
            done.drafts,
            done.configuration,
            done.bytes,
        );
        Ok(ControlFlow::Break(Whole::new(json, words)))
    }
}
