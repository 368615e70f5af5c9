//! The screens of the demo desk, and what lies over them, each with the keys that lead there.

// Every test binary uses a different part of this file.
#![allow(dead_code)]

use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::words::Lang;

/// The demo desk, at its portfolio.
pub fn portfolio(lang: Lang, accounts: usize) -> Desk {
    let mut desk = Desk::demo(lang, accounts).expect("the desk opens");
    desk.keys("2");
    desk
}

/// Screens, and the keys that lead there from the portfolio.
pub const SCREENS: [(&str, &str); 38] = [
    ("portfolio", "jj"),
    ("quarter", "9jj"),
    ("quarter-defined", "9d"),
    ("filter", "/band:yellow"),
    ("risk", "6j"),
    ("risk-why", "6w"),
    ("overview", "<ret>"),
    ("usage", "j<ret><tab><tab>"),
    ("tickets", "jjjjj<ret><tab><tab><tab>"),
    ("timeline", "<ret><tab><tab><tab><tab>"),
    ("people", "<ret><tab><tab><tab><tab><tab><tab>"),
    ("account-cadence", "jj<ret><tab><tab><tab><tab><tab>"),
    ("month", "5"),
    ("week", "5<tab>l"),
    ("touches", "5<tab><tab>"),
    ("capacity", "5<tab><tab><tab>"),
    ("suggestions", "5<tab><tab><tab><tab>"),
    ("adherence", "5<backtab>"),
    ("account-actions", "<ret><backtab><backtab>"),
    ("notes", "<ret><backtab>"),
    ("checkins", "3"),
    ("actions", "4"),
    ("today", "1"),
    ("renewals", "1<tab>"),
    ("signals", "<ret><tab>"),
    ("signal", "<ret><tab>jjj<ret>"),
    ("why", "w"),
    ("brief", "jp"),
    ("agenda", "c<ret>"),
    (
        "live",
        "c<ret><ret>遅くて使われない<F3><ret>no budget left for next year<F4>",
    ),
    ("wrap-up", "c<ret><ret>send the guide @me ^fri<F2><F10>"),
    ("done", "c<ret><ret>send the guide @me ^fri<F2><F10><C-s>"),
    ("compose", "nMika asked about SSO ! send doc @me ^fri"),
    ("find-notes", "<A-/>"),
    ("palette", ":"),
    ("new-account", "N"),
    ("merge-accounts", "&<down><ret>"),
    ("delete-account", "<ret>X"),
];

/// What lies over the screens, and states of them that no snapshot has.
pub const OVERLAYS: [(&str, &str); 29] = [
    ("help", "?"),
    ("views", "v"),
    ("name of a view", "/band:yellow<ret>V"),
    ("selected accounts", "<space>j<space>"),
    ("unknown filter", "/band:mauve"),
    ("edit a field", "<ret>e"),
    ("bad field", "<ret>jjjjjjje<C-u>soon<ret>"),
    ("calendar of usage", "<ret><tab><tab>m"),
    ("half a year of usage", "<ret><tab><tab>tt"),
    ("delete a note", "<ret><backtab>X"),
    ("disagreements", "1<tab><tab>"),
    ("week that is left", "5<tab>lll"),
    ("spread", "5s"),
    ("absences", "5O"),
    ("move a touch", "5<tab><tab>m"),
    ("outcome of a touch", "5<tab><tab>x"),
    ("due date", "4D"),
    ("all actions", "4<tab><tab>"),
    ("override", "b"),
    ("preferences", "W"),
    ("own cadence", "r"),
    ("business context", "C"),
    ("templates", "M"),
    (
        "notes to import",
        "<A-t>Vantor 2026-11-18: the reports are slow",
    ),
    ("at hand", "c<ret><ret><A-i>"),
    ("plan again", "c<ret><ret><F9><A-r>"),
    (
        "one mark",
        "c<ret><ret>too slow<F4><ret>we may cancel<A-v><ret>",
    ),
    ("ways to send", "c<ret><ret>send it @me ^fri<F2><F10><C-s>o"),
    ("insights", "8<ret>"),
];
