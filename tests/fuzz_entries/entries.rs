//! One fuzz entry for every input of untrusted bytes. An entry takes any bytes, passes them to the
//! input the way the program would, and checks what must hold for all bytes. The fuzzer in `fuzz/`
//! and the test beside this file run the same entries.

use std::cell::RefCell;
use std::io::Cursor;

use chrono::{DateTime, Utc};
use kenshin::testing::app::kit::wrap;
use kenshin::testing::app::msg::Msg;
use kenshin::testing::clock::Clock;
use kenshin::testing::commands::QUESTIONS;
use kenshin::testing::config;
use kenshin::testing::domain::account::Account;
use kenshin::testing::domain::cadence::Every;
use kenshin::testing::domain::colleague::People;
use kenshin::testing::domain::facts::usage::{Series, Usage};
use kenshin::testing::domain::failure::Failure;
use kenshin::testing::domain::filter::{Answers, Asking, Query};
use kenshin::testing::domain::ids::{AccountId, Mint};
use kenshin::testing::domain::ours::Ours;
use kenshin::testing::domain::records::Record;
use kenshin::testing::domain::search::Search;
use kenshin::testing::domain::settings::EditedField;
use kenshin::testing::domain::text;
use kenshin::testing::domain::when::Now;
use kenshin::testing::ipc::Envelope;
use kenshin::testing::keys::{Code, Key};
use kenshin::testing::ops::{Author, By, Subject, notes};
use kenshin::testing::runtime::headless::{Desk, NOW};
use kenshin::testing::services::capture::{self, Context};
use kenshin::testing::services::export::Line;
use kenshin::testing::services::import::prose::{self as prose_import, Document, propose};
use kenshin::testing::services::import::table::Sheets;
use kenshin::testing::services::import::table::foreign::{Readable, readable};
use kenshin::testing::services::import::{self, ExistingData, Options, Request, mapping, table};
use kenshin::testing::services::{calendar, dates, recurrence};
use kenshin::testing::store::{codec, frames};
use kenshin::testing::ui::pen::Pen;
use kenshin::testing::ui::theme::{Theme, Tone};
use kenshin::testing::words::Lang;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

#[path = "../common/zipped.rs"]
mod zipped;

/// Feeds any bytes to one input of the program.
pub type FuzzEntry = fn(&[u8]);

/// The entries, by the names of their seeds.
pub const ENTRIES: [(&str, FuzzEntry); 12] = [
    ("capture", quick_capture),
    ("dates", date_words),
    ("filter", filter),
    ("config", configuration),
    ("import", files),
    ("prose", prose),
    ("opening", opening),
    ("workbook", workbook),
    ("escapes", escapes),
    ("socket", socket),
    ("codec", store_codec),
    ("keys", keys),
];

fn now() -> Now {
    Clock::new(Some(NOW), None).expect("a fixed clock").now()
}

fn words(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}

/// A typed line becomes a note and actions: none of them may contain a terminal control character,
/// and the text is kept.
pub fn quick_capture(data: &[u8]) {
    let (typed, now) = (words(data), now());
    let nobody = People::default();
    let context = Context {
        contacts: &[],
        ours: Ours::new("Sato", &nobody),
        now,
    };
    let captured = capture::read(&typed, context);
    assert_eq!(
        captured.text,
        text::clean(&typed).trim(),
        "the text is kept as it was typed"
    );
    let mut mint = Mint::new(1);
    let author = Author {
        name: "Sato".into(),
        device: "probe".into(),
        ours: Default::default(),
    };
    let of = Subject {
        id: &"a".into(),
        name: "A",
        account: None,
    };
    let mut by = By {
        author: &author,
        now,
        mint: &mut mint,
    };
    let written = notes::note(of, &typed, &[], &mut by);
    assert_eq!(written.is_err(), captured.text.is_empty());
    let changes = written.map_or_else(|_| Vec::new(), |w| w.operation.changes);
    for item in changes.iter().filter_map(|c| c.after.as_ref()) {
        let (what, lines) = match item {
            Record::Action(a) => (format!("{}{}", a.what, a.owner), false),
            Record::Note(n) => (n.text.clone(), true),
            _ => continue,
        };
        assert!(
            !what.chars().any(text::is_unsafe) && (lines || !what.contains('\n')),
            "{what:?}"
        );
    }
    let _ = capture::action_line(&typed, context);
}

