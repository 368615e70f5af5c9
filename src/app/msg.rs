//! All that can happen to the desk, and all it may ask for: plain data, no closures.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::features::features;
use crate::domain::book::Book;
use crate::domain::change::Operation;
use crate::domain::dossier::Dossier;
use crate::domain::failure::Failure;
use crate::domain::freshness::DataFreshness;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::settings::aside::Aside;
use crate::domain::standing::Row;
use crate::keys::Key;

/// What the store holds for the desk once it is open.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Opened {
    /// Made by the store's thread: of thousands of accounts it would hold up a frame.
    pub book: Book,
    /// What had to be repaired or could not be read, in words.
    pub notices: Vec<String>,
}

/// When something was last put on disk, for the footer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Saving {
    pub pending: usize,
    pub last: Option<DateTime<Utc>>,
}

/// An operation on its way to the disk, and the drafts that go when it is there.
#[derive(Debug, Clone, PartialEq)]
pub struct Unsaved {
    pub operation: Operation,
    pub drafts: Vec<String>,
}

macro_rules! plain_data {
    (
        verbs { $($_v:ident)* }
        screens { $($Screen:ident $_s:ident,)* }
        states { $($_t:ident)* }
        messages { $($Message:ident $message:ident,)* }
        effects { $($Effect:ident $effect:ident,)* }
        replies { $($Reply:ident $reply:ident,)* }
        layers { $($Layer:ident $layer:ident,)* }
        $($_rest:tt)*
    ) => {
        /// The screens, in the order of the features.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Screen { $(#[allow(missing_docs)] $Screen,)* }

        #[derive(Debug, Clone, PartialEq)]
        pub enum Msg {
            Key(Key),
            Paste(String),
            Resized { width: u16, height: u16 },
            /// The time `next_wake` asked for has come.
            Tick,
            /// Drafts that were found at the start: key and body.
            Drafts(Vec<(String, serde_json::Value)>),
            /// Rows of the last session, before the store is open.
            Preview {
                rows: Vec<Arc<Row>>,
                count: usize,
                bands: [usize; 4],
                asides: Vec<Aside>,
            },
            Opened(Box<Opened>),
            /// An operation is on disk; these are the rows of its accounts now.
            Stored {
                operation: Box<Operation>,
                rows: Vec<Arc<Row>>,
                gone: Vec<AccountId>,
            },
            /// An operation is not on disk.
            NotStored { id: RecordId, failure: Failure },
            /// All rows, computed anew.
            Rescored { rows: Vec<Arc<Row>> },
            Failed(Failure),
            /// An account with all its records, and who waits for it.
            Dossier(Box<Dossier>, DataFreshness, Option<Reply>),
            /// A draft outlives the program from here on: the next state of it may go.
            DraftWritten { key: String },
            /// A draft outlives the machine from here on, or it does not.
            DraftSaved {
                key: String,
                /// It is not on disk: it is tried again.
                failed: bool,
            },
            /// An external editor was closed; none where nothing was changed.
            Edited { text: Option<String> },
            Copied {
                bytes: usize,
                /// The file that holds it, too: a terminal may refuse its clipboard without a word.
                path: String,
            },
            /// A file was written for the user.
            Written { path: String },
            $(#[allow(missing_docs)] $Message(super::$message::state::Msg),)*
        }

        #[derive(Debug, Clone, PartialEq)]
        pub enum Effect {
            Commit(Box<Operation>),
            Undo,
            Redo,
            /// Reads an account with all its records, for whoever waits for it.
            Load(AccountId, Option<Reply>),
            SaveDraft { key: String, body: serde_json::Value },
            /// The same for a call: its lines are shared with the editor, and serialised only where they are
            /// written, because a workshop may have thousands.
            SaveCall { key: String, draft: Box<super::call::state::CallDraft> },
            DiscardDraft { key: String },
            /// Hands the text to `$VISUAL` or `$EDITOR`.
            EditOutside { text: String },
            Copy(String),
            /// Writes a file into the user's folder of outputs, beside the store.
            WriteOut { name: String, bytes: Vec<u8> },
            /// A new day began: all rows must be computed again.
            Rescore,
            Quit,
            $(#[allow(missing_docs)] $Effect(super::$effect::state::Effect),)*
        }

        /// What was asked, by the feature that asked it: it gets the answer.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Reply {
            /// A verb of the palette, by its id.
            Verb(&'static str),
            $(#[allow(missing_docs)] $Reply(super::$reply::state::Reply),)*
        }

        $(impl From<super::$layer::state::Layer> for Layer {
            fn from(layer: super::$layer::state::Layer) -> Self {
                Self::$Layer(layer)
            }
        })*

        $(impl From<super::$reply::state::Reply> for Reply {
            fn from(reply: super::$reply::state::Reply) -> Self {
                Self::$Reply(reply)
            }
        })*

        /// What lies over a screen with keys of its own, by its feature.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Layer {
            $(#[allow(missing_docs)] $Layer(super::$layer::state::Layer),)*
        }
    };
}

features!(plain_data);
