//! Benchmarks of the hot paths: drawing, keys, filtering, scoring, packing, importing, saving a
//! note. The results and the machine they were measured on are in `benches/README.md`.

mod homes;

use std::cell::RefCell;
use std::collections::HashMap;

use divan::{Bencher, black_box};
use homes::{home, sizes};
use kenshin::testing::app::msg::Msg;
use kenshin::testing::domain::book::Book;
use kenshin::testing::domain::facts::usage::Series;
use kenshin::testing::domain::filter::Query;
use kenshin::testing::domain::search::Search;
use kenshin::testing::domain::text::fold;
use kenshin::testing::keys::Key;
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::words::Lang;

fn main() {
    divan::main();
}

fn desk(accounts: usize, script: &str) -> Desk {
    let mut desk = Desk::demo(Lang::En, accounts).expect("the desk opens");
    desk.resize(120, 40);
    desk.keys("2");
    desk.keys(script);
    desk
}

thread_local! {
    static OPEN: RefCell<HashMap<usize, Desk>> = RefCell::default();
}

/// A desk over a prepared data folder, at its portfolio. It stays open across benchmarks.
fn with_desk<T>(accounts: usize, work: impl FnOnce(&mut Desk) -> T) -> T {
    OPEN.with_borrow_mut(|open| {
        let desk = open.entry(accounts).or_insert_with(|| {
            let mut desk = Desk::at(Lang::En, home(accounts), 0).expect("the desk opens");
            desk.resize(120, 40);
            desk
        });
        while !desk.model.overlays.is_empty() || desk.model.portfolio.typing.is_some() {
            desk.keys("<esc>");
        }
        desk.keys("<esc>2g");
        work(desk)
    })
}

/// Screens, and the keys that lead there from the portfolio.
const SCREENS: [(&str, &str); 16] = [
    ("portfolio", ""),
    ("today", "1"),
    ("renewals", "1<tab>"),
    ("check-ins", "3"),
    ("actions", "4"),
    ("month", "5"),
    ("week", "5<tab>"),
    ("insights", "8"),
    ("overview", "<ret>"),
    ("signals", "<ret><tab>"),
    ("usage", "<ret><tab><tab>"),
    ("tickets", "<ret><tab><tab><tab>"),
    ("timeline", "<ret><tab><tab><tab><tab>"),
    ("brief", "p"),
    ("find notes", "<A-/>"),
    ("palette", ":"),
];

/// Draws one frame of each screen at 120×40.
#[divan::bench(args = SCREENS.iter().flat_map(|s| sizes().into_iter().map(|n| format!("{} · {n}", s.0))), sample_count = 40)]
fn draw(bencher: Bencher, of: &str) {
    let (screen, accounts) = of.split_once(" · ").expect("two parts");
    let script = SCREENS.iter().find(|s| s.0 == screen).map_or("", |s| s.1);
    with_desk(accounts.parse().expect("a number"), |desk| {
        desk.keys(script);
        bencher.bench_local(|| black_box(desk.draw()));
    });
}

#[divan::bench]
fn draw_a_call(bencher: Bencher) {
    let mut desk = desk(1_000, "c<ret><ret>text");
    bencher.bench_local(|| black_box(desk.draw()));
}

/// Handles one key, without drawing.
#[divan::bench(args = sizes())]
fn move_down(bencher: Bencher, accounts: usize) {
    with_desk(accounts, |desk| {
        bencher.bench_local(|| desk.send(Msg::Key(Key::char('j'))))
    });
}

#[divan::bench(args = sizes(), sample_count = 40)]
fn filter_keystroke(bencher: Bencher, accounts: usize) {
    with_desk(accounts, |desk| {
        desk.keys("/ao");
        let mut on = false;
        bencher.bench_local(|| {
            on = !on;
            desk.send(Msg::Key(if on {
                Key::char('b')
            } else {
                Key::script("<bs>")[0]
            }));
        });
    });
}