/// Words for days, moments, spans and rhythms: what was parsed must parse again after formatting.
pub fn date_words(data: &[u8]) {
    let (typed, now) = (words(data), now());
    let today = now.today();
    let _ = (
        dates::read(&typed, today),
        dates::read_past(&typed, today),
        dates::read_moment(&typed, now),
        recurrence::moment(&typed, now),
        dates::duration(&typed),
        dates::words_of(typed.split(' ')),
    );
    let _ = recurrence::hours(&typed);
    if let Some(every) = Every::parse(&typed) {
        assert_eq!(Every::parse(&every.to_string()), Some(every));
    }
    if let Some(read) = recurrence::read(&typed, today) {
        for japanese in [false, true] {
            let written = recurrence::typed(&read, japanese);
            assert_eq!(
                recurrence::read(&written, today).as_ref(),
                Some(&read),
                "{typed:?} was written as {written:?}"
            );
        }
    }
    if let Some(spans) = recurrence::spans(&typed, today) {
        assert_eq!(
            recurrence::spans(&recurrence::typed_spans(&spans), today),
            Some(spans),
            "{typed:?}"
        );
    }
    let order = [
        None,
        Some(import::values::Order::Dmy),
        Some(import::values::Order::Mdy),
        Some(import::values::Order::Ymd),
    ];
    for order in order {
        let _ = (
            import::values::day(&typed, order, now.zone),
            import::values::instant(&typed, order, now.zone),
        );
    }
    let _ = (
        import::values::amount(&typed),
        import::values::money(&typed, None, false),
        import::values::truth(&typed),
    );
}

thread_local! {
    static DESK: RefCell<Option<(Desk, u32)>> = const { RefCell::new(None) };
    /// The inputs given to that desk: a finding may depend on earlier ones.
    static INPUTS: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// Prints the inputs before a panic ends the process.
fn print_inputs_on_panic() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let next = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            INPUTS.with_borrow(|inputs| eprintln!("inputs of this desk: {inputs:?}"));
            next(info);
        }));
    });
}

/// A small desk that is reused between inputs, because opening one takes longer than a test. It is
/// replaced after `uses` inputs.
fn with_desk<T>(accounts: usize, uses: u32, work: impl FnOnce(&mut Desk) -> T) -> T {
    DESK.with_borrow_mut(|held| {
        if held.as_ref().is_none_or(|(_, used)| *used >= uses) {
            *held = None;
            *held = Some((desk(accounts), 0));
            INPUTS.with_borrow_mut(Vec::clear);
        }
        let (desk, used) = held.as_mut().expect("the desk was just opened");
        *used += 1;
        work(desk)
    })
}

/// A desk that can import only a few files of its own.
fn desk(accounts: usize) -> Desk {
    let mut desk = Desk::demo(Lang::En, accounts).expect("the desk opens");
    let folder = desk.home.join("shelf");
    std::fs::create_dir(&folder).expect("the folder is created");
    for (name, text) in [
        (
            "accounts.csv",
            "account,tier,owner,arr,renewal\n青葉物流,strategic,佐藤,1200000 JPY,2027-03-31\nBashō Ltd,growth,,4000 EUR,soon\n",
        ),
        (
            "tickets.csv",
            "account,id,title,opened\n青葉物流,T-1,Cannot log in,2026-11-20T09:00:00Z\nNobody,T-2,Slow,2026-11-21T09:00:00Z\n",
        ),
        (
            "away.ics",
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261202T010000Z\r\nDURATION:PT1H\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        ),
    ] {
        std::fs::write(folder.join(name), text).expect("the file is written");
    }
    desk.import_folder = Some(folder);
    desk
}

/// A line typed into the filter: never an error, and the result is a subset of the book.
pub fn filter(data: &[u8]) {
    let typed = words(data);
    let query = Query::parse(&typed);
    with_desk(14, u32::MAX, |desk| {
        let (book, today) = (&desk.model.book, now().today());
        let answers = Answers::default();
        let search = Search::new(&query.words);
        for (i, row) in book.rows().iter().enumerate() {
            let _ = (
                query.holds(Asking {
                    row,
                    haystack: None,
                    today,
                    answers: &answers,
                }),
                search.rank(book.haystack(i)),
            );
        }
    });
}

