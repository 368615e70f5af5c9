//! The back-test in words.

use super::fit::Fitted;
use super::{LEAST, Report, Verdict};
use crate::words::{self, Lang};

fn share(n: f64) -> String {
    format!("{:.0}", n * 100.0)
}

/// The report in words.
pub fn report(r: &Report, t: Lang) -> String {
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
        Verdict::TooLittle => words::insights::little(t, r.n, r.positives, LEAST),
    });
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
    part(
        words::insights::deciles(t),
        r.deciles.iter().map(decile).collect(),
    );
    part(
        words::insights::calibration(t),
        r.calibration
            .iter()
            .map(|b| {
                words::insights::bin(
                    t,
                    b.from,
                    b.to,
                    b.n,
                    share(b.rate),
                    share(b.low),
                    share(b.high),
                )
            })
            .collect(),
    );
    let group = |(name, g): (String, &crate::services::backtest::Group)| {
        words::insights::group(
            t,
            &name,
            g.n,
            g.positives,
            g.auc
                .map_or_else(|| "–".to_owned(), |a| format!("{:.3}", a.auc)),
        )
    };
    part(
        words::insights::tiers(t),
        r.by_tier
            .iter()
            .map(|(k, g)| {
                group((
                    crate::domain::account::Tier::parse(k)
                        .map_or(*k, |x| x.words(t))
                        .to_owned(),
                    g,
                ))
            })
            .collect(),
    );
    let age = |a: &crate::services::backtest::Age| {
        words::signals::days_n(
            t,
            a.to_days.map_or_else(
                || format!("{}+", a.from_days),
                |to| format!("{}–{to}", a.from_days),
            ),
        )
    };
    part(
        words::insights::ages(t),
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
        missed.push(words::insights::more(t, r.missed.len() - NAMED));
    }
    part(&words::insights::missed(t, r.missed.len()), missed);
    out.join("\n")
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
