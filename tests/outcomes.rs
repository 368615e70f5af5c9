//! What became of a term: recorded in the desk and on the command line, in both languages, and undone.

mod common;

use std::path::Path;

use chrono::NaiveDate;
use common::on_day::{json, on, run};
use common::{everything, said};
use kenshin::testing::domain::facts::step::StepKind;
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::words::{Lang, outcomes as words, renewals};
use serde_json::Value;

const BOTH: [Lang; 2] = [Lang::En, Lang::Ja];

/// The last paid day and the status of each term that can be settled.
fn terms(home: &Path, day: &str, account: &str) -> Vec<(String, String)> {
    let said = json(home, day, &["outcome", account]);
    let all = said["terms"].as_array().expect("terms").clone();
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    all.iter()
        .map(|t| (text(&t["ends_on"]), text(&t["status"])))
        .collect()
}

/// The records of the store, without the recorded scores.
fn records(home: &Path) -> Vec<String> {
    let all = everything(home);
    let kept = all.lines().filter(|l| {
        !["\"history\"", "\"observed\"", "kenshin_export"]
            .iter()
            .any(|other| l.contains(other))
    });
    kept.map(str::to_owned).collect()
}

/// A home in use since 1 November, with an account whose term ends on the 10th.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("temporary folder");
    let made = [
        "account",
        "new",
        "Acme",
        "--arr",
        "1200000",
        "--currency",
        "JPY",
        "--renewal",
        "2026-11-11",
    ];
    run(home.path(), "2026-11-01", &made);
    home
}

#[test]
fn a_term_that_ended_stands_on_today_until_its_outcome_is_recorded() {
    for lang in BOTH {
        let home = home();
        let mut desk = Desk::at(lang, home.path().to_owned(), 0).expect("the desk opens");
        desk.resize(120, 40);
        let ended_on: NaiveDate = "2026-11-10".parse().expect("a day");
        let days = (desk.now().today() - ended_on).num_days();
        let ended = words::ended(lang, days);
        assert!(desk.sees(&ended), "{}", desk.screen());
        // Nothing is chosen for the user.
        desk.keys("o<C-s>");
        assert!(desk.sees(words::say_which(lang)), "{}", desk.screen());
        desk.keys("<right><C-s>");
        assert!(!desk.sees(&ended), "{}", desk.screen());
        let row = desk.model.book.get(&"acme".into()).expect("the account");
        assert_eq!(row.account.renewal, "2027-11-11".parse().ok());
        desk.keys("u");
        assert!(desk.sees(&ended), "{}", desk.screen());
        let row = desk.model.book.get(&"acme".into()).expect("the account");
        assert_eq!(row.account.renewal, "2026-11-11".parse().ok());
    }
}

