//! What filters mean.

use proptest::prelude::*;

use super::catalogue::WORDS;
use super::*;
use crate::config::Config;
use crate::domain::account::{Account, Tier};
use crate::domain::dossier::Dossier;
use crate::domain::health::Band;
use crate::domain::standing::standing;
use crate::domain::when::{Now, Zone};

const TODAY: &str = "2026-11-22";

fn asked(line: &str, row: &Row) -> bool {
    let query = Query::parse(line);
    let answers = Answers::default();
    let asking = Asking {
        row,
        haystack: None,
        today: TODAY.parse().expect("a day"),
        answers: &answers,
    };
    let words = query
        .words
        .iter()
        .all(|w| Haystack::of(&row.account).holds(w));
    query.holds(asking) && words
}

/// An enterprise account of Sato's, healthy at 85, renewing in 40 days.
fn acme() -> Row {
    let mut account = Account::new("acme".into(), "(株)Acme Japan");
    account.owner = "Sato Ken".into();
    account.tags = vec!["EU Pilot".into()];
    let attribute = ("region".into(), "West Coast".into());
    account.attributes.extend([attribute]);
    let (config, _) = Config::load(None);
    let at = format!("{TODAY}T01:00:00Z").parse().expect("a time");
    let now = Now::new(at, Zone::utc());
    let dossier = Dossier::new(account.clone());
    let standing = standing(&dossier, Default::default(), config.scoring_context(), now);
    let mut out = Row { account, standing };
    out.standing.tier = Tier::Enterprise;
    out.standing.health.band = Band::Green;
    out.standing.health.score = Some(85);
    out.standing.renewal = "2027-01-01".parse().ok();
    out.standing.usage_change = None;
    out
}

#[test]
fn words_alternatives_negations_groups_and_quotes() {
    let acme = acme();
    for (line, found) in [
        ("", true),
        ("band:green tier:enterprise", true),
        ("band:green tier:smb", false),
        ("tier:smb or band:green", true),
        ("tier:smb | band:green", true),
        ("ティア:smb または 区分:健全", true),
        ("tier:smb or band:red", false),
        ("-tier:smb", true),
        ("－tier:smb", true),
        ("−tier:smb", true),
        ("−tier:enterprise", false),
        ("-tier:enterprise", false),
        ("-(tier:smb or band:red) renewal<60", true),
        ("-(tier:smb or band:green)", false),
        ("band:green (tier:smb or renewal<60)", true),
        ("band:green （tier:smb or renewal<30）", false),
        ("owner:\"sato ken\"", true),
        ("owner:\"ken sato\"", false),
        ("owner:「sato ken」", true),
        ("tag:\"eu pilot\"", true),
        ("tag:eu", false),
        ("attr.region:\"west coast\"", true),
        ("\"acme japan\"", true),
        ("\"ken japan\"", false),
        ("-acme", false),
        ("-globex", true),
        ("acme or globex", true),
        ("(acme or globex) band:green", true),
        ("score:80..90", true),
        ("score:85", true),
        ("score=85", true),
        ("score:86..", false),
        ("renewal>=40 renewal<=40", true),
        // What is typed half way finds what stands there already.
        ("band:green or", true),
        ("band:green -", true),
        ("band:green (", true),
    ] {
        assert_eq!(asked(line, &acme), found, "{line}");
    }
}

#[test]
fn what_is_unknown_is_found_neither_by_a_word_nor_by_its_negation() {
    let acme = acme();
    for (line, found) in [
        ("usage<0", false),
        ("-usage<0", false),
        ("usage:unknown", true),
        ("usage:不明", true),
        ("-usage:unknown", false),
        ("usage<0 or score>80", true),
        ("usage<0 score>80", false),
        // A customer that was never touched was touched longer ago than any day.
        ("touch>10000", true),
        ("-touch>10000", false),
    ] {
        assert_eq!(asked(line, &acme), found, "{line}");
    }
}

#[test]
fn a_name_in_parentheses_stays_a_name() {
    let query = Query::parse("(株)Acme (Japan)");
    assert_eq!(query.words, ["(株)acme", "(japan)"]);
    assert!(asked("(株)acme", &acme()));
}

