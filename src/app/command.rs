//! Every verb of the desk, once: its scope, its keys, and where it shows. Dispatch, footer, help,
//! palette and the key reference are all made from this table.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Model;
use super::screens::Screen;
use super::screens::account::Tab;
use super::screens::cadence::Lens;
use crate::i18n::Strings;
use crate::keys::Key;

/// What the keyboard speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    Global,
    List,
    Portfolio,
    Account,
    Checkins,
    Actions,
    Brief,
    Agenda,
    Live,
    Done,
    Today,
    Insights,
    Cadence,
    /// Touches, wherever they are listed.
    Touches,
}

/// Verbs, in the order in which help shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(
    missing_docs,
    reason = "each is explained to the user by its words in i18n"
)]
pub enum Command {
    Portfolio,
    Checkins,
    Actions,
    Palette,
    Help,
    Note,
    AddAction,
    Checkin,
    Brief,
    Import,
    Undo,
    Redo,
    Back,
    Leave,
    Quit,
    Down,
    Up,
    PageDown,
    PageUp,
    Top,
    Bottom,
    Open,
    Filter,
    ClearFilter,
    Order,
    Reverse,
    Select,
    Views,
    SaveView,
    NewAccount,
    Edit,
    NextTab,
    PrevTab,
    Span,
    AddContact,
    Copy,
    Done,
    Lens,
    Due,
    Start,
    Longer,
    Shorter,
    Earlier,
    Later,
    Drop,
    NextSection,
    PrevSection,
    Extend,
    Pause,
    MarkAction,
    MarkQuote,
    MarkRisk,
    MarkOpportunity,
    Mood,
    Outside,
    End,
    Delete,
    MarkDecision,
    MarkFeedback,
    MarkQuestion,
    MarkPrivate,
    Replan,
    AddSection,
    CutSection,
    LeaveBy,
    StartAt,
    Prompts,
    AtHand,
    SearchNotes,
    Dismiss,
    OnlyMarks,
    Outputs,
    Told,
    Lesson,
    Templates,
    Today,
    Judge,
    Context,
    Insights,
    Backtest,
    Fit,
    Heat,
    Why,
    Cadence,
    DayBack,
    DayOn,
    PeriodBack,
    PeriodOn,
    ThisDay,
    PrevLens,
    Whose,
    Smooth,
    Agree,
    MoveTouch,
    TouchLater,
    TouchEarlier,
    Outcome,
    Rhythm,
    Prefs,
    Accept,
    TurnDown,
    Absence,
    TakeCalendar,
    GiveCalendar,
    Automatic,
    Settle,
}

pub struct Verb {
    pub command: Command,
    pub scope: Scope,
    /// In the notation of [`Key::script`]; the first is the one shown.
    pub keys: &'static [&'static str],
    /// Shown in the footer.
    pub footer: bool,
}

const fn verb(command: Command, scope: Scope, keys: &'static [&'static str], footer: bool) -> Verb {
    Verb {
        command,
        scope,
        keys,
        footer,
    }
}