#[test]
fn the_command_line_lists_terms_and_records_what_became_of_them() {
    let home = home();
    let home = home.path();
    let pair = |end: &str, status: &str| (end.to_owned(), status.to_owned());
    assert_eq!(
        terms(home, "2026-11-10", "acme"),
        [pair("2026-11-10", "open")]
    );
    assert_eq!(
        terms(home, "2026-11-11", "acme"),
        [pair("2026-11-10", "overdue")]
    );
    let today = run(home, "2026-11-12", &["today"]);
    assert!(today.contains(&words::ended(Lang::En, 2)), "{today}");
    for (args, why) in [
        (&["extended"][..], words::until_when(Lang::En).to_owned()),
        (
            &["extended", "--until", "2027-03-01"],
            words::bridge_too_long(Lang::En, 90, "2027-02-08"),
        ),
        (
            &["renewed", "--until", "2026-11-10"],
            words::before_end(Lang::En, "2026-11-10"),
        ),
        (
            &["lost", "--decided", "2026-11-13"],
            words::decided_later(Lang::En).to_owned(),
        ),
        (
            &["lost", "--value", "5"],
            words::nothing_follows(Lang::En).to_owned(),
        ),
        (
            &["lost", "--term", "2026-11-11"],
            words::no_such_term(Lang::En, "2026-11-11"),
        ),
    ] {
        let refused = on(home, "2026-11-12", &[&["outcome", "acme"], args].concat());
        assert_eq!(
            refused.status.code(),
            Some(2),
            "{args:?}: {}",
            said(&refused)
        );
        assert!(said(&refused).contains(&why), "{}", said(&refused));
    }
    // A day without a year is the last such day: months later, November is not to come.
    let lost = [
        "outcome",
        "acme",
        "lost",
        "--term",
        "11/10",
        "--decided",
        "11/9",
    ];
    let lost = json(home, "2027-01-05", &lost);
    assert_eq!(lost["outcome"]["date"], "2026-11-09", "{lost}");
    run(home, "2027-01-05", &["undo"]);
    let extend = ["outcome", "acme", "extended", "--until", "2026-12-31"];
    let bridged = run(home, "2026-11-12", &extend);
    assert!(bridged.contains("2026-12-31"), "{bridged}");
    assert_eq!(
        terms(home, "2026-11-12", "acme"),
        [pair("2026-12-31", "open")]
    );
    let again = ["outcome", "acme", "extended", "--until", "2027-02-28"];
    let again = on(home, "2026-12-20", &again);
    assert!(
        said(&again).contains(words::extended_twice(Lang::En)),
        "{}",
        said(&again)
    );
    let before = records(home);
    let lost = [
        "outcome",
        "acme",
        "lost",
        "--decided",
        "2026-12-01",
        "--cause",
        "price",
        "--rival",
        "Zendra",
        "--words",
        "too dear",
    ];
    let lost = json(home, "2026-12-20", &lost);
    assert_eq!(lost["outcome"]["settles"]["due"]["amount"], 1_200_000.0);
    assert_eq!(lost["outcome"]["date"], "2026-12-01");
    assert_eq!(
        terms(home, "2026-12-20", "acme"),
        [pair("2026-12-31", "lost")],
        "it can be corrected"
    );
    assert!(!run(home, "2026-12-20", &["today"]).contains("renews in"));
    let paying = json(home, "2026-12-31", &["account", "show", "acme"]);
    assert_eq!(
        paying["churned"],
        Value::Null,
        "the last day is paid: {paying}"
    );
    assert!(!run(home, "2027-01-05", &["today"]).contains("ended"));
    run(home, "2026-12-20", &["undo"]);
    assert_eq!(before, records(home));
    assert_eq!(
        terms(home, "2026-12-20", "acme"),
        [pair("2026-12-31", "open")]
    );
}

#[test]
fn a_renewal_appends_a_term_and_an_import_of_the_same_file_changes_nothing() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    let table = home.join("subscriptions.csv");
    let text = "subscription_id,account_id,plan,start_date,end_date,arr,currency\n\
        S1,acme,Core,2025-12-01,2026-11-30,12000,USD\nS2,acme,Add-on,2026-02-01,2027-01-31,3000,USD\n";
    std::fs::write(&table, text).expect("writes");
    run(home, "2026-11-01", &["account", "new", "Acme"]);
    let import = ["import", "--yes", table.to_str().expect("a path")];
    run(home, "2026-11-01", &import);
    let several = on(home, "2026-11-20", &["outcome", "acme", "renewed"]);
    assert_eq!(several.status.code(), Some(2));
    assert!(
        said(&several).contains("2026-11-30 Core, 2027-01-31 Add-on"),
        "{}",
        said(&several)
    );
    // Once one is overdue, it is the one that is meant.
    let renew = [
        "outcome",
        "acme",
        "renewed",
        "--value",
        "10000",
        "--decided",
        "2026-12-01",
    ];
    let renewed = run(home, "2026-12-05", &renew);
    assert!(renewed.contains("2027-11-30"), "{renewed}");
    let held = everything(home);
    let before = records(home);
    let of = |day: &str| held.lines().filter(|l| l.contains(day)).count();
    assert!(
        held.contains("\"2026-11-30\"") && of("2027-11-30") >= 1,
        "{held}"
    );
    let value = json(home, "2026-12-05", &["accounts"]);
    assert_eq!(value[0]["arr"]["amount"], 13_000.0, "{value}");
    let same = run(home, "2026-12-06", &import);
    assert_eq!(before, records(home), "{same}");
}

