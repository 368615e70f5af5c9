//! The lines of a brief.

use chrono::{Duration, NaiveDate};
use serde_json::Value;

use super::records::{Records, local, local_time};
use super::text::{figures, near, percent, shape, since};
use super::{day, facts, now};

/// Checks a line of the brief; false where nobody knows its shape.
pub fn is_right(r: &Records, row: &Value, block: &str, text: &str) -> bool {
    let right = usage(r, block, text)
        .or_else(|| support(r, block, text))
        .or_else(|| news(r, row, block, text))
        .or_else(|| standing(r, row, block, text));
    assert_ne!(right, Some(false), "{block}: {text}\n{}", r.account());
    right.is_some()
}

/// The usage block.
fn usage(r: &Records, block: &str, text: &str) -> Option<bool> {
    let n = figures(text);
    let shape = shape(text);
    Some(match (block, shape.as_str()) {
        ("usage", "On busy days # of # seats (#%)") => {
            near(n[0], r.busy()) && n[1] == r.seats() && near(n[2], r.busy() / r.seats() * 100.0)
        }
        ("usage", "# uses per active user (before: #)" | "# uses per active user") => {
            let last = r.last_of_usage();
            let depth = |to: NaiveDate| {
                let uses: f64 = r.features().map(|f| r.sum(f, to, 28)).sum();
                uses / r.sum("active_users", to, 28)
            };
            let before = n
                .get(1)
                .is_none_or(|b| (b - depth(last - Duration::days(28))).abs() < 0.06);
            (n[0] - depth(last)).abs() < 0.06 && before
        }
        ("usage", s) if s.contains("% completed") => {
            let name = text.split(':').next().expect("a name");
            let last = r.last_of_usage();
            let share = |to: NaiveDate| {
                let of = |what: &str| {
                    let metric = r
                        .usage
                        .keys()
                        .find(|k| k.contains(name) && k.contains(what));
                    r.sum(metric.expect("a workflow"), to, 28)
                };
                of("completed") / of("started") * 100.0
            };
            let before = n
                .get(1)
                .is_none_or(|b| near(*b, share(last - Duration::days(28))));
            near(n[0], share(last)) && before
        }
        ("usage", s) if s.contains(" silent for ") => {
            let name = text.split(' ').nth(1).expect("a name");
            let metric = r
                .usage
                .keys()
                .find(|k| k.starts_with("integration") && k.contains(name))
                .expect("an integration");
            n[0] == r.silent(metric)
        }
        // By the middle of working days, which differs a little from sums.
        ("usage", s) if s.starts_with("sign-ins ") => {
            let metric = if r.usage.contains_key("logins") {
                "logins"
            } else {
                "active_users"
            };
            let last = r.metric(metric).last().expect("use").0;
            (n[0]
                - percent(
                    r.sum(metric, last, 28),
                    r.sum(metric, last - Duration::days(28), 28),
                ))
            .abs()
                < 15.0
        }
        ("usage", s) if s.starts_with("active users: ") => {
            let last = r.metric("active_users").last().expect("use").0;
            let first = r.metric("active_users").first().expect("use").0;
            let change = |back: i64, span: i64| {
                let to = last - Duration::days(back);
                // A window that the account does not fill is taken by the day.
                let mean = |to: NaiveDate| {
                    let from = (to - Duration::days(span - 1)).max(first);
                    r.sum("active_users", to, span) / ((to - from).num_days() + 1) as f64
                };
                (to >= first && mean(to) > 0.0).then(|| percent(mean(last), mean(to)))
            };
            let parts: Vec<&str> = text.split([',', '·']).collect();
            let shown = |i: usize| (!parts[i].contains("unknown")).then(|| figures(parts[i])[0]);
            let day_shown = figures(parts[3])[0];
            let all = [change(30, 30), change(90, 90), change(365, 30)];
            let same = all.iter().enumerate().all(|(i, c)| match (shown(i), c) {
                (Some(s), Some(c)) => (s - c).abs() < 1.0,
                (shown, _) => shown.is_none(),
            });
            same && day_shown == since(last)
        }
        ("usage", s) if s.starts_with("not used in # days: ") => {
            let last = r.last_of_usage();
            let names = text.rsplit(": ").next().expect("names").split(", ");
            names
                .into_iter()
                .all(|f| r.sum(&format!("feature:{f}"), last, 30) == 0.0)
        }
        _ => return None,
    })
}

