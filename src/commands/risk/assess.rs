//! `kenshin risk assess`: keeps what a person says of the risk of an account.

use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::parsed;
use crate::commands::arguments::{
    account, flag, given, json as json_argument, one_of, option, or_empty,
};
use crate::commands::command::{Command, Run};
use crate::commands::session::{Done, Session};
use crate::domain::closed::Closed;
use crate::domain::facts::outcome::Cause;
use crate::domain::failure::Failure;
use crate::domain::risk::assessment::{Assessment, Voice, Why};
use crate::domain::risk::{Chance, Lane, Level};
use crate::ops::risk::{Typed, assess};
use crate::runtime::context::Context;
use crate::runtime::find_account;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::store::Store;
use crate::words::{Lang, risk as told, words};

words! {
    about: "Keep what a person says of the risk of an account", "アカウントのリスクについての判断を記録";
    voice_help: "Whose word it is", "誰の判断か";
    likelihood_help: "How likely the customer leaves", "解約の可能性";
    chance_help: "How likely it can be kept", "維持の見込み";
    cause_help: "The cause", "原因";
    rival_help: "The rival", "競合";
    value_help: "What is at stake", "影響する金額の大きさ";
    lane_help: "Move it to this lane", "移動先のレーン";
    why_help: "Why it moves", "移動の理由";
    words_help: "In their words", "補足の言葉";
    said_by_help: "Who said it, where that is not you", "話した人（自分以外のとき）";
    on_help: "The day on which it was said (today without it)", "話した日（省略すると今日）";
    over_help: "No longer at risk: what this voice said counts no more", "リスクの判断を解除";
}

pub const COMMAND: Command = Command {
    path: &["risk", "assess"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn keys<T: Closed>() -> impl Iterator<Item = &'static str> {
    T::ALL.iter().map(|value| value.key())
}

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .arg(account(lang))
        .arg(one_of(
            option("by", voice_help(lang)).value_name("VOICE"),
            keys::<Voice>(),
        ))
        .arg(one_of(
            option("likelihood", likelihood_help(lang)).value_name("LEVEL"),
            keys::<Level>(),
        ))
        .arg(one_of(
            option("chance", chance_help(lang)).value_name("CHANCE"),
            keys::<Chance>(),
        ))
        .arg(one_of(
            option("cause", cause_help(lang)).value_name("CAUSE"),
            keys::<Cause>(),
        ))
        .arg(option("rival", rival_help(lang)).value_name("NAME"))
        .arg(one_of(
            option("value", value_help(lang)).value_name("LEVEL"),
            keys::<Level>(),
        ))
        .arg(one_of(
            option("lane", lane_help(lang)).value_name("LANE"),
            keys::<Lane>(),
        ))
        .arg(one_of(
            option("why", why_help(lang)).value_name("WHY"),
            keys::<Why>(),
        ))
        .arg(option("words", words_help(lang)).value_name("TEXT"))
        .arg(option("said-by", said_by_help(lang)).value_name("NAME"))
        .arg(option("on", on_help(lang)).value_name("DATE"))
        .arg(flag("over", over_help(lang)))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        account: or_empty(m, "account"),
        by: given(m, "by"),
        likelihood: given(m, "likelihood"),
        chance: given(m, "chance"),
        cause: given(m, "cause"),
        rival: or_empty(m, "rival"),
        value: given(m, "value"),
        lane: given(m, "lane"),
        why: given(m, "why"),
        words: or_empty(m, "words"),
        said_by: or_empty(m, "said-by"),
        on: or_empty(m, "on"),
        over: m.get_flag("over"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    account: String,
    by: Option<String>,
    likelihood: Option<String>,
    chance: Option<String>,
    cause: Option<String>,
    rival: String,
    value: Option<String>,
    lane: Option<String>,
    why: Option<String>,
    words: String,
    said_by: String,
    on: String,
    over: bool,
}

impl Ask for Request {
    const ASK: &'static str = "risk-assess";

    fn writes(&self) -> bool {
        true
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let lang: Lang = context.lang;
        let account = find_account::one(store, context.held, &self.account)?;
        let given = Typed {
            voice: parsed(&self.by, lang)?.unwrap_or(Voice::Csm),
            said_by: &self.said_by,
            on: &self.on,
            at_risk: !self.over,
            likelihood: parsed(&self.likelihood, lang)?,
            chance: parsed(&self.chance, lang)?,
            cause: parsed(&self.cause, lang)?,
            rival: &self.rival,
            value: parsed(&self.value, lang)?,
            lane: parsed(&self.lane, lang)?,
            why: parsed(&self.why, lang)?,
            words: &self.words,
        };
        let op = assess(&account, given, &mut context.by());
        let op = op.map_err(|refusal| context.refusal(&refusal))?;
        store.commit(&op)?;
        let kept = op.changes[0].after_as::<Assessment>();
        let words = match self.over {
            true => told::off_board(lang, &account.name),
            false => told::recorded(lang, &account.name),
        };
        let json = json!({ "account": account.id, "assessment": kept });
        Ok(Whole::new(json, words).with_operation(Some(op)).into())
    }
}
