//! Tests of quick capture.

use super::*;
use crate::domain::colleague::{People, Person};
use crate::domain::when::Zone;
use chrono::{NaiveDate, TimeZone, Utc};
use proptest::prelude::*;

fn now() -> Now {
    Now::new(
        Utc.with_ymd_and_hms(2026, 11, 22, 1, 0, 0).unwrap(),
        Zone::utc(),
    )
}

#[test]
fn the_readme_line_reads_as_promised() {
    let mika = Contact::new("c".into(), "a".into(), "Mika Tanaka");
    let c = read(
        "Mika asked about SSO ! send doc @me ^fri #feature",
        Context {
            contacts: &[mika],
            ours: Ours::new("sato", &People::default()),
            now: now(),
        },
    );
    assert_eq!(c.tags, ["feature"]);
    assert_eq!(
        c.actions,
        [Item {
            what: "send doc".into(),
            side: Side::Us,
            owner: "sato".into(),
            due: NaiveDate::from_ymd_opt(2026, 11, 27),
            promised: false,
            inside: false,
        }]
    );
    assert_eq!(c.text, "Mika asked about SSO ! send doc @me ^fri #feature");
}

#[test]
fn full_width_signs_customers_and_several_actions() {
    let aoba = Contact {
        reading: "アオバ ケン".into(),
        ..Contact::new("c".into(), "a".into(), "青葉 健")
    };
    let c = read(
        "！資料を送る ＠私 ＾明日 ！ 確認 @あおば ^来週金\n「遅くて使われない」と発言",
        Context {
            contacts: &[aoba],
            ours: Ours::new("佐藤", &People::default()),
            now: now(),
        },
    );
    assert_eq!(c.actions.len(), 2);
    assert_eq!(c.actions[0].due, NaiveDate::from_ymd_opt(2026, 11, 23));
    assert_eq!(
        (c.actions[1].side, c.actions[1].owner.as_str()),
        (Side::Customer, "青葉 健")
    );
    assert_eq!(c.quotes, ["遅くて使われない"]);
}

#[test]
fn japanese_needs_no_spaces_before_signs() {
    let nobody = People::default();
    let context = Context {
        contacts: &[],
        ours: Ours::new("佐藤", &nobody),
        now: now(),
    };
    let c = read("資料送付!見積を送る@先方^明日", context);
    assert_eq!(
        (
            c.actions[0].what.as_str(),
            c.actions[0].side,
            c.actions[0].due
        ),
        (
            "見積を送る",
            Side::Customer,
            NaiveDate::from_ymd_opt(2026, 11, 23)
        )
    );
    let c = read("質問あり ！資料を送る＠私＾金", context);
    assert_eq!(
        (c.actions[0].what.as_str(), c.actions[0].due),
        ("資料を送る", NaiveDate::from_ymd_opt(2026, 11, 27))
    );
    assert!(
        read("とても助かった！次回もお願いします", context)
            .actions
            .is_empty()
    );
    let (items, unread) = action_line("電話 ^2月30日", context);
    assert_eq!((items[0].due, unread), (None, vec!["2月30日".to_owned()]));
    let (items, _) = action_line("資料を送る！必ず確認@先方^金", context);
    assert_eq!(
        (items.len(), items[1].what.as_str(), items[1].side),
        (2, "必ず確認", Side::Customer)
    );
    assert_eq!(
        action_line("fix login #bug #p1", context).0[0].what,
        "fix login #bug #p1"
    );
}

#[test]
fn ordinary_signs_stay_ordinary() {
    let c = read(
        "Great! mail a@b.com about C# and ticket #123 ^someday",
        Context {
            contacts: &[],
            ours: Ours::new("s", &People::default()),
            now: now(),
        },
    );
    assert_eq!((c.actions.len(), c.tags.len()), (0, 0));
    for text in [
        "so happy !!!",
        "すごい ！！",
        "助かりました！連絡はa@b.comへ",
        "## heading",
        "# heading",
    ] {
        let c = read(
            text,
            Context {
                contacts: &[],
                ours: Ours::new("s", &People::default()),
                now: now(),
            },
        );
        assert_eq!((c.actions.len(), c.tags.len()), (0, 0), "{text}");
    }
    let c = read(
        "! call ^someday",
        Context {
            contacts: &[],
            ours: Ours::new("s", &People::default()),
            now: now(),
        },
    );
    assert_eq!(c.actions[0].what, "call ^someday");
    assert_eq!(c.unread_dates, ["someday"]);
}

