//! The words around a call's name and day: what sort of talk it was, whom it was with, and which
//! headings are parts of a note.

use crate::domain::note::Kind;

/// Words for a talk, folded, with the kind of note they mean. Longer words stand before shorter ones.
const TALKS: &[(&str, Kind)] = &[
    ("business review", Kind::Meeting),
    ("quarterly review", Kind::Meeting),
    ("health check", Kind::Meeting),
    ("kick-off", Kind::Meeting),
    ("kickoff", Kind::Meeting),
    ("kick off", Kind::Meeting),
    ("check-in", Kind::Meeting),
    ("checkin", Kind::Meeting),
    ("check in", Kind::Meeting),
    ("catch-up", Kind::Meeting),
    ("catch up", Kind::Meeting),
    ("catchup", Kind::Meeting),
    ("touch base", Kind::Meeting),
    ("phone call", Kind::Call),
    ("video call", Kind::Call),
    ("meetings", Kind::Meeting),
    ("meeting", Kind::Meeting),
    ("workshop", Kind::Meeting),
    ("onsite", Kind::Meeting),
    ("on-site", Kind::Meeting),
    ("stand-up", Kind::Meeting),
    ("standup", Kind::Meeting),
    ("review", Kind::Meeting),
    ("weekly", Kind::Meeting),
    ("monthly", Kind::Meeting),
    ("visit", Kind::Meeting),
    ("lunch", Kind::Meeting),
    ("intro", Kind::Meeting),
    ("demo", Kind::Meeting),
    ("sync", Kind::Meeting),
    ("met", Kind::Meeting),
    ("mtg", Kind::Meeting),
    ("qbr", Kind::Meeting),
    ("ebr", Kind::Meeting),
    ("1:1", Kind::Meeting),
    ("called", Kind::Call),
    ("calls", Kind::Call),
    ("call", Kind::Call),
    ("phone", Kind::Call),
    ("tel", Kind::Call),
    ("zoom", Kind::Call),
    ("spoke", Kind::Call),
    ("talked", Kind::Call),
    ("talk", Kind::Call),
    ("chat", Kind::Chat),
    ("slack", Kind::Chat),
    ("emails", Kind::Email),
    ("email", Kind::Email),
    ("e-mail", Kind::Email),
    ("mail", Kind::Email),
    ("定例みーてぃんぐ", Kind::Meeting),
    ("定例会議", Kind::Meeting),
    ("定例会", Kind::Meeting),
    ("定例", Kind::Meeting),
    ("打ち合わせ", Kind::Meeting),
    ("打ち合せ", Kind::Meeting),
    ("打合わせ", Kind::Meeting),
    ("打合せ", Kind::Meeting),
    ("打合", Kind::Meeting),
    ("みーてぃんぐ", Kind::Meeting),
    ("きっくおふ", Kind::Meeting),
    ("ちぇっくいん", Kind::Meeting),
    ("れびゅー", Kind::Meeting),
    ("面談", Kind::Meeting),
    ("会議", Kind::Meeting),
    ("訪問", Kind::Meeting),
    ("来社", Kind::Meeting),
    ("商談", Kind::Meeting),
    ("電話", Kind::Call),
    ("架電", Kind::Call),
    ("入電", Kind::Call),
    ("通話", Kind::Call),
    ("めーる", Kind::Email),
    ("ちゃっと", Kind::Chat),
];

/// Words that join a name, a person and a day, or that any call may carry.
const JOINING: &[&str] = &[
    "with",
    "w/",
    "and",
    "on",
    "at",
    "from",
    "to",
    "re",
    "the",
    "a",
    "of",
    "for",
    "notes",
    "note",
    "minutes",
    "memo",
    "customer",
    "account",
    "client",
    "between",
    "via",
    "online",
    "remote",
    "議事録",
    "めも",
    "記録",
    "との",
    "にて",
    "おんらいん",
    "初回",
    "第",
    "回",
    "月次",
    "週次",
    "と",
    "の",
    "御中",
    "様",
    "さん",
    "殿",
    "氏",
];

