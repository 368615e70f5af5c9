//! Text rules for source files: a header that states the purpose, a limit on length, and words that
//! must not occur.

use std::path::{Path, PathBuf};

use crate::finding::Finding;
use crate::resolve::House;

/// Files longer than this state a reason in their first lines.
const LONG: usize = 400;
const REASON: &str = "larger than";

/// Words that must not occur in source, configuration and documents.
const UNSPOKEN: &[&str] = &[];

/// Words that users must not read, each with its replacement. Checked in the texts of `src/words`
/// and `src/commands`, in the configuration and in the README. Patterns of the lexicon are data and
/// exempt.
const WORN: &[(&str, &str)] = &[
    ("what became of", "outcome"),
    ("taken back", "undone"),
    ("takes back", "undoes"),
    ("take back", "undo"),
    ("took back", "undid"),
    ("mended", "repaired"),
    ("to mend", "to repair"),
    ("done again", "redone"),
    ("do it again", "redo"),
    ("of late", "recently"),
    ("anew", "again"),
    ("foretell", "predict"),
    ("while it burns", "urgent"),
    ("one's own", "your own"),
    ("wishes", "preferences"),
    ("any more", "no longer"),
    ("not touched", "no contact"),
    ("leave it as it is", "cancel"),
    ("離脱", "解約"),
    ("順守", "実施率"),
    ("遵守", "実施率"),
    ("キャパシティ", "稼働枠"),
    ("推進者", "チャンピオン"),
    ("見立て", "評価"),
    ("要観察", "様子見"),
    ("接点", "タッチポイント"),
    ("やりとり", "連絡"),
    ("やり取り", "連絡"),
    ("保管庫", "データストア"),
    ("健康", "ヘルス"),
    ("言い当て", "予測"),
    ("会議", "面談"),
    ("研修", "トレーニング"),
    ("引用", "発言"),
    ("ノート", "メモ"),
    ("警戒", "警告"),
];

/// Where the words are searched, besides `src/`.
const DOCUMENTS: &[&str] = &[
    "config",
    "docs",
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
];

/// Files whose first line does not state their purpose.
pub fn without_a_head(house: &House) -> Vec<Finding> {
    let files = house
        .files
        .iter()
        .filter(|file| !file.text.starts_with("//!"));
    files
        .map(|file| Finding::of(&file.path, "does not begin with what it is for"))
        .collect()
}

/// Long files without a reason.
pub fn long(house: &House) -> Vec<Finding> {
    let files = house.files.iter().filter(|file| {
        let mut head = file.text.lines().take_while(|line| line.starts_with("//!"));
        file.text.lines().count() > LONG && !head.any(|line| line.to_lowercase().contains(REASON))
    });
    let message = |lines: usize| format!("has {lines} lines and gives no reason");
    files
        .map(|file| Finding::of(&file.path, &message(file.text.lines().count())))
        .collect()
}

/// Page names in brackets, as `page.section`, in comments. Readers of the code cannot look them up.
/// Returns file and line.
pub fn pages(house: &House) -> Vec<String> {
    let page = regex_lite::Regex::new(r"\[[a-z]+\.[a-z]+\]").expect("a pattern");
    let mut found = Vec::new();
    for file in &house.files {
        for (line, comment) in comments(&file.text) {
            for name in page.find_iter(comment) {
                found.push(format!("{} line {line}: {}", file.path, name.as_str()));
            }
        }
    }
    found
}

/// Every occurrence of a banned word.
pub fn spoken(house: &House) -> Vec<Finding> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for document in DOCUMENTS {
        collect(&root.join(document), &mut paths);
    }
    let documents = paths.into_iter().filter_map(|path| {
        let text = std::fs::read_to_string(&path).ok()?;
        Some((path.strip_prefix(root).ok()?.display().to_string(), text))
    });
    let sources = house
        .files
        .iter()
        .map(|f| (format!("src/{}", f.path), f.text.clone()));
    let mut found = Vec::new();
    for (path, text) in sources.chain(documents) {
        let text = text.to_lowercase();
        for word in UNSPOKEN.iter().filter(|word| text.contains(**word)) {
            found.push(Finding::of(&path, &format!("says {word}")));
        }
    }
    found
}

/// Every worn word in a text for users.
pub fn worn(house: &House) -> Vec<Finding> {
    let mut found = Vec::new();
    let speaks = |path: &str| path.starts_with("words/") || path.starts_with("commands/");
    for file in house.files.iter().filter(|f| speaks(&f.path)) {
        for (line, text) in literals(&file.text) {
            found.extend(worn_in(&format!("src/{}:{line}", file.path), text));
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    collect(&root.join("config"), &mut paths);
    paths.push(root.join("README.md"));
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("the file is readable");
        let name = path.strip_prefix(root).unwrap_or(&path).display();
        for (i, line) in text.lines().enumerate() {
            let pattern = line.starts_with("ja = [") || line.starts_with("en = [");
            if !pattern {
                found.extend(worn_in(&format!("{name}:{}", i + 1), line));
            }
        }
    }
    found
}

/// The worn words of one text, as findings at its place.
fn worn_in(place: &str, text: &str) -> Vec<Finding> {
    let text = text.to_lowercase();
    let worn = WORN.iter().filter(|(word, _)| says(&text, word));
    worn.map(|(word, better)| Finding::of(place, &format!("says {word}: use {better}")))
        .collect()
}

/// Whether a text contains a word. English words match whole words only: "many more" is not "any
/// more".
fn says(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let within = [before, after].into_iter().flatten();
        !word.is_ascii() || !within.into_iter().any(char::is_alphanumeric)
    })
}