/// A configuration file: read, or rejected with errors at existing places.
pub fn configuration(data: &[u8]) {
    const FILES: [&str; 9] = [
        "health.toml",
        "signals.toml",
        "cadence.toml",
        "templates.toml",
        "messages.toml",
        "phrases.toml",
        "desk.toml",
        "holidays/xx.toml",
        "risk.toml",
    ];
    let Some((first, rest)) = data.split_first() else {
        return;
    };
    let text = words(rest);
    for (at, reason) in config::mistakes(FILES[usize::from(*first) % FILES.len()], &text) {
        assert!(config::line_of(&text, at) <= text.lines().count() + 1 && !reason.is_empty());
    }
    let _ = mapping::parse(&text);
}

/// Existing data with accounts only.
struct Empty(Vec<Account>);

impl ExistingData for Empty {
    fn accounts(&self) -> Result<Vec<Account>, Failure> {
        Ok(self.0.clone())
    }
    fn records(&self, _: &AccountId) -> Result<Vec<Record>, Failure> {
        Ok(Vec::new())
    }
    fn keys(
        &self,
        _: mapping::Through,
    ) -> Result<Vec<(String, AccountId, Option<chrono::NaiveDate>)>, Failure> {
        Ok(Vec::new())
    }
    fn usage(&self, _: &AccountId) -> Result<Usage, Failure> {
        Ok(Usage::default())
    }
    fn edited(&self, fields: &[EditedField]) -> Result<Vec<Option<DateTime<Utc>>>, Failure> {
        Ok(vec![None; fields.len()])
    }
}

thread_local! {
    static MAPPINGS: Vec<mapping::Mapping> = import::mappings(Vec::new());
}

/// A file of any kind, calendars included: planned, with every rejected row reported by line and
/// reason.
pub fn files(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else {
        return;
    };
    let name = [
        "accounts.csv",
        "usage.csv",
        "tickets.json",
        "events.jsonl",
        "tickets.csv",
        "book.xlsx",
        "contacts.tsv",
        "away.ics",
    ][usize::from(*first) % 8];
    let now = now();
    if name == "away.ics" {
        let today = now.today();
        let owner = calendar::Owner {
            zone: now.zone,
            mails: &[],
        };
        let until = today + chrono::Duration::days(60);
        let lines = rest.iter().filter(|b| matches!(b, b'\n' | b'\r')).count() + 1;
        if let Some(busy) = calendar::read(rest, owner, today, until) {
            assert!(
                busy.problems
                    .iter()
                    .all(|(line, _)| (1..=lines).contains(line))
            );
            assert!(busy.spans.iter().all(|s| s.start < s.end));
        }
        return;
    }
    let sources = [table::Source::of_bytes(name, rest.to_vec())];
    let existing = Empty(vec![
        Account::new("a".into(), "Aoba"),
        Account::new("b".into(), "Bashō"),
    ]);
    MAPPINGS.with(|mappings| {
        let options = Options {
            wish: mapping::Wish::default(),
            account: None,
            create_accounts: false,
            answers: Default::default(),
            theirs: Default::default(),
            now,
        };
        let Ok(plan) = import::plan(&Request {
            sources: &sources,
            mappings,
            options: &options,
            existing: &existing,
            progress: &|_| {},
        }) else {
            return;
        };
        for reject in &plan.rejects {
            assert!(reject.line > 0, "{reject:?}");
        }
        for record in plan.changes.iter().filter_map(|c| c.after.as_ref()) {
            if let Record::Account(a) = record {
                assert!(
                    !a.name.chars().any(text::is_unsafe) && !a.name.contains('\n'),
                    "{:?}",
                    a.name
                );
            }
        }
    });
}

/// The start of a file tells what it is. What is read as text or JSON is no archive and no web page.
pub fn opening(data: &[u8]) {
    if let Ok(Readable::Text | Readable::Json) = readable(&mut Cursor::new(data)) {
        assert!(!data.starts_with(b"PK\x03\x04") && !data.starts_with(b"\x1f\x8b"));
        assert!(!data.to_ascii_lowercase().starts_with(b"<html"));
    }
}

