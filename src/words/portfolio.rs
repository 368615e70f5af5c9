//! The words of the portfolio.

use super::{labels, words};

words! {
    accounts_n(count): "{count} account{count:#}", "{count}社";
    no_accounts: "No accounts yet", "アカウントがまだありません";
    no_accounts_hint: "Bring in your exports: kenshin import *.csv (or I here). To look around first: kenshin demo", "エクスポートの取り込み: kenshin import *.csv（ここでは I）。まず見てみるには: kenshin demo";
    nothing_matches: "Nothing matches the filter. Esc clears it.", "絞り込みに一致するものはありません。Esc で解除します。";
    view_needs_filter: "Filter first, then save the view", "先に絞り込んでから保存してください";
    save_view: "Save this view as", "このビューの名前";
    view_name_hint: "a name for the filter and order", "絞り込みと並び順に付ける名前";
    order_title: "Sort by", "並び順";
    views: "Views", "ビュー";
    view_red: "In the red", "危険";
    view_renewal: "Renewing in 90 days", "90日以内に更新";
    view_silent: "Silent for 60 days", "60日以上やり取りなし";
    view_falling: "Usage falling", "利用が減少";
    edit_selected(count): "Change {count} account{count:#}", "{count}社をまとめて変更";
    edit_selected_hint: "owner=name · tier=smb · stage=growth · +tag · -tag", "owner=名前 · tier=smb · stage=growth · +タグ · -タグ";
    new_account: "New account", "新しいアカウント";
    new_account_hint: "its name; e on the account fills in the rest", "名前。残りはアカウント画面の e で入力";
    touched_ago(today): "{today}d ago", "{today}日前";
    never_touched: "no contact yet", "連絡なし";
    open_actions: "open actions", "未完了アクション";
    promises_n(promises): "{promises} promise{promises:#}", "約束 {promises}件";
    tickets_n(open_tickets): "{open_tickets} open ticket{open_tickets:#}", "未解決チケット {open_tickets}件";
    escalated_n(escalated_tickets): "{escalated_tickets} escalated", "エスカレ {escalated_tickets}件";
    selected_n(count): "{count} selected", "{count}件選択";
    without_arr(without_arr): "{without_arr} without value", "金額不明 {without_arr}社";
    order_by(order): "sorted by {order}", "{order}順";
    view_saved(name): "View “{name}” saved: v shows the views", "ビュー「{name}」を保存しました（v で一覧）";
    column_score: "score", "スコア";
    column_renewal: "renewal", "更新";
    column_usage: "usage", "利用";
    column_touch: "last touch", "最終連絡";
    column_due: "due", "期日";
    column_what: "action", "内容";
    column_account: "account", "アカウント";
    column_when: "when", "日時";
    column_state: "state", "状態";
    churned_n(churned): "churned {churned}", "解約 {churned}社";
    why_now: "Why now", "いま対応する理由";
}

labels! {
    words for crate::domain::view::Order {
        Risk: "risk", "リスク";
        Name: "name", "名前";
        Arr: "ARR", "ARR";
        Renewal: "renewal", "更新日";
        Usage: "usage change", "利用増減";
        Touch: "last touch", "最終連絡";
        Trend: "trend", "傾向";
        Actions: "actions", "アクション";
        Need: "needs me now", "対応が必要な順";
    }
}
