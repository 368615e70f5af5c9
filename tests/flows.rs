//! The main workflows on the headless desk: keys in, screens out, on a real store, in both
//! languages.

mod common;

use chrono::Duration;
use kenshin::testing::app::health::state as health;
use kenshin::testing::app::insights::state as insights;
use kenshin::testing::app::msg::Layer;
use kenshin::testing::app::msg::Screen;
use kenshin::testing::app::msg::{Effect, Msg};
use kenshin::testing::app::overlay::Overlay;
use kenshin::testing::app::update;
use kenshin::testing::domain::health::Band;
use kenshin::testing::keys::{Code, Key};
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::words::Lang;

/// The demo desk, at its portfolio.
fn portfolio(lang: Lang, accounts: usize) -> Desk {
    let mut desk = Desk::demo(lang, accounts).expect("the desk opens");
    desk.keys("2");
    desk
}

const BOTH: [Lang; 2] = [Lang::En, Lang::Ja];

#[test]
fn notes_of_all_accounts_are_found_from_anywhere_in_their_current_state() {
    for lang in [Lang::En, Lang::Ja] {
        let mut desk = Desk::demo(lang, 12).expect("the desk opens");
        desk.keys("2nﾚﾎﾟｰﾄが遅い watermelon<C-s>");
        desk.keys("G<A-/>");
        assert!(
            desk.sees("watermelon"),
            "the newest without a word: {}",
            desk.screen()
        );
        // Half-width and full-width forms are the same word; all words must match.
        desk.keys("レポート　ｗａｔｅｒ");
        assert!(
            desk.sees("1/1") && desk.sees("watermelon"),
            "{}",
            desk.screen()
        );
        desk.keys("zzz");
        assert!(
            desk.sees(kenshin::testing::words::common::nothing_found(
                desk.model.lang
            )),
            "{}",
            desk.screen()
        );
        desk.keys("<C-u>watermelon<ret>");
        assert!(
            matches!(desk.model.overlays.last(), Some(Overlay::Notice(_))),
            "it opens: {}",
            desk.screen()
        );
        // An undone note is no longer found.
        desk.keys("<esc>u<A-/>watermelon");
        assert!(
            desk.sees(kenshin::testing::words::common::nothing_found(
                desk.model.lang
            )),
            "{}",
            desk.screen()
        );
    }
}

#[test]
fn the_main_job_from_portfolio_to_the_finished_note() {
    for lang in BOTH {
        let mut desk = portfolio(lang, 40);
        let t = lang;
        // Riskiest first.
        let first = desk
            .model
            .portfolio
            .current(&desk.model.book)
            .expect("a row under the cursor")
            .clone();
        assert_eq!(first.standing.health.band, Band::Red);
        assert!(desk.sees(&first.account.name));

        // Opens the account, and goes through every tab and back.
        desk.keys("<ret>");
        for tab in kenshin::testing::app::account::state::Tab::ALL {
            let name = tab.words(t);
            assert!(desk.sees(&format!("[{name}]")), "{name}");
            desk.keys("<tab>");
        }
        desk.keys("q");

        // Check-in: three keys to a running call.
        desk.keys("c<ret><ret>");
        let live = desk.model.call.open.as_ref().expect("an open call");
        assert!(live.checkin.started().is_some());
        assert!(desk.sees(kenshin::testing::words::call::live_state(t)));
        desk.keys("Mika: the reports are too slow<F3><ret>budget under review<F4>");
        desk.later(Duration::seconds(95));
        desk.keys("<F8>Send the SSO guide @me ^fri<F2>");
        desk.later(Duration::seconds(30));
        desk.keys("<F10>");
        assert!(desk.sees(&kenshin::testing::words::call::wrap_up_of(
            t,
            &first.account.name
        )));
        desk.keys("<tab><right><tab><right><C-s>");
        let live = desk.model.call.open.as_ref().expect("an open call");
        assert!(live.checkin.wrapup.finished.is_some(), "{}", desk.screen());
        assert_eq!(live.actions.len(), 1);
        assert_eq!(live.actions[0].what, "Send the SSO guide");
        assert!(desk.sees("Send the SSO guide"));
        let reading = desk
            .model
            .call
            .open
            .as_ref()
            .expect("an open call")
            .reading(desk.now());
        assert_eq!(reading.total, Duration::seconds(125));
        assert_eq!(reading.sections[0], Duration::seconds(95));

        // After closing and reopening the terminal, everything is restored.
        let account = first.account.id.clone();
        let mut desk = desk.reopen().expect("the desk reopens");
        desk.keys("2");
        assert!(desk.model.overlays.is_empty(), "nothing is left to resume");
        desk.keys("3<ret>");
        assert!(desk.sees("the reports are too slow"));
        assert!(
            desk.model
                .book
                .actions
                .values()
                .any(|a| a.account == account && a.what == "Send the SSO guide")
        );
    }
}

#[test]
fn an_interrupted_call_is_restored_with_its_text_and_account() {
    let mut desk = portfolio(Lang::Ja, 12);
    desk.keys("jc<ret><ret>");
    let account = desk
        .model
        .call
        .open
        .as_ref()
        .expect("an open call")
        .checkin
        .account
        .clone();
    desk.keys("まだ決めていない<ret>予算を見直し中<F4>");
    // After a moment the draft is written; then the desk ends without warning.
    desk.later(Duration::milliseconds(400));
    let mut desk = desk.reopen().expect("the desk reopens");
    desk.keys("2");
    assert!(
        desk.sees(kenshin::testing::words::call::resume_title(Lang::Ja)),
        "{}",
        desk.screen()
    );
    desk.keys("<ret>");
    let live = desk.model.call.open.as_ref().expect("an open call");
    assert_eq!(live.checkin.account, account);
    assert!(desk.sees("まだ決めていない") && desk.sees("予算を見直し中"));
    // The clock kept running from the stored start.
    let before = desk
        .model
        .call
        .open
        .as_ref()
        .expect("an open call")
        .reading(desk.now())
        .total;
    desk.later(Duration::minutes(3));
    assert_eq!(
        desk.model
            .call
            .open
            .as_ref()
            .expect("an open call")
            .reading(desk.now())
            .total,
        before + Duration::minutes(3)
    );
}

#[test]
fn notes_drafts_and_undo() {
    let mut desk = portfolio(Lang::En, 12);
    let account = desk.model.subject().expect("an account under the cursor");
    desk.keys("nMika asked about SSO ! send doc @me ^fri #feature<esc>");
    assert!(desk.sees("Draft on"));
    let mut desk = desk.reopen().expect("the desk reopens");
    desk.keys("2");
    desk.keys("n");
    assert!(
        desk.sees("Mika asked about SSO"),
        "the draft is back: {}",
        desk.screen()
    );
    let before = desk.model.book.actions.len();
    desk.keys("<C-s>");
    assert_eq!(desk.model.book.actions.len(), before + 1);
    let due = desk
        .model
        .book
        .actions
        .values()
        .find(|a| a.what == "send doc")
        .expect("the action")
        .due;
    assert_eq!(due, chrono::NaiveDate::from_ymd_opt(2026, 11, 27));
    assert!(
        desk.model
            .book
            .get(&account)
            .expect("the row of the account")
            .standing
            .open_actions
            >= 1
    );
    desk.keys("u");
    assert_eq!(
        desk.model.book.actions.len(),
        before,
        "one undo takes back note and action"
    );
    desk.keys("<C-r>");
    assert_eq!(desk.model.book.actions.len(), before + 1);
}

