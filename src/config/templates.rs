//! `config/templates.toml` as checked agenda templates.

use serde::Deserialize;
use toml::Spanned;

use super::file::{self, Mistake};
use crate::domain::account::Tier;
use crate::domain::checkin::Kind;
use crate::domain::checkin::agenda::{self, Section, Template, Words};
use crate::domain::checkin::aid::Aids;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    aids: WrittenAids,
    #[serde(default)]
    template: Vec<WrittenTemplate>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenAids {
    probing: Vec<Words>,
    empathy: Vec<Words>,
    amplify: Vec<Words>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTemplate {
    id: Spanned<String>,
    kind: Spanned<String>,
    name: Words,
    tier: Option<Spanned<String>>,
    #[serde(default)]
    section: Vec<WrittenSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSection {
    name: Words,
    customer: Option<Words>,
    minutes: Spanned<(u32, u32)>,
    target: Option<Spanned<u32>>,
    #[serde(default)]
    prompts: Vec<Words>,
}

/// The longest section, minutes: more is a typing mistake.
const LONGEST: u32 = 240;

/// The templates, and the listening aids for any section.
pub fn parse(text: &str) -> Result<(Vec<Template>, Aids), Vec<Mistake>> {
    let written: Written = file::parse(text)?;
    let mut mistakes: Vec<Mistake> = Vec::new();
    let mut out: Vec<Template> = Vec::new();
    for t in written.template {
        let id = t.id.get_ref().clone();
        let tier = t.tier.as_ref().and_then(|t| Tier::parse(t.get_ref()));
        if let Some(wrong) = t.tier.as_ref().filter(|_| tier.is_none()) {
            mistakes.push((
                wrong.span().start,
                format!(
                    "`{}` is not a tier: enterprise, mid-market, smb or tech-touch",
                    wrong.get_ref()
                ),
            ));
        }
        if out.iter().any(|o| o.id == id && o.tier == tier) {
            mistakes.push((
                t.id.span().start,
                format!("template `{id}` is defined twice"),
            ));
        }
        let kind = Kind::parse(t.kind.get_ref());
        if kind.is_none() {
            mistakes.push((
                t.kind.span().start,
                format!(
                    "`{}` is not a kind: health, onboarding, review, risk or growth",
                    t.kind.get_ref()
                ),
            ));
        }
        if t.section.is_empty() {
            mistakes.push((t.id.span().start, format!("template `{id}` has no section")));
        }
        let sections = t
            .section
            .into_iter()
            .map(|s| section(s, &mut mistakes))
            .collect();
        out.push(Template {
            id,
            kind: kind.unwrap_or(Kind::Health),
            name: t.name,
            tier,
            sections,
        });
    }
    if out.is_empty() {
        mistakes.push((0, "there is no [[template]]".into()));
    }
    let WrittenAids {
        probing,
        empathy,
        amplify,
    } = written.aids;
    if mistakes.is_empty() {
        Ok((
            out,
            Aids {
                probing,
                empathy,
                amplify,
            },
        ))
    } else {
        Err(mistakes)
    }
}

fn section(s: WrittenSection, mistakes: &mut Vec<Mistake>) -> Section {
    let (min, max) = *s.minutes.get_ref();
    if min == 0 || min > max || max > LONGEST {
        mistakes.push((s.minutes.span().start, format!("minutes [{min}, {max}]: the shortest must be at least 1 and not above the longest (up to {LONGEST})")));
    }
    let target = match &s.target {
        Some(t) => {
            if !(min..=max).contains(t.get_ref()) {
                mistakes.push((
                    t.span().start,
                    format!("target {} is outside [{min}, {max}]", t.get_ref()),
                ));
            }
            *t.get_ref() * 60
        }
        None => agenda::midpoint(min, max),
    };
    Section {
        name: s.name,
        customer: s.customer,
        min,
        target,
        max,
        prompts: s.prompts.into(),
        ticket: None,
    }
}
