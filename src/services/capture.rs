//! Quick capture: the contents of a typed line beside its text. `Mika asked about SSO ! send doc @me
//! ^fri #feature "too slow"`. `!` starts an action, `@` names its owner, `^` its date, `#` a tag;
//! quotation marks keep a quote.

mod captured;

use crate::domain::action::Side;
use crate::domain::contact::{Contact, Status};
use crate::domain::text::{clean, fold, half_width, quotes};
use crate::domain::when::Now;
use crate::services::dates;

pub use captured::{Captured, Item, Talk};

/// The writer, and the people `@` can name.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub me: &'a str,
    pub contacts: &'a [Contact],
    pub now: Now,
}

/// Reads a text of any number of lines. The text itself is kept as it was typed.
pub fn read(text: &str, context: Context) -> Captured {
    let text = clean(text).trim().to_owned();
    // Private lines stay text: they give no action, tag or quote.
    let open = text
        .lines()
        .filter(|l| !crate::domain::note::is_private(l))
        .map(crate::domain::checkin::public)
        .collect::<Vec<_>>()
        .join("\n");
    let mut out = Captured {
        quotes: quotes(&open),
        ..Captured::default()
    };
    for line in open.lines() {
        let mut current: Option<Item> = None;
        let spaced = spaced(line);
        let mut words = spaced.split_whitespace();
        while let Some(word) = words.next() {
            let (mark, rest) = split_mark(word);
            match mark {
                // A sign is alone or before a word; "!!!" is only an exclamation.
                Some('!')
                    if rest.is_empty()
                        || rest.starts_with(|c: char| {
                            c.is_alphanumeric() || matches!(c, '「' | '『' | '(' | '（' | '"')
                        }) =>
                {
                    finish(&mut current, &mut out);
                    current = Some(Item {
                        what: rest.to_owned(),
                        side: Side::Us,
                        owner: context.me.to_owned(),
                        due: None,
                        promised: false,
                    });
                }
                Some('#')
                    if rest.starts_with(char::is_alphanumeric)
                        && !rest.chars().all(|c| c.is_ascii_digit()) =>
                {
                    if !out.tags.iter().any(|t| t == rest) {
                        out.tags.push(rest.to_owned());
                    }
                }
                Some('@') if !rest.is_empty() && current.is_some() => {
                    if let Some(item) = &mut current {
                        (item.side, item.owner) = owner(rest, context);
                    }
                }
                Some('^') if !rest.is_empty() && current.is_some() => {
                    let typed = dated(rest, &mut words);
                    match dates::read(&typed, context.now) {
                        Some(date) => {
                            if let Some(item) = &mut current {
                                item.due = Some(date);
                            }
                            // A due date has no time: it stays in the text.
                            if let Some(time) = dates::time_in(&typed, context.now) {
                                push(&mut current, &time.format("%H:%M").to_string());
                            }
                        }
                        None => {
                            push(&mut current, &format!("^{typed}"));
                            out.unread_dates.push(typed);
                        }
                    }
                }
                _ => push(&mut current, word),
            }
        }
        finish(&mut current, &mut out);
    }
    out.text = text;
    out
}

/// A typed date that may have several words, `^next fri`, `^31 dec 2026`.
fn dated<'a>(first: &'a str, words: &mut (impl Iterator<Item = &'a str> + Clone)) -> String {
    let more = dates::words_of(std::iter::once(first).chain(words.clone()));
    let mut typed = first.to_owned();
    for word in words.take(more.saturating_sub(1)) {
        typed.push(' ');
        typed.push_str(word);
    }
    typed
}

/// The line with a space before every sign that Japanese text writes without one. `@`, `^` and `#`
/// after a Japanese letter are signs; `!` is one only before an owner or a date, because it also
/// ends many sentences.
fn spaced(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut before: Option<char> = None;
    for (at, c) in line.char_indices() {
        let rest = &line[at + c.len_utf8()..];
        let sign = match half_width(c) {
            '@' | '^' | '#' => rest.chars().next().is_some_and(|n| !n.is_whitespace()),
            '!' => has_sign(rest) && rest.chars().next().is_some_and(|n| !n.is_whitespace()),
            _ => false,
        };
        if sign && before.is_some_and(|b| !b.is_ascii() && !b.is_whitespace()) {
            out.push(' ');
        }
        out.push(c);
        before = Some(c);
    }
    out
}