#[test]
fn a_field_is_edited_in_place_checked_and_undone() {
    let mut desk = portfolio(Lang::En, 12);
    desk.keys("<ret>");
    let id = desk.model.subject().expect("an account under the cursor");
    let name = |desk: &Desk| {
        desk.model
            .book
            .get(&id)
            .expect("the row of the account")
            .account
            .name
            .clone()
    };
    let old = name(&desk);
    desk.keys("e<C-u>New Name<ret>");
    assert_eq!(name(&desk), "New Name");
    // An invalid date is refused and can be corrected.
    desk.keys("jjjjjjjjjjje<C-u>someday<ret>");
    assert!(desk.sees("Not a date"));
    desk.keys("<C-u>2027-03-31<ret>");
    assert_eq!(
        desk.model
            .book
            .get(&id)
            .expect("the row of the account")
            .account
            .renewal,
        chrono::NaiveDate::from_ymd_opt(2027, 3, 31)
    );
    desk.keys("uu");
    assert_eq!(name(&desk), old);
}

#[test]
fn the_filter_narrows_as_it_is_typed_and_full_width_keys_work() {
    let mut desk = portfolio(Lang::Ja, 60);
    let all = desk.model.portfolio.shown.len();
    desk.keys("／band:red<ret>");
    let red = desk.model.portfolio.shown.len();
    assert!(red > 0 && red < all);
    assert!(
        desk.model
            .portfolio
            .shown
            .iter()
            .all(|i| desk.model.book.rows()[*i].standing.health.band == Band::Red)
    );
    desk.keys("<esc>");
    assert_eq!(desk.model.portfolio.shown.len(), all);
    // Romaji matches a kana reading.
    let row = desk
        .model
        .book
        .rows()
        .iter()
        .find(|r| r.account.reading.starts_with("アオバ"))
        .or_else(|| {
            desk.model
                .book
                .rows()
                .iter()
                .find(|r| !r.account.reading.is_empty())
        })
        .expect("a reading")
        .clone();
    let kana: String = row.account.reading.chars().take(4).collect();
    desk.keys("/").keys(&kana).keys("<ret>");
    assert!(
        desk.model
            .portfolio
            .shown
            .iter()
            .any(|i| desk.model.book.rows()[*i].account.id == row.account.id)
    );
    desk.keys("<esc>ｊｊ");
    assert_eq!(desk.model.portfolio.list.cursor, 2);
}

#[test]
fn views_are_saved_and_actions_are_finished_with_one_key() {
    let mut desk = portfolio(Lang::En, 60);
    desk.keys("/band:yellow<ret>Vmine<ret>");
    let n = desk.model.portfolio.shown.len();
    let mut desk = desk.reopen().expect("the desk reopens");
    desk.keys("2");
    desk.keys("vmine<ret>");
    assert_eq!(desk.model.portfolio.shown.len(), n);
    desk.keys("4");
    let before = open_actions(&desk);
    desk.keys("x");
    assert_eq!(open_actions(&desk), before - 1);
    desk.keys("x");
    assert_eq!(open_actions(&desk), before, "the same key opens it again");
    desk.keys("xu");
    assert_eq!(open_actions(&desk), before);
    // An action records its history.
    let moved = desk
        .model
        .actions
        .shown(&desk.model.book, "Sato", desk.now().today())[desk.model.actions.list.cursor]
        .id
        .clone();
    desk.keys("D<C-u>+30d<ret>");
    let at = desk
        .model
        .actions
        .shown(&desk.model.book, "Sato", desk.now().today())
        .iter()
        .position(|a| a.id == moved)
        .expect("the action is still listed");
    desk.model.actions.list.cursor = at;
    desk.keys("e");
    assert!(desk.sees("→ 22 Dec"), "{}", desk.screen());
}

#[test]
fn an_import_is_reviewed_answered_and_undone() {
    let mut desk = portfolio(Lang::En, 5);
    let name = desk.model.book.rows()[0].account.name.clone();
    let path = desk.home.join("tickets.csv");
    std::fs::write(&path, format!("ticket_id,account,subject,status,opened\nT1,{name},Slow,open,2026-11-20\nT2,Nobody Inc,Down,open,2026-11-21\n")).expect("the file is written");
    desk.keys("I")
        .paste(&path.display().to_string())
        .keys("<ret>");
    assert!(desk.sees("Nobody Inc"), "{}", desk.screen());
    // The unknown name is asked about. The plan is updated with the answer before anything is
    // written.
    desk.keys("<ret><C-u>")
        .keys(&name.chars().take(6).collect::<String>())
        .keys("<ret>");
    assert!(desk.sees("Nobody Inc” ×1? → "), "{}", desk.screen());
    desk.keys("y");
    let id = desk
        .model
        .book
        .rows()
        .iter()
        .find(|r| r.account.name == name)
        .expect("a matching row")
        .account
        .id
        .clone();
    let tickets = |desk: &Desk| {
        desk.model
            .book
            .get(&id)
            .expect("the row of the account")
            .standing
            .open_tickets
    };
    let after = tickets(&desk);
    desk.keys("u");
    assert_eq!(
        tickets(&desk),
        after - 2,
        "one undo takes the whole import back"
    );
}

#[test]
fn a_note_typed_while_an_import_is_planned_is_stored_at_once() {
    let mut desk = portfolio(Lang::En, 5);
    desk.keys("2");
    let path = desk.home.join("accounts.csv");
    std::fs::write(&path, "id,account_name\nnew-1,New One\n").expect("the file is written");
    // The user leaves the review while the file is read, and writes a note.
    desk.while_planning = Some("<esc>nwritten meanwhile<C-s>");
    desk.keys("I")
        .paste(&path.display().to_string())
        .keys("<ret>");
    assert!(desk.while_planning.is_none(), "the store was asked");
    assert!(!desk.sees("Import preview"), "{}", desk.screen());
    let notes = desk.ask(
        &kenshin::testing::commands::QUESTIONS,
        kenshin::testing::ipc::Form::Words,
        &serde_json::json!({ "ask": "notes", "words": "meanwhile" }),
    );
    assert!(notes.out.contains("written meanwhile"), "{notes:?}");
    // The plan that nobody waited for writes nothing.
    assert!(
        !desk
            .model
            .book
            .rows()
            .iter()
            .any(|r| r.account.name == "New One")
    );
}

