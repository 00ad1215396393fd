//! The names of modules, and of the files that their pages lie in.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::text::Fnv;

/// A longer name is cut: file systems allow 255 bytes.
const LONGEST: usize = 150;

/// The name of a module by its path below the project's root: `pkg/sub/__init__.py` is `pkg.sub`. What stands before a
/// folder `src` is none of the name.
pub fn module_name(path: &str) -> String {
    let below = path.strip_prefix("src/");
    let below = below.or_else(|| path.rsplit_once("/src/").map(|it| it.1));
    let path = below.unwrap_or(path);
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let stem = stem.strip_suffix("/__init__").unwrap_or(stem);
    stem.trim_start_matches('/').replace('/', ".")
}

/// The file name, without its extension, of each module's page. No two are the same where capitals do not count, and none
/// is that of a folder's index.
pub(super) fn stems(names: BTreeSet<String>) -> BTreeMap<String, String> {
    let mut order: Vec<String> = names.into_iter().collect();
    // The one without capitals keeps its name, whichever others come and go.
    order.sort_by_cached_key(|it| {
        let plain = plain(it);
        (
            plain != *it,
            it.chars().filter(|c| c.is_uppercase()).count(),
        )
    });
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut stems = BTreeMap::new();
    for name in order {
        let plain = plain(&name);
        let is_index = matches!(plain.to_lowercase().as_str(), "index" | "readme");
        let first = if is_index {
            plain.clone() + "-module"
        } else {
            plain.clone()
        };
        let others = (2..).map(|number| format!("{plain}-{number}"));
        let mut all = std::iter::once(first).chain(others);
        if let Some(stem) = all.find(|it| taken.insert(it.to_lowercase())) {
            stems.insert(name, stem);
        }
    }
    stems
}

/// `name` with nothing in it that a file system or an address would take for something else.
fn plain(name: &str) -> String {
    let is_kept = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
    let mut plain: String = name
        .chars()
        .map(|c| if is_kept(c) { c } else { '_' })
        .collect();
    // Files that begin with a dot are hidden, and MkDocs leaves them out.
    if plain.is_empty() || plain.starts_with('.') {
        plain.insert(0, '_');
    }
    if plain.len() > LONGEST {
        let mut hash = Fnv::default();
        hash.add(name);
        let end = (0..=LONGEST).rev().find(|&at| plain.is_char_boundary(at));
        plain.truncate(end.unwrap_or(0));
        // Writing to a string cannot fail.
        let _ = write!(plain, "-{:016x}", hash.value());
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{module_name, stems};

    #[test]
    fn names_are_those_that_python_imports() {
        assert_eq!(module_name("src/pkg/sub/__init__.py"), "pkg.sub");
        assert_eq!(module_name("packages/one/src/one/a.py"), "one.a");
        assert_eq!(module_name("pkg/mod.pyi"), "pkg.mod");
        assert_eq!(module_name("__init__.py"), "__init__");
    }

    #[test]
    fn every_page_has_a_file_of_its_own() {
        let long = "x".repeat(400);
        let names = [
            "a",
            "A",
            "a-2",
            "index",
            "ReadMe",
            ".x",
            "a b",
            "a_b",
            "a/b",
            "é",
            long.as_str(),
        ];
        let stems = stems(names.into_iter().map(str::to_owned).collect());
        let told: Vec<&str> = stems.values().map(String::as_str).collect();
        let hash = &told[9][150..];
        assert_eq!(hash.len(), 17);
        let given: Vec<&str> = stems.keys().map(String::as_str).collect();
        assert_eq!(
            given,
            [
                ".x", "A", "ReadMe", "a", "a b", "a-2", "a/b", "a_b", "index", &long, "é"
            ]
        );
        assert_eq!(
            told,
            [
                "_.x",
                "A-3",
                "ReadMe-module",
                "a",
                "a_b-2",
                "a-2",
                "a_b-3",
                "a_b",
                "index-module",
                told[9],
                "é"
            ]
        );
    }
}
