//! A row of a subscriptions table.

use chrono::{Duration, NaiveDate};

use super::yearly::yearly;
use crate::domain::facts::subscription::{Subscription, Tax};
use crate::domain::facts::{Oddities, Oddity};
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::text::nfkc;
use crate::domain::when::Now;
use crate::services::import::cells::{Bad, Cells};

/// The days before its end from which a contract is renewed.
pub const EARLY: i64 = 120;

pub fn subscription(
    cells: &Cells,
    id: RecordId,
    account: AccountId,
    existing: Option<&Subscription>,
    now: Now,
) -> Result<Subscription, Bad> {
    let mut s = existing
        .cloned()
        .unwrap_or_else(|| Subscription::new(id, account));
    lay! {
        s.plan => cells.text("plan"),
        s.start => cells.day("start"),
        s.arr => yearly(cells, "arr", "mrr").unwrap_or_else(|bad| {
            cells.skip(bad);
            None
        }),
        s.seats => cells.whole("seats"),
        s.auto_renew => cells.truth("auto_renew"),
        s.trial => cells.truth("trial"),
        s.downgraded => cells.truth("downgraded"),
        s.term_months => cells.months("term"),
        s.renews_for => cells.months("renews_for"),
        s.notice => cells.notice("notice"),
        s.tax => tax(cells),
    }
    if cells.has("end") {
        s.end = cells.end_of_term("end");
    }
    const PERIODS: &[u32] = &[1, 3, 6, 12];
    let key = |n: u32| match n {
        1 => "monthly",
        3 => "quarterly",
        6 => "half-yearly",
        _ => "annual",
    };
    lay! {
        s.period_months => cells.word("period", &[(1, &["month", "月次", "月払い", "毎月"]), (3, &["quarter", "四半期"]), (6, &["半年"]), (12, &["year", "yearly", "annually", "年次", "年払い", "毎年"])], PERIODS, key),
    }
    match cells.get("status").to_lowercase().as_str() {
        "trialing" => s.trial = true,
        status @ ("past_due" | "unpaid" | "未払い" | "延滞" | "active") => {
            s.past_due = status != "active";
            // A paying customer is no longer in a trial.
            if cells.get("trial").is_empty() {
                s.trial = false;
            }
        }
        _ => {}
    }
    s.end = s.end.or(s.stated_end());
    if existing.is_none_or(|before| before.end != s.end) {
        s.had_ended = s.end.is_some_and(|end| end < now.today());
    }
    if let Some(before) = existing {
        keep_what_was_paid(&mut s, before, now);
    }
    s.oddities = Oddities::new();
    if s.start.zip(s.end).is_some_and(|(a, b)| b < a) {
        s.oddities.push(Oddity::EndBeforeStart);
    }
    if s.start
        .is_some_and(|d| d > now.today() + Duration::days(366))
    {
        s.oddities.push(Oddity::InFuture);
    }
    Ok(s)
}

/// What a file says of a contract that a person changed: what it says anew counts, what it said before does not.
pub fn over_edits(held: &Subscription, stated: Subscription, now: Now) -> Subscription {
    let Some(before) = held.imported.as_deref() else {
        return stated;
    };
    let mut out = held.clone();
    macro_rules! take {
        ($($field:ident)+) => {
            $(if stated.$field != before.$field {
                out.$field.clone_from(&stated.$field);
            })+
        };
    }
    take!(plan start end arr tax seats period_months term_months renews_for notice auto_renew);
    take!(trial downgraded past_due had_ended known_as oddities);
    keep_what_was_paid(&mut out, held, now);
    out.imported = Some(Box::new(Subscription {
        imported: None,
        ..stated
    }));
    out
}

/// Another value within a term is a change from today on; with a later end it is a renewal, from the old end on.
fn keep_what_was_paid(s: &mut Subscription, before: &Subscription, now: Now) {
    let changed = before.arr != s.arr && before.arr.is_some() && !before.trial;
    // An end further ahead is moved because it was wrong: nobody renews so early.
    let near = |old: NaiveDate| (old - now.today()).num_days() <= EARLY;
    let renewed = before
        .end
        .zip(s.end)
        .is_some_and(|(old, new)| new > old && near(old));
    let until = match before.end {
        Some(end) if renewed => Some(end),
        _ => now.today().pred_opt(),
    };
    let begun = |until: &NaiveDate| before.start.is_none_or(|start| start <= *until);
    if let Some(until) = until.filter(begun).filter(|_| changed) {
        s.keep_earlier(before, until);
    }
}

/// Whether the amount is before or with tax: by a column of its own, else by the header of the amount.
fn tax(cells: &Cells) -> Option<Tax> {
    let stated = cells.word(
        "tax",
        &[
            (
                Tax::Before,
                &[
                    "税抜",
                    "税抜き",
                    "税別",
                    "外税",
                    "excl",
                    "excluded",
                    "exclusive",
                    "net",
                ],
            ),
            (
                Tax::With,
                &[
                    "税込",
                    "税込み",
                    "内税",
                    "incl",
                    "included",
                    "inclusive",
                    "gross",
                ],
            ),
        ],
        Tax::ALL,
        Tax::key,
    );
    let amounts = ["arr", "mrr"].into_iter().filter(|field| cells.has(field));
    let header: String = amounts
        .map(|field| nfkc(cells.header(field)).to_lowercase())
        .collect();
    let has = |words: &[&str]| words.iter().any(|word| header.contains(word));
    let by_header = if has(&["税抜", "税別", "excl"]) {
        Some(Tax::Before)
    } else {
        has(&["税込", "内税", "incl"]).then_some(Tax::With)
    };
    stated.or(by_header)
}
