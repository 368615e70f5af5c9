//! The hot paths: drawing, keys, filtering, scoring, packing, importing, keeping a note. Figures
//! and the machine they were taken on are in `benches/README.md`.

use divan::{Bencher, black_box};
use kenshin::app::msg::Msg;
use kenshin::domain::book::Book;
use kenshin::domain::facts::usage::Series;
use kenshin::domain::search::Search;
use kenshin::domain::view::Query;
use kenshin::i18n::Lang;
use kenshin::keys::Key;
use kenshin::runtime::headless::Desk;

fn main() {
    divan::main();
}

fn desk(accounts: usize, script: &str) -> Desk {
    let mut desk = Desk::demo(Lang::En, accounts).expect("opens");
    desk.resize(120, 40);
    desk.keys("2");
    desk.keys(script);
    desk
}

const SCREENS: [(&str, &str); 7] =
    [("portfolio", ""), ("today", "1"), ("signals", "<ret><tab>"), ("account", "<ret>"), ("usage", "<ret><tab><tab>"), ("brief", "p"), ("live", "c<ret><ret>text")];

#[divan::bench(args = SCREENS.map(|s| s.0))]
fn draw(bencher: Bencher, screen: &str) {
    let script = SCREENS.iter().find(|s| s.0 == screen).map_or("", |s| s.1);
    let mut desk = desk(1_000, script);
    bencher.bench_local(|| black_box(desk.buffer()));
}

#[divan::bench(args = [100, 10_000])]
fn move_down(bencher: Bencher, accounts: usize) {
    let mut desk = desk(accounts, "");
    bencher.bench_local(|| desk.send(Msg::Key(Key::char('j'))));
}

#[divan::bench(args = [100, 10_000], sample_count = 40)]
fn filter_keystroke(bencher: Bencher, accounts: usize) {
    let mut desk = desk(accounts, "/ao");
    let mut on = false;
    bencher.bench_local(|| {
        on = !on;
        desk.send(Msg::Key(if on { Key::char('b') } else { Key::script("<bs>")[0] }));
    });
}

/// One keystroke at the end of a workshop's note, listened to and drawn.
#[divan::bench(args = [10, 3_000])]
fn type_in_a_call(bencher: Bencher, lines: usize) {
    let mut desk = desk(100, "c<ret><ret>");
    let text: String = (0..lines).map(|i| format!("{i} the team is resisting, まだ決めていません\n")).collect();
    desk.paste(&text);
    bencher.bench_local(|| {
        desk.send(Msg::Key(Key::char('x')));
        black_box(desk.buffer());
    });
}

#[divan::bench]
fn listen_to_a_line(bencher: Bencher) {
    let lexicon = kenshin::config::Config::load(None).0.phrases;
    bencher.bench_local(|| lexicon.listen(black_box("青葉様: 来期の体制はまだ決めていません、レポートが遅くて")));
}

#[divan::bench(sample_count = 40)]
fn open_account(bencher: Bencher) {
    let mut desk = desk(1_000, "");
    bencher.bench_local(|| {
        desk.send(Msg::Key(Key::script("<ret>")[0]));
        desk.send(Msg::Key(Key::char('q')));
    });
}

/// All that is computed anew for an account after one change: score, signals, contradictions.
#[divan::bench]
fn judge_one_account(bencher: Bencher) {
    let mut desk = desk(100, "<ret>");
    let dossier = desk.model.account.as_mut().and_then(|a| a.dossier.take()).expect("read");
    let config = kenshin::config::Config::load(None).0;
    let feeds = kenshin::domain::dossier::Feeds { tickets: Some(desk.now().today()), usage: dossier.usage.last_day() };
    bencher.bench_local(|| black_box(kenshin::domain::summary::standing(&dossier, feeds, config.lens(), desk.now())));
}

