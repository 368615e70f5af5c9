//! The reasons of rejected rows and files, in words.

use super::mapping::Through;
use super::{Doubt, FileProblem, Flag, NoRecord, Question, Reason};
use crate::words::{self, Lang, labels};

impl Reason {
    /// The reason in words.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Reason::NoAccount => words::importing::row_no_account(lang).into(),
            Reason::UnknownAccount { near } if near.is_empty() => {
                words::importing::row_unknown_account(lang).into()
            }
            Reason::UnknownAccount { near } => format!(
                "{}; {}",
                words::importing::row_unknown_account(lang),
                words::importing::row_near(lang, near.join(", "))
            ),
            Reason::ShortId { id, name } => words::importing::row_short_id(lang, id, name),
            Reason::SeveralAccounts { candidates } => {
                words::importing::row_several(lang, candidates.join(", "))
            }
            Reason::UnknownKey {
                through: Through::Subscription,
            } => words::importing::row_unknown_subscription(lang).into(),
            Reason::UnknownKey {
                through: Through::Contact,
            } => words::importing::row_unknown_contact(lang).into(),
            Reason::NotADate => words::importing::row_not_date(lang).into(),
            Reason::NoDateOrder => words::importing::row_no_order(lang).into(),
            Reason::NotANumber => words::importing::row_not_number(lang).into(),
            Reason::NotAScore => words::importing::row_not_score(lang).into(),
            Reason::NoRecord { why } => why.words(lang).into(),
            Reason::NoDecimalMark => words::importing::row_no_decimal_mark(lang).into(),
            Reason::TrailingMinus => words::importing::row_trailing_minus(lang).into(),
            Reason::UnclearTruth => words::importing::row_unclear_truth(lang).into(),
            Reason::Undecodable => words::importing::row_undecodable(lang).into(),
            Reason::Unclosed { lines } => words::importing::row_unclosed(lang, lines),
            Reason::StrayQuote => words::importing::row_stray_quote(lang).into(),
            Reason::ExtraCells { cells, columns } => {
                words::importing::row_extra_cells(lang, cells, columns)
            }
            Reason::OutsideTable { cell, columns } => {
                words::importing::row_outside(lang, cell, columns)
            }
            Reason::CutOff => words::importing::row_cut_off(lang).into(),
            Reason::TwoCurrencies => words::importing::row_two_currencies(lang).into(),
            Reason::NoCurrency => words::importing::row_no_currency(lang).into(),
            Reason::UnknownWord { allowed } => words::importing::row_word(lang, allowed.join(", ")),
            Reason::Missing { field } => words::importing::row_missing(lang, field),
            Reason::Duplicate { line } => words::importing::row_duplicate(lang, line),
            Reason::Unreadable { reason } => words::importing::row_unreadable(lang, reason),
        }
    }
}

impl FileProblem {
    pub fn words(&self, lang: Lang) -> String {
        match self {
            FileProblem::Refused(why) => why.words(lang),
            FileProblem::Unrecognised => words::importing::file_unrecognised(lang).into(),
            FileProblem::Missing { kind, fields } => {
                let groups = fields
                    .iter()
                    .map(|any| any.join(words::importing::or(lang)));
                let fields = groups
                    .collect::<Vec<_>>()
                    .join(words::common::list_comma(lang));
                words::importing::file_missing(lang, kind.words(lang), fields)
            }
            FileProblem::NoColumn { header } => words::importing::file_no_column(lang, header),
            FileProblem::Unsure { kind, doubt } => {
                words::importing::file_unsure(lang, kind.words(lang), doubt.words(lang), kind.key())
            }
            FileProblem::Other { table } => words::importing::file_other(lang, table.words(lang)),
            FileProblem::NoTable => words::importing::file_no_table(lang).into(),
            FileProblem::Empty => words::importing::file_empty(lang).into(),
            FileProblem::Again { first } => words::importing::file_again(lang, first),
            FileProblem::Unreadable { line: 0, reason } => reason.clone(),
            FileProblem::Unreadable { line, reason } => {
                words::importing::file_unreadable(lang, line, reason)
            }
        }
    }
}

impl Flag {
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Flag::Oddity(oddity) => oddity.words(lang).into(),
            Flag::Unread(reason) => reason.words(lang),
            Flag::Placeholder => words::importing::flag_placeholder(lang).into(),
            Flag::MonthOnly => words::importing::flag_month_only(lang).into(),
            Flag::DayAfter => words::importing::flag_day_after(lang).into(),
            Flag::LastDay => words::importing::flag_last_day(lang).into(),
            Flag::Short => words::importing::flag_short(lang).into(),
            Flag::LooksLike => words::importing::flag_looks_like(lang).into(),
            Flag::TooLong => words::importing::flag_too_long(lang).into(),
        }
    }
}

impl Question {
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Question::Column {
                column,
                field,
                samples,
                ..
            } => words::importing::ask_column(lang, column, field, samples.join(" / ")),
            Question::SameAccount {
                id,
                name,
                existing,
                existing_name,
                ..
            } => words::importing::ask_same(lang, name, id, existing_name, existing),
            Question::Total { name, .. } => words::importing::ask_total(lang, name),
            Question::ShortIds {
                column,
                numbers,
                number,
                id,
                name,
                ..
            } => words::importing::ask_short_ids(lang, column, number, id, name, numbers),
        }
    }
}

labels! {
    words for Doubt {
        Repeated: "the same account is on many rows", "同じアカウントが何行もあります";
        NoScores: "the scores are no scores", "点数の列が点数ではありません";
        NoDates: "the dates are no dates", "日付の列が日付ではありません";
        FewColumns: "only columns that many kinds of data have", "どの種類のデータにもある列だけです";
    }
}

labels! {
    words for NoRecord {
        AboveHeader: "above the header", "見出しより上の行";
        HeaderAgain: "the header again", "見出しの繰り返し";
        Total: "total", "合計行";
        Footer: "note below the table", "表の下の注記";
        NoValue: "no value", "値のない行";
        Replaced: "replaced by a later row of the same day", "同じ日の後の行で置き換え";
        NotDone: "not done yet", "未実施";
        Heading: "heading", "見出しの行";
        Example: "example", "記入例";
        HiddenSheet: "hidden sheet", "非表示のシート";
    }
}