#[test]
fn an_edit_between_preview_and_acceptance_survives_the_import() {
    let mut desk = portfolio(Lang::En, 5);
    let id = desk.model.book.rows()[0].account.id.clone();
    let path = desk.home.join("accounts.csv");
    std::fs::write(
        &path,
        format!("id,account_name,seats\n{id},Renamed Ltd,77\n"),
    )
    .expect("the file is written");
    desk.keys("I")
        .paste(&path.display().to_string())
        .keys("<ret>");
    assert!(desk.sees("changed"), "{}", desk.screen());
    // Another terminal changes the same account before the user accepts.
    let edited = desk.ask(
        &kenshin::testing::commands::QUESTIONS,
        kenshin::testing::ipc::Form::Words,
        &serde_json::json!({ "ask": "rule", "account": id.to_string(), "verdict": "red", "reason": "sponsor left" }),
    );
    assert_eq!(edited.exit, 0, "{edited:?}");
    desk.keys("y");
    let row = desk.model.book.get(&id).expect("the account");
    assert_eq!(row.account.name, "Renamed Ltd");
    let all = common::everything(&desk.close());
    assert!(all.contains("sponsor left"), "the edit survives");
}

#[test]
fn every_sheet_of_a_workbook_is_imported_and_one_can_be_chosen() {
    for lang in BOTH {
        let mut desk = portfolio(lang, 5);
        let mut book = rust_xlsxwriter::Workbook::new();
        for (sheet, id) in [("North", "n-1"), ("South", "s-1")] {
            let sheet = book.add_worksheet().set_name(sheet).expect("a sheet");
            for (row, cells) in [["id", "account_name"], [id, id]].iter().enumerate() {
                for (column, cell) in cells.iter().enumerate() {
                    sheet
                        .write(row as u32, column as u16, *cell)
                        .expect("a cell");
                }
            }
        }
        let path = desk.home.join("book.xlsx");
        book.save(&path).expect("the workbook is saved");
        desk.keys("I")
            .paste(&path.display().to_string())
            .keys("<ret>");
        let both = ["book.xlsx [North]", "book.xlsx [South]"];
        assert!(both.iter().all(|s| desk.sees(s)), "{}", desk.screen());
        desk.keys("s");
        assert!(
            desk.sees(both[0]) && !desk.sees(both[1]),
            "{}",
            desk.screen()
        );
        desk.keys("s");
        assert!(
            !desk.sees(both[0]) && desk.sees(both[1]),
            "{}",
            desk.screen()
        );
        desk.keys("s");
        assert!(both.iter().all(|s| desk.sees(s)), "{}", desk.screen());
        desk.keys("y");
        let is_there = |id: &str| desk.model.book.get(&id.into()).is_some();
        assert!(is_there("n-1") && is_there("s-1"));
    }
}

#[test]
fn the_external_editor_and_the_clipboard_work() {
    let mut desk = portfolio(Lang::En, 5);
    desk.outside = Some(|text| format!("{text}\nfrom outside"));
    desk.keys("nfirst<C-e>");
    assert!(desk.sees("from outside"));
    desk.keys("<C-s>p").keys("y");
    assert!(desk.copied[0].contains("Brief"));
}

#[test]
fn an_empty_desk_shows_what_to_do_and_refusals_give_reasons() {
    for lang in BOTH {
        let mut desk = Desk::empty(lang).expect("the desk opens");
        let t = lang;
        assert!(desk.sees(kenshin::testing::words::portfolio::no_accounts(t)));
        for (keys, why) in [
            ("c", kenshin::testing::words::common::no_account_chosen(t)),
            ("p", kenshin::testing::words::common::no_account_chosen(t)),
            ("a", kenshin::testing::words::common::no_account_chosen(t)),
            (
                "2V",
                kenshin::testing::words::portfolio::view_needs_filter(t),
            ),
        ] {
            desk.keys(keys);
            assert!(desk.sees(why), "{keys}: {}", desk.screen());
        }
        desk.keys("4");
        assert!(desk.sees(kenshin::testing::words::actions::all_done(t)));
        desk.keys("3");
        assert!(desk.sees(kenshin::testing::words::call::no_checkins(t)));
    }
}

#[test]
fn keys_help_and_palette_contain_every_verb() {
    use kenshin::testing::app::shell::bindings::VERBS;
    let reference = kenshin::testing::commands::tree(Lang::En);
    assert!(reference.get_subcommands().any(|c| c.get_name() == "keys"));
    let mut desk = portfolio(Lang::En, 3);
    desk.resize(120, 200);
    desk.keys("?");
    let screen = desk.screen();
    let mut seen = std::collections::HashSet::new();
    let mut bound = std::collections::HashSet::new();
    for verb in VERBS.iter() {
        let (id, scope) = (verb.id, verb.scope.id);
        assert!(
            screen.contains(verb.words.of(Lang::En)),
            "{id} is missing from help"
        );
        assert!(!verb.words.of(Lang::Ja).is_empty(), "{id}");
        assert!(seen.insert((scope, id)), "{id} stands twice in {scope}");
        assert!(!verb.keys.is_empty(), "{id} has no key");
        for key in verb.keys {
            assert_eq!(Key::script(key).len(), 1, "{key} is one key");
            assert!(
                bound.insert((scope, *key)),
                "{key} means two things in {scope}"
            );
        }
    }
    // Every verb can be reached from the palette of its scope, by name.
    let ids: std::collections::HashSet<_> = VERBS.iter().map(|v| v.id).collect();
    assert!(ids.len() > 90, "{}", ids.len());
}

#[test]
fn a_paste_of_a_megabyte_is_one_step_and_escape_sequences_never_show() {
    let mut desk = portfolio(Lang::En, 3);
    desk.keys("n");
    desk.paste(&"\u{1b}[31mred\u{7}日本語 text \n".repeat(40_000));
    let buffer = desk.buffer();
    for cell in buffer.content() {
        assert!(
            !cell.symbol().chars().any(char::is_control),
            "{:?}",
            cell.symbol()
        );
    }
    desk.keys("<C-z>");
    desk.send(kenshin::testing::app::msg::Msg::Key(Key::plain(Code::Esc)));
    assert!(!desk.sees("red"));
}

#[test]
fn no_size_is_too_small() {
    let mut desk = portfolio(Lang::Ja, 12);
    for script in [
        "", "<ret>", "<tab>", "<tab>", "<tab>", "<tab>", "<tab>", "<tab>", "q", "c", "<ret>",
        "<ret>", "<F10>", "<esc>", "n", "<esc>", "?", "<esc>", ":", "<esc>", "p", "4", "3",
    ] {
        desk.resize(120, 40);
        desk.keys(script);
        for (w, h) in [
            (1, 1),
            (5, 3),
            (24, 6),
            (40, 12),
            (80, 24),
            (200, 60),
            (300, 3),
        ] {
            desk.resize(w, h);
            desk.screen();
        }
    }
}

