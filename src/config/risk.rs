//! `config/risk.toml`: what evidence weighs, and what is at stake.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::{Spanned, Value};

use super::file::{self, Mistake, RISK};
use crate::domain::risk::policy::{Points, RiskPolicy, Weights};
use crate::domain::signals::Kind;

/// The names of evidence that is no single signal.
const POINTS: [&str; 13] = [
    "band-red",
    "band-yellow",
    "falling",
    "sliding",
    "notice",
    "leaving",
    "ended",
    "escalated",
    "judged-at-risk",
    "judged-watch",
    "signal-high",
    "signal-medium",
    "signal-low",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    points: BTreeMap<Spanned<String>, Spanned<Value>>,
    #[serde(default)]
    likelihood: Limits,
    #[serde(default)]
    value: Stake,
    #[serde(default)]
    words: Words,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Limits {
    medium: Option<Spanned<i64>>,
    high: Option<Spanned<i64>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Stake {
    high: Option<Spanned<i64>>,
    medium: Option<Spanned<i64>>,
    lifetime: Option<Spanned<f64>>,
    expansion: Option<Spanned<f64>>,
    strategic: Option<Spanned<f64>>,
    year: Option<Spanned<f64>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Words {
    old_after: Option<Spanned<i64>>,
}

/// A file's policy, based on the shipped one.
pub fn parse(text: &str) -> Result<RiskPolicy, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let shipped: File = file::parse(RISK.text)?;
    let mut out = blank();
    read(&mut out, shipped, &mut mistakes);
    if text != RISK.text {
        read(&mut out, file::parse(text)?, &mut mistakes);
    }
    if out.medium >= out.high || out.value_high >= out.value_medium {
        mistakes.push((
            0,
            "`medium` must lie below `high` in [likelihood], and `high` below `medium` in [value]"
                .into(),
        ));
    }
    match mistakes.is_empty() {
        true => Ok(out),
        false => Err(mistakes),
    }
}

fn blank() -> RiskPolicy {
    RiskPolicy {
        points: Points {
            band_red: 0,
            band_yellow: 0,
            falling: 0,
            sliding: 0,
            notice: 0,
            leaving: 0,
            ended: 0,
            escalated: 0,
            judged_at_risk: 0,
            judged_watch: 0,
        },
        signal: [0; 3],
        signals: BTreeMap::new(),
        medium: 0,
        high: 0,
        value_high: 0,
        value_medium: 0,
        weights: Weights {
            lifetime: 0.0,
            expansion: 0.0,
            strategic: 0.0,
            year: 0.0,
        },
        old_after: 0,
    }
}

fn read(out: &mut RiskPolicy, file: File, mistakes: &mut Vec<Mistake>) {
    for (name, value) in file.points {
        points(out, &name, &value, mistakes);
    }
    let mut percent = |given: Option<Spanned<i64>>, to: &mut u8| {
        let Some(given) = given else { return };
        match u8::try_from(*given.get_ref()).ok().filter(|n| *n <= 100) {
            Some(n) => *to = n,
            None => mistakes.push((given.span().start, "must be between 0 and 100".into())),
        }
    };
    percent(file.likelihood.medium, &mut out.medium);
    percent(file.likelihood.high, &mut out.high);
    percent(file.value.high, &mut out.value_high);
    percent(file.value.medium, &mut out.value_medium);
    let mut share = |given: Option<Spanned<f64>>, to: &mut f64| {
        let Some(given) = given else { return };
        match (0.0..=10.0).contains(given.get_ref()) {
            true => *to = *given.get_ref(),
            false => mistakes.push((given.span().start, "must be between 0 and 10".into())),
        }
    };
    share(file.value.lifetime, &mut out.weights.lifetime);
    share(file.value.expansion, &mut out.weights.expansion);
    share(file.value.strategic, &mut out.weights.strategic);
    share(file.value.year, &mut out.weights.year);
    if let Some(days) = file.words.old_after {
        match u16::try_from(*days.get_ref())
            .ok()
            .filter(|n| (1..=3_650).contains(n))
        {
            Some(n) => out.old_after = n,
            None => mistakes.push((days.span().start, "must be between 1 and 3650 days".into())),
        }
    }
}

fn points(
    out: &mut RiskPolicy,
    name: &Spanned<String>,
    value: &Spanned<Value>,
    mistakes: &mut Vec<Mistake>,
) {
    if name.get_ref() == "signals" {
        let Some(table) = value.get_ref().as_table() else {
            return mistakes.push((value.span().start, "`signals` must be a table".into()));
        };
        for (kind, n) in table {
            match (
                Kind::parse(kind),
                n.as_integer().and_then(|n| u8::try_from(n).ok()),
            ) {
                (Some(kind), Some(n)) if n <= 100 => drop(out.signals.insert(kind, n)),
                (None, _) => {
                    mistakes.push((value.span().start, format!("`{kind}` is not a signal")))
                }
                _ => mistakes.push((
                    value.span().start,
                    format!("`{kind}` must be between 0 and 100"),
                )),
            }
        }
        return;
    }
    let of = &mut out.points;
    let [high, medium, low] = &mut out.signal;
    let to = match name.get_ref().as_str() {
        "band-red" => &mut of.band_red,
        "band-yellow" => &mut of.band_yellow,
        "falling" => &mut of.falling,
        "sliding" => &mut of.sliding,
        "notice" => &mut of.notice,
        "leaving" => &mut of.leaving,
        "ended" => &mut of.ended,
        "escalated" => &mut of.escalated,
        "judged-at-risk" => &mut of.judged_at_risk,
        "judged-watch" => &mut of.judged_watch,
        // By severity, mildest first.
        "signal-high" => low,
        "signal-medium" => medium,
        "signal-low" => high,
        other => {
            let known = POINTS.join(", ");
            return mistakes.push((
                name.span().start,
                format!("`{other}` is no evidence; evidence is {known}"),
            ));
        }
    };
    match value
        .get_ref()
        .as_integer()
        .and_then(|n| u8::try_from(n).ok())
    {
        Some(n) if n <= 100 => *to = n,
        _ => mistakes.push((value.span().start, "must be between 0 and 100".into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::risk::Level;
    use crate::domain::signals::Severity;

    #[test]
    fn the_shipped_file_is_sound_and_states_everything() {
        let shipped = parse(RISK.text).expect("sound");
        assert_eq!(shipped.of_signal(Kind::UsageDrop, Severity::High), 18);
        assert_eq!(shipped.of_signal(Kind::UsageDrop, Severity::Low), 4);
        assert_eq!(shipped.of_signal(Kind::RenewalNear, Severity::High), 0);
        assert_eq!(shipped.level(60), Level::High);
        for name in POINTS {
            assert!(RISK.text.contains(&format!("\n{name} = ")), "{name}");
        }
    }

    #[test]
    fn what_a_file_leaves_out_keeps_its_value() {
        let own =
            parse("[points]\nnotice = 55\n[points.signals]\ncompetitor = 1\n").expect("sound");
        let shipped = parse(RISK.text).expect("sound");
        assert_eq!(
            (own.points.notice, own.points.band_red),
            (55, shipped.points.band_red)
        );
        assert_eq!(own.signals[&Kind::Competitor], 1);
        assert_eq!(
            own.signals[&Kind::ChampionLeft],
            shipped.signals[&Kind::ChampionLeft]
        );
    }

    #[test]
    fn mistakes_are_named() {
        for (text, says) in [
            ("[points]\nfoo = 1\n", "no evidence"),
            ("[points]\nnotice = 200\n", "between 0 and 100"),
            ("[points.signals]\nfoo = 1\n", "not a signal"),
            ("[likelihood]\nmedium = 90\n", "must lie below"),
            ("[value]\nyear = -1.0\n", "between 0 and 10"),
            ("[words]\nold-after = 0\n", "between 1 and 3650"),
        ] {
            let mistakes = parse(text).expect_err(text);
            assert!(
                mistakes.iter().any(|(_, why)| why.contains(says)),
                "{text}: {mistakes:?}"
            );
        }
    }
}
