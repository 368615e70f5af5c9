//! The list of stored record kinds. Kind, id, account, keys, dossier field, statistics and typed
//! reading are generated from it; `recorded` has the trait that each kind implements. No other file
//! lists the kinds.
//!
//! To add a kind: a line here, `impl Recorded` in its own file, and a step in `store::migrate`.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::closed::closed;
use super::ids::AccountId;
use super::recorded::{Keeping, KeyGroup, Nature, Recorded};
use super::when::Zone;

/// Hands the list to another macro. An entry: the kind, its name on disk and on the wire, its field
/// in the dossier, its type, how it is stored, and its key groups. `if` names the state of a group's
/// records, the last group takes the rest; `index` is the letter of an index by id. Letters are on
/// disk.
macro_rules! records {
    ($with:ident) => {
        $with! {
            account {
                Account "account" crate::domain::account::Account: ById [b'a' "accounts"];
            }
            of_account {
                Contact "contact" contacts crate::domain::contact::Contact: Folder [b'c' "contacts"];
                Subscription "subscription" subscriptions
                    crate::domain::facts::subscription::Subscription: Folder [b's' "subscriptions"];
                Ticket "ticket" tickets crate::domain::facts::ticket::Ticket: Folder [b't' "tickets"];
                Survey "survey" surveys crate::domain::facts::feedback::Survey: Folder [b'v' "surveys"];
                Touch "touch" touches crate::domain::facts::touch::Touch: Folder [b'h' "touches"];
                Outcome "outcome" outcomes crate::domain::facts::outcome::Outcome: Folder [b'o' "outcomes"];
                RenewalStep "renewal-step" steps crate::domain::facts::step::RenewalStep: Folder
                    [b'R' "renewal-steps"];
                Assessment "assessment" assessments crate::domain::risk::assessment::Assessment: Folder
                    [b'J' "assessments"];
                Case "case" cases crate::domain::risk::case::Case: Folder [b'G' "cases"];
                Deal "deal" deals crate::domain::facts::deal::Deal: Folder [b'd' "deals"];
                Note "note" notes crate::domain::note::Note: ByAccount [b'n' "notes"];
                Action "action" actions crate::domain::action::Action: ByAccount
                    [b'A' "open-actions" if needs_attention, b'D' "closed-actions"];
                Checkin "checkin" checkins crate::domain::checkin::Checkin: ByAccount
                    [b'U' "open-checkins" if is_incomplete, b'K' "closed-checkins" index b'T'];
                Touchpoint "touchpoint" touchpoints crate::domain::cadence::touchpoint::Touchpoint: ByAccount
                    [b'P' "agreed-meetings" if is_open, b'Q' "past-meetings"];
                Aside "aside" asides crate::domain::settings::aside::Aside: ByAccount [b'e' "set-aside"];
                Look "look" looks crate::domain::settings::look::Look: ByAccount [b'k' "looks"];
                Published "published" published crate::domain::settings::published::Published: Folder
                    [b'i' "published-meetings"];
                Imported "imported" imported crate::domain::settings::imported::Imported: Folder
                    [b'I' "imported-fields"];
            }
            of_desk {
                View "view" crate::domain::portfolio::view::View: ById [b'w' "views"];
                Absence "away" crate::domain::cadence::absence::Absence: ById [b'B' "absences"];
                Dismissal "dismissal" crate::domain::settings::dismissal::Dismissal: ById
                    [b'x' "dismissed-phrases"];
                FirstUse "first-use" crate::domain::settings::first_use::FirstUse: ById [b'z' "first-use"];
            }
        }
    };
}
pub(crate) use records;

/// A record of a listed kind, for code that serves every kind.
pub trait Listed: Recorded + Into<Record> {
    const KIND: Kind;
    const KEEPING: Keeping;
    /// In the order of the list.
    const KEY_GROUPS: &'static [KeyGroup];

    /// The key group of a record in this state.
    fn key_group(&self) -> &'static KeyGroup;

    /// The record in its own type; none when it is of another kind.
    fn of(record: &Record) -> Option<&Self>;
}

/// Work on a record of any kind.
pub trait Visit {
    type Out;
    fn visit<R: Listed>(self, record: &R) -> Self::Out;
}

/// As [`Visit`], taking the record.
pub trait VisitOwned {
    type Out;
    fn visit<R: Listed>(self, record: R) -> Self::Out;
}

/// Work on a kind.
pub trait VisitKind {
    type Out;
    fn visit<R: Listed>(self) -> Self::Out;
}

macro_rules! key_group_of {
    ($self:ident, $group:expr, $when:ident) => {
        if $self.$when() {
            return $group;
        }
    };
    ($self:ident, $group:expr,) => {
        return $group
    };
}

macro_rules! one_letter {
    () => {
        None
    };
    ($letter:literal) => {
        Some($letter)
    };
}

