//! The words of failures: what happened, and how to fix it.

use super::{Lang, words};
use crate::domain::colleague::Wrong;
use crate::domain::failure::{Cause, Failure, Problem, Repair, WrongPlace};

words! {
    filter_keys: "band:at-risk tier:enterprise stage:renewal owner:x tag:x renewal<90 score<60 arr>1M usage<-20 touch>30 archived:yes attr.region:West", "区分:危険 ティア:smb ステージ:更新 担当:佐藤 タグ:x 更新<90 score<60 arr>100万 usage<-20 touch>30 アーカイブ:はい 属性.地域:関東";
    busy: "Another Kenshin has this store open", "別の Kenshin がこのデータストアを開いています";
    hint_busy: "Close it, or use note, action and read-only commands, which work while it is open", "閉じてからやり直してください。note・action・参照系のコマンドは開いたままでも使えます";
    repair_unread(path): "{path} cannot be read; it was left as it is", "{path} を読み取れません。そのまま残しています";
    full(free, path): "The disk is full ({free} free): {path}", "ディスクの空きがありません（残り {free}）: {path}";
    full_of_files(left, path): "The disk can hold no more files ({left} left): {path}", "ディスクに作成できるファイル数の上限です（残り {left} 個）: {path}";
    hint_files: "Nothing was lost. Remove some files from the disk and try again", "データは失われていません。ファイルを減らしてやり直してください";
    low(free, path): "Only {free} left on the disk: {path}. Changes are refused when it is full", "ディスクの空きが残り {free} です: {path}。いっぱいになると変更を保存できません";
    low_files(left, path): "The disk can hold only {left} more files: {path}. Changes are refused when it is full", "ディスクに作成できるファイルは残り {left} 個です: {path}。上限に達すると変更を保存できません";
    exposed(path, what): "Other users of this computer can read {path} ({what}). kenshin verify --fix-permissions makes it private", "このコンピューターの他のユーザーが {path} を読み取れます（{what}）。kenshin verify --fix-permissions で自分専用にできます";
    exposed_more(names, rest): "{names} and {rest} more", "{names} ほか {rest} 件";
    hint_full: "Nothing was lost. Free some disk space and try again", "データは失われていません。空きを作ってやり直してください";
    io_missing: "no such file or folder", "ファイルまたはフォルダがありません";
    io_denied: "permission denied", "アクセスが許可されていません";
    io_folder: "is a folder", "フォルダです";
    io_no_folder: "part of the path is not a folder", "パスの途中がフォルダではありません";
    io_exists: "already exists", "すでに存在します";
    io_device: "disk error", "ディスクの入出力エラーです";
    io_read_only: "the disk is read-only", "読み取り専用のディスクです";
    io(path, reason): "{path}: {reason}", "{path}: {reason}";
    not_ours(path): "{path} is there and was not written by Kenshin (--force replaces it)", "{path} はすでにあり、Kenshin が書き出したものではありません（--force で置き換えます）";
    is_link(path): "{path} is a link: name the file itself", "{path} はリンクです。ファイルそのものを指定してください";
    is_folder(path): "{path} is a folder: name a file in it", "{path} はフォルダです。その中のファイルを指定してください";
    is_device(path): "{path} is a device or a pipe, not a file", "{path} はデバイスまたはパイプで、ファイルではありません";
    is_own(path): "{path} is among Kenshin's own data: choose another place", "{path} は Kenshin のデータの中です。別の場所を指定してください";
    damaged(path, reason): "{path} is damaged: {reason}", "{path} が壊れています: {reason}";
    hint_damaged: "kenshin verify shows the damage. kenshin restore repairs it from the journal, restore FILE from a backup; restore replaced-1 takes the last restore back", "kenshin verify で状態を確認できます。kenshin restore はジャーナルから、restore ファイル はバックアップから復元し、restore replaced-1 は前回の復元を取り消します";
    newer(found, known): "A newer version wrote this store (schema {found}; this program supports up to {known})", "より新しいバージョンのデータストアです（スキーマ {found}、対応は {known} まで）";
    hint_newer: "Update Kenshin", "Kenshin を更新してください";
    no_account(text): "No account matches “{text}”", "「{text}」に一致するアカウントがありません";
    ambiguous(text): "“{text}” matches several:", "「{text}」の候補が複数あります:";
    not_found(what): "{what} not found", "{what} が見つかりません";
    config(place, reason): "{place}: {reason}", "{place}: {reason}";
    nothing_undo: "Nothing to undo", "元に戻す操作はありません";
    nothing_redo: "Nothing to redo", "やり直す操作はありません";
    usage(reason): "{reason}", "{reason}";
    wrong_empty: "Cannot be empty", "入力してください";
    wrong_number: "Not a whole number", "整数を入力してください";
    wrong_amount: "Not an amount", "金額として読み取れません";
    wrong_currency: "Which currency? Add ¥, $, € or a code", "通貨が分かりません。¥・$・€ か通貨コードを付けてください";
    wrong_one_of(allowed): "Must be one of: {allowed}", "次のいずれかを指定してください: {allowed}";
    wrong_role(named, allowed): "`{named}` is not a role. Write role: Name <mail> 9:00-17:30, with one of: {allowed}", "「{named}」は役割ではありません。「役割: 名前 <メール> 9:00-17:30」の形で、役割は次のいずれか: {allowed}";
    left_waiting_at(path, why): "A note waits in {path}: {why}", "取り込めないメモがあります（{path}）: {why}";
    hung: "The open Kenshin gives no sign of life", "開いている Kenshin が応答しません";
    hint_hung: "Look at its terminal (a stopped one continues with fg), or end it with kill: nothing that was saved is lost", "その端末を確認してください（停止中なら fg で再開）。kill で終了しても保存済みの内容は失われません";
    no_name: "A name is missing", "名前がありません";
    no_mail(text): "`{text}` is not a mail address (one is me@example.com)", "「{text}」はメールアドレスではありません（例: me@example.com）";
    no_hours(text): "`{text}` are not working hours (some are 9:00-17:30)", "「{text}」は勤務時間ではありません（例: 9:00-17:30）";
    repair_replayed(count): "Recovered {count} change{count:#} from the journal", "ジャーナルから {count} 件の変更を復旧しました";
    repair_asked: "as requested; nothing was wrong", "指示による再構築。破損はありませんでした";
    repair_wrong: "wrong counts or checksums", "件数またはチェックサムの不一致";
    repair_empty: "empty, although the journal has records", "ジャーナルに記録があるのにデータストアが空";
    repair_foreign: "it belonged to another store", "別のデータストアのもの";
    repair_behind: "it was an older copy", "古いコピー";
    repair_aside(parts): "Set aside files that are not of this store: {parts}", "このデータストアのものではないファイルを別名にしました: {parts}";
    repair_rebuilt(cause, path): "Rebuilt the store from the journal ({cause}); the old one is in {path}", "データストアをジャーナルから再構築しました（{cause}）。元のものは {path} にあります";
    repair_rolled(operation): "Rolled back an unfinished operation: {operation}", "途中で終わった操作をロールバックしました: {operation}";
    repair_migrated(from, to, backup): "Migrated the store from schema {from} to {to}; the backup is {backup}", "データストアをスキーマ {from} から {to} に更新しました。更新前のバックアップは {backup} にあります";
    repair_journal(places): "Repaired journal damage from the store: {places}", "ジャーナルの破損をデータストアから修復しました: {places}";
    read_only(lost): "Part of the data is lost. Read-only until you decide: {lost}", "データの一部が失われたため、対応を選ぶまで読み取り専用です: {lost}";
    hint_read_only: "kenshin restore FILE restores a backup; kenshin restore --accept-loss continues with what is left", "kenshin restore ファイル でバックアップに戻すか、kenshin restore --accept-loss で残りのデータのまま続けてください";
    repair_lost(lost): "Part of the data is lost; the rest is read-only. Lost: {lost}", "データの一部が失われました。残りは読み取り専用です。失われたもの: {lost}";
    undo_reach: "Cannot undo further back: older states are only in snapshots and backups", "これより前には戻せません（古い状態はスナップショットとバックアップにのみあります）";
    older(found, known): "An earlier trial version wrote this store (schema {found}; this program uses {known}): import its export, or use a new data folder", "以前の試用版のデータストアです（スキーマ {found}、現在は {known}）。書き出したデータを取り込むか、新しいフォルダを使ってください";
    no_answer: "The open Kenshin did not answer in time. Your change may have been saved: check before sending it again", "開いている Kenshin から時間内に応答がありません。保存された可能性があるため、再送の前に確認してください";
    line_too_long(limit): "At most {limit} characters", "{limit}文字までです";
    list_too_long(limit): "At most {limit} entries", "{limit}件までです";
    paste_too_long(limit): "Nothing was pasted: this field takes at most {limit} characters", "貼り付けていません。この欄は{limit}文字までです";
    text_too_long(limit): "Nothing was pasted: a text has at most {limit} MiB. Import longer ones as a file", "貼り付けていません。本文は {limit} MiB までです。長い文章はファイルから取り込んでください";
    edited_too_long(limit): "A text has at most {limit} MiB: the edited one is kept in a file, and the text here is unchanged", "本文は {limit} MiB までです。編集した内容はファイルに保存し、ここの本文はそのままです";
    unread_letters: "Some characters could not be read and stand as �: check the note", "読み取れない文字があり、� になっています。メモを確認してください";
    too_long(limit): "Notes are limited to {limit} MiB: import longer text instead", "メモは {limit} MiB までです。長い文章は取り込みを使ってください";
    stuck: "The store did not finish in time; saved changes are in the journal", "データストアの処理が時間内に終わりませんでした。保存済みの内容はジャーナルにあります";
    rebuilt: "The store was rebuilt while it was being read: run the command again", "読み取り中にデータストアが再構築されました。もう一度実行してください";
    leak(input, account, recorded, scored): "{input} of {account} dates from {recorded}, after the scoring date {scored}: later data cannot predict the outcome. Leave it out, or import earlier data.", "{input}（{account}）は{recorded}のもので、採点日（{scored}）より後です。後のデータでは予測になりません。除外するか、それ以前のデータを取り込んでください。";
}

