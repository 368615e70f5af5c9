//! What an account has beside its fields: other names, and columns of its file without a field. Each is as many lines
//! as it needs, so that the list of the overview scrolls through all of it.

use crate::app::kit::wrap;
use crate::domain::account::Account;

/// A line below the fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Other ids and names of the account.
    Alias(String),
    /// A header with its whole value.
    Attribute { header: String, value: String },
    /// A header whose value follows in lines of its own.
    Header(String),
    /// A line of a long value.
    Text(String),
}

/// The longest header and value that stand in one line, columns.
const HEADER: usize = 16;
const VALUE: usize = 21;
/// Columns of a line of a long value: they fit beside the score, and on a narrow terminal.
const COLUMNS: usize = 36;

/// The lines of an account.
pub fn lines(account: &Account) -> Vec<Line> {
    let mut out: Vec<Line> = account.aliases.iter().cloned().map(Line::Alias).collect();
    for (header, value) in &account.attributes {
        if wrap::width(header) <= HEADER && wrap::width(value) <= VALUE {
            let (header, value) = (header.clone(), value.clone());
            out.push(Line::Attribute { header, value });
        } else {
            out.push(Line::Header(header.clone()));
            out.extend(wrap::lines(value, COLUMNS).into_iter().map(Line::Text));
        }
    }
    out
}