#[test]
fn several_accounts_change_in_one_undoable_step() {
    let mut desk = portfolio(Lang::En, 8);
    desk.keys("<space><space>");
    let chosen: Vec<_> = desk.model.portfolio.selected.iter().cloned().collect();
    assert_eq!(chosen.len(), 2);
    desk.keys("eowner=Weiss +q4<ret>");
    let owner = |desk: &Desk, i: usize| {
        desk.model
            .book
            .get(&chosen[i])
            .expect("the row of the account")
            .account
            .owner
            .clone()
    };
    assert!((0..2).all(|i| owner(&desk, i) == "Weiss"));
    assert!(
        desk.model
            .book
            .get(&chosen[0])
            .expect("the row of the account")
            .account
            .tags
            .contains(&"q4".to_owned())
    );
    desk.keys("u");
    assert!((0..2).all(|i| owner(&desk, i) != "Weiss"));
    // Unreadable input is refused and can be corrected.
    desk.keys("eshoe=big<ret>");
    assert!(desk.sees("owner=name"));
}

#[test]
fn too_little_data_has_its_own_band() {
    let mut desk = portfolio(Lang::En, 12);
    desk.keys("/band:unknown<ret>");
    assert_eq!(desk.model.portfolio.shown.len(), 1);
    assert!(desk.sees("unknown"));
}

#[test]
fn text_typed_just_before_the_end_and_in_the_wrap_up_is_restored() {
    let mut desk = portfolio(Lang::En, 8);
    desk.keys("c<ret><ret>word");
    desk.paste("a pasted paragraph of customer words");
    desk.keys("<F10>");
    // Answers that are not saved yet are a draft too.
    desk.keys(", Zed NewPerson<tab><tab><tab><C-a>write the plan ^fri");
    desk.later(Duration::seconds(2));
    let mut desk = desk.reopen().expect("the desk reopens");
    desk.keys("2");
    desk.keys("<ret>");
    assert!(
        desk.sees("Zed NewPerson") && desk.sees("write the plan"),
        "{}",
        desk.screen()
    );
    desk.keys("<C-s>");
    assert!(
        desk.sees("a pasted paragraph of customer words"),
        "an older draft does not win over what was stored: {}",
        desk.screen()
    );
}

#[test]
fn a_call_whose_account_was_undone_can_still_be_left() {
    let mut desk = portfolio(Lang::En, 8);
    desk.keys("NNobody at all Inc<C-s>");
    desk.keys("<esc>2").keys("c<ret><ret>one<F10>");
    desk.keys("<esc><esc><esc>2");
    assert!(
        desk.model.overlays.is_empty() && desk.model.screen != Screen::Call,
        "{}",
        desk.screen()
    );
    desk.keys("u");
    assert!(
        !desk
            .model
            .book
            .rows()
            .iter()
            .any(|r| r.account.name == "Nobody at all Inc"),
        "{}",
        desk.screen()
    );
    desk.keys("3");
    let at = desk
        .model
        .checkins
        .shown(&desk.model.book)
        .iter()
        .position(|c| desk.model.book.get(&c.account).is_none())
        .expect("its call is listed");
    let id = desk.model.checkins.shown(&desk.model.book)[at]
        .account
        .to_string();
    assert!(
        desk.sees("No longer exists") && !desk.sees(&id[..12]),
        "{}",
        desk.screen()
    );
    desk.keys(&"j".repeat(at)).keys("<ret>");
    assert!(
        desk.model.screen == Screen::Checkins && desk.model.toast.as_ref().is_some_and(|t| t.bad),
        "{}",
        desk.screen()
    );
    desk.keys("<C-r><ret>");
    assert!(
        desk.sees("Nobody at all Inc") && desk.sees("Wrap-up"),
        "{}",
        desk.screen()
    );
}

#[test]
fn a_call_ended_by_mistake_can_be_resumed() {
    let mut desk = portfolio(Lang::En, 8);
    desk.keys("c<ret><ret>one");
    desk.later(Duration::seconds(60));
    desk.keys("<F10>");
    desk.later(Duration::seconds(20));
    desk.keys("<F7> two");
    assert!(desk.sees("one two"), "{}", desk.screen());
    desk.later(Duration::seconds(10));
    assert_eq!(
        desk.model
            .call
            .open
            .as_ref()
            .expect("an open call")
            .reading(desk.now())
            .total,
        Duration::seconds(70)
    );
    // A running call is not left by accident, and Ctrl-Q works everywhere.
    desk.keys("<esc>q<esc><esc>");
    assert!(!desk.quit);
    desk.keys("q");
    assert!(!desk.quit && desk.sees("in progress"), "{}", desk.screen());
    desk.keys("n<C-q>");
    assert!(desk.quit);
}

#[test]
fn a_changed_form_warns_before_it_is_discarded() {
    let mut desk = portfolio(Lang::En, 8);
    desk.keys("<ret>ANew Person<esc>");
    assert!(desk.sees("Esc again"));
    desk.keys("<C-s>");
    let id = desk.model.subject().expect("an account under the cursor");
    assert!(
        desk.model
            .account
            .as_ref()
            .and_then(|a| a.dossier.as_ref())
            .is_some_and(
                |d| d.account.id == id && d.contacts.iter().any(|c| c.name == "New Person")
            )
    );
    desk.keys("AOther<esc><esc>");
    assert!(desk.model.overlays.is_empty());
}

#[test]
fn an_unreadable_filter_is_reported() {
    let mut desk = portfolio(Lang::En, 8);
    desk.keys("/tier:entrprise");
    assert!(
        desk.sees("tier:entrprise: one of enterprise, mid-market"),
        "{}",
        desk.screen()
    );
}

#[test]
fn an_account_is_created_by_hand_and_a_note_is_edited() {
    let mut desk = Desk::empty(Lang::En).expect("the desk opens");
    desk.keys("NAcme Corp<C-s>");
    assert!(desk.sees("Acme Corp"), "{}", desk.screen());
    desk.keys("nfirst words<C-s><ret><backtab>");
    assert!(desk.sees("first words"));
    desk.keys("e<C-a>other words<C-s>");
    assert!(
        desk.sees("other words") && !desk.sees("first words"),
        "{}",
        desk.screen()
    );
    desk.keys("u");
    assert!(desk.sees("first words"));
    desk.keys("uu");
    assert!(
        desk.sees(kenshin::testing::words::portfolio::no_accounts(Lang::En)),
        "{}",
        desk.screen()
    );
    // Among other accounts, the new one is under the cursor.
    let mut desk = portfolio(Lang::En, 24);
    desk.keys("jjNMizuho Works<C-s>");
    let chosen = desk
        .model
        .portfolio
        .current(&desk.model.book)
        .map(|r| r.account.name.clone());
    assert_eq!(chosen.as_deref(), Some("Mizuho Works"), "{}", desk.screen());
}

fn open_actions(desk: &Desk) -> usize {
    desk.model
        .book
        .actions
        .values()
        .filter(|a| a.is_open())
        .count()
}

/// Types keys without running any effect. Returns the requested effects.
fn asked(desk: &mut Desk, script: &str) -> Vec<Effect> {
    let now = desk.now();
    Key::script(script)
        .into_iter()
        .flat_map(|key| update(&mut desk.model, now, Msg::Key(key)))
        .collect()
}

fn committed(effects: &[Effect]) -> kenshin::testing::domain::change::Operation {
    effects
        .iter()
        .find_map(|e| {
            if let Effect::Commit(op) = e {
                Some((**op).clone())
            } else {
                None
            }
        })
        .expect("a commit")
}