/// Writes a table into the home and imports it on a day.
fn import(home: &Path, day: &str, name: &str, text: &str) -> String {
    let path = home.join(name);
    std::fs::write(&path, text).expect("writes");
    run(
        home,
        day,
        &["import", "--yes", path.to_str().expect("a path")],
    )
}

#[test]
fn an_import_that_moves_an_end_forward_keeps_the_term_before() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    let accounts = |acme: &str, beta: &str, arr: u32| {
        format!(
            "account_id,account_name,renewal_date,arr,currency\nA1,Acme,{acme},{arr},USD\nB1,Beta,{beta},500,USD\n"
        )
    };
    let contracts = |end: &str| {
        format!(
            "subscription_id,account_id,plan,start_date,end_date,arr,currency\nS1,C1,Core,2025-12-01,{end},300,USD\n"
        )
    };
    let before = accounts("2026-11-11", "2026-11-21", 1_000);
    import(home, "2026-11-01", "accounts.csv", &before);
    run(
        home,
        "2026-11-01",
        &["account", "new", "Gamma", "--id", "C1"],
    );
    import(
        home,
        "2026-11-01",
        "subscriptions.csv",
        &contracts("2026-11-30"),
    );
    // Beta's date is corrected by some days: that is no renewal.
    let after = accounts("2027-11-11", "2026-11-25", 900);
    import(home, "2026-12-01", "accounts.csv", &after);
    import(
        home,
        "2026-12-01",
        "subscriptions.csv",
        &contracts("2027-11-30"),
    );
    let said = json(home, "2026-12-01", &["renewals"]);
    let of = |name: &str| {
        let all = said["terms"].as_array().expect("terms").iter();
        let found = all.filter(|t| t["name"] == name);
        found
            .map(|t| (t["ends_on"].clone(), t["status"].clone()))
            .collect::<Vec<_>>()
    };
    let pair = |end: &str, status: &str| (Value::from(end), Value::from(status));
    assert_eq!(of("Acme"), [pair("2026-11-10", "renewed")], "{said}");
    assert_eq!(of("Gamma"), [pair("2026-11-30", "renewed")], "{said}");
    assert_eq!(of("Beta"), [pair("2026-11-24", "overdue")], "{said}");
    assert_eq!(
        said["rate"],
        serde_json::json!({ "renewed": 2, "lost": 0, "overdue": 1 })
    );
    let amount = |of: &str| said["values"][0][of]["amount"].as_f64();
    assert_eq!(
        (amount("due"), amount("kept")),
        (Some(1_800.0), Some(1_200.0))
    );
    // A wrong year is taken back with its renewal.
    import(
        home,
        "2026-12-01",
        "accounts.csv",
        &accounts("2027-11-11", "2027-11-25", 900),
    );
    import(home, "2026-12-01", "accounts.csv", &after);
    let held = records(home);
    import(home, "2026-12-02", "accounts.csv", &after);
    import(
        home,
        "2026-12-02",
        "subscriptions.csv",
        &contracts("2027-11-30"),
    );
    assert_eq!(held, records(home), "the same files change nothing");
    for lang in BOTH {
        let key = if lang == Lang::En { "en" } else { "ja" };
        let words = run(home, "2026-12-01", &["--lang", key, "renewals"]);
        assert!(words.contains("66") && words.contains("Beta"), "{words}");
    }
}

