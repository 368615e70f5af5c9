//! Contracts: what imports say of them, what is paid on a day, and the figures of a quarter.

mod book;
#[path = "../common/mod.rs"]
mod common;
mod corners;
mod years;

use std::collections::BTreeMap;
use std::path::Path;

use common::on_day::{json, on, run};
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::words::{Lang, contracts as words};
use serde_json::Value;

fn import(home: &Path, day: &str, name: &str, text: &str) -> String {
    let file = home.join(name);
    std::fs::write(&file, text).expect("a file");
    let path = file.to_str().expect("a path");
    let out = on(
        home,
        day,
        &[
            "import",
            path,
            "--yes",
            "--create-accounts",
            "--currency",
            "JPY",
        ],
    );
    let said =
        String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{said}");
    said
}

/// The value, the renewal and the last day to say no of an account.
fn stands(home: &Path, day: &str, account: &str) -> (Value, Value, Value) {
    let all = json(home, day, &["accounts"]);
    let all = all.as_array().expect("accounts").clone();
    let row = all
        .into_iter()
        .find(|a| a["name"] == account)
        .expect("the account");
    (
        row["value"][0]["amount"].clone(),
        row["renewal"].clone(),
        row["decide_by"].clone(),
    )
}

fn retained(said: &Value) -> BTreeMap<String, (f64, f64, Value, Value)> {
    let all = said["retention"]["by_currency"]
        .as_array()
        .expect("currencies")
        .iter();
    let one = |r: &Value| {
        let number = |key: &str| r[key]["amount"].as_f64().expect("an amount");
        let currency = r["currency"].as_str().expect("a currency").to_owned();
        (
            currency,
            (
                number("before"),
                number("after"),
                r["grr"].clone(),
                r["nrr"].clone(),
            ),
        )
    };
    all.map(one).collect()
}

#[test]
fn ends_that_are_the_next_starts_are_read_as_the_day_after() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    let joined = "契約ID,会社名,開始日,終了日,年額\nc1,青葉,2025-04-01,2026-04-01,1200000\nc2,青葉,2026-04-01,2027-04-01,1500000\n";
    let said = import(home, "2026-06-01", "契約.csv", joined);
    assert!(
        said.contains("終了日: read as the first day after the term"),
        "{said}"
    );
    let (value, renewal, _) = stands(home, "2026-06-01", "青葉");
    assert_eq!((value, renewal), (1_500_000.into(), "2027-03-31".into()));
    // On the common day only one of them is paid.
    let month = json(home, "2026-06-01", &["renewals", "--month", "2026-04-15"]);
    assert_eq!(
        retained(&month)["JPY"],
        (1_200_000.0, 1_500_000.0, 100.into(), 125.into())
    );
}

#[test]
fn inclusive_ends_and_ends_by_chance_stay_as_they_are() {
    for table in [
        "契約ID,会社名,開始日,満了日,年額\nc1,青葉,2025-04-01,2026-03-31,100\nc2,青葉,2026-04-01,2027-03-31,100\n",
        "contract_id,company,start_date,end_date,arr\nc1,青葉,2026-04-01,2027-03-31,100\n",
    ] {
        let home = tempfile::tempdir().expect("temporary folder");
        let said = import(home.path(), "2026-06-01", "contracts.csv", table);
        assert!(!said.contains('⚑'), "{said}");
        assert_eq!(stands(home.path(), "2026-06-01", "青葉").1, "2027-03-31");
    }
}

#[test]
fn a_column_of_renewal_days_and_one_of_last_days_mean_the_same_end() {
    let with = |header: &str, day: &str| {
        let home = tempfile::tempdir().expect("temporary folder");
        let table = format!("契約ID,会社名,開始日,{header},年額\nc1,青葉,2026-04-01,{day},100\n");
        import(home.path(), "2026-06-01", "契約.csv", &table);
        stands(home.path(), "2026-06-01", "青葉").1
    };
    assert_eq!(with("満了日", "2027-03-31"), "2027-03-31");
    assert_eq!(with("更新日", "2027-04-01"), "2027-03-31");
    assert_eq!(
        with("更新日", "2027-03-31"),
        "2027-03-31",
        "the rows say so"
    );
    assert_eq!(
        with("終了日", "2027-04-01"),
        "2027-03-31",
        "a whole year later: the day after"
    );
    let home = tempfile::tempdir().expect("temporary folder");
    let accounts = "会社名,契約満了日,年間契約額\n青葉,2027-03-31,100\n";
    let said = import(home.path(), "2026-06-01", "顧客.csv", accounts);
    assert!(
        said.contains("契約満了日: read as the last paid day"),
        "{said}"
    );
    assert_eq!(stands(home.path(), "2026-06-01", "青葉").1, "2027-04-01");
}

