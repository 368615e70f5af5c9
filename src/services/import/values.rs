//! Cells as values: amounts, money, booleans. Days and moments are in
//! `services/dates`.

use super::numbers::{Decimal, Evidence, Fault, number};
use crate::domain::money::{Currency, Money};
use crate::domain::text::nfkc;

pub use crate::services::dates::{Order, day, instant};

/// A number alone, without a column that could prove its mark of decimals.
pub fn amount(cell: &str) -> Option<f64> {
    let mut evidence = Evidence::default();
    evidence.see(cell);
    let decimal = evidence.proof().unwrap_or(Decimal::Dot);
    number(cell, decimal).ok().map(|n| n.value)
}

/// How the amounts of a column are written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amounts {
    pub decimal: Decimal,
    /// The number that one unit of a cell stands for.
    pub scale: f64,
    /// The currency of cells that name none.
    pub currency: Option<Currency>,
    /// The system counts in the smallest unit (cents).
    pub minor: bool,
}

/// Why a cell is no amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoMoney {
    NoNumber(Fault),
    NoCurrency,
}

/// An amount of money in its column.
///
/// # Errors
/// If the cell is no number, is too large to be exact, or names no currency where its column has
/// none.
pub fn column_money(cell: &str, column: Amounts) -> Result<Money, NoMoney> {
    // Beyond this the smallest unit is no longer exact in a float, so it is a mistake.
    const MOST: f64 = 9e13;
    // A closing dash is a minus unless the amount is in yen, and the column may say that it is.
    let yen = column.currency == Some(Currency::JPY);
    let closed = cell.trim_end_matches(['-', '－', 'ー', '―']);
    let cell = if yen && closed.len() > cell.len() / 2 {
        closed
    } else {
        cell
    };
    let found = number(cell, column.decimal).map_err(NoMoney::NoNumber)?;
    // A cell with a unit of its own is not scaled by the column's as well.
    let value = found.value * if found.scaled { 1.0 } else { column.scale };
    if value.abs() > MOST || found.percent {
        return Err(NoMoney::NoNumber(Fault::NotANumber));
    }
    let currency = found
        .currency
        .or(column.currency)
        .ok_or(NoMoney::NoCurrency)?;
    Ok(if column.minor {
        Money {
            minor: value.round() as i64,
            currency,
        }
    } else {
        Money::of(value, currency)
    })
}

/// An amount of money alone, with the currency for one that names none; `minor` counts in cents.
pub fn money(cell: &str, fallback: Option<Currency>, minor: bool) -> Option<Money> {
    let mut evidence = Evidence::default();
    evidence.see(cell);
    let column = Amounts {
        decimal: evidence.proof().unwrap_or(Decimal::Dot),
        scale: 1.0,
        currency: fallback,
        minor,
    };
    column_money(cell, column).ok()
}

/// Words for nothing: the cell is blank, and the writer said so.
pub fn is_placeholder(cell: &str) -> bool {
    const WORDS: &[&str] = &[
        "n/a",
        "#n/a",
        "na",
        "n.a.",
        "n.a",
        "null",
        "nil",
        "none",
        "(none)",
        "tbd",
        "tba",
        "tbc",
        "undefined",
        "nan",
        "#ref!",
        "#value!",
        "#name?",
        "#div/0!",
        "#null!",
        "#num!",
        "未定",
        "なし",
        "無し",
        "無",
        "未設定",
        "未記入",
        "確認中",
        "調整中",
        "対象外",
        "未契約",
        "同上",
        "〃",
        "not set",
        "unset",
        "(blank)",
        "[null]",
        "\\n",
        "keine",
        "k.a.",
        "未入力",
        "未登録",
        "該当なし",
        "特になし",
        "(空白)",
        "空欄",
        "0000-00-00",
        "0000/00/00",
        "0000-00-00 00:00:00",
    ];
    let cell = cell.trim();
    if cell.is_empty() || cell.len() > 24 {
        return false;
    }
    // A sign alone, of any width: - — ー ― … / ?
    let sign = |c: char| {
        matches!(
            c,
            '-' | '－'
                | '–'
                | '—'
                | '―'
                | 'ー'
                | '−'
                | '‐'
                | '…'
                | '.'
                | '?'
                | '？'
                | '/'
                | '*'
        )
    };
    cell.chars().all(sign) || WORDS.contains(&nfkc(cell).to_lowercase().as_str())
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
        let plain = Amounts {
            decimal: Decimal::Dot,
            scale: 1.0,
            currency: None,
            minor: false,
        };
        let yen = Some(Currency::JPY);
        assert_eq!(
            column_money("12,400,000円", plain),
            Ok(Money::of(12_400_000.0, Currency::JPY))
        );
        let cents = Amounts {
            currency: Some(Currency::USD),
            minor: true,
            ..plain
        };
        assert_eq!(
            column_money("150000", cents),
            Ok(Money::of(1500.0, Currency::USD))
        );
        assert_eq!(column_money("5", plain), Err(NoMoney::NoCurrency));
        let thousands = Amounts {
            currency: yen,
            scale: 1e3,
            ..plain
        };
        assert_eq!(
            column_money("12,000", thousands),
            Ok(Money::of(12_000_000.0, Currency::JPY))
        );
        let in_yen = Amounts {
            currency: yen,
            ..plain
        };
        assert_eq!(
            column_money("1,000,000-", in_yen),
            Ok(Money::of(1_000_000.0, Currency::JPY))
        );
        assert_eq!(
            column_money("1,000-", plain),
            Err(NoMoney::NoNumber(Fault::TrailingMinus))
        );
    }
}
