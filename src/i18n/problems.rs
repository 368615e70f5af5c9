//! What went wrong, in words: failures with a hint, reasons of rejected rows, repairs.

use super::{Strings, fill};
use crate::app::screens::account::Wrong;
use crate::domain::change::Label;
use crate::domain::failure::Failure;
use crate::services::import::mapping::Through;
use crate::services::import::{FileProblem, Reason};
use crate::store::{Cause, Repair};

/// What happened, in one line or a few.
pub fn failure(t: &Strings, failure: &Failure) -> String {
    match failure {
        Failure::Busy => t.e_busy.into(),
        Failure::DiskFull { path, free } => fill(t.e_full, &[&bytes(*free), path]),
        Failure::Io { path, reason } => fill(t.e_io, &[path, &io(t, reason)]),
        Failure::Damaged { path, reason } => fill(t.e_damaged, &[path, reason]),
        Failure::Leak {
            input,
            account,
            recorded,
            outcome,
        } => fill(t.e_leak, &[input, account, recorded, outcome]),
        Failure::Stuck => t.e_stuck.into(),
        Failure::NoAnswer => t.e_no_answer.into(),
        Failure::ReadOnly { reason } => fill(t.e_read_only, &[reason]),
        Failure::Newer { found, known } => fill(t.e_newer, &[found, known]),
        Failure::Older { found, known } => fill(t.e_older, &[found, known]),
        Failure::NoSuchAccount { text, near } => {
            let mut out = fill(t.e_no_account, &[text]);
            if !near.is_empty() {
                out.push_str(&format!(
                    " ({})",
                    fill(
                        t.r_near,
                        &[&near
                            .iter()
                            .map(|(_, n)| n.as_str())
                            .collect::<Vec<_>>()
                            .join(", ")]
                    )
                ));
            }
            out
        }
        Failure::Ambiguous { text, candidates } => {
            let mut out = fill(t.e_ambiguous, &[text]);
            for (id, name) in candidates {
                out.push_str(&format!("\n  {name}  ({id})"));
            }
            out
        }
        Failure::NotFound { what } => fill(t.e_not_found, &[what]),
        Failure::Config { path, line, reason } => fill(t.e_config, &[path, line, reason]),
        Failure::NothingToUndo => t.e_nothing_undo.into(),
        Failure::NothingToRedo => t.e_nothing_redo.into(),
        Failure::UndoReach => t.e_undo_reach.into(),
        Failure::Refused { reason } | Failure::Usage { reason } => fill(t.e_usage, &[reason]),
    }
}

/// What to do about it, where something can be done.
pub fn hint(t: &Strings, failure: &Failure) -> Option<&'static str> {
    match failure {
        Failure::Busy => Some(t.h_busy),
        Failure::DiskFull { .. } => Some(t.h_full),
        Failure::Damaged { .. } => Some(t.h_damaged),
        Failure::ReadOnly { .. } => Some(t.h_read_only),
        Failure::Newer { .. } => Some(t.h_newer),
        _ => None,
    }
}

/// What the system said, in the user's language where it is one of the usual answers. It is known by its number:
/// its words follow the system's own language.
fn io<'a>(t: &Strings, reason: &'a str) -> std::borrow::Cow<'a, str> {
    let number = reason
        .rsplit_once("(os error ")
        .and_then(|(_, n)| n.trim_end_matches(')').parse::<i32>().ok());
    let known = match number {
        Some(2) => t.io_missing,
        Some(1 | 13) => t.io_denied,
        Some(5) => t.io_device,
        Some(17) => t.io_exists,
        Some(20) => t.io_no_folder,
        Some(21) => t.io_folder,
        Some(30) => t.io_read_only,
        _ => return reason.into(),
    };
    known.into()
}

fn bytes(n: u64) -> String {
    if n >= 1 << 20 {
        format!("{} MiB", n >> 20)
    } else {
        format!("{n} B")
    }
}

pub fn wrong(t: &Strings, wrong: &Wrong) -> String {
    match wrong {
        Wrong::Empty => t.w_empty.into(),
        Wrong::Date => t.not_a_date.into(),
        Wrong::Number => t.w_number.into(),
        Wrong::Amount => t.w_amount.into(),
        Wrong::Currency => t.w_currency.into(),
        Wrong::OneOf(all) => fill(t.w_one_of, &[&all.join(" · ")]),
    }
}

