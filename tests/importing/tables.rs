//! Imports of files written here: formats, encodings, joins, dates, money, rejects, and repeated
//! imports.

use crate::common;

use std::path::Path;

use chrono::NaiveDate;
use common::build::day;
use common::importing::{Bench, counts};
use common::run;
use kenshin::testing::domain::facts::Oddity;
use kenshin::testing::domain::facts::outcome::OutcomeKind;
use kenshin::testing::domain::money::{Currency, Money};
use kenshin::testing::runtime::importing;
use kenshin::testing::services::import::mapping::Wish;
use kenshin::testing::services::import::table::{Sheets, Source};
use kenshin::testing::services::import::{
    self, Counts, FileProblem, Flag, Kind, Options, Reason, Request,
};

fn csv(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

#[test]
fn an_import_writes_no_empty_part_and_ends_with_its_last() {
    let mut bench = Bench::new();
    let accounts = ("accounts.csv", csv("id,name\nK1,Alpha\nK2,Beta\n"));
    let usage = (
        "usage.csv",
        csv("account_id,date,active_users\nK1,2026-11-01,5\nK2,2026-11-01,7\n"),
    );
    let plan = bench.plan(std::slice::from_ref(&accounts));
    assert_eq!(bench.write(&plan), [true], "records only");
    let plan = bench.plan(std::slice::from_ref(&usage));
    assert_eq!(counts(&plan, Kind::Usage).new, 2, "{:?}", plan.rejects);
    assert_eq!(bench.write(&plan), [true], "usage only");
    assert_eq!(bench.store.log().count(), 2, "one line of history each");
    let plan = bench.plan(&[accounts, usage]);
    assert!(plan.is_empty());
    assert_eq!(bench.write(&plan), [false; 0], "nothing new");
    assert_eq!(bench.store.log().count(), 2);
    let more = [
        ("accounts.csv", csv("id,name\nK3,Gamma\n")),
        (
            "usage.csv",
            csv("account_id,date,active_users\nK3,2026-11-01,5\n"),
        ),
    ];
    let plan = bench.plan(&more);
    assert_eq!(bench.write(&plan), [false, true], "both");
}

const JAPANESE: &str = "顧客ID,会社名,フリガナ,担当者,契約開始日,更新日,年間契約額,席数\nK1,株式会社青葉精機,カブシキガイシャアオバセイキ,佐藤,2024/4/1,令和9年3月31日,\"１，２００万円\",１２０\nK2,㈱東北電子,トウホクデンシ,高橋,2023年10月1日,2026/12/31,\"3,000,000円\",40\n";

#[test]
fn japanese_headers_in_every_encoding_give_the_same_accounts() {
    let sjis = encoding_rs::SHIFT_JIS.encode(JAPANESE).0.into_owned();
    let bom = [b"\xef\xbb\xbf".to_vec(), csv(JAPANESE)].concat();
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(JAPANESE.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let crlf = csv(&JAPANESE.replace('\n', "\r\n"));
    let tsv = csv(&JAPANESE
        .replace("\"１，２００万円\"", "１２００万円")
        .replace("\"3,000,000円\"", "3000000円")
        .replace(',', "\t"));
    for (name, bytes) in [
        ("utf8", csv(JAPANESE)),
        ("sjis", sjis),
        ("bom", bom),
        ("utf16", utf16),
        ("crlf", crlf),
        ("tsv", tsv),
    ] {
        let mut bench = Bench::new();
        let plan = bench.take_files(&[("顧客一覧.csv", bytes)]);
        assert_eq!(
            counts(&plan, Kind::Accounts),
            Counts {
                new: 2,
                ..Counts::default()
            },
            "{name}: {:?}",
            plan.rejects
        );
        let a = bench.dossier("K1").account;
        assert_eq!(
            (
                a.name.as_str(),
                a.reading.as_str(),
                a.owner.as_str(),
                a.seats
            ),
            (
                "株式会社青葉精機",
                "カブシキガイシャアオバセイキ",
                "佐藤",
                Some(120)
            ),
            "{name}"
        );
        assert_eq!(
            a.arr,
            Some(Money::of(12_000_000.0, Currency::JPY)),
            "{name}"
        );
        assert_eq!(
            a.renewal,
            chrono::NaiveDate::from_ymd_opt(2027, 3, 31),
            "{name}"
        );
    }
}

#[test]
fn excel_json_and_json_lines_are_tables_too() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet()
        .set_name("notes")
        .expect("the sheet is named")
        .write(0, 0, "nothing here")
        .expect("the write succeeds");
    let sheet = book
        .add_worksheet()
        .set_name("accounts")
        .expect("the sheet is named");
    for (c, h) in [
        "account_id",
        "account_name",
        "arr",
        "currency",
        "renewal_date",
    ]
    .iter()
    .enumerate()
    {
        sheet.write(0, c as u16, *h).expect("the write succeeds");
    }
    sheet.write(1, 0, "X1").expect("the write succeeds");
    sheet.write(1, 1, "Acme").expect("the write succeeds");
    sheet.write(1, 2, 12000.5).expect("the write succeeds");
    sheet.write(1, 3, "USD").expect("the write succeeds");
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    sheet
        .write_with_format(
            1,
            4,
            rust_xlsxwriter::ExcelDateTime::from_ymd(2027, 1, 31).expect("a valid date"),
            &format,
        )
        .expect("the write succeeds");
    let xlsx = book.save_to_buffer().expect("the workbook is saved");
    let array = csv(
        "[\n {\"account_id\": \"X1\", \"account_name\": \"Acme\", \"arr\": 12000.5, \"currency\": \"USD\", \"renewal_date\": \"2027-01-31\"}\n]",
    );
    let lines = csv(
        "{\"account_id\":\"X1\",\"account_name\":\"Acme\",\"arr\":12000.5,\"currency\":\"USD\",\"renewal_date\":\"2027-01-31\"}\n",
    );
    let sheets = |wanted| {
        let sheets = Sheets::read(&mut std::io::Cursor::new(&xlsx[..]), wanted);
        sheets
            .expect("the workbook is read")
            .sources("a.xlsx", wanted)
    };
    for (name, sources) in [
        ("all sheets", sheets(None)),
        ("one sheet", sheets(Some("accounts"))),
        ("a.json", vec![Source::of_bytes("a.json", array)]),
        ("a.jsonl", vec![Source::of_bytes("a.jsonl", lines)]),
    ] {
        let mut bench = Bench::new();
        let plan = bench.plan_sources(&sources, &bench.options());
        bench.write(&plan);
        let a = bench.dossier("X1").account;
        assert_eq!(
            a.arr,
            Some(Money {
                minor: 1_200_050,
                currency: Currency::USD
            }),
            "{name}"
        );
        assert_eq!(
            a.renewal,
            chrono::NaiveDate::from_ymd_opt(2027, 1, 31),
            "{name}"
        );
    }
}

#[test]
fn files_are_imported_in_dependency_order_and_a_repeat_changes_nothing() {
    let files = vec![
        (
            "usage.csv",
            csv(
                "usage_id,subscription_id,usage_date,feature_name,usage_count\n1,S1,2026-11-01,reports,3\n2,S1,2026-11-01,reports,4\n3,S2,2026-11-02,api,1\n4,S9,2026-11-02,api,1\n5,S1,2025-01-01,reports,1\n",
            ),
        ),
        (
            "tickets.csv",
            csv(
                "ticket_id,account,subject,opened,solved,status\nT1,Acme,Slow,2026-11-03,2026-11-01,solved\nT2,Beta,Down,2026-11-04,,open\n",
            ),
        ),
        (
            "subscriptions.csv",
            csv(
                "subscription_id,account_id,start_date,arr,currency\nS1,A1,2026-01-01,\"1,200\",USD\nS2,A2,2026-01-01,99,EUR\n",
            ),
        ),
        (
            "accounts.csv",
            csv("account_id,account_name\nA1,Acme\nA2,Beta\n"),
        ),
        (
            "nps.csv",
            csv("response_id,account,score,date\nR1,Acme,9,2026-11-01\nR2,Beta,101,2026-11-02\n"),
        ),
    ];
    let mut bench = Bench::new();
    let plan = bench.take_files(&files);
    assert_eq!(counts(&plan, Kind::Accounts).new, 2);
    assert_eq!(counts(&plan, Kind::Subscriptions).new, 2);
    assert_eq!(
        counts(&plan, Kind::Tickets),
        Counts {
            new: 2,
            flagged: 1,
            ..Counts::default()
        }
    );
    assert_eq!(
        counts(&plan, Kind::Surveys),
        Counts {
            new: 2,
            flagged: 1,
            ..Counts::default()
        }
    );
    assert_eq!(counts(&plan, Kind::Usage).rejected, 1);
    assert!(plan.rejects.iter().any(|r| r.file == "usage.csv"
        && r.line == 5
        && r.value == "S9"
        && matches!(r.reason, Reason::UnknownKey { .. })));
    let odd: Vec<Oddity> = plan
        .flags
        .iter()
        .filter_map(|f| match f.flag {
            Flag::Oddity(oddity) => Some(oddity),
            _ => None,
        })
        .collect();
    assert!(
        odd.contains(&Oddity::SolvedBeforeOpened)
            && odd.contains(&Oddity::ScoreOutOfRange)
            && odd.contains(&Oddity::BeforeContract),
        "{odd:?}"
    );
    let d = bench.dossier("A1");
    let day = kenshin::testing::domain::facts::usage::day_number(day(2026, 11, 1));
    assert_eq!(
        d.usage.0["feature:reports"].get(day),
        Some(7.0),
        "rows of one day come together"
    );
    assert_eq!(d.usage.0["events"].get(day), Some(7.0));

    let again = bench.plan(&files);
    assert!(again.is_empty(), "{:?}", again.kinds);
    assert_eq!(counts(&again, Kind::Tickets).unchanged, 2);
    // One undo reverts the whole import.
    bench
        .store
        .undo(&mut bench.mint, bench.clock.now().at)
        .expect("the operation is undone");
    assert!(
        bench
            .store
            .accounts()
            .expect("the read succeeds")
            .is_empty()
    );
    assert_eq!(
        bench.store.freshness(),
        Default::default(),
        "nothing is fresh where nothing is left"
    );
    assert!(
        bench
            .store
            .check_counts()
            .expect("the counts are readable")
            .is_empty()
    );
}

#[test]
fn the_date_order_is_decided_per_column() {
    let mut bench = Bench::new();
    bench.take_files(&[("accounts.csv", csv("account_id,account_name,contract_start\nA,Aa,03-04-2024\nB,Bb,27-08-2024\nC,Cc,05-06-2024\n"))]);
    assert_eq!(
        bench.dossier("A").account.contract_start,
        chrono::NaiveDate::from_ymd_opt(2024, 4, 3)
    );
    assert_eq!(
        bench.dossier("C").account.contract_start,
        chrono::NaiveDate::from_ymd_opt(2024, 6, 5)
    );
    // Nothing decides the order: the rows are rejected with that reason unless the user gives the
    // order.
    let files = [(
        "more.csv",
        csv("account_id,account_name,contract_start\nD,Dd,03-04-2024\n"),
    )];
    let plan = bench.plan(&files);
    assert_eq!(plan.flags[0].flag, Flag::Unread(Reason::NoDateOrder));
    let wish = Wish {
        date_order: Some(import::values::Order::Mdy),
        ..Wish::default()
    };
    let plan = bench.plan_with(
        &files,
        &Options {
            wish,
            ..bench.options()
        },
    );
    bench.write(&plan);
    assert_eq!(
        bench.dossier("D").account.contract_start,
        chrono::NaiveDate::from_ymd_opt(2024, 3, 4)
    );
}

#[test]
fn rejected_rows_state_place_and_reason_and_can_be_corrected() {
    let mut bench = Bench::new();
    bench.take_files(&[(
        "accounts.csv",
        csv("account_id,account_name\nA1,Acme\nA2,Beta\nA3,Acme\n"),
    )]);
    let text = "ticket_id,account,subject,opened,priority\r\nT1,Beta,ok,2026-11-01,high\r\nT2,Bet,\"two\r\nlines\",2026-11-01,high\r\nT3,Beta,bad,yesterday,high\r\nT4,Acme,twice,2026-11-01,high\r\nT5,Beta,odd,2026-11-01,purple\r\nT1,Beta,other,2026-11-01,high\r\nT6,Beta,a,2026-11-01,low,extra\r\n";
    let plan = bench.take_files(&[("tickets.csv", csv(text))]);
    assert_eq!(
        counts(&plan, Kind::Tickets),
        Counts {
            new: 2,
            rejected: 5,
            flagged: 1,
            ..Counts::default()
        }
    );
    let what: Vec<(u64, &str, &str)> = plan
        .rejects
        .iter()
        .map(|r| (r.line, r.column.as_str(), r.value.as_str()))
        .collect();
    assert_eq!(
        what,
        [
            (3, "account", "Bet"),
            (5, "opened", "yesterday"),
            (6, "account", "Acme"),
            (8, "ticket_id", "T1"),
            (9, "", "")
        ]
    );
    assert_eq!(
        plan.rejects[0].reason,
        Reason::UnknownAccount {
            near: vec!["Beta".into()]
        }
    );
    assert!(matches!(
        plan.rejects[2].reason,
        Reason::SeveralAccounts { .. }
    ));
    assert_eq!(plan.rejects[3].reason, Reason::Duplicate { line: 2 });
    assert_eq!(plan.unknown_words[0].word, "purple");
    // The corrected rejects file can be imported.
    let out = import::rejects::csv(0, &plan.files[0], &plan.rejects, |_| "why".into());
    let mended = String::from_utf8(out)
        .expect("valid UTF-8")
        .replace("T2,Bet,", "T2,Beta,")
        .replace("yesterday", "2026-11-05");
    let plan = bench.take_files(&[("mended.csv", csv(&mended))]);
    assert_eq!(counts(&plan, Kind::Tickets).new, 2);
    assert_eq!(bench.dossier("A2").tickets.len(), 4);
}

#[test]
fn wide_tables_events_and_several_currencies_are_read() {
    let mut bench = Bench::new();
    bench.take_files(&[("accounts.csv", csv("account_id,account_name,arr\nA1,Acme,\"$1,200\"\nA2,Beta,\"€99,50\"\nA3,Gamma,\"¥1,200,000\"\n"))]);
    assert_eq!(
        bench.dossier("A2").account.arr,
        Some(Money::of(99.5, Currency::EUR))
    );
    bench.take_files(&[(
        "usage.csv",
        csv("account_id,date,DAU,ログイン数,exports\nA1,2026-11-01,10,,3\nA1,2026-11-02,12,30,0\n"),
    )]);
    let d = bench.dossier("A1");
    assert_eq!(d.usage.0["active_users"].points().len(), 2);
    assert_eq!(
        d.usage.0["logins"].points().len(),
        1,
        "a blank cell is unknown, not zero"
    );
    // Daily, weekly and monthly users are three metrics; the finest one alone becomes active users.
    bench.take_files(&[(
        "usage.csv",
        csv("account_id,date,dau,wau,mau\nA3,2026-11-01,50,90,200\n"),
    )]);
    let long = "account_id,date,metric,value\nA3,2026-11-02,mau,210\nA3,2026-11-02,dau,51\nA1,2026-11-30,MAU,300\nA1,2026-11-30,wau,120\n";
    bench.take_files(&[("usage_long.csv", csv(long))]);
    let values = |id: &str, metric: &str| {
        bench
            .dossier(id)
            .usage
            .0
            .get(metric)
            .map(|s| s.points().iter().map(|p| p.1).collect::<Vec<_>>())
    };
    assert_eq!(values("A3", "active_users"), Some(vec![50.0, 51.0]));
    assert_eq!(
        (
            values("A3", "weekly_active_users"),
            values("A3", "monthly_active_users")
        ),
        (Some(vec![90.0]), Some(vec![200.0, 210.0]))
    );
    assert_eq!(
        (
            values("A1", "active_users"),
            values("A1", "monthly_active_users")
        ),
        (Some(vec![10.0, 12.0, 120.0]), Some(vec![300.0]))
    );
    bench.take_files(&[("events.csv", csv("account_id,user_id,timestamp,event\nA2,u1,2026-11-01T10:00:00Z,open\nA2,u2,2026-11-01T11:00:00Z,open\nA2,u1,2026-11-01T12:00:00Z,save\n"))]);
    let d = bench.dossier("A2");
    let only = |m: &str| d.usage.0[m].points()[0].1;
    assert_eq!(
        (only("events"), only("active_users"), only("feature:open")),
        (3.0, 2.0, 2.0)
    );
}

#[test]
fn unreadable_files_are_reported_and_nothing_breaks() {
    let bench = Bench::new();
    let plan = bench.plan(&[
        ("odd.csv", csv("foo,bar\n1,2\n")),
        ("broken.json", csv("[{\"a\": 1},\n {\"a\": ")),
        ("empty.csv", Vec::new()),
    ]);
    assert_eq!(plan.files[0].problem, Some(FileProblem::Unrecognised));
    assert!(
        matches!(
            plan.files[1].problem,
            Some(FileProblem::Unreadable { line: 2, .. })
        ),
        "{:?}",
        plan.files[1].problem
    );
    assert_eq!(plan.files[2].problem, Some(FileProblem::Empty));
    assert!(plan.is_empty() && !plan.readable());
    // The user says which column is which.
    let wish = Wish {
        kind: Some(Kind::Accounts),
        columns: vec![("name".into(), "foo".into())],
        ..Wish::default()
    };
    let plan = bench.plan_with(
        &[("odd.csv", csv("foo,bar\nAcme,2\n"))],
        &Options {
            wish,
            ..bench.options()
        },
    );
    assert_eq!(counts(&plan, Kind::Accounts).new, 1);
}

#[test]
fn a_blank_name_is_rejected_and_unknown_columns_are_kept() {
    let mut bench = Bench::new();
    let plan = bench.take_files(&[(
        "顧客.csv",
        csv("id,名前,担当,支店数\n1,株式会社アルファ,佐藤,30\n2,,高橋,5\n"),
    )]);
    assert_eq!(
        counts(&plan, Kind::Accounts),
        Counts {
            new: 1,
            rejected: 1,
            ..Counts::default()
        }
    );
    assert_eq!(bench.dossier("1").account.name, "株式会社アルファ");
    assert_eq!(
        (plan.files[0].kept.as_slice(), plan.files[0].ignored.len()),
        (&["支店数".to_owned()][..], 0)
    );
    assert_eq!(bench.dossier("1").account.attributes["支店数"], "30");
    // A typo is matched to the nearest name.
    let plan = bench.plan(&[(
        "tickets.csv",
        csv("ticket_id,account,subject\nT1,株式会社アルファー,x\n"),
    )]);
    assert_eq!(
        plan.rejects[0].reason,
        Reason::UnknownAccount {
            near: vec!["株式会社アルファ".into()]
        }
    );
}

#[test]
fn saved_mappings_win_and_their_errors_name_the_line() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let folder = dir.path().join("mappings");
    std::fs::create_dir_all(&folder).expect("the folder is created");
    std::fs::write(folder.join("ours.toml"), "name = \"ours\"\n[[table]]\nkind = \"accounts\"\n[table.columns]\nid = \"foo\"\nname = \"bar\"\n").expect("the file is written");
    std::fs::write(
        folder.join("wrong.toml"),
        "name = \"wrong\"\n[[table]]\nkind = \"accounts\"\n[table.columns]\nshoe = \"foo\"\n",
    )
    .expect("the file is written");
    let (own, failures) = importing::saved_mappings(Path::new(dir.path()));
    assert_eq!(own.len(), 1);
    assert!(
        matches!(
            &failures[0],
            kenshin::testing::domain::failure::Failure::Config { line: 5, .. }
        ),
        "{failures:?}"
    );
    let bench = Bench::new();
    let sources = [Source::of_bytes("x.csv", csv("foo,bar\nA1,Acme\n"))];
    let options = bench.options();
    let plan = import::plan(&Request {
        sources: &sources,
        mappings: &import::mappings(own),
        options: &options,
        existing: &bench.store,
        progress: &|_| {},
    })
    .expect("the import is planned");
    assert_eq!(
        (
            plan.files[0].mapping.as_str(),
            counts(&plan, Kind::Accounts).new
        ),
        ("ours", 1)
    );
}

