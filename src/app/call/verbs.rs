//! The verbs of a check-in.

use super::face::{AGENDA, DONE, LIVE};
use super::state::{Call, Reply};
use super::{
    agenda, at_hand, leaving, listening, outputs, pacing, reading, sections, start, templates,
    times,
};
use crate::app::kit::drafts::note_key;
use crate::app::model::Model;
use crate::app::msg::{Effect, Screen};
use crate::app::verb::{Effects, GLOBAL, Reason, Verb, needs_account, verb};
use crate::domain::checkin::{EventKind, Mark, State};
use crate::words::{self, Text};

/// When the customer must leave; on the agenda and in the call.
const LEAVE_BY: Verb = verb(
    "call.leave-by",
    &AGENDA,
    &["L"],
    Text::new("Customer must leave at", "お客様の退出時刻"),
    |model, _| times::ask_leave_by(model),
);

/// The account's facts; on the agenda and in the call.
const AT_HAND: Verb = verb(
    "call.at-hand",
    &LIVE,
    &["<A-i>"],
    Text::new("Account info", "アカウント情報"),
    |model, _| at_hand::show(model),
)
.footer();

/// A position after the verbs with fixed positions.
const LATER: u16 = 520;

pub const VERBS: &[Verb] = &[
    verb(
        "agenda.start",
        &AGENDA,
        &["<ret>"],
        Text::new("Start", "開始"),
        start::start,
    )
    .footer(),
    verb(
        "agenda.longer",
        &AGENDA,
        &["+", "="],
        Text::new("More time", "分を増やす"),
        |model, _| agenda::longer(model),
    )
    .footer(),
    verb(
        "agenda.shorter",
        &AGENDA,
        &["-"],
        Text::new("Less time", "時間を減らす"),
        |model, _| agenda::shorter(model),
    ),
    verb(
        "agenda.earlier",
        &AGENDA,
        &["K"],
        Text::new("Move earlier", "前へ移動"),
        |model, _| agenda::earlier(model),
    ),
    verb(
        "agenda.later",
        &AGENDA,
        &["J"],
        Text::new("Move later", "後へ移動"),
        |model, _| agenda::later(model),
    )
    .footer(),
    verb(
        "agenda.remove",
        &AGENDA,
        &["x"],
        Text::new("Remove", "外す"),
        |model, _| agenda::remove(model),
    )
    .footer(),
    verb(
        "agenda.fit",
        &AGENDA,
        &["r"],
        Text::new("Fit to the meeting's length", "面談の長さに合わせる"),
        |model, _| agenda::fit(model),
    ),
    verb(
        "call.next",
        &LIVE,
        &["<F8>", "<A-n>"],
        Text::new("Next", "次へ"),
        sections::next,
    )
    .footer(),
    verb(
        "call.end",
        &LIVE,
        &["<F10>", "<C-d>"],
        Text::new("End", "終了"),
        leaving::end,
    )
    .footer(),
    marking(
        "call.mark-action",
        &["<F2>", "<A-a>"],
        Text::new("Action", "アクション"),
        |m, _| mark(m, Mark::Action),
    )
    .footer(),
    marking(
        "call.mark-quote",
        &["<F3>", "<A-q>"],
        Text::new("Quote", "発言"),
        |m, _| mark(m, Mark::Quote),
    )
    .footer(),
    marking(
        "call.mark-risk",
        &["<F4>", "<A-k>"],
        Text::new("Risk", "リスク"),
        |m, _| mark(m, Mark::Risk),
    )
    .footer(),
    marking(
        "call.mark-opportunity",
        &["<F5>", "<A-o>"],
        Text::new("Opportunity", "機会"),
        |m, _| mark(m, Mark::Opportunity),
    )
    .footer(),
    verb(
        "call.sentiment",
        &LIVE,
        &["<F6>", "<A-m>"],
        Text::new("Sentiment", "感情"),
        |model, _| sections::ask_sentiment(model),
    )
    .footer(),
    AT_HAND,
    verb(
        "call.replan",
        &LIVE,
        &["<A-r>"],
        Text::new("Re-plan time left", "残り時間を再配分"),
        |model, _| pacing::replan(model),
    )
    .footer()
    .ready(needs_call),
    verb(
        "call.extend",
        &LIVE,
        &["<F9>", "<A-e>"],
        Text::new("+5 min", "5分延長"),
        |model, effects| {
            let longer = |call: &Call| EventKind::Extended {
                section: call.current(),
                minutes: 5,
            };
            sections::record(model, longer, effects);
            model.say(words::call::extended(model.lang));
        },
    )
    .footer(),
    verb(
        "call.pause",
        &LIVE,
        &["<F12>", "<A-b>"],
        Text::new("Pause", "一時停止／再開"),
        |model, effects| sections::record(model, pause, effects),
    )
    .footer(),
    verb(
        "call.previous",
        &LIVE,
        &["<F7>", "<A-p>"],
        Text::new("Previous", "前へ"),
        sections::previous,
    ),
    marking(
        "call.mark-decision",
        &["<A-d>"],
        Text::new("Mark as decision", "決定の印"),
        |m, _| mark(m, Mark::Decision),
    ),
    marking(
        "call.mark-feedback",
        &["<A-f>"],
        Text::new("Mark as product feedback", "要望の印"),
        |m, _| mark(m, Mark::Feedback),
    ),
    marking(
        "call.mark-question",
        &["<A-u>"],
        Text::new("Mark as question", "質問の印"),
        |m, _| mark(m, Mark::Question),
    ),
    marking(
        "call.mark-private",
        &["<A-x>"],
        Text::new(
            "Mark as private (never shared)",
            "非公開の印（外部に出ません）",
        ),
        |m, _| mark(m, Mark::Private),
    ),
    verb(
        "call.filter-marks",
        &LIVE,
        &["<A-v>"],
        Text::new("Filter by mark", "印で絞り込み"),
        |model, _| listening::next_mark(model),
    ),
    verb(
        "call.mute-warning",
        &LIVE,
        &["<A-w>"],
        Text::new("Not a warning", "警告ではない"),
        listening::mute_warning,
    ),
    verb(
        "call.prompts",
        &LIVE,
        &["<A-h>"],
        Text::new("Show / hide prompts", "声かけの表示／非表示"),
        |model, _| {
            if let Some(call) = &mut model.call.open {
                call.quiet = !call.quiet;
            }
        },
    ),
    verb(
        "call.add-section",
        &LIVE,
        &["<A-s>"],
        Text::new("Add section", "セクションを追加"),
        |model, _| {
            let title = words::call::add_section(model.lang);
            let hint = words::call::section_name(model.lang);
            model.ask(Reply::Section, title, hint, "");
        },
    )
    .place(LATER),
    verb(
        "call.skip-section",
        &LIVE,
        &["<A-c>"],
        Text::new("Skip / restore section", "セクションを外す／戻す"),
        |model, _| sections::offer_cuts(model),
    )
    .ready(needs_call)
    .place(LATER),
    LEAVE_BY.also(&LIVE, &["<A-l>"]).place(LATER),
    verb(
        "call.external-editor",
        &LIVE,
        &["<C-e>"],
        Text::new("External editor", "外部エディタ"),
        edit_outside,
    )
    .place(LATER),
    verb(
        "call.outputs",
        &DONE,
        &["o"],
        Text::new("Send or save…", "送付・保存…"),
        |model, _| outputs::offer(model),
    )
    .footer(),
    verb(
        "agenda.actual-times",
        &AGENDA,
        &["t"],
        Text::new("Use actual times", "実績に合わせる"),
        |model, _| pacing::use_actual_time(model),
    )
    .footer()
    .ready(pacing::needs_past_calls),
    LEAVE_BY.footer(),
    verb(
        "agenda.start-at",
        &AGENDA,
        &["S"],
        Text::new("Agreed start time", "お約束の開始時刻"),
        |model, _| times::ask_start_at(model),
    )
    .footer(),
    AT_HAND.also(&AGENDA, &["i"]),
    verb(
        "call.copy",
        &DONE,
        &["y"],
        Text::new("Copy", "コピー"),
        reading::copy,
    )
    .footer(),
    verb(
        "desk.templates",
        &GLOBAL,
        &["M"],
        Text::new("Templates", "テンプレート"),
        |model, _| templates::offer(model),
    )
    .place(20),
    verb(
        "desk.check-in",
        &GLOBAL,
        &["c"],
        Text::new("Check in", "チェックイン"),
        |model, effects| {
            if let Some(id) = model.subject() {
                model.load_for(id, Reply::Choose, effects);
            }
        },
    )
    .footer_when(|model| !matches!(model.screen, Screen::Brief | Screen::Call))
    .ready(needs_account)
    .place(30),
];

