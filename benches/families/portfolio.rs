//! Made-up portfolios in families. In each family one mechanism, which any reader of the account's chart
//! sees, separates the accounts that fail from the sound ones; everything else is alike. `plain` is the
//! number that such a reader would name, higher for sounder accounts.

use std::collections::BTreeMap;
use std::f64::consts::TAU;

use chrono::{Datelike, Duration, NaiveDate, Weekday};
use fastrand::Rng;
use kenshin::testing::domain::account::Account;
use kenshin::testing::domain::dossier::Dossier;
use kenshin::testing::domain::facts::usage::{Series, day_number};
use kenshin::testing::domain::freshness::DataFreshness;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Days of usage that an account of age has.
const DAYS: i64 = 730;

pub struct Made {
    pub dossier: Dossier,
    pub failing: bool,
    pub plain: f64,
}

pub struct Family {
    pub name: &'static str,
    make: fn(&mut Maker) -> f64,
}

/// All families, in the order of the report.
pub const FAMILIES: [Family; 22] = [
    family("slide of 4–6.5 % a month", slide),
    family("step down four months ago, flat since", step),
    family("steep fall in five weeks", fall),
    family("features dropped, sign-ins steady", features_dropped),
    family("seats unused", seats_unused),
    family("many grave old tickets", grave_tickets),
    family("the same issue again", same_issue),
    family("urgent against low tickets", urgent_tickets),
    family("NPS 9 → 4", nps_fall),
    family("NPS without a date", nps_undated),
    family("frustrated calls, as check-ins", bad_checkins),
    family("frustrated calls, imported", bad_touches),
    family("slide among seasons", seasons),
    family("slide among closure weeks", closures),
    family("slide among stale feeds", stale_feeds),
    family("fall among tiny accounts", tiny),
    family("slide among ramp-ups", ramps),
    family("slide, by month", slide_by_month),
    family("step, by month", step_by_month),
    family("seasons, by month", seasons_by_month),
    family("seats and users, by week", slide_by_week),
    family("mixture", mixture),
];

const fn family(name: &'static str, make: fn(&mut Maker) -> f64) -> Family {
    Family { name, make }
}

impl Family {
    /// A portfolio of so many accounts, a third of them failing.
    pub fn portfolio(&self, accounts: usize, seed: u64, day: NaiveDate) -> Vec<Made> {
        let mut out = Vec::with_capacity(accounts);
        for i in 0..accounts {
            let mut maker = Maker::new(Rng::with_seed(seed << 20 | i as u64), day, i, i % 3 == 0);
            let plain = (self.make)(&mut maker);
            out.push(maker.made(plain));
        }
        out
    }
}

/// What is known of all accounts together.
pub fn freshness(portfolio: &[Made], zone: kenshin::testing::domain::when::Zone) -> DataFreshness {
    let tickets = portfolio.iter().flat_map(|m| &m.dossier.tickets);
    DataFreshness {
        tickets: tickets.filter_map(|t| t.opened).map(|o| zone.day(o)).max(),
        usage: portfolio
            .iter()
            .filter_map(|m| m.dossier.usage.last_day())
            .max(),
    }
}

/// An account under construction. Its records are made when it is complete.
struct Maker {
    rng: Rng,
    day: NaiveDate,
    at: usize,
    failing: bool,
    /// People on an ordinary working day.
    base: f64,
    seats: f64,
    /// Factors of use by days before today.
    shape: Box<dyn Fn(i64) -> f64>,
    /// The days that have numbers: all, or those until some days ago.
    feed_ends: i64,
    age: i64,
    spacing: Spacing,
    /// Factors of each feature by days before today.
    features: Vec<Box<dyn Fn(i64) -> f64>>,
    tickets: Vec<Value>,
    surveys: Vec<Value>,
    touches: Vec<Value>,
    checkins: Vec<Value>,
}

#[derive(Clone, Copy, PartialEq)]
enum Spacing {
    Day,
    Week,
    Month,
}

