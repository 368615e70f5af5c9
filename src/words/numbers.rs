//! Formatting of numbers: with sign, short, without needless digits.

/// A number with its sign: `+3`, `-12`, `±0`.
pub fn signed(n: i64) -> String {
    match n {
        0 => "±0".into(),
        n if n > 0 => format!("+{n}"),
        n => n.to_string(),
    }
}

/// A number without needless digits.
pub fn number(n: f64) -> String {
    // An empty sum is -0.0, which must not be shown with a sign.
    let n = n + 0.0;
    if n.abs() >= 100.0 || n.fract().abs() < 0.05 {
        format!("{n:.0}")
    } else {
        format!("{n:.1}")
    }
}

/// A count in few columns: 12, 3.4k, 56k.
pub fn short(n: f64) -> String {
    match n.abs() {
        a if a >= 10_000.0 => format!("{:.0}k", n / 1_000.0),
        a if a >= 1_000.0 => format!("{:.1}k", n / 1_000.0),
        _ => number(n),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_show_their_sign_and_no_needless_digits() {
        assert_eq!((signed(-3), signed(0)), ("-3".into(), "±0".into()));
        assert_eq!((number(-0.0), number(2.04)), ("0".into(), "2".into()));
        assert_eq!(
            (short(12_345.0), short(1_250.0)),
            ("12k".into(), "1.2k".into())
        );
    }
}
