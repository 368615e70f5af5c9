//! The macro for closed lists of terms: each term has a stable key, used in files, filters and
//! JSON, and a place in `ALL`.

/// A closed list of terms, for code that works with any of them.
pub trait Closed: Copy + PartialEq + 'static {
    /// All of them, in the order in which they are offered.
    const ALL: &'static [Self];

    /// The stable key, as in files, filters and JSON.
    fn key(self) -> &'static str;

    /// Reads a key; case does not matter.
    fn parse(text: &str) -> Option<Self>;
}

/// Declares an enum with `ALL`, `key`, `parse` and serde by key.
macro_rules! closed {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $key:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $key)] $variant),+
        }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The stable key, as in files, filters and JSON.
            pub fn key(self) -> &'static str {
                match self { $($name::$variant => $key),+ }
            }

            /// Reads a key; case does not matter.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.key().eq_ignore_ascii_case(text.trim()))
            }

            /// The place in [`Self::ALL`].
            #[allow(dead_code, reason = "not every list needs its places")]
            pub const fn index(self) -> usize {
                self as usize
            }
        }

        impl $crate::domain::closed::Closed for $name {
            const ALL: &'static [Self] = $name::ALL;

            fn key(self) -> &'static str {
                $name::key(self)
            }

            fn parse(text: &str) -> Option<Self> {
                $name::parse(text)
            }
        }
    };
}
pub(crate) use closed;
