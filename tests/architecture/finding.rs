//! A breach of a rule, and the assertion that there is none.

/// One breach: `key` is the place, `message` describes it.
pub struct Finding {
    pub key: String,
    pub message: String,
}

impl Finding {
    /// A breach that concerns a whole file.
    pub fn of(file: &str, what: &str) -> Self {
        Self {
            key: file.to_owned(),
            message: format!("{file} {what}"),
        }
    }
}

/// Fails with all breaches of a rule.
pub fn none(rule: &str, found: &[Finding]) {
    let messages: Vec<&str> = found.iter().map(|f| f.message.as_str()).collect();
    assert!(messages.is_empty(), "{rule}:\n{}", messages.join("\n"));
}
