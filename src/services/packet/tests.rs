//! Hostile text in everything that leaves as a table, as to-dos or as a packet.

use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty};
use chrono::{TimeZone, Utc};
use proptest::prelude::*;

use super::*;
use crate::domain::action::Side;
use crate::domain::checkin::Line;
use crate::domain::checkin::agenda::{Section, Words};
use crate::domain::colleague::People;
use crate::domain::text::is_unsafe;
use crate::domain::when::Now;
use crate::services::import::rejects::UTF8_MARK;

/// Text that tries to end its line, its cell or its property.
pub fn hostile() -> impl Strategy<Value = String> {
    let pieces = [
        "\r\n",
        "\r",
        "\n",
        "\u{85}",
        "\u{2028}",
        "\u{2029}",
        "\u{b}",
        "\u{c}",
        "\0",
        "\u{1b}[2J",
        "\u{202e}",
        "\u{feff}",
        "\\",
        ";",
        ",",
        ":",
        "\"",
        "=1+1",
        "＝1",
        "@x",
        "\t",
        " ",
        "ATTENDEE:mailto:x@y",
        "END:VTODO",
        "BEGIN:VEVENT",
        "Bcc: x@y",
        "[Risks] none",
        "■ x",
        "名前",
        "word",
        "👩\u{200d}👧",
        "<script>",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..9)
        .prop_map(|pieces| pieces.concat())
}

fn action(id: String, what: String, owner: String, proof: String) -> Action {
    let at = Utc.with_ymd_and_hms(2026, 11, 20, 9, 0, 0).unwrap();
    let body = serde_json::json!({ "id": id, "account": "a", "what": what, "owner": owner, "side": "us",
        "status": "open", "priority": "normal", "proof": proof, "created": at });
    let mut out: Action = serde_json::from_value(body).expect("an action");
    out.side = Side::Customer;
    out
}

/// A name and actions of these texts.
fn named_actions(texts: Vec<(String, String, String, String)>) -> (String, Vec<Action>) {
    let name = texts[0].0.clone();
    let actions = texts.into_iter();
    let actions = actions.map(|(id, what, owner, proof)| action(id, what, owner, proof));
    (name, actions.collect())
}

#[test]
fn personal_matters_stand_in_no_paper_until_they_are_put_in() {
    use std::collections::BTreeSet;
    let body = serde_json::json!({
        "id": "k", "account": "a", "kind": "health", "template": "standard", "author": "me",
        "created": "2026-11-20T09:00:00Z", "events": [],
        "sections": [{ "name": { "ja": "s", "en": "s" }, "min": 1, "target_seconds": 120, "max": 3, "prompts": [] }],
        "notes": [[
            { "text": "12 of 20 seats are in use" }, { "text": "Anna is in hospital until May" },
            { "text": "~ Jo is going through a divorce" }, { "text": "= Ben stands in for her sick leave" },
            { "text": "? who decides => her husband" }, { "text": "\"my salary depends on it" },
        ]],
        "wrapup": {},
    });
    let checkin: Checkin = serde_json::from_value(body).expect("a check-in");
    let text = |what: &str| what.to_owned();
    let actions = [
        action(
            text("1"),
            text("send flowers after the funeral"),
            text(""),
            text(""),
        ),
        action(
            text("2"),
            text("send the plan // cheap trick"),
            text(""),
            text(""),
        ),
    ];
    let people = People::default();
    let paper = |personal| Of {
        checkin: &checkin,
        account: "Acme",
        contacts: &[],
        actions: &actions,
        agreed: None,
        ours: Ours::new("me", &people),
        personal,
        lang: Lang::En,
        zone: Zone::utc(),
        there: Zone::utc(),
    };
    let (none, one) = (
        BTreeSet::new(),
        BTreeSet::from(["Anna is in hospital until May".to_owned()]),
    );
    let matters = [
        "hospital",
        "divorce",
        "sick leave",
        "husband",
        "salary",
        "funeral",
    ];
    let lines = paper(Personal::Only(&none)).personal_lines();
    for matter in matters {
        assert_eq!(
            lines.iter().filter(|l| l.contains(matter)).count(),
            1,
            "{matter}: {lines:?}"
        );
    }
    let packet: fn(Of) -> String = |of| crm(of, CrmField::ALL);
    for make in [packet, minutes_of_meeting] {
        let (held, some, all) = (
            make(paper(Personal::Only(&none))),
            make(paper(Personal::Only(&one))),
            make(paper(Personal::All)),
        );
        for matter in matters {
            assert!(!held.contains(matter), "{matter}: {held}");
            assert_eq!(some.contains(matter), matter == "hospital", "{some}");
            assert!(all.contains(matter), "{matter}: {all}");
        }
        assert!(
            held.contains("12 of 20 seats")
                && held.contains("send the plan /")
                && !all.contains("trick"),
            "{held}"
        );
    }
}

