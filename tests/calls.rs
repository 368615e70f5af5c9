//! Whole calls on the headless desk with simulated time, in both languages; and private text that
//! must never leave the program.

mod common;

use chrono::Duration;
use kenshin::testing::app::call::state::Phase;
use kenshin::testing::app::msg::Msg;
use kenshin::testing::domain::checkin::{Mark, clock};
use kenshin::testing::ipc::Form;
use kenshin::testing::keys::Key;
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::words::Lang;
use serde_json::json;

fn desk(lang: Lang) -> Desk {
    let mut desk = portfolio(lang, 40);
    desk.resize(120, 40);
    desk
}

fn minutes(n: i64) -> Duration {
    Duration::minutes(n)
}

/// The demo desk, at its portfolio.
fn portfolio(lang: Lang, accounts: usize) -> Desk {
    let mut desk = Desk::demo(lang, accounts).expect("the desk opens");
    desk.keys("2");
    desk
}

#[test]
fn a_call_of_forty_minutes_from_start_to_the_drafts() {
    for lang in [Lang::En, Lang::Ja] {
        let mut desk = desk(lang);
        let t = lang;
        desk.keys("c<ret>L+45<ret><ret>");
        assert_eq!(
            desk.model.call.open.as_ref().map(|l| l.phase),
            Some(Phase::Live)
        );
        let texts: [&str; 4] = match lang {
            Lang::En => [
                "the reports are too slow",
                "we haven't decided on next year",
                "the boss knows their rival well",
                "weekly review of progress",
            ],
            Lang::Ja => [
                "レポートが遅すぎる",
                "来期はまだ決めていません",
                "部長は競合と親しい",
                "週次で進み具合を見る",
            ],
        };
        // A quote by key, a typed warning phrase, and a private line and a decision by their
        // prefixes.
        desk.later(minutes(2)).keys(texts[0]).keys("<F3><ret>");
        desk.keys(texts[1]);
        assert!(desk.sees("⚠"), "{}", desk.screen());
        desk.keys("<A-w>");
        assert!(!desk.sees("⚠"), "a false alarm is gone at once");
        desk.keys("<ret>// ")
            .keys(texts[2])
            .keys("<ret>= ")
            .keys(texts[3])
            .keys(" // between us")
            .keys("<ret>! send the guide @me ^fri<ret>! list of departments @customer ^11/27");
        // The first section took ten minutes instead of one and a half, so the rest is replanned.
        desk.later(minutes(8));
        assert!(
            desk.sees(kenshin::testing::words::call::late_hint(t)),
            "{}",
            desk.screen()
        );
        let planned = |desk: &Desk| {
            desk.model
                .call
                .open
                .as_ref()
                .expect("an open call")
                .reading(desk.now())
                .planned()
        };
        let before = planned(&desk);
        desk.keys("<A-r>");
        assert_eq!(planned(&desk), before, "shown before it is applied");
        desk.keys("<ret><F8>");
        assert!(planned(&desk) < before + minutes(10));
        desk.keys("<F6><down><down><ret>");
        desk.later(minutes(10))
            .keys("<A-s>pricing 4<ret><F8>what about seats?");
        assert!(desk.sees("pricing"), "{}", desk.screen());
        desk.keys("<F7><F12>");
        desk.later(minutes(5));
        desk.keys("<F12>");
        desk.later(minutes(15));
        // Five minutes before the customer has to leave, a reminder is shown.
        assert!(
            desk.sees(&kenshin::testing::words::call::leaves_in(t, "5")),
            "{}",
            desk.screen()
        );
        desk.later(minutes(5));
        let live = desk.model.call.open.as_ref().expect("an open call");
        let reading = clock::read(&live.checkin, desk.now().at);
        assert_eq!(reading.total, minutes(40), "the pause does not count");
        assert_eq!(
            reading
                .sections
                .iter()
                .fold(Duration::zero(), |a, b| a + *b),
            reading.total
        );

        // The wrap-up: rows from the marks, one of them dropped; saved in under a minute.
        desk.keys("<F10>");
        assert!(
            desk.sees("send the guide @me ^fri") && desk.sees(texts[3]) && !desk.sees(texts[2]),
            "{}",
            desk.screen()
        );
        desk.keys("<C-s>");
        let phase = desk.model.call.open.as_ref().map(|l| l.phase);
        assert_eq!(phase, Some(Phase::Done), "{}", desk.screen());
        let live = desk.model.call.open.as_ref().expect("an open call");
        assert_eq!(live.actions.len(), 2);
        assert_eq!(live.checkin.items(Mark::Quote), [texts[0]]);
        assert_eq!(live.checkin.items(Mark::Decision), [texts[3]]);
        assert!(live.checkin.moods().next().is_some());

        // Every output, none of which contains the private line.
        for (index, ending) in [
            "crm", "mail", "minutes", "md", "eml", "ics", "csv", "html", "json",
        ]
        .iter()
        .enumerate()
        {
            let copied = desk.copied.len();
            desk.keys("o").keys(&"<down>".repeat(index)).keys("<ret>");
            if ["mail", "eml"].contains(ending) {
                // What goes to the customer is shown first.
                desk.keys("<ret>");
            }
            let path = std::fs::read_dir(desk.home.join("out"))
                .ok()
                .and_then(|mut d| {
                    d.find_map(|e| {
                        e.ok()
                            .map(|e| e.path())
                            .filter(|p| p.extension().is_some_and(|x| x == *ending))
                    })
                });
            let text = match path {
                Some(path) => String::from_utf8(std::fs::read(path).expect("the file is readable"))
                    .expect("valid UTF-8"),
                None => {
                    assert_eq!(desk.copied.len(), copied + 1, "{ending}: {}", desk.screen());
                    desk.copied[copied].clone()
                }
            };
            assert!(
                !text.is_empty() && !text.contains(texts[2]) && !text.contains("between us"),
                "{ending}: {text}"
            );
        }
        assert!(
            (desk.copied[1].to_lowercase()).contains(&texts[3].to_lowercase())
                && desk.copied[1].to_lowercase().contains("send the guide"),
            "{}",
            desk.copied[1]
        );
        // The CRM text was pasted and is unchanged.
        assert!(
            desk.sees(&kenshin::testing::words::call::pasted_same(
                t,
                desk.now().local().format("%H:%M").to_string()
            )),
            "{}",
            desk.screen()
        );
    }
}

