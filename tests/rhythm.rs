//! Cadence on the desk: moving, agreeing, spreading, preferences, absences, calendars, and the
//! Today screen, in both languages.

mod common;

use chrono::{Duration, NaiveDate};
use common::build::day;
use kenshin::testing::app::account::state::Tab;
use kenshin::testing::app::cadence::state::Tab as View;
use kenshin::testing::app::msg::Screen;
use kenshin::testing::domain::cadence::Kind;
use kenshin::testing::domain::cadence::plan::Rule;
use kenshin::testing::domain::cadence::schedule::AccountScope;
use kenshin::testing::domain::cadence::touchpoint::State;
use kenshin::testing::domain::facts::touch::Attendance;
use kenshin::testing::domain::ids::AccountId;
use kenshin::testing::domain::priority;
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::services::calendar::goes_in;
use kenshin::testing::words::{self, Lang};

const BOTH: [Lang; 2] = [Lang::En, Lang::Ja];

/// The demo on a working day: Tuesday the 24th at ten, the day after a holiday.
fn tuesday(lang: Lang, accounts: usize) -> Desk {
    let mut desk = Desk::demo(lang, accounts).expect("the desk opens");
    desk.later(Duration::days(2));
    desk
}

/// Moves the cursor to the first planned talk of the agenda. Returns the talk's account, kind and
/// day.
fn on_a_talk(desk: &mut Desk) -> (AccountId, Kind, NaiveDate) {
    desk.keys("5<tab><tab>");
    let at = desk.model.cadence.entries.iter().position(|e| {
        e.is_movable() && e.kind.is_talk() && e.latest > desk.now().today() + Duration::days(3)
    });
    let at = at.expect("a planned talk");
    desk.keys(&"j".repeat(at));
    let e = desk.model.cadence.entries[at].clone();
    (
        desk.model.book.rows()[e.row()].account.id.clone(),
        e.kind,
        e.ideal,
    )
}

fn date_of(
    desk: &Desk,
    (account, kind, ideal): &(AccountId, Kind, NaiveDate),
) -> Option<NaiveDate> {
    let row = desk
        .model
        .book
        .get(account)
        .expect("the row of the account");
    let plan = desk.model.desk().plan(
        &desk.model.book,
        row,
        desk.now().today() + Duration::days(365),
    );
    plan.iter()
        .find(|p| p.kind == *kind && p.ideal == *ideal)
        .map(|p| p.date)
}

#[test]
fn every_view_of_the_cadence_opens_in_both_languages() {
    for lang in BOTH {
        let t = lang;
        let mut desk = tuesday(lang, 60);
        for (w, h) in [(80, 24), (120, 40), (200, 60), (40, 12)] {
            desk.resize(w, h);
            desk.keys("5");
            for tab in View::ALL {
                assert_eq!(desk.model.cadence.tab, *tab);
                if w >= 80 {
                    let name = format!("[{}", tab.words(t));
                    assert!(desk.sees(&name), "{name}: {}", desk.screen());
                }
                desk.keys("jjkGg[].hl<tab>");
            }
        }
        // An empty plan is reported as empty.
        let mut empty = Desk::empty(lang).expect("the desk opens");
        empty.keys("5<tab><tab>");
        assert!(empty.sees(kenshin::testing::words::cadence::nothing_planned(t)));
        empty.keys("<tab><tab>");
        assert!(empty.sees(kenshin::testing::words::cadence::no_suggestions(t)));
        empty.keys("<tab>");
        assert!(empty.sees(kenshin::testing::words::cadence::no_kept(t)));
    }
}

#[test]
fn a_touch_is_moved_by_key_within_its_range_and_back() {
    let mut desk = tuesday(Lang::En, 60);
    let touch = on_a_talk(&mut desk);
    let before = date_of(&desk, &touch).expect("the touch is planned");
    desk.keys("+");
    let after = date_of(&desk, &touch).expect("the touch is planned");
    assert!(after > before, "{}", desk.screen());
    desk.keys("u");
    assert_eq!(date_of(&desk, &touch), Some(before));
    // Never past the allowed range: the refusal names the range.
    for _ in 0..60 {
        desk.keys("5");
        let at = desk
            .model
            .cadence
            .entries
            .iter()
            .position(|e| {
                (&desk.model.book.rows()[e.row()].account.id, e.kind, e.ideal)
                    == (&touch.0, touch.1, touch.2)
            })
            .expect("it exists");
        desk.model.cadence.list.cursor = at;
        desk.keys("+");
        if desk.sees("Only from") {
            return;
        }
    }
    panic!("it went on for ever: {}", desk.screen());
}

