//! The words of days off: whose holiday it is, what a plan avoids, and where a table of holidays ends.

use super::{Lang, words};
use crate::domain::cadence::avoided::Ended;
use crate::domain::cadence::calendar::{Shut, Whose};
use crate::domain::cadence::place::Named;

words! {
    shut_weekend: "weekend", "週末";
    shut_blackout(reason): "no-contact period ({reason})", "連絡不可期間（{reason}）";
    shut_season(name): "no-contact season {name}", "連絡を控える時期「{name}」";
    holiday_observed(name): "{name} (observed)", "{name} 振替休日";
    holiday_ours(name): "our holiday {name}", "当社の祝日「{name}」";
    holiday_theirs(name, place): "their holiday {name} ({place})", "先方の祝日「{name}」（{place}）";
    holiday_both(name): "both sides' holiday {name}", "双方の祝日「{name}」";
    closure_ours(name): "our closure {name}", "当社の休業「{name}」";
    closure_theirs(name): "their closure {name}", "先方の休業「{name}」";
    closure_both(name): "both sides' closure {name}", "双方の休業「{name}」";
    avoids(day, reasons): "not {day}: {reasons}", "{day}は{reasons}";
    table_ends(place, until): "{place}: holidays known up to {until}, later ones may be missing", "{place}の祝日は{until}年まで登録。以降は抜けがあり得ます";
    place_theirs(place): "holidays: {place}", "{place}の祝日";
    place_next(day, name): "next {day} {name}", "次は{day} {name}";
    place_unknown(country): "no holidays known for {country}", "{country}の祝日は未登録";
    abroad(name, countries): "{name} ({countries})", "{name}（{countries}）";
    abroad_count(place, count): "{place} {count}", "{place}{count}社";
}

/// Why nobody works on a day, in few words: of a holiday the name alone.
pub fn short(lang: Lang, shut: &Shut) -> String {
    match shut {
        Shut::Weekend => shut_weekend(lang).to_owned(),
        Shut::Holiday { name, .. } => holiday(lang, name),
        Shut::Closure { name, .. } => lang.pick(name).to_owned(),
        Shut::Absence => super::absences::shut_absence(lang).to_owned(),
        Shut::Blackout(reason) if reason.is_empty() => shut_blackout(lang, "—"),
        Shut::Blackout(reason) => shut_blackout(lang, reason),
        Shut::Season(name) => shut_season(lang, lang.pick(name)),
    }
}

/// The same, with whose holiday or closure it is.
pub fn whose(lang: Lang, shut: &Shut) -> String {
    let name = short(lang, shut);
    match shut {
        Shut::Holiday { whose, place, .. } => match (whose, place) {
            (Whose::Theirs, Some(place)) => holiday_theirs(lang, name, lang.pick(place)),
            (Whose::Both, _) => holiday_both(lang, name),
            _ => holiday_ours(lang, name),
        },
        Shut::Closure { whose, .. } => match whose {
            Whose::Ours => closure_ours(lang, name),
            Whose::Theirs => closure_theirs(lang, name),
            Whose::Both => closure_both(lang, name),
        },
        Shut::Weekend | Shut::Absence | Shut::Blackout(_) | Shut::Season(_) => name,
    }
}

/// The name of a holiday; a substitute is marked as one.
pub fn holiday(lang: Lang, named: &Named) -> String {
    let name = lang.pick(&named.name);
    match named.observed {
        true => holiday_observed(lang, name),
        false => name.to_owned(),
    }
}

/// The day that a touchpoint avoids, and why.
pub fn avoiding(lang: Lang, day: String, reasons: &[Shut]) -> String {
    let reasons: Vec<String> = reasons.iter().map(|r| whose(lang, r)).collect();
    avoids(lang, day, reasons.join(super::common::list_comma(lang)))
}

/// The places whose table of holidays ends before the plan does.
pub fn tables_end(lang: Lang, ended: &[Ended]) -> String {
    let one = |e: &Ended| table_ends(lang, lang.pick(&e.place), e.until);
    let all: Vec<String> = ended.iter().map(one).collect();
    all.join(" · ")
}