#[test]
fn a_record_that_moves_to_another_account_exists_once() {
    let mut bench = Bench::new();
    bench.take_files(&[(
        "accounts.csv",
        "id,name\nA,Alpha\nB,Beta\n".as_bytes().to_vec(),
    )]);
    bench.take_files(&[(
        "tickets.csv",
        "ticket_id,account_id,subject,created_at\nMOVE1,A,slow,2026-11-01\n"
            .as_bytes()
            .to_vec(),
    )]);
    let plan = bench.take_files(&[(
        "tickets.csv",
        "ticket_id,account_id,subject,created_at\nMOVE1,B,slow,2026-11-01\n"
            .as_bytes()
            .to_vec(),
    )]);
    assert_eq!(
        (
            plan.kinds[&Kind::Tickets].new,
            plan.kinds[&Kind::Tickets].changed
        ),
        (0, 1)
    );
    assert_eq!(
        (
            bench.dossier("A").tickets.len(),
            bench.dossier("B").tickets.len()
        ),
        (0, 1)
    );
}

#[test]
fn two_files_of_one_import_do_not_count_twice() {
    let mut bench = Bench::new();
    let usage = b"account_id,date,metric,value\nA,2026-11-01,logins,10\n".to_vec();
    let plan = bench.take_files(&[
        ("accounts.csv", "id,name\nA,Alpha\n".as_bytes().to_vec()),
        ("u1.csv", usage.clone()),
        ("u2.csv", usage.clone()),
    ]);
    assert!(
        plan.files
            .iter()
            .any(|f| matches!(&f.problem, Some(FileProblem::Again { first }) if first == "u1.csv"))
    );
    let value = |bench: &Bench| {
        bench.dossier("A").usage.0["logins"]
            .points()
            .first()
            .map(|p| p.1)
    };
    assert_eq!(value(&bench), Some(10.0));
    // If both files have a day, the later file wins.
    let later =
        b"account_id,date,metric,value\nA,2026-11-01,logins,12\nA,2026-11-02,logins,1\n".to_vec();
    bench.take_files(&[("u1.csv", usage), ("u2.csv", later)]);
    assert_eq!(value(&bench), Some(12.0));
    let tickets =
        |line: &str| format!("ticket_id,account_id,subject,created_at\n{line}\n").into_bytes();
    let plan = bench.plan(&[
        ("t1.csv", tickets("T1,A,slow,2026-11-01")),
        ("t2.csv", tickets("T1,A,slower,2026-11-01")),
    ]);
    assert_eq!(plan.kinds[&Kind::Tickets].new, 1);
    assert_eq!(plan.changes.len(), 1);
}

