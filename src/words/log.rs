//! The words of the history: what each operation did.

use super::{Lang, words};
use crate::domain::account_field::AccountField;
use crate::domain::change::{ActionStep, Label};

words! {
    aside(account): "snoozed: {account}", "後回し: {account}";
    dismissal(words): "dismissed phrase “{words}”", "「{words}」を警告から除外";
    upgrade(from): "upgrade from schema {from}", "スキーマ{from}からの移行";
    import(files): "import of {files}", "{files}の取り込み";
    demo: "demo portfolio", "デモデータ";
    restore: "restore", "復元";
    edit(account, field): "{account}: {field}", "{account}: {field}";
    new_account(account): "{account}: new account", "{account}: 新しいアカウント";
    step(account, kind): "Renewal step, {account}: {kind}", "更新の経過: {account}（{kind}）";
    case(account): "Rescue of {account}", "リスク対応: {account}";
    assessment(account): "Risk of {account}", "リスクの判断: {account}";
    contract(account): "Contract: {account}", "契約: {account}";
    outcomes(count, kind): "Outcome of {count} term{count:#}: {kind}", "契約{count}件の結果: {kind}";
    outcome(account, kind): "Outcome: {account}, {kind}", "契約の結果: {account}・{kind}";
    archive(account): "{account}: archived", "{account}: アーカイブ";
    unarchive(account): "{account}: restored from the archive", "{account}: アーカイブから復帰";
    merge(other, kept): "{other} merged into {kept}", "{other}を{kept}に統合";
    delete_account(account): "{account}: deleted with all its records", "{account}: すべての記録とともに削除";
    edit_many(accounts, what): "{accounts} account{accounts:#}: {what}", "{accounts}件: {what}";
    note(account): "note on {account}", "{account}のメモ";
    action(what): "action “{what}”", "アクション「{what}」";
    action_added(what): "new action “{what}”", "アクション「{what}」の追加";
    action_edited(what): "action “{what}” changed", "アクション「{what}」の変更";
    informed(what): "“{what}”: customer informed", "「{what}」: お客様に連絡済み";
    informed_cleared(what): "“{what}”: customer not informed", "「{what}」: お客様に未連絡";
    status_changed(what, status): "“{what}”: {status}", "「{what}」: {status}";
    checkin(account): "check-in with {account}", "{account}とのチェックイン";
    contact(name): "{name}", "{name}";
    view(name): "view “{name}”", "ビュー「{name}」";
    undo: "undo", "元に戻す";
    redo: "redo", "やり直し";
    delete(what): "delete “{what}”", "「{what}」の削除";
    rollback: "rolled back after an interruption", "中断のためロールバック";
    touchpoint(account): "meeting with {account}", "{account}との面談";
    smooth(count): "{count} touchpoint{count:#} rescheduled", "タッチポイント{count}件の日程変更";
    absence: "absence", "不在";
    away(name): "calendar “{name}”", "カレンダー「{name}」";
}

/// What an import names as its file where the text came from standard input or was pasted.
pub const PASTED: &str = "-";
/// Parts of an account that are changed as a whole, as `Label::Edit` names them.
pub const HEALTH: &str = "health";
/// The account's own cadence.
pub const CADENCE: &str = "cadence";
/// Its preferences.
pub const PREFS: &str = "prefs";

/// The parts of an account that an edit changed, separated by commas. Journals of earlier versions hold the translated
/// words; they are shown unchanged.
fn parts(lang: Lang, keys: &str) -> String {
    let known = |key: &str| AccountField::parse(key).is_some();
    if !keys.contains(',') || !keys.split(',').all(known) {
        return part(lang, keys);
    }
    let words: Vec<String> = keys.split(',').map(|key| part(lang, key)).collect();
    words.join(super::common::list_comma(lang))
}

fn part(lang: Lang, key: &str) -> String {
    if let Some(field) = AccountField::parse(key) {
        return field.words(lang).to_owned();
    }
    match key {
        HEALTH => super::health::field_verdict(lang).to_owned(),
        CADENCE => super::cadence::title(lang).to_owned(),
        PREFS => super::prefs::prefs_word(lang).to_owned(),
        words => words.to_owned(),
    }
}

/// What an operation did.
pub fn label(lang: Lang, of: &Label) -> String {
    match of {
        Label::Import { files } => {
            let name = |f: &String| match f.as_str() {
                PASTED => super::prose::pasted(lang).to_owned(),
                file => file.to_owned(),
            };
            let names: Vec<String> = files.iter().map(name).collect();
            import(lang, names.join(", "))
        }
        Label::Demo => demo(lang).into(),
        Label::Restore => restore(lang).into(),
        Label::Edit { account, field } => edit(lang, account, parts(lang, field)),
        Label::NewAccount { account } => new_account(lang, account),
        Label::RenewalStep { account, kind } => step(lang, account, kind.words(lang)),
        Label::Assessment { account } => assessment(lang, account),
        Label::Case { account } => case(lang, account),
        Label::Contract { account } => contract(lang, account),
        Label::Outcome { account, kind } => outcome(lang, account, kind.words(lang)),
        Label::Outcomes { terms, kind } => outcomes(lang, terms, kind.words(lang)),
        Label::Ignored { terms } => super::outcomes::ignored_all(lang, terms),
        Label::Archive { account } => archive(lang, account),
        Label::Unarchive { account } => unarchive(lang, account),
        Label::Merge { kept, other } => merge(lang, other, kept),
        Label::DeleteAccount { account } => delete_account(lang, account),
        Label::EditMany { accounts, what } => edit_many(lang, accounts, what),
        Label::Note { account } => note(lang, account),
        Label::Action { what, step } => match step {
            Some(ActionStep::Added) => action_added(lang, what),
            Some(ActionStep::Edited) => action_edited(lang, what),
            Some(ActionStep::Informed) => informed(lang, what),
            Some(ActionStep::InformedCleared) => informed_cleared(lang, what),
            None => action(lang, what),
        },
        Label::ActionStatus { what, status } => status_changed(lang, what, status.words(lang)),
        Label::Checkin { account } | Label::Call { account } => checkin(lang, account),
        Label::Aside { account } => aside(lang, account),
        Label::Dismissal { words } => dismissal(lang, words),
        Label::Mark => String::new(),
        Label::Upgrade { from } => upgrade(lang, from),
        Label::Rollback { what, .. } => {
            format!("{}: {}", rollback(lang), label(lang, what))
        }
        Label::Delete { what } => delete(lang, what),
        Label::Contact { name } => contact(lang, name),
        Label::View { name } => view(lang, name),
        Label::Touchpoint { account } => touchpoint(lang, account),
        Label::Smooth { touches } => smooth(lang, touches),
        Label::Absence { name } if name.is_empty() => absence(lang).to_owned(),
        Label::Absence { name } => away(lang, name),
        Label::Undo { what, .. } => what.as_ref().map_or_else(
            || undo(lang).to_owned(),
            |w| format!("{}: {}", undo(lang), label(lang, w)),
        ),
        Label::Redo { what, .. } => what.as_ref().map_or_else(
            || redo(lang).to_owned(),
            |w| format!("{}: {}", redo(lang), label(lang, w)),
        ),
    }
}
