//! Describes argument errors in the user's language. Must not depend on any command.

use clap::Error;
use clap::error::{ContextKind as C, ContextValue as V, ErrorKind as E};

use crate::words::{self, Lang, words};

words! {
    no_argument(arg): "no argument {arg}", "{arg} という引数はありません";
    no_command(command): "no command {command}", "{command} というコマンドはありません";
    invalid_value(value, arg): "invalid value {value} for {arg}", "{value} は {arg} の値として使えません";
    needs_value(arg): "{arg} needs a value", "{arg} には値が必要です";
    missing(arg): "missing argument: {arg}", "引数が不足しています: {arg}";
    missing_command(command, commands): "{command} needs one of the commands: {commands}", "{command} にはコマンドが必要です: {commands}";
    conflict(arg, other): "{arg} cannot be used with {other}", "{arg} は {other} と同時に使えません";
    twice(arg): "{arg} can be used only once", "{arg} は一度だけ指定できます";
    too_many(value, arg): "unexpected value {value} for {arg}", "{arg} の値が多すぎます: {value}";
    near(names): "did you mean {names}?", "もしかして: {names}";
    unreadable: "cannot read the arguments", "引数を読み取れません";
    see_help: "see --help", "使い方は --help で確認できます";
}

/// The mistake, possible corrections and the usage of the command, one per line. `None` if clap was
/// only asked for help or the version.
pub fn words(lang: Lang, error: &Error) -> Option<String> {
    let one = |kind| all(error, kind).join(", ");
    let (arg, value) = (one(C::InvalidArg), one(C::InvalidValue));
    let mistake = match error.kind() {
        E::DisplayHelp | E::DisplayHelpOnMissingArgumentOrSubcommand | E::DisplayVersion => {
            return None;
        }
        E::UnknownArgument => no_argument(lang, &arg),
        E::InvalidSubcommand => no_command(lang, one(C::InvalidSubcommand)),
        E::InvalidValue if value.is_empty() => needs_value(lang, &arg),
        E::InvalidValue | E::ValueValidation => invalid_value(lang, &value, &arg),
        E::TooManyValues => too_many(lang, &value, &arg),
        E::MissingRequiredArgument => missing(lang, &arg),
        E::MissingSubcommand => {
            missing_command(lang, one(C::InvalidSubcommand), one(C::ValidSubcommand))
        }
        E::ArgumentConflict => match one(C::PriorArg) {
            prior if prior.is_empty() || prior == arg => twice(lang, &arg),
            prior => conflict(lang, &arg, &prior),
        },
        _ => unreadable(lang).to_owned(),
    };
    let similar: Vec<String> = [C::SuggestedArg, C::SuggestedSubcommand, C::SuggestedValue]
        .into_iter()
        .flat_map(|kind| all(error, kind))
        .collect();
    let allowed = all(error, C::ValidValue);
    let mut lines = vec![mistake];
    if !similar.is_empty() {
        lines.push(near(lang, similar.join(", ")));
    }
    if !allowed.is_empty() {
        lines.push(words::problems::wrong_one_of(lang, allowed.join(", ")));
    }
    if let Some(V::StyledStr(usage)) = error.get(C::Usage) {
        let usage = usage.to_string();
        lines.push(format!(
            "{} {}",
            super::command::usage(lang),
            usage.trim_start_matches("Usage:").trim()
        ));
    }
    lines.push(words::commands::did_hint(lang, see_help(lang)));
    Some(lines.join("\n"))
}

/// The texts of one part of clap's error.
fn all(error: &Error, kind: C) -> Vec<String> {
    match error.get(kind) {
        Some(V::String(text)) => vec![text.clone()],
        Some(V::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}
