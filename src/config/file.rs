//! A configuration file: the shipped text, the user's own text, and the places of mistakes.

use std::path::Path;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::failure::Failure;
use crate::domain::text::{clean, is_unsafe};

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
pub const RISK: Shipped = Shipped {
    name: "risk.toml",
    text: include_str!("../../config/risk.toml"),
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
            Ok(text) => match parse(&clean(&text)) {
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

/// A file of settings in its own form. Its texts reach screens, mails and calendars, so none may hold what
/// a terminal or a mail program obeys: TOML can write any character as an escape.
///
/// # Errors
/// All mistakes of the text.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Vec<Mistake>> {
    let value = toml::from_str(text).map_err(|e| vec![mistake(&e)])?;
    if !text.contains('\\') && !text.chars().any(is_unsafe) {
        return Ok(value);
    }
    let mut mistakes = Vec::new();
    let table = DeTable::parse(text).map_err(|e| vec![mistake(&e)])?;
    for (name, value) in table.get_ref() {
        check(name.get_ref(), name.span().start, &mut mistakes);
        check_value(value, &mut mistakes);
    }
    if mistakes.is_empty() {
        Ok(value)
    } else {
        Err(mistakes)
    }
}

fn check_value(value: &Spanned<DeValue>, mistakes: &mut Vec<Mistake>) {
    match value.get_ref() {
        DeValue::String(text) => check(text, value.span().start, mistakes),
        DeValue::Array(list) => list.iter().for_each(|v| check_value(v, mistakes)),
        DeValue::Table(table) => {
            for (name, value) in table {
                check(name.get_ref(), name.span().start, mistakes);
                check_value(value, mistakes);
            }
        }
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
    }
}

fn check(text: &str, at: usize, mistakes: &mut Vec<Mistake>) {
    let text = text.replace("\r\n", "\n");
    if let Some(c) = text.chars().find(|c| is_unsafe(*c)) {
        let code = u32::from(c);
        mistakes.push((
            at,
            format!("the control character U+{code:04X} is not allowed"),
        ));
    }
}

/// The mistake behind a toml error.
pub fn mistake(error: &toml::de::Error) -> Mistake {
    (
        error.span().map_or(0, |s| s.start),
        error.message().to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_of_a_file_holds_what_a_terminal_obeys() {
        type Table = std::collections::BTreeMap<String, toml::Value>;
        for (text, place) in [
            ("a = 1\nname = \"x\\u001b[2J\"", (2, 8)),
            ("a = 1\n\"n\\u0007\" = 2", (2, 1)),
            ("[[message]]\nbody = [\"ok\", \"a\\rBcc: x\"]", (2, 15)),
            ("name = \"x\u{85}y\"", (1, 8)),
        ] {
            let mistakes = parse::<Table>(text).expect_err(text);
            let (at, reason) = &mistakes[0];
            let found = (line_of(text, *at), column_of(text, *at));
            assert_eq!(found, place, "{text}");
            assert!(reason.starts_with("the control character U+00"), "{reason}");
        }
        let fine = "a = \"tab\\t line\\n\"\nb = '''x\r\ny'''\nc = '\\s+'";
        assert!(parse::<Table>(fine).is_ok());
    }
}
