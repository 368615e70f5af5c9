//! The risk of one account: whether it stands on the board, what the program proposes, and what people said. Reads one
//! dossier and its standing; what is at stake is a matter of the whole portfolio, see `board`.

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::assessment::{Assessment, Voice, Why};
use super::case::Case;
use super::evidence::{Evidence, Hard, cause_of};
use super::going_on::open_case;
use super::policy::RiskPolicy;
use super::{Chance, Lane, Level};
use crate::domain::account::Verdict;
use crate::domain::checkin::wrapup::Judgement;
use crate::domain::dossier::Dossier;
use crate::domain::dossier::terms::Unsettled;
use crate::domain::facts::outcome::Cause;
use crate::domain::facts::step::{StepKind, Taken};
use crate::domain::health::Band;
use crate::domain::health::history::Trend;
use crate::domain::signals::Signal;

/// What is known of an account on the day.
pub struct Known<'a> {
    pub dossier: &'a Dossier,
    pub band: Band,
    pub trend: Trend,
    pub signals: &'a [Signal],
    pub judgement: Option<(Judgement, NaiveDate)>,
    pub unsettled: Unsettled,
    /// The next renewal, and the last step of it.
    pub renewal: Option<NaiveDate>,
    pub step: Option<Taken>,
}

/// Why an account stands on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Gate {
    /// A person says so.
    Said,
    /// The loss is accepted.
    Accepted,
    /// Its rescue goes on.
    Case,
    Red,
    /// So many warnings that are not only a date that comes near.
    Warnings {
        count: u8,
    },
}

/// What a person says, by all words since the account was last said to be out of risk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// The day of the last one.
    pub on: NaiveDate,
    pub said_by: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<Level>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chance: Option<Chance>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rival: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Level>,
    /// The lane to which it was moved, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lane: Option<(Lane, Option<Why>)>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// The risk of an account on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Risk {
    pub gates: Vec<Gate>,
    /// The proposed likelihood of leaving, 0 to 100, and its level.
    pub points: u8,
    pub likelihood: Level,
    /// What it rests on, with the points of each, the heaviest first.
    pub evidence: Vec<(Evidence, u8)>,
    /// What makes the chance to keep it poor, where that is certain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hard: Option<Hard>,
    /// The cause for which most of the evidence speaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csm: Option<Word>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<Word>,
    /// The first day of the earliest warning that holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<NaiveDate>,
    /// The rescue that goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<Box<Case>>,
}

impl Risk {
    /// The words of people, the newest first; of one day the manager's.
    pub fn words(&self) -> impl Iterator<Item = (Voice, &Word)> {
        let csm = self.csm.as_ref().map(|word| (Voice::Csm, word));
        let manager = self.manager.as_ref().map(|word| (Voice::Manager, word));
        let csm_first = csm.as_ref().map(|w| w.1.on) > manager.as_ref().map(|w| w.1.on);
        let both = if csm_first {
            [csm, manager]
        } else {
            [manager, csm]
        };
        both.into_iter().flatten()
    }

    fn said<T>(&self, part: impl Fn(&Word) -> Option<T>) -> Option<T> {
        self.words().find_map(|(_, word)| part(word))
    }

    /// The chance to keep it: a person's word, else poor where that is certain.
    pub fn chance(&self) -> Option<Chance> {
        self.said(|w| w.chance).or(self.hard.map(|_| Chance::Poor))
    }

    /// The cause: a person's word, else the proposed one.
    pub fn cause(&self) -> Option<Cause> {
        self.said(|w| w.cause).or(self.cause)
    }

    /// What is at stake, where a person says so.
    pub fn value(&self) -> Option<Level> {
        self.said(|w| w.value)
    }

    /// The lane to which a person moved it, or the exit where the loss is accepted.
    pub fn moved(&self) -> Option<Lane> {
        let accepted = self.gates.contains(&Gate::Accepted).then_some(Lane::Exit);
        self.said(|w| w.lane.map(|(lane, _)| lane)).or(accepted)
    }