#[test]
fn a_yearly_contract_that_is_billed_by_the_month_is_due_once() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    let table = "契約ID,会社名,開始日,契約期間,請求周期,月額,解約予告期間,自動更新\nc1,青葉,2026-01-01,12ヶ月,月次,100000,1か月前,はい\nc2,緑,2026-01-01,1年,毎月,100000,３０日前,はい\nc3,空,2026-01-01,24 months,monthly,100000,90,いいえ\n";
    import(home, "2026-06-01", "契約.csv", table);
    assert_eq!(
        stands(home, "2026-06-01", "青葉"),
        (1_200_000.into(), "2026-12-31".into(), "2026-11-30".into())
    );
    assert_eq!(
        stands(home, "2026-06-01", "緑").2,
        "2026-12-01",
        "30 days before, the day itself counts"
    );
    assert_eq!(stands(home, "2026-06-01", "空").1, "2027-12-31");
    assert_eq!(
        stands(home, "2026-06-01", "空").2,
        Value::Null,
        "it does not renew by itself"
    );
    let due = |when: &str| {
        json(home, "2026-06-01", &["renewals", "--quarter", when])["terms"]
            .as_array()
            .expect("terms")
            .len()
    };
    assert_eq!((due("2026-05-01"), due("2026-11-01")), (0, 2));
}

#[test]
fn contracts_state_what_is_paid_and_an_account_that_differs_is_contradicted() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    import(
        home,
        "2026-06-01",
        "accounts.csv",
        "name,arr,renewal_date\nAcme,999000,2027-09-30\n",
    );
    let table = "contract_id,company,start_date,end_date,arr\nc1,Acme,2026-04-01,2027-03-31,500000\nc2,Acme,2026-05-01,2027-03-31,200000\n";
    import(home, "2026-06-01", "contracts.csv", table);
    let (value, renewal, _) = stands(home, "2026-06-01", "Acme");
    assert_eq!((value, renewal), (700_000.into(), "2027-03-31".into()));
    let brief = run(home, "2026-06-01", &["brief", "Acme"]);
    assert!(
        brief.contains("account states ¥999K a year")
            && brief.contains("running contracts pay ¥700K a year"),
        "{brief}"
    );
    assert!(brief.contains("contract ends 2027-03-31"), "{brief}");
}

#[test]
fn a_loss_that_an_import_states_ends_a_contract_that_no_one_closed() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    import(
        home,
        "2026-06-01",
        "subscriptions.csv",
        "subscription_id,company,start_date,end_date,arr\ns1,Acme,2024-04-01,,500000\n",
    );
    import(
        home,
        "2026-06-01",
        "churn.csv",
        "company,churn_date,churn_reason\nAcme,2026-05-15,price\n",
    );
    let (value, ..) = stands(home, "2026-06-01", "Acme");
    assert_eq!(value, Value::Null, "it pays nothing");
    let brief = run(home, "2026-06-01", &["brief", "Acme"]);
    assert!(
        brief.contains("churned on 2026-05-15 ↔ contract since 2024-04-01 has no end"),
        "{brief}"
    );
}

/// One contract over three years: renewed at more, made smaller within the term, extended, lost, and back.
#[test]
fn a_contract_over_three_years() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    let row = |id: &str, start: &str, end: &str, arr: &str| {
        format!("contract_id,company,start_date,end_date,arr\n{id},Acme,{start},{end},{arr}\n")
    };
    import(
        home,
        "2024-04-10",
        "contracts.csv",
        &row("c1", "2024-04-01", "2025-03-31", "1000000"),
    );
    let said = run(
        home,
        "2025-03-20",
        &["outcome", "Acme", "renewed", "--value", "1200000"],
    );
    assert!(said.contains("2026-03-31"), "{said}");
    let value = |day: &str| stands(home, day, "Acme").0;
    assert_eq!(
        value("2025-03-31"),
        1_000_000,
        "the old term is paid to its last day"
    );
    assert_eq!(value("2025-04-01"), 1_200_000);
    let quarter = json(home, "2025-04-10", &["renewals", "--quarter", "2025-03-01"]);
    assert_eq!(quarter["values"][0]["net"]["amount"], 1_200_000);
    assert_eq!(quarter["terms"][0]["status"], "renewed");
    run(
        home,
        "2026-03-25",
        &["outcome", "Acme", "extended", "--until", "2026-05-31"],
    );
    let quarter = json(home, "2026-04-10", &["renewals", "--quarter", "2026-03-01"]);
    assert_eq!(quarter["terms"][0]["status"], "extended");
    assert_eq!(quarter["rate"]["renewed"], 0, "an extension is in no rate");
    run(
        home,
        "2026-05-20",
        &[
            "outcome", "Acme", "lost", "--cause", "price", "--words", "too dear",
        ],
    );
    assert_eq!(value("2026-05-31"), 1_200_000, "lost, still paying");
    assert_eq!(value("2026-06-01"), Value::Null);
    let quarter = json(home, "2026-06-10", &["renewals", "--quarter", "2026-06-01"]);
    let jpy = &quarter["retention"]["by_currency"][0];
    assert_eq!(
        (jpy["lost_accounts"].clone(), jpy["grr"].clone()),
        (1.into(), 0.into())
    );
    import(
        home,
        "2026-09-10",
        "contracts.csv",
        &row("c9", "2026-09-01", "2027-08-31", "800000"),
    );
    assert_eq!(value("2026-09-10"), 800_000);
    let quarter = json(home, "2026-09-20", &["renewals"]);
    assert_eq!(quarter["accounts"][0]["movement"], "reactivated");
}

