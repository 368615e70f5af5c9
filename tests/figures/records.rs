//! The records of an export, and what the plainest arithmetic makes of them.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, Utc, Weekday};
use serde_json::Value;

use super::{day, now, run, today};

/// The day in the user's zone, which is nine hours ahead.
pub fn local(at: &str) -> NaiveDate {
    local_time(at).date()
}

pub fn local_time(at: &str) -> NaiveDateTime {
    let at: DateTime<Utc> = at.parse().expect("a moment");
    at.naive_utc() + Duration::hours(9)
}

/// The records of one account, as exported.
#[derive(Default)]
pub struct Records {
    pub of: BTreeMap<String, Vec<Value>>,
    pub usage: BTreeMap<String, Vec<(NaiveDate, f64)>>,
    /// The newest day of any account's tickets: later days are not known yet.
    pub feed: NaiveDate,
}

/// The records of each account.
pub fn records(home: &Path) -> BTreeMap<String, Records> {
    let dir = tempfile::tempdir().expect("temporary folder");
    run(
        home,
        "en",
        &["export", "--all", &dir.path().display().to_string()],
    );
    let text = std::fs::read_to_string(dir.path().join("kenshin-export.jsonl")).expect("an export");
    let mut out: BTreeMap<String, Records> = BTreeMap::new();
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        if let Some(account) = line["usage"].as_str() {
            let points = line["points"].as_array().expect("points").iter();
            let points = points.map(|p| {
                (
                    day(p[0].as_str().expect("a day")),
                    p[1].as_f64().expect("a number"),
                )
            });
            let metric = line["metric"].as_str().expect("a metric").to_owned();
            out.entry(account.to_owned())
                .or_default()
                .usage
                .insert(metric, points.collect());
        } else if let Some(kind) = line["kind"].as_str() {
            let record = &line["record"];
            let owner = record["account"].as_str();
            let own = record["id"].as_str().filter(|_| kind == "account");
            let Some(account) = owner.or(own) else {
                continue;
            };
            let of = &mut out.entry(account.to_owned()).or_default().of;
            of.entry(kind.to_owned()).or_default().push(record.clone());
        }
    }
    let opened = out.values().flat_map(Records::tickets);
    let opened = opened.filter_map(|t| t["opened"].as_str()).map(local);
    let feed = opened.filter(|d| *d <= today()).max().expect("tickets");
    out.values_mut().for_each(|r| r.feed = feed);
    out
}

impl Records {
    pub fn all(&self, kind: &str) -> impl Iterator<Item = &Value> {
        self.of.get(kind).into_iter().flatten()
    }

    pub fn account(&self) -> &Value {
        self.all("account").next().expect("the account")
    }

    pub fn metric(&self, name: &str) -> &[(NaiveDate, f64)] {
        self.usage.get(name).map_or(&[], Vec::as_slice)
    }

    pub fn last_of_usage(&self) -> NaiveDate {
        let last = self.usage.values().filter_map(|s| Some(s.last()?.0));
        last.max().expect("usage")
    }

    /// Days without use of a metric, to the last day of the account's data.
    pub fn silent(&self, metric: &str) -> f64 {
        let used = self.metric(metric).iter().filter(|p| p.1 > 0.0);
        let last = used.map(|p| p.0).max().expect("use");
        (self.last_of_usage() - last).num_days() as f64
    }

    /// The sum of a metric over days up to a day.
    pub fn sum(&self, name: &str, to: NaiveDate, days: i64) -> f64 {
        let from = to - Duration::days(days - 1);
        let within = self
            .metric(name)
            .iter()
            .filter(|p| p.0 >= from && p.0 <= to);
        within.map(|p| p.1).sum()
    }

    pub fn features(&self) -> impl Iterator<Item = &str> {
        let names = self.usage.keys().filter(|n| n.starts_with("feature:"));
        names.map(String::as_str)
    }

    /// Features, integrations and workflows.
    pub fn parts(&self) -> usize {
        let people = ["active_users", "logins", "events"];
        let is_part = |m: &&String| !people.contains(&m.as_str()) && !m.ends_with("_completed");
        self.usage.keys().filter(is_part).count()
    }

