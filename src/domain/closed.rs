//! The macro for closed lists of terms: each term has a stable key, used in files, filters and
//! JSON, and a place in `ALL` that its words follow.

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

            /// The place in [`Self::ALL`], which the words of each language follow.
            pub fn index(self) -> usize {
                self as usize
            }
        }
    };
}
pub(crate) use closed;
