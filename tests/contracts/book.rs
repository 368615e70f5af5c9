//! A book of forty contracts in three currencies with the odd cases of a quarter. What each line should be was worked out
//! by hand, and so were the sums; both are compared with the program, and the sums with the lines.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::common::on_day::{json, run};

/// The first use of the program: what ended before it is asked of nobody.
const FIRST: &str = "2026-10-05";
/// The quarter is October to December 2026.
const TODAY: &str = "2026-11-16";

/// Contract, account, product, first day, last paid day, yearly value, currency, renews by itself, term, trial | what
/// happened, a day and a command each | status in the quarter, due, new | paid at the close of 30 September and of today.
/// A dash: not due in the quarter, or not known.
const BOOK: &str = "\
c01,A01,Suite,2025-11-01,2026-10-31,1000000,JPY,no,,     |10-20 outcome A01 renewed                       |renewed 1000000 1000000|1000000 1000000
c02,A02,Suite,2025-11-01,2026-10-31,1000000,JPY,no,,     |10-21 outcome A02 renewed --value 1500000       |renewed 1000000 1500000|1000000 1500000
c03,A03,Suite,2025-11-01,2026-10-31,1000000,JPY,no,,     |10-22 outcome A03 renewed --value 800000        |renewed 1000000 800000 |1000000 800000
c04,A04,Suite,2025-11-01,2026-10-31,600000,JPY,no,,      |10-25 outcome A04 lost --cause price            |lost 600000 0          |600000 0
c05,A05,Suite,2025-12-01,2026-11-30,500000,JPY,no,,      |11-10 outcome A05 lost                          |lost 500000 0          |500000 500000
c06,A06,Suite,2025-11-11,2026-11-10,400000,JPY,no,,      |                                                |overdue 400000 0       |400000 0
c07,A07,Suite,2025-11-06,2026-11-05,700000,JPY,yes,,     |                                                |unconfirmed 700000 -   |700000 700000
c08,A08,Suite,2025-11-01,2026-10-31,300000,JPY,no,,      |10-30 outcome A08 extended --until 2026-12-15   |extended 300000 -      |300000 300000
c09,A09,Suite,2025-10-11,2026-10-10,900000,JPY,no,,      |10-09 outcome A09 extended --until 2026-11-10;11-08 outcome A09 renewed --value 950000|renewed 900000 950000|900000 950000
c10,A10,Suite,2025-10-16,2026-10-15,200000,JPY,no,,      |10-14 outcome A10 extended --until 2026-11-01;10-31 outcome A10 lost|lost 200000 0|200000 0
c11,A11,Suite,2026-01-01,2026-12-31,450000,JPY,no,,      |11-02 outcome A11 renewed --value 500000        |renewed 450000 500000  |450000 450000
c12,A12,Suite,2025-10-13,2026-10-12,350000,JPY,no,,      |11-12 outcome A12 renewed                       |renewed 350000 350000  |350000 350000
c13,A13,Suite,2025-11-01,2026-10-31,,,no,,               |10-20 outcome A13 renewed                       |renewed - -            |- -
c14,A14,Suite,2025-11-01,2026-10-31,,,no,,               |10-20 outcome A14 lost                          |lost - -               |- -
c15,A15,Suite,2025-11-01,2026-10-31,1000000,JPY,no,,     |10-06 contract A15 --contract c15 --value 600000;10-20 outcome A15 renewed|renewed 1000000 600000|1000000 600000
c16,A16,Suite,2025-11-01,2026-10-31,800000,JPY,no,,      |10-20 outcome A16 lost --term c16               |lost 800000 0          |800000 0
c17,A16,Add-on,2026-04-01,2027-03-31,200000,JPY,no,,     |                                                |- - -                  |200000 200000
c18,A18,Suite,2025-11-01,2026-10-31,500000,JPY,no,,      |10-20 outcome A18 renewed --term c18            |renewed 500000 500000  |500000 500000
c19,A18,US,2025-11-02,2026-11-01,5000,USD,no,,           |10-20 outcome A18 lost --term c19               |lost 5000 0            |5000 0
c20,A20,Suite,2025-11-01,2026-10-31,1000000,JPY,no,,     |10-20 outcome A20 renewed --value USD7000       |renewed 1000000 -      |1000000 0
c21,A21,Add-on,2026-01-01,2026-12-31,300000,JPY,no,,     |10-30 contract A21 --contract c21 --into c22 --from 2026-11-01|merged 300000 -|300000 0
c22,A21,Suite,2026-04-01,2027-03-31,1000000,JPY,no,,     |                                                |- - -                  |1000000 1300000
c23,A23,Suite,2026-09-15,2026-11-14,120000,JPY,yes,,     |                                                |unconfirmed 120000 -   |120000 120000
c24,A24,Suite,2025-10-06,2026-10-05,250000,JPY,no,,      |10-06 outcome A24 lost                          |lost 250000 0          |250000 300000
c25,A25,Suite,2025-10-04,2026-10-03,150000,JPY,no,,      |                                                |before-use 150000 -    |150000 0
c26,A26,Suite,2026-01-01,2026-12-31,330000,JPY,yes,,     |                                                |open 330000 -          |330000 330000
c27,A27,Suite,2025-11-01,2026-10-31,110000,JPY,no,,      |10-30 outcome A27 renewed                       |renewed 110000 110000  |110000 110000
d01,B01,Suite,2025-11-01,2026-10-31,10000,USD,no,,       |10-20 outcome B01 renewed --value 12000         |renewed 10000 12000    |10000 12000
d02,B02,Suite,2025-11-01,2026-10-31,8000,USD,no,,        |10-20 outcome B02 lost                          |lost 8000 0            |8000 0
d03,B03,Suite,2025-11-02,2026-11-01,5000,USD,no,,        |                                                |overdue 5000 0         |5000 0
d04,B04,Suite,2026-01-01,2026-12-31,7000,USD,no,,        |                                                |open 7000 -            |7000 7000
e01,E01,Suite,2025-11-01,2026-10-31,20000,EUR,no,,       |10-15 outcome E01 renewed                       |renewed 20000 20000    |20000 20000
e02,E02,Suite,2025-11-16,2026-11-15,15000,EUR,no,,       |                                                |overdue 15000 0        |15000 0
e03,E03,Suite,2025-12-02,2026-12-01,9000,EUR,yes,,       |                                                |open 9000 -            |9000 9000
e04,E04,Suite,2026-04-01,2027-03-31,6000,EUR,no,,        |10-15 outcome E04 lost --until 2026-10-31       |- - -                  |6000 0
e05,E05,Suite,2026-10-01,2026-10-31,11000,EUR,no,,yes    |                                                |- - -                  |0 0
e06,E06,Suite,2026-10-10,2027-10-09,4000,EUR,no,,        |                                                |- - -                  |0 4000
e07,E07,Suite,2026-04-01,2027-03-31,3000,EUR,no,,        |11-02 contract E07 --contract e07 --value 3500 --from 2026-11-01|- - -|3000 3500
e08,E08,Suite,2025-01-01,,2500,EUR,no,,                  |                                                |- - -                  |2500 2500
e09,E09,Suite,2025-11-10,,1000,EUR,yes,12,               |                                                |unconfirmed 1000 -     |1000 1000
";

