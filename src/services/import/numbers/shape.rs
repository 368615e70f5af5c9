//! What commas and dots among the digits of a number mean.

/// What the marks among the digits mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Plain,
    /// The decimals follow a dot, and commas group.
    Dot,
    Comma,
    /// One group of three digits after a single mark.
    EitherDot,
    EitherComma,
    Wrong,
}

/// The meaning of the marks among digits.
pub fn shape(digits: &str) -> Shape {
    if !digits
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
    {
        return Shape::Wrong;
    }
    let (dots, commas) = (digits.matches('.').count(), digits.matches(',').count());
    match (dots, commas) {
        (0, 0) => Shape::Plain,
        (1, 0) => one(digits, '.', Shape::Dot, Shape::EitherDot),
        (0, 1) => one(digits, ',', Shape::Comma, Shape::EitherComma),
        (0, _) if grouped(digits, ',') => Shape::Dot,
        (_, 0) if grouped(digits, '.') => Shape::Comma,
        (1, _) if digits.rfind(',') < digits.find('.') => {
            let whole = digits.split('.').next().unwrap_or_default();
            if grouped(whole, ',') {
                Shape::Dot
            } else {
                Shape::Wrong
            }
        }
        (_, 1) if digits.rfind('.') < digits.find(',') => {
            let whole = digits.split(',').next().unwrap_or_default();
            if grouped(whole, '.') {
                Shape::Comma
            } else {
                Shape::Wrong
            }
        }
        _ => Shape::Wrong,
    }
}

/// The meaning of a single mark: three digits after one to three others may be a group.
fn one(digits: &str, mark: char, decimal: Shape, either: Shape) -> Shape {
    let (before, after) = digits.split_once(mark).unwrap_or((digits, ""));
    let group = after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
    if group { either } else { decimal }
}

/// Whether the mark groups digits by three, or by two before the last three (1,00,000).
fn grouped(digits: &str, mark: char) -> bool {
    let groups: Vec<&str> = digits.split(mark).collect();
    let last = groups.len() - 1;
    let by = |size: usize| groups[1..last.max(1)].iter().all(|g| g.len() == size);
    groups[last].len() == 3
        && (1..=3).contains(&groups[0].len())
        && (by(3) || by(2) && groups[0].len() <= 2)
}
