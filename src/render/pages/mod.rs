//! `docgen docs`: Markdown pages of what a project declares and what its docstrings say.
//!
//! One page a module in `modules/`, and `index.md`. Pages are made apart from each other, in parallel: all that one
//! has to know of the others is their names. Links in a page and from page to page lead to anchors that are the
//! symbols' qualified names, so they stay when a page changes.

mod graph;
mod index;
mod markup;
mod member;
mod module;
mod prose;
mod sections;

use std::collections::BTreeSet;

use crate::python::{Import, Module};

/// The folder of the modules' pages.
const FOLDER: &str = "modules";

/// What stands at the top of every page, and tells that it may be written anew.
pub const MARK: &str = "<!-- Written by `docgen docs`; edits are lost. -->\n";

/// A function of more cyclomatic complexity than this is marked: the limit of the measure's author.
const LIMIT: u32 = 10;

/// The modules of a project.
#[derive(Debug)]
pub struct Site {
    names: BTreeSet<String>,
    /// Whether private symbols have a place, too.
    has_private: bool,
}

/// A page, and what the index has to know of its module.
#[derive(Debug)]
pub struct Page {
    /// Where it lies below the folder of the documentation.
    pub file: String,
    /// The whole page.
    pub text: String,
    /// Its line in the index.
    pub entry: Entry,
}

/// A module in the index.
#[derive(Debug)]
pub struct Entry {
    name: String,
    summary: String,
    classes: usize,
    functions: usize,
    /// How many symbols with a place have a docstring, and how many there are.
    documented: [usize; 2],
    /// The modules of the project that it imports.
    imports: BTreeSet<String>,
}

/// The name of a module by its path below the project's root: `pkg/sub/__init__.py` is `pkg.sub`.
pub fn module_name(path: &str) -> String {
    let path = path.strip_prefix("src/").unwrap_or(path);
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let stem = stem.strip_suffix("/__init__").unwrap_or(stem);
    stem.replace('/', ".")
}

impl Site {
    /// A site of these modules.
    pub const fn new(names: BTreeSet<String>, has_private: bool) -> Self {
        Self { names, has_private }
    }

    /// The page of the module `name`, read from the file at `path`.
    pub fn page(&self, name: &str, path: &str, module: &Module<'_>) -> Page {
        module::page(self, name, path, module)
    }

    /// The page of a module that cannot be read, and why.
    pub fn unreadable(&self, name: &str, path: &str, reason: &str) -> Page {
        let title = markup::inline(name);
        let (path, reason) = (markup::code(path), markup::inline(reason));
        Page {
            file: file(name),
            text: format!("{MARK}\n# {title}\n\n{path} cannot be read: {reason}.\n"),
            entry: Entry {
                name: name.to_owned(),
                summary: format!("Cannot be read: {reason}."),
                classes: 0,
                functions: 0,
                documented: [0, 0],
                imports: BTreeSet::new(),
            },
        }
    }

    /// The index of all pages.
    pub fn index(&self, entries: &[Entry]) -> String {
        index::index(entries)
    }

    /// The module of the project that an import in `name` means, if it is one.
    fn local(&self, name: &str, is_package: bool, import: &Import<'_>) -> Option<&str> {
        let bare: String = import
            .module
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        let dots = bare.len() - bare.trim_start_matches('.').len();
        let mut meant = if dots == 0 {
            bare
        } else {
            // One dot is the package that the module is in, or is.
            let up = dots - usize::from(is_package);
            let parts: Vec<&str> = name.split('.').collect();
            let kept = parts.len().checked_sub(up)?;
            let below = &bare[dots..];
            let all = parts[..kept]
                .iter()
                .copied()
                .chain((!below.is_empty()).then_some(below));
            all.collect::<Vec<_>>().join(".")
        };
        if let Some(member) = import.member {
            let submodule = format!("{meant}.{member}");
            if let Some(known) = self.names.get(&submodule) {
                return Some(known);
            }
        }
        loop {
            if let Some(known) = self.names.get(&meant) {
                return Some(known);
            }
            let end = meant.rfind('.')?;
            meant.truncate(end);
        }
    }
}

/// The file of a module's page, below the folder of the documentation.
fn file(name: &str) -> String {
    format!("{FOLDER}/{name}.md")
}

#[cfg(test)]
mod tests;
