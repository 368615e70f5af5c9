//! What the lines of a call say of the next one: 「次回は3/4 14時」, "next QBR on 12 March", 「定例は隔週水曜」.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex_lite::Regex;

use crate::domain::checkin::{Checkin, Mark, public};
use crate::domain::text::nfkc;
use crate::domain::when::Now;
use crate::services::dates;

/// Letters between the word for the next meeting and its day, at most.
const BETWEEN: usize = 24;

/// Letters of a day with its time, at most.
const LONGEST: usize = 28;

static NEXT: LazyLock<Regex> = LazyLock::new(|| {
    let meeting = "call|check-?in|meeting|mtg|review|qbr|session|sync|catch-?up|talk|demo|visit";
    Regex::new(&format!(
        r"(?i)次回の?(?:は|も|:|\s*\d|qbr|定例|mtg|ミーティング|お?打ち?合わ?せ|会議|面談|訪問|チェックイン|レビュー|商談|電話)|\bnext\s+(?:\w+\s+)?(?:{meeting})\b|\b(?:speak|talk|meet) again\b"
    ))
    .expect("a test reads it")
});

/// "Next 11-05 11:00".
static BARE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^next:?\s+\d").expect("a test reads it"));

/// "Renewal talk Wed 16 Dec 14:00": a meeting with its time.
static TIMED: LazyLock<Regex> = LazyLock::new(|| {
    let meeting = "call|check-?in|meeting|mtg|review|qbr|session|sync|catch-?up|talk";
    Regex::new(&format!(
        r"(?i)\b(?:{meeting})\s+(?:on\s+)?(?:mon|tue|wed|thu|fri|\d).{{0,20}}?(?:\d{{1,2}}:\d{{2}}|\d\s?[ap]m)"
    ))
    .expect("a test reads it")
});

static REGULAR: LazyLock<Regex> = LazyLock::new(|| {
    let often = "weekly|bi-?weekly|fortnightly|monthly|quarterly|every \\w+|first \\w+day";
    let rhythm = r"(?:(?:bi-?)?weekly|fortnightly|monthly|every (?:other |second )?(?:mon|tue|wed|thu|fri|week|month)\w*)";
    let meeting = "call|check-?in|meeting|sync|session|catch-?up|review";
    Regex::new(&format!(
        r"(?i)定例|(?:隔週|毎週|毎月|月次|週次).*(?:会|打ち?合わ?せ|ミーティング|MTG|確認)|(?:毎週|隔週).曜|\b{rhythm}\b.*\d\s?(?:min|[ap]m\b)|\d\s?min\w*\s+{rhythm}\b|(?:{often}).*\b(?:{meeting})s?\b|\b(?:{meeting})s?\b.*(?:{often})"
    ))
    .expect("a test reads it")
});

/// A day, or a time of the year.
static WHEN: LazyLock<Regex> = LazyLock::new(|| {
    let weekday = "(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri)(?:days?)?";
    let month = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
    Regex::new(&format!(
        r"(?i)\d[/月日時:-]\d?|\d\s?[ap]m\b|曜|来週|来月|明日|明後日|月末|週明け|年明け|来年|\b(?:{weekday}|{month}|tomorrow|next (?:week|month|year)|spring|summer|autumn|winter)\b"
    ))
    .expect("a test reads it")
});

/// "Call me in September".
static LATER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:call|contact|ping)\s+(?:me|us)\s+(?:back\s+|again\s+)?(?:in|on|after|from|next)\b")
        .expect("a test reads it")
});

/// Whether a line says when the next meeting is, or that there is a regular one: a mail need not propose a day. A line
/// without a mark may only name what this call is ("monthly check-in"), so it must say a day too.
pub fn is_settled(text: &str, marked: bool) -> bool {
    let text = nfkc(text);
    let dated = |text: &str| WHEN.is_match(text);
    let regular = REGULAR.is_match(&text) && (marked || dated(&text));
    let next = NEXT.find(&text);
    regular
        || next.is_some_and(|next| dated(&text[next.start()..]))
        || [&BARE, &TIMED, &LATER]
            .iter()
            .any(|said| said.is_match(&text))
}

/// The day of the next meeting, with its time where one is said, as a field of the wrap-up reads it. The last line that
/// says one counts; risks and private lines say none.
pub fn said(checkin: &Checkin, now: Now) -> Option<String> {
    let days = open_lines(checkin).filter_map(|(line, _)| day_in(line, now));
    days.last()
}