/// Tickets.
fn support(r: &Records, block: &str, text: &str) -> Option<bool> {
    let n = figures(text);
    let count = |n: f64, all: usize| near(n, all as f64);
    let shape = shape(text);
    Some(match (block, shape.as_str()) {
        ("support", s) if s.contains(" in # days") => {
            let parts: Vec<&str> = text.split(" · ").collect();
            let month = parts
                .iter()
                .find(|p| p.contains(" in 30 days"))
                .expect("a month");
            let newest = r.feed;
            let opened = r.opened_since(newest - Duration::days(30));
            assert!(count(figures(month)[0], opened), "{text}: {opened}");
            for part in &parts {
                let n = figures(part);
                if part.contains("resolved in") {
                    let now = r.hours(newest - Duration::days(90), newest);
                    assert!(now.is_some_and(|h| near(n[0], h)), "{text}: {now:?}");
                } else if part.contains(" open, ") {
                    assert!(count(n[0], r.open_tickets().len()), "{text}");
                    let late = |t: &&&Value| {
                        t["opened"]
                            .as_str()
                            .is_some_and(|o| now() - local_time(o) > Duration::hours(48))
                    };
                    assert!(
                        n[2] == 48.0 && count(n[1], r.open_tickets().iter().filter(late).count()),
                        "{text}"
                    );
                } else if part.ends_with("escalated") {
                    assert!(
                        count(
                            n[0],
                            r.open_tickets()
                                .iter()
                                .filter(|t| t["escalated"] == true)
                                .count()
                        ),
                        "{text}"
                    );
                }
            }
            true
        }
        ("support", s) if s.starts_with("Recurring: ") => {
            let subject = text["Recurring: ".len()..]
                .rsplit_once(" ×")
                .expect("a count")
                .0;
            r.tickets().filter(|t| t["subject"] == subject).count() as f64 >= n[0] && n[0] >= 3.0
        }
        ("tickets_first", _) => {
            let id = text.rsplit(" · ").next().expect("an id");
            let ticket = r.tickets().find(|t| t["id"] == id).expect("the ticket");
            n[0] == since(local(ticket["opened"].as_str().expect("a moment")))
        }
        _ => return None,
    })
}

/// What was said, asked and promised.
fn news(r: &Records, row: &Value, block: &str, text: &str) -> Option<bool> {
    let n = figures(text);
    let count = |n: f64, all: usize| near(n, all as f64);
    let talk = || r.last_talk();
    let shape = shape(text);
    Some(match (block, shape.as_str()) {
        ("since_last", "last conversation # (# days ago)" | "last conversation # (# day ago)") => {
            n[0] == since(talk()) && n[1] == n[0]
        }
        // A note's own words.
        ("since_last", s) if s.starts_with("# ") => r
            .all("note")
            .any(|x| since(local(x["at"].as_str().expect("a moment"))) == n[0]),
        ("changed_since", "# ticket opened" | "# tickets opened") => {
            count(n[0], r.opened_since(talk()))
        }
        ("changed_since", "# new note" | "# new notes") => {
            let new = |x: &&Value| {
                x["checkin"].is_null() && local(x["at"].as_str().expect("a moment")) > talk()
            };
            count(n[0], r.all("note").filter(new).count())
        }
        ("changed_since", s)
            if ["email", "webinar", "training"]
                .iter()
                .any(|k| s.starts_with(k)) =>
        {
            let kind = text.split(':').next().expect("a kind");
            let since = |t: &&Value| {
                let at = t["at"].as_str().expect("a moment");
                t["kind"] == kind && local(at) > talk() && local_time(at) <= now()
            };
            count(n[0], r.all("touch").filter(since).count())
        }
        ("changed_since", s) if s.starts_with("score # → #") => {
            n[1] == row["score"].as_f64().expect("a score")
        }
        ("changed_since", s) if s.starts_with("new: ") => signal(r, text),
        ("signals", s)
            if s.ends_with("warnings: act now") || s.contains("warning: keep an eye") =>
        {
            n[0] >= 1.0
        }
        ("signals", s) if s.starts_with("Not enough data") => true,
        ("signals", _) => signal(r, text),
        ("voice", s) if s.starts_with("# NPS #") => {
            r.nps().iter().any(|a| since(a.0) == n[0] && a.1 == n[1])
        }
        ("voice", s) if s.starts_with("# churned") => {
            let mut lost = r.all("outcome").filter_map(|o| o["date"].as_str());
            lost.any(|d| since(day(d)) == n[0])
        }
        // A goal, in the customer's words.
        ("voice", s) if s.starts_with("◎") => true,
        ("promises", _) => {
            let date = text.split(" · ").find_map(|p| p.parse::<NaiveDate>().ok());
            let date = date.map(|d| d.to_string());
            let open = |a: &Value| a["status"] != "done" || text.contains("inform the customer");
            r.all("action").any(|a| {
                a["due"].as_str() == date.as_deref()
                    && open(a)
                    && text.contains(a["what"].as_str().expect("what"))
            })
        }
        _ => return None,
    })
}