    /// Whether the two voices say different things of the same.
    pub fn is_disputed(&self) -> bool {
        let (Some(a), Some(b)) = (&self.csm, &self.manager) else {
            return false;
        };
        fn differ<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
            a.zip(b).is_some_and(|(a, b)| a != b)
        }
        differ(a.likelihood, b.likelihood) || differ(a.chance, b.chance) || differ(a.cause, b.cause)
    }

    /// Whether the last word of a person is older than the policy allows, or than a warning that came since.
    pub fn is_old(&self, word: &Word, policy: &RiskPolicy, today: NaiveDate) -> bool {
        let newer = self.evidence.iter().any(|(evidence, _)| match evidence {
            Evidence::Signal { since, .. } => *since > word.on,
            Evidence::Notice { on } => *on > word.on,
            _ => false,
        });
        newer || today - word.on > Duration::days(policy.old_after.into())
    }
}

/// Weighs the risk of an account that has not left; none where nothing puts it on the board.
pub fn weigh(known: &Known, policy: &RiskPolicy, day: NaiveDate) -> Option<Risk> {
    let said = &known.dossier.assessments;
    let (csm, manager) = (word(said, Voice::Csm), word(said, Voice::Manager));
    let case = open_case(known.dossier);
    let mut gates = gates(known, csm.is_some() || manager.is_some(), day);
    if case.is_some() {
        gates.insert(0, Gate::Case);
    }
    if gates.is_empty() {
        return None;
    }
    let (points, evidence) = likelihood(known, policy, day);
    // A renewal that comes near and a rhythm that was missed are no warnings of the customer's.
    let warnings = warnings(known).filter(|signal| signal.kind.is_told());
    Some(Risk {
        gates,
        points,
        likelihood: policy.level(points),
        hard: hard(&evidence, known),
        cause: cause(&evidence),
        evidence,
        csm,
        manager,
        since: warnings.map(|signal| signal.date).min(),
        case: case.map(Box::new),
    })
}

/// The proposed likelihood of leaving, 0 to 100, and what it rests on, the heaviest first.
pub fn likelihood(known: &Known, policy: &RiskPolicy, day: NaiveDate) -> (u8, Vec<(Evidence, u8)>) {
    let mut evidence = evidence(known, policy, day);
    evidence.sort_by_key(|(_, points)| std::cmp::Reverse(*points));
    let sum: u16 = evidence.iter().map(|(_, points)| u16::from(*points)).sum();
    (u8::try_from(sum.min(100)).unwrap_or(100), evidence)
}

/// What a voice says, by its words since it last said that the account is out of risk.
fn word(all: &[Assessment], voice: Voice) -> Option<Word> {
    let mut own: Vec<&Assessment> = all.iter().filter(|a| a.voice == voice).collect();
    own.sort_by_key(|a| (a.on, a.at));
    let from = own.iter().rposition(|a| !a.at_risk).map_or(0, |at| at + 1);
    let own = &own[from..];
    let last = own.last()?;
    fn newest<T>(own: &[&Assessment], part: impl Fn(&Assessment) -> Option<T>) -> Option<T> {
        own.iter().rev().find_map(|a| part(a))
    }
    let filled = |text: &String| (!text.is_empty()).then(|| text.clone());
    let by = match last.said_by.is_empty() {
        true => &last.recorded_by,
        false => &last.said_by,
    };
    Some(Word {
        on: last.on,
        said_by: by.clone(),
        likelihood: newest(own, |a| a.likelihood),
        chance: newest(own, |a| a.chance),
        cause: newest(own, |a| a.cause),
        rival: newest(own, |a| filled(&a.rival)).unwrap_or_default(),
        value: newest(own, |a| a.value),
        lane: newest(own, |a| a.lane.map(|lane| (lane, a.why))),
        words: newest(own, |a| filled(&a.words)).unwrap_or_default(),
    })
}

fn warnings<'a>(known: &Known<'a>) -> impl Iterator<Item = &'a Signal> {
    known
        .signals
        .iter()
        .filter(|signal| !signal.kind.is_positive())
}

