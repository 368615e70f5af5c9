//! All messages to the client, and all effects it may request: plain data, no closures.

use std::path::PathBuf;
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

/// The store's data for the client, once the store is open.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Opened {
    /// Built on the store's thread, because thousands of accounts would delay a frame.
    pub book: Book,
    /// Descriptions of what was repaired or could not be read.
    pub notices: Vec<String>,
}

/// Pending writes, and the last ones.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Saving {
    pub pending: usize,
    /// When something was written last, drafts too.
    pub last: Option<DateTime<Utc>>,
    /// Operations that were written while the desk is open: what is read from the store is old when there are more.
    pub stored: u64,
}

/// An operation that is being written, and the drafts to discard once it is stored.
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
            /// The time requested by `next_wake` has come.
            Tick,
            /// Drafts found at the start: key and body.
            Drafts(Vec<(String, serde_json::Value)>),
            /// Rows of the last session, before the store is open.
            Preview {
                rows: Vec<Arc<Row>>,
                count: usize,
                bands: [usize; 4],
                asides: Vec<Aside>,
            },
            Opened(Box<Opened>),
            /// An operation is on disk; `rows` are the current rows of its accounts.
            Stored {
                operation: Box<Operation>,
                rows: Vec<Arc<Row>>,
                gone: Vec<AccountId>,
            },
            /// An operation could not be written.
            NotStored { id: RecordId, failure: Failure },
            /// All rows, computed again.
            Rescored { rows: Vec<Arc<Row>> },
            Failed(Failure),
            /// An account with all its records, and the request that waits for it.
            Dossier(Box<Dossier>, DataFreshness, Option<Reply>),
            /// A draft was handed to the operating system and survives a crash of the program. The
            /// next version may be written.
            DraftWritten { key: String },
            /// A draft was synced and survives a crash of the machine, or the write failed.
            DraftSaved {
                key: String,
                /// The draft is not on disk; it is tried again.
                failed: bool,
            },
            /// An external editor was closed.
            Edited {
                /// `None` if nothing was changed.
                text: Option<String>,
                /// Its file, to be removed once the text is in a draft on disk. `None` if it must stay.
                file: Option<PathBuf>,
                /// What went wrong with the editor.
                trouble: Option<String>,
            },
            Copied {
                bytes: usize,
                /// A file with the same content, because a terminal may refuse the clipboard
                /// silently.
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
            /// Reads an account with all its records, for the request that waits for it.
            Load(AccountId, Option<Reply>),
            SaveDraft { key: String, body: serde_json::Value },
            /// As `SaveDraft`, for a call. Its lines are shared with the editor and serialised by
            /// the writer, because a workshop may have thousands.
            SaveCall { key: String, draft: Box<super::call::state::CallDraft> },
            DiscardDraft { key: String },
            /// Opens the text in `$VISUAL` or `$EDITOR`.
            EditOutside {
                text: String,
                /// The draft that takes what the editor saves if the desk ends before the editor, and its
                /// content without a change.
                key: String,
                body: serde_json::Value,
            },
            /// Removes the file of an external editor once all drafts before this are on disk.
            RemoveEdited(PathBuf),
            Copy(String),
            /// Redraws the whole screen.
            Redraw,
            /// Gives the terminal to the shell until the desk is continued.
            Suspend,
            /// Writes a file into the user's output folder, beside the store.
            WriteOut { name: String, bytes: Vec<u8> },
            /// A new day began: all rows must be computed again.
            Rescore,
            Quit,
            $(#[allow(missing_docs)] $Effect(super::$effect::state::Effect),)*
        }

        /// A question by the feature that asked it; that feature gets the answer.
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

        /// A layer over a screen with its own keys, by feature.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Layer {
            $(#[allow(missing_docs)] $Layer(super::$layer::state::Layer),)*
        }
    };
}

features!(plain_data);