#[test]
fn an_agreed_time_shows_its_conflicts_and_its_outcome_is_recorded() {
    for lang in BOTH {
        let t = lang;
        let mut desk = tuesday(lang, 60);
        let (account, kind, _) = on_a_talk(&mut desk);
        // The last day of the year is in the closure.
        desk.keys("A<C-u>2026-12-31 10:00<ret>");
        let closure = if lang == Lang::Ja {
            "年末年始"
        } else {
            "New Year"
        };
        assert!(desk.sees(closure), "{}", desk.screen());
        let meeting = |desk: &Desk| {
            desk.model
                .book
                .meetings_of(&account)
                .iter()
                .find(|m| m.kind == kind)
                .cloned()
        };
        let made = meeting(&desk).expect("a meeting");
        assert_eq!(
            desk.now().zone.local(made.start),
            day(2026, 12, 31)
                .and_hms_opt(10, 0, 0)
                .expect("a valid time")
        );
        // It stays until it is moved, and a move records who asked for it.
        desk.keys("5");
        let at = desk
            .model
            .cadence
            .entries
            .iter()
            .position(|e| e.own.agreed.as_ref() == Some(&made.id))
            .expect("in the agenda");
        desk.model.cadence.list.cursor = at;
        desk.keys("x");
        assert!(desk.sees(kenshin::testing::words::cadence::out_moved_them(t)));
        desk.keys("<down><down><down><ret><C-u>2027-01-06 11:00<ret>");
        let moved = meeting(&desk).expect("a meeting");
        assert_eq!(
            (moved.moves.len(), moved.moves[0].by),
            (1, kenshin::testing::domain::action::Side::Customer)
        );
        // It took place: the meeting is over and a touch records it.
        desk.later(Duration::days(44));
        desk.keys("5");
        let at = desk
            .model
            .cadence
            .entries
            .iter()
            .position(|e| e.own.agreed.as_ref() == Some(&made.id));
        // A meeting of an earlier day is no longer planned; it waits on Today.
        assert!(
            at.is_none()
                || desk.model.cadence.entries[at.expect("an entry")].date < desk.now().today()
        );
        desk.keys("1");
        let at = desk
            .model
            .today
            .items
            .iter()
            .position(|i| i.record.as_ref() == Some(&made.id))
            .expect("waits for its outcome");
        desk.model.today.list.cursor = at;
        desk.keys("x<ret>");
        assert!(meeting(&desk).is_none(), "{}", desk.screen());
        desk.model.account = None;
        desk.model.screen = Screen::Portfolio;
        let dossier = open(&mut desk, &account);
        let over = dossier
            .touchpoints
            .iter()
            .find(|m| m.id == made.id)
            .expect("the meeting still exists");
        assert_eq!(over.state, State::Held);
        let attendances: Vec<Attendance> = dossier
            .touches
            .iter()
            .filter(|x| x.purpose == Some(kind))
            .map(|x| x.attendance)
            .collect();
        assert!(
            attendances.contains(&Attendance::Moved) && attendances.contains(&Attendance::Held),
            "{attendances:?}"
        );
        desk.keys("u");
        assert!(
            desk.model
                .book
                .meetings_of(&account)
                .iter()
                .any(|m| m.id == made.id)
        );
    }
}

/// The dossier of an account, as on its screen.
fn open(desk: &mut Desk, account: &AccountId) -> kenshin::testing::domain::dossier::Dossier {
    desk.keys("2");
    let at = desk
        .model
        .portfolio
        .shown
        .iter()
        .position(|i| desk.model.book.rows()[*i].account.id == *account)
        .expect("the account is listed");
    desk.model.portfolio.list.cursor = at;
    desk.keys("<ret>");
    *desk
        .model
        .account
        .as_ref()
        .and_then(|a| a.dossier.clone())
        .expect("the account is loaded")
}