/// A verb that sets a mark on the caret's line.
const fn marking(
    id: &'static str,
    keys: &'static [&'static str],
    words: Text,
    run: fn(&mut Model, &mut Effects),
) -> Verb {
    verb(id, &LIVE, keys, words, run)
}

fn needs_call(model: &Model) -> Result<(), Reason> {
    match model.call.running() {
        Some(_) => Ok(()),
        None => Err(words::call::no_call),
    }
}

fn mark(model: &mut Model, mark: Mark) {
    let at = model.now.at;
    if let Some(editor) = model.call.open.as_mut().and_then(Call::editor) {
        editor.mark(mark, at);
    }
}

fn pause(call: &Call) -> EventKind {
    if call.checkin.state() == State::Paused {
        EventKind::Resumed
    } else {
        EventKind::Paused
    }
}

fn edit_outside(model: &mut Model, effects: &mut Effects) {
    let author = model.author.name.clone();
    let Some(call) = &mut model.call.open else {
        return;
    };
    let account = call.checkin.account.clone();
    if let Some(text) = call.editor().map(|editor| editor.text()) {
        // A call may go on elsewhere before the editor is closed: its text is then a note of its own.
        effects.push(Effect::EditOutside {
            text,
            key: note_key(&account, &author),
            body: serde_json::json!({ "account": account, "text": "", "talk": null }),
        });
    }
}
