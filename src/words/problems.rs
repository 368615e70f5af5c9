//! What went wrong, in words, and what to do about it.

use super::{Lang, words};
use crate::domain::failure::{Cause, Failure, Repair};

words! {
    repair_unread(path): "{path} cannot be read; it was left as it is", "{path} を読み取れません。そのまま残しています";
    not_understood(word): "not understood: {word}", "解釈できません: {word}";
    filter_keys: "band:red tier:enterprise stage:renewal owner:x tag:x renewal<90 score<60 arr>1M usage<-20 touch>30", "band:red tier:enterprise stage:renewal owner:佐藤 tag:x renewal<90 score<60 arr>100万 usage<-20 touch>30";
    busy: "Another Kenshin has this store open", "この保管庫は別の Kenshin が開いています";
    hint_busy: "Close it, or use note, action and the queries: they reach it while it is open", "閉じてください。note・action・参照系は開いたままでも使えます";
    full(free, path): "The disk is full ({free} free): {path}", "ディスクの空きがありません（残り {free}）: {path}";
    hint_full: "Nothing was lost. Free some room and try again", "失われたものはありません。空きを作ってやり直してください";
    io_missing: "there is no such file or folder", "ファイルまたはフォルダがありません";
    io_denied: "reading or writing it is not allowed", "アクセスが許可されていません";
    io_folder: "it is a folder", "フォルダです";
    io_no_folder: "a part of the path is no folder", "パスの途中がフォルダではありません";
    io_exists: "it is there already", "すでに存在します";
    io_device: "the disk answered with an error", "ディスクの入出力エラーです";
    io_read_only: "the disk can only be read", "読み取り専用のディスクです";
    io(path, reason): "{path}: {reason}", "{path}: {reason}";
    damaged(path, reason): "{path} is damaged: {reason}", "{path} が壊れています: {reason}";
    hint_damaged: "kenshin verify says what is wrong; kenshin restore rebuilds from the journal or a backup", "kenshin verify で状態を確認し、kenshin restore で復元できます";
    newer(found, known): "The store was written by a later version (schema {found}, this program knows {known})", "より新しい版で書かれた保管庫です（スキーマ {found}、対応は {known} まで）";
    hint_newer: "Update Kenshin", "Kenshin を更新してください";
    no_account(text): "No account matches “{text}”", "「{text}」に一致するアカウントがありません";
    ambiguous(id): "“{id}” could be:", "「{id}」の候補:";
    not_found(what): "{what} was not found", "{what} が見つかりません";
    config(path, line, reason): "{path}:{line}: {reason}", "{path}:{line}: {reason}";
    nothing_undo: "There is nothing to undo", "取り消すものがありません";
    nothing_redo: "There is nothing to redo", "やり直すものがありません";
    usage(reason): "{reason}", "{reason}";
    wrong_empty: "It cannot be empty", "空にはできません";
    wrong_number: "Not a whole number", "整数ではありません";
    wrong_amount: "Not an amount", "金額として読めません";
    wrong_currency: "Which currency? Write ¥, $, € or a code", "通貨が分かりません。¥・$・€ か通貨コードを付けてください";
    wrong_one_of(known): "One of: {known}", "次のいずれか: {known}";
    repair_replayed(operations): "{operations} change{operations:#} taken over from the journal", "ジャーナルから {operations} 件の変更を反映しました";
    repair_asked: "as it was asked to be; nothing was wrong with it", "指示による再構築。破損はありませんでした";
    repair_wrong: "its counts or checksums were wrong", "件数またはチェックサムの不一致";
    repair_empty: "it held no records though the journal does", "ジャーナルに記録があるのに保管庫が空でした";
    repair_rebuilt(why, aside): "The store was rebuilt from the journal ({why}); the old one is in {aside}", "保管庫をジャーナルから再構築しました（{why}）。元のものは {aside} にあります";
    repair_rolled(label): "An unfinished operation was taken back: {label}", "途中で終わった操作を取り消しました: {label}";
    repair_migrated(from, to, backup): "The store was brought from schema {from} to {to}; a backup of it as it was is in {backup}", "保管庫をスキーマ {from} から {to} に更新しました。更新前のバックアップは {backup} にあります";
    repair_journal(places): "Damage in the journal, made good from the store: {places}", "ジャーナルの破損（保管庫から補いました）: {places}";
    read_only(reason): "Part of the data is lost, and nothing is written until you decide: {reason}", "データの一部が失われたため、方針が決まるまで書き込みません: {reason}";
    hint_read_only: "kenshin restore FILE takes over a backup; kenshin restore --accept-loss goes on with what is left", "kenshin restore ファイル でバックアップに戻すか、kenshin restore --accept-loss で残りのデータのまま続けます";
    repair_lost(what): "Part of the data is lost. What is left can be read; nothing is written. Lost: {what}", "データの一部が失われました。残りは読めますが、書き込みは止めています。失われたもの: {what}";
    undo_reach: "Undo reaches no further back: what came before is only in snapshots and backups", "これより前には戻せません（スナップショットとバックアップにのみ残っています）";
    older(found, known): "The store was written by an earlier trial version (schema {found}, this program writes {known}): import its export, or start a new home", "以前の試用版で書かれた保管庫です（スキーマ {found}、現在は {known}）。書き出しを取り込むか、新しいフォルダを使ってください";
    no_answer: "The open desk did not answer in time. What was sent may have been kept: look before sending it again", "開いている Kenshin から時間内に応答がありません。保存された可能性があります。再送の前に確認してください";
    too_long(what): "More than {what} MiB of text is not taken as a note: import it instead", "{what} MiB を超えるメモは保存できません。取り込みを使ってください";
    stuck: "The store did not finish in time; what was acknowledged is in the journal", "保管庫の処理が時間内に終わりませんでした。保存済みの内容はジャーナルにあります";
    leak(input, account, recorded, outcome): "{input} of {account} is of {recorded}, after {outcome}: what was written later cannot foretell. Leave it out, or bring in what was known before.", "{input}（{account}）は{recorded}のもので、{outcome}より後です。後から書かれたものでは予測になりません。除くか、事前に分かっていたものを取り込んでください。";
}