impl Maker {
    fn new(mut rng: Rng, day: NaiveDate, at: usize, failing: bool) -> Self {
        let base = 8.0 * (rng.f64() * 2.2).exp();
        let seats = (base / (0.68 + rng.f64() * 0.2)).round().max(2.0);
        let mut this = Self {
            rng,
            day,
            at,
            failing,
            base,
            seats,
            shape: Box::new(|_| 1.0),
            feed_ends: 0,
            age: DAYS,
            spacing: Spacing::Day,
            features: (0..5)
                .map(|_| Box::new(|_: i64| 1.0) as Box<dyn Fn(i64) -> f64>)
                .collect(),
            tickets: Vec::new(),
            surveys: Vec::new(),
            touches: Vec::new(),
            checkins: Vec::new(),
        };
        this.ordinary();
        this
    }

    /// What every account has: talks, some solved tickets, content answers.
    fn ordinary(&mut self) {
        let first = self.rng.i64(3..24);
        for n in 0..6 {
            self.touch(first + n * 30, None);
        }
        for n in 0..self.rng.i64(2..6) {
            let (ago, took) = (self.rng.i64(10..90), self.rng.i64(1..5));
            self.ticket(
                [
                    "How to invite people",
                    "Invoice address",
                    "Dark colours",
                    "Password of a guest",
                    "Meeting room list",
                ][n as usize],
                "normal",
                ago,
                Some(ago - took),
            );
        }
        for who in ["Kim", "Ito"] {
            let (ago, score) = (self.rng.i64(20..110), self.rng.u8(8..=9));
            self.answer(who, f64::from(score), Some(ago));
        }
    }

    fn date(&self, ago: i64) -> NaiveDate {
        self.day - Duration::days(ago)
    }

    fn id(&self, kind: &str, n: usize) -> String {
        format!("{kind}{:04}-{n}", self.at)
    }

    fn touch(&mut self, ago: i64, sentiment: Option<&str>) {
        let (id, at) = (self.id("touch", self.touches.len()), self.date(ago));
        self.touches.push(json!({ "id": id, "account": self.account(), "kind": "meeting", "at": format!("{at}T03:00:00Z"), "attendance": "held", "sentiment": sentiment }));
    }

    fn ticket(&mut self, subject: &str, priority: &str, ago: i64, solved: Option<i64>) {
        let (id, opened) = (self.id("ticket", self.tickets.len()), self.date(ago));
        let solved = solved.map(|s| format!("{}T05:00:00Z", self.date(s.max(0))));
        let status = if solved.is_some() { "solved" } else { "open" };
        self.tickets.push(json!({ "id": id, "account": self.account(), "subject": subject, "status": status, "priority": priority, "opened": format!("{opened}T02:00:00Z"), "solved": solved }));
    }

    fn answer(&mut self, who: &str, score: f64, ago: Option<i64>) {
        let id = self.id("survey", self.surveys.len());
        let date = ago.map(|ago| self.date(ago));
        self.surveys.push(json!({ "id": id, "account": self.account(), "kind": "nps", "score": score, "date": date, "respondent": who }));
    }

    fn checkin(&mut self, ago: i64, sentiment: &str) {
        let (id, at) = (self.id("checkin", self.checkins.len()), self.date(ago));
        let event = |what: &str| json!({ "at": format!("{at}T03:00:00Z"), "what": what });
        self.checkins.push(json!({
            "id": id, "account": self.account(), "kind": "health", "template": "standard", "author": "Sato",
            "created": format!("{at}T03:00:00Z"), "sections": [], "events": [event("Started"), event("Ended")], "notes": [],
            "wrapup": { "sentiment": sentiment },
        }));
    }

    fn account(&self) -> String {
        format!("made{:04}", self.at)
    }