    pub fn busy(&self) -> f64 {
        let all = self.metric("active_users");
        let last = all.last().expect("active users").0;
        let mut some: Vec<f64> = all
            .iter()
            .filter(|p| (last - p.0).num_days() < 28)
            .map(|p| p.1)
            .collect();
        some.sort_by(f64::total_cmp);
        let busiest = (some.len() * 10).div_ceil(28);
        some.iter().rev().take(busiest).sum::<f64>() / busiest as f64
    }

    pub fn seats(&self) -> f64 {
        self.account()["seats"].as_f64().expect("seats")
    }

    /// The middle half of the working days of six weeks.
    pub fn level(&self, last: NaiveDate) -> f64 {
        let mut some: Vec<f64> = self
            .metric("active_users")
            .iter()
            .filter(|p| p.0 <= last && (last - p.0).num_days() < 42)
            .filter(|p| !matches!(p.0.weekday(), Weekday::Sat | Weekday::Sun))
            .map(|p| p.1)
            .collect();
        some.sort_by(f64::total_cmp);
        let cut = some.len() / 4;
        let middle = &some[cut..some.len() - cut];
        middle.iter().sum::<f64>() / middle.len() as f64
    }

    /// Each talk with its mood: calls and meetings that took place, and finished check-ins.
    pub fn talks(&self) -> Vec<(NaiveDate, Option<String>)> {
        let touches = self.all("touch").filter(|t| {
            ["call", "meeting"].contains(&t["kind"].as_str().unwrap_or_default())
                && t["attendance"] == "held"
        });
        let mood = |v: &Value| v.as_str().map(str::to_owned);
        let touches = touches.map(|t| {
            (
                local(t["at"].as_str().expect("a moment")),
                mood(&t["sentiment"]),
            )
        });
        let checkins = self.all("checkin").filter_map(|c| {
            let mut events = c["events"].as_array().into_iter().flatten();
            let end = events.find(|e| e["what"] == "Ended")?["at"].as_str()?;
            Some((local(end), mood(&c["wrapup"]["sentiment"])))
        });
        let people = self
            .all("contact")
            .filter_map(|c| Some((day(c["last_contacted"].as_str()?), None)));
        touches
            .chain(checkins)
            .chain(people)
            .filter(|t| t.0 <= today())
            .collect()
    }

    pub fn last_talk(&self) -> NaiveDate {
        self.talks().iter().map(|t| t.0).max().expect("a talk")
    }

    pub fn is_bad(mood: Option<&str>) -> bool {
        ["frustrated", "disappointed"].contains(&mood.unwrap_or_default())
    }

    pub fn tickets(&self) -> impl Iterator<Item = &Value> {
        self.all("ticket")
    }

    pub fn open_tickets(&self) -> Vec<&Value> {
        let closed = ["solved", "closed"];
        let open = |t: &&Value| !closed.contains(&t["status"].as_str().unwrap_or_default());
        self.tickets().filter(open).collect()
    }

    pub fn opened_since(&self, from: NaiveDate) -> usize {
        let opened = self.tickets().filter_map(|t| t["opened"].as_str());
        opened
            .filter(|o| local(o) > from && local_time(o) <= now())
            .count()
    }

    pub fn hours(&self, from: NaiveDate, to: NaiveDate) -> Option<f64> {
        let mut all: Vec<f64> = self
            .tickets()
            .filter_map(|t| Some((t["opened"].as_str()?, t["solved"].as_str()?)))
            .filter(|(_, s)| local(s) > from && local(s) <= to)
            .map(|(o, s)| (local_time(s) - local_time(o)).num_minutes() as f64 / 60.0)
            .collect();
        all.sort_by(f64::total_cmp);
        let n = all.len();
        (n > 0).then(|| f64::midpoint(all[(n - 1) / 2], all[n / 2]))
    }

    pub fn nps(&self) -> Vec<(NaiveDate, f64, String)> {
        let mut all: Vec<_> = self
            .all("survey")
            .filter(|s| s["kind"] == "nps")
            .map(|s| {
                let who = s["respondent"].as_str().unwrap_or_default().to_owned();
                (
                    day(s["date"].as_str().expect("a day")),
                    s["score"].as_f64().expect("a score"),
                    who,
                )
            })
            .collect();
        all.sort_by_key(|s| s.0);
        all
    }
}
