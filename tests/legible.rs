//! Every screen can be read: in dark and light, in true colour, in 256 colours and in 16.

#[path = "common/shown.rs"]
mod shown;

use kenshin::testing::app::kit::wrap;
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::ui::pen::Pen;
use kenshin::testing::ui::theme::{Depth, Theme, Tone};
use kenshin::testing::words::Lang;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use shown::{OVERLAYS, SCREENS, portfolio};

/// Backgrounds of usual terminals: black, the README's pictures, Catppuccin, One Dark, Solarized.
const DARK: [u32; 5] = [0x00_00_00, 0x14_18_1f, 0x1e_1e_2e, 0x28_2c_34, 0x00_2b_36];

/// The same: white, Solarized, One Light, Catppuccin Latte.
const LIGHT: [u32; 4] = [0xff_ff_ff, 0xfd_f6_e3, 0xfa_fa_fa, 0xef_f1_f5];

/// The least contrast of letters, and of frames and the marks of charts.
const LETTERS: f64 = 4.5;
const MARKS: f64 = 3.0;

/// A palette of 16 colours: its name, ink and paper, and its colours.
struct Palette {
    name: &'static str,
    ink: u32,
    paper: u32,
    colors: [u32; 16],
}

const SOLARIZED: [u32; 16] = [
    0x073642, 0xdc322f, 0x859900, 0xb58900, 0x268bd2, 0xd33682, 0x2aa198, 0xeee8d5, 0x002b36,
    0xcb4b16, 0x586e75, 0x657b83, 0x839496, 0x6c71c4, 0x93a1a1, 0xfdf6e3,
];
const XTERM: [u32; 16] = [
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f,
    0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
];
const CODE: [u32; 16] = [
    0x000000, 0xcd3131, 0x0dbc79, 0xe5e510, 0x2472c8, 0xbc3fbc, 0x11a8cd, 0xe5e5e5, 0x666666,
    0xf14c4c, 0x23d18b, 0xf5f543, 0x3b8eea, 0xd670d6, 0x29b8db, 0xe5e5e5,
];
const CODE_LIGHT: [u32; 16] = [
    0x000000, 0xcd3131, 0x00bc00, 0x949800, 0x0451a5, 0xbc05bc, 0x0598bc, 0x555555, 0x666666,
    0xcd3131, 0x14ce14, 0xb5ba00, 0x0451a5, 0xbc05bc, 0x0598bc, 0xa5a5a5,
];
const CAMPBELL: [u32; 16] = [
    0x0c0c0c, 0xc50f1f, 0x13a10e, 0xc19c00, 0x0037da, 0x881798, 0x3a96dd, 0xcccccc, 0x767676,
    0xe74856, 0x16c60c, 0xf9f1a5, 0x3b78ff, 0xb4009e, 0x61d6d6, 0xf2f2f2,
];
const TANGO: [u32; 16] = [
    0x2e3436, 0xcc0000, 0x4e9a06, 0xc4a000, 0x3465a4, 0x75507b, 0x06989a, 0xd3d7cf, 0x555753,
    0xef2929, 0x8ae234, 0xfce94f, 0x729fcf, 0xad7fa8, 0x34e2e2, 0xeeeeec,
];

const fn palette(name: &'static str, ink: u32, paper: u32, colors: [u32; 16]) -> Palette {
    Palette {
        name,
        ink,
        paper,
        colors,
    }
}

/// Dark and light ones of Solarized, xterm, VS Code, Windows Terminal (Campbell) and GNOME (Tango).
const PALETTES: [Palette; 9] = [
    palette("Solarized dark", 0x839496, 0x002b36, SOLARIZED),
    palette("Solarized light", 0x657b83, 0xfdf6e3, SOLARIZED),
    palette("xterm on black", 0xe5e5e5, 0x000000, XTERM),
    palette("xterm on white", 0x000000, 0xffffff, XTERM),
    palette("VS Code dark", 0xcccccc, 0x1e1e1e, CODE),
    palette("VS Code light", 0x333333, 0xffffff, CODE_LIGHT),
    palette("Campbell", 0xcccccc, 0x0c0c0c, CAMPBELL),
    palette("Tango dark", 0xd3d7cf, 0x2e3436, TANGO),
    palette("Tango light", 0x2e3436, 0xeeeeec, TANGO),
];

