//! Properties of every score, for any data.

use super::*;
use proptest::prelude::*;

/// Any mixture of data, including future and impossible values.
pub fn any_dossier() -> impl Strategy<Value = Dossier> {
    let usage = proptest::collection::vec((0..200_i32, 0.0..500.0_f64), 0..80);
    let surveys = proptest::collection::vec((-20..300_i64, -2.0..13.0_f64), 0..6);
    let tickets = proptest::collection::vec(
        (-5..200_i64, 0..3_000_i64, any::<bool>(), any::<bool>()),
        0..12,
    );
    (
        usage,
        surveys,
        tickets,
        proptest::option::of(-30..900_i64),
        proptest::option::of(0..400_u32),
    )
        .prop_map(|(usage, surveys, tickets, start, seats)| {
            let mut d = dossier();
            let end = day_number(day(11, 22));
            d.account.contract_start = start.map(|s| day(11, 22) - Duration::days(s));
            d.account.seats = seats;
            if !usage.is_empty() {
                d.usage.0.insert(
                    ACTIVE_USERS.into(),
                    Series::from_points(
                        usage
                            .into_iter()
                            .map(|(ago, v)| (end + 5 - ago, v.round()))
                            .collect(),
                    ),
                );
            }
            for (i, (ago, score)) in surveys.into_iter().enumerate() {
                let id = format!("s{i}");
                let date = Some(day(11, 22) - Duration::days(ago));
                d.surveys.push(Survey {
                    id: id.as_str().into(),
                    account: "a".into(),
                    kind: SurveyKind::Nps,
                    score,
                    date,
                    respondent: String::new(),
                    comment: String::new(),
                    oddities: vec![],
                });
            }
            for (i, (ago, hours, solved, escalated)) in tickets.into_iter().enumerate() {
                let id = format!("t{i}");
                let opened =
                    day(11, 22).and_hms_opt(9, 0, 0).expect("time").and_utc() - Duration::days(ago);
                d.tickets.push(Ticket {
                    id: id.as_str().into(),
                    account: "a".into(),
                    subject: String::new(),
                    body: String::new(),
                    status: if solved { Status::Solved } else { Status::Open },
                    priority: Priority::Normal,
                    opened: Some(opened),
                    first_answer: None,
                    solved: solved.then(|| opened + Duration::hours(hours)),
                    escalated,
                    category: String::new(),
                    requester: String::new(),
                    resolution: String::new(),
                    csat: None,
                    oddities: vec![],
                });
            }
            d
        })
}

proptest! {
    #[test]
    fn a_score_is_0_to_100_and_its_points_add_up(d in any_dossier()) {
        let s = scored(&d);
        prop_assert!(s.coverage <= 100 && s.score.is_none_or(|n| n <= 100));
        // A score is missing exactly when nothing is known, or too little in an account's first
        // days.
        let young = d.account.contract_start.is_some_and(|c| c <= day(11, 22) && day(11, 22) < c + Duration::days(30));
        prop_assert_eq!(s.score.is_none(), s.coverage == 0 || (young && s.coverage < 60));
        let points: f64 = Dimension::ALL.iter().filter_map(|dim| s.points(*dim)).sum();
        let mean = s.capped.map_or(s.score, |c| Some(c.mean));
        prop_assert!(mean.is_none_or(|n| (f64::from(n) - points).abs() <= 0.5 + 1e-9), "{s:?} {points}");
        prop_assert!(s.capped.is_none_or(|c| s.score <= Some(c.mean)));
        prop_assert_eq!(scored(&d), s, "the same data, the same score");
    }

    #[test]
    fn removing_data_never_raises_coverage(d in any_dossier()) {
        let whole = scored(&d).coverage;
        let mut less = d.clone();
        less.usage = Default::default();
        prop_assert!(scored(&less).coverage <= whole);
        less.surveys.clear();
        prop_assert!(scored(&less).coverage <= whole);
        less.tickets.clear();
        prop_assert!(scored(&less).coverage <= whole);
    }

    /// A worse answer of the same person, an older talk, a missed meeting or an escalated ticket
    /// never raises the score.
    #[test]
    fn worse_input_never_scores_better(d in any_dossier(), answer in 0.0..10.0_f64, worse in 0.0..10.0_f64, spoke in 0..200_i64, longer in 0..200_i64) {
        let with = |answer: f64, spoke: i64, missed: usize, escalated: bool| {
            let mut d = d.clone();
            let touch = |id: &str, days: i64, attendance: &str| -> crate::domain::facts::touch::Touch {
                let at = day(11, 22).and_hms_opt(9, 0, 0).expect("time").and_utc() - Duration::days(days);
                serde_json::from_value(serde_json::json!({ "id": id, "account": "a", "kind": "call", "at": at, "attendance": attendance })).expect("a touch")
            };
            d.touches.push(touch("spoke", spoke, "held"));
            (0..missed).for_each(|i| d.touches.push(touch(&format!("missed{i}"), 10, "no-show")));
            let survey = serde_json::json!({ "id": "said", "account": "a", "kind": "nps", "score": answer, "date": day(11, 1), "respondent": "Ken" });
            d.surveys.push(serde_json::from_value(survey).expect("a survey"));
            if escalated {
                d.tickets.iter_mut().for_each(|t| t.escalated = true);
            }
            scored(&d)
        };
        let low = answer.min(worse);
        let base = with(answer, spoke, 0, false);
        for other in [with(low, spoke, 0, false), with(answer, spoke + longer, 0, false), with(answer, spoke, 2, false), with(answer, spoke, 0, true)] {
            prop_assert!(other.score <= base.score, "{:?} > {:?}", other.score, base.score);
            prop_assert_eq!(other.coverage, base.coverage);
        }
    }

    /// Later data never changes the score of an earlier day.
    #[test]
    fn later_records_do_not_change_todays_score(d in any_dossier()) {
        use crate::domain::recorded::AsOf;
        let (on, freshness) = (day(9, 1), DataFreshness { tickets: Some(day(9, 1)), usage: Some(day(9, 1)) });
        let then = d.as_of(&AsOf::new(on, Zone::utc(), false));
        let from = |d: &Dossier| score(d, freshness, &policy(), on, Zone::utc());
        prop_assert_eq!(from(&then), from(&d));
    }
}
