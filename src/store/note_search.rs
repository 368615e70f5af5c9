//! Full-text search of notes, over all accounts. The folded text of every note is in one disposable
//! file, oldest first, in blocks. A search reads it from the end, so that common words are found in
//! the last blocks and a rare word costs one pass over the file. The file only refers to notes; the
//! shown text is read from the tree.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::unix::fs::FileExt;

use memchr::memmem::Finder;

use super::files::{private_dir, private_file, write_atomic};
use super::handle::Store;
use super::note_file::{FORM, Head, WORTH, entries, entry};
use super::sealed::seal;
use super::{codec, keys};
use crate::domain::failure::Failure;
use crate::domain::note::Note;
use crate::domain::text::fold;

impl Store {
    /// The notes that contain all of the folded words, newest first, at most this many; without
    /// words the newest notes.
    pub fn find_notes(&mut self, words: &[String], most: usize) -> Result<Vec<Note>, Failure> {
        let head = self.notes_file()?;
        if let Some(found) = self.find_in(&head, words, most)? {
            return Ok(found);
        }
        // A block is damaged: the file is made anew.
        let head = self.write_notes()?;
        let found = self.find_in(&head, words, most)?;
        found.ok_or_else(|| Failure::Damaged {
            path: self.notes_path().display().to_string(),
            reason: "a checksum is wrong".into(),
        })
    }

    /// As [`Store::find_notes`], in a file with this head; `None` if a block of it is damaged.
    fn find_in(
        &self,
        head: &Head,
        words: &[String],
        most: usize,
    ) -> Result<Option<Vec<Note>>, Failure> {
        let path = self.notes_path();
        let fail = |e: std::io::Error| Failure::io(&path, &e);
        let file = File::open(&path).map_err(fail)?;
        // The longest word is probably the rarest: testing it first skips most blocks.
        let mut finders: Vec<Finder> = words.iter().map(|w| Finder::new(w.as_str())).collect();
        finders.sort_by_key(|f| std::cmp::Reverse(f.needle().len()));
        let mut seen: HashSet<Vec<u8>> = HashSet::new();
        let mut found = Vec::new();
        let mut block = Vec::new();
        let mut end = head.bytes;
        for (start, sum) in head.blocks.iter().rev() {
            block.resize((end - start) as usize, 0);
            file.read_exact_at(&mut block, *start).map_err(fail)?;
            end = *start;
            if crc32fast::hash(&block) != *sum {
                return Ok(None);
            }
            if finders.iter().any(|f| f.find(&block).is_none()) {
                continue;
            }
            let hits: Vec<&[u8]> = entries(&block)
                .filter(|(_, text)| finders.iter().all(|f| f.find(text).is_some()))
                .map(|(key, _)| key)
                .collect();
            for key in hits.into_iter().rev() {
                // A common word fills the list from the newest notes: stop there.
                if found.len() >= most {
                    break;
                }
                if !seen.insert(key.to_vec()) {
                    continue;
                }
                // The note of an entry may have been changed or removed since.
                if let Some(note) = self.one::<Note>(key)?.filter(|n| n.has(words)) {
                    found.push(note);
                }
            }
            if found.len() >= most {
                break;
            }
        }
        found.sort_by_key(|n| std::cmp::Reverse(n.at));
        found.truncate(most);
        Ok(Some(found))
    }

    /// The file, updated with later operations, or rebuilt.
    fn notes_file(&mut self) -> Result<Head, Failure> {
        let head = Head::read(&self.head_path());
        let sound = |h: &Head| {
            h.form == FORM
                && h.seq <= self.meta.seq
                && self.meta.seq - h.seq <= WORTH
                && h.operation == self.operation_at(h.seq)
                && self
                    .notes_path()
                    .metadata()
                    .is_ok_and(|m| m.len() >= h.bytes)
        };
        if let Some(head) = head.filter(sound) {
            if head.seq == self.meta.seq {
                return Ok(head);
            }
            if let Some(touched) = self.notes_since(head.seq) {
                return self.append_notes(head, touched);
            }
        }
        self.write_notes()
    }

