//! Cells as numbers. The mark of decimals is decided for a whole column, as the order of day and
//! month is: `1.200` alone may be one and a fifth or twelve hundred.

mod marks;
mod shape;
mod spelled;

use crate::domain::money::Currency;
use crate::domain::text::nfkc;

pub use marks::{Evidence, marks};
use shape::{Shape, shape};

/// The mark before the decimals of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    Dot,
    Comma,
    /// Nothing proves a mark: commas group, as nearly everywhere, and a dot before three digits
    /// stays out.
    Assumed,
    /// Cells of the column contradict each other, or its file writes decimal commas elsewhere:
    /// a cell that can be read in two ways stays out.
    Unproven,
}

/// Why a cell is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    NotANumber,
    /// `1.200` or `1,200` in a column that does not prove its mark of decimals.
    Unproven,
    /// A minus after the number: `1,000-`.
    TrailingMinus,
}

/// A number as a cell writes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    pub value: f64,
    pub currency: Option<Currency>,
    pub percent: bool,
    /// The cell states its own unit (`8,000千円`, `$12k`).
    pub scaled: bool,
}

/// Reads a number in a column with this mark.
///
/// # Errors
/// If the cell is no number, or can be read in two ways.
pub fn number(cell: &str, decimal: Decimal) -> Result<Number, Fault> {
    if let Some(value) = plain_in(cell.as_bytes(), decimal) {
        return Ok(Number {
            value,
            currency: None,
            percent: false,
            scaled: false,
        });
    }
    let parts = parts(cell).ok_or(Fault::NotANumber)?;
    let digits = &parts.digits;
    let without = |mark: char| digits.replace(mark, "");
    let plain = match (shape(digits), decimal) {
        (Shape::Wrong, _) => return Err(Fault::NotANumber),
        (Shape::Plain, _) => digits.clone(),
        (Shape::Dot, _)
        | (Shape::EitherComma | Shape::EitherDot, Decimal::Dot)
        | (Shape::EitherComma, Decimal::Assumed) => without(','),
        (Shape::EitherDot, Decimal::Assumed) => return Err(Fault::Unproven),
        (Shape::Comma, _) | (Shape::EitherComma | Shape::EitherDot, Decimal::Comma) => {
            without('.').replace(',', ".")
        }
        (Shape::EitherComma | Shape::EitherDot, Decimal::Unproven) => return Err(Fault::Unproven),
    };
    let value = plain.parse::<f64>().map_err(|_| Fault::NotANumber)? * parts.scale;
    if !value.is_finite() {
        return Err(Fault::NotANumber);
    }
    // The dash closes a Japanese amount (¥1,000,000-); elsewhere it may be a minus.
    if parts.closing_dash && parts.currency != Some(Currency::JPY) {
        return Err(Fault::TrailingMinus);
    }
    Ok(Number {
        value: if parts.negative { -value } else { value },
        currency: parts.currency,
        percent: parts.percent,
        scaled: parts.scaled,
    })
}

/// The common case: digits alone, or digits with a dot that groups nothing.
pub fn plain(cell: &str) -> Option<f64> {
    plain_in(cell.as_bytes(), Decimal::Unproven)
}

/// As [`plain`], in a column with this mark: three digits after a dot are decimals where the column
/// proves it.
pub fn plain_in(cell: &[u8], decimal: Decimal) -> Option<f64> {
    /// More digits than a float holds exactly. Dividing such a number by a power of ten gives the
    /// float that is nearest to what is written.
    const EXACT: usize = 15;
    if cell.is_empty() || cell.len() > EXACT {
        return None;
    }
    let mut n = 0_u64;
    let mut dot = None;
    for (at, b) in cell.iter().enumerate() {
        match b {
            b'0'..=b'9' => n = n * 10 + u64::from(b - b'0'),
            b'.' if at > 0 && dot.is_none() => dot = Some(at),
            _ => return None,
        }
    }
    let Some(dot) = dot else {
        return Some(n as f64);
    };
    let after = cell.len() - dot - 1;
    let sound = after > 0 && (after != 3 || decimal == Decimal::Dot);
    sound.then(|| n as f64 / 10_f64.powi(after as i32))
}

/// The parts of a number as written.
struct Parts {
    /// Digits with their marks.
    digits: String,
    scale: f64,
    /// Whether the cell states its own unit.
    scaled: bool,
    currency: Option<Currency>,
    negative: bool,
    percent: bool,
    closing_dash: bool,
}

