//! The registry: one line a signal, in the order of `Kind::ALL`; and the search of an account for
//! all signals.

use super::{Found, Kind, Severity, Signal, View};
use super::{behaviour, business, feedback, positive, support, time, usage};

/// One line of the registry.
pub struct Spec {
    pub kind: Kind,
    /// The names of its numbers in `config/signals.toml`.
    pub numbers: &'static [&'static str],
    find: fn(&View) -> Option<Found>,
}

impl Spec {
    const fn new(
        kind: Kind,
        numbers: &'static [&'static str],
        find: fn(&View) -> Option<Found>,
    ) -> Self {
        Self {
            kind,
            numbers,
            find,
        }
    }
}

/// Every signal, in the order of [`Kind::ALL`].
pub static REGISTRY: &[Spec] = &[
    Spec::new(Kind::UsageDrop, usage::drop::NUMBERS, usage::drop::find),
    Spec::new(
        Kind::LoginsFalling,
        usage::logins::NUMBERS,
        usage::logins::find,
    ),
    Spec::new(Kind::SeatsUnused, usage::seats::NUMBERS, usage::seats::find),
    Spec::new(
        Kind::FeatureUnused,
        usage::feature::NUMBERS,
        usage::feature::find,
    ),
    Spec::new(Kind::NoLogin, usage::nobody::NUMBERS, usage::nobody::find),
    Spec::new(
        Kind::IntegrationLost,
        usage::integration::NUMBERS,
        usage::integration::find,
    ),
    Spec::new(
        Kind::TicketSpike,
        support::spike::NUMBERS,
        support::spike::find,
    ),
    Spec::new(
        Kind::RepeatIssue,
        support::repeat::NUMBERS,
        support::repeat::find,
    ),
    Spec::new(Kind::TicketEscalated, &[], support::escalated::find),
    Spec::new(Kind::TicketOld, support::old::NUMBERS, support::old::find),
    Spec::new(
        Kind::SlowerAnswers,
        support::slower::NUMBERS,
        support::slower::find,
    ),
    Spec::new(
        Kind::NegativeLanguage,
        support::negative::NUMBERS,
        support::negative::find,
    ),
    Spec::new(
        Kind::Detractor,
        feedback::detractor::NUMBERS,
        feedback::detractor::find,
    ),
    Spec::new(Kind::NpsFall, feedback::fall::NUMBERS, feedback::fall::find),
    Spec::new(Kind::LowCsat, feedback::csat::NUMBERS, feedback::csat::find),
    Spec::new(
        Kind::CriticalComment,
        feedback::comment::NUMBERS,
        feedback::comment::find,
    ),
    Spec::new(
        Kind::GoneQuiet,
        feedback::quiet::NUMBERS,
        feedback::quiet::find,
    ),
    Spec::new(
        Kind::ChampionLeft,
        behaviour::champion::NUMBERS,
        behaviour::champion::find,
    ),
    Spec::new(
        Kind::StakeholderChange,
        behaviour::stakeholder::NUMBERS,
        behaviour::stakeholder::find,
    ),
    Spec::new(
        Kind::MeetingsMissed,
        behaviour::missed::NUMBERS,
        behaviour::missed::find,
    ),
    Spec::new(
        Kind::ReviewSkipped,
        behaviour::review::NUMBERS,
        behaviour::review::find,
    ),
    Spec::new(
        Kind::TrainingDeclined,
        behaviour::training::NUMBERS,
        behaviour::training::find,
    ),
    Spec::new(
        Kind::BudgetQuestion,
        behaviour::budget::NUMBERS,
        behaviour::budget::find,
    ),
    Spec::new(
        Kind::Competitor,
        behaviour::competitor::NUMBERS,
        behaviour::competitor::find,
    ),
    Spec::new(
        Kind::ContractScrutiny,
        behaviour::contract::NUMBERS,
        behaviour::contract::find,
    ),
    Spec::new(
        Kind::DoubtVoiced,
        behaviour::doubt::NUMBERS,
        behaviour::doubt::find,
    ),
    Spec::new(
        Kind::ColderTone,
        behaviour::tone::NUMBERS,
        behaviour::tone::find,
    ),
    Spec::new(
        Kind::UseShrinking,
        behaviour::shrinking::NUMBERS,
        behaviour::shrinking::find,
    ),
    Spec::new(
        Kind::MailsUnopened,
        behaviour::mails::NUMBERS,
        behaviour::mails::find,
    ),
    Spec::new(Kind::BusinessTrouble, business::NUMBERS, business::find),
    Spec::new(
        Kind::RenewalNear,
        time::renewal::NUMBERS,
        time::renewal::find,
    ),
    Spec::new(Kind::NoTouch, time::silence::NUMBERS, time::silence::find),
    Spec::new(
        Kind::MilestoneMissed,
        time::milestone::NUMBERS,
        time::milestone::find,
    ),
    Spec::new(
        Kind::UsageSurge,
        positive::surge::NUMBERS,
        positive::surge::find,
    ),
    Spec::new(
        Kind::LimitReached,
        positive::limit::NUMBERS,
        positive::limit::find,
    ),
    Spec::new(
        Kind::MilestoneReached,
        positive::milestone::NUMBERS,
        positive::milestone::find,
    ),
    Spec::new(
        Kind::Promoter,
        positive::promoter::NUMBERS,
        positive::promoter::find,
    ),
];

/// What the registry says of a signal.
pub fn spec(kind: Kind) -> &'static Spec {
    &REGISTRY[kind.index()]
}

/// All signals that hold on the view's day: warnings before good news, then by severity and date,
/// newest first.
pub fn find(view: &View) -> Vec<Signal> {
    let mut out: Vec<Signal> = REGISTRY
        .iter()
        .filter_map(|spec| {
            let setting = view.thresholds.of(spec.kind, view.tier, view.stage);
            if setting.off {
                return None;
            }
            let found = (spec.find)(&View {
                numbers: spec.numbers,
                setting,
                ..*view
            })?;
            let severity = if found.strong {
                Severity::ALL[(setting.severity.index() + 1).min(2)]
            } else {
                setting.severity
            };
            Some(Signal {
                kind: spec.kind,
                date: found.date,
                severity,
                confidence: found.confidence,
                evidence: found.evidence,
                rows: found.rows,
            })
        })
        .collect();
    out.sort_by_key(|s| {
        (
            s.kind.is_positive(),
            std::cmp::Reverse(s.severity),
            std::cmp::Reverse(s.date),
            s.kind,
        )
    });
    out
}
