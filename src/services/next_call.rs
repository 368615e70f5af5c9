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
    let meeting = "call|check-?in|meeting|review|qbr|session|sync|catch-?up";
    Regex::new(&format!(r"(?i)次回|\bnext\s+(?:\w+\s+)?(?:{meeting})\b")).expect("a test reads it")
});

static REGULAR: LazyLock<Regex> = LazyLock::new(|| {
    let often = "weekly|bi-?weekly|fortnightly|monthly|quarterly|every \\w+|first \\w+day";
    let meeting = "call|check-?in|meeting|sync|session|catch-?up|review";
    Regex::new(&format!(
        r"(?i)定例|(?:隔週|毎週|毎月|月次).*(?:会|打ち?合わ?せ|ミーティング|MTG)|(?:{often}).*\b(?:{meeting})s?\b|\b(?:{meeting})s?\b.*(?:{often})"
    ))
    .expect("a test reads it")
});

/// Whether a line says when the next meeting is, or that there is a regular one: a mail need not propose a day.
pub fn is_settled(text: &str) -> bool {
    let text = nfkc(text);
    REGULAR.is_match(&text) || NEXT.is_match(&text)
}

/// The day of the next meeting, with its time where one is said, as a field of the wrap-up reads it. The last line that
/// says one counts; risks and private lines say none.
pub fn said(checkin: &Checkin, now: Now) -> Option<String> {
    let open = |mark: Option<Mark>| {
        matches!(
            mark,
            None | Some(Mark::Decision | Mark::Action | Mark::Question)
        )
    };
    let lines = checkin.lines().map(|(_, line)| line);
    let lines = lines.filter(|line| !line.is_private() && open(line.meaning()));
    lines
        .filter_map(|line| day_in(public(line.words()), now))
        .last()
}

fn day_in(text: &str, now: Now) -> Option<String> {
    let text = nfkc(text);
    let found = NEXT.find(&text)?;
    let rest: Vec<char> = text[found.end()..]
        .chars()
        .take(BETWEEN + LONGEST)
        .collect();
    let starts = 0..rest.len().min(BETWEEN);
    // A day begins a word of Latin letters, and a number.
    let joined = |at: usize| {
        at > 0 && rest[at - 1].is_ascii_alphanumeric() && rest[at].is_ascii_alphanumeric()
    };
    starts.filter(|at| !joined(*at)).find_map(|at| {
        let longest = (at + LONGEST).min(rest.len());
        (at + 2..=longest).rev().find_map(|end| {
            let cut = end < rest.len()
                && rest[end - 1].is_ascii_alphanumeric()
                && rest[end].is_ascii_alphanumeric();
            let part: String = rest[at..end].iter().collect();
            // A bare number may be anything.
            let named = part
                .chars()
                .any(|c| !c.is_ascii_digit() && !c.is_whitespace());
            (!cut && named).then(|| day(&part, now))?
        })
    })
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
            ("next call on 12 March at 10:30", "2027-03-12 10:30"),
            ("Next QBR is Thu 10 Dec", "2026-12-10"),
            ("next check-in tomorrow", "2026-12-01"),
        ] {
            assert_eq!(day_in(text, now).as_deref(), Some(want), "{text}");
        }
        for text in [
            "次回は3名で参加",
            "next call with 3 people",
            "the call is on 12 March",
            "次回までに資料を送る",
        ] {
            assert_eq!(day_in(text, now), None, "{text}");
        }
    }

    #[test]
    fn a_regular_meeting_needs_no_proposal() {
        for text in [
            "定例は隔週水曜",
            "weekly call stays on Monday",
            "calls every month from now",
            "月次定例は第3火曜",
            "次回は3/4",
        ] {
            assert!(is_settled(text), "{text}");
        }
        for text in [
            "weekly report by Friday",
            "毎月レポートを送る",
            "call Dana on Monday",
        ] {
            assert!(!is_settled(text), "{text}");
        }
    }
}
