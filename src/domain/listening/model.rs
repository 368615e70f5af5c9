//! The weights of pieces, and how they judge a line.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::fold::{Folded, Script, fold};
use crate::domain::text::hash;

/// Weights are stored in hundredths.
const PARTS: f32 = 100.0;

/// Values by the hashes of pieces.
type ByPiece<T> = HashMap<u64, T, BuildHasherDefault<Through>>;

/// The keys are hashes already.
#[derive(Default)]
struct Through(u64);

impl Hasher for Through {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0 << 8 | u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// What a piece says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weight {
    /// For risk (above 0) or against it, in hundredths.
    pub risk: i16,
    /// The category that it points to, by its place in [`Model::categories`].
    pub category: Option<u8>,
    /// How strongly it points there, in tenths.
    pub strength: u8,
}

/// A model of one script.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Model {
    pub categories: Vec<String>,
    bias: f32,
    /// The score from which a line is heard.
    threshold: f32,
    weights: ByPiece<Weight>,
    /// What the user's own lines added.
    learnt: ByPiece<f32>,
}

/// A line that hints at risk.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// How far it is above the threshold.
    pub margin: f32,
    pub category: Option<String>,
    /// The bytes of the line that weighed most.
    pub range: (usize, usize),
    /// The pieces that weighed most, heaviest first.
    pub pieces: Vec<String>,
}

/// A line that the user marked as a risk, or dismissed as a false alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lesson<'a> {
    pub line: &'a str,
    pub risk: bool,
}

impl Model {
    pub(super) fn new(categories: Vec<String>, bias: f32) -> Self {
        Self {
            categories,
            bias,
            ..Self::default()
        }
    }

    pub(super) fn set(&mut self, piece: &str, weight: Weight) {
        self.weights.insert(hash(piece), weight);
    }

    /// The model with another threshold.
    #[must_use]
    pub fn from(mut self, threshold: f32) -> Self {
        self.threshold = threshold;
        self
    }

