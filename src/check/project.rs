//! The classes of the project's other files, read when a base is first asked for.

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::Job;
use crate::contract::{self, Ancestry, Classes, Place};
use crate::docstring::{self, Style, StyleCounts};
use crate::git::{Content, Reader};
use crate::python::{self, SymbolKind};

/// The files of a run, and those beside them on disk.
///
/// A file is found as Python would find it: relative imports from the file's own folder, others from the folders
/// above it that are no packages. Each is outlined once, and only where a class derives from one of its classes.
pub struct Project<'r> {
    reader: &'r dyn Reader,
    jobs: &'r [Job],
    /// The new sides of the jobs, by path.
    contents: OnceLock<HashMap<&'r str, &'r Content>>,
    places: Mutex<HashMap<String, Option<Place>>>,
    ancestries: Mutex<HashMap<ClassKey, Option<Arc<Ancestry>>>>,
    /// The style of most docstrings, once somebody asked.
    style: OnceLock<Option<Style>>,
}

/// A class: its file's path, and its name.
type ClassKey = (Arc<str>, Box<str>);

impl fmt::Debug for Project<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let jobs = self.jobs.len();
        formatter
            .debug_struct("Project")
            .field("jobs", &jobs)
            .finish_non_exhaustive()
    }
}

/// The project as one of its files sees it.
#[derive(Debug)]
pub(super) struct View<'v, 'r> {
    pub(super) project: &'v Project<'r>,
    pub(super) path: &'v str,
}

impl contract::Project for View<'_, '_> {
    fn ancestry(&self, module: &str, class: &str) -> Option<Arc<Ancestry>> {
        let place = self.project.find(self.path, module)?;
        self.project.ancestry(place, class)
    }

    fn style(&self) -> Option<Style> {
        let found = &self.project.style;
        *found.get_or_init(|| self.project.count_styles().majority())
    }
}

/// How many files of a run tell what its style is: a docstring without one is rare, and all of a large project need not be
/// read once more for it.
const TELLING: usize = 256;

impl<'r> Project<'r> {
    /// That of `jobs`, whose texts `reader` reads.
    pub fn new(jobs: &'r [Job], reader: &'r dyn Reader) -> Self {
        Self {
            reader,
            jobs,
            contents: OnceLock::new(),
            places: Mutex::default(),
            ancestries: Mutex::default(),
            style: OnceLock::new(),
        }
    }

    /// The styles of the docstrings of the first files.
    fn count_styles(&self) -> StyleCounts {
        let mut counts = StyleCounts::default();
        for job in self.jobs.iter().take(TELLING) {
            let bytes = self.reader.read(&job.change.new).unwrap_or_default();
            let text = python::decode(&bytes).unwrap_or_default();
            let module = python::outline(&text, SymbolKind::of_file(&job.change.path));
            for value in contract::values(&module).iter().flatten() {
                counts.add(&docstring::parse(&value.text, None));
            }
        }
        counts
    }

    /// What reads its texts.
    pub(super) fn reader(&self) -> &'r dyn Reader {
        self.reader
    }

    fn ancestry(&self, place: Place, class: &str) -> Option<Arc<Ancestry>> {
        let key = (Arc::clone(&place.path), Box::from(class));
        let lock = || {
            self.ancestries
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(known) = lock().get(&key) {
            return known.clone();
        }
        let find = |path: &str, module: &str| self.find(path, module);
        let found = Ancestry::of(place, class, &find).map(Arc::new);
        lock().insert(key, found.clone());
        found
    }

    /// The file that the file at `path` means by `module`.
    fn find(&self, path: &str, module: &str) -> Option<Place> {
        let name = module.trim_start_matches('.');
        let dots = module.len() - name.len();
        let below = name.replace('.', "/");
        let mut folder = parent(path)?;
        if dots > 0 {
            for _ in 1..dots {
                folder = parent(folder)?;
            }
            return self.module(folder, &below);
        }
        loop {
            let is_package = self.is_there(&joined(folder, "__init__.py"));
            if !is_package && let Some(place) = self.module(folder, &below) {
                return Some(place);
            }
            let Some(above) = parent(folder) else {
                // The folder that paths begin at may be a package itself.
                let (first, rest) = below.split_once('/').unwrap_or((&below, ""));
                let is_it = is_package && self.name_of_root().as_deref() == Some(first);
                return if is_it {
                    self.module(folder, rest)
                } else {
                    None
                };
            };
            folder = above;
        }
    }

    /// The name of the folder that paths begin at, where files on disk tell.
    fn name_of_root(&self) -> Option<String> {
        let Content::Disk(place) = self.contents().get("__init__.py")? else {
            return None;
        };
        let name = place.parent()?.file_name()?;
        name.to_str().map(str::to_owned)
    }

    /// The module or package `below` a folder.
    fn module(&self, folder: &str, below: &str) -> Option<Place> {
        let stem = joined(folder, below);
        let module = (!below.is_empty()).then(|| self.place(&[&stem, ".py"].concat()));
        module
            .flatten()
            .or_else(|| self.place(&joined(&stem, "__init__.py")))
    }

    fn is_there(&self, path: &str) -> bool {
        self.contents().contains_key(path) || self.place(path).is_some()
    }

    fn contents(&self) -> &HashMap<&'r str, &'r Content> {
        let files = || {
            self.jobs
                .iter()
                .map(|it| (it.change.path.as_str(), &it.change.new))
        };
        self.contents.get_or_init(|| files().collect())
    }

    /// The classes of the file at `path`; `None` where there is none. One that is not among the jobs is looked for on
    /// disk, where paths begin at the working folder.
    fn place(&self, path: &str) -> Option<Place> {
        let lock = || self.places.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(path) {
            return known.clone();
        }
        let given = self.contents().get(path).copied();
        let bytes = match given {
            Some(content) => self.reader.read(content),
            None => self.reader.read(&Content::Disk(PathBuf::from(path))),
        };
        let bytes = bytes.ok();
        let text = bytes
            .as_deref()
            .map(|it| python::decode(it).unwrap_or_default());
        let place = text.map(|text| Place {
            path: path.into(),
            classes: Arc::new(Classes::of(&python::outline(
                &text,
                SymbolKind::of_file(path),
            ))),
        });
        lock().insert(path.to_owned(), place.clone());
        place
    }
}

/// The folder of a path; `None` where it has none above it.
fn parent(path: &str) -> Option<&str> {
    match path.rsplit_once('/') {
        Some((folder, _)) => Some(folder),
        None => (!path.is_empty()).then_some(""),
    }
}

fn joined(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", name) => name.to_owned(),
        (folder, "") => folder.to_owned(),
        (folder, name) => [folder, "/", name].concat(),
    }
}
