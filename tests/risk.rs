//! Accounts at risk: the board in the desk and on the command line, and what people say.

mod common;

use std::path::Path;

use common::on_day::{json, on, run};
use common::said;
use kenshin::testing::domain::priority::Kind;
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::words::{Lang, cases, risk as words};
use serde_json::Value;

const DAY: &str = "2026-11-22";

/// Three accounts without any hint of risk.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("temporary folder");
    for (name, arr) in [
        ("Acme", "5000000"),
        ("Globex", "2000000"),
        ("Initech", "100000"),
    ] {
        let new = [
            "account",
            "new",
            name,
            "--arr",
            arr,
            "--currency",
            "JPY",
            "--renewal",
            "2027-03-01",
        ];
        run(home.path(), "2026-11-01", &new);
    }
    home
}

fn assess(home: &Path, args: &[&str]) -> std::process::Output {
    on(home, DAY, &[&["risk", "assess"], args].concat())
}

/// The lane of each account at risk.
fn lanes(home: &Path) -> Vec<(Value, Value)> {
    let all = json(home, DAY, &["risk"]);
    let all = all.as_array().expect("a list").clone();
    all.into_iter()
        .map(|a| (a["name"].clone(), a["lane"].clone()))
        .collect()
}

#[test]
fn the_command_line_lists_lanes_and_keeps_words() {
    let home = home();
    let home = home.path();
    assert_eq!(lanes(home), []);
    assert!(run(home, DAY, &["risk"]).contains(words::none(Lang::En)));
    for args in [
        &["acme", "--chance", "good", "--cause", "price"][..],
        &["globex", "--chance", "poor", "--words", "signed elsewhere"],
        &["initech", "--chance", "poor"],
    ] {
        assert!(assess(home, args).status.success());
    }
    let at = |name: &str, lane: &str| (Value::from(name), Value::from(lane));
    assert_eq!(
        lanes(home),
        [at("Acme", "1"), at("Globex", "3"), at("Initech", "4")]
    );
    // The manager's later word decides, and both stand beside each other.
    let manager = [
        "acme",
        "--by",
        "manager",
        "--said-by",
        "Mori",
        "--chance",
        "poor",
    ];
    assert!(assess(home, &manager).status.success());
    let all = json(home, DAY, &["risk", "--lane", "3"]);
    let acme = &all[0];
    assert_eq!(acme["save_chance"], "poor");
    assert_eq!(acme["words"]["csm"]["chance"], "good");
    assert_eq!(acme["words"]["manager"]["said_by"], "Mori");
    assert_eq!(acme["cause"], "price");
    run(home, DAY, &["undo"]);
    assert_eq!(lanes(home)[0], at("Acme", "1"));
    // A move needs its reason, and holds.
    let refused = assess(home, &["acme", "--lane", "watch"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        said(&refused).contains(words::why_moved(Lang::En)),
        "{}",
        said(&refused)
    );
    assert!(
        assess(home, &["acme", "--lane", "watch", "--why", "new-facts"])
            .status
            .success()
    );
    assert!(lanes(home).contains(&at("Acme", "watch")));
    assert!(assess(home, &["acme", "--over"]).status.success());
    assert_eq!(lanes(home).len(), 2, "its word is taken back");
    for (args, why) in [
        (&["acme"][..], words::say_something(Lang::En)),
        (
            &["acme", "--chance", "good", "--on", "2026-11-23"],
            words::said_later(Lang::En),
        ),
    ] {
        let refused = assess(home, args);
        assert_eq!(refused.status.code(), Some(2), "{args:?}");
        assert!(said(&refused).contains(why), "{}", said(&refused));
    }
    let found = json(
        home,
        DAY,
        &["accounts", "--query", "chance:poor at-risk:yes"],
    );
    assert_eq!(found.as_array().map(Vec::len), Some(2));
}

#[test]
fn an_account_is_assessed_and_moved_in_the_desk_and_taken_back() {
    for lang in [Lang::En, Lang::Ja] {
        let home = home();
        let mut desk = Desk::at(lang, home.path().to_owned(), 0).expect("the desk opens");
        desk.resize(120, 40);
        desk.keys("6");
        assert!(
            desk.sees(words::none(lang)) || desk.screen().lines().count() > 3,
            "{}",
            desk.screen()
        );
        // Likelihood high, save chance good.
        desk.keys("2*<right><tab><right><C-s>6");
        let lane = |desk: &Desk| {
            let cards: Vec<_> = desk.model.risk.board.cards().collect();
            cards.first().map(|card| card.lane.key())
        };
        let first = lane(&desk);
        assert!(first.is_some(), "{}", desk.screen());
        desk.keys("w");
        assert!(desk.sees(words::heading_chance(lang)), "{}", desk.screen());
        desk.keys("<esc>/tier:enterprise<ret>");
        assert_eq!(lane(&desk), None, "{}", desk.screen());
        desk.keys("<esc>/met:sponsor<ret>");
        assert!(desk.sees(words::reads_records(lang)), "{}", desk.screen());
        desk.keys("<esc><esc>");
        assert_eq!(lane(&desk), first, "{}", desk.screen());
        desk.keys("m<down><down><down><ret><ret>");
        assert_ne!(lane(&desk), first, "{}", desk.screen());
        desk.keys("u");
        assert_eq!(lane(&desk), first, "{}", desk.screen());
        desk.keys("u");
        assert_eq!(lane(&desk), None, "{}", desk.screen());
    }
}

/// A rescue at the command line: its steps have clocks that pass over the weekend and holidays, a logged talk is its call.
#[test]
fn a_case_counts_hours_of_work_and_a_logged_talk_is_its_call() {
    let home = home();
    let home = home.path();
    // Friday 20 November 2026, 17:30 in Tokyo. Monday the 23rd is a holiday.
    let at = |time: &str, args: &[&str]| {
        let mut command = common::command(home, args);
        let out = command.env("KENSHIN_NOW", time).output().expect("runs");
        assert!(out.status.success(), "{args:?}: {}", said(&out));
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    let friday = "2026-11-20T17:30:00+09:00";
    assert!(at(friday, &["risk", "case", "acme"]).contains(cases::none(Lang::En)));
    at(
        friday,
        &["risk", "case", "acme", "open", "--words", "sponsor left"],
    );
    let second = on(home, "2026-11-20", &["risk", "case", "acme", "open"]);
    assert!(
        said(&second).contains(cases::goes_on(Lang::En)),
        "{}",
        said(&second)
    );
    // It is on the board, although nothing else speaks of a risk.
    let board: Value = serde_json::from_str(&at(friday, &["risk", "--json"])).expect("JSON");
    assert_eq!(board[0]["why"][0]["is"], "case", "{board}");
    let shown = |time: &str| -> Value {
        serde_json::from_str(&at(time, &["risk", "case", "acme", "--json"])).expect("JSON")
    };
    let case = shown(friday);
    // Half an hour is left on Friday, the other half passes on Tuesday morning.
    assert_eq!(case["steps"][0]["due"], "2026-11-24T00:30:00Z", "{case}");
    assert_eq!(case["steps"][0]["late"], false);
    assert_eq!(shown("2026-11-24T10:00:00+09:00")["steps"][0]["late"], true);
    at(
        "2026-11-24T09:10:00+09:00",
        &["risk", "case", "acme", "reviewed"],
    );
    run(home, "2026-11-24", &["log", "acme", "they listened"]);
    let case = shown("2026-11-24T18:00:00+09:00");
    assert_eq!(case["steps"][1]["done"], "2026-11-24T01:00:00Z", "{case}");
    assert_eq!(case["steps"][1]["late"], false);
    assert_eq!(case["case"]["done"].as_array().map(Vec::len), Some(2));
    let brief = run(home, "2026-11-24", &["brief", "acme"]);
    assert!(
        brief.contains(cases::heading(Lang::En)) && brief.contains("sponsor left"),
        "{brief}"
    );
    let again = on(home, "2026-11-24", &["risk", "case", "acme", "reviewed"]);
    assert!(!again.status.success());
    at(
        "2026-11-25T10:00:00+09:00",
        &["risk", "case", "acme", "saved", "--words", "new sponsor"],
    );
    assert!(
        at("2026-11-25T10:05:00+09:00", &["risk", "case", "acme"]).contains(cases::none(Lang::En))
    );
    assert_eq!(lanes(home), []);
    at("2026-11-25T10:06:00+09:00", &["undo"]);
    assert_eq!(lanes(home).len(), 1, "it goes on again");
}

#[test]
fn a_case_is_opened_ticked_and_ended_in_the_desk_and_each_is_taken_back() {
    for lang in [Lang::En, Lang::Ja] {
        let home = home();
        let mut desk = Desk::at(lang, home.path().to_owned(), 0).expect("the desk opens");
        desk.resize(120, 40);
        // Assessed before, and opened without a look at the board: the lane of that day is kept all the same.
        desk.keys("2g*<right><tab><right><C-s>!");
        assert!(desk.sees(cases::open_one(lang)), "{}", desk.screen());
        desk.keys("<ret>1");
        // It stands first on Today, once, until its first steps are done.
        let mine = |desk: &Desk| {
            let items = desk.model.today.items.iter();
            let of = items.filter(|i| i.kind == Kind::Case).count();
            (of, desk.model.today.items.first().map(|i| i.kind))
        };
        assert_eq!(mine(&desk), (1, Some(Kind::Case)), "{}", desk.screen());
        assert!(desk.sees("!1 "), "{}", desk.screen());
        let id = desk.model.subject().expect("an account");
        let case = |desk: &Desk| {
            let row = desk.model.book.get(&id).expect("the account");
            let risk = row.standing.risk.as_ref();
            risk.and_then(|risk| risk.case.clone())
        };
        let done = |desk: &Desk| case(desk).map(|case| case.done.len());
        assert!(case(&desk).is_some_and(|case| case.lane.is_some()));
        assert_eq!(done(&desk), Some(0), "{}", desk.screen());
        desk.keys("gx<ret>");
        assert_eq!(done(&desk), Some(1), "{}", desk.screen());
        desk.keys("6!<ret>");
        assert_eq!(done(&desk), Some(2), "{}", desk.screen());
        desk.keys("w");
        assert!(desk.sees(cases::heading(lang)), "{}", desk.screen());
        desk.keys("<esc>uu");
        assert_eq!(done(&desk), Some(0), "{}", desk.screen());
        desk.keys("u");
        assert_eq!(case(&desk), None, "{}", desk.screen());
    }
}