#[test]
fn a_note_that_could_not_be_stored_is_still_a_draft() {
    let mut desk = portfolio(Lang::En, 24);
    desk.resize(120, 40);
    let effects = asked(&mut desk, "nprecious words<C-s>");
    assert!(
        effects.iter().any(
            |e| matches!(e, Effect::SaveDraft { body, .. } if body["text"] == "precious words")
        ),
        "it is whole on disk before the commit"
    );
    assert!(
        !effects
            .iter()
            .any(|e| matches!(e, Effect::DiscardDraft { .. }))
    );
    let op = committed(&effects);
    let failure = kenshin::testing::domain::failure::Failure::DiskFull {
        path: "x".into(),
        free: 0,
    };
    desk.send(Msg::NotStored { id: op.id, failure });
    assert!(desk.sees("Not saved") && desk.sees("full"));
    desk.keys("<esc>n");
    assert!(desk.sees("precious words"), "{}", desk.screen());
    // A finished action that could not be written is open again.
    desk.keys("<esc>4");
    let before = desk.model.book.actions.len();
    let op = committed(&asked(&mut desk, "x"));
    desk.send(Msg::NotStored {
        id: op.id,
        failure: kenshin::testing::domain::failure::Failure::DiskFull {
            path: "x".into(),
            free: 0,
        },
    });
    assert_eq!(desk.model.book.actions.len(), before);
}

#[test]
fn undo_does_not_touch_the_call_and_names_the_undone_change() {
    let mut desk = portfolio(Lang::En, 24);
    desk.resize(120, 40);
    desk.keys("nbefore the call<C-s>");
    desk.keys("c<ret><ret>first<F8>second<F10><C-s><C-s>");
    assert!(desk.sees("second"), "{}", desk.screen());
    desk.keys("u");
    assert!(desk.sees("Undone: check-in"), "{}", desk.screen());
    // The note and its completion were undone; the typed text was not.
    desk.keys("<esc>3g<ret>");
    assert!(
        desk.sees("second") || desk.keys("<esc>").sees("second"),
        "{}",
        desk.screen()
    );
    desk.keys("<esc><esc>2u");
    assert!(desk.sees("Undone: note"), "{}", desk.screen());
}

#[test]
fn a_failed_import_is_reported_on_its_review() {
    let mut desk = portfolio(Lang::En, 24);
    desk.resize(120, 40);
    desk.keys("I/nowhere/at-all.csv<ret>");
    assert!(desk.sees("/nowhere/at-all.csv"), "{}", desk.screen());
    desk.keys("<esc>");
    assert!(!desk.sees("Import preview"), "{}", desk.screen());
}

#[test]
fn forms_and_prompts_keep_typed_text() {
    let mut desk = portfolio(Lang::En, 24);
    desk.resize(120, 40);
    desk.keys("4e more words");
    desk.later(chrono::Duration::seconds(1));
    let mut desk = desk.reopen().expect("the desk reopens");
    desk.keys("2");
    desk.resize(120, 40);
    desk.keys("4e");
    assert!(desk.sees("more words"), "{}", desk.screen());
    desk.keys("<esc><esc>");
    // Leaving a changed line warns first.
    desk.keys("acall them<esc>");
    assert!(desk.sees("Esc again"), "{}", desk.screen());
    desk.keys("<ret>");
    assert!(
        desk.model
            .book
            .actions
            .values()
            .any(|a| a.what == "call them")
    );
}

#[test]
fn a_note_being_stored_is_not_offered_again_and_the_next_note_is_separate() {
    let mut desk = portfolio(Lang::En, 24);
    desk.resize(120, 40);
    let text = |desk: &Desk| match desk.model.overlays.last() {
        Some(Overlay::Layer(Layer::Compose(c))) => c.editor.text(),
        other => panic!("{other:?}"),
    };
    let draft = |effects: &[Effect]| {
        effects
            .iter()
            .rev()
            .find_map(|e| {
                if let Effect::SaveDraft { key, .. } = e {
                    Some(key.clone())
                } else {
                    None
                }
            })
            .expect("a draft")
    };
    let now = desk.now();
    let written = |desk: &mut Desk, script: &str| {
        let effects = asked(desk, script);
        update(
            &mut desk.model,
            now,
            Msg::DraftSaved {
                key: draft(&effects),
                failed: false,
            },
        );
        effects
    };
    written(&mut desk, "nthe first");
    let op = committed(&written(&mut desk, "<C-s>"));
    // The store is still busy; the next note is written.
    asked(&mut desk, "n");
    assert_eq!(text(&desk), "");
    asked(&mut desk, "the second");
    let later = now.later(Duration::seconds(1));
    let second = draft(&update(&mut desk.model, later, Msg::Tick));
    let stored = update(
        &mut desk.model,
        now,
        Msg::Stored {
            operation: Box::new(op),
            rows: vec![],
            gone: vec![],
        },
    );
    assert!(
        stored
            .iter()
            .any(|e| matches!(e, Effect::DiscardDraft { .. })),
        "the first is done with"
    );
    assert!(
        !stored.contains(&Effect::DiscardDraft { key: second }),
        "the second is being typed: {stored:?}"
    );
    // The second note fails while a third is being written: neither is lost.
    let op = committed(&asked(&mut desk, "<C-s>"));
    asked(&mut desk, "nthe third<esc>");
    update(
        &mut desk.model,
        now,
        Msg::NotStored {
            id: op.id,
            failure: kenshin::testing::domain::failure::Failure::Stuck,
        },
    );
    asked(&mut desk, "<esc>n");
    assert_eq!(text(&desk), "the second\nthe third");
}

#[test]
fn deleting_asks_first_and_undo_restores() {
    let mut desk = portfolio(Lang::En, 24);
    desk.resize(120, 40);
    desk.keys("4");
    let before = desk.model.book.actions.len();
    desk.keys("Xn");
    assert_eq!(desk.model.book.actions.len(), before);
    desk.keys("Xy");
    assert_eq!(desk.model.book.actions.len(), before - 1);
    assert!(desk.sees("Deleted"), "{}", desk.screen());
    desk.keys("u");
    assert_eq!(desk.model.book.actions.len(), before);
}

