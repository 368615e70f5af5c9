//! Papers of a finished call: what stays inside, who is named, and what they ask for where it is missing.

mod common;

use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::words::Lang;

use common::{kenshin, run, said};

/// A desk of twelve accounts with these lines in its `desk.toml`.
fn desk(home: &std::path::Path, settings: &str) -> Desk {
    let config = home.join("config");
    std::fs::create_dir_all(&config).expect("a folder");
    std::fs::write(config.join("desk.toml"), settings).expect("written");
    Desk::at(Lang::En, home.to_owned(), 12).expect("opens")
}

/// What was copied last.
fn copied(desk: &Desk) -> &str {
    desk.copied.last().expect("something was copied")
}

fn mail(desk: &mut Desk) -> String {
    desk.keys("oemail to customer<ret><ret>");
    copied(desk).to_owned()
}

#[test]
fn an_action_about_a_risk_stays_inside_whatever_its_words_became() {
    let home = tempfile::tempdir().expect("dir");
    let mut desk = desk(home.path(), "company = \"Ours Inc.\"\n");
    desk.keys("2Gc<ret><ret>~ they look at Rivalsoft ! get the battlecard @me ^fri<ret>! send the plan @me ^fri<F10>");
    // The first row is the action of the risk's line.
    desk.keys("<home>quickly <C-s><C-s>");
    let actions = desk
        .model
        .call
        .open
        .as_ref()
        .expect("a call")
        .actions
        .clone();
    let inner = actions.iter().find(|a| a.what.contains("battlecard"));
    let inner = inner.unwrap_or_else(|| panic!("{actions:?}\n{}", desk.screen()));
    assert_eq!(inner.what, "quickly get the battlecard");
    assert!(
        inner.inside && !inner.promised,
        "no promise to the customer: {inner:?}"
    );
    let mail = mail(&mut desk);
    assert!(
        mail.contains("Send the plan") && !mail.contains("battlecard"),
        "{mail}"
    );
    // Chosen in the preview it goes out.
    desk.keys("oemail to customer<ret>battlecard<ret>");
    assert!(
        desk.sees("[x] quickly get the battlecard"),
        "{}",
        desk.screen()
    );
    desk.keys("<esc>");
    drop(desk);
    let notes = run(home.path(), &["notes", "--json"]);
    let notes: serde_json::Value = serde_json::from_str(&notes).expect("JSON");
    let all = notes.as_array().expect("notes");
    let note = all
        .iter()
        .find(|n| n["text"].as_str().is_some_and(|t| t.contains("Rivalsoft")));
    let id = note.expect("the note")["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let out = kenshin(home.path(), &["export", "--note", &id, "--format", "mail"]);
    let mail = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(
        mail.contains("Send the plan") && !mail.contains("battlecard"),
        "{mail}"
    );
    assert!(said(&out).contains("Not in the mail: 2"), "{}", said(&out));
}

#[test]
fn the_mail_asks_once_for_our_company() {
    let home = tempfile::tempdir().expect("dir");
    let mut desk = desk(home.path(), "# mine\nlang = \"en\" # always\n");
    desk.keys("2Gc<ret><ret>! send the plan @me ^fri<F10><C-s><C-s>");
    desk.keys("oemail to customer<ret>Set our company<ret>");
    assert!(desk.sees("Our company"), "{}", desk.screen());
    desk.keys("<ret>");
    assert!(
        desk.sees("Our company"),
        "nothing typed is no company: {}",
        desk.screen()
    );
    desk.keys("Aoba \"East\" Ltd.<ret>");
    assert!(
        !desk.sees("Set our company") && desk.sees("Email to the customer"),
        "the preview is back: {}",
        desk.screen()
    );
    desk.keys("<ret>");
    assert!(
        copied(&desk).contains("Aoba \"East\" Ltd."),
        "{}",
        copied(&desk)
    );
    let written = std::fs::read_to_string(home.path().join("config/desk.toml")).expect("a file");
    assert!(
        written.starts_with("# mine\nlang = \"en\" # always\n") && written.contains("company = "),
        "{written}"
    );
    drop(desk);
    let mut again = Desk::at(Lang::En, home.path().to_owned(), 0).expect("opens");
    again.keys("2Gc<ret><ret>! send it @me ^fri<F10><C-s><C-s>");
    assert!(mail(&mut again).contains("Aoba \"East\" Ltd."));
}

#[test]
fn an_escalation_asks_for_a_colleague_and_knows_their_hours() {
    let home = tempfile::tempdir().expect("dir");
    let mut desk = desk(home.path(), "company = \"Ours\"\n");
    desk.keys("2Gc<ret><ret>~ the import breaks every week<F10>");
    desk.keys(&"<tab>".repeat(6));
    desk.keys("<right><right> <C-s><C-s>");
    desk.keys("oescalation<ret>");
    assert!(desk.sees("Who takes it at support?"), "{}", desk.screen());
    desk.keys("Ann <lt>ann><ret>");
    assert!(
        desk.sees("`ann` is not a mail address"),
        "what cannot be read stays: {}",
        desk.screen()
    );
    desk.keys("<C-u>Ann Lee <lt>ann@ours.example> lunch<ret>");
    assert!(desk.sees("Who takes it"), "{}", desk.screen());
    desk.keys("<C-u>Ann Lee <lt>ann@ours.example> 11:00-18:00<ret>");
    assert!(
        copied(&desk).starts_with("Ann Lee <ann@ours.example>\n\n"),
        "{}",
        copied(&desk)
    );
    // Known from then on, with the hours: it is 10:04.
    desk.keys("o");
    assert!(
        desk.sees("Ann Lee, off now, works 11:00–18:00"),
        "{}",
        desk.screen()
    );
    desk.keys("<esc>");
    desk.copied.clear();
    desk.keys("oescalation<ret>");
    assert!(
        !desk.sees("Who takes it") && desk.copied.len() == 1,
        "{}",
        desk.screen()
    );
    let written = std::fs::read_to_string(home.path().join("config/desk.toml")).expect("a file");
    assert!(
        written.contains("[ours]\nsupport = \"Ann Lee <ann@ours.example> 11:00-18:00\""),
        "{written}"
    );
}

#[test]
fn an_escalation_says_what_it_leaves_out_as_personal() {
    let home = tempfile::tempdir().expect("dir");
    let mut desk = desk(
        home.path(),
        "company = \"Ours\"\n[ours]\nsupport = \"Ann Lee <ann@ours.example>\"\n",
    );
    desk.keys(
        "2Gc<ret><ret>~ the import breaks every week<ret>~ Jo is off sick, nobody decides<F10>",
    );
    desk.keys(&"<tab>".repeat(7));
    desk.keys("<right><right> <C-s><C-s>");
    desk.keys("oescalation<ret>");
    let text = copied(&desk);
    assert!(
        text.contains("import breaks") && !text.contains("sick"),
        "{text}"
    );
    assert!(text.contains("1 left out as personal"), "{text}");
}

#[test]
fn nothing_typed_escalates_to_the_team() {
    let home = tempfile::tempdir().expect("dir");
    let mut desk = desk(home.path(), "company = \"Ours\"\n");
    desk.keys("2Gc<ret><ret>hello<F10>");
    desk.keys(&"<tab>".repeat(5));
    desk.keys(" <C-s><C-s>oescalation<ret><ret>");
    assert!(!desk.sees("Who takes it"), "{}", desk.screen());
    assert!(copied(&desk).contains("product"), "{}", copied(&desk));
}

#[test]
fn an_account_has_people_of_its_own() {
    let home = tempfile::tempdir().expect("dir");
    let mut desk = desk(
        home.path(),
        "company = \"Ours\"\n[ours]\nsupport = \"Ann Lee\"\nproduct = \"Kim Roe\"\n",
    );
    desk.keys("2G<ret>");
    // After name, reading, domain, industry, country, tier, stage and owner.
    desk.keys(&"j".repeat(8));
    desk.keys("eAnn Lee<ret>");
    assert!(desk.sees("`` is not a role"), "{}", desk.screen());
    desk.keys("<C-u>Support: Raj Patel 9:00-17:00; 営業担当: 鈴木 健<ret>");
    assert!(
        desk.sees("account manager: 鈴木 健; support: Raj"),
        "{}",
        desk.screen()
    );
    desk.keys("c<ret><ret>! fix the import @support ^fri<ret>! ask about the price @鈴木部長 ^fri<ret>! draw it @product<F10>");
    desk.keys(&"<tab>".repeat(3));
    desk.keys("Raj, Ms. Iyer, Kim and 鈴木<C-s><C-s>");
    let call = desk.model.call.open.as_ref().expect("a call");
    let owners: Vec<String> = call.actions.iter().map(|a| a.owner.clone()).collect();
    assert_eq!(
        owners,
        ["Raj Patel", "鈴木 健", "Kim Roe"],
        "{}",
        desk.screen()
    );
    let mail = mail(&mut desk);
    assert!(mail.contains("Hi Ms. Iyer,"), "ours are no guests: {mail}");
    desk.keys("ominutes<ret>");
    let minutes = copied(&desk);
    assert!(
        minutes.contains("Customer: Ms. Iyer\n")
            && minutes.contains("Ours: Sato, Raj Patel, Kim Roe, 鈴木 健\n"),
        "{minutes}"
    );
}

#[test]
fn packet_and_minutes_name_the_agreed_time() {
    let home = tempfile::tempdir().expect("dir");
    let mut desk = desk(home.path(), "company = \"Ours\"\n");
    desk.keys("2Gc<ret><ret>hello<F10>");
    desk.keys(&"<tab>".repeat(3));
    desk.keys("<C-u>12/4 14:30<C-s><C-s>");
    desk.keys("ominutes<ret>");
    let want = "2026-12-04 (Fri) 14:30";
    assert!(copied(&desk).contains(want), "{}", copied(&desk));
    desk.keys("oCRM<ret>");
    assert!(copied(&desk).contains(want), "{}", copied(&desk));
    assert!(
        desk.sees("in CRM since 10:04, unchanged"),
        "the note is as it was pasted: {}",
        desk.screen()
    );
}

#[test]
fn a_personal_matter_stands_in_a_paper_only_where_it_is_put_in() {
    let home = tempfile::tempdir().expect("dir");
    let mut desk = desk(home.path(), "company = \"Ours Inc.\"\n");
    desk.keys("2Gc<ret><ret>Anna is in hospital until May<ret>12 of 20 seats in use<ret>= Ben stands in for her sick leave<F10><C-s><C-s>");
    // Both papers for colleagues are shown first, with what they leave out.
    for paper in ["note for crm", "minutes"] {
        desk.keys(&format!("o{paper}<ret>"));
        assert!(desk.sees("2 left out as personal"), "{}", desk.screen());
        desk.keys("<ret>");
        let text = copied(&desk);
        assert!(text.contains("12 of 20 seats"), "{text}");
        assert!(
            !text.contains("hospital") && !text.contains("sick leave"),
            "{text}"
        );
    }
    desk.keys("onote for crm<ret>hospital<ret>");
    assert!(desk.sees("1 left out as personal"), "{}", desk.screen());
    desk.keys("<ret>");
    let text = copied(&desk);
    assert!(
        text.contains("hospital") && !text.contains("sick leave"),
        "{text}"
    );
    // What colleagues may read is not what the customer may read.
    desk.keys("oemail to customer<ret>sick");
    assert!(
        desk.sees("[ ] Ben stands in for her sick leave"),
        "{}",
        desk.screen()
    );
    desk.keys("<esc>");
    let mail = mail(&mut desk);
    assert!(
        !mail.contains("hospital") && !mail.contains("sick leave"),
        "{mail}"
    );
    assert!(
        desk.sees("unchanged"),
        "the note did not change: {}",
        desk.screen()
    );
    drop(desk);
    let notes = run(home.path(), &["notes", "--json"]);
    let notes: serde_json::Value = serde_json::from_str(&notes).expect("JSON");
    let mut all = notes.as_array().expect("notes").iter();
    let note = all.find(|n| n["text"].as_str().is_some_and(|t| t.contains("12 of 20")));
    let id = note.expect("the note")["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    for paper in ["crm", "minutes"] {
        let arguments = ["export", "--note", &id, "--format", paper];
        let out = kenshin(home.path(), &arguments);
        let text = String::from_utf8_lossy(&out.stdout).into_owned();
        assert!(
            text.contains("12 of 20") && !text.contains("hospital"),
            "{text}"
        );
        let said = said(&out);
        assert!(
            said.contains("told in confidence: 2") && said.contains("hospital"),
            "{said}"
        );
        let whole = run(
            home.path(),
            &[&arguments[..], &["--with-personal"]].concat(),
        );
        assert!(
            whole.contains("hospital") && whole.contains("sick leave"),
            "{whole}"
        );
    }
}

#[test]
fn the_wrap_up_asks_which_of_two_people_of_one_name_is_meant() {
    let home = tempfile::tempdir().expect("dir");
    let mut desk = desk(home.path(), "company = \"Ours Inc.\"\n");
    let account = {
        desk.keys("2Gc<ret><ret>= Go live in May<F10>");
        let call = desk.model.call.open.as_ref().expect("a call");
        call.checkin.account.to_string()
    };
    desk.keys("<C-s><C-s>");
    drop(desk);
    for name in ["Priya Sharma", "Rohit Sharma"] {
        let contacts = home.path().join("contacts.csv");
        std::fs::write(&contacts, format!("account_id,name\n{account},{name}\n")).expect("written");
        run(
            home.path(),
            &[
                "import",
                contacts.to_str().expect("a path"),
                "--as",
                "contacts",
                "--yes",
            ],
        );
    }
    let mut desk = Desk::at(Lang::En, home.path().to_owned(), 0).expect("opens");
    desk.keys("2Gc<ret><ret>! check the codes @Sharma ^fri<F10><C-s>");
    assert!(
        desk.sees("Which one: Priya Sharma, Rohit Sharma?"),
        "{}",
        desk.screen()
    );
    desk.keys("<C-u>check the codes @Rohit ^fri<C-s><C-s>");
    let call = desk.model.call.open.as_ref().expect("a call");
    assert_eq!(call.actions[0].owner, "Rohit Sharma", "{:?}", call.actions);
}

#[test]
fn what_was_said_of_the_next_call_is_proposed_and_stands_in_the_mail() {
    let home = tempfile::tempdir().expect("dir");
    let mut desk = desk(home.path(), "company = \"Ours Inc.\"\n");
    desk.keys("2Gc<ret><ret>= next call tomorrow 14:00<ret>~ next call on 3 March<ret>! send it @me ^2w<ret><F10>");
    assert!(desk.sees("14:00"), "{}", desk.screen());
    desk.keys("<C-s><C-s>");
    let mail = mail(&mut desk);
    assert!(
        mail.contains("Our next call is on") && mail.contains("14:00") && !mail.contains("3 March"),
        "{mail}"
    );
    let due = desk.model.call.open.as_ref().expect("a call").actions[0].due;
    let in_two_weeks = desk.now().today() + chrono::Duration::days(14);
    assert_eq!(due, Some(in_two_weeks));
}

#[test]
fn what_the_customer_has_done_is_thanked_for_and_promised_answers_are_listed() {
    let home = tempfile::tempdir().expect("dir");
    let mut desk = desk(home.path(), "company = \"Ours Inc.\"\n");
    desk.keys(
        "2Gc<ret><ret>! send the logo @customer ^fri<ret>! name the testers @customer ^fri<ret>",
    );
    desk.keys("? guest SSO -> we will check and come back by Friday<ret>? Excel -> yes<ret>= weekly call stays<ret><F10><C-s><C-s>");
    drop(desk);
    let actions = run(home.path(), &["action", "list", "--json"]);
    let actions: serde_json::Value = serde_json::from_str(&actions).expect("JSON");
    let logo = actions.as_array().expect("actions").iter().find(|a| {
        a["what"]
            .as_str()
            .is_some_and(|what| what.contains("send the logo"))
    });
    let logo = logo.expect("the action")["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    run(home.path(), &["action", "done", &logo]);
    let notes = run(home.path(), &["notes", "guest SSO", "--json"]);
    let notes: serde_json::Value = serde_json::from_str(&notes).expect("JSON");
    let id = notes[0]["id"].as_str().expect("an id").to_owned();
    let out = kenshin(home.path(), &["export", "--note", &id, "--format", "mail"]);
    let mail = String::from_utf8_lossy(&out.stdout).into_owned();
    let order = [
        "Questions and answers",
        "- Excel? Yes",
        "Questions we will come back to you on",
        "- Guest SSO? We will check and come back by Friday",
        "What we would ask of you",
        "Name the testers",
        "Already done on your side, thank you",
        "- Send the logo",
    ];
    let places: Vec<Option<usize>> = order.iter().map(|part| mail.find(part)).collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{places:?}\n{mail}"
    );
    assert!(
        !mail.contains("suit you for our next call"),
        "a regular call is agreed: {mail}"
    );
    for format in ["mail", "md"] {
        let refused = [
            "export",
            "--note",
            &id,
            "--format",
            format,
            "--with-personal",
        ];
        let refused = kenshin(home.path(), &refused);
        assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    }
}
