//! Signals from product usage.

pub(super) mod drop;
pub(super) mod feature;
pub(super) mod integration;
pub(super) mod logins;
pub(super) mod nobody;
pub(super) mod seats;
