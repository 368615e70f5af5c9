//! The terminal: set up at the start, restored at the end even after a panic.

use std::io::{self, Write, stdout};

use crossterm::event::{
    DisableBracketedPaste, EnableBracketedPaste, Event, KeyCode, KeyEvent, KeyEventKind,
    KeyModifiers,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use crate::app::msg::Msg;
use crate::keys::{Code, Key};
use crate::ui::Drawn;

pub struct Screen {
    terminal: Terminal<CrosstermBackend<io::BufWriter<io::Stdout>>>,
}

impl Screen {
    pub fn take() -> io::Result<Self> {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            // A panic that becomes a failure does not end the desk, so the terminal stays.
            if !crate::store::panics::is_told(info) {
                give_back();
                hook(info);
            }
        }));
        enable_raw_mode()?;
        execute!(
            stdout(),
            EnterAlternateScreen,
            EnableBracketedPaste,
            cursor::Hide
        )?;
        let out = io::BufWriter::with_capacity(1 << 16, stdout());
        Ok(Self {
            terminal: Terminal::new(CrosstermBackend::new(out))?,
        })
    }

    /// Draws a frame in one write, so that the terminal never shows half of it.
    pub fn frame(
        &mut self,
        draw: impl FnOnce(&mut ratatui::buffer::Buffer) -> Drawn,
    ) -> io::Result<Drawn> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        let mut drawn = Drawn::default();
        self.terminal.draw(|frame| {
            drawn = draw(frame.buffer_mut());
            if let Some(caret) = drawn.caret {
                frame.set_cursor_position(caret);
            }
        })?;
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        self.terminal.backend_mut().flush()?;
        Ok(drawn)
    }

    /// Releases the terminal to another program until it is taken again.
    pub fn give(&mut self) {
        give_back();
    }

    pub fn take_back(&mut self) -> io::Result<()> {
        enable_raw_mode()?;
        execute!(
            stdout(),
            EnterAlternateScreen,
            EnableBracketedPaste,
            cursor::Hide
        )?;
        // Resizing clears without asking the terminal where its cursor is, as `clear` would.
        let size = self.terminal.size()?;
        self.terminal.resize(size.into())
    }

    /// Copies text to the terminal's clipboard (OSC 52). The text is base64, so it cannot contain
    /// an escape sequence.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(
            stdout(),
            crossterm::clipboard::CopyToClipboard::to_clipboard_from(text)
        )
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn give_back() {
    let _ = execute!(
        stdout(),
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = disable_raw_mode();
}

/// Translates a terminal event for the desk.
pub fn msg(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => key_of(key).map(Msg::Key),
        Event::Paste(text) => Some(Msg::Paste(text.replace("\r\n", "\n").replace('\r', "\n"))),
        Event::Resize(width, height) => Some(Msg::Resized { width, height }),
        _ => None,
    }
}

fn key_of(key: KeyEvent) -> Option<Key> {
    let code = match key.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    let has = |m| key.modifiers.contains(m);
    // The letter already includes Shift.
    let shift = has(KeyModifiers::SHIFT) && !matches!(code, Code::Char(_) | Code::BackTab);
    Some(Key {
        code,
        ctrl: has(KeyModifiers::CONTROL),
        alt: has(KeyModifiers::ALT),
        shift,
    })
}