/// Light that a colour gives, from 0 to 1 (WCAG 2).
fn luminance(rgb: u32) -> f64 {
    let part = |shift: u32| {
        let part = f64::from(rgb >> shift & 0xff) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
}

fn contrast(a: u32, b: u32) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The colour of a cell; none is the terminal's own.
fn rgb(color: Color) -> Option<u32> {
    match color {
        Color::Reset => None,
        Color::Rgb(r, g, b) => Some(u32::from(r) << 16 | u32::from(g) << 8 | u32::from(b)),
        Color::Indexed(n @ 232..) => Some((8 + 10 * u32::from(n - 232)) * 0x01_01_01),
        Color::Indexed(n @ 16..) => {
            let step = |n: u8| [0, 95, 135, 175, 215, 255][usize::from(n)];
            let n = n - 16;
            Some(step(n / 36) << 16 | step(n / 6 % 6) << 8 | step(n % 6))
        }
        other => panic!("{other} is one of the 16 colours, which are the user's own"),
    }
}

/// Frames, pieces of charts and signs; all else is read.
fn is_mark(symbol: &str) -> bool {
    let ranges = [
        '•'..='•',
        '\u{2190}'..='\u{21ff}',
        '\u{2500}'..='\u{27bf}',
        '\u{2800}'..='\u{28ff}',
    ];
    symbol
        .chars()
        .all(|c| ranges.iter().any(|r| r.contains(&c)))
}

/// The cells in which something stands, with their places.
fn inked(buffer: &Buffer) -> Vec<(u16, u16, &Cell)> {
    let mut found = Vec::new();
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            if !cell.symbol().trim().is_empty() {
                found.push((x, y, cell));
            }
            x += wrap::width(cell.symbol()).max(1) as u16;
        }
    }
    found
}

/// What cannot be read well in a frame of true colour or 256 colours.
fn faint(buffer: &Buffer, papers: &[u32]) -> Vec<String> {
    let mut found = Vec::new();
    for (x, y, cell) in inked(buffer) {
        let (ink, paper) = (rgb(cell.fg), rgb(cell.bg));
        let least = if is_mark(cell.symbol()) {
            MARKS
        } else {
            LETTERS
        };
        let fault = match (ink, paper) {
            _ if cell.modifier.contains(Modifier::DIM) => Some("it is dimmed".to_owned()),
            (None, None) => None,
            (None, Some(_)) => Some("a background of ours under the terminal's ink".to_owned()),
            (Some(ink), paper) => {
                let on = paper.as_ref().map_or(papers, std::slice::from_ref);
                let worst = on.iter().map(|p| contrast(ink, *p));
                let worst = worst.fold(f64::INFINITY, f64::min);
                (worst < least).then(|| format!("{ink:06x} has {worst:.2}"))
            }
        };
        found.extend(fault.map(|fault| format!("{} at {x},{y}: {fault}", cell.symbol())));
    }
    found
}

/// What cannot be read well in a frame of 16 colours.
fn faint_in_16(buffer: &Buffer, light: bool) -> Vec<String> {
    let mut found = Vec::new();
    for (x, y, cell) in inked(buffer) {
        let mut fault = |fault: &str| found.push(format!("{} at {x},{y}: {fault}", cell.symbol()));
        if cell.bg != Color::Reset {
            fault("a background of the user's palette");
        }
        if !is_mark(cell.symbol()) {
            if cell.fg != Color::Reset {
                fault("letters have the terminal's own ink");
            }
            continue;
        }
        if cell.modifier.contains(Modifier::DIM) {
            fault("a dimmed mark");
        }
        if cell.modifier.contains(Modifier::REVERSED) && cell.fg != Color::Reset {
            fault("a colour inside a selection");
        }
        for palette in &PALETTES {
            if (luminance(palette.paper) > 0.5) != light {
                continue;
            }
            let ink = match cell.fg {
                Color::Reset => palette.ink,
                Color::Red => palette.colors[1],
                Color::Green => palette.colors[2],
                Color::Yellow => palette.colors[3],
                Color::Blue => palette.colors[4],
                Color::Cyan => palette.colors[6],
                Color::LightRed => palette.colors[9],
                other => panic!("no palette of this test has {other}"),
            };
            let has = contrast(ink, palette.paper);
            if has < MARKS {
                fault(&format!("{} has {has:.2} in {}", cell.fg, palette.name));
            }
        }
    }
    found
}

const fn theme(depth: Depth, light: bool) -> Theme {
    Theme {
        depth,
        light,
        ascii: false,
    }
}

