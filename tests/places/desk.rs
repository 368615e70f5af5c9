//! A Japanese desk with customers abroad: what the plan avoids, whose holiday a conflict is, and where a
//! table of holidays ends.

use std::path::Path;

use chrono::{Duration, NaiveDate, NaiveTime};
use kenshin::testing::app::cadence::state::Tab;
use kenshin::testing::domain::account::{Account, Tier};
use kenshin::testing::domain::cadence::Kind;
use kenshin::testing::domain::cadence::plan::Planned;
use kenshin::testing::domain::cadence::recurrence::{On, Recurrence};
use kenshin::testing::domain::cadence::rhythm::Rhythm;
use kenshin::testing::domain::change::Change;
use kenshin::testing::ipc::Form;
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::words::Lang;
use serde_json::json;

use crate::common::build::{day, operation, store};
use crate::common::{ask, command};

const NOW: &str = "2026-11-24T10:00:00+09:00";

/// An account that is called on the sixth of each month.
fn account(id: &str, name: &str, country: &str) -> Account {
    let mut account = Account::new(id.into(), name);
    account.country = country.into();
    account.tier = Some(Tier::Enterprise);
    account.contract_start = Some(day(2024, 2, 1));
    account.cadence = Some(Box::new(Rhythm {
        agreed: Some(Recurrence {
            on: On::Day { day: 6 },
            every: 1,
            from: day(2026, 11, 1),
            time: None,
        }),
        ..Rhythm::default()
    }));
    account
}

fn bavarian() -> Account {
    let mut account = account("munich", "Münchner Werke", "Germany");
    account.attributes.insert("State".into(), "Bayern".into());
    if let Some(own) = account.cadence.as_mut() {
        own.zone = "Europe/Berlin".into();
    }
    account
}

/// A home with these accounts.
fn home(accounts: Vec<Account>) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a folder");
    fill(home.path(), accounts);
    home
}

fn fill(home: &Path, accounts: Vec<Account>) {
    let at = NOW.parse().expect("a time");
    let mut store = store(home, at);
    let changes = accounts.into_iter().map(Change::create).collect();
    store
        .commit(&operation("o1", at, changes))
        .expect("it is stored");
}

fn desk(home: &tempfile::TempDir, lang: Lang) -> Desk {
    let mut desk = Desk::at(lang, home.path().to_owned(), 0).expect("the desk opens");
    desk.later(Duration::days(2));
    desk.resize(240, 40);
    desk
}

fn plan(desk: &Desk, account: &str) -> Vec<Planned> {
    let row = desk.model.book.get(&account.into()).expect("a row");
    let until = desk.now().today() + Duration::days(365);
    desk.model.desk().plan(&desk.model.book, row, until)
}

/// The cursor on the first touch of the agenda that fits.
fn on(desk: &mut Desk, fits: impl Fn(&Planned) -> bool) {
    desk.keys("5");
    while desk.model.cadence.tab != Tab::Agenda {
        desk.keys("<tab>");
    }
    let at = desk.model.cadence.entries.iter().position(|e| fits(e));
    desk.model.cadence.list.cursor = at.expect("a touch in the agenda");
    desk.keys("jk");
}

#[test]
fn the_plan_avoids_the_holidays_of_both_sides_and_names_them() {
    for (lang, avoided, month) in [
        (
            Lang::Ja,
            "1/6は先方の祝日「公現祭」（ドイツ・バイエルン州）",
            "公現祭（ドイツ1社）",
        ),
        (
            Lang::En,
            "their holiday Epiphany (Germany, Bavaria)",
            "Epiphany (Germany 1)",
        ),
    ] {
        let home = home(vec![bavarian()]);
        let mut desk = desk(&home, lang);
        let epiphany = day(2027, 1, 6);
        let touch = |p: &Planned| p.kind == Kind::Checkin && p.ideal == epiphany;
        let planned = plan(&desk, "munich");
        let moved = planned
            .iter()
            .find(|p| touch(p))
            .expect("the sixth of January");
        assert_eq!(moved.date, day(2027, 1, 7));
        // No touch of the year is on a holiday of either side, nor in the week of Christmas.
        let policy = &desk.model.config.cadence;
        let theirs = policy.places.find("DE-BY").expect("a place");
        for p in &planned {
            assert!(theirs.holiday(p.date).is_none(), "{p:?}");
            assert!(theirs.place.closure(p.date).is_none(), "{p:?}");
            assert!(!policy.holidays.contains_key(&p.date), "{p:?}");
        }
        on(&mut desk, touch);
        assert!(desk.sees(avoided), "{}", desk.screen());
        // Where columns cut it, the last line has it whole.
        desk.resize(80, 24);
        assert!(desk.sees(avoided), "{}", desk.screen());
        desk.resize(240, 40);
        // In the week and beside the month, the day says who is off.
        desk.keys("<tab><tab><tab><tab>");
        assert_eq!(desk.model.cadence.tab, Tab::Month);
        let today = desk.now().today();
        desk.model.cadence.go(epiphany, today);
        assert!(desk.sees(month), "{}", desk.screen());
        desk.keys("<tab>");
        assert!(
            desk.sees(month.split(['（', '(']).next().expect("a name")),
            "{}",
            desk.screen()
        );
        let words = ask(
            &mut desk,
            Form::Words,
            json!({ "ask": "cadence", "account": "munich" }),
        );
        let line = words
            .out
            .lines()
            .find(|l| l.starts_with("2027-01-07"))
            .expect("a line");
        let name = avoided.trim_start_matches("1/6は");
        assert!(line.contains(name) && line.contains("2027-01-06"), "{line}");
        let json = ask(
            &mut desk,
            Form::Json,
            json!({ "ask": "cadence", "account": "munich" }),
        );
        let list: Vec<serde_json::Value> = serde_json::from_str(&json.out).expect("a list");
        let moved = list
            .iter()
            .find(|v| v["date"] == "2027-01-07")
            .expect("an item");
        assert!(
            moved["avoids"].as_str().expect("words").contains(name),
            "{moved}"
        );
    }
}

