//! What comes in is what stood in the file, or it is named: totals, titles, marks of decimals, units,
//! stray bytes, open quotation marks, words for nothing, ids in two spellings, edits made by hand.

use crate::common;

use common::importing::{Bench, counts};
use kenshin::testing::domain::checkin::wrapup::Sentiment;
use kenshin::testing::domain::facts::outcome::OutcomeKind;
use kenshin::testing::domain::money::{Currency, Money};
use kenshin::testing::services::import::{
    Counts, FileProblem, Flag, Kind, NoRecord, Plan, Question, Reason, SHORT_IDS,
};

fn only_new(n: u64) -> Counts {
    Counts {
        new: n,
        ..Counts::default()
    }
}

fn left_out(plan: &Plan) -> Vec<(u64, NoRecord)> {
    plan.left_out.iter().map(|l| (l.line, l.why)).collect()
}

fn yen(value: f64) -> Option<Money> {
    Some(Money::of(value, Currency::JPY))
}

#[test]
fn totals_titles_and_notes_are_named_and_no_accounts() {
    for (text, accounts, lines) in [
        (
            "Account ID,Account Name,ARR,Currency\n1,Harbor,120,USD\n2,North,80,USD\n,Grand Total,200,USD\n\n\"Copyright 2026, all rights reserved\"\n",
            vec!["1", "2"],
            vec![(4, NoRecord::Total), (6, NoRecord::Footer)],
        ),
        (
            "顧客一覧\n,,\n会社名,年間契約額,更新日\n甲社,100,2027/3/31\n乙社,200,2027/5/31\n総計,300,\n※ 税抜\n",
            vec!["乙社", "甲社"],
            vec![
                (1, NoRecord::AboveHeader),
                (6, NoRecord::Total),
                (7, NoRecord::Footer),
            ],
        ),
        (
            "sep=;\naccount_id;name;ARR\nA;Alpha;10\nB;Beta;20\nSubtotal;;30\n",
            vec!["A", "B"],
            vec![(1, NoRecord::AboveHeader), (5, NoRecord::Total)],
        ),
    ] {
        let mut bench = Bench::new();
        let plan = bench.take("list.csv", text);
        assert_eq!(bench.ids(), accounts, "{text}");
        assert_eq!(left_out(&plan), lines, "{text}");
        assert_eq!(plan.rejected(), 0, "{text}");
    }
}

#[test]
fn a_row_of_sums_is_no_account_whatever_it_is_called() {
    for (text, accounts) in [
        (
            "会社名,年間契約額,担当\nA社,100,佐藤\nB社,200,佐藤\n佐藤 小計,300,\nC社,50,高橋\nD社,60,高橋\n高橋計,110,\n",
            vec!["A社", "B社", "C社", "D社"],
        ),
        (
            "account_id,name,ARR\n1,A,10\n2,B,20\n,Zwischensumme,30\n3,C,5\n4,D,6\n,関東エリア,11\n",
            vec!["1", "2", "3", "4"],
        ),
        (
            "顧客コード,会社名,年間契約額,更新日\n【関東】,,,\n1,甲社,100,2027/3/31\n（例）9,見本,1,\n2,乙社,200,2027/3/31\n",
            vec!["1", "2"],
        ),
    ] {
        let mut bench = Bench::new();
        bench.take("list.csv", text);
        assert_eq!(bench.ids(), accounts, "{text}");
    }
}

#[test]
fn a_unit_above_or_below_the_header_counts() {
    for text in [
        "（単位：千円）,,\n会社ID,会社名,年間契約額\nK,甲社,\"12,000\"\n",
        "会社ID,会社名,年間契約額\n,,（千円）\nK,甲社,\"12,000\"\n",
        "会社ID,会社名,年間契約額（千円）\nK,甲社,\"12,000千円\"\n",
        "会社ID,会社名,ARR in thousands (JPY)\nK,甲社,\"12,000\"\n",
    ] {
        let mut bench = Bench::new();
        bench.take("a.csv", text);
        assert_eq!(bench.account("K").arr, yen(12_000_000.0), "{text}");
    }
}