#[test]
fn a_contract_without_an_end_can_be_lost_and_a_loss_can_end_a_term_early() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    import(
        home,
        "2026-06-01",
        "subscriptions.csv",
        "subscription_id,company,start_date,end_date,arr\ns1,Open,2024-04-01,,500000\ns2,Fixed,2026-04-01,2027-03-31,700000\n",
    );
    run(
        home,
        "2026-06-10",
        &["outcome", "Open", "lost", "--until", "2026-06-30"],
    );
    assert_eq!(stands(home, "2026-06-30", "Open").0, 500_000);
    assert_eq!(stands(home, "2026-07-01", "Open").0, Value::Null);
    run(
        home,
        "2026-07-02",
        &["outcome", "Fixed", "lost", "--until", "2026-09-30"],
    );
    assert_eq!(stands(home, "2026-10-01", "Fixed").0, Value::Null);
    let due = json(home, "2027-04-10", &["renewals", "--quarter", "2027-03-01"]);
    assert_eq!(
        due["terms"][0]["status"], "lost",
        "due where it was agreed: {due}"
    );
    let refused = on(
        home,
        "2026-07-02",
        &["outcome", "Fixed", "lost", "--until", "2028-01-01"],
    );
    assert!(!refused.status.success());
    run(home, "2026-10-02", &["undo"]);
    assert_eq!(stands(home, "2026-10-02", "Fixed").0, 700_000, "taken back");
}

#[test]
fn an_import_that_changes_a_value_within_a_term_keeps_what_was_paid() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    let row = |arr: &str| {
        format!(
            "contract_id,company,start_date,end_date,arr\nc1,Acme,2026-01-01,2026-12-31,{arr}\n"
        )
    };
    import(home, "2026-01-10", "contracts.csv", &row("1000000"));
    import(home, "2026-10-15", "contracts.csv", &row("600000"));
    let same = import(home, "2026-10-16", "contracts.csv", &row("600000"));
    assert!(same.contains("changed 0"), "{same}");
    let quarter = json(home, "2026-11-01", &["renewals"]);
    assert_eq!(
        retained(&quarter)["JPY"],
        (1_000_000.0, 600_000.0, 60.into(), 60.into())
    );
    assert_eq!(
        quarter["terms"][0]["due"]["amount"], 1_000_000,
        "due with what was taken off shortly before"
    );
}

/// Movements, gross and net retention of a worked example by others, month by month, against a recomputation of raw
/// rows.
#[test]
fn monthly_movements_of_a_worked_example_agree() {
    let Some(data) = std::env::var_os("KENSHIN_REAL_DATA") else {
        eprintln!("skipped: KENSHIN_REAL_DATA is not set");
        return;
    };
    let file = Path::new(&data).join("mrr-playbook/subscription_periods.csv");
    let text = std::fs::read_to_string(&file).expect("the periods");
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    run(
        home,
        "2020-07-15",
        &[
            "import",
            file.to_str().expect("a path"),
            "--create-accounts",
            "--currency",
            "USD",
            "--yes",
        ],
    );
    let rows: Vec<(String, String, String, f64)> = text
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let yearly = cells[4].parse::<f64>().expect("an amount") * 12.0;
            (
                cells[1].to_owned(),
                cells[2].to_owned(),
                cells[3].to_owned(),
                yearly,
            )
        })
        .collect();
    // A day is paid from its start to before the end: days as texts are in order.
    let on = |day: &str| {
        let mut out: BTreeMap<&str, f64> = BTreeMap::new();
        for (customer, start, end, yearly) in &rows {
            if start.as_str() <= day && day < end.as_str() {
                *out.entry(customer).or_default() += yearly;
            }
        }
        out
    };
    let months = [
        ("2018-12", "31", "2018-11-30"),
        ("2019-04", "30", "2019-03-31"),
        ("2019-08", "31", "2019-07-31"),
        ("2020-02", "29", "2020-01-31"),
        ("2020-01", "31", "2019-12-31"),
    ];
    for (month, last, before) in months {
        let (old, new) = (on(before), on(&format!("{month}-{last}")));
        let sum = |of: &dyn Fn(f64, f64) -> f64| -> f64 {
            old.iter()
                .map(|(customer, was)| of(*was, new.get(customer).copied().unwrap_or_default()))
                .sum()
        };
        let said = json(
            home,
            "2020-07-15",
            &["renewals", "--month", &format!("{month}-10")],
        );
        let usd = &said["retention"]["by_currency"][0];
        let amount = |key: &str| usd[key]["amount"].as_f64().expect("an amount");
        let total = sum(&|was, _| was);
        assert_eq!(amount("before"), total, "{month}");
        assert_eq!(
            amount("expanded"),
            sum(&|was, is| (is - was).max(0.0)),
            "{month}"
        );
        assert_eq!(
            amount("contracted"),
            sum(&|was, is| if is > 0.0 { (was - is).max(0.0) } else { 0.0 }),
            "{month}"
        );
        assert_eq!(
            amount("lost"),
            sum(&|was, is| if is == 0.0 { was } else { 0.0 }),
            "{month}"
        );
        let fresh: f64 = new
            .iter()
            .filter(|(customer, _)| !old.contains_key(*customer))
            .map(|(_, is)| is)
            .sum();
        assert_eq!(amount("new") + amount("reactivated"), fresh, "{month}");
        if total > 0.0 {
            assert_eq!(
                usd["grr"],
                (sum(&f64::min) * 100.0 / total).floor() as i64,
                "{month}"
            );
            assert_eq!(
                usd["nrr"],
                (sum(&|_, is| is) * 100.0 / total).floor() as i64,
                "{month}"
            );
        }
    }
}

