//! Tests of the editor with fixed and random keys.

use super::*;
use chrono::TimeZone;
use proptest::prelude::*;

fn at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 1, 0, 0).unwrap()
}

fn typed(editor: &mut Editor, script: &str) {
    for key in Key::script(script) {
        editor.key(key, 20, at());
    }
}

#[test]
fn graphemes_are_erased_whole_and_typing_is_one_undo_step() {
    let mut e = Editor::new("");
    typed(&mut e, "家族👨‍👩‍👧<bs>");
    assert_eq!(e.text(), "家族");
    e.undo();
    assert_eq!(e.text(), "家族👨‍👩‍👧");
    e.undo();
    assert_eq!(e.text(), "");
    e.redo();
    e.redo();
    assert_eq!(e.text(), "家族");
}

#[test]
fn a_line_keeps_the_time_it_was_begun() {
    let mut e = Editor::new("");
    typed(&mut e, "one<ret>two");
    let lines = e.to_lines();
    assert!(lines.iter().all(|l| l.at == Some(at())));
    for key in Key::script("!") {
        e.key(key, 20, at() + chrono::Duration::minutes(5));
    }
    assert_eq!(e.to_lines()[1].at, Some(at()));
}

#[test]
fn a_large_paste_is_one_step_and_single_fields_stay_single() {
    let mut e = Editor::new("x");
    e.paste(&"line\n".repeat(100_000), at());
    assert_eq!(e.lines().len(), 100_001);
    e.undo();
    assert_eq!(e.text(), "x");
    let mut f = Editor::single("");
    f.paste("a\nb\u{1b}[31m", at());
    assert_eq!(f.text(), "a b[31m");
}

#[test]
fn selection_is_replaced_by_typing() {
    let mut e = Editor::new("hello world");
    typed(&mut e, "<S-left><S-left><S-left><S-left><S-left>there");
    assert_eq!(e.text(), "hello there");
}

fn keys() -> impl Strategy<Value = Vec<Key>> {
    let one = prop_oneof![
        Just(Key::char('a')),
        Just(Key::char('漢')),
        Just(Key::char('\u{301}')),
        Just(Key::char(' ')),
        Just(Key::plain(Code::Enter)),
        Just(Key::plain(Code::Backspace)),
        Just(Key::plain(Code::Delete)),
        Just(Key::plain(Code::Left)),
        Just(Key::plain(Code::Right)),
        Just(Key::plain(Code::Up)),
        Just(Key::plain(Code::Down)),
        Just(Key::ctrl('w')),
        Just(Key::ctrl('a')),
        Just(Key::ctrl('k')),
        Just(Key::plain(Code::Home)),
        Just(Key {
            shift: true,
            ..Key::plain(Code::Left)
        }),
        Just(Key {
            shift: true,
            ..Key::plain(Code::Up)
        }),
        Just(Key {
            alt: true,
            ..Key::plain(Code::Up)
        }),
    ];
    proptest::collection::vec(one, 0..80)
}

proptest! {
    #[test]
    fn random_keys_keep_the_editor_valid_and_undo_restores_the_text(keys in keys(), columns in 2..12_usize) {
        let mut e = Editor::new("始め text");
        for key in keys {
            e.key(key, columns, at());
            let Pos { line, byte } = e.cursor();
            prop_assert!(line < e.lines().len());
            let text = &e.lines().nth(line).expect("line").text;
            prop_assert!(text.is_char_boundary(byte));
            let _ = e.row_of(e.cursor(), columns);
        }
        for _ in 0..500 { e.undo(); }
        prop_assert_eq!(e.text(), "始め text");
    }
}
