//! Files of strangers: whatever a file is, it is read or refused with its name and a reason, within
//! bounds of time and memory.

use crate::common;

use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use common::zipped::{workbook, zip};
use common::{command, kenshin, said};
use fastrand::Rng;
use serde_json::Value;

/// Imports paths with options into a new home. Returns the output and the report.
fn import(args: &[&str]) -> (Output, Value) {
    let home = tempfile::tempdir().expect("temporary folder");
    let started = Instant::now();
    let all = [&["import", "--json", "--yes"], args].concat();
    let out = kenshin(home.path(), &all);
    assert!(
        started.elapsed() < Duration::from_secs(30),
        "{args:?} hangs"
    );
    let report = serde_json::from_slice(&out.stdout).unwrap_or_default();
    (out, report)
}

/// What the report says of its only file.
fn problem(report: &Value) -> String {
    let files = report["files"].as_array().expect("files");
    let problems = files.iter().filter_map(|f| f["problem"].as_str());
    problems.collect::<Vec<_>>().join(" | ")
}

fn counted(report: &Value, kind: &str, count: &str) -> u64 {
    report["kinds"][kind][count].as_u64().unwrap_or(0)
}

/// A cell of text.
fn text(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn header() -> String {
    let cells = text("A1", "id") + &text("B1", "account_name") + &text("C1", "owner");
    format!("<row r=\"1\">{cells}</row>")
}

/// A compound document whose directory has these names.
fn compound(names: &[&str]) -> Vec<u8> {
    let mut out = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    out.resize(512, 0);
    out[30] = 9;
    // The directory is the third sector.
    out[48] = 2;
    out.resize(512 * 3, 0);
    for name in names {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(128, 0);
        out.extend(entry);
    }
    out
}

#[test]
fn what_is_no_table_is_named_with_what_to_do() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let manifest = ("META-INF/manifest.xml", "");
    let cases: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        ("report.xls", b"<html><body><table><tr><td>Account</td></tr></table></body></html>".to_vec(), "HTML", "HTML"),
        ("report.csv", b"\xef\xbb\xbf\n <!DOCTYPE html>\n<html></html>".to_vec(), "HTML", "HTML"),
        ("meta.xls", b"<meta http-equiv=\"Content-Type\" content=\"text/html\"><table>".to_vec(), "HTML", "HTML"),
        ("wide.xls", "\u{feff}<table><tr><td>x</td></tr></table>".encode_utf16().flat_map(u16::to_le_bytes).collect(), "HTML", "HTML"),
        ("2003.xls", b"<?xml version=\"1.0\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">".to_vec(), "Excel 2003", "Excel 2003"),
        ("feed.csv", b"<?xml version=\"1.0\"?><accounts/>".to_vec(), "XML file", "XML"),
        ("old.xls", compound(&["Root Entry", "Workbook"]), "97", "97"),
        ("older.xls", compound(&["Root Entry", "Book"]), "97", "97"),
        ("secret.xlsx", compound(&["Root Entry", "EncryptionInfo", "EncryptedPackage"]), "password", "パスワード"),
        ("letter.xls", compound(&["Root Entry", "WordDocument"]), "Office", "Office"),
        ("head.xls", compound(&[]), "password", "パスワード"),
        ("data.zip", zip(&[("a.csv", "id,name\n")]), "zip file; unpack", "zip"),
        ("sheet.ods", zip(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", ""), manifest]), "OpenDocument", "OpenDocument"),
        ("binary.xlsb", zip(&[("[Content_Types].xml", ""), ("xl/workbook.bin", "")]), ".xlsb", ".xlsb"),
        ("letter.xlsx", zip(&[("[Content_Types].xml", ""), ("_rels/.rels", ""), ("word/document.xml", "")]), "document", "文書"),
        ("apple.numbers", zip(&[("Index/Document.iwa", "")]), "Numbers", "Numbers"),
        ("cut.xlsx", workbook(&header(), ">", "")[..400].to_vec(), "without its end", "末尾"),
        ("a.csv", b"\x1f\x8b\x08\0\0\0\0\0".to_vec(), "gzip", "gzip"),
        ("a.csv.bz2", b"BZh91AY&SY".to_vec(), "compressed", "圧縮"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), "compressed", "圧縮"),
        ("list.pdf", b"%PDF-1.7\n".to_vec(), "PDF", "PDF"),
        ("shot.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "picture", "画像"),
        ("shot.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), "picture", "画像"),
        ("app.db", b"SQLite format 3\0\x10\0".to_vec(), "SQLite", "SQLite"),
        ("part.parquet", b"PAR1\x15\x04".to_vec(), "Parquet", "Parquet"),
        ("old.mdb", b"\0\x01\0\0Standard Jet DB\0".to_vec(), "Access", "Access"),
        ("core.csv", [&b"\x7fELF"[..], &[0; 400]].concat(), "not text", "テキスト"),
        ("~$book.xlsx", b"\x05Sato ".to_vec(), "Excel has open", "Excel が開いている"),
        ("._a.csv", b"\0\x05\x16\x07".to_vec(), "macOS", "macOS"),
    ];
    for (name, bytes, english, japanese) in cases {
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).expect("the file is written");
        let path = path.display().to_string();
        for (lang, words) in [("en", english), ("ja", japanese)] {
            let (out, report) = import(&["--lang", lang, &path]);
            assert_eq!(out.status.code(), Some(1), "{name}: {}", said(&out));
            assert!(
                problem(&report).contains(words),
                "{name}: {}",
                problem(&report)
            );
        }
    }
}

#[test]
fn a_pipe_a_device_or_a_socket_is_refused_at_once_and_the_other_files_come_in() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let at = |name: &str| dir.path().join(name);
    std::fs::write(at("a.csv"), "id,account_name\nA1,Acme\n").expect("the file is written");
    std::fs::write(at("~$a.xlsx"), "lock").expect("the file is written");
    std::fs::write(at("._a.csv"), "mac").expect("the file is written");
    std::fs::write(at(".DS_Store"), "mac").expect("the file is written");
    let folder = dir.path().display().to_string();
    let (out, report) = import(&[&folder]);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    assert_eq!(report["files"].as_array().map(Vec::len), Some(1));

    let made = std::process::Command::new("mkfifo")
        .arg(at("x.csv"))
        .status();
    assert!(made.expect("mkfifo runs").success());
    let _socket = std::os::unix::net::UnixListener::bind(at("s.csv")).expect("a socket");
    std::os::unix::fs::symlink(dir.path(), at("again")).expect("a link");
    std::os::unix::fs::symlink(at("nowhere"), at("gone.csv")).expect("a link");
    let (out, report) = import(&[&folder]);
    assert_eq!(out.status.code(), Some(3), "{}", said(&out));
    assert_eq!(counted(&report, "accounts", "new"), 1);
    let all = problem(&report);
    for words in ["named pipe", "a socket", "cannot be opened"] {
        assert!(all.contains(words), "{all}");
    }
    for (path, words) in [(at("x.csv"), "named pipe"), ("/dev/zero".into(), "device")] {
        let (out, report) = import(&[&path.display().to_string()]);
        assert_eq!(out.status.code(), Some(1));
        assert!(problem(&report).contains(words), "{}", problem(&report));
    }
    // A link to a folder or a file that is named is followed.
    std::os::unix::fs::symlink(at("a.csv"), at("linked.csv")).expect("a link");
    for path in ["again", "linked.csv"] {
        let (_, report) = import(&[&at(path).display().to_string()]);
        assert_eq!(counted(&report, "accounts", "new"), 1, "{path}");
    }
    let empty = tempfile::tempdir().expect("temporary folder");
    let (out, _) = import(&[&empty.path().display().to_string()]);
    assert!(said(&out).contains("not found"), "{}", said(&out));
    let (out, _) = import(&[&at("missing.csv").display().to_string()]);
    assert!(said(&out).contains("no such file"), "{}", said(&out));
}

#[test]
fn what_comes_through_a_pipe_is_imported_and_nothing_of_it_is_left() {
    let xlsx = workbook(
        &(header() + "<row r=\"2\">" + &text("A2", "p-1") + &text("B2", "P") + "</row>"),
        ">",
        "",
    );
    for (path, bytes) in [
        ("-", b"id,account_name\np-1,Pipe\n".to_vec()),
        (
            "/dev/stdin",
            b"[{\"id\": \"p-1\", \"account_name\": \"Pipe\"}]".to_vec(),
        ),
        ("-", xlsx),
        (
            "/dev/fd/0",
            b"\xef\xbb\xbfid;account_name\r\np-1;Pipe\r\n".to_vec(),
        ),
    ] {
        let home = tempfile::tempdir().expect("temporary folder");
        // A killed process may have left something.
        std::fs::create_dir_all(home.path().join("incoming")).expect("a folder");
        std::fs::write(home.path().join("incoming/1"), "left").expect("the file is written");
        let mut child = command(home.path(), &["import", "--json", "--yes", path])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut pipe = child.stdin.take().expect("a pipe");
        pipe.write_all(&bytes).expect("the pipe takes it");
        drop(pipe);
        let out = child.wait_with_output().expect("it ends");
        let report: Value = serde_json::from_slice(&out.stdout).expect("a report");
        assert_eq!(counted(&report, "accounts", "new"), 1, "{path}: {report}");
        let name = report["files"][0]["file"].as_str().expect("a name");
        assert!(name.starts_with("stdin"), "{name}");
        let left = std::fs::read_dir(home.path().join("incoming")).expect("a folder");
        assert_eq!(left.count(), 0, "{path}");
    }
    let script = format!(
        "{} import --json --yes <(printf 'id,account_name\\nq-1,Shell\\n')",
        env!("CARGO_BIN_EXE_kenshin")
    );
    let home = tempfile::tempdir().expect("temporary folder");
    let out = std::process::Command::new("bash")
        .args(["-c", &script])
        .env("KENSHIN_HOME", home.path())
        .output()
        .expect("bash runs");
    let report: Value = serde_json::from_slice(&out.stdout).expect("a report");
    assert_eq!(counted(&report, "accounts", "new"), 1, "{}", said(&out));
}

/// The most memory that an import took, in MiB, with the processes it started.
fn memory(path: &Path) -> (u64, Output) {
    let home = tempfile::tempdir().expect("temporary folder");
    let measured = home.path().join("memory");
    let out = std::process::Command::new("/usr/bin/time")
        .args(["-f", "%M", "-o"])
        .arg(&measured)
        .arg(env!("CARGO_BIN_EXE_kenshin"))
        .args(["import", "--lang", "en", "--yes"])
        .arg(path)
        .env("KENSHIN_HOME", home.path())
        .output()
        .expect("it runs");
    let text = std::fs::read_to_string(measured).expect("a measure");
    let last = text.lines().last().expect("a line");
    (last.parse::<u64>().expect("a number") / 1024, out)
}

#[test]
fn a_far_cell_a_boast_of_strings_and_an_open_quote_stay_within_memory() {
    if !Path::new("/usr/bin/time").exists() {
        return eprintln!("without /usr/bin/time memory is not measured");
    }
    let dir = tempfile::tempdir().expect("temporary folder");
    let row = |n: u32, more: &str| {
        let cells = text(&format!("A{n}"), &format!("f-{n}")) + &text(&format!("B{n}"), "F");
        format!("<row r=\"{n}\">{cells}{more}</row>")
    };
    let far = |place: &str, n: u32| {
        let sheet = header() + &row(2, "") + &format!("<row r=\"{n}\">{}</row>", text(place, "x"));
        workbook(&sheet, ">", "")
    };
    let boast = workbook(
        &(header() + &row(2, "")),
        "uniqueCount=\"99999999999\">",
        "",
    );
    let mut quote = b"id,account_name\nf-2,F\nf-3,\"G\n".to_vec();
    let mut line = 0;
    while quote.len() < 64 << 20 {
        line += 1;
        let text = "without any comma in it at all ".repeat(12);
        quote.extend(format!("endless text {line} {text}\n").bytes());
    }
    for (name, bytes, new, limit) in [
        ("far.xlsx", far("XFD1048576", 1_048_576), 1, 150),
        ("mid.xlsx", far("ZZ100000", 100_000), 1, 150),
        ("outside.xlsx", far("ZZZZ9", 9), 1, 150),
        // The claim fails in the process that reads, which is refused.
        ("boast.xlsx", boast, 0, 150),
        // The lines after the cell that was cut are held while they are read again.
        ("quote.csv", quote, 1, 200),
    ] {
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).expect("the file is written");
        let (mebibytes, out) = memory(&path);
        assert!(mebibytes < limit, "{name}: {mebibytes} MiB");
        let words = said(&out);
        if new == 0 {
            assert!(words.contains("too much memory"), "{name}: {words}");
        } else {
            let counts = format!("accounts: new {new} ");
            assert!(words.contains(&counts), "{name}: {words}");
            assert!(!words.contains("rejected 0"), "{name}: {words}");
        }
    }
}

