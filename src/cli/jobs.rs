//! From arguments to jobs: which files, compared with what, under which settings.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the working folder is asked for here"
)]

use std::env;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::args;
use super::failure::{Failure, Kind, chain};
use super::remote::{self, Remote};
use super::scope::{self, Choice, Given};
use super::screen::Screen;
use crate::check::{Job, Settings};
use crate::config::{self, ConfigError, Options, Resolver, Sources};
use crate::git::{self, Change, Cloned, Comparison, Content, Repository, Texts};

/// All that is to be done.
pub(super) struct Work {
    pub(super) comparison: Comparison,
    /// In the order of their paths.
    pub(super) jobs: Vec<Job>,
    /// Files that changed or vanished and are not checked: what was in them may have been moved.
    pub(super) elsewhere: Vec<Change>,
    pub(super) texts: Texts,
    /// What could not be looked at: exit 2, the rest is still done.
    pub(super) failures: Vec<Failure>,
    /// The working folder; of a repository by its URL, the top of its clone.
    pub(super) root: PathBuf,
    /// The clone of what a URL names; its files go with it.
    pub(super) cloned: Option<Cloned>,
    /// The total score below which a run over everything fails, in per cent: the working folder's.
    pub(super) fail_under: f64,
}

/// What was asked for.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    pub(super) paths: &'a [PathBuf],
    pub(super) scope: &'a args::Scope,
    pub(super) stdin_filename: Option<&'a str>,
    pub(super) global: &'a args::Global,
    /// The flags as a layer of settings.
    pub(super) options: Options,
    /// How a repository by its URL is cloned, where the command takes one.
    pub(super) remote: Option<&'a Remote>,
}

impl<'a> Asked<'a> {
    /// What the arguments of a command that finds ask for.
    pub(super) fn of(request: &'a args::Request, global: &'a args::Global) -> Self {
        let scope = &request.scope;
        Self {
            paths: &request.paths,
            scope,
            stdin_filename: request.stdin_filename.as_deref(),
            global,
            options: request.selection.options(scope.whole_symbols),
            remote: None,
        }
    }
}

/// Finds the files in scope and the settings of each.
pub(super) fn plan(asked: Asked<'_>, screen: &Screen) -> Result<Work, Failure> {
    let mut work = match remote::cloned(&asked, screen)? {
        Some(cloned) => remote::plan(asked, cloned, screen)?,
        None => plan_here(asked, screen)?,
    };
    work.jobs
        .sort_by(|one, other| one.change.path.cmp(&other.change.path));
    Ok(work)
}

/// The same in the working folder.
fn plan_here(asked: Asked<'_>, screen: &Screen) -> Result<Work, Failure> {
    let root = env::current_dir()
        .map_err(|error| Failure::new(Kind::Machine, format!("no working folder: {error}")))?;
    let resolver = Resolver::new(&root, sources(asked.global, asked.options, screen)?)?;
    // A wrong file of settings is told of even where there is no file that it would hold for.
    let fail_under = resolver.settings(&root)?.fail_under;
    let stdin = asked.paths.iter().any(|path| path.as_os_str() == "-");
    let mut repository = if asked.scope.all {
        None
    } else {
        Repository::discover(&root)?
    };
    if let Some(repository) = &mut repository {
        repository.name_files(asked.paths);
    }
    let given = Given {
        flags: asked.scope,
        environment: &screen.environment,
        stdin,
        repository: repository.as_ref(),
    };
    let mut work = match (scope::choose(&given)?, &repository) {
        (Choice::Change(scope), Some(repository)) => {
            let changes = repository.changes(&scope)?;
            let comparison = changes.comparison;
            if changes.files.is_empty() && comparison.kind == "staged" && !asked.scope.staged {
                screen.warn("no Python file is staged, so nothing is checked");
            }
            let mut work = Work::new(comparison, repository.texts(), root);
            work.elsewhere = changes.removed;
            work.take_changes(changes.files, asked.paths, repository, &resolver)?;
            work
        }
        _ => Work::everything(asked.paths, asked.stdin_filename, root, &resolver)?,
    };
    work.fail_under = fail_under;
    Ok(work)
}