/// Three accounts whose terms ended in this quarter, and one from before the first use.
fn three() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("temporary folder");
    for (name, renewal, arr) in [
        ("Acme", "2026-11-11", "1200000"),
        ("Blue", "2026-11-13", "300000"),
        ("Cobalt", "2026-12-21", "500000"),
        ("Old", "2026-10-15", "70000"),
    ] {
        let made = [
            "account",
            "new",
            name,
            "--arr",
            arr,
            "--currency",
            "JPY",
            "--renewal",
            renewal,
        ];
        run(home.path(), "2026-11-01", &made);
    }
    let config = home.path().join("config");
    std::fs::create_dir_all(&config).expect("a folder");
    std::fs::write(config.join("desk.toml"), "fiscal_year_starts = 4\n").expect("writes");
    home
}

#[test]
fn the_screen_of_a_quarter_settles_marked_terms_at_once() {
    for lang in BOTH {
        let home = three();
        let mut desk = Desk::at(lang, home.path().to_owned(), 0).expect("the desk opens");
        desk.resize(120, 40);
        // Steps back from the desk's day to the quarter of November 2026.
        let mut back = 0;
        desk.keys("9");
        while desk
            .model
            .renewals
            .period
            .is_none_or(|(from, _)| from > "2026-12-01".parse().expect("a day"))
        {
            desk.keys("[");
            back += 1;
            assert!(back < 40, "{}", desk.screen());
        }
        let names = ["Acme", "Blue"];
        assert!(
            names.iter().all(|name| desk.sees(name)),
            "{}",
            desk.screen()
        );
        assert!(!desk.sees("Old"), "folded: {}", desk.screen());
        assert!(
            desk.sees(&renewals::before_use_group(lang, 1)),
            "{}",
            desk.screen()
        );
        desk.keys("<space><space>o");
        assert!(desk.sees(words::all_renewed(lang)), "{}", desk.screen());
        desk.keys("<ret>");
        let row = |desk: &Desk, id: &str| {
            desk.model
                .book
                .get(&id.into())
                .expect("the account")
                .account
                .renewal
        };
        assert_eq!(
            row(&desk, "acme"),
            "2027-11-11".parse().ok(),
            "{}",
            desk.screen()
        );
        assert_eq!(row(&desk, "blue"), "2027-11-13".parse().ok());
        let renewed = desk
            .model
            .renewals
            .quarter
            .as_ref()
            .expect("read")
            .figures
            .rate
            .renewed;
        assert_eq!(renewed, 2, "read again: {}", desk.screen());
        desk.keys("u");
        assert_eq!(
            row(&desk, "acme"),
            "2026-11-11".parse().ok(),
            "one step: {}",
            desk.screen()
        );
        assert_eq!(row(&desk, "blue"), "2026-11-13".parse().ok());
        // The folded group opens, and one of its terms is asked about by itself.
        desk.keys("G<ret>jo");
        assert!(desk.sees("Old"), "{}", desk.screen());
        desk.keys("<esc>d");
        assert!(desk.sees(renewals::due_what(lang)), "{}", desk.screen());
        desk.keys("<esc>");
        assert!(!desk.sees(renewals::due_what(lang)), "{}", desk.screen());
    }
}

