//! The back-test in words.

use super::fit::{Fitted, ProfileFit, Weight};
use super::report::{Age, Group, LEAST, Report, Verdict};
use crate::domain::account::Tier;
use crate::domain::health::truth::{Bin, Decile};
use crate::domain::profile::Column;
use crate::words::{self, Lang};

fn share(n: f64) -> String {
    format!("{:.0}", n * 100.0)
}

/// The report in words: the verdict, and a table where there is enough data for it.
pub fn report(r: &Report, t: Lang) -> String {
    let mut out = summary(r, t);
    if r.verdict == Verdict::TooLittle {
        return out.join("\n");
    }
    let mut part = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            out.push(String::new());
            out.push(title.to_owned());
            out.extend(lines.into_iter().map(|l| format!("  {l}")));
        }
    };
    part(words::insights::deciles(t), deciles(r, t));
    part(words::insights::calibration(t), calibration(r, t));
    part(words::insights::tiers(t), tiers(r, t));
    part(words::insights::ages(t), ages(r, t));
    part(&words::insights::missed(t, r.missed.len()), missed(r, t));
    out.join("\n")
}

/// The verdict with its numbers, and the tested accounts.
fn summary(r: &Report, t: Lang) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let (auc, [low, high], p) = (
        r.auc.unwrap_or(0.5),
        r.ci95.unwrap_or([0.0, 1.0]),
        r.p_value.unwrap_or(1.0),
    );
    let numbers = [
        format!("{auc:.3}"),
        format!("{low:.3}"),
        format!("{high:.3}"),
        if p < 0.001 {
            "< 0.001".to_owned()
        } else {
            format!("= {p:.3}")
        },
    ];
    out.push(match r.verdict {
        Verdict::Signal => {
            words::insights::signal(t, &numbers[0], &numbers[1], &numbers[2], &numbers[3])
        }
        Verdict::NoSignal => {
            words::insights::nothing(t, &numbers[0], &numbers[1], &numbers[2], &numbers[3])
        }
        Verdict::TooLittle => match r.columns {
            Some(auc) => words::insights::columns(t, format!("{auc:.3}"), share(auc)),
            None => words::insights::little(t, r.n, r.positives, LEAST),
        },
    });
    if r.verdict != Verdict::TooLittle {
        out.push(words::insights::pairs(t, share(auc)));
    }
    if r.n > 0 {
        out.push(if r.snapshot {
            words::insights::snapshot(t, r.n, r.positives)
        } else {
            words::insights::cases(t, r.n, r.positives, r.lead_days)
        });
    }
    if r.unscored + r.unlabelled > 0 {
        out.push(words::insights::left(t, r.unscored, r.unlabelled));
    }
    if r.before_start > 0 {
        out.push(words::insights::before(t, r.before_start));
    }
    if r.matched > 0 {
        out.push(words::insights::matched(t, r.matched));
    }
    if r.without_profile {
        out.push(words::insights::without_profile(t).into());
    }
    if let Some((lost, kept)) = r.stale_shares() {
        out.push(words::insights::stale(t, share(lost), share(kept)));
    }
    out
}

fn deciles(r: &Report, t: Lang) -> Vec<String> {
    let line = |d: &Decile| {
        words::insights::decile(
            t,
            format!("{:>2}", d.decile),
            d.n,
            d.positives,
            share(d.rate),
            format!("{:.2}", d.lift),
            format!("{:.0}", d.mean_score),
        )
    };
    r.deciles.iter().map(line).collect()
}

fn calibration(r: &Report, t: Lang) -> Vec<String> {
    let line = |b: &Bin| {
        words::insights::bin(
            t,
            b.from,
            b.to,
            b.n,
            share(b.rate),
            share(b.low),
            share(b.high),
        )
    };
    r.calibration.iter().map(line).collect()
}

fn group(name: &str, g: &Group, t: Lang) -> String {
    let auc = g
        .auc
        .map_or_else(|| "–".to_owned(), |a| format!("{:.3}", a.auc));
    words::insights::group(t, name, g.n, g.positives, auc)
}

fn tiers(r: &Report, t: Lang) -> Vec<String> {
    let name = |key: &'static str| Tier::parse(key).map_or(key, |tier| tier.words(t));
    r.by_tier
        .iter()
        .map(|(key, g)| group(name(key), g, t))
        .collect()
}

fn ages(r: &Report, t: Lang) -> Vec<String> {
    let name = |a: &Age| {
        let days = match a.to_days {
            Some(to) => format!("{}–{to}", a.from_days),
            None => format!("{}+", a.from_days),
        };
        words::signals::days_n(t, days)
    };
    r.by_data_age
        .iter()
        .map(|a| group(&name(a), &a.group, t))
        .collect()
}

