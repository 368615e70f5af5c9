//! What the desk shows first: drafts, the cached first rows, what the start has to say, and texts that an editor left.

use super::Desk;
use crate::app::msg::Msg;
use crate::app::prose;
use crate::domain::ids::AccountId;
use crate::runtime::drafting;
use crate::store::{handed, rows};
use crate::words;

impl Desk {
    /// What the first frame shows, before the store is open.
    pub(super) fn show_first(&mut self, mut notices: Vec<String>) {
        let left = handed::recover(&self.home, &prose::draft_of(&self.model.author.name));
        let (drafts, unreadable) = drafting::load(&self.home, self.model.lang);
        notices.extend(unreadable);
        self.update(drafts);
        if let Some(preview) = rows::preview(&self.home) {
            self.update(Msg::Preview {
                rows: preview.rows,
                count: preview.count,
                bands: preview.bands,
                asides: preview.asides,
            });
        }
        notices.extend(left.into_iter().map(|found| self.left_by_editor(found)));
        if !notices.is_empty() {
            let title = words::shell::before_start(self.model.lang);
            self.model.show(title, notices);
        }
    }

    /// Says where a text is that an editor saved while no desk waited for it.
    fn left_by_editor(&self, found: handed::Found) -> String {
        let lang = self.model.lang;
        match found {
            handed::Found::File(file) => words::compose::editor_left_file(lang, file.display()),
            handed::Found::Draft { body, .. } => match body["account"].as_str() {
                Some(id) => {
                    let account = AccountId::from(id);
                    words::compose::editor_left_note(lang, self.model.book.name(&account))
                }
                None => words::compose::editor_left_new(lang).to_owned(),
            },
        }
    }
}