#[test]
fn cells_are_taken_as_excel_shows_them() {
    let styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"00000\"/><numFmt numFmtId=\"165\" formatCode=\"yyyy/m/d\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs>";
    let strings = "count=\"1\"><si><r><t>株式会社</t></r><r><t>青葉</t></r><rPh sb=\"0\" eb=\"2\"><t>アオバ</t></rPh></si>";
    let head = ["id", "account_name", "renewal_date", "owner", "seats"];
    let cells: String = head
        .iter()
        .zip('A'..)
        .map(|(h, c)| text(&format!("{c}1"), h))
        .collect();
    let sheet = format!(
        "<row r=\"1\">{cells}</row><row r=\"2\"><c r=\"A2\" s=\"1\"><v>123</v></c><c r=\"B2\" t=\"s\"><v>0</v></c><c r=\"C2\" s=\"2\"><v>46477</v></c><c r=\"D2\" t=\"e\"><v>#N/A</v></c><c r=\"E2\"><f>40+2</f><v>42</v></c></row><row r=\"4\"><c r=\"A4\"><v>7</v></c>{}<c r=\"D4\" t=\"e\"><v>#SPILL!</v></c></row>",
        text("B4", "Next")
    );
    let dir = tempfile::tempdir().expect("temporary folder");
    let path = dir.path().join("book.xlsm");
    std::fs::write(&path, workbook(&sheet, strings, styles)).expect("the file is written");
    let home = tempfile::tempdir().expect("temporary folder");
    common::run(
        home.path(),
        &["import", "--yes", &path.display().to_string()],
    );
    let all = common::everything(home.path());
    for words in ["\"00123\"", "株式会社青葉", "2027-03-31", "\"Next\"", "42"] {
        assert!(all.contains(words), "{words}: {all}");
    }
    assert!(!all.contains("アオバ") && !all.contains("#N/A") && !all.contains("SPILL"));
}

