//! `kenshin accounts`: accounts of a band or matching a filter, riskiest first.

use std::ffi::OsStr;
use std::sync::Arc;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgMatches};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::arguments::{given, json as json_argument, option};
use super::command::{Command, Run};
use super::session::{Done, Session};
use crate::app::kit::wrap;
use crate::domain::failure::Failure;
use crate::domain::filter::{self, Answers, Asking, Query};
use crate::domain::health::Band;
use crate::domain::search::{Haystack, Search};
use crate::domain::standing::Row;
use crate::runtime::context::Context;
use crate::runtime::listing::{List, Listing};
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::Said;
use crate::store::Store;
use crate::store::index::Index;
use crate::words::{self, Lang, words};

words! {
    about: "List accounts by risk", "アカウントをリスク順に一覧表示";
    band_help: "Only this health band: at-risk, caution, healthy or unknown", "この区分のみ: 危険・注意・健全・不明";
    no_match: "No accounts match", "該当するアカウントはありません";
    query_help: "Search words and filters, as in the portfolio", "検索する語と絞り込み（ポートフォリオと同じ）";
}

pub const COMMAND: Command = Command {
    path: &["accounts"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    let band = option("band", band_help(lang)).value_parser(BandParser(lang));
    command
        .arg(band.value_name("BAND"))
        .arg(
            option("query", query_help(lang))
                .value_name("Q")
                .allow_hyphen_values(true),
        )
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        band: given(m, "band"),
        query: given(m, "query"),
    })
}

/// The names of the bands that are offered; the filter reads more.
fn band_names(lang: Lang) -> [&'static str; 4] {
    match lang {
        Lang::En => ["at-risk", "caution", "healthy", "unknown"],
        Lang::Ja => ["危険", "注意", "健全", "不明"],
    }
}

/// Reads what the filter reads behind `band:`.
#[derive(Clone)]
struct BandParser(Lang);

impl TypedValueParser for BandParser {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        match value.to_str().filter(|typed| filter::band(typed).is_some()) {
            Some(typed) => Ok(typed.to_owned()),
            // It is none of these, and the mistake is told with all of them.
            None => PossibleValuesParser::new(band_names(self.0)).parse_ref(command, arg, value),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let names = band_names(self.0).into_iter();
        Some(Box::new(names.map(PossibleValue::new)))
    }
}

#[derive(Serialize, Deserialize)]
struct Request {
    band: Option<String>,
    query: Option<String>,
}

impl Ask for Request {
    const ASK: &'static str = "accounts";
    const AT_ONCE: bool = true;

    fn at_once(&self, index: &Index, context: &Context) -> Option<Said> {
        let band = match self.band.as_deref() {
            Some(word) => Some(filter::band(word)?),
            None => None,
        };
        let query = Query::parse(self.query.as_deref().unwrap_or_default());
        if !query.unknown.is_empty() || query.wants_archived() {
            return None;
        }
        let search = (!query.words.is_empty()).then(|| Search::new(&query.words));
        let (rows, is_any) = index.found(band, search.as_ref())?;
        if !query.beyond(rows.iter().map(|r| &**r)).is_empty() {
            return None;
        }
        let nothing = nothing(!is_any, context.lang);
        Some(list(
            rows,
            band,
            query,
            Answers::default(),
            nothing,
            context,
        ))
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let lang = context.lang;
        let band = self
            .band
            .as_deref()
            .map(|b| {
                filter::band(b).ok_or_else(|| Failure::Usage {
                    reason: words::problems::wrong_one_of(lang, band_names(lang).join(", ")),
                })
            })
            .transpose()?;
        let query = Query::parse(self.query.as_deref().unwrap_or_default());
        if let Some(word) = query.unknown.first() {
            return Err(Failure::Usage {
                reason: words::filter::refusal(lang, word),
            });
        }
        let rows = if query.wants_archived() {
            context.rows_with_archived(store)?
        } else {
            context.rows(store)?
        };
        let answers = store.holding(&query.beyond(rows.iter().map(|r| &**r)), context.now)?;
        let nothing = nothing(rows.is_empty(), lang);
        Ok(list(rows, band, query, answers, nothing, context))
    }
}

/// What is said of an empty list.
fn nothing(no_accounts: bool, lang: Lang) -> &'static str {
    if no_accounts {
        words::portfolio::no_accounts(lang)
    } else {
        no_match(lang)
    }
}

/// The rows of a band for which a query holds.
fn list(
    rows: Vec<Arc<Row>>,
    band: Option<Band>,
    query: Query,
    answers: Answers,
    nothing: &str,
    context: &Context,
) -> Said {
    let (lang, today) = (context.lang, context.now.today());
    let make = move |out: &mut Listing| {
        let search = Search::new(&query.words);
        let found = |r: &Arc<Row>| {
            band.is_none_or(|b| r.standing.health.band == b && r.standing.churned.is_none())
                && query.holds(Asking {
                    row: r,
                    haystack: None,
                    today,
                    answers: &answers,
                })
                && (query.words.is_empty() || search.rank(&Haystack::of(&r.account)).is_some())
        };
        let (rows, others): (Vec<Arc<Row>>, Vec<Arc<Row>>) = rows.into_iter().partition(found);
        let_go(others);
        let name_width = rows
            .iter()
            .map(|r| wrap::width(&r.account.name))
            .max()
            .unwrap_or(4)
            .min(40);
        let said = rows.iter().try_for_each(|r| {
            out.line(&|| account_line(lang, r, name_width))?;
            out.value(&|| account_value(r))
        });
        let_go(rows);
        said
    };
    Said::List(List::new(context.form, nothing, make))
}

/// Frees rows while the command goes on or ends: of ten thousand accounts it takes as long as a query.
fn let_go(rows: Vec<Arc<Row>>) {
    const WORTH: usize = 1_000;
    if rows.len() > WORTH {
        // Where no thread can start, they are freed here.
        let _ = std::thread::Builder::new().spawn(move || drop(rows));
    }
}

fn account_line(lang: Lang, r: &Row, name_width: usize) -> String {
    let s = &r.standing;
    let name = wrap::fit(&r.account.name, name_width);
    let pad = " ".repeat(name_width - wrap::width(&name));
    let score = s
        .health
        .score
        .map_or_else(|| " --".into(), |n| format!("{n:>3}"));
    let renewal = s.renewal.map(|d| d.to_string()).unwrap_or_default();
    let band = s.health.band.words(lang);
    let line = format!(
        "{score} {band}{}  {name}{pad}  {:>10}  {renewal}",
        " ".repeat(9_usize.saturating_sub(wrap::width(band))),
        s.arr.map(|m| m.short()).unwrap_or_default()
    );
    line.trim_end().to_owned()
}

fn account_value(r: &Row) -> Value {
    let s = &r.standing;
    json!({
        "id": r.account.id, "name": r.account.name, "tier": s.tier, "stage": s.stage, "band": s.health.band, "score": s.health.score, "coverage": s.health.coverage,
        "arr": s.arr, "value": s.value.iter().collect::<Vec<_>>(), "renewal": s.renewal, "decide_by": s.decide_by, "renewal_step": s.step, "owner": (!r.account.owner.is_empty()).then_some(&r.account.owner), "trend": s.trend, "usage_change": s.usage_change,
        "last_touch": s.last_touch, "open_actions": s.open_actions, "open_tickets": s.open_tickets, "escalated": r.account.escalated || s.escalated_tickets > 0, "archived": r.account.archived, "churned": s.churned.map(|l| l.day().map_or_else(|| "unknown".to_owned(), |d| d.to_string())),
    })
}
