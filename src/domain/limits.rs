//! How long a text may be, wherever it comes from: beyond that it is no name and no note, but a mistake
//! or an attack, and a screen that draws it stands still. Each door that refuses or cuts names its limit.

/// Characters of one line: a name, an owner, a plan, an attribute.
pub const LINE: usize = 4_000;
/// Bytes of a text: a note, a comment, a ticket.
pub const TEXT: usize = 1 << 20;
/// Entries of a list: the tags or the other names of an account.
pub const LIST: usize = 1_000;

/// Mebibytes of a text, as the limit is named.
pub const TEXT_MIB: usize = TEXT >> 20;

/// Whether a line is longer than [`LINE`].
pub fn is_long_line(text: &str) -> bool {
    text.len() > LINE && text.chars().nth(LINE).is_some()
}
