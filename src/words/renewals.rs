//! The words of a quarter's renewals: its figures, each with its definition, and its terms.

use super::{Lang, common, labels, words};
use crate::domain::dossier::terms::Status;
use crate::domain::money::{Currency, Money, Totals};
use crate::domain::renewals::quarter::Quarter;
use crate::domain::renewals::{Due, Figures, Running, Values, percent};
use crate::domain::retention::{Retained, Retention};

words! {
    title: "Renewals", "更新";
    heading(from, to): "Terms that end from {from} to {to}", "{from}〜{to} に満了する契約";
    nothing: "No term ends in this quarter", "この四半期に満了する契約はありません";
    due_name: "Due", "対象";
    due_parts(total, parts): "{total}: {parts}", "{total}件: {parts}";
    none_due: "none", "なし";
    part(count, status): "{count} {status}", "{status} {count}件";
    at_risk: "at risk", "リスクあり";
    not_at_risk: "not at risk", "リスクなし";
    due_what: "Terms whose last paid day lies in the quarter. A running term of a red account is at risk.", "満了日がこの四半期にある契約。契約中のうち、健全度が赤のアカウントは「リスクあり」です。";
    rate_name: "Renewal rate", "更新率";
    no_rate: "none yet: no term up to today is settled or overdue", "まだありません（本日までに満了し、率の対象になる契約がありません）";
    rate(percent, renewed, all): "{percent} % by count ({renewed} of {all})", "件数 {percent}%（{all}件中{renewed}件）";
    of_settled(percent, overdue): "{percent} % of the settled, {overdue} overdue", "結果が出た分では{percent}%、結果未記録{overdue}件";
    with_unconfirmed(percent, count): "{percent} % with the {count} that went on by contract, unconfirmed", "自動更新・未確認の{count}件を含めると{percent}%";
    by_value(percent, kept, due, net): "by value {percent} % ({kept} kept of {due}), net {net} %", "金額 {percent}%（{due} のうち {kept} を維持）、増額を含めると{net}%";
    without_amount(count, all): "{count} of {all} without a comparable amount", "{all}件中{count}件は金額不明または通貨変更のため件数のみ";
    rate_what: "Renewed ÷ settled or overdue, of the terms that ended up to today. A value counts up to what was due (with what was taken off in the 120 days before); overdue counts as 0. Extended, merged, unconfirmed and running terms are in neither part.", "更新 ÷（結果記録済み＋結果未記録）。本日までに満了した契約が対象です。金額は満了時の額（直前120日の減額を戻した額）を上限とし、結果未記録は0。延長・統合・自動更新未確認・契約中は分母にも分子にも含みません。";
    at_close(percent): "at close {percent} %", "締め時点では{percent}%";
    before_name: "Same quarter last year", "前年同期";
    before_both(to_date, whole): "{to_date} up to the same day, {whole} whole", "同じ日まで {to_date}、四半期全体 {whole}";
    before_none: "no term up to the same day was settled", "同じ日までに結果が出た契約はありません";
    before_what: "The renewal rate by count of the terms that ended in the same quarter a year before.", "前年の同じ四半期に満了した契約の、件数による更新率。";
    share(percent): "{percent} %", "{percent}%";
    grr_name: "GRR", "GRR";
    nrr_name: "NRR", "NRR";
    kept_in(quarter, year): "{quarter} in the period · {year} in twelve months", "期間内 {quarter} ・ 直近12か月 {year}";
    of_before(percent, before): "{percent} % of {before}", "{before} に対し{percent}%";
    nothing_before: "nothing was paid before", "期首に契約なし";
    left_out(names): "left out, currency changed: {names}", "通貨変更のため対象外: {names}";
    grr_what: "What the accounts that paid on the day before the period still pay, each up to what it paid then ÷ what they paid then. By currency.", "期首前日に契約中だったアカウントの、現在の年額（各社、期首の額が上限）÷ 期首の年額。通貨別。";
    nrr_what: "The same with what they pay more. New accounts are in neither.", "増額を含めたもの。新規のアカウントは含みません。";
    churned_name: "Churned to date", "解約（本日まで）";
    churned(accounts, value): "{accounts} account{accounts:#}, {value}", "{accounts}社、{value}";
    churned_overdue(accounts, value): "beside them {accounts} overdue, {value}", "ほかに結果未記録 {accounts}社、{value}";
    churned_before_use(accounts, value): "{accounts} from before you began with Kenshin, {value}", "導入前に満了 {accounts}社、{value}";
    no_churn: "none", "なし";
    churned_what: "Accounts that paid before the quarter and pay nothing in any contract now, by what they paid. A part that ended is contraction, not churn.", "期首に契約があり、現在どの契約にも支払いがないアカウントと、その期首の年額。一部の終了は減額であり解約ではありません。";
    healthy_name: "Running and healthy", "契約中で健全";
    healthy(count, all, percent): "{count} of {all} ({percent} %)", "{all}件中{count}件（{percent}%）";
    healthy_value(part, whole, percent): "{part} of {whole} ({percent} %)", "{whole} のうち {part}（{percent}%）";
    healthy_what: "Running terms of green accounts without a high warning; aim 90 %. Unknown is not healthy.", "契約中のうち、健全度が緑で重大なシグナルのないアカウントの契約。目標90%。不明は健全に数えません。";
    rolling_name: "Rolling", "短期契約";
    rolling(count): "{count} of under three months: not in the renewal rate", "3か月未満 {count}件（更新率に含みません）";
    rolling_what: "Terms of under three months are outside due, rate and forecast, and inside GRR and NRR.", "3か月未満の契約は、対象・更新率には含まず、GRR・NRRには含みます。";
    before_use(count): "{count} ended before you began with Kenshin, without an outcome: not in the renewal rate", "{count}件はKenshin導入前に満了し結果がないため、更新率に含みません";
    unconfirmed(count): "{count} renewed by contract, unconfirmed", "自動更新・未確認 {count}件";
    column_owner: "owner", "担当者";
    month_of(year, month): "{year}-{month:02}", "{year}年{month}月";
    year_title: "When does your fiscal year begin?", "会計年度はいつ始まりますか";
    year_now: "as now", "現在の設定";
    year_another: "Another day …", "別の日…";
    year_hint: "month, or month/day up to the 28th: 3/21", "月、または月/日（28日まで）。例: 3/21";
    year_wrong: "This is no month and day up to the 28th: 4, or 3/21", "月か月/日（28日まで）で入力してください（例: 4、3/21）";
    year_kept(path): "Kept in {path}", "{path} に保存しました";
    year_from(month, day): "year from {month}/{day}", "年度は{month}/{day}から";
    marked(count): "{count} marked", "{count}件選択";
    grouped(by): "by {by}", "{by}順";
    column_ends: "ends", "満了日";
    column_status: "status", "状態";
    column_plan: "product", "製品";
    column_value: "value", "年額";
    no_owner: "no owner", "担当者なし";
    unknown_tier: "no tier", "ティア不明";
    no_amount: "no amount", "金額不明";
    short_before_use: "before use", "導入前";
    extended_to(day): "extended to {day}", "{day} まで延長";
    short_merged: "merged", "統合";
    short_unconfirmed: "unconfirmed", "未確認";
    before_use_group(count): "{count} from before you began: not in the renewal rate (o: settle, ignore)", "導入前に満了 {count}件：更新率に含みません（o 結果を記録・対象外）";
    ignored_group(count): "{count} from before you began, ignored: not in the renewal rate", "導入前に満了・対象外 {count}件：更新率に含みません";
    more_figures: "d: all figures, and what they mean", "d: すべての指標と定義";
    was(status): "was {status} a week ago", "先週は{status}";
    was_short(status): "← {status}", "← {status}";
}

