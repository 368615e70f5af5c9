//! The brief: the facts to know before a check-in, the most important for this account first. Its
//! blocks of short lines are the same for the desk, the shell and JSON.

mod block;
mod people;
mod since;
mod state;
mod usage;
mod work;

use crate::domain::checkin::Kind;
use crate::domain::checkin::agenda::{self, Template};
use crate::domain::checkin::propose::Why;
use crate::domain::dossier::Dossier;
use crate::domain::freshness::DataFreshness;
use crate::domain::portfolio::row::Standing;
use crate::domain::portfolio::standing::ScoringContext;
use crate::domain::settings::look::Glance;
use crate::domain::when::Now;
use crate::words::{self, Lang};
use people::{people, questions, voice};
use state::{conflicts, context, health, renewal, rescue, signals};
use usage::usage;
use work::{promises, support, tickets};

pub use block::Block;

/// The blocks with content, in order. `freshness` is the freshness of data across the desk.
pub fn blocks(
    (d, freshness): (&Dossier, DataFreshness),
    standing: &Standing,
    (scoring, templates): (ScoringContext, &[Template]),
    proposal: (&str, Why),
    looked: Option<Glance>,
    lang: Lang,
    now: Now,
) -> Vec<Block> {
    let t = lang;
    let today = now.today();
    let mut out = vec![
        rescue(standing, t, now),
        tickets(d, t, now),
        health(standing, scoring.policy, t),
        signals(standing, t),
        conflicts(standing, t),
        context(d, t, now),
        promises(d, t, today),
        renewal(standing, t, today),
        usage(d, standing, t, today),
        support(d, freshness, scoring.phrases, t, now),
        since::talks(d, t, now),
        since::since(d, standing, t, now),
        people(d, t),
        voice(d, t),
        questions(d, standing, t, today),
    ];
    out.extend(looked.map(|l| since::since_looked(d, standing, l, t, now)));
    let (template, why) = proposal;
    if let Some(template) = agenda::template(templates, template, standing.tier) {
        let total = agenda::total(&template.sections).length.to_string();
        let mut items = vec![words::brief::because(
            t,
            lang.pick(&template.name),
            &total,
            why.words(t),
        )];
        items.extend(
            template
                .sections
                .iter()
                .filter_map(|s| s.prompts.first())
                .take(4)
                .map(|p| lang.pick(p).to_owned()),
        );
        out.push(Block {
            block: "agenda",
            title: words::brief::agenda(t),
            items,
            weight: 20,
        });
    }
    out.retain(|b| !b.items.is_empty());
    out.sort_by_key(|b| std::cmp::Reverse(b.weight));
    out
}

/// The keys of the blocks to read before a check-in of the kind.
pub fn checklist(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Health => &["tickets_first", "signals", "health", "promises", "usage"],
        Kind::Onboarding => &["promises", "tickets_first", "usage", "voice", "people"],
        Kind::Review => &["health", "usage", "voice", "renewal", "people"],
        Kind::Risk => &[
            "tickets_first",
            "signals",
            "conflicts",
            "promises",
            "health",
        ],
        Kind::Growth => &["usage", "voice", "renewal", "people", "context"],
    }
}

/// Plain text for a terminal or a printer.
pub fn plain(name: &str, blocks: &[Block], t: Lang) -> String {
    let mut out = format!("{} · {name}\n", words::shell::brief(t));
    for block in blocks {
        out.push_str(&format!("\n{}\n", block.title));
        for item in &block.items {
            out.push_str(&format!("  · {item}\n"));
        }
    }
    out
}

/// Markdown.
pub fn markdown(name: &str, blocks: &[Block], t: Lang) -> String {
    let mut out = format!("# {} · {name}\n", words::shell::brief(t));
    for block in blocks {
        out.push_str(&format!("\n## {}\n", block.title));
        for item in &block.items {
            out.push_str(&format!("- {item}\n"));
        }
    }
    out
}