    /// A number that is Poisson, which counts of people are.
    fn count(&mut self, mean: f64) -> f64 {
        if mean > 30.0 {
            let normal =
                (-2.0 * self.rng.f64().max(1e-12).ln()).sqrt() * (TAU * self.rng.f64()).cos();
            return (mean + normal * mean.sqrt()).round().max(0.0);
        }
        let (limit, mut product, mut n) = ((-mean).exp(), self.rng.f64(), 0.0);
        while product > limit {
            product *= self.rng.f64();
            n += 1.0;
        }
        n
    }

    fn usage(&mut self) -> BTreeMap<String, Series> {
        let mut points: BTreeMap<String, Vec<(i32, f64)>> = BTreeMap::new();
        let month = |d: NaiveDate| d.year() * 12 + d.month0() as i32;
        let mut sums: BTreeMap<(String, NaiveDate), (f64, f64)> = BTreeMap::new();
        let shares = [0.9, 0.6, 0.5, 0.35, 0.3];
        for ago in (self.feed_ends..self.age).rev() {
            let date = self.date(ago);
            let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
            let mean = self.base * (self.shape)(ago) * if weekend { 0.06 } else { 1.0 };
            let mut values = vec![
                ("active_users".to_owned(), self.count(mean)),
                ("logins".to_owned(), self.count(mean * 2.4)),
            ];
            for (f, share) in shares.iter().enumerate() {
                let mean = mean * share * (self.features[f])(ago);
                values.push((format!("feature:f{f}"), self.count(mean)));
            }
            match self.spacing {
                Spacing::Day => {
                    for (metric, value) in values {
                        points
                            .entry(metric)
                            .or_default()
                            .push((day_number(date), value));
                    }
                }
                Spacing::Week | Spacing::Month => {
                    let end = if self.spacing == Spacing::Week {
                        date + Duration::days(6 - i64::from(date.weekday().num_days_from_monday()))
                    } else {
                        let next = date.with_day(1).expect("a day") + Duration::days(32);
                        next.with_day(1).expect("a day") - Duration::days(1)
                    };
                    // A period that is not complete has no number yet.
                    if end > self.day || month(date) < month(self.date(self.age)) {
                        continue;
                    }
                    for (metric, value) in values {
                        let sum = sums.entry((metric, end)).or_default();
                        *sum = (sum.0 + value, sum.1 + f64::from(u8::from(!weekend)));
                    }
                }
            }
        }
        for ((metric, end), (sum, working)) in sums {
            // People are a mean by working day, events are a sum.
            let value = if metric == "active_users" {
                (sum / f64::max(working, 1.0)).round()
            } else {
                sum
            };
            points
                .entry(metric)
                .or_default()
                .push((day_number(end), value));
        }
        points
            .into_iter()
            .map(|(m, p)| (m, Series::from_points(p)))
            .collect()
    }

    fn made(mut self, plain: f64) -> Made {
        let id = self.account();
        let usage = self.usage();
        let mut account = Account::new(id.as_str().into(), format!("Made {}", self.at));
        account.seats = Some(self.seats as u32);
        account.contract_start = Some(self.date(self.age.max(1)));
        let mut dossier = Dossier::new(account);
        dossier.usage.0 = usage;
        dossier.tickets = records(&self.tickets);
        dossier.surveys = records(&self.surveys);
        dossier.touches = records(&self.touches);
        dossier.checkins = records(&self.checkins);
        Made {
            dossier,
            failing: self.failing,
            plain,
        }
    }
}

fn records<T: DeserializeOwned>(values: &[Value]) -> Vec<T> {
    let read = |v: &Value| serde_json::from_value(v.clone()).expect("a record");
    values.iter().map(read).collect()
}

// ------------------------------------------------------------------ usage

/// A fall of so much a month, for so many days until today.
fn sliding(monthly: f64, days: i64) -> impl Fn(i64) -> f64 {
    move |ago| (1.0 - monthly).powf((days - ago).max(0) as f64 / 30.4)
}

/// A slide of six months; sound accounts move a little.
fn slope(m: &mut Maker) -> f64 {
    let monthly = if m.failing {
        0.04 + m.rng.f64() * 0.025
    } else {
        m.rng.f64() * 0.016 - 0.01
    };
    m.shape = Box::new(sliding(monthly, 183));
    monthly
}

