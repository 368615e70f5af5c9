//! The review of an import in the desk: every kind of question is answered with the keyboard, its effect
//! is seen at once, and the answers are remembered for the next file of the same sort.

mod common;

use kenshin::testing::domain::account::Account;
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::words::Lang;

fn desk(lang: Lang) -> Desk {
    let mut desk = Desk::demo(lang, 5).expect("the desk opens");
    desk.resize(120, 40);
    desk.keys("2");
    desk
}

/// Writes the files and opens their review.
fn review(desk: &mut Desk, files: &[(&str, &str)]) {
    let mut paths = Vec::new();
    for (name, text) in files {
        let path = desk.home.join(name);
        std::fs::write(&path, text).expect("the file is written");
        paths.push(path.display().to_string());
    }
    desk.keys("I").paste(&paths.join(" ")).keys("<ret>");
}

fn account(desk: &Desk, id: &str) -> Option<Account> {
    let row = desk.model.book.get(&id.into())?;
    Some(row.account.clone())
}

fn sees(desk: &mut Desk, text: &str) {
    assert!(desk.sees(text), "no {text}:\n{}", desk.screen());
}

#[test]
fn a_word_gets_a_value_or_stays_blank() {
    let file = "id,account_name,stage\nz-1,Zed One,Live\nz-2,Zed Two,Live\n";
    for (keys, answer, stage) in [
        ("<ret>growth<ret>", "→ Growth", Some("growth")),
        ("<ret>renew<ret>", "→ Renewal", Some("renewal")),
        ("<ret>blank<ret>", "→ leave blank", None),
    ] {
        let mut desk = desk(Lang::En);
        review(&mut desk, &[("customers.csv", file)]);
        sees(&mut desk, "To answer 1/1");
        sees(&mut desk, "stage: “Live” ×2");
        desk.keys(keys);
        sees(&mut desk, answer);
        sees(&mut desk, "To answer 0/1");
        desk.keys("y");
        let made = account(&desk, "z-1").expect("the account is stored");
        let stage_now = made.stage.map(|s| s.key());
        assert_eq!(stage_now, stage);
    }
}

#[test]
fn a_column_that_looks_like_a_field_is_taken_as_it() {
    let mut desk = desk(Lang::En);
    let file = "id,account_name,lead\nz-1,Zed One,Kim\nz-2,Zed Two,Kim\nz-3,Zed Three,Ito\n";
    review(&mut desk, &[("customers.csv", file)]);
    sees(&mut desk, "Is the column “lead” owner?");
    desk.keys("<ret>");
    sees(&mut desk, "→ yes");
    // A second answer opens the question again, and a third takes the column.
    desk.keys("<ret>");
    sees(&mut desk, "To answer 1/1");
    desk.keys("<ret>y");
    assert_eq!(account(&desk, "z-3").expect("it is stored").owner, "Ito");
}

#[test]
fn a_new_account_is_the_existing_one_or_another() {
    for (keys, is_new) in [("<ret><ret>", false), ("<ret><down><ret>", true)] {
        let mut desk = desk(Lang::En);
        let known = desk.model.book.rows()[0].account.clone();
        let file = format!("id,account_name,seats\nother-1,{},77\n", known.name);
        review(&mut desk, &[("customers.csv", &file)]);
        sees(&mut desk, "To answer 1/1");
        desk.keys(keys);
        sees(&mut desk, "To answer 0/1");
        desk.keys("y");
        assert_eq!(account(&desk, "other-1").is_some(), is_new);
        let seats = account(&desk, known.id.as_str()).expect("it stays").seats;
        assert_eq!(seats == Some(77), !is_new, "{seats:?}");
        // The next import of the file knows.
        review(&mut desk, &[("customers.csv", &file)]);
        sees(&mut desk, "nothing to answer");
    }
}

#[test]
fn an_edit_by_hand_stands_until_the_file_is_chosen() {
    for (keys, industry) in [
        ("", "Finance"),
        ("<ret>", "Wholesale"),
        ("<ret><ret>", "Finance"),
    ] {
        let mut desk = desk(Lang::En);
        let first = "id,account_name,industry\nz-1,Zed,Retail\n";
        review(&mut desk, &[("customers.csv", first)]);
        desk.keys("y");
        desk.ask(
            &kenshin::testing::commands::QUESTIONS,
            kenshin::testing::ipc::Form::Words,
            &serde_json::json!({ "ask": "account-edit", "account": "z-1", "fields": ["industry=Finance"] }),
        );
        let second = "id,account_name,industry,seats\nz-1,Zed,Wholesale,9\n";
        review(&mut desk, &[("customers.csv", second)]);
        sees(
            &mut desk,
            "● mine: Finance  ○ file: Wholesale  edited Sun 2026-11-22",
        );
        // On a narrow terminal both values are seen.
        desk.resize(80, 24);
        sees(&mut desk, "● mine: Finance  ○ file: Wholesale");
        desk.resize(120, 40);
        // An edit costs nothing, so the cursor does not start there.
        desk.keys("2").keys(keys);
        let marked = if industry == "Finance" {
            "● mine"
        } else {
            "● file"
        };
        sees(&mut desk, marked);
        desk.keys("y");
        let now = account(&desk, "z-1").expect("it is stored");
        assert_eq!(now.industry, industry);
        assert_eq!(now.seats, Some(9));
    }
}

