//! `kenshin store stats`: the contents and size of the store, and the time of its first use.

use std::ops::ControlFlow;

use chrono::{DateTime, Utc};
use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::app::kit::wrap;
use crate::commands::arguments::json as json_argument;
use crate::commands::command::{Command, Run};
use crate::commands::session::{Done, Session};
use crate::domain::failure::Failure;
use crate::runtime::context::Context;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole, Work};
use crate::store::stats::{Counting, PARTS, Stats};
use crate::store::{Frozen, Store};
use crate::words::{Lang, Text, words};

words! {
    about: "Show the contents and size of the store", "データストアの内容と容量を表示";
    records: "Records", "レコード";
    files: "Files", "ファイル";
    since(moment): "In use since {moment}", "利用開始: {moment}";
    operations(operations, undoable, free): "{operations} operation{operations:#}, {undoable} can be undone; {free} free on disk", "操作 {operations} 件（うち {undoable} 件は元に戻せます）、ディスクの空き {free}";
}

pub const COMMAND: Command = Command {
    path: &["store", "stats"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command.arg(json_argument(lang))
}

fn run(session: &mut Session, _: &ArgMatches) -> Done {
    session.answer(Request {})
}

#[derive(Serialize, Deserialize)]
struct Request {}

impl Ask for Request {
    const ASK: &'static str = "store-stats";
    const LONG: bool = true;

    fn answer(self, store: &mut Store, _: &mut Context) -> Result<Said, Failure> {
        let (frozen, counting) = store.begin_stats();
        Ok(Said::Work(Box::new(Stating {
            frozen,
            counting: Some(counting),
        })))
    }
}

/// A running count.
struct Stating {
    frozen: Frozen,
    /// `None` once it is finished.
    counting: Option<Counting>,
}

impl Work for Stating {
    fn step(
        &mut self,
        store: &mut Store,
        context: &Context,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<ControlFlow<Whole>, Failure> {
        let Some(mut counting) = self.counting.take() else {
            return Ok(ControlFlow::Break(Whole::default()));
        };
        if store.read_at(&self.frozen, |store| counting.step(store))? {
            progress(counting.done, self.frozen.records() as usize);
            self.counting = Some(counting);
            return Ok(ControlFlow::Continue(()));
        }
        let finish = |store: &Store| Ok((counting.finish(store)?, store.first_use()?));
        let (stats, first_use) = store.read_at(&self.frozen, finish)?;
        Ok(ControlFlow::Break(stated(&stats, first_use, context)))
    }
}

fn stated(stats: &Stats, first_use: Option<DateTime<Utc>>, context: &Context) -> Whole {
    let mut json = value(stats);
    json["first_use"] = json!(first_use);
    let mut words = text(stats, context.lang);
    if let Some(at) = first_use {
        let at = context.now.zone.local(at).format("%Y-%m-%d %H:%M");
        words.push('\n');
        words.push_str(&since(context.lang, at));
    }
    Whole::new(json, words)
}

fn value(stats: &Stats) -> Value {
    let kinds = stats.records.iter();
    let kinds: Map<String, Value> = kinds
        .map(|(name, p)| {
            let pile = json!({ "records": p.records, "bytes": p.bytes });
            ((*name).to_owned(), pile)
        })
        .collect();
    let parts: Map<String, Value> = PARTS
        .iter()
        .zip(stats.parts)
        .map(|(k, p)| ((*k).to_owned(), json!({ "files": p.0, "bytes": p.1 })))
        .collect();
    json!({ "records": kinds, "operations": stats.operations, "in_reach": stats.in_reach, "parts": parts, "free": stats.free })
}

fn text(stats: &Stats, lang: Lang) -> String {
    let line = |name: &str, count: u64, bytes: u64| {
        let gap = " ".repeat(24_usize.saturating_sub(wrap::width(name)));
        format!("  {name}{gap}{count:>10}  {:>9}", size(bytes))
    };
    let mut lines = vec![records(lang).to_owned()];
    for (name, pile) in stats.records.iter().filter(|(_, p)| p.records > 0) {
        lines.push(line(named(lang, name), pile.records, pile.bytes));
    }
    lines.push(files(lang).to_owned());
    for (name, (files, bytes)) in PARTS.iter().zip(stats.parts).filter(|(_, p)| p.0 > 0) {
        lines.push(line(name, files, bytes));
    }
    let free = size(stats.free);
    lines.push(operations(lang, stats.operations, stats.in_reach, free));
    lines.join("\n")
}

/// Formats a size in bytes.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

/// The translated name of a group of records.
fn named(lang: Lang, name: &str) -> &str {
    let (en, ja) = match name {
        "accounts" => ("accounts", "アカウント"),
        "contacts" => ("people", "お客様担当者"),
        "subscriptions" => ("subscriptions", "契約"),
        "tickets" => ("tickets", "チケット"),
        "surveys" => ("surveys", "アンケート"),
        "touches" => ("logged contacts", "連絡"),
        "outcomes" => ("outcomes", "結果"),
        "notes" => ("notes", "メモ"),
        "open-actions" => ("open actions", "未完了のアクション"),
        "closed-actions" => ("completed actions", "完了したアクション"),
        "open-checkins" => ("check-ins in progress", "進行中のチェックイン"),
        "closed-checkins" => ("finished check-ins", "完了したチェックイン"),
        "agreed-meetings" => ("agreed meetings", "合意した面談"),
        "past-meetings" => ("past meetings", "過去の面談"),
        "views" => ("views", "ビュー"),
        "absences" => ("absences", "不在"),
        "usage" => ("usage", "利用状況"),
        "history" => ("score history", "スコアの履歴"),
        "log" => ("history", "変更履歴"),
        "other" => ("other", "その他"),
        other => return other,
    };
    Text::new(en, ja).of(lang)
}
