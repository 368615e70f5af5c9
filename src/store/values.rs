//! Whether a value of the tree can be read as the record that its key names. Checked of every value before a
//! backup replaces data, and when the store is verified.

use super::keys::{self, StoredFreshness};
use super::log::LogEntry;
use super::{codec, observations, packed_history};
use crate::domain::facts::usage::Usage;
use crate::domain::recorded::Keeping;
use crate::domain::records::{Kind, Listed, VisitKind};

/// # Errors
/// The name of the record, and why it cannot be read.
pub(super) fn check(key: &[u8], value: &[u8]) -> Result<(), String> {
    let checked = match key[0] {
        keys::USAGE => codec::unpressed(value)
            .and_then(|raw| Usage::unpack(&raw).map(drop).ok_or("no usage".into())),
        keys::HISTORY => codec::unpressed(value)
            .and_then(|raw| packed_history::unpack(&raw))
            .map(drop),
        keys::OBSERVED => observations::check(key, value),
        keys::LOG => codec::from_json::<LogEntry>(value)
            .and_then(|entry| belongs(keys::of_log(entry.seq) == key)),
        keys::LOG_PACK => codec::from_folder::<LogEntry>(value).and_then(|pack| {
            let first = pack.first().map(|entry| keys::of_log_pack(entry.seq));
            belongs(first.as_deref() == Some(key))
        }),
        // What was heard is judged anew where it cannot be read; the other one marks a tree as not empty.
        keys::HEARD | keys::MARK => Ok(()),
        _ if key == keys::FEEDS => codec::from_json::<StoredFreshness>(value).map(drop),
        _ if key == keys::META => belongs(false),
        letter => of_record(letter, key, value),
    };
    checked.map_err(|reason| format!("{}: {reason}", name(key)))
}

fn belongs(is_so: bool) -> Result<(), String> {
    is_so
        .then_some(())
        .ok_or("the key does not belong to the record".into())
}

fn of_record(letter: u8, key: &[u8], value: &[u8]) -> Result<(), String> {
    let group = |kind: &Kind| kind.key_groups().iter().find(|g| g.letter == letter);
    if let Some(kind) = Kind::ALL.iter().find(|kind| group(kind).is_some()) {
        return kind.visit(Checked { letter, key, value });
    }
    let is_index = |kind: &Kind| kind.key_groups().iter().any(|g| g.index == Some(letter));
    if Kind::ALL.iter().any(is_index) {
        return belongs(std::str::from_utf8(value).is_ok_and(|account| !account.is_empty()));
    }
    Err("no kind of record has this key".into())
}

struct Checked<'a> {
    letter: u8,
    key: &'a [u8],
    value: &'a [u8],
}

impl VisitKind for Checked<'_> {
    type Out = Result<(), String>;

    fn visit<R: Listed>(self) -> Self::Out {
        let all = match R::KEEPING {
            Keeping::Folder => codec::from_folder::<R>(self.value)?,
            Keeping::ById | Keeping::ByAccount => vec![codec::from_json::<R>(self.value)?],
        };
        belongs(
            all.iter()
                .all(|r| keys::at::<R>(self.letter, r) == self.key),
        )
    }
}

/// The kind and the ids of a key, for messages.
fn name(key: &[u8]) -> String {
    let kind = Kind::ALL.iter().flat_map(|kind| kind.key_groups());
    let kind = kind.clone().find(|g| g.letter == key[0]).map(|g| g.name);
    let rest = String::from_utf8_lossy(&key[1..]).replace('\0', "/");
    match (kind, key[0]) {
        (Some(kind), _) => format!("{kind} {rest}"),
        (None, keys::USAGE) => format!("usage {rest}"),
        (None, keys::HISTORY) => format!("scores {rest}"),
        (None, keys::OBSERVED) => match keys::observed_place(key) {
            Some((day, _, block)) => format!("observations {day}/{block}"),
            None => "observations".into(),
        },
        (None, keys::LOG | keys::LOG_PACK) => {
            let number = key[1..].try_into().map_or(0, u64::from_be_bytes);
            format!("log {number}")
        }
        (None, letter) => format!("`{}` {rest}", letter.escape_ascii()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::Account;

    #[test]
    fn a_value_of_another_key_or_kind_is_named() {
        let account = codec::json(&Account::new("acme".into(), "Acme"));
        assert_eq!(check(b"aacme", &account), Ok(()));
        for (key, value, says) in [
            (&b"aother"[..], &account[..], "accounts other: the key"),
            (b"nacme\x001", &account, "notes acme/1: missing field"),
            (b"cacme", b"\xff\xff\xff\xff", "contacts acme: length"),
            (b"aacme", b"{", "accounts acme: EOF"),
            (b"%acme", b"{}", "`%` acme: no kind"),
            (b"m", b"{}", "the key does not belong"),
            (b"l\0\0\0\0\0\0\0\x07", b"{}", "log 7: missing field"),
            (b"uacme", b"x", "usage acme"),
        ] {
            let found = check(key, value).expect_err("it is wrong");
            assert!(found.contains(says), "{found}");
        }
    }
}
