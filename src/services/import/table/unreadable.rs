//! Why a file, or a row of it, cannot be read.

/// Why a file, or a row of it, cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    pub line: u64,
    pub reason: String,
}

pub fn unreadable(line: u64, reason: impl ToString) -> Unreadable {
    Unreadable {
        line,
        reason: reason.to_string(),
    }
}