#[test]
fn what_a_column_cannot_prove_stays_out() {
    let mut bench = Bench::new();
    let plan = bench.take(
        "a.csv",
        "account_id,name,ARR (EUR),seats\n1,A,1.200,1.5\n2,B,3.500,12\n",
    );
    let marks = plan
        .flags
        .iter()
        .filter(|f| f.flag == Flag::Unread(Reason::NoDecimalMark));
    // The seats prove that a dot is the mark of decimals here, and half a seat is none.
    assert_eq!(marks.count(), 0);
    assert_eq!(plan.flags[0].flag, Flag::Unread(Reason::NotANumber));
    let mut bench = Bench::new();
    let text = "account_id,name,ARR (EUR),seats\n1,A,1.200,15\n2,B,3.500,12\n";
    let plan = bench.take("a.csv", text);
    let flags: Vec<&Flag> = plan.flags.iter().map(|f| &f.flag).collect();
    assert_eq!(flags, [&Flag::Unread(Reason::NoDecimalMark); 2]);
    assert_eq!(bench.account("1").arr, None);
    // Two currencies in one row contradict each other.
    let text = "account_id,name,ARR,currency\n1,A,€100,USD\n2,B,¥100,CNY\n";
    let mut bench = Bench::new();
    let plan = bench.take("b.csv", text);
    assert_eq!(plan.flags[0].flag, Flag::Unread(Reason::TwoCurrencies));
    assert_eq!(
        bench.account("2").arr.map(|m| m.currency.code()),
        Some("CNY")
    );
}

#[test]
fn money_and_scores_are_no_usage() {
    let mut bench = Bench::new();
    bench.take("accounts.csv", "account_id,account_name\nA1,Plover\n");
    let plan = bench.take(
        "m.csv",
        "account_id,date,logins,spend_usd,nps,health_score\nA1,2026-10-01,5,100,9,80\n",
    );
    let usage = bench.dossier("A1").usage.0;
    assert_eq!(usage.keys().collect::<Vec<_>>(), ["logins"]);
    assert_eq!(plan.files[0].ignored, ["spend_usd", "nps", "health_score"]);
}

#[test]
fn a_survey_of_another_kind_is_not_taken_for_nps() {
    let mut bench = Bench::new();
    bench.take("accounts.csv", "account_id,account_name\nA1,Plover\n");
    let plan = bench.take(
        "s.csv",
        "account_id,survey_type,score,date\nA1,満足度,4,2026-10-01\nA1,eNPS,9,2026-10-01\nA1,NPS,9,2026-13-40\n",
    );
    let kinds: Vec<&str> = bench
        .dossier("A1")
        .surveys
        .iter()
        .map(|s| s.kind.key())
        .collect();
    assert_eq!(kinds, ["csat"]);
    assert_eq!(plan.rejected(), 2);
    assert_eq!(plan.unknown_words[0].word, "eNPS");
}

#[test]
fn a_company_called_total_comes_in_and_is_asked_about() {
    let mut bench = Bench::new();
    let text = "account_id,name,ARR,owner\n1,Alpha,10,Sato\n2,Total,20,Sato\n3,Beta,5,Sato\n";
    let plan = bench.take("list.csv", text);
    assert_eq!(bench.ids(), ["1", "2", "3"]);
    let name = plan.questions.iter().find_map(|q| match q {
        Question::Total { name, line: 3, .. } => Some(name.as_str()),
        _ => None,
    });
    assert_eq!(name, Some("Total"));
    // A word for a sum in another column than the name asks nothing.
    let plan = bench.take(
        "t.csv",
        "ticket_id,account,subject,status\nTotal,,,open\nt2,1,slow,open\n",
    );
    assert!(plan.questions.is_empty(), "{:?}", plan.questions);
}

