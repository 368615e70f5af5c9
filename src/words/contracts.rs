//! The words of contracts that are kept by hand.

use super::{labels, words};

words! {
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
    save_it: "Save", "保存";
    back: "Back to the form", "入力に戻る";
    saved(name): "{name}: contract saved", "{name}: 契約を保存しました";
    nothing_changed: "Nothing was changed", "変更はありません";
    end_before_start: "The last paid day is before the first", "満了日が開始日より前です";
    no_length: "This is no length: 12 months, 1 year, 30 days", "期間として読めません（例: 12か月、1年、30日）";
    says_nothing: "State at least a first day, a last paid day or a value", "開始日・満了日・年額のいずれかを入力してください";
    no_such(text): "No contract of the account is {text}", "{text} に当たる契約はありません";
    ended(end): "ended {end}", "{end} に満了";
    open_ended: "runs until it is cancelled", "期限なし";
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