/// Opens the store and loads all rows into memory, as a start does after the first frame.
#[divan::bench(args = sizes(), sample_count = 5)]
fn open_the_store(bencher: Bencher, accounts: usize) {
    OPEN.with_borrow_mut(HashMap::clear);
    bencher.bench_local(|| {
        black_box(
            Desk::at(Lang::En, home(accounts), 0)
                .expect("the desk opens")
                .model
                .book
                .rows()
                .len(),
        )
    });
}

/// Searches the notes of all accounts for common and rare words in both languages; the last word
/// has no match.
#[divan::bench(args = homes::notes_sizes().into_iter().flat_map(|n| ["budget", "予算 佐藤", "zebra7", "ｼﾏｳﾏ 七", "nowhere"].map(move |w| format!("{n} · {w}"))), sample_count = 10)]
fn find_notes(bencher: Bencher, of: &str) {
    let (notes, words) = of.split_once(" · ").expect("two parts");
    let mut store = homes::notes(notes.parse().expect("a number"));
    let words: Vec<String> = words.split_whitespace().map(fold).collect();
    store
        .find_notes(&words, 200)
        .expect("the cache file is built");
    bencher.bench_local(|| {
        store
            .find_notes(&words, 200)
            .expect("the search succeeds")
            .len()
    });
}

/// One keystroke at the end of a workshop's note, with phrase detection and drawing.
#[divan::bench(args = [10, 3_000])]
fn type_in_a_call(bencher: Bencher, lines: usize) {
    let mut desk = desk(100, "c<ret><ret>");
    let text: String = (0..lines)
        .map(|i| format!("{i} the team is resisting, まだ決めていません\n"))
        .collect();
    desk.paste(&text);
    bencher.bench_local(|| {
        desk.send(Msg::Key(Key::char('x')));
        black_box(desk.draw());
    });
}

#[divan::bench]
fn listen_to_a_line(bencher: Bencher) {
    let lexicon = kenshin::testing::config::Config::load(None).0.phrases;
    bencher.bench_local(|| {
        lexicon.listen(black_box(
            "青葉様: 来期の体制はまだ決めていません、レポートが遅くて",
        ))
    });
}

#[divan::bench(sample_count = 40)]
fn open_account(bencher: Bencher) {
    let mut desk = desk(1_000, "");
    bencher.bench_local(|| {
        desk.send(Msg::Key(Key::script("<ret>")[0]));
        desk.send(Msg::Key(Key::char('q')));
    });
}

/// Everything computed for an account after one change: score, signals, contradictions.
#[divan::bench]
fn score_one_account(bencher: Bencher) {
    let mut desk = desk(100, "<ret>");
    let dossier = desk
        .model
        .account
        .as_mut()
        .and_then(|a| a.dossier.take())
        .expect("the account is loaded");
    let config = kenshin::testing::config::Config::load(None).0;
    let freshness = kenshin::testing::domain::freshness::DataFreshness {
        tickets: Some(desk.now().today()),
        usage: dossier.usage.last_day(),
    };
    bencher.bench_local(|| {
        black_box(kenshin::testing::domain::standing::standing(
            &dossier,
            freshness,
            config.scoring_context(),
            desk.now(),
        ))
    });
}

/// The brief, including its store reads.
#[divan::bench(sample_count = 40)]
fn prepare(bencher: Bencher) {
    let mut desk = desk(1_000, "");
    bencher.bench_local(|| {
        desk.keys("p");
        black_box(desk.draw());
        desk.keys("<esc>");
    });
}

#[divan::bench(sample_count = 10)]
fn back_test_a_thousand(bencher: Bencher) {
    let mut desk = desk(1_000, "8");
    bencher.bench_local(|| {
        desk.keys("<ret>");
    });
}

#[divan::bench]
fn rank_ten_thousand(bencher: Bencher) {
    let desk = desk(10_000, "");
    let book: &Book = &desk.model.book;
    let query = Query::parse("aoba sei");
    let search = Search::new(&query.words);
    bencher.bench_local(|| {
        (0..book.rows().len())
            .filter_map(|i| search.rank(book.haystack(i)))
            .count()
    });
}

