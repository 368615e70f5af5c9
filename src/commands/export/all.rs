//! `kenshin export --all`: everything as lines of JSON that import to the same state. Private lines stay
//! here unless their owner says otherwise.

use std::ops::ControlFlow;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::runtime::context::Context;
use crate::runtime::question::Ask;
use crate::runtime::said::{Said, Whole, Work};
use crate::services::export::{Line, Manifest, VERSION, lines};
use crate::store::files::{NewFile, private_dir};
use crate::store::{Frozen, Store};
use crate::words::words;

words! {
    exported(path, count): "Exported {count} record{count:#} to {path}", "レコード {count} 件を書き出しました: {path}";
}

/// The file of a whole export.
pub const FILE: &str = "kenshin-export.jsonl";

#[derive(Serialize, Deserialize)]
pub struct Request {
    pub dir: String,
    /// Private lines go with it.
    pub private: bool,
}

impl Ask for Request {
    const ASK: &'static str = "export-all";
    const LONG: bool = true;

    fn answer(self, store: &mut Store, _: &mut Context) -> Result<Said, Failure> {
        let dir = Path::new(&self.dir);
        private_dir(dir)?;
        let mut export = Export {
            accounts: store.account_ids()?,
            next: 0,
            private: self.private,
            file: NewFile::create(&dir.join(FILE))?,
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

/// The export under way: of the store as it stood when it began, whatever is written meanwhile.
struct Exporting {
    frozen: Frozen,
    /// None once it is finished.
    export: Option<Export>,
}

/// The file of an export, and how far it is.
struct Export {
    accounts: Vec<AccountId>,
    /// The first account that is not written yet.
    next: usize,
    private: bool,
    file: NewFile,
    /// Lines that were written.
    count: usize,
}

impl Export {
    /// Accounts between two looks at what else there is to do: a few milliseconds.
    const PIECE: usize = 20;

    fn put(&mut self, line: &impl Serialize) -> Result<(), Failure> {
        let mut bytes =
            serde_json::to_vec(line).map_err(|e| Failure::io(self.file.path(), &e.into()))?;
        bytes.push(b'\n');
        self.count += 1;
        self.file.write(&bytes)
    }

    /// Writes a line, or what of it may leave.
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

    /// What belongs to no account comes last.
    fn put_rest(&mut self, store: &Store) -> Result<(), Failure> {
        for record in store.of_desk()? {
            self.put_line(Line::Record(record))?;
        }
        store.looked_far();
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
