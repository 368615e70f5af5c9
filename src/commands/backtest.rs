//! `kenshin backtest`: tests the health score against outcomes, and fits weights.

use std::ops::ControlFlow;

use clap::{ArgMatches, value_parser};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::arguments::{flag, json as json_argument, option};
use super::asking::Answered;
use super::command::{Command, Run};
use super::session::{Done, Session};
use super::{output, weights};
use crate::domain::failure::Failure;
use crate::runtime::backtest_run;
use crate::runtime::context::Context;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole, Work};
use crate::services::backtest;
use crate::store::Store;
use crate::words::{Lang, words};

words! {
    about: "Test the health score against known outcomes", "ヘルススコアを実際の結果で検証";
    fit_help: "Also fit weights from history and compare them on held-out accounts", "過去の結果から重みを推定し、検証用のアカウントで比較";
    accept_help: "Write the fitted weights to health.toml if they do better; the old file is saved beside it", "推定した重みの方が良ければ health.toml に書き込む（元のファイルも残す）";
    lead_help: "Score accounts this many days before their outcome", "結果の何日前の状態で採点するか";
}

pub const COMMAND: Command = Command {
    path: &["backtest"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .arg(flag("fit", fit_help(lang)))
        .arg(flag("accept", accept_help(lang)).requires("fit"))
        .arg(
            option("lead", lead_help(lang))
                .value_name("DAYS")
                .default_value("1")
                .value_parser(value_parser!(i64).range(1..=365)),
        )
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    let answered = session.ask(Request {
        fit: m.get_flag("fit"),
        lead: m.get_one::<i64>("lead").copied().unwrap_or(1),
    })?;
    let Answered::Answer(answer) = answered else {
        return Ok(0);
    };
    let code = output::print_answer(&answer);
    // The configuration belongs to the user, so this process writes it, whoever holds the store.
    if code == 0 && m.get_flag("accept") {
        weights::accept(session, &answer.fit)?;
    }
    Ok(code)
}

#[derive(Serialize, Deserialize)]
struct Request {
    fit: bool,
    /// Days before the outcome for which accounts are scored.
    lead: i64,
}

impl Ask for Request {
    const ASK: &'static str = "backtest";
    const LONG: bool = true;

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        Ok(Said::Work(Box::new(Test {
            run: Some(backtest_run::Run::begin(
                store,
                context.scoring(),
                self.lead,
            )?),
            fit: self.fit,
        })))
    }
}

/// A running back-test.
struct Test {
    /// `None` once it is finished.
    run: Option<backtest_run::Run>,
    fit: bool,
}

impl Work for Test {
    fn step(
        &mut self,
        store: &mut Store,
        context: &Context,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<ControlFlow<Whole>, Failure> {
        let Some(run) = &mut self.run else {
            return Ok(ControlFlow::Break(Whole::default()));
        };
        let (done, total) = run.step(store, context.scoring(), backtest_run::PIECE)?;
        progress(done, total);
        Ok(match self.run.take_if(|_| done == total) {
            Some(run) => ControlFlow::Break(finished(run, self.fit, context.lang)),
            None => ControlFlow::Continue(()),
        })
    }
}

fn finished(run: backtest_run::Run, with_fit: bool, lang: Lang) -> Whole {
    let (report, fitted) = run.finish(with_fit);
    let mut text = backtest::words::report(&report, lang);
    let mut json = json!(report);
    let fit = fitted.as_ref().map_or(Value::Null, |f| json!(f));
    if with_fit {
        text.push('\n');
        text.push_str(&backtest::words::fit(fitted.as_ref(), lang));
        json["fit"] = fit.clone();
    }
    Whole {
        fit,
        ..Whole::new(json, text)
    }
}