labels! {
    words for crate::domain::renewals::quarter::Grouping {
        Day: "day", "満了日";
        Month: "month", "月";
        Owner: "owner", "担当者";
        Tier: "tier", "ティア";
        Currency: "currency", "通貨";
    }
}

/// A figure of the quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub name: &'static str,
    pub value: String,
    /// What it means, for whoever doubts it.
    pub definition: &'static str,
}

/// The figures of a quarter, those that say something.
pub fn figures(lang: Lang, q: &Quarter) -> Vec<Figure> {
    let figure = |name: &'static str, value: String, definition: &'static str| Figure {
        name,
        value,
        definition,
    };
    let mut out = vec![
        figure(due_name(lang), due_line(lang, &q.figures), due_what(lang)),
        figure(rate_name(lang), rate_line(lang, q), rate_what(lang)),
    ];
    if q.year_before.1.rate.all() > 0 {
        out.push(figure(
            before_name(lang),
            year_before(lang, q),
            before_what(lang),
        ));
    }
    if q.figures.running.count > 0 {
        out.push(figure(
            healthy_name(lang),
            running_healthy(lang, &q.figures.running),
            healthy_what(lang),
        ));
    }
    if !q.moved.is_empty() {
        out.push(figure(
            grr_name(lang),
            kept(lang, q, Retained::gross),
            grr_what(lang),
        ));
        out.push(figure(
            nrr_name(lang),
            kept(lang, q, Retained::net),
            nrr_what(lang),
        ));
        out.push(figure(
            churned_name(lang),
            churned_line(lang, &q.retention),
            churned_what(lang),
        ));
    }
    if q.figures.rolling > 0 {
        out.push(figure(
            rolling_name(lang),
            rolling(lang, q.figures.rolling),
            rolling_what(lang),
        ));
    }
    out
}

