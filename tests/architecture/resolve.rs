//! Resolves a path to the definition it refers to, through imports, re-exports and globs.

use std::collections::HashMap;
use std::path::Path as FsPath;

use crate::parse::{self, Module, Path};

/// The package, as `main.rs` names it.
const PACKAGE: &str = "kenshin";

pub struct File {
    /// Relative to `src/`, with `/` separators.
    pub path: String,
    pub text: String,
}

/// The source tree.
pub struct House {
    pub files: Vec<File>,
    pub modules: Vec<Module>,
    /// Modules by path.
    places: HashMap<Path, usize>,
}

/// What a name refers to. A module and an item may share a name; a longer path then means the
/// module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    pub module: Option<usize>,
    pub item: Option<Definition>,
    /// The full path, if it belongs to another package.
    pub outside: Option<Path>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    pub module: usize,
    pub name: String,
}

impl Definition {
    fn new(module: usize, name: &str) -> Self {
        let name = name.to_owned();
        Self { module, name }
    }
}

impl Found {
    fn module(module: Option<usize>) -> Self {
        Self {
            module,
            ..Self::default()
        }
    }

    fn item(item: Definition) -> Self {
        Self {
            item: Some(item),
            ..Self::default()
        }
    }

    fn outside(path: Path) -> Self {
        Self {
            outside: Some(path),
            ..Self::default()
        }
    }

    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Combines two meanings of one name, such as a module and a function.
    fn or(self, other: Self) -> Self {
        if self.is_nothing() {
            return other;
        }
        Self {
            module: self.module.or(other.module),
            item: self.item.or(other.item),
            outside: self.outside,
        }
    }
}

/// Names being resolved, because two modules with mutual globs would recurse forever.
type Pending = Vec<(usize, String)>;

impl House {
    /// Reads `src/` of the package.
    pub fn read() -> Self {
        let root = FsPath::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = Vec::new();
        collect(&root, &root, &mut files);
        files.sort_by(|a: &File, b| a.path.cmp(&b.path));
        Self::of(files)
    }

    /// From files in memory.
    pub fn of(files: Vec<File>) -> Self {
        let mut modules = Vec::new();
        for (i, file) in files.iter().enumerate() {
            match parse::modules(&file.text, module_path(&file.path), i) {
                Ok(read) => modules.extend(read),
                Err(e) => panic!("{} line {}: {e}", file.path, e.span().start().line),
            }
        }
        let tests: Vec<Path> = modules
            .iter()
            .flat_map(|m| m.tests.iter().map(|name| join(&m.path, name)))
            .collect();
        modules.retain(|m| !tests.iter().any(|test| m.path.starts_with(test)));
        let places = modules
            .iter()
            .enumerate()
            .map(|(i, m)| (m.path.clone(), i))
            .collect();
        Self {
            files,
            modules,
            places,
        }
    }

    /// A made-up tree with an empty root.
    pub fn of_texts(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| File {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        let root = [("lib.rs", "//! The root.")];
        Self::of(files.iter().chain(&root).map(file).collect())
    }

    /// The file of a definition.
    pub fn file_of(&self, item: &Definition) -> &File {
        &self.files[self.modules[item.module].file]
    }

    /// Resolves a path in a module.
    pub fn resolve(&self, at: usize, path: &[String]) -> Found {
        self.follow(at, path, &mut Vec::new())
    }

    fn follow(&self, at: usize, path: &[String], pending: &mut Pending) -> Found {
        let Some((first, rest)) = path.split_first() else {
            return Found::default();
        };
        let first = match first.as_str() {
            "crate" | PACKAGE => self.place(&[]),
            "self" => Found::module(Some(at)),
            "super" => self.above(at),
            name => self
                .look(at, name, pending)
                .or(Found::outside(vec![name.to_owned()])),
        };
        rest.iter()
            .fold(first, |found, name| self.step(found, name, pending))
    }

    /// Resolves one more name of a path.
    fn step(&self, found: Found, name: &str, pending: &mut Pending) -> Found {
        let Some(at) = found.module else {
            return match (found.item, found.outside) {
                // `Type::f` is defined where `Type` is.
                (Some(item), _) => Found::item(item),
                (None, Some(path)) => Found::outside(join(&path, name)),
                (None, None) => Found::default(),
            };
        };
        let next = if name == "super" {
            self.above(at)
        } else {
            self.look(at, name, pending)
        };
        if next.is_nothing() {
            // The module does not define the name, so it belongs to the type of that name. If there
            // is no such type, a macro in that module defines it.
            return Found::item(found.item.unwrap_or_else(|| Definition::new(at, name)));
        }
        next
    }

    /// What a name means in a module. Definitions win over imports, imports over globs, and the
    /// arguments of macros come last.
    fn look(&self, at: usize, name: &str, pending: &mut Pending) -> Found {
        let module = &self.modules[at];
        let mut found = self.place(&join(&module.path, name));
        if module.items.contains_key(name) {
            found = found.or(Found::item(Definition::new(at, name)));
        }
        let asked = (at, name.to_owned());
        if pending.contains(&asked) {
            return found;
        }
        pending.push(asked);
        for import in module
            .imports
            .iter()
            .filter(|i| i.name.as_deref() == Some(name))
        {
            found = found.or(self.follow(at, &import.path, pending));
        }
        if found.is_nothing() {
            found = module
                .globs
                .iter()
                .map(|glob| self.through(at, glob, name, pending))
                .fold(found, Found::or);
        }
        if found.is_nothing() && module.made.contains(name) {
            found = Found::item(Definition::new(at, name));
        }
        pending.pop();
        found
    }

    /// Resolves a name through `use path::*`.
    fn through(&self, at: usize, glob: &[String], name: &str, pending: &mut Pending) -> Found {
        let found = self.follow(at, glob, pending);
        if let Some(module) = found.module {
            return self.look(module, name, pending);
        }
        let has = |item: &Definition| {
            let home = &self.modules[item.module];
            home.items
                .get(&item.name)
                .unwrap_or(&home.made)
                .contains(name)
        };
        found
            .item
            .filter(has)
            .map_or_else(Found::default, Found::item)
    }

    fn place(&self, path: &[String]) -> Found {
        Found::module(self.places.get(path).copied())
    }

    fn above(&self, at: usize) -> Found {
        let path = &self.modules[at].path;
        self.place(&path[..path.len().saturating_sub(1)])
    }
}

fn join(path: &[String], name: &str) -> Path {
    [path, &[name.to_owned()]].concat()
}

/// `domain/health/mod.rs` and `domain/health.rs` are `domain::health`; `lib.rs` is the root.
fn module_path(file: &str) -> Path {
    let stem = file.strip_suffix(".rs").unwrap_or(file);
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    if stem == "lib" {
        Vec::new()
    } else {
        stem.split('/').map(str::to_owned).collect()
    }
}

fn collect(root: &FsPath, folder: &FsPath, out: &mut Vec<File>) {
    for entry in std::fs::read_dir(folder).expect("the folder is readable") {
        let path = entry.expect("a directory entry").path();
        if path.is_dir() {
            collect(root, &path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).expect("the file is readable");
            let path = path
                .strip_prefix(root)
                .expect("a path inside the folder")
                .display()
                .to_string();
            out.push(File {
                path: path.replace('\\', "/"),
                text,
            });
        }
    }
}