#[test]
fn spreading_is_previewed_applied_as_one_step_and_stable() {
    for lang in BOTH {
        let mut desk = tuesday(lang, 120);
        desk.keys("5s");
        assert!(
            desk.sees(kenshin::testing::words::cadence::smooth_title(lang)),
            "{}",
            desk.screen()
        );
        let load = |desk: &Desk| {
            desk.model
                .cadence
                .weeks
                .iter()
                .map(|w| w.load)
                .collect::<Vec<_>>()
        };
        let over = |desk: &Desk| {
            desk.model
                .cadence
                .weeks
                .iter()
                .map(kenshin::testing::domain::cadence::capacity::Week::over)
                .sum::<u32>()
        };
        let (before, was_over) = (load(&desk), over(&desk));
        desk.keys("jjy");
        assert!(desk.model.overlays.is_empty());
        assert!(
            over(&desk) < was_over && load(&desk).iter().max() < before.iter().max(),
            "{}",
            desk.screen()
        );
        // A second run has nothing to move; the shortage remains.
        let placed = |desk: &Desk| {
            desk.model
                .book
                .rows()
                .iter()
                .map(|r| r.account.cadence.as_ref().map_or(0, |c| c.placed.len()))
                .sum::<usize>()
        };
        let count = placed(&desk);
        desk.keys("s<ret>");
        assert_eq!(placed(&desk), count);
        // The next morning the plan is the same.
        let next = load(&desk);
        desk.later(Duration::hours(1));
        assert_eq!(load(&desk), next);
        desk.keys("u5");
        assert_eq!(load(&desk), before);
    }
}

#[test]
fn a_change_of_tier_shows_the_new_plan_and_can_be_undone() {
    for lang in BOTH {
        let t = lang;
        let mut desk = tuesday(lang, 24);
        let account = desk
            .model
            .book
            .rows()
            .iter()
            .find(|r| {
                r.standing.tier == kenshin::testing::domain::account::Tier::Enterprise
                    && r.standing.churned.is_none()
            })
            .expect("a matching account")
            .account
            .id
            .clone();
        open(&mut desk, &account);
        desk.keys("jjjjje<C-u>smb<ret>");
        assert!(
            desk.sees(kenshin::testing::words::cadence::diff_title(t)),
            "{}",
            desk.screen()
        );
        assert!(desk.sees(Kind::Review.words(t)));
        // The key that closes the layer still does its work.
        desk.keys("u");
        assert_eq!(
            desk.model
                .book
                .get(&account)
                .expect("the row of the account")
                .account
                .tier,
            Some(kenshin::testing::domain::account::Tier::Enterprise)
        );
        assert!(!desk.sees(kenshin::testing::words::cadence::diff_title(t)));
    }
}

