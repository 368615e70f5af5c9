//! A configuration file: the shipped text, the user's own text, and the places of mistakes.

use std::path::Path;

use crate::domain::failure::Failure;

/// A shipped configuration file and its place in the user's folder.
pub struct Shipped {
    pub name: &'static str,
    pub text: &'static str,
}

/// The health policy that comes with the program.
pub const HEALTH: Shipped = Shipped {
    name: "health.toml",
    text: include_str!("../../config/health.toml"),
};
pub const TEMPLATES: Shipped = Shipped {
    name: "templates.toml",
    text: include_str!("../../config/templates.toml"),
};
pub const MESSAGES: Shipped = Shipped {
    name: "messages.toml",
    text: include_str!("../../config/messages.toml"),
};
/// The warning phrases that come with the program.
pub const PHRASES: Shipped = Shipped {
    name: "phrases.toml",
    text: include_str!("../../config/phrases.toml"),
};
pub const SIGNALS: Shipped = Shipped {
    name: "signals.toml",
    text: include_str!("../../config/signals.toml"),
};
pub const CADENCE: Shipped = Shipped {
    name: "cadence.toml",
    text: include_str!("../../config/cadence.toml"),
};
pub const DESK: Shipped = Shipped {
    name: "desk.toml",
    text: include_str!("../../config/desk.toml"),
};

/// A mistake in a file: the byte it starts at, and the reason.
pub type Mistake = (usize, String);

type Parse<T> = fn(&str) -> Result<T, Vec<Mistake>>;

pub fn read<T>(
    dir: Option<&Path>,
    shipped: &Shipped,
    parse: Parse<T>,
    failures: &mut Vec<Failure>,
) -> (T, String) {
    if let Some(path) = dir.map(|d| d.join(shipped.name)).filter(|p| p.exists()) {
        match std::fs::read_to_string(&path) {
            Ok(text) => match parse(&text) {
                Ok(value) => return (value, text),
                Err(mistakes) => {
                    failures.extend(mistakes.into_iter().map(|(at, reason)| Failure::Config {
                        path: path.display().to_string(),
                        line: line_of(&text, at),
                        reason,
                    }))
                }
            },
            Err(e) => failures.push(Failure::io(&path, &e)),
        }
    }
    match parse(shipped.text) {
        Ok(value) => (value, shipped.text.to_owned()),
        Err(mistakes) => unreachable!(
            "the shipped {} is checked by a test: {mistakes:?}",
            shipped.name
        ),
    }
}

/// The line (from 1) of a byte.
pub fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())]
        .iter()
        .filter(|b| **b == b'\n')
        .count()
        + 1
}

/// The mistake behind a toml error.
pub fn mistake(error: &toml::de::Error) -> Mistake {
    (
        error.span().map_or(0, |s| s.start),
        error.message().to_owned(),
    )
}