/// What a frame has that cannot be read well, in each theme.
fn judge(desk: &mut Desk, what: &str) -> Vec<String> {
    let mut found = Vec::new();
    for light in [false, true] {
        let papers: &[u32] = if light { &LIGHT } else { &DARK };
        for depth in [Depth::True, Depth::Many, Depth::Sixteen] {
            desk.theme = theme(depth, light);
            let faults = match depth {
                Depth::Sixteen => faint_in_16(desk.buffer(), light),
                _ => faint(desk.buffer(), papers),
            };
            if let Some(first) = faults.first() {
                let theme = format!("{depth:?}, light: {light}");
                found.push(format!("{what}, {theme}: {} such as {first}", faults.len()));
            }
        }
    }
    found
}

fn judge_all(lang: Lang, screens: &[(&str, &str)], size: (u16, u16)) {
    let mut found = Vec::new();
    for (name, script) in screens {
        let mut desk = portfolio(lang, 24);
        desk.resize(size.0, size.1);
        desk.keys(script);
        found.extend(judge(&mut desk, name));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn screens_have_contrast_in_english() {
    judge_all(Lang::En, &SCREENS, (120, 40));
}

#[test]
fn screens_have_contrast_in_japanese() {
    judge_all(Lang::Ja, &SCREENS, (80, 24));
}

#[test]
fn overlays_have_contrast_in_english() {
    judge_all(Lang::En, &OVERLAYS, (80, 24));
}

#[test]
fn overlays_have_contrast_in_japanese() {
    judge_all(Lang::Ja, &OVERLAYS, (120, 40));
}

/// A selected row is told apart by its first column too, because its background may be faint.
#[test]
fn a_selected_row_has_a_sign_of_its_own() {
    let mut desk = portfolio(Lang::En, 24);
    desk.keys("j");
    let row = |desk: &mut Desk, y: u16| desk.buffer()[(0, y)].symbol().to_owned();
    assert_eq!(
        (row(&mut desk, 3), row(&mut desk, 4)),
        (" ".into(), "▌".into())
    );
    desk.theme.ascii = true;
    assert_eq!(row(&mut desk, 4), ">");
}

/// The title of an overlay stands in its frame, and has another ink.
#[test]
fn titles_of_overlays_are_not_as_faint_as_their_frames() {
    for depth in [Depth::True, Depth::Many, Depth::Sixteen] {
        let mut desk = portfolio(Lang::En, 24);
        desk.theme = theme(depth, false);
        desk.keys(":");
        let title = Theme::style(&desk.theme, Tone::Title);
        let buffer = desk.buffer();
        let cell = inked(buffer)
            .into_iter()
            .find(|(x, y, c)| c.symbol() == "C" && buffer[(x + 1, *y)].symbol() == "o")
            .expect("the title is on the screen")
            .2;
        assert_eq!(Some(cell.fg), title.fg);
        assert!(cell.modifier.contains(Modifier::BOLD));
    }
}

/// Lists whose rows are about accounts, with the keys that lead there from the portfolio.
const LISTS: [(&str, &str); 8] = [
    ("portfolio", ""),
    ("needs", "1"),
    ("renewals", "1<tab>"),
    ("check-ins", "3"),
    ("actions", "4"),
    ("all actions", "4<tab><tab>"),
    ("touches", "5<tab><tab>"),
    ("suggestions", "5<tab><tab><tab><tab>"),
];

/// Lines above a list.
const ABOVE: usize = 3;

/// The beginning of a name that fills at least twelve cells, or the whole name.
fn beginning(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if wrap::width(&out) >= 12 {
            break;
        }
        out.push(c);
    }
    out
}

/// The rows of the list on the screen.
fn rows(desk: &mut Desk) -> Vec<String> {
    let screen = desk.screen();
    let rows = desk.model.geometry.list;
    let lines = screen.lines().skip(ABOVE).take(rows);
    lines.map(str::to_owned).collect()
}

#[test]
fn every_row_names_its_account_at_every_width() {
    for lang in [Lang::En, Lang::Ja] {
        for (list, script) in LISTS {
            let mut desk = portfolio(lang, 24);
            desk.resize(200, 40);
            desk.keys(script);
            // Where there is most room, names are whole.
            let accounts = desk
                .model
                .book
                .rows()
                .iter()
                .map(|r| r.account.name.clone());
            let accounts: Vec<String> = accounts.collect();
            let named = |row: &String| accounts.iter().find(|name| row.contains(*name)).cloned();
            let names: Vec<Option<String>> = rows(&mut desk).iter().map(named).collect();
            assert!(
                names.iter().flatten().count() > 2,
                "{list}:\n{}",
                desk.screen()
            );
            for width in 40..=200 {
                desk.resize(width, 40);
                for (row, name) in rows(&mut desk).iter().zip(&names) {
                    let Some(name) = name else { continue };
                    assert!(
                        row.contains(&beginning(name)),
                        "{list} at {width} does not name {name}: {row}\n{}",
                        desk.screen()
                    );
                }
            }
        }
    }
}

/// What the list or the account beside it says of the chosen account.
fn told(desk: &mut Desk, touch: &str) -> Vec<&'static str> {
    let screen = desk.screen();
    let row = screen.lines().find(|line| line.starts_with('▌'));
    let row = row
        .and_then(|line| line.split('│').next())
        .unwrap_or_default();
    let words: Vec<&str> = row.split_whitespace().collect();
    let is = |found: &dyn Fn(&str) -> bool| words.iter().any(|word| found(word));
    let number = |word: &str, sign: char| {
        let digits = word.strip_suffix(sign).unwrap_or_default();
        !digits.is_empty()
            && digits
                .trim_start_matches(['-', '+', '±'])
                .parse::<u32>()
                .is_ok()
    };
    let facts = [
        ("change of usage", is(&|word| number(word, '%'))),
        ("renewal", is(&|word| number(word, 'd'))),
        ("money", is(&|word| word.starts_with(['$', '¥']))),
        ("signals", is(&|word| word.starts_with(['◆', '◇']))),
        ("usage", row.contains(['▁', '▄', '▅', '▆', '▇', '█'])),
        ("last touch", screen.contains(touch)),
        (
            "actions",
            row.contains('□') || screen.contains("open actions"),
        ),
    ];
    facts.iter().filter(|f| f.1).map(|f| f.0).collect()
}