#[test]
fn an_account_has_its_own_cadence_and_preferences() {
    for lang in BOTH {
        let t = lang;
        let mut desk = tuesday(lang, 120);
        let account = desk
            .model
            .book
            .rows()
            .iter()
            .find(|r| {
                r.standing.tier == kenshin::testing::domain::account::Tier::MidMarket
                    && r.standing.churned.is_none()
                    && r.account.cadence.is_none()
                    && r.standing.health.band == kenshin::testing::domain::health::Band::Green
            })
            .expect("a matching account")
            .account
            .id
            .clone();
        open(&mut desk, &account);
        desk.keys("<tab><tab><tab><tab><tab>");
        assert_eq!(
            desk.model.account.as_ref().map(|a| a.tab),
            Some(Tab::Cadence)
        );
        assert!(
            desk.sees(kenshin::testing::words::cadence::rhythm_usual(t)),
            "{}",
            desk.screen()
        );
        // An error is shown at its field, and nothing is saved.
        desk.keys("rsixth tue<C-s>");
        assert!(desk.sees(kenshin::testing::words::cadence::no_recurrence(t)));
        let typed = if lang == Lang::Ja {
            "第2火曜 10:00"
        } else {
            "second tue 10:00"
        };
        desk.keys(&format!("<C-u>{typed}<C-s>"));
        desk.keys("<esc>");
        let own = desk
            .model
            .book
            .get(&account)
            .expect("the row of the account")
            .account
            .cadence
            .clone()
            .expect("the account's own cadence");
        assert_eq!(
            own.agreed
                .as_ref()
                .and_then(|r| r.time.map(|t| t.to_string())),
            Some("10:00:00".to_owned())
        );
        assert!(
            desk.sees(kenshin::testing::words::cadence::own(t)),
            "{}",
            desk.screen()
        );
        let plan = desk
            .model
            .account
            .as_ref()
            .expect("an open account")
            .plan
            .clone();
        assert!(
            plan.iter()
                .any(|p| p.rule == Rule::Recurrence && p.own.time.is_some())
        );
        // No promotion and no product news: a blocked touch states the reason.
        desk.keys("W<tab><tab><left><C-s><esc>");
        assert!(
            desk.model
                .book
                .get(&account)
                .expect("the row of the account")
                .account
                .prefs
                .opted_out
                .contains(&kenshin::testing::domain::prefs::Message::Updates)
        );
        let stopped = kenshin::testing::words::prefs::block_opted(
            t,
            kenshin::testing::domain::prefs::Message::Updates.words(t),
        );
        assert!(desk.sees(&stopped), "{}", desk.screen());
        desk.keys("uu");
        assert_eq!(
            desk.model
                .book
                .get(&account)
                .expect("the row of the account")
                .account
                .cadence,
            None
        );
    }
}

#[test]
fn a_suggestion_is_accepted_with_one_key_and_can_be_dismissed() {
    for lang in BOTH {
        let mut desk = tuesday(lang, 120);
        desk.keys("5<tab><tab><tab><tab>");
        let count = desk.model.cadence.suggestions.len();
        assert!(count >= 2, "the demo suggests something");
        let account = desk.model.subject().expect("an account under the cursor");
        desk.keys("f<esc>");
        let own = desk
            .model
            .book
            .get(&account)
            .expect("the row of the account")
            .account
            .cadence
            .clone()
            .expect("the account's own cadence");
        assert!(
            !own.every[&Kind::Checkin].reason.is_empty(),
            "the evidence stays with it"
        );
        assert_eq!(desk.model.cadence.suggestions.len(), count - 1);
        desk.keys("D");
        assert_eq!(
            desk.model.cadence.suggestions.len(),
            count - 2,
            "{}",
            desk.screen()
        );
        desk.keys("uu");
        assert_eq!(desk.model.cadence.suggestions.len(), count);
    }
}

#[test]
fn an_absence_moves_the_plan_unless_a_colleague_covers() {
    let mut desk = tuesday(Lang::En, 60);
    desk.keys("5");
    let talks = |desk: &Desk| {
        desk.model
            .cadence
            .entries
            .iter()
            .filter(|e| e.is_movable() && (day(2026, 12, 7)..=day(2026, 12, 18)).contains(&e.date))
            .count()
    };
    assert!(talks(&desk) > 0);
    desk.keys("O<ret>12/7<tab>12/18<C-s>");
    assert_eq!(desk.model.book.held.absences.len(), 1, "{}", desk.screen());
    let mine = |desk: &Desk| {
        let rows = desk.model.book.rows();
        desk.model
            .cadence
            .entries
            .iter()
            .filter(|e| {
                e.is_movable()
                    && rows[e.row()].account.owner == "Sato"
                    && (day(2026, 12, 7)..=day(2026, 12, 18)).contains(&e.date)
            })
            .count()
    };
    assert_eq!(mine(&desk), 0, "nobody works while away");
    // With a colleague as cover the touches stay on their days, and are not the user's.
    desk.keys("u")
        .keys("O<ret>12/7<tab>12/18<tab>Daniel Weiss<C-s>");
    assert_eq!(mine(&desk), 0);
    desk.keys("o");
    assert!(mine(&desk) > 0, "{}", desk.screen());
    // The absence can be deleted.
    desk.keys("O<down><ret>y");
    assert!(desk.model.book.held.absences.is_empty());
}

