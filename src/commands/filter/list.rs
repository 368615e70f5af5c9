//! `kenshin filter words`: the words of the filter, what each asks, its values and what it costs.

use clap::ArgMatches;
use serde_json::{Value, json};

use crate::app::kit::wrap;
use crate::commands::arguments::json as json_argument;
use crate::commands::command::{Command, Run};
use crate::commands::output::{print, print_json};
use crate::commands::session::{Done, Session};
use crate::domain::filter::catalogue::{Cost, Kind, Unit, WORDS, Word};
use crate::words::{Lang, filter as told, words};

words! {
    about: "List the words of the filter", "絞り込みに使える語の一覧";
}

pub const COMMAND: Command = Command {
    path: &["filter", "words"],
    about,
    arguments,
    run: Run::Alone(run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command.arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let lang = session.lang;
    if m.get_flag("json") {
        print_json(&WORDS.iter().map(|word| value(word, lang)).collect());
    } else {
        print(&list(lang));
    }
    Ok(0)
}

fn list(lang: Lang) -> String {
    let names: Vec<String> = WORDS.iter().map(|word| name(word, lang)).collect();
    let width = names
        .iter()
        .map(|name| wrap::width(name))
        .max()
        .unwrap_or(0);
    let mut out = format!("{}\n\n", told::grammar(lang));
    for (word, name) in WORDS.iter().zip(names) {
        let pad = " ".repeat(width - wrap::width(&name));
        let mut about = vec![told::values(lang, word)];
        let parts = word.parts();
        if !parts.is_empty() {
            about.push(format!("X: {}", parts.join(", ")));
        }
        about.extend(told::limits(lang, word).into_iter().map(str::to_owned));
        out.push_str(&format!(
            "{name}{pad}  {} ({})\n",
            told::meaning(lang, word),
            about.join("; ")
        ));
    }
    out.trim_end().to_owned()
}

/// The name, in Japanese with the other one.
fn name(word: &Word, lang: Lang) -> String {
    match word.japanese().filter(|_| lang == Lang::Ja) {
        Some(other) => format!("{} / {other}", word.full_name()),
        None => word.full_name(),
    }
}

fn value(word: &Word, lang: Lang) -> Value {
    let (kind, unit, values) = match word.kind {
        Kind::Choice(choice) => ("choice", None, (choice.keys)()),
        Kind::Number(unit) => ("number", Some(unit), Vec::new()),
        Kind::Text => ("text", None, Vec::new()),
        Kind::Tag => ("whole-text", None, Vec::new()),
        Kind::YesNo => ("yes-no", None, vec!["yes", "no"]),
    };
    let unit = unit.map(|unit| match unit {
        Unit::Days => "days",
        Unit::Points => "points",
        Unit::Percent => "percent",
        Unit::Money => "money",
        Unit::Count => "count",
    });
    json!({
        "word": word.full_name(), "japanese": word.japanese(), "meaning": told::meaning(lang, word), "type": kind,
        "unit": unit, "values": values, "parts": word.parts(),
        "cost": match word.cost() { Cost::Row => "row", Cost::Records => "records" }, "as_of_a_day": word.as_of,
    })
}