/// Terms from before the first use can be ignored, all of a quarter at once or one by one; only those.
#[test]
fn terms_from_before_the_first_use_can_be_ignored_and_settled_later() {
    for lang in BOTH {
        let home = three();
        let older = ["account", "new", "Older", "--renewal", "2026-10-20"];
        run(home.path(), "2026-11-01", &older);
        let rate = || {
            let said = json(
                home.path(),
                "2026-11-20",
                &["renewals", "--quarter", "2026-10-20"],
            );
            let yen = &said["retention"]["by_currency"][0];
            (
                said["rate"].clone(),
                yen["before_use_accounts"].clone(),
                yen["lost_accounts"].clone(),
            )
        };
        let before = rate();
        assert_eq!(before.1, 1, "it is not said that it was lost");
        // A quarter without any term says so, in words.
        let empty = [
            "--lang",
            if lang == Lang::Ja { "ja" } else { "en" },
            "renewals",
            "--quarter",
            "2031-01-01",
        ];
        let empty = run(home.path(), "2026-11-20", &empty);
        assert!(
            empty.contains(&format!(": {}\n", renewals::none_due(lang))),
            "{empty}"
        );
        let mut desk = Desk::at(lang, home.path().to_owned(), 0).expect("the desk opens");
        desk.resize(120, 40);
        let asked = renewals::before_use_group(lang, 2);
        desk.keys("9");
        for _ in 0..40 {
            if desk.sees(&asked) {
                break;
            }
            desk.keys("[");
        }
        desk.keys("Go");
        assert!(desk.sees(words::ignore_all(lang)), "{}", desk.screen());
        desk.keys("<down><down><ret>");
        let ignored = renewals::ignored_group(lang, 2);
        assert!(desk.sees(&ignored), "{}", desk.screen());
        assert!(!desk.sees(&asked), "{}", desk.screen());
        desk.keys("u");
        assert!(desk.sees(&asked), "{}", desk.screen());
        // One by one, by the form; the other one is still asked about.
        let kinds = "<right>".repeat(StepKind::ALL.len());
        desk.keys(&format!("G<ret>jo<down>{kinds}"));
        desk.keys("<C-s>");
        assert!(
            desk.sees(&renewals::ignored_group(lang, 1)),
            "{}",
            desk.screen()
        );
        assert!(
            desk.sees(&renewals::before_use_group(lang, 1)),
            "{}",
            desk.screen()
        );
        drop(desk);
        assert_eq!(rate(), before, "it was in no rate");
        // It is settled when somebody looks it up after all, and no other term can be ignored.
        run(
            home.path(),
            "2026-11-20",
            &["outcome", "Old", "ignored", "--term", "2026-10-14"],
        );
        run(
            home.path(),
            "2026-11-20",
            &["outcome", "Old", "lost", "--term", "2026-10-14"],
        );
        let refused = on(home.path(), "2026-11-20", &["outcome", "Acme", "ignored"]);
        assert!(!refused.status.success(), "{}", said(&refused));
        assert!(said(&refused).contains(words::only_before_use(Lang::En)));
    }
}

/// How far a renewal has come: kept by command and in the desk, shown, and taken back.
#[test]
fn steps_of_a_renewal_are_kept_and_a_signature_ends_the_countdown() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    for name in ["Acme", "Auto"] {
        run(home, "2026-04-10", &["account", "new", name]);
    }
    import(
        home,
        "2026-04-10",
        "contracts.csv",
        "contract_id,company,product,start_date,end_date,auto_renew,arr\n\
         c1,Acme,Suite,2026-04-01,2027-03-31,no,1000000\n\
         c2,Auto,Suite,2026-04-01,2027-03-31,yes,1000000\n",
    );
    let countdown = |day: &str| {
        let today = run(home, day, &["today", "--all"]);
        today
            .lines()
            .any(|l| l.contains("Acme") && l.contains("renews in"))
    };
    assert!(countdown("2027-02-10"));
    run(
        home,
        "2027-02-10",
        &["outcome", "Acme", "proposal", "--decided", "2027-02-08"],
    );
    run(
        home,
        "2027-02-20",
        &[
            "outcome",
            "Acme",
            "verbal-yes",
            "--said-by",
            "Ms Mori",
            "--words",
            "we go on",
        ],
    );
    let row = |day: &str, name: &str| {
        let all = json(home, day, &["accounts"]);
        let mut all = all.as_array().expect("accounts").clone().into_iter();
        all.find(|a| a["name"] == name).expect("the account")
    };
    assert_eq!(
        row("2027-02-19", "Acme")["renewal_step"]["step"],
        "proposal"
    );
    assert_eq!(
        row("2027-02-20", "Acme")["renewal_step"]["step"],
        "verbal-yes"
    );
    assert!(countdown("2027-02-21"), "a verbal yes is no signature");
    run(home, "2027-03-01", &["outcome", "Acme", "signed"]);
    assert!(!countdown("2027-03-02"), "signed");
    let quarter = run(home, "2027-03-02", &["renewals", "--quarter", "2027-03-31"]);
    assert!(quarter.contains("signed 2027-03-01"), "{quarter}");
    run(home, "2027-03-02", &["undo"]);
    assert!(countdown("2027-03-02"), "taken back");
    // Nobody can take a step tomorrow, and a step has no value.
    for wrong in [
        &["--decided", "2027-04-01"][..],
        &["--value", "5"],
        &["--until", "2028-03-31"],
    ] {
        let args = [&["outcome", "Acme", "signed"][..], wrong].concat();
        assert!(!on(home, "2027-03-02", &args).status.success(), "{wrong:?}");
    }
    // With a notice it does not renew by itself: it is asked about.
    let status = |day: &str| json(home, day, &["outcome", "Auto"])["terms"][0]["status"].clone();
    assert_eq!(status("2027-04-02"), "unconfirmed");
    run(home, "2027-02-01", &["outcome", "Auto", "notice"]);
    assert_eq!(status("2027-04-02"), "overdue");
    // What is settled takes no more steps.
    run(home, "2027-04-02", &["outcome", "Auto", "lost"]);
    assert!(
        !on(home, "2027-04-02", &["outcome", "Auto", "proposal"])
            .status
            .success()
    );
    // An export carries them.
    let steps = records(home)
        .into_iter()
        .filter(|l| l.contains("renewal-step"));
    assert_eq!(steps.count(), 3);
}