proptest! {
    #[test]
    fn to_dos_are_one_for_each_action_and_nothing_else(
        texts in proptest::collection::vec((hostile(), hostile(), hostile(), hostile()), 1..4)
    ) {
        let (name, actions) = named_actions(texts);
        let now = Now::new(Utc.with_ymd_and_hms(2026, 11, 22, 1, 0, 0).unwrap(), Zone::utc());
        let ics = ics(&actions, |_| name.clone(), now);
        prop_assert!(!ics.replace("\r\n", "").chars().any(|c| is_unsafe(c) || c == '\n'), "{ics:?}");
        let read = ICalendar::parse(&ics).expect("a calendar");
        let todos: Vec<_> = read.components.iter().filter(|c| c.component_type == ICalendarComponentType::VTodo).collect();
        prop_assert_eq!(todos.len(), actions.len());
        prop_assert_eq!(read.components.len(), actions.len() + 1, "nothing but to-dos");
        for (todo, action) in todos.iter().zip(&actions) {
            for entry in &todo.entries {
                let known = matches!(
                    entry.name,
                    ICalendarProperty::Uid | ICalendarProperty::Summary | ICalendarProperty::Dtstamp
                        | ICalendarProperty::Sequence | ICalendarProperty::Created | ICalendarProperty::Priority
                        | ICalendarProperty::Status | ICalendarProperty::Description
                );
                prop_assert!(known, "{:?} in {ics:?}", entry.name);
            }
            let summary = todo.property(&ICalendarProperty::Summary).and_then(|p| p.values.first()?.as_text());
            let want = clean_line(&format!("{name}: {}", action.what));
            prop_assert_eq!(summary, Some(want.as_str()));
        }
    }

    #[test]
    fn a_table_has_one_row_for_each_action_and_no_formula(
        texts in proptest::collection::vec((hostile(), hostile(), hostile(), hostile()), 1..4)
    ) {
        let (name, actions) = named_actions(texts);
        let table = csv(&actions, |_| name.clone());
        let table = String::from_utf8(table).expect("text");
        let table = table.strip_prefix(UTF8_MARK).expect("the mark");
        prop_assert!(!table.chars().any(is_unsafe), "{table:?}");
        let rows: Vec<_> = csv::Reader::from_reader(table.as_bytes()).into_records().collect();
        prop_assert_eq!(rows.len(), actions.len());
        for row in rows {
            for cell in &row.expect("a whole row") {
                prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']), "{cell:?}");
            }
        }
    }

    #[test]
    fn no_line_looks_like_the_next_field(name in hostile(), lines in proptest::collection::vec(hostile(), 1..5), who in hostile()) {
        let at = Utc.with_ymd_and_hms(2026, 11, 22, 1, 0, 0).unwrap();
        let body = serde_json::json!({
            "id": "k", "account": "a", "kind": "health", "template": "standard", "author": who,
            "created": at, "events": [], "notes": [], "wrapup": { "attendees": [who] },
            "sections": [],
        });
        let mut checkin: Checkin = serde_json::from_value(body).expect("a check-in");
        checkin.sections = vec![Section { customer: None, name: Words::both("s"), min: 1, target: 120, max: 3, prompts: Default::default(), ticket: None }];
        checkin.notes = vec![lines.iter().map(|l| Line { at: None, text: l.clone(), mark: Some(Mark::Risk) }).collect()];
        let people = People::default();
        let actions = [action("i".into(), lines[0].clone(), who.clone(), String::new())];
        let of = Of {
            checkin: &checkin,
            account: &name,
            contacts: &[],
            actions: &actions,
            agreed: None,
            ours: Ours::new("me", &people),
            personal: Personal::All,
            lang: Lang::En,
            zone: Zone::utc(),
            there: Zone::utc(),
        };
        let fields: Vec<String> = CrmField::ALL.iter().map(|f| format!("[{}]", f.words(Lang::En))).collect();
        let packet = crm(of, CrmField::ALL);
        prop_assert!(!packet.chars().any(|c| is_unsafe(c) || c == '\t'), "{packet:?}");
        let mut found: Vec<&str> = packet.lines().filter(|l| l.starts_with('[')).filter_map(|l| Some(&l[..=l.find(']')?])).collect();
        let all = found.len();
        found.dedup();
        prop_assert!(found.len() == all && found.iter().all(|f| fields.iter().any(|k| k == f)), "{packet:?}");
        let minutes = minutes_of_meeting(of);
        prop_assert!(!minutes.chars().any(|c| is_unsafe(c) || c == '\t'), "{minutes:?}");
        let headings = minutes.lines().filter(|l| l.starts_with('■')).count();
        prop_assert!(headings <= 3, "{minutes:?}");
        let note = crate::services::compose::markdown(&checkin, &name, &actions, Lang::En, Zone::utc());
        prop_assert!(!note.chars().any(|c| is_unsafe(c) || c == '\t'), "{note:?}");
        let page = crate::services::compose::html(&name, &note, Lang::En);
        prop_assert!(!page.contains("<script") && !page.chars().any(is_unsafe), "{page:?}");
    }
}
