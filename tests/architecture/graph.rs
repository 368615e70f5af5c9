//! The dependency graph: which file uses which item of which other file, and its cycles.

use std::collections::{BTreeMap, VecDeque};

use crate::parse::{Import, Mention};
use crate::resolve::House;

/// One file that uses an item of another.
#[derive(Debug, Clone)]
pub struct Edge {
    pub from: usize,
    pub to: usize,
    pub item: String,
    pub line: usize,
}

/// A full path into another package.
pub struct Outside {
    pub file: usize,
    pub path: String,
    pub line: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// A `use` through which other files may reach items.
    ReExport,
    Use,
    /// A single name, which may be a variable.
    Word,
    Path,
}

pub struct Graph {
    /// The paths of the files.
    pub files: Vec<String>,
    /// By file and line. A file uses most items more than once.
    pub edges: Vec<Edge>,
    pub outside: Vec<Outside>,
    /// The first edge between two files, by the pair.
    first: BTreeMap<(usize, usize), usize>,
}

impl Graph {
    pub fn of(house: &House) -> Self {
        let mut graph = Self {
            files: house.files.iter().map(|f| f.path.clone()).collect(),
            edges: Vec::new(),
            outside: Vec::new(),
            first: BTreeMap::new(),
        };
        for (at, module) in house.modules.iter().enumerate() {
            for import in &module.imports {
                let Import {
                    path, line, public, ..
                } = import;
                graph.add(
                    house,
                    at,
                    path,
                    *line,
                    if *public { Sort::ReExport } else { Sort::Use },
                );
            }
            for Mention { path, line } in &module.mentions {
                let sort = if path.len() == 1 {
                    Sort::Word
                } else {
                    Sort::Path
                };
                graph.add(house, at, path, *line, sort);
            }
        }
        graph.edges.sort_by_key(|e| (e.from, e.line));
        for (i, edge) in graph.edges.iter().enumerate() {
            graph.first.entry((edge.from, edge.to)).or_insert(i);
        }
        graph
    }

    fn add(&mut self, house: &House, at: usize, path: &[String], line: usize, sort: Sort) {
        let module = &house.modules[at];
        let found = house.resolve(at, path);
        if let Some(item) = found.item {
            let home = &house.modules[item.module];
            // A parent that only re-exports an item of its child does not depend on the child.
            let passed_on = sort == Sort::ReExport && home.path.starts_with(&module.path);
            if home.file != module.file && !passed_on {
                let (from, to) = (module.file, home.file);
                self.edges.push(Edge {
                    from,
                    to,
                    item: item.name,
                    line,
                });
            }
        }
        // A single name may just as well be a variable.
        if let Some(path) = found.outside.filter(|_| sort != Sort::Word) {
            self.outside.push(Outside {
                file: module.file,
                path: path.join("::"),
                line,
            });
        }
    }

    fn next(&self, file: usize) -> impl Iterator<Item = usize> + '_ {
        self.first
            .range((file, 0)..(file + 1, 0))
            .map(|((_, to), _)| *to)
    }

    /// The paths from a file to every file it reaches, each given by its predecessor. Includes the
    /// file itself if it is on a cycle.
    fn ways(&self, from: usize) -> BTreeMap<usize, usize> {
        let mut before = BTreeMap::new();
        let mut waiting = VecDeque::from([from]);
        while let Some(file) = waiting.pop_front() {
            for next in self.next(file) {
                before.entry(next).or_insert_with(|| {
                    waiting.push_back(next);
                    file
                });
            }
        }
        before
    }

    /// The sets of files that all reach each other, largest first.
    pub fn circles(&self) -> Vec<Vec<usize>> {
        let ways: Vec<_> = (0..self.files.len()).map(|file| self.ways(file)).collect();
        let mut circles: Vec<Vec<usize>> = Vec::new();
        for (file, reached) in ways.iter().enumerate() {
            let circle: Vec<usize> = reached
                .keys()
                .copied()
                .filter(|other| ways[*other].contains_key(&file))
                .collect();
            if circle.first() == Some(&file) {
                circles.push(circle);
            }
        }
        circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
        circles
    }

    /// The shortest cycle within such a set.
    pub fn shortest(&self, circle: &[usize]) -> Vec<&Edge> {
        let rounds = circle.iter().map(|start| {
            let ways = self.ways(*start);
            let (mut round, mut to) = (Vec::new(), *start);
            while let Some(from) = ways.get(&to).copied() {
                round.push(&self.edges[self.first[&(from, to)]]);
                if from == *start {
                    break;
                }
                to = from;
            }
            round.reverse();
            round
        });
        rounds.min_by_key(Vec::len).unwrap_or_default()
    }

    /// Describes a cycle.
    pub fn describe(&self, round: &[&Edge]) -> String {
        let step = |edge: &&Edge| {
            let file = &self.files[edge.from];
            format!("{file} -({}, line {})-> ", edge.item, edge.line)
        };
        let steps: String = round.iter().map(step).collect();
        steps + round.first().map_or("", |edge| &self.files[edge.from])
    }
}