#[test]
fn a_contract_is_kept_by_hand_and_says_what_follows() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    run(
        home,
        "2026-06-01",
        &[
            "account",
            "new",
            "Acme",
            "--arr",
            "100",
            "--currency",
            "JPY",
        ],
    );
    let said = run(
        home,
        "2026-06-01",
        &[
            "contract",
            "acme",
            "--new",
            "--product",
            "Suite",
            "--start",
            "2026-04-01",
            "--term",
            "12か月",
            "--value",
            "1200000",
            "--notice",
            "3か月前",
            "--renews",
            "by-itself",
        ],
    );
    assert!(
        said.contains("ends 2027-03-31") && said.contains("last day to say no 2026-12-31"),
        "{said}"
    );
    assert!(said.contains("then until 2028-03-31"), "{said}");
    assert_eq!(
        stands(home, "2026-06-01", "Acme"),
        (1_200_000.into(), "2027-03-31".into(), "2026-12-31".into())
    );
    run(
        home,
        "2026-06-10",
        &[
            "contract",
            "acme",
            "--contract",
            "suite",
            "--value",
            "900000",
        ],
    );
    let quarter = json(home, "2026-06-20", &["renewals"]);
    assert_eq!(retained(&quarter)["JPY"].1, 900_000.0);
    assert_eq!(
        quarter["accounts"][0]["before"], 0,
        "its start is in the quarter"
    );
    run(home, "2026-06-10", &["undo"]);
    assert_eq!(stands(home, "2026-06-10", "Acme").0, 1_200_000);
    for wrong in [
        ["--end", "2020-01-01"],
        ["--notice", "soon"],
        ["--seats", "many"],
        ["--value", "x"],
        ["--term", "3 weeks"],
    ] {
        let args = [&["contract", "acme", "--contract", "suite"][..], &wrong].concat();
        assert!(!on(home, "2026-06-10", &args).status.success(), "{wrong:?}");
    }
    assert!(
        !on(home, "2026-06-10", &["contract", "acme", "--new"])
            .status
            .success(),
        "it says nothing"
    );
}

#[test]
fn the_form_of_a_contract_shows_what_follows_before_it_is_saved() {
    for lang in [Lang::En, Lang::Ja] {
        let mut desk = Desk::demo(lang, 3).expect("the desk opens");
        desk.resize(120, 40);
        desk.keys("2<ret>$");
        assert!(desk.sees(words::new(lang)), "{}", desk.screen());
        desk.keys("<ret>");
        // It renews by itself, and the notice is the last field.
        desk.keys("<tab><tab><tab><tab><tab><tab><tab><left><left><right><tab><tab>3 months<C-s>");
        assert!(desk.sees(words::save_it(lang)), "{}", desk.screen());
        // Its deciding day is another: the steps of the old one are said to end.
        let no_longer = match lang {
            Lang::En => "steps dropped",
            Lang::Ja => "件が終了",
        };
        assert!(desk.sees(no_longer), "{}", desk.screen());
        desk.keys("<down><ret>");
        let typed = match lang {
            Lang::En => "3 months",
            Lang::Ja => "3か月",
        };
        assert!(desk.sees(typed), "typed again: {}", desk.screen());
        desk.keys("<C-s><ret>");
        let id = desk.model.book.rows()[0].account.id.clone();
        let kept = |desk: &Desk| {
            desk.model
                .book
                .rows()
                .iter()
                .filter(|r| r.standing.decide_by.is_some())
                .count()
        };
        assert_eq!(kept(&desk), 1, "{id}: {}", desk.screen());
        desk.keys("u");
        assert_eq!(kept(&desk), 0, "{}", desk.screen());
    }
}

#[test]
fn a_stated_term_that_does_not_renew_by_itself_ends() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    let table = "contract_id,company,start_date,contract_term,auto_renew,arr\nc1,Fixed,2025-01-01,12,no,100\nc2,Unknown,2025-01-01,1 year,,100\nc3,Itself,2025-01-01,12,yes,100\n";
    import(home, "2025-06-01", "contracts.csv", table);
    let value = |account: &str| stands(home, "2026-02-01", account).0;
    assert_eq!(
        (value("Fixed"), value("Unknown")),
        (Value::Null, Value::Null)
    );
    assert_eq!(value("Itself"), 100);
    let quarter = json(home, "2026-02-01", &["renewals", "--quarter", "2025-12-01"]);
    let of = |row: &Value| {
        (
            row["name"].as_str().expect("a name").to_owned(),
            row["status"].as_str().expect("a status").to_owned(),
        )
    };
    let mut terms: Vec<_> = quarter["terms"]
        .as_array()
        .expect("terms")
        .iter()
        .map(of)
        .collect();
    terms.sort();
    let pair = |name: &str, status: &str| (name.to_owned(), status.to_owned());
    assert_eq!(
        terms,
        [
            pair("Fixed", "overdue"),
            pair("Itself", "unconfirmed"),
            pair("Unknown", "overdue")
        ]
    );
}

