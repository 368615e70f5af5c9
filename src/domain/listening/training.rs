//! Making a model from lines: a logistic regression over pieces, solved by dual coordinate descent (Yu,
//! Huang and Lin, 2011). The same lines give the same weights.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use super::fold::{Script, fold};
use super::model::{Model, Weight};

/// A line, and what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    pub line: String,
    pub risk: bool,
    /// What it is about; of a harmless line what it resembles.
    pub category: String,
    /// Lines of one family say the same in other words.
    pub family: String,
    /// Pieces that are no part of the line: the phrases of the lexicon that it holds.
    pub extra: Vec<String>,
}

/// The weights of pieces, in the order of the pieces.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    pub categories: Vec<String>,
    pub bias: f32,
    pub weights: BTreeMap<String, Weight>,
}

/// Lines that a piece must be in.
fn least(script: Script) -> u32 {
    match script {
        Script::Ja => 2,
        Script::En => 3,
    }
}

/// Weights are stored in hundredths; smaller ones are left out.
const PARTS: f64 = 100.0;
const SMALLEST: i16 = 8;
/// Keeps the numbers of a line near 1.
const SCALE: f64 = 6.0;

/// The cost of a line on the wrong side, against the size of weights.
const COST: f64 = 40.0;

/// The lines as numbers.
struct Matrix {
    pieces: Vec<String>,
    /// How much a piece counts: the rarer, the more.
    rarity: Vec<f64>,
    /// The pieces of each line by their numbers, and what one of them counts before its rarity.
    rows: Vec<(Vec<u32>, f64)>,
}

fn pieces_of(example: &Example) -> Vec<String> {
    let own = fold(&example.line).written().into_iter();
    own.chain(example.extra.iter().cloned()).collect()
}

fn matrix(examples: &[&Example], least: u32) -> Matrix {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut number = |piece: String| {
        let next = numbers.len() as u32;
        *numbers.entry(piece).or_insert(next)
    };
    let pieces_by_number = |e: &&Example| pieces_of(e).into_iter().map(&mut number).collect();
    let lines: Vec<Vec<u32>> = examples.iter().map(pieces_by_number).collect();
    let mut counts = vec![0_u32; numbers.len()];
    for number in lines.iter().flatten() {
        counts[*number as usize] += 1;
    }
    let mut kept: Vec<(String, u32)> = numbers.into_iter().collect();
    kept.retain(|(_, number)| counts[*number as usize] >= least);
    kept.sort_unstable();
    let all = examples.len() as f64;
    let rarity = |count: u32| ((1.0 + all) / (1.0 + f64::from(count))).ln() + 1.0;
    let mut places = vec![None; counts.len()];
    for (at, (_, number)) in kept.iter().enumerate() {
        places[*number as usize] = Some(at as u32);
    }
    let rows = lines.iter().map(|line| {
        let known = line.iter().filter_map(|number| places[*number as usize]);
        let each = 1.0 / SCALE / (line.len().max(1) as f64).sqrt();
        (known.collect(), each)
    });
    Matrix {
        rows: rows.collect(),
        rarity: kept.iter().map(|k| rarity(counts[k.1 as usize])).collect(),
        pieces: kept.into_iter().map(|k| k.0).collect(),
    }
}

/// The weights of the pieces and, last, the bias.
fn solve(matrix: &Matrix, risk: &[bool], cost: f64) -> Vec<f64> {
    const ROUNDS: usize = 60;
    const NEAR: f64 = 0.02;
    let n = matrix.rows.len();
    let mut weights = vec![0.0; matrix.pieces.len() + 1];
    let bias = matrix.pieces.len();
    let sign = |i: usize| if risk[i] { 1.0 } else { -1.0 };
    let first = (0.001 * cost).min(1e-8);
    let mut alpha = vec![[first, cost - first]; n];
    let add = |weights: &mut Vec<f64>, i: usize, by: f64| {
        let (row, each) = &matrix.rows[i];
        for p in row {
            weights[*p as usize] += by * each * matrix.rarity[*p as usize];
        }
        weights[bias] += by;
    };
    let squares: Vec<f64> = matrix
        .rows
        .iter()
        .map(|(row, each)| {
            1.0 + row
                .iter()
                .map(|p| (each * matrix.rarity[*p as usize]).powi(2))
                .sum::<f64>()
        })
        .collect();
    for i in 0..n {
        add(&mut weights, i, sign(i) * first);
    }
    let mut order: Vec<usize> = (0..n).collect();
    let mut state = 1_u64;
    for _ in 0..ROUNDS {
        shuffle(&mut order, &mut state);
        let mut worst = 0.0_f64;
        for &i in &order {
            let (row, each) = &matrix.rows[i];
            let sum: f64 = row
                .iter()
                .map(|p| weights[*p as usize] * matrix.rarity[*p as usize])
                .sum();
            let margin = sign(i) * (sum * each + weights[bias]);
            let a = squares[i];
            let flipped = 0.5 * a * (alpha[i][1] - alpha[i][0]) + margin < 0.0;
            let (one, other, side) = if flipped { (1, 0, -1.0) } else { (0, 1, 1.0) };
            let old = alpha[i][one];
            let (new, gradient) = newton(old, a, side * margin, cost);
            worst = worst.max(gradient);
            if new != old {
                alpha[i][one] = new;
                alpha[i][other] = cost - new;
                add(&mut weights, i, side * (new - old) * sign(i));
            }
        }
        if worst < NEAR {
            break;
        }
    }
    weights
}