#[divan::bench]
fn unpack_a_year(bencher: Bencher) {
    let packed = Series::from_points(
        (0..365)
            .map(|i| (739_000 + i, f64::from(i * 7 % 100)))
            .collect(),
    )
    .pack();
    bencher.bench_local(|| black_box(Series::unpack(&packed)));
}

#[divan::bench(sample_count = 20)]
fn keep_a_note_durably(bencher: Bencher) {
    use kenshin::testing::store::{Durability, Store};
    let home = tempfile::tempdir().expect("temporary folder");
    let now = kenshin::testing::clock::Clock::new(Some("2026-11-22T10:04:00+09:00"), None)
        .expect("a valid clock")
        .now();
    let mut mint = kenshin::testing::domain::ids::Mint::new(1);
    let (mut store, _) =
        Store::open(home.path(), Durability::Full, &mut mint, now.at).expect("the store opens");
    let author = kenshin::testing::ops::Author {
        name: "me".into(),
        device: "bench".into(),
        ours: Default::default(),
    };
    bencher.bench_local(|| {
        let of = kenshin::testing::ops::Subject {
            id: &"a".into(),
            name: "A",
            account: None,
        };
        let mut by = kenshin::testing::ops::By {
            author: &author,
            now,
            mint: &mut mint,
        };
        let op =
            kenshin::testing::ops::notes::note(of, "a note ! and an action ^fri", &[], &mut by)
                .expect("a note")
                .operation;
        store.commit(&op).expect("the operation is committed")
    });
}

/// Plans twenty thousand rows of each kind of table against a hundred accounts.
#[divan::bench(args = ["accounts", "contacts", "subscriptions", "tickets", "surveys", "interactions", "outcomes", "usage"], sample_count = 5)]
fn plan_an_import(bencher: Bencher, kind: &str) {
    const ROWS: usize = 20_000;
    let desk = desk(100, "");
    let ids: Vec<String> = desk
        .model
        .book
        .rows()
        .iter()
        .map(|r| r.account.id.to_string())
        .collect();
    type Row = fn(usize, &str, &str) -> String;
    let (header, row): (&str, Row) = match kind {
        "accounts" => ("id,name,owner,arr,currency,renewal", |i, _, day| {
            format!("n{i},Company {i} 株式会社,Sato,{}00,JPY,{day}", i + 1)
        }),
        "contacts" => ("contact_id,account_id,name,email,role", |i, id, _| {
            format!("c{i},{id},青葉 {i},a{i}@example.jp,champion")
        }),
        "subscriptions" => (
            "subscription_id,account_id,start_date,end_date,mrr,currency,seats",
            |i, id, day| format!("s{i},{id},{day},,{},USD,{}", i % 900 + 1, i % 90),
        ),
        "tickets" => (
            "ticket_id,account_id,subject,opened,priority,status",
            |i, id, day| format!("t{i},{id},\"slow, again {i}\",{day},high,open"),
        ),
        "surveys" => (
            "response_id,account_id,date,nps_score,comment",
            |i, id, day| format!("r{i},{id},{day},{},good enough", i % 11),
        ),
        "interactions" => (
            "interaction_id,account_id,date,type,summary",
            |i, id, day| format!("i{i},{id},{day},call,they asked {i}"),
        ),
        "outcomes" => ("account_id,churn_date,reason_code", |i, id, day| {
            format!("{id},{day},price {i}")
        }),
        _ => ("account_id,date,metric,value", |i, id, day| {
            format!("{id},{day},m{},{}", i % 6, i % 97)
        }),
    };
    let mut text = format!("{header}\n");
    for i in 0..ROWS {
        let day = format!("2025-{:02}-{:02}", i / 28 % 12 + 1, i % 28 + 1);
        text.push_str(&row(i, &ids[i % ids.len()], &day));
        text.push('\n');
    }
    plan_rows(bencher, &desk, &ids, &format!("{kind}.csv"), text, ROWS);
}

