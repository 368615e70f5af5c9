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
use crate::domain::records::Kind;
use crate::runtime::context::Context;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole, Work};
use crate::store::stats::{Counting, Group, PARTS, Stats};
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
        .map(|(group, p)| {
            let pile = json!({ "records": p.records, "bytes": p.bytes });
            (group.name().to_owned(), pile)
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
    for (group, pile) in stats.records.iter().filter(|(_, p)| p.records > 0) {
        lines.push(line(named(*group).of(lang), pile.records, pile.bytes));
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

/// The name of a group of records.
fn named(group: Group) -> Text {
    match group {
        Group::Records { kind, closed } => of_kind(kind, closed),
        Group::Usage => Text::new("accounts with usage", "利用状況（アカウント）"),
        Group::History => Text::new("accounts with scores", "スコア（アカウント）"),
        Group::Observations => Text::new("blocks of days noted", "日々の記録（ブロック）"),
        Group::Log => Text::new("changes in history", "変更履歴"),
        Group::Other => Text::new("internal entries", "内部データ"),
    }
}

fn of_kind(kind: Kind, closed: bool) -> Text {
    match kind {
        Kind::Account => Text::new("accounts", "アカウント"),
        Kind::Contact => Text::new("people", "お客様担当者"),
        Kind::Subscription => Text::new("subscriptions", "契約"),
        Kind::Ticket => Text::new("tickets", "チケット"),
        Kind::Survey => Text::new("surveys", "アンケート"),
        Kind::Touch => Text::new("logged contacts", "連絡"),
        Kind::Outcome => Text::new("outcomes", "結果"),
        Kind::Assessment => Text::new("risk assessments", "リスクの判断"),
        Kind::Case => Text::new("rescue cases", "リスク対応案件"),
        Kind::RenewalStep => Text::new("renewal steps", "更新の経過"),
        Kind::Deal => Text::new("deals", "商談"),
        Kind::Note => Text::new("notes", "メモ"),
        Kind::Action if closed => Text::new("completed actions", "完了したアクション"),
        Kind::Action => Text::new("open actions", "未完了のアクション"),
        Kind::Checkin if closed => Text::new("finished check-ins", "完了したチェックイン"),
        Kind::Checkin => Text::new("check-ins in progress", "進行中のチェックイン"),
        Kind::Touchpoint if closed => Text::new("past meetings", "過去の面談"),
        Kind::Touchpoint => Text::new("agreed meetings", "合意した面談"),
        Kind::Aside => Text::new("snoozed accounts", "後回しにしたアカウント"),
        Kind::Imported => Text::new("fields as imported", "取り込み時の値"),
        Kind::Look => Text::new("briefs read", "事前準備の閲覧"),
        Kind::Published => Text::new("exported meetings", "書き出した面談"),
        Kind::View => Text::new("views", "ビュー"),
        Kind::Absence => Text::new("absences", "不在"),
        Kind::Dismissal => Text::new("dismissed phrases", "警告から除外した語句"),
        Kind::FirstUse => Text::new("first use", "利用開始日"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_group_is_shown_by_its_name_in_json() {
        let kinds = Kind::ALL.iter().flat_map(|kind| {
            let groups = 0..kind.key_groups().len();
            groups.map(|place| Group::Records {
                kind: *kind,
                closed: place > 0,
            })
        });
        let beside = [Group::Usage, Group::History, Group::Log, Group::Other];
        for group in kinds.chain(beside) {
            let (en, ja) = (named(group).of(Lang::En), named(group).of(Lang::Ja));
            assert!(!en.contains('-') || en.contains("check-in"), "{en}");
            assert!(!ja.is_ascii(), "{ja}");
            assert!(wrap::width(ja) < 24 && wrap::width(en) < 24, "{en} {ja}");
        }
    }
}
