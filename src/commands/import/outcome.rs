//! Closing messages shared by the import of tables and the import of an export.

use crate::words::words;

words! {
    imported: "Imported. Run kenshin undo to undo it.", "取り込みました。kenshin undo で元に戻せます。";
    nothing: "Nothing to import", "取り込むデータはありません";
    not_asked: "Nothing was imported. Add --yes to import.", "取り込んでいません。取り込むには --yes を付けてください。";
}
