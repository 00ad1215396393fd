//! The files of the package, and the laws that are held over them.

use std::fs;
use std::path::Path;

/// One file, its path written from the package's folder with `/`.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let (path, text) = (path.to_owned(), text.to_owned());
        Self { path, text }
    }

    /// Names of folders and file below `src/`: `["rules", "missing_param"]`.
    pub(crate) fn module(&self) -> Vec<&str> {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let mut names: Vec<_> = inside.trim_end_matches(".rs").split('/').collect();
        if names
            .last()
            .is_some_and(|it| ["mod", "lib", "main"].contains(it))
        {
            names.pop();
        }
        names
    }

    /// The room it belongs to; `None` for `lib.rs` and `main.rs`.
    pub(crate) fn room(&self) -> Option<&str> {
        self.module().first().copied()
    }

    pub(crate) fn complaint(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path)
    }
}

/// Every Rust file below a folder of the package, in the order of their paths.
pub(crate) fn files_below(folder: &str) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let name = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                found.push(File::new(&name, &fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(!found.is_empty(), "no file below {folder}");
    found
}

/// Panics with what a law has to say of every file of `src/`.
pub(crate) fn hold(law: fn(&File) -> Vec<String>) {
    let complaints: Vec<_> = files_below("src").iter().flat_map(law).collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// Whether a law complains of a sample that stands at `path`.
pub(crate) fn breaks(law: fn(&File) -> Vec<String>, path: &str, text: &str) -> bool {
    !law(&File::new(path, text)).is_empty()
}
