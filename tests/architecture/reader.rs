//! Walks the code of one file and collects the data that `parse` defines.

use std::collections::{BTreeSet, HashMap, HashSet};

use proc_macro2::TokenStream;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, Pat, Stmt, Type, Visibility};

use crate::parse::{
    Arm, Import, Leaf, Match, Mention, Module, Path, attributes, binds, bound, for_tests, leaves,
    line, named, names, pattern_paths, takes_the_rest,
};
use crate::tokens;

pub struct Reader {
    pub modules: Vec<Module>,
    at: usize,
    /// Names that the enclosing blocks import (with a path) or define (without one).
    scopes: Vec<HashMap<String, Option<Path>>>,
    /// Variables of the enclosing functions. They hide functions of the same name.
    locals: Vec<HashSet<String>>,
    /// The types that `Self` stands for.
    owners: Vec<Option<Path>>,
    in_pattern: bool,
}

impl Reader {
    pub fn new(own: Module) -> Self {
        Self {
            modules: vec![own],
            at: 0,
            scopes: Vec::new(),
            locals: Vec::new(),
            owners: Vec::new(),
            in_pattern: false,
        }
    }

    fn module(&mut self) -> &mut Module {
        &mut self.modules[self.at]
    }

    /// Expands the part of a path that is local to a function; `None` if the path stays inside it.
    fn expand(&self, path: Path) -> Option<Path> {
        let (first, rest) = path.split_first()?;
        if first == "Self" {
            let owner = self.owners.last()?.as_ref()?;
            return Some([owner, rest].concat());
        }
        if rest.is_empty() && self.locals.iter().any(|names| names.contains(first)) {
            return None;
        }
        match self.scopes.iter().rev().find_map(|scope| scope.get(first)) {
            Some(target) => target.as_ref().map(|target| [target, rest].concat()),
            None => Some(path),
        }
    }

    fn mention(&mut self, path: Path, line: usize) {
        let Some(path) = self.expand(path) else {
            return;
        };
        let mention = Mention { path, line };
        if self.in_pattern {
            self.module().patterns.push(mention.clone());
        }
        self.module().mentions.push(mention);
    }

    /// Reads code that has its own variables.
    fn within(&mut self, names: HashSet<String>, read: impl FnOnce(&mut Self)) {
        self.locals.push(names);
        read(self);
        self.locals.pop();
    }

    fn define(&mut self, item: &Item) {
        let variants = match item {
            Item::Enum(item) => item.variants.iter().map(|v| v.ident.to_string()).collect(),
            Item::Macro(item) if item.ident.is_none() => {
                return tokens::words(item.mac.tokens.clone(), &mut self.module().made);
            }
            _ => BTreeSet::new(),
        };
        if let Some(name) = named(item) {
            self.module().items.insert(name.to_string(), variants);
        }
    }

    fn import(&mut self, item: &syn::ItemUse) {
        let public = !matches!(item.vis, Visibility::Inherited);
        for leaf in leaves(&item.tree) {
            let Some(path) = self.expand(leaf.path.clone()) else {
                continue;
            };
            match (leaf.glob, self.scopes.last_mut()) {
                (true, _) => self.module().globs.push(path),
                (false, Some(scope)) => {
                    scope.extend(leaf.name.map(|name| (name, Some(path.clone()))));
                    self.module().mentions.push(Mention {
                        path,
                        line: leaf.line,
                    });
                }
                (false, None) => {
                    let Leaf { name, line, .. } = leaf;
                    self.module().imports.push(Import {
                        name,
                        path,
                        line,
                        public,
                    });
                }
            }
        }
    }