/// Whether a line of the call says when the next meeting is, or that there is a regular one.
pub fn is_said(checkin: &Checkin) -> bool {
    open_lines(checkin).any(|(line, marked)| is_settled(line, marked))
}

/// The lines that may say something of the next meeting, and whether they carry a mark.
fn open_lines(checkin: &Checkin) -> impl Iterator<Item = (&str, bool)> {
    let open = |mark: Option<Mark>| {
        matches!(
            mark,
            None | Some(Mark::Decision | Mark::Action | Mark::Question)
        )
    };
    let lines = checkin.lines().map(|(_, line)| line);
    let lines = lines.filter(move |line| !line.is_private() && open(line.meaning()));
    lines.map(|line| (public(line.words()), line.meaning().is_some()))
}

fn day_in(text: &str, now: Now) -> Option<String> {
    let text = nfkc(text);
    let named = NEXT.find(&text).map(|found| found.end());
    // The date begins with the digit that was matched.
    let bare = || BARE.find(&text).map(|found| found.end() - 1);
    let timed = || {
        let found = TIMED.find(&text)?;
        Some(found.start() + found.as_str().find(char::is_whitespace)?)
    };
    let behind = named.or_else(bare).or_else(timed)?;
    let rest: Vec<char> = text[behind..].chars().take(BETWEEN + LONGEST).collect();
    let starts = 0..rest.len().min(BETWEEN);
    // 「次回は研修当日 12/18」: a number says more than a weekday.
    let rest = &rest[..];
    let numbers = starts.clone().find_map(|at| day_at(rest, at, now, true));
    // A date that cannot be read is not answered by the weekday before it.
    let dated = rest.windows(3).any(|three| {
        three[0].is_ascii_digit()
            && "/-月.".contains(three[1])
            && (three[2].is_ascii_digit() || three[1] == '月')
    });
    numbers.or_else(|| {
        let mut weekdays = starts.clone().filter(|_| !dated);
        weekdays.find_map(|at| day_at(rest, at, now, false))
    })
}

/// The longest day that begins at a letter.
fn day_at(rest: &[char], at: usize, now: Now, numbers: bool) -> Option<String> {
    // A day begins a word of Latin letters, and a number.
    let joined = |at: usize| {
        at > 0 && rest[at - 1].is_ascii_alphanumeric() && rest[at].is_ascii_alphanumeric()
    };
    let longest = (at + LONGEST).min(rest.len());
    let begins =
        !joined(at) && !rest[at].is_whitespace() && (!numbers || rest[at].is_ascii_digit());
    (at + 2..=longest).rev().filter(|_| begins).find_map(|end| {
        let cut = end < rest.len()
            && rest[end - 1].is_ascii_alphanumeric()
            && rest[end].is_ascii_alphanumeric();
        let part: String = rest[at..end].iter().collect();
        // A bare number or one letter may be anything.
        let named = part
            .chars()
            .any(|c| !c.is_ascii_digit() && !c.is_whitespace());
        let long = part.trim().chars().count() > 1;
        let read = (!cut && named && long).then(|| day(&part, now))?;
        let read = read.filter(|_| !contradicts(rest, (at, end), now))?;
        let blanks = part.chars().rev().take_while(|c| c.is_whitespace()).count();
        let behind: String = rest[end - blanks..].iter().collect();
        let day = read.split(' ').next().unwrap_or_default();
        Some(match is_elsewhere(&behind) {
            true => day.to_owned(),
            false => read,
        })
    })
}

/// Whether the weekday beside a date is of another day: then the user must say which one is meant.
fn contradicts(rest: &[char], (at, end): (usize, usize), now: Now) -> bool {
    let text = |letters: &[char]| letters.iter().collect::<String>();
    let before = text(&rest[..at]);
    let word = before.split_whitespace().last().unwrap_or_default();
    let weekday = word.chars().count() > 2 && word.chars().all(char::is_alphabetic);
    let other = weekday
        && dates::read(word, now).is_some()
        && dates::read(&format!("{word} {}", text(&rest[at..end])), now).is_none();
    // Were it right, the weekday would be part of what was read.
    let behind = text(&rest[end..]);
    let bracket = behind.trim_start().strip_prefix('(').unwrap_or_default();
    other || bracket.starts_with(['日', '月', '火', '水', '木', '金', '土'])
}

