//! Questions of a call and their answers, which stand behind an arrow, and lines without any.

use crate::domain::text::capital;
use crate::words::Lang;

/// What stands between a question and its answer.
const ARROWS: [&str; 4] = ["→", "⇒", "->", "=>"];

/// Question and answer, where an answer stands behind an arrow. An arrow within the question makes none: what
/// ends as a question is no answer.
pub fn answer(line: &str) -> Option<(&str, &str)> {
    let last = ARROWS.iter().filter_map(|arrow| line.rsplit_once(arrow));
    let (question, answer) = last.max_by_key(|(question, _)| question.len())?;
    let (question, answer) = (question.trim(), answer.trim());
    let asks = |c| answer.ends_with(c);
    let says = answer.contains(char::is_alphanumeric);
    let is_answer = says && !['?', '？', 'か'].into_iter().any(asks);
    (is_answer && !question.is_empty()).then_some((question, answer))
}

/// A question without an answer, and without the arrow behind which it is missing.
pub fn asked(line: &str) -> &str {
    let before = ARROWS.iter().filter_map(|arrow| line.split_once(arrow));
    let shortest = before
        .map(|(question, _)| question.trim())
        .min_by_key(|q| q.len());
    shortest.filter(|q| !q.is_empty()).unwrap_or(line.trim())
}

/// Question and answer as a reader gets them: in English as two sentences, in Japanese with an arrow.
pub fn answered(question: &str, answer: &str, lang: Lang) -> String {
    if lang == Lang::Ja {
        return format!("{question} → {answer}");
    }
    let question = question.trim_end_matches('?').trim_end();
    format!("{}? {}", capital(question), capital(answer))
}

/// A question as a reader gets it, with the day by which it will be answered.
pub fn alone(question: &str, by: Option<&str>, lang: Lang) -> String {
    let (question, by) = match lang {
        Lang::Ja => (question.to_owned(), by.map(|by| format!("（{by}）"))),
        Lang::En => {
            let question = capital(question.trim_end_matches('?').trim_end());
            (format!("{question}?"), by.map(|by| format!(" ({by})")))
        }
    };
    question + &by.unwrap_or_default()
}

/// Whether a line only says that there is nothing.
pub fn says_nothing(text: &str) -> bool {
    const NOTHING: [&str; 12] = [
        "特になし",
        "とくになし",
        "なし",
        "特に無し",
        "none",
        "nothing",
        "n/a",
        "no",
        "-",
        "tbd",
        "tbc",
        "未定",
    ];
    let text = text.trim().trim_end_matches(['.', '。']).to_lowercase();
    NOTHING.contains(&text.as_str())
}