/// What happened, in one or more lines.
pub fn failure(lang: Lang, failure: &Failure) -> String {
    match failure {
        Failure::Busy => busy(lang).into(),
        Failure::DiskFull { path, free } => full(lang, bytes(*free), path),
        Failure::NoMoreFiles { path, left } => full_of_files(lang, left, path),
        Failure::Io { path, reason } => io(lang, path, system_words(lang, reason)),
        Failure::Damaged { path, reason } => damaged(lang, path, reason),
        Failure::Leak {
            input,
            account,
            recorded,
            outcome,
        } => leak(lang, input, account, recorded, outcome),
        Failure::Stuck => stuck(lang).into(),
        Failure::Rebuilt => rebuilt(lang).into(),
        Failure::NoAnswer => no_answer(lang).into(),
        Failure::Hung => hung(lang).into(),
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
        Failure::WrongPlace { path, why } => match why {
            WrongPlace::Foreign => not_ours(lang, path),
            WrongPlace::Link => is_link(lang, path),
            WrongPlace::Folder => is_folder(lang, path),
            WrongPlace::Device => is_device(lang, path),
            WrongPlace::Own => is_own(lang, path),
        },
        Failure::NotFound { what } => not_found(lang, what),
        Failure::Config {
            path,
            line,
            column,
            reason,
        } => config(lang, Failure::at(path, *line, *column), reason),
        Failure::NothingToUndo => nothing_undo(lang).into(),
        Failure::NothingToRedo => nothing_redo(lang).into(),
        Failure::UndoReach => undo_reach(lang).into(),
        Failure::Refused { reason } | Failure::Usage { reason } => usage(lang, reason),
    }
}

