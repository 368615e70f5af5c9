//! Why a file is not read as a table: what it is instead, and what the user can do, in words.

use super::limits::{CELLS, TEXT};
use crate::words::{Lang, words};

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A named pipe, which might never end.
    Pipe,
    Socket,
    Device,
    /// The standard input is a terminal.
    Terminal,
    /// More than this many bytes came through a pipe.
    EndlessPipe {
        limit: u64,
    },
    /// The marker of a file that Excel has open.
    LockFile,
    /// What macOS writes beside the files of other disks.
    MacFile,
    /// The system did not give the file.
    Unopened {
        reason: String,
    },
    /// Protected with a password.
    Encrypted,
    /// Excel 97–2003.
    OldExcel,
    /// One of the two: they begin alike, and nothing else tells.
    OldOrEncrypted,
    /// Another file of old Office programs, or a mail of Outlook.
    OldOffice,
    /// The binary form of Excel workbooks (.xlsb).
    BinaryWorkbook,
    /// A web page or an HTML table, under whatever name.
    Html,
    /// A spreadsheet of Excel 2003 in XML.
    XmlSpreadsheet,
    Xml,
    Zip,
    /// A zip file without its end: not downloaded or copied completely.
    CutZip,
    Gzip,
    /// Another form of compressed file.
    Compressed,
    OpenDocument,
    Numbers,
    /// A text document or a presentation.
    Document,
    Pdf,
    Image,
    Sqlite,
    /// A file of data tools: Parquet, Arrow, Avro.
    DataFile,
    Access,
    /// Bytes that are no text.
    Binary,
    /// A JSON file that is larger than this many bytes.
    LargeJson {
        limit: u64,
    },
    /// A workbook that is larger than this many bytes when unpacked.
    LargeWorkbook {
        limit: u64,
    },
    TooManyCells,
    DamagedWorkbook {
        reason: String,
    },
    /// The process that reads workbooks ended early, for want of memory or by a defect.
    ReaderFailed,
    /// The process that reads workbooks made no progress.
    ReaderHung,
    NoSheet {
        name: String,
        sheets: Vec<String>,
    },
    EmptyWorkbook,
    /// A hidden sheet, left out.
    HiddenSheet,
}

impl Refusal {
    /// Whether data that the user wants was left out. A hidden sheet is left out as a rule.
    pub fn is_loss(&self) -> bool {
        *self != Refusal::HiddenSheet
    }

    /// What the file is, and what to do.
    pub fn words(&self, lang: Lang) -> String {
        let mebibytes = |bytes: &u64| bytes >> 20;
        match self {
            Refusal::Pipe => pipe(lang).into(),
            Refusal::Socket => socket(lang).into(),
            Refusal::Device => device(lang).into(),
            Refusal::Terminal => terminal(lang).into(),
            Refusal::EndlessPipe { limit } => endless(lang, mebibytes(limit)),
            Refusal::LockFile => lock_file(lang).into(),
            Refusal::MacFile => mac_file(lang).into(),
            Refusal::Unopened { reason } => unopened(lang, reason),
            Refusal::Encrypted => encrypted(lang).into(),
            Refusal::OldExcel => old_excel(lang).into(),
            Refusal::OldOrEncrypted => old_or_encrypted(lang).into(),
            Refusal::OldOffice => old_office(lang).into(),
            Refusal::BinaryWorkbook => binary_workbook(lang).into(),
            Refusal::Html => html(lang).into(),
            Refusal::XmlSpreadsheet => xml_spreadsheet(lang).into(),
            Refusal::Xml => xml(lang).into(),
            Refusal::Zip => zip(lang).into(),
            Refusal::CutZip => cut_zip(lang).into(),
            Refusal::Gzip => gzip(lang).into(),
            Refusal::Compressed => compressed(lang).into(),
            Refusal::OpenDocument => open_document(lang).into(),
            Refusal::Numbers => numbers(lang).into(),
            Refusal::Document => document(lang).into(),
            Refusal::Pdf => pdf(lang).into(),
            Refusal::Image => image(lang).into(),
            Refusal::Sqlite => sqlite(lang).into(),
            Refusal::DataFile => data_file(lang).into(),
            Refusal::Access => access(lang).into(),
            Refusal::Binary => binary(lang).into(),
            Refusal::LargeJson { limit } => large_json(lang, mebibytes(limit)),
            Refusal::LargeWorkbook { limit } => large_workbook(lang, mebibytes(limit)),
            Refusal::TooManyCells => too_many_cells(lang, CELLS, mebibytes(&TEXT)),
            Refusal::DamagedWorkbook { reason } => damaged(lang, reason),
            Refusal::ReaderFailed => reader_failed(lang).into(),
            Refusal::ReaderHung => reader_hung(lang).into(),
            Refusal::NoSheet { name, sheets } => no_sheet(lang, name, sheets.join(", ")),
            Refusal::EmptyWorkbook => empty_workbook(lang).into(),
            Refusal::HiddenSheet => hidden_sheet(lang).into(),
        }
    }
}

