//! The words of contracts that are kept by hand.

use chrono::NaiveDate;

use super::{Lang, labels, words};
use crate::domain::facts::amendment::Earlier;
use crate::domain::facts::notice::Notice;
use crate::domain::facts::subscription::Subscription;
use crate::domain::money::Money;
use crate::domain::when::add_months;

words! {
    contract: "Contract", "契約";
    which(name): "{name}: which contract?", "{name}: どの契約ですか";
    new: "+ New contract", "＋ 新しい契約";
    title(name): "{name}: contract", "{name}: 契約";
    field_product: "Product", "製品";
    field_start: "First day", "開始日";
    field_end: "Last paid day", "満了日";
    end_hint: "empty: none, or by the term", "空欄なら契約期間から（なければ期限なし）";
    field_value: "Yearly value", "年額";
    field_tax: "Tax", "税区分";
    unknown: "unknown", "不明";
    field_seats: "Seats", "席数";
    field_term: "Term", "契約期間";
    months_hint: "12 · 12 months · 1 year", "12 · 12か月 · 1年";
    field_renews_for: "Renews for", "更新後の期間";
    same_hint: "empty: the same length", "空欄なら同じ期間";
    field_notice: "Notice before the end", "解約予告期間";
    notice_hint: "30 days · 3 months · 10 business days", "30日 · 3か月 · 10営業日";
    field_renews: "Renews", "更新";
    field_from: "Change holds from", "変更の適用日";
    from_hint: "empty: today; the first day corrects it", "空欄なら今日（開始日なら訂正）";
    field_why: "Why it changes", "変更の理由";
    seats(count): "{count} seat{count:#}", "{count}席";
    notice_days(count): "{count} days", "{count}日";
    notice_months(count): "{count} months", "{count}か月";
    notice_business_days(count): "{count} business days", "{count}営業日";
    changes(before, after, day): "{before} → {after} from {day}", "{day} から {before} → {after}";
    changed_later(day): "A change from {day} is kept already: give that day or a later one", "{day} からの変更が登録済みです。その日以降を指定してください";
    nothing_to_change: "Value and seats stay the same: there is nothing that could hold from a day", "年額と席数が変わらないため、適用日は使えません";
    change_before_start: "That is before the first day of the term", "契約の開始日より前です";
    change_after_end: "That is after the last paid day: it would be a renewal", "満了日より後です（その場合は更新になります）";
    steps_end(count): "{count} renewal step{count:#} dropped", "更新の予定 {count}件が終了";
    save_it: "Save", "保存";
    back: "Back to the form", "入力に戻る";
    saved(name): "{name}: contract saved", "{name}: 契約を保存しました";
    nothing_changed: "Nothing was changed", "変更はありません";
    end_before_start: "The last paid day is before the first", "満了日が開始日より前です";
    no_length: "This is no length: 12 months, 1 year, 30 days", "期間として読めません（例: 12か月、1年、30日）";
    says_nothing: "State at least a first day, a last paid day or a value", "開始日・満了日・年額のいずれかを入力してください";
    field_into: "Merge into", "統合先の契約";
    into_hint: "another contract: product or ID", "他の契約の製品名またはID";
    merge_alone: "A merger changes nothing else: leave the other fields as they are", "統合するときは、他の項目を変更しないでください";
    which_merges: "Say with --contract which contract is merged", "統合する契約を --contract で指定してください";
    other_not_running: "That contract does not run on that day", "統合先の契約は、その日には有効ではありません";
    other_currency: "The contracts are in different currencies", "通貨が異なる契約は統合できません";
    several_such(ids): "Several contracts have that product; give the ID: {ids}", "同じ製品の契約が複数あります。IDで指定してください: {ids}";
    merges(until, other, value, from): "ends {until}; {other} pays {value} from {from}", "{until} に終了。{from} から {other} が {value}";
    merged_into(other): "merged into {other}", "{other} に統合";
    no_such(text): "No contract of the account is {text}", "{text} に当たる契約はありません";
    ended(end): "ended {end}", "{end} に満了";
    starts(start): "starts {start}", "{start} から";
    open_ended: "runs until it is cancelled", "期限なし";
    went_on_after(end): "went on by itself after {end}, unconfirmed", "{end} の満了後に自動更新（未確認）";
    ends(end): "ends {end}", "満了 {end}";
    say_no_by(day): "last day to say no {day}", "解約通知期限 {day}";
    then_until(day): "then until {day}", "更新後は {day} まで";
}

