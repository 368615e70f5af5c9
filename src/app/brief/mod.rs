//! The brief: one account before a check-in, the most important facts first.

pub mod state;

use chrono::Duration;

use super::kit::scope::Scope;
use super::model::Model;
use super::msg::{Effect, Screen};
use super::overlay::Answer;
use super::verb::{Effects, Face, GLOBAL, LIST, Verb, needs_account, verb};
use super::{call, saving};
use crate::domain::checkin::Kind;
use crate::domain::dossier::Dossier;
use crate::domain::settings::look::Glance;
use crate::ops::{self, Refusal, Subject};
use crate::services::brief;
use crate::words::Text;
use state::{Reading, Reply};

pub const SCOPE: Scope = Scope {
    id: "brief",
    words: Text::new("Brief", "事前準備"),
    place: 50,
};

pub const VERBS: &[Verb] = &[
    verb(
        "brief.start",
        &SCOPE,
        &["<ret>"],
        Text::new("Start", "開始"),
        |model, effects| {
            if let Some(reading) = &model.brief {
                let (id, template) = (reading.account.clone(), reading.template.clone());
                call::start_with(model, id, template, effects);
            }
        },
    )
    .footer(),
    verb(
        "brief.copy",
        &SCOPE,
        &["y"],
        Text::new("Copy", "コピー"),
        |model, effects| {
            let reading = model.brief.as_ref();
            let text = reading.map(|b| brief::markdown(&b.name, &b.blocks, model.lang));
            effects.extend(text.map(Effect::Copy));
        },
    )
    .footer(),
    verb(
        "desk.brief",
        &GLOBAL,
        &["p"],
        Text::new("Brief", "事前準備"),
        |model, effects| {
            if let Some(id) = model.subject() {
                model.load_for(id, Reply::Show, effects);
            }
        },
    )
    .footer_when(|model| !matches!(model.screen, Screen::Brief | Screen::Call))
    .ready(needs_account)
    .place(40),
];

pub const FACE: Face = Face {
    scopes: |_| &[&SCOPE, &LIST, &GLOBAL],
    go: |model, to| {
        let (most, rows) = (model.geometry.most, model.geometry.rows);
        if let Some(reading) = &mut model.brief {
            reading.scroll = to.scrolled(reading.scroll, most, rows);
            reading.seen = reading.seen.max(reading.scroll);
        }
    },
    opens: |_| false,
    // The preparation clock ticks while the brief is on screen.
    wake: |model| {
        let runs = |b: &&Reading| model.now.at - b.opened < CLOCK;
        model
            .brief
            .as_ref()
            .filter(runs)
            .map(|_| model.now.next_second())
    },
    ..Face::BLANK
};

/// How long the preparation clock is shown.
const CLOCK: Duration = Duration::minutes(10);
/// The same account shown again within this time counts as the same preparation.
const ONE: Duration = Duration::minutes(15);

pub fn answer(
    model: &mut Model,
    reply: Reply,
    answer: Answer,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    if let (Reply::Show, Answer::Dossier(dossier)) = (reply, answer) {
        show(model, &dossier, effects);
    }
    Ok(())
}

fn show(model: &mut Model, dossier: &Dossier, effects: &mut Effects) {
    let (template, why) = call::proposal(model, dossier);
    let row = model.book.get(&dossier.account.id);
    let Some(standing) = row.map(|r| r.standing.clone()) else {
        return;
    };
    let looked = looked(model, dossier, standing.health.score, effects);
    let blocks = brief::blocks(
        (dossier, model.freshness),
        &standing,
        (model.config.scoring_context(), &model.config.templates),
        (template, why),
        looked,
        model.lang,
        model.now,
    );
    let kind = model
        .config
        .template(template)
        .map_or(Kind::Health, |x| x.kind);
    let account = dossier.account.id.clone();
    let (now, here) = (model.now.at, model.screen == Screen::Brief);
    let same = |b: &&Reading| b.account == account && (here || now - b.opened < ONE);
    let before = model.brief.as_ref().filter(same);
    let (opened, seen) = before.map_or((now, 0), |b| (b.opened, b.seen));
    model.brief = Some(Reading {
        account,
        name: dossier.account.name.clone(),
        blocks,
        scroll: 0,
        seen,
        kind,
        opened,
        template: template.to_owned(),
    });
    model.goto(Screen::Brief);
}

/// What the reader saw at the previous look. Records the current look.
fn looked(
    model: &mut Model,
    dossier: &Dossier,
    score: Option<u8>,
    effects: &mut Effects,
) -> Option<Glance> {
    let me = &model.author.name;
    let held = dossier.looks.iter().find(|l| l.author == *me);
    let of = Subject::from(&dossier.account);
    let (before, mark) = ops::settings::look(of, held, score, &mut model.by());
    saving::commit(model, mark, effects);
    before
}