    /// Paths and matches in a macro's arguments. Names that the macro adds are unknown here.
    fn stream(&mut self, stream: TokenStream) {
        let stream = tokens::plain(stream);
        for (path, line) in tokens::paths(stream.clone()) {
            self.mention(path, line);
        }
        for found in tokens::matches(stream) {
            self.visit_expr_match(&found);
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_item(&mut self, item: &'ast Item) {
        if for_tests(attributes(item)) {
            if let Item::Mod(module) = item {
                self.module().tests.push(module.ident.to_string());
            }
            return;
        }
        if self.scopes.is_empty() {
            self.define(item);
            if let Item::Use(import) = item {
                self.import(import);
            }
        }
        visit::visit_item(self, item);
    }

    /// Nothing to do: imports were recorded at the start of their module or block.
    fn visit_item_use(&mut self, _: &'ast syn::ItemUse) {}

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let Some((_, items)) = &item.content else {
            return;
        };
        let file = self.module().file;
        let path = [&self.module().path[..], &[item.ident.to_string()]].concat();
        self.modules.push(Module {
            path,
            file,
            ..Module::default()
        });
        let outer = std::mem::replace(&mut self.at, self.modules.len() - 1);
        for item in items {
            self.visit_item(item);
        }
        self.at = outer;
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let owner = match &*item.self_ty {
            Type::Path(ty) if ty.qself.is_none() => self.expand(names(&ty.path)),
            _ => None,
        };
        self.owners.push(owner);
        visit::visit_item_impl(self, item);
        self.owners.pop();
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.owners.push(None);
        visit::visit_item_trait(self, item);
        self.owners.pop();
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        let names = bound(|b| b.visit_item_fn(item));
        self.within(names, |r| visit::visit_item_fn(r, item));
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !for_tests(&item.attrs) {
            let names = bound(|b| b.visit_impl_item_fn(item));
            self.within(names, |r| visit::visit_impl_item_fn(r, item));
        }
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        let names = bound(|b| b.visit_trait_item_fn(item));
        self.within(names, |r| visit::visit_trait_item_fn(r, item));
    }

    fn visit_expr_closure(&mut self, closure: &'ast syn::ExprClosure) {
        let names = bound(|b| b.visit_expr_closure(closure));
        self.within(names, |r| visit::visit_expr_closure(r, closure));
    }

    fn visit_block(&mut self, block: &'ast syn::Block) {
        self.scopes.push(HashMap::new());
        for statement in &block.stmts {
            let Stmt::Item(item) = statement else {
                continue;
            };
            if let Item::Use(import) = item {
                self.import(import);
            } else if let (Some(name), Some(scope)) = (named(item), self.scopes.last_mut()) {
                scope.insert(name.to_string(), None);
            }
        }
        visit::visit_block(self, block);
        self.scopes.pop();
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.mention(
            names(path),
            line(path.segments.first().map(|s| s.ident.span())),
        );
        visit::visit_path(self, path);
    }

    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        match &path.qself {
            // In `<T>::of`, the last part is looked up in the type.
            Some(owner) if owner.position == 0 => self.visit_qself(owner),
            _ => visit::visit_expr_path(self, path),
        }
    }

    fn visit_type_path(&mut self, path: &'ast syn::TypePath) {
        match &path.qself {
            Some(owner) if owner.position == 0 => self.visit_qself(owner),
            _ => visit::visit_type_path(self, path),
        }
    }

    fn visit_type_reference(&mut self, reference: &'ast syn::TypeReference) {
        if let (Some(_), Type::Path(ty)) = (&reference.mutability, &*reference.elem)
            && let Some(path) = self.expand(names(&ty.path))
        {
            let line = line(Some(reference.and_token.span));
            self.module().changed.push(Mention { path, line });
        }
        visit::visit_type_reference(self, reference);
    }

    fn visit_pat(&mut self, pattern: &'ast Pat) {
        let outer = std::mem::replace(&mut self.in_pattern, true);
        visit::visit_pat(self, pattern);
        self.in_pattern = outer;
    }

    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        if !binds(&pattern.ident) {
            self.mention(
                vec![pattern.ident.to_string()],
                line(Some(pattern.ident.span())),
            );
        }
        visit::visit_pat_ident(self, pattern);
    }

    /// Neither the type nor the guard of a pattern is part of it.
    fn visit_pat_type(&mut self, typed: &'ast syn::PatType) {
        self.visit_pat(&typed.pat);
        let outer = std::mem::take(&mut self.in_pattern);
        self.visit_type(&typed.ty);
        self.in_pattern = outer;
    }

    fn visit_pat_guard(&mut self, guard: &'ast syn::PatGuard) {
        self.visit_pat(&guard.pat);
        let outer = std::mem::take(&mut self.in_pattern);
        self.visit_expr(&guard.guard);
        self.in_pattern = outer;
    }

    fn visit_expr_match(&mut self, found: &'ast syn::ExprMatch) {
        let arms = found.arms.iter().map(|arm| {
            let paths = pattern_paths(&arm.pat);
            Arm {
                paths: paths
                    .into_iter()
                    .filter_map(|path| self.expand(path))
                    .collect(),
                rest: takes_the_rest(&arm.pat),
            }
        });
        let arms = arms.collect();
        let line = line(Some(found.match_token.span));
        self.module().matches.push(Match { line, arms });
        visit::visit_expr_match(self, found);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        visit::visit_macro(self, mac);
        if let Some(pattern) = tokens::asked_pattern(mac) {
            self.visit_pat(&pattern);
        }
        self.stream(mac.tokens.clone());
    }
}
