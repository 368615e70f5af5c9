//! Every verb of the desk, once: its scope, its keys, and where it shows. Dispatch, footer, help,
//! palette and the key reference are all made from this table.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Model;
use super::screens::Screen;
use super::screens::account::Tab;
use super::screens::cadence::Lens;
use crate::keys::Key;
use crate::words::{self, Lang, Text};

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
    MarkInformed,
    ClearInformed,
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
        verb(C::MarkInformed, S::Actions, &["T"], true),
        verb(C::MarkInformed, S::Account, &["T"], true),
        verb(C::ClearInformed, S::Actions, &["U"], false),
        verb(C::ClearInformed, S::Account, &["U"], false),
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
    /// All its keys as they are shown.
    pub fn all_keys(&self) -> impl Iterator<Item = String> {
        let keys = self.keys.iter();
        keys.filter_map(|k| Key::script(k).first().map(Key::to_string))
    }

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
        (Command::Done | Command::MarkInformed | Command::ClearInformed, Some(tab)) => {
            tab == Tab::Actions
        }
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
pub fn refusal<'t>(command: Command, model: &Model, t: Lang) -> Option<&'t str> {
    let about = model.subject().is_some();
    match command {
        Command::Checkin | Command::Brief | Command::AddAction | Command::Open | Command::Note
            if !about && !model.ready && model.book.rows().is_empty() =>
        {
            Some(words::common::still_opening(t))
        }
        Command::Checkin
        | Command::Brief
        | Command::AddAction
        | Command::Why
        | Command::Judge
        | Command::Context
            if !about =>
        {
            Some(words::common::no_account_chosen(t))
        }
        Command::Rhythm | Command::Prefs if !about => Some(words::common::no_account_chosen(t)),
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
            Some(words::common::still_opening(t))
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
            Some(words::common::still_opening(t))
        }
        Command::Span | Command::Heat
            if model.account.as_ref().is_some_and(|a| a.tab != Tab::Usage) =>
        {
            Some(words::account::only_usage(t))
        }
        Command::Lesson if super::during::lesson(model).is_none() => {
            Some(words::call::no_lesson(t))
        }
        Command::Replan | Command::CutSection
            if model
                .live
                .as_ref()
                .is_none_or(|l| l.phase != super::screens::live::Phase::Live) =>
        {
            Some(words::call::no_call(t))
        }
        Command::SaveView if model.portfolio.query.trim().is_empty() => {
            Some(words::portfolio::view_needs_filter(t))
        }
        _ => None,
    }
}

impl Scope {
    pub fn words(self, lang: Lang) -> &'static str {
        let (en, ja) = match self {
            Scope::Global => ("Everywhere", "どこでも"),
            Scope::List => ("Lists", "一覧"),
            Scope::Portfolio => ("Portfolio", "ポートフォリオ"),
            Scope::Account => ("Account", "アカウント"),
            Scope::Checkins => ("Check-ins", "チェックイン一覧"),
            Scope::Actions => ("Actions", "アクション一覧"),
            Scope::Brief => ("Brief", "事前準備"),
            Scope::Agenda => ("Agenda", "アジェンダ"),
            Scope::Live => ("Live call", "通話中"),
            Scope::Done => ("Finished note", "完成したノート"),
            Scope::Today => ("Today", "今日"),
            Scope::Insights => ("Insights", "効果測定"),
            Scope::Cadence => ("Cadence", "ケイデンス"),
            Scope::Touches => ("Touches", "接点"),
        };
        Text::new(en, ja).of(lang)
    }
}

