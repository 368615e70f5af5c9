//! What a merge or a deletion would do, in sentences: for the page of the desk and for the command line.

use crate::domain::account::{Stage, Tier};
use crate::domain::account_field::AccountField;
use crate::domain::merging::{Along, Collisions, Difference, Part, Weighed};
use crate::words::{Lang, common, lifecycle as words};

/// The title: what is asked.
pub fn title(lang: Lang, weighed: &Weighed) -> String {
    match weighed {
        Weighed::Merge { kept, other, .. } => words::merge_title(lang, &other.name, &kept.name),
        Weighed::Delete { account, .. } => words::delete_title(lang, &account.name),
    }
}

/// What goes along, and what contradicts, a line each.
pub fn lines(lang: Lang, weighed: &Weighed) -> Vec<String> {
    let mut out = match weighed {
        Weighed::Merge {
            other,
            along,
            differences,
            collisions,
            ..
        } => {
            let names = [other.id.as_str(), &other.name].join(common::list_comma(lang));
            let mut out = vec![
                match along.is_empty() {
                    true => words::nothing_along(lang).to_owned(),
                    false => words::goes_along(lang, counts(lang, along)),
                },
                words::later_names(lang, names),
            ];
            out.extend(contradictions(lang, differences, collisions));
            out
        }
        Weighed::Delete { along, .. } if along.is_empty() => {
            vec![words::nothing_along(lang).to_owned()]
        }
        Weighed::Delete { along, .. } => {
            vec![words::deleted_along(lang, counts(lang, along))]
        }
    };
    out.push(words::undo_hint(lang).to_owned());
    out
}

/// "3 people, 12 notes, 730 days of usage".
pub fn counts(lang: Lang, along: &Along) -> String {
    let records = along.records.iter();
    let mut out: Vec<String> = records
        .map(|(kind, count)| words::counted(lang, *kind, *count))
        .collect();
    if along.usage_days > 0 {
        out.push(words::usage_days(lang, along.usage_days));
    }
    out.join(common::list_comma(lang))
}

fn contradictions(lang: Lang, differences: &[Difference], met: &Collisions) -> Vec<String> {
    let mut out: Vec<String> = differences
        .iter()
        .map(|d| {
            let part = match &d.part {
                Part::Field(field) => field.words(lang),
                Part::Attribute(header) => header,
            };
            let [kept, other] = [&d.kept, &d.other].map(|value| worded(lang, &d.part, value));
            words::differs(lang, part, kept, other)
        })
        .collect();
    out.extend(
        met.records
            .iter()
            .map(|title| words::record_stays(lang, title)),
    );
    if met.usage_days > 0 {
        out.push(words::usage_stays(lang, met.usage_days));
    }
    if !out.is_empty() {
        out = out.into_iter().map(|line| format!("  {line}")).collect();
        out.insert(0, words::contradictions(lang, out.len()));
    }
    if !met.people.is_empty() {
        let names = met.people.join(common::list_comma(lang));
        out.push(words::people_twice(lang, names));
    }
    out
}

/// A value as the screens show it; of a long one the beginning.
fn worded(lang: Lang, part: &Part, value: &str) -> String {
    const MOST: usize = 60;
    let term = match part {
        Part::Field(AccountField::Tier) => Tier::parse(value).map(|t| t.words(lang)),
        Part::Field(AccountField::Stage) => Stage::parse(value).map(|s| s.words(lang)),
        Part::Field(_) | Part::Attribute(_) => None,
    };
    if let Some(term) = term {
        return term.to_owned();
    }
    match value.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &value[..at]),
        None => value.to_owned(),
    }
}