#[test]
fn calendars_are_imported_as_busy_and_exported_with_stable_ids() {
    let mut desk = tuesday(Lang::En, 60);
    let path = desk.home.join("work.ics");
    let ics = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261201T010000Z\r\nDTEND:20261201T030000Z\r\nSUMMARY:board\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nSUMMARY:no start\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    std::fs::write(&path, ics).expect("the file is written");
    desk.keys("5F")
        .paste(&path.display().to_string())
        .keys("<ret>");
    assert!(
        desk.sees("work: 1 busy time") && desk.sees("line 9"),
        "{}",
        desk.screen()
    );
    desk.keys("<esc>");
    let touch = on_a_talk_from_here(&mut desk);
    desk.keys("A<C-u>2026-12-01 10:30<ret>");
    assert!(desk.sees("busy: board"), "{touch:?} {}", desk.screen());
    desk.keys("E");
    let out = desk.home.join("out").join("kenshin.ics");
    let first = std::fs::read_to_string(&out).expect("the file is readable");
    assert!(desk.sees("kenshin.ics"), "{}", desk.screen());
    desk.keys("E");
    assert_eq!(
        std::fs::read_to_string(&out).expect("the file is readable"),
        first
    );
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(
        std::fs::metadata(&out)
            .expect("the file exists")
            .permissions()
            .mode()
            & 0o777,
        0o600
    );
    // A file that is no calendar is refused and can be corrected.
    std::fs::write(&path, "hello").expect("the file is written");
    desk.keys("F")
        .paste(&path.display().to_string())
        .keys("<ret>");
    assert!(
        desk.model.toast.as_ref().is_some_and(|t| t.bad),
        "{}",
        desk.screen()
    );
}

fn on_a_talk_from_here(desk: &mut Desk) -> NaiveDate {
    desk.keys("<tab><tab>");
    let at = desk
        .model
        .cadence
        .entries
        .iter()
        .position(|e| e.is_movable() && e.kind.is_talk())
        .expect("a talk");
    desk.keys("g").keys(&"j".repeat(at));
    desk.model.cadence.entries[at].date
}

#[test]
fn today_starts_with_meetings_and_one_key_starts_the_call() {
    for lang in BOTH {
        let t = lang;
        let mut desk = Desk::demo(lang, 60).expect("the desk opens");
        // The Tuesday of the demo's meetings.
        desk.later(Duration::days(1));
        let first = desk
            .model
            .book
            .meetings()
            .filter(|m| m.kind == Kind::Checkin && m.owner == desk.model.author.name)
            .min_by_key(|m| m.start)
            .cloned()
            .expect("a meeting");
        desk.later(first.start - desk.now().at - Duration::minutes(12));
        desk.keys("1");
        let kind = desk
            .model
            .today
            .items
            .first()
            .expect("an item on Today")
            .kind;
        assert_eq!(kind, priority::Kind::Meeting, "{}", desk.screen());
        let at = desk
            .model
            .today
            .items
            .iter()
            .position(|i| i.record.as_ref() == Some(&first.id))
            .expect("the meeting is on Today");
        desk.model.today.list.cursor = at;
        assert!(
            desk.sees(&kenshin::testing::words::cadence::in_minutes(t, "12")),
            "{}",
            desk.screen()
        );
        // One key to the agenda, one to the running clock, which knows the agreed start.
        desk.keys("<ret>");
        let live = desk.model.call.open.as_ref().expect("an open call");
        assert_eq!(live.checkin.start_at(), Some(first.start));
        desk.later(Duration::minutes(12));
        desk.keys("<ret>they want a pilot<F10>");
        // The next meeting with its time counts as agreed.
        let place = desk
            .model
            .overlays
            .iter()
            .find_map(|o| {
                if let kenshin::testing::app::overlay::Overlay::Form(f, _) = o {
                    f.fields.iter().position(|f| f.key == "next")
                } else {
                    None
                }
            })
            .expect("it was asked");
        let here = desk
            .model
            .overlays
            .iter()
            .find_map(|o| {
                if let kenshin::testing::app::overlay::Overlay::Form(f, _) = o {
                    Some(f.cursor)
                } else {
                    None
                }
            })
            .expect("a form");
        desk.keys(&"<tab>".repeat(place - here));
        desk.keys("<C-u>2027-01-12 14:00<C-s><C-s>");
        assert!(
            desk.model
                .call
                .open
                .as_ref()
                .expect("an open call")
                .checkin
                .wrapup
                .finished
                .is_some(),
            "{}",
            desk.screen()
        );
        let all = desk.model.book.meetings_of(&first.account);
        assert!(all.iter().all(|m| m.id != first.id), "the meeting is over");
        assert!(
            all.iter().any(|m| desk.now().zone.local(m.start)
                == day(2027, 1, 12)
                    .and_hms_opt(14, 0, 0)
                    .expect("a valid time")),
            "{all:?}"
        );
    }
}

