//! The terminal: set up at the start, restored at the end even after a panic.

use std::io::{self, Write, stdin, stdout};

use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste, Event,
    KeyCode, KeyEvent, KeyEventKind, KeyModifiers,
};
use crossterm::terminal::{
    DisableLineWrap, EnableLineWrap, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};

use super::painting::Painting;
use crate::app::msg::Msg;
use crate::keys::{Code, Key};
use crate::ui::Drawn;

pub struct Screen {
    painting: Painting,
    /// The terminal as the shell had set it.
    plain: Option<Termios>,
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
        // Whatever fails from here on gives the terminal back.
        let screen = Self {
            painting: Painting::default(),
            plain: tcgetattr(stdin()).ok(),
        };
        enter()?;
        Ok(screen)
    }

    /// Asks for something; the answer comes among the keys.
    pub fn ask(&mut self, question: &str) -> io::Result<()> {
        let mut out = stdout();
        out.write_all(question.as_bytes())?;
        out.flush()
    }

    /// Draws a frame in one write, so that the terminal never shows half of it.
    pub fn frame(
        &mut self,
        draw: impl FnOnce(&mut ratatui::buffer::Buffer) -> Drawn,
    ) -> io::Result<Drawn> {
        // A terminal without a size is drawn as one of the usual size.
        let size = tcgetwinsize(stdout()).map_or((0, 0), |size| (size.ws_col, size.ws_row));
        let (drawn, bytes) = self.painting.frame(size, draw)?;
        if !bytes.is_empty() {
            let mut out = stdout().lock();
            out.write_all(bytes)?;
            out.flush()?;
        }
        Ok(drawn)
    }

    /// Draws everything with the next frame, because the terminal may show something else.
    pub fn forget(&mut self) {
        self.painting.forget();
    }

    /// Releases the terminal to another program until it is taken again.
    pub fn give(&mut self) {
        give_back();
    }

    /// Takes the terminal again, whatever another program did to it meanwhile.
    pub fn take_back(&mut self) -> io::Result<()> {
        self.forget();
        leave_raw_mode();
        enter()
    }

    /// Sets the terminal as the shell had it, after a program that may have been killed with its own modes on.
    pub fn make_plain(&mut self) -> io::Result<()> {
        give_back();
        match &self.plain {
            Some(plain) => Ok(tcsetattr(stdin(), OptionalActions::Now, plain)?),
            None => Ok(()),
        }
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

/// Text never wraps: where a terminal shows an emoji too wide, the next row stays as it is.
fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(
        stdout(),
        EnterAlternateScreen,
        EnableBracketedPaste,
        DisableLineWrap,
        cursor::Hide
    )
}

/// Gives the terminal back as shells expect it, whatever mode another program has left on.
pub fn give_back() {
    let _ = execute!(
        stdout(),
        EndSynchronizedUpdate,
        DisableMouseCapture,
        DisableFocusChange,
        DisableBracketedPaste,
        EnableLineWrap,
        LeaveAlternateScreen,
        cursor::Show
    );
    leave_raw_mode();
}

/// Keys are lines and signals again. Unlike the rest, this never waits for the terminal.
pub fn leave_raw_mode() {
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