const SCALES: [(&str, f64); 10] = [
    ("百万", 1e6),
    ("千万", 1e7),
    ("億", 1e8),
    ("万", 1e4),
    ("千", 1e3),
    ("bn", 1e9),
    ("mm", 1e6),
    ("mio", 1e6),
    ("k", 1e3),
    ("m", 1e6),
];

/// Words after a count that say what is counted.
const COUNTERS: [&str; 12] = [
    "席",
    "名",
    "人",
    "社",
    "件",
    "id",
    "ユーザー",
    "ライセンス",
    "seats",
    "users",
    "licenses",
    "licences",
];

fn parts(cell: &str) -> Option<Parts> {
    let folded = nfkc(cell.trim()).to_lowercase();
    let mut text: String = folded
        .chars()
        .filter(|c| !c.is_whitespace() && !is_group_mark(*c))
        .map(|c| match c {
            '\u{2212}' | '\u{2012}' | '\u{2013}' | '\u{2014}' => '-',
            // The yen sign of Shift_JIS is the backslash of ASCII.
            '\\' => '¥',
            c => c,
        })
        .collect();
    let mut negative = false;
    if let Some(inner) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        (text, negative) = (inner.to_owned(), true);
    }
    for sign in ['▲', '△'] {
        if let Some(rest) = text.strip_prefix(sign) {
            (text, negative) = (rest.to_owned(), true);
        }
    }
    let percent = text.ends_with('%');
    let text = text.trim_end_matches('%');
    // `12,500,-` has no decimals.
    let text = text
        .strip_suffix(",-")
        .or(text.strip_suffix(".-"))
        .unwrap_or(text);
    let closing_dash = text.len() > 1 && text.ends_with('-');
    let text = text
        .strip_suffix('-')
        .filter(|_| closing_dash)
        .unwrap_or(text);
    let whole = spelled::in_parts(text);
    let text = whole.as_deref().unwrap_or(text);
    let from = text.find(|c: char| c.is_ascii_digit())?;
    let to = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    // A number may begin with its mark (`.5`).
    let from = text[..from].strip_suffix(['.', ',']).map_or(from, str::len);
    let (before, digits, after) = (&text[..from], &text[from..to], &text[to..]);
    let (before, minus) = match before
        .strip_prefix('-')
        .or_else(|| before.strip_suffix('-'))
    {
        Some(rest) => (rest, true),
        None => (before.trim_matches('+'), false),
    };
    // `50席`, `12,500,-`, `1,200円(税込)`
    let after = after.split('(').next().unwrap_or(after);
    let after = after.strip_suffix(",-").unwrap_or(after);
    let after = COUNTERS
        .iter()
        .find_map(|c| after.strip_suffix(c))
        .unwrap_or(after);
    let (scale, after) = SCALES
        .iter()
        .find_map(|(word, scale)| Some((*scale, after.strip_prefix(word)?)))
        .unwrap_or((1.0, after));
    let after = after.trim_end_matches("也").trim_start_matches(['.', ',']);
    let currency = match (before.is_empty(), after.is_empty()) {
        (true, true) => None,
        (false, true) => Some(currency(before)?),
        (true, false) => Some(currency(after)?),
        (false, false) => {
            // `¥1,000円` names one currency twice.
            let (a, b) = (currency(before)?, currency(after)?);
            Some(if before == "$" { b } else { a }).filter(|_| a == b || before == "$")
        }
    };
    Some(Parts {
        digits: digits.to_owned(),
        scale,
        scaled: scale != 1.0 || whole.is_some(),
        currency,
        negative: negative != minus,
        percent,
        closing_dash,
    })
}

/// The currency of the text beside a number.
fn currency(text: &str) -> Option<Currency> {
    let text = text.trim_matches(['.', ':', '(', ')', '/']);
    match text {
        "us$" | "ドル" | "米ドル" | "dollars" => Some(Currency::USD),
        "yen" | "円(税抜)" | "円税抜" | "jp¥" => Some(Currency::JPY),
        "euro" | "ユーロ" => Some(Currency::EUR),
        _ => Currency::parse(text),
    }
}

