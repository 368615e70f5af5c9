//! The back-test in words.

use super::fit::Fitted;
use super::{LEAST, Report, Verdict};
use crate::i18n::{Strings, fill};

fn share(n: f64) -> String {
    format!("{:.0}", n * 100.0)
}

/// The report in words.
pub fn report(r: &Report, t: &'static Strings) -> String {
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
        Verdict::Signal => fill(
            t.bt_signal,
            &[&numbers[0], &numbers[1], &numbers[2], &numbers[3]],
        ),
        Verdict::NoSignal => fill(
            t.bt_nothing,
            &[&numbers[0], &numbers[1], &numbers[2], &numbers[3]],
        ),
        Verdict::TooLittle => fill(t.bt_little, &[&r.n, &r.positives, &LEAST]),
    });
    if r.n > 0 {
        out.push(if r.snapshot {
            fill(t.bt_snapshot, &[&r.n, &r.positives])
        } else {
            fill(t.bt_cases, &[&r.n, &r.positives, &r.lead_days])
        });
    }
    if r.unscored + r.unlabelled > 0 {
        out.push(fill(t.bt_left, &[&r.unscored, &r.unlabelled]));
    }
    if r.before_start > 0 {
        out.push(fill(t.bt_before, &[&r.before_start]));
    }
    if r.matched > 0 {
        out.push(fill(t.bt_matched, &[&r.matched]));
    }
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
    let decile = |d: &crate::domain::health::truth::Decile| {
        fill(
            t.bt_decile,
            &[
                &format!("{:>2}", d.decile),
                &d.n,
                &d.positives,
                &share(d.rate),
                &format!("{:.2}", d.lift),
                &format!("{:.0}", d.mean_score),
            ],
        )
    };
    part(t.bt_deciles, r.deciles.iter().map(decile).collect());
    part(
        t.bt_calibration,
        r.calibration
            .iter()
            .map(|b| {
                fill(
                    t.bt_bin,
                    &[
                        &b.from,
                        &b.to,
                        &b.n,
                        &share(b.rate),
                        &share(b.low),
                        &share(b.high),
                    ],
                )
            })
            .collect(),
    );
    let group = |(name, g): (String, &crate::services::backtest::Group)| {
        fill(
            t.bt_group,
            &[
                &name,
                &g.n,
                &g.positives,
                &g.auc
                    .map_or_else(|| "–".to_owned(), |a| format!("{:.3}", a.auc)),
            ],
        )
    };
    part(
        t.bt_tiers,
        r.by_tier
            .iter()
            .map(|(k, g)| {
                group((
                    crate::domain::account::Tier::parse(k)
                        .map_or(*k, |x| t.tier(x))
                        .to_owned(),
                    g,
                ))
            })
            .collect(),
    );
    let age = |a: &crate::services::backtest::Age| {
        fill(
            t.days_n,
            &[&a.to_days.map_or_else(
                || format!("{}+", a.from_days),
                |to| format!("{}–{to}", a.from_days),
            )],
        )
    };
    part(
        t.bt_ages,
        r.by_data_age
            .iter()
            .map(|a| group((age(a), &a.group)))
            .collect(),
    );
    const NAMED: usize = 20;
    let mut missed: Vec<String> = r
        .missed
        .iter()
        .take(NAMED)
        .map(|m| format!("{:>3}  {}  {}", m.score, m.name, m.id))
        .collect();
    if r.missed.len() > NAMED {
        missed.push(fill(t.bt_more, &[&(r.missed.len() - NAMED)]));
    }
    part(&fill(t.bt_missed, &[&r.missed.len()]), missed);
    out.join("\n")
}

/// A fit in words.
pub fn fit(fitted: Option<&Fitted>, t: &'static Strings) -> String {
    let Some(f) = fitted else {
        return format!("\n{}", t.bt_fit_none);
    };
    let number = |n: Option<f64>| n.map_or_else(|| "–".to_owned(), |n| format!("{n:.3}"));
    let mut out = vec![
        String::new(),
        fill(t.bt_fit, &[&t.fit_method(f.method), &f.held_back]),
    ];
    let spread = f
        .model_auc_sd
        .map(|s| fill(t.bt_sd, &[&format!("{s:.3}")]))
        .unwrap_or_default();
    out.push(format!(
        "  {}{spread}",
        fill(t.bt_model, &[&number(f.model_auc)])
    ));
    if let Some(weights) = &f.weights {
        out.push(format!(
            "  {}",
            fill(t.bt_old_new, &[&number(f.old_auc), &number(f.new_auc)])
        ));
        let named = crate::domain::health::Dimension::ALL.iter().map(|d| {
            format!(
                "{} {:.0}",
                t.dimension(*d),
                weights.get(d.key()).copied().unwrap_or(0.0)
            )
        });
        out.push(format!(
            "  {}",
            fill(
                t.bt_weights,
                &[&named.collect::<Vec<_>>().join(t.list_comma)]
            )
        ));
        out.push(format!(
            "  {}",
            if f.better { t.bt_better } else { t.bt_worse }
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
            fill(t.bt_inputs, &[&most.join(t.list_comma)])
        ));
    }
    if !f.left_out.is_empty() {
        let named: Vec<String> = f
            .left_out
            .iter()
            .map(|l| format!("{} ({})", l.input, t.fit_why(l.why)))
            .collect();
        out.push(format!(
            "  {}",
            fill(t.bt_left_out, &[&named.join(t.list_comma)])
        ));
    }
    out.join("\n")
}