words! {
    pipe: "a named pipe, not a file; send it through standard input: kenshin import - < PIPE", "名前付きパイプです。標準入力から渡してください: kenshin import - < パイプ";
    socket: "a socket, not a file", "ソケットです。ファイルではありません";
    device: "a device, not a file", "デバイスです。ファイルではありません";
    terminal: "standard input is a terminal; send a file through a pipe: cat FILE | kenshin import -", "標準入力が端末です。パイプでファイルを渡してください: cat ファイル | kenshin import -";
    endless(limit): "more than {limit} MiB came through the pipe; save it to a file first", "パイプから {limit} MiB を超えるデータが来ました。先にファイルに保存してください";
    lock_file: "marks a workbook that Excel has open; import the workbook itself (the name without ~$)", "Excel が開いているブックの目印です。ブック自体（~$ のない名前）を取り込んでください";
    mac_file: "a companion file of macOS without data; import the file without ._", "macOS の付属ファイルで、データはありません。._ のないファイルを取り込んでください";
    unopened(reason): "cannot be opened: {reason}", "開けません: {reason}";
    encrypted: "protected with a password; open it in Excel and save a copy without the password", "パスワードで保護されています。Excel で開き、パスワードなしで保存し直してください";
    old_excel: "an old Excel file (97–2003); open it in Excel and save it as .xlsx", "旧形式（97–2003）の Excel ファイルです。Excel で開き、.xlsx で保存し直してください";
    old_or_encrypted: "an old Excel file (97–2003), or one protected with a password; open it in Excel and save it as .xlsx without a password", "旧形式（97–2003）か、パスワードで保護された Excel ファイルです。Excel で開き、パスワードなしの .xlsx で保存し直してください";
    old_office: "a file of an old Office program, not a table; export the data as CSV or .xlsx", "旧形式の Office ファイルで、表ではありません。CSV か .xlsx で書き出してください";
    binary_workbook: "a binary Excel workbook (.xlsb); open it in Excel and save it as .xlsx", "バイナリ形式の Excel ブック（.xlsb）です。Excel で開き、.xlsx で保存し直してください";
    html: "a web page (HTML), not CSV or Excel, whatever its name says; export as CSV, or open it in Excel and save it as .xlsx", "名前にかかわらず中身は HTML（Web ページ）です。CSV で書き出すか、Excel で開いて .xlsx で保存し直してください";
    xml_spreadsheet: "an Excel 2003 XML spreadsheet; open it in Excel and save it as .xlsx", "Excel 2003 の XML スプレッドシートです。Excel で開き、.xlsx で保存し直してください";
    xml: "an XML file, not a table; export the data as CSV, .xlsx or JSON", "XML ファイルで、表ではありません。CSV・.xlsx・JSON で書き出してください";
    zip: "a zip file; unpack it and import the files in it", "zip ファイルです。展開して中のファイルを取り込んでください";
    cut_zip: "a workbook or zip file without its end: download or copy it again", "末尾が欠けたブックまたは zip ファイルです。もう一度ダウンロードするか、コピーし直してください";
    gzip: "compressed with gzip; unpack it (gunzip) or send it through a pipe: gunzip -c FILE | kenshin import -", "gzip で圧縮されています。展開（gunzip）するか、パイプで渡してください: gunzip -c ファイル | kenshin import -";
    compressed: "a compressed file; unpack it first", "圧縮ファイルです。先に展開してください";
    open_document: "an OpenDocument file (LibreOffice); save the sheet as .xlsx or CSV", "OpenDocument（LibreOffice）のファイルです。.xlsx か CSV で保存し直してください";
    numbers: "an Apple Numbers file; export it as .xlsx or CSV", "Apple Numbers のファイルです。.xlsx か CSV で書き出してください";
    document: "a document, not a table; save its table as CSV or .xlsx", "文書ファイルで、表ではありません。表を CSV か .xlsx で保存してください";
    pdf: "a PDF, not a table; export the data as CSV or .xlsx", "PDF で、表ではありません。CSV か .xlsx で書き出してください";
    image: "a picture, not a table; export the data as CSV or .xlsx", "画像で、表ではありません。CSV か .xlsx で書き出してください";
    sqlite: "an SQLite database; export its tables as CSV: sqlite3 -header -csv FILE 'select * from TABLE'", "SQLite のデータベースです。表を CSV で書き出してください: sqlite3 -header -csv ファイル 'select * from 表'";
    data_file: "a file of data tools (Parquet, Arrow, Avro); export it as CSV", "データ処理用のファイル（Parquet・Arrow・Avro）です。CSV で書き出してください";
    access: "a Microsoft Access database; export its tables as CSV or .xlsx", "Microsoft Access のデータベースです。表を CSV か .xlsx で書き出してください";
    binary: "not text: neither a table nor a workbook", "テキストではありません。表でもブックでもないファイルです";
    large_json(limit): "larger than {limit} MiB, the limit for JSON; split it, or export it as CSV", "JSON の上限 {limit} MiB を超えています。分割するか、CSV で書き出してください";
    large_workbook(limit): "larger than {limit} MiB when unpacked, the limit for workbooks; save the sheet as CSV", "展開するとブックの上限 {limit} MiB を超えます。シートを CSV で保存してください";
    too_many_cells(cells, text): "more than {cells} cells or {text} MiB of text, the limit for workbooks; save the sheet as CSV", "ブックの上限（{cells} セル、文字 {text} MiB）を超えています。シートを CSV で保存してください";
    damaged(reason): "a damaged workbook ({reason}); open it in Excel and save it again", "壊れたブックです（{reason}）。Excel で開いて保存し直してください";
    reader_failed: "the workbook could not be read: it needs too much memory or is damaged; save the sheet as CSV", "ブックを読み取れませんでした。必要なメモリが大きすぎるか、壊れています。シートを CSV で保存してください";
    reader_hung: "reading the workbook made no progress and was stopped; save the sheet as CSV", "ブックの読み取りが進まないため中止しました。シートを CSV で保存してください";
    no_sheet(name, sheets): "no sheet “{name}”; the workbook has: {sheets}", "シート「{name}」はありません。ブックのシート: {sheets}";
    empty_workbook: "the workbook is empty", "ブックが空です";
    hidden_sheet: "hidden sheet, left out (--sheet reads it)", "非表示のシートのため読み込みません（--sheet で指定できます）";
}
