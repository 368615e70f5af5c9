//! Rows as records, kind by kind: the cells of the row override the existing record, so that fields
//! the file lacks stay as they are.

/// Sets a field only when its cell is not blank.
macro_rules! lay {
    ($($target:expr => $value:expr),+ $(,)?) => {
        $(if let Some(value) = $value { $target = value.into(); })+
    };
}

mod account;
mod contact;
mod deal;
mod outcome;
mod subscription;
mod survey;
mod ticket;
mod touch;
mod yearly;

pub use account::account;
pub use contact::contact;
pub use deal::deal;
pub use outcome::outcome;
pub use subscription::{EARLY, over_edits, subscription};
pub use survey::{is_survey_name, score, survey};
pub use ticket::ticket;
pub use touch::touch;