/// Due, kept and net of the terms that are in the rate today, by currency.
const RATE: [(&str, [i64; 3]); 3] = [
    ("EUR", [35_000, 20_000, 20_000]),
    ("JPY", [8_110_000, 5_260_000, 5_810_000]),
    ("USD", [28_000, 10_000, 12_000]),
];

/// Paid before, after by all, kept, expanded, contracted, lost, of it overdue; gross and net retention in percent.
const RETENTION: [(&str, [i64; 9]); 3] = [
    (
        "EUR",
        [56_500, 40_000, 35_500, 500, 0, 21_000, 15_000, 62, 63],
    ),
    (
        "JPY",
        [
            12_160_000, 10_010_000, 9_410_000, 600_000, 1_400_000, 1_350_000, 400_000, 77, 82,
        ],
    ),
    (
        "USD",
        [35_000, 19_000, 17_000, 2_000, 5_000, 13_000, 5_000, 48, 54],
    ),
];

struct Line {
    row: &'static str,
    happened: Vec<(String, Vec<&'static str>)>,
    status: &'static str,
    due: Option<i64>,
    new: Option<i64>,
    before: i64,
    after: i64,
}

impl Line {
    fn cell(&self, at: usize) -> &'static str {
        self.row.split(',').nth(at).unwrap_or_default()
    }
}