#[test]
fn a_draft_that_cannot_be_written_stays_in_memory_and_is_tried_again() {
    let mut desk = portfolio(Lang::En, 24);
    desk.resize(120, 40);
    let saves = |effects: &[Effect]| {
        effects
            .iter()
            .filter_map(|e| {
                if let Effect::SaveDraft { key, body } = e {
                    Some((key.clone(), body.clone()))
                } else {
                    None
                }
            })
            .next_back()
    };
    let (key, _) = saves(&asked(&mut desk, "nwords on a full disk")).expect("a draft is asked for");
    let now = desk.now();
    update(
        &mut desk.model,
        now,
        Msg::DraftSaved {
            key: key.clone(),
            failed: true,
        },
    );
    let effects = asked(&mut desk, "<C-s>");
    let (op, (sent, _)) = (
        committed(&effects),
        saves(&effects).expect("the draft of the stored note"),
    );
    update(
        &mut desk.model,
        now,
        Msg::DraftSaved {
            key: sent,
            failed: true,
        },
    );
    update(
        &mut desk.model,
        now,
        Msg::NotStored {
            id: op.id,
            failure: kenshin::testing::domain::failure::Failure::DiskFull {
                path: "x".into(),
                free: 0,
            },
        },
    );
    assert!(asked(&mut desk, "<C-q>").is_empty(), "leaving is warned of");
    // Some seconds later it is written again.
    let later = now.later(Duration::seconds(4));
    let (again, body) =
        saves(&update(&mut desk.model, later, Msg::Tick)).expect("the draft is written again");
    assert_eq!(
        (again, body["text"].as_str()),
        (key.clone(), Some("words on a full disk"))
    );
    update(
        &mut desk.model,
        later,
        Msg::DraftSaved { key, failed: false },
    );
    desk.keys("<esc>n");
    assert!(desk.sees("words on a full disk"), "{}", desk.screen());
}

#[test]
fn today_lists_what_needs_the_user_and_the_renewals() {
    for lang in [Lang::En, Lang::Ja] {
        let mut desk = portfolio(lang, 40);
        desk.resize(120, 40);
        desk.keys("1");
        let t = lang;
        assert_eq!(desk.model.screen, Screen::Today);
        let items = &desk.model.today.items;
        let accounts: Vec<_> = items
            .iter()
            .filter(|i| i.kind == kenshin::testing::domain::priority::Kind::Account)
            .collect();
        assert!(accounts.len() > 3 && accounts.windows(2).all(|w| w[0].points >= w[1].points));
        assert!(
            accounts.iter().all(|i| !i.reasons.is_empty()),
            "each says why"
        );
        // One list sorted by urgency: promises and accounts in trouble are mixed.
        assert!(items.windows(2).all(|w| w[0].points >= w[1].points));
        assert!(
            items
                .iter()
                .any(|i| i.kind == kenshin::testing::domain::priority::Kind::Promise),
            "{}",
            desk.screen()
        );
        desk.keys("<tab>");
        assert!(
            desk.sees(&kenshin::testing::words::today::renewal_window(
                t,
                30,
                desk.model
                    .today
                    .renewals
                    .iter()
                    .filter(|r| r.window <= 30)
                    .count(),
                desk.model
                    .today
                    .renewals
                    .iter()
                    .filter(|r| r.window <= 30
                        && r.call == kenshin::testing::domain::checkin::wrapup::Judgement::AtRisk)
                    .count()
            )),
            "{}",
            desk.screen()
        );
        assert!(
            desk.model
                .today
                .renewals
                .iter()
                .all(|r| (0..=120).contains(&r.days) && r.days <= r.window)
        );
        desk.keys("<ret>");
        assert_eq!(desk.model.screen, Screen::Account);
        desk.keys("2s");
        desk.keys(kenshin::testing::domain::view::Order::Need.words(lang))
            .keys("<ret>");
        assert_eq!(
            desk.model.portfolio.order,
            kenshin::testing::domain::view::Order::Need
        );
    }
}

#[test]
fn the_answer_to_a_key_disappears_with_the_next_key_or_the_screen() {
    for lang in BOTH {
        let t = lang;
        let mut desk = portfolio(lang, 12);
        desk.keys("V");
        assert!(
            desk.sees(kenshin::testing::words::portfolio::view_needs_filter(t)),
            "{}",
            desk.screen()
        );
        desk.keys("j");
        assert!(
            !desk.sees(kenshin::testing::words::portfolio::view_needs_filter(t)),
            "a refusal is over with the next key: {}",
            desk.screen()
        );
        // A confirmation stays while the screen stays.
        desk.keys("/d<ret>V").keys("mine<ret>");
        let saved = kenshin::testing::words::portfolio::view_saved(t, "mine");
        desk.resize(120, 40);
        assert!(desk.sees(&saved), "{}", desk.screen());
        desk.keys("j");
        assert!(desk.sees(&saved));
        desk.keys("1");
        assert!(!desk.sees(&saved), "{}", desk.screen());
        desk.keys("2<esc><ret>m");
        assert!(
            desk.sees(kenshin::testing::words::account::only_usage(t)),
            "{}",
            desk.screen()
        );
    }
}

#[test]
fn more_accounts_than_a_day_holds_are_counted() {
    for lang in BOTH {
        let t = lang;
        let mut desk = Desk::demo(lang, 200).expect("the desk opens");
        desk.resize(120, 60);
        let (shown, rest) = (desk.model.today.items.len(), desk.model.today.rest);
        assert!(
            rest > 0 && desk.sees(&format!("{shown}/{}", shown + rest)),
            "{}",
            desk.screen()
        );
        desk.keys("G");
        desk.resize(120, 200);
        assert!(
            desk.sees(&kenshin::testing::words::today::today_rest(t, rest)),
            "{}",
            desk.screen()
        );
        let said = common::ask(
            &mut desk,
            kenshin::testing::ipc::Form::Words,
            serde_json::json!({ "ask": "today" }),
        );
        let words = match lang {
            Lang::En => format!("… and {rest} more account"),
            Lang::Ja => format!("… ほか{rest}社"),
        };
        assert!(said.out.contains(&words), "{}", said.out);
    }
}

#[test]
fn a_footer_shows_a_key_once_and_a_finished_week_is_labelled() {
    for lang in BOTH {
        let t = lang;
        // The demo's day is a Sunday.
        let mut desk = Desk::demo(lang, 24).expect("the desk opens");
        desk.resize(160, 40);
        assert!(
            desk.sees(kenshin::testing::words::cadence::week_over(t)),
            "{}",
            desk.screen()
        );
        desk.keys("5");
        assert!(
            desk.sees(kenshin::testing::words::cadence::week_over(t)),
            "{}",
            desk.screen()
        );
        desk.keys("8");
        let footer = desk
            .screen()
            .lines()
            .last()
            .map(str::to_owned)
            .unwrap_or_default();
        assert_eq!(footer.matches("Enter").count(), 1, "{footer}");
    }
}

#[test]
fn health_is_overridden_with_a_reason_and_undone() {
    let mut desk = portfolio(Lang::En, 24);
    desk.resize(120, 40);
    let t = Lang::En;
    let held = |desk: &Desk| {
        desk.model
            .book
            .get(&desk.model.subject().expect("an account under the cursor"))
            .and_then(|r| r.standing.health.held.clone())
    };
    // The verdict needs a reason; without one it is refused.
    desk.keys("b<right><right><right><C-s>");
    assert!(
        desk.sees(kenshin::testing::words::health::reason_missing(t)),
        "{}",
        desk.screen()
    );
    desk.keys("the sponsor signed today<C-s>");
    let found = held(&desk).expect("the health override");
    assert_ne!(found.by_numbers, Band::Green);
    desk.keys("<ret>");
    assert!(desk.sees("the sponsor signed today"), "{}", desk.screen());
    desk.keys("u");
    assert_eq!(held(&desk), None);
}