/// Signs that only group digits and are never decimals.
fn is_group_mark(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(cells: &[&str], semicolons: bool) -> Vec<Result<f64, Fault>> {
        let mut evidence = Evidence::default();
        cells.iter().for_each(|c| evidence.see(c));
        let mark = marks(&[evidence], semicolons)[0];
        cells
            .iter()
            .map(|c| number(c, mark).map(|n| n.value))
            .collect()
    }

    #[test]
    fn one_cell_decides_the_mark_of_its_column() {
        assert_eq!(
            column(
                &["1.200", "12.500,50", "0,125", "1.200.000", "1'200'000"],
                true
            ),
            [
                Ok(1200.0),
                Ok(12_500.5),
                Ok(0.125),
                Ok(1_200_000.0),
                Ok(1_200_000.0)
            ]
        );
        assert_eq!(
            column(&["1,200", "12,500.50", "0.125"], false),
            [Ok(1200.0), Ok(12_500.5), Ok(0.125)]
        );
        // Nothing in the column proves a mark: commas group, dots are decimals.
        assert_eq!(column(&["1,250", "980"], false), [Ok(1250.0), Ok(980.0)]);
        assert_eq!(column(&["1.250", "0.5"], false), [Ok(1.25), Ok(0.5)]);
        // Semicolons between cells point to decimal commas, but prove nothing.
        assert_eq!(column(&["1.250"], true), [Err(Fault::Unproven)]);
        // Nor does a column of dots before three digits alone: 1.200 may be 1,200.
        assert_eq!(
            column(&["1.200", "3.500"], false),
            [Err(Fault::Unproven), Err(Fault::Unproven)]
        );
        // A column that contradicts itself leaves out what can be read in two ways.
        assert_eq!(
            column(&["1.5", "2,5", "1,250"], false),
            [Ok(1.5), Ok(2.5), Err(Fault::Unproven)]
        );
    }

    #[test]
    fn a_column_without_proof_follows_its_file() {
        let mut users = Evidence::default();
        users.see("1.250");
        let mut hours = Evidence::default();
        hours.see("12,5");
        assert_eq!(
            marks(&[users, hours], false),
            [Decimal::Comma, Decimal::Comma]
        );
    }

    #[test]
    fn numbers_as_people_write_them() {
        let n = |cell: &str| number(cell, Decimal::Dot);
        for (cell, want) in [
            ("1,234,567", 1_234_567.0),
            ("12,34,567", 1_234_567.0),
            ("¥1,234,567", 1_234_567.0),
            ("\\1,200,000", 1_200_000.0),
            ("１，２００円", 1200.0),
            ("¥1,000,000-", 1_000_000.0),
            ("金", f64::NAN),
            ("1,200万円", 12_000_000.0),
            ("120百万円", 120_000_000.0),
            ("1億2000万円", 120_000_000.0),
            ("▲1億2,000万円", -120_000_000.0),
            ("3万5千円", 35_000.0),
            ("120万5,000円", 1_205_000.0),
            ("3億", 300_000_000.0),
            ("$12.4k", 12_400.0),
            ("50席", 50.0),
            ("120 seats", 120.0),
            ("12,500,-", 12_500.0),
            ("1,200,000円(税込)", 1_200_000.0),
            ("$1.2M", 1_200_000.0),
            ("12K", 12_000.0),
            ("USD 99.50", 99.5),
            ("US$ 99", 99.0),
            ("1 200 000", 1_200_000.0),
            ("1\u{a0}200", 1200.0),
            ("(300)", -300.0),
            ("▲100000", -100_000.0),
            ("△1,500円", -1500.0),
            ("\u{2212}5", -5.0),
            ("-$5", -5.0),
            ("$-5", -5.0),
            (".5", 0.5),
            ("1.234,56 €", 1234.56),
        ] {
            match n(cell) {
                Ok(found) => assert_eq!(found.value, want, "{cell}"),
                Err(_) => assert!(want.is_nan(), "{cell}"),
            }
        }
        for cell in [
            "abc", "3 yrs", "12 tbd", "10 mil", "", "-", "1-2", "1.2.3", "1,2,3", "12/31",
            "5 of 10", "1e5x", "¥", "1,000-",
        ] {
            assert!(n(cell).is_err(), "{cell}");
        }
        assert_eq!(n("1,000-"), Err(Fault::TrailingMinus));
        assert!(n("80%").is_ok_and(|n| n.percent && n.value == 80.0));
        assert_eq!(n("$5").map(|n| n.currency), Ok(Some(Currency::USD)));
        assert_eq!(n("5 円").map(|n| n.currency), Ok(Some(Currency::JPY)));
    }
}
