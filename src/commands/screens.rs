//! `kenshin screens DIR`: exports demo screens as SVG.

use std::path::PathBuf;

use clap::ArgMatches;

use super::arguments::{arg, path};
use super::command::{Command, Run};
use super::output::print;
use super::session::{Done, Session};
use crate::runtime::headless::Desk;
use crate::words::{self, Lang, words};

words! {
    about: "Export the demo screens as SVG files", "デモ画面を SVG に書き出す";
    dir_help: "Folder", "フォルダ";
}

pub const COMMAND: Command = Command {
    path: &["screens"],
    about,
    arguments,
    run: Run::Alone(run),
};

/// A picture: its name, language and size, and the keys that lead to the screen. Between two pieces of the
/// keys some time passes.
type Shot = (&'static str, Lang, (u16, u16), &'static [&'static str]);

const SHOTS: [Shot; 6] = [
    ("portfolio", Lang::En, (140, 36), &["2"]),
    ("portfolio-ja", Lang::Ja, (140, 36), &["2jj"]),
    ("account", Lang::En, (120, 34), &["2<ret><tab><tab>"]),
    ("brief-ja", Lang::Ja, (100, 30), &["2p"]),
    ("month", Lang::En, (120, 34), &["5]"]),
    (
        "live",
        Lang::En,
        (110, 22),
        &[
            "2c<ret><ret>",
            "Mika: the reports are too slow<F3><ret>",
            "Budget for next year is under review<F4><ret>",
            "Send the SSO guide @me ^fri<F2><ret>",
            "We have not decided whether we will renew",
        ],
    ),
];

/// The time between two pieces of the keys.
const PAUSE: chrono::Duration = chrono::Duration::seconds(41);

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .hide(true)
        .arg(path(arg("dir", dir_help(lang))).required(true))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let dir = m.get_one::<PathBuf>("dir").cloned().unwrap_or_default();
    crate::store::files::private_dir(&dir)?;
    for (name, lang, (width, height), script) in SHOTS {
        let mut desk = Desk::demo(lang, 120)?;
        desk.resize(width, height);
        for (i, keys) in script.iter().enumerate() {
            if i > 0 {
                desk.later(PAUSE);
            }
            desk.keys(keys);
        }
        let file = dir.join(format!("{name}.svg"));
        crate::store::files::write_atomic(&file, desk.svg(name).as_bytes())?;
        print(&words::commands::did_written(session.lang, file.display()));
    }
    Ok(0)
}
