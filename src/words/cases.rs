//! The words of rescues: steps, clocks and endings.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::{Lang, labels, words};
use crate::domain::risk::case::{Case, Step};
use crate::domain::risk::clock::Hours;
use crate::domain::when::Now;

words! {
    title(name): "Rescue of {name}", "{name}のリスク対応";
    goes_on: "A rescue of this account goes on", "このアカウントのリスク対応は進行中です";
    none: "No rescue of this account goes on", "進行中のリスク対応はありません";
    taken(at): "Done already, {at}", "{at} に完了済みです";
    open_one: "Open a case: the clock starts", "対応を開始（期限の計測を始める）";
    opened(at, by): "opened {at} by {by}", "{at} 開始（{by}）";
    done_at(step, at, by): "{step} {at} {by}", "{step} {at} {by}";
    due(step, at): "{step} due {at}", "{step} 期限 {at}";
    late(step, at): "{step} was due {at}", "{step} 期限超過（{at}）";
    no_due(step): "{step}: no day of work comes within a year", "{step}: 1年以内に稼働日がありません";
    lost(days): "{days} days from the earliest warning to the first act", "最初の警告から着手まで{days}日";
    lost_so_far(days): "{days} days since the earliest warning", "最初の警告から{days}日経過";
    heading: "Rescue", "リスク対応";
    gate: "its rescue goes on", "リスク対応中";
    take(step): "Done: {step}", "完了: {step}";
    end(ending): "End it: {ending}", "終了: {ending}";
    all_done: "all first steps done", "初動はすべて完了";
    ended_said(name, ending): "{name}: rescue ended, {ending}", "{name}: 対応終了（{ending}）";
    opened_said(name): "{name}: rescue opened", "{name}: 対応を開始しました";
    taken_said(name, step): "{name}: {step}", "{name}: {step}";
}

labels! {
    words for crate::domain::risk::case::Step {
        Reviewed: "history reviewed", "履歴の確認";
        Called: "customer called", "お客様への電話";
        Team: "team named", "対応チーム";
        Plan: "plan made", "計画の作成";
    }
}

labels! {
    words for crate::domain::risk::case::Ending {
        Saved: "saved", "維持できた";
        Stopped: "stopped", "対応を中止";
        Accepted: "loss accepted", "解約を容認";
        Mistaken: "no case after all", "対応不要だった";
    }
}

fn moment(lang: Lang, at: DateTime<Utc>, now: Now) -> String {
    let local: NaiveDateTime = now.zone.local(at);
    let day = super::dates::day(lang, local.date(), now.today());
    format!("{day} {}", local.format("%H:%M"))
}

/// A step with the moment by which it is or was due; late ones say so.
pub fn step(lang: Lang, case: &Case, step: Step, hours: &Hours, now: Now) -> (String, bool) {
    let name = step.words(lang);
    let Some(at) = hours.after(case.opened, step.within()) else {
        return (no_due(lang, name), false);
    };
    let is_late = at < now.at;
    let said = moment(lang, at, now);
    match is_late {
        true => (late(lang, name, said), true),
        false => (due(lang, name, said), false),
    }
}

/// The next step of a case on a line, and whether it is late.
pub fn next(lang: Lang, case: &Case, hours: &Hours, now: Now) -> (String, bool) {
    match case.next() {
        Some(next) => step(lang, case, next, hours, now),
        None => (all_done(lang).to_owned(), false),
    }
}

/// Everything of a case, a line each.
pub fn lines(lang: Lang, case: &Case, hours: &Hours, now: Now) -> Vec<String> {
    let mut out = vec![opened(lang, moment(lang, case.opened, now), &case.by)];
    if !case.why.is_empty() {
        out.push(case.why.clone());
    }
    for one in Step::ALL {
        out.push(match case.done(*one) {
            Some(done) => {
                let at = moment(lang, done.at, now);
                done_at(lang, one.words(lang), at, &done.by)
            }
            None => step(lang, case, *one, hours, now).0,
        });
    }
    let acted = !case.done.is_empty();
    out.extend(
        case.days_lost(now.zone, now.today())
            .map(|days| match acted {
                true => lost(lang, days),
                false => lost_so_far(lang, days),
            }),
    );
    out
}
