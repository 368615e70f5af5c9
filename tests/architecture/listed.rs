//! The list of features. Macros generated from it are expanded with every feature, so that the
//! names they use are seen.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

/// For each placeholder of a macro, its values in list order.
pub type Holes = BTreeMap<String, Vec<TokenTree>>;

/// The sections of the list with their entries. `Call call` is an entry with two names.
type Sections = BTreeMap<String, Vec<Vec<String>>>;

/// The list in the source.
static LIST: LazyLock<Sections> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app/features.rs");
    std::fs::read_to_string(path).map_or_else(|_| Sections::new(), |text| sections(&text))
});

/// The features with verbs, in order.
pub fn features() -> Vec<String> {
    let verbs = LIST.get("verbs").into_iter().flatten();
    verbs.map(|entry| entry[0].clone()).collect()
}

/// The sections in the text of the list.
fn sections(text: &str) -> Sections {
    let stream: TokenStream = text.parse().expect("tokens");
    let mut out = Sections::new();
    gather(stream, &mut out);
    out
}

/// A section is a name followed by braces that contain only names and commas.
fn gather(stream: TokenStream, out: &mut Sections) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let name = at.checked_sub(1).and_then(|at| match &tokens[at] {
            TokenTree::Ident(name) => Some(name.to_string()),
            _ => None,
        });
        match (name, entries(group)) {
            (Some(name), Some(entries)) => _ = out.insert(name, entries),
            _ => gather(group.stream(), out),
        }
    }
}

fn entries(group: &Group) -> Option<Vec<Vec<String>>> {
    if group.delimiter() != Delimiter::Brace {
        return None;
    }
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let names = tokens.iter().all(|t| match t {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(p) => p.as_char() == ',',
        _ => false,
    });
    if !names || tokens.is_empty() {
        return None;
    }
    let commas = tokens.iter().any(|t| matches!(t, TokenTree::Punct(_)));
    let is_comma = |t: &TokenTree| matches!(t, TokenTree::Punct(_));
    if commas {
        let parts = tokens.split(is_comma).filter(|part| !part.is_empty());
        let names = |part: &[TokenTree]| part.iter().map(ToString::to_string).collect();
        return Some(parts.map(names).collect());
    }
    Some(tokens.iter().map(|t| vec![t.to_string()]).collect())
}

/// The placeholders of a macro generated from the list: `messages { $($Message:ident
/// $message:ident,)* }`.
pub fn holes(stream: TokenStream) -> Holes {
    holes_of(stream, &LIST)
}

fn holes_of(stream: TokenStream, list: &Sections) -> Holes {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut out = Holes::new();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let section = at
            .checked_sub(1)
            .and_then(|at| list.get(&tokens[at].to_string()));
        match section {
            Some(entries) => {
                for (place, name) in names(group.stream()).into_iter().enumerate() {
                    let filled = entries.iter().filter_map(|e| e.get(place));
                    let ident = |name: &String| Ident::new(name, Span::call_site()).into();
                    out.insert(name, filled.map(ident).collect());
                }
            }
            None => out.extend(holes_of(group.stream(), list)),
        }
    }
    out
}

/// The names of the placeholders in a pattern, in order.
fn names(stream: TokenStream) -> Vec<String> {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut out = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match (token, tokens.get(at + 1)) {
            (TokenTree::Punct(p), Some(TokenTree::Ident(name))) if p.as_char() == '$' => {
                out.push(name.to_string());
            }
            (TokenTree::Group(group), _) => out.extend(names(group.stream())),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_placeholder_gets_the_names_of_the_list() {
        let list = sections(
            "macro_rules! f { ($t:ident) => { $t! { verbs { a b } layers { A a, B b, } } } }",
        );
        let rules = "(verbs { $($v:ident)* } layers { $($L:ident $l:ident,)* } $($rest:tt)*) => { $(x::$l::y)* }";
        let holes = holes_of(rules.parse().expect("tokens"), &list);
        let filled = |hole: &str| {
            holes[hole]
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(filled("v"), ["a", "b"]);
        assert_eq!(filled("L"), ["A", "B"]);
        assert_eq!(filled("l"), ["a", "b"]);
        assert!(!holes.contains_key("rest"));
    }
}