#[test]
fn hidden_sheets_are_named_and_an_unknown_sheet_lists_them_all() {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, hidden) in [("Now", false), ("Old", true), ("Blank", false)] {
        let sheet = book.add_worksheet().set_name(name).expect("a sheet");
        sheet.set_hidden(hidden);
        if name != "Blank" {
            for (row, cells) in [["id", "account_name"], [name, name]].iter().enumerate() {
                for (column, cell) in cells.iter().enumerate() {
                    let (row, column) = (row as u32 + 3, column as u16 + 1);
                    sheet.write(row, column, *cell).expect("a cell");
                }
            }
        }
    }
    let dir = tempfile::tempdir().expect("temporary folder");
    let path = dir.path().join("book.xlsx");
    book.save(&path).expect("the workbook is saved");
    let path = path.display().to_string();
    let (out, report) = import(&[&path]);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    assert_eq!(counted(&report, "accounts", "new"), 1);
    let names: Vec<&str> = report["files"]
        .as_array()
        .expect("files")
        .iter()
        .filter_map(|f| f["file"].as_str())
        .collect();
    assert_eq!(names, ["book.xlsx [Now]", "book.xlsx [Old]"]);
    assert!(problem(&report).contains("hidden"), "{report}");
    let (_, report) = import(&["--sheet", "Old", &path]);
    assert_eq!(report["files"][0]["file"], "book.xlsx [Old]");
    assert_eq!(counted(&report, "accounts", "new"), 1);
    let (out, report) = import(&["--sheet", "Nope", &path]);
    assert_eq!(out.status.code(), Some(1));
    assert!(problem(&report).contains("Now, Old, Blank"), "{report}");
}

