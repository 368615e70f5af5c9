//! The complete note of a check-in as plain sections, the base of every format. Private lines are
//! removed here, so that no format can expose them.

use super::items::Item;
use super::{Checkin, Line, Mark, public};
use crate::domain::text::fold;

/// A section of the note without private lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic<'a> {
    pub section: usize,
    pub lines: Vec<(&'a str, Option<Mark>)>,
}

/// The topics with their public lines; sections without any are left out. After the wrap-up a marked line that it
/// corrected stands as corrected, and what it added stands last. One whose mark it dropped stands plain, but a decision
/// that was dropped is none and is left out.
pub fn topics(checkin: &Checkin) -> Vec<Topic<'_>> {
    let mut confirmed = Confirmed::of(checkin);
    let mut topics: Vec<Topic> = Vec::new();
    for (section, lines) in checkin.notes.iter().enumerate() {
        let open = lines.iter().filter(|l| !l.is_private());
        let open = open.filter(|l| !public(l.words()).is_empty());
        let lines: Vec<_> = open.filter_map(|l| confirmed.reading(l)).collect();
        if !lines.is_empty() {
            topics.push(Topic { section, lines });
        }
    }
    let added: Vec<_> = confirmed.rest().collect();
    match topics.last_mut() {
        Some(last) => last.lines.extend(added),
        None if added.is_empty() => {}
        None => topics.push(Topic {
            section: 0,
            lines: added,
        }),
    }
    topics
}

/// The items that a wrap-up confirmed and that no line stands for yet; `None` before the wrap-up.
struct Confirmed<'a>(Option<Vec<&'a Item>>);

impl<'a> Confirmed<'a> {
    fn of(checkin: &'a Checkin) -> Self {
        let items = checkin.wrapup.items.as_ref();
        Self(items.map(|items| items.iter().filter(|i| i.mark != Mark::Private).collect()))
    }

    /// A line as it counts; `None` for a decision that was dropped.
    fn reading(&mut self, line: &'a Line) -> Option<(&'a str, Option<Mark>)> {
        let (words, mark) = (line.words(), line.meaning());
        let (Some(items), Some(mark)) = (&mut self.0, mark.filter(|m| *m != Mark::Action)) else {
            return Some((public(words), mark));
        };
        let likeness = |i: &&&Item| {
            let same = i.text.trim() == words.trim();
            (i.mark == mark).then(|| if same { 2.0 } else { alike(&i.text, words) })
        };
        let best = items
            .iter()
            .enumerate()
            .filter_map(|(at, i)| Some((at, likeness(&i)?)));
        let best = best.max_by(|a, b| a.1.total_cmp(&b.1));
        match best.filter(|(_, likeness)| *likeness >= CORRECTED) {
            Some((at, _)) => Some((public(&items.remove(at).text), Some(mark))),
            None if mark == Mark::Decision => None,
            None => Some((public(words), None)),
        }
    }

    /// What the wrap-up added.
    fn rest(self) -> impl Iterator<Item = (&'a str, Option<Mark>)> {
        let items = self.0.into_iter().flatten();
        let read = items.map(|i| (public(&i.text), Some(i.mark)));
        read.filter(|(text, _)| !text.is_empty())
    }
}

/// Two texts as alike as this are one line and its correction.
const CORRECTED: f32 = 0.4;

/// The share of pairs of neighbouring letters that two texts have in common, 0 to 1.
fn alike(a: &str, b: &str) -> f32 {
    let pairs = |text: &str| -> Vec<(char, char)> {
        let letters: Vec<char> = fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
        letters.windows(2).map(|w| (w[0], w[1])).collect()
    };
    let (a, mut b) = (pairs(a), pairs(b));
    let all = (a.len() + b.len()).max(1);
    let both = a.iter().filter(|pair| {
        let at = b.iter().position(|other| other == *pair);
        at.map(|at| b.swap_remove(at)).is_some()
    });
    2.0 * both.count() as f32 / all as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corrected_line_stands_as_corrected_and_a_dropped_mark_leaves_the_line() {
        let body = serde_json::json!({
            "id": "k", "account": "a", "kind": "health", "template": "standard", "author": "me",
            "created": "2026-11-20T09:00:00Z", "sections": [], "events": [],
            "notes": [[
                { "text": "= Rollout in May" }, { "text": "= Wrong decision" }, { "text": "~ budget is tight" },
                { "text": "plain" }, { "text": "! send it" }, { "text": "// secret" }
            ], [{ "text": "? pay monthly => no" }]],
            "wrapup": { "items": [
                { "mark": "decision", "text": "Rollout in June // not May" },
                { "mark": "question", "text": "pay monthly => no" },
                { "mark": "risk", "text": "the new CFO decides" },
                { "mark": "private", "text": "she is ill" }
            ] },
        });
        let checkin: Checkin = serde_json::from_value(body).expect("a check-in");
        let read: Vec<_> = topics(&checkin)
            .into_iter()
            .map(|t| (t.section, t.lines))
            .collect();
        assert_eq!(
            read,
            [
                (
                    0,
                    vec![
                        ("Rollout in June", Some(Mark::Decision)),
                        ("budget is tight", None),
                        ("plain", None),
                        ("send it", Some(Mark::Action)),
                    ]
                ),
                (
                    1,
                    vec![
                        ("pay monthly => no", Some(Mark::Question)),
                        ("the new CFO decides", Some(Mark::Risk)),
                    ]
                ),
            ]
        );
    }
}
