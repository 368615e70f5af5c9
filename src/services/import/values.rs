//! Cells as values: amounts, money, booleans. Days and moments are in
//! `services/dates`.

use crate::domain::money::{Currency, Money};
use crate::domain::text::nfkc;

pub use crate::services::dates::{Order, day, instant};

/// A number with thousands separators, full-width digits, 万 or 億, and a sign or parentheses for
/// minus.
pub fn amount(cell: &str) -> Option<f64> {
    let text: String = nfkc(cell).chars().filter(|c| !c.is_whitespace()).collect();
    let (text, negative) = match text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        Some(inner) => (inner.to_owned(), true),
        None => (text, false),
    };
    let (text, scale) = [("億", 1e8), ("万", 1e4), ("千", 1e3)]
        .iter()
        .find_map(|(unit, scale)| {
            Some((
                text.trim_end_matches('円').strip_suffix(unit)?.to_owned(),
                *scale,
            ))
        })
        .unwrap_or((text, 1.0));
    let digits: String = text
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))
        .collect();
    let others = text
        .chars()
        .filter(|c| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+')))
        .collect::<String>();
    if !(others.is_empty() || Currency::parse(&others).is_some()) || digits.is_empty() {
        return None;
    }
    let plain = match (digits.rfind('.'), digits.rfind(',')) {
        // 1.234,56
        (Some(dot), Some(comma)) if comma > dot => digits.replace('.', "").replace(',', "."),
        (_, Some(comma))
            if digits.matches(',').count() == 1
                && !digits.contains('.')
                && digits.len() - comma <= 3 =>
        {
            digits.replace(',', ".")
        }
        _ => digits.replace(',', ""),
    };
    let value = plain.parse::<f64>().ok()? * scale;
    value
        .is_finite()
        .then_some(if negative { -value } else { value })
}

/// The currency in the amount itself.
pub fn currency_of(cell: &str) -> Option<Currency> {
    let text = nfkc(cell);
    let others: String = text
        .chars()
        .filter(|c| {
            !(c.is_ascii_digit()
                || c.is_whitespace()
                || matches!(c, '.' | ',' | '-' | '+' | '(' | ')' | '万' | '億' | '千'))
        })
        .collect();
    Currency::parse(&others)
}

/// An amount of money. For systems that count in cents, the mapping says so.
pub fn money(cell: &str, fallback: Option<Currency>, minor: bool) -> Option<Money> {
    let value = amount(cell)?;
    // Beyond this the smallest unit is no longer exact in a float, so it is a mistake.
    const MOST: f64 = 9e13;
    if value.abs() > MOST {
        return None;
    }
    let currency = currency_of(cell).or(fallback)?;
    Some(if minor {
        Money {
            minor: value.round() as i64,
            currency,
        }
    } else {
        Money::of(value, currency)
    })
}

/// `True`, `yes`, `1`, `はい`, `有` and their opposites.
pub fn truth(cell: &str) -> Option<bool> {
    match nfkc(cell.trim()).to_lowercase().as_str() {
        "true" | "yes" | "y" | "t" | "1" | "はい" | "有" | "有り" | "あり" | "○" => {
            Some(true)
        }
        "false" | "no" | "n" | "f" | "0" | "いいえ" | "無" | "無し" | "なし" | "×" | "" => {
            Some(false)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_as_people_write_them() {
        for (cell, want) in [
            ("1,234,567", Some(1_234_567.0)),
            ("¥1,234,567", Some(1_234_567.0)),
            ("１，２００円", Some(1200.0)),
            ("1.234,56 €", Some(1234.56)),
            ("12,5", Some(12.5)),
            ("1,250", Some(1250.0)),
            ("(300)", Some(-300.0)),
            ("1,200万円", Some(12_000_000.0)),
            ("3億", Some(300_000_000.0)),
            ("USD 99.50", Some(99.5)),
            ("abc", None),
            ("3 yrs", None),
            ("12 tbd", None),
            ("10 mil", None),
            ("", None),
        ] {
            assert_eq!(amount(cell), want, "{cell}");
        }
        assert_eq!(
            money("12,400,000円", None, false),
            Some(Money::of(12_400_000.0, Currency::JPY))
        );
        assert_eq!(
            money("150000", Some(Currency::USD), true),
            Some(Money::of(1500.0, Currency::USD))
        );
        assert_eq!(money("5", None, false), None);
    }
}