#[test]
fn a_step_is_kept_in_the_desk_in_four_keys() {
    for lang in [Lang::En, Lang::Ja] {
        let mut desk = Desk::demo(lang, 3).expect("the desk opens");
        desk.resize(120, 40);
        // The term that runs is the second one.
        desk.keys("2<ret>o<down><ret><down><right><C-s>");
        let proposal = StepKind::Proposal.words(lang);
        assert!(desk.sees(proposal), "{}", desk.screen());
        let id = desk.model.subject().expect("an account");
        let step = |desk: &Desk| desk.model.book.get(&id).and_then(|r| r.standing.step);
        assert_eq!(step(&desk).map(|s| s.step), Some(StepKind::Proposal));
        desk.keys("u");
        assert_eq!(step(&desk), None, "{}", desk.screen());
        // An outcome and a step at once is a mistake.
        desk.keys("o<down><ret><right><down><right><C-s>");
        assert!(desk.sees(words::not_both(lang)), "{}", desk.screen());
    }
}

/// When the fiscal year begins is asked when it is first needed, kept in `desk.toml`, and used at once.
#[test]
fn the_fiscal_year_is_asked_when_it_is_first_needed() {
    for lang in BOTH {
        let home = tempfile::tempdir().expect("temporary folder");
        let open = || Desk::at(lang, home.path().to_owned(), 0).expect("the desk opens");
        let title = renewals::year_title(lang);
        let mut desk = open();
        desk.resize(100, 30);
        desk.keys("9");
        assert!(desk.sees(title), "{}", desk.screen());
        // Not now: the usual year counts, and nobody asks again.
        desk.keys("<esc>1<esc>9");
        assert!(!desk.sees(title), "{}", desk.screen());
        assert!(desk.sees("2026-10-01 – 2026-12-31"), "{}", desk.screen());
        desk.keys("f<down><down><down><down><ret>4/31<ret>");
        assert!(desk.sees(renewals::year_wrong(lang)), "{}", desk.screen());
        desk.keys("<C-u>３/２１<ret>");
        assert!(desk.sees("2026-09-21 – 2026-12-20"), "{}", desk.screen());
        let file = home.path().join("config/desk.toml");
        let text = std::fs::read_to_string(file).expect("written");
        assert!(text.contains("fiscal_year_starts = \"3/21\""), "{text}");
        drop(desk);
        let mut desk = open();
        desk.resize(100, 30);
        desk.keys("9");
        assert!(!desk.sees(title), "{}", desk.screen());
        assert!(desk.sees("2026-09-21 – 2026-12-20"), "{}", desk.screen());
    }
}
