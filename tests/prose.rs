//! Notes kept elsewhere: documents in many styles, and the calls they are split into.

mod common;

use chrono::{DateTime, NaiveDate, Utc};
use common::build::day;
use common::{kenshin, run, said};
use kenshin::testing::app::overlay::Overlay;
use kenshin::testing::domain::account::Account;
use kenshin::testing::domain::contact::Contact;
use kenshin::testing::domain::facts::usage::Usage;
use kenshin::testing::domain::failure::Failure;
use kenshin::testing::domain::ids::AccountId;
use kenshin::testing::domain::records::Record;
use kenshin::testing::domain::settings::EditedField;
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::services::import::ExistingData;
use kenshin::testing::services::import::mapping::Through;
use kenshin::testing::services::import::prose::contradictions::Contradiction;
use kenshin::testing::services::import::prose::{
    Call, Document, Proposal, Question, Request, State, propose,
};
use kenshin::testing::words::Lang;
use serde_json::Value;

/// A desk of a few accounts, each with its contacts.
struct Accounts;

const CONTACTS: [(&str, &str, &str); 5] = [
    ("A11", "c1", "Jane Smith"),
    ("A12", "c2", "Hank Scorpio"),
    ("A13", "c3", "田中 花子"),
    ("A14", "c4", "鈴木 一郎"),
    ("A14", "c5", "Ken Suzuki"),
];

impl ExistingData for Accounts {
    fn accounts(&self) -> Result<Vec<Account>, Failure> {
        let account = |id: &str, name: &str, reading: &str| Account {
            reading: reading.into(),
            renewal: Some(day(2027, 5, 31)),
            ..Account::new(id.into(), name)
        };
        Ok(vec![
            account("A11", "Acme Corp", ""),
            account("A12", "Globex", ""),
            account("A13", "株式会社青葉", "アオバ"),
            account("A14", "みどり商事", "ミドリショウジ"),
            account("A15", "Smith & Sons, Inc.", ""),
        ])
    }
    fn records(&self, account: &AccountId) -> Result<Vec<Record>, Failure> {
        let own = CONTACTS.iter().filter(|c| c.0 == account.as_str());
        Ok(own
            .map(|(_, id, name)| {
                Record::Contact(Contact::new((*id).into(), account.clone(), *name))
            })
            .collect())
    }
    fn keys(&self, _: Through) -> Result<Vec<(String, AccountId, Option<NaiveDate>)>, Failure> {
        Ok(Vec::new())
    }
    fn usage(&self, _: &AccountId) -> Result<Usage, Failure> {
        Ok(Usage::default())
    }
    fn edited(&self, fields: &[EditedField]) -> Result<Vec<Option<DateTime<Utc>>>, Failure> {
        Ok(vec![None; fields.len()])
    }
}

fn read(text: &str) -> Proposal {
    let documents = [Document {
        name: "notes.txt".into(),
        text: text.into(),
        day: None,
    }];
    propose(&Request {
        documents: &documents,
        today: day(2026, 11, 22),
        order: None,
        account: None,
        choices: &[],
        existing: &Accounts,
    })
    .expect("the text is read")
}

/// A call in short: line, account or "?", day or "?", people.
fn short(call: &Call) -> String {
    let account = call.account.as_ref().map_or("?", |a| a.id.as_str());
    let sure = |q: Question| !call.questions.contains(&q);
    let day = match call.day.filter(|_| sure(Question::Day)) {
        Some(day) => day.format("%m-%d").to_string(),
        None => "?".into(),
    };
    let people: Vec<&str> = call.people.iter().map(|p| p.name.as_str()).collect();
    format!("{} {account} {day} {}", call.line, people.join("+"))
        .trim_end()
        .to_owned()
}