/// The score, contradictions and the renewal.
fn standing(r: &Records, row: &Value, block: &str, text: &str) -> Option<bool> {
    let n = figures(text);
    let shape = shape(text);
    Some(match (block, shape.as_str()) {
        ("renewal", s) if s.starts_with("# · renews in #d") => {
            let renewal = day(r.account()["renewal"].as_str().expect("a day"));
            let arr = r.account()["arr"]["amount"].as_f64().expect("ARR");
            n[0] == since(renewal) && n[1] == -n[0] && n[2] == arr
        }
        ("conflicts", _) => {
            n.last()
                .is_some_and(|s| [row["score"].as_f64(), None].contains(&Some(*s)))
                || text.contains(&row["score"].to_string())
        }
        ("health", s) if s.contains(" · coverage #%") => {
            let moved = row["trend"]["d30"].as_f64();
            let shown = text.contains("vs 30 days").then(|| n[2]);
            n[0] == row["score"].as_f64().expect("a score")
                && n[1] == row["coverage"].as_f64().expect("a share")
                && shown == moved
        }
        ("health", s) if s.starts_with("churned on #") => {
            let mut lost = r.all("outcome").filter_map(|o| o["date"].as_str());
            lost.any(|d| since(day(d)) == n[0])
        }
        ("health", s) if s.starts_with("# by the mean, held by ") => {
            n[0] > row["score"].as_f64().expect("a score")
        }
        ("health", s) if s.starts_with("To healthy: ") => text["To healthy: ".len()..]
            .split(", ")
            .all(|p| figures(p).windows(2).all(|w| w[0] < w[1])),
        // A dimension, its score, its points and its facts.
        ("health", s) if s.contains(" # (# points): ") => {
            let (_, facts) = text.split_once(": ").expect("facts");
            facts
                .split(" · ")
                .all(|f| !f.contains(|c: char| c.is_ascii_digit()) || facts::is_right(r, f))
        }
        _ => return None,
    })
}

/// Checks the figures of a signal that records show directly.
fn signal(r: &Records, text: &str) -> bool {
    let evidence: Vec<&str> = text.split(" · ").collect();
    let began = evidence.iter().find_map(|p| p.strip_prefix("since "));
    assert!(began.is_none_or(|d| since(day(d)) >= 0.0), "{text}");
    let what = evidence.last().expect("evidence");
    let n = figures(what);
    if text.contains("NPS detractor") || text.contains("NPS promoter") {
        let (who, score) = what.rsplit_once(": gave ").expect("a person");
        return r
            .nps()
            .iter()
            .any(|a| a.2 == who && a.1.to_string() == score);
    }
    if text.contains("Renewal approaching") {
        return n[0] == since(day(r.account()["renewal"].as_str().expect("a day")))
            && n[1] == -n[0];
    }
    if text.contains("Contact overdue") {
        return n[0] >= n[1];
    }
    if text.contains("No sign-ins") {
        return n[0] == r.silent("active_users");
    }
    if text.contains("Usage down") {
        return near(n[2], percent(n[1], n[0]));
    }
    if text.contains("Integration disconnected") || text.contains("Core feature unused") {
        let name = what.split(':').next().expect("a name");
        let metric = r
            .usage
            .keys()
            .find(|k| k.ends_with(&format!(":{name}")))
            .expect("a metric");
        return n[0] == r.silent(metric);
    }
    if text.contains("Recurring issue") {
        let subject = what.split(['“', '”']).nth(1).expect("a subject");
        return r.tickets().filter(|t| t["subject"] == subject).count() as f64 >= n[0];
    }
    if text.contains("Seat limit reached") || text.contains("Unused seats") {
        let most = r
            .metric("active_users")
            .iter()
            .map(|p| p.1)
            .fold(0.0, f64::max);
        return n[1] == r.seats() && n[0] <= most;
    }
    // Days of the week, ages of tickets and due days are those of the evidence itself.
    [
        "Escalated",
        "Ticket open",
        "Milestone",
        "Sign-ins falling",
        "Budget",
        "Critical",
        "Champion",
        "tone",
        "Business",
    ]
    .iter()
    .any(|k| text.contains(k))
}
