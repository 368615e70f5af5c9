//! What is wrong with the arguments, in the user's language.

use clap::Error;
use clap::error::{ContextKind as C, ContextValue as V, ErrorKind as E};

use crate::i18n::{Strings, fill};

/// The mistake, what may have been meant, and the form of the command, one a line. None where clap was only
/// asked for its help or version.
pub fn words(t: &Strings, error: &Error) -> Option<String> {
    let one = |kind| all(error, kind).join(", ");
    let (arg, value) = (one(C::InvalidArg), one(C::InvalidValue));
    let mistake = match error.kind() {
        E::DisplayHelp | E::DisplayHelpOnMissingArgumentOrSubcommand | E::DisplayVersion => {
            return None;
        }
        E::UnknownArgument => fill(t.u_unknown, &[&arg]),
        E::InvalidSubcommand => fill(t.u_command, &[&one(C::InvalidSubcommand)]),
        E::InvalidValue if value.is_empty() => fill(t.u_no_value, &[&arg]),
        E::InvalidValue | E::ValueValidation => fill(t.u_value, &[&value, &arg]),
        E::TooManyValues => fill(t.u_too_many, &[&value, &arg]),
        E::MissingRequiredArgument => fill(t.u_missing, &[&arg]),
        E::MissingSubcommand => fill(
            t.u_missing_command,
            &[&one(C::InvalidSubcommand), &one(C::ValidSubcommand)],
        ),
        E::ArgumentConflict => match one(C::PriorArg) {
            prior if prior.is_empty() || prior == arg => fill(t.u_twice, &[&arg]),
            prior => fill(t.u_conflict, &[&arg, &prior]),
        },
        _ => t.u_other.to_owned(),
    };
    let near: Vec<String> = [C::SuggestedArg, C::SuggestedSubcommand, C::SuggestedValue]
        .into_iter()
        .flat_map(|kind| all(error, kind))
        .collect();
    let allowed = all(error, C::ValidValue);
    let mut lines = vec![mistake];
    if !near.is_empty() {
        lines.push(fill(t.u_near, &[&near.join(", ")]));
    }
    if !allowed.is_empty() {
        lines.push(fill(t.w_one_of, &[&allowed.join(", ")]));
    }
    if let Some(V::StyledStr(usage)) = error.get(C::Usage) {
        let usage = usage.to_string();
        lines.push(format!(
            "{} {}",
            t.h_usage,
            usage.trim_start_matches("Usage:").trim()
        ));
    }
    lines.push(fill(t.cli_hint, &[&t.u_help]));
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