#[test]
fn decimals_and_units_are_those_of_the_column() {
    let mut bench = Bench::new();
    bench.take(
        "a.csv",
        "account_id;name;ARR;currency\n1;A;1.200;EUR\n2;B;12.500,50;EUR\n3;C;0,125;EUR\n",
    );
    let eur = |value| Some(Money::of(value, Currency::EUR));
    assert_eq!(bench.account("1").arr, eur(1200.0));
    assert_eq!(bench.account("2").arr, eur(12_500.5));
    assert_eq!(bench.account("3").arr, eur(0.13));
    for (header, cell, want) in [
        ("年間契約額（千円）", "12,000", yen(12_000_000.0)),
        ("年間契約額(百万円)", "12", yen(12_000_000.0)),
        ("ARR（万円、税抜）", "350", yen(3_500_000.0)),
        (
            "ARR (k USD)",
            "120",
            Some(Money::of(120_000.0, Currency::USD)),
        ),
        ("ARR in thousands (EUR)", "1.5", eur(1500.0)),
        ("ARR [GBP]", "99.5", Some(Money::of(99.5, Currency::GBP))),
        ("年間契約額", "¥1,200,000-", yen(1_200_000.0)),
        ("年間契約額", "\\1,200,000", yen(1_200_000.0)),
    ] {
        let mut bench = Bench::new();
        bench.take(
            "a.csv",
            &format!("会社ID,会社名,{header}\nK,甲社,\"{cell}\"\n"),
        );
        assert_eq!(bench.account("K").arr, want, "{header}: {cell}");
    }
}

#[test]
fn a_stray_byte_names_its_cell_and_changes_no_other() {
    let mut bench = Bench::new();
    let mut bytes = "account_id,name,owner\n1,Café Zoé,A\n2,青葉,B\n"
        .as_bytes()
        .to_vec();
    bytes.extend_from_slice(b"3,Ren\xe9,C\n4,Delta,Jos\xe9\n");
    let plan = bench.take_with("a.csv", &bytes, |_| {});
    assert_eq!(bench.ids(), ["1", "2", "4"]);
    assert_eq!(bench.account("2").name, "青葉");
    let refused = &plan.rejects[0];
    assert_eq!(
        (refused.line, refused.column.as_str(), &refused.reason),
        (4, "name", &Reason::Undecodable)
    );
    let flagged = &plan.flags[0];
    assert_eq!(
        (flagged.line, flagged.column.as_str(), &flagged.flag),
        (5, "owner", &Flag::Unread(Reason::Undecodable))
    );
    // Shift_JIS with Japanese at its end only, beside lines of ASCII.
    let mut late = b"account_id,name\n".to_vec();
    for n in 0..2_000 {
        late.extend_from_slice(format!("a{n},Company {n}\n").as_bytes());
    }
    late.extend_from_slice(b"K1,\x90\xc2\x97t\x8f\xa4\x8e\x96\n");
    let mut bench = Bench::new();
    bench.take_with("late.csv", &late, |_| {});
    assert_eq!(bench.account("K1").name, "青葉商事");
}

#[test]
fn every_row_of_a_broken_file_is_accounted_for() {
    for (text, new, rejects) in [
        // An open quotation mark.
        (
            "account_id,name,ARR\n1,\"Quill,10\n2,Quokka,20\n3,Quoll,30\n",
            2,
            vec![(2, Reason::Unclosed { lines: 2 })],
        ),
        // One that a later row closes.
        (
            "account_id,name,ARR\n1,\"Quill,10\n2,Quo\"kka,20\n3,Quoll,30\n",
            1,
            vec![(2, Reason::Unclosed { lines: 1 }), (3, Reason::StrayQuote)],
        ),
        // A file that ends within a row.
        (
            "account_id,name,ARR,renewal_date\n1,One,10,2027-03-31\n2,Two,20",
            1,
            vec![(3, Reason::CutOff)],
        ),
        (
            "account_id,name\n1,One,extra\n2,Two\n",
            1,
            vec![(
                2,
                Reason::ExtraCells {
                    cells: 3,
                    columns: 2,
                },
            )],
        ),
    ] {
        let mut bench = Bench::new();
        let plan = bench.take("a.csv", text);
        let found: Vec<(u64, Reason)> = plan
            .rejects
            .iter()
            .map(|r| (r.line, r.reason.clone()))
            .collect();
        assert_eq!(found, rejects, "{text}");
        assert_eq!(counts(&plan, Kind::Accounts).new, new, "{text}");
    }
    let mut bench = Bench::new();
    let plan = bench.take(
        "short.csv",
        "account_id,name,ARR\n1,One,$10\n2,Two\n3,Six,$5\n",
    );
    assert_eq!(counts(&plan, Kind::Accounts).new, 3);
    assert_eq!((plan.flags[0].line, &plan.flags[0].flag), (3, &Flag::Short));
}