impl Work {
    /// Changes the settings of every job.
    pub(super) fn adjust(&mut self, change: impl Fn(&mut Settings)) {
        let mut known: Vec<(Arc<Settings>, Arc<Settings>)> = Vec::new();
        for job in &mut self.jobs {
            let same = known.iter().find(|it| Arc::ptr_eq(&it.0, &job.settings));
            if let Some((_, changed)) = same {
                job.settings = Arc::clone(changed);
                continue;
            }
            let mut settings = Settings::clone(&job.settings);
            change(&mut settings);
            let settings = Arc::new(settings);
            known.push((Arc::clone(&job.settings), Arc::clone(&settings)));
            job.settings = settings;
        }
    }

    fn new(comparison: Comparison, texts: Texts, root: PathBuf) -> Self {
        Self {
            comparison,
            jobs: Vec::new(),
            elsewhere: Vec::new(),
            texts,
            failures: Vec::new(),
            root,
            cloned: None,
            fail_under: 0.0,
        }
    }

    /// The folder that a file starts at which a flag names: the working folder, a clone or not.
    pub(super) fn home(&self) -> &Path {
        match self.cloned {
            Some(_) => Path::new(""),
            None => &self.root,
        }
    }

    /// Every symbol of every file below the paths.
    pub(super) fn everything(
        paths: &[PathBuf],
        stdin_filename: Option<&str>,
        root: PathBuf,
        resolver: &Resolver,
    ) -> Result<Self, Failure> {
        let mut work = Self::new(everything(), Texts::on_disk(), root);
        let (stdin, mut roots): (Vec<PathBuf>, Vec<PathBuf>) = paths
            .iter()
            .cloned()
            .partition(|path| path.as_os_str() == "-");
        if !stdin.is_empty() {
            work.add(read_stdin(stdin_filename)?, resolver)?;
        } else if roots.is_empty() {
            roots.push(PathBuf::from("."));
        }
        let failures = work.walk(&roots, resolver)?;
        work.failures.extend(failures.iter().map(|error| {
            let failure = Failure::new(Kind::Machine, chain(error));
            match error {
                git::WalkError::Missing { .. } => {
                    failure.hint("check the spelling, and the folder you are in")
                }
                git::WalkError::Unreadable { .. } => failure,
            }
        }));
        Ok(work)
    }

    /// Every file below the folders `roots`, and what could not be walked.
    fn walk(
        &mut self,
        roots: &[PathBuf],
        resolver: &Resolver,
    ) -> Result<Vec<git::WalkError>, ConfigError> {
        let walked = git::walk(roots, &ByFolder(resolver), &self.root);
        self.jobs.reserve(walked.files.len());
        for change in walked.files {
            self.add(change, resolver)?;
        }
        Ok(walked.failures)
    }

    /// The changes below the paths, and none that the settings exclude.
    fn take_changes(
        &mut self,
        changes: Vec<Change>,
        paths: &[PathBuf],
        repository: &Repository,
        resolver: &Resolver,
    ) -> Result<(), Failure> {
        let wanted: Vec<PathBuf> = paths
            .iter()
            .map(|path| place(&self.root.join(path)))
            .collect();
        let mut met = vec![false; wanted.len()];
        for change in changes {
            let place = plain(&self.root.join(&change.path));
            let mut is_wanted = wanted.is_empty();
            for (path, met) in wanted.iter().zip(&mut met) {
                if place.starts_with(path) {
                    is_wanted = true;
                    *met = true;
                }
            }
            if is_wanted && !resolver.settings_of(&place)?.excludes(&place) {
                self.add(change, resolver)?;
            } else {
                self.elsewhere.push(change);
            }
        }
        for ((path, given), met) in wanted.iter().zip(paths).zip(met) {
            if !met && let Some(failure) = unseen(path, given, repository) {
                self.failures.push(failure);
            }
        }
        Ok(())
    }

