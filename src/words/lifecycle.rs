//! The words of an account's life: new, archived, merged, deleted, and what goes along.

use super::{Lang, words};
use crate::domain::lookalike::Likeness;
use crate::domain::records::Kind;

words! {
    new_title: "New account", "アカウントの追加";
    field_id: "ID", "ID";
    id_hint: "empty: made from the name", "空欄なら名前から作成";
    id_taken(id): "ID {id} is in use", "ID {id} は使用中です";
    id_too_long(most): "An ID has at most {most} characters", "ID は{most}文字以内です";
    looks_like(candidates): "Looks like {candidates}", "同じ会社の可能性: {candidates}";
    save_anyway(like): "Ctrl-S again creates it. {like}", "もう一度 Ctrl-S で作成。{like}";
    candidate(name, id, why): "{name} ({id}: {why})", "{name}（{id}・{why}）";
    archived: "archived", "アーカイブ";
    archived_n(count): "archived {count}", "アーカイブ {count}社";
    archived_on(date): "archived {date}", "{date} アーカイブ";
    archived_already(name, date): "{name} was archived on {date}", "{name}は{date}にアーカイブ済みです";
    not_archived(name): "{name} is not archived", "{name}はアーカイブされていません";
    same_account: "Choose two different accounts", "別のアカウントを選んでください";
    kept_is_archived(name): "{name} is archived: restore it first", "{name}はアーカイブ済みです。先に復帰してください";
    call_open: "A check-in with it is open: end it first", "チェックイン中です。先に終了してください";
    no_other: "There is no other account", "ほかにアカウントがありません";
    choose_other(name): "Same customer as {name}: which account?", "{name}と同じ会社のアカウント";
    merge_title(other, kept): "Merge {other} into {kept}", "{other}を{kept}に統合";
    delete_title(name): "Delete {name}", "{name}の削除";
    goes_along(what): "Goes along: {what}", "一緒に移る記録: {what}";
    deleted_along(what): "Deleted with it: {what}", "一緒に削除される記録: {what}";
    nothing_along: "It has no records", "記録はありません";
    later_names(names): "Later imports of {names} land on the kept account", "今後{names}の取り込みは残るアカウントに入ります";
    differs(part, kept, other): "{part}: {kept} stays, {other} is dropped", "{part}: 「{kept}」を残し、「{other}」は破棄";
    contradictions(count): "{count} contradiction{count:#}:", "食い違い {count}件:";
    record_stays(title): "“{title}” is in both: that of the kept account stays", "「{title}」は両方にあり、残るアカウントの記録を使います";
    usage_stays(days): "usage of {days} day{days:#} differs: that of the kept account stays", "利用状況が{days}日分異なり、残るアカウントの値を使います";
    people_twice(names): "In both, as two people with one address: {names}", "同じメールアドレスの担当者が両方にいます（2件とも残ります）: {names}";
    undo_hint: "Undo brings everything back.", "元に戻すとすべて復元されます。";
    merge_keys: "y merge · n cancel", "y 統合 · n キャンセル";
    delete_keys: "y delete all · n cancel", "y すべて削除 · n キャンセル";
    usage_days(days): "{days} day{days:#} of usage", "利用状況{days}日分";
    aliases: "Also known as", "別名";
}

/// A number of records of a kind.
pub fn counted(lang: Lang, kind: Kind, count: usize) -> String {
    let (one, many, ja) = match kind {
        Kind::Account => ("account", "accounts", "アカウント"),
        Kind::Contact => ("person", "people", "お客様担当者"),
        Kind::Subscription => ("subscription", "subscriptions", "契約"),
        Kind::Ticket => ("ticket", "tickets", "チケット"),
        Kind::Survey => ("survey", "surveys", "アンケート"),
        Kind::Touch => ("logged contact", "logged contacts", "連絡"),
        Kind::Outcome => ("outcome", "outcomes", "結果"),
        Kind::Note => ("note", "notes", "メモ"),
        Kind::Action => ("action", "actions", "アクション"),
        Kind::Checkin => ("check-in", "check-ins", "チェックイン"),
        Kind::Touchpoint => ("agreed meeting", "agreed meetings", "合意した面談"),
        Kind::Aside => ("snooze", "snoozes", "後回し"),
        Kind::Assessment => ("risk assessment", "risk assessments", "リスクの判断"),
        Kind::Case => ("rescue case", "rescue cases", "リスク対応案件"),
        Kind::RenewalStep => ("renewal step", "renewal steps", "更新の経過"),
        Kind::Deal => ("deal", "deals", "商談"),
        Kind::Imported => ("import history", "import histories", "取り込み履歴"),
        Kind::Look => ("look", "looks", "閲覧"),
        Kind::Published => ("exported meeting", "exported meetings", "書き出した面談"),
        Kind::View => ("view", "views", "ビュー"),
        Kind::Absence => ("absence", "absences", "不在"),
        Kind::Dismissal => ("dismissed phrase", "dismissed phrases", "除外した語句"),
        Kind::FirstUse => ("first use", "first uses", "利用開始日"),
    };
    match lang {
        Lang::En if count == 1 => format!("1 {one}"),
        Lang::En => format!("{count} {many}"),
        Lang::Ja => format!("{ja}{count}件"),
    }
}

/// Why an account looks like a new one.
pub fn likeness(lang: Lang, why: Likeness) -> &'static str {
    match (why, lang) {
        (Likeness::Id, Lang::En) => "same ID",
        (Likeness::Id, Lang::Ja) => "ID が同じ",
        (Likeness::Name, Lang::En) => "same name",
        (Likeness::Name, Lang::Ja) => "名前が同じ",
        (Likeness::Domain, Lang::En) => "same domain",
        (Likeness::Domain, Lang::Ja) => "ドメインが同じ",
    }
}