fn gates(known: &Known, is_said: bool, day: NaiveDate) -> Vec<Gate> {
    let verdict = known.dossier.account.health_override.as_ref();
    let verdict = verdict.filter(|v| v.is_in_force(day)).map(|v| v.verdict);
    let judged = known
        .judgement
        .is_some_and(|(judgement, _)| judgement == Judgement::AtRisk);
    let told = warnings(known)
        .filter(|signal| signal.kind.is_told())
        .count();
    let mut out = Vec::new();
    if verdict == Some(Verdict::Lost) {
        out.push(Gate::Accepted);
    }
    if is_said || judged || verdict == Some(Verdict::Red) {
        out.push(Gate::Said);
    }
    if known.band == Band::Red {
        out.push(Gate::Red);
    }
    if told >= 2 {
        let count = u8::try_from(told).unwrap_or(u8::MAX);
        out.push(Gate::Warnings { count });
    }
    out
}

/// The evidence that a customer may leave, with its points.
fn evidence(known: &Known, policy: &RiskPolicy, day: NaiveDate) -> Vec<(Evidence, u8)> {
    /// Points by which a score fell.
    const FALL: i16 = 10;
    let points = policy.points;
    let mut out = Vec::new();
    let band = known.band;
    match band {
        Band::Red => out.push((Evidence::Band { band }, points.band_red)),
        Band::Yellow => out.push((Evidence::Band { band }, points.band_yellow)),
        Band::Green | Band::Unknown => {}
    }
    let fell = |change: Option<i16>, days, points| {
        let fall = change.filter(|change| *change <= -FALL)?;
        Some((
            Evidence::Fell {
                points: -fall,
                days,
            },
            points,
        ))
    };
    let falls = fell(known.trend.d30, 30, points.falling);
    out.extend(falls.or_else(|| fell(known.trend.d90, 90, points.sliding)));
    for signal in warnings(known) {
        let (kind, severity, since) = (signal.kind, signal.severity, signal.date);
        let weighs = policy.of_signal(kind, severity);
        out.push((
            Evidence::Signal {
                kind,
                severity,
                since,
            },
            weighs,
        ));
    }
    let notices = known
        .dossier
        .steps
        .iter()
        .filter(|step| step.kind == StepKind::Notice);
    let noticed = notices.map(|step| step.on).filter(|on| *on <= day);
    let gave_notice = known
        .step
        .is_some_and(|taken| taken.step == StepKind::Notice);
    if let Some(on) = noticed.max().filter(|_| gave_notice) {
        out.push((Evidence::Notice { on }, points.notice));
    }
    let leaving = known.unsettled.leaving.filter(|until| *until >= day);
    out.extend(leaving.map(|until| (Evidence::Leaving { until }, points.leaving)));
    let ended = known.unsettled.overdue;
    out.extend(ended.map(|on| (Evidence::Ended { on }, points.ended)));
    if known.dossier.account.escalated {
        out.push((Evidence::Escalated, points.escalated));
    }
    if let Some((judgement, on)) = known.judgement {
        let weighs = match judgement {
            Judgement::AtRisk => points.judged_at_risk,
            Judgement::Watch => points.judged_watch,
            Judgement::Good => 0,
        };
        out.push((Evidence::Judged { judgement, on }, weighs));
    }
    out.retain(|(_, points)| *points > 0);
    out
}

/// What makes the chance to keep it poor.
fn hard(evidence: &[(Evidence, u8)], known: &Known) -> Option<Hard> {
    let has = |wanted: fn(&Evidence) -> bool| evidence.iter().any(|(e, _)| wanted(e));
    // A part that ends is no loss of the account: another contract still renews.
    if has(|e| matches!(e, Evidence::Leaving { .. })) && known.renewal.is_none() {
        return Some(Hard::Decided);
    }
    has(|e| matches!(e, Evidence::Notice { .. })).then_some(Hard::Notice)
}

/// The cause for which the most points speak; of equal ones the first of the list.
fn cause(evidence: &[(Evidence, u8)]) -> Option<Cause> {
    let speaks = |cause: Cause| -> u32 {
        let of = evidence.iter().filter(|(e, _)| match e {
            Evidence::Signal { kind, .. } => cause_of(*kind) == Some(cause),
            _ => false,
        });
        of.map(|(_, points)| u32::from(*points)).sum()
    };
    let all = Cause::ALL
        .iter()
        .rev()
        .map(|cause| (speaks(*cause), *cause));
    let (points, cause) = all.max_by_key(|(points, _)| *points)?;
    (points > 0).then_some(cause)
}
