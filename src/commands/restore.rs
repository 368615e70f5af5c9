//! `kenshin restore`: rebuilds the store from its journal, or replaces it by a backup.

use std::path::PathBuf;

use clap::ArgMatches;

use super::arguments::{file, flag};
use super::command::{Command, Run};
use super::output::{print, say};
use super::session::{Done, Session};
use crate::store::Store;
use crate::words::{self, Lang, words};

words! {
    about: "Rebuild the store from its journal, or restore a backup", "ジャーナルからデータストアを再構築、またはバックアップから復元";
    accept_loss_help: "Continue with the remaining data after a loss", "データの一部を失ったまま、残りで続ける";
    accepted: "Continuing with the remaining data", "残ったデータで続けます";
    restored: "Restored", "復元しました";
    replaced(path): "Restored. The previous data is in {path}", "復元しました。以前のデータ: {path}";
    rebuilt: "Rebuilt the store from its journal", "ジャーナルからデータストアを再構築しました";
}

pub const COMMAND: Command = Command {
    path: &["restore"],
    about,
    arguments,
    run: Run::Alone(run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .arg(file(lang))
        .arg(flag("accept-loss", accept_loss_help(lang)))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let lang = session.lang;
    match m.get_one::<PathBuf>("file") {
        Some(file) => {
            let aside = Store::restore(&session.places.home, file)?;
            session.open()?;
            let message = match aside {
                Some(aside) => replaced(lang, aside.display()),
                None => restored(lang).to_owned(),
            };
            print(&message);
        }
        None if m.get_flag("accept-loss") => {
            let mut store = session.open()?;
            store.accept_loss()?;
            print(accepted(lang));
        }
        None => {
            let store = session.open()?;
            let at = session.clock.now().at;
            let (_, opened) = store.rebuild(&mut session.mint, at)?;
            for repair in &opened.repairs {
                say(&words::problems::repair(lang, repair));
            }
            print(rebuilt(lang));
        }
    }
    Ok(0)
}
