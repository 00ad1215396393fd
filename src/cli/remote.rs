//! Repositories by URL: which PATH is one, which commands take one, and what becomes of it.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::failure::{Failure, Kind};
use super::jobs::{self, Asked, Work};
use super::screen::Screen;
use crate::config::{Resolver, Sources};
use crate::git::{Address, AddressError, CloneError, Cloned};

/// The longest that a clone may take, in seconds.
const LONGEST: u64 = 300;
const HEADING: &str = "Repository by URL";

/// How a repository is cloned that a URL names.
#[derive(Debug, Args)]
pub(super) struct Remote {
    /// Clone a `file://` URL, too
    #[arg(long, help_heading = HEADING)]
    allow_file_url: bool,
    /// The most seconds that a clone may take
    #[arg(long, help_heading = HEADING, value_name = "SECONDS", default_value_t = LONGEST, value_parser = clap::value_parser!(u64).range(1..=LONGEST))]
    clone_timeout: u64,
}

/// Clones the repository that a PATH names; `None` where every PATH is a file's or a folder's.
pub(super) fn cloned(asked: &Asked<'_>, screen: &Screen) -> Result<Option<Cloned>, Failure> {
    let with_files = asked.remote.is_none_or(|it| it.allow_file_url);
    let read = |path: &PathBuf| Address::read(path, with_files);
    let Some(address) = asked.paths.iter().find_map(read) else {
        return Ok(None);
    };
    let address = address?;
    let refuse = |reason: &str, hint: &str| {
        let message = format!("{} {reason}", address.shown());
        Err(Failure::new(Kind::Usage, message).hint(hint))
    };
    let Some(remote) = asked.remote else {
        return refuse(
            "is a repository by its URL, which this command does not take",
            "clone it, and give the folder; `check`, `score`, `docs` and `symbols` take a URL",
        );
    };
    if asked.paths.len() > 1 {
        return refuse(
            "has another PATH beside it",
            "one repository at a time; `#REV:PATH` behind the URL names a file or folder of it",
        );
    }
    if asked.scope.is_told() && !asked.scope.all {
        return refuse(
            "is cloned with one commit, which there is nothing to compare with",
            "leave the scope out: every symbol is checked",
        );
    }
    screen.begin_line(&format!("cloning {}", address.shown()));
    let limit = Duration::from_secs(remote.clone_timeout);
    let cloned = Cloned::new(address, limit, Screen::silence);
    screen.end_line();
    Ok(Some(cloned?))
}

/// The files of a cloned repository, with its own settings; nothing that lies above it on this machine counts.
pub(super) fn plan(asked: Asked<'_>, cloned: Cloned, screen: &Screen) -> Result<Work, Failure> {
    let root = cloned.root().to_owned();
    let paths: Vec<PathBuf> = cloned.folder().map(PathBuf::from).into_iter().collect();
    let found = || {
        let sources = Sources {
            ground: Some(root.clone()),
            ..jobs::sources(asked.global, asked.options, screen)?
        };
        let resolver = Resolver::new(&root, sources)?;
        let fail_under = resolver.settings(&root)?.fail_under;
        let work = Work::everything(&paths, None, root.clone(), &resolver)?;
        Ok(Work { fail_under, ..work })
    };
    let public = |text: &str| cloned.public(text);
    let mut work = found().map_err(|it: Failure| it.told(public))?;
    let failures = work.failures.drain(..);
    work.failures = failures.map(|it| it.told(public)).collect();
    work.comparison.head = Some(cloned.commit().to_owned());
    work.comparison.sentence = cloned.sentence();
    work.cloned = Some(cloned);
    Ok(work)
}

impl From<AddressError> for Failure {
    fn from(error: AddressError) -> Self {
        Self::new(Kind::Usage, error.to_string()).hint(error.hint)
    }
}

impl From<CloneError> for Failure {
    fn from(error: CloneError) -> Self {
        let kind = match error {
            CloneError::NoGit(_) | CloneError::Disk(_) => Kind::Machine,
            _ => Kind::Git,
        };
        let failure = Self::new(kind, error.to_string());
        let hints = error.hints();
        hints.into_iter().fold(failure, Failure::hint)
    }
}