#[test]
fn an_agreed_meeting_stays_on_a_holiday_and_says_whose_it_is() {
    let days = [
        (
            "2027-01-06 17:00",
            "先方の祝日「公現祭」（ドイツ・バイエルン州）",
            "their holiday Epiphany (Germany, Bavaria)",
        ),
        (
            "2027-01-11 17:00",
            "当社の祝日「成人の日」",
            "our holiday Coming of Age Day",
        ),
        (
            "2027-01-01 17:00",
            "双方の祝日「元日」",
            "both sides' holiday New Year's Day",
        ),
        // Without a time, the day alone is looked at.
        (
            "2027-05-06",
            "先方の祝日「キリスト昇天祭」（ドイツ・バイエルン州）",
            "their holiday Ascension Day (Germany, Bavaria)",
        ),
        // Seven in the morning in Tokyo is the evening before in Munich: it is still the sixth there.
        (
            "2027-01-07 07:00",
            "先方の祝日「公現祭」（ドイツ・バイエルン州）",
            "their holiday Epiphany (Germany, Bavaria)",
        ),
    ];
    for lang in [Lang::Ja, Lang::En] {
        for (when, ja, en) in days {
            let home = home(vec![bavarian()]);
            let mut desk = desk(&home, lang);
            on(&mut desk, |p| {
                p.kind == Kind::Checkin && p.is_movable() || p.kind == Kind::Review
            });
            desk.keys(&format!("A<C-u>{when}<ret>"));
            let name = if lang == Lang::Ja { ja } else { en };
            assert!(desk.sees(name), "{when}: {}", desk.screen());
            let meetings = desk.model.book.meetings_of(&"munich".into()).to_vec();
            let local = desk.now().zone.local(meetings[0].start);
            assert_eq!(local.date().to_string(), when[..10]);
            // It is a conflict in the list, and stays on its day when the desk is opened again.
            let mut desk = desk.reopen().expect("it opens again");
            desk.resize(240, 40);
            on(&mut desk, |p| p.own.agreed.is_some());
            assert!(desk.sees(name), "{when}: {}", desk.screen());
            assert!(
                plan(&desk, "munich")
                    .iter()
                    .any(|p| p.own.agreed.is_some() && p.date == local.date())
            );
            let answer = ask(
                &mut desk,
                Form::Json,
                json!({ "ask": "cadence", "account": "munich" }),
            );
            let list: Vec<serde_json::Value> = serde_json::from_str(&answer.out).expect("a list");
            let agreed = list
                .iter()
                .find(|v| !v["agreed"].is_null())
                .expect("the meeting");
            assert!(
                agreed["conflicts"].as_str().expect("words").contains(name),
                "{agreed}"
            );
        }
    }
}

#[test]
fn a_customer_in_the_same_country_or_in_none_changes_nothing() {
    let days = |country: &str| -> Vec<NaiveDate> {
        let home = home(vec![account("a", "A", country)]);
        plan(&desk(&home, Lang::Ja), "a")
            .iter()
            .map(|p| p.date)
            .collect()
    };
    let unknown = days("");
    assert_eq!(days("JP"), unknown);
    assert_eq!(days("Atlantis"), unknown);
    assert_ne!(days("DE-BY"), unknown);
}

