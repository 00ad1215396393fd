//! `docgen docs`: Markdown pages of what a project declares and what its docstrings say.
//!
//! One page a module in `modules/`, and `index.md`. Pages are made apart from each other, in parallel: all that one
//! has to know of the others is their names. Anchors are the modules' and symbols' names, so they stay when a page changes;
//! each holds a dot, which nothing that is made of a heading does.

mod attributes;
mod changes;
mod dependencies;
mod directive;
mod fence;
mod graph;
mod index;
mod inline;
mod markup;
mod member;
mod module;
mod names;
mod prose;
mod same;
mod sections;
mod signature;
mod source_url;

use std::collections::{BTreeMap, BTreeSet};

use crate::git::History;
use crate::python::{Import, Module};

pub use names::module_name;
pub use same::is_same;
pub use source_url::SourceUrl;

/// The folder of the modules' pages.
const FOLDER: &str = "modules";

/// What stands at the top of every page, and tells that it may be written anew.
pub const MARK: &str = "<!-- Written by `docgen docs`; edits are lost. -->\n";

/// A function of more cyclomatic complexity than this is marked: the limit of the measure's author.
const LIMIT: u32 = 10;

/// What pages hold beside what they always do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    /// Private symbols have a place, too.
    pub has_private: bool,
    /// The code of functions and methods.
    pub has_source: bool,
}

/// The modules of a project.
#[derive(Debug)]
pub struct Site {
    /// The file of each module's page, without folder and extension.
    stems: BTreeMap<String, String>,
    look: Look,
}

/// Where a module comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// Its file, as it is shown.
    pub path: &'a str,
    /// Where its source is on the web.
    pub web: Web<'a>,
    /// What changed it, and its path there.
    pub history: Option<(&'a History, &'a [u8])>,
    /// Where commits are on the web.
    pub commits: Option<&'a SourceUrl>,
}

/// Where the source of a module is on the web.
#[derive(Clone, Copy, Debug)]
pub enum Web<'a> {
    /// Nowhere that is known.
    Nowhere,
    /// At this path of that repository.
    At(&'a SourceUrl, &'a str),
    /// There, but not as it is here.
    Differs(&'a SourceUrl),
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
    /// Those of them that are imported while it is itself.
    at_once: BTreeSet<String>,
    /// The day of its last commit; empty where that is not known.
    day: String,
}

impl Site {
    /// A site of these modules.
    pub fn new(names: BTreeSet<String>, look: Look) -> Self {
        Self {
            stems: names::stems(names),
            look,
        }
    }

    /// The page of the module `name`.
    pub fn page(&self, name: &str, origin: Origin<'_>, module: &Module<'_>) -> Page {
        module::page(self, name, origin, module)
    }

    /// The page of a module that cannot be read, and why.
    pub fn unreadable(&self, name: &str, path: &str, reason: &str) -> Page {
        let title = markup::plain(name);
        let (path, reason) = (markup::code(path), markup::plain(reason));
        Page {
            file: self.file(name),
            text: format!("{MARK}\n# {title}\n\n{path} cannot be read: {reason}.\n"),
            entry: Entry {
                name: name.to_owned(),
                summary: format!("Cannot be read: {reason}."),
                classes: 0,
                functions: 0,
                documented: [0, 0],
                imports: BTreeSet::new(),
                at_once: BTreeSet::new(),
                day: String::new(),
            },
        }
    }

    /// The index of all pages.
    pub fn index(&self, entries: &[Entry]) -> String {
        index::index(self, entries)
    }

    /// The pages that belong to no module, by their files: the index, and what tells Sphinx of all pages.
    pub fn others(&self, entries: &[Entry]) -> [(&'static str, String); 2] {
        [
            ("index.md", self.index(entries)),
            (".toctree.md", index::toctree()),
        ]
    }

    /// The file of a module's page, without folder and extension.
    fn stem<'a>(&'a self, name: &'a str) -> &'a str {
        self.stems.get(name).map_or(name, String::as_str)
    }

    /// The file of a module's page, below the folder of the documentation.
    fn file(&self, name: &str) -> String {
        format!("{FOLDER}/{}.md", self.stem(name))
    }

    /// A link to a module's page from another one's.
    fn link(&self, name: &str) -> String {
        let target = markup::target(self.stem(name));
        format!("[{}]({target}.md)", markup::plain(name))
    }

    /// The modules directly in the package `name`.
    fn submodules<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let below = format!("{name}.");
        let start = below.clone();
        let found = self.stems.range(start..).map(|it| it.0.as_str());
        let found = found.take_while(move |it| it.starts_with(&below));
        found.filter(move |it| !it[name.len() + 1..].contains('.'))
    }

    /// The module of the project that an import in `name` means, if it is one, and whether its member is a module, too.
    fn local(&self, name: &str, is_package: bool, import: &Import<'_>) -> Option<(&str, bool)> {
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
            if let Some((known, _)) = self.stems.get_key_value(&submodule) {
                return Some((known, true));
            }
        }
        let is_module = import.member.is_none();
        loop {
            if let Some((known, _)) = self.stems.get_key_value(&meant) {
                return Some((known, is_module));
            }
            let end = meant.rfind('.')?;
            meant.truncate(end);
        }
    }
}

#[cfg(test)]
mod tests;
