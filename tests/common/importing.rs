//! A store into which tests import files that they hold in memory.

use kenshin::testing::clock::Clock;
use kenshin::testing::domain::account::Account;
use kenshin::testing::domain::dossier::Dossier;
use kenshin::testing::domain::ids::Mint;
use kenshin::testing::ops::Author;
use kenshin::testing::runtime::importing;
use kenshin::testing::services::import::mapping::Wish;
use kenshin::testing::services::import::table::Source;
use kenshin::testing::services::import::{self, Counts, Kind, Options, Plan, Request};
use kenshin::testing::store::Store;

pub struct Bench {
    pub store: Store,
    pub mint: Mint,
    pub clock: Clock,
    _home: tempfile::TempDir,
}

impl Bench {
    pub fn new() -> Self {
        let home = tempfile::tempdir().expect("temporary folder");
        let clock = Clock::new(Some("2026-11-22T10:04:00+09:00"), None).expect("a valid clock");
        Self {
            store: super::build::store(home.path(), clock.now().at),
            mint: Mint::new(5),
            clock,
            _home: home,
        }
    }

    pub fn options(&self) -> Options {
        Options {
            wish: Wish::default(),
            account: None,
            create_accounts: false,
            answers: Default::default(),
            theirs: Default::default(),
            now: self.clock.now(),
        }
    }

    pub fn plan_with(&self, files: &[(&str, Vec<u8>)], options: &Options) -> Plan {
        let sources: Vec<Source> = files
            .iter()
            .map(|(name, bytes)| Source::of_bytes(*name, bytes.clone()))
            .collect();
        import::plan(&Request {
            sources: &sources,
            mappings: &import::mappings(Vec::new()),
            options,
            existing: &self.store,
            progress: &|_| {},
        })
        .expect("the import is planned")
    }

    /// Writes a plan. Answers whether each part that was written was the last.
    pub fn write(&mut self, plan: &Plan) -> Vec<bool> {
        let author = Author {
            name: "me".into(),
            device: "test".into(),
        };
        let now = self.clock.now();
        importing::write(&mut self.store, plan, &author, now, &mut self.mint, |_| {})
            .expect("the write succeeds")
            .iter()
            .map(|op| op.group.as_ref().is_some_and(|g| g.last))
            .collect()
    }

    /// Plans one file of text and writes the plan.
    pub fn take(&mut self, name: &str, text: &str) -> Plan {
        self.take_with(name, text.as_bytes(), |_| {})
    }

    /// As [`take`](Self::take), with options and any bytes.
    pub fn take_with(&mut self, name: &str, bytes: &[u8], set: impl Fn(&mut Options)) -> Plan {
        let mut options = self.options();
        set(&mut options);
        let plan = self.plan_with(&[(name, bytes.to_vec())], &options);
        self.write(&plan);
        plan
    }

    pub fn dossier(&self, id: &str) -> Dossier {
        self.store
            .dossier(&id.into())
            .expect("the read succeeds")
            .expect("it exists")
    }

    pub fn account(&self, id: &str) -> Account {
        self.dossier(id).account
    }

    /// The ids of all accounts, in order.
    pub fn ids(&self) -> Vec<String> {
        let all = self.store.accounts().expect("the read succeeds");
        all.into_iter().map(|a| a.id.to_string()).collect()
    }
}

pub fn counts(plan: &Plan, kind: Kind) -> Counts {
    plan.kinds.get(&kind).copied().unwrap_or_default()
}
