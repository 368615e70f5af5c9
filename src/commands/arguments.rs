//! Arguments shared by several commands, and how they are read. Must not depend on any command.

use std::ffi::OsString;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, value_parser};

use super::output::say;
use crate::domain::failure::Failure;
use crate::ipc;
use crate::services::import::encoding;
use crate::words::{self, Lang, words};

words! {
    json_help: "Print JSON", "JSON で出力";
    account_help: "Account id, name or part of the name (kana, kanji or romaji)", "アカウントの ID・名前・名前の一部（かな・漢字・ローマ字）";
    only_account_help: "Only this account", "このアカウントのみ";
    text_help: "Text, or - to read standard input", "本文（- で標準入力から読み込み）";
    file_help: "File", "ファイル";
    force_help: "Replace a file that Kenshin did not write", "Kenshin が書き出したものではないファイルも置き換える";
}

/// Names of the arguments that this file reads for all commands.
const JSON: &str = "json";
const TEXT: &str = "text";

/// A positional argument.
pub fn arg(name: &'static str, help: impl Into<String>) -> Arg {
    Arg::new(name).help(help.into())
}

/// A flag, `--name`.
pub fn flag(name: &'static str, help: impl Into<String>) -> Arg {
    Arg::new(name)
        .long(name)
        .action(ArgAction::SetTrue)
        .help(help.into())
}

/// An option, `--name VALUE`.
pub fn option(name: &'static str, help: impl Into<String>) -> Arg {
    Arg::new(name).long(name).help(help.into())
}

/// Makes an argument a path of a file or folder.
pub fn path(a: Arg) -> Arg {
    a.value_parser(value_parser!(PathBuf))
}

/// Limits an argument to the given values.
pub fn one_of(a: Arg, values: impl IntoIterator<Item = &'static str>) -> Arg {
    a.value_parser(PossibleValuesParser::new(values))
}

/// `--json`.
pub fn json(lang: Lang) -> Arg {
    flag(JSON, json_help(lang))
}

/// The required account argument.
pub fn account(lang: Lang) -> Arg {
    arg("account", account_help(lang))
        .required(true)
        .value_name("ACCOUNT")
}

/// The positional path of the file that a command reads or writes.
pub fn file(lang: Lang) -> Arg {
    path(arg("file", file_help(lang))).value_name("FILE")
}

/// `--force`, for commands that write a file.
pub fn force(lang: Lang) -> Arg {
    flag("force", force_help(lang))
}

/// `--account`, for commands that otherwise apply to all accounts.
pub fn only_account(lang: Lang) -> Arg {
    option("account", only_account_help(lang)).value_name("ACCOUNT")
}

/// The text of a note, up to the end of the line. See [`text`].
pub fn note(lang: Lang) -> Arg {
    text(text_help(lang))
}

/// Free text up to the end of the line, even if it looks like options. A last word `--json` is the
/// option: see [`free_text`].
pub fn text(help: impl Into<String>) -> Arg {
    arg(TEXT, help)
        .num_args(0..)
        .value_name("TEXT")
        .trailing_var_arg(true)
        .allow_hyphen_values(true)
}

/// The value of an argument, if given.
pub fn given(m: &ArgMatches, name: &str) -> Option<String> {
    m.get_one::<String>(name).cloned()
}

/// The value of an argument; empty if it was not given.
pub fn or_empty(m: &ArgMatches, name: &str) -> String {
    given(m, name).unwrap_or_default()
}

/// An absolute path for the running client, whose working folder is another one.
pub fn absolute(path: &Path) -> String {
    std::path::absolute(path)
        .unwrap_or_else(|_| path.to_owned())
        .display()
        .to_string()
}

/// All values of an argument.
pub fn all_of(m: &ArgMatches, name: &str) -> Vec<String> {
    m.try_get_many::<String>(name)
        .ok()
        .flatten()
        .map(|words| words.cloned().collect())
        .unwrap_or_default()
}

/// Whether JSON output is requested: `--json` was given as an option, or as the last word of free
/// text. After `--` everything is text.
pub fn wants_json(m: &ArgMatches, line: &[OsString]) -> bool {
    let given = m.try_get_one::<bool>(JSON).ok().flatten();
    given == Some(&true) || (given.is_some() && ends_in_json(m, line))
}

/// Whether the last word of free text is the `--json` option. It must be a separate word, with no
/// `--` before it.
fn ends_in_json(m: &ArgMatches, line: &[OsString]) -> bool {
    all_of(m, TEXT).last().is_some_and(|last| last == "--json")
        && !line.iter().any(|word| word == "--")
}

/// The free text of a command, without a trailing `--json`.
pub fn free_text(m: &ArgMatches, line: &[OsString]) -> String {
    let mut words = all_of(m, TEXT);
    if ends_in_json(m, line) {
        words.pop();
    }
    words.join(" ")
}

/// The text of a note: the given text, or standard input for `-` and for a pipe.
///
/// # Errors
/// If standard input cannot be read, or exceeds the size limit of a note.
pub fn note_text(text: String, lang: Lang) -> Result<String, Failure> {
    const MOST: u64 = ipc::LONGEST / 4;
    let piped = text.is_empty() && !std::io::stdin().is_terminal();
    if text != "-" && !piped {
        return Ok(text);
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .take(MOST + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| Failure::Io {
            path: "-".into(),
            reason: e.to_string(),
        })?;
    if bytes.len() as u64 > MOST {
        return Err(Failure::Usage {
            reason: words::problems::too_long(lang, MOST >> 20),
        });
    }
    let (text, unread) = decoded(&bytes);
    if unread {
        say(words::problems::unread_letters(lang));
    }
    Ok(text)
}

/// The text of bytes in their encoding, as a file's is found (CP932 on a Japanese system), and whether some of it could
/// not be read.
fn decoded(bytes: &[u8]) -> (String, bool) {
    // A text that is UTF-8 but for some bytes stays UTF-8; of another encoding most letters would be lost.
    let lossy = String::from_utf8_lossy(bytes);
    let wide = lossy.chars().filter(|c| !c.is_ascii()).count();
    let lost = lossy.matches(char::REPLACEMENT_CHARACTER).count();
    let encoding = match lost * 4 <= wide {
        true => encoding_rs::UTF_8,
        false => encoding::of(bytes, bytes).map_or(encoding_rs::UTF_8, |found| found.encoding),
    };
    let (text, _, unread) = encoding.decode(bytes);
    (text.trim_start_matches('\u{feff}').to_owned(), unread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piped_text_is_read_in_its_encoding() {
        let text = "青葉商事さまと来期の更新について話しました。次回は12月4日です。";
        let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode(text);
        let utf16: Vec<u8> = [0xfeff]
            .into_iter()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        for bytes in [text.as_bytes(), &cp932, &utf16] {
            assert_eq!(decoded(bytes), (text.to_owned(), false));
        }
        assert_eq!(decoded(b""), (String::new(), false));
        let (read, unread) = decoded(
            "ok \u{e9}t\u{e9} 青葉"
                .as_bytes()
                .split_last()
                .expect("bytes")
                .1,
        );
        assert!(unread && read.starts_with("ok été 青"), "{read}");
    }
}