fn join(lang: Lang, parts: impl IntoIterator<Item = Option<String>>) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(common::list_comma(lang))
}

fn due_line(lang: Lang, f: &Figures) -> String {
    let counted = Status::ALL
        .iter()
        .filter(|s| !matches!(s, Status::BeforeUse | Status::Open));
    let some = |count: usize, word: &str| (count > 0).then(|| part(lang, count, word));
    let running = &f.running;
    let parts = counted.map(|s| some(f.count(*s), s.words(lang))).chain([
        some(running.at_risk, at_risk(lang)),
        some(running.count - running.at_risk, not_at_risk(lang)),
    ]);
    let total = f.counts.iter().sum::<usize>() - f.count(Status::BeforeUse);
    match total {
        0 => none_due(lang).to_owned(),
        _ => due_parts(lang, total, join(lang, parts)),
    }
}

fn share_of(part: usize, whole: usize) -> Option<i64> {
    percent(part as i64, whole as i64)
}

fn rate_line(lang: Lang, q: &Quarter) -> String {
    let f = &q.figures;
    let r = f.rate;
    let Some(all) = share_of(r.renewed, r.all()) else {
        return no_rate(lang).to_owned();
    };
    let settled = share_of(r.renewed, r.settled()).filter(|_| r.overdue > 0);
    let unconfirmed = f.unconfirmed;
    let with = share_of(r.renewed + unconfirmed, r.all() + unconfirmed).filter(|_| unconfirmed > 0);
    let closed = q
        .at_close
        .as_ref()
        .and_then(|c| share_of(c.rate.renewed, c.rate.all()));
    let values = f
        .values
        .iter()
        .map(|(currency, v)| value_line(lang, *currency, v));
    let parts = [
        Some(rate(lang, all, r.renewed, r.all())),
        settled.map(|share| of_settled(lang, share, r.overdue)),
        with.map(|share| with_unconfirmed(lang, share, unconfirmed)),
        closed
            .filter(|closed| *closed != all)
            .map(|closed| at_close(lang, closed)),
    ];
    let last = (f.without_amount > 0).then(|| without_amount(lang, f.without_amount, r.all()));
    join(lang, parts.into_iter().chain(values).chain([last]))
}

fn value_line(lang: Lang, currency: Currency, v: &Values) -> Option<String> {
    let money = |minor| Money { minor, currency }.short();
    let net = percent(v.net, v.due)?;
    Some(by_value(
        lang,
        percent(v.kept, v.due)?,
        money(v.kept),
        money(v.due),
        net,
    ))
}

fn year_before(lang: Lang, q: &Quarter) -> String {
    let of = |f: &Figures| share_of(f.rate.renewed, f.rate.all()).map(|p| share(lang, p));
    let (to_date, whole) = (
        of(&q.year_before.0),
        of(&q.year_before.1).unwrap_or_default(),
    );
    let to_date = to_date.unwrap_or_else(|| before_none(lang).to_owned());
    before_both(lang, to_date, whole)
}

