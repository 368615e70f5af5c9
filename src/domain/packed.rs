//! Lists that are shown for one account at a time, of accounts that are all in memory: open while they
//! are made, packed while they are kept. Reading a packed list costs a few microseconds, so that
//! nothing that walks all accounts may do it.

use std::borrow::Cow;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// A list of `T`, in one of two forms that say the same.
#[derive(Clone)]
pub struct Packed<T>(Form<T>);

#[derive(Clone)]
enum Form<T> {
    Open(Box<[T]>),
    /// Its JSON, compressed against [`USUAL`].
    Packed(Box<[u8]>, PhantomData<T>),
}

/// What most lists consist of, so that a short one need not say it again.
const USUAL: &[u8] = br#"[["usage",{"SeatUse":{"active":0.0,"seats":120}}],["usage",{"NoUseFor":{"days":30}}],["usage",{"UsageStale":{"days":30}}],["support",{"OpenTickets":{"count":1,"oldest_days":12}}],["support",{"Escalated":{"count":1}}],["satisfaction",{"TooOld":{"input":"mood","days":90}}],["satisfaction",{"Nps":{"score":9.0,"days":30}}],["satisfaction",{"Csat":{"mean":4.5,"count":2}}],["satisfaction",{"Mood":{"sentiment":"positive","days":14}}],["relationship","NoConversation"],["financial",{"PastDue":{"count":1}}],["financial",{"ArrChange":{"percent":12.5}}],{"row":{"kind":"ticket","id":"demo-t-"}},{"row":{"kind":"subscription","id":"demo-"}},{"row":{"kind":"touch","id":"demo-"}},{"evidence":{"what":"no-use","days":30}},{"evidence":{"what":"silence","days":90,"allowed":35}},{"evidence":{"what":"per-week","before":7.0,"now":1.0}},{"evidence":{"what":"seats","used":100.0,"licensed":120}},{"evidence":{"what":"ticket","id":"","subject":"","hours":48}},{"evidence":{"what":"person","name":"","role":"champion"}},{"evidence":{"what":"idle","name":"automation","days":40}},{"evidence":{"what":"count","now":3,"usual":1.0,"days":30}},{"row":{"kind":"usage","id":"logins"}},{"row":{"kind":"usage","id":"active_users"}},{"evidence":{"what":"change","metric":"active_users","before":88.21428571428571,"now":,"percent":-100.0}},["usage",{"UsageChange":{"metric":"active_users","before":84.2,"now":19.2}}],["relationship",{"LastConversation":{"days":21}}],["support",{"TicketsThisMonth":{"count":0}}],["outcomes",{"Goals":{"reached":0,"open":1,"slipped":0}}],["financial",{"Paying":{"subscriptions":1}}]]"#;

impl<T: Clone + Serialize + DeserializeOwned> Packed<T> {
    /// The list itself.
    pub fn get(&self) -> Cow<'_, [T]> {
        match &self.0 {
            Form::Open(list) => Cow::Borrowed(list),
            Form::Packed(bytes, _) => {
                Cow::Owned(serde_json::from_slice(unpacked(bytes).as_bytes()).unwrap_or_default())
            }
        }
    }

    /// From here on it is kept, and looked at seldom.
    pub fn pack(&mut self) {
        if let Form::Open(list) = &self.0
            && !list.is_empty()
            && let Ok(json) = serde_json::to_string(list)
        {
            self.0 = packed(&json);
        }
    }
}

fn packed<T>(json: &str) -> Form<T> {
    Form::Packed(
        lz4_flex::block::compress_prepend_size_with_dict(json.as_bytes(), USUAL).into(),
        PhantomData,
    )
}

/// Our own bytes of a moment ago, in memory: what cannot be read cannot be.
fn unpacked(bytes: &[u8]) -> String {
    let json =
        lz4_flex::block::decompress_size_prepended_with_dict(bytes, USUAL).unwrap_or_default();
    String::from_utf8(json).unwrap_or_default()
}

impl<T> From<Vec<T>> for Packed<T> {
    fn from(list: Vec<T>) -> Self {
        Self(Form::Open(list.into()))
    }
}

impl<T> Default for Packed<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T: std::fmt::Debug + Clone + Serialize + DeserializeOwned> std::fmt::Debug for Packed<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.get().fmt(f)
    }
}

/// By what the lists say, whatever their form.
impl<T: PartialEq + Clone + Serialize + DeserializeOwned> PartialEq for Packed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

/// As the list would be written; a packed one is not read for it.
impl<T: Serialize> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Form::Open(list) => list.serialize(s),
            Form::Packed(bytes, _) => RawValue::from_string(unpacked(bytes))
                .map_err(serde::ser::Error::custom)?
                .serialize(s),
        }
    }
}

/// Packed at once, its contents unread: rows come from our own disposable file.
impl<'de, T: DeserializeOwned> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(d)?.get();
        Ok(if raw == "[]" {
            Self::default()
        } else {
            Self(packed(raw))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_say_the_same_and_are_written_the_same() {
        let list = vec!["active_users".to_owned(), "日本語 \"quoted\"".to_owned()];
        let open = Packed::from(list.clone());
        let mut kept = open.clone();
        kept.pack();
        assert_eq!(
            (open.get(), kept.get()),
            (Cow::Borrowed(&list[..]), Cow::Borrowed(&list[..]))
        );
        let json = serde_json::to_string(&kept).expect("writes");
        assert_eq!(json, serde_json::to_string(&open).expect("writes"));
        let again: Packed<String> = serde_json::from_str(&json).expect("reads");
        assert_eq!(again, kept);
        assert_eq!(
            serde_json::to_value(&kept).expect("a value"),
            serde_json::json!(list)
        );
        let mut none = Packed::<String>::default();
        none.pack();
        assert!(
            none.get().is_empty()
                && serde_json::from_str::<Packed<String>>("[]")
                    .expect("reads")
                    .get()
                    .is_empty()
        );
    }
}
