//! A mean that bad news never raises and good news never lowers.

/// The mean of parts `(score, weight below the mean, weight above the mean)`. With x as the mean, the
/// weighted distances of the parts to x add up to nothing; since they fall as x rises, there is one such x.
/// A worse part, or more weight below, never raises it.
pub fn mean(parts: &[(f64, f64, f64)]) -> Option<f64> {
    let low = parts.iter().map(|p| p.0).min_by(f64::total_cmp)?;
    let high = parts.iter().map(|p| p.0).max_by(f64::total_cmp)?;
    let all = |weight: fn(&(f64, f64, f64)) -> f64| parts.iter().map(weight).sum::<f64>();
    if all(|p| p.1 + p.2) <= 0.0 {
        return None;
    }
    // Bad facts alone: the worst counts. Good facts alone: the best.
    if all(|p| p.2) <= 0.0 {
        return Some(low);
    }
    if all(|p| p.1) <= 0.0 {
        return Some(high);
    }
    let (mut from, mut to) = (low, high);
    for _ in 0..60 {
        let x = f64::midpoint(from, to);
        let pull: f64 = parts
            .iter()
            .map(|(s, below, above)| (s - x) * if *s < x { below } else { above })
            .sum();
        if pull > 0.0 {
            from = x;
        } else {
            to = x;
        }
    }
    // Where a part is the mean itself, it is so to the last digit.
    let x = f64::midpoint(from, to);
    let part = parts.iter().map(|p| p.0).find(|s| (s - x).abs() < 1e-9);
    Some(part.unwrap_or(x))
}
