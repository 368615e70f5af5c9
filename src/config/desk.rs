//! `config/desk.toml`: language, name, time zone, colours.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use serde::Deserialize;
use toml::Spanned;

use super::file::{self, Mistake};
use crate::domain::checkin::crm::CrmField;
use crate::domain::colleague::{People, Person, Role, address};
use crate::domain::text::visible;
use crate::domain::when::Habits;

/// The colours of the desk. `Auto` follows the background of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    Auto,
    Dark,
    Light,
    Mono,
}

impl Theme {
    /// The names of the themes, as they are written.
    pub const NAMES: [&str; 4] = ["auto", "dark", "light", "mono"];

    /// The theme of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "auto" => Self::Auto,
            "dark" => Self::Dark,
            "light" => Self::Light,
            "mono" => Self::Mono,
            _ => return None,
        })
    }
}

/// Which signs and borders the desk draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Glyphs {
    Unicode,
    Ascii,
}

/// The settings of `desk.toml`, with defaults for all that the file does not name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    pub lang: Option<String>,
    pub name: Option<String>,
    /// The company that mails to customers come from.
    pub company: Option<String>,
    /// What mails to customers end with.
    pub signature: Option<String>,
    /// The user's own mail addresses: what they declined in a calendar takes no time.
    pub mails: Vec<String>,
    /// Our people beside the user.
    pub ours: People,
    pub timezone: Option<Tz>,
    pub habits: Habits,
    /// Whether the file says when the fiscal year begins.
    pub year_stated: bool,
    pub theme: Theme,
    pub glyphs: Glyphs,
    /// Fields of the CRM packet, in their order.
    pub crm: Vec<CrmField>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    lang: Option<Spanned<String>>,
    name: Option<String>,
    company: Option<String>,
    signature: Option<String>,
    mail: Option<Spanned<Mail>>,
    #[serde(default)]
    ours: BTreeMap<Spanned<String>, Spanned<String>>,
    timezone: Option<Spanned<String>>,
    date_order: Option<DateOrder>,
    fiscal_year_starts: Option<Spanned<Start>>,
    #[serde(default = "auto")]
    theme: Theme,
    #[serde(default = "unicode")]
    glyphs: Glyphs,
    crm_fields: Option<Vec<Spanned<String>>>,
}

/// A month by its number, or a month and a day as a text.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Start {
    Month(i64),
    Day(String),
}

impl Start {
    fn text(&self) -> String {
        match self {
            Start::Month(month) => month.to_string(),
            Start::Day(day) => day.clone(),
        }
    }
}

/// One mail address or several.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "a mail address, or a list of them")]
enum Mail {
    One(String),
    Several(Vec<String>),
}

/// The order of day and month in typed numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum DateOrder {
    Dmy,
    Mdy,
}

fn auto() -> Theme {
    Theme::Auto
}

fn unicode() -> Glyphs {
    Glyphs::Unicode
}

pub fn parse(text: &str) -> Result<Desk, Vec<Mistake>> {
    let written: Written = file::parse(text)?;
    let mut mistakes = Vec::new();
    let timezone = written
        .timezone
        .as_ref()
        .and_then(|t| match t.get_ref().parse::<Tz>() {
            Ok(tz) => Some(tz),
            Err(_) => {
                mistakes.push((
                    t.span().start,
                    format!("`{}` is not a time zone (one is Asia/Tokyo)", t.get_ref()),
                ));
                None
            }
        });
    if let Some(lang) = &written.lang
        && !matches!(lang.get_ref().as_str(), "ja" | "en")
    {
        mistakes.push((
            lang.span().start,
            format!("`{}` is not a language here: ja or en", lang.get_ref()),
        ));
    }
    let mails = mails(&written, &mut mistakes);
    let ours = ours(&written, &mut mistakes);
    let habits = habits(&written, &mut mistakes);
    let mut crm = Vec::new();
    for name in written.crm_fields.iter().flatten() {
        match CrmField::parse(name.get_ref()) {
            Some(field) => crm.push(field),
            None => mistakes.push((
                name.span().start,
                format!(
                    "`{}` is not a field: {}",
                    name.get_ref(),
                    CrmField::ALL
                        .iter()
                        .map(|f| f.key())
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            )),
        }
    }
    if crm.is_empty() {
        crm = CrmField::ALL.to_vec();
    }
    if mistakes.is_empty() {
        Ok(Desk {
            lang: written.lang.map(Spanned::into_inner),
            name: written
                .name
                .as_deref()
                .map(visible)
                .filter(|n| !n.is_empty()),
            company: written
                .company
                .as_deref()
                .map(visible)
                .filter(|c| !c.is_empty()),
            signature: written
                .signature
                .map(|s| s.trim().to_owned())
                .filter(|s| !s.is_empty()),
            mails,
            ours,
            timezone,
            habits,
            year_stated: written.fiscal_year_starts.is_some(),
            theme: written.theme,
            glyphs: written.glyphs,
            crm,
        })
    } else {
        Err(mistakes)
    }
}

fn mails(written: &Written, mistakes: &mut Vec<(usize, String)>) -> Vec<String> {
    let Some(mail) = &written.mail else {
        return Vec::new();
    };
    let found = match mail.get_ref() {
        Mail::One(one) => std::slice::from_ref(one),
        Mail::Several(several) => several,
    };
    for one in found {
        if let Err(why) = address(one) {
            mistakes.push((mail.span().start, why.to_string()));
        }
    }
    found.iter().map(|m| m.trim().to_owned()).collect()
}

/// People as `Name <mail> 9:00-17:30`, by their roles.
fn ours(written: &Written, mistakes: &mut Vec<(usize, String)>) -> People {
    let mut out = People::default();
    for (key, person) in &written.ours {
        let Some(role) = Role::parse(key.get_ref()) else {
            let known: Vec<&str> = Role::ALL.iter().map(|r| r.key()).collect();
            let why = format!("`{}` is not a role: {}", key.get_ref(), known.join(", "));
            mistakes.push((key.span().start, why));
            continue;
        };
        match Person::read(person.get_ref()) {
            Ok(person) => out.set(role, person),
            Err(why) => mistakes.push((person.span().start, why.to_string())),
        }
    }
    out
}

fn habits(written: &Written, mistakes: &mut Vec<(usize, String)>) -> Habits {
    let usual = Habits::default();
    let mut year_starts = usual.year_starts;
    if let Some(starts) = &written.fiscal_year_starts {
        let text = starts.get_ref().text();
        match text.parse() {
            Ok(start) => year_starts = start,
            Err(()) => {
                let why = format!(
                    "`{text}` is not a month: 1 to 12, or a month and a day up to the 28th (\"3/21\")"
                );
                mistakes.push((starts.span().start, why));
            }
        }
    }
    Habits {
        day_first: written.date_order == Some(DateOrder::Dmy),
        year_starts,
    }
}
