//! What few of many have: it takes its room only where it is there.

use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value that reads as blank until it is written to. Blank and never written to are the same.
#[derive(Clone)]
pub struct Rare<T>(Option<Box<T>>);

/// What a value is that nobody gave.
pub trait Blank: Default + PartialEq + 'static {
    const BLANK: &'static Self;
}

impl<K: Ord + 'static, V: PartialEq + 'static> Blank for std::collections::BTreeMap<K, V> {
    const BLANK: &'static Self = &Self::new();
}

impl<T: PartialEq + 'static> Blank for Vec<T> {
    const BLANK: &'static Self = &Self::new();
}

impl Blank for String {
    const BLANK: &'static Self = &Self::new();
}

impl<T: PartialEq + 'static> Blank for Option<T> {
    const BLANK: &'static Self = &None;
}

impl<T: Blank> Rare<T> {
    pub fn is_blank(&self) -> bool {
        **self == *T::BLANK
    }
}

impl<T: Blank> From<T> for Rare<T> {
    fn from(value: T) -> Self {
        Self((value != *T::BLANK).then(|| Box::new(value)))
    }
}

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Blank> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::BLANK)
    }
}

impl<T: Blank> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: Blank> PartialEq for Rare<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Blank + Eq> Eq for Rare<T> {}

impl<T: Blank + std::fmt::Debug> std::fmt::Debug for Rare<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Blank + Serialize> Serialize for Rare<T> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(s)
    }
}

impl<'de, T: Blank + Deserialize<'de>> Deserialize<'de> for Rare<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        T::deserialize(d).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_is_blank_however_it_came_to_be() {
        let mut touched = Rare::<Vec<u8>>::default();
        touched.push(1);
        touched.pop();
        assert!(touched.is_blank() && touched == Rare::default() && Rare::from(vec![1]) != touched);
        let read: Rare<Vec<u8>> = serde_json::from_str("[]").expect("reads");
        assert!(read.0.is_none() && serde_json::to_string(&touched).expect("writes") == "[]");
        assert_eq!(
            *serde_json::from_str::<Rare<Vec<u8>>>("[7]").expect("reads"),
            [7]
        );
        assert_eq!(size_of::<Rare<[u64; 9]>>(), size_of::<usize>());
    }
}
