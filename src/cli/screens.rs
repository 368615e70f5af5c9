//! `kenshin screens DIR`: the demo's screens as SVG, drawn by the program itself.

use std::path::PathBuf;

use clap::ArgMatches;

use super::{Done, Setting, print};
use crate::runtime::headless::Desk;
use crate::words::{self, Lang};

/// Name, language, size, and the keys that lead there.
const SHOTS: [(&str, Lang, (u16, u16), &str); 6] = [
    ("portfolio", Lang::En, (120, 34), "2"),
    ("portfolio-ja", Lang::Ja, (120, 34), "2jj"),
    ("account", Lang::En, (120, 34), "2<ret><tab><tab>"),
    ("brief-ja", Lang::Ja, (100, 30), "2p"),
    ("month", Lang::En, (120, 34), "5l"),
    (
        "live",
        Lang::En,
        (110, 28),
        "2c<ret><ret>Mika: the reports are too slow<F3><ret>Budget for next year under review<F4><ret>Send the SSO guide @me ^fri<F2><F8>",
    ),
];

pub fn run(setting: &Setting, m: &ArgMatches) -> Done {
    let dir = m.get_one::<PathBuf>("dir").cloned().unwrap_or_default();
    crate::store::files::private_dir(&dir)?;
    for (name, lang, (width, height), script) in SHOTS {
        let mut desk = Desk::demo(lang, 120)?;
        desk.resize(width, height);
        desk.keys(script);
        if name == "live" {
            desk.later(chrono::Duration::seconds(97));
        }
        let path = dir.join(format!("{name}.svg"));
        crate::store::files::write_atomic(&path, desk.svg(name).as_bytes())?;
        print(&words::commands::did_written(setting.lang, path.display()));
    }
    Ok(0)
}
