//! A template and its facts as a draft, and the draft as a mail file. A placeholder without a value stops
//! the draft, and so does a template that never ends: it is a file of the user, or of whoever sent it.

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, SinglePart};
use minijinja::{Environment, ErrorKind, UndefinedBehavior};

use super::{Draft, Facts};
use crate::domain::limits::TEXT;
use crate::domain::message::MessageTemplate;
use crate::domain::text::{clean, clean_line, shown_line};
use crate::words::{self, Lang};

/// Steps of one template. The shipped ones take some hundreds.
const FUEL: u64 = 200_000;

/// Why a template gives no draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undrafted {
    /// A placeholder without a value, by its name.
    Missing(String),
    /// It did not end in time: a loop in a loop.
    Endless,
    /// It wrote more than a text may hold.
    TooLong,
    /// It asks for what a template cannot do.
    Wrong(String),
}

impl Undrafted {
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Undrafted::Missing(name) => words::call::draft_lacks(lang, name),
            Undrafted::Endless => words::call::draft_endless(lang).to_owned(),
            Undrafted::TooLong => words::call::draft_too_long(lang, TEXT >> 20),
            Undrafted::Wrong(reason) => words::call::draft_wrong(lang, reason),
        }
    }
}

fn environment() -> Environment<'static> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    env.set_fuel(Some(FUEL));
    env
}

/// Takes what a template writes, up to the length of a text.
#[derive(Default)]
struct Page {
    bytes: Vec<u8>,
    full: bool,
}

impl Write for Page {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + more.len() > TEXT {
            self.full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Renders a template.
///
/// # Errors
/// If a placeholder has no value, or the template does not end within its limits.
pub fn draft(message: &MessageTemplate, facts: &Facts, lang: Lang) -> Result<Draft, Undrafted> {
    let env = environment();
    let render = |template: &str| -> Result<String, Undrafted> {
        let template = env
            .template_from_str(template)
            .map_err(|e| Undrafted::Wrong(e.to_string()))?;
        let mut page = Page::default();
        let rendered = template.render_captured_to(facts, &mut page).map(drop);
        rendered.map_err(|e| match e.kind() {
            _ if page.full => Undrafted::TooLong,
            ErrorKind::OutOfFuel => Undrafted::Endless,
            ErrorKind::UndefinedError => {
                // The rendering error does not name the placeholder.
                let value = serde_json::to_value(facts).unwrap_or_default();
                let unknown = template
                    .undeclared_variables(false)
                    .into_iter()
                    .find(|name| value.get(name).is_none());
                Undrafted::Missing(unknown.unwrap_or_else(|| e.to_string()))
            }
            _ => Undrafted::Wrong(e.to_string()),
        })?;
        Ok(String::from_utf8_lossy(&page.bytes).into_owned())
    };
    Ok(Draft {
        subject: clean_line(&render(lang.pick(&message.subject))?),
        body: clean(&render(lang.pick(&message.body))?).trim().to_owned() + "\n",
    })
}

/// Stands in the places of a mail that nobody is known for; its lines are removed again.
const NOBODY: &str = "draft@localhost";

/// The draft as a mail file that a mail program opens for sending. Where `to` is empty, the
/// addresses are filled in there. None when the draft makes no valid mail.
pub fn eml(draft: &Draft, to: &[String], at: DateTime<Utc>) -> Option<Vec<u8>> {
    // A draft has no sender: the mail program adds it.
    let placeholder: Mailbox = NOBODY.parse().ok()?;
    let mut mail = lettre::Message::builder()
        .from(placeholder.clone())
        .subject(clean_line(&draft.subject))
        .date(at.into());
    let known: Vec<Mailbox> = to
        .iter()
        .filter_map(|a| shown_line(a).parse().ok())
        .collect();
    if known.is_empty() {
        mail = mail.to(placeholder);
    }
    for address in known {
        mail = mail.to(address);
    }
    let text = SinglePart::builder()
        .header(ContentType::TEXT_PLAIN)
        .body(clean(&draft.body));
    let bytes = mail.singlepart(text).ok()?.formatted();
    // Marked as unsent; the placeholders are removed from the head again.
    let text = String::from_utf8(bytes).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let kept: String = head
        .split("\r\n")
        .filter(|l| !l.contains(NOBODY))
        .map(|l| format!("{l}\r\n"))
        .collect();
    Some(format!("X-Unsent: 1\r\n{kept}\r\n{body}").into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checkin::agenda::Words;

    fn template(body: &str) -> MessageTemplate {
        MessageTemplate {
            id: "t".into(),
            name: Words::both("t"),
            subject: Words::both("s\r\nBcc: x@y"),
            body: Words::both(body),
        }
    }

    #[test]
    fn a_template_that_never_ends_is_stopped_with_a_reason() {
        let facts = Facts::default();
        let long = "x".repeat(2_000);
        let loops =
            "{% for i in range(90000) %}{% for j in range(90000) %}{% endfor %}{% endfor %}";
        let writes = format!("{{% for i in range(2000) %}}{long}{{% endfor %}}");
        for (body, want) in [
            (loops, Undrafted::Endless),
            (writes.as_str(), Undrafted::TooLong),
            ("{{ nobody }}", Undrafted::Missing("nobody".into())),
        ] {
            assert_eq!(draft(&template(body), &facts, Lang::En), Err(want));
        }
        for wrong in [
            "{% for i in range(1000000000) %}{% endfor %}",
            "{{ 'x' * 1000000000 }}",
            "{{ date.nothing() }}",
        ] {
            let why = draft(&template(wrong), &facts, Lang::En).expect_err(wrong);
            assert!(matches!(why, Undrafted::Wrong(_)), "{wrong}: {why:?}");
        }
    }

    #[test]
    fn no_text_adds_a_header() {
        let body = "a\r\nb\u{2028}draft@localhost";
        let read = draft(&template(body), &Facts::default(), Lang::En).expect("a draft");
        assert_eq!(read.subject, "s Bcc: x@y");
        let to = [
            "a@b.example\r\nBcc: x@y.example",
            "c\u{200b}@d.example",
            "e@f.example\rBcc: x@y",
        ];
        let to = to.map(str::to_owned);
        let hostile = Draft {
            subject: "s\r\nBcc: x@y\u{2028}To: z\u{0}".into(),
            ..read
        };
        let at = DateTime::from_timestamp(1_795_000_000, 0).expect("a time");
        let mail = String::from_utf8(eml(&hostile, &to, at).expect("a mail")).expect("text");
        let (head, body) = mail.split_once("\r\n\r\n").expect("a head and a body");
        let names: Vec<&str> = head
            .split("\r\n")
            .filter(|l| !l.starts_with([' ', '\t']))
            .filter_map(|l| Some(l.split_once(':')?.0))
            .collect();
        assert!(!names.contains(&"Bcc"), "{head}");
        // Without it a reader shows the encoded text.
        assert!(head.contains("MIME-Version: 1.0\r\n"), "{head}");
        assert!(
            head.contains("c@d.example") && !head.contains("b.example"),
            "{head}"
        );
        assert!(body.contains("draft@localhost"), "{body}");
        assert_eq!(mail.replace("\r\n", "").find(['\r', '\n']), None);
    }
}
