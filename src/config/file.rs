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
/// The holidays of eight countries; the user's copies, and countries of their own, are in `holidays/`.
pub const HOLIDAYS: [Shipped; 8] = [
    Shipped {
        name: "jp.toml",
        text: include_str!("../../config/holidays/jp.toml"),
    },
    Shipped {
        name: "us.toml",
        text: include_str!("../../config/holidays/us.toml"),
    },
    Shipped {
        name: "gb.toml",
        text: include_str!("../../config/holidays/gb.toml"),
    },
    Shipped {
        name: "de.toml",
        text: include_str!("../../config/holidays/de.toml"),
    },
    Shipped {
        name: "fr.toml",
        text: include_str!("../../config/holidays/fr.toml"),
    },
    Shipped {
        name: "sg.toml",
        text: include_str!("../../config/holidays/sg.toml"),
    },
    Shipped {
        name: "au.toml",
        text: include_str!("../../config/holidays/au.toml"),
    },
    Shipped {
        name: "in.toml",
        text: include_str!("../../config/holidays/in.toml"),
    },
];
/// General settings: who the user is, the language, colours, and our people.
pub const DESK: Shipped = Shipped {
    name: "desk.toml",
    text: include_str!("../../config/desk.toml"),
};

/// A mistake in a file: the byte it starts at, and the reason.
pub type Mistake = (usize, String);

pub fn read<T>(
    dir: Option<&Path>,
    shipped: &Shipped,
    parse: impl Fn(&str) -> Result<T, Vec<Mistake>>,
    failures: &mut Vec<Failure>,
) -> (T, String) {
    if let Some(path) = dir.map(|d| d.join(shipped.name)).filter(|p| p.exists()) {
        match std::fs::read_to_string(&path) {
            Ok(text) => match parse(&text) {
                Ok(value) => return (value, text),
                Err(mistakes) => failures.extend(wrong(&path, &text, mistakes)),
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

/// The mistakes of a file as failures.
pub fn wrong(path: &Path, text: &str, mistakes: Vec<Mistake>) -> impl Iterator<Item = Failure> {
    let path = path.display().to_string();
    mistakes
        .into_iter()
        .map(move |(at, reason)| Failure::Config {
            path: path.clone(),
            line: line_of(text, at),
            column: Some(column_of(text, at)),
            reason,
        })
}

/// The column (from 1) of a byte, in characters.
pub fn column_of(text: &str, at: usize) -> usize {
    let before = &text.as_bytes()[..at.min(text.len())];
    let start = before
        .iter()
        .rposition(|b| *b == b'\n')
        .map_or(0, |n| n + 1);
    String::from_utf8_lossy(&before[start..]).chars().count() + 1
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