#[test]
fn private_lines_are_in_no_export_and_no_answer() {
    let mut desk = desk(Lang::En);
    desk.keys("c<ret><ret>public words<ret>hidden-words<A-x><ret>// more hidden-words ! secret hidden-words @me ^fri<ret>! real @me ^fri<F10><C-s>");
    desk.keys("<esc>2nnoted<ret>//hidden-words ! do hidden-words @me ^fri #hidden-words<C-s>");
    let id = desk
        .model
        .portfolio
        .current(&desk.model.book)
        .expect("a row under the cursor")
        .account
        .id
        .clone();
    assert!(
        desk.model
            .book
            .actions
            .values()
            .all(|a| !a.what.contains("hidden"))
    );
    for request in [
        json!({ "ask": "accounts" }),
        json!({ "ask": "brief", "account": id }),
        json!({ "ask": "health", "account": id }),
        json!({ "ask": "action-list" }),
    ] {
        for form in [Form::Words, Form::Json] {
            let answer = common::ask(&mut desk, form, request.clone());
            assert_eq!(answer.exit, 0, "{}", answer.error);
            assert!(
                !answer.out.is_empty() && !answer.out.contains("hidden"),
                "{answer:?}"
            );
        }
    }
    // Copying the brief on screen copies no private lines.
    desk.keys("py");
    assert!(desk.copied.iter().all(|c| !c.contains("hidden")));
    // A full export, and each note in each format, through the real command line.
    let home = desk.close();
    let run = |args: &[&str]| {
        let out = std::process::Command::new(env!("CARGO_BIN_EXE_kenshin"))
            .arg("--home")
            .arg(&home)
            .args(args)
            .env("KENSHIN_NOW", "2026-11-22T11:00:00+09:00")
            .env("KENSHIN_LANG", "en")
            .output()
            .expect("the command runs");
        String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr)
    };
    let dir = home.join("x");
    run(&["export", "--all", &dir.display().to_string()]);
    let whole =
        std::fs::read_to_string(dir.join("kenshin-export.jsonl")).expect("the file is readable");
    assert!(whole.contains("public words") && !whole.contains("hidden"));
    let notes: Vec<String> = whole
        .lines()
        .filter_map(|l| serde_json::from_str::<serde_json::Value>(l).ok())
        .filter(|v| v["kind"] == "note" && v["record"]["account"] == id.as_str())
        .filter_map(|v| v["record"]["id"].as_str().map(str::to_owned))
        .collect();
    assert!(notes.len() >= 2);
    for note in &notes {
        for format in ["md", "html", "json", "crm", "minutes", "mail", "eml"] {
            assert!(
                !run(&["export", "--note", note, "--format", format]).contains("hidden"),
                "{format}"
            );
        }
    }
    for form in ["csv", "ics"] {
        assert!(!run(&["export", "--actions", form]).contains("hidden"));
    }
    // Importing the export does not remove the private lines. An export with private lines contains
    // them.
    run(&["import", &dir.display().to_string(), "--yes"]);
    let own = home.join("own");
    run(&[
        "export",
        "--all",
        &own.display().to_string(),
        "--include-private",
    ]);
    assert!(
        std::fs::read_to_string(own.join("kenshin-export.jsonl"))
            .expect("the file is readable")
            .contains("hidden-words")
    );
    let _ = std::fs::remove_dir_all(home);
}