#[test]
fn one_letter_or_a_shared_name_names_nobody() {
    let person = |id: &str, name: &str, status| Contact {
        status,
        ..Contact::new(id.into(), "a".into(), name)
    };
    let all = [
        person("1", "田中 一", Status::Active),
        person("2", "田中 二", Status::Active),
        person("3", "Ingrid Pereira", Status::Active),
        person("4", "Ingrid Olsen", Status::Left),
    ];
    let nobody = People::default();
    let context = Context {
        contacts: &all,
        ours: Ours::new("me", &nobody),
        now: now(),
    };
    let owner = |text: &str| read(text, context).actions[0].owner.clone();
    assert_eq!(owner("! x @i"), "i");
    assert_eq!(owner("! x @田中"), "田中");
    assert_eq!(owner("! x @ingrid"), "Ingrid Pereira");
}

#[test]
fn owners_are_known_by_honorific_role_and_family_name() {
    let contacts = [
        Contact::new("1".into(), "a".into(), "林 恵"),
        Contact::new("2".into(), "a".into(), "斎藤 誠"),
    ];
    let mut people = People::default();
    let person = |name: &str| Person::read(name).expect("a person");
    people.set(Role::Manager, person("鈴木 健"));
    people.set(Role::AccountManager, person("Daniel Weiss"));
    let context = Context {
        contacts: &contacts,
        ours: Ours::new("佐藤 美咲", &people),
        now: now(),
    };
    for (typed, side, owner) in [
        ("林さん", Side::Customer, "林 恵"),
        ("斎藤執行役員", Side::Customer, "斎藤 誠"),
        ("佐藤", Side::Us, "佐藤 美咲"),
        ("佐藤_美咲", Side::Us, "佐藤 美咲"),
        ("鈴木部長", Side::Internal, "鈴木 健"),
        ("manager", Side::Internal, "鈴木 健"),
        ("daniel", Side::Internal, "Daniel Weiss"),
        ("them", Side::Customer, ""),
        ("吉田さん", Side::Internal, "吉田さん"),
    ] {
        let read = read(&format!("! 資料を送る @{typed} ^12/2"), context);
        let item = &read.actions[0];
        assert_eq!((item.side, item.owner.as_str()), (side, owner), "{typed}");
        assert_eq!(item.what, "資料を送る", "{typed}");
    }
}

#[test]
fn an_action_may_follow_a_sentence() {
    let nobody = People::default();
    let context = Context {
        contacts: &[],
        ours: Ours::new("佐藤", &nobody),
        now: now(),
    };
    for line in [
        "候補が古い。! マスタを更新する @me ^12/10",
        "候補が古い。！マスタを更新する",
        "候補が古い ! マスタを更新する",
    ] {
        let read = read(line, context);
        assert_eq!(read.actions[0].what, "マスタを更新する", "{line}");
        let before = before_actions(line).expect("an action");
        assert_eq!(before.trim_end_matches('。'), "候補が古い", "{line}");
    }
    for line in ["すごい。！", "やった。！！", "Great!", "no action here"] {
        assert_eq!(read(line, context).actions.len(), 0, "{line}");
        assert_eq!(before_actions(line), None, "{line}");
    }
}

proptest! {
    #[test]
    fn nothing_typed_is_lost(text in "[a-z !@^#\"あい！＠\\n]{0,80}") {
        let c = read(&text, Context { contacts: &[], ours: Ours::new("s", &People::default()), now: now() });
        prop_assert_eq!(c.text, text.trim());
    }
}