#[divan::bench(sample_count = 5)]
fn plan_two_hundred_thousand_usage_rows(bencher: Bencher) {
    let desk = desk(100, "");
    let ids: Vec<String> = desk
        .model
        .book
        .rows()
        .iter()
        .map(|r| r.account.id.to_string())
        .collect();
    let mut text = String::from("account_id,date,metric,value\n");
    for i in 0..200_000_usize {
        text.push_str(&format!(
            "{},2025-{:02}-{:02},m{},{}\n",
            ids[i / 2_000],
            i / 28 % 12 + 1,
            i % 28 + 1,
            i / 336 % 6,
            i % 97
        ));
    }
    plan_rows(bencher, &desk, &ids, "usage.csv", text, 200_000);
}

/// A whole import of wide usage, in the order of its accounts or of its days: planned, written and
/// synced.
#[divan::bench(args = ["by-account", "by-day"], sample_count = 5)]
fn import_a_year_of_wide_usage(bencher: Bencher, order: &str) {
    use kenshin::testing::domain::ids::Mint;
    use kenshin::testing::runtime::importing;
    use kenshin::testing::services::import::{
        self, Options, Request, mapping::Wish, table::Source,
    };
    use kenshin::testing::store::{Durability, Store};
    const ACCOUNTS: usize = 300;
    const DAYS: usize = 336;
    let mut names = String::from("id,name\n");
    let mut usage =
        String::from("account_id,date,active_users,logins,events,api_calls,hours,seats\n");
    for account in 0..ACCOUNTS {
        names.push_str(&format!("A{account},Company {account}\n"));
    }
    for i in 0..ACCOUNTS * DAYS {
        let (account, day) = match order {
            "by-day" => (i % ACCOUNTS, i / ACCOUNTS),
            _ => (i / DAYS, i % DAYS),
        };
        let (month, date, n) = (day / 28 + 1, day % 28 + 1, i * 7_919 % 4_001);
        usage.push_str(&format!(
            "A{account},2025-{month:02}-{date:02},{n},{},{},{},{}.5,{}\n",
            n % 97,
            n * 3,
            n % 1_009,
            n % 24,
            n % 50
        ));
    }
    let sources = [
        Source::of_bytes("accounts.csv", names.into_bytes()),
        Source::of_bytes("usage.csv", usage.into_bytes()),
    ];
    let mappings = import::mappings(Vec::new());
    let now = desk(1, "").now();
    let options = Options {
        wish: Wish::default(),
        account: None,
        create_accounts: false,
        answers: Default::default(),
        theirs: Default::default(),
        now,
    };
    let author = kenshin::testing::ops::Author {
        name: "me".into(),
        device: "bench".into(),
        ours: Default::default(),
    };
    bencher
        .counter(divan::counter::ItemsCount::new(ACCOUNTS * DAYS))
        .with_inputs(|| tempfile::tempdir().expect("temporary folder"))
        .bench_local_values(|home| {
            let mut mint = Mint::new(3);
            let mut store = Store::open(home.path(), Durability::Full, &mut mint, now.at)
                .expect("the store opens")
                .0;
            let plan = import::plan(&Request {
                sources: &sources,
                mappings: &mappings,
                options: &options,
                existing: &store,
                progress: &|_| {},
            })
            .expect("the import is planned");
            importing::write(&mut store, &plan, &author, now, &mut mint, |_| {})
                .expect("the import is written")
                .len()
        });
}