#[test]
fn calls_survive_suspension_clock_changes_and_tiny_terminals() {
    // An hour of suspension, a clock set back, midnight, tiny terminals, another call.
    let mut desk = desk(Lang::Ja);
    desk.keys("c<ret><ret>最初の話");
    desk.later(minutes(60)).keys("、続き");
    desk.later(-minutes(30)).keys("、戻った");
    assert!(
        desk.model
            .call
            .open
            .as_ref()
            .expect("an open call")
            .reading(desk.now())
            .total
            >= minutes(0)
    );
    for (w, h) in [(20, 5), (1, 1), (40, 12), (24, 6), (120, 40)] {
        desk.resize(w, h);
        desk.keys("字");
    }
    desk.later(Duration::hours(15)).keys("、翌日");
    assert!(
        desk.model
            .call
            .open
            .as_mut()
            .expect("an open call")
            .editor()
            .expect("an editor")
            .text()
            .contains("最初の話、続き、戻った字字字字字、翌日")
    );
    desk.send(Msg::Tick);
    // Two calls on one account on one day are kept apart.
    desk.keys("<F10><C-s><C-s><esc>c<ret><ret>二つ目");
    let live = desk.model.call.open.as_mut().expect("an open call");
    assert_eq!(live.editor().expect("an editor").text(), "二つ目");
    // A desk that was closed and opened again offers the call with its text, on the same account.
    let account = live.checkin.account.clone();
    desk.later(Duration::seconds(1));
    let mut desk = desk.reopen().expect("the desk reopens");
    desk.keys("2");
    desk.keys("<ret>");
    let live = desk.model.call.open.as_mut().expect("an open call");
    assert_eq!(
        (
            live.checkin.account.clone(),
            live.editor().expect("an editor").text()
        ),
        (account, "二つ目".to_owned())
    );
}

#[test]
fn a_workshop_of_three_thousand_lines_is_kept_complete() {
    let mut desk = desk(Lang::Ja);
    desk.keys("c<ret><ret>");
    let text: String = (0..3_000)
        .map(|i| format!("{i} 現場が抵抗していて、まだ決めていません\n"))
        .collect();
    desk.paste(&text);
    desk.keys("最後<F4>");
    let editor = desk
        .model
        .call
        .open
        .as_mut()
        .expect("an open call")
        .editor()
        .expect("an editor");
    assert_eq!(editor.lines().len(), 3_001);
    // The paste is one undo step.
    editor.undo();
    editor.undo();
    editor.undo();
    assert!(editor.is_blank() || editor.lines().len() <= 1);
    editor.redo();
    assert_eq!(editor.lines().len(), 3_001);
}

#[test]
fn mark_prefixes_work_in_full_width_too() {
    for (line, mark) in [
        ("！資料を送る", Some(Mark::Action)),
        ("／／ 内緒", Some(Mark::Private)),
        ("＝　週次にする", Some(Mark::Decision)),
        ("～ 予算が危ない", Some(Mark::Risk)),
        ("? いつから", Some(Mark::Question)),
        ("$500 per seat", None),
        ("!!!", None),
        // Private whatever follows: an extra mark must not make the line public.
        ("//!secret", Some(Mark::Private)),
        ("／／！内緒", Some(Mark::Private)),
        ("普通の行", None),
    ] {
        assert_eq!(Mark::of_text(line).map(|m| m.0), mark, "{line}");
    }
    let keys = Key::script("<A-x>");
    assert_eq!(keys.len(), 1);
}

