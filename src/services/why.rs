//! Why the number is what it is, in words: what the desk and the command line say of it.

use crate::domain::account::Account;
use crate::domain::health::why::Why;
use crate::domain::health::{Fact, Score};
use crate::domain::policy::Policy;
use crate::i18n::{Strings, fill};

fn number(score: Option<u8>) -> String {
    score.map_or_else(|| "--".to_owned(), |n| n.to_string())
}

fn share(points: Option<f64>) -> String {
    points.map_or_else(|| "–".to_owned(), |p| format!("{p:.1}"))
}

/// What one asks about.
pub fn title(t: &Strings, account: &Account, score: &Score) -> String {
    fill(t.why_title, &[&account.name, &number(score.score), &t.band(score.band)])
}

/// The two scores, what holds the band, the way to green, and each dimension then and now: the ones
/// that moved most come first, as far as anything is known of them.
pub fn lines(t: &Strings, why: &Why, policy: &Policy) -> Vec<String> {
    let mut out = vec![fill(t.why_then, &[&why.before, &number(why.then.score), &why.day, &number(why.now.score)])];
    let coverage = |s: &Score| format!("{}%", s.coverage);
    out.push(fill(t.why_coverage, &[&coverage(&why.then), &coverage(&why.now)]));
    out.extend(t.held(&why.now));
    out.extend(t.to_green(&why.now, policy).filter(|_| !why.now.is_accepted_loss()));
    out.extend(why.recorded.map(|score| fill(t.why_recorded, &[&why.before, &score])));
    out.extend(why.rules.iter().map(|day| fill(t.why_rules, &[day])));
    for d in why.by_movement() {
        let moved = why.moved(d);
        out.push(String::new());
        let facts = |facts: &[&Fact]| facts.iter().map(|f| t.fact(f)).collect::<Vec<_>>().join(" · ");
        if moved.scores == (None, None) {
            let known: Vec<&Fact> = moved.new.iter().chain(&moved.same).copied().collect();
            out.push(format!("{}  {}", t.dimension(d), if known.is_empty() { t.no_data.to_owned() } else { facts(&known) }));
            continue;
        }
        let change = moved.change().map(|c| format!("  ({c:+.1})")).unwrap_or_default();
        let values = [t.dimension(d), &number(moved.scores.0), &number(moved.scores.1), &share(moved.points.0), &share(moved.points.1)];
        let weight = moved.weights.map(|(then, now)| format!("  {}", fill(t.why_weight, &[&then.round(), &now.round()]))).unwrap_or_default();
        out.push(format!("{}{change}{weight}", fill(t.why_points, &values.each_ref().map(|v| v as &dyn std::fmt::Display))));
        if !moved.old.is_empty() {
            out.push(format!("  {}", fill(t.why_then_facts, &[&why.before, &facts(&moved.old)])));
        }
        if !moved.new.is_empty() {
            out.push(format!("  {}", fill(t.why_now_facts, &[&facts(&moved.new)])));
        }
        if !moved.same.is_empty() {
            out.push(format!("  {}", fill(t.why_same_facts, &[&facts(&moved.same)])));
        }
    }
    out
}
