//! Imports in the desk: the plan, its preview, and the writing of a confirmed plan.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Worker;
use crate::app::importing::state::{Effect, Msg as Importing, Planned};
use crate::app::msg::Msg;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::runtime::{importing, prose};
use crate::services::import::mapping::Wish;
use crate::services::import::{self, FileReport, Options, Plan, Reason};
use crate::words::{self, Lang};

/// Rejected rows that the preview lists; the file of rejects holds them all.
const REJECTS_SHOWN: usize = 20;

impl Worker {
    pub(super) fn import(
        &mut self,
        effect: Effect,
        send: &mut dyn FnMut(Msg),
    ) -> Result<(), Failure> {
        match effect {
            Effect::Plan {
                paths,
                answers,
                sheet,
            } => {
                let zone = self.clock.now().zone;
                if prose::documents(&paths, zone, self.lang)?.is_some() {
                    send(Msg::Importing(Importing::Notes { paths }));
                    return Ok(());
                }
                let (plan, sheets) = self.plan(&paths, answers, sheet, send)?;
                let planned = Box::new(preview(self.lang, &plan, sheets));
                send(Msg::Importing(Importing::Planned(planned)));
                self.planned = Some(plan);
                Ok(())
            }
            Effect::Write => match self.planned.take() {
                Some(plan) => self.write_plan(&plan, send),
                None => Ok(()),
            },
        }
    }

    /// The plan, and the sheets to choose from when the source is one workbook.
    fn plan(
        &mut self,
        paths: &[PathBuf],
        answers: Vec<(String, AccountId)>,
        sheet: Option<String>,
        send: &mut dyn FnMut(Msg),
    ) -> Result<(Plan, Vec<String>), Failure> {
        let sources = importing::sources(paths)?;
        let (own, failures) = importing::saved_mappings(&self.config_dir);
        if let Some(failure) = failures.into_iter().next() {
            return Err(failure);
        }
        let mappings = import::mappings(own);
        let options = Options {
            wish: Wish::default(),
            sheet,
            account: None,
            create_accounts: false,
            answers: answers.into_iter().collect(),
            now: self.clock.now(),
        };
        let sheets = if let [only] = &sources[..] {
            import::table::sheets(only)
        } else {
            Vec::new()
        };
        let send = RefCell::new(send);
        let plan = import::plan(&import::Request {
            sources: &sources,
            mappings: &mappings,
            options: &options,
            existing: &self.store,
            progress: &|rows| send.borrow_mut()(Msg::Importing(Importing::Progress { rows })),
        })?;
        Ok((plan, sheets))
    }

    fn write_plan(&mut self, plan: &Plan, send: &mut dyn FnMut(Msg)) -> Result<(), Failure> {
        let now = self.clock.now();
        importing::back_up_before(&mut self.store, plan, now)?;
        let operations = importing::write(
            &mut self.store,
            plan,
            &self.author,
            now,
            &mut self.mint,
            |rows| send(Msg::Importing(Importing::Progress { rows })),
        )?;
        self.stored(operations, send);
        let rejects = importing::write_rejects(self.store.home(), plan, now, self.lang)?;
        let rejects_file = rejects.first().map(|p| p.display().to_string());
        send(Msg::Importing(Importing::Done { rejects_file }));
        Ok(())
    }
}

/// The plan as the desk shows it.
fn preview(lang: Lang, plan: &Plan, sheets: Vec<String>) -> Planned {
    let is_unknown = |reason: &Reason| matches!(reason, Reason::UnknownAccount { .. });
    let rejects = plan.rejects.iter().filter(|r| !is_unknown(&r.reason));
    let files = plan.files.iter();
    let kinds = plan.kinds.iter();
    Planned {
        files: files
            .map(|f| (f.name.clone(), recognised(lang, f)))
            .collect(),
        kinds: kinds
            .map(|(kind, c)| {
                let counts = [c.new, c.changed, c.unchanged, c.rejected, c.flagged];
                (kind.words(lang).to_owned(), counts)
            })
            .collect(),
        samples: plan.samples.values().flatten().cloned().collect(),
        rejects: rejects
            .take(REJECTS_SHOWN)
            .map(|r| importing::reject_line(lang, r))
            .collect(),
        unknown: unknown_accounts(plan),
        sheets,
        empty: plan.is_empty(),
    }
}

/// What a file was recognised as: its kind, rows and columns, or why it was left out.
fn recognised(lang: Lang, file: &FileReport) -> String {
    if let Some(problem) = &file.problem {
        return problem.words(lang);
    }
    let Some(kind) = file.kind else {
        return String::new();
    };
    let column = |(field, header): &(String, String)| {
        if field == header {
            field.clone()
        } else {
            format!("{field}={header}")
        }
    };
    let columns: Vec<String> = file.columns.iter().map(column).collect();
    let mut text = format!(
        "{} ({}) · {} · {}",
        kind.words(lang),
        file.mapping,
        words::importing::rows_n(lang, file.rows),
        columns.join(" ")
    );
    if !file.kept.is_empty() {
        text.push_str(" · ");
        text.push_str(&words::importing::kept_columns(lang, file.kept.join(", ")));
    }
    if !file.ignored.is_empty() {
        text.push_str(" · ");
        text.push_str(&words::importing::ignored(lang, file.ignored.join(", ")));
    }
    text
}

/// Names that no account has: each with its number of rows and the accounts with a similar name.
fn unknown_accounts(plan: &Plan) -> Vec<(String, u64, Vec<String>)> {
    let mut unknown: BTreeMap<&str, (u64, &Vec<String>)> = BTreeMap::new();
    for reject in &plan.rejects {
        if let Reason::UnknownAccount { near } = &reject.reason {
            unknown.entry(&reject.value).or_insert((0, near)).0 += 1;
        }
    }
    let unknown = unknown.into_iter();
    unknown
        .map(|(name, (rows, near))| (name.to_owned(), rows, near.clone()))
        .collect()
}