#[test]
fn a_brief_shows_what_is_unread_what_is_new_and_the_preparation_time() {
    let mut desk = portfolio(Lang::En, 24);
    desk.resize(80, 24);
    desk.keys("p");
    assert!(desk.sees("unread:"), "{}", desk.screen());
    desk.later(Duration::seconds(75));
    assert!(desk.sees("1:15 / 3:00"), "{}", desk.screen());
    desk.keys("G");
    assert!(desk.sees("all read"), "{}", desk.screen());
    desk.keys("<ret><ret>");
    assert!(
        desk.model
            .call
            .open
            .as_ref()
            .and_then(|l| l.checkin.prepared)
            .is_some_and(|s| (75..80).contains(&s))
    );
    desk.keys("<esc><esc>2");
    // An hour later there is something new.
    desk.later(Duration::hours(1))
        .keys("nthey asked for a quote<C-s>p");
    assert!(
        desk.sees("Since you last looked") && desk.sees("1 new note"),
        "{}",
        desk.screen()
    );
}

#[test]
fn insights_test_the_score_and_can_be_cancelled() {
    let mut desk = portfolio(Lang::En, 60);
    desk.resize(120, 40);
    desk.keys("8");
    assert_eq!(desk.model.screen, Screen::Insights);
    assert!(desk.model.insights.report.is_some() && desk.model.insights.running.is_none());
    assert!(
        desk.sees("Not enough data") || desk.sees("AUC"),
        "{}",
        desk.screen()
    );
    desk.keys("f");
    assert!(desk.model.insights.fitted.is_some());
    // A piece that arrives after the test was cancelled requests no further piece.
    let now = desk.now();
    update(&mut desk.model, now, Msg::Key(Key::script("<ret>")[0]));
    assert!(desk.model.insights.running.is_some());
    update(&mut desk.model, now, Msg::Key(Key::script("<esc>")[0]));
    assert_eq!(
        desk.model.screen,
        Screen::Insights,
        "Esc cancels before it leaves"
    );
    assert!(
        update(
            &mut desk.model,
            now,
            Msg::Insights(insights::Msg::Progress { done: 4, total: 60 })
        )
        .is_empty()
    );
}

#[test]
fn a_score_can_be_explained() {
    for lang in BOTH {
        let t = lang;
        let mut desk = portfolio(lang, 24);
        let row = desk
            .model
            .portfolio
            .current(&desk.model.book)
            .expect("a row under the cursor")
            .clone();
        let score = row.standing.health.score.expect("a score");
        let before = i16::from(score) - row.standing.trend.d30.expect("a month ago");
        desk.resize(120, 60);
        desk.keys("w");
        let screen = desk.screen();
        assert!(
            screen.contains(&format!(": {before}  →  {}: {score}", desk.now().today())),
            "{screen}"
        );
        // The profile comes with a model.
        for d in row.standing.health.dimensions() {
            assert!(screen.contains(d.words(t)), "{screen}");
        }
        // The score before and now, with the facts of both.
        let usage = screen
            .lines()
            .find(|l| {
                l.contains(&format!(
                    "│ {}  ",
                    kenshin::testing::domain::health::Dimension::Usage.words(t)
                ))
            })
            .expect("a line")
            .to_owned();
        assert!(usage.contains(" → "), "{usage}");
        assert!(
            screen.contains(kenshin::testing::words::health::why_now_facts(t, "").trim()),
            "{screen}"
        );
        desk.keys("<esc>");
        assert!(desk.model.overlays.is_empty());
    }
}

#[test]
fn a_signal_opens_its_records_one_after_another() {
    for lang in BOTH {
        let mut desk = portfolio(lang, 60);
        let shown = desk.model.portfolio.shown.clone();
        let several = |r: &kenshin::testing::domain::standing::Row| {
            r.standing
                .signals
                .iter()
                .position(|s| s.rows.iter().filter(|r| r.kind == "ticket").count() > 1)
        };
        let (down, at) = shown
            .iter()
            .enumerate()
            .find_map(|(i, r)| Some((i, several(&desk.model.book.rows()[*r])?)))
            .expect("a signal from several tickets");
        desk.keys(&format!(
            "{}<ret><tab>{}<ret>",
            "j".repeat(down),
            "j".repeat(at)
        ));
        let dossier = desk
            .model
            .account
            .as_ref()
            .expect("an open account")
            .dossier
            .clone()
            .expect("the account is loaded");
        let signal = desk
            .model
            .account
            .as_ref()
            .expect("an open account")
            .signals[at]
            .clone();
        assert!(desk.sees(signal.kind.words(lang)));
        let tickets: Vec<_> = signal
            .rows
            .iter()
            .filter_map(|r| dossier.tickets.iter().find(|t| t.id.as_str() == r.id))
            .cloned()
            .collect();
        for ticket in tickets.iter().take(2) {
            desk.keys("<ret>");
            assert!(
                desk.sees(&format!("╭─ {}", ticket.subject))
                    && desk.sees(ticket.status.words(lang)),
                "{}",
                desk.screen()
            );
            desk.keys("<esc><down>");
        }
        desk.keys("<esc>");
        assert!(desk.model.overlays.is_empty());
    }
}

#[test]
fn monthly_values_are_drawn_as_such() {
    for lang in BOTH {
        let t = lang;
        let mut desk = Desk::empty(lang).expect("the desk opens");
        desk.resize(80, 24);
        let home = desk.home.clone();
        let rows: String = (1..=11)
            .map(|m| format!("acme,2026-{m:02}-01,{}\n", 20 + m * 2))
            .collect();
        for (name, text) in [
            ("accounts.csv", "id,account_name\nacme,Acme\n".to_owned()),
            ("usage.csv", format!("account,date,active_users\n{rows}")),
        ] {
            std::fs::write(home.join(name), text).expect("the file is written");
            desk.keys("I")
                .paste(&home.join(name).display().to_string())
                .keys("<ret>y<esc>");
        }
        desk.keys("2<ret><tab><tab>");
        // A whole year, connected, without a seven-day mean of which six days are unknown.
        assert!(
            desk.sees("31") && !desk.sees(kenshin::testing::words::account::weekly_mean(t)),
            "{}",
            desk.screen()
        );
        // Months written as their first days; November, which is not over, is not known.
        assert!(desk.sees("2025-11-01 → 2026-10-31"), "{}", desk.screen());
        let drawn = desk
            .screen()
            .chars()
            .filter(|c| ('\u{2801}'..='\u{28ff}').contains(c))
            .count();
        assert!(drawn > 30, "a line, not eleven points: {}", desk.screen());
        desk.keys("m");
        let grid = desk.screen();
        let year = grid
            .lines()
            .find(|l| l.trim_start().starts_with("2026 "))
            .unwrap_or_else(|| panic!("{grid}"))
            .to_owned();
        assert_eq!(
            year.split_whitespace().count(),
            11,
            "a year and ten months: {year}"
        );
        // The chosen span is kept when a note is saved.
        desk.keys("t");
        let chosen = desk.model.account.as_ref().expect("an open account").span;
        desk.keys("nhello<C-s>");
        assert_eq!(
            desk.model.account.as_ref().expect("an open account").span,
            chosen
        );
    }
}

