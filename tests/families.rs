//! The score on made-up portfolios: in each, whatever makes accounts fail stands in their chart, and the
//! score must see it. The table of `cargo bench --bench families` has the figures for fresh seeds.

#[path = "../benches/families/portfolio.rs"]
mod portfolio;

use chrono::NaiveDate;
use kenshin::testing::config::Config;
use kenshin::testing::domain::health::Band;
use kenshin::testing::domain::risk::{Known, likelihood};
use kenshin::testing::domain::signals::Kind;
use kenshin::testing::domain::standing::{ScoringContext, Standing, standing};
use kenshin::testing::domain::when::{Now, Zone};
use portfolio::{FAMILIES, Made, freshness};

/// The share of pairs in which the failing account has the lower score; equal ones are half a pair.
fn auc(all: &[(bool, f64)]) -> f64 {
    let of = |failing: bool| all.iter().filter(move |a| a.0 == failing).map(|a| a.1);
    let (mut wins, mut pairs) = (0.0, 0.0);
    for bad in of(true) {
        for good in of(false) {
            pairs += 1.0;
            wins += if bad < good {
                1.0
            } else if bad > good {
                0.0
            } else {
                0.5
            };
        }
    }
    wins / pairs
}

fn judged() -> Vec<(&'static str, Vec<(Made, Standing)>)> {
    const ACCOUNTS: usize = 90;
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
    let day = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day");
    let at = day.and_hms_opt(1, 0, 0).expect("a time").and_utc();
    let now = Now::new(at, Zone::utc());
    let of = |family: &portfolio::Family| {
        let all = family.portfolio(ACCOUNTS, 4_711, day);
        let fresh = freshness(&all, now.zone);
        let stands = |m: Made| {
            let standing = standing(&m.dossier, fresh, context, now);
            (m, standing)
        };
        (family.name, all.into_iter().map(stands).collect())
    };
    FAMILIES.iter().map(of).collect()
}

/// The proposed likelihood of leaving tells failing accounts from sound ones.
#[test]
fn the_points_of_risk_tell_failing_accounts_from_sound_ones() {
    const LEAST: f64 = 0.9;
    let (config, _) = Config::load(None);
    let day = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day");
    for (name, accounts) in judged() {
        let points = |m: &Made, s: &Standing| {
            let known = Known {
                dossier: &m.dossier,
                band: s.health.band,
                trend: s.trend,
                signals: &s.signals,
                judgement: s.judgement,
                unsettled: s.unsettled,
                renewal: s.renewal,
                step: s.step,
            };
            let (points, _) = likelihood(&known, &config.risk, day);
            100.0 - f64::from(points)
        };
        let all = accounts.iter().map(|(m, s)| (m.failing, points(m, s)));
        let found = auc(&all.collect::<Vec<_>>());
        eprintln!("{name}: {found:.3}");
        assert!(found >= LEAST, "{name}: {found:.3}");
    }
}

#[test]
fn the_score_sees_what_a_reader_of_the_chart_sees() {
    for (name, accounts) in judged() {
        let score = |s: &Standing| s.health.exact.expect("it is scored");
        let scores: Vec<(bool, f64)> = accounts
            .iter()
            .map(|(m, s)| (m.failing, score(s)))
            .collect();
        let plain: Vec<(bool, f64)> = accounts.iter().map(|(m, _)| (m.failing, m.plain)).collect();
        let (found, possible) = (auc(&scores), auc(&plain));
        let within = if name.contains("season") { 0.05 } else { 0.03 };
        assert!(
            found >= possible - within,
            "{name}: {found:.3} of {possible:.3}"
        );
        let share = |failing: bool, band: Band| {
            let of: Vec<_> = accounts
                .iter()
                .filter(|(m, _)| m.failing == failing)
                .collect();
            let shown = of.iter().filter(|(_, s)| s.health.band == band).count();
            shown as f64 / of.len() as f64
        };
        // A slide of four percent a month may still be on its way to yellow.
        let slides = name.contains("slide") || name.contains("season") || name.contains("week");
        let green = share(true, Band::Green);
        assert!(
            green <= if slides { 0.2 } else { 0.05 },
            "{name}: {green:.2} shown green"
        );
        let (red, green) = (share(false, Band::Red), share(false, Band::Green));
        assert!(
            red <= 0.03 && green >= 0.9,
            "{name}: sound ones {red:.2} red, {green:.2} green"
        );
        // Closed weeks, late feeds and quiet seasons are no silence.
        let silent = |s: &Standing| s.signals.iter().any(|s| s.kind == Kind::NoLogin);
        assert!(
            !accounts.iter().any(|(m, s)| !m.failing && silent(s)),
            "{name}: a sound account is silent"
        );
    }
}