#[test]
fn a_cell_that_cannot_be_read_keeps_its_row() {
    let mut bench = Bench::new();
    let plan = bench.take(
        "book.csv",
        "Customer ID,Account Name,Stage,ARR,Seats,Renewal Date,Owner\n\
         1,Alder,Live,\"$12,400\",~20,12/31/2026,Dana\n\
         2,Birch,Live,$12.4k,35,TBD,Dana\n\
         3,Cedar,Kickoff,-,N/A,1/15/2027,未定\n",
    );
    assert_eq!(bench.ids(), ["1", "2", "3"]);
    let counted = counts(&plan, Kind::Accounts);
    assert_eq!((counted.new, counted.rejected, counted.flagged), (3, 0, 3));
    let words: Vec<(&str, u64)> = plan
        .unknown_words
        .iter()
        .map(|w| (w.word.as_str(), w.rows))
        .collect();
    assert_eq!(words, [("Live", 2), ("Kickoff", 1)]);
    let a = bench.account("1");
    assert_eq!((a.seats, a.stage), (None, None));
    assert_eq!(bench.account("3").owner, "");
    // Once answered, nothing is asked.
    let plan = bench.take_with(
        "book.csv",
        b"Customer ID,Account Name,Stage\n1,Alder,Live\n3,Cedar,KICKOFF\n",
        |o| {
            let of = |word: &str, value: &str| ("stage".into(), word.into(), value.into());
            o.wish.values = vec![of("Live", "adoption"), of("kickoff", "onboarding")];
        },
    );
    assert!(plan.unknown_words.is_empty());
    let stage = |id: &str| bench.account(id).stage.map(|s| s.key());
    assert_eq!(
        (stage("1"), stage("3")),
        (Some("adoption"), Some("onboarding"))
    );
}

#[test]
fn an_outcome_is_read_by_what_its_column_asks() {
    use OutcomeKind::{Churned, Renewed};
    for (header, cell, want) in [
        ("renewal_outcome", "Yes", Some(Renewed)),
        ("renewal_outcome", "No", Some(Churned)),
        ("Renewed?", "1", Some(Renewed)),
        ("更新有無", "無", Some(Churned)),
        ("churned", "Yes", Some(Churned)),
        ("is_churned", "false", Some(Renewed)),
        ("解約有無", "あり", Some(Churned)),
        ("outcome", "更新済み", Some(Renewed)),
        ("outcome", "Not renewed", Some(Churned)),
        ("outcome", "Yes", None),
        ("結果", "はい", None),
    ] {
        let mut bench = Bench::new();
        bench.take("accounts.csv", "account_id,account_name\nA1,Plover\n");
        let text = format!("account_id,{header},date\nA1,{cell},2026-04-01\n");
        let plan = bench.take("outcomes.csv", &text);
        let found = bench.dossier("A1").outcomes.first().map(|o| o.kind);
        assert_eq!(found, want, "{header} = {cell}: {:?}", plan.files);
        if want.is_none() {
            assert_eq!(plan.rejects[0].reason, Reason::UnclearTruth);
            assert_eq!(plan.unknown_words.len(), 1, "it can be answered");
        }
    }
}

#[test]
fn no_value_is_no_observation() {
    let mut bench = Bench::new();
    bench.take("accounts.csv", "account_id,account_name\nA1,Plover\n");
    let plan = bench.take(
        "long.csv",
        "account_id,date,metric,value\nA1,2026-03-01,logins,5\nA1,2026-03-02,logins,\nA1,2026-03-03,logins,-3\nA1,2026-03-04,logins,N/A\n",
    );
    assert_eq!(bench.dossier("A1").usage.0["logins"].points().len(), 2);
    assert_eq!(counts(&plan, Kind::Usage).flagged, 1, "the negative one");
    assert_eq!(plan.left_out[0].rows, 2);
    assert_eq!(plan.left_out[0].why, NoRecord::NoValue);
}

