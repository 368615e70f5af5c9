//! Reading macro arguments and macro bodies as tokens, because they need not be valid Rust before
//! expansion.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::{Expr, ExprMatch, Pat, Token};

use crate::listed::{self, Holes};
use crate::parse::Path;

/// All words, at any depth.
pub fn words(stream: TokenStream, out: &mut BTreeSet<String>) {
    for token in stream {
        match token {
            TokenTree::Ident(word) => _ = out.insert(word.to_string()),
            TokenTree::Group(group) => words(group.stream(), out),
            _ => {}
        }
    }
}

/// The tokens as they look after expansion: `$name` becomes a name, a repetition occurs once, and
/// attributes are left out. A macro generated from the list of features is expanded with each
/// feature.
pub fn plain(stream: TokenStream) -> TokenStream {
    let holes = listed::holes(stream.clone());
    filled(stream, &holes)
}

fn filled(stream: TokenStream, holes: &Holes) -> TokenStream {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match (token, tokens.get(at)) {
            (token, Some(TokenTree::Group(group))) if is(token, '#') && bracketed(group) => at += 1,
            (token, Some(TokenTree::Ident(name))) if is(token, '$') => {
                // `$name:ident` declares a fragment type, which is not a name in the code.
                if tokens.get(at + 1).is_some_and(|t| is(t, ':'))
                    && matches!(tokens.get(at + 2), Some(TokenTree::Ident(_)))
                {
                    at += 3;
                } else if let Some([only]) = holes.get(&name.to_string()).map(Vec::as_slice) {
                    let mut only = only.clone();
                    only.set_span(name.span());
                    out.push(only);
                    at += 1;
                }
            }
            (token, Some(TokenTree::Group(group))) if is(token, '$') => {
                for holes in rounds(group.stream(), holes) {
                    out.extend(filled(group.stream(), &holes));
                }
                at += 1;
                // `$(…),+`: separator and repetition operator.
                let repeats = |t: Option<&TokenTree>| {
                    t.is_some_and(|t| ['+', '*', '?'].iter().any(|sign| is(t, *sign)))
                };
                while at < tokens.len() && !repeats(tokens.get(at)) {
                    at += 1;
                }
                at += 1;
            }
            (TokenTree::Group(group), _) => {
                let mut inner = Group::new(group.delimiter(), filled(group.stream(), holes));
                inner.set_span(group.span());
                out.push(TokenTree::Group(inner));
            }
            (token, _) => out.push(token.clone()),
        }
    }
    out.into_iter().collect()
}

/// The placeholder values for each repetition; one round if the list has no values for them.
fn rounds(stream: TokenStream, holes: &Holes) -> Vec<Holes> {
    let mut used = BTreeSet::new();
    words(stream, &mut used);
    let many = |(name, all): &(&String, &Vec<TokenTree>)| used.contains(*name) && all.len() > 1;
    let longest = holes.iter().filter(many).map(|(_, all)| all.len()).max();
    let Some(times) = longest else {
        return vec![holes.clone()];
    };
    let nth = |n: usize| {
        let one = |(name, all): (&String, &Vec<TokenTree>)| {
            let only = all.get(n).or(all.first()).cloned();
            (name.clone(), only.into_iter().collect())
        };
        holes.iter().map(one).collect()
    };
    (0..times).map(nth).collect()
}

fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

fn bracketed(group: &Group) -> bool {
    group.delimiter() == Delimiter::Bracket
}

/// Every path of names joined by `::`, and every single name that is not a field or method, with
/// its line.
pub fn paths(stream: TokenStream) -> Vec<(Path, usize)> {
    let mut out = Vec::new();
    walk(&stream.into_iter().collect::<Vec<_>>(), &[], &mut out);
    out
}

fn walk(tokens: &[TokenTree], before: &[String], out: &mut Vec<(Path, usize)>) {
    let two_colons = |at: usize| {
        matches!(tokens.get(at), Some(t) if is(t, ':'))
            && matches!(tokens.get(at + 1), Some(t) if is(t, ':'))
    };
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let TokenTree::Ident(first) = token else {
            if let TokenTree::Group(group) = token {
                walk(&group.stream().into_iter().collect::<Vec<_>>(), before, out);
            }
            at += 1;
            continue;
        };
        // After one dot comes a field or method, after two a path; after `>::` comes the rest of a
        // path.
        let dots = tokens[..at].iter().rev().take_while(|t| is(t, '.')).count();
        let inside = dots == 1 || (at >= 2 && two_colons(at - 2));
        let mut path = [before, &[first.to_string()]].concat();
        let line = first.span().start().line;
        at += 1;
        while two_colons(at) {
            match tokens.get(at + 2) {
                Some(TokenTree::Ident(name)) => path.push(name.to_string()),
                // `use a::{b, c}`.
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    walk(&group.stream().into_iter().collect::<Vec<_>>(), &path, out);
                }
                _ => break,
            }
            at += 3;
        }
        let colon = tokens.get(at).is_some_and(|t| is(t, ':')) && !two_colons(at);
        let label = path.len() == 1 && colon;
        if !inside && !label {
            out.push((path, line));
        }
    }
}

/// Every `match` that parses; nested ones are part of the outer one.
pub fn matches(stream: TokenStream) -> Vec<ExprMatch> {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if matches!(token, TokenTree::Ident(word) if word == "match")
            && let Some(arms) = tokens[at..].iter().position(braced)
            && let Ok(found) = syn::parse2(tokens[at..=at + arms].iter().cloned().collect())
        {
            out.push(found);
            at += arms;
        } else if let TokenTree::Group(group) = token {
            out.extend(matches(group.stream()));
        }
        at += 1;
    }
    out
}

fn braced(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

/// The pattern of a `matches!(value, pattern)`.
pub fn asked_pattern(mac: &syn::Macro) -> Option<Pat> {
    let name = &mac.path.segments.last()?.ident;
    let read = |input: ParseStream| {
        input.parse::<Expr>()?;
        input.parse::<Token![,]>()?;
        let pattern = Pat::parse_multi_with_leading_vert(input)?;
        input.parse::<TokenStream>()?;
        Ok(pattern)
    };
    if name == "matches" {
        read.parse2(mac.tokens.clone()).ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let stream = plain(text.parse().expect("tokens"));
        paths(stream)
            .into_iter()
            .map(|(path, _)| path.join("::"))
            .collect()
    }

    #[test]
    fn fields_methods_and_labels_are_not_paths() {
        assert_eq!(found("a.b.c(d), e: f, ..g::h()"), ["a", "d", "f", "g::h"]);
        assert_eq!(
            found("Vec::<X>::new(), use a::{b, c::d}"),
            ["Vec", "X", "use", "a::b", "a::c::d", "a"]
        );
    }

    #[test]
    fn a_macro_placeholder_counts_as_a_separate_name() {
        assert_eq!(
            found("($x:ident) => { $($crate::a::$x(1)),+ , b }"),
            ["crate::a::x", "b"]
        );
        assert_eq!(found("#[serde(with = a::b)] c"), ["c"]);
    }
}