pub const VERBS: &[Verb] = {
    use Command as C;
    use Scope as S;
    &[
        verb(C::Down, S::List, &["j", "<down>"], false),
        verb(C::Up, S::List, &["k", "<up>"], false),
        verb(C::PageDown, S::List, &["<C-f>", "<pgdn>"], false),
        verb(C::PageUp, S::List, &["<C-b>", "<pgup>"], false),
        verb(C::Top, S::List, &["g", "<home>"], false),
        verb(C::Bottom, S::List, &["G", "<end>"], false),
        verb(C::Open, S::List, &["<ret>", "l"], true),
        verb(C::Filter, S::Portfolio, &["/"], true),
        verb(C::ClearFilter, S::Portfolio, &["<bs>"], false),
        verb(C::Order, S::Portfolio, &["s"], true),
        verb(C::Reverse, S::Portfolio, &["S"], false),
        verb(C::Select, S::Portfolio, &["<space>"], false),
        verb(C::NewAccount, S::Portfolio, &["N"], false),
        verb(C::Edit, S::Portfolio, &["e"], false),
        verb(C::Views, S::Portfolio, &["v"], false),
        verb(C::SaveView, S::Portfolio, &["V"], false),
        verb(C::NextTab, S::Account, &["<tab>", "L"], true),
        verb(C::PrevTab, S::Account, &["<backtab>", "H"], false),
        verb(C::Edit, S::Account, &["e"], true),
        verb(C::Span, S::Account, &["t"], true),
        verb(C::Heat, S::Account, &["m"], true),
        verb(C::Filter, S::Account, &["/"], true),
        verb(C::AddContact, S::Account, &["A"], true),
        verb(C::Done, S::Account, &["x"], true),
        verb(C::Done, S::Actions, &["x"], true),
        verb(C::Lens, S::Actions, &["<tab>"], true),
        verb(C::Edit, S::Actions, &["e"], true),
        verb(C::Due, S::Actions, &["D"], false),
        verb(C::Start, S::Brief, &["<ret>"], true),
        verb(C::Start, S::Agenda, &["<ret>"], true),
        verb(C::Longer, S::Agenda, &["+", "="], true),
        verb(C::Shorter, S::Agenda, &["-"], false),
        verb(C::Earlier, S::Agenda, &["K"], false),
        verb(C::Later, S::Agenda, &["J"], true),
        verb(C::Drop, S::Agenda, &["x"], true),
        verb(C::NextSection, S::Live, &["<F8>", "<A-n>"], true),
        verb(C::End, S::Live, &["<F10>", "<C-d>"], true),
        verb(C::MarkAction, S::Live, &["<F2>", "<A-a>"], true),
        verb(C::MarkQuote, S::Live, &["<F3>", "<A-q>"], true),
        verb(C::MarkRisk, S::Live, &["<F4>", "<A-k>"], true),
        verb(C::MarkOpportunity, S::Live, &["<F5>", "<A-o>"], true),
        verb(C::Mood, S::Live, &["<F6>", "<A-m>"], true),
        verb(C::AtHand, S::Live, &["<A-i>"], true),
        verb(C::Replan, S::Live, &["<A-r>"], true),
        verb(C::Extend, S::Live, &["<F9>", "<A-e>"], true),
        verb(C::Pause, S::Live, &["<F12>", "<A-b>"], true),
        verb(C::PrevSection, S::Live, &["<F7>", "<A-p>"], false),
        verb(C::MarkDecision, S::Live, &["<A-d>"], false),
        verb(C::MarkFeedback, S::Live, &["<A-f>"], false),
        verb(C::MarkQuestion, S::Live, &["<A-u>"], false),
        verb(C::MarkPrivate, S::Live, &["<A-x>"], false),
        verb(C::OnlyMarks, S::Live, &["<A-v>"], false),
        verb(C::Dismiss, S::Live, &["<A-w>"], false),
        verb(C::Prompts, S::Live, &["<A-h>"], false),
        verb(C::SearchNotes, S::Live, &["<A-/>"], false),
        verb(C::AddSection, S::Live, &["<A-s>"], false),
        verb(C::CutSection, S::Live, &["<A-c>"], false),
        verb(C::LeaveBy, S::Live, &["<A-l>"], false),
        verb(C::Outside, S::Live, &["<C-e>"], false),
        verb(C::Palette, S::Live, &["<C-p>"], true),
        verb(C::Help, S::Live, &["<F1>"], true),
        verb(C::Outputs, S::Done, &["o"], true),
        verb(C::Told, S::Actions, &["T"], true),
        verb(C::Told, S::Account, &["T"], true),
        verb(C::Lesson, S::Agenda, &["t"], true),
        verb(C::LeaveBy, S::Agenda, &["L"], true),
        verb(C::StartAt, S::Agenda, &["S"], true),
        verb(C::AtHand, S::Agenda, &["i"], true),
        verb(C::SearchNotes, S::Global, &["<A-/>"], false),
        verb(C::Templates, S::Global, &["M"], false),
        verb(C::Delete, S::Account, &["X", "<del>"], false),
        verb(C::Delete, S::Actions, &["X", "<del>"], false),
        verb(C::Delete, S::Checkins, &["X", "<del>"], false),
        verb(C::Copy, S::Done, &["y"], true),
        verb(C::Copy, S::Brief, &["y"], true),
        verb(C::Copy, S::Account, &["y"], true),
        verb(C::Checkin, S::Global, &["c"], true),
        verb(C::Brief, S::Global, &["p"], true),
        verb(C::Note, S::Global, &["n"], true),
        verb(C::AddAction, S::Global, &["a"], true),
        verb(C::Lens, S::Today, &["<tab>"], true),
        verb(C::Settle, S::Today, &["x"], true),
        verb(C::NewAccount, S::Today, &["N"], false),
        verb(C::Lens, S::Cadence, &["<tab>"], true),
        verb(C::PrevLens, S::Cadence, &["<backtab>"], false),
        verb(C::DayBack, S::Cadence, &["h", "<left>"], false),
        verb(C::DayOn, S::Cadence, &["l", "<right>"], false),
        verb(C::PeriodBack, S::Cadence, &["["], false),
        verb(C::PeriodOn, S::Cadence, &["]"], true),
        verb(C::ThisDay, S::Cadence, &["."], false),
        verb(C::Smooth, S::Cadence, &["s"], true),
        verb(C::Agree, S::Touches, &["A"], true),
        verb(C::TouchLater, S::Touches, &["+", "="], true),
        verb(C::TouchEarlier, S::Touches, &["-"], false),
        verb(C::MoveTouch, S::Touches, &["m"], true),
        verb(C::Outcome, S::Touches, &["x"], true),
        verb(C::Accept, S::Touches, &["f"], true),
        verb(C::TurnDown, S::Touches, &["D"], false),
        verb(C::Whose, S::Cadence, &["o"], false),
        verb(C::Automatic, S::Cadence, &["v"], false),
        verb(C::Absence, S::Cadence, &["O"], false),
        verb(C::TakeCalendar, S::Cadence, &["F"], false),
        verb(C::GiveCalendar, S::Cadence, &["E"], false),
        verb(C::Rhythm, S::Global, &["r"], false),
        verb(C::Prefs, S::Global, &["W"], false),
        verb(C::Context, S::Global, &["C"], false),
        verb(C::Backtest, S::Insights, &["<ret>"], true),
        verb(C::Fit, S::Insights, &["f"], true),
        verb(C::Insights, S::Global, &["8"], false),
        verb(C::Why, S::Global, &["w"], false),
        verb(C::Judge, S::Global, &["b"], false),
        verb(C::Today, S::Global, &["1"], false),
        verb(C::Portfolio, S::Global, &["2"], false),
        verb(C::Checkins, S::Global, &["3"], false),
        verb(C::Actions, S::Global, &["4"], false),
        verb(C::Cadence, S::Global, &["5"], false),
        verb(C::Import, S::Global, &["I"], false),
        verb(C::Undo, S::Global, &["u"], false),
        verb(C::Redo, S::Global, &["<C-r>"], false),
        verb(C::Palette, S::Global, &[":", "<C-p>"], true),
        verb(C::Help, S::Global, &["?", "<F1>"], true),
        verb(C::Back, S::Global, &["<esc>"], true),
        verb(C::Leave, S::Global, &["q"], false),
        verb(C::Quit, S::Global, &["<C-q>"], false),
    ]
};