#[test]
fn one_account_has_one_id_in_all_its_spellings() {
    let mut bench = Bench::new();
    bench.take(
        "a.csv",
        "account_id,name,ARR\n00123,Zebra Co,$5\n=\"00045\",Yak,$6\n",
    );
    assert_eq!(bench.ids(), ["00045", "00123"]);
    // A spreadsheet dropped the noughts, and the names agree.
    let plan = bench.take(
        "b.csv",
        "account_id,name,ARR\n123,Zebra Co,$7\n45,\"Yak\",$6\n",
    );
    assert_eq!(bench.ids(), ["00045", "00123"]);
    assert_eq!(counts(&plan, Kind::Accounts).changed, 1);
    // Names that disagree are two accounts.
    bench.take("c.csv", "account_id,name\n123,Other Company\n");
    assert_eq!(bench.ids(), ["00045", "00123", "123"]);
    // The long form of a CRM's id.
    let mut bench = Bench::new();
    bench.take("sf.csv", "account_id,name\n0015g00000AbCdE,Harbor\n");
    bench.take(
        "sf.csv",
        "account_id,name,owner\n0015g00000AbCdEAAV,Harbor Foods,Sato\n",
    );
    let long = bench.ids();
    // Letters that do not check the id make another one.
    bench.take(
        "sf.csv",
        "account_id,name\n0015g00000AbCdEZZZ,Someone else\n",
    );
    assert_eq!(bench.ids().len(), long.len() + 1);
    // Characters that take no place.
    let mut bench = Bench::new();
    let plan = bench.take(
        "n.csv",
        "account_id,name\nN1,Nut\nN1\u{200b},Nut B\n\u{a0}N1 ,Nut C\n",
    );
    assert_eq!((bench.ids(), plan.rejected()), (vec!["N1".to_owned()], 2));
}

#[test]
fn a_new_account_that_looks_like_an_old_one_is_asked_about() {
    for (old, new) in [
        ("K1,株式会社青葉精機,", "X9,㈱青葉精機,"),
        ("K1,髙島商店,", "X9,高島商店,"),
        ("K1,Acme Inc.,", "X9,\"ACME, Inc\","),
        ("K1,Foo,foo.example.org", "X9,Foo Europe,foo.example.org"),
    ] {
        let mut bench = Bench::new();
        bench.take("a.csv", &format!("account_id,name,domain\n{old}\n"));
        let plan = bench.take("b.csv", &format!("account_id,name,domain\n{new}\n"));
        let existing = plan.questions.iter().find_map(|q| match q {
            Question::SameAccount { existing, .. } => Some(existing.to_string()),
            _ => None,
        });
        assert_eq!(existing.as_deref(), Some("K1"), "{old} · {new}");
        // The answer makes them one.
        let mut bench = Bench::new();
        bench.take("a.csv", &format!("account_id,name,domain\n{old}\n"));
        let text = format!("account_id,name,domain\n{new}\n");
        let plan = bench.take_with("b.csv", text.as_bytes(), |o| {
            o.wish.values = vec![("id".into(), "X9".into(), "K1".into())];
        });
        assert_eq!(bench.ids(), ["K1"], "{old} · {new}");
        assert!(plan.questions.is_empty());
    }
}

#[test]
fn an_edit_by_hand_stands_until_it_is_given_up() {
    let mut bench = Bench::new();
    let file = |day: &str| format!("account_id,name,renewal_date,owner\nA1,Acme,{day},Sato\n");
    bench.take("a.csv", &file("2026-12-31"));
    let mut edited = bench.account("A1");
    edited.renewal = "2027-03-11".parse().ok();
    let before = bench.account("A1");
    let change = kenshin::testing::domain::change::Change {
        before: Some(before.into()),
        after: Some(edited.into()),
    };
    let operation = common::build::operation("edit-1", bench.clock.now().at, vec![change]);
    bench.store.commit(&operation).expect("the edit is saved");
    let renewal = |bench: &Bench| bench.account("A1").renewal.map(|d| d.to_string());
    // The file says what it said before: nothing is asked.
    let plan = bench.take("a.csv", &file("2026-12-31"));
    assert!(plan.is_empty() && plan.hand_edits.is_empty());
    // It says something new: the edit stands, and both values are shown.
    let plan = bench.take("a.csv", &file("2027-01-31"));
    assert_eq!(renewal(&bench).as_deref(), Some("2027-03-11"));
    let asked = &plan.hand_edits[0];
    assert_eq!(
        (
            asked.field.as_str(),
            asked.mine.as_str(),
            asked.theirs.as_str()
        ),
        ("renewal", "2027-03-11", "2027-01-31")
    );
    // The same question is not asked twice.
    let plan = bench.take("a.csv", &file("2027-01-31"));
    assert!(plan.hand_edits.is_empty() && plan.is_empty());
    // Given up, the file's value comes in, and it is listed field by field.
    let plan = bench.take_with("a.csv", file("2027-02-28").as_bytes(), |o| {
        o.theirs.all = true
    });
    assert_eq!(renewal(&bench).as_deref(), Some("2027-02-28"));
    let update = &plan.updates[0];
    assert_eq!(
        (update.field.as_str(), update.new.as_str()),
        ("renewal", "2027-02-28")
    );
}