fn lines() -> Vec<Line> {
    let number = |text: &str| text.parse::<i64>().ok();
    let line = |text: &'static str| {
        let parts: Vec<&str> = text.split('|').map(str::trim).collect();
        let [row, happened, said, paid] = parts[..] else {
            panic!("{text}");
        };
        let event = |text: &'static str| {
            let (day, command) = text.trim().split_once(' ').expect("a day and a command");
            (format!("2026-{day}"), command.split(' ').collect())
        };
        let said: Vec<&str> = said.split_whitespace().collect();
        let paid: Vec<&str> = paid.split_whitespace().collect();
        Line {
            row,
            happened: happened
                .split(';')
                .filter(|t| !t.trim().is_empty())
                .map(event)
                .collect(),
            status: said[0],
            due: number(said[1]),
            new: number(said[2]),
            before: number(paid[0]).unwrap_or_default(),
            after: number(paid[1]).unwrap_or_default(),
        }
    };
    BOOK.lines().map(line).collect()
}

/// The home in which the book was lived through, day by day.
fn home(lines: &[Line]) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("temporary folder");
    let path = home.path();
    let header = "contract_id,company,product,start_date,end_date,arr,currency,auto_renew,contract_term,trial\n";
    let rows: String = lines.iter().map(|l| format!("{}\n", l.row)).collect();
    super::import(path, FIRST, "contracts.csv", &format!("{header}{rows}"));
    let mut events: Vec<_> = lines.iter().flat_map(|l| &l.happened).collect();
    events.sort_by(|a, b| a.0.cmp(&b.0));
    for (day, command) in events {
        run(path, day, command);
    }
    // A24 left for more than a month, and came back.
    let back = "b24,A24,Suite,2026-11-12,2027-11-11,300000,JPY,no,,\n";
    super::import(path, "2026-11-13", "back.csv", &format!("{header}{back}"));
    home
}