#[test]
fn a_mistyped_word_finds_nothing_and_the_nearest_is_named() {
    for (typed, nearest) in [
        ("bnad:red", Some("band")),
        ("renewl<90", Some("renewal")),
        ("ownr:sato", Some("owner")),
        ("zzzz:1", None),
        ("score.nothing<5", Some("score")),
    ] {
        let query = Query::parse(typed);
        assert_eq!(query.unknown.len(), 1, "{typed}");
        assert_eq!(query.unknown[0].nearest, nearest, "{typed}");
        assert!(!asked(typed, &acme()), "{typed}");
        assert!(!asked(&format!("-{typed}"), &acme()), "{typed}");
    }
    assert!(Query::parse("12:30 a:").unknown.is_empty());
}

#[test]
fn bands_are_read_as_the_screens_name_them() {
    for (typed, key) in [
        ("at-risk", Some(Band::Red)),
        ("Caution", Some(Band::Yellow)),
        ("healthy", Some(Band::Green)),
        ("危険", Some(Band::Red)),
        ("ｒｅｄ", Some(Band::Red)),
        ("poorly", None),
        ("", None),
    ] {
        assert_eq!(band(typed), key, "{typed}");
    }
}

#[test]
fn every_word_is_read_under_its_name_and_its_japanese_name() {
    for word in WORDS {
        for name in [Some(word.full_name()), word.japanese().map(str::to_owned)] {
            let Some(name) = name else { continue };
            let part = word.parts().first().copied().unwrap_or("logins");
            let japanese = word.part.is_some() && !name.is_ascii();
            let name = match japanese {
                true => format!(
                    "{name}.{part}{}",
                    word.full_name().rsplit_once(".X").map_or("", |(_, s)| s)
                ),
                false => name.replace(".X", &format!(".{part}")),
            };
            let typed = match word.kind {
                catalogue::Kind::Choice(choice) => format!("{name}:{}", (choice.keys)()[0]),
                catalogue::Kind::Number(_) => format!("{name}>=5"),
                catalogue::Kind::Text | catalogue::Kind::Tag => format!("{name}:x"),
                catalogue::Kind::YesNo => format!("{name}:yes"),
            };
            let read = term::read(&typed);
            assert_eq!(
                read.map(|t| t.word().full_name()),
                Some(word.full_name()),
                "{typed}"
            );
        }
    }
}

#[test]
fn a_metric_may_hold_a_colon() {
    let query = Query::parse("usage.feature:export>=3 usage.feature:export:unknown");
    assert!(query.unknown.is_empty(), "{:?}", query.unknown);
    assert_eq!(terms(&query.node).len(), 2);
}

#[test]
fn completion_goes_on_with_what_begins_so() {
    let lines = |typed: &str| {
        complete(typed)
            .into_iter()
            .map(|c| c.line)
            .collect::<Vec<_>>()
    };
    assert_eq!(lines("band:green ren"), ["band:green renewal"]);
    assert_eq!(lines("-ban"), ["-band:"]);
    assert_eq!(lines("(tier:s"), ["(tier:smb "]);
    assert_eq!(lines("区"), ["区分:"]);
    assert_eq!(lines("score.us"), ["score.usage"]);
    assert!(lines("usage.logins.of").contains(&"usage.logins.of-normal".to_owned()));
    assert!(lines("signal:usage-").contains(&"signal:usage-drop ".to_owned()));
    assert_eq!(lines("band:green "), [""; 0]);
    assert_eq!(lines(""), [""; 0]);
}

/// Pieces of filters and of anything else.
fn piece() -> impl Strategy<Value = String> {
    let term = prop::sample::select(vec![
        "band:green",
        "tier:smb",
        "score>50",
        "renewal<60",
        "touch>3",
        "churned:no",
        "-",
        "(",
        ")",
        "or",
        "\"",
        "acme",
        "（",
        "）",
        "「",
        "|",
        ":",
        "<",
        "attr.x:y",
        "usage.a.of-normal>5",
        "𠮷",
    ]);
    prop_oneof![4 => term.prop_map(str::to_owned), 1 => ".{0,4}"]
}

proptest! {
    #[test]
    fn any_line_is_read(pieces in prop::collection::vec(piece(), 0..12), blank in "[ \u{3000}]?") {
        let line = pieces.join(&blank);
        let _ = asked(&line, &acme());
        let _ = complete(&line);
    }

    /// Of what is known, a term or its negation holds, and never both.
    #[test]
    fn a_negation_is_the_opposite(score in 0..100_u8, days in 0..100_i64) {
        let acme = acme();
        for term in [format!("score<{score}"), format!("renewal>{days}"), "band:green or tier:smb".into()] {
            prop_assert_ne!(asked(&term, &acme), asked(&format!("-({term})"), &acme), "{}", term);
        }
    }
}