/// Documents, and the calls in them.
const DOCUMENTS: &[(&str, &[&str])] = &[
    (
        "# Acme Corp – QBR, 2026-11-20\n- usage is up\n- wants SSO\n\n# Globex 2026-11-18\nAll fine.\n",
        &["1 A11 11-20", "5 A12 11-18"],
    ),
    (
        "2026-11-20 Acme Corp – QBR\nThey use it daily.\n\nNext steps:\n- send the SSO guide by Nov 27\n\n2026-11-19 Globex\nquiet\n",
        &["1 A11 11-20", "7 A12 11-19"],
    ),
    (
        "[Acme] Nov 3 call with Jane\nShe wants SSO.\n[Globex] Nov 4 call with Hank\nRenewal is fine.\n",
        &["1 A11 11-03 Jane Smith", "3 A12 11-04 Hank Scorpio"],
    ),
    (
        "■ 株式会社青葉 12/3\n順調。\n\n■ みどり商事 11/20\n・要望あり\n■ 課題\n・遅い\n",
        &["1 A13 12-03", "4 A14 11-20"],
    ),
    (
        "11/20(金) みどり商事 鈴木様\n先方から要望。\n\n11/19(木) ㈱青葉 田中さん\nレポートが遅い\n",
        &["1 A14 11-20 鈴木 一郎", "4 A13 11-19 田中 花子"],
    ),
    (
        "20 Nov: Globex / Hank\nFine.\n\n18 Nov: Acme / Jane Smith\nAlso fine.",
        &["1 A12 11-20 Hank Scorpio", "4 A11 11-18 Jane Smith"],
    ),
    (
        "Call with Acme Corp on Tuesday\nShe asked about pricing.\n\nMeeting with Globex, yesterday\nok\n",
        &["1 A11 11-17", "4 A12 ?"],
    ),
    (
        "Date: 2026-11-20\nAccount: Acme Corp\nAttendees: Jane Smith, Bob Stone (CTO)\n\nUsage is up.\n\nDate: 2026-11-18\nAccount: Globex\nAttendees: Hank\n\nQuiet.\n",
        &[
            "1 A11 11-20 Jane Smith+Bob Stone",
            "7 A12 11-18 Hank Scorpio",
        ],
    ),
    (
        "日時：2026年11月20日 14:00-15:00\n顧客：みどり商事\n参加者：鈴木様、佐藤\n\n順調。\n\n日時：2026年11月18日\n顧客：株式会社青葉\n\n解約の話。\n",
        &["1 A14 11-20 鈴木 一郎+佐藤", "7 A13 11-18"],
    ),
    (
        "Acme Corp\n2026-11-20\nWe talked about SSO.\n\nSecond paragraph.\n---\nGlobex\n2026-11-19\nquiet\n",
        &["1 A11 11-20", "7 A12 11-19"],
    ),
    (
        "## 2026-11-20\n### Acme Corp\nusage up\n### Globex\nquiet\n## 2026-11-18\n### Acme Corp\nfirst talk\n",
        &["1 A11 11-20", "4 A12 11-20", "6 A11 11-18"],
    ),
    (
        "# Acme Corp\n## 2026-11-20 QBR\nusage up\n## 2026-10-20 call\nquiet\n# Globex\n## 2026-11-02\nok\n",
        &["1 A11 11-20", "4 A11 10-20", "6 A12 11-02"],
    ),
    (
        "【みどり商事】2026/11/20 定例\n要望2件\n\n【株式会社青葉】2026/11/18 訪問\n・契約の件\n",
        &["1 A14 11-20", "4 A13 11-18"],
    ),
    (
        "- 11/20 Acme: asked about SSO\n- 11/19 Globex: quiet\n- 11/18 Acme: first call\n",
        &["1 A11 11-20", "2 A12 11-19", "3 A11 11-18"],
    ),
    (
        "11/20 Acme: asked about SSO\n11/19 Globex: quiet, renewal fine\n11/18 Acme: first call\n",
        &["1 A11 11-20", "2 A12 11-19", "3 A11 11-18"],
    ),
    (
        "先週の火曜 みどり商事 定例\n順調\n\n11月18日 青葉様 電話\n懸念あり。\n",
        &["1 A14 11-10", "4 A13 11-18"],
    ),
    (
        "Acme Corp, 20 November 2026\n===========================\nUsage is up.\n\nSmith & Sons, Inc., 3rd of November 2026\n=========================\nThey want a demo.\n",
        &["1 A11 11-20", "5 A15 11-03"],
    ),
    (
        "2026-11-20 Globx – call\nmisspelt\n\n2026-11-19 Initech – intro\nunknown\n\nA12 Acme, 2026-11-18\nodd\n",
        &["1 ? 11-20", "4 ? 11-19", "7 ? 11-18"],
    ),
    (
        "A11 Acme Corp 2026-11-20\nok\n\nA12 2026-11-19\nok\n",
        &["1 A11 11-20", "4 A12 11-19"],
    ),
    ("*** Acme Corp *** 2026-11-20\nok\n", &["1 A11 11-20"]),
    (
        "**Acme Corp – Nov 20**\n\nUsage is up.\n\n**Next steps**\n\n- call again\n\n**Globex – Nov 18**\n\nQuiet.\n",
        &["1 A11 11-20", "9 A12 11-18"],
    ),
    (
        "From: Jane Smith <jane@acme.example>\nDate: Fri, 20 Nov 2026 10:00:00 +0900\nSubject: Acme Corp renewal\n\nHello\n",
        &["1 ? 11-20"],
    ),
    (
        "2025\n\n12/3 Acme Corp\nold\n\n2026年\n\n1/15 みどり商事 定例\n新しい\n",
        &["3 A11 12-03", "8 A14 01-15"],
    ),
    ("They were happy with it.\nNo names here.\n", &["1 ? ?"]),
];

