//! Completions, man page, key reference, places: made from the same tables the program runs on.

use clap::ArgMatches;

use super::{Done, Setting, print, spec};
use crate::app::command::{Scope, VERBS};
use crate::domain::failure::Failure;
use crate::i18n::{Strings, fill};
use crate::keys::Key;

pub fn places(setting: &Setting) -> Done {
    print(&fill(
        setting.t().cli_home,
        &[&setting.places.home.display()],
    ));
    print(&fill(
        setting.t().cli_config,
        &[&setting.places.config.display()],
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
pub fn key_reference(t: &Strings) -> String {
    let mut out = String::new();
    let mut scopes: Vec<Scope> = Vec::new();
    for verb in VERBS {
        if !scopes.contains(&verb.scope) {
            scopes.push(verb.scope);
        }
    }
    for scope in scopes {
        out.push_str(&format!(
            "## {}\n\n| {} | {} |\n|---|---|\n",
            t.scope(scope),
            t.key_word,
            t.does_word
        ));
        for verb in VERBS.iter().filter(|v| v.scope == scope) {
            let keys: Vec<String> = verb
                .keys
                .iter()
                .filter_map(|k| Key::script(k).first().map(|k| format!("`{k}`")))
                .collect();
            out.push_str(&format!(
                "| {} | {} |\n",
                keys.join(" "),
                t.verb(verb.command)
            ));
        }
        out.push('\n');
    }
    out
}