fn plan_rows(bencher: Bencher, desk: &Desk, ids: &[String], name: &str, text: String, rows: usize) {
    use kenshin::testing::services::import::{
        self, Options, Request, mapping::Wish, table::Source,
    };
    let sources = [Source::of_bytes(name, text.into_bytes())];
    let mappings = import::mappings(Vec::new());
    let options = Options {
        wish: Wish::default(),
        account: None,
        create_accounts: false,
        answers: Default::default(),
        theirs: Default::default(),
        now: desk.now(),
    };
    let existing = Empty(
        ids.iter()
            .filter_map(|id| desk.model.book.get(&id.as_str().into()))
            .map(|r| r.account.clone())
            .collect(),
    );
    let plan = || {
        import::plan(&Request {
            sources: &sources,
            mappings: &mappings,
            options: &options,
            existing: &existing,
            progress: &|_| {},
        })
        .expect("the import is planned")
    };
    let taken: u64 = plan().kinds.values().map(|c| c.new + c.changed).sum();
    assert!(
        taken as usize > rows / 100,
        "{name}: {taken} of {rows} rows are taken"
    );
    bencher
        .counter(divan::counter::ItemsCount::new(rows))
        .bench_local(|| plan().kinds.len());
}

/// Existing data with accounts only.
struct Empty(Vec<kenshin::testing::domain::account::Account>);

impl kenshin::testing::services::import::ExistingData for Empty {
    fn accounts(
        &self,
    ) -> Result<
        Vec<kenshin::testing::domain::account::Account>,
        kenshin::testing::domain::failure::Failure,
    > {
        Ok(self.0.clone())
    }
    fn records(
        &self,
        _: &kenshin::testing::domain::ids::AccountId,
    ) -> Result<
        Vec<kenshin::testing::domain::records::Record>,
        kenshin::testing::domain::failure::Failure,
    > {
        Ok(Vec::new())
    }
    fn keys(
        &self,
        _: kenshin::testing::services::import::mapping::Through,
    ) -> Result<
        Vec<(
            String,
            kenshin::testing::domain::ids::AccountId,
            Option<chrono::NaiveDate>,
        )>,
        kenshin::testing::domain::failure::Failure,
    > {
        Ok(Vec::new())
    }
    fn usage(
        &self,
        _: &kenshin::testing::domain::ids::AccountId,
    ) -> Result<
        kenshin::testing::domain::facts::usage::Usage,
        kenshin::testing::domain::failure::Failure,
    > {
        Ok(Default::default())
    }
    fn edited(
        &self,
        fields: &[kenshin::testing::domain::settings::EditedField],
    ) -> Result<
        Vec<Option<chrono::DateTime<chrono::Utc>>>,
        kenshin::testing::domain::failure::Failure,
    > {
        Ok(vec![None; fields.len()])
    }
}

/// Plans the touches of all accounts of a prepared data folder.
#[divan::bench(args = sizes(), sample_count = 10)]
fn plan_a_year(bencher: Bencher, accounts: usize) {
    with_desk(accounts, |desk| {
        let until = desk.now().today() + chrono::Duration::days(365);
        let (book, with) = (&desk.model.book, desk.model.desk());
        bencher.bench_local(|| {
            with.entries(
                book,
                kenshin::testing::domain::cadence::schedule::AccountScope::All,
                until,
            )
            .len()
        });
    });
}

#[divan::bench]
fn plan_a_year_of_one(bencher: Bencher) {
    let desk = desk(24, "5");
    let until = desk.now().today() + chrono::Duration::days(365);
    let (book, with) = (&desk.model.book, desk.model.desk());
    bencher.bench_local(|| with.plan(book, &book.rows()[0], until).len());
}

/// Spreads the touches of 26 weeks, including gathering them. The initial budget is a third of the
/// demand, so that every week must be spread.
#[divan::bench(args = sizes(), sample_count = 3)]
fn spread_over_weeks(bencher: Bencher, accounts: usize) {
    use kenshin::testing::domain::cadence::{schedule::AccountScope, spread};
    with_desk(accounts, |desk| {
        let until = desk.now().today() + chrono::Duration::days(182);
        let (book, with) = (&desk.model.book, desk.model.desk());
        bencher.bench_local(|| {
            let entries = with.entries(book, AccountScope::All, until);
            let mut job = spread::job(&with, book, &entries, "Sato");
            // A team's budget for a team's accounts: the mean weekly load.
            let mean = job.before.iter().map(|w| w.load).sum::<u32>() / job.before.len() as u32;
            job.fixed
                .iter_mut()
                .for_each(|w| w.budget = mean + mean / 10);
            black_box(spread::propose(&job).moves.len())
        });
    });
}

