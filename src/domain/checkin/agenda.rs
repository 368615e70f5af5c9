//! Agenda templates `[agenda.templates]` and the sections a check-in takes from one.

use serde::{Deserialize, Serialize};

use super::Kind;
use crate::domain::dossier::Dossier;

/// A phrase in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    pub ja: String,
    pub en: String,
}

impl Words {
    pub fn both(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            ja: text.clone(),
            en: text,
        }
    }
}

/// A template as `config/templates.toml` states it, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub id: String,
    pub kind: Kind,
    pub name: Words,
    pub sections: Vec<Section>,
}

/// A timed section. `min` and `max` are whole minutes, `target` is in seconds between them: the
/// midpoint unless set, which may be half a minute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub name: Words,
    pub min: u32,
    #[serde(rename = "target_seconds")]
    pub target: u32,
    pub max: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prompts: Vec<Words>,
    /// The escalated ticket this section is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
}

/// Minutes for each unresolved escalated ticket put before the rest.
const TICKET_MINUTES: (u32, u32) = (3, 5);
/// More than three tickets would leave no time for the agenda: the rest share one section.
const TICKET_SECTIONS: usize = 3;

/// The agenda for one account: unresolved escalated tickets first ("solve those first"), then the
/// template.
pub fn build(template: &Template, dossier: &Dossier) -> Vec<Section> {
    let mut escalated: Vec<_> = dossier
        .tickets
        .iter()
        .filter(|t| t.is_open() && t.escalated)
        .collect();
    escalated.sort_by_key(|t| (t.priority, t.opened));
    let mut sections: Vec<Section> = escalated
        .iter()
        .take(TICKET_SECTIONS)
        .map(|t| {
            let subject = if t.subject.is_empty() {
                t.id.as_str()
            } else {
                t.subject.as_str()
            };
            Section {
                name: Words {
                    ja: format!("未解決チケット: {subject}"),
                    en: format!("Open ticket: {subject}"),
                },
                min: TICKET_MINUTES.0,
                target: midpoint(TICKET_MINUTES.0, TICKET_MINUTES.1),
                max: TICKET_MINUTES.1,
                prompts: Vec::new(),
                ticket: Some(t.id.as_str().to_owned()),
            }
        })
        .collect();
    if let Some(rest) = escalated
        .len()
        .checked_sub(TICKET_SECTIONS)
        .filter(|n| *n > 0)
    {
        sections.push(Section {
            name: Words {
                ja: format!("そのほかの未解決チケット {rest}件"),
                en: format!("Other open tickets: {rest}"),
            },
            min: TICKET_MINUTES.0,
            target: midpoint(TICKET_MINUTES.0, TICKET_MINUTES.1),
            max: TICKET_MINUTES.1,
            prompts: Vec::new(),
            ticket: None,
        });
    }
    sections.extend(template.sections.iter().cloned());
    sections
}

/// Seconds half way between two lengths in minutes.
pub fn midpoint(min: u32, max: u32) -> u32 {
    (min + max) * 30
}

/// The planned length of an agenda, in minutes rounded up, and the most it may take.
pub fn total(sections: &[Section]) -> (u32, u32) {
    (
        sections.iter().map(|s| s.target).sum::<u32>().div_ceil(60),
        sections.iter().map(|s| s.max).sum(),
    )
}
