//! Parses files into modules: what each module defines, imports, uses and matches on.
//!
//! Paths are not resolved here and stay as written, except that names imported inside a function
//! are expanded, because they mean nothing outside it. Test code and attributes are left out.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use proc_macro2::{Ident, Span};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, Meta, Pat, UseTree};

use crate::reader::Reader;

/// The names of a path in order: `crate::domain::ids` has three.
pub type Path = Vec<String>;

/// A path used in code, and its place.
#[derive(Debug, Clone)]
pub struct Mention {
    pub path: Path,
    pub line: usize,
}

/// One name that a `use` imports; `None` for `as _`.
#[derive(Debug, Clone)]
pub struct Import {
    pub name: Option<String>,
    pub path: Path,
    pub line: usize,
    /// Other modules may reach the name through this one.
    pub public: bool,
}

/// An arm of a `match`: the paths in its pattern, and whether it is a catch-all.
#[derive(Debug)]
pub struct Arm {
    pub paths: Vec<Path>,
    pub rest: bool,
}

#[derive(Debug)]
pub struct Match {
    pub line: usize,
    pub arms: Vec<Arm>,
}

#[derive(Debug, Default)]
pub struct Module {
    pub path: Path,
    /// Index into the list of files. An inline module shares the file of its parent.
    pub file: usize,
    /// Items defined here by name, with the variants of enums.
    pub items: BTreeMap<String, BTreeSet<String>>,
    /// Words inside the macro calls among the items. The macro may define any of them.
    pub made: BTreeSet<String>,
    pub imports: Vec<Import>,
    pub globs: Vec<Path>,
    pub mentions: Vec<Mention>,
    pub matches: Vec<Match>,
    /// Paths in patterns, wherever a pattern occurs.
    pub patterns: Vec<Mention>,
    /// Types taken by `&mut`.
    pub changed: Vec<Mention>,
    /// Files that are modules of this one in tests only.
    pub tests: Vec<String>,
}

/// The modules of one file, the file's own module first.
pub fn modules(text: &str, path: Path, file: usize) -> syn::Result<Vec<Module>> {
    let mut reader = Reader::new(Module {
        path,
        file,
        ..Module::default()
    });
    reader.visit_file(&syn::parse_file(text)?);
    Ok(reader.modules)
}

/// One name of a `use` tree.
pub struct Leaf {
    pub name: Option<String>,
    pub path: Path,
    pub line: usize,
    pub glob: bool,
}

/// Flattens a `use` tree into one path per name.
pub fn leaves(tree: &UseTree) -> Vec<Leaf> {
    fn walk(tree: &UseTree, before: &[String], out: &mut Vec<Leaf>) {
        let leaf = |ident: &Ident, name: &Ident| {
            let (own, last) = (ident.to_string(), before.last().cloned());
            // `words::{self}` is `words` itself.
            let itself = own == "self" && last.is_some();
            let path = if itself {
                before.to_vec()
            } else {
                [before, &[own]].concat()
            };
            let name = if itself && name == "self" {
                last
            } else {
                Some(name.to_string())
            };
            let name = name.filter(|name| name != "_");
            Leaf {
                name,
                path,
                line: line(Some(ident.span())),
                glob: false,
            }
        };
        match tree {
            UseTree::Path(part) => {
                walk(
                    &part.tree,
                    &[before, &[part.ident.to_string()]].concat(),
                    out,
                );
            }
            UseTree::Name(part) => out.push(leaf(&part.ident, &part.ident)),
            UseTree::Rename(part) => out.push(leaf(&part.ident, &part.rename)),
            UseTree::Glob(part) => {
                let line = line(Some(part.star_token.span));
                out.push(Leaf {
                    name: None,
                    path: before.to_vec(),
                    line,
                    glob: true,
                });
            }
            UseTree::Group(group) => group.items.iter().for_each(|part| walk(part, before, out)),
        }
    }
    let mut out = Vec::new();
    walk(tree, &[], &mut out);
    out
}

pub fn line(span: Option<Span>) -> usize {
    span.map_or(0, |span| span.start().line)
}

