//! The question before an import writes.

use std::io::{BufRead, IsTerminal, Write};

/// Asks at a terminal. Elsewhere, nothing is written without `--yes`.
pub fn confirmed(question: &str) -> bool {
    if !std::io::stdin().is_terminal() {
        return false;
    }
    let _ = write!(std::io::stderr(), "{question}");
    let mut line = String::new();
    let _ = std::io::stdin().lock().read_line(&mut line);
    let answer = line.trim().to_lowercase();
    matches!(answer.as_str(), "y" | "yes" | "ｙ" | "はい")
}
