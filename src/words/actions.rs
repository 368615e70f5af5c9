//! The words of action items.

use super::{labels, words};

words! {
    no_action_chosen: "No action is chosen", "アクションが選ばれていません";
    action_empty: "The action is empty", "アクションが空です";
    add_action: "New action", "新しいアクション";
    action_hint: "what @owner ^date   (@me @customer @name · ^fri ^+3d ^11/28)", "内容 @担当 ^期日 （@私 @先方 @名前 · ^金 ^明日 ^来週金 ^11/28）";
    due: "Due", "期日";
    edit_action: "Edit action", "アクションの編集";
    field_status: "Status", "状態";
    field_what: "What", "内容";
    field_side: "Side", "担当側";
    field_owner: "Owner", "担当者";
    field_priority: "Priority", "優先度";
    field_promised: "Promised to the customer", "お客様への約束";
    overdue_n(overdue): "{overdue} overdue", "期限超過 {overdue}件";
    all_done: "All done. Nothing is due here.", "すべて完了です。";
    no_due: "no date", "期日なし";
    promise_mark: "◆ promised", "◆ 約束";
    actions_n(count): "{count} action{count:#}", "{count}件";
    slipped_n(slips): "moved {slips}×", "延期{slips}回";
    tell_them: "done: tell the customer", "完了・お客様に未連絡";
    field_proof: "Proof", "証跡";
    proof_hint: "a link, a ticket, a document", "リンク・チケット・資料など";
    field_told: "Customer told on", "お客様への連絡日";
    promises_title: "Promised before", "これまでの約束";
    told_today: "Noted: the customer knows", "お客様への連絡を記録しました";
    informed_before(day): "The customer was informed on {day}", "{day}にお客様へ連絡済みです";
    not_informed: "The customer is not known to have been informed", "お客様への連絡は記録されていません";
    informed_cleared: "Noted: the customer does not know yet", "お客様への連絡を未連絡に戻しました";
}

labels! {
    words for crate::domain::action::Side {
        Us: "us", "当社";
        Customer: "customer", "先方";
        Internal: "internal", "社内";
    }
}

labels! {
    words for crate::domain::action::Status {
        Open: "open", "未着手";
        Doing: "doing", "対応中";
        Waiting: "waiting", "先方待ち";
        Done: "done", "完了";
        Dropped: "dropped", "取りやめ";
    }
}

labels! {
    words for crate::domain::action::Priority {
        High: "high", "高";
        Normal: "normal", "中";
        Low: "low", "低";
    }
}
