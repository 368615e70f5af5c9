//! Words shared by several features.

use super::words;

words! {
    opening: "opening…", "読み込み中…";
    still_opening: "Still loading", "まだ読み込み中です";
    no_account_chosen: "No account selected", "アカウントが選択されていません";
    nothing_to_edit: "Nothing to edit here", "ここで編集できる項目はありません";
    draft_back: "Draft restored", "下書きを復元しました";
    name_empty: "Enter a name", "名前を入力してください";
    not_a_date: "Not a date: try fri, +3d, 11/28 or 2026-11-28", "日付として読み取れません（例: 金、+3d、11/28、2026-11-28）";
    date_not_read(dates): "Not a date, left in the text: {dates}", "日付と認識できず、本文に残しました: {dates}";
    date_hint: "fri · +3d · next tue · 11/28 · 2026-11-28 · empty for none", "金 · 明日 · 来週金 · +3d · 11/28 · 空欄でなし";
    amount_hint: "$12,000 · ¥1,200,000 · 120万円", "¥1,200,000 · 120万円 · $12,000";
    list_hint: "separate with commas", "「、」か「,」で区切る";
    filter: "Filter", "絞り込み";
    choose_account: "Choose an account", "アカウントの選択";
    yes: "yes", "はい";
    no: "no", "いいえ";
    unknown: "unknown", "不明";
    no_data: "no data", "データなし";
    list_comma: ", ", "、";
    gone: "No longer exists", "すでに存在しません";
    nothing_to_open: "Nothing to open here", "ここで開ける項目はありません";
    still_loading: "Still loading", "まだ読み込み中です";
    nothing_found: "no matches", "該当なし";
}
