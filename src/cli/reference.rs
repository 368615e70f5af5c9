//! Completions, man page, key reference, places: made from the same tables the program runs on.

use clap::ArgMatches;

use super::{Done, Setting, print, spec};
use crate::app::shell::bindings;
use crate::domain::failure::Failure;
use crate::words::{self, Lang};

pub fn places(setting: &Setting) -> Done {
    print(&words::commands::did_home(
        setting.lang,
        setting.places.home.display(),
    ));
    print(&words::commands::did_config(
        setting.lang,
        setting.places.config.display(),
    ));
    Ok(0)
}

pub fn completions(setting: &Setting, m: &ArgMatches) -> Done {
    if let Some(shell) = m.get_one::<clap_complete::Shell>("shell") {
        clap_complete::generate(
            *shell,
            &mut spec::command(setting.t()),
            "kenshin",
            &mut std::io::stdout(),
        );
    }
    Ok(0)
}

pub fn man(setting: &Setting) -> Done {
    clap_mangen::Man::new(spec::command(setting.t()))
        .render(&mut std::io::stdout())
        .map_err(|e| Failure::Io {
            path: "-".into(),
            reason: e.to_string(),
        })?;
    Ok(0)
}

pub fn keys(setting: &Setting) -> Done {
    print(key_reference(setting.t()).trim_end());
    Ok(0)
}

/// Every verb with its keys, as Markdown.
pub fn key_reference(t: Lang) -> String {
    let mut out = String::new();
    for scope in bindings::scopes(&[]) {
        out.push_str(&format!(
            "## {}\n\n| {} | {} |\n|---|---|\n",
            scope.words.of(t),
            words::commands::key_word(t),
            words::commands::does_word(t)
        ));
        for verb in bindings::of(scope) {
            let keys: Vec<String> = bindings::keys(verb).map(|k| format!("`{k}`")).collect();
            out.push_str(&format!("| {} | {} |\n", keys.join(" "), verb.words.of(t)));
        }
        out.push('\n');
    }
    out
}
