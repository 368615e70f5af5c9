//! `kenshin demo`: an invented portfolio in its own data folder, separate from real data.

use std::path::PathBuf;

use clap::{ArgMatches, value_parser};

use super::arguments::{flag, option};
use super::command::{Command, Run};
use super::desk;
use super::output::say;
use super::session::{Done, Session};
use crate::domain::change::{Group, Label, Operation};
use crate::domain::failure::Failure;
use crate::domain::ids::RecordId;
use crate::services::demo;
use crate::store::rows::Scoring;
use crate::store::{Durability, Store};
use crate::words::{Lang, words};

words! {
    about: "Open a demo portfolio", "デモのポートフォリオを開く";
    accounts_help: "Number of accounts", "アカウント数";
    seed_help: "Random seed", "乱数のシード";
    write_only: "Create the demo data without opening it", "デモデータの作成のみで、開かない";
    created(accounts, home): "Created {accounts} demo account{accounts:#} in {home}", "デモアカウントを {accounts} 件作成しました: {home}";
    real_accounts(home): "{home}: this home holds real accounts; the demo stays out", "{home}: 実データのある場所にはデモを書きません";
}

pub const COMMAND: Command = Command {
    path: &["demo"],
    about,
    arguments,
    run: Run::Alone(run),
};

/// Accounts written per operation.
const PART: usize = 100;

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .arg(
            option("accounts", accounts_help(lang))
                .value_name("N")
                .default_value("120")
                .value_parser(value_parser!(u32).range(1..=100_000)),
        )
        .arg(
            option("seed", seed_help(lang))
                .value_name("S")
                .default_value("1")
                .value_parser(value_parser!(u64)),
        )
        .arg(flag("write-only", write_only(lang)))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    if !m.get_flag("write-only") {
        desk::needs_terminal(session.lang)?;
    }
    let accounts = m.get_one::<u32>("accounts").copied().unwrap_or(120) as usize;
    let seed = m.get_one::<u64>("seed").copied().unwrap_or(1);
    let chosen = m.get_one::<PathBuf>("home").is_some()
        || std::env::var_os("KENSHIN_HOME").is_some_and(|h| !h.is_empty());
    let today = session.clock.now().today();
    if !chosen {
        // Each day gets a fresh demo, because its stories end today.
        let lang = if session.lang == Lang::Ja { "ja" } else { "en" };
        session.places.home = session
            .places
            .home
            .join("demo")
            .join(format!("{accounts}-{seed}-{lang}-{today}"));
    }
    if !session.places.home.join("store").join("db").exists() || m.get_flag("write-only") {
        write(session, accounts, seed)?;
        let home = session.places.home.display();
        say(&created(session.lang, accounts, home));
    }
    if m.get_flag("write-only") {
        Ok(0)
    } else {
        desk::open(session, None)
    }
}

/// Fills the data folder. Refuses a folder that holds other accounts.
fn write(session: &mut Session, accounts: usize, seed: u64) -> Result<(), Failure> {
    let now = session.clock.now();
    let (mut store, _) = Store::open(
        &session.places.home,
        Durability::Relaxed,
        &mut session.mint,
        now.at,
    )?;
    if store
        .accounts()?
        .iter()
        .any(|a| !a.id.as_str().starts_with("demo-"))
    {
        return Err(Failure::Refused {
            reason: real_accounts(session.lang, session.places.home.display()),
        });
    }
    let making = demo::Setting {
        seed,
        now,
        me: &session.author.name,
        templates: &session.config.templates,
        japanese: session.lang == Lang::Ja,
    };
    let group: RecordId = session.mint.next(now.at);
    let parts = accounts.div_ceil(PART);
    for part in 0..parts {
        let (mut changes, mut usage) = (Vec::new(), Vec::new());
        for index in part * PART..((part + 1) * PART).min(accounts) {
            let made = demo::make(index, making);
            changes.extend(made.changes);
            usage.extend(made.usage);
        }
        store.commit(&Operation {
            id: session.mint.next(now.at),
            at: now.at,
            actor: session.author.name.clone(),
            device: session.author.device.clone(),
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
        context: session.config.scoring_context(),
        policy_stamp: session.config.policy_stamp,
        now,
    })?;
    store.snapshot()?;
    store.close(None, now.today())
}