/// The XML of a sheet, or of its styles, in a workbook: each row comes once, in few bytes.
pub fn workbook(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else {
        return;
    };
    let cells = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\" s=\"1\"><v>2</v></c></row>";
    let xml = words(rest);
    let (sheet, styles) = if first % 2 == 0 {
        (xml.as_str(), "")
    } else {
        (cells, xml.as_str())
    };
    let book = zipped::workbook(sheet, ">", styles);
    assert_eq!(readable(&mut Cursor::new(&book)), Ok(Readable::Workbook));
    let Ok(sheets) = Sheets::read(&mut Cursor::new(&book), None) else {
        return;
    };
    let sources = sheets.sources("book.xlsx", None);
    MAPPINGS.with(|mappings| {
        let planned = import::plan(&Request {
            sources: &sources,
            mappings,
            options: &Options {
                wish: mapping::Wish::default(),
                account: None,
                create_accounts: false,
                answers: Default::default(),
                theirs: Default::default(),
                now: now(),
            },
            existing: &Empty(Vec::new()),
            progress: &|_| {},
        });
        let rows: u64 = planned.map_or(0, |plan| plan.files.iter().map(|f| f.rows).sum());
        assert!(rows <= rest.len() as u64);
    });
}

/// Text on its way to the terminal: cleaned, folded, wrapped and drawn. No cell contains a control
/// character or is too wide.
pub fn escapes(data: &[u8]) {
    let raw = words(data);
    let cleaned = text::clean(&raw);
    assert!(!cleaned.chars().any(text::is_unsafe));
    assert_eq!(text::clean(&cleaned), cleaned);
    let line = text::clean_line(&raw);
    assert!(!line.contains(['\n', '\t']));
    let folded = text::fold(&line);
    let _ = text::quotes(&cleaned);
    let theme = Theme::dark();
    let mut buf = Buffer::empty(Rect::new(0, 0, 24, 4));
    let mut pen = Pen::new(&mut buf, &theme);
    // Also text that was never cleaned.
    pen.text(0, 0, 24, &raw, Tone::Text);
    pen.text(1, 1, 7, &line, Tone::Text);
    pen.right(24, 1, 9, &folded, Tone::Text);
    pen.wrapped(Rect::new(0, 2, 24, 2), &cleaned, Tone::Text);
    for cell in &buf.content {
        assert!(
            !cell
                .symbol()
                .chars()
                .any(|c| c.is_control() || text::is_unsafe(c)),
            "{:?}",
            cell.symbol()
        );
    }
    for width in [1, 2, 7, 80] {
        assert!(
            wrap::width(&wrap::fit(&line, width)) <= width,
            "{line:?} at {width}"
        );
    }
}

/// A line on the socket: refused, or a request that is answered. Read-only requests change nothing.
pub fn socket(data: &[u8]) {
    let Ok(envelope) = serde_json::from_slice::<Envelope>(data) else {
        return;
    };
    let again = serde_json::to_vec(&envelope).expect("the value serialises");
    let read = serde_json::from_slice::<Envelope>(&again).expect("valid JSON");
    assert_eq!(
        (read.id, read.lang, read.form, read.request.get()),
        (
            envelope.id.clone(),
            envelope.lang.clone(),
            envelope.form,
            envelope.request.get()
        )
    );
    let Ok(asked) = QUESTIONS.read(&envelope.request) else {
        return;
    };
    let Ok(request) = serde_json::from_str::<serde_json::Value>(envelope.request.get()) else {
        return;
    };
    // Requests with a path are skipped: the fuzzer must not write into the file system of this
    // machine.
    let with_path = ["give-calendar", "take-calendar", "backup", "export-all"];
    let ask = request["ask"].as_str().unwrap_or_default();
    if ask == "backtest" || with_path.contains(&ask) {
        return;
    }
    // Few accounts: listing requests are the most frequent, and their cost grows with the accounts.
    with_desk(5, 2_000, |desk| {
        let before = desk.model.book.version;
        let writes = asked.writes();
        let answer = desk.ask(&QUESTIONS, envelope.form, &request);
        assert!(
            !answer.out.chars().any(text::is_unsafe) && !answer.error.chars().any(text::is_unsafe),
            "{answer:?}"
        );
        assert!(writes || desk.model.book.version == before);
    });
}