#[test]
fn files_for_a_spreadsheet_begin_with_its_mark_and_come_back_without_it() {
    const MARK: &[u8] = b"\xef\xbb\xbf";
    let home = common::demo(3);
    let export = kenshin(home.path(), &["export", "--actions", "csv"]);
    assert!(
        export.stdout.starts_with(&[MARK, b"id,"].concat()),
        "{}",
        said(&export)
    );
    let path = home.path().join("会社.csv");
    std::fs::write(&path, "\"id\",\"会社名\",更新日\nk-1,,いつか\n").expect("the file is written");
    // A dry run writes the rows to correct as well.
    for (options, files) in [("--dry-run", 1), ("--yes", 2)] {
        kenshin(
            home.path(),
            &["import", options, &path.display().to_string()],
        );
        let rejects: Vec<_> = std::fs::read_dir(home.path().join("rejects"))
            .expect("a folder")
            .map(|e| e.expect("an entry").path())
            .collect();
        assert_eq!(rejects.len(), files, "{options}");
        for path in rejects {
            let bytes = std::fs::read(&path).expect("the file is readable");
            assert!(bytes.starts_with(MARK));
            let mended = String::from_utf8(bytes)
                .expect("text")
                .replace(",,いつか", ",青葉,2027-03-31");
            std::fs::write(&path, mended).expect("the file is written");
            let (_, report) = import(&[&path.display().to_string()]);
            assert_eq!(counted(&report, "accounts", "new"), 1, "{report}");
        }
    }
}