    /// Reads weights as [`Training::text`](super::Training::text) writes them. An error names the line.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut out = Self::default();
        for (n, line) in text.lines().enumerate() {
            out.line(line)
                .ok_or_else(|| format!("line {}: {line:?}", n + 1))?;
        }
        Ok(out)
    }

    fn line(&mut self, line: &str) -> Option<()> {
        let mut cells = line.split('\t');
        let (piece, weight) = (cells.next()?, cells.next()?);
        match piece {
            "#bias" => self.bias = weight.parse().ok()?,
            "#threshold" => self.threshold = weight.parse().ok()?,
            "#categories" => self.categories = weight.split(' ').map(str::to_owned).collect(),
            piece => {
                let mut points = cells.next().into_iter().flat_map(|c| c.split(':'));
                let category = points.next().map(str::parse).transpose().ok()?;
                let weight = Weight {
                    risk: weight.parse().ok()?,
                    category,
                    strength: points.next().map_or(Ok(0), str::parse).ok()?,
                };
                self.set(piece, weight);
            }
        }
        Some(())
    }

    pub fn len(&self) -> usize {
        self.weights.len()
    }

    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// The weight of a piece with what was learnt, 1 being a hundred parts.
    fn weight(&self, piece: u64) -> f32 {
        let known = self.weights.get(&piece).map_or(0.0, |w| f32::from(w.risk));
        let learnt = if self.learnt.is_empty() {
            0.0
        } else {
            self.learnt.get(&piece).copied().unwrap_or(0.0)
        };
        known / PARTS + learnt
    }

    /// The score of a line: above the threshold it is heard. `extra` are pieces that are no part of it.
    pub fn score(&self, line: &str, extra: &[String]) -> f32 {
        let folded = fold(line);
        let pieces = folded.pieces();
        let sum: f32 = pieces
            .iter()
            .map(|p| self.weight(p.0))
            .chain(extra.iter().map(|p| self.weight(hash(p))))
            .sum();
        self.bias + sum / ((pieces.len() + extra.len()).max(1) as f32).sqrt()
    }

    /// Whether a line hints at risk. `extra` are pieces that are no part of it: the phrases of the lexicon.
    pub fn judge(&self, line: &str, extra: &[String]) -> Option<Heard> {
        let margin = self.score(line, extra) - self.threshold;
        (margin > 0.0).then(|| self.explain(line, margin))
    }

    /// What a line is about that the user marked as a risk, however it sounds.
    pub fn marked(&self, line: &str) -> Heard {
        self.explain(line, 0.0)
    }

    fn explain(&self, line: &str, margin: f32) -> Heard {
        const SHOWN: usize = 3;
        let folded = fold(line);
        let pieces = folded.pieces();
        let mut weighed: Vec<((u32, u32), f32)> =
            pieces.iter().map(|p| (p.1, self.weight(p.0))).collect();
        let range = self.span(&folded, &weighed);
        weighed.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut shown: Vec<(u32, u32)> = Vec::new();
        for (piece, _) in weighed.iter().filter(|w| w.1 > 0.0) {
            let apart = |s: &(u32, u32)| piece.1 <= s.0 || s.1 <= piece.0;
            if shown.len() < SHOWN && shown.iter().all(apart) {
                shown.push(*piece);
            }
        }
        let words = |p: &(u32, u32)| folded.piece(*p).trim_matches([' ', '^', '$']).to_owned();
        Heard {
            margin,
            category: self.category(&pieces),
            range: folded.in_line(line, range),
            pieces: shown.iter().map(words).filter(|p| !p.is_empty()).collect(),
        }
    }

    /// The part of the text whose pieces weigh most, to whole words.
    fn span(&self, folded: &Folded, weighed: &[((u32, u32), f32)]) -> (usize, usize) {
        let text = &folded.text;
        let mut by_byte = vec![0.0_f32; text.len()];
        for ((from, to), weight) in weighed {
            let each = weight / (to - from) as f32;
            by_byte[*from as usize..*to as usize]
                .iter_mut()
                .for_each(|b| *b += each);
        }
        // The best stretch: what weighs less than the mean interrupts it.
        let mean = by_byte.iter().sum::<f32>().max(0.0) / by_byte.len().max(1) as f32;
        let (mut best, mut sum, mut start) = ((0, text.len(), f32::MIN), 0.0, 0);
        for (at, c) in text.char_indices() {
            if sum <= 0.0 {
                (sum, start) = (0.0, at);
            }
            let end = at + c.len_utf8();
            sum += by_byte[at..end].iter().map(|b| b - mean).sum::<f32>();
            if sum > best.2 {
                best = (start, end, sum);
            }
        }
        let (mut from, mut to) = (best.0, best.1);
        if folded.script == Script::En && !text[from..to].trim().is_empty() {
            from += text[from..to].len() - text[from..to].trim_start().len();
            to = from + text[from..to].trim_end().len();
            from = text[..from].rfind(' ').map_or(0, |b| b + 1);
            to = text[to..].find(' ').map_or(text.len(), |b| to + b);
        }
        let inner = text[from..to].trim_matches([' ', '^', '$']);
        let from = from + text[from..to].find(inner).unwrap_or(0);
        (from, from + inner.len())
    }

    fn category(&self, pieces: &[(u64, (u32, u32))]) -> Option<String> {
        let mut sums = vec![0_u32; self.categories.len()];
        for piece in pieces {
            let weight = self.weights.get(&piece.0);
            if let Some((category, strength)) = weight.and_then(|w| Some((w.category?, w.strength)))
                && let Some(sum) = sums.get_mut(usize::from(category))
            {
                *sum += u32::from(strength);
            }
        }
        let best = sums
            .iter()
            .copied()
            .enumerate()
            .max_by_key(|(i, sum)| (*sum, usize::MAX - i));
        best.filter(|(_, sum)| *sum > 0)
            .map(|(i, _)| self.categories[i].clone())
    }

    /// The model after lessons, in their order: each moves the pieces of its line until the line is judged as
    /// the user did, with some room.
    #[must_use]
    pub fn taught<'a>(&self, lessons: impl IntoIterator<Item = Lesson<'a>>) -> Self {
        const ROOM: f32 = 0.3;
        const STEPS: usize = 30;
        let mut out = self.clone();
        out.learnt.clear();
        for lesson in lessons {
            let folded = fold(lesson.line);
            let pieces: Vec<u64> = folded.pieces().iter().map(|p| p.0).collect();
            let root = (pieces.len().max(1) as f32).sqrt();
            let sign = if lesson.risk { 1.0 } else { -1.0 };
            for _ in 0..STEPS {
                let sum: f32 = pieces.iter().map(|p| out.weight(*p)).sum();
                let margin = out.bias + sum / root - out.threshold;
                if sign * margin >= ROOM {
                    break;
                }
                // The step of a logistic model: the less it expected the lesson, the larger.
                let step = sign / (1.0 + (sign * margin).exp()) / root;
                for piece in &pieces {
                    *out.learnt.entry(*piece).or_default() += step;
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> Model {
        Model::parse(
            "#categories\tbudget leaving\n#bias\t-0.5\n#threshold\t0.5\n cancel \t900\t1:20\ncanc\t300\t1:5\n\
             no plans\t-100\n no plans to \t-1500\nprice\t400\t0:30\n解約\t700\t1:20\nつもりはな\t-900\n",
        )
        .expect("weights")
    }

    #[test]
    fn pieces_decide_and_are_named() {
        let model = model();
        let heard = model
            .judge("They want to cancel in May", &[])
            .expect("a hint");
        assert_eq!(heard.category.as_deref(), Some("leaving"));
        assert_eq!(
            &"They want to cancel in May"[heard.range.0..heard.range.1],
            "cancel"
        );
        assert_eq!(heard.pieces.first().map(String::as_str), Some("cancel"));
        assert_eq!(model.judge("They have no plans to cancel", &[]), None);
        assert!(model.judge("解約", &[]).is_some());
        assert_eq!(model.judge("", &[]), None);
    }

    #[test]
    fn lessons_are_followed_in_their_order_and_reach_like_lines() {
        let model = model();
        let line = "cancel the room for Friday";
        assert!(model.judge(line, &[]).is_some());
        let no = Lesson { line, risk: false };
        let taught = model.taught([no]);
        assert_eq!(taught.judge(line, &[]), None);
        assert!(
            taught.score("cancel the room for Monday", &[])
                < model.score("cancel the room for Monday", &[])
        );
        let yes = Lesson { line, risk: true };
        assert!(model.taught([no, yes]).judge(line, &[]).is_some());
        assert_eq!(model.taught([yes, no]).judge(line, &[]), None);
        assert_eq!(model.taught([]), model);
    }

    #[test]
    fn a_line_of_weights_that_cannot_be_read_is_named() {
        assert!(
            Model::parse("#bias\t0\nx\tmuch")
                .expect_err("refused")
                .starts_with("line 2")
        );
    }
}
