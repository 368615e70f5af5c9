//! `kenshin`: opens the client. Also defines the arguments that every command accepts.

use std::io::IsTerminal;

use clap::{Arg, ArgAction, ArgMatches};

use super::arguments::{one_of, option, path};
use super::command::{Command, Run};
use super::home;
use super::session::{Done, Session};
use crate::config;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::runtime::{self, Opening};
use crate::words::{self, Lang, words};

words! {
    about: "A terminal workbench for customer success managers", "カスタマーサクセスマネージャーのためのターミナルワークベンチ";
    version: "Print version", "バージョンを表示";
    home_help: "Folder for data and configuration", "データと設定のフォルダ";
    everywhere: "Global options", "共通オプション";
    lang_help: "Language: ja or en", "言語: ja または en";
    theme_help: "Colours: auto (as the terminal's background), dark, light or mono", "配色: auto（ターミナルの背景に合わせる）、dark、light、mono";
    input_redirected: "The screens of Kenshin need a terminal, but its input is redirected. Commands work without one: kenshin today, kenshin accounts --json, kenshin note; kenshin help lists all", "画面の表示にはターミナルが必要ですが、標準入力がリダイレクトされています。コマンドはターミナルなしで使えます: kenshin today、kenshin accounts --json、kenshin note。一覧は kenshin help";
    output_redirected: "The screens of Kenshin need a terminal, but its output is redirected. Commands work without one: kenshin today, kenshin accounts --json, kenshin export; kenshin help lists all", "画面の表示にはターミナルが必要ですが、標準出力がリダイレクトされています。コマンドはターミナルなしで使えます: kenshin today、kenshin accounts --json、kenshin export。一覧は kenshin help";
    no_term: "The screens of Kenshin need a terminal, but TERM is not set. Set it to what your terminal is, for example TERM=xterm-256color, or use commands: kenshin today; kenshin help lists all", "画面の表示にはターミナルが必要ですが、TERM が設定されていません。端末の種類（例: TERM=xterm-256color）を設定するか、コマンドを使ってください: kenshin today。一覧は kenshin help";
    dumb(term): "TERM={term} is a terminal that cannot place text. Open Kenshin in another one, or use commands: kenshin today; kenshin help lists all", "TERM={term} の端末では画面を表示できません。別の端末で開くか、コマンドを使ってください: kenshin today。一覧は kenshin help";
}

pub const COMMAND: Command = Command {
    path: &[],
    about,
    arguments,
    run: Run::Alone(run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(version(lang)),
        )
        .arg(
            path(option("home", home_help(lang)))
                .global(true)
                .help_heading(everywhere(lang))
                .value_name("DIR"),
        )
        .arg(
            one_of(option("lang", lang_help(lang)), ["ja", "en"])
                .global(true)
                .help_heading(everywhere(lang))
                .value_name("ja|en"),
        )
        .arg(
            one_of(option("theme", theme_help(lang)), config::Theme::NAMES)
                .global(true)
                .help_heading(everywhere(lang))
                .value_name("auto|dark|light|mono"),
        )
}

fn run(session: &mut Session, _: &ArgMatches) -> Done {
    open(session, None)
}

/// Refuses to open the client where it cannot be shown. Asked before anything is written.
///
/// # Errors
/// Input or output is no terminal, or one that cannot place text.
pub fn needs_terminal(lang: Lang) -> Result<(), Failure> {
    let term = std::env::var("TERM").unwrap_or_default();
    let reason = if !std::io::stdin().is_terminal() {
        input_redirected(lang).to_owned()
    } else if !std::io::stdout().is_terminal() {
        output_redirected(lang).to_owned()
    } else if term.is_empty() {
        no_term(lang).to_owned()
    } else if matches!(term.as_str(), "dumb" | "unknown") {
        dumb(lang, term)
    } else {
        return Ok(());
    };
    Err(Failure::Usage { reason })
}

/// Opens the client; with an account and a template, on a check-in.
///
/// # Errors
/// If there is no terminal, or the client cannot be opened.
pub fn open(session: &mut Session, checkin: Option<(AccountId, Option<String>)>) -> Done {
    needs_terminal(session.lang)?;
    let failures = session.failures.iter();
    let failures = failures.map(|f| words::problems::failure(session.lang, f));
    let dir = &session.places.home;
    let notices = failures
        .chain(home::exposed(dir, session.lang))
        .chain(home::nearly_full(dir, session.lang))
        .collect();
    runtime::open(Opening {
        home: session.places.home.clone(),
        config: session.config.clone(),
        config_dir: session.places.config.clone(),
        author: session.author.clone(),
        lang: session.lang,
        clock: session.clock,
        mint: session.mint.clone(),
        questions: (session.listed.questions)(),
        notices,
        checkin,
    })?;
    Ok(0)
}
