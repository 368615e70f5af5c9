//! Lengths of time as they are typed and as tables write them: the months of a term, the notice before its end.

use crate::domain::facts::notice::Notice;
use crate::domain::text::nfkc;

const MONTHS: &[&str] = &[
    "month", "mo", "m", "か月", "カ月", "ヶ月", "ケ月", "ヵ月", "箇月", "月",
];
const YEARS: &[&str] = &["year", "yr", "y", "年", "か年", "カ年", "ヶ年"];
const WORK_DAYS: &[&str] = &["business", "working", "営業日", "平日"];
const DAYS: &[&str] = &["day", "d", "日"];
const WEEKS: &[&str] = &["week", "w", "週"];

/// A number and what follows it.
fn number_and_unit(text: &str) -> Option<(f64, &str)> {
    let text = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.');
    let (number, rest) = text.split_at(end.unwrap_or(text.len()));
    Some((number.parse().ok()?, rest.trim_start_matches([' ', '-'])))
}

fn begins(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.starts_with(word))
}

/// Months: a number of them, or of years (`1年`, `24 months`).
pub fn months(text: &str) -> Option<u32> {
    let text = nfkc(text).to_lowercase();
    let (number, unit) = number_and_unit(&text)?;
    let months = match unit {
        "" => number,
        unit if begins(unit, YEARS) => number * 12.0,
        unit if begins(unit, MONTHS) => number,
        _ => return None,
    };
    // A term of more than a century is no term.
    let whole = months.fract() == 0.0 && (1.0..=1_200.0).contains(&months);
    whole.then_some(months as u32)
}

/// How long before its end a contract has to be cancelled (`30日前`, `3 months`). A number alone is of days, or of
/// months where its header says so.
pub fn notice(text: &str, in_months: bool) -> Option<Notice> {
    let text = nfkc(text).to_lowercase();
    let (number, unit) = number_and_unit(&text)?;
    if number.fract() != 0.0 || !(0.0..=730.0).contains(&number) {
        return None;
    }
    let number = number as u16;
    Some(match unit {
        "" if in_months => Notice::Months(number),
        "" => Notice::Days(number),
        unit if begins(unit, WORK_DAYS) => Notice::BusinessDays(number),
        unit if begins(unit, WEEKS) => Notice::Days(number.saturating_mul(7)),
        unit if begins(unit, DAYS) => Notice::Days(number),
        unit if begins(unit, YEARS) => Notice::Months(number.saturating_mul(12)),
        unit if begins(unit, MONTHS) => Notice::Months(number),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_people_write_them() {
        for (text, want) in [
            ("12", 12),
            ("１２ヶ月", 12),
            ("1年", 12),
            ("2 years", 24),
            ("24 months", 24),
            ("12か月間", 12),
        ] {
            assert_eq!(months(text), Some(want), "{text}");
        }
        for wrong in ["", "x", "0", "1.5", "3 weeks", "99999"] {
            assert_eq!(months(wrong), None, "{wrong}");
        }
        for (text, want) in [
            ("30日前", Notice::Days(30)),
            ("1か月前", Notice::Months(1)),
            ("３ヶ月", Notice::Months(3)),
            ("90", Notice::Days(90)),
            ("2 weeks", Notice::Days(14)),
            ("10営業日前", Notice::BusinessDays(10)),
            ("満了の60日前まで", Notice::Days(60)),
            ("1 year", Notice::Months(12)),
        ] {
            assert_eq!(notice(text, false), Some(want), "{text}");
        }
        assert_eq!(notice("3", true), Some(Notice::Months(3)));
        assert_eq!(notice("soon", false), None);
    }
}