#[test]
fn a_countdown_to_the_last_day_to_say_no_says_so() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    let table = "contract_id,company,start_date,end_date,notice_period,auto_renew,arr\nc1,Acme,2026-04-01,2027-03-31,3 months,yes,100\n";
    import(home, "2026-12-01", "contracts.csv", table);
    let today = run(home, "2026-12-01", &["today", "--all"]);
    assert!(
        today.contains("last day to say no in 30 days · renews 2027-03-31"),
        "{today}"
    );
    let signals = run(home, "2026-12-01", &["signals", "Acme"]);
    assert!(
        signals.contains("last day to say no 2026-12-31"),
        "{signals}"
    );
    let after = run(home, "2027-01-10", &["today", "--all"]);
    assert!(
        after.contains("renews in 80 days") && !after.contains("say no in"),
        "{after}"
    );
}

#[test]
fn an_account_without_contracts_pays_until_its_renewal_date() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    import(
        home,
        "2026-09-01",
        "accounts.csv",
        "name,arr,renewal_date\nActive,100,2027-09-01\nEnded,300,2026-11-01\n",
    );
    let quarter = json(home, "2026-12-01", &["renewals"]);
    assert_eq!(
        retained(&quarter)["JPY"],
        (400.0, 100.0, 25.into(), 25.into())
    );
    let jpy = &quarter["retention"]["by_currency"][0];
    assert_eq!(
        (
            jpy["lost_accounts"].clone(),
            jpy["overdue_accounts"].clone()
        ),
        (1.into(), 1.into()),
        "not known to be lost"
    );
}

/// A contract of an account, by its product.
fn contract(home: &Path, day: &str, account: &str, product: &str) -> Value {
    let all = json(home, day, &["contract", account]);
    let all = all["contracts"].as_array().expect("contracts").clone();
    let found = all.into_iter().find(|s| s["plan"] == product);
    found.unwrap_or_else(|| panic!("{product}"))
}

fn suite(home: &Path) {
    import(
        home,
        "2026-04-10",
        "contracts.csv",
        "contract_id,company,product,start_date,end_date,arr,seats\nc1,Acme,Suite,2026-04-01,2027-03-31,1000000,100\n",
    );
}

#[test]
fn a_change_within_a_term_holds_from_its_day_and_says_why() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    suite(home);
    let change = |day: &str, args: &[&str]| {
        let fixed = ["contract", "Acme", "--contract", "Suite"];
        on(home, day, &[&fixed[..], args].concat())
    };
    // Decided in June, from October on.
    let out = change(
        "2026-06-15",
        &[
            "--value",
            "1200000",
            "--seats",
            "120",
            "--from",
            "2026-10-01",
            "--why",
            "two more teams",
        ],
    );
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(said.contains("→") && said.contains("2026-10-01"), "{said}");
    let value = |day: &str| stands(home, day, "Acme").0;
    assert_eq!(
        (value("2026-06-16"), value("2026-09-30")),
        (1_000_000.into(), 1_000_000.into())
    );
    assert_eq!(value("2026-10-01"), 1_200_000);
    let kept = contract(home, "2026-06-16", "Acme", "Suite");
    assert_eq!(kept["earlier"][0]["until"], "2026-09-30");
    assert_eq!(kept["earlier"][0]["decided"], "2026-06-15");
    assert_eq!(kept["earlier"][0]["why"], "two more teams");
    // Its value of before the change is not lost by a second one.
    for (args, why) in [
        (
            &["--value", "900000", "--from", "2026-08-01"][..],
            "before a change that is kept",
        ),
        (
            &["--value", "900000"][..],
            "today, before a change that is kept",
        ),
        (
            &["--value", "900000", "--from", "2027-04-01"][..],
            "after the end",
        ),
        (
            &["--value", "900000", "--from", "2026-03-31"][..],
            "before the start",
        ),
        (
            &["--notice", "30 days", "--from", "2026-11-01"][..],
            "nothing changes",
        ),
        (&["--value", "900000", "--from", "someday"][..], "no day"),
    ] {
        assert!(!change("2026-06-20", args).status.success(), "{why}");
    }
    // The day of the change corrects it.
    assert!(
        change(
            "2026-06-20",
            &["--value", "1300000", "--from", "2026-10-01"]
        )
        .status
        .success()
    );
    assert_eq!(
        (value("2026-09-30"), value("2026-10-01")),
        (1_000_000.into(), 1_300_000.into())
    );
    let quarter = json(home, "2026-10-15", &["renewals"]);
    assert_eq!(quarter["accounts"][0]["movement"], "expanded");
    run(home, "2026-06-20", &["undo"]);
    assert_eq!(value("2026-10-01"), 1_200_000);
    run(home, "2026-06-20", &["undo"]);
    assert_eq!(value("2026-10-01"), 1_000_000);
    // The first day of the term corrects the whole term.
    assert!(
        change("2026-06-20", &["--value", "990000", "--from", "2026-04-01"])
            .status
            .success()
    );
    assert_eq!(value("2026-04-02"), 990_000);
}

