//! `kenshin demo`: an invented portfolio in a home of its own, so that nothing real is touched.

use clap::ArgMatches;

use super::{Done, Setting, desk, say};
use crate::domain::change::{Group, Label, Operation};
use crate::domain::failure::Failure;
use crate::domain::ids::RecordId;
use crate::services::demo;
use crate::store::rows::Scoring;
use crate::store::{Durability, Store};
use crate::words::{self, Lang};

/// Accounts written in one part.
const PART: usize = 100;

pub fn run(setting: &mut Setting, m: &ArgMatches, global: &ArgMatches) -> Done {
    let accounts = m.get_one::<u32>("accounts").copied().unwrap_or(120) as usize;
    let seed = m.get_one::<u64>("seed").copied().unwrap_or(1);
    let chosen = global.get_one::<std::path::PathBuf>("home").is_some()
        || std::env::var_os("KENSHIN_HOME").is_some_and(|h| !h.is_empty());
    let today = setting.clock.now().today();
    if !chosen {
        // A new day gets a fresh demo: its stories end today.
        let lang = if setting.lang == Lang::Ja { "ja" } else { "en" };
        setting.places.home = setting
            .places
            .home
            .join("demo")
            .join(format!("{accounts}-{seed}-{lang}-{today}"));
    }
    if !setting.places.home.join("store").join("db").exists() || m.get_flag("write-only") {
        write(setting, accounts, seed)?;
        say(&words::commands::did_demo(
            setting.lang,
            accounts,
            setting.places.home.display(),
        ));
    }
    if m.get_flag("write-only") {
        Ok(0)
    } else {
        desk::open(setting, None)
    }
}

/// Fills the home. A home that holds other accounts is left alone.
pub fn write(setting: &mut Setting, accounts: usize, seed: u64) -> Result<(), Failure> {
    let now = setting.clock.now();
    let (mut store, _) = Store::open(
        &setting.places.home,
        Durability::Relaxed,
        &mut setting.mint,
        now.at,
    )?;
    if store
        .accounts()?
        .iter()
        .any(|a| !a.id.as_str().starts_with("demo-"))
    {
        return Err(Failure::Refused {
            reason: format!(
                "{}: {}",
                setting.places.home.display(),
                if setting.lang == Lang::Ja {
                    "実データのある場所にはデモを書きません"
                } else {
                    "this home holds real accounts; the demo stays out"
                }
            ),
        });
    }
    let making = demo::Setting {
        seed,
        now,
        me: &setting.author.name,
        templates: &setting.config.templates,
        japanese: setting.lang == Lang::Ja,
    };
    let group: RecordId = setting.mint.next(now.at);
    let parts = accounts.div_ceil(PART);
    for part in 0..parts {
        let (mut changes, mut usage) = (Vec::new(), Vec::new());
        for index in part * PART..((part + 1) * PART).min(accounts) {
            let made = demo::make(index, making);
            changes.extend(made.changes);
            usage.extend(made.usage);
        }
        store.commit(&Operation {
            id: setting.mint.next(now.at),
            at: now.at,
            actor: setting.author.name.clone(),
            device: setting.author.device.clone(),
            label: Label::Demo,
            group: Some(Group {
                id: group.clone(),
                last: part + 1 == parts,
            }),
            changes,
            usage,
        })?;
    }
    store.rows(Scoring {
        lens: setting.config.scoring_context(),
        policy_stamp: setting.config.policy_stamp,
        now,
    })?;
    store.snapshot()?;
    store.close(None, now.today())
}
