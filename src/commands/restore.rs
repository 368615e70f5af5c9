//! `kenshin restore`: rebuilds the store from its journal, replaces it by a backup, or takes that back.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::arguments::{file, flag};
use super::command::{Command, Run};
use super::output::{print, say};
use super::session::{Done, Session};
use crate::domain::failure::Failure;
use crate::store::{Choices, PutBack, Store};
use crate::words::{self, Lang, words};

words! {
    about: "Rebuild the store from its journal, or restore a backup, or take a restore back (restore replaced-1)", "ジャーナルからデータストアを再構築、バックアップから復元、または復元の取り消し (restore replaced-1)";
    accept_loss_help: "Continue with the remaining data after a loss", "データの一部を失ったまま、残りで続ける";
    accepted: "Continuing with the remaining data", "残ったデータで続けます";
    restored: "Restored", "復元しました";
    replaced(path): "Restored. The previous data is in {path}", "復元しました。以前のデータ: {path}";
    taken_back(path): "The data before the restore is back. The restored data is in {path}", "復元前のデータに戻しました。復元したデータ: {path}";
    drafts_back(count): "Put back {count} draft{count:#}", "下書きを {count} 件戻しました";
    drafts_kept(count): "{count} draft{count:#} of the backup stayed there: you have a newer one in the same place", "バックアップの下書き {count} 件は戻していません。同じ場所に今の下書きがあります";
    config_written(path): "Put back {path}", "{path} を戻しました";
    config_beside(path): "Your configuration stays; that of the backup is in {path}", "今の設定ファイルはそのままです。バックアップのものは {path} にあります";
    left_out(what): "Left out, it cannot be read: {what}", "読み取れないため除きました: {what}";
    refused(hint): "Nothing was changed. {hint}", "何も変更していません。{hint}";
    hint_bad_backup: "Restore another backup, or add --accept-loss to leave out what cannot be read", "別のバックアップを使うか、--accept-loss を付けて読み取れないものを除いてください";
    hint_take_back(name): "kenshin restore {name} takes this restore back", "kenshin restore {name} で復元前に戻せます";
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
    let accept_loss = m.get_flag("accept-loss");
    match m.get_one::<PathBuf>("file") {
        Some(file) => return restore(session, file, accept_loss),
        None if accept_loss => {
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

/// Restores a backup, or takes a restore back where the folder of the replaced data is named.
fn restore(session: &mut Session, file: &Path, accept_loss: bool) -> Done {
    let (lang, home) = (session.lang, session.places.home.clone());
    // The folder is named by the message of the restore, or by its name alone.
    let in_home = home.join(file);
    let folder = if file.exists() { file } else { &in_home };
    if folder.is_dir() {
        let aside = Store::return_to(&home, folder)?;
        session.open()?;
        print(&match aside {
            Some(aside) => taken_back(lang, aside.display()),
            None => restored(lang).to_owned(),
        });
        return Ok(0);
    }
    let choices = Choices {
        config: Some(session.places.config.clone()),
        accept_loss,
    };
    let done = match Store::restore(&home, file, &choices) {
        Err(failure @ Failure::Damaged { .. }) => {
            say(&words::problems::failure(lang, &failure));
            let hint = if accept_loss {
                ""
            } else {
                hint_bad_backup(lang)
            };
            say(&refused(lang, hint));
            return Ok(1);
        }
        done => done?,
    };
    for what in &done.left_out {
        say(&left_out(lang, what));
    }
    let aside = done.aside.as_ref();
    if let Err(failure) = session.open() {
        let name = aside.and_then(|a| a.file_name()).unwrap_or_default();
        say(&hint_take_back(lang, name.to_string_lossy()));
        return Err(failure);
    }
    print(&match aside {
        Some(aside) => replaced(lang, aside.display()),
        None => restored(lang).to_owned(),
    });
    tell_put_back(lang, &done.put_back);
    Ok(0)
}

fn tell_put_back(lang: Lang, done: &PutBack) {
    if done.drafts > 0 {
        print(&drafts_back(lang, done.drafts));
    }
    if done.drafts_kept > 0 {
        print(&drafts_kept(lang, done.drafts_kept));
    }
    for path in &done.written {
        print(&config_written(lang, path.display()));
    }
    for path in &done.beside {
        print(&config_beside(lang, path.display()));
    }
}