    /// The keys of notes that changed after an operation, in the order of the changes; `None` if
    /// the journal does not reach back that far.
    fn notes_since(&self, seq: u64) -> Option<Vec<Vec<u8>>> {
        let log: Vec<_> = self.log().take_while(|e| e.seq > seq).collect();
        let mut out = Vec::new();
        for head in log.iter().rev() {
            let op = self.body(head).ok()?;
            out.extend(
                op.changes
                    .iter()
                    .filter_map(|c| c.record()?.typed::<Note>())
                    .map(keys::of),
            );
        }
        Some(out)
    }

    fn append_notes(&self, mut head: Head, touched: Vec<Vec<u8>>) -> Result<Head, Failure> {
        let path = self.notes_path();
        let fail = |e: std::io::Error| Failure::io(&path, &e);
        let file = private_file().write(true).open(&path).map_err(fail)?;
        let start = head.bytes;
        let mut out = Vec::new();
        for key in touched {
            if let Some(note) = self.one::<Note>(&key)? {
                let before = out.len();
                entry(&key, &fold(&note.text), &mut out);
                head.add(&out[before..]);
            }
        }
        file.write_all_at(&out, start).map_err(fail)?;
        head.seq = self.meta.seq;
        head.operation = self.operation_at(head.seq);
        write_atomic(&self.head_path(), &seal(&codec::json(&head)))?;
        Ok(head)
    }

