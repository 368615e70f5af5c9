//! Date columns of imported files: years in two digits, Japanese dates, zones, durations, numbers of
//! a spreadsheet, and days that stand for months.

use crate::common;

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use common::importing::Bench;
use kenshin::testing::domain::facts::usage::date_of;
use kenshin::testing::services::import::{Flag, Plan, Reason};

/// Imports accounts with these renewal dates; returns what each was read as.
fn renewals(cells: &[&str]) -> (Vec<Option<NaiveDate>>, Plan) {
    let mut bench = Bench::new();
    let mut text = "account_id,account_name,renewal_date\n".to_owned();
    for (n, cell) in cells.iter().enumerate() {
        text.push_str(&format!("A{n},Company {n},\"{cell}\"\n"));
    }
    let plan = bench.take_files(&[("accounts.csv", &text)]);
    let of = |n: usize| {
        let found = bench.store.dossier(&format!("A{n}").as_str().into());
        found.expect("the read succeeds")?.account.renewal
    };
    ((0..cells.len()).map(of).collect(), plan)
}

fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().expect("an ISO day"))
}

fn days(texts: &[&str]) -> Vec<Option<NaiveDate>> {
    texts.iter().map(|t| day(t)).collect()
}

#[test]
fn a_year_of_two_digits_is_first_where_the_column_says_so() {
    for (cells, want) in [
        (
            ["27/03/31", "26/12/25", "27/01/15"],
            ["2027-03-31", "2026-12-25", "2027-01-15"],
        ),
        (
            ["27-03-31", "27-06-30", "26-09-30"],
            ["2027-03-31", "2027-06-30", "2026-09-30"],
        ),
        (
            ["31/03/27", "15/12/26", "02/01/27"],
            ["2027-03-31", "2026-12-15", "2027-01-02"],
        ),
        (
            ["03/31/27", "12/15/26", "01/02/27"],
            ["2027-03-31", "2026-12-15", "2027-01-02"],
        ),
    ] {
        let (read, plan) = renewals(&cells);
        assert_eq!(read, days(&want), "{cells:?}");
        assert!(plan.rejects.is_empty(), "{cells:?}");
    }
    // What the column cannot prove stays out, and is named.
    for cells in [
        ["27/03/31", "26/02/28", "25/04/30"],
        ["05/06/07", "06/07/08", "07/08/09"],
    ] {
        let cells = &cells[..if cells[0].starts_with("27") { 1 } else { 3 }];
        let (read, plan) = renewals(cells);
        assert!(read.iter().all(Option::is_none), "{read:?}");
        assert_eq!(plan.flags[0].flag, Flag::Unread(Reason::NoDateOrder));
    }
}

#[test]
fn japanese_dates_with_weekdays_eras_and_times() {
    let cells = [
        "2027/3/31(水)",
        "令和9年3月31日（水）",
        "R9.3.31",
        "2027年3月末",
        "2027/3/31 午後3:00",
        "㋿9年3月31日",
        "２０２７年３月３１日（水）",
        "2027-03-31 Wed",
    ];
    let (read, plan) = renewals(&cells);
    assert_eq!(read, vec![day("2027-03-31"); cells.len()]);
    assert!(plan.rejects.is_empty());
    // A weekday of another day: one of the two is wrong.
    let (read, plan) = renewals(&["2027/3/31(木)"]);
    assert_eq!(
        (read[0], plan.flags[0].flag.clone()),
        (None, Flag::Unread(Reason::NotADate))
    );
}

#[test]
fn no_day_is_blank_and_numbers_of_a_spreadsheet_are_days_only_alone() {
    let (read, plan) = renewals(&["9999-12-31", "0000-00-00", "2027-03-31"]);
    assert_eq!(read, [None, None, day("2027-03-31")]);
    assert!(plan.rejects.is_empty());
    let (read, _) = renewals(&["46477", "46387.5", ""]);
    assert_eq!(read, [day("2027-03-31"), day("2026-12-31"), None]);
    let (read, plan) = renewals(&["46477", "2026-12-31"]);
    assert_eq!(read, [None, day("2026-12-31")]);
    assert_eq!(plan.flags.len(), 1);
}