/// What happened, in one line or a few.
pub fn failure(lang: Lang, failure: &Failure) -> String {
    match failure {
        Failure::Busy => busy(lang).into(),
        Failure::DiskFull { path, free } => full(lang, bytes(*free), path),
        Failure::Io { path, reason } => io(lang, path, system_words(lang, reason)),
        Failure::Damaged { path, reason } => damaged(lang, path, reason),
        Failure::Leak {
            input,
            account,
            recorded,
            outcome,
        } => leak(lang, input, account, recorded, outcome),
        Failure::Stuck => stuck(lang).into(),
        Failure::NoAnswer => no_answer(lang).into(),
        Failure::ReadOnly { reason } => read_only(lang, reason),
        Failure::Newer { found, known } => newer(lang, found, known),
        Failure::Older { found, known } => older(lang, found, known),
        Failure::NoSuchAccount { text, near } => {
            let mut out = no_account(lang, text);
            if !near.is_empty() {
                out.push_str(&format!(
                    " ({})",
                    super::importing::row_near(
                        lang,
                        near.iter()
                            .map(|(_, n)| n.as_str())
                            .collect::<Vec<_>>()
                            .join(", ")
                    )
                ));
            }
            out
        }
        Failure::Ambiguous { text, candidates } => {
            let mut out = ambiguous(lang, text);
            for (id, name) in candidates {
                out.push_str(&format!("\n  {name}  ({id})"));
            }
            out
        }
        Failure::NotFound { what } => not_found(lang, what),
        Failure::Config { path, line, reason } => config(lang, path, line, reason),
        Failure::NothingToUndo => nothing_undo(lang).into(),
        Failure::NothingToRedo => nothing_redo(lang).into(),
        Failure::UndoReach => undo_reach(lang).into(),
        Failure::Refused { reason } | Failure::Usage { reason } => usage(lang, reason),
    }
}

/// What to do about it, where something can be done.
pub fn hint(lang: Lang, failure: &Failure) -> Option<&'static str> {
    match failure {
        Failure::Busy => Some(hint_busy(lang)),
        Failure::DiskFull { .. } => Some(hint_full(lang)),
        Failure::Damaged { .. } => Some(hint_damaged(lang)),
        Failure::ReadOnly { .. } => Some(hint_read_only(lang)),
        Failure::Newer { .. } => Some(hint_newer(lang)),
        _ => None,
    }
}

/// What the system said, in the user's language where it is one of the usual answers. It is known by its number:
/// its words follow the system's own language.
fn system_words<'a>(lang: Lang, reason: &'a str) -> std::borrow::Cow<'a, str> {
    let number = reason
        .rsplit_once("(os error ")
        .and_then(|(_, n)| n.trim_end_matches(')').parse::<i32>().ok());
    let known = match number {
        Some(2) => io_missing(lang),
        Some(1 | 13) => io_denied(lang),
        Some(5) => io_device(lang),
        Some(17) => io_exists(lang),
        Some(20) => io_no_folder(lang),
        Some(21) => io_folder(lang),
        Some(30) => io_read_only(lang),
        _ => return reason.into(),
    };
    known.into()
}

fn bytes(n: u64) -> String {
    if n >= 1 << 20 {
        format!("{} MiB", n >> 20)
    } else {
        format!("{n} B")
    }
}

/// What was mended when the store was opened.
pub fn repair(lang: Lang, repair: &Repair) -> String {
    match repair {
        Repair::Replayed { operations } => repair_replayed(lang, operations),
        Repair::Rebuilt { cause, aside } => {
            let why = match cause {
                Cause::Asked => repair_asked(lang),
                Cause::Wrong => repair_wrong(lang),
                Cause::Empty => repair_empty(lang),
                Cause::Unreadable { reason } => reason.as_str(),
            };
            repair_rebuilt(lang, why, aside)
        }
        Repair::RolledBack { label: l } => repair_rolled(lang, super::log::label(lang, l)),
        Repair::Unread { path } => repair_unread(lang, path),
        Repair::Lost { what } => format!("{}\n{}", repair_lost(lang, what), hint_read_only(lang)),
        Repair::Migrated { from, to, backup } => repair_migrated(lang, from, to, backup),
        Repair::JournalDamage { places } => repair_journal(lang, places.join("; ")),
    }
}