#[test]
fn contacts_without_an_id_are_matched_by_mail_address() {
    let mut bench = Bench::new();
    bench.take_files(&[("accounts.csv", "id,name\nA,Alpha\n".as_bytes().to_vec())]);
    bench.take_files(&[(
        "contacts.csv",
        "account_id,name,email,title\nA,Mika,mika@a.jp,Manager\n"
            .as_bytes()
            .to_vec(),
    )]);
    bench.take_files(&[(
        "contacts.csv",
        "account_id,name,email,title\nA,Mika,mika@a.jp,Director\n"
            .as_bytes()
            .to_vec(),
    )]);
    let contacts = bench.dossier("A").contacts;
    assert_eq!(
        (contacts.len(), contacts[0].title.as_str()),
        (1, "Director")
    );
}

#[test]
fn an_unclosed_quotation_mark_is_reported_with_the_rows_it_swallowed() {
    let bench = Bench::new();
    let mut file = String::from("id,name,industry\nA,\"Alpha,food\n");
    for i in 0..50 {
        file.push_str(&format!("B{i},Beta {i},steel\n"));
    }
    file.push_str("C,\"Gamma\",food\nD,Delta,food\n");
    let plan = bench.plan(&[("accounts.csv", file.into_bytes())]);
    let reject = plan.rejects.first().expect("a reject");
    assert_eq!(
        (reject.line, &reject.reason),
        (2, &Reason::Unclosed { lines: 51 })
    );
    assert_eq!(
        plan.rejects[1].reason,
        Reason::StrayQuote,
        "{:?}",
        plan.rejects
    );
    assert_eq!(
        counts(&plan, Kind::Accounts),
        Counts {
            new: 51,
            rejected: 2,
            ..Counts::default()
        },
        "every row is accounted for"
    );
}

