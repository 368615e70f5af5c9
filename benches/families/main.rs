//! How well the score separates failing from sound accounts, by family of made-up portfolios, beside the
//! plain number that a reader of the chart would name. Fresh seeds at each run, unless one is given:
//! `cargo bench --bench families [-- SEED [FAMILY]]`. With a part of a family's name, the accounts are
//! listed that it shows in the wrong colour, with what the score says of them.

mod portfolio;

use chrono::NaiveDate;
use kenshin::testing::config::Config;
use kenshin::testing::domain::health::{Band, Dimension, Score};
use kenshin::testing::domain::standing::{ScoringContext, standing};
use kenshin::testing::domain::when::{Now, Zone};
use kenshin::testing::words::Lang;
use kenshin::testing::words::health::{fact, held, held_down};
use portfolio::{FAMILIES, freshness};

const ACCOUNTS: usize = 240;
const SEEDS: u64 = 3;

fn main() {
    let given = std::env::args().skip(1).find_map(|a| a.parse().ok());
    let seed = given.unwrap_or_else(|| fastrand::u64(1..1_000_000));
    let (config, _) = Config::load(None);
    let context = ScoringContext {
        policy: &config.policy,
        rules: config.policy.version(),
        thresholds: &config.thresholds,
        phrases: &*config.phrases,
        cadence: &config.cadence,
        risk: &config.risk,
        first_use: None,
    };
    let wanted = std::env::args()
        .skip(1)
        .find(|a| a.parse::<u64>().is_err() && !a.starts_with('-'));
    let day = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day");
    let at = day.and_hms_opt(1, 0, 0).expect("a time").and_utc();
    let now = Now::new(at, Zone::utc());
    println!("seed {seed}, {SEEDS} portfolios of {ACCOUNTS} accounts each\n");
    println!(
        "| family | plain number | score | failing shown green | sound red | sound green |\n|---|---|---|---|---|---|"
    );
    let mut means = [0.0, 0.0];
    for family in FAMILIES
        .iter()
        .filter(|f| wanted.as_ref().is_none_or(|w| f.name.contains(w.as_str())))
    {
        let (mut plain, mut scored) = (0.0, 0.0);
        let mut shown = [(0_i32, 0_i32, 0_i32); 2];
        for more in 0..SEEDS {
            let all = family.portfolio(ACCOUNTS, seed + more, day);
            let fresh = freshness(&all, now.zone);
            let standings: Vec<_> = all
                .iter()
                .map(|m| standing(&m.dossier, fresh, context, now))
                .collect();
            let score = |i: usize| standings[i].health.score.map(f64::from);
            plain += auc(all.iter().map(|m| (m.failing, Some(m.plain))));
            scored += auc(all.iter().enumerate().map(|(i, m)| (m.failing, score(i))));
            for (made, standing) in all.iter().zip(&standings) {
                let of = &mut shown[usize::from(made.failing)];
                of.0 += 1;
                let wrong = made.failing == (standing.health.band == Band::Green);
                if wrong && wanted.is_some() && more == 0 {
                    println!(
                        "{} {}: {}",
                        if made.failing { "failing" } else { "sound" },
                        made.plain,
                        judged(&standing.health)
                    );
                }
                of.1 += i32::from(standing.health.band == Band::Green);
                of.2 += i32::from(standing.health.band == Band::Red);
            }
        }
        let (plain, scored) = (plain / SEEDS as f64, scored / SEEDS as f64);
        means = [means[0] + plain, means[1] + scored];
        let percent =
            |n: i32, of: i32| format!("{:.0} %", f64::from(n) * 100.0 / f64::from(of.max(1)));
        let [sound, failing] = shown;
        println!(
            "| {} | {plain:.3} | {scored:.3} | {} | {} | {} |",
            family.name,
            percent(failing.1, failing.0),
            percent(sound.2, sound.0),
            percent(sound.1, sound.0)
        );
    }
    let n = FAMILIES.len() as f64;
    println!("| mean | {:.3} | {:.3} | | | |", means[0] / n, means[1] / n);
}

/// What the score says of an account.
fn judged(score: &Score) -> String {
    let parts = Dimension::ALL.iter().filter_map(|d| {
        let facts: Vec<String> = score.facts(*d).iter().map(|f| fact(Lang::En, f)).collect();
        Some(format!(
            "{} {} ({})",
            d.words(Lang::En),
            score.parts[d.index()].score?,
            facts.join("; ")
        ))
    });
    let parts: Vec<String> = parts.collect();
    let notes = [held_down(Lang::En, score), held(Lang::En, score)];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    format!(
        "{:?} {} [{}]",
        score.score,
        parts.join(", "),
        notes.join("; ")
    )
}

/// The chance that a failing account has less than a sound one; an account without a number is a tie.
fn auc(all: impl Iterator<Item = (bool, Option<f64>)>) -> f64 {
    let all: Vec<(bool, Option<f64>)> = all.collect();
    let (mut wins, mut pairs) = (0.0, 0.0);
    for (_, bad) in all.iter().filter(|a| a.0) {
        for (_, good) in all.iter().filter(|a| !a.0) {
            pairs += 1.0;
            wins += match (bad, good) {
                (Some(bad), Some(good)) if bad < good => 1.0,
                (Some(bad), Some(good)) if bad > good => 0.0,
                _ => 0.5,
            };
        }
    }
    wins / pairs
}
