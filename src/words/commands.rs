//! Words shared by several commands. Words of a single command are in that command's file.

use super::words;

words! {
    did_written(path): "Wrote {path}", "書き出しました: {path}";
    did_backup(path, records, bytes): "Backup: {path} ({records} record{records:#}, {bytes} bytes)", "バックアップ: {path}（レコード {records} 件、{bytes} バイト）";
    did_hint(hint): "Hint: {hint}", "ヒント: {hint}";
}