/// Whether an owner or a date follows; the `@` of a mail address does not count.
fn has_sign(text: &str) -> bool {
    text.char_indices().any(|(at, c)| {
        matches!(half_width(c), '@' | '^')
            && !text[..at].ends_with(|b: char| b.is_ascii_alphanumeric())
    })
}

fn push(current: &mut Option<Item>, word: &str) {
    if let Some(item) = current {
        if !item.what.is_empty() {
            item.what.push(' ');
        }
        item.what.push_str(word);
    }
}

fn finish(current: &mut Option<Item>, out: &mut Captured) {
    if let Some(item) = current.take()
        && !item.what.trim().is_empty()
    {
        out.actions.push(item);
    }
}

/// A sign at the start of a word, half or full width. Signs inside a word are ordinary text.
fn split_mark(word: &str) -> (Option<char>, &str) {
    let Some(first) = word.chars().next() else {
        return (None, word);
    };
    match half_width(first) {
        mark @ ('!' | '@' | '^' | '#') => (Some(mark), &word[first.len_utf8()..]),
        _ => (None, word),
    }
}

/// `@me`, `@us`, `@customer`, a contact's name (or part of it, or its reading), or a colleague.
fn owner(name: &str, context: Context) -> (Side, String) {
    let folded = fold(name);
    match folded.as_str() {
        "me" | "私" | "自分" => return (Side::Us, context.me.to_owned()),
        "us" | "当社" | "弊社" => return (Side::Us, String::new()),
        "customer" | "客" | "先方" | "お客様" => return (Side::Customer, String::new()),
        _ => {}
    }
    if fold(context.me) == folded {
        return (Side::Us, context.me.to_owned());
    }
    // One Latin letter is no name, and a name two people share is ambiguous.
    let enough = folded.chars().count() >= if folded.is_ascii() { 2 } else { 1 };
    let fits = |c: &&Contact| {
        let (name, reading) = (fold(&c.name), fold(&c.reading));
        enough
            && (name.split_whitespace().any(|part| part == folded)
                || name.starts_with(&folded)
                || (!reading.is_empty() && reading.starts_with(&folded)))
    };
    let all: Vec<&Contact> = context.contacts.iter().filter(fits).collect();
    let here: Vec<&&Contact> = all.iter().filter(|c| c.status == Status::Active).collect();
    match (&here[..], &all[..]) {
        ([one], _) => (Side::Customer, one.name.clone()),
        ([], [one]) => (Side::Customer, one.name.clone()),
        ([], []) => (Side::Internal, name.to_owned()),
        _ => (Side::Customer, name.to_owned()),
    }
}

/// Actions typed on their own, one or several (the first `!` may be left out), and the `^` words
/// that are no dates. Tags stay in the text, because actions have none.
pub fn action_line(text: &str, context: Context) -> (Vec<Item>, Vec<String>) {
    let line = text.trim();
    let marked = if matches!(split_mark(line).0, Some('!')) {
        line.to_owned()
    } else {
        format!("! {line}")
    };
    let mut read = read(&marked, context);
    if let Some(item) = read.actions.last_mut() {
        for tag in &read.tags {
            item.what.push_str(&format!(" #{tag}"));
        }
    }
    (read.actions, read.unread_dates)
}

#[cfg(test)]
mod tests {
    use super::*;
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
                me: "sato",
                contacts: &[mika],
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
                promised: false
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
                me: "佐藤",
                contacts: &[aoba],
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
        let context = Context {
            me: "佐藤",
            contacts: &[],
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
                me: "s",
                contacts: &[],
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
                    me: "s",
                    contacts: &[],
                    now: now(),
                },
            );
            assert_eq!((c.actions.len(), c.tags.len()), (0, 0), "{text}");
        }
        let c = read(
            "! call ^someday",
            Context {
                me: "s",
                contacts: &[],
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
        let context = Context {
            me: "me",
            contacts: &all,
            now: now(),
        };
        let owner = |text: &str| read(text, context).actions[0].owner.clone();
        assert_eq!(owner("! x @i"), "i");
        assert_eq!(owner("! x @田中"), "田中");
        assert_eq!(owner("! x @ingrid"), "Ingrid Pereira");
    }

    proptest! {
        #[test]
        fn nothing_typed_is_lost(text in "[a-z !@^#\"あい！＠\\n]{0,80}") {
            let c = read(&text, Context { me: "s", contacts: &[], now: now() });
            prop_assert_eq!(c.text, text.trim());
        }
    }
}