    /// Writes the file: every note once in the order of the tree, then sorted by time.
    fn write_notes(&self) -> Result<Head, Failure> {
        let path = self.notes_path();
        private_dir(path.parent().unwrap_or(&self.home))?;
        let fail = |e: std::io::Error| Failure::io(&path, &e);
        let (unsorted, sorted) = (
            path.with_extension("unsorted"),
            super::files::temporary(&path),
        );
        let _ = std::fs::remove_file(self.head_path());
        let mut places = Vec::new();
        let mut at = 0_u64;
        let mut buffer = Vec::new();
        {
            let mut out = BufWriter::with_capacity(
                1 << 18,
                private_file()
                    .write(true)
                    .create(true)
                    .truncate(true)
                    .open(&unsorted)
                    .map_err(fail)?,
            );
            for pair in self.tree.walk([keys::letter::<Note>(0)]) {
                let (key, value) = pair.map_err(|e| self.sled_failure(&e))?;
                let Ok(note) = codec::from_json::<Note>(&value) else {
                    continue;
                };
                buffer.clear();
                entry(&key, &fold(&note.text), &mut buffer);
                out.write_all(&buffer).map_err(fail)?;
                places.push((note.at, at, buffer.len()));
                at += buffer.len() as u64;
            }
            out.flush().map_err(fail)?;
        }
        places.sort_unstable();
        let from = File::open(&unsorted).map_err(fail)?;
        let mut head = Head {
            form: FORM,
            seq: self.meta.seq,
            operation: self.operation_at(self.meta.seq),
            bytes: 0,
            blocks: Vec::new(),
        };
        let mut out = BufWriter::with_capacity(
            1 << 18,
            private_file()
                .write(true)
                .create(true)
                .truncate(true)
                .open(&sorted)
                .map_err(fail)?,
        );
        for (_, start, len) in places {
            buffer.resize(len, 0);
            from.read_exact_at(&mut buffer, start).map_err(fail)?;
            head.add(&buffer);
            out.write_all(&buffer).map_err(fail)?;
        }
        out.flush().map_err(fail)?;
        let _ = std::fs::remove_file(&unsorted);
        std::fs::rename(&sorted, &path).map_err(fail)?;
        write_atomic(&self.head_path(), &seal(&codec::json(&head)))?;
        Ok(head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Change, Label, Operation};
    use crate::domain::ids::Mint;
    use crate::domain::note::Kind;
    use crate::store::Durability;

    fn note(id: &str, minute: i64, text: &str) -> Note {
        let at = chrono::DateTime::UNIX_EPOCH + chrono::Duration::minutes(minute);
        Note {
            id: id.into(),
            account: "a".into(),
            kind: Kind::Quick,
            at,
            author: "me".into(),
            text: text.into(),
            tags: vec![],
            quotes: vec![],
            checkin: None,
            context: None,
        }
    }

    fn commit(store: &mut Store, changes: Vec<Change>) {
        let at = chrono::DateTime::UNIX_EPOCH;
        let id = format!("op{}", store.seq());
        let op = Operation {
            id: id.as_str().into(),
            at,
            actor: "me".into(),
            device: "test".into(),
            label: Label::Demo,
            group: None,
            changes,
            usage: vec![],
        };
        store.commit(&op).expect("commits");
    }

    fn found(store: &mut Store, words: &str) -> Vec<String> {
        let words: Vec<String> = words.split_whitespace().map(fold).collect();
        store
            .find_notes(&words, 3)
            .expect("finds")
            .into_iter()
            .map(|n| n.text)
            .collect()
    }

    #[test]
    fn a_search_finds_the_current_notes_newest_first() {
        let home = tempfile::tempdir().expect("a folder");
        let mut store = Store::open(
            home.path(),
            Durability::Relaxed,
            &mut Mint::new(1),
            chrono::DateTime::UNIX_EPOCH,
        )
        .expect("opens")
        .0;
        assert!(found(&mut store, "").is_empty(), "nothing yet");
        let put = |n: &Note| Change::create(n.clone());
        let (one, two) = (
            note("1", 2, "SSOの話。ﾚﾎﾟｰﾄが遅い"),
            note("2", 1, "sso was asked for"),
        );
        commit(&mut store, vec![put(&one), put(&two)]);
        assert_eq!(found(&mut store, "ＳＳＯ"), [one.text.as_str(), &two.text]);
        assert_eq!(found(&mut store, "レポート sso"), [one.text.as_str()]);
        // A later note is appended; a changed or removed note is not found by its old text.
        let changed = Note {
            text: "nothing of that".into(),
            ..two.clone()
        };
        commit(
            &mut store,
            vec![Change::update(two.clone(), changed.clone())],
        );
        commit(
            &mut store,
            vec![put(&note("3", 9, "SSO again")), Change::remove(one)],
        );
        assert_eq!(found(&mut store, "sso"), ["SSO again"]);
        assert_eq!(found(&mut store, ""), ["SSO again", "nothing of that"]);
        let head = |s: &Store| std::fs::read(s.head_path()).expect("a head");
        let before = head(&store);
        // An incomplete write, and a missing file.
        std::fs::OpenOptions::new()
            .append(true)
            .open(store.notes_path())
            .and_then(|mut f| f.write_all(b"half"))
            .expect("writes");
        assert_eq!(found(&mut store, "sso"), ["SSO again"]);
        std::fs::remove_file(store.notes_path()).expect("removes");
        assert_eq!(found(&mut store, "nothing"), ["nothing of that"]);
        assert_ne!(head(&store), before, "rebuilt without the deleted notes");
    }

    #[test]
    fn a_search_reads_the_blocks_from_the_last() {
        let home = tempfile::tempdir().expect("a folder");
        let mut store = Store::open(
            home.path(),
            Durability::Relaxed,
            &mut Mint::new(1),
            chrono::DateTime::UNIX_EPOCH,
        )
        .expect("opens")
        .0;
        let long = "x".repeat(200_000);
        let all = (0..20).map(|i| {
            Change::create(note(
                &format!("{i:02}"),
                i,
                &format!(
                    "{long} number {i} {}",
                    if i == 3 { "rare" } else { "common" }
                ),
            ))
        });
        commit(&mut store, all.collect());
        let numbers: Vec<String> = found(&mut store, "common")
            .iter()
            .map(|t| t.trim_start_matches('x').trim().to_owned())
            .collect();
        assert_eq!(
            numbers,
            ["number 19 common", "number 18 common", "number 17 common"]
        );
        assert_eq!(found(&mut store, "rare").len(), 1);
        assert!(found(&mut store, "rarer").is_empty());
    }
}
