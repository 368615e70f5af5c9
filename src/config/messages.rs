//! `config/messages.toml`: the templates of drafts.

use serde::Deserialize;
use toml::Spanned;

use super::file::{self, Mistake};
use crate::domain::checkin::agenda::Words;
use crate::domain::message::MessageTemplate;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    message: Vec<WrittenMessage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMessage {
    id: Spanned<String>,
    name: Words,
    subject: Both,
    body: Both,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Both {
    ja: Spanned<String>,
    en: Spanned<String>,
}

pub fn parse(text: &str) -> Result<Vec<MessageTemplate>, Vec<Mistake>> {
    let written: Written = file::parse(text)?;
    let mut mistakes = Vec::new();
    let mut out: Vec<MessageTemplate> = Vec::new();
    for m in written.message {
        if out.iter().any(|known| known.id == *m.id.get_ref()) {
            mistakes.push((
                m.id.span().start,
                format!("the id `{}` is taken", m.id.get_ref()),
            ));
        }
        for template in [&m.subject.ja, &m.subject.en, &m.body.ja, &m.body.en] {
            if let Err((line, reason)) = check(template.get_ref()) {
                // The line within the template, counted from its place in the file.
                let start = template.span().start;
                let skip: usize = text[start..]
                    .split_inclusive('\n')
                    .take(line.saturating_sub(1))
                    .map(str::len)
                    .sum();
                mistakes.push((start + skip, reason));
            }
        }
        let words = |both: Both| Words {
            ja: both.ja.into_inner(),
            en: both.en.into_inner(),
        };
        out.push(MessageTemplate {
            id: m.id.into_inner(),
            name: m.name,
            subject: words(m.subject),
            body: words(m.body),
        });
    }
    if mistakes.is_empty() {
        Ok(out)
    } else {
        Err(mistakes)
    }
}

/// Checks the syntax of a template; an error has its line in the template and the reason.
fn check(template: &str) -> Result<(), (usize, String)> {
    minijinja::Environment::new()
        .template_from_str(template)
        .map(|_| ())
        .map_err(|e| (e.line().unwrap_or(1), e.to_string()))
}
