//! `kenshin`: opens the desk.

use std::io::IsTerminal;

use clap::ArgMatches;

use super::{Done, Setting};
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::runtime::{self, Opening, answer};
use crate::ui::theme::Theme;
use crate::words;

pub fn open(setting: &mut Setting, checkin: Option<(AccountId, Option<String>)>) -> Done {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Failure::Usage {
            reason: words::commands::did_not_terminal(setting.lang).into(),
        });
    }
    let theme = Theme::choose(&setting.config.desk, |v| std::env::var(v).ok());
    let notices = setting
        .failures
        .iter()
        .map(|f| words::problems::failure(setting.t(), f))
        .collect();
    runtime::open(Opening {
        home: setting.places.home.clone(),
        config: setting.config.clone(),
        config_dir: setting.places.config.clone(),
        author: setting.author.clone(),
        lang: setting.lang,
        clock: setting.clock,
        theme,
        mint: setting.mint.clone(),
        notices,
        checkin,
    })?;
    Ok(0)
}

pub fn checkin(setting: &mut Setting, m: &ArgMatches) -> Done {
    let text = m.get_one::<String>("account").cloned().unwrap_or_default();
    let template = m.get_one::<String>("type").cloned();
    if let Some(t) = &template
        && setting.config.template(t).is_none()
    {
        let known: Vec<&str> = setting
            .config
            .templates
            .iter()
            .map(|x| x.id.as_str())
            .collect();
        return Err(Failure::Usage {
            reason: words::problems::wrong_one_of(setting.lang, known.join(", ")),
        });
    }
    let found = {
        let store = setting.open()?;
        answer::one(&store, None, &text)?.id
    };
    open(setting, Some((found, template)))
}
