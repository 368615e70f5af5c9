//! Samples as columns of numbers: dimensions and numeric attributes as they are (with a column for
//! "unknown" where some are missing), and one column for each word. Inputs that reveal the ending
//! are left out.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::domain::closed::closed;
use crate::domain::health::{Dimension, truth};
use crate::domain::profile::number;
use crate::domain::text::fold;
use crate::services::backtest::sample::Sample;
use crate::words::labels;

/// An attribute with more distinct words is a name and identifies single accounts.
const WORDS: usize = 30;
/// The AUC from which one input alone must have been written after the endings.
const TOO_GOOD: f64 = 0.98;

closed! {
    /// Why an input is left out.
    Why { SaysOutcome = "says the outcome", TellsAlone = "tells it alone", ManyWords = "too many words", AlwaysSame = "always the same" }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeftOut {
    pub input: String,
    pub why: Why,
}

/// What a column of the model is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Is {
    Dimension,
    /// An attribute's number.
    Number(String),
    /// Whether an attribute has this word.
    Word(String, String),
    /// Whether an attribute has no value.
    Missing(String),
}

/// A column for each input, and the inputs that are left out.
pub struct Inputs {
    pub names: Vec<String>,
    pub are: Vec<Is>,
    columns: Vec<Vec<f64>>,
    pub left_out: Vec<LeftOut>,
    /// Whether each sample churned.
    positive: Vec<bool>,
}

impl Inputs {
    pub fn of(samples: &[Sample]) -> Self {
        let mut out = Self {
            names: Vec::new(),
            are: Vec::new(),
            columns: Vec::new(),
            left_out: Vec::new(),
            positive: samples.iter().map(|s| s.positive).collect(),
        };
        // A profile in force is made from the same attributes as the model.
        for d in Dimension::ALL.iter().filter(|d| **d != Dimension::Profile) {
            let values = samples.iter().map(|s| s.parts[d.index()]).collect();
            out.number(d.key().to_owned(), values, &[Is::Dimension, Is::Dimension]);
        }
        let attributes: BTreeSet<&String> =
            samples.iter().flat_map(|s| s.attributes.keys()).collect();
        let mut words: Vec<(String, Is, Vec<f64>)> = Vec::new();
        for name in attributes {
            let values: Vec<Option<&str>> = samples
                .iter()
                .map(|s| s.attributes.get(name).map(String::as_str))
                .collect();
            out.attribute(name, &values, &mut words);
        }
        for (name, is, column) in words {
            let column = column.into_iter().map(Some).collect();
            out.number(name, column, &[is.clone(), is]);
        }
        out
    }

    /// One row for each sample.
    pub fn rows(&self) -> Vec<Vec<f64>> {
        (0..self.positive.len())
            .map(|i| self.columns.iter().map(|c| c[i]).collect())
            .collect()
    }

    fn leave_out(&mut self, input: String, why: Why) {
        self.left_out.push(LeftOut { input, why });
    }

    /// Whether the values alone separate the endings: then they were written afterwards.
    fn separates_alone(&self, values: &[f64]) -> bool {
        truth::auc(values, &self.positive).is_some_and(|a| a.auc.max(1.0 - a.auc) > TOO_GOOD)
    }

    /// A column of numbers; `is` says what it is, and the column for "unknown" beside it.
    fn number(&mut self, name: String, values: Vec<Option<f64>>, is: &[Is; 2]) {
        let known: Vec<f64> = values.iter().flatten().copied().collect();
        let Some(first) = known.first() else { return };
        let some_missing = known.len() < values.len();
        if known.iter().all(|v| v == first) && !some_missing {
            return self.leave_out(name, Why::AlwaysSame);
        }
        let mean = known.iter().sum::<f64>() / known.len() as f64;
        let filled: Vec<f64> = values.iter().map(|v| v.unwrap_or(mean)).collect();
        if self.separates_alone(&filled) {
            return self.leave_out(name, Why::TellsAlone);
        }
        if some_missing {
            let missing = values.iter().map(|v| f64::from(u8::from(v.is_none())));
            self.names.push(format!("{name}?"));
            self.are.push(is[1].clone());
            self.columns.push(missing.collect());
        }
        self.names.push(name);
        self.are.push(is[0].clone());
        self.columns.push(filled);
    }

    /// An attribute as numbers where nearly all its values are numeric, else as one column for each
    /// word.
    fn attribute(
        &mut self,
        name: &str,
        values: &[Option<&str>],
        words: &mut Vec<(String, Is, Vec<f64>)>,
    ) {
        if names_outcome(name) {
            return self.leave_out(name.to_owned(), Why::SaysOutcome);
        }
        let known = values.iter().flatten().count();
        // An attribute filled in for churned accounts only reveals the ending by its presence.
        let there: Vec<f64> = values
            .iter()
            .map(|v| f64::from(u8::from(v.is_some())))
            .collect();
        if known < values.len() && self.separates_alone(&there) {
            return self.leave_out(name.to_owned(), Why::TellsAlone);
        }
        let numbers: Vec<Option<f64>> = values.iter().map(|v| v.and_then(number)).collect();
        let different: BTreeSet<&str> = values.iter().flatten().copied().collect();
        if numbers.iter().flatten().count() * 20 >= known * 19 {
            let is = [Is::Number(name.to_owned()), Is::Missing(name.to_owned())];
            self.number(name.to_owned(), numbers, &is);
        } else if different.len() > WORDS {
            self.leave_out(name.to_owned(), Why::ManyWords);
        } else {
            let column = |word: &str| {
                let is = values.iter().map(|v| v == &Some(word));
                is.map(|is| f64::from(u8::from(is))).collect()
            };
            words.extend(different.iter().map(|word| {
                let is = Is::Word(name.to_owned(), (*word).to_owned());
                (format!("{name}={word}"), is, column(word))
            }));
        }
    }
}

fn names_outcome(name: &str) -> bool {
    let name = fold(name);
    [
        "churn",
        "outcome",
        "cancel",
        "renewed",
        "terminat",
        "解約",
        "離脱",
        "継続可否",
        "更新結果",
    ]
    .iter()
    .any(|w| name.contains(w))
}

labels! {
    words for Why {
        SaysOutcome: "says the outcome", "結果そのもの";
        TellsAlone: "tells the outcome all alone", "単独で結果を言い当てる";
        ManyWords: "too many different words", "値の種類が多すぎる";
        AlwaysSame: "always the same", "常に同じ値";
    }
}
