//! What is wrong with the arguments, in the user's language.

use clap::Error;
use clap::error::{ContextKind as C, ContextValue as V, ErrorKind as E};

use crate::words::{self, Lang};

/// The mistake, what may have been meant, and the form of the command, one a line. None where clap was only
/// asked for its help or version.
pub fn words(t: Lang, error: &Error) -> Option<String> {
    let one = |kind| all(error, kind).join(", ");
    let (arg, value) = (one(C::InvalidArg), one(C::InvalidValue));
    let mistake = match error.kind() {
        E::DisplayHelp | E::DisplayHelpOnMissingArgumentOrSubcommand | E::DisplayVersion => {
            return None;
        }
        E::UnknownArgument => words::commands::usage_unknown(t, &arg),
        E::InvalidSubcommand => words::commands::usage_command(t, one(C::InvalidSubcommand)),
        E::InvalidValue if value.is_empty() => words::commands::usage_no_value(t, &arg),
        E::InvalidValue | E::ValueValidation => words::commands::usage_value(t, &value, &arg),
        E::TooManyValues => words::commands::usage_too_many(t, &value, &arg),
        E::MissingRequiredArgument => words::commands::usage_missing(t, &arg),
        E::MissingSubcommand => words::commands::usage_missing_command(
            t,
            one(C::InvalidSubcommand),
            one(C::ValidSubcommand),
        ),
        E::ArgumentConflict => match one(C::PriorArg) {
            prior if prior.is_empty() || prior == arg => words::commands::usage_twice(t, &arg),
            prior => words::commands::usage_conflict(t, &arg, &prior),
        },
        _ => words::commands::usage_other(t).to_owned(),
    };
    let near: Vec<String> = [C::SuggestedArg, C::SuggestedSubcommand, C::SuggestedValue]
        .into_iter()
        .flat_map(|kind| all(error, kind))
        .collect();
    let allowed = all(error, C::ValidValue);
    let mut lines = vec![mistake];
    if !near.is_empty() {
        lines.push(words::commands::usage_near(t, near.join(", ")));
    }
    if !allowed.is_empty() {
        lines.push(words::problems::wrong_one_of(t, allowed.join(", ")));
    }
    if let Some(V::StyledStr(usage)) = error.get(C::Usage) {
        let usage = usage.to_string();
        lines.push(format!(
            "{} {}",
            words::commands::word_usage(t),
            usage.trim_start_matches("Usage:").trim()
        ));
    }
    lines.push(words::commands::did_hint(t, words::commands::usage_help(t)));
    Some(lines.join("\n"))
}

/// What clap tells of one side of a mistake.
fn all(error: &Error, kind: C) -> Vec<String> {
    match error.get(kind) {
        Some(V::String(text)) => vec![text.clone()],
        Some(V::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}
