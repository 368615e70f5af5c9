//! The list of features, with one line for each kind of part a feature can have. It generates the
//! model's fields and the variants of messages, effects, replies and layers; `tables` generates the
//! dispatch from it.
//!
//! Features are ordered as in `verbs`: a feature may depend on later ones, never on earlier ones.
//! It opens an earlier one through a `Place`.

/// Passes the list to another macro.
macro_rules! features {
    ($then:ident) => {
        $then! {
            // Features with verbs.
            verbs {
                today portfolio checkins insights renewals risk importing prose account lifecycle outcomes contracts search brief call absences cadence
                actions compose touches preferences health
            }
            // Screens: the feature of each has a `FACE`.
            screens {
                Today today, Portfolio portfolio, Checkins checkins, Actions actions,
                Account account, Brief brief, Call call, Insights insights, Cadence cadence,
                Renewals renewals, Risk risk,
            }
            // Model state of features without a screen.
            states { health }
            // Results of background work, sent to `on`.
            messages {
                Insights insights, Importing importing, Prose prose, Search search, Call call,
                Absences absences, Cadence cadence, Health health, Lifecycle lifecycle,
                Portfolio portfolio, Outcomes outcomes, Renewals renewals,
                Contracts contracts,
            }
            // Work for the runtime.
            effects {
                Insights insights, Importing importing, Prose prose, Search search, Call call, Cadence cadence,
                Absences absences, Health health, Lifecycle lifecycle, Portfolio portfolio,
                Outcomes outcomes, Renewals renewals, Contracts contracts,
            }
            // Answers to questions and requests of a feature, sent to `answer`.
            replies {
                Portfolio portfolio, Account account, Search search, Brief brief, Call call,
                Actions actions, Compose compose, Touches touches, Preferences preferences,
                Importing importing, Prose prose, Absences absences, Health health,
                Lifecycle lifecycle, Outcomes outcomes, Renewals renewals, Contracts contracts, Risk risk,
            }
            // Layers over a screen with their own keys, handled by `layer_key`.
            layers {
                Compose compose, Importing importing, Prose prose, Call call, Cadence cadence,
                Deleting deleting, Lifecycle lifecycle,
            }
            // Features whose `follow` runs after every message, whatever is shown.
            follows { call cadence risk }
            // Features whose text is kept as a draft while it is typed, from `newest_draft`.
            drafts { compose call prose }
        }
    };
}

pub(crate) use features;
