//! Signals from the behaviour of people at the customer.

pub(super) mod budget;
pub(super) mod champion;
pub(super) mod competitor;
pub(super) mod contract;
pub(super) mod doubt;
pub(super) mod mails;
pub(super) mod missed;
pub(super) mod review;
pub(super) mod shrinking;
pub(super) mod stakeholder;
pub(super) mod tone;
pub(super) mod training;