#[test]
fn out_of_range_numbers_are_rejected_not_wrapped() {
    let bench = Bench::new();
    let plan = bench.plan(&[(
        "accounts.csv",
        "id,name,mrr\nA,Alpha,$99999999999999999\nB,Beta,$100\n"
            .as_bytes()
            .to_vec(),
    )]);
    assert_eq!(
        (
            plan.kinds[&Kind::Accounts].new,
            plan.kinds[&Kind::Accounts].flagged
        ),
        (2, 1)
    );
    let tickets = "ticket_id,account_id,submitted_at,closed_at,resolution_time_hours,priority,first_response_time_minutes,satisfaction_score,escalation_flag\nT1,B,2026-11-01,,,high,999999999999999999,,False\n";
    let plan = bench.plan(&[
        ("accounts.csv", "id,name\nB,Beta\n".as_bytes().to_vec()),
        ("tickets.csv", tickets.into()),
    ]);
    assert_eq!(plan.kinds[&Kind::Tickets].flagged, 1);
}

#[test]
fn a_customer_id_means_the_company_if_no_company_column_exists() {
    let mut bench = Bench::new();
    bench.take_files(&[(
        "accounts.csv",
        "顧客ID,会社名\nX1,アルファ\n".as_bytes().to_vec(),
    )]);
    let plan = bench.take_files(&[(
        "people.csv",
        "顧客ID,氏名,メール\nX1,田中,t@x.jp\n".as_bytes().to_vec(),
    )]);
    assert_eq!(plan.kinds[&Kind::Contacts].new, 1, "{:?}", plan.rejects);
    // A company named in the row is the contact's own company.
    let plan = bench.plan(&[(
        "people.csv",
        "顧客ID,氏名,会社名,メール\nP7,佐藤,アルファ,s@x.jp\n"
            .as_bytes()
            .to_vec(),
    )]);
    assert_eq!(plan.kinds[&Kind::Contacts].new, 1, "{:?}", plan.rejects);
}

