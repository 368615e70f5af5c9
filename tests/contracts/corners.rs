//! Corners of contracts that a reader of the rules found.

use std::path::Path;

use kenshin::testing::domain::facts::step::StepKind;
use kenshin::testing::words::Lang;
use serde_json::{Value, json};

use super::common::everything;
use super::common::on_day::{json as said, run};
use super::{import, stands};

const TABLE: &str = "contract_id,company,product,start_date,end_date,auto_renew,arr\n";

/// The last paid day, the status and the value that is due of each term of a quarter.
fn due(home: &Path, day: &str, quarter: &str) -> Vec<(Value, Value, Value)> {
    let all = said(home, day, &["renewals", "--quarter", quarter]);
    let terms = all["terms"].as_array().expect("terms").clone();
    let parts = |t: Value| {
        (
            t["ends_on"].clone(),
            t["status"].clone(),
            t["due"]["amount"].clone(),
        )
    };
    terms.into_iter().map(parts).collect()
}

/// A contract went on by itself, the customer gave notice in the next term, and that ended: it is asked about.
#[test]
fn a_notice_in_a_term_that_went_on_ends_it_and_is_asked_about() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    let rows = "c1,Acme,Suite,2025-04-01,2026-03-31,yes,1200\n";
    import(home, "2026-03-01", "c.csv", &format!("{TABLE}{rows}"));
    let notice = ["outcome", "Acme", "notice", "--term", "2027-03-31"];
    run(home, "2026-12-10", &notice);
    assert_eq!(stands(home, "2027-03-31", "Acme").0, 1_200);
    assert_eq!(stands(home, "2027-04-01", "Acme").0, Value::Null);
    let before = due(home, "2027-03-31", "2027-03-01");
    assert_eq!(
        (&before[0].0, &before[0].1),
        (&json!("2027-03-31"), &json!("open"))
    );
    let after = due(home, "2027-04-01", "2027-03-01");
    assert_eq!(
        (&after[0].0, &after[0].1),
        (&json!("2027-03-31"), &json!("overdue"))
    );
    assert_eq!(
        due(home, "2028-04-01", "2028-03-01"),
        [],
        "it went no further"
    );
    let today = run(home, "2027-04-02", &["today"]);
    assert!(today.contains("term ended 2d ago"), "{today}");
    // A loss settles it: nothing is asked any longer.
    run(
        home,
        "2027-04-02",
        &["outcome", "Acme", "lost", "--term", "2027-03-31"],
    );
    let today = run(home, "2027-04-02", &["today"]);
    assert!(!today.contains("term ended 2d ago"), "{today}");
    assert_eq!(due(home, "2027-04-02", "2027-03-01")[0].1, "lost");
}

/// A step of a contract without an end is of the period that ran when it was kept.
#[test]
fn a_step_of_a_contract_without_an_end_is_of_one_period() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    let table = "contract_id,company,product,start_date,contract_term,auto_renew,arr\nc1,Acme,Suite,2025-04-01,12,yes,1200\n";
    import(home, "2026-03-01", "c.csv", table);
    run(home, "2026-03-05", &["outcome", "Acme", "signed"]);
    let all = everything(home);
    let kept = all.lines().find(|l| l.contains("renewal-step"));
    let kept: Value = serde_json::from_str(kept.expect("the step")).expect("JSON");
    assert_eq!(kept["record"]["ends_on"], "2026-03-31");
    let brief = |day: &str| run(home, day, &["brief", "Acme"]);
    let signed = StepKind::Signed.words(Lang::En);
    assert!(
        brief("2026-03-10").contains(signed),
        "{}",
        brief("2026-03-10")
    );
    assert!(!brief("2027-03-10").contains(signed), "another period");
}

/// The term of an account's own fields is due once, in its own quarter, when it was extended.
#[test]
fn an_extension_of_the_account_s_own_fields_is_due_once() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    let new = [
        "account",
        "new",
        "Acme",
        "--arr",
        "1200",
        "--currency",
        "JPY",
        "--renewal",
        "2026-10-01",
    ];
    run(home, "2026-08-01", &new);
    run(
        home,
        "2026-09-20",
        &["outcome", "Acme", "extended", "--until", "2026-11-30"],
    );
    assert_eq!(
        due(home, "2026-10-05", "2026-09-01"),
        [(json!("2026-09-30"), json!("extended"), json!(1_200))]
    );
    assert_eq!(due(home, "2026-10-05", "2026-11-01"), []);
    run(
        home,
        "2026-11-25",
        &["outcome", "Acme", "renewed", "--value", "1500"],
    );
    assert_eq!(
        due(home, "2026-12-05", "2026-09-01"),
        [(json!("2026-09-30"), json!("renewed"), json!(1_200))]
    );
    assert_eq!(due(home, "2026-12-05", "2026-11-01"), []);
}

/// What was taken off in the last 120 days is part of what is due, also where a file brought the renewal.
#[test]
fn a_renewal_by_import_is_due_with_what_was_taken_off_shortly_before() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    let row = |end: &str, arr: &str| format!("{TABLE}c1,Acme,Suite,2025-10-01,{end},no,{arr}\n");
    import(home, "2025-10-10", "c.csv", &row("2026-09-30", "1000"));
    import(home, "2026-08-10", "c.csv", &row("2026-09-30", "700"));
    import(home, "2026-10-05", "c.csv", &row("2027-09-30", "700"));
    let all = due(home, "2026-10-10", "2026-09-01");
    assert_eq!(
        (&all[0].1, &all[0].2),
        (&json!("renewed"), &json!(1_000)),
        "{all:?}"
    );
}

/// On no day around a merger is a value counted twice or lost.
#[test]
fn a_merger_keeps_the_value_of_each_day() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    let rows = "c1,Acme,Suite,2026-04-01,2027-03-31,no,1000\nc2,Acme,Add-on,2026-01-01,2026-12-31,no,500\n";
    import(home, "2026-10-01", "c.csv", &format!("{TABLE}{rows}"));
    run(
        home,
        "2026-10-02",
        &[
            "contract",
            "Acme",
            "--contract",
            "c2",
            "--into",
            "c1",
            "--from",
            "2026-11-01",
        ],
    );
    for day in [
        "2026-10-02",
        "2026-10-31",
        "2026-11-01",
        "2026-11-02",
        "2026-12-31",
        "2027-01-01",
    ] {
        assert_eq!(stands(home, day, "Acme").0, 1_500, "{day}");
    }
    let quarter = said(home, "2026-12-05", &["renewals"]);
    assert_eq!(
        quarter["retention"]["by_currency"][0]["contracted"]["amount"],
        0
    );
    assert_eq!(
        quarter["retention"]["by_currency"][0]["expanded"]["amount"],
        0
    );
}
