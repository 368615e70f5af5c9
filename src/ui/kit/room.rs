//! How the columns of a list share a line. The subject of the rows always stays; as the room gets less, the other
//! columns leave one by one, the least important first.

use ratatui::layout::Rect;

/// The cells that a subject has at least: names of accounts are told apart by twelve cells, an ellipsis follows,
/// and a wide character may leave one blank.
const SUBJECT: u16 = 14;

/// What a column needs.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    least: u16,
    /// Less important columns leave before this one has fewer cells.
    ideal: u16,
    most: u16,
    /// Columns of a higher rank leave first; those of rank 0 stay.
    rank: u8,
}

impl Column {
    /// A column that a list does not have.
    pub const ABSENT: Self = Self::always(0);

    /// What the rows are about, such as the account's name. It takes at most `most` cells, and less important
    /// columns leave before it has fewer than `ideal`.
    pub const fn subject(ideal: u16, most: u16) -> Self {
        Self {
            least: SUBJECT,
            ideal,
            most,
            rank: 0,
        }
    }

    /// A column that always stays.
    pub const fn always(width: u16) -> Self {
        Self::text(width, width, 0)
    }

    /// A column that is of this width or not there.
    pub const fn fixed(width: u16, rank: u8) -> Self {
        Self::text(width, width, rank)
    }

    /// A column that grows with the room.
    pub const fn text(least: u16, most: u16, rank: u8) -> Self {
        Self {
            least,
            ideal: least,
            most,
            rank,
        }
    }
}

/// The places of the columns in a line, one cell apart, with a margin of one cell at both ends. A column
/// that has no room is empty.
pub fn share<const N: usize>(line: Rect, columns: [Column; N]) -> [Rect; N] {
    let width = line.width.saturating_sub(2);
    let widths = widths(width, &columns);
    let mut x = line.x + 1;
    let end = x + width;
    widths.map(|width| {
        let place = Rect {
            x: x.min(end),
            width: width.min(end.saturating_sub(x)),
            ..line
        };
        x += width + u16::from(width > 0);
        place
    })
}

fn widths<const N: usize>(width: u16, columns: &[Column; N]) -> [u16; N] {
    let mut ranked: Vec<usize> = (0..N).filter(|i| columns[*i].most > 0).collect();
    ranked.sort_by_key(|i| columns[*i].rank);
    let mut shown: Vec<usize> = Vec::new();
    let mut needed = 0;
    for i in ranked {
        let Column { ideal, rank, .. } = columns[i];
        let more = needed + ideal + u16::from(!shown.is_empty());
        if rank > 0 && more > width {
            break;
        }
        shown.push(i);
        needed = more;
    }
    let mut widths = [0; N];
    for i in &shown {
        widths[*i] = columns[*i].least;
    }
    let gaps = (shown.len() as u16).saturating_sub(1);
    let mut spare = width.saturating_sub(widths.iter().sum::<u16>() + gaps);
    let mut grow = |i: usize, to: u16, widths: &mut [u16; N]| {
        let more = to.saturating_sub(widths[i]).min(spare);
        widths[i] += more;
        spare -= more;
    };
    // First what each needs, then what it may take; those that could take everything come last.
    for i in &shown {
        grow(*i, columns[*i].ideal, &mut widths);
    }
    for endless in [false, true] {
        let those = |i: &&usize| (columns[**i].most == u16::MAX) == endless;
        for i in shown.iter().filter(those) {
            grow(*i, columns[*i].most, &mut widths);
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(width: u16) -> Rect {
        Rect::new(0, 0, width, 1)
    }

    fn shared<const N: usize>(width: u16, columns: [Column; N]) -> [u16; N] {
        share(line(width), columns).map(|place| place.width)
    }

    #[test]
    fn columns_leave_by_rank_and_the_subject_takes_the_rest() {
        let columns = [
            Column::fixed(10, 2),
            Column::subject(16, u16::MAX),
            Column::fixed(8, 1),
        ];
        assert_eq!(shared(60, columns), [10, 38, 8]);
        assert_eq!(shared(38, columns), [10, 16, 8]);
        assert_eq!(shared(37, columns), [0, 26, 8]);
        assert_eq!(shared(27, columns), [0, 16, 8]);
        assert_eq!(shared(26, columns), [0, 24, 0]);
    }

    #[test]
    fn what_may_take_everything_grows_last() {
        let columns = [
            Column::text(10, u16::MAX, 0),
            Column::subject(14, 20),
            Column::ABSENT,
        ];
        assert_eq!(shared(40, columns), [17, 20, 0]);
        assert_eq!(shared(27, columns), [10, 14, 0]);
    }

    proptest! {
        /// More width never takes a column away, and places never overlap or leave the line.
        #[test]
        fn more_width_never_shows_less(
            parts in prop::array::uniform6((0..20_u16, 0..30_u16, 0..5_u8)),
            width in 16..200_u16,
        ) {
            let columns = parts.map(|(least, more, rank)| Column::text(least, least + more, rank));
            let (less, more) = (shared(width, columns), shared(width + 1, columns));
            for (i, column) in columns.iter().enumerate() {
                if column.least > 0 && less[i] > 0 {
                    prop_assert!(more[i] > 0, "{less:?} {more:?}");
                }
            }
            let mut at = 1;
            for place in share(line(width), columns).iter().filter(|p| p.width > 0) {
                prop_assert!(place.x >= at && place.right() < width, "{place:?}");
                at = place.right() + 1;
            }
        }

        #[test]
        fn a_subject_has_its_cells(fixed in prop::array::uniform4((1..20_u16, 1..5_u8)), width in 14..200_u16) {
            let [a, b, c, d] = fixed.map(|(width, rank)| Column::fixed(width, rank));
            let places = shared(width, [a, b, Column::subject(16, u16::MAX), c, d]);
            prop_assert!(places[2] >= SUBJECT.min(width - 2), "{places:?}");
        }
    }
}