#[test]
fn tables_of_other_things_are_no_accounts_surveys_or_usage() {
    for (name, text) in [
        (
            "billing.csv",
            "invoice_id,account_id,month,subtotal,credits,taxes\ni1,A1,2026-01,10,0,1\n",
        ),
        (
            "請求.csv",
            "請求書番号,会社名,請求日,請求金額,支払期限\n1,甲社,2026-01-01,100,2026-02-01\n",
        ),
        (
            "pnl.csv",
            "account_id,month,revenue,headcount,score\nA1,2026-02,1000,30,4\n",
        ),
        (
            "plans.csv",
            "plan_id,plan_name,price,billing_interval\np1,Pro,10,month\n",
        ),
    ] {
        let mut bench = Bench::new();
        let plan = bench.take(name, text);
        assert!(plan.is_empty(), "{name}: {:?}", plan.kinds);
        assert!(
            matches!(
                plan.files[0].problem,
                Some(FileProblem::Other { .. } | FileProblem::Unsure { .. })
            ),
            "{name}: {:?}",
            plan.files[0]
        );
    }
    // One account on many rows is no list of accounts.
    let mut rows = "account_id,account_name,owner,region\n".to_owned();
    for n in 0..40 {
        rows.push_str(&format!("A{},Company {},Sato,West\n", n % 4, n % 4));
    }
    let plan = Bench::new().take("rows.csv", &rows);
    assert!(matches!(
        plan.files[0].problem,
        Some(FileProblem::Unsure { .. })
    ));
}

#[test]
fn what_is_missing_is_named() {
    let mut bench = Bench::new();
    let plan = bench.take_with("a.csv", b"foo,bar\n1,2\n", |o| {
        o.wish.kind = Some(Kind::Tickets);
    });
    assert!(
        matches!(&plan.files[0].problem, Some(FileProblem::Missing { kind: Kind::Tickets, fields }) if fields[0] == ["id"]),
        "{:?}",
        plan.files[0]
    );
    let plan = bench.take_with("a.csv", b"account_id,name\n1,A\n", |o| {
        o.wish.columns = vec![("arr".into(), "Nope".into())];
    });
    assert!(plan.is_empty());
    assert!(
        matches!(&plan.files[0].problem, Some(FileProblem::NoColumn { header }) if header == "Nope")
    );
    // A column that looks like the renewal is pointed out.
    let text = "account_id,name,contract_end_dt\n1,A,2027-03-31\n2,B,2027-05-31\n3,C,2027-06-30\n";
    let plan = bench.take("a.csv", text);
    let asked = plan.questions.iter().find_map(|q| match q {
        Question::Column { column, field, .. } => Some((column.as_str(), *field)),
        _ => None,
    });
    assert_eq!(asked, Some(("contract_end_dt", "renewal")));
}

#[test]
fn a_table_without_dates_speaks_of_the_day_that_is_said() {
    let mut bench = Bench::new();
    bench.take("accounts.csv", "account_id,account_name\nA1,Plover\n");
    let text = b"account_id,active_users,logins\nA1,12,40\n";
    let day = "2026-10-31".parse().ok();
    let plan = bench.take_with("usage.csv", text, |o| {
        o.wish.as_of = day;
        o.wish.kind = Some(Kind::Usage);
    });
    assert_eq!(counts(&plan, Kind::Usage), only_new(2), "{:?}", plan.files);
}

