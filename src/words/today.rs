//! The words of Today.

use super::words;

words! {
    today_rest(rest): "{rest} more account{rest:#} after these: 2 shows all, s orders them by need", "ほかに{rest}社 — 2 で全件、s で必要度順に並べ替え";
    no_renewals: "No renewals in the next 120 days.", "120日以内の更新はありません。";
    renewal_window(what, count, bad): "≤{what}d {count} ({bad} at risk)", "≤{what}日 {count}件（リスク{bad}）";
    late_by_days(today): "{today} day{today:#} late", "{today}日超過";
    said_otherwise(said): "≠ last talk: {said}", "≠ 前回の見立て: {said}";
    said_too(said): "last talk: {said}", "前回の見立て: {said}";
    no_disagreements: "Nothing contradicts itself.", "食い違いはありません。";
}
