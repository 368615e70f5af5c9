//! Words that several features say.

use super::words;

words! {
    opening: "opening…", "読み込み中…";
    still_opening: "The store is still opening", "まだ読み込み中です";
    no_account_chosen: "No account is chosen", "アカウントが選ばれていません";
    nothing_to_edit: "There is nothing to edit here", "ここで編集できるものはありません";
    draft_back: "Your draft is back", "下書きを戻しました";
    name_empty: "A name is needed", "名前が必要です";
    not_a_date: "Not a date (fri, +3d, 11/28, 2026-11-28)", "日付として読めません（金, +3d, 11/28, 2026-11-28）";
    date_not_read(word): "Not read as a date, left in the text: {word}", "日付として読めず、本文に残しました: {word}";
    date_hint: "fri · +3d · next tue · 11/28 · 2026-11-28 · empty for none", "金 · 明日 · 来週金 · +3d · 11/28 · 空欄でなし";
    amount_hint: "$12,000 · ¥1,200,000 · 120万円", "¥1,200,000 · 120万円 · $12,000";
    list_hint: "separate with commas", "読点かカンマで区切る";
    filter: "Filter", "絞り込み";
    choose_account: "Which account?", "どのアカウントですか";
    yes: "yes", "はい";
    no: "no", "いいえ";
    unknown: "unknown", "不明";
    no_data: "no data", "データなし";
    list_comma: ", ", "、";
    gone: "It is not there any more", "もうありません";
    nothing_to_open: "There is nothing to open here", "ここで開けるものはありません";
    still_loading: "Still loading", "まだ読み込み中です";
    nothing_found: "nothing found", "該当なし";
}
