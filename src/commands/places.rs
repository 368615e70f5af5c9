//! `kenshin where`: the data and configuration folders.

use clap::ArgMatches;

use super::command::{Command, Run, no_arguments};
use super::output::print;
use super::session::{Done, Session};
use crate::words::words;

words! {
    about: "Show the data and configuration folders", "データと設定のフォルダを表示";
    data(path): "Data: {path}", "データ: {path}";
    configuration(path): "Configuration: {path}", "設定: {path}";
}

pub const COMMAND: Command = Command {
    path: &["where"],
    about,
    arguments: no_arguments,
    run: Run::Alone(run),
};

fn run(session: &mut Session, _: &ArgMatches) -> Done {
    print(&data(session.lang, session.places.home.display()));
    let path = session.places.config.display();
    print(&configuration(session.lang, path));
    Ok(0)
}
