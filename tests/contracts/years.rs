//! One customer over three years in the desk, in both languages: an expansion and a downgrade inside a term, a renewal,
//! a part that ends, an extension, the loss and the return.

use std::path::Path;

use chrono::NaiveDate;
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::words::Lang;
use serde_json::{Value, json};

use super::common::on_day::{json as said, run};
use super::{import, stands};

/// Types keys in the desk on a day, undoes what they did and types them again. The screen after that.
fn type_on(home: &Path, lang: Lang, day: &str, keys: &str) -> String {
    let mut desk = Desk::at(lang, home.to_owned(), 0).expect("the desk opens");
    desk.resize(120, 40);
    let day: NaiveDate = day.parse().expect("a day");
    desk.later(day - desk.now().today());
    let value = |desk: &Desk| desk.model.book.rows()[0].standing.clone();
    let before = value(&desk);
    desk.keys(keys);
    let after = value(&desk);
    desk.keys("u");
    assert_eq!(value(&desk), before, "{day} {keys}: {}", desk.screen());
    desk.keys(keys);
    assert_eq!(value(&desk), after, "{day} {keys}: {}", desk.screen());
    desk.screen()
}

fn paid(home: &Path, day: &str) -> Value {
    stands(home, day, "Acme").0
}

#[test]
fn a_customer_over_three_years_in_the_desk() {
    for lang in [Lang::En, Lang::Ja] {
        let home = tempfile::tempdir().expect("temporary folder");
        let home = home.path();
        let table = "contract_id,company,product,start_date,end_date,arr\n\
             c1,Acme,Suite,2026-10-01,2027-09-30,1200000\n\
             c2,Acme,Add-on,2026-10-01,2028-03-31,300000\n";
        import(home, "2026-10-05", "contracts.csv", table);
        let change = |value: &str, from: &str| {
            let tabs = "<tab>".repeat(7);
            format!("2<ret>$<down><ret><tab><tab><tab><C-u>{value}{tabs}{from}<C-s><ret>")
        };
        let on = |day: &str, keys: &str| type_on(home, lang, day, keys);
        on("2027-01-15", &change("1800000", "2027-02-01"));
        assert_eq!(paid(home, "2027-01-31"), 1_500_000);
        assert_eq!(paid(home, "2027-02-01"), 2_100_000);
        on("2027-04-20", &change("1500000", "2027-05-01"));
        assert_eq!(paid(home, "2027-04-30"), 2_100_000);
        assert_eq!(paid(home, "2027-05-01"), 1_800_000);

        on("2027-09-20", "2<ret>o<ret><right><C-s>");
        assert_eq!(paid(home, "2027-10-01"), 1_800_000);
        on("2028-03-20", "2<ret>o<ret><right><right><right><C-s>");
        assert_eq!(paid(home, "2028-03-31"), 1_800_000, "lost, still paying");
        assert_eq!(paid(home, "2028-04-01"), 1_500_000, "a part of it is over");
        let health = said(home, "2028-04-01", &["health", "Acme"]).to_string();
        assert!(
            health.contains("downgraded") && !health.contains("churned"),
            "{health}"
        );
        on(
            "2028-09-20",
            "2<ret>o<right><right><tab><tab><tab>2028-11-30<C-s>",
        );
        let bridge = run(home, "2028-09-20", &["contract", "Acme"]);
        assert!(
            bridge.contains("starts 2028-10-01 · ends 2028-11-30"),
            "{bridge}"
        );
        assert_eq!(stands(home, "2028-10-01", "Acme").1, "2028-11-30");
        let screen = on("2028-11-20", "2<ret>o<right><right><right><C-s>");
        let lost = match lang {
            Lang::En => "Lost",
            Lang::Ja => "解約",
        };
        assert!(screen.contains(lost), "{screen}");
        assert_eq!(paid(home, "2028-11-30"), 1_500_000);
        assert_eq!(paid(home, "2028-12-01"), Value::Null);
        let new = "2<ret>$<down><down><down><down><ret>Suite<tab>2029-03-01<tab>2030-02-28<tab>900000 JPY<C-s><ret>";
        on("2029-03-05", new);
        assert_eq!(paid(home, "2029-03-05"), 900_000);

        let quarter = |day: &str| said(home, "2029-03-10", &["renewals", "--quarter", day]);
        for (of, status, due, renewed) in [
            ("2027-09-01", "renewed", 1_500_000, 1),
            ("2028-03-01", "lost", 300_000, 0),
            // What became of the extension is said of the term that it extends.
            ("2028-09-01", "lost", 1_500_000, 0),
        ] {
            let quarter = quarter(of);
            let term = &quarter["terms"][0];
            assert_eq!(
                (&term["status"], &term["due"]["amount"]),
                (&json!(status), &json!(due)),
                "{of}: {term}"
            );
            assert_eq!(quarter["rate"]["renewed"], renewed, "{of}");
        }
        let movements = |of: &str| {
            let all = quarter(of)["accounts"]
                .as_array()
                .expect("accounts")
                .clone();
            all.iter()
                .map(|a| a["movement"].clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(movements("2027-02-01"), ["expanded"]);
        assert_eq!(movements("2027-05-01"), ["contracted"]);
        assert_eq!(movements("2028-06-01"), ["contracted"], "the part");
        assert_eq!(movements("2028-12-01"), ["lost"]);
        assert_eq!(movements("2029-03-01"), ["reactivated"]);
    }
}
