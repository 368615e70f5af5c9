//! Rows as records, kind by kind: the existing record with the row's cells laid over it, so that
//! what a file does not say stays as it was.

/// Sets a field only when the cell says something.
macro_rules! lay {
    ($($target:expr => $value:expr),+ $(,)?) => {
        $(if let Some(value) = $value { $target = value.into(); })+
    };
}

mod account;
mod contact;
mod outcome;
mod subscription;
mod survey;
mod ticket;
mod touch;
mod yearly;

pub use account::account;
pub use contact::contact;
pub use outcome::outcome;
pub use subscription::subscription;
pub use survey::survey;
pub use ticket::ticket;
pub use touch::touch;