macro_rules! kinds {
    (
        account { $first:ident $first_name:literal $first_type:path: $first_keeping:ident $first_groups:tt; }
        of_account { $($kind:ident $name:literal $slot:ident $type:path: $keeping:ident $groups:tt;)+ }
        of_desk { $($desk:ident $desk_name:literal $desk_type:path: $desk_keeping:ident $desk_groups:tt;)+ }
    ) => {
        kinds! {
            $first $first_name $first_type: $first_keeping $first_groups;
            $($kind $name $type: $keeping $groups;)+
            $($desk $desk_name $desk_type: $desk_keeping $desk_groups;)+
        }
    };
    ($(
        $kind:ident $name:literal $type:path: $keeping:ident
            [$($letter:literal $group:literal $(if $when:ident)? $(index $index:literal)?),+];
    )+) => {
        closed! {
            /// The kinds of record, accounts first: an export is read back in this order.
            Kind { $($kind = $name),+ }
        }

        /// In JSON, `{"kind": …, "record": …}`.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind", content = "record")]
        pub enum Record {
            $(#[serde(rename = $name)] $kind($type)),+
        }

        $(
            impl From<$type> for Record {
                fn from(record: $type) -> Self {
                    Record::$kind(record)
                }
            }

            impl Listed for $type {
                const KIND: Kind = Kind::$kind;
                const KEEPING: Keeping = Keeping::$keeping;
                const KEY_GROUPS: &'static [KeyGroup] = &[$(KeyGroup {
                    letter: $letter,
                    name: $group,
                    index: one_letter!($($index)?),
                }),+];

                fn key_group(&self) -> &'static KeyGroup {
                    $(key_group_of!(
                        self,
                        &KeyGroup { letter: $letter, name: $group, index: one_letter!($($index)?) },
                        $($when)?
                    );)+
                }

                fn of(record: &Record) -> Option<&Self> {
                    if let Record::$kind(record) = record { Some(record) } else { None }
                }
            }
        )+

        impl Kind {
            pub fn visit<V: VisitKind>(self, visitor: V) -> V::Out {
                match self { $(Kind::$kind => visitor.visit::<$type>()),+ }
            }
        }

        impl Record {
            pub fn kind(&self) -> Kind {
                match self { $(Record::$kind(_) => Kind::$kind),+ }
            }

            pub fn visit<V: Visit>(&self, visitor: V) -> V::Out {
                match self { $(Record::$kind(record) => visitor.visit(record)),+ }
            }

            pub fn visit_owned<V: VisitOwned>(self, visitor: V) -> V::Out {
                match self { $(Record::$kind(record) => visitor.visit(record)),+ }
            }

            /// The account it belongs to; none for records of the desk.
            pub fn account(&self) -> Option<&AccountId> {
                match self { $(Record::$kind(record) => record.account()),+ }
            }

            pub fn id(&self) -> &str {
                match self { $(Record::$kind(record) => record.id()),+ }
            }

            /// Reads a record of a kind from its JSON.
            ///
            /// # Errors
            ///
            /// When the text is no such record. The column counts from the record's own beginning.
            pub fn read(kind: Kind, json: &RawValue) -> serde_json::Result<Self> {
                Ok(match kind {
                    $(Kind::$kind => Record::$kind(serde_json::from_str(json.get())?)),+
                })
            }
        }
    };
}
records!(kinds);

impl Record {
    /// The record in a requested type; none when it is of another kind.
    pub fn typed<R: Listed>(&self) -> Option<&R> {
        R::of(self)
    }

    /// Its name in lists and questions.
    pub fn title(&self) -> String {
        struct Title;
        impl Visit for Title {
            type Out = String;
            fn visit<R: Listed>(self, record: &R) -> String {
                record.title()
            }
        }
        self.visit(Title)
    }

    pub fn nature(&self) -> Nature {
        self.kind().nature()
    }

    /// The record to store in place of `held`, which has the same kind and id.
    #[must_use]
    pub fn over(self, held: &Record) -> Record {
        struct Over<'a>(&'a Record);
        impl VisitOwned for Over<'_> {
            type Out = Record;
            fn visit<R: Listed>(self, record: R) -> Record {
                match R::of(self.0) {
                    Some(held) => record.over(held).into(),
                    None => record.into(),
                }
            }
        }
        self.visit_owned(Over(held))
    }

    /// The record as one of another account.
    #[must_use]
    pub fn of_other(self, account: &AccountId) -> Record {
        struct OfOther<'a>(&'a AccountId);
        impl VisitOwned for OfOther<'_> {
            type Out = Record;
            fn visit<R: Listed>(self, record: R) -> Record {
                record.of_other(self.0).into()
            }
        }
        self.visit_owned(OfOther(account))
    }

    /// The record without private lines, as it may leave the desk; none when none of it may.
    pub fn public(self) -> Option<Self> {
        struct Public;
        impl VisitOwned for Public {
            type Out = Option<Record>;
            fn visit<R: Listed>(self, record: R) -> Option<Record> {
                record.public().map(Into::into)
            }
        }
        self.visit_owned(Public)
    }

    /// The newest day on which anything in it was observed.
    pub fn newest(&self, zone: Zone) -> Option<chrono::NaiveDate> {
        struct Newest(Zone);
        impl Visit for Newest {
            type Out = Option<chrono::NaiveDate>;
            fn visit<R: Listed>(self, record: &R) -> Self::Out {
                record.newest(self.0)
            }
        }
        self.visit(Newest(zone))
    }
}

impl Kind {
    /// Whether undo takes records of this kind back.
    pub fn nature(self) -> Nature {
        struct NatureOf;
        impl VisitKind for NatureOf {
            type Out = Nature;
            fn visit<R: Listed>(self) -> Nature {
                R::NATURE
            }
        }
        self.visit(NatureOf)
    }

    /// Where its records are stored.
    pub fn key_groups(self) -> &'static [KeyGroup] {
        struct KeyGroups;
        impl VisitKind for KeyGroups {
            type Out = &'static [KeyGroup];
            fn visit<R: Listed>(self) -> &'static [KeyGroup] {
                R::KEY_GROUPS
            }
        }
        self.visit(KeyGroups)
    }
}