fn missed(r: &Report, t: Lang) -> Vec<String> {
    const NAMED: usize = 20;
    let mut lines: Vec<String> = r
        .missed
        .iter()
        .take(NAMED)
        .map(|m| format!("{:>3}  {}  {}", m.score, m.name, m.id))
        .collect();
    if r.missed.len() > NAMED {
        lines.push(words::insights::more(t, r.missed.len() - NAMED));
    }
    lines
}

/// A fit in words.
pub fn fit(fitted: Option<&Fitted>, t: Lang) -> String {
    let Some(f) = fitted else {
        return format!("\n{}", words::insights::fit_none(t));
    };
    let number = |n: Option<f64>| n.map_or_else(|| "–".to_owned(), |n| format!("{n:.3}"));
    let mut out = vec![
        String::new(),
        words::insights::fit(t, f.method.words(t), f.held_back),
    ];
    let spread = f
        .model_auc_sd
        .map(|s| words::insights::sd(t, format!("{s:.3}")))
        .unwrap_or_default();
    out.push(format!(
        "  {}{spread}",
        words::insights::model(t, number(f.model_auc))
    ));
    if let Some(weights) = &f.weights {
        out.push(format!(
            "  {}",
            words::insights::old_new(t, number(f.old_auc), number(f.new_auc))
        ));
        let named = crate::domain::health::Dimension::ALL.iter().map(|d| {
            format!(
                "{} {:.0}",
                d.words(t),
                weights.get(d.key()).copied().unwrap_or(0.0)
            )
        });
        out.push(format!(
            "  {}",
            words::insights::weights(
                t,
                named.collect::<Vec<_>>().join(words::common::list_comma(t))
            )
        ));
        out.push(format!(
            "  {}",
            if f.better {
                words::insights::better(t)
            } else {
                words::insights::worse(t)
            }
        ));
    }
    if !f.inputs.is_empty() {
        let most: Vec<String> = f
            .inputs
            .iter()
            .take(8)
            .map(|w| format!("{} {:+.2}", w.input, w.weight))
            .collect();
        out.push(format!(
            "  {}",
            words::insights::inputs(t, most.join(words::common::list_comma(t)))
        ));
    }
    if let Some(profile) = &f.profile {
        out.extend(
            profile_lines(profile, &f.inputs, t)
                .iter()
                .map(|l| format!("  {l}")),
        );
    }
    if !f.left_out.is_empty() {
        let named: Vec<String> = f
            .left_out
            .iter()
            .map(|l| format!("{} ({})", l.input, l.why.words(t)))
            .collect();
        out.push(format!(
            "  {}",
            words::insights::left_out(t, named.join(words::common::list_comma(t)))
        ));
    }
    out.join("\n")
}

/// A profile in words: what it is worth, and what each column says.
fn profile_lines(p: &ProfileFit, inputs: &[Weight], t: Lang) -> Vec<String> {
    let number = |n: f64| format!("{n:.3}");
    let worth = match (p.old_auc, p.new_auc) {
        (Some(without), Some(with)) => {
            words::insights::profile_beside(t, number(p.auc), number(without), number(with))
        }
        _ => words::insights::profile_alone(t, number(p.auc)),
    };
    let mut out = vec![worth];
    // The columns that tell most come first, as in the list of inputs.
    let place = |c: &&Column| {
        let is_of = |w: &Weight| w.input.split(['=', '?']).next() == Some(c.name.as_str());
        inputs.iter().position(is_of)
    };
    let mut columns: Vec<&Column> = p.model.columns.iter().collect();
    columns.sort_by_key(|c| place(c).unwrap_or(usize::MAX));
    out.extend(columns.into_iter().map(|c| format!("  {}", column(c, t))));
    out.push(
        if p.better {
            words::insights::profile_better(t)
        } else {
            words::insights::profile_worse(t)
        }
        .into(),
    );
    out
}

/// A column of a profile: what its words and numbers add to the log odds.
fn column(c: &Column, t: Lang) -> String {
    const WORDS: usize = 6;
    let signed = |n: f64| format!("{n:+.2}");
    let mut parts: Vec<(f64, String)> = c
        .words
        .iter()
        .map(|(word, odds)| (*odds, format!("{word} {}", signed(*odds))))
        .collect();
    parts.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let more = parts.len() > WORDS;
    let mut said: Vec<String> = parts.into_iter().take(WORDS).map(|p| p.1).collect();
    if more {
        said.push("…".into());
    }
    if c.words.is_empty() {
        let (per, mean) = (format!("{:+.4}", c.per), format!("{:.1}", c.mean));
        said.push(words::insights::profile_number(t, per, mean));
    }
    if c.missing != 0.0 {
        said.push(words::insights::profile_missing(t, signed(c.missing)));
    }
    let said = said.join(words::common::list_comma(t));
    format!("{}: {said}", c.name)
}