fn slide(m: &mut Maker) -> f64 {
    let monthly = slope(m);
    for f in &mut m.features {
        *f = Box::new(|_| 1.0);
    }
    -monthly
}

fn step(m: &mut Maker) -> f64 {
    let floor = if m.failing {
        0.45 + m.rng.f64() * 0.2
    } else {
        0.95 + m.rng.f64() * 0.1
    };
    let when = m.rng.i64(110..140);
    m.shape = Box::new(move |ago| if ago < when { floor } else { 1.0 });
    floor
}

fn fall(m: &mut Maker) -> f64 {
    let left = if m.failing {
        0.3 + m.rng.f64() * 0.25
    } else {
        0.95 + m.rng.f64() * 0.1
    };
    m.shape = Box::new(move |ago| 1.0 - (1.0 - left) * ((35 - ago).max(0) as f64 / 35.0));
    left
}

fn features_dropped(m: &mut Maker) -> f64 {
    let dropped = if m.failing { m.rng.usize(2..=3) } else { 0 };
    let when = m.rng.i64(40..70);
    for f in m.features.iter_mut().rev().take(dropped) {
        *f = Box::new(move |ago| if ago < when { 0.05 } else { 1.0 });
    }
    -(dropped as f64)
}

fn seats_unused(m: &mut Maker) -> f64 {
    let used = if m.failing {
        0.15 + m.rng.f64() * 0.25
    } else {
        0.65 + m.rng.f64() * 0.25
    };
    m.seats = (m.base / used).round().max(2.0);
    used
}

/// Use in the year: low for three months around today, or not at all.
fn season(depth: f64, today: f64) -> impl Fn(i64) -> f64 {
    move |ago| 1.0 - depth * (0.5 + 0.5 * (TAU * (ago as f64 / 365.25 - today)).cos()).powi(3)
}

fn seasonal(m: &mut Maker) -> f64 {
    let (depth, monthly) = (
        0.3 + m.rng.f64() * 0.25,
        if m.failing {
            0.05 + m.rng.f64() * 0.03
        } else {
            0.0
        },
    );
    let (phase, slide) = (m.rng.f64() * 0.1 - 0.05, sliding(monthly, 183));
    let season = season(depth, phase);
    m.shape = Box::new(move |ago| season(ago) * slide(ago));
    -monthly
}

fn seasons(m: &mut Maker) -> f64 {
    seasonal(m)
}

fn closures(m: &mut Maker) -> f64 {
    let plain = -slope(m);
    if !m.failing {
        let (from, long) = (m.rng.i64(0..12), m.rng.i64(5..10));
        let shape = std::mem::replace(&mut m.shape, Box::new(|_| 1.0));
        m.shape = Box::new(move |ago| {
            if (from..from + long).contains(&ago) {
                0.0
            } else {
                shape(ago)
            }
        });
    }
    plain
}

fn stale_feeds(m: &mut Maker) -> f64 {
    let plain = -slope(m);
    if !m.failing {
        m.feed_ends = m.rng.i64(16..50);
    }
    plain
}

fn tiny(m: &mut Maker) -> f64 {
    m.base = 1.0 + m.rng.f64() * 4.0;
    m.seats = (m.base / 0.7).ceil().max(1.0);
    let left = if m.failing { m.rng.f64() * 0.25 } else { 1.0 };
    let when = m.rng.i64(45..110);
    m.shape = Box::new(move |ago| if ago < when { left } else { 1.0 });
    left
}

fn ramps(m: &mut Maker) -> f64 {
    let plain = -slope(m);
    if !m.failing {
        m.age = m.rng.i64(70..200);
        let age = m.age;
        m.shape = Box::new(move |ago| 0.25 + 0.75 * ((age - ago) as f64 / 120.0).min(1.0));
    }
    plain
}

