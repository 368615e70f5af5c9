//! General verbs: moving in lists, palette and help, undo, quitting.

use crate::app::call;
use crate::app::kit::list::Move;
use crate::app::model::Model;
use crate::app::msg::{Effect, Screen};
use crate::app::overlay::Overlay;
use crate::app::place::Place;
use crate::app::tables;
use crate::app::verb::{Effects, GLOBAL, LIST, Reason, Verb, needs_store, verb};
use crate::words::{self, Text};

const PALETTE: Verb = verb(
    "desk.palette",
    &GLOBAL,
    &[":", "<C-p>"],
    Text::new("Commands", "コマンド"),
    |model, _| model.going = Some(Place::Palette),
)
.footer()
.place(210);

const HELP: Verb = verb(
    "desk.help",
    &GLOBAL,
    &["?", "<F1>"],
    Text::new("Help", "ヘルプ"),
    |model, _| model.overlays.push(Overlay::Help { scroll: 0 }),
)
.footer()
.place(220);

const REDRAW: Verb = verb(
    "desk.redraw",
    &GLOBAL,
    &["<C-l>"],
    Text::new("Redraw the screen", "画面を描き直す"),
    |_, effects| effects.push(Effect::Redraw),
)
.place(225);

/// In a text the key undoes.
const SUSPEND: Verb = verb(
    "desk.suspend",
    &GLOBAL,
    &["<C-z>"],
    Text::new(
        "Suspend (fg in the shell continues)",
        "一時停止（シェルの fg で再開）",
    ),
    |_, effects| effects.push(Effect::Suspend),
)
.place(245);

pub const VERBS: &[Verb] = &[
    verb(
        "list.down",
        &LIST,
        &["j", "<down>"],
        Text::new("Down", "下へ"),
        |model, _| go(model, Move::Down),
    ),
    verb(
        "list.up",
        &LIST,
        &["k", "<up>"],
        Text::new("Up", "上へ"),
        |model, _| go(model, Move::Up),
    ),
    verb(
        "list.page-down",
        &LIST,
        &["<C-f>", "<pgdn>"],
        Text::new("Page down", "次のページ"),
        |model, _| go(model, Move::PageDown),
    ),
    verb(
        "list.page-up",
        &LIST,
        &["<C-b>", "<pgup>"],
        Text::new("Page up", "前のページ"),
        |model, _| go(model, Move::PageUp),
    ),
    verb(
        "list.top",
        &LIST,
        &["g", "<home>"],
        Text::new("Go to top", "先頭へ"),
        |model, _| go(model, Move::Top),
    ),
    verb(
        "list.bottom",
        &LIST,
        &["G", "<end>"],
        Text::new("Go to bottom", "末尾へ"),
        |model, _| go(model, Move::Bottom),
    ),
    verb(
        "list.open",
        &LIST,
        &["<ret>", "l"],
        Text::new("Open", "開く"),
        |model, effects| (tables::face(model.screen).open)(model, effects),
    )
    .footer_when(|model| (tables::face(model.screen).opens)(model))
    .ready(may_open),
    PALETTE,
    HELP,
    PALETTE.also(&call::LIVE, &["<C-p>"]),
    HELP.also(&call::LIVE, &["<F1>"]),
    REDRAW,
    SUSPEND,
    REDRAW.also(&call::LIVE, &["<C-l>"]),
    verb(
        "desk.undo",
        &GLOBAL,
        &["u"],
        Text::new("Undo", "元に戻す"),
        |_, effects| effects.push(Effect::Undo),
    )
    .ready(needs_store)
    .place(190),
    verb(
        "desk.redo",
        &GLOBAL,
        &["<C-r>"],
        Text::new("Redo", "やり直す"),
        |_, effects| effects.push(Effect::Redo),
    )
    .ready(needs_store)
    .place(200),
    verb(
        "desk.back",
        &GLOBAL,
        &["<esc>"],
        Text::new("Back", "戻る"),
        |model, _| back(model),
    )
    .footer_when(|model| model.screen != Screen::Today)
    .place(230),
    verb(
        "desk.leave",
        &GLOBAL,
        &["q"],
        Text::new("Back (from Today: quit)", "戻る（「今日」では終了）"),
        leave,
    )
    .place(240),
    verb(
        "desk.quit",
        &GLOBAL,
        &["<C-q>"],
        Text::new("Quit", "終了"),
        |_, effects| effects.push(Effect::Quit),
    )
    .place(250),
];

fn go(model: &mut Model, to: Move) {
    (tables::face(model.screen).go)(model, to);
}

/// Until the store is open there may be nothing to open.
fn may_open(model: &Model) -> Result<(), Reason> {
    if model.subject().is_none() && !model.ready && model.book.rows().is_empty() {
        return Err(words::common::still_opening);
    }
    Ok(())
}

/// Goes back, unless the screen has an inner level to leave.
fn back(model: &mut Model) {
    if !(tables::face(model.screen).back)(model) {
        model.step_back();
    }
}

/// Goes back; on the first screen, quits. A running call is not left by accident.
fn leave(model: &mut Model, effects: &mut Effects) {
    if model.screen != Screen::Today {
        return back(model);
    }
    match model.call.running() {
        Some(call) => model.refuse(words::call::call_runs(model.lang, &call.name)),
        None => effects.push(Effect::Quit),
    }
}