/// A problem of the store, in one line.
pub fn problem(lang: Lang, problem: &Problem) -> String {
    match problem {
        Problem::Found(what) => what.clone(),
        Problem::Unreadable {
            place,
            failure: why,
        } => {
            let words = failure(lang, why);
            // Most failures already contain their place.
            if words.contains(place.as_str()) {
                words
            } else {
                format!("{place}: {words}")
            }
        }
    }
}

/// How to fix it, if the user can.
pub fn hint(lang: Lang, failure: &Failure) -> Option<&'static str> {
    match failure {
        Failure::Busy => Some(hint_busy(lang)),
        Failure::Hung => Some(hint_hung(lang)),
        Failure::DiskFull { .. } => Some(hint_full(lang)),
        Failure::NoMoreFiles { .. } => Some(hint_files(lang)),
        Failure::Damaged { .. } => Some(hint_damaged(lang)),
        Failure::ReadOnly { .. } => Some(hint_read_only(lang)),
        Failure::Newer { .. } => Some(hint_newer(lang)),
        _ => None,
    }
}

/// Common operating-system errors in the user's language; others are unchanged. They are recognized
/// by number, because the system's text depends on the system's language.
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

/// That the disk is nearly full; `files` where it runs out of places for files rather than of bytes.
pub fn nearly_full(lang: Lang, path: &str, free: u64, files: Option<u64>) -> String {
    match files {
        Some(left) => low_files(lang, left, path),
        None => low(lang, bytes(free), path),
    }
}

fn bytes(n: u64) -> String {
    if n >= 1 << 20 {
        format!("{} MiB", n >> 20)
    } else {
        format!("{n} B")
    }
}

/// A note of the spool that could not be taken in, and why.
pub fn left_waiting(lang: Lang, path: &str, failure: &Failure) -> String {
    left_waiting_at(lang, path, self::failure(lang, failure))
}

/// What is wrong with a text that should name a colleague.
pub fn wrong_person(lang: Lang, wrong: &Wrong) -> String {
    match wrong {
        Wrong::Nobody => no_name(lang).to_owned(),
        Wrong::Mail(text) => no_mail(lang, text),
        Wrong::Hours(text) => no_hours(lang, text),
    }
}

/// What was repaired when the store was opened.
pub fn repair(lang: Lang, repair: &Repair) -> String {
    match repair {
        Repair::Replayed { operations } => repair_replayed(lang, operations),
        Repair::Rebuilt { cause, aside } => {
            let why = match cause {
                Cause::Asked => repair_asked(lang),
                Cause::Wrong => repair_wrong(lang),
                Cause::Empty => repair_empty(lang),
                Cause::Foreign => repair_foreign(lang),
                Cause::Behind => repair_behind(lang),
                Cause::Unreadable { reason } => reason.as_str(),
            };
            repair_rebuilt(lang, why, aside)
        }
        Repair::RolledBack { label: l } => repair_rolled(lang, super::log::label(lang, l)),
        Repair::Unread { path } => repair_unread(lang, path),
        Repair::Lost { what } => format!("{}\n{}", repair_lost(lang, what), hint_read_only(lang)),
        Repair::Migrated { from, to, backup } => repair_migrated(lang, from, to, backup),
        Repair::SetAside { parts } => repair_aside(lang, parts.join("; ")),
        Repair::JournalDamage { places } => repair_journal(lang, places.join("; ")),
    }
}
