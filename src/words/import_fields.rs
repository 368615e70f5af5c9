//! The fields of imported tables and the values of closed lists, as the review names them. Commands and
//! mapping files use their keys.

use super::{Lang, Text};
use crate::domain::account::{Stage, Tier};
use crate::domain::contact::{Role, Status as ContactStatus};
use crate::domain::facts::deal::DealKind;
use crate::domain::facts::outcome::OutcomeKind;
use crate::domain::facts::ticket::{Priority, Status};
use crate::domain::facts::touch::TouchKind;

const FIELDS: &[(&str, Text)] = &[
    ("account", Text::new("account", "アカウント")),
    (
        "account_manager",
        Text::new("account manager", "アカウントマネージャー"),
    ),
    ("amount", Text::new("amount", "金額")),
    ("arr", Text::new("ARR", "ARR（年額）")),
    ("at", Text::new("date and time", "日時")),
    ("attendance", Text::new("attendance", "出欠")),
    ("auto_renew", Text::new("renews by itself", "自動更新")),
    ("body", Text::new("text", "本文")),
    ("by", Text::new("by", "担当者")),
    ("category", Text::new("category", "カテゴリ")),
    ("close_date", Text::new("close date", "完了予定日")),
    ("closed", Text::new("closed", "クローズ")),
    ("comment", Text::new("comment", "コメント")),
    ("contract_start", Text::new("contract start", "契約開始日")),
    ("country", Text::new("country", "国")),
    ("created", Text::new("created", "作成日")),
    ("csat", Text::new("satisfaction", "満足度")),
    ("csm_manager", Text::new("manager", "マネージャー")),
    ("currency", Text::new("currency", "通貨")),
    ("date", Text::new("date", "日付")),
    ("domain", Text::new("domain", "ドメイン")),
    ("downgraded", Text::new("downgraded", "ダウングレード")),
    ("email", Text::new("email", "メール")),
    ("employees", Text::new("employees", "従業員数")),
    ("end", Text::new("end", "終了日")),
    ("escalated", Text::new("escalated", "エスカレーション")),
    ("expansion", Text::new("expansion potential", "拡張余地")),
    ("feature", Text::new("feature", "機能")),
    ("first_answer", Text::new("first answer", "初回回答")),
    (
        "first_answer_minutes",
        Text::new("minutes to first answer", "初回回答までの分数"),
    ),
    ("first_name", Text::new("first name", "名")),
    (
        "first_reading",
        Text::new("first name in kana", "名（カナ）"),
    ),
    ("goals", Text::new("goals", "ゴール")),
    ("id", Text::new("ID", "ID")),
    ("implementation", Text::new("implementation", "導入担当")),
    ("industry", Text::new("industry", "業種")),
    ("influence", Text::new("influence", "影響度")),
    ("kind", Text::new("kind", "種別")),
    ("last_contacted", Text::new("last contacted", "最終連絡日")),
    ("last_name", Text::new("last name", "姓")),
    ("last_reading", Text::new("last name in kana", "姓（カナ）")),
    (
        "last_seen",
        Text::new("last seen in the product", "最終利用日"),
    ),
    ("lifetime_value", Text::new("lifetime value", "LTV")),
    ("metric", Text::new("metric", "指標")),
    ("mrr", Text::new("MRR", "MRR（月額）")),
    ("name", Text::new("name", "名前")),
    ("notice", Text::new("notice before the end", "解約予告期間")),
    ("opened", Text::new("opened", "受付日時")),
    (
        "our_sponsor",
        Text::new("our executive sponsor", "弊社の担当役員"),
    ),
    ("owner", Text::new("owner", "担当")),
    ("period", Text::new("billing period", "請求周期")),
    ("phone", Text::new("phone", "電話")),
    ("plan", Text::new("plan", "プラン")),
    ("priority", Text::new("priority", "優先度")),
    ("probability", Text::new("probability", "確度")),
    ("product_contact", Text::new("product", "プロダクト担当")),
    ("reading", Text::new("reading in kana", "フリガナ")),
    ("reason", Text::new("reason", "理由")),
    ("recorded", Text::new("as of", "基準日")),
    ("renewal", Text::new("renewal date", "更新日")),
    ("renews_for", Text::new("renews for", "更新後の期間")),
    ("requester", Text::new("requester", "依頼者")),
    ("resolution", Text::new("resolution", "解決内容")),
    ("respondent", Text::new("respondent", "回答者")),
    ("role", Text::new("role", "役割")),
    ("score", Text::new("score", "点数")),
    ("seats", Text::new("seats", "席数")),
    ("sentiment", Text::new("sentiment", "感情")),
    ("since", Text::new("since", "異動・退職日")),
    ("solved", Text::new("solved", "解決日時")),
    ("stage", Text::new("stage", "ステージ")),
    ("start", Text::new("start", "開始日")),
    ("state", Text::new("state", "状態")),
    ("status", Text::new("status", "ステータス")),
    ("subject", Text::new("subject", "件名")),
    ("summary", Text::new("summary", "概要")),
    ("support_lead", Text::new("support", "サポート担当")),
    ("tags", Text::new("tags", "タグ")),
    ("tax", Text::new("tax", "税区分")),
    ("term", Text::new("term", "契約期間")),
    ("term_months", Text::new("term in months", "契約期間（月）")),
    ("tier", Text::new("tier", "ティア")),
    ("title", Text::new("title", "役職")),
    ("trial", Text::new("trial", "トライアル")),
    ("user", Text::new("user", "ユーザー")),
    ("value", Text::new("value", "値")),
    ("won", Text::new("won", "受注")),
];

/// The name of a field; its key where it has none.
pub fn field(lang: Lang, key: &str) -> &str {
    let at = FIELDS.binary_search_by_key(&key, |(known, _)| known);
    at.map_or(key, |at| FIELDS[at].1.of(lang))
}

/// A value of a field's closed list by its name; its key where it has none.
pub fn value(lang: Lang, field: &str, key: &str) -> String {
    let named = match field {
        "tier" => Tier::parse(key).map(|v| v.words(lang)),
        "stage" => Stage::parse(key).map(|v| v.words(lang)),
        "role" => Role::parse(key).map(|v| v.words(lang)),
        "priority" => Priority::parse(key).map(|v| v.words(lang)),
        "status" => Status::parse(key)
            .map(|v| v.words(lang))
            .or_else(|| ContactStatus::parse(key).map(|v| v.words(lang))),
        "kind" => OutcomeKind::parse(key)
            .map(|v| v.words(lang))
            .or_else(|| TouchKind::parse(key).map(|v| v.words(lang)))
            .or_else(|| DealKind::parse(key).map(|v| v.words(lang))),
        _ => None,
    };
    named.unwrap_or(key).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_are_in_order() {
        assert!(FIELDS.is_sorted_by_key(|(key, _)| *key));
    }
}