#[test]
fn a_contract_that_is_merged_into_another_is_neither_lost_nor_counted_twice() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    import(
        home,
        "2026-04-10",
        "contracts.csv",
        "contract_id,company,product,start_date,end_date,arr,seats\n\
         c1,Acme,Suite,2026-04-01,2027-03-31,1000000,100\n\
         c2,Acme,Add-on,2026-01-01,2026-12-31,300000,20\n\
         c3,Other,Suite,2026-04-01,2027-03-31,1000000,100\n",
    );
    import(
        home,
        "2026-04-10",
        "dollars.csv",
        "contract_id,company,product,start_date,end_date,arr,currency\nc4,Acme,US,2026-04-01,2027-03-31,500,USD\n",
    );
    let merge = |day: &str, into: &str, more: &[&str]| {
        let fixed = ["contract", "Acme", "--contract", "Add-on", "--into", into];
        on(home, day, &[&fixed[..], more].concat())
    };
    for (into, more, why) in [
        ("c3", &[][..], "another account's"),
        ("c2", &[][..], "itself"),
        ("US", &[][..], "another currency"),
        ("Suite", &["--from", "2027-01-01"][..], "after its end"),
        ("Suite", &["--from", "2026-01-01"][..], "its first day"),
    ] {
        assert!(!merge("2026-10-15", into, more).status.success(), "{why}");
    }
    let out = merge(
        "2026-10-15",
        "Suite",
        &["--from", "2026-11-01", "--why", "one date"],
    );
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    let yen = |day: &str| stands(home, day, "Acme").0;
    assert_eq!(
        (yen("2026-10-31"), yen("2026-11-01")),
        (1_300_000.into(), 1_300_000.into())
    );
    let suite = contract(home, "2026-11-02", "Acme", "Suite");
    assert_eq!(
        (suite["seats"].clone(), suite["earlier"][0]["until"].clone()),
        (120.into(), "2026-10-31".into())
    );
    // The old term stays in its quarter, outside the rate, and says where it went.
    let quarter = json(home, "2027-01-15", &["renewals", "--quarter", "2026-12-01"]);
    let term = &quarter["terms"][0];
    assert_eq!(
        (
            term["status"].clone(),
            term["into"].clone(),
            term["ends_on"].clone()
        ),
        ("merged".into(), "Suite".into(), "2026-12-31".into())
    );
    assert_eq!(quarter["rate"]["renewed"], 0);
    assert_eq!(quarter["rate"]["lost"], 0);
    let (before, after, grr, _) = retained(&quarter)["JPY"].clone();
    assert_eq!((before, after, grr), (2_300_000.0, 2_300_000.0, 100.into()));
    let said = run(home, "2027-01-15", &["renewals", "--quarter", "2026-12-01"]);
    assert!(said.contains("merged into Suite"), "{said}");
    run(home, "2026-11-02", &["undo"]);
    assert_eq!(
        contract(home, "2026-11-02", "Acme", "Add-on")["merged"],
        Value::Null
    );
    assert_eq!(yen("2026-11-02"), 1_300_000);
}

/// A person renews, then the billing system states the same term: it is paid once.
#[test]
fn a_renewal_by_hand_and_the_row_of_the_billing_system_are_one_term() {
    let renewed = |value: &str| {
        let home = tempfile::tempdir().expect("temporary folder");
        suite(home.path());
        run(
            home.path(),
            "2027-03-20",
            &["outcome", "Acme", "renewed", "--value", value],
        );
        home
    };
    let table =
        |rows: &str| format!("contract_id,company,product,start_date,end_date,arr,seats\n{rows}");
    let first = "c1,Acme,Suite,2026-04-01,2027-03-31,1000000,100\n";
    for (name, file) in [
        (
            "a row of its own",
            format!("{first}c2,Acme,Suite,2027-04-01,2028-03-31,1200000,100\n"),
        ),
        (
            "without the old row, some days later",
            "c2,Acme,Suite,2027-04-05,2028-03-31,1200000,100\n".into(),
        ),
        (
            "the old row with a later end",
            "c1,Acme,Suite,2026-04-01,2028-03-31,1200000,100\n".into(),
        ),
        (
            "the old row with both days",
            "c1,Acme,Suite,2027-04-01,2028-03-31,1200000,100\n".into(),
        ),
        (
            "without a product",
            "c2,Acme,,2027-04-01,2028-03-31,1200000,100\n".into(),
        ),
    ] {
        let home = renewed("1200000");
        let home = home.path();
        import(home, "2027-04-10", "later.csv", &table(&file));
        assert_eq!(stands(home, "2027-04-10", "Acme").0, 1_200_000, "{name}");
        assert_eq!(stands(home, "2027-03-31", "Acme").0, 1_000_000, "{name}");
        let again = import(home, "2027-04-11", "later.csv", &table(&file));
        assert!(
            again.contains("changed 0") && !again.contains("new 1"),
            "{name}: {again}"
        );
        let quarter = json(home, "2027-04-12", &["renewals", "--quarter", "2027-03-01"]);
        assert_eq!(
            quarter["terms"].as_array().map(Vec::len),
            Some(1),
            "{name}: {quarter}"
        );
        assert_eq!(quarter["terms"][0]["status"], "renewed", "{name}");
        // A year on it renews by import, under the id that the other system uses.
        let moved = file.replace("2028-03-31,1200000", "2029-03-31,1300000");
        import(home, "2028-03-25", "later.csv", &table(&moved));
        assert_eq!(stands(home, "2028-04-01", "Acme").0, 1_300_000, "{name}");
        assert_eq!(stands(home, "2028-03-31", "Acme").0, 1_200_000, "{name}");
    }
    // Another product and another term are contracts of their own.
    for row in [
        "c2,Acme,Other,2027-04-01,2028-03-31,1200000,100\n",
        "c2,Acme,Suite,2027-07-01,2028-06-30,1200000,100\n",
    ] {
        let home = renewed("1200000");
        import(home.path(), "2027-07-10", "later.csv", &table(row));
        assert_eq!(
            stands(home.path(), "2027-07-10", "Acme").0,
            2_400_000,
            "{row}"
        );
    }
    // Where the values differ, the contract says what is paid, and the difference is shown.
    let home = renewed("1100000");
    import(
        home.path(),
        "2027-04-10",
        "later.csv",
        &table("c2,Acme,Suite,2027-04-01,2028-03-31,1200000,100\n"),
    );
    assert_eq!(stands(home.path(), "2027-04-01", "Acme").0, 1_200_000);
    let shown = run(home.path(), "2027-04-10", &["today", "--all"]);
    assert!(shown.contains("renewed at ¥1.1M"), "{shown}");
}

