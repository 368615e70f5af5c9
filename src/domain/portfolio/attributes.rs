//! Attributes as the rows of the portfolio hold them. A row keeps the beginning of each; the whole is
//! in the store, which says on request which accounts hold a text: see `filter`.

use crate::domain::account::Account;
use crate::domain::text::fold;

/// Bytes of an attribute that a row keeps and that every search looks at.
pub const BEGINNING: usize = 120;

/// The beginning of a text.
pub fn beginning(value: &str) -> &str {
    let mut end = value.len().min(BEGINNING);
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    &value[..end]
}

/// The account as rows hold it: long attributes are cut, and it says so.
#[must_use]
pub fn excerpt(mut account: Account) -> Account {
    for value in account.attributes.values_mut() {
        if value.len() > BEGINNING {
            *value = beginning(value).to_owned();
            account.excerpt = true;
        }
    }
    account
}

/// `attr.HEADER:text` of a filter, both folded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AttributeText {
    header: String,
    text: String,
}

impl AttributeText {
    pub fn new(header: &str, text: &str) -> Self {
        Self {
            header: folded_header(header),
            text: fold(text),
        }
    }

    /// Whether an attribute under this header holds the text, as far as the account has it.
    pub fn is_in(&self, account: &Account) -> bool {
        let attributes = account.attributes.iter();
        attributes
            .filter(|(h, _)| folded_header(h) == self.header)
            .any(|(_, v)| fold(v).contains(&self.text))
    }

    /// Whether an attribute under this header may be cut in the account.
    pub fn is_cut_in(&self, account: &Account) -> bool {
        let mut headers = account.attributes.keys();
        account.excerpt && headers.any(|h| folded_header(h) == self.header)
    }
}

/// A header as it is compared: a filter has no blanks, so headers are compared without them.
fn folded_header(header: &str) -> String {
    fold(header)
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-'))
        .collect()
}
