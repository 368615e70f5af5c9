//! `kenshin export`: all data, one note, or the open actions.

pub mod actions;
pub mod all;
pub mod note;

use std::path::PathBuf;

use clap::ArgMatches;

use super::arguments::{
    absolute, flag, force, given, one_of, only_account, option, or_empty, path,
};
use super::command::{Command, Run};
use super::output::{begin_for_spreadsheet, begin_with_crlf};
use super::session::{Done, Session};
use crate::domain::failure::Failure;
use crate::ipc::Form;
use crate::runtime::question::Question;
use crate::words::{Lang, words};

words! {
    about: "Export data", "データを書き出す";
    all_help: "Folder for everything, as JSON that can be imported back", "全データの JSON を書き出すフォルダ（取り込むと元の状態に戻る）";
    private_help: "Include private lines (for your own copy)", "非公開の行も含める（自分用の控え）";
    actions_help: "Open actions as csv or ics", "未完了のアクションを csv か ics で";
    note_help: "Id of the note", "メモの ID";
    personal_help: "Also put lines about personal matters into the CRM packet and the minutes", "私事に関わる行も CRM 用メモと議事録に載せる";
    format_help: "md, html, json, crm, minutes, mail or eml", "md・html・json・crm・minutes・mail・eml";
}

pub const COMMAND: Command = Command {
    path: &["export"],
    about,
    arguments,
    run: Run::Asks(
        &[
            Question::of::<all::Request>(),
            Question::of::<note::Request>(),
            Question::of::<actions::Request>(),
        ],
        run,
    ),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    let formats = note::Format::ALL.iter().map(|f| f.key());
    let format = option("format", format_help(lang))
        .value_name("F")
        .default_value("md");
    let all = path(option("all", all_help(lang)))
        .value_name("DIR")
        .conflicts_with_all(["note", "actions"]);
    command
        .arg(all)
        .arg(flag("include-private", private_help(lang)))
        .arg(force(lang))
        .arg(one_of(option("actions", actions_help(lang)), ["csv", "ics"]).value_name("F"))
        .arg(only_account(lang))
        .arg(option("note", note_help(lang)).value_name("ID"))
        .arg(flag("with-personal", personal_help(lang)))
        .arg(one_of(format, formats))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let (all, note) = (m.get_one::<PathBuf>("all"), given(m, "note"));
    match (all, note, given(m, "actions")) {
        (Some(dir), ..) => session.answer(all::Request {
            dir: absolute(dir),
            private: m.get_flag("include-private"),
            force: m.get_flag("force"),
        }),
        (None, Some(note), _) => {
            let format = or_empty(m, "format");
            if format == note::Format::Eml.key() && session.form == Form::Words {
                begin_with_crlf();
            }
            let personal = m.get_flag("with-personal");
            session.answer(note::Request {
                note,
                format,
                personal,
            })
        }
        (None, None, Some(format)) => {
            match format.as_str() {
                _ if session.form == Form::Json => {}
                "csv" => begin_for_spreadsheet(),
                _ => begin_with_crlf(),
            }
            session.answer(actions::Request {
                format,
                account: given(m, "account"),
            })
        }
        (None, None, None) => Err(Failure::Usage {
            reason: "--all DIR | --note ID | --actions csv|ics".into(),
        }),
    }
}