#[test]
fn a_table_of_accounts_with_outcomes_is_read_twice() {
    let mut bench = Bench::new();
    let file = "customerID,tenure,MonthlyCharges,Contract,Churn,churn_date\n1-A,3,29.85,Month-to-month,Yes,2026-03-01\n1-B,40,56.95,One year,No,\n";
    let plan = bench.take_files(&[("telco.csv", csv(file))]);
    assert_eq!(
        (
            counts(&plan, Kind::Accounts).new,
            counts(&plan, Kind::Outcomes).new,
            plan.rejects.len()
        ),
        (2, 2, 0)
    );
    let one = bench.dossier("1-A");
    assert_eq!(
        (one.outcomes[0].kind, one.outcomes[0].date),
        (OutcomeKind::Churned, NaiveDate::from_ymd_opt(2026, 3, 1))
    );
    assert_eq!(bench.dossier("1-B").outcomes[0].kind, OutcomeKind::Renewed);
    // An amount without a currency is a plain number, and is reported.
    assert_eq!(
        (
            one.account.arr,
            one.account.attributes["MonthlyCharges"].as_str(),
            one.account.attributes["tenure"].as_str()
        ),
        (None, "29.85", "3")
    );
    assert_eq!(counts(&plan, Kind::Accounts).flagged, 2);
    assert!(
        !one.account.attributes.contains_key("Churn"),
        "how it ended is no attribute"
    );
    let again = bench.plan(&[("telco.csv", csv(file))]);
    assert!(again.is_empty(), "{:?}", again.kinds);
}

