//! `kenshin export --all`: all data as JSON lines that import to the same state. Private lines are
//! left out unless the user includes them.

use std::ops::ControlFlow;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::ipc::compact;
use crate::runtime::context::Context;
use crate::runtime::question::Ask;
use crate::runtime::said::{Said, Whole, Work};
use crate::services::export::{Line, Manifest, VERSION, lines};
use crate::store::files::NewFile;
use crate::store::outputs::{self, Sort};
use crate::store::{Frozen, Store};
use crate::words::words;

words! {
    exported(path, count): "Exported {count} record{count:#} to {path}", "レコード {count} 件を書き出しました: {path}";
}

/// Name of the export file.
pub const FILE: &str = "kenshin-export.jsonl";

#[derive(Serialize, Deserialize)]
pub struct Request {
    pub dir: String,
    /// Includes private lines.
    pub private: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub force: bool,
}

impl Ask for Request {
    const ASK: &'static str = "export-all";
    const LONG: bool = true;

    fn answer(self, store: &mut Store, _: &mut Context) -> Result<Said, Failure> {
        let dir = Path::new(&self.dir);
        let mut export = Export {
            accounts: store.account_ids()?,
            next: 0,
            private: self.private,
            file: outputs::create(&dir.join(FILE), store.home(), Sort::Export, self.force)?,
            count: 0,
        };
        export.put(&Manifest {
            kenshin_export: VERSION,
            program: env!("CARGO_PKG_VERSION").into(),
            private: self.private,
        })?;
        Ok(Said::Work(Box::new(Exporting {
            frozen: store.freeze(),
            export: Some(export),
        })))
    }
}

/// A running export of the store's state at its start, regardless of later writes.
struct Exporting {
    frozen: Frozen,
    /// `None` once it is finished.
    export: Option<Export>,
}

/// The file of an export, and its progress.
struct Export {
    accounts: Vec<AccountId>,
    /// Index of the next account to write.
    next: usize,
    private: bool,
    file: NewFile,
    /// Lines written.
    count: usize,
}

impl Export {
    /// Accounts per step, a few milliseconds of work, so that other requests are not delayed.
    const PIECE: usize = 20;

    fn put(&mut self, line: &impl Serialize) -> Result<(), Failure> {
        // Escaped: a reader that takes other characters for ends of lines finds whole lines, too.
        let mut line = compact(line);
        line.push('\n');
        self.count += 1;
        self.file.write(line.as_bytes())
    }

    /// Writes a line, or its public part.
    fn put_line(&mut self, line: Line) -> Result<(), Failure> {
        let line = if self.private {
            Some(line)
        } else {
            line.public()
        };
        line.map_or(Ok(()), |line| self.put(&line))
    }

    fn put_accounts(&mut self, store: &Store) -> Result<(), Failure> {
        let end = (self.next + Self::PIECE).min(self.accounts.len());
        for at in self.next..end {
            for line in store
                .dossier(&self.accounts[at])?
                .into_iter()
                .flat_map(lines)
            {
                self.put_line(line)?;
            }
        }
        self.next = end;
        Ok(())
    }

    /// Records without an account come last.
    fn put_rest(&mut self, store: &Store) -> Result<(), Failure> {
        for record in store.of_desk()? {
            self.put_line(Line::Record(record))?;
        }
        for block in store.observed_blocks()? {
            self.put_line(Line::Observed { observed: block? })?;
        }
        store.mark_for_reopening();
        Ok(())
    }
}

impl Work for Exporting {
    fn step(
        &mut self,
        store: &mut Store,
        context: &Context,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<ControlFlow<Whole>, Failure> {
        let Some(mut export) = self.export.take() else {
            return Ok(ControlFlow::Break(Whole::default()));
        };
        let total = export.accounts.len();
        if export.next < total {
            store.read_at(&self.frozen, |store| export.put_accounts(store))?;
            progress(export.next, total);
            self.export = Some(export);
            return Ok(ControlFlow::Continue(()));
        }
        store.read_at(&self.frozen, |store| export.put_rest(store))?;
        let (path, records) = (export.file.path().to_owned(), export.count - 1);
        export.file.finish()?;
        let json = json!({ "path": path, "records": records });
        let words = exported(context.lang, path.display(), records);
        Ok(ControlFlow::Break(Whole::new(json, words)))
    }
}