/// The Today screen after one account changed: all due items are computed again.
#[divan::bench(args = sizes(), sample_count = 20)]
fn look_at_today(bencher: Bencher, accounts: usize) {
    look_again(bencher, accounts, "1");
}

/// The portfolio after one account changed.
#[divan::bench(args = sizes(), sample_count = 20)]
fn look_at_portfolio(bencher: Bencher, accounts: usize) {
    look_again(bencher, accounts, "2");
}

fn look_again(bencher: Bencher, accounts: usize, screen: &str) {
    with_desk(accounts, |desk| {
        desk.keys(screen);
        let row = desk.model.book.rows()[accounts / 2].clone();
        bencher
            .with_inputs(|| row.clone())
            .bench_local_values(|row| {
                desk.model.book.put(vec![row]);
                desk.send(Msg::Tick);
            });
    });
}

/// A back-test of scored accounts: accuracy by tier and by data age.
#[divan::bench(args = sizes(), sample_count = 5)]
fn fit_a_back_test(bencher: Bencher, accounts: usize) {
    use kenshin::testing::domain::account::Tier;
    use kenshin::testing::domain::health::Dimension;
    use kenshin::testing::domain::health::{Band, truth::Case};
    use kenshin::testing::services::backtest::{Design, Planned, Sample, report};
    let mut rng = fastrand::Rng::with_seed(1);
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).expect("a valid date");
    let samples: Vec<Sample> = (0..accounts)
        .map(|n| {
            let (id, positive, score) = (
                kenshin::testing::domain::ids::AccountId::new(format!("a{n}")),
                n % 50 == 0,
                rng.f64() * 100.0,
            );
            let case = Case {
                id: id.clone(),
                name: String::new(),
                tier: Tier::ALL[n % 4],
                band: Band::Yellow,
                score,
                age: Some(n as i64 % 100),
                positive,
            };
            Sample {
                case: Some(case),
                id,
                positive,
                day,
                parts: [Some(score); Dimension::COUNT],
                score: None,
                attributes: Default::default(),
            }
        })
        .collect();
    let cases = samples
        .iter()
        .map(|s| Planned {
            id: s.id.clone(),
            positive: s.positive,
            day,
            matched: false,
        })
        .collect();
    let design = Design {
        snapshot: true,
        lead: 1,
        cases,
        unlabelled: 0,
    };
    bencher
        .with_inputs(|| samples.clone())
        .bench_local_values(|samples| report(&design, samples));
}

/// All scores, signals and cadences, read from the store and computed again.
#[divan::bench(args = sizes(), sample_count = 3)]
fn score_all(bencher: Bencher, accounts: usize) {
    use kenshin::testing::store::{Durability, Store, rows::Scoring};
    OPEN.with_borrow_mut(HashMap::clear);
    let now =
        kenshin::testing::clock::Clock::new(Some(kenshin::testing::runtime::headless::NOW), None)
            .expect("a valid clock")
            .now();
    let config = kenshin::testing::config::Config::load(None).0;
    let (mut store, _) = Store::open(
        &home(accounts),
        Durability::Relaxed,
        &mut kenshin::testing::domain::ids::Mint::new(1),
        now.at,
    )
    .expect("the store opens");
    let mut policy_stamp = 0;
    bencher.bench_local(|| {
        // A new policy stamp each time, so that no cached result is valid.
        policy_stamp += 1;
        store
            .rows(Scoring {
                context: config.scoring_context(),
                policy_stamp,
                now,
            })
            .expect("the rows are computed")
            .len()
    });
}