/// The best value of one variable between 0 and the cost, and how far the old one was from it.
fn newton(old: f64, a: f64, b: f64, cost: f64) -> (f64, f64) {
    const STEPS: usize = 50;
    const ENOUGH: f64 = 1e-6;
    let slope = |z: f64| a * (z - old) + b + (z / (cost - z)).ln();
    let mut z = if cost - old < 0.5 * cost {
        0.1 * old
    } else {
        old
    };
    let first = slope(z).abs();
    for _ in 0..STEPS {
        let g = slope(z);
        if g.abs() < ENOUGH {
            break;
        }
        let next = z - g / (a + cost / (cost - z) / z);
        z = if next <= 0.0 {
            z * 0.1
        } else {
            next.min(cost * (1.0 - 1e-12))
        };
    }
    (z, first)
}

/// A fixed order that looks random: the same lines give the same weights.
fn shuffle(order: &mut [usize], state: &mut u64) {
    for i in (1..order.len()).rev() {
        *state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        order.swap(i, (*state >> 33) as usize % (i + 1));
    }
}

/// Makes the weights from examples of one script.
pub fn train(examples: &[&Example], script: Script) -> Training {
    let matrix = matrix(examples, least(script));
    let risk: Vec<bool> = examples.iter().map(|e| e.risk).collect();
    let solved = solve(&matrix, &risk, COST);
    let mut categories: Vec<String> = examples
        .iter()
        .filter(|e| e.risk)
        .map(|e| e.category.clone())
        .collect();
    categories.sort_unstable();
    categories.dedup();
    let points = points(&matrix, examples, &categories);
    let mut weights = BTreeMap::new();
    for (at, piece) in matrix.pieces.iter().enumerate() {
        let risk = (solved[at] * matrix.rarity[at] / SCALE * PARTS).round() as i16;
        let (category, strength) = points[at];
        if risk.abs() >= SMALLEST {
            let category = (strength > 0).then_some(category);
            let weight = Weight {
                risk,
                category,
                strength,
            };
            weights.insert(piece.clone(), weight);
        }
    }
    Training {
        categories,
        bias: solved[matrix.pieces.len()] as f32,
        weights,
    }
}

/// The category that each piece points to among the risky lines, and how strongly, in tenths of a natural
/// logarithm; 0 where it points to none.
fn points(matrix: &Matrix, examples: &[&Example], categories: &[String]) -> Vec<(u8, u8)> {
    const WEAK: f64 = 1.0;
    /// Lines that are added to each count: rare pieces prove little.
    const DOUBT: f64 = 0.3;
    let many = categories.len();
    let mut counts = vec![0_u32; matrix.pieces.len() * many];
    let mut lines = vec![0_u32; many];
    for (example, (row, _)) in examples.iter().zip(&matrix.rows) {
        let category = categories.iter().position(|c| *c == example.category);
        let Some(category) = category.filter(|_| example.risk) else {
            continue;
        };
        lines[category] += 1;
        for piece in row {
            counts[*piece as usize * many + category] += 1;
        }
    }
    let all = f64::from(lines.iter().sum::<u32>());
    let best = |counts: &[u32]| {
        let total: u32 = counts.iter().sum();
        let of = |(at, n): (usize, &u32)| {
            let (inside, outside) = (f64::from(*n), f64::from(total - n));
            let here = f64::from(lines[at]);
            let odds =
                (inside + DOUBT) / (here + 1.0) * (all - here + 1.0) / (outside + DOUBT + 4.0);
            (at as u8, odds.ln())
        };
        let best = counts.iter().enumerate().map(of);
        let best = best.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0, 0.0));
        let strength = if best.1 >= WEAK {
            (best.1 * 10.0).min(99.0)
        } else {
            0.0
        };
        (best.0, strength as u8)
    };
    counts.chunks(many.max(1)).map(best).collect()
}