/// The brief, its store reads included.
#[divan::bench(sample_count = 40)]
fn prepare(bencher: Bencher) {
    let mut desk = desk(1_000, "");
    bencher.bench_local(|| {
        desk.keys("p");
        black_box(desk.buffer());
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
    bencher.bench_local(|| (0..book.rows().len()).filter_map(|i| search.rank(book.haystack(i))).count());
}

#[divan::bench]
fn unpack_a_year(bencher: Bencher) {
    let packed = Series::from_points((0..365).map(|i| (739_000 + i, f64::from(i * 7 % 100))).collect()).pack();
    bencher.bench_local(|| black_box(Series::unpack(&packed)));
}

#[divan::bench(sample_count = 20)]
fn keep_a_note_durably(bencher: Bencher) {
    use kenshin::store::{Durability, Store};
    let home = tempfile::tempdir().expect("dir");
    let now = kenshin::clock::Clock::new(Some("2026-11-22T10:04:00+09:00"), None).expect("clock").now();
    let mut mint = kenshin::domain::ids::Mint::new(1);
    let (mut store, _) = Store::open(home.path(), Durability::Full, &mut mint, now.at).expect("opens");
    let author = kenshin::services::capture::Author { name: "me".into(), device: "bench".into() };
    bencher.bench_local(|| {
        let captured = kenshin::services::capture::read("a note ! and an action ^fri", kenshin::services::capture::Context { me: "me", contacts: &[], now });
        let op = kenshin::services::capture::note(&"a".into(), "A", kenshin::domain::note::Kind::Quick, &captured, &author, now, &mut mint);
        store.commit(&op).expect("commits")
    });
}

#[divan::bench(sample_count = 5)]
fn plan_two_hundred_thousand_usage_rows(bencher: Bencher) {
    use kenshin::services::import::{self, Options, Request, mapping::Wish, table::Source};
    let desk = desk(100, "");
    let ids: Vec<String> = desk.model.book.rows().iter().map(|r| r.account.id.to_string()).collect();
    let mut text = String::from("account_id,date,metric,value\n");
    for i in 0..200_000_usize {
        text.push_str(&format!("{},2025-{:02}-{:02},m{},{}\n", ids[i / 2_000], i / 28 % 12 + 1, i % 28 + 1, i / 336 % 6, i % 97));
    }
    let sources = [Source::of_bytes("usage.csv", text.into_bytes())];
    let mappings = import::mappings(Vec::new());
    let options = Options { wish: Wish::default(), sheet: None, account: None, create_accounts: false, answers: Default::default(), now: desk.now() };
    let shelf = Empty(desk.model.book.rows().iter().map(|r| r.account.clone()).collect());
    bencher
        .counter(divan::counter::ItemsCount::new(200_000_usize))
        .bench_local(|| import::plan(&Request { sources: &sources, mappings: &mappings, options: &options, shelf: &shelf, progress: &|_| {} }).expect("plans").kinds.len());
}

/// A shelf with accounts and nothing else.
struct Empty(Vec<kenshin::domain::account::Account>);

impl kenshin::services::import::Shelf for Empty {
    fn accounts(&self) -> Result<Vec<kenshin::domain::account::Account>, kenshin::domain::failure::Failure> {
        Ok(self.0.clone())
    }
    fn records(&self, _: &kenshin::domain::ids::AccountId) -> Result<Vec<kenshin::domain::change::Record>, kenshin::domain::failure::Failure> {
        Ok(Vec::new())
    }
    fn keys(
        &self,
        _: kenshin::services::import::mapping::Through,
    ) -> Result<Vec<(String, kenshin::domain::ids::AccountId, Option<chrono::NaiveDate>)>, kenshin::domain::failure::Failure> {
        Ok(Vec::new())
    }
    fn usage(&self, _: &kenshin::domain::ids::AccountId) -> Result<kenshin::domain::facts::usage::Usage, kenshin::domain::failure::Failure> {
        Ok(Default::default())
    }
}

/// What plans are made on, over the demo's rows.
fn planning(accounts: usize) -> Desk {
    let mut desk = desk(accounts, "5");
    desk.model.cadence.all = true;
    desk
}

/// The touches of a year for every account.
#[divan::bench(args = [1, 1_000, 10_000], sample_count = 20)]
fn plan_a_year(bencher: Bencher, accounts: usize) {
    let desk = planning(accounts.max(24));
    let until = desk.now().today() + chrono::Duration::days(365);
    let (book, with) = (&desk.model.book, desk.model.desk());
    bencher.bench_local(|| match accounts {
        1 => with.plan(book, &book.rows()[0], until).len(),
        _ => with.entries(book, kenshin::domain::cadence::schedule::Whose::All, until).len(),
    });
}

/// Spreads the touches of 26 weeks, gathering them included; the budget is a third of what is needed
/// at first, so that every week is in question.
#[divan::bench(args = [300, 10_000], sample_count = 5)]
fn spread_over_weeks(bencher: Bencher, accounts: usize) {
    use kenshin::domain::cadence::{schedule::Whose, spread};
    let desk = planning(accounts);
    let until = desk.now().today() + chrono::Duration::days(182);
    let (book, with) = (&desk.model.book, desk.model.desk());
    bencher.bench_local(|| {
        let entries = with.entries(book, Whose::All, until);
        let mut job = spread::job(&with, book, &entries, "Sato");
        // A team's budget for a team's accounts: the mean of what is asked for.
        let mean = job.before.iter().map(|w| w.load).sum::<u32>() / job.before.len() as u32;
        job.fixed.iter_mut().for_each(|w| w.budget = mean + mean / 10);
        black_box(spread::propose(&job).moves.len())
    });
}

#[divan::bench(args = [100, 10_000])]
fn draw_calendar(bencher: Bencher, accounts: usize) {
    let mut desk = desk(accounts, "5");
    bencher.bench_local(|| black_box(desk.buffer()));
}

/// A key on the first screen: all that is due is looked for again after a change.
#[divan::bench(args = [100, 10_000], sample_count = 20)]
fn look_at_today(bencher: Bencher, accounts: usize) {
    let mut desk = desk(accounts, "1");
    bencher.bench_local(|| {
        desk.model.book.version += 1;
        desk.send(Msg::Tick);
    });
}
