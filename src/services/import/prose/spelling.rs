//! The compared form of names: without legal form, signs and blanks; and how unlike two of them are.

use super::said;
use crate::domain::text::{fold, nfkc};

/// Legal forms in Japanese, also in kana.
pub const FORMS_JA: [&str; 10] = [
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "一般社団法人",
    "一般財団法人",
    "公益社団法人",
    "独立行政法人",
    "かぶしきがいしゃ",
    "ゆうげんがいしゃ",
];
/// Legal forms in Latin letters, folded and without dots.
pub const FORMS_EN: [&str; 19] = [
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "llc",
    "llp",
    "plc",
    "gmbh",
    "ag",
    "sa",
    "bv",
    "kk",
    "pty",
    "pte",
    "srl",
];

/// The letters and digits of a folded text.
pub fn squeeze(low: &str) -> String {
    low.replace('&', " and ")
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == 'ー')
        .collect()
}

/// A folded name without its legal form.
pub fn core(low: &str) -> String {
    let mut text = low.to_owned();
    for form in FORMS_JA {
        text = text.replace(form, " ");
    }
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')'))
        .filter(|w| !w.is_empty())
        .collect();
    let is_form = |w: &&str| FORMS_EN.contains(&w.replace('.', "").as_str());
    let kept = words.iter().rposition(|w| !is_form(w)).map_or(0, |i| i + 1);
    words[..kept].join(" ")
}

/// The form in which names of accounts are compared.
pub fn low(name: &str) -> String {
    let name = nfkc(name)
        .replace("(株)", "株式会社")
        .replace("(有)", "有限会社");
    fold(&name)
}

/// Whether a name without legal form is long enough, and no word that headings use.
pub fn stands_alone(core: &str) -> bool {
    let letters = core.chars().count();
    let enough = if core.is_ascii() { 3 } else { 2 };
    letters >= enough && !said::is_common(core) && core.chars().any(char::is_alphabetic)
}

/// How unlike two names are: 0 for the same, then one that goes on after the other, then by letters to
/// change. `None` where they are no similar names.
pub fn unlike(a: &[char], b: &[char]) -> Option<usize> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let ascii = short.iter().all(char::is_ascii);
    let enough = if ascii { 3 } else { 2 };
    if short.len() >= enough && long.starts_with(short) {
        // A name that goes on after what is written comes before one that is only its beginning.
        return Some(match (a == b, a.len() < b.len()) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        });
    }
    let most = match long.len() {
        0..=2 => 0,
        3..=7 => 1,
        8..=11 => 2,
        _ => 3,
    };
    // Two of three letters may be a chance in Latin script.
    let most = if ascii && short.len() <= 3 { 0 } else { most };
    if long.len() - short.len() > most {
        return None;
    }
    Some(distance(a, b)).filter(|d| *d <= most).map(|d| d + 1)
}

/// Letters to insert, remove, replace or swap.
fn distance(a: &[char], b: &[char]) -> usize {
    let width = b.len() + 1;
    let mut rows = vec![vec![0; width]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1)
                .min(rows[i][j - 1] + 1)
                .min(rows[i - 1][j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}
