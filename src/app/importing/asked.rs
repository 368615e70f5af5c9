//! What an import asks, what the user answered, and the choices that follow for the plan.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::ids::AccountId;
use crate::services::import::mapping::Wish;
use crate::services::import::{Kind, SHORT_IDS, Theirs};

/// A question of an import, or a part of it that may be changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// What a file is, where its columns and cells do not show it. Also asked by the user, of a file
    /// that was recognised.
    Kind { file: String, guess: Option<Kind> },
    /// The field of a column. Only the user asks it.
    Field {
        file: String,
        kind: Kind,
        header: String,
        /// The field by the mapping.
        was: Option<String>,
    },
    /// A column that is not read looks like a field.
    Column {
        file: String,
        kind: Kind,
        column: String,
        field: &'static str,
        samples: Vec<String>,
    },
    /// A new account looks like an existing one.
    Same {
        file: String,
        id: String,
        name: String,
        existing: AccountId,
        existing_name: String,
    },
    /// A name is a word for a total, but the row looks like a company.
    Total { file: String, name: String },
    /// The numbers of a column are those of accounts without their leading noughts.
    ShortIds {
        file: String,
        column: String,
        numbers: u64,
        /// One number, and the account that it would be.
        example: String,
    },
    /// A word that a closed list does not have.
    Word {
        file: String,
        field: String,
        column: String,
        word: String,
        rows: u64,
        allowed: Vec<&'static str>,
    },
    /// A name that matches no account, in these files.
    Account {
        name: String,
        rows: u64,
        near: Vec<String>,
        files: Vec<String>,
    },
    /// An edit made by hand, which a file contradicts.
    Edit {
        id: String,
        field: String,
        record: String,
        /// The day of the edit, where it is known.
        edited: Option<NaiveDate>,
        mine: String,
        theirs: String,
    },
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    Kind(Kind),
    /// The field of a column; none leaves it unread.
    Field(Option<String>),
    /// A value of a closed list; a blank leaves the cells blank.
    Value(String),
    /// The column is the field, the accounts are the same, the name is a company's, the numbers are
    /// without noughts.
    Yes,
    No,
    /// The account, with its name for the screen.
    Account(AccountId, String),
    /// The file's value replaces the edit.
    Theirs,
}

impl Ask {
    /// What tells one question from another, also after the files were read again.
    fn key(&self) -> (u8, &str, &str, &str) {
        match self {
            Ask::Kind { file, .. } => (0, file, "", ""),
            Ask::Column { file, column, .. } => (1, file, column, ""),
            Ask::Same { file, id, .. } => (2, file, id, ""),
            Ask::Total { file, name } => (3, file, name, ""),
            Ask::Account { name, .. } => (4, name, "", ""),
            Ask::Word {
                file, field, word, ..
            } => (5, file, field, word),
            Ask::Edit { id, field, .. } => (6, id, field, ""),
            Ask::Field { file, header, .. } => (7, file, header, ""),
            Ask::ShortIds { file, column, .. } => (8, file, column, ""),
        }
    }

    /// The same question in each plan has the same mark.
    pub fn mark(&self) -> String {
        let (sort, one, two, three) = self.key();
        format!("{sort}\0{one}\0{two}\0{three}")
    }

    pub fn is(&self, other: &Ask) -> bool {
        self.key() == other.key()
    }

    /// Whether rows or cells are lost where the question stays open.
    pub fn is_open_loss(&self) -> bool {
        match self {
            Ask::Kind { .. }
            | Ask::Column { .. }
            | Ask::Same { .. }
            | Ask::Total { .. }
            | Ask::ShortIds { .. }
            | Ask::Account { .. }
            | Ask::Word { .. } => true,
            // The edit stands, and a column has the field of its mapping.
            Ask::Edit { .. } | Ask::Field { .. } => false,
        }
    }
}

/// All answers, in the order they were given.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers(Vec<(Ask, Given)>);

impl Answers {
    pub fn to(&self, ask: &Ask) -> Option<&Given> {
        let found = self.0.iter().find(|(asked, _)| asked.is(ask));
        found.map(|(_, given)| given)
    }

