//! What a word says of an account.

/// The value of a word for an account. Missing is not zero.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    Unknown,
    Number(f64),
    Yes(bool),
    Key(&'static str),
    Keys(Vec<&'static str>),
    Text(&'a str),
    Texts(Vec<&'a str>),
}

impl<'a> Value<'a> {
    pub fn number(n: Option<impl Into<f64>>) -> Self {
        n.map_or(Value::Unknown, |n| Value::Number(n.into()))
    }

    pub fn key(key: Option<&'static str>) -> Self {
        key.map_or(Value::Unknown, Value::Key)
    }
}