#[test]
fn today_can_be_cleared_and_accounts_set_aside_stay_hidden_until_tomorrow() {
    for lang in BOTH {
        let t = lang;
        let mut desk = tuesday(lang, 12);
        desk.keys("1");
        let mut steps = 0;
        while let Some(item) = desk.model.today.items.first().cloned() {
            desk.model.today.list.cursor = 0;
            match item.kind {
                // Records that it took place.
                priority::Kind::Meeting | priority::Kind::Touch => {
                    desk.keys("x");
                    if !desk.model.overlays.is_empty() {
                        desk.keys("<ret>");
                    }
                }
                _ => {
                    desk.keys("x");
                }
            }
            steps += 1;
            assert!(steps < 200, "{item:?} {}", desk.screen());
        }
        assert!(
            desk.sees(kenshin::testing::words::cadence::today_done(t)),
            "{}",
            desk.screen()
        );
        let aside = desk
            .model
            .book
            .set_aside(&desk.model.author.name, desk.now().today());
        assert!(!aside.is_empty());
        let mut desk = desk.reopen().expect("the desk reopens");
        desk.keys("1");
        assert!(
            desk.model
                .today
                .items
                .iter()
                .all(|i| i.kind != priority::Kind::Account || !aside.contains(&i.account)),
            "{}",
            desk.screen()
        );
        desk.later(Duration::days(1));
        assert!(
            desk.model
                .book
                .set_aside(&desk.model.author.name, desk.now().today())
                .is_empty()
        );
    }
}

#[test]
fn the_proposed_time_is_free() {
    let mut desk = tuesday(Lang::En, 60);
    let mut times = Vec::new();
    for _ in 0..4 {
        desk.model.cadence.tab = View::Month;
        let (account, kind, _) = on_a_talk(&mut desk);
        // The proposed time has no conflict.
        desk.keys("A<ret>");
        // (Across an ocean no hour suits both sides.)
        let said = desk
            .model
            .toast
            .as_ref()
            .expect("a message on screen")
            .clone();
        assert!(
            desk.model.overlays.is_empty()
                && (!said.bad || said.text.ends_with("outside their working hours")),
            "{}",
            desk.screen()
        );
        let made = desk
            .model
            .book
            .meetings_of(&account)
            .iter()
            .filter(|m| m.kind == kind)
            .map(|m| m.start)
            .max()
            .expect("a meeting");
        assert!(made > desk.now().at && !times.contains(&made));
        times.push(made);
        desk.keys("1");
    }
}

#[test]
fn the_current_week_counts_only_its_remaining_days() {
    let mut desk = tuesday(Lang::En, 60);
    let budget = |desk: &mut Desk| {
        desk.keys("5");
        desk.model
            .cadence
            .weeks
            .iter()
            .take(2)
            .map(|w| w.budget)
            .collect::<Vec<_>>()
    };
    // Four working days in a week whose Monday is a holiday; on Friday one is left.
    let tuesday = budget(&mut desk);
    desk.later(Duration::days(3));
    let friday = budget(&mut desk);
    assert_eq!(
        (friday[0] * 4, friday[1]),
        (tuesday[0], tuesday[1]),
        "{}",
        desk.screen()
    );
}

