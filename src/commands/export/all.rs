//! `kenshin export --all`: everything as lines of JSON that import to the same state. Private lines stay
//! here unless their owner says otherwise.

use std::io::{BufWriter, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::failure::Failure;
use crate::runtime::context::Context;
use crate::runtime::question::Ask;
use crate::runtime::said::{Said, Whole};
use crate::services::export::{Line, Manifest, VERSION, lines};
use crate::store::Store;
use crate::store::files::{private_dir, private_file};
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

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let dir = Path::new(&self.dir);
        private_dir(dir)?;
        let path = dir.join(FILE);
        let temp = dir.join(format!("{FILE}.part"));
        let fail = |e: std::io::Error| Failure::io(&path, &e);
        let mut out = BufWriter::new(
            private_file()
                .write(true)
                .create(true)
                .truncate(true)
                .open(&temp)
                .map_err(fail)?,
        );
        let mut count = 0_u64;
        let mut put = |value: serde_json::Result<Vec<u8>>| -> Result<(), Failure> {
            count += 1;
            let mut line = value.map_err(|e| fail(e.into()))?;
            line.push(b'\n');
            out.write_all(&line).map_err(fail)
        };
        put(serde_json::to_vec(&Manifest {
            kenshin_export: VERSION,
            program: env!("CARGO_PKG_VERSION").into(),
            private: self.private,
        }))?;
        let leaving = |line: Line| {
            if self.private {
                Some(line)
            } else {
                line.public()
            }
        };
        for account in store.accounts()? {
            if let Some(dossier) = store.dossier(&account.id)? {
                for line in lines(dossier).into_iter().filter_map(leaving) {
                    put(serde_json::to_vec(&line))?;
                }
            }
        }
        for record in store.of_desk()? {
            if let Some(line) = leaving(Line::Record(record)) {
                put(serde_json::to_vec(&line))?;
            }
        }
        let file = out.into_inner().map_err(|e| fail(e.into_error()))?;
        file.sync_data().map_err(fail)?;
        std::fs::rename(&temp, &path).map_err(fail)?;
        let json = json!({ "path": path, "records": count - 1 });
        let words = exported(context.lang, path.display(), count - 1);
        Ok(Whole::new(json, words).into())
    }
}