/// Damaged bytes in every store format, and lines of an export: read or refused without a panic;
/// what was read is written back the same.
pub fn store_codec(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else {
        return;
    };
    match first % 7 {
        0 => {
            let mut frames = frames::Frames::new(rest);
            assert!(frames.by_ref().all(|(_, body)| body.len() <= rest.len()));
        }
        1 => {
            if let Ok(op) = codec::from_operation(rest) {
                assert_eq!(
                    codec::from_operation(&codec::operation(&op))
                        .expect("the read succeeds")
                        .changes
                        .len(),
                    op.changes.len()
                );
            }
        }
        2 => drop(codec::from_folder::<
            kenshin::testing::domain::facts::ticket::Ticket,
        >(rest)),
        3 => {
            if let Some(series) = Series::unpack(rest) {
                assert_eq!(
                    Series::unpack(&series.pack()).map(|s| s.pack()),
                    Some(series.pack())
                );
            }
        }
        4 => drop(Usage::unpack(rest)),
        5 => drop(codec::from_json::<Record>(rest)),
        _ => {
            if let Ok(line) = Line::read(&words(rest)) {
                assert_eq!(
                    Line::read(&serde_json::to_string(&line).expect("the value serialises")),
                    Ok(line)
                );
            }
        }
    }
}

/// Keys a user may press, and words typed into the open field.
const KEYS: [&str; 94] = [
    "j",
    "k",
    "g",
    "G",
    "h",
    "l",
    "<ret>",
    "<esc>",
    "q",
    "<tab>",
    "<backtab>",
    "1",
    "2",
    "3",
    "4",
    "5",
    "8",
    "[",
    "]",
    ".",
    "+",
    "-",
    "m",
    "A",
    "x",
    "f",
    "D",
    "s",
    "o",
    "O",
    "v",
    "E",
    "r",
    "W",
    "w",
    "b",
    "C",
    "n",
    "a",
    "c",
    "p",
    "e",
    "N",
    "t",
    "u",
    "<C-r>",
    "/",
    ":",
    "?",
    "y",
    "<C-s>",
    "<down>",
    "<up>",
    "<left>",
    "<right>",
    "<bs>",
    "<C-u>",
    "<F2>",
    "<F3>",
    "<F4>",
    "<F5>",
    "<F6>",
    "<F7>",
    "<F8>",
    "<F9>",
    "<F10>",
    "<pgdn>",
    "<pgup>",
    "<home>",
    "<end>",
    "<del>",
    "<space>",
    "<C-f>",
    "<C-b>",
    "<C-p>",
    "<C-e>",
    "<C-w>",
    "<C-a>",
    "<C-k>",
    "<A-ret>",
    "2026-12-08 10:00",
    "明日 9:00",
    "第2火曜 10:00",
    "2w",
    "none",
    "12/1-12/31*",
    "99999999999",
    "！！",
    "カﾞｷﾞｸﾞ",
    "👩‍👩‍👧‍👦",
    "band:red",
    "! send @me ^fri",
    "\u{202e}x",
    "ｊ",
];

/// The state that undo must restore: everything the user can change of the accounts and their
/// meetings.
pub fn state(desk: &Desk) -> String {
    let mut lines: Vec<String> = desk
        .model
        .book
        .rows()
        .iter()
        .map(|r| {
            serde_json::to_string(&Record::Account(r.account.clone()))
                .expect("the value serialises")
        })
        .collect();
    lines.extend(
        desk.model
            .book
            .meetings()
            .map(|m| serde_json::to_string(m).expect("the value serialises")),
    );
    lines.extend(
        desk.model
            .book
            .actions
            .values()
            .map(|a| serde_json::to_string(a).expect("the value serialises")),
    );
    lines.extend(
        desk.model
            .book
            .held
            .absences
            .values()
            .map(|a| serde_json::to_string(a).expect("the value serialises")),
    );
    lines.sort();
    lines.join("\n")
}

