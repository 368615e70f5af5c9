//! The facts behind a score.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};
use serde_json::Value;

use super::day;
use super::records::{Records, local};
use super::text::{figures, near, percent, shape, since};
use super::today;

/// Checks a fact of the score; false where nobody knows its shape.
pub fn is_right(r: &Records, text: &str) -> bool {
    let right = usage(r, text)
        .or_else(|| support(r, text))
        .or_else(|| people(r, text))
        .or_else(|| contract(r, text));
    assert_ne!(right, Some(false), "{text}\n{}", r.account());
    right.is_some()
}

/// How much the product is used.
fn usage(r: &Records, text: &str) -> Option<bool> {
    let n = figures(text);
    let count = |n: f64, all: usize| near(n, all as f64);
    Some(match shape(text).as_str() {
        "active users # a day: #% of its best (# a day)" => {
            let best = r
                .metric("active_users")
                .iter()
                .map(|p| p.1)
                .fold(0.0, f64::max);
            let level = r.level(r.metric("active_users").last().expect("use").0);
            (n[1] - n[0] / n[2] * 100.0).abs() < 1.0 + 10.0 / n[2]
                && n[2] <= best
                && (n[0] - level).abs() <= 1.0 + level * 0.12
        }
        "active users in the last two weeks # a day, before # a day (#%)" => {
            let last = r.metric("active_users").last().expect("use").0;
            let (now, before) = (
                r.sum("active_users", last, 14) / 14.0,
                r.sum("active_users", last - Duration::days(14), 84) / 84.0,
            );
            // Working days against all days: the change is the same.
            near(n[2], percent(n[0], n[1])) && (n[2] - percent(now, before)).abs() < 12.0
        }
        "active users on a line of #% in # months" => {
            let last = r.metric("active_users").last().expect("use").0;
            // Least squares through the logarithms of thirteen fortnights.
            let fortnights =
                (0..13).map(|i| r.sum("active_users", last - Duration::days(14 * i), 14));
            let points: Vec<(f64, f64)> = fortnights
                .enumerate()
                .map(|(i, s)| (-(i as f64), (s / 10.0 + 0.5).ln()))
                .collect();
            let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / 13.0;
            let (x, y) = (mean(|p| p.0), mean(|p| p.1));
            let slope = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum::<f64>()
                / points.iter().map(|p| (p.0 - x).powi(2)).sum::<f64>();
            let fall = ((slope * 12.0).exp() - 1.0) * 100.0;
            n[1] == 6.0 && n[0] < 0.0 && (n[0] - fall).abs() < 15.0
        }
        s if s.starts_with("# of # parts of the product out of use: ") => {
            let last = r.last_of_usage();
            let names = text.rsplit(": ").next().expect("names").split(", ");
            let unused = |name: &str| {
                r.sum(&format!("feature:{name}"), last, 14)
                    < 0.2 * r.sum(&format!("feature:{name}"), last - Duration::days(120), 14)
            };
            let mut named = 0;
            for name in names {
                assert!(unused(name), "{text}");
                named += 1;
            }
            count(n[0], named) && n[1] as usize <= r.parts()
        }
        "# of # seats active on busy days (#%)" => {
            near(n[0], r.busy()) && n[1] == r.seats() && near(n[2], r.busy() / r.seats() * 100.0)
        }
        "no use for # days" => n[0] == r.silent("active_users"),
        "usage data # days old" => near(n[0], since(r.last_of_usage())),
        "usage: # days old, weight #%" => near(n[0], since(r.last_of_usage())) && n[1] < 100.0,
        _ => return None,
    })
}

/// Tickets.
fn support(r: &Records, text: &str) -> Option<bool> {
    let n = figures(text);
    let count = |n: f64, all: usize| near(n, all as f64);
    Some(match shape(text).as_str() {
        "# ticket in # days" | "# tickets in # days" => {
            n[1] == 30.0 && count(n[0], r.opened_since(today() - Duration::days(30)))
        }
        "# open, oldest # days" => {
            let open = r.open_tickets();
            let oldest = open
                .iter()
                .filter_map(|t| t["opened"].as_str())
                .map(local)
                .min();
            count(n[0], open.len()) && near(n[1], since(oldest.expect("a ticket")))
        }
        "usually # open" => n[0] <= r.tickets().count() as f64,
        "# escalated" => count(
            n[0],
            r.open_tickets()
                .iter()
                .filter(|t| t["escalated"] == true)
                .count(),
        ),
        "# of them urgent or high" => {
            let grave = |t: &&&Value| {
                ["urgent", "high"].contains(&t["priority"].as_str().unwrap_or_default())
            };
            count(n[0], r.open_tickets().iter().filter(grave).count())
        }
        s if s.ends_with("reported # times in # days") => {
            let subject = text.split(['“', '”']).nth(1).expect("a subject");
            let same = |t: &&Value| {
                t["subject"] == subject
                    && t["opened"]
                        .as_str()
                        .is_some_and(|o| (today() - local(o)).num_days() < 60)
            };
            n[1] == 60.0 && count(n[0], r.tickets().filter(same).count())
        }
        _ => return None,
    })
}

