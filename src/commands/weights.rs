//! `backtest --fit --accept`: writes fitted weights and a fitted profile into the user's `health.toml`,
//! each where it does better, and keeps the previous file beside it. Must not depend on how they were
//! fitted.

use std::collections::BTreeMap;

use serde_json::Value;

use super::output::say;
use super::session::Session;
use crate::config::{self, HEALTH};
use crate::domain::failure::Failure;
use crate::domain::health::Dimension;
use crate::domain::profile::Profile;
use crate::store::files::{private_dir, write_atomic};
use crate::words;

/// Writes what does better than the present score: the weights of a fit, its profile, or both.
pub fn accept(session: &Session, fit: &Value) -> Result<(), Failure> {
    let lang = session.lang;
    let weights = fit["better"] == Value::Bool(true);
    let profile = Some(&fit["profile"]["model"]).filter(|_| fit["profile"]["better"] == true);
    if !weights && profile.is_none() {
        return Err(Failure::Refused {
            reason: words::insights::refused(lang).into(),
        });
    }
    let path = session.places.config.join(HEALTH.name);
    let before = std::fs::read_to_string(&path).unwrap_or_else(|_| HEALTH.text.to_owned());
    let mut after = before.clone();
    if weights {
        after = with_weights(&after, |d| fit["weights"][d.key()].as_f64());
    }
    if let Some(profile) = profile {
        after = with_profile(&after, profile)?;
    }
    if let Some((at, reason)) = config::mistakes(HEALTH.name, &after).into_iter().next() {
        return Err(Failure::Config {
            path: path.display().to_string(),
            line: config::line_of(&after, at),
            column: Some(config::column_of(&after, at)),
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

/// Puts a profile at the end of the text, in place of an earlier one.
fn with_profile(text: &str, profile: &Value) -> Result<String, Failure> {
    let refused = |reason: String| Failure::Refused { reason };
    let profile: Profile =
        serde_json::from_value(profile.clone()).map_err(|e| refused(e.to_string()))?;
    let written = toml::to_string(&BTreeMap::from([("profile", profile)]))
        .map_err(|e| refused(e.to_string()))?;
    let mut inside = false;
    let mut out = String::with_capacity(text.len() + written.len());
    for line in text.lines() {
        let bare = line.trim_start();
        if bare.starts_with('[') {
            inside = bare
                .trim_start_matches('[')
                .trim_start()
                .starts_with("profile");
        }
        if !inside {
            out.push_str(line);
            out.push('\n');
        }
    }
    Ok(format!("{}\n\n{written}", out.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_replaces_an_earlier_one() {
        let profile = |share: f64| {
            serde_json::json!({ "share": share, "base": -1.5, "column": [
                { "name": "契約 \"形態\"", "words": { "月次": 0.8, "2 years": -1.0 } },
                { "name": "tenure", "per": -0.03, "mean": 32.4 },
            ] })
        };
        let once = with_profile(HEALTH.text, &profile(0.3)).expect("it is written");
        let twice = with_profile(&once, &profile(0.5)).expect("it is written");
        assert!(once.starts_with(HEALTH.text.trim_end()));
        let home = tempfile::tempdir().expect("a folder");
        std::fs::write(home.path().join(HEALTH.name), &twice).expect("it is written");
        let (config, mistakes) = config::Config::load(Some(home.path()));
        assert!(mistakes.is_empty(), "{mistakes:?}");
        let read = config.policy.profile.expect("a profile");
        assert_eq!(read.share, 0.5);
        assert_eq!(serde_json::json!(read), profile(0.5));
        assert_eq!(twice.matches("\n[profile]").count(), 1);
    }

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
