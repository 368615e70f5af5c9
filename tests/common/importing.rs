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
    pub home: tempfile::TempDir,
}

impl Bench {
    pub fn new() -> Self {
        Self::at(tempfile::tempdir().expect("temporary folder"))
    }

    /// On a folder that may hold a store already.
    pub fn at(home: tempfile::TempDir) -> Self {
        let clock = Clock::new(Some("2026-11-22T10:04:00+09:00"), None).expect("a valid clock");
        Self {
            store: super::build::store(home.path(), clock.now().at),
            mint: Mint::new(5),
            clock,
            home,
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

    pub fn plan_sources(&self, sources: &[Source], options: &Options) -> Plan {
        import::plan(&Request {
            sources,
            mappings: &import::mappings(Vec::new()),
            options,
            existing: &self.store,
            progress: &|_| {},
        })
        .expect("the import is planned")
    }

    pub fn plan_with<B: AsRef<[u8]>>(&self, files: &[(&str, B)], options: &Options) -> Plan {
        let source = |(name, bytes): &(&str, B)| Source::of_bytes(*name, bytes.as_ref().to_vec());
        let sources: Vec<Source> = files.iter().map(source).collect();
        self.plan_sources(&sources, options)
    }

    pub fn plan<B: AsRef<[u8]>>(&self, files: &[(&str, B)]) -> Plan {
        self.plan_with(files, &self.options())
    }

    /// Plans files and writes the plan.
    pub fn take_files<B: AsRef<[u8]>>(&mut self, files: &[(&str, B)]) -> Plan {
        let plan = self.plan(files);
        self.write(&plan);
        plan
    }

    /// Writes a plan. Answers whether each part that was written was the last.
    pub fn write(&mut self, plan: &Plan) -> Vec<bool> {
        let author = Author {
            name: "me".into(),
            device: "test".into(),
            ours: Default::default(),
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
        self.take_files(&[(name, text)])
    }

    /// As [`take`](Self::take), with options and any bytes.
    pub fn take_with(&mut self, name: &str, bytes: &[u8], set: impl Fn(&mut Options)) -> Plan {
        let mut options = self.options();
        set(&mut options);
        let plan = self.plan_with(&[(name, bytes)], &options);
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