#[test]
fn a_file_with_several_lists_is_several_tables() {
    let home = tempfile::tempdir().expect("temporary folder");
    let text = r#"{"accounts": [{"account_id": "A1", "account_name": "Plover"}],
        "tickets": [{"ticket_id": "t1", "account_id": "A1", "subject": "slow", "status": "open"},
                    {"ticket_id": "t2", "account_id": "A1", "subject": "late", "status": "open"}],
        "count": 3, "errors": []}"#;
    let path = home.path().join("all.json");
    std::fs::write(&path, text).expect("the file is written");
    let import = |more: &[&str]| {
        let path = path.display().to_string();
        let args = [&["import", "--json", &path], more].concat();
        let out = common::kenshin(home.path(), &args);
        let report: serde_json::Value = serde_json::from_slice(&out.stdout).expect("valid JSON");
        (out.status.code(), report)
    };
    let (code, report) = import(&["--dry-run", "--sheet", "accounts"]);
    assert_eq!(
        (code, report["files"].as_array().map(Vec::len)),
        (Some(0), Some(1))
    );
    let (code, report) = import(&["--yes"]);
    assert_eq!(code, Some(0), "{report}");
    let new = |kind: &str| report["kinds"][kind]["new"].as_u64();
    assert_eq!((new("accounts"), new("tickets")), (Some(1), Some(2)));
}

#[test]
fn values_that_a_later_row_replaces_are_named() {
    let mut bench = Bench::new();
    bench.take("accounts.csv", "account_id,account_name\nA1,Plover\n");
    let plan = bench.take(
        "wide.csv",
        "account_id,user_id,date,logins\nA1,u1,2026-10-01,5\nA1,u2,2026-10-01,6\nA1,u1,2026-10-02,7\nA1,u2,2026-10-02,7\n",
    );
    let replaced = plan.left_out.iter().find(|l| l.why == NoRecord::Replaced);
    assert_eq!(
        replaced.map(|l| l.rows),
        Some(1),
        "equal values take nothing away"
    );
    assert_eq!(bench.dossier("A1").usage.0["logins"].points().len(), 2);
}

#[test]
fn an_export_that_changes_nothing_writes_nothing() {
    let home = common::demo(3);
    let out = home.path().join("out").display().to_string();
    common::run(home.path(), &["export", "--all", &out]);
    let history = || common::run(home.path(), &["history"]);
    let before = history();
    let said = common::run(home.path(), &["import", &out, "--yes"]);
    assert!(said.contains("Nothing to import"), "{said}");
    assert_eq!(history(), before, "no step of undo");
    let edit = ["account", "edit", "demo-00001", "owner=Somebody"];
    common::run(home.path(), &edit);
    let said = common::run(home.path(), &["import", &out, "--yes"]);
    assert!(said.contains("Imported"), "{said}");
    assert_ne!(history(), before);
}

#[test]
fn a_merged_accounts_file_takes_nothing_back_when_it_comes_again() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    let import = |text: &str| {
        let path = home.join("list.csv");
        std::fs::write(&path, text).expect("the file is written");
        common::run(home, &["import", "--yes", &path.display().to_string()])
    };
    let crm = "account_id,name,arr,owner\nA1,Acme,$100,Sato\n";
    let desk = "account_id,name,arr,owner\nZ9,ACME Support,$50,Ito\n";
    import(crm);
    import(desk);
    common::run(home, &["account", "merge", "A1", "Z9", "--yes"]);
    let state = || common::run(home, &["account", "show", "A1", "--json"]);
    let arr = |state: &str| {
        let shown: serde_json::Value = serde_json::from_str(state).expect("valid JSON");
        shown["arr"]["amount"].as_f64()
    };
    assert_eq!(arr(&state()), Some(100.0));
    for again in [desk, crm, desk] {
        assert!(import(again).contains("Nothing to import"), "{again}");
        assert_eq!(arr(&state()), Some(100.0));
    }
    // What it states anew is an edit against the kept value, and is asked about.
    import("account_id,name,arr,owner\nZ9,ACME Support,$70,Ito\n");
    assert_eq!(arr(&state()), Some(100.0));
}

