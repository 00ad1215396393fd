//! Earlier runs in this project: kept in the store of answers, and found there again.

use std::path::Path;

use super::args::Global;
use super::failure::{Failure, Kind};
use super::screen::Screen;
use super::shelf;
use crate::git::Repository;
use crate::meter::{Record, SymbolRecord};
use crate::store::{self, KeptRun, Store, StoreError};

/// So many symbols of a run are kept, those that most needs to be said of.
const SYMBOLS: usize = 10_000;

/// A project, as its runs are kept.
#[derive(Clone, Debug)]
pub(super) struct Project {
    /// What people call it.
    pub(super) name: String,
    /// What its runs are found by.
    key: String,
}

/// An address without who signs in, and without what may be left out.
fn bare(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.rsplit('@').next().unwrap_or(host);
    let path = path.trim_end_matches('/').trim_end_matches(".git");
    format!("{scheme}://{host}/{path}")
}

/// The runs that a store has of a project.
pub(super) struct History {
    store: Box<dyn Store>,
    project: Project,
}

impl Project {
    /// The one that the folder `root` lies in: its repository, or the folder itself.
    pub(super) fn of(root: &Path) -> Self {
        let repository = Repository::discover(root).ok().flatten();
        let top = repository.as_ref().map_or(root, Repository::root);
        let name = top.file_name().unwrap_or_default().to_string_lossy();
        // Every checkout of one repository is the same project; without one, two folders of one name are two.
        let address = repository.as_ref().and_then(Repository::address);
        let place = address.map_or_else(|| top.to_string_lossy().into_owned(), |it| bare(&it));
        Self {
            key: store::key(["project", &place])[..32].to_owned(),
            name: name.into_owned(),
        }
    }

    /// Keeps a run.
    pub(super) fn keep(&self, store: &dyn Store, record: &Record) -> Result<(), StoreError> {
        let Some(history) = store.history() else {
            return Ok(());
        };
        let most = record.symbols.len().min(SYMBOLS);
        let details = serde_json::to_string(&record.symbols[..most]).unwrap_or_default();
        let bare = Record {
            symbols: Vec::new(),
            ..record.clone()
        };
        // Numbers and texts always make JSON.
        let text = serde_json::to_string(&bare).unwrap_or_default();
        history.keep(&KeptRun {
            project: self.key.clone(),
            id: record.id.clone(),
            began: record.began,
            record: text,
            details,
        })
    }
}

impl History {
    /// That of the project that the folder `root` lies in.
    pub(super) fn open(root: &Path, global: &Global, screen: &Screen) -> Result<Self, Failure> {
        let choice = shelf::choice(root, global, screen)?;
        Ok(Self {
            store: shelf::open(&choice, screen),
            project: Project::of(root),
        })
    }

    /// What people call the project.
    pub(super) fn project(&self) -> &str {
        &self.project.name
    }

    /// The newest runs, so many at most.
    pub(super) fn runs(&self, most: usize) -> Result<Vec<Record>, Failure> {
        let Some(history) = self.store.history() else {
            return Ok(Vec::new());
        };
        let runs = history.runs(&self.project.key, most);
        let runs = runs.map_err(|it| shelf::failed(&it))?;
        // What another docgen wrote and this one cannot read is as good as not there.
        let read = |it: &String| serde_json::from_str(it).ok();
        Ok(runs.iter().filter_map(read).collect())
    }

    /// What became of the symbols of a run, where that is still kept.
    pub(super) fn symbols(&self, run: &Record) -> Result<Vec<SymbolRecord>, Failure> {
        let Some(history) = self.store.history() else {
            return Ok(Vec::new());
        };
        let details = history.details(&self.project.key, &run.id);
        let details = details.map_err(|it| shelf::failed(&it))?;
        Ok(details
            .and_then(|it| serde_json::from_str(&it).ok())
            .unwrap_or_default())
    }

    /// There is nothing to tell of.
    pub(super) fn none(&self) -> Failure {
        let name = self.project();
        let failure = Failure::new(Kind::Usage, format!("no run in `{name}` is kept"));
        failure.hint(
            "a run of `docgen fix` that asks an AI is; others are with `--history`, as in `docgen score --history`",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn a_token_of_one_build_makes_no_other_project() {
        let plain = bare("https://example.org/team/shop");
        for other in [
            "https://ci:token@example.org/team/shop.git",
            "https://example.org/team/shop/",
        ] {
            assert_eq!(bare(other), plain);
        }
        assert_ne!(
            bare("git@example.org:team/other.git"),
            bare("git@example.org:team/shop.git")
        );
    }
}