#[test]
fn a_late_answer_does_not_interrupt_the_user() {
    let mut desk = portfolio(Lang::En, 24);
    desk.keys("<ret>");
    let dossier = desk
        .model
        .account
        .as_ref()
        .and_then(|s| s.dossier.clone())
        .expect("the account is loaded");
    let now = desk.now();
    let why = kenshin::testing::domain::health::why::why(
        &dossier,
        desk.model.freshness,
        &desk.model.config.policy,
        now.today(),
        now.zone,
        30,
    );
    let answer = || {
        Msg::Health(health::Msg::Why(
            dossier.account.id.clone(),
            Box::new(why.clone()),
        ))
    };
    // The user asked, and then started to write.
    let effects = asked(&mut desk, "w");
    assert!(
        effects
            .iter()
            .any(|e| matches!(e, Effect::Health(health::Effect::Why(_))))
    );
    desk.keys("n");
    update(&mut desk.model, now, answer());
    assert_eq!(desk.model.overlays.len(), 1, "the note alone");
    desk.keys("<esc>");
    // No request is open any more.
    update(&mut desk.model, now, answer());
    assert!(desk.model.overlays.is_empty());
    // Asked twice, answered once.
    asked(&mut desk, "ww");
    update(&mut desk.model, now, answer());
    update(&mut desk.model, now, answer());
    assert_eq!(desk.model.overlays.len(), 1);
}

#[test]
fn a_talk_opened_from_a_signal_gets_its_own_screen() {
    let mut desk = portfolio(Lang::En, 60);
    let shown = desk.model.portfolio.shown.clone();
    let talk = |r: &kenshin::testing::domain::standing::Row| {
        r.standing
            .signals
            .iter()
            .enumerate()
            .find_map(|(i, s)| Some((i, s.rows.iter().position(|r| r.kind == "checkin")?)))
    };
    let (down, (at, record)) = shown
        .iter()
        .enumerate()
        .find_map(|(i, r)| Some((i, talk(&desk.model.book.rows()[*r])?)))
        .expect("a signal from a talk");
    desk.keys(&format!(
        "{}<ret><tab>{}<ret>{}<ret>",
        "j".repeat(down),
        "j".repeat(at),
        "<down>".repeat(record)
    ));
    assert_eq!(desk.model.screen, Screen::Call);
    assert!(desk.model.overlays.is_empty(), "{}", desk.screen());
}

/// Records with dates of another year, which are wider than those of this one.
const LAST_YEAR: &str = r#"{"kenshin_export":1,"program":"0.1.0","private":true}
{"kind":"account","record":{"id":"acme","name":"Acme","owner":"sato","strategic":{}}}
{"kind":"contact","record":{"id":"p1","account":"acme","name":"Bo Berg","role":"admin","status":"changed-role","since":"2025-11-28"}}
{"kind":"action","record":{"id":"01A","account":"acme","what":"Send the guide","side":"us","due":"2025-11-28","status":"open","priority":"normal","created":"2025-11-01T00:00:00Z"}}
"#;

#[test]
fn a_date_of_another_year_is_shown_whole() {
    let home = tempfile::tempdir().expect("dir");
    let dir = tempfile::tempdir().expect("dir");
    std::fs::write(dir.path().join("kenshin-export.jsonl"), LAST_YEAR).expect("writes");
    let path = dir.path().display().to_string();
    common::run(home.path(), &["import", &path, "--yes"]);
    for (lang, due, moved) in [
        (Lang::Ja, "!2025/11/28", "異動 2025/11/28"),
        (Lang::En, "!28 Nov 25", "changed role 28 Nov 25"),
    ] {
        let mut desk = Desk::at(lang, home.path().to_owned(), 0).expect("opens");
        desk.keys("4");
        assert!(desk.sees(due), "{}", desk.screen());
        desk.keys("2<ret><tab><tab><tab><tab><tab><tab>");
        assert!(desk.sees(moved), "{}", desk.screen());
        desk.close();
    }
}

#[test]
fn keys_with_alt_are_written_as_they_are_typed() {
    let key = Key {
        alt: true,
        ..Key::char('w')
    };
    for lang in BOTH {
        let mut desk = portfolio(lang, 12);
        desk.keys("c<ret><ret>no budget left, says finance");
        assert!(desk.sees(&format!(" {key} ")), "{}", desk.screen());
    }
    for text in [
        include_str!("../README.md"),
        include_str!("../src/words/call.rs"),
    ] {
        let after = text.split("Alt-").skip(1);
        let capital = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_uppercase());
        assert_eq!(after.filter(capital).count(), 0);
    }
}

#[test]
fn the_week_shows_whole_dates_in_narrow_columns() {
    for (lang, dates) in [
        (Lang::Ja, ["16(月)", "17(火)", "[22(日)]"]),
        (Lang::En, ["Mon 16", "Tue 17", "[Sun 22]"]),
    ] {
        let mut desk = portfolio(lang, 12);
        desk.resize(80, 24);
        desk.keys("5<tab>");
        let screen = desk.screen();
        let heads = screen.lines().nth(3).unwrap_or_default();
        for date in dates {
            assert!(heads.contains(date), "{screen}");
        }
        assert!(!heads.contains('…'), "{screen}");
    }
}

/// A filter is completed while it is typed, names the word that may be meant, and finds what only records say.
#[test]
fn a_filter_is_completed_and_reads_records_where_rows_do_not_say() {
    for lang in BOTH {
        let mut desk = portfolio(lang, 40);
        desk.resize(120, 40);
        desk.keys("jn");
        desk.keys("a watermelon again<C-s>");
        let noted = desk.model.subject().expect("an account");
        let found = |desk: &Desk| {
            let rows = desk.model.book.with_archived();
            let shown = desk.model.portfolio.shown.iter();
            shown
                .map(|i| rows[*i].account.id.clone())
                .collect::<Vec<_>>()
        };
        desk.keys("/note:watermelon");
        assert_eq!(found(&desk), [noted], "{}", desk.screen());
        desk.keys("<esc>/renew");
        assert!(desk.sees("Tab renewal"), "{}", desk.screen());
        desk.keys("<tab><lt>9999");
        assert_eq!(desk.model.portfolio.query, "renewal<9999");
        let all = found(&desk).len();
        assert!(all > 0, "{}", desk.screen());
        // What both ask for, one or the other, and neither.
        desk.keys("<esc>/renewal<lt>9999 (band:red or band:yellow)");
        let some = found(&desk).len();
        desk.keys("<esc>/renewal<lt>9999 -(band:red or band:yellow)");
        assert_eq!(some + found(&desk).len(), all, "{}", desk.screen());
        // The same as of records: `open.p1` is asked of the store.
        desk.keys("<esc>/open.p1>0 or open.p1:0");
        assert_eq!(found(&desk).len(), 40, "{}", desk.screen());
        desk.keys("<esc>/bnad:red");
        assert!(desk.sees("band"), "{}", desk.screen());
        assert_eq!(found(&desk), [], "{}", desk.screen());
    }
}
