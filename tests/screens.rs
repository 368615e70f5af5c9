//! Snapshots of every screen at two sizes in two languages, as text and as a map of tones, because
//! text alone does not show colour.

#[path = "common/shown.rs"]
mod shown;

use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::ui::theme::{Theme, Tone};
use kenshin::testing::words::Lang;
use shown::{SCREENS, portfolio};

/// One letter per tone, so that the snapshot shows the meaning of each cell.
fn meanings(desk: &mut Desk) -> String {
    let tones = [
        (Tone::Bad, 'B'),
        (Tone::Caution, 'C'),
        (Tone::Good, 'G'),
        (Tone::Unknown, 'd'),
        (Tone::Accent, 'A'),
        (Tone::Key, 'K'),
        (Tone::Border, '-'),
        (Tone::Chart, 'u'),
        (Tone::ChartBefore, 'b'),
    ];
    let theme = Theme::dark();
    let buffer = desk.buffer();
    let selected = theme.style(Tone::Selected).bg;
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let line: String = (0..buffer.area.width)
            .map(|x| {
                let cell = &buffer[(x, y)];
                let tone = tones
                    .iter()
                    .find(|(t, _)| {
                        let looks = [theme.style(*t).fg, theme.on_selected(*t).fg];
                        looks.contains(&Some(cell.fg))
                    })
                    .map(|t| t.1);
                match tone {
                    _ if Some(cell.bg) == selected && cell.symbol().trim().is_empty() => '=',
                    Some(c) => c,
                    None if Some(cell.bg) == selected => '=',
                    None if cell.symbol().trim().is_empty() => ' ',
                    None => '.',
                }
            })
            .collect();
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn shoot(lang: Lang, code: &str) {
    for (w, h) in [(80, 24), (120, 40)] {
        for (name, script) in SCREENS {
            let mut desk = portfolio(lang, 24);
            desk.resize(w, h);
            desk.keys(script);
            insta::assert_snapshot!(format!("{name}-{code}-{w}x{h}"), desk.screen());
            if w == 120 && matches!(name, "portfolio" | "overview" | "live" | "actions") {
                insta::assert_snapshot!(format!("{name}-{code}-meanings"), meanings(&mut desk));
            }
        }
    }
}

#[test]
fn english() {
    shoot(Lang::En, "en");
}

#[test]
fn japanese() {
    shoot(Lang::Ja, "ja");
}

/// The widest dates of a list are those of another year in its last months: `2027/10/18(月)`.
#[test]
fn japanese_dates_of_another_year_are_whole() {
    let mut desk = portfolio(Lang::Ja, 24);
    desk.resize(120, 40);
    // The account with such dates in its plan.
    desk.keys("/三峰<ret><ret><tab><tab><tab><tab><tab>G");
    for touch in ["2027/10/18(月) ·", "2027/11/18(木) ○"] {
        assert!(desk.sees(touch), "{}", desk.screen());
    }
    desk.later(chrono::Duration::days(60)).keys("<esc>3");
    for checkin in ["2026/11/19 12:45 完了", "2026/10/28 16:00 完了"] {
        assert!(desk.sees(checkin), "{}", desk.screen());
    }
}

#[test]
fn nothing_is_shown_by_colour_alone() {
    let mut desk = portfolio(Lang::En, 24);
    desk.resize(80, 24);
    let colourful = desk.screen();
    desk.theme = Theme {
        depth: kenshin::testing::ui::theme::Depth::None,
        light: false,
        ascii: false,
    };
    assert_eq!(desk.screen(), colourful);
    desk.theme = Theme {
        ascii: true,
        ..Theme::dark()
    };
    let ascii = desk.screen();
    assert!(!ascii.contains(['▲', '■', '●', '│', '─', '▁']), "{ascii}");
}