/// Headings of parts of a note.
const PARTS: &[&str] = &[
    "next step",
    "next action",
    "next meeting",
    "next call",
    "action",
    "to do",
    "todo",
    "to-do",
    "attendee",
    "participant",
    "present",
    "agenda",
    "summary",
    "notes",
    "minutes",
    "issue",
    "problem",
    "risk",
    "question",
    "follow up",
    "follow-up",
    "followup",
    "background",
    "discussion",
    "decision",
    "topic",
    "outcome",
    "feedback",
    "overview",
    "context",
    "usage",
    "adoption",
    "renewal",
    "pricing",
    "support",
    "feature request",
    "goal",
    "highlight",
    "takeaway",
    "other",
    "misc",
    "result",
    "update",
    "progress",
    "blocker",
    "owner",
    "課題",
    "次回",
    "あくしょん",
    "ねくすと",
    "宿題",
    "要望",
    "議題",
    "参加者",
    "出席者",
    "まとめ",
    "概要",
    "決定",
    "所感",
    "背景",
    "質問",
    "対応",
    "今後",
    "備考",
    "現状",
    "その他",
    "内容",
    "目的",
    "論点",
    "懸念",
    "りすく",
    "更新",
    "契約",
    "利用状況",
    "状況",
    "確認事項",
    "共有事項",
    "ひありんぐ",
    "あじぇんだ",
    "進捗",
    "結果",
    "経緯",
];

/// Whether a folded text begins with a word, and the word ends there.
fn leads(low: &str, word: &str) -> bool {
    low.strip_prefix(word).is_some_and(|rest| {
        !word.ends_with(|c: char| c.is_ascii_alphanumeric())
            || !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
    })
}

/// The word for a talk at the start of a folded text, and its length in bytes.
pub fn talk(low: &str) -> Option<(usize, Kind)> {
    let found = TALKS.iter().find(|(word, _)| leads(low, word));
    found.map(|(word, kind)| (word.len(), *kind))
}

/// The joining word at the start of a folded text, and its length.
pub fn joining(low: &str) -> Option<usize> {
    let kana = |c: char| matches!(c, 'ぁ'..='ん');
    let fits = JOINING.iter().filter(|word| {
        // One kana is a particle only where no word in kana begins with it.
        leads(low, word)
            && !(word.chars().count() == 1
                && word.starts_with(kana)
                && low[word.len()..].starts_with(kana))
    });
    fits.map(|word| word.len()).max()
}

/// Whether a folded heading names a part of a note.
pub fn is_part(low: &str) -> bool {
    let low = low.trim_start_matches(|c: char| !c.is_alphanumeric());
    PARTS.iter().any(|part| low.starts_with(part))
}

/// Whether a folded name is a word that headings use; then it names an account only with its legal
/// form.
pub fn is_common(low: &str) -> bool {
    talk(low).is_some_and(|(n, _)| n == low.len())
        || joining(low).is_some_and(|n| n == low.len())
        || PARTS.contains(&low)
        || matches!(low, "may" | "march" | "sun" | "monday" | "today")
}

/// Words that may follow the name of a company in Japanese without a blank.
const AFTER_NAMES: [&str; 25] = [
    "様",
    "殿",
    "御中",
    "社",
    "氏",
    "担当",
    "社長",
    "部長",
    "課長",
    "定例",
    "訪問",
    "面談",
    "打合",
    "打ち合",
    "電話",
    "商談",
    "会議",
    "更新",
    "解約",
    "契約",
    "導入",
    "説明",
    "初回",
    "ミーティング",
    "キックオフ",
];

/// Whether the text after a name begins with a word that is no part of a name.
pub fn follows_a_name(rest: &str) -> bool {
    AFTER_NAMES.iter().any(|word| rest.starts_with(word))
}

/// Whether a day is a deadline or a plan by the words before or after it.
pub fn is_deadline(before: &str, after: &str) -> bool {
    let before = before.trim_end_matches([' ', '(']);
    let word = before.rsplit([' ', '(']).next().unwrap_or("");
    let after = after.trim_start();
    matches!(
        word,
        "by" | "until" | "till" | "before" | "due" | "after" | "since" | "next"
    ) || [
        "まで", "迄", "締", "期限", "予定", "以降", "から", "付", "頃", "より", "に", "は", "が",
    ]
    .iter()
    .any(|w| after.starts_with(w))
}