fn kept(lang: Lang, q: &Quarter, of: fn(&Retained) -> Option<i64>) -> String {
    let line = |retention: &Retention| {
        let each = retention.by_currency.iter().map(|(currency, r)| {
            let before = Money {
                minor: r.before,
                currency: *currency,
            }
            .short();
            of(r).map(|percent| of_before(lang, percent, before))
        });
        let text = join(lang, each);
        if text.is_empty() {
            nothing_before(lang).to_owned()
        } else {
            text
        }
    };
    let text = kept_in(lang, line(&q.retention), line(&q.in_year));
    let mut out = q.retention.left_out.clone();
    out.extend(q.in_year.left_out.iter().cloned());
    out.sort();
    out.dedup();
    let names = (!out.is_empty()).then(|| left_out(lang, out.join(common::list_comma(lang))));
    join(lang, [Some(text), names])
}

fn churned_line(lang: Lang, retention: &Retention) -> String {
    // What is known to be lost, then what nobody said: overdue, and from before the first use.
    let mut parts = [(); 3].map(|()| (0, Totals::default()));
    for (currency, r) in &retention.by_currency {
        let unsaid = (
            r.overdue_accounts + r.before_use_accounts,
            r.overdue + r.before_use,
        );
        let known = (r.lost_accounts - unsaid.0, r.lost - unsaid.1);
        let each = [
            known,
            (r.overdue_accounts, r.overdue),
            (r.before_use_accounts, r.before_use),
        ];
        for ((accounts, value), (count, minor)) in parts.iter_mut().zip(each) {
            *accounts += count;
            if minor > 0 {
                value.add(Money {
                    minor,
                    currency: *currency,
                });
            }
        }
    }
    let [some, overdue, before] =
        parts.map(|(count, value)| (count > 0).then(|| (count, value.short())));
    let some = some.map_or_else(
        || no_churn(lang).to_owned(),
        |(n, value)| churned(lang, n, value),
    );
    let overdue = overdue.map(|(n, value)| churned_overdue(lang, n, value));
    let before = before.map(|(n, value)| churned_before_use(lang, n, value));
    join(lang, [Some(some), overdue, before])
}

fn running_healthy(lang: Lang, r: &Running) -> String {
    let by_count = share_of(r.healthy, r.count).map(|p| healthy(lang, r.healthy, r.count, p));
    let values = r.value.iter().map(|whole| {
        let part = r
            .value_healthy
            .iter()
            .find(|m| m.currency == whole.currency);
        let part = part.unwrap_or(Money { minor: 0, ..whole });
        percent(part.minor, whole.minor)
            .map(|p| healthy_value(lang, part.short(), whole.short(), p))
    });
    join(lang, [by_count].into_iter().chain(values))
}

/// The status of a term; a running one is at risk or not.
pub fn status(lang: Lang, row: &Due) -> &'static str {
    match row.status {
        Status::Open if row.is_at_risk() => at_risk(lang),
        Status::Open if row.stands.is_some() => not_at_risk(lang),
        status => status.words(lang),
    }
}

/// The product of a term, into which contract it was merged, and how far its renewal has come.
pub fn about(lang: Lang, row: &Due) -> String {
    let into = row.into.as_ref();
    let parts = [
        Some(row.plan.clone()).filter(|plan| !plan.is_empty()),
        into.map(|into| super::contracts::merged_into(lang, into)),
        row.bridge
            .as_ref()
            .map(|bridge| extended_to(lang, bridge.until)),
        row.step
            .filter(|_| !row.status.is_settled())
            .map(|t| super::outcomes::step_kept(lang, t.step.words(lang), t.on)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A status in few columns.
pub fn short(lang: Lang, status: Status) -> &'static str {
    match status {
        Status::BeforeUse => short_before_use(lang),
        Status::Unconfirmed => short_unconfirmed(lang),
        Status::Merged => short_merged(lang),
        status => status.words(lang),
    }
}

/// What was due, and what is paid from then on where that is another value.
pub fn money(row: &Due) -> String {
    match (row.due, row.new) {
        (Some(due), Some(new)) if new != due => format!("{} → {}", due.short(), new.short()),
        (due, _) => due.map(|m| m.short()).unwrap_or_default(),
    }
}
