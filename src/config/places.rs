//! Where the store and the configuration lie on this machine.

use std::path::PathBuf;

use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};

use crate::domain::failure::Failure;

/// Where things live on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The store, drafts, journal and backups.
    pub home: PathBuf,
    /// The user's configuration files.
    pub config: PathBuf,
}

impl Places {
    /// `home` is `--home` or `KENSHIN_HOME`; with it, configuration is looked for in
    /// `<home>/config`, so that a home is self-contained.
    pub fn find(home: Option<PathBuf>) -> Result<Self, Failure> {
        if let Some(home) = home {
            return Ok(Self {
                config: home.join("config"),
                home,
            });
        }
        let args = AppStrategyArgs {
            top_level_domain: "org".into(),
            author: "kenshin".into(),
            app_name: "kenshin".into(),
        };
        let strategy = choose_app_strategy(args).map_err(|e| Failure::Io {
            path: "HOME".into(),
            reason: e.to_string(),
        })?;
        Ok(Self {
            home: strategy.data_dir(),
            config: strategy.config_dir(),
        })
    }
}
