//! The places of the store and the configuration on this machine.

use std::path::PathBuf;

use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};

use crate::domain::failure::Failure;

/// The folders of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The store, drafts, journal and backups.
    pub home: PathBuf,
    /// The user's configuration files.
    pub config: PathBuf,
}

impl Places {
    /// `home` is `--home` or `KENSHIN_HOME`. With it, configuration is read from `<home>/config`,
    /// so that the home is self-contained. Fails where the system names no folder for the user.
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