/// Why a row stays out.
pub fn reason(t: &Strings, reason: &Reason) -> String {
    match reason {
        Reason::NoAccount => t.r_no_account.into(),
        Reason::UnknownAccount { near } if near.is_empty() => t.r_unknown_account.into(),
        Reason::UnknownAccount { near } => format!(
            "{}; {}",
            t.r_unknown_account,
            fill(t.r_near, &[&near.join(", ")])
        ),
        Reason::SeveralAccounts { candidates } => fill(t.r_several, &[&candidates.join(", ")]),
        Reason::UnknownKey {
            through: Through::Subscription,
        } => t.r_unknown_subscription.into(),
        Reason::UnknownKey {
            through: Through::Contact,
        } => t.r_unknown_contact.into(),
        Reason::NotADate => t.r_not_date.into(),
        Reason::NoDateOrder => t.r_no_order.into(),
        Reason::NotANumber => t.r_not_number.into(),
        Reason::NoCurrency => t.r_no_currency.into(),
        Reason::UnknownWord { allowed } => fill(t.r_word, &[&allowed.join(", ")]),
        Reason::Missing { field } => fill(t.r_missing, &[field]),
        Reason::Duplicate { line } => fill(t.r_duplicate, &[line]),
        Reason::Unreadable { reason } => fill(t.r_unreadable, &[reason]),
    }
}

pub fn problem(t: &Strings, problem: &FileProblem) -> String {
    match problem {
        FileProblem::Unrecognised => t.p_unrecognised.into(),
        FileProblem::Empty => t.p_empty.into(),
        FileProblem::Again { first } => fill(t.p_again, &[first]),
        FileProblem::Unreadable { line: 0, reason } => reason.clone(),
        FileProblem::Unreadable { line, reason } => fill(t.p_unreadable, &[line, reason]),
    }
}

/// What an operation was for.
pub fn label(t: &Strings, of: &Label) -> String {
    match of {
        Label::Import { files } => fill(t.l_import, &[&files.join(", ")]),
        Label::Demo => t.l_demo.into(),
        Label::Restore => t.l_restore.into(),
        Label::Edit { account, field } => fill(t.l_edit, &[account, field]),
        Label::Note { account } => fill(t.l_note, &[account]),
        Label::Action { what } => fill(t.l_action, &[what]),
        Label::ActionStatus { what, status } => {
            fill(t.l_status, &[what, &t.action_status(*status)])
        }
        Label::Checkin { account } | Label::Call { account } => fill(t.l_checkin, &[account]),
        Label::Rollback { what, .. } => format!("{}: {}", t.l_rollback, label(t, what)),
        Label::Delete { what } => fill(t.l_delete, &[what]),
        Label::Contact { name } => fill(t.l_contact, &[name]),
        Label::View { name } => fill(t.l_view, &[name]),
        Label::Touchpoint { account } => fill(t.cadence.l_touchpoint, &[account]),
        Label::Smooth { touches } => fill(t.cadence.l_smooth, &[touches]),
        Label::Away { name } => fill(t.cadence.l_away, &[name]),
        Label::Undo { what, .. } => what.as_ref().map_or_else(
            || t.l_undo.to_owned(),
            |w| format!("{}: {}", t.l_undo, label(t, w)),
        ),
        Label::Redo { what, .. } => what.as_ref().map_or_else(
            || t.l_redo.to_owned(),
            |w| format!("{}: {}", t.l_redo, label(t, w)),
        ),
    }
}

pub fn repair(t: &Strings, repair: &Repair) -> String {
    match repair {
        Repair::Replayed { operations } => fill(t.rep_replayed, &[operations]),
        Repair::Rebuilt { cause, aside } => {
            let why = match cause {
                Cause::Asked => t.rep_asked,
                Cause::Wrong => t.rep_wrong,
                Cause::Empty => t.rep_empty,
                Cause::Unreadable { reason } => reason.as_str(),
            };
            fill(t.rep_rebuilt, &[&why, aside])
        }
        Repair::RolledBack { label: l } => fill(t.rep_rolled, &[&label(t, l)]),
        Repair::Lost { what } => format!("{}\n{}", fill(t.rep_lost, &[what]), t.h_read_only),
        Repair::Migrated { from, to, backup } => fill(t.rep_migrated, &[from, to, backup]),
        Repair::JournalDamage { places } => fill(t.rep_journal, &[&places.join("; ")]),
    }
}
