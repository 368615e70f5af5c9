//! Which change gave a field another value.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::change::Change;
use super::records::{Kind, Record};

/// A field of a record that people edit by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditedField {
    pub kind: Kind,
    pub id: String,
    /// Its name in JSON.
    pub field: String,
}

impl EditedField {
    /// Whether the change gives this field another value.
    pub fn is_changed_by(&self, change: &Change) -> bool {
        let Change {
            before: Some(before),
            after: Some(after),
        } = change
        else {
            return false;
        };
        (after.kind(), after.id()) == (self.kind, self.id.as_str())
            && value(before, &self.field) != value(after, &self.field)
    }
}

/// The fields of a record by their names in JSON; none for a record that is no object.
pub fn fields(record: &Record) -> Option<Map<String, Value>> {
    let Ok(Value::Object(mut whole)) = serde_json::to_value(record) else {
        return None;
    };
    match whole.remove("record") {
        Some(Value::Object(fields)) => Some(fields),
        _ => None,
    }
}

fn value(record: &Record, field: &str) -> Option<Value> {
    fields(record)?.remove(field)
}