#[test]
fn past_notes_of_every_account_are_found_from_within_a_call() {
    let mut desk = desk(Lang::En);
    desk.keys("G");
    desk.keys("nwatermelon contract of old<C-s>g");
    desk.keys("c<ret><ret>hello<A-/>watermelon");
    assert!(
        !desk.sees("watermelon contract of old"),
        "another customer's notes are not shown unasked"
    );
    desk.keys("<tab>");
    assert!(desk.sees("watermelon contract of old"), "{}", desk.screen());
    desk.keys("<ret>");
    assert!(desk.sees("watermelon contract of old"));
    desk.keys("<esc> again");
    assert_eq!(
        desk.model
            .call
            .open
            .as_mut()
            .expect("an open call")
            .editor()
            .expect("an editor")
            .text(),
        "hello again"
    );
    // Templates can be previewed from anywhere.
    desk.keys("<esc>2Mfollow<ret>");
    assert!(
        desk.sees("{{ me }}") || desk.sees("{{ date }}"),
        "{}",
        desk.screen()
    );
}

#[test]
fn a_dismissed_phrase_stays_dismissed() {
    let mut desk = desk(Lang::En);
    desk.keys("c<ret><ret>it is too expensive");
    assert!(desk.sees("⚠"));
    desk.keys("<A-w>");
    desk.later(Duration::seconds(1));
    let mut desk = desk.reopen().expect("the desk reopens");
    desk.keys("2");
    desk.resize(120, 40);
    desk.keys("<ret><ret>again too expensive");
    assert!(!desk.sees("⚠"), "{}", desk.screen());
    desk.keys("<ret>reviewing all vendors");
    assert!(desk.sees("⚠"));
}

#[test]
fn a_call_that_begins_late_keeps_its_agreed_end() {
    for lang in [Lang::En, Lang::Ja] {
        let mut desk = desk(lang);
        let t = lang;
        let agreed = desk
            .model
            .now
            .zone
            .local(desk.now().at - minutes(6))
            .format("%H:%M")
            .to_string();
        desk.keys("c<ret>S").keys(&agreed).keys("<ret>");
        assert!(
            desk.sees(&kenshin::testing::words::call::starts_word(t, &agreed)),
            "{}",
            desk.screen()
        );
        desk.keys("<ret>");
        assert!(
            desk.sees(&kenshin::testing::words::call::started_late(t, "6"))
                && desk.sees(kenshin::testing::words::call::late_hint(t)),
            "{}",
            desk.screen()
        );
        let left = |desk: &Desk| {
            let live = desk.model.call.open.as_ref().expect("an open call");
            kenshin::testing::domain::checkin::pacing::replan(&live.checkin, desk.now().at).left
        };
        let planned = desk
            .model
            .call
            .open
            .as_ref()
            .expect("an open call")
            .reading(desk.now())
            .planned();
        assert_eq!(left(&desk), planned - minutes(6));
        desk.keys("S is a letter here");
        assert!(desk.sees("S is a letter here"));
    }
}

#[test]
fn an_unplanned_talk_records_attendees_and_time() {
    for lang in [Lang::En, Lang::Ja] {
        let mut desk = desk(lang);
        let t = lang;
        desk.keys("nthe price is fine<C-t><F2>");
        assert!(
            desk.sees(kenshin::testing::words::compose::talk_title(t)),
            "{}",
            desk.screen()
        );
        desk.keys("<down>森様、青葉様<down>99:99<C-s>");
        assert!(
            desk.sees(kenshin::testing::words::compose::not_a_past_time(t)),
            "{}",
            desk.screen()
        );
        desk.keys(&"<bs>".repeat(5)).keys("00:01<C-s>");
        assert!(
            desk.sees("森様、青葉様") && desk.sees("00:01"),
            "{}",
            desk.screen()
        );
        // Left as a draft and opened again, it is still the same talk.
        desk.keys("<esc>n");
        assert!(
            desk.sees("森様、青葉様") && desk.sees("the price is fine"),
            "{}",
            desk.screen()
        );
        desk.keys("<C-s><ret>");
        let dossier = desk
            .model
            .account
            .as_ref()
            .and_then(|a| a.dossier.clone())
            .expect("the account is loaded");
        let touch = dossier
            .touches
            .iter()
            .find(|x| x.summary.contains("森様, 青葉様"))
            .expect("the talk");
        assert_eq!(
            desk.model
                .now
                .zone
                .local(touch.at)
                .format("%H:%M")
                .to_string(),
            "00:01"
        );
        assert_eq!(
            touch.kind,
            kenshin::testing::domain::facts::touch::TouchKind::Call
        );
    }
}

