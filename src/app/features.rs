//! The list of features: a line for each piece a feature has. From it the model gets its fields, and
//! messages, effects, replies and layers their variants; `tables` makes the dispatch of it.
//!
//! Features stand in a row, in the order of `verbs`: each may name those after it, never those before.
//! It goes to those by a `Place`.

/// Hands the list to another macro.
macro_rules! features {
    ($then:ident) => {
        $then! {
            // Features with verbs.
            verbs {
                today portfolio checkins insights importing account search brief call absences cadence
                actions compose touches preferences health
            }
            // Screens: the feature behind each has a `FACE`.
            screens {
                Today today, Portfolio portfolio, Checkins checkins, Actions actions,
                Account account, Brief brief, Call call, Insights insights, Cadence cadence,
            }
            // States that are no screen's.
            states { health }
            // What background work answers, to `on`.
            messages {
                Insights insights, Importing importing, Search search, Call call, Absences absences,
                Cadence cadence, Health health,
            }
            // What is asked of the runtime.
            effects {
                Insights insights, Importing importing, Search search, Cadence cadence,
                Absences absences, Health health,
            }
            // What a feature asked a person, or waits for: answered to `answer`.
            replies {
                Portfolio portfolio, Account account, Search search, Brief brief, Call call,
                Actions actions, Compose compose, Touches touches, Preferences preferences,
                Importing importing, Absences absences, Health health,
            }
            // What lies over a screen and has keys of its own: `layer_key`.
            layers {
                Compose compose, Importing importing, Call call, Cadence cadence, Deleting deleting,
            }
            // Features that follow what happens, whatever is shown: `follow`.
            follows { call cadence }
            // Features with a text that is kept as a draft while it is typed: `newest_draft`.
            drafts { compose call }
        }
    };
}

pub(crate) use features;
