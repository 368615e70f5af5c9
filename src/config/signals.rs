//! `config/signals.toml`: the early signals to look for, and their thresholds.

use std::collections::BTreeMap;

use toml::{Spanned, Table, Value};

use super::file::{self, Mistake, SIGNALS};
use crate::domain::account::{Stage, Tier};
use crate::domain::signals::{Kind, Override, Setting, Severity, Thresholds, spec};

/// Hours, days, percent and counts all stay below ten thousand.
const MOST: f64 = 10_000.0;

/// A file's thresholds, based on the shipped ones.
pub fn parse(text: &str) -> Result<Thresholds, Vec<Mistake>> {
    let mut settings: Vec<Option<Setting>> = if text == SIGNALS.text {
        vec![None; Kind::ALL.len()]
    } else {
        parse(SIGNALS.text)?
            .settings
            .into_iter()
            .map(Some)
            .collect()
    };
    let written: BTreeMap<Spanned<String>, Spanned<Value>> = file::parse(text)?;
    let mut mistakes = Vec::new();
    let mut others: Vec<Spanned<Value>> = Vec::new();
    for (name, value) in written {
        let at = name.span().start;
        if name.get_ref() == "override" {
            others.push(value);
            continue;
        }
        let Some(kind) = Kind::parse(name.get_ref()) else {
            mistakes.push((
                at,
                format!(
                    "`{}` is not a signal; signals are {}",
                    name.get_ref(),
                    Kind::ALL
                        .iter()
                        .map(|k| k.key())
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            ));
            continue;
        };
        let Some(table) = value.get_ref().as_table() else {
            mistakes.push((at, format!("`{}` must be a table", name.get_ref())));
            continue;
        };
        match setting(kind, settings[kind.index()].as_ref(), table) {
            Ok(found) => settings[kind.index()] = Some(found),
            Err(reason) => mistakes.push((at, reason)),
        }
    }
    let missing: Vec<&str> = Kind::ALL
        .iter()
        .filter(|k| settings[k.index()].is_none())
        .map(|k| k.key())
        .collect();
    if !missing.is_empty() {
        mistakes.push((0, format!("no numbers for {}", missing.join(", "))));
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let settings: Vec<Setting> = settings.into_iter().flatten().collect();
    let mut overrides = Vec::new();
    for value in &others {
        for (n, entry) in value.get_ref().as_array().into_iter().flatten().enumerate() {
            match other(entry, &settings) {
                Ok(found) => overrides.push(found),
                Err(reason) => mistakes.push((place(text, n), reason)),
            }
        }
    }
    if mistakes.is_empty() {
        Ok(Thresholds {
            settings,
            overrides,
        })
    } else {
        Err(mistakes)
    }
}

/// The byte at which the `n`th override begins.
fn place(text: &str, n: usize) -> usize {
    text.match_indices("[[override]]").nth(n).map_or(0, |m| m.0)
}

fn other(entry: &Value, settings: &[Setting]) -> Result<Override, String> {
    let mut table = entry.as_table().cloned().unwrap_or_default();
    let mut take = |name: &str| {
        table
            .remove(name)
            .map(|v| {
                v.as_str()
                    .map(str::to_owned)
                    .ok_or_else(|| format!("{name} must be a word"))
            })
            .transpose()
    };
    let (signal, tier, stage) = (
        take("signal")?.unwrap_or_default(),
        take("tier")?,
        take("stage")?,
    );
    let kind = Kind::parse(&signal).ok_or_else(|| format!("`{signal}` is not a signal"))?;
    let tier = tier
        .map(|t| Tier::parse(&t).ok_or_else(|| format!("`{t}` is not a tier")))
        .transpose()?;
    let stage = stage
        .map(|s| Stage::parse(&s).ok_or_else(|| format!("`{s}` is not a stage")))
        .transpose()?;
    Ok(Override {
        kind,
        tier,
        stage,
        setting: setting(kind, Some(&settings[kind.index()]), &table)?,
    })
}

/// The thresholds of one signal, over the base.
fn setting(kind: Kind, base: Option<&Setting>, table: &Table) -> Result<Setting, String> {
    let names = spec(kind).numbers;
    for key in table.keys() {
        if !["severity", "cool_down", "off"].contains(&key.as_str())
            && !names.contains(&key.as_str())
        {
            return Err(format!(
                "`{}` has no `{key}`; it has {}",
                kind.key(),
                ["severity", "cool_down", "off"]
                    .iter()
                    .chain(names)
                    .copied()
                    .collect::<Vec<_>>()
                    .join(", ")
            ));
        }
    }
    let number = |name: &str| -> Result<Option<f64>, String> {
        let Some(value) = table.get(name) else {
            return Ok(None);
        };
        let n = value
            .as_float()
            .or_else(|| value.as_integer().map(|i| i as f64))
            .filter(|n| (0.0..=MOST).contains(n));
        n.map(Some).ok_or_else(|| {
            format!(
                "{}: {name} = {value}: a number from 0 to {MOST}",
                kind.key()
            )
        })
    };
    let severity =
        match table.get("severity") {
            Some(value) => Some(value.as_str().and_then(Severity::parse).ok_or_else(|| {
                format!("{}: severity = {value}: low, medium or high", kind.key())
            })?),
            None => None,
        };
    let off = match table.get("off") {
        Some(value) => Some(
            value
                .as_bool()
                .ok_or_else(|| format!("{}: off = {value}: true or false", kind.key()))?,
        ),
        None => None,
    };
    let missing = |name: &str| format!("{}: {name} is missing", kind.key());
    let mut numbers = Vec::with_capacity(names.len());
    for (i, name) in names.iter().enumerate() {
        numbers.push(
            number(name)?
                .or_else(|| base.map(|b| b.numbers[i]))
                .ok_or_else(|| missing(name))?,
        );
    }
    Ok(Setting {
        severity: severity
            .or_else(|| base.map(|b| b.severity))
            .ok_or_else(|| missing("severity"))?,
        cool_down: number("cool_down")?
            .map(|n| n as i64)
            .or_else(|| base.map(|b| b.cool_down))
            .ok_or_else(|| missing("cool_down"))?,
        off: off.or_else(|| base.map(|b| b.off)).unwrap_or(false),
        numbers,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_users_file_overrides_only_its_own_keys() {
        let own = parse("[usage-drop]\npercent = 20\n\n[no-login]\noff = true\n\n[[override]]\nsignal = \"ticket-old\"\ntier = \"enterprise\"\nhours = 24\n").expect("sound");
        let shipped = parse(SIGNALS.text).expect("sound");
        let at = |t: &Thresholds, kind, tier| t.of(kind, tier, Stage::Growth).clone();
        assert_eq!(
            at(&own, Kind::UsageDrop, Tier::Smb).numbers,
            [20.0, 3.0, 50.0]
        );
        assert!(at(&own, Kind::NoLogin, Tier::Smb).off);
        assert_eq!(at(&own, Kind::TicketOld, Tier::Enterprise).numbers[0], 24.0);
        assert_eq!(
            at(&own, Kind::TicketOld, Tier::Smb),
            at(&shipped, Kind::TicketOld, Tier::Smb)
        );
        assert_eq!(
            shipped
                .of(Kind::NoTouch, Tier::Enterprise, Stage::Growth)
                .numbers,
            [35.0]
        );
        assert_eq!(
            shipped
                .of(Kind::UsageDrop, Tier::Smb, Stage::Renewal)
                .numbers[0],
            20.0
        );
    }

    #[test]
    fn mistakes_have_their_place() {
        let at = |text: &str| {
            parse(text)
                .expect_err("a mistake")
                .into_iter()
                .map(|(at, reason)| (super::super::line_of(text, at), reason))
                .next()
                .expect("one")
        };
        assert!(
            matches!(at("\n[usage-dorp]\npercent = 3\n"), (2, reason) if reason.contains("usage-drop"))
        );
        assert!(
            matches!(at("[usage-drop]\npercents = 3\n"), (1, reason) if reason.contains("percents"))
        );
        assert!(
            matches!(at("[usage-drop]\nseverity = \"dire\"\n"), (1, reason) if reason.contains("dire"))
        );
        assert!(matches!(at("[usage-drop]\npercent = -3\n"), (1, reason) if reason.contains("-3")));
        assert!(
            matches!(at("\n\n[[override]]\nsignal = \"no-touch\"\ntier = \"gold\"\n"), (3, reason) if reason.contains("gold"))
        );
    }
}