#[test]
fn an_implausible_year_is_rejected_and_a_month_means_its_first_day() {
    use kenshin::testing::domain::when::Zone;
    use kenshin::testing::services::import::values::day;
    let read = |text: &str| day(text, None, Zone::utc());
    for text in [
        "262142年12月31日",
        "10000-01-01",
        "31/12/9999",
        "令和2147483647年1月1日",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
    for text in ["2024-11", "2024/11", "2024年11月"] {
        assert_eq!(read(text), NaiveDate::from_ymd_opt(2024, 11, 1), "{text}");
    }
}

#[test]
fn survey_answers_without_an_id_are_distinguished_and_calls_are_calls() {
    let mut bench = Bench::new();
    let nps = "Account,Response Date,Respondent,NPS,Comment\nAcme,2026-01-10,Mika,9,\nAcme,2026-04-10,Mika,7,\nAcme,2026-07-10,Mika,7,\n";
    let calls = "account,date,kind,notes\nAcme,2026-11-10,call,asked about the budget\n";
    bench.take_files(&[("accounts.csv", csv("id,name\nA,Acme\n"))]);
    let plan = bench.take_files(&[("nps.csv", csv(nps)), ("calls.csv", csv(calls))]);
    assert_eq!(
        (counts(&plan, Kind::Surveys).new, plan.rejects.len()),
        (3, 0),
        "{:?}",
        plan.rejects
    );
    let d = bench.dossier("A");
    assert!(d.surveys.iter().all(|s| s.date.is_some()));
    assert_eq!(
        d.touches[0].kind,
        kenshin::testing::domain::facts::touch::TouchKind::Call
    );
}

/// Orders and calls have a type or a status too; that does not mark a customer as churned.
#[test]
fn a_status_alone_is_no_outcome() {
    let mut bench = Bench::new();
    bench.take_files(&[("accounts.csv", csv("id,account_name\nA1,One\nA2,Two\n"))]);
    let orders = bench.plan(&[(
        "orders.csv",
        csv("customer_id,date,status,amount\nA1,2026-05-31,cancelled,100\nA2,2026-05-31,lost,50\n"),
    )]);
    assert_eq!(counts(&orders, Kind::Outcomes), Counts::default());
    let calls = bench.plan(&[(
        "calls.csv",
        csv("account_id,date,type,amount,notes\nA1,2026-05-31,call,,all is well\n"),
    )]);
    assert_eq!(
        (
            counts(&calls, Kind::Outcomes),
            counts(&calls, Kind::Interactions).new
        ),
        (Counts::default(), 1)
    );
    // The specific name is matched before the general one.
    let both = bench.take_files(&[(
        "endings.csv",
        csv("customer_id,type,churn,churn_date\nA1,customer,Yes,2026-05-31\nA2,customer,No,\n"),
    )]);
    assert_eq!(
        (
            counts(&both, Kind::Outcomes).new,
            counts(&both, Kind::Outcomes).rejected
        ),
        (2, 0),
        "{:?}",
        both.rejects
    );
}

/// Monthly data as people keep it: months and quarters in words, values and outcomes in one table,
/// names as people write them.
#[test]
fn months_quarters_and_names_are_read_as_people_write_them() {
    use kenshin::testing::domain::facts::outcome::OutcomeKind;
    let mut bench = Bench::new();
    bench.take_files(&[(
        "accounts.csv",
        csv(
            "id,account_name,フリガナ\nA1,Vantor Energy,\nA2,三峰工業株式会社,ミツミネコウギョウ\n",
        ),
    )]);
    let monthly = "Account Name,Month,MAU,Logins,Plan,Churned\nVantor Energy,Jan-26,40,300,Pro,No\nVantor Energy,2026-02,42,310,Pro,No\n三峰工業(株),2026年1月,12,90,Free,No\n㈱三峰工業,2026/2,,,Free,Yes\n三峰工業㈱,2026年2月,6,40,Free,Yes\n";
    let plan = bench.take_files(&[("monthly.csv", csv(monthly))]);
    assert_eq!(
        plan.rejects
            .iter()
            .map(|r| r.value.as_str())
            .collect::<Vec<_>>(),
        vec!["㈱三峰工業", "㈱三峰工業"],
        "another order of words is another name"
    );
    let (one, two) = (bench.dossier("A1"), bench.dossier("A2"));
    let points =
        |d: &kenshin::testing::domain::dossier::Dossier, metric: &str| -> Vec<(NaiveDate, f64)> {
            d.usage.0[metric]
                .points()
                .iter()
                .map(|p| (kenshin::testing::domain::facts::usage::date_of(p.0), p.1))
                .collect()
        };
    assert_eq!(
        points(&one, "active_users"),
        vec![(day(2026, 1, 31), 40.0), (day(2026, 2, 28), 42.0)],
        "a month is known at its end"
    );
    assert_eq!(
        points(&two, "logins"),
        vec![(day(2026, 1, 31), 90.0), (day(2026, 2, 28), 40.0)]
    );
    assert!(
        !one.usage.0.contains_key("plan") && !one.usage.0.contains_key("churned"),
        "words are no metric"
    );
    assert_eq!(
        one.outcomes.iter().map(|o| o.kind).collect::<Vec<_>>(),
        vec![OutcomeKind::Renewed]
    );
    assert_eq!(
        two.outcomes.iter().map(|o| o.kind).collect::<Vec<_>>(),
        vec![OutcomeKind::Churned],
        "the last month tells"
    );
    let nps = bench.take_files(&[(
        "nps.csv",
        csv("Company,Quarter,NPS\nVantor Energy,2026 Q1,9\nミツミネコウギョウ,2026年第1四半期,4\n"),
    )]);
    assert!(nps.rejects.is_empty(), "{:?}", nps.rejects);
    assert_eq!(bench.dossier("A2").surveys[0].date, Some(day(2026, 3, 31)));
    let notes = "Call Date,Customer,Notes\n3/14/2026,Vantor Energy,fine\n\"Mar 17, 2026\",VANTOR ENERGY,asked for SSO\n17.03.2026,ﾐﾂﾐﾈｺｳｷﾞｮｳ,レポートが遅い\n2026/03/18,Vantor Energi,?\n";
    let notes = bench.take_files(&[("call_notes.csv", csv(notes))]);
    assert_eq!(counts(&notes, Kind::Interactions).new, 3);
    assert!(
        matches!(&notes.rejects[..], [r] if r.reason == Reason::UnknownAccount { near: vec!["Vantor Energy".into()] }),
        "{:?}",
        notes.rejects
    );
}

/// No account counts as churned because of a column that was not understood.
#[test]
fn an_outcome_is_what_the_file_states() {
    use kenshin::testing::domain::facts::outcome::OutcomeKind;
    let table = [
        // The kind under several names; the last row has none.
        (
            "outcomes.csv",
            "account,type,date\nA1,renewed,2026-05-31\nA2,churned,2026-07-18\nA3,,2026-07-18\n",
            vec![("A1", OutcomeKind::Renewed), ("A2", OutcomeKind::Churned)],
            1,
        ),
        (
            "results.csv",
            "顧客ID,区分,結果日\nA1,更新,2026-05-31\nA2,解約,2026-07-18\n",
            vec![("A1", OutcomeKind::Renewed), ("A2", OutcomeKind::Churned)],
            0,
        ),
        // Only a date, whose column name states the kind.
        (
            "left.csv",
            "account,churn_date\nA1,2026-05-31\nA2,\n",
            vec![("A1", OutcomeKind::Churned)],
            1,
        ),
        // A column of the accounts: an empty cell is no outcome.
        (
            "customers.csv",
            "customer_id,company,churn\nA1,One,Yes\nA2,Two,\nA3,Three,No\n",
            vec![("A1", OutcomeKind::Churned), ("A3", OutcomeKind::Renewed)],
            0,
        ),
    ];
    for (name, text, expected, rejected) in table {
        let mut bench = Bench::new();
        bench.take_files(&[(
            "accounts.csv",
            csv("id,account_name\nA1,One\nA2,Two\nA3,Three\n"),
        )]);
        let plan = bench.take_files(&[(name, csv(text))]);
        assert_eq!(
            counts(&plan, Kind::Outcomes).rejected,
            rejected,
            "{name}: {:?}",
            plan.rejects
        );
        let found: Vec<(String, OutcomeKind)> = ["A1", "A2", "A3"]
            .iter()
            .flat_map(|id| {
                bench
                    .dossier(id)
                    .outcomes
                    .into_iter()
                    .map(|o| (o.account.to_string(), o.kind))
            })
            .collect();
        assert_eq!(
            found
                .iter()
                .map(|(a, k)| (a.as_str(), *k))
                .collect::<Vec<_>>(),
            expected,
            "{name}"
        );
    }
}

#[test]
fn a_trial_ends_when_it_is_paid_and_a_survey_follows_its_column() {
    let mut bench = Bench::new();
    bench.take_files(&[("accounts.csv", csv("account_id,account_name\nA1,Acme\n"))]);
    let paid = |status: &str| {
        csv(&format!(
            "subscription_id,account_id,start_date,arr,currency,status\nS1,A1,2026-01-01,12000,USD,{status}\n"
        ))
    };
    for (status, trial, past_due) in [
        ("trialing", true, false),
        ("active", false, false),
        ("past_due", false, true),
        ("active", false, false),
    ] {
        bench.take_files(&[("subscriptions.csv", paid(status))]);
        let held = &bench.dossier("A1").subscriptions[0];
        assert_eq!((held.trial, held.past_due), (trial, past_due), "{status}");
    }
    // A dedicated column takes precedence.
    bench.take_files(&[(
        "subscriptions.csv",
        csv("subscription_id,account_id,start_date,trial,status\nS1,A1,2026-01-01,yes,active\n"),
    )]);
    assert!(bench.dossier("A1").subscriptions[0].trial);

    use kenshin::testing::domain::facts::feedback::SurveyKind;
    for (n, (file, column, kind)) in [
        ("services_nps.csv", "nps_score", SurveyKind::Nps),
        ("devices_survey.csv", "score", SurveyKind::Nps),
        ("ces.csv", "score", SurveyKind::Ces),
        ("ces_2026.csv", "nps", SurveyKind::Nps),
        ("survey.csv", "csat_score", SurveyKind::Csat),
    ]
    .into_iter()
    .enumerate()
    {
        bench.take_files(&[(
            file,
            csv(&format!(
                "response_id,account_id,date,{column}\nR{n},A1,2026-11-01,4\n"
            )),
        )]);
        let held = bench.dossier("A1").surveys;
        assert_eq!(
            held.iter()
                .find(|s| s.id.as_str() == format!("R{n}"))
                .map(|s| s.kind),
            Some(kind),
            "{file} {column}"
        );
    }
}

#[test]
fn a_cell_merged_over_rows_stands_for_each_of_them() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let plain = rust_xlsxwriter::Format::new();
    let mut merge = |first: (u32, u16), last: (u32, u16), text: &str| {
        sheet
            .merge_range(first.0, first.1, last.0, last.1, text, &plain)
            .expect("the cells are merged");
    };
    // A header over two rows, a company over three rows, and a group beside it over two.
    merge((0, 0), (1, 0), "会社名");
    merge((0, 1), (0, 2), "担当者");
    merge((0, 3), (1, 3), "役職");
    merge((2, 0), (4, 0), "青葉商事");
    merge((2, 3), (3, 3), "部長");
    let mut write = |row: u32, column: u16, text: &str| {
        sheet.write(row, column, text).expect("the cell is written");
    };
    write(1, 1, "氏名");
    write(1, 2, "メール");
    for (row, name) in [
        (2, "田中 花子"),
        (3, "鈴木 一郎"),
        (4, "森 次郎"),
        (5, "原 三郎"),
    ] {
        write(row, 1, name);
        write(row, 2, &format!("p{row}@aoba.example"));
    }
    write(5, 0, "緑商店");
    write(4, 3, "課長");
    let xlsx = book.save_to_buffer().expect("the workbook is saved");
    let mut bench = Bench::new();
    bench.take("accounts.csv", "顧客ID,会社名\nA1,青葉商事\nA2,緑商店\n");
    let sheets = Sheets::read(&mut std::io::Cursor::new(&xlsx[..]), None);
    let sources = sheets
        .expect("the workbook is read")
        .sources("a.xlsx", None);
    let plan = bench.plan_sources(&sources, &bench.options());
    bench.write(&plan);
    assert_eq!(counts(&plan, Kind::Contacts).new, 4, "{plan:?}");
    let titles = |id: &str| {
        let contacts = bench.dossier(id).contacts;
        let mut titles: Vec<String> = contacts.into_iter().map(|c| c.title).collect();
        titles.sort();
        titles
    };
    assert_eq!(titles("A1"), ["課長", "部長", "部長"]);
    assert_eq!(titles("A2"), [""]);
}