/// A sequence of keys at any size, with a frame after each or after several keys, as when typing
/// faster than the screen: no panic, no control character in a cell, and undo restores the initial
/// state.
pub fn keys(data: &[u8]) {
    let Some((how, script)) = data.split_first() else {
        return;
    };
    let how = usize::from(*how);
    with_desk(8, 1_000, |desk| {
        print_inputs_on_panic();
        INPUTS.with_borrow_mut(|played| played.push(data.to_vec()));
        let (width, height) = SIZES[how % SIZES.len()];
        let keys_a_frame = [1, 3, 8, 24][how / SIZES.len() % 4];
        desk.resize(width, height);
        let before = state(desk);
        for (pressed, byte) in script.iter().take(64).enumerate() {
            match usize::from(*byte) {
                n if n < KEYS.len() => press(desk, n),
                n if n < 100 => drop(desk.later(chrono::Duration::minutes(1 << (n - KEYS.len())))),
                n => desk.send(Msg::Key(Key::char(char::from((n % 95) as u8 + 32)))),
            }
            if pressed % keys_a_frame == 0 {
                desk.draw();
            }
        }
        for cell in &desk.buffer().content {
            assert!(
                !cell
                    .symbol()
                    .chars()
                    .any(|c| c.is_control() || text::is_unsafe(c)),
                "{:?}",
                cell.symbol()
            );
        }
        let [escape, undo, portfolio] = [Key::plain(Code::Esc), Key::char('u'), Key::char('2')];
        for _ in 0..200 {
            if desk.model.overlays.is_empty() && desk.model.call.open.is_none() {
                break;
            }
            desk.send(Msg::Key(escape));
        }
        for key in [escape, escape, portfolio] {
            desk.send(Msg::Key(key));
        }
        // Leaving a call or a changed line may ask a question first.
        for _ in 0..120 {
            if state(desk) == before {
                return;
            }
            for key in [escape, undo] {
                desk.send(Msg::Key(key));
            }
        }
        let after = state(desk);
        let missing: Vec<&str> = before
            .lines()
            .filter(|l| !after.lines().any(|a| a == *l))
            .collect();
        let more: Vec<&str> = after
            .lines()
            .filter(|l| !before.lines().any(|b| b == *l))
            .collect();
        assert!(
            after == before,
            "undo did not bring it back: {missing:?} became {more:?}"
        );
    });
}

/// Terminal sizes, the usual ones more often.
const SIZES: [(u16, u16); 16] = [
    (80, 24),
    (80, 24),
    (80, 24),
    (80, 24),
    (120, 40),
    (120, 40),
    (200, 60),
    (100, 12),
    (60, 20),
    (60, 20),
    (40, 12),
    (40, 12),
    (40, 50),
    (24, 6),
    (24, 6),
    (10, 3),
];

thread_local! {
    static SCRIPTS: Vec<Vec<Key>> = KEYS.iter().map(|k| Key::script(k)).collect();
}

fn press(desk: &mut Desk, script: usize) {
    SCRIPTS.with(|scripts| {
        for key in &scripts[script] {
            desk.send(Msg::Key(*key));
        }
    });
}

/// A text of notes: every line that is not blank is in one call or named as left out, in the order of
/// the text, and an accepted note has an account and a day.
pub fn prose(data: &[u8]) {
    let text = words(data);
    let existing = Empty(vec![
        Account::new("A11".into(), "Acme Corp"),
        Account::new("A12".into(), "Globex"),
        Account::new("A13".into(), "株式会社青葉"),
    ]);
    let documents = [Document {
        name: "notes.txt".into(),
        text: text.clone(),
        day: None,
    }];
    let today = now().today();
    let Ok(proposal) = propose(&prose_import::Request {
        documents: &documents,
        today,
        order: None,
        account: None,
        choices: &[],
        existing: &existing,
    }) else {
        return;
    };
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().map(|l| l.trim().to_owned());
        lines.filter(|l| !l.is_empty()).collect()
    };
    let mut parts: Vec<String> = proposal.calls.iter().flat_map(|c| lines(&c.text)).collect();
    parts.extend(proposal.left_out.iter().flat_map(|l| lines(&l.text)));
    let mut all = lines(&text::clean(&text));
    parts.sort();
    all.sort();
    assert_eq!(parts, all, "{text:?}");
    for call in &proposal.calls {
        assert!(!call.title.chars().any(text::is_unsafe), "{:?}", call.title);
        let whole = call.account.is_some() && call.day.is_some_and(|d| d <= today);
        assert!(!call.is_taken() || (whole && call.id.is_some()), "{call:?}");
    }
}
