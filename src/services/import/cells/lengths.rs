//! The cells of a row as lengths of time.

use super::{Bad, Cells};
use crate::domain::facts::notice::Notice;
use crate::domain::text::nfkc;
use crate::services::import::Reason;
use crate::services::lengths;

impl Cells<'_> {
    /// The months of a term.
    pub fn months(&self, field: &str) -> Option<u32> {
        self.or_blank(field, || {
            lengths::months(self.get(field)).ok_or_else(|| self.no_length(field))
        })
    }

    /// How long before its end a contract has to be cancelled.
    pub fn notice(&self, field: &str) -> Option<Notice> {
        self.or_blank(field, || {
            let header = nfkc(self.header(field)).to_lowercase();
            let in_months = header.contains("month") || header.contains('月');
            lengths::notice(self.get(field), in_months).ok_or_else(|| self.no_length(field))
        })
    }

    fn no_length(&self, field: &str) -> Bad {
        self.bad(field, Reason::NotANumber)
    }
}
