//! The prompts of a section. A check-in keeps those of its template as they were, so that thousands of check-ins hold
//! the same few lists: reading one gives the list that was read before.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::words::Words;

/// Things to say, in the order in which they are offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompts(Arc<[Words]>);

impl Default for Prompts {
    fn default() -> Self {
        Self(Arc::new([]))
    }
}

impl From<Vec<Words>> for Prompts {
    fn from(prompts: Vec<Words>) -> Self {
        Self(prompts.into())
    }
}

impl Deref for Prompts {
    type Target = [Words];

    fn deref(&self) -> &[Words] {
        &self.0
    }
}

/// Words that are only compared, most of the time.
#[derive(Deserialize)]
struct Read<'a> {
    #[serde(borrow)]
    ja: Cow<'a, str>,
    #[serde(borrow)]
    en: Cow<'a, str>,
}

impl Read<'_> {
    fn is(&self, words: &Words) -> bool {
        self.ja == words.ja && self.en == words.en
    }
}

fn are(read: &[Read], known: &[Words]) -> bool {
    known.len() == read.len() && read.iter().zip(known).all(|(r, w)| r.is(w))
}

thread_local! {
    /// The lists that this thread read lately.
    static LATELY: RefCell<Vec<Arc<[Words]>>> = const { RefCell::new(Vec::new()) };
}

impl<'de> Deserialize<'de> for Prompts {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        /// The sections of the shipped templates, and as many of the user's.
        const KEPT: usize = 128;
        let read = Vec::<Read>::deserialize(from)?;
        if read.is_empty() {
            return Ok(Self::default());
        }
        Ok(LATELY.with_borrow_mut(|lately| {
            if let Some(known) = lately.iter().find(|known| are(&read, known)) {
                return Self(known.clone());
            }
            let words = |r: Read| Words {
                ja: r.ja.into_owned(),
                en: r.en.into_owned(),
            };
            let new: Arc<[Words]> = read.into_iter().map(words).collect();
            if lately.len() == KEPT {
                lately.clear();
            }
            lately.push(new.clone());
            Self(new)
        }))
    }
}

impl Serialize for Prompts {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words() -> impl Strategy<Value = Words> {
        ("[a-c\"\\\\\n]{0,3}", "[健診]{0,2}").prop_map(|(en, ja)| Words { ja, en })
    }

    proptest! {
        #[test]
        fn prompts_are_read_as_they_were_written(lists in prop::collection::vec(prop::collection::vec(words(), 0..4), 0..200)) {
            for list in lists {
                let prompts = Prompts::from(list.clone());
                let json = serde_json::to_string(&prompts).expect("writes");
                let read: Prompts = serde_json::from_str(&json).expect("reads");
                prop_assert_eq!(&*read, &list[..]);
                let value = serde_json::to_value(&prompts).expect("writes");
                let read: Prompts = serde_json::from_value(value).expect("reads");
                prop_assert_eq!(read, prompts);
            }
        }
    }

    #[test]
    fn a_list_that_was_read_before_is_not_kept_twice() {
        let json = r#"[{"ja":"あ","en":"a"}]"#;
        let read = || serde_json::from_str::<Prompts>(json).expect("reads");
        assert!(Arc::ptr_eq(&read().0, &read().0));
    }
}