/// A contract that renews by itself goes on being paid after its last paid day, until somebody says otherwise.
#[test]
fn a_contract_that_renews_by_itself_goes_on_unless_somebody_says_otherwise() {
    let table = |rows: &str| {
        format!(
            "contract_id,company,product,start_date,end_date,auto_renew,contract_term,arr\n{rows}"
        )
    };
    let fresh = || {
        let home = tempfile::tempdir().expect("temporary folder");
        let rows = "c1,Acme,Suite,2025-11-01,2026-10-31,yes,,1000000\nc2,Gone,Suite,2024-05-01,2025-04-30,yes,,500000\n";
        import(home.path(), "2026-10-10", "contracts.csv", &table(rows));
        home
    };
    let home = fresh();
    let path = home.path();
    let seen = |path: &Path, day: &str| {
        let (value, renewal, _) = stands(path, day, "Acme");
        (value, renewal)
    };
    assert_eq!(
        seen(path, "2026-10-31"),
        (1_000_000.into(), "2026-10-31".into())
    );
    assert_eq!(
        seen(path, "2026-11-01"),
        (1_000_000.into(), "2027-10-31".into())
    );
    assert_eq!(
        seen(path, "2028-01-01"),
        (1_000_000.into(), "2028-10-31".into())
    );
    assert_eq!(
        stands(path, "2026-10-31", "Gone").0,
        Value::Null,
        "it had ended before it was known"
    );
    let score = |day: &str| {
        let said = json(path, day, &["health", "Acme"]);
        said["dimensions"].as_array().map_or(Value::Null, |all| {
            all.iter()
                .find(|d| d["dimension"] == "financial")
                .map_or(Value::Null, |d| d["score"].clone())
        })
    };
    assert_eq!(
        score("2026-10-31"),
        score("2026-11-05"),
        "a renewal is no loss"
    );
    let shown = run(path, "2026-11-05", &["contract", "Acme"]);
    assert!(
        shown.contains("went on by itself after 2026-10-31, unconfirmed"),
        "{shown}"
    );
    let quarter = json(path, "2026-11-05", &["renewals"]);
    assert_eq!(
        retained(&quarter)["JPY"],
        (1_000_000.0, 1_000_000.0, 100.into(), 100.into())
    );
    let next = json(path, "2026-11-05", &["renewals", "--quarter", "2027-10-01"]);
    assert_eq!(next["terms"][0]["ends_on"], "2027-10-31");
    // The same file once more says nothing new.
    let rows = "c1,Acme,Suite,2025-11-01,2026-10-31,yes,,1000000\n";
    import(path, "2026-11-06", "contracts.csv", &table(rows));
    assert_eq!(seen(path, "2026-11-06").0, 1_000_000);
    // Each of these says otherwise.
    type Says = fn(&Path, &dyn Fn(&str) -> String);
    let others: [(&str, Says); 4] = [
        ("a notice", |home, _| {
            run(
                home,
                "2026-11-06",
                &[
                    "outcome",
                    "Acme",
                    "notice",
                    "--term",
                    "2026-10-31",
                    "--decided",
                    "2026-10-20",
                ],
            );
        }),
        ("a loss", |home, _| {
            run(
                home,
                "2026-11-06",
                &["outcome", "Acme", "lost", "--term", "2026-10-31"],
            );
        }),
        ("a file with an end that is over", |home, table| {
            let row = "c1,Acme,Suite,2025-11-01,2026-10-25,yes,,1000000\n";
            import(home, "2026-11-06", "contracts.csv", &table(row));
        }),
        ("an imported loss", |home, _| {
            let rows = "company,outcome,date\nAcme,churned,2026-10-31\n";
            import(home, "2026-11-06", "outcomes.csv", rows);
        }),
    ];
    for (why, says) in others {
        let home = fresh();
        says(home.path(), &table);
        assert_eq!(
            stands(home.path(), "2026-11-07", "Acme").0,
            Value::Null,
            "{why}"
        );
    }
    // A contract that took over is paid alone.
    let home = fresh();
    let next = "c9,Acme,Suite,2026-11-01,2027-10-31,yes,,1200000\n";
    import(home.path(), "2026-11-06", "next.csv", &table(next));
    assert_eq!(seen(home.path(), "2026-11-07").0, 1_200_000);
}