#[test]
fn a_book_of_forty_contracts_has_the_figures_that_were_worked_out_by_hand() {
    let lines = lines();
    assert_eq!(lines.len(), 40);
    let home = home(&lines);
    let said = json(home.path(), TODAY, &["renewals"]);
    statuses(&lines, &said);
    rate(&lines, &said);
    retention(&lines, &said);
    // The same file once more changes nothing.
    let before = crate::common::everything(home.path());
    let again = std::fs::read_to_string(home.path().join("contracts.csv")).expect("the table");
    super::import(home.path(), TODAY, "contracts.csv", &again);
    let same = |text: &str| {
        text.lines()
            .filter(|l| l.contains("\"subscription\"") || l.contains("\"outcome\""))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(same(&before), same(&crate::common::everything(home.path())));
}

/// The status of a term, what was due and what is paid then.
type Said = (String, Option<i64>, Option<i64>);

/// Each due term is listed once, with one status and its values.
fn statuses(lines: &[Line], said: &Value) {
    let amount = |v: &Value| v["amount"].as_i64();
    let said: BTreeMap<String, Vec<Said>> =
        said["terms"]
            .as_array()
            .expect("terms")
            .iter()
            .fold(BTreeMap::new(), |mut all, term| {
                let id = term["contract"].as_str().unwrap_or_default().to_owned();
                let status = term["status"].as_str().unwrap_or_default().to_owned();
                all.entry(id).or_insert_with(Vec::new).push((
                    status,
                    amount(&term["due"]),
                    amount(&term["new"]),
                ));
                all
            });
    let due: BTreeMap<String, Vec<_>> = lines
        .iter()
        .filter(|l| l.status != "-")
        .map(|l| {
            let new = l.new.filter(|_| l.status == "renewed");
            (
                l.cell(0).to_owned(),
                vec![(l.status.to_owned(), l.due, new)],
            )
        })
        .collect();
    let without_dollars = |id: &str| id != "c20";
    for (id, said) in &said {
        // Its new value is in another currency.
        if without_dollars(id) {
            assert_eq!(Some(said), due.get(id), "{id}");
        }
    }
    assert_eq!(
        said.keys().collect::<Vec<_>>(),
        due.keys().collect::<Vec<_>>()
    );
}

fn rate(lines: &[Line], said: &Value) {
    let in_rate = |l: &&Line| {
        let settled = matches!(l.status, "renewed" | "lost" | "overdue");
        // As text, days in this form are in order.
        settled && l.cell(4) <= TODAY
    };
    let of = |status: &str| {
        lines
            .iter()
            .filter(in_rate)
            .filter(|l| l.status == status)
            .count()
    };
    let counts = [of("renewed"), of("lost"), of("overdue")];
    assert_eq!(counts, [12, 7, 3], "by hand");
    let said_counts = ["renewed", "lost", "overdue"]
        .map(|key| said["rate"][key].as_u64().expect("a count") as usize);
    assert_eq!(said_counts, counts);
    assert_eq!(
        (
            said["without_amount"].clone(),
            said["unconfirmed"].clone(),
            said["rolling"].clone()
        ),
        (3.into(), 2.into(), 1.into())
    );
    let mut sums: BTreeMap<&str, [i64; 3]> = BTreeMap::new();
    for l in lines.iter().filter(in_rate) {
        let Some((due, new)) = l.due.zip(l.new) else {
            continue;
        };
        let sum = sums.entry(l.cell(6)).or_default();
        *sum = [sum[0] + due, sum[1] + new.min(due), sum[2] + new];
    }
    assert_eq!(sums.into_iter().collect::<Vec<_>>(), RATE, "by hand");
    let values = said["values"].as_array().expect("values").iter();
    let values: Vec<_> = values
        .map(|v| {
            let amounts =
                ["due", "kept", "net"].map(|key| v[key]["amount"].as_i64().expect("an amount"));
            (v["currency"].as_str().expect("a currency"), amounts)
        })
        .collect();
    assert_eq!(values, RATE);
}

fn retention(lines: &[Line], said: &Value) {
    let mut paid: BTreeMap<(&str, &str), (i64, i64)> = BTreeMap::new();
    for l in lines.iter().filter(|l| !l.cell(6).is_empty()) {
        let of = paid.entry((l.cell(6), l.cell(1))).or_default();
        *of = (of.0 + l.before, of.1 + l.after);
    }
    // Its currency changed: nothing compares it.
    paid.remove(&("JPY", "A20"));
    let pays = |account: &str| {
        paid.iter()
            .any(|((_, a), (_, after))| *a == account && *after > 0)
    };
    let overdue = |account: &str| {
        lines
            .iter()
            .any(|l| l.cell(1) == account && l.status == "overdue")
    };
    let mut sums: BTreeMap<&str, [i64; 9]> = BTreeMap::new();
    for ((currency, account), (before, after)) in &paid {
        let s = sums.entry(currency).or_default();
        s[0] += before;
        s[1] += after;
        if *before == 0 {
            continue;
        }
        s[2] += before.min(after);
        s[3] += (after - before).max(0);
        let less = (before - after).max(0);
        match pays(account) {
            true => s[4] += less,
            false => s[5] += less,
        }
        if overdue(account) {
            s[6] += less;
        }
        // For the net retention.
        s[8] += after;
    }
    for s in sums.values_mut() {
        (s[7], s[8]) = (s[2] * 100 / s[0], s[8] * 100 / s[0]);
    }
    assert_eq!(sums.into_iter().collect::<Vec<_>>(), RETENTION, "by hand");
    let by_currency = said["retention"]["by_currency"]
        .as_array()
        .expect("currencies")
        .iter();
    let said_sums: Vec<_> = by_currency
        .map(|r| {
            let amounts = [
                "before",
                "after",
                "kept_of",
                "expanded",
                "contracted",
                "lost",
                "overdue",
            ]
            .map(|key| r[key]["amount"].as_i64().unwrap_or_default());
            let [before, after, _, expanded, contracted, lost, overdue] = amounts;
            let percent = |key: &str| r[key].as_i64().expect("a share");
            (
                r["currency"].as_str().expect("a currency"),
                [
                    before,
                    after,
                    expanded,
                    contracted,
                    lost,
                    overdue,
                    percent("grr"),
                    percent("nrr"),
                ],
            )
        })
        .collect();
    let expected: Vec<_> = RETENTION
        .iter()
        .map(
            |(
                currency,
                [
                    before,
                    after,
                    _,
                    expanded,
                    contracted,
                    lost,
                    overdue,
                    grr,
                    nrr,
                ],
            )| {
                (
                    *currency,
                    [
                        *before,
                        *after,
                        *expanded,
                        *contracted,
                        *lost,
                        *overdue,
                        *grr,
                        *nrr,
                    ],
                )
            },
        )
        .collect();
    assert_eq!(said_sums, expected);
    assert_eq!(said["retention"]["left_out"], serde_json::json!(["A20"]));
}
