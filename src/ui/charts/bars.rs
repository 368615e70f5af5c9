//! Counts by month as bars.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::ui::pen::Pen;
use crate::ui::theme::Tone;

/// Bars by month, the last on the right.
pub fn months(pen: &mut Pen, area: Rect, counts: &[(NaiveDate, usize)], tone: Tone) {
    let top = counts.iter().map(|c| c.1).max().unwrap_or(0).max(1);
    let width = 4;
    for (i, (month, count)) in counts
        .iter()
        .rev()
        .take(usize::from(area.width / width))
        .enumerate()
    {
        let x = area.right().saturating_sub((i as u16 + 1) * width);
        let rows = area.height.saturating_sub(2);
        let filled = (count * usize::from(rows) * 8).div_ceil(top);
        for row in 0..rows {
            let level = filled.saturating_sub(usize::from(row) * 8).min(8);
            if level > 0 {
                let glyph = pen.theme.spark(level as u8 - 1).repeat(2);
                pen.text(x, area.y + rows - row, 2, &glyph, tone);
            }
        }
        if *count > 0 {
            let y = (area.y + rows).saturating_sub(filled.div_ceil(8) as u16);
            pen.text(x, y, 3, &count.to_string(), Tone::Dim);
        }
        pen.text(
            x,
            area.bottom() - 1,
            3,
            &month.format("%m").to_string(),
            Tone::Dim,
        );
    }
}
