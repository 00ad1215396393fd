//! What a repository tells of the modules: where their source is on the web, and what changed them last.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use super::Docs;
use crate::check::Job;
use crate::cli::failure::{Failure, Kind};
use crate::cli::jobs::Work;
use crate::git::{Committed, Content, History, Repository};
use crate::render::{Origin, SourceUrl, Web};

/// So many commits of a module are told.
const EACH: usize = 5;
/// So many commits are looked at.
const MOST: usize = 20_000;

/// What is known of where the modules come from.
pub(super) struct Ground {
    url: Option<SourceUrl>,
    /// Where commits are shown, whatever people want of links to the source.
    commits: Option<SourceUrl>,
    committed: Option<Committed>,
    history: Option<History>,
    /// The repository's paths by those that are shown.
    places: HashMap<String, Vec<u8>>,
}

impl Ground {
    /// Asks the repository around the working folder, where there is one.
    pub(super) fn of<'w>(
        args: &Docs,
        work: &Work,
        jobs: impl Iterator<Item = &'w Job>,
    ) -> Result<Self, Failure> {
        let repository = repository(args, work)?;
        let mut places = HashMap::new();
        for job in jobs {
            let place = match (&repository, &job.change.new) {
                (Some(repository), Content::Disk(path)) => repository.place(path),
                (None, _) if is_below(&job.change.path) => {
                    Some(job.change.path.clone().into_bytes())
                }
                _ => None,
            };
            places.extend(place.map(|it| (job.change.path.clone(), it)));
        }
        let mut ground = Self {
            url: None,
            commits: None,
            committed: None,
            history: None,
            places,
        };
        ground.link(args, repository.as_ref())?;
        if let Some(repository) = repository.filter(|_| args.changes) {
            let places: BTreeSet<Vec<u8>> = ground.places.values().cloned().collect();
            ground.history = Some(repository.history(&places, EACH, MOST)?);
        }
        Ok(ground)
    }

    /// Finds out what links lead to.
    fn link(&mut self, args: &Docs, repository: Option<&Repository>) -> Result<(), Failure> {
        let provenance = repository.map(Repository::provenance);
        let revision = provenance.as_ref().and_then(|it| it.revision.as_deref());
        let address = provenance.as_ref().and_then(|it| it.address.as_deref());
        self.commits = address
            .zip(revision)
            .and_then(|(address, revision)| SourceUrl::of_remote(address, revision));
        self.url = match &args.source_url {
            _ if args.no_source_url => None,
            Some(template) => Some(SourceUrl::given(template, revision).map_err(|reason| {
                Failure::new(Kind::Usage, format!("`--source-url {template}`: {reason}"))
                    .hint("`https://example.org/blob/{revision}/{path}#L{line}` is one")
            })?),
            None => self.commits.clone(),
        };
        if let Some(repository) = repository.filter(|_| self.url.is_some()) {
            self.committed = repository.committed()?;
        }
        Ok(())
    }

    /// Where the module of `job` comes from; its file holds `bytes`.
    pub(super) fn origin<'a>(&'a self, job: &'a Job, bytes: &[u8]) -> Origin<'a> {
        let path = job.change.path.as_str();
        let place = self.places.get(path).map(Vec::as_slice);
        let web = match (&self.url, place) {
            (Some(url), Some(place)) => {
                let is_there = self
                    .committed
                    .as_ref()
                    .is_none_or(|it| it.holds(place, bytes));
                match std::str::from_utf8(place) {
                    Ok(place) if is_there => Web::At(url, place),
                    Ok(_) => Web::Differs(url),
                    Err(_) => Web::Nowhere,
                }
            }
            _ => Web::Nowhere,
        };
        Origin {
            path,
            web,
            history: self.history.as_ref().zip(place),
            commits: self.commits.as_ref(),
        }
    }
}

/// The repository around the working folder. Only who asks for changes hears that there is none, or why it cannot be read.
fn repository(args: &Docs, work: &Work) -> Result<Option<Repository>, Failure> {
    let mut repository = match Repository::discover(&work.root) {
        Ok(repository) => repository,
        Err(_) if !args.changes => None,
        Err(error) => return Err(error.into()),
    };
    if repository.is_none() && args.changes {
        let failure = Failure::new(
            Kind::Git,
            "there is no git repository here that tells of changes",
        );
        return Err(failure.hint("leave out `--changes`, or run docgen in the repository"));
    }
    if let Some(repository) = &mut repository {
        repository.name_files(&args.paths);
    }
    Ok(repository)
}

/// Whether a path leads nowhere above the working folder.
fn is_below(path: &str) -> bool {
    let path = Path::new(path);
    path.is_relative()
        && path
            .components()
            .all(|it| matches!(it, std::path::Component::Normal(_)))
}
