//! What tests, benches and fuzz entries use of the floors, item by item, so that the compiler still finds items
//! that nothing uses. No part of the program.

pub mod app {
    pub use crate::app::update;
    pub mod account {
        pub mod state {
            pub use crate::app::account::state::Tab;
        }
    }
    pub mod cadence {
        pub mod state {
            pub use crate::app::cadence::state::Tab;
        }
    }
    pub mod call {
        pub mod state {
            pub use crate::app::call::state::Phase;
        }
    }
    pub mod health {
        pub mod state {
            pub use crate::app::health::state::{Effect, Msg};
        }
    }
    pub mod insights {
        pub mod state {
            pub use crate::app::insights::state::Msg;
        }
    }
    pub mod kit {
        pub mod wrap {
            pub use crate::app::kit::wrap::{fit, width};
        }
    }
    pub mod msg {
        pub use crate::app::msg::{Effect, Layer, Msg, Screen};
    }
    pub mod overlay {
        pub use crate::app::overlay::Overlay;
    }
    pub mod portfolio {
        pub mod state {
            pub use crate::app::portfolio::state::State;
        }
    }
    pub mod shell {
        pub mod bindings {
            pub use crate::app::shell::bindings::VERBS;
        }
    }
}
pub mod clock {
    pub use crate::clock::Clock;
}
pub mod commands {
    pub use crate::commands::{QUESTIONS, tree};
}
pub mod config {
    pub use crate::config::{Config, line_of, mistakes};
}
pub mod listening {
    pub use crate::domain::listening::{Example, Script, Training, folds, threshold, train};
}
pub mod domain {
    pub use crate::domain::{book, conflicts, filter, priority, search, standing, view};
    pub mod account {
        pub use crate::domain::account::{Account, Goal, GoalStatus, Stage, Tier};
    }
    pub mod action {
        pub use crate::domain::action::Side;
    }
    pub mod cadence {
        pub use crate::domain::cadence::{Every, Kind};
        pub mod absence {
            pub use crate::domain::cadence::absence::{Absence, Span, Why};
        }
        pub mod calendar {
            pub use crate::domain::cadence::calendar::{Calendar, Calendars, house};
        }
        pub mod capacity {
            pub use crate::domain::cadence::capacity::Week;
        }
        pub mod plan {
            pub use crate::domain::cadence::plan::{Due, Ground, Planned, Rule, plan};
        }
        pub mod recurrence {
            pub use crate::domain::cadence::recurrence::{On, Recurrence};
        }
        pub mod rhythm {
            pub use crate::domain::cadence::rhythm::{Blackout, Deviation, Pause, Rhythm};
        }
        pub mod schedule {
            pub use crate::domain::cadence::schedule::{AccountScope, Entry};
        }
        pub mod spread {
            pub use crate::domain::cadence::spread::{job, propose};
        }
        pub mod touchpoint {
            pub use crate::domain::cadence::touchpoint::{State, Touchpoint};
        }
    }
    pub mod change {
        pub use crate::domain::change::{Change, Group, Label, Operation, UsageChange};
    }
    pub mod checkin {
        pub use crate::domain::checkin::{Checkin, Event, EventKind, Kind, Mark};
        pub mod clock {
            pub use crate::domain::checkin::clock::read;
        }
        pub mod pacing {
            pub use crate::domain::checkin::pacing::replan;
        }
        pub mod wrapup {
            pub use crate::domain::checkin::wrapup::{Judgement, Sentiment, Wrapup};
        }
    }
    pub mod colleague {
        pub use crate::domain::colleague::People;
    }
    pub mod contact {
        pub use crate::domain::contact::{Contact, Role, Status};
    }
    pub mod risk {
        pub use crate::domain::risk::{Known, likelihood};
    }
    pub mod dossier {
        pub use crate::domain::dossier::Dossier;
    }
    pub mod facts {
        pub use crate::domain::facts::Oddity;
        pub mod deal {
            pub use crate::domain::facts::deal::{Deal, DealKind, DealState};
        }
        pub mod feedback {
            pub use crate::domain::facts::feedback::{Survey, SurveyKind};
        }
        pub mod outcome {
            pub use crate::domain::facts::outcome::{Outcome, OutcomeKind};
        }
        pub mod step {
            pub use crate::domain::facts::step::StepKind;
        }
        pub mod subscription {
            pub use crate::domain::facts::subscription::Subscription;
        }
        pub mod ticket {
            pub use crate::domain::facts::ticket::{Priority, Status, Ticket};
        }
        pub mod touch {
            pub use crate::domain::facts::touch::{Attendance, Touch, TouchKind};
        }
        pub mod usage {
            pub use crate::domain::facts::usage::{
                ACTIVE_USERS, EVENTS, Series, Usage, date_of, day_number,
            };
        }
    }
    pub mod failure {
        pub use crate::domain::failure::{Cause, Failure, Problem, Repair};
    }
    pub mod freshness {
        pub use crate::domain::freshness::DataFreshness;
    }
    pub mod health {
        pub use crate::domain::health::{Band, Dimension, Holder, Score, score};
        pub mod truth {
            pub use crate::domain::health::truth::Case;
        }
        pub mod why {
            pub use crate::domain::health::why::why;
        }
    }
    pub mod ids {
        pub use crate::domain::ids::{AccountId, Mint, RecordId};
    }
    pub mod money {
        pub use crate::domain::money::{Currency, Money};
    }
    pub mod note {
        pub use crate::domain::note::{Kind, Note};
    }
    pub mod ours {
        pub use crate::domain::ours::Ours;
    }
    pub mod prefs {
        pub use crate::domain::prefs::{Block, Frequency, Message};
    }
    pub mod recorded {
        pub use crate::domain::recorded::AsOf;
    }
    pub mod records {
        pub use crate::domain::records::Record;
    }
    pub mod settings {
        pub use crate::domain::edited::EditedField;
        pub mod published {
            pub use crate::domain::settings::published::Published;
        }
    }
    pub mod signals {
        pub use crate::domain::signals::{
            Call, Evidence, Kind, REGISTRY, Severity, Signal, call, level,
        };
        pub mod gaps {
            pub use crate::domain::signals::gaps::{Family, Gap};
        }
    }
    pub mod text {
        pub use crate::domain::text::{clean, clean_line, fold, is_unsafe, quotes};
    }
    pub mod when {
        pub use crate::domain::when::{Habits, Now, YearStart, Zone, add_months};
    }
}
pub mod ipc {
    pub use crate::ipc::{Answer, Envelope, Form};
}
pub mod keys {
    pub use crate::keys::{Code, Key};
}
pub mod ops {
    pub use crate::ops::{Author, By, Subject};
    pub mod lifecycle {
        pub use crate::ops::lifecycle::{delete, merge};
    }
    pub mod notes {
        pub use crate::ops::notes::note;
    }
}
pub mod runtime {
    pub mod headless {
        pub use crate::runtime::headless::{Desk, NOW};
    }
    pub mod importing {
        pub use crate::runtime::importing::{saved_mappings, write};
    }
}
pub mod services {
    pub mod backtest {
        pub use crate::services::backtest::{Design, Planned, Sample, report};
    }
    pub mod calendar {
        pub use crate::services::calendar::{Busy, Meeting, Owner, agreed, goes_in, read, write};
    }
    pub mod capture {
        pub use crate::services::capture::{Context, action_line, read};
    }
    pub mod compose {
        pub use crate::services::compose::markdown;
    }
    pub mod dates {
        pub use crate::services::dates::{
            Order, Today, day, duration, instant, is_no_day, moment, read, read_moment, read_past,
            words_of,
        };
    }
    pub mod export {
        pub use crate::services::export::Line;
    }
    pub mod import {
        pub use crate::services::import::{
            Counts, ExistingData, FileProblem, Flag, Kind, NoRecord, Options, Plan, Question,
            Reason, Request, SHORT_IDS, mappings, plan,
        };
        pub mod encoding {
            pub use crate::services::import::encoding::of;
        }
        pub mod mapping {
            pub use crate::services::import::mapping::{
                Mapping, Other, Through, Wish, other, parse,
            };
        }
        pub mod prose {
            pub use crate::services::import::prose::{
                Call, Document, Proposal, Question, Request, State, propose,
            };
            pub mod contradictions {
                pub use crate::services::import::prose::contradictions::Contradiction;
            }
        }
        pub mod rejects {
            pub use crate::services::import::rejects::csv;
        }
        pub mod table {
            pub use crate::services::import::table::{Sheets, Source};
            pub mod foreign {
                pub use crate::services::import::table::foreign::{Readable, readable};
            }
            pub mod refusal {
                pub use crate::services::import::table::refusal::Refusal;
            }
        }
        pub mod values {
            pub use crate::services::import::values::{Order, amount, day, instant, money, truth};
        }
    }
    pub mod recurrence {
        pub use crate::services::recurrence::{hours, moment, read, spans, typed, typed_spans};
    }
}
pub mod store {
    pub use crate::store::{Durability, Store};
    pub mod codec {
        pub use crate::store::codec::{from_folder, from_json, from_operation, operation};
    }
    pub mod drafts {
        pub use crate::store::drafts::load;
    }
    pub mod frames {
        pub use crate::store::frames::Frames;
    }
    pub mod panics {
        pub use crate::store::panics::shielded;
    }
    pub mod rows {
        pub use crate::store::rows::{Scoring, begin, risk};
    }
}
pub mod ui {
    pub mod pen {
        pub use crate::ui::pen::Pen;
    }
    pub mod theme {
        pub use crate::ui::theme::{Depth, Theme, Tone};
    }
}

pub mod words;
