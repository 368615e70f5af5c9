//! The agenda for one account: its open escalated tickets come before the template.

use super::{Section, Template, Words, midpoint};
use crate::domain::dossier::Dossier;

/// Minutes for each unresolved escalated ticket: shortest and longest.
const TICKET_MINUTES: (u32, u32) = (3, 5);
/// More than three ticket sections would leave no time for the agenda; further tickets share one
/// section.
const TICKET_SECTIONS: usize = 3;

/// The agenda for one account: unresolved escalated tickets first, because a customer with an open
/// escalation listens to nothing else, then the template.
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
                customer: Some(Words {
                    ja: format!("お問い合わせ「{subject}」"),
                    en: format!("Your ticket: {subject}"),
                }),
                name: Words {
                    ja: format!("未解決チケット: {subject}"),
                    en: format!("Open ticket: {subject}"),
                },
                min: TICKET_MINUTES.0,
                target: midpoint(TICKET_MINUTES.0, TICKET_MINUTES.1),
                max: TICKET_MINUTES.1,
                prompts: Default::default(),
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
            customer: Some(Words {
                ja: "そのほかのお問い合わせ".to_owned(),
                en: "Your other tickets".to_owned(),
            }),
            name: Words {
                ja: format!("そのほかの未解決チケット {rest}件"),
                en: format!("Other open tickets: {rest}"),
            },
            min: TICKET_MINUTES.0,
            target: midpoint(TICKET_MINUTES.0, TICKET_MINUTES.1),
            max: TICKET_MINUTES.1,
            prompts: Default::default(),
            ticket: None,
        });
    }
    sections.extend(template.sections.iter().cloned());
    sections
}