#[test]
fn more_width_never_tells_less_of_an_account() {
    let mut desk = portfolio(Lang::En, 24);
    desk.resize(118, 40);
    // An account with something in each column.
    for _ in 0..20 {
        desk.keys("j");
        if told(&mut desk, "d ago").len() == 7 {
            break;
        }
    }
    let screen = desk.screen();
    let row = screen
        .lines()
        .find(|line| line.starts_with('▌'))
        .expect("a row is chosen");
    let words: Vec<&str> = row.split_whitespace().collect();
    let ago = words
        .windows(2)
        .find(|w| w[1] == "ago")
        .expect("the last touch")
        .join(" ");
    assert_eq!(told(&mut desk, &ago).len(), 7, "{screen}");
    let mut before = Vec::new();
    for width in 40..=220 {
        desk.resize(width, 40);
        let now = told(&mut desk, &ago);
        for fact in &before {
            assert!(
                now.contains(fact),
                "{fact} is gone at {width}:\n{}",
                desk.screen()
            );
        }
        before = now;
    }
    assert_eq!(before.len(), 7);
}

/// The rows that a pen writes into an area of this size.
fn written(width: u16, height: u16, write: impl Fn(&mut Pen, Rect)) -> Vec<String> {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    write(&mut Pen::new(&mut buffer, &Theme::dark()), area);
    let row = |y| {
        let mut row = String::new();
        let mut x = 0;
        while x < width {
            let symbol = buffer[(x, y)].symbol();
            row.push_str(symbol);
            x += wrap::width(symbol).max(1) as u16;
        }
        row.trim_end().to_owned()
    };
    (0..height).map(row).collect()
}

/// A text without the blanks and dots between its phrases, which wrapping may take away.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '·')
        .collect()
}

#[test]
fn text_is_whole_or_ends_in_an_ellipsis() {
    let texts = [
        "renews in 88 days · no touch for 96 days · at risk · usage −86 %",
        "更新まで88日 · 96日間連絡なし · 利用が大きく減少しています。担当の森さんに確認",
        "one",
        "a line\nand another one of some length",
    ];
    for text in texts {
        for (width, height) in (4..60).flat_map(|w| (1..5).map(move |h| (w, h))) {
            let rows = written(width, height, |pen, area| {
                pen.wrapped(area, text, Tone::Text);
            });
            let all = rows.concat();
            let whole = bare(&all) == bare(text);
            assert!(
                whole || all.trim_end().ends_with('…'),
                "{width}×{height}: {rows:?}"
            );
            let pieces: Vec<(&str, Tone)> =
                text.split_inclusive(' ').map(|p| (p, Tone::Text)).collect();
            let row = written(width, 1, |pen, area| {
                pen.pieces(0, 0, area.width, &pieces);
            });
            let whole = bare(&row[0]) == bare(text);
            assert!(whole || row[0].ends_with('…'), "{width}: {row:?}");
        }
    }
}