#[test]
fn long_cells_wide_rows_and_large_files_are_refused_by_name() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let at = |name: &str| dir.path().join(name);
    let long = "x".repeat((1 << 20) + 1);
    let wide = ",".repeat(20_000);
    for (name, text, words) in [
        (
            "long.csv",
            format!("id,account_name\na,{long}\nb,B\n"),
            "longer than 1 MiB",
        ),
        (
            "wide.csv",
            format!("id,account_name\na,A{wide}z\nb,B\n"),
            "16384 cells",
        ),
        (
            "long.json",
            format!(
                "[{{\"id\":\"a\",\"account_name\":\"{long}\"}},{{\"id\":\"b\",\"account_name\":\"B\"}}]"
            ),
            "longer than 1 MiB",
        ),
    ] {
        std::fs::write(at(name), text).expect("the file is written");
        let (_, report) = import(&[&at(name).display().to_string()]);
        assert_eq!(
            counted(&report, "accounts", "new"),
            1,
            "{name}: {}",
            report["kinds"]
        );
        assert_eq!(counted(&report, "accounts", "rejected"), 1, "{name}");
        let reason = report["rejects"][0]["reason"].as_str().expect("a reason");
        assert!(reason.contains(words), "{reason}");
    }
    let large = std::fs::File::create(at("large.json")).expect("a file");
    (&large)
        .write_all(format!("[{}", " ".repeat(1 << 16)).as_bytes())
        .expect("the file is written");
    large.set_len(300 << 20).expect("a length");
    let (out, report) = import(&[&at("large.json").display().to_string()]);
    assert_eq!(out.status.code(), Some(1));
    assert!(problem(&report).contains("128 MiB"), "{report}");
}