/// Answers, moods and talks.
fn people(r: &Records, text: &str) -> Option<bool> {
    let n = figures(text);
    let count = |n: f64, all: usize| near(n, all as f64);
    Some(match shape(text).as_str() {
        "NPS # (# days ago)" => {
            let nps = r.nps();
            let last = nps.last().expect("an answer");
            near(n[0], last.1) && near(n[1], since(last.0)) && nps.iter().all(|a| a.2 == last.2)
        }
        "NPS #, average of # people (latest # days ago)" => {
            let last: BTreeMap<String, (NaiveDate, f64)> = r
                .nps()
                .into_iter()
                .map(|(d, s, who)| (who, (d, s)))
                .collect();
            let mean = last.values().map(|v| v.1).sum::<f64>() / last.len() as f64;
            let newest = last.values().map(|v| v.0).max().expect("an answer");
            (n[0] - mean).abs() < 0.051 && count(n[1], last.len()) && near(n[2], since(newest))
        }
        "last call: # days old, weight #%" | "surveys: # days old, weight #%" => {
            let newest = if text.starts_with("last call") {
                r.talks()
                    .iter()
                    .filter(|t| t.1.is_some())
                    .map(|t| t.0)
                    .max()
            } else {
                r.nps().last().map(|s| s.0)
            };
            near(n[0], since(newest.expect("a day"))) && n[1] < 100.0
        }
        s if s.starts_with("last call: ") => {
            let mut felt: Vec<_> = r
                .talks()
                .into_iter()
                .filter_map(|t| Some((t.0, t.1?)))
                .collect();
            felt.sort();
            let (at, mood) = felt.last().expect("a mood");
            text.contains(&format!(": {mood} (")) && near(n[0], since(*at))
        }
        "last spoke # days ago" => {
            let talks = r.talks();
            let last = talks.iter().max_by_key(|t| t.0).expect("a talk");
            near(n[0], since(last.0)) && !Records::is_bad(last.1.as_deref())
        }
        "last talk that did not go badly: # days ago" => {
            let talks = r.talks();
            let good = talks
                .iter()
                .filter(|t| !Records::is_bad(t.1.as_deref()))
                .map(|t| t.0)
                .max();
            let good = good.expect("a good talk");
            near(n[0], since(good)) && good < r.last_talk()
        }
        "champion left (#)" => r.all("contact").any(|c| {
            c["role"] == "champion"
                && c["since"]
                    .as_str()
                    .is_some_and(|s| near(n[0], since(day(s))))
        }),
        _ => return None,
    })
}

/// Goals, subscriptions and endings.
fn contract(r: &Records, text: &str) -> Option<bool> {
    let n = figures(text);
    let count = |n: f64, all: usize| near(n, all as f64);
    Some(match shape(text).as_str() {
        "ticket rating # of # (#)" => {
            let rated = r.tickets().filter_map(|t| t["csat"].as_f64());
            let rated: Vec<f64> = rated.collect();
            n[1] == 5.0
                && n[2] as usize <= rated.len()
                && rated
                    .iter()
                    .any(|c| near(*c, n[0]) || (1.0..=5.0).contains(&n[0]))
        }
        "goals: # reached, # open, # slipped" => {
            let goals = r.account()["goals"].as_array().cloned().unwrap_or_default();
            let of = |what: &str| goals.iter().filter(|g| g["status"] == what).count();
            count(n[0], of("reached")) && count(n[1], of("open")) && count(n[2], of("slipped"))
        }
        "# active subscription" | "# active subscriptions" => {
            let active = |s: &&Value| {
                s["start"].as_str().is_some_and(|s| day(s) <= today())
                    && s["end"].as_str().is_none_or(|e| day(e) > today())
            };
            count(n[0], r.all("subscription").filter(active).count())
        }
        "# downgrade" => count(
            n[0],
            r.all("subscription")
                .filter(|s| s["downgraded"] == true)
                .count(),
        ),
        "churned # days ago" => {
            let lost = r.all("outcome").filter(|o| o["kind"] == "churned");
            let mut days = lost
                .filter_map(|o| o["date"].as_str())
                .map(|d| since(day(d)));
            days.any(|d| near(n[0], d))
        }
        _ => return None,
    })
}