impl Training {
    pub fn model(&self) -> Model {
        let mut model = Model::new(self.categories.clone(), self.bias);
        for (piece, weight) in &self.weights {
            model.set(piece, *weight);
        }
        model
    }

    /// The file of weights.
    pub fn text(&self, threshold: f32) -> String {
        let mut out = format!(
            "#categories\t{}\n#bias\t{:.4}\n#threshold\t{threshold:.4}\n",
            self.categories.join(" "),
            self.bias
        );
        for (piece, w) in &self.weights {
            let _ = match w.category {
                Some(c) => writeln!(out, "{piece}\t{}\t{c}:{}", w.risk, w.strength),
                None => writeln!(out, "{piece}\t{}", w.risk),
            };
        }
        out
    }
}

/// The score of each example by a model that was made without its family; in `many` parts.
pub fn folds(examples: &[Example], script: Script, many: usize) -> Vec<f32> {
    let mut families: Vec<&str> = examples.iter().map(|e| e.family.as_str()).collect();
    families.sort_unstable();
    families.dedup();
    let part = |e: &Example| families.binary_search(&e.family.as_str()).unwrap_or(0) % many;
    let mut scores = vec![0.0; examples.len()];
    for fold in 0..many {
        let seen: Vec<&Example> = examples.iter().filter(|e| part(e) != fold).collect();
        let model = train(&seen, script).model();
        for (score, example) in scores.iter_mut().zip(examples) {
            if part(example) == fold {
                *score = model.score(&example.line, &example.extra);
            }
        }
    }
    scores
}

/// The least score from which at most `resembling` of the harmless lines are heard, and at most `ordinary` of
/// those that resemble no risk (category `other`). Both are shares.
pub fn threshold(examples: &[Example], scores: &[f32], resembling: f64, ordinary: f64) -> f32 {
    let above = |other: bool, share: f64| {
        let mut some: Vec<f32> = examples
            .iter()
            .zip(scores)
            .filter(|(e, _)| !e.risk && (!other || e.category == "other"))
            .map(|(_, s)| *s)
            .collect();
        some.sort_by(|a, b| b.total_cmp(a));
        let at = (some.len() as f64 * share) as usize;
        some.get(at).copied().unwrap_or(0.0)
    };
    above(false, resembling).max(above(true, ordinary))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(line: &str, risk: bool, category: &str) -> Example {
        Example {
            line: line.into(),
            risk,
            category: category.into(),
            family: line.into(),
            extra: Vec::new(),
        }
    }

    #[test]
    fn a_model_tells_its_own_lines_apart_and_is_read_as_it_was_written() {
        let lines = [
            example("they want to cancel the contract", true, "leaving"),
            example("we will cancel at the end of May", true, "leaving"),
            example("the price is too high for us", true, "budget"),
            example("too high a price, they say", true, "budget"),
            example("they will never cancel the contract", false, "leaving"),
            example("we never want to leave you", false, "leaving"),
            example("the price is fine for us", false, "budget"),
            example("high praise for the new report", false, "other"),
            example("the report is fine", false, "other"),
        ];
        // A piece must be in three lines.
        let all: Vec<&Example> = lines.iter().cycle().take(3 * lines.len()).collect();
        let training = train(&all, Script::En);
        let model = training.model();
        let scores = |risk: bool| {
            let some = lines.iter().filter(move |l| l.risk == risk);
            some.map(|l| model.score(&l.line, &[]))
                .collect::<Vec<f32>>()
        };
        let least = scores(true).into_iter().fold(f32::MAX, f32::min);
        let most = scores(false).into_iter().fold(f32::MIN, f32::max);
        assert!(least > most, "{least} {most}");
        let model = model.from(f32::midpoint(least, most));
        assert!(model.judge(&lines[0].line, &[]).is_some());
        assert_eq!(model.judge(&lines[4].line, &[]), None);
        let read = Model::parse(&training.text(0.25)).expect("weights");
        assert_eq!(read.len(), model.len());
        for line in &lines {
            let apart = read.score(&line.line, &[]) - model.score(&line.line, &[]);
            assert!(apart.abs() < 0.01);
        }
        assert_eq!(
            train(&all, Script::En),
            training,
            "the same lines, the same weights"
        );
    }

    #[test]
    fn the_threshold_lets_few_harmless_lines_through() {
        let lines: Vec<Example> = (0..100)
            .map(|n| {
                example(
                    &n.to_string(),
                    false,
                    if n < 50 { "other" } else { "budget" },
                )
            })
            .collect();
        let scores: Vec<f32> = (0..100_u8).map(f32::from).collect();
        assert_eq!(threshold(&lines, &scores, 0.05, 0.02), 94.0);
        assert_eq!(threshold(&lines, &scores, 0.6, 0.02), 48.0);
    }
}