impl Verb {
    /// The key as it is shown.
    pub fn key(&self) -> String {
        Key::script(self.keys[0])
            .first()
            .map(Key::to_string)
            .unwrap_or_default()
    }
}

/// What each key means in each scope, its notation read once.
static BOUND: LazyLock<HashMap<(Scope, Key), Command>> = LazyLock::new(|| {
    let mut bound = HashMap::new();
    for verb in VERBS {
        for key in verb
            .keys
            .iter()
            .filter_map(|k| Key::script(k).first().copied())
        {
            bound.entry((verb.scope, key)).or_insert(verb.command);
        }
    }
    bound
});

/// The verb a key means in the given scopes, the first scope winning.
pub fn find(scopes: &[Scope], key: Key) -> Option<Command> {
    let key = key.as_command();
    scopes
        .iter()
        .find_map(|scope| BOUND.get(&(*scope, key)).copied())
}

/// Whether a verb has something to do where one stands: the footer shows no other.
pub fn is_near(command: Command, model: &Model) -> bool {
    let tab = model
        .account
        .as_ref()
        .map(|a| a.tab)
        .filter(|_| model.screen == Screen::Account);
    match (command, tab) {
        (Command::Done | Command::Told, Some(tab)) => tab == Tab::Actions,
        (Command::Settle, _) => model.today.item().is_some(),
        (Command::AddContact, Some(tab)) => tab == Tab::People,
        (Command::Filter, Some(tab)) => tab == Tab::Timeline,
        (Command::Span | Command::Heat, Some(tab)) => tab == Tab::Usage,
        (Command::Copy, Some(tab)) => tab == Tab::Notes,
        (Command::Edit, Some(tab)) => {
            matches!(tab, Tab::Overview | Tab::People | Tab::Actions | Tab::Notes)
        }
        (Command::Open, Some(tab)) => matches!(
            tab,
            Tab::Signals | Tab::Tickets | Tab::Timeline | Tab::Notes
        ),
        (Command::Brief, _) => model.screen != Screen::Brief && model.screen != Screen::Live,
        (Command::Checkin | Command::Open, _) => {
            !matches!(model.screen, Screen::Brief | Screen::Live)
        }
        (Command::Accept | Command::TurnDown, Some(_)) => model
            .account
            .as_ref()
            .and_then(|a| model.book.get(&a.id))
            .is_some_and(|r| !r.standing.suggestions.is_empty()),
        (Command::Accept | Command::TurnDown, None) => {
            model.screen == Screen::Cadence && model.cadence.lens == Lens::Suggestions
        }
        (
            Command::Agree
            | Command::TouchLater
            | Command::TouchEarlier
            | Command::MoveTouch
            | Command::Outcome,
            _,
        ) => super::touches::current(model).is_some(),
        (Command::Smooth, _) => model.cadence.lens != Lens::Adherence,
        (Command::Back, _) => model.screen != Screen::Today,
        _ => true,
    }
}

