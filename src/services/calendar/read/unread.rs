//! What of a calendar could not be read, in words for its reader.

use std::borrow::Cow;

use crate::words::{Lang, words};

words! {
    no_start: "the event has no start", "開始日時がありません";
    start: "the start cannot be read", "開始日時を読み取れません";
    end: "the end cannot be read", "終了日時を読み取れません";
    before: "the event ends before it starts", "終了が開始より前です";
    duration: "the duration cannot be read", "所要時間を読み取れません";
    too_long: "the duration is too long", "所要時間が長すぎます";
    rule: "the repetition cannot be read", "繰り返しの設定を読み取れません";
    too_often: "the event repeats too often to be counted", "繰り返しが多すぎて数えられません";
    dates: "a date that is added or left out cannot be read", "追加または除外する日付を読み取れません";
    instance: "which occurrence is changed cannot be read", "どの回の変更かを読み取れません";
    range: "which occurrences are changed is unclear: only one is changed", "どの範囲の変更かが不明です（1回だけ変更）";
    zone(name): "the time zone “{name}” is not known", "タイムゾーン「{name}」が分かりません";
    line: "this is no line of a calendar", "カレンダーの行ではありません";
    cut: "the event has no end line: it may be incomplete", "予定の終わりの行がありません（途中で切れている可能性）";
    file_cut: "the calendar has no end line: it may be incomplete", "カレンダーの終わりの行がありません（途中で切れている可能性）";
}

/// Why a part of a calendar cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unread {
    NoStart,
    Start,
    End,
    /// It ends before it starts.
    Before,
    Duration,
    /// It ends after all days that can be counted.
    TooLong,
    Rule,
    /// It has more occurrences than are read.
    TooOften,
    /// An added or excluded date.
    Dates,
    /// The occurrence that an exception replaces.
    Instance,
    /// How many occurrences an exception replaces.
    Range,
    /// A time zone that neither the file nor the zone tables define, by its name.
    Zone(String),
    /// Neither a property nor a continued line.
    Line,
    /// The event is not closed.
    Cut,
    /// The calendar is not closed.
    FileCut,
}

impl Unread {
    /// The reason as a user reads it.
    pub fn words(&self, lang: Lang) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::NoStart => no_start(lang),
            Self::Start => start(lang),
            Self::End => end(lang),
            Self::Before => before(lang),
            Self::Duration => duration(lang),
            Self::TooLong => too_long(lang),
            Self::Rule => rule(lang),
            Self::TooOften => too_often(lang),
            Self::Dates => dates(lang),
            Self::Instance => instance(lang),
            Self::Range => range(lang),
            Self::Zone(name) => return Cow::Owned(zone(lang, name)),
            Self::Line => line(lang),
            Self::Cut => cut(lang),
            Self::FileCut => file_cut(lang),
        })
    }
}