    fn add(&mut self, change: Change, resolver: &Resolver) -> Result<(), ConfigError> {
        let joined;
        let place = match &change.new {
            Content::Disk(path) => path,
            Content::Blob(_) | Content::Bytes(_) => {
                joined = plain(&self.root.join(&change.path));
                &joined
            }
        };
        let settings = resolver.settings_of(place)?;
        let settings = settings.check(place);
        self.jobs.push(Job {
            change,
            settings: Arc::clone(&settings),
        });
        Ok(())
    }
}

/// The settings of the folders that a walk comes by.
struct ByFolder<'a>(&'a Resolver);

impl git::Guide for ByFolder<'_> {
    fn excludes(&self, path: &Path, _is_folder: bool) -> bool {
        // A wrong file of settings is told of when the files below it ask for theirs.
        self.0
            .settings_of(path)
            .is_ok_and(|settings| settings.excludes(path))
    }

    fn marks(&self) -> &[&str] {
        config::FILES
    }

    fn ground(&self) -> Option<&Path> {
        self.0.ground()
    }

    fn unmarked(&self, folder: &Path) {
        self.0.inherit(folder);
    }
}

/// Where a path leads: links on the way are followed, one at its end only to a folder.
fn place(path: &Path) -> PathBuf {
    if path.is_dir() {
        return path.canonicalize().unwrap_or_else(|_| plain(path));
    }
    let folder = path.parent().and_then(|it| it.canonicalize().ok());
    let file = folder
        .zip(path.file_name())
        .map(|(folder, name)| folder.join(name));
    file.unwrap_or_else(|| plain(path))
}

/// Why nothing below a path can have been looked at; `None` where nothing changed there.
fn unseen(path: &Path, given: &Path, repository: &Repository) -> Option<Failure> {
    let given = given.display();
    // A path may be gone from the disk and still be in the index or in a commit.
    if path.symlink_metadata().is_err() {
        let failure = Failure::new(Kind::Usage, format!("{given}: no such file or folder"));
        return Some(failure.hint("check the spelling, and the folder you are in"));
    }
    let elsewhere = |place: &str| {
        let failure = Failure::new(Kind::Usage, format!("{given}: {place}"));
        Some(failure.hint("run docgen there, or give `--all`, which compares with nothing"))
    };
    let Ok(below) = path.strip_prefix(repository.root()) else {
        return elsewhere("outside this repository");
    };
    let mut folders = below.ancestors().filter(|it| !it.as_os_str().is_empty());
    let is_top = |folder: &Path| repository.root().join(folder).join(".git").exists();
    match folders.find(|folder| is_top(folder)) {
        Some(folder) => elsewhere(&format!("in another repository, {}", folder.display())),
        None => None,
    }
}

/// All that lies over the files of settings.
pub(super) fn sources(
    global: &args::Global,
    flags: Options,
    screen: &Screen,
) -> Result<Sources, Failure> {
    let mut variables = screen.environment.variables.clone();
    if let Some(path) = &global.env_file {
        variables.extend(config::read_env_file(path)?);
    }
    Ok(Sources {
        flags,
        config: global.config.clone(),
        isolated: global.isolated,
        variables,
        ground: None,
    })
}

/// No comparison at all.
fn everything() -> Comparison {
    Comparison {
        kind: "all",
        base: None,
        head: None,
        sentence: String::new(),
    }
}

/// Standard input as a file of that name.
fn read_stdin(name: Option<&str>) -> Result<Change, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|error| {
            Failure::new(
                Kind::Machine,
                format!("cannot read standard input: {error}"),
            )
        })?;
    let name = name.unwrap_or("<stdin>");
    Ok(Change {
        path: name.to_owned(),
        module_path: name.to_owned(),
        old_module_path: None,
        old: None,
        others: Vec::new(),
        new: Content::Bytes(bytes),
    })
}

/// The path without `.` and with each `..` taken back, by its letters alone.
pub(super) fn plain(path: &Path) -> PathBuf {
    if memchr::memmem::find(path.as_os_str().as_encoded_bytes(), b"/.").is_none() {
        return path.to_owned();
    }
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}