    /// Answers a question; none opens it again.
    pub fn give(&mut self, ask: Ask, given: Option<Given>) {
        let at = self.0.iter().position(|(asked, _)| asked.is(&ask));
        match (at, given) {
            (Some(at), Some(given)) => self.0[at].1 = given,
            (Some(at), None) => drop(self.0.remove(at)),
            (None, Some(given)) => self.0.push((ask, given)),
            (None, None) => {}
        }
        // A column that has its field of the mapping again.
        let is_as_before = |(ask, given): &(Ask, Given)| match (ask, given) {
            (Ask::Field { was, .. }, Given::Field(field)) => was == field,
            _ => false,
        };
        self.0.retain(|pair| !is_as_before(pair));
    }

    /// The choices for the plan.
    pub fn choices(&self) -> Choices {
        let mut choices = Choices::default();
        for (ask, given) in &self.0 {
            choices.take(ask, given);
        }
        choices
    }
}

/// The user's choices, as the plan takes them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Choices {
    pub wish: Wish,
    pub answers: Vec<(String, AccountId)>,
    pub theirs: Theirs,
    /// Accounts by the file that names them, to be remembered: file, text, account.
    pub named: Vec<(String, String, AccountId)>,
}

impl Choices {
    /// The files with answers that hold for later files of their sort.
    pub fn lasting(&self) -> BTreeSet<&str> {
        let named = self.named.iter().map(|(file, ..)| file.as_str());
        self.wish
            .files
            .keys()
            .map(String::as_str)
            .chain(named)
            .collect()
    }

    /// The choices as they are remembered: an account's name is a word for its id.
    pub fn remembered(&self) -> Wish {
        let mut wish = self.wish.clone();
        for (file, text, account) in &self.named {
            let values = &mut wish.files.entry(file.clone()).or_default().values;
            values.push(("account".into(), text.clone(), account.to_string()));
        }
        wish
    }

    fn of(&mut self, file: &str) -> &mut Wish {
        self.wish.files.entry(file.to_owned()).or_default()
    }

    fn take(&mut self, ask: &Ask, given: &Given) {
        match (ask, given) {
            (Ask::Kind { file, .. }, Given::Kind(kind)) => self.of(file).kind = Some(*kind),
            (
                Ask::Field {
                    file,
                    kind,
                    header,
                    was,
                },
                Given::Field(field),
            ) => {
                let wish = self.of(file);
                wish.kind.get_or_insert(*kind);
                let columns = &mut wish.columns;
                columns.retain(|(f, h)| h != header && Some(f) != field.as_ref());
                if let Some(was) = was.as_ref().filter(|w| Some(*w) != field.as_ref())
                    && !columns.iter().any(|(f, _)| f == was)
                {
                    columns.push((was.clone(), String::new()));
                }
                if let Some(field) = field {
                    columns.push((field.clone(), header.clone()));
                }
            }
            (
                Ask::Column {
                    file,
                    kind,
                    column,
                    field,
                    ..
                },
                Given::Yes,
            ) => {
                let wish = self.of(file);
                wish.kind.get_or_insert(*kind);
                wish.columns.push(((*field).to_owned(), column.clone()));
            }
            (
                Ask::Word {
                    file, field, word, ..
                },
                Given::Value(value),
            ) => self.value(file, field, word, value),
            (
                Ask::Same {
                    file, id, existing, ..
                },
                Given::Yes,
            ) => self.value(file, "id", id, existing.as_str()),
            (Ask::ShortIds { file, .. }, Given::Yes) => {
                self.value(file, "account", SHORT_IDS.0, SHORT_IDS.1);
            }
            (Ask::Total { file, name }, Given::Yes) => self.value(file, "name", name, name),
            (Ask::Total { file, name }, Given::No) => self.value(file, "name", name, ""),
            (Ask::Account { name, files, .. }, Given::Account(id, _)) => {
                self.answers.push((name.clone(), id.clone()));
                for file in files {
                    self.named.push((file.clone(), name.clone(), id.clone()));
                }
            }
            (Ask::Edit { id, field, .. }, Given::Theirs) => {
                self.theirs.fields.insert((id.clone(), field.clone()));
            }
            _ => {}
        }
    }

    fn value(&mut self, file: &str, field: &str, word: &str, value: &str) {
        let said = (field.to_owned(), word.to_owned(), value.to_owned());
        self.of(file).values.push(said);
    }
}
