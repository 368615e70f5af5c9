//! Answers that the desk writes into the user's `desk.toml`: what a paper lacked and the user then said. Every
//! other line of the file stays as it is.

use toml_edit::{DocumentMut, Item, value};

use super::desk::Desk;
use super::file::Mistake;
use crate::domain::colleague::{Person, Role};
use crate::domain::when::YearStart;

/// What the user said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// The company that mails to customers come from.
    Company(String),
    /// Who of us has a role.
    Colleague(Role, Person),
    /// When our fiscal year begins.
    YearStart(YearStart),
}

impl Known {
    /// Takes it over into the running desk.
    pub fn apply(&self, desk: &mut Desk) {
        match self {
            Known::Company(name) => desk.company = Some(name.clone()),
            Known::Colleague(role, person) => desk.ours.set(*role, person.clone()),
            Known::YearStart(start) => {
                (desk.habits.year_starts, desk.year_stated) = (*start, true);
            }
        }
    }

    /// The text of `desk.toml` with it.
    ///
    /// # Errors
    /// If the text is no TOML.
    pub fn in_text(&self, text: &str) -> Result<String, Mistake> {
        let at = |e: toml_edit::TomlError| {
            (
                e.span().map_or(0, |span| span.start),
                e.message().to_owned(),
            )
        };
        let mut file: DocumentMut = text.parse().map_err(at)?;
        match self {
            Known::Company(name) => replace(&mut file["company"], name),
            Known::Colleague(role, person) => {
                file.as_table_mut()
                    .entry("ours")
                    .or_insert_with(toml_edit::table);
                replace(&mut file["ours"][role.key()], &person.to_string());
            }
            Known::YearStart(start) => {
                let text = format!("{}/{}", start.month, start.day);
                replace(&mut file["fiscal_year_starts"], &text);
            }
        }
        Ok(file.to_string())
    }
}

/// Puts a text in place of a value; what stands around it, a comment behind it too, stays.
fn replace(item: &mut Item, text: &str) {
    let around = item.as_value().map(|old| old.decor().clone());
    *item = value(text);
    if let (Some(around), Some(new)) = (around, item.as_value_mut()) {
        *new.decor_mut() = around;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::DESK;
    use crate::config::desk::parse;

    #[test]
    fn an_answer_is_read_again_and_leaves_the_rest_as_it_was() {
        let ann = Person::read("Ann \"A\" Lee <ann@x.example> 9:00-17:00").expect("a person");
        for (known, text) in [
            (Known::Company("青葉 \"A\" 株式会社".into()), DESK.text),
            (
                Known::Company("Aoba".into()),
                "company = \"Old\" # ours\ntheme = \"dark\"\n",
            ),
            (Known::Company("Aoba".into()), ""),
            (Known::Colleague(Role::Support, ann.clone()), DESK.text),
            (
                Known::Colleague(Role::Support, ann.clone()),
                "[ours]\nsupport = \"Raj\" # until May\n",
            ),
            (
                Known::Colleague(Role::Support, ann),
                "# mine\nname = \"Sato\"\n",
            ),
        ] {
            let after = known.in_text(text).expect("a file");
            let mut want = parse(text).expect("a desk");
            known.apply(&mut want);
            assert_eq!(parse(&after).expect("a desk"), want, "{after}");
            for comment in text.lines().filter_map(|l| l.split_once('#')) {
                assert!(after.contains(comment.1), "{} is lost", comment.1);
            }
        }
        assert!(Known::Company("A".into()).in_text("company = ").is_err());
    }
}
