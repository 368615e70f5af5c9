//! What was heard in each line of an account, kept so that a new day does not judge every line anew. It is
//! derived: without it, or after the rules of listening changed, lines are judged again.

use std::collections::HashMap;
use std::sync::Mutex;

use super::codec::{from_text, text};
use super::handle::Store;
use super::keys;
use crate::domain::facts::usage::{get, put};
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::signals::PhraseMatcher;
use crate::domain::text::hash;

/// The category and the words of each hint in a line.
type Hints = Vec<(String, String)>;

/// The lines of an account that were judged, by the hash of their text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Heard(HashMap<u64, Hints, foldhash::fast::FixedState>);

impl Heard {
    /// From the bytes of [`pack`]; nothing where they are damaged or follow other rules.
    pub(super) fn of(bytes: &[u8], stamp: u64) -> Self {
        unpack(bytes, stamp).unwrap_or_default()
    }
}

/// Judges lines by what is known of them, and the others by the matcher.
pub struct Remembering<'a> {
    matcher: &'a dyn PhraseMatcher,
    known: Heard,
    used: Mutex<Heard>,
}

impl<'a> Remembering<'a> {
    pub fn new(matcher: &'a dyn PhraseMatcher, known: Heard) -> Self {
        Self {
            matcher,
            known,
            used: Mutex::default(),
        }
    }

    fn remembered(&self, key: u64, judge: impl FnOnce() -> Hints) -> Hints {
        let known = self.known.0.get(&key).cloned();
        let hints = known.unwrap_or_else(judge);
        if let Ok(mut used) = self.used.lock() {
            used.0.insert(key, hints.clone());
        }
        hints
    }

    /// The lines that were asked for, where they are others than the known ones.
    pub fn changed(self) -> Option<Heard> {
        let used = self.used.into_inner().unwrap_or_default();
        (used != self.known).then_some(used)
    }
}

impl PhraseMatcher for Remembering<'_> {
    fn matches(&self, line: &str) -> Hints {
        self.remembered(hash(line), || self.matcher.matches(line))
    }

    fn in_ticket(&self, line: &str) -> Hints {
        // A line of a ticket, and a marked line, have keys of their own.
        const TICKET: u64 = 0x5bd1_e995_9d1b_c7a3;
        self.remembered(hash(line) ^ TICKET, || self.matcher.in_ticket(line))
    }

    fn marked(&self, line: &str) -> Hints {
        self.remembered(!hash(line), || self.matcher.marked(line))
    }
}

/// The bytes of what was heard under rules of this stamp.
fn pack(heard: &Heard, stamp: u64) -> Vec<u8> {
    let mut out = stamp.to_le_bytes().to_vec();
    put(&mut out, heard.0.len() as u64);
    for (line, hints) in &heard.0 {
        out.extend_from_slice(&line.to_le_bytes());
        put(&mut out, hints.len() as u64);
        for (category, words) in hints {
            text(&mut out, category);
            text(&mut out, words);
        }
    }
    out
}

/// Reads the bytes of [`pack`]; none where they are damaged or follow other rules.
fn unpack(bytes: &[u8], stamp: u64) -> Option<Heard> {
    let (head, _) = bytes.split_at_checked(8)?;
    if head != stamp.to_le_bytes() {
        return None;
    }
    let mut at = 8;
    let mut out = Heard::default();
    for _ in 0..get(bytes, &mut at)? {
        let line = bytes.get(at..at + 8)?.try_into().ok()?;
        at += 8;
        let hints = get(bytes, &mut at)?;
        let hints =
            (0..hints).map(|_| Some((from_text(bytes, &mut at)?, from_text(bytes, &mut at)?)));
        out.0
            .insert(u64::from_le_bytes(line), hints.collect::<Option<_>>()?);
    }
    (at == bytes.len()).then_some(out)
}

impl Store {
    /// Keeps what was heard in the lines of accounts.
    pub(super) fn keep_heard(
        &mut self,
        all: &[(AccountId, Heard)],
        stamp: u64,
    ) -> Result<(), Failure> {
        if all.is_empty() || self.lost.is_some() || self.broken {
            return Ok(());
        }
        let write = |(id, heard): &(AccountId, Heard)| {
            let value = (!heard.0.is_empty()).then(|| pack(heard, stamp));
            (keys::of_account(keys::HEARD, id), value)
        };
        let seq = self.meta.seq;
        self.write(all.iter().map(write).collect(), seq)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting(Mutex<usize>);

    impl PhraseMatcher for Counting {
        fn matches(&self, line: &str) -> Hints {
            *self.0.lock().expect("no panic") += 1;
            let hint = ("budget".to_owned(), "too dear".to_owned());
            Vec::from_iter(line.contains("dear").then_some(hint))
        }

        fn in_ticket(&self, line: &str) -> Hints {
            self.matches(line)
        }

        fn marked(&self, line: &str) -> Hints {
            self.matches(line)
        }
    }

    #[test]
    fn a_line_is_judged_once() {
        let matcher = Counting(Mutex::new(0));
        let first = Remembering::new(&matcher, Heard::default());
        assert_eq!(first.matches("it is too dear").len(), 1);
        assert!(first.matches("all is well").is_empty());
        let heard = first.changed().expect("both lines are new");
        let read = unpack(&pack(&heard, 7), 7).expect("the bytes are read");
        assert_eq!(read, heard);
        assert_eq!(unpack(&pack(&heard, 7), 8), None, "the rules changed");
        let again = Remembering::new(&matcher, read);
        assert_eq!(again.matches("it is too dear").len(), 1);
        assert!(again.matches("all is well").is_empty());
        assert_eq!(*matcher.0.lock().expect("no panic"), 2);
        assert_eq!(again.changed(), None);
    }

    #[test]
    fn damaged_bytes_are_judged_anew() {
        let mut heard = Heard::default();
        heard.0.insert(1, vec![("a".into(), "b".into())]);
        let bytes = pack(&heard, 7);
        for cut in 0..bytes.len() {
            assert_eq!(unpack(&bytes[..cut], 7), None);
        }
    }
}
