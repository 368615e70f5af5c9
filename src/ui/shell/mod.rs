//! The lines around every screen.

mod footer;
mod header;
mod status;

pub use footer::footer;
pub use header::header;
pub use status::status;