#[test]
fn a_misspelt_name_may_mean_an_account_of_the_same_import() {
    let mut desk = desk(Lang::En);
    let accounts = "id,account_name\nz-1,Northwind Trading\n";
    let tickets = "ticket_id,account,subject,status,opened\n\
                   T1,Nothwind Tradng,Slow,open,2026-11-20\n";
    let files = [("customers.csv", accounts), ("tickets.csv", tickets)];
    review(&mut desk, &files);
    sees(&mut desk, "Which account is “Nothwind Tradng” ×1?");
    desk.keys("<ret><ret>");
    sees(&mut desk, "→ Northwind Trading");
    sees(&mut desk, "rejected 0");
    desk.keys("y");
    let row = desk.model.book.get(&"z-1".into()).expect("it is stored");
    assert_eq!(row.standing.open_tickets, 1);
    // The name is remembered as another word for the account.
    let later = tickets.replace("T1", "T2");
    review(&mut desk, &[("tickets.csv", &later)]);
    sees(&mut desk, "nothing to answer");
}

#[test]
fn a_name_like_a_total_is_a_company_or_a_total() {
    let file = "id,account_name,industry,seats\n\
                z-1,Zed,Retail,10\nz-2,Total,Energy,20\nz-3,Yon,Retail,30\n";
    for (keys, is_company) in [("<ret><ret>", true), ("<ret><down><ret>", false)] {
        let mut desk = desk(Lang::En);
        review(&mut desk, &[("customers.csv", file)]);
        sees(&mut desk, "Is “Total” a company or a total?");
        desk.keys(keys);
        sees(
            &mut desk,
            if is_company {
                "Left out 0"
            } else {
                "Left out 1"
            },
        );
        desk.keys("y");
        assert_eq!(account(&desk, "z-2").is_some(), is_company);
        let more = format!("{file}z-4,New,Retail,40\n");
        review(&mut desk, &[("customers.csv", &more)]);
        sees(&mut desk, "nothing to answer");
    }
}

/// A table that nothing recognises.
const UNKNOWN: &str = "code,label,phase\nz-1,Zed One,Live\nz-2,Zed Two,Trial\n";

/// The keys that say what it is: accounts, `code` is the id, `label` the name, `phase` the stage.
fn explain(desk: &mut Desk) {
    desk.keys("<ret>accounts<ret>");
    sees(desk, "accounts need a column for id or name");
    desk.keys("1j<ret>id<ret>");
    sees(desk, "2 rows");
    desk.keys("j<ret>name<ret>").keys("j<ret>stage<ret>");
    sees(desk, "To answer 2/3");
    desk.keys("n<ret>adoption<ret>")
        .keys("n<ret>onboarding<ret>");
    sees(desk, "To answer 0/3");
}

#[test]
fn a_table_that_nothing_recognises_is_explained_and_remembered() {
    let mut desk = desk(Lang::En);
    review(&mut desk, &[("list.v2.csv", UNKNOWN)]);
    explain(&mut desk);
    desk.keys("y");
    sees(&mut desk, "remembered-list_v2.toml");
    let made = account(&desk, "z-2").expect("it is stored");
    assert_eq!(made.name, "Zed Two");
    assert_eq!(made.stage.map(|s| s.key()), Some("onboarding"));
    // The next week's file needs only a yes.
    let next = "code,label,phase\nz-1,Zed One,Trial\nz-3,Zed Three,Live\n";
    review(&mut desk, &[("list.v2.csv", next)]);
    sees(&mut desk, "nothing to answer");
    sees(&mut desk, "new 1 · changed 1");
    desk.keys("y");
    let made = account(&desk, "z-3").expect("it is stored");
    assert_eq!(made.stage.map(|s| s.key()), Some("adoption"));
}

#[test]
fn answers_to_one_file_leave_the_others_alone() {
    let mut desk = desk(Lang::En);
    let contacts = "email,last_name,account\nkim@zed.example,Kim,z-1\n";
    review(
        &mut desk,
        &[("list.csv", UNKNOWN), ("contacts.csv", contacts)],
    );
    explain(&mut desk);
    sees(&mut desk, "contacts · 1 row");
    desk.keys("y");
    assert_eq!(account(&desk, "z-1").expect("it is stored").name, "Zed One");
    let folder = desk.home.join("config/mappings");
    let kept = std::fs::read_dir(folder).expect("the folder").count();
    assert_eq!(kept, 1, "only the answered file is remembered");
}