const ACCOUNT: &str = "account_id,account_name\nA1,Acme\n";

#[test]
fn an_answer_may_be_a_moment_or_a_duration() {
    let mut bench = Bench::new();
    let table = "ticket_id,account_id,subject,status,created_at,first_response_at\n\
        t1,A1,a,closed,2026-11-20 10:00:00 JST,95\n\
        t2,A1,b,closed,2026-11-20T10:00:00+0900,1:35:00\n\
        t3,A1,c,closed,2026-11-20 10:00,1h 35m\n\
        t4,A1,d,closed,2026-11-20 午前10時,2026-11-20 11:35\n\
        t5,A1,e,closed,Fri Nov 20 2026 10:00:00 GMT+0900 (JST),1時間35分\n\
        t6,A1,f,closed,\"2026/11/20 10時00分,\",\n";
    let plan = bench.take_files(&[("accounts.csv", ACCOUNT), ("tickets.csv", table)]);
    assert!(plan.rejects.is_empty(), "{:?}", plan.rejects);
    let at = |h, m| -> DateTime<Utc> { Utc.with_ymd_and_hms(2026, 11, 20, h, m, 0).unwrap() };
    let tickets = bench.dossier("A1").tickets;
    assert_eq!(tickets.len(), 6);
    for t in &tickets {
        assert_eq!(t.opened, Some(at(1, 0)), "{}", t.subject);
        let answered = (t.subject != "f").then(|| at(2, 35));
        assert_eq!(t.first_answer, answered, "{}", t.subject);
    }
}

/// The last days of a usage column, read with these dates.
fn usage_days(header: &str, cells: &[&str]) -> Vec<NaiveDate> {
    let mut bench = Bench::new();
    let mut table = format!("account_id,{header},active_users\n");
    for (n, cell) in cells.iter().enumerate() {
        table.push_str(&format!("A1,{cell},{}\n", 100 + n));
    }
    bench.take_files(&[("accounts.csv", ACCOUNT), ("usage.csv", &table)]);
    let series = &bench.dossier("A1").usage.0["active_users"];
    series
        .points()
        .iter()
        .map(|(day, _)| date_of(*day))
        .collect()
}

#[test]
fn a_month_written_as_its_first_day_is_known_at_its_end() {
    let ends = ["2025-01-31", "2025-02-28", "2025-03-31"];
    let list = |texts: &[&str]| -> Vec<NaiveDate> { days(texts).into_iter().flatten().collect() };
    for (header, cells) in [
        ("month", ["2025-01", "2025-02", "2025-03"]),
        ("month", ["2025-01-01", "2025-02-01", "2025-03-01"]),
        ("date", ["2025-01-01", "2025-02-01", "2025-03-01"]),
        ("date", ["2025/1/1", "2025/2/1", "2025/3/1"]),
        ("date", ["2025年1月1日", "2025年2月1日", "2025年3月1日"]),
        (
            "date",
            [
                "2025-01-01T00:00:00",
                "2025-02-01T00:00:00",
                "2025-03-01T00:00:00",
            ],
        ),
    ] {
        assert_eq!(usage_days(header, &cells), list(&ends), "{cells:?}");
    }
    // One other day, and the column is days; so is a single month that no header names.
    let other = ["2025-01-01", "2025-02-01", "2025-03-02"];
    assert_eq!(usage_days("date", &other), list(&other));
    assert_eq!(usage_days("date", &["2025-03-01"]), list(&["2025-03-01"]));
    assert_eq!(usage_days("month", &["2025-03-01"]), list(&["2025-03-31"]));
    // Quarters and weeks.
    assert_eq!(
        usage_days("date", &["2025-01-01", "2025-04-01", "2025-07-01"]),
        list(&["2025-03-31", "2025-06-30", "2025-09-30"])
    );
    assert_eq!(
        usage_days("week", &["2025-03-03", "2025-03-10"]),
        list(&["2025-03-09", "2025-03-16"])
    );
    assert_eq!(
        usage_days("date", &["2025-03-03", "2025-03-10"]),
        list(&["2025-03-03", "2025-03-10"])
    );
}
