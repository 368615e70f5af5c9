//! The start of a customer's contract.

use chrono::NaiveDate;

use super::Dossier;

/// The stated start of the contract, else the first start of a subscription.
pub fn contract_start(dossier: &Dossier) -> Option<NaiveDate> {
    dossier
        .account
        .contract_start
        .or_else(|| dossier.subscriptions.iter().filter_map(|s| s.start).min())
}
