//! What tests use of the words.

pub use crate::words::Lang;
pub mod account {
    pub use crate::words::account::{only_usage, weekly_mean};
}
pub mod actions {
    pub use crate::words::actions::all_done;
}
pub mod cadence {
    pub use crate::words::cadence::{
        diff_title, in_minutes, no_kept, no_recurrence, no_suggestions, nothing_planned,
        out_moved_them, own, rhythm_usual, rule, smooth_title, today_done, week_over,
    };
}
pub mod call {
    pub use crate::words::call::{
        late_hint, leaves_in, live_state, no_checkins, pasted_same, resume_title, started_late,
        starts_word, wrap_up_of,
    };
}
pub mod common {
    pub use crate::words::common::{no_account_chosen, nothing_found};
}
pub mod compose {
    pub use crate::words::compose::{not_a_past_time, talk_title};
}
pub mod contracts {
    pub use crate::words::contracts::{new, save_it};
}
pub mod dates {
    pub use crate::words::dates::day;
}
pub mod health {
    pub use crate::words::health::{fact, held, held_down, reason_missing, why_now_facts};
}
pub mod lifecycle {
    pub use crate::words::lifecycle::{
        archived, delete_title, id_taken, kept_is_archived, merge_title, undo_hint,
    };
}
pub mod outcomes {
    pub use crate::words::outcomes::{
        all_renewed, before_end, bridge_too_long, decided_later, ended, extended_twice, ignore_all,
        no_such_term, not_both, nothing_follows, only_before_use, say_which, until_when,
    };
}
pub mod renewals {
    pub use crate::words::renewals::{
        before_use_group, due_what, ignored_group, none_due, year_title, year_wrong,
    };
}
pub mod cases {
    pub use crate::words::cases::{goes_on, heading, none, open_one};
}
pub mod risk {
    pub use crate::words::risk::{
        heading_chance, none, reads_records, said_later, say_something, why_moved,
    };
}
pub mod log {
    pub use crate::words::log::label;
}
pub mod portfolio {
    pub use crate::words::portfolio::{no_accounts, view_needs_filter, view_saved};
}
pub mod prefs {
    pub use crate::words::prefs::block_opted;
}
pub mod shell {
    pub use crate::words::shell::{checkins, insights};
}
pub mod signals {
    pub use crate::words::signals::signal_line;
}
pub mod today {
    pub use crate::words::today::{renewal_window, today_rest};
}