#[test]
fn rejected_rows_are_named_beside_the_remembered_answers() {
    let mut desk = desk(Lang::En);
    let file = "id,account_name,stage\nz-1,Zed One,Live\n,,Live\n";
    review(&mut desk, &[("customers.csv", file)]);
    desk.keys("<ret>growth<ret>y");
    sees(&mut desk, "answers remembered. Rejected rows: ");
}

#[test]
fn u_takes_the_last_answers_back_one_by_one() {
    let mut desk = desk(Lang::En);
    let file = "id,account_name,stage\nz-1,Zed One,Live\nz-2,Zed Two,Trial\n";
    review(&mut desk, &[("customers.csv", file)]);
    desk.keys("<ret>growth<ret>n<ret>adoption<ret>");
    sees(&mut desk, "To answer 0/2");
    desk.keys("u");
    sees(&mut desk, "To answer 1/2");
    desk.keys("u");
    sees(&mut desk, "To answer 2/2");
    desk.keys("u");
    sees(&mut desk, "No answer to undo");
}

#[test]
fn open_questions_are_named_once_before_the_rest_is_written() {
    let mut desk = desk(Lang::En);
    let file = "id,account_name,stage\nz-1,Zed One,Live\n";
    review(&mut desk, &[("customers.csv", file)]);
    desk.keys("y");
    sees(&mut desk, "1 question open");
    assert!(account(&desk, "z-1").is_none(), "nothing is written yet");
    desk.keys("y");
    assert!(account(&desk, "z-1").is_some());
    assert!(
        !desk.home.join("config/mappings").exists(),
        "no answer, no mapping"
    );
}

#[test]
fn a_key_that_does_nothing_says_why_and_esc_writes_nothing() {
    for (lang, why) in [
        (Lang::En, "Nothing to answer on this line"),
        (Lang::Ja, "この行に回答する項目はありません"),
    ] {
        let mut desk = desk(lang);
        review(
            &mut desk,
            &[("customers.csv", "id,account_name\nz-1,Zed\n")],
        );
        desk.keys("g<ret>");
        sees(&mut desk, why);
        desk.keys("<esc>");
        assert!(account(&desk, "z-1").is_none());
    }
}

#[test]
fn the_rows_of_a_fault_are_opened_below_it() {
    let mut desk = desk(Lang::En);
    let name = desk.model.book.rows()[0].account.name.clone();
    let rows = (0..900).map(|n| format!("t-{n},{name},Slow,someday-{n}\n"));
    let file = format!(
        "ticket_id,account,subject,opened\n{}",
        rows.collect::<String>()
    );
    review(&mut desk, &[("tickets.csv", &file)]);
    desk.keys("4");
    sees(&mut desk, "opened: not a date  ×900");
    desk.keys("<ret>");
    sees(&mut desk, "tickets.csv:2");
    desk.keys("G").keys("<C-b><C-b>");
    sees(&mut desk, "someday-4");
    desk.keys("<ret>");
    sees(&mut desk, "▸ ");
}

/// Files as they come: words nobody knows, a total, a near name, a row without an id.
const MESSY: [(&str, &str); 3] = [
    (
        "customers.csv",
        "account_id,account_name,industry,seats,stage,contract_end_date,lead\n\
         a-1,Northwind Trading,Wholesale,120,Live,2027-03-31,Kim\n\
         a-2,みどり商事,Logistics,55,Kickoff,2027-06-30,Sato\n\
         a-4,Blue Harbor,Shipping,N/A,Live,2027-01-15,Kim\n\
         a-5,Green Fields,Farming,many,Nurture,not yet,Kim\n\
         ,,Farming,3,Live,2027-01-15,Kim\n\
         Total,,,287,,,\n",
    ),
    (
        "tickets.csv",
        "ticket_id,account,subject,status,opened\n\
         T1,Northwind Trading,Slow,open,2026-11-20\n\
         T2,Nothwind Tradng,Down,open,2026-11-21\n",
    ),
    (
        "mystery.csv",
        "code,remark,when\n1,x,2026-01-01\n2,y,2026-01-02\n",
    ),
];

#[test]
fn the_screen_of_the_review() {
    for (lang, code) in [(Lang::En, "en"), (Lang::Ja, "ja")] {
        for (w, h) in [(80, 24), (120, 40)] {
            let mut desk = desk(lang);
            desk.resize(w, h);
            review(&mut desk, &MESSY);
            insta::assert_snapshot!(format!("asked-{code}-{w}x{h}"), desk.screen());
            desk.keys("n<ret>").keys("1");
            insta::assert_snapshot!(format!("tables-{code}-{w}x{h}"), desk.screen());
            desk.keys("4<ret>");
            insta::assert_snapshot!(format!("not-read-{code}-{w}x{h}"), desk.screen());
        }
    }
}