impl Command {
    pub fn words(self, lang: Lang) -> &'static str {
        let (en, ja) = match self {
            Command::Portfolio => ("Portfolio", "ポートフォリオ"),
            Command::Checkins => ("Check-ins", "チェックイン一覧"),
            Command::Actions => ("Actions", "アクション一覧"),
            Command::Palette => ("Commands", "コマンド"),
            Command::Help => ("Help", "ヘルプ"),
            Command::Note => ("Write a note", "メモ"),
            Command::AddAction => ("Add an action", "アクション追加"),
            Command::Checkin => ("Check in", "チェックイン"),
            Command::Brief => ("Brief", "事前準備"),
            Command::Import => ("Import files", "取り込み"),
            Command::Undo => ("Undo", "元に戻す"),
            Command::Redo => ("Redo", "やり直す"),
            Command::Back => ("Back", "戻る"),
            Command::Leave => ("Back; quit from Today", "戻る（「今日」では終了）"),
            Command::Quit => ("Quit", "終了"),
            Command::Down => ("Down", "下へ"),
            Command::Up => ("Up", "上へ"),
            Command::PageDown => ("Page down", "次のページ"),
            Command::PageUp => ("Page up", "前のページ"),
            Command::Top => ("To the top", "先頭へ"),
            Command::Bottom => ("To the bottom", "末尾へ"),
            Command::Open => ("Open", "開く"),
            Command::Filter => ("Filter", "絞り込み"),
            Command::ClearFilter => ("Clear filter and selection", "絞り込みと選択を解除"),
            Command::Order => ("Sort by", "並び順"),
            Command::Reverse => ("Reverse order", "逆順"),
            Command::Select => ("Select", "選択"),
            Command::Views => ("Views", "ビュー"),
            Command::SaveView => ("Save view", "ビューを保存"),
            Command::NewAccount => ("New account", "新しいアカウント"),
            Command::Edit => ("Edit", "編集"),
            Command::NextTab => ("Next tab", "次のタブ"),
            Command::PrevTab => ("Previous tab", "前のタブ"),
            Command::Span => ("Change span", "期間を変える"),
            Command::AddContact => ("Add a person", "お客様担当者を追加"),
            Command::Copy => ("Copy", "コピー"),
            Command::Done => ("Done / open again", "完了／再開"),
            Command::Lens => ("Next list", "表示切替"),
            Command::Due => ("Set the due date", "期日"),
            Command::Start => ("Start", "開始"),
            Command::Longer => ("More minutes", "分を増やす"),
            Command::Shorter => ("Fewer minutes", "分を減らす"),
            Command::Earlier => ("Move earlier", "前へ移す"),
            Command::Later => ("Move later", "後へ移す"),
            Command::Drop => ("Drop section", "外す"),
            Command::NextSection => ("Next", "次へ"),
            Command::PrevSection => ("Previous", "前へ"),
            Command::Extend => ("+5 min", "5分延長"),
            Command::Pause => ("Pause", "一時停止／再開"),
            Command::MarkAction => ("Action", "アクション"),
            Command::MarkQuote => ("Quote", "引用"),
            Command::MarkRisk => ("Risk", "リスク"),
            Command::MarkOpportunity => ("Opportunity", "機会"),
            Command::Mood => ("Sentiment", "感情"),
            Command::Outside => ("Editor", "外部エディタ"),
            Command::End => ("End", "終了する"),
            Command::Delete => ("Delete", "削除"),
            Command::MarkDecision => ("Mark: decision", "決定の印"),
            Command::MarkFeedback => ("Mark: product feedback", "要望の印"),
            Command::MarkQuestion => ("Mark: question", "質問の印"),
            Command::MarkPrivate => ("Mark: private (never leaves)", "非公開の印（外に出ません）"),
            Command::Replan => ("Plan the time left anew", "残り時間を配分し直す"),
            Command::AddSection => ("Add a section", "セクションを追加"),
            Command::CutSection => ("Leave section out / take in", "セクションを外す／戻す"),
            Command::LeaveBy => ("Customer must leave at", "お客様の退出時刻"),
            Command::StartAt => ("Agreed start of the talk", "お約束の開始時刻"),
            Command::Prompts => ("Show / hide prompts", "声かけの表示／非表示"),
            Command::AtHand => ("Account at hand", "アカウントを確認"),
            Command::SearchNotes => ("Search past notes", "過去の記録を検索"),
            Command::Dismiss => ("Not a warning", "警告ではない"),
            Command::OnlyMarks => ("Show one kind of mark", "印で絞り込み"),
            Command::Outputs => ("Send, paste, save …", "送る・貼る・保存…"),
            Command::MarkInformed => ("Customer informed", "お客様に連絡済み"),
            Command::ClearInformed => ("Customer not informed", "未連絡に戻す"),
            Command::Lesson => ("Take what it really took", "実績に合わせる"),
            Command::Templates => ("Agenda templates", "アジェンダのテンプレート"),
            Command::Today => ("Today", "今日"),
            Command::Judge => ("Judge health by hand", "健康を自分で判断"),
            Command::Context => (
                "Note what happens in their business",
                "お客様の事業の動きを記録",
            ),
            Command::Insights => ("Insights", "効果測定"),
            Command::Backtest => ("Test the score", "スコアを検証"),
            Command::Fit => ("Fit weights", "重みを推定"),
            Command::Heat => ("Calendar", "カレンダー"),
            Command::Why => ("Why the score is what it is", "スコアの理由"),
            Command::Cadence => ("Cadence", "ケイデンス"),
            Command::DayBack => ("Day before", "前の日"),
            Command::DayOn => ("Day after", "次の日"),
            Command::PeriodBack => ("Period before", "前の期間"),
            Command::PeriodOn => ("Period after", "次の期間"),
            Command::ThisDay => ("To today", "今日へ"),
            Command::PrevLens => ("List before", "前の一覧"),
            Command::Whose => ("Mine / everybody's", "自分 / 全員"),
            Command::Smooth => ("Spread over weeks", "週に平準化"),
            Command::Agree => ("Agree a time", "日時を合意"),
            Command::MoveTouch => ("Move to …", "日時を変更"),
            Command::TouchLater => ("A day later", "1日後へ"),
            Command::TouchEarlier => ("A day earlier", "1日前へ"),
            Command::Outcome => ("What became of it", "結果を記録"),
            Command::Rhythm => ("Cadence of its own", "独自の頻度・休止"),
            Command::Prefs => ("Wishes of the customer", "希望・受信設定"),
            Command::Accept => ("Accept the suggestion", "提案を採用"),
            Command::TurnDown => ("Turn the suggestion down", "提案を見送る"),
            Command::Absence => ("Absences and calendars", "不在とカレンダー"),
            Command::TakeCalendar => ("Take in a calendar (.ics)", "カレンダー取り込み(.ics)"),
            Command::GiveCalendar => ("Write a calendar (.ics)", "カレンダー書き出し(.ics)"),
            Command::Automatic => (
                "With / without automatic touches",
                "自動の接点を表示 / 非表示",
            ),
            Command::Settle => ("Done, or set aside", "済ませる・後回し"),
        };
        Text::new(en, ja).of(lang)
    }
}
