//! `kenshin risk`: the accounts at risk, by lane of effort.

pub mod assess;
pub mod case;

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::app::kit::wrap;
use crate::commands::arguments::{given, json as json_argument, one_of, option};
use crate::commands::command::{Command, Run};
use crate::commands::session::{Done, Session};
use crate::domain::failure::Failure;
use crate::domain::risk::board::{Board, Card};
use crate::domain::risk::{Lane, Level, Word};
use crate::runtime::context::Context;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::store::Store;
use crate::words::{self, Lang, risk as told, words};

words! {
    about: "List the accounts at risk by lane of effort", "リスクのある顧客を対応レーン別に一覧表示";
    lane_help: "Only this lane: 1 to 4, watch or exit", "このレーンのみ: 1〜4・watch・exit";
}

pub const COMMAND: Command = Command {
    path: &["risk"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    let lanes = Lane::ALL.iter().map(|lane| lane.key());
    let lane = option("lane", lane_help(lang)).value_name("LANE");
    command.arg(one_of(lane, lanes)).arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        lane: given(m, "lane"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    lane: Option<String>,
}

impl Ask for Request {
    const ASK: &'static str = "risk";

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let (lang, today) = (context.lang, context.now.today());
        let rows = context.rows(store)?;
        let board = Board::of(&rows, &context.config.risk, today);
        let only = self.lane.as_deref().and_then(Lane::parse);
        let shown = |lane: &Lane| only.is_none_or(|only| only == *lane);
        let mut lines = Vec::new();
        for lane in Lane::ALL.iter().copied().filter(shown) {
            let cards = &board.lanes[lane.index()];
            if cards.is_empty() {
                continue;
            }
            let total = board.total(lane).short();
            let name = told::lane(lang, lane.words(lang));
            lines.push(
                format!("{name}  {}  {total}", cards.len())
                    .trim_end()
                    .to_owned(),
            );
            lines.extend(cards.iter().map(|card| line(lang, card, today)));
        }
        if lines.is_empty() {
            lines.push(told::none(lang).to_owned());
        }
        let cards = board.cards().filter(|card| shown(&card.lane));
        let json: Value = cards.map(value).collect();
        Ok(Whole::new(json, lines.join("\n")).into())
    }
}

fn line(lang: Lang, card: &Card, today: chrono::NaiveDate) -> String {
    const NAME: usize = 28;
    let s = &card.row.standing;
    let name = wrap::fit(&card.row.account.name, NAME);
    let pad = " ".repeat(NAME - wrap::width(&name));
    let risk = s.risk.as_deref();
    let cause = risk.and_then(|risk| risk.cause()).map(|c| c.words(lang));
    let chance = risk.and_then(|risk| risk.chance());
    let parts = [
        Some(format!("{:>3}", risk.map_or(0, |risk| risk.points))),
        Some(told::value_of(lang, card.value.words(lang))),
        chance.map(|c| told::chance_of(lang, c.words(lang))),
        cause.map(|c| told::cause_of(lang, c)),
        Some(told::deadline(lang, s, today)),
        Some(s.value.short()).filter(|value| !value.is_empty()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("  {name}{pad}  {}", parts.join(" · "))
}

fn value(card: &Card) -> Value {
    let s = &card.row.standing;
    let Some(risk) = s.risk.as_deref() else {
        return Value::Null;
    };
    let said =
        |word: &Option<Word>| -> Option<Level> { word.as_ref().and_then(|word| word.likelihood) };
    json!({
        "id": card.row.account.id, "name": card.row.account.name, "value": s.value.iter().collect::<Vec<_>>(), "value_level": card.value,
        "likelihood": { "proposed": risk.likelihood, "points": risk.points, "csm": said(&risk.csm), "manager": said(&risk.manager) },
        "save_chance": risk.chance(), "cause": risk.cause(), "lane": card.lane, "plan": Value::Null, "earliest_signal": risk.since,
        "evidence": risk.evidence.iter().map(|(evidence, points)| json!({ "evidence": evidence, "points": points })).collect::<Vec<_>>(),
        "why": risk.gates, "case": risk.case, "words": { "csm": risk.csm, "manager": risk.manager }, "renewal": s.renewal, "decide_by": s.decide_by,
    })
}

/// Refuses an unknown key of a list.
fn parsed<T: crate::domain::closed::Closed>(
    text: &Option<String>,
    lang: Lang,
) -> Result<Option<T>, Failure> {
    match text.as_deref() {
        None => Ok(None),
        Some(text) => T::parse(text).map(Some).ok_or_else(|| Failure::Usage {
            reason: words::problems::wrong_one_of(
                lang,
                T::ALL
                    .iter()
                    .map(|v| v.key())
                    .collect::<Vec<_>>()
                    .join(", "),
            ),
        }),
    }
}