/// The text of an output, selected by the words typed in the list.
fn output(desk: &mut Desk, words: &str) -> String {
    let (before, update) = (desk.now(), kenshin::testing::app::update);
    let mut effects = Vec::new();
    for key in Key::script(&format!("o{words}<ret>")) {
        effects.extend(update(&mut desk.model, before, Msg::Key(key)));
    }
    // A mail to the customer is shown first.
    if !desk.model.overlays.is_empty() {
        let key = Key::script("<ret>").remove(0);
        effects.extend(update(&mut desk.model, before, Msg::Key(key)));
    }
    let copied = effects.into_iter().find_map(|e| {
        if let kenshin::testing::app::msg::Effect::Copy(text) = e {
            Some(text)
        } else {
            None
        }
    });
    copied.unwrap_or_else(|| panic!("nothing was copied\n{}", desk.screen()))
}

#[test]
fn the_owner_of_an_action_survives_the_wrap_up_and_reaches_the_mail() {
    let mut desk = desk(Lang::Ja);
    desk.keys("Gc<ret><ret>雑談 ! 契約書の確認 @先方 ^金<ret>！ 見積もりを送る ＠山口 ＾金曜<ret>! Send the revised quote ^next fri<ret>解約も考えている<ret>> 「毎朝10分待たされる」と山口さん<F10>");
    desk.keys("<C-s>");
    let actions = &desk.model.call.open.as_ref().expect("an open call").actions;
    let side = |what: &str| {
        actions
            .iter()
            .find(|a| a.what.contains(what))
            .map(|a| (a.side, a.due.is_some()))
    };
    assert_eq!(
        side("契約書"),
        Some((kenshin::testing::domain::action::Side::Customer, true)),
        "{}",
        desk.screen()
    );
    assert!(
        actions
            .iter()
            .any(|a| a.what == "Send the revised quote" && a.due.is_some()),
        "two words make a date: {actions:?}"
    );
    let mail = output(&mut desk, "メールをコピー");
    let theirs = mail
        .split("■ お願い事項")
        .nth(1)
        .expect("the customer's part");
    assert!(
        theirs.contains("契約書の確認") && !mail.contains("見積もりを送る"),
        "a colleague's action goes out only when it is allowed: {mail}"
    );
    desk.keys("oメールをコピー<ret>");
    let overlay = desk.screen();
    assert!(overlay.contains("[ ] 見積もりを送る"), "{overlay}");
    desk.keys("見積<ret>");
    let ticked = desk.screen();
    assert!(ticked.contains("[x] 見積もりを送る"), "{ticked}");
    desk.keys("<esc>");
    let mail = output(&mut desk, "メールをコピー");
    assert!(mail.contains("見積もりを送る"), "{mail}");
    assert!(
        !mail.contains("解約") && !mail.contains('^') && !mail.contains("fri（"),
        "{mail}"
    );
    assert!(
        mail.contains("ご担当者様") && !mail.contains("予定しております"),
        "nobody named, and nothing agreed: {mail}"
    );
    let note = desk
        .model
        .call
        .open
        .as_ref()
        .map(|l| {
            kenshin::testing::services::compose::markdown(
                &l.checkin,
                "x",
                &l.actions,
                Lang::Ja,
                desk.now().zone,
            )
        })
        .expect("a note");
    assert!(
        note.contains("「毎朝10分待たされる」と山口さん") && !note.contains("山口さん”"),
        "{note}"
    );
}

#[test]
fn colleagues_and_what_is_done_about_a_risk_are_not_the_customers() {
    let home = tempfile::tempdir().expect("dir");
    let config = home.path().join("config");
    std::fs::create_dir(&config).expect("a folder");
    let ours = "[ours]\nsupport = \"Ann Lee <ann@ours.example>\"\n";
    std::fs::write(config.join("desk.toml"), ours).expect("written");
    let mut desk = Desk::at(Lang::En, home.path().to_owned(), 12).expect("opens");
    desk.keys("2Gc<ret><ret>! reset the sandbox @Ann ^fri<ret>~ they look at Rivalsoft ! get the battlecard @me ^fri<ret>");
    desk.keys("=Go live in December ! send the plan @me ^fri<ret>! send the file @them ^fri<ret>?why two logins => separate until v8<F10>");
    // Four actions and three other marks stand above the people.
    desk.keys(&"<tab>".repeat(7));
    desk.keys("Ann, Frau Iyer and Sato<C-s><C-s>");
    let actions = &desk.model.call.open.as_ref().expect("a call").actions;
    assert_eq!(actions.len(), 4, "{}", desk.screen());
    let mail = output(&mut desk, "email to customer");
    assert!(
        mail.contains("Hi Frau Iyer,"),
        "ours and the author are no guests: {mail}"
    );
    let (ours, theirs) = mail
        .split_once("What we would ask of you")
        .unwrap_or_else(|| panic!("{mail}"));
    assert!(
        theirs.contains("Send the file") && !mail.contains("sandbox"),
        "{mail}"
    );
    assert!(ours.contains("- Send the plan (by"), "{mail}");
    assert!(
        ours.contains("- Go live in December\n"),
        "no action in a decision: {mail}"
    );
    assert!(
        ours.contains("- Why two logins? Separate until v8\n"),
        "{mail}"
    );
    assert!(
        !mail.contains("battlecard") && !mail.contains("Rivalsoft"),
        "{mail}"
    );
    let minutes = output(&mut desk, "Copy minutes");
    assert_eq!(
        minutes.matches("Go live in December").count(),
        1,
        "{minutes}"
    );
    assert!(
        minutes.contains("[risk] they look at Rivalsoft"),
        "{minutes}"
    );
}