fn collect(path: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(path) else {
        return out.push(path.to_owned());
    };
    for entry in entries.flatten() {
        collect(&entry.path(), out);
    }
}

/// The comments of a source text, line by line with line numbers. Comment markers inside string
/// literals do not count.
fn comments(text: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let (length, comment) = piece(rest);
        if comment {
            let first = text[..at].matches('\n').count() + 1;
            out.extend(
                rest[..length]
                    .lines()
                    .enumerate()
                    .map(|(i, line)| (first + i, line)),
            );
        }
        at += length;
    }
    out
}

/// The string literals of a source text, each with the number of its first line.
fn literals(text: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let (length, _) = piece(rest);
        if rest.starts_with('"') || rest.starts_with("r#") || rest.starts_with("r\"") {
            out.push((text[..at].matches('\n').count() + 1, &rest[..length]));
        }
        at += length;
    }
    out
}

/// The length of the first token of a source text, and whether it is a comment.
fn piece(text: &str) -> (usize, bool) {
    let until = |end: &str, from: usize| {
        text[from..]
            .find(end)
            .map_or(text.len(), |at| from + at + end.len())
    };
    if text.starts_with("//") {
        return (text.find('\n').unwrap_or(text.len()), true);
    }
    if text.starts_with("/*") {
        return (until("*/", 2), true);
    }
    if let Some(inner) = text.strip_prefix('"') {
        let mut escaped = false;
        let end = inner.find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        return (end.map_or(text.len(), |end| end + 2), false);
    }
    if let Some(hashes) = text.strip_prefix('r').and_then(|rest| rest.find('"'))
        && text[1..=hashes].bytes().all(|b| b == b'#')
    {
        return (
            until(&format!("\"{}", "#".repeat(hashes)), hashes + 2),
            false,
        );
    }
    // Character literals of a quote or backslash; every other single quote starts a lifetime.
    if ["'\"'", "'\\\"'", "'\\''", "'\\\\'"]
        .iter()
        .any(|quoted| text.starts_with(quoted))
    {
        return (
            until("'", if text.starts_with("'\\") { 3 } else { 1 }),
            false,
        );
    }
    // A word is skipped as a whole, so that its last letter is not taken for the start of a raw
    // string.
    let word = text
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    (
        if word > 0 {
            word
        } else {
            text.chars().next().map_or(1, char::len_utf8)
        },
        false,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_distinguished_from_string_literals() {
        let text = "//! a\nfn f() { \"// no\"; r#\"// \" no\"#; '\"'; '\\\\'; 'x: 1 } // b\n/* c\nd */ br\"//\" \"\\\"//\"";
        assert_eq!(
            comments(text),
            [(1, "//! a"), (2, "// b"), (3, "/* c"), (4, "d */")]
        );
    }

    #[test]
    fn worn_words_are_found_in_texts_and_not_in_names() {
        let text = "// mended\nfn mended() {\n    \"It was Mended\"; \"many more\";\n    \"離脱\"; \"解約\" }";
        let house = House::of_texts(&[("words/a.rs", text), ("app/b.rs", text)]);
        let found: Vec<String> = worn(&house).into_iter().map(|f| f.message).collect();
        assert_eq!(
            found,
            [
                "src/words/a.rs:3 says mended: use repaired",
                "src/words/a.rs:4 says 離脱: use 解約",
            ]
        );
    }

    #[test]
    fn page_names_are_found_in_comments_only() {
        let text = "//! One [a.b].\nlet x = y[z.w]; // and [c.d]\n";
        let house = House::of_texts(&[(
            "a.rs",
            &format!("fn f(z: Z) {{ {text} }}").replace("//! ", "// "),
        )]);
        assert_eq!(pages(&house), ["a.rs line 1: [a.b]", "a.rs line 2: [c.d]"]);
    }

    #[test]
    fn a_long_file_must_state_a_reason() {
        let body = "fn f() {}".to_owned() + &"\n".repeat(LONG + 1);
        let plain = format!("//! A file.\n{body}");
        let reasoned = format!("//! A file. Larger than most: a table.\n{body}");
        let house =
            House::of_texts(&[("a.rs", &plain), ("b.rs", &reasoned), ("c.rs", "fn f() {}")]);
        assert_eq!(
            long(&house)
                .iter()
                .map(|f| f.key.as_str())
                .collect::<Vec<_>>(),
            ["a.rs"]
        );
        assert_eq!(
            without_a_head(&house)
                .iter()
                .map(|f| f.key.as_str())
                .collect::<Vec<_>>(),
            ["c.rs"]
        );
    }
}