#[test]
fn a_table_that_ends_is_said_once_for_each_place() {
    for (lang, india, singapore) in [
        (
            Lang::Ja,
            "インドの祝日は2026年まで",
            "シンガポールの祝日は2027年まで",
        ),
        (
            Lang::En,
            "India: holidays known up to 2026",
            "Singapore: holidays known up to 2027",
        ),
    ] {
        let home = home(vec![
            account("i", "Indra", "India"),
            account("s", "Merlion", "SG"),
        ]);
        let mut desk = desk(&home, lang);
        desk.keys("5");
        assert!(
            desk.sees(india) && !desk.sees(singapore),
            "{}",
            desk.screen()
        );
        // It is said once; the next key takes it away, and coming back does not repeat it.
        desk.keys("2");
        desk.later(Duration::minutes(5));
        desk.keys("5");
        assert!(!desk.sees(india), "{}", desk.screen());
        // The account keeps the line.
        on(&mut desk, |p| p.kind == Kind::Checkin);
        let words = |desk: &mut Desk, account: &str| {
            ask(
                desk,
                Form::Words,
                json!({ "ask": "cadence", "account": account }),
            )
            .error
        };
        assert!(words(&mut desk, "i").contains(india));
        assert_eq!(words(&mut desk, "s"), "");
        // In the new year the plan reaches beyond the table of Singapore as well.
        desk.later(Duration::days(45));
        desk.keys("25");
        assert!(
            desk.sees(singapore) && !desk.sees(india),
            "{}",
            desk.screen()
        );
        assert!(words(&mut desk, "s").contains(singapore));
    }
}

#[test]
fn a_blackout_waits_with_its_kinds_of_touchpoints_in_its_industry_and_place() {
    let date = |industry: &str, country: &str, kind: &str| {
        let config = format!(
            "[[blackout]]\nname = {{ ja = \"棚卸し\", en = \"Stocktaking\" }}\nfrom = \"01-04\"\nto = \"01-20\"\nindustries = [\"小売\"]\nplaces = [\"de-by\"]\nkinds = [\"{kind}\"]\n"
        );
        let home = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(home.path().join("config")).expect("a folder");
        std::fs::write(home.path().join("config/cadence.toml"), config).expect("writes");
        let mut one = account("a", "A", country);
        one.industry = industry.into();
        fill(home.path(), vec![one]);
        let mut desk = desk(&home, Lang::Ja);
        let sixth = |p: &Planned| p.kind == Kind::Checkin && p.ideal == day(2027, 1, 6);
        on(&mut desk, sixth);
        let said = desk.sees("連絡を控える時期「棚卸し」");
        let plan = plan(&desk, "a");
        let found = plan.iter().find(|p| sixth(p)).expect("a check-in");
        (found.date, said)
    };
    let retail = "総合小売業";
    assert_eq!(date(retail, "DE-BY", "check-in"), (day(2027, 1, 21), true));
    assert_eq!(date(retail, "DE-BY", "review"), (day(2027, 1, 7), false));
    assert_eq!(date(retail, "DE-HE", "check-in"), (day(2027, 1, 6), false));
    assert_eq!(
        date("製造業", "DE-BY", "check-in"),
        (day(2027, 1, 7), false)
    );
}

#[test]
fn the_shell_says_the_conflict_and_a_bad_file_names_line_and_column() {
    let home = home(vec![bavarian()]);
    let run = |args: &[&str]| {
        let mut command = command(home.path(), args);
        command.env("KENSHIN_NOW", NOW).env("TZ", "Asia/Tokyo");
        command.output().expect("it runs")
    };
    let out = run(&["cadence", "munich"]);
    let text = String::from_utf8_lossy(&out.stdout);
    assert!(
        text.contains("not 2027-01-06: their holiday Epiphany (Germany, Bavaria)"),
        "{text}"
    );
    let folder = home.path().join("config/holidays");
    std::fs::create_dir_all(&folder).expect("a folder");
    let wrong = "name = { ja = \"独\", en = \"Germany\" }\n[[holiday]]\nname = { ja = \"日\", en = \"Day\" }\non = \"someday\"\n";
    std::fs::write(folder.join("de.toml"), wrong).expect("writes");
    let out = run(&["cadence", "munich"]);
    let said = crate::common::said(&out);
    assert!(said.contains("holidays/de.toml:4:6: `someday`"), "{said}");
    assert!(said.contains("Epiphany"), "the shipped file stands: {said}");
}

#[test]
fn a_time_of_day_is_judged_by_the_customers_own_calendar_day() {
    let home = home(vec![bavarian()]);
    let desk = desk(&home, Lang::En);
    let zone = desk.now().zone;
    let conflicts = |on: NaiveDate, hour: u32| {
        let start = zone.instant(on.and_time(NaiveTime::from_hms_opt(hour, 0, 0).expect("a time")));
        let found = desk.model.desk().conflicts(
            &desk.model.book,
            &"munich".into(),
            Kind::Checkin,
            None,
            start,
            30,
        );
        found.iter().any(|c| format!("{c:?}").contains("Epiphany"))
    };
    assert!(!conflicts(day(2027, 1, 6), 7), "the fifth in Munich");
    assert!(conflicts(day(2027, 1, 6), 8), "midnight in Munich");
    assert!(conflicts(day(2027, 1, 7), 7));
    assert!(!conflicts(day(2027, 1, 7), 8));
}
