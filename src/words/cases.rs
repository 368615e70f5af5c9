//! The words of rescues: steps, clocks and endings.

use chrono::{NaiveDate, NaiveDateTime};

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
    due(at): "due {at}", "期限 {at}";
    late(at): "was due {at}", "期限超過（{at}）";
    within(hours): "within {hours} h of work", "稼働{hours}時間以内";
    no_due: "no day of work comes within a year", "1年以内に稼働日がありません";
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
        Reviewed: "history read", "履歴確認";
        Called: "call", "電話";
        Team: "team", "チーム";
        Plan: "plan", "計画";
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

/// A moment: of today only its time.
fn moment(lang: Lang, local: NaiveDateTime, today: NaiveDate) -> String {
    let time = local.format("%H:%M");
    match local.date() == today {
        true => time.to_string(),
        false => format!("{} {time}", super::dates::day(lang, local.date(), today)),
    }
}

/// A moment by which a step is or was due.
fn due_words(lang: Lang, at: Option<NaiveDateTime>, is_late: bool, today: NaiveDate) -> String {
    match at.map(|at| moment(lang, at, today)) {
        None => no_due(lang).to_owned(),
        Some(at) if is_late => late(lang, at),
        Some(at) => due(lang, at),
    }
}

/// A step with the moment by which it is or was due.
pub fn step_due(
    lang: Lang,
    step: Step,
    at: Option<NaiveDateTime>,
    is_late: bool,
    today: NaiveDate,
) -> String {
    let due = due_words(lang, at, is_late, today);
    format!("{} {due}", step.words(lang))
}

/// When a step is or was due, and whether that is over.
pub fn due_of(lang: Lang, case: &Case, step: Step, hours: &Hours, now: Now) -> (String, bool) {
    let at = hours.after(case.opened, step.within());
    let is_late = at.is_some_and(|at| at < now.at);
    let local = at.map(|at| now.zone.local(at));
    (due_words(lang, local, is_late, now.today()), is_late)
}

/// The next step of a case on a line, and whether it is late.
pub fn next(lang: Lang, case: &Case, hours: &Hours, now: Now) -> (String, bool) {
    let Some(step) = case.next() else {
        return (all_done(lang).to_owned(), false);
    };
    let (due, is_late) = due_of(lang, case, step, hours, now);
    (format!("{} {due}", step.words(lang)), is_late)
}

/// Everything of a case, a line each, with the moments by which its steps are due.
pub fn lines(lang: Lang, case: &Case, hours: &Hours, now: Now) -> Vec<String> {
    let due = |step: Step| due_of(lang, case, step, hours, now).0;
    lines_with(lang, case, &due, now)
}

/// As [`lines`], where nobody knows the days of work: a step says within how many hours of work it is due.
pub fn brief(lang: Lang, case: &Case, now: Now) -> Vec<String> {
    lines_with(lang, case, &|step| within(lang, step.within()), now)
}

fn lines_with(lang: Lang, case: &Case, due: &dyn Fn(Step) -> String, now: Now) -> Vec<String> {
    let moment = |at| moment(lang, now.zone.local(at), now.today());
    let mut out = vec![opened(lang, moment(case.opened), &case.by)];
    if !case.why.is_empty() {
        out.push(case.why.clone());
    }
    for one in Step::ALL {
        let name = one.words(lang);
        out.push(match case.done(*one) {
            Some(done) => done_at(lang, name, moment(done.at), &done.by),
            None => format!("{name} {}", due(*one)),
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
