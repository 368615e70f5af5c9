//! The shipped models of listening, read when they are first needed.

use std::sync::OnceLock;

use crate::domain::listening::{Model, Script};

static JA: (&str, OnceLock<Model>) = (
    include_str!("../../assets/listening/ja.tsv"),
    OnceLock::new(),
);
static EN: (&str, OnceLock<Model>) = (
    include_str!("../../assets/listening/en.tsv"),
    OnceLock::new(),
);

/// The model for a script, as it is shipped.
pub fn shipped(script: Script) -> &'static Model {
    let (text, model) = match script {
        Script::Ja => &JA,
        Script::En => &EN,
    };
    model.get_or_init(|| match Model::parse(text) {
        Ok(model) => model,
        Err(reason) => unreachable!("the shipped weights are checked by a test: {reason}"),
    })
}

/// Changes with the shipped weights: what was heard by others is judged anew.
pub fn edition() -> String {
    format!("{} {}", JA.0.len(), EN.0.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_weights_are_read() {
        for script in [Script::Ja, Script::En] {
            assert!(!shipped(script).is_empty());
        }
    }
}
