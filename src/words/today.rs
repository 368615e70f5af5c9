//! The words of Today.

use super::words;

words! {
    today_rest(count): "{count} more account{count:#}: 2 shows all, s sorts by priority", "ほかに{count}社 — 2 で全件、s で優先度順に並べ替え";
    no_renewals: "No renewals in the next 120 days.", "120日以内の更新はありません。";
    renewal_window(days, count, concerned): "≤{days}d {count} (concern {concerned})", "≤{days}日 {count}件（懸念{concerned}）";
    renewal_window_brief(days, count, concerned): "≤{days} {count}({concerned})", "≤{days}日 {count}({concerned})";
    late_by_days(days): "{days}d overdue", "{days}日超過";
    said_otherwise(rating): "≠ rated {rating}", "≠ 前回の評価: {rating}";
    said_too(rating): "rated {rating}", "前回の評価: {rating}";
    no_disagreements: "No contradictions.", "食い違いはありません。";
}
