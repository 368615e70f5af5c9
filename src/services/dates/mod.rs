//! Dates: one reader for every place where a date can stand. People type them with days of reference
//! left out (`typed`), tables write them in full (`cell`), in an order that their whole column
//! decides (`column`), and running text has them between its words (`in_text`).

mod cell;
mod clock;
mod column;
mod counted;
mod duration;
mod english;
mod fiscal;
pub mod in_text;
mod ja_month;
mod ja_years;
mod japanese;
mod means;
mod names;
mod on;
mod order;
mod period;
mod scan;
mod typed;
mod written;
mod zones;

pub use cell::{day, instant, is_no_day, needs_order, serial};
pub use clock::hours;
pub use column::{Column, Evidence};
pub use duration::duration;
pub use fiscal::quarter;
pub use means::Means;
pub use names::{month_en, weekday_en, weekday_ja};
pub use on::Today;
pub use order::Order;
pub use period::{Span, end};
pub use typed::{
    moment, read, read_moment, read_past, soon, time_at_end, time_in, today_or_later, words_of,
};
