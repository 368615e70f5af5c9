//! Bytes in, bytes out: typed lines become changes, files become changes, and data becomes text
//! again. Nothing here opens a file, a socket or the store.

pub mod agreed;
pub mod backtest;
pub mod brief;
pub mod calendar;
pub mod capture;
pub mod compose;
pub mod dates;
pub mod demo;
pub mod endings;
pub mod export;
pub mod figures;
pub mod import;
pub mod lengths;
pub mod message;
pub mod next_call;
pub mod outgoing;
pub mod packet;
pub mod recurrence;
pub mod why;
