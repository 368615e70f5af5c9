//! `backtest --fit --accept`: writes fitted weights into the user's `health.toml`, and keeps the
//! previous file beside it. Must not depend on how the weights were fitted.

use serde_json::Value;

use super::output::say;
use super::session::Session;
use crate::config::{self, HEALTH};
use crate::domain::failure::Failure;
use crate::domain::health::Dimension;
use crate::store::files::{private_dir, write_atomic};
use crate::words;

/// Writes the weights of a fit, unless they do no better than the current ones.
pub fn accept(session: &Session, fit: &Value) -> Result<(), Failure> {
    let lang = session.lang;
    if fit["better"] != Value::Bool(true) {
        return Err(Failure::Refused {
            reason: words::insights::refused(lang).into(),
        });
    }
    let path = session.places.config.join(HEALTH.name);
    let before = std::fs::read_to_string(&path).unwrap_or_else(|_| HEALTH.text.to_owned());
    let after = with_weights(&before, |d| fit["weights"][d.key()].as_f64());
    if let Some((at, reason)) = config::mistakes(HEALTH.name, &after).into_iter().next() {
        return Err(Failure::Config {
            path: path.display().to_string(),
            line: config::line_of(&after, at),
            reason,
        });
    }
    private_dir(&session.places.config)?;
    let kept = session.places.config.join(format!(
        "health.{}.toml",
        session.clock.now().local().format("%Y%m%d-%H%M%S")
    ));
    write_atomic(&kept, before.as_bytes())?;
    write_atomic(&path, after.as_bytes())?;
    say(&words::insights::accepted(
        lang,
        path.display(),
        kept.display(),
    ));
    Ok(())
}

/// Replaces the numbers in `[weights]`. The rest of the text, comments included, is unchanged.
fn with_weights(text: &str, weight: impl Fn(Dimension) -> Option<f64>) -> String {
    let mut inside = false;
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let bare = line.trim_start();
        if bare.starts_with('[') {
            inside = bare.starts_with("[weights]");
        }
        let name = bare.split(['=', ' ', '\t']).next().unwrap_or("");
        match Dimension::parse(name)
            .filter(|_| inside && bare.contains('='))
            .and_then(|d| weight(d).map(|w| (d, w)))
        {
            Some((d, w)) => {
                let comment = line
                    .find('#')
                    .map(|i| format!("  {}", &line[i..]))
                    .unwrap_or_default();
                out.push_str(&format!("{} = {w}{comment}", d.key()));
            }
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_numbers_change() {
        let after = with_weights(HEALTH.text, |d| Some(d.index() as f64 + 10.5));
        let changed: Vec<(&str, &str)> = HEALTH
            .text
            .lines()
            .zip(after.lines())
            .filter(|(a, b)| a != b)
            .collect();
        assert_eq!(changed.len(), 6, "{changed:?}");
        assert_eq!(changed[0], ("usage = 40", "usage = 10.5"));
        assert_eq!(config::mistakes(HEALTH.name, &after), vec![]);
    }
}