/// Our people in the columns of an accounts table; what was changed by hand stands.
#[test]
fn our_people_come_in_with_the_accounts() {
    let home = tempfile::tempdir().expect("temporary folder");
    let table = |lines: &str| {
        let file = home.path().join("accounts.csv");
        std::fs::write(&file, lines).expect("writes");
        run(
            home.path(),
            &["import", "--yes", file.to_str().expect("a path")],
        )
    };
    let people = |account: &str| {
        let all = common::everything(home.path());
        let records = all.lines().filter_map(|l| serde_json::from_str(l).ok());
        let mut accounts = records.filter(|r: &serde_json::Value| r["kind"] == "account");
        let found = accounts.find(|r| r["record"]["id"] == account);
        found.expect("the account")["record"]["people"].clone()
    };
    table(
        "account_id,company,csm,account_manager,onboarding_manager,support_engineer,担当役員\n\
         A1,Acme,Sato,Ken Mori <mori@us.example>,未定,ann@us.example,田中 一郎\n\
         A2,Beta,Sato,unassigned,,,\n",
    );
    let held = people("A1");
    assert_eq!(
        held["account_manager"], "Ken Mori <mori@us.example>",
        "{held}"
    );
    assert_eq!(held["support"], "ann <ann@us.example>");
    assert_eq!(held["sponsor"], "田中 一郎");
    assert_eq!(people("A2"), serde_json::Value::Null);
    // A table that names one of them leaves the others as they are.
    table("account_id,company,csm,support_engineer\nA1,Acme,Sato,Ben\n");
    let held = people("A1");
    assert_eq!(
        (
            held["account_manager"].clone(),
            held["support"].clone(),
            held["sponsor"].clone()
        ),
        (
            "Ken Mori <mori@us.example>".into(),
            "Ben".into(),
            "田中 一郎".into()
        )
    );
    // A table whose only column of ours is the account manager's names the owner.
    table("account_id,company,account_manager\nA3,Gamma,Sato\n");
    assert_eq!(people("A3"), serde_json::Value::Null);
    table("account_id,会社名,担当CSM,担当営業,導入担当\nA4,デルタ,佐藤,森 健,伊藤\n");
    let held = people("A4");
    assert_eq!(
        (
            held["account_manager"].clone(),
            held["implementation"].clone()
        ),
        ("森 健".into(), "伊藤".into())
    );
    // The same file again changes nothing.
    let again = table("account_id,会社名,担当CSM,担当営業,導入担当\nA4,デルタ,佐藤,森 健,伊藤\n");
    assert!(again.contains("unchanged 1"), "{again}");
}
