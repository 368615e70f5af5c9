//! Names that thousands of accounts share, such as those of features: each is kept once.

use std::collections::HashMap;
use std::fmt;
use std::ops::Deref;
use std::sync::Mutex;

use serde::{Deserialize, Deserializer, Serialize};

/// A text of which there is one copy however often it is held, so that holding it takes a pointer.
/// For what has few different values: a name that was kept once stays in memory.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Name(&'static Kept);

#[derive(PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
struct Kept(Box<str>);

static KNOWN: Mutex<Option<HashMap<&'static str, Name>>> = Mutex::new(None);

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        let mut known = KNOWN
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let known = known.get_or_insert_default();
        if let Some(name) = known.get(text) {
            return name.clone();
        }
        let kept: &'static Kept = Box::leak(Box::new(Kept(text.into())));
        known.insert(&kept.0, Self(kept));
        Self(kept)
    }
}

impl Name {
    pub fn as_str(&self) -> &str {
        &self.0.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.0.is_empty()
    }
}

impl Default for Name {
    fn default() -> Self {
        "".into()
    }
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        *self.0.0 == *other
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        *self.0.0 == **other
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.0)
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0.0
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0.0, f)
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Ok(Self::from(
            std::borrow::Cow::<str>::deserialize(d)?.as_ref(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_once() {
        let (a, b): (Name, Name) = (
            "reports".into(),
            serde_json::from_str("\"reports\"").expect("reads"),
        );
        assert!(std::ptr::eq(a.0, b.0));
        assert_eq!(
            (&*a, serde_json::to_string(&b).expect("writes").as_str()),
            ("reports", "\"reports\"")
        );
    }
}