#[test]
fn today_shows_the_users_items_and_yesterdays_meetings_without_an_outcome_after_todays() {
    for lang in BOTH {
        let mut desk = tuesday(lang, 200);
        desk.keys("1");
        let (me, book) = (desk.model.author.name.clone(), &desk.model.book);
        let today = desk.now().today();
        let mine = |id: &AccountId| {
            book.get(id)
                .is_some_and(|r| r.account.owner.is_empty() || *r.account.owner == *me)
        };
        let state = &desk.model.today;
        assert!(
            book.rows().iter().any(|r| !mine(&r.account.id)),
            "there are others"
        );
        assert!(
            state
                .items
                .iter()
                .filter(|i| i.kind == priority::Kind::Account)
                .all(|i| mine(&i.account))
        );
        assert!(
            state.renewals.iter().all(|r| mine(&r.account))
                && state.conflicts.iter().all(|d| mine(&d.0))
        );
        let days: Vec<NaiveDate> = state
            .items
            .iter()
            .filter(|i| i.kind == priority::Kind::Meeting)
            .filter_map(|i| Some(i.touch.as_ref()?.date))
            .collect();
        assert!(
            days.contains(&today) && days.iter().any(|d| *d < today),
            "{days:?}"
        );
        assert!(days.is_sorted_by(|a, b| a >= b), "{days:?}");
        let before = *days.iter().find(|d| **d < today).expect("an earlier day");
        assert!(
            desk.sees(&words::dates::day(desk.model.lang, before, today)),
            "{}",
            desk.screen()
        );
    }
}

#[test]
fn a_small_terminal_still_shows_the_screen_and_the_running_call() {
    let mut desk = tuesday(Lang::Ja, 20);
    desk.resize(80, 24);
    // A running call, left for its account.
    desk.keys("2<ret>c<ret><ret>");
    let name = desk
        .model
        .call
        .open
        .as_ref()
        .expect("an open call")
        .name
        .clone();
    desk.keys("<esc>3");
    let top = desk.screen().lines().next().expect("a line").to_owned();
    let head: String = name.chars().take(4).collect();
    assert!(
        top.contains(&format!("● {head}"))
            && top.contains(&format!(
                "[{}]",
                kenshin::testing::words::shell::checkins(desk.model.lang)
            )),
        "{top}"
    );
    for lang in BOTH {
        let mut desk = tuesday(lang, 20);
        desk.resize(40, 12);
        desk.keys("8");
        assert!(
            desk.screen()
                .lines()
                .next()
                .is_some_and(|l| l.contains(&format!(
                    "[{}]",
                    kenshin::testing::words::shell::insights(desk.model.lang)
                ))),
            "{}",
            desk.screen()
        );
        desk.keys("5");
        assert!(desk.sees("[24]"), "the month is there: {}", desk.screen());
        desk.resize(80, 24);
        desk.keys("2<ret><backtab>");
        let state = desk.model.account.as_ref().expect("an open account");
        assert!(
            desk.sees(&format!("[{}]", state.tab.words(desk.model.lang))),
            "{}",
            desk.screen()
        );
    }
}

#[test]
fn a_calendar_export_selects_touches_in_order_and_refuses_too_many() {
    let desk = tuesday(Lang::En, 60);
    let (book, until) = (&desk.model.book, desk.now().today() + Duration::days(365));
    for whose in [
        AccountScope::All,
        AccountScope::mine(book, &desk.model.author.name),
        AccountScope::Of("nobody"),
    ] {
        let all = desk.model.desk().entries(book, whose, until);
        for planned in [true, false] {
            let wanted: Vec<_> = all
                .iter()
                .filter(|e| goes_in(e, planned))
                .cloned()
                .collect();
            let some = |most: usize| {
                desk.model
                    .desk()
                    .some(book, whose, until, &|p| goes_in(p, planned), most)
            };
            assert_eq!(some(wanted.len()).as_ref(), Some(&wanted), "{whose:?}");
            assert!(
                wanted.is_empty() || some(wanted.len() - 1).is_none(),
                "{whose:?}"
            );
        }
        assert_eq!(all.is_empty(), whose == AccountScope::Of("nobody"));
    }
}