labels! {
    words for crate::domain::facts::subscription::Tax {
        Before: "before tax", "税抜";
        With: "with tax", "税込";
    }
}

labels! {
    words for crate::domain::facts::subscription::Renews {
        Itself: "by itself", "自動更新";
        Signed: "by signature", "合意により更新";
    }
}

/// A notice period, as it is typed again.
pub fn notice(lang: Lang, notice: Notice) -> String {
    match notice {
        Notice::Days(days) => notice_days(lang, days),
        Notice::Months(months) => notice_months(lang, months),
        Notice::BusinessDays(days) => notice_business_days(lang, days),
    }
}

/// What follows from a contract, in words: its next end, the one after, and the last day to say no.
pub fn follows(s: &Subscription, today: NaiveDate, lang: Lang) -> String {
    let parts = [changed(s, today, lang), Some(ending(s, today, lang))];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

/// As [`follows`], of a contract that may have gone on by itself: `now` is how it stands.
pub fn standing(s: &Subscription, now: &Subscription, today: NaiveDate, lang: Lang) -> String {
    let parts = [changed(s, today, lang), Some(ends_now(s, now, today, lang))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// As [`ending`], of a contract that may have gone on by itself.
pub fn ends_now(s: &Subscription, now: &Subscription, today: NaiveDate, lang: Lang) -> String {
    let went_on = s.end.filter(|_| s.end != now.end);
    let went_on = went_on.map(|end| went_on_after(lang, end));
    let parts = [Some(ending(now, today, lang)), went_on];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// When a contract ends, the last day to say no, and until when it would go on.
fn ending(s: &Subscription, today: NaiveDate, lang: Lang) -> String {
    if let (Some(merged), Some(end)) = (&s.merged, s.end) {
        return format!("{} · {}", ended(lang, end), merged_into(lang, &merged.into));
    }
    let coming = s.start.filter(|start| *start > today);
    let Some(end) = s.next_end(coming.unwrap_or(today)) else {
        return match s.end {
            Some(end) => ended(lang, end),
            None => open_ended(lang).to_owned(),
        };
    };
    let last = s
        .notice
        .filter(|_| s.auto_renew != Some(false))
        .map(|n| n.last_day(end));
    let next = s.next_months().and_then(|months| {
        let behind = end.succ_opt()?;
        add_months(behind, i32::try_from(months).ok()?).pred_opt()
    });
    let parts = [
        coming.map(|start| starts(lang, start)),
        Some(ends(lang, end)),
        last.map(|last| say_no_by(lang, last)),
        next.map(|next| then_until(lang, next)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

/// The last change within the term, where it holds from today or later: what is paid until then, and from then on.
fn changed(s: &Subscription, today: NaiveDate, lang: Lang) -> Option<String> {
    let change = s.earlier.last().filter(|e| e.changed_on() >= today)?;
    Some(change_of(s, change, lang))
}

/// A change within a term: what was paid until then, and from then on.
pub fn change_of(s: &Subscription, change: &Earlier, lang: Lang) -> String {
    let from = change.changed_on();
    // Only what changes is said.
    let same_arr = change.arr == s.arr_on(from);
    let same_seats = change.seats == s.seats_on(from);
    let said = |arr: Option<Money>, count: Option<u32>| {
        let seats = count.filter(|_| !same_seats).map(|n| seats(lang, n));
        let arr = arr.filter(|_| !same_arr || same_seats);
        let parts = [arr.map(|m| m.short()), seats];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let before = said(change.arr, change.seats);
    let after = said(s.arr_on(from), s.seats_on(from));
    changes(lang, before, after, from)
}
