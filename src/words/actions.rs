//! The words of action items.

use super::{labels, words};

words! {
    no_action_chosen: "No action selected", "アクションが選択されていません";
    action_empty: "Enter an action", "アクションを入力してください";
    add_action: "New action", "アクションの追加";
    action_hint: "what @owner ^date   (@me @customer @name · ^fri ^+3d ^11/28)", "内容 @担当 ^期日 （@私 @先方 @名前 · ^金 ^明日 ^来週金 ^11/28）";
    due: "Due", "期日";
    edit_action: "Edit action", "アクションの編集";
    field_status: "Status", "状態";
    field_what: "What", "内容";
    field_side: "Side", "担当側";
    field_owner: "Owner", "担当者";
    field_priority: "Priority", "優先度";
    field_promised: "Promised to customer", "お客様への約束";
    overdue_n(count): "{count} overdue", "期限超過 {count}件";
    all_done: "All done. Nothing is due here.", "すべて完了しています。";
    no_due: "no date", "期日なし";
    promise_mark: "◆ promised", "◆ 約束";
    actions_n(count): "{count} action{count:#}", "{count}件";
    slipped_n(times): "slipped {times}×", "延期{times}回";
    tell_them: "done, inform the customer", "完了・お客様に未連絡";
    field_proof: "Proof", "証跡";
    proof_hint: "a link, a ticket, a document", "リンク・チケット・資料など";
    field_told: "Customer informed on", "お客様への連絡日";
    promises_title: "Earlier promises", "これまでの約束";
    told_today: "Customer marked as informed today", "お客様への連絡を記録しました";
    informed_before(day): "Already informed on {day}", "{day}に連絡済みです";
    not_informed: "The customer is not marked as informed", "お客様への連絡は記録されていません";
    informed_cleared: "Customer marked as not informed", "未連絡に戻しました";
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