/// Up to three damages: bytes flipped, cut out, doubled, or the end cut off. Says how many were doubled.
fn damaged(rng: &mut Rng, whole: &[u8]) -> (Vec<u8>, u64) {
    let (mut bytes, mut doubled) = (whole.to_vec(), 0);
    for _ in 0..rng.usize(1..4) {
        if bytes.is_empty() {
            break;
        }
        let at = rng.usize(0..bytes.len());
        let end = (at + rng.usize(1..64)).min(bytes.len());
        match rng.u32(0..5) {
            0 => bytes[at] ^= 1 << rng.u32(0..8),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
                doubled += 1;
            }
            3 => bytes.truncate(at),
            _ => bytes[at] = rng.u8(..),
        }
    }
    (bytes, doubled)
}

#[test]
fn damaged_files_are_read_or_refused_and_every_row_is_accounted_for() {
    let rows = 12;
    // Ids of one length: no part of one is another.
    let names = |n: usize| (format!("d-{}", 1000 + n), format!("Damaged {n}"));
    let mut csv = "id,account_name,owner\n".to_owned();
    let mut json = Vec::new();
    let mut sheet = header();
    for n in 0..rows {
        let (id, name) = names(n);
        csv.push_str(&format!("{id},\"{name}\",Sato\n"));
        json.push(format!(
            "{{\"id\": \"{id}\", \"account_name\": \"{name}\"}}"
        ));
        let r = n + 2;
        sheet += &format!(
            "<row r=\"{r}\">{}{}</row>",
            text(&format!("A{r}"), &id),
            text(&format!("B{r}"), &name)
        );
    }
    let files = [
        ("d.csv", csv.into_bytes()),
        ("d.json", format!("[{}]", json.join(",\n")).into_bytes()),
        ("d.xlsx", workbook(&sheet, ">", "")),
    ];
    let rounds = match std::env::var("KENSHIN_TORTURE") {
        Ok(_) => 1_000,
        Err(_) => 100,
    };
    let mut rng = Rng::with_seed(11);
    let dir = tempfile::tempdir().expect("temporary folder");
    let home = tempfile::tempdir().expect("temporary folder");
    for round in 0..rounds {
        let (name, whole) = &files[round % files.len()];
        let path = dir.path().join(name);
        let (bytes, doubled) = damaged(&mut rng, whole);
        std::fs::write(&path, &bytes).expect("the file is written");
        let started = Instant::now();
        let all = ["import", "--dry-run", "--json", &path.display().to_string()];
        let out = kenshin(home.path(), &all);
        assert!(
            started.elapsed() < Duration::from_secs(2),
            "round {round} hangs"
        );
        assert!(
            matches!(out.status.code(), Some(0 | 1 | 3)),
            "round {round}: {}",
            said(&out)
        );
        let report: Value = serde_json::from_slice(&out.stdout)
            .unwrap_or_else(|e| panic!("round {round}: {e}: {}", said(&out)));
        for file in report["files"].as_array().expect("files") {
            if file["problem"].is_null() && file["kind"] == "accounts" {
                let seen: u64 = ["new", "changed", "unchanged", "rejected"]
                    .iter()
                    .map(|count| counted(&report, "accounts", count))
                    .sum();
                // Of rows that are alike in all cells one counts.
                let alike = file["rows"].as_u64().map(|rows| rows - seen);
                assert!(
                    alike <= Some(3 * doubled),
                    "round {round}: {report}\n{}",
                    String::from_utf8_lossy(&bytes)
                );
            }
        }
        let _ = std::fs::remove_dir_all(home.path().join("rejects"));
    }
}
