//! Which day of a term a column of ends states: the last paid day, or the first day after it.

/// Which day of a term a column of ends states. See `[term]`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Means {
    #[default]
    Itself,
    /// The first day after the term, where the last paid day is kept.
    DayAfter,
    /// The last paid day, where the day of the renewal is kept.
    LastDay,
}

impl Means {
    /// The days from what is written to what is kept.
    pub fn step(self) -> i64 {
        match self {
            Means::Itself => 0,
            Means::DayAfter => -1,
            Means::LastDay => 1,
        }
    }
}