/// Why a verb cannot run now; none when it can.
pub fn refusal<'t>(command: Command, model: &Model, t: &'t Strings) -> Option<&'t str> {
    let about = model.subject().is_some();
    match command {
        Command::Checkin | Command::Brief | Command::AddAction | Command::Open | Command::Note
            if !about && !model.ready && model.book.rows().is_empty() =>
        {
            Some(t.still_opening)
        }
        Command::Checkin
        | Command::Brief
        | Command::AddAction
        | Command::Why
        | Command::Judge
        | Command::Context
            if !about =>
        {
            Some(t.no_account_chosen)
        }
        Command::Rhythm | Command::Prefs if !about => Some(t.no_account_chosen),
        Command::Smooth
        | Command::Absence
        | Command::TakeCalendar
        | Command::GiveCalendar
        | Command::Rhythm
        | Command::Prefs
        | Command::Agree
        | Command::MoveTouch
        | Command::Outcome
            if !model.ready =>
        {
            Some(t.still_opening)
        }
        Command::AddAction
        | Command::NewAccount
        | Command::Edit
        | Command::Delete
        | Command::Import
        | Command::Undo
        | Command::Redo
        | Command::Why
            if !model.ready =>
        {
            Some(t.still_opening)
        }
        Command::Span | Command::Heat
            if model.account.as_ref().is_some_and(|a| a.tab != Tab::Usage) =>
        {
            Some(t.only_usage)
        }
        Command::Lesson if super::during::lesson(model).is_none() => Some(t.no_lesson),
        Command::Replan | Command::CutSection
            if model
                .live
                .as_ref()
                .is_none_or(|l| l.phase != super::screens::live::Phase::Live) =>
        {
            Some(t.no_call)
        }
        Command::SaveView if model.portfolio.query.trim().is_empty() => Some(t.view_needs_filter),
        _ => None,
    }
}
