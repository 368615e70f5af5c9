//! Golden texts, and the removal of values that differ between runs.

use std::path::PathBuf;

use crate::home::{MINTED, root};

fn path(name: &str) -> PathBuf {
    root().join("goldens/texts").join(name)
}

pub fn read(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Whether the texts are written instead of compared.
fn writes() -> bool {
    std::env::var("KENSHIN_GOLDENS").is_ok_and(|v| v == "write")
}

/// Compares a text with the golden one line by line, to report the first difference.
pub fn check(name: &str, text: &str) {
    let path = path(name);
    if writes() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is created");
        return std::fs::write(&path, text).expect("the file is written");
    }
    let golden = read(name);
    if golden == text {
        return;
    }
    let actual = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name.replace('/', "-"));
    std::fs::write(&actual, text).expect("the file is written");
    let same = golden
        .lines()
        .zip(text.lines())
        .take_while(|(a, b)| a == b)
        .count();
    let line = |text: &str| {
        text.lines()
            .nth(same)
            .unwrap_or("(its end)")
            .chars()
            .take(600)
            .collect::<String>()
    };
    panic!(
        "{name}, line {}:\n- {}\n+ {}\ndiff -u {} {}",
        same + 1,
        line(&golden),
        line(text),
        path.display(),
        actual.display()
    );
}

/// Numbers newly created ids in order of appearance: `<new 1>`.
#[derive(Default)]
pub struct Ids(Vec<String>);

impl Ids {
    pub fn numbered(&mut self, text: &str) -> String {
        const LONG: usize = 26;
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(MINTED) {
            let (before, found) = rest.split_at(at);
            let id = found.get(..LONG).unwrap_or(found);
            let place = self
                .0
                .iter()
                .position(|known| known == id)
                .unwrap_or_else(|| {
                    self.0.push(id.to_owned());
                    self.0.len() - 1
                });
            out.push_str(before);
            out.push_str(&format!("<new {}>", place + 1));
            rest = &found[id.len()..];
        }
        out + rest
    }

    /// The latest id.
    pub fn newest(&self) -> &str {
        self.0.last().expect("an id")
    }
}

/// Replaces disk and file sizes: `"bytes": <n>`.
pub fn without_sizes(text: &str) -> String {
    let sized = |line: &&str| {
        ["\"bytes\":", "\"files\":", "\"free\":"]
            .iter()
            .any(|key| line.trim_start().starts_with(key))
    };
    text.lines()
        .map(|line| match line.split_once(": ") {
            Some((key, value)) if sized(&line) => format!(
                "{key}: <n>{}\n",
                if value.ends_with(',') { "," } else { "" }
            ),
            _ => format!("{line}\n"),
        })
        .collect()
}
