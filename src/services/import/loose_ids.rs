//! Ids in the forms that spreadsheets and CRMs give them.

/// An id without leading noughts, which spreadsheets drop; of a CRM's id of 18 letters, the 15 that
/// identify the record.
pub fn loose_id(id: &str) -> String {
    if !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) {
        return id.trim_start_matches('0').to_owned();
    }
    if id.len() == 18 && id.is_ascii() && checks(&id[..15]) == id[15..].to_ascii_uppercase() {
        return id[..15].to_owned();
    }
    id.to_owned()
}

/// Whether one of the ids is the other with the three letters that check it.
pub fn is_long_form(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    short.len() == 15 && long.len() == 18 && loose_id(long) == short
}

/// The three letters that a CRM adds to an id of 15 letters, one for each five: they say which of
/// the letters are capitals.
fn checks(id: &str) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    let of = |five: &[u8]| {
        let bits = five.iter().enumerate();
        let at = bits.fold(0, |n, (i, b)| n | usize::from(b.is_ascii_uppercase()) << i);
        char::from(LETTERS[at])
    };
    id.as_bytes().chunks(5).map(of).collect()
}