/// A file that says of a contract what it said before undoes no change by hand; what it says anew counts.
#[test]
fn a_file_that_says_the_same_again_undoes_no_change_of_a_contract() {
    let row = |end: &str, value: &str, notice: &str| {
        format!(
            "contract_id,company,product,start_date,end_date,arr,seats,notice_period\nc1,Acme,Suite,2026-04-01,{end},{value},100,{notice}\n"
        )
    };
    let edits: [&[&str]; 3] = [
        &["--value", "1200000", "--from", "2026-06-01"],
        &["--notice", "3 months"],
        &["--end", "2027-06-30"],
    ];
    for edit in edits {
        let home = tempfile::tempdir().expect("temporary folder");
        let home = home.path();
        let file = row("2027-03-31", "1000000", "1 month");
        import(home, "2026-04-10", "contracts.csv", &file);
        let args = [&["contract", "Acme", "--contract", "Suite"][..], edit].concat();
        run(home, "2026-06-10", &args);
        let edited = stands(home, "2026-06-12", "Acme");
        let again = import(home, "2026-06-11", "contracts.csv", &file);
        assert!(again.contains("changed 0"), "{edit:?}: {again}");
        assert_eq!(stands(home, "2026-06-12", "Acme"), edited, "{edit:?}");
        // News of one field leaves the others as they were edited.
        import(
            home,
            "2026-06-13",
            "contracts.csv",
            &file.replace(",100,", ",140,"),
        );
        assert_eq!(stands(home, "2026-06-14", "Acme"), edited, "{edit:?}");
        assert_eq!(contract(home, "2026-06-14", "Acme", "Suite")["seats"], 140);
        // News of the same field counts, and what was paid is kept.
        import(
            home,
            "2026-06-20",
            "contracts.csv",
            &row("2027-09-30", "1500000", "2 months"),
        );
        let news = stands(home, "2026-06-20", "Acme");
        assert_eq!(news.0, 1_500_000, "{edit:?}");
        assert_eq!(news.2, "2027-07-30", "{edit:?}");
        assert_eq!(stands(home, "2026-06-19", "Acme").0, edited.0, "{edit:?}");
    }
}

/// A contract that went on by itself renews for its own length, can be changed, and can be lost at the end that it runs
/// to; the ends that passed by themselves are renewals then.
#[test]
fn a_contract_that_went_on_is_as_long_as_before_and_is_lost_at_its_running_end() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    let table = "contract_id,company,product,start_date,end_date,auto_renew,arr\n\
         c1,Acme,Suite,2025-04-01,2026-03-31,yes,1000\n\
         c2,Acme,Add-on,2025-10-01,2026-09-30,no,500\n";
    import(home, "2026-03-01", "contracts.csv", table);
    let (value, renewal, _) = stands(home, "2026-06-10", "Acme");
    assert_eq!(
        (value, renewal),
        (1_500.into(), "2026-09-30".into()),
        "the next end of both"
    );
    let said = run(home, "2026-06-10", &["contract", "Acme"]);
    assert!(
        said.contains("ends 2027-03-31 · then until 2028-03-31"),
        "{said}"
    );
    // A change holds from its day.
    run(
        home,
        "2026-06-10",
        &["contract", "Acme", "--contract", "Suite", "--value", "1200"],
    );
    let value = |day: &str| stands(home, day, "Acme").0;
    assert_eq!(
        (value("2026-06-09"), value("2026-06-10")),
        (1_500.into(), 1_700.into())
    );
    run(home, "2026-06-10", &["undo"]);
    // It leaves at the end of the term that runs, and pays until then.
    run(
        home,
        "2026-06-10",
        &["outcome", "Acme", "lost", "--term", "2027-03-31"],
    );
    assert_eq!(value("2026-06-11"), 1_500, "lost, still paying");
    assert_eq!(value("2027-03-31"), 1_000);
    assert_eq!(value("2027-04-01"), Value::Null);
    let status = |quarter: &str| {
        let said = json(home, "2027-04-10", &["renewals", "--quarter", quarter]);
        said["terms"][0]["status"].clone()
    };
    assert_eq!(status("2026-03-01"), "renewed");
    assert_eq!(status("2027-03-01"), "lost");
    run(home, "2026-06-11", &["undo"]);
    assert_eq!(value("2027-04-01"), 1_000);
}

/// Imported contracts are merged in the desk, from a day that is given.
#[test]
fn contracts_are_merged_in_the_desk() {
    let home = tempfile::tempdir().expect("temporary folder");
    let path = home.path();
    let table = "contract_id,company,product,start_date,end_date,arr\n\
         c1,Acme,Suite,2026-04-01,2027-03-31,1000\n\
         c2,Acme,Add-on,2026-01-01,2026-12-31,500\n";
    import(path, "2026-11-01", "contracts.csv", table);
    for lang in [Lang::En, Lang::Ja] {
        let mut desk = Desk::at(lang, path.to_owned(), 0).expect("the desk opens");
        desk.resize(100, 30);
        desk.keys("2<ret>$<down><ret>");
        // From the value's own fields to the day, the reason and the other contract.
        desk.keys(
            "<tab><tab><tab><tab><tab><tab><tab><tab><tab><tab>2026-12-01<tab><tab>suite<C-s>",
        );
        assert!(desk.sees("2026-11-30"), "{}", desk.screen());
        desk.keys("<ret>");
        drop(desk);
        let merged = contract(path, "2026-12-02", "Acme", "Add-on");
        assert_eq!(
            (merged["end"].clone(), merged["merged"]["into"].clone()),
            ("2026-11-30".into(), "c1".into())
        );
        assert_eq!(stands(path, "2026-12-02", "Acme").0, 1_500);
        run(path, "2026-12-02", &["undo"]);
    }
}