pub fn names(path: &syn::Path) -> Path {
    path.segments
        .iter()
        .map(|part| part.ident.to_string())
        .collect()
}

/// Whether a single name in a pattern is a new variable. Constants and variants start with a
/// capital.
pub fn binds(name: &Ident) -> bool {
    name.to_string()
        .starts_with(|c: char| c.is_lowercase() || c == '_')
}

/// Whether a pattern is a catch-all: `_`, a single variable, or one of these inside a pattern that
/// adds no restriction (`Some(_)`, `(_, _)`). A guard makes it restrictive.
pub fn takes_the_rest(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) | Pat::Rest(_) => true,
        Pat::Ident(p) => p.subpat.is_none() && binds(&p.ident),
        Pat::Or(p) => p.cases.iter().any(takes_the_rest),
        Pat::Paren(p) => takes_the_rest(&p.pat),
        Pat::Reference(p) => takes_the_rest(&p.pat),
        Pat::Tuple(p) => p.elems.iter().all(takes_the_rest),
        Pat::TupleStruct(p) => {
            ["Some", "Ok"].iter().any(|wrap| p.path.is_ident(wrap))
                && p.elems.iter().all(takes_the_rest)
        }
        _ => false,
    }
}

/// The paths in a pattern, without those in its guard.
pub fn pattern_paths(pattern: &Pat) -> Vec<Path> {
    struct Paths(Vec<Path>);
    impl<'ast> Visit<'ast> for Paths {
        fn visit_path(&mut self, path: &'ast syn::Path) {
            self.0.push(names(path));
        }
        fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
            if !binds(&pattern.ident) {
                self.0.push(vec![pattern.ident.to_string()]);
            }
            visit::visit_pat_ident(self, pattern);
        }
        fn visit_pat_guard(&mut self, guard: &'ast syn::PatGuard) {
            self.visit_pat(&guard.pat);
        }
    }
    let mut paths = Paths(Vec::new());
    paths.visit_pat(pattern);
    paths.0
}

/// All variables that a function or closure binds.
pub fn bound(read: impl FnOnce(&mut Bound)) -> HashSet<String> {
    let mut bound = Bound(HashSet::new());
    read(&mut bound);
    bound.0
}

pub struct Bound(HashSet<String>);

impl<'ast> Visit<'ast> for Bound {
    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        if binds(&pattern.ident) {
            self.0.insert(pattern.ident.to_string());
        }
        visit::visit_pat_ident(self, pattern);
    }
}

/// Whether code is for tests only: `#[test]`, `#[cfg(test)]`, `#[cfg(all(test, …))]`.
pub fn for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if list.path.is_ident("cfg") => {
            let condition = list.tokens.to_string();
            let mut words = condition.split(|c: char| !c.is_alphanumeric() && c != '_');
            condition == "test" || (condition.starts_with("all") && words.any(|w| w == "test"))
        }
        _ => false,
    })
}

/// The name of an item other than `use` and `impl`.
pub fn named(item: &Item) -> Option<&Ident> {
    Some(match item {
        Item::Const(i) => &i.ident,
        Item::Enum(i) => &i.ident,
        Item::Fn(i) => &i.sig.ident,
        Item::Macro(i) => return i.ident.as_ref(),
        Item::Static(i) => &i.ident,
        Item::Struct(i) => &i.ident,
        Item::Trait(i) => &i.ident,
        Item::Type(i) => &i.ident,
        Item::Union(i) => &i.ident,
        _ => return None,
    })
}

pub fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(i) => &i.attrs,
        Item::Enum(i) => &i.attrs,
        Item::Fn(i) => &i.attrs,
        Item::Impl(i) => &i.attrs,
        Item::Macro(i) => &i.attrs,
        Item::Mod(i) => &i.attrs,
        Item::Static(i) => &i.attrs,
        Item::Struct(i) => &i.attrs,
        Item::Trait(i) => &i.attrs,
        Item::Type(i) => &i.attrs,
        Item::Use(i) => &i.attrs,
        _ => &[],
    }
}
