//! The words of the portfolio.

use super::{labels, words};

words! {
    accounts_n(count): "{count} account{count:#}", "{count}社";
    no_accounts: "No accounts yet", "アカウントはまだありません";
    no_accounts_hint: "Import your exports: kenshin import *.csv (or I here). To look around first: kenshin demo", "エクスポートの取り込み: kenshin import *.csv（ここでは I）。まず試すには: kenshin demo";
    nothing_matches: "No matches. Esc clears the filter.", "絞り込みに一致するものはありません。Esc で解除します。";
    view_needs_filter: "Filter first, then save the view", "先に絞り込んでから保存してください";
    save_view: "Save this view as", "このビューの名前";
    view_name_hint: "a name for the filter and order", "絞り込みと並び順に付ける名前";
    order_title: "Sort by", "並び順";
    views: "Views", "ビュー";
    view_red: "At risk", "危険";
    view_renewal: "Renewing in 90 days", "90日以内に更新";
    view_silent: "No contact for 60 days", "60日以上連絡なし";
    view_falling: "Usage falling", "利用が減少";
    edit_selected(count): "Edit {count} account{count:#}", "{count}社をまとめて編集";
    edit_selected_hint: "owner=name · tier=smb · stage=growth · +tag · -tag", "owner=名前 · tier=smb · stage=growth · +タグ · -タグ";
    touched_ago(days): "{days}d ago", "{days}日前";
    never_touched: "never", "連絡なし";
    open_actions: "open actions", "未完了アクション";
    promises_n(count): "{count} promise{count:#}", "約束 {count}件";
    tickets_n(count): "{count} open ticket{count:#}", "未解決チケット {count}件";
    escalated_n(count): "{count} escalated", "エスカレーション {count}件";
    selected_n(count): "{count} selected", "{count}件選択";
    without_arr(count): "{count} without ARR", "ARR不明 {count}社";
    order_by(order): "sorted by {order}", "{order}順";
    view_saved(name): "Saved view “{name}” (v shows views)", "ビュー「{name}」を保存しました（v で一覧）";
    column_score: "score", "スコア";
    column_renewal: "renewal", "更新";
    column_usage: "usage", "利用";
    column_touch: "last touch", "最終連絡";
    column_due: "due", "期日";
    column_what: "action", "内容";
    column_account: "account", "アカウント";
    column_when: "when", "日時";
    column_state: "state", "状態";
    churned_n(count): "churned {count}", "解約 {count}社";
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
        Trend: "trend", "推移";
        Actions: "actions", "アクション";
        Need: "priority", "優先度";
    }
}
