//! Insights: how well the score predicts outcomes.

pub mod state;

use super::kit::scope::Scope;
use super::model::Model;
use super::msg::{Effect as AnyEffect, Screen};
use super::verb::{Effects, Face, GLOBAL, LIST, Verb, verb};
use crate::words::Text;
use state::{Effect, Msg, Progress, State};

pub const SCOPE: Scope = Scope {
    id: "insights",
    words: Text::new("Insights", "効果測定"),
    place: 140,
};

pub const VERBS: &[Verb] = &[
    verb(
        "insights.test",
        &SCOPE,
        &["<ret>"],
        Text::new("Test the score", "スコアを検証"),
        |model, effects| begin(model, false, effects),
    )
    .footer(),
    verb(
        "insights.fit",
        &SCOPE,
        &["f"],
        Text::new("Fit weights", "重みを推定"),
        |model, effects| begin(model, true, effects),
    )
    .footer(),
    verb(
        "desk.insights",
        &GLOBAL,
        &["8"],
        Text::new("Insights", "効果測定"),
        open,
    )
    .place(100),
];

pub const FACE: Face = Face {
    scopes: |_| &[&SCOPE, &LIST, &GLOBAL],
    go: |model, to| {
        let (most, rows) = (model.geometry.most, model.geometry.rows);
        model.insights.scroll = to.scrolled(model.insights.scroll, most, rows);
    },
    // Going back cancels a running test.
    back: |model| model.insights.running.take().is_some(),
    ..Face::BLANK
};

/// Opens the screen. The first time, a test starts by itself.
fn open(model: &mut Model, effects: &mut Effects) {
    model.goto(Screen::Insights);
    let idle = model.insights.report.is_none() && model.insights.running.is_none();
    if idle && model.ready {
        begin(model, false, effects);
    }
}

/// Starts the back-test, with or without fitting the weights.
fn begin(model: &mut Model, fit: bool, effects: &mut Effects) {
    model.insights.running = Some(Progress {
        done: 0,
        total: 0,
        fit,
    });
    effects.push(AnyEffect::Insights(Effect::Backtest { first: true, fit }));
}

pub fn on(model: &mut Model, msg: Msg, effects: &mut Effects) {
    match msg {
        // Requests the next piece, unless the user cancelled meanwhile.
        Msg::Progress { done, total } => {
            if let Some(running) = &mut model.insights.running {
                (running.done, running.total) = (done, total);
                let next = Effect::Backtest {
                    first: false,
                    fit: running.fit,
                };
                effects.push(AnyEffect::Insights(next));
            }
        }
        Msg::Done { report, fitted } => {
            if model.insights.running.take().is_some() {
                model.insights = State {
                    report: Some(report),
                    fitted,
                    ..State::default()
                };
            }
        }
    }
}
