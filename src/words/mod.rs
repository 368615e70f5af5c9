//! All user-facing text in both languages, by feature. An entry holds both translations and names
//! its placeholders, so that a missing translation or placeholder does not compile. Must not depend
//! on anything above the domain; the words of other layers' enums are in those layers.
//!
//! In an entry, `{n}` is a placeholder, and `{n:#}` is the plural "s" for its number: empty for 1.

pub mod absences;
pub mod account;
pub mod actions;
pub mod brief;
pub mod cadence;
pub mod calendar;
pub mod call;
pub mod cases;
pub mod commands;
pub mod common;
pub mod compose;
pub mod contracts;
pub mod dates;
pub mod days_off;
pub mod figures;
pub mod filter;
pub mod health;
pub mod import_fields;
pub mod import_review;
pub mod importing;
pub mod insights;
pub mod lifecycle;
pub mod log;
pub mod numbers;
pub mod outcomes;
pub mod papers;
pub mod portfolio;
pub mod prefs;
pub mod priority;
pub mod problems;
pub mod prose;
pub mod renewals;
pub mod risk;
pub mod shell;
mod signal_help;
pub mod signals;
pub mod today;
pub mod usage;

use std::fmt::{self, Display};

use crate::domain::checkin::agenda::Words;

/// A language of the user interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    Ja,
    En,
}

impl Lang {
    /// From `ja`, `en` or a locale like `ja_JP.UTF-8`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        if text.starts_with("ja") {
            Some(Lang::Ja)
        } else if text.starts_with("en") || matches!(text.as_str(), "c" | "posix" | "c.utf-8") {
            Some(Lang::En)
        } else {
            None
        }
    }

    pub fn pick(self, words: &Words) -> &str {
        match self {
            Lang::Ja => &words.ja,
            Lang::En => &words.en,
        }
    }
}

/// A string in both languages, for tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    pub en: &'static str,
    pub ja: &'static str,
}

impl Text {
    pub const fn new(en: &'static str, ja: &'static str) -> Self {
        Self { en, ja }
    }

    pub fn of(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Ja => self.ja,
        }
    }
}

/// A term with words, for code that works with any of them.
pub trait Worded: Copy {
    fn worded(self, lang: Lang) -> &'static str;
}

/// A value in a placeholder. `{n}` shows it; `{n:#}` shows the plural "s" unless the value reads
/// "1".
pub struct Hole<T>(pub T);

impl<T: Display> Display for Hole<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return self.0.fmt(f);
        }
        f.write_str(if self.0.to_string() == "1" { "" } else { "s" })
    }
}

/// Generates a function for each entry: `name: "English", "日本語";`, or with placeholders `name(n):
/// "{n} account{n:#}", "{n}件";`. It takes the language, then a value for each placeholder.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident $(($($hole:ident),+))?: $en:literal, $ja:literal;)+) => {
        $(words! { @entry [$(#[$doc])*] $name [$($($hole),+)?] $en, $ja })+
    };
    (@entry [$($doc:tt)*] $name:ident [] $en:literal, $ja:literal) => {
        $($doc)*
        pub fn $name(lang: $crate::words::Lang) -> &'static str {
            match lang {
                $crate::words::Lang::En => $en,
                $crate::words::Lang::Ja => $ja,
            }
        }
    };
    (@entry [$($doc:tt)*] $name:ident [$($hole:ident),+] $en:literal, $ja:literal) => {
        $($doc)*
        #[allow(clippy::too_many_arguments, reason = "one per placeholder")]
        pub fn $name(
            lang: $crate::words::Lang,
            $($hole: impl ::std::fmt::Display),+
        ) -> String {
            $(let $hole = $crate::words::Hole($hole);)+
            match lang {
                $crate::words::Lang::En => format!($en, $($hole = $hole),+),
                $crate::words::Lang::Ja => format!($ja, $($hole = $hole),+),
            }
        }
    };
}
pub(crate) use words;

/// Gives an enum a method that returns its words. The method named `words` also implements
/// [`Worded`].
macro_rules! labels {
    (words for $type:path { $($variant:ident: $en:literal, $ja:literal;)+ }) => {
        impl $type {
            pub fn words(self, lang: $crate::words::Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$variant, $crate::words::Lang::En) => $en,
                    (Self::$variant, $crate::words::Lang::Ja) => $ja,)+
                }
            }

        }

        impl $crate::words::Worded for $type {
            fn worded(self, lang: $crate::words::Lang) -> &'static str {
                self.words(lang)
            }
        }
    };
    ($method:ident for $type:path { $($variant:ident: $en:literal, $ja:literal;)+ }) => {
        impl $type {
            pub fn $method(self, lang: $crate::words::Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$variant, $crate::words::Lang::En) => $en,
                    (Self::$variant, $crate::words::Lang::Ja) => $ja,)+
                }
            }
        }
    };
}
pub(crate) use labels;

#[cfg(test)]
mod tests {
    use super::*;

    words! {
        plain: "no hole", "穴なし";
        counted(n, rows): "{n} day{n:#}, {rows} row{rows:#}", "{rows}行、{n}日";
    }

    #[test]
    fn placeholders_are_filled_by_name_and_plurals_follow_the_number() {
        assert_eq!(plain(Lang::En), "no hole");
        assert_eq!(counted(Lang::En, 1, 2), "1 day, 2 rows");
        assert_eq!(counted(Lang::Ja, 1, 2), "2行、1日");
    }

    #[test]
    fn locales_choose_the_language() {
        assert_eq!(Lang::parse("ja_JP.UTF-8"), Some(Lang::Ja));
        assert_eq!(Lang::parse("en_GB"), Some(Lang::En));
        assert_eq!(Lang::parse("de_DE"), None);
    }
}