#[test]
fn numbers_without_leading_zeros_are_asked_about_once() {
    let mut bench = Bench::new();
    bench.take(
        "accounts.csv",
        "id,name\n0001,One\n0002,Two\n0003,Three\n007,Seven\n0007,Other\n",
    );
    let usage = "account_id,date,logins\n1,2026-11-01,5\n1,2026-11-02,6\n2,2026-11-01,7\n7,2026-11-01,8\n9,2026-11-01,8\n";
    let plan = bench.plan(&[("usage.csv", usage)]);
    let asked: Vec<(u64, &str, &str)> = plan
        .questions
        .iter()
        .filter_map(|q| match q {
            Question::ShortIds {
                numbers,
                number,
                id,
                ..
            } => Some((*numbers, number.as_str(), id.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(asked, [(2, "1", "0001")], "one question for the column");
    assert_eq!(counts(&plan, Kind::Usage).rejected, 5);
    // What two accounts may be, or none, is never guessed.
    let plan = bench.take_with("usage.csv", usage.as_bytes(), |options| {
        let said = ["account", SHORT_IDS.0, SHORT_IDS.1].map(String::from);
        options.wish.values = vec![said.into()];
    });
    assert_eq!(counts(&plan, Kind::Usage).new, 3);
    assert_eq!(counts(&plan, Kind::Usage).rejected, 2);
    // An id that is written in full keeps its account.
    let plan = bench.plan(&[("full.csv", "account_id,date,logins\n0007,2026-11-01,8\n")]);
    assert_eq!(
        (plan.questions.len(), counts(&plan, Kind::Usage).new),
        (0, 1)
    );
}

#[test]
fn how_a_talk_went_comes_in_with_it() {
    let mut bench = Bench::new();
    bench.take("accounts.csv", "id,name\nA,One\nB,Two\nC,Three\n");
    let plan = bench.take(
        "activities.csv",
        "account,type,date,subject,mood\nA,call,2026-11-18,Price,Angry\nB,meeting,2026-11-19,Review,前向き\nC,call,2026-11-19,Hello,-\nC,call,2026-11-20,Odd,purple\n",
    );
    let mood = |id: &str| {
        let talks = bench.dossier(id).touches;
        talks
            .into_iter()
            .filter_map(|t| t.sentiment)
            .collect::<Vec<_>>()
    };
    assert_eq!(mood("A"), [Sentiment::Frustrated]);
    assert_eq!(mood("B"), [Sentiment::Engaged]);
    assert_eq!(mood("C"), []);
    // An unknown word is asked about, and its row comes in.
    let words: Vec<&str> = plan.unknown_words.iter().map(|w| w.word.as_str()).collect();
    assert_eq!(
        (words, counts(&plan, Kind::Interactions).new),
        (vec!["purple"], 4)
    );
}

#[test]
fn each_edit_by_hand_is_shown_with_its_day() {
    let home = tempfile::tempdir().expect("temporary folder");
    let at = |now: &str, lang: &str, args: &[&str]| {
        let mut command = common::command(home.path(), args);
        let out = command
            .env("KENSHIN_NOW", now)
            .env("KENSHIN_LANG", lang)
            .output()
            .expect("the command runs");
        common::said(&out)
    };
    let file = |name: &str, text: &str| {
        let path = home.path().join(name);
        std::fs::write(&path, text).expect("the file is written");
        path.display().to_string()
    };
    let first = file(
        "a.csv",
        "account_id,name,renewal_date,owner\nA1,Acme,2026-12-31,Sato\n",
    );
    at(
        "2026-11-01T10:00:00+09:00",
        "en",
        &["import", "--yes", &first],
    );
    // Late in the evening of Tuesday; the owner on Friday; another field in between and after.
    for (now, edit) in [
        ("2026-11-17T23:50:00+09:00", "renewal=2027-03-11"),
        ("2026-11-18T09:00:00+09:00", "tags=quiet"),
        ("2026-11-20T09:00:00+09:00", "owner=Mori"),
        ("2026-11-21T09:00:00+09:00", "seats=4"),
    ] {
        at(now, "en", &["account", "edit", "A1", edit]);
    }
    let now = "2026-11-22T11:00:00+09:00";
    let second = file(
        "b.csv",
        "account_id,name,renewal_date,owner\nA1,Acme,2027-01-31,Abe\n",
    );
    let said = at(now, "en", &["import", "--dry-run", &second]);
    for words in [
        "to “2027-03-11” on Tue 2026-11-17",
        "to “Mori” on Fri 2026-11-20",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let said = at(now, "ja", &["import", "--dry-run", &second]);
    assert!(
        said.contains("「2027-03-11」（2026-11-17(火) に編集）"),
        "{said}"
    );
    let said = at(now, "en", &["import", "--dry-run", "--json", &second]);
    assert!(said.contains("\"edited\": \"2026-11-17\""), "{said}");
}