/// Whether a zone that is not known, or somebody else's, stands behind a time.
fn is_elsewhere(behind: &str) -> bool {
    const ZONES: [&str; 12] = [
        "central", "mountain", "cst", "ist", "bst", "local", "uk", "their", "your", "his", "her",
        "time",
    ];
    let word = behind
        .split(|c: char| !c.is_alphanumeric())
        .find(|w| !w.is_empty());
    let is_next = behind.starts_with([' ', '(']);
    is_next && word.is_some_and(|w| ZONES.contains(&w.to_lowercase().as_str()))
        || ["現地", "先方"]
            .iter()
            .any(|w| behind.trim_start().starts_with(w))
}

fn day(text: &str, now: Now) -> Option<String> {
    let day: NaiveDate = dates::read(text, now).filter(|day| *day > now.today())?;
    let time = dates::moment(text, now).map(|at| now.zone.local(at));
    Some(match time.filter(|at| at.date() == day) {
        Some(at) => at.format("%Y-%m-%d %H:%M").to_string(),
        None => day.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::when::Zone;

    #[test]
    fn the_next_meeting_is_read_from_what_was_said() {
        let at = "2026-11-30T09:00:00Z".parse().expect("a moment");
        let now = Now::new(at, Zone::utc());
        for (text, want) in [
            ("次回は3/4 14時", "2027-03-04 14:00"),
            ("次回QBRは3月12日14時から", "2027-03-12 14:00"),
            ("次回:来週木曜", "2026-12-10"),
            ("次回は研修当日 12/18 9:30に3階で", "2026-12-18 09:30"),
            ("次回は12/17(木) 10:00", "2026-12-17 10:00"),
            ("Next mtg thu jan 14 at 1pm", "2027-01-14 13:00"),
            ("Next mtg thu jan 14 at 1pm pacific", "2027-01-14 21:00"),
            ("next call thu 14 jan 10:00 CST", "2027-01-14"),
            ("next call thu 14 jan 10:00 (their time)", "2027-01-14"),
            (
                "Speak again tue 2 feb 11am, just before the tour",
                "2027-02-02 11:00",
            ),
            (
                "Renewal talk wed 16 dec 14:00 CET w/ Daan",
                "2026-12-16 13:00",
            ),
            ("next call on 12 March at 10:30", "2027-03-12 10:30"),
            ("Next QBR is Thu 10 Dec", "2026-12-10"),
            ("next check-in tomorrow", "2026-12-01"),
            (
                "Next 12-10 11:00, Ann brings the seniors",
                "2026-12-10 11:00",
            ),
            ("next call Wed 3 March 15:00 ET", "2027-03-03 20:00"),
        ] {
            assert_eq!(day_in(text, now).as_deref(), Some(want), "{text}");
        }
        for text in [
            "call Dana on Monday about the export",
            "review 3 designs",
            "次回は3名で参加",
            "next call tue 12-10 9am",
            "次回は12/17(水) 10:00",
            "next friday send the plan",
            "next call with 3 people",
            "the call is on 12 March",
            "次回までに資料を送る",
            "不具合は次回アプリ更新(12/17)で修正予定",
            "次回請求分(12/20)から反映",
        ] {
            assert_eq!(day_in(text, now), None, "{text}");
        }
    }

    #[test]
    fn a_regular_meeting_needs_no_proposal() {
        for text in [
            "定例は隔週水曜",
            "weekly call stays on Monday",
            "月次定例は第3火曜",
            "次回は3/4",
            "次回お打ち合わせは来月",
            "週次の進捗確認は毎週月曜9:30",
            "renewal talk wed 16 dec 14:00",
            "Weekly 30 min Tues 9am PT thru February",
            "15 min every Thurs w/ Dev until end of Jan",
            "every other Monday at 10am",
            "Zoe said call me in sept",
            "next QBR in March",
        ] {
            assert!(is_settled(text, false), "{text}");
        }
        for text in [
            "calls every month from now",
            "定例は継続",
            "quarterly reviews stay",
        ] {
            assert!(is_settled(text, true), "{text}");
            assert!(!is_settled(text, false), "{text}");
        }
        for text in [
            "weekly report by Friday",
            "毎月レポートを送る",
            "call Dana on Monday",
            "export runs every night in 30 min slots",
            "call me maybe",
            "次回までに資料を送る",
            "次回から招待しない",
            "写真の不具合は次回アプリ更新(12/17)で修正予定",
            "次回請求分から反映",
        ] {
            assert!(!is_settled(text, true), "{text}");
        }
        for text in [
            "更新前の定例。第2工場でも利用開始、週次アクティブ 61名/80ID",
            "monthly check-in, 22 practices live",
        ] {
            assert!(!is_settled(text, false), "{text}");
        }
    }
}