#[test]
fn documents_are_split_into_their_calls() {
    let mut wrong = Vec::new();
    for (text, want) in DOCUMENTS {
        let got: Vec<String> = read(text).calls.iter().map(short).collect();
        if got != *want {
            wrong.push(format!("{text}\n  got  {got:?}\n  want {want:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Each line that is not blank is in exactly one note or named as left out.
fn account_for(text: &str) {
    let proposal = read(text);
    let mut left: Vec<String> = text
        .lines()
        .map(|l| l.trim().to_owned())
        .filter(|l| !l.is_empty())
        .collect();
    let calls = proposal.calls.iter().map(|c| &c.text);
    let apart = proposal.left_out.iter().map(|l| &l.text);
    for line in calls.chain(apart).flat_map(|t| t.lines()) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let at = left.iter().position(|l| l == line);
        let at = at.unwrap_or_else(|| panic!("a line twice or made up: {line:?}\n{text}"));
        left.remove(at);
    }
    assert!(left.is_empty(), "lost {left:?}\n{text}");
}

#[test]
fn every_line_is_accounted_for() {
    for (text, _) in DOCUMENTS {
        account_for(text);
    }
    // All documents in one, and every document cut anywhere.
    let all: Vec<&str> = DOCUMENTS.iter().map(|d| d.0).collect();
    account_for(&all.join("\n\n"));
    for (text, _) in DOCUMENTS {
        let lines: Vec<&str> = text.lines().collect();
        for cut in 0..lines.len() {
            account_for(&lines[cut..].join("\n"));
        }
    }
}

#[test]
fn styles_may_be_mixed_in_one_document() {
    let text = "Customer notes\n\n2026-11-20 Acme Corp – QBR\n- up\n\n■ みどり商事 11/19\n順調\n\n---\n[Globex] Nov 18 call with Hank\nfine\n\nDate: 2026-11-17\nAccount: Acme Corp\n\nmail\n\n11/16(月) 株式会社青葉 田中様\n・面談\n";
    let proposal = read(text);
    let got: Vec<String> = proposal.calls.iter().map(short).collect();
    assert_eq!(
        got,
        [
            "3 A11 11-20",
            "6 A14 11-19",
            "10 A12 11-18 Hank Scorpio",
            "13 A11 11-17",
            "18 A13 11-16 田中 花子"
        ]
    );
    let apart: Vec<&str> = proposal.left_out.iter().map(|l| l.text.as_str()).collect();
    assert_eq!(apart, ["Customer notes", "---"]);
}

#[test]
fn text_inside_a_note_begins_no_call() {
    for text in [
        "2026-11-20 Acme Corp\n\nThey compare us with Globex.\n\nGlobex costs less, they say.\n",
        "2026-11-20 Acme Corp\n- 11/27 Acme sends the contract\n- 12/1 Globex demo\n",
        "2026-11-20 Acme Corp\n\n## Next steps\n- 11/27 call\n\n## Globex comparison by 12/1\nno\n",
        "2026/11/20 みどり商事\n\n次回 12/5\n\n11/27までに見積を送る\n\n12月に更新予定。\n",
        "2026-11-20 Acme Corp\n\nNov 27 send proposal\n\nhttps://acme.example/2026-11-20\n",
        "2026-11-20 Acme Corp\n\nJane said on Tuesday that usage is down.\n",
        "■ 株式会社青葉 2026/11/20\n■ 課題\n遅い\n■ 次回アクション（12/5まで）\n送付\n",
        "2026-11-20 Acme Corp\nDate: TBD\nOwner: Sato\n",
    ] {
        let got: Vec<String> = read(text).calls.iter().map(short).collect();
        assert_eq!(got.len(), 1, "{text}\n{got:?}");
    }
}

#[test]
fn misspelt_names_and_wrong_ids_are_questions() {
    let proposal =
        read("2026-11-20 Globx\na\n\n2026-11-19 みとり商事 定例\nb\n\nA12 Acme 2026-11-18\nc\n");
    let near: Vec<&str> = proposal
        .calls
        .iter()
        .map(|c| c.near.first().map_or("", |n| n.name.as_str()))
        .collect();
    assert_eq!(near, ["Globex", "みどり商事", "Globex"]);
    assert!(proposal.calls.iter().all(Call::is_asked));
    assert_eq!(
        proposal.calls[2].contradictions,
        [Contradiction::IdName {
            id: "A12".into(),
            of: "Globex".into(),
            said: "Acme Corp".into()
        }]
    );
}

#[test]
fn contradictions_are_listed_and_do_not_stop_a_note() {
    let proposal = read(
        "2026-11-20 Acme Corp\nTheir renewal is in December.\n\n2026-11-19 (Monday) Globex\nx\n\n2027-01-05 Globex\ny\n",
    );
    assert!(matches!(
        proposal.calls[0].contradictions[..],
        [Contradiction::Renewal { line: 2, .. }]
    ));
    assert!(proposal.calls[0].is_taken());
    assert!(matches!(
        proposal.calls[1].contradictions[..],
        [Contradiction::Weekday { .. }]
    ));
    assert!(matches!(
        proposal.calls[2].contradictions[..],
        [Contradiction::Future { .. }]
    ));
    assert!(proposal.calls[1].is_asked() && proposal.calls[2].is_asked());
}

#[test]
fn the_same_call_twice_is_one_note() {
    let proposal = read("2026-11-20 Acme Corp\nx\n\n2026-11-20 Acme Corp\nx\n");
    assert_eq!(proposal.calls[1].state, State::Again { line: 1 });
    assert_eq!(proposal.taken(), 1);
}

/// A desk of five demo accounts, and the names of two of them.
fn desk(lang: Lang) -> (Desk, String, String) {
    let mut desk = Desk::demo(lang, 5).expect("the desk opens");
    desk.keys("2");
    let name = |i: usize| desk.model.book.rows()[i].account.name.clone();
    let (one, two) = (name(0), name(1));
    (desk, one, two)
}

/// The notes of the desk that contain a word.
fn notes(desk: &mut Desk, word: &str) -> usize {
    desk.keys("<A-/>").keys(word);
    let found = match desk.model.overlays.last() {
        Some(Overlay::Pick(pick)) => pick.shown.len(),
        _ => 0,
    };
    desk.keys("<esc>");
    found
}

#[test]
fn a_file_of_notes_is_reviewed_imported_and_undone() {
    for lang in [Lang::En, Lang::Ja] {
        let (mut desk, one, two) = desk(lang);
        desk.resize(80, 24);
        // The second name lacks its last letter, the third call its day.
        let cut: String = two.chars().take(two.chars().count() - 1).collect();
        let path = desk.home.join("old notes.md");
        let text = format!(
            "# 2026-11-20 {one}\nzebra one\n\n# 2026-11-19 {cut}\nzebra two\n\n# {one}\nzebra three\n\n# 2026-11-10 {one}\nzebra four\n"
        );
        std::fs::write(&path, text).expect("the file is written");
        desk.keys("I")
            .paste(&format!("\"{}\"", path.display()))
            .keys("<ret>");
        assert!(desk.sees("old notes.md"), "{}", desk.screen());
        // The cursor stands on the first question; the nearest name comes first.
        assert!(
            desk.sees(&format!("“{cut}”")) || desk.sees(&cut),
            "{}",
            desk.screen()
        );
        desk.keys("<ret><ret>");
        // y names the call that is left without a day and goes there; it writes nothing yet.
        desk.keys("y");
        assert!(desk.sees("????-??-??"), "{}", desk.screen());
        desk.keys("d<C-u>11/18<ret>");
        assert!(desk.sees("2026-11-18"), "{}", desk.screen());
        // The last one is left out.
        desk.keys("Gx");
        desk.keys("y");
        assert!(desk.model.overlays.is_empty(), "{}", desk.screen());
        assert_eq!(notes(&mut desk, "zebra"), 3, "{}", desk.screen());
        desk.keys("u");
        assert_eq!(notes(&mut desk, "zebra"), 0, "one undo removes all of them");
    }
}

#[test]
fn pasted_notes_open_an_editor_and_are_imported_once() {
    let (mut desk, one, two) = desk(Lang::En);
    let text = format!("2026-11-20 {one}\nzebra one\n\n2026-11-19 {two}\nzebra two\n");
    // Pasted where the paths are asked for.
    desk.keys("I").paste(&text);
    assert!(desk.sees("Paste notes"), "{}", desk.screen());
    desk.keys("<C-s>");
    assert!(desk.sees("2 ready"), "{}", desk.screen());
    // Esc leads back to the text, and from there it stays a draft.
    desk.keys("<esc>");
    assert!(desk.sees("zebra two"), "{}", desk.screen());
    desk.keys("<esc>");
    let mut desk = desk.reopen().expect("the desk reopens");
    desk.keys("2<A-t>");
    assert!(
        desk.sees("zebra two"),
        "the draft is back: {}",
        desk.screen()
    );
    desk.keys("<C-s>y");
    assert_eq!(notes(&mut desk, "zebra"), 2);
    // The same text again brings nothing, and says so.
    desk.keys(":Import notes<ret>");
    assert!(!desk.sees("zebra"), "the draft is gone: {}", desk.screen());
    desk.paste(&text).keys("<C-s>");
    assert!(desk.sees("2 imported before"), "{}", desk.screen());
    desk.keys("y");
    assert!(desk.sees("No notes to import"), "{}", desk.screen());
    desk.keys("<ret>x<esc><esc>");
    assert_eq!(notes(&mut desk, "zebra"), 2);
}

#[test]
fn unanswered_calls_are_left_out_only_after_a_second_key() {
    let (mut desk, one, _) = desk(Lang::En);
    desk.keys("<A-t>")
        .paste(&format!(
            "2026-11-20 {one}\nzebra one\n\n2026-11-19 Initech – call\nzebra two\n"
        ))
        .keys("<C-s>y");
    assert!(desk.sees("1 still to answer"), "{}", desk.screen());
    desk.keys("y");
    assert_eq!(notes(&mut desk, "zebra"), 1);
}

#[test]
fn an_answer_holds_for_every_call_with_the_same_name() {
    let (mut desk, one, _) = desk(Lang::En);
    desk.keys("<A-t>")
        .paste("2026-11-20 Initech – call\nzebra one\n\n2026-11-19 Initech – call\nzebra two\n")
        .keys("<C-s><ret>")
        .keys(&one.chars().take(6).collect::<String>())
        .keys("<ret>");
    assert!(desk.sees("2 ready"), "{}", desk.screen());
}

#[test]
fn empty_and_unreadable_texts_say_so() {
    let (mut desk, ..) = desk(Lang::En);
    desk.keys("<A-t><C-s>");
    assert!(
        desk.sees("Paste or type the notes first"),
        "{}",
        desk.screen()
    );
    desk.keys("<esc>");
    let path = desk.home.join("empty.md");
    std::fs::write(&path, "\n").expect("the file is written");
    desk.keys("I")
        .paste(&path.display().to_string())
        .keys("<ret>");
    assert!(desk.sees("empty.md: the file is"), "{}", desk.screen());
    desk.keys("<esc>");
    // A table with this ending is still a table.
    let path = desk.home.join("tickets.txt");
    std::fs::write(
        &path,
        "ticket_id,account,subject,status,opened\nT1,x,Slow,open,2026-11-20\n",
    )
    .expect("the file is written");
    desk.keys("I")
        .paste(&path.display().to_string())
        .keys("<ret>");
    assert!(desk.sees("Import preview"), "{}", desk.screen());
    desk.keys("<esc>");
    for (width, height) in [(80, 24), (40, 12), (20, 5), (3, 2), (120, 40)] {
        desk.resize(width, height);
        desk.keys("<A-t>x\ny<C-s><esc><C-u><esc>");
    }
}

const NOTES: &str = "Old notes\n\n2026-11-20 demo-00001\nzebra one\n\n---\n2026-11-19 Nobody Known – call\nzebra two\n";

#[test]
fn the_command_imports_the_sure_ones_and_names_the_rest() {
    let home = common::demo(5);
    let path = home.path().join("notes.txt");
    std::fs::write(&path, NOTES).expect("the file is written");
    let path = path.display().to_string();
    let json = |args: &[&str]| {
        let out = kenshin(home.path(), args);
        let value: Value = serde_json::from_slice(&out.stdout).expect("one JSON value");
        (out.status.code(), value)
    };
    let found = || run(home.path(), &["notes", "zebra"]).lines().count();
    let before = common::everything(home.path());
    let (exit, value) = json(&["import", &path, "--dry-run", "--json"]);
    assert_eq!(exit, Some(3));
    assert_eq!(value["written"], false);
    let note = &value["notes"][0];
    assert_eq!(
        (&note["line"], &note["account"], &note["day"], &note["sure"]),
        (
            &3.into(),
            &"demo-00001".into(),
            &"2026-11-20".into(),
            &true.into()
        )
    );
    let why = |i: usize| value["left_out"][i]["why"].clone();
    assert_eq!([why(0), why(1), why(2)], ["title", "separator", "question"]);
    // Without --yes nothing is written.
    let out = kenshin(home.path(), &["import", &path]);
    assert_eq!(out.status.code(), Some(3), "{}", said(&out));
    assert_eq!(common::everything(home.path()), before);
    let (exit, value) = json(&["import", &path, "--yes", "--json"]);
    assert_eq!((exit, &value["written"]), (Some(3), &true.into()));
    assert_eq!(found(), 1);
    // Again: nothing to write.
    let (_, value) = json(&["import", &path, "--yes", "--json"]);
    assert_eq!(value["written"], false);
    assert_eq!(value["notes"][0]["imported_before"], true);
    assert_eq!(found(), 1);
    run(home.path(), &["undo"]);
    assert_eq!(common::everything(home.path()), before);
    // Named by the user, all of them are sure.
    let out = kenshin(
        home.path(),
        &["import", &path, "--account", "demo-00002", "--yes"],
    );
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    assert_eq!(found(), 2);
}

#[test]
fn standard_input_is_notes_or_a_table() {
    use std::io::Write;
    let home = common::demo(3);
    let piped = |text: &str, args: &[&str]| {
        let mut command = common::command(home.path(), args);
        command
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped());
        let mut child = command.spawn().expect("the command starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(text.as_bytes()).expect("it reads");
        drop(stdin);
        child.wait_with_output().expect("it ends")
    };
    let out = piped(NOTES, &["import", "-", "--yes"]);
    assert_eq!(out.status.code(), Some(3), "{}", said(&out));
    assert!(run(home.path(), &["history"]).contains("pasted text"));
    let table = "account,name,title\ndemo-00001,Zed Zebra,CTO\ndemo-00002,Yan Zebra,CEO\n";
    let out = piped(table, &["import", "-", "--as", "contacts", "--yes"]);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    let out = piped("\n", &["import", "-"]);
    assert_eq!(out.status.code(), Some(1), "{}", said(&out));
    // Notes and tables are two imports.
    let (notes, table) = (home.path().join("n.md"), home.path().join("t.csv"));
    std::fs::write(&notes, NOTES).expect("the file is written");
    std::fs::write(&table, "a,b\n1,2\n").expect("the file is written");
    let (notes, table) = (notes.display().to_string(), table.display().to_string());
    let out = kenshin(home.path(), &["import", &notes, &table]);
    assert_eq!(out.status.code(), Some(2), "{}", said(&out));
}