fn by(m: &mut Maker, spacing: Spacing, make: fn(&mut Maker) -> f64) -> f64 {
    m.spacing = spacing;
    make(m)
}

fn slide_by_month(m: &mut Maker) -> f64 {
    by(m, Spacing::Month, slide)
}

fn step_by_month(m: &mut Maker) -> f64 {
    by(m, Spacing::Month, step)
}

fn seasons_by_month(m: &mut Maker) -> f64 {
    by(m, Spacing::Month, seasonal)
}

fn slide_by_week(m: &mut Maker) -> f64 {
    by(m, Spacing::Week, slide)
}

// ------------------------------------------------------------------ support, answers, talks

fn grave_tickets(m: &mut Maker) -> f64 {
    let open = if m.failing {
        m.rng.usize(4..8)
    } else {
        m.rng.usize(0..2)
    };
    for n in 0..open {
        let (priority, ago) = if m.failing {
            (["urgent", "high"][n % 2], m.rng.i64(12..60))
        } else {
            ("low", m.rng.i64(0..4))
        };
        m.ticket(&format!("broken {n}"), priority, ago, None);
    }
    -(open as f64)
}

fn same_issue(m: &mut Maker) -> f64 {
    let again = if m.failing { m.rng.usize(4..8) } else { 1 };
    let all = m.rng.usize(5..8).max(again);
    for n in 0..all {
        let ago = m.rng.i64(3..55);
        let subject = if n < again {
            "Report export times out".to_owned()
        } else {
            format!(
                "{} is unclear",
                [
                    "Billing", "Setup", "Login", "Search", "Colour", "Print", "Share"
                ][n % 7]
            )
        };
        m.ticket(&subject, "normal", ago, Some(ago - 2));
    }
    -(again as f64)
}

fn urgent_tickets(m: &mut Maker) -> f64 {
    for n in 0..3 {
        let ago = m.rng.i64(4..12);
        m.ticket(
            ["Export fails", "Slow search", "Wrong totals"][n],
            if m.failing { "urgent" } else { "low" },
            ago,
            None,
        );
    }
    f64::from(u8::from(!m.failing))
}

fn nps_fall(m: &mut Maker) -> f64 {
    m.surveys.clear();
    let now = if m.failing {
        f64::from(m.rng.u8(3..=5))
    } else {
        f64::from(m.rng.u8(8..=10))
    };
    for (who, more) in [("Kim", 0), ("Ito", 3)] {
        m.answer(who, 9.0, Some(150 + more));
        m.answer(who, now, Some(30 + more));
    }
    now
}

fn nps_undated(m: &mut Maker) -> f64 {
    m.surveys.clear();
    let now = if m.failing {
        f64::from(m.rng.u8(2..=5))
    } else {
        f64::from(m.rng.u8(8..=10))
    };
    m.answer("Kim", now, None);
    m.answer("Ito", now, None);
    now
}

fn bad_checkins(m: &mut Maker) -> f64 {
    let ago = m.rng.i64(5..40);
    let mood = if m.failing {
        "frustrated"
    } else {
        ["engaged", "neutral"][m.rng.usize(0..2)]
    };
    m.checkin(ago + 30, "neutral");
    m.checkin(ago, mood);
    f64::from(u8::from(!m.failing))
}

fn bad_touches(m: &mut Maker) -> f64 {
    let ago = m.rng.i64(1..3);
    let mood = if m.failing {
        "frustrated"
    } else {
        ["engaged", "neutral"][m.rng.usize(0..2)]
    };
    m.touch(ago, Some(mood));
    f64::from(u8::from(!m.failing))
}

fn mixture(m: &mut Maker) -> f64 {
    let all: [fn(&mut Maker) -> f64; 12] = [
        slide,
        step,
        fall,
        features_dropped,
        seats_unused,
        grave_tickets,
        same_issue,
        nps_fall,
        bad_checkins,
        seasons,
        closures,
        tiny,
    ];
    let which = m.rng.usize(0..all.len());
    all[which](m);
    f64::from(u8::from(!m.failing))
}