#[test]
fn a_skipped_section_is_passed_over_and_the_current_one_can_be_skipped() {
    let mut desk = desk(Lang::En);
    desk.keys("c<ret><ret>");
    let current = |desk: &Desk| {
        desk.model
            .call
            .open
            .as_ref()
            .expect("an open call")
            .current()
    };
    let dropped = |desk: &Desk| {
        desk.model
            .call
            .open
            .as_ref()
            .expect("an open call")
            .reading(desk.now())
            .dropped
            .clone()
    };
    // The second entry of the list is the next section.
    desk.keys("<A-c><down><ret>");
    assert!(
        dropped(&desk)[1] && current(&desk) == 0,
        "{}",
        desk.screen()
    );
    desk.keys("<F8>");
    assert_eq!(current(&desk), 2, "passed over");
    desk.keys("<A-c><ret>");
    assert!(
        dropped(&desk)[2] && current(&desk) == 3,
        "the one that runs, and on with the next: {}",
        desk.screen()
    );
    desk.keys("<F7>");
    assert_eq!(current(&desk), 0);
}

#[test]
fn escape_clears_the_mark_filter_before_it_leaves_the_call() {
    let mut desk = desk(Lang::En);
    desk.keys("c<ret><ret>! one<ret>plain<A-v>");
    assert!(
        desk.model
            .call
            .open
            .as_ref()
            .expect("an open call")
            .only
            .is_some()
    );
    desk.keys("<esc>");
    assert_eq!(
        (
            desk.model.screen,
            desk.model.call.open.as_ref().expect("an open call").only
        ),
        (kenshin::testing::app::msg::Screen::Call, None)
    );
    desk.keys("<A-v> more");
    assert!(
        desk.sees("plain more"),
        "what is typed is seen: {}",
        desk.screen()
    );
}

#[test]
fn a_dismissed_phrase_is_restored_with_the_same_key() {
    let mut desk = desk(Lang::En);
    desk.keys("c<ret><ret>it is too expensive<A-w>");
    assert!(!desk.sees("⚠"));
    desk.keys("<A-w>");
    assert!(desk.sees("⚠"), "{}", desk.screen());
}

#[test]
fn what_the_wrap_up_corrected_does_not_come_back_when_it_is_resumed() {
    let home = tempfile::tempdir().expect("dir");
    let mut desk = Desk::at(Lang::En, home.path().to_owned(), 12).expect("opens");
    desk.keys("2Gc<ret><ret>= Pilot starts 4 January<ret>= Archive 2019 data<ret>= Third<ret>= Weekly export ! send it @me ^fri<F10>");
    // After the action come the decisions: one is corrected, one dropped, one emptied.
    desk.keys("<tab><C-u>Pilot starts 11 January<tab><C-x><tab><C-u><esc>");
    drop(desk);
    let mut desk = Desk::at(Lang::En, home.path().to_owned(), 0).expect("opens");
    desk.later(chrono::Duration::days(1));
    desk.keys("3<ret>");
    assert!(desk.sees("Pilot starts 11 January"), "{}", desk.screen());
    desk.keys("<C-s><C-s>");
    let call = desk.model.call.open.as_ref().expect("a call");
    let decisions = call.checkin.items(Mark::Decision);
    assert_eq!(decisions.len(), 2, "{decisions:?}");
    assert_eq!(decisions[0], "Pilot starts 11 January");
    assert_eq!(call.actions.len(), 1, "{:?}", call.actions);
}
