//! Where mended files go: in place of the old ones, into the index too, into a folder of copies, into a patch.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::approval::Approval;
use super::failure::{Failure, Kind};
use super::hook::{self, Held};
use super::jobs::{Work, plain};
use super::mending::Mending;
use super::screen::Screen;
use crate::check::Job;
use crate::fix::{self, Door, WriteError};
use crate::git::{Content, Reader as _, Repository, StageError, Stager};
use crate::python::SymbolKind;

/// Where mended files go.
pub(super) struct Destination<'w> {
    work: &'w Work,
    way: Way,
    /// The folder that paths in patches begin at: the repository's top, where there is one.
    root: PathBuf,
    /// Writes the index, where that is asked for.
    stager: Option<Stager>,
    /// What the host of this hook will bring back.
    held: Option<Held>,
    /// Who is asked before a file is written.
    approval: Option<Approval>,
    /// The index is written by one at a time.
    turn: Mutex<()>,
}

/// What is done with a mended file.
enum Way {
    /// It takes the old one's place.
    Replace(Door),
    /// A copy is written.
    Copy(Door),
    /// A patch is printed.
    Diff,
}

/// Why a mended file did not reach its place. What is there is as it was.
pub(super) enum Refusal {
    /// As the end of a sentence.
    Declined(String),
    /// The same of some lines (from 0) of the file as it was checked; the others could go.
    Apart(String, Vec<Range<usize>>),
    /// The machine's fault.
    Failed(String),
}

impl From<WriteError> for Refusal {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Disk(_) => Self::Failed(error.to_string()),
            _ => Self::Declined(error.to_string()),
        }
    }
}

impl From<StageError> for Refusal {
    fn from(error: StageError) -> Self {
        Self::Declined(format!("it cannot be staged: {error}"))
    }
}

impl<'w> Destination<'w> {
    pub(super) fn new(work: &'w Work, mending: &Mending, screen: &Screen) -> Result<Self, Failure> {
        let repository = Repository::discover(&work.root).ok().flatten();
        let top = repository.as_ref().map(Repository::root);
        let top = top.filter(|it| work.root.starts_with(it));
        let door =
            Door::new(top.unwrap_or(&work.root)).map_err(|error| unwritable(&work.root, &error))?;
        let root = door.root().to_path_buf();
        let stager = repository.as_ref().map(Repository::stager);
        if mending.stage && stager.is_none() {
            let message = "`--stage` needs a repository, and there is none";
            return Err(Failure::new(Kind::Usage, message));
        }
        let way = match &mending.output {
            _ if mending.diff => Way::Diff,
            None => Way::Replace(door),
            Some(folder) => {
                let folder = work.root.join(folder);
                Way::Copy(Door::create(&folder).map_err(|error| unwritable(&folder, &error))?)
            }
        };
        Ok(Self {
            work,
            way,
            root,
            stager: stager.filter(|_| mending.stage),
            approval: mending
                .interactive
                .then(|| Approval::new(screen))
                .transpose()?,
            held: hook::held(&screen.environment),
            turn: Mutex::new(()),
        })
    }

    /// Whether standard input's text, mended or not, is wanted on standard output.
    pub(super) const fn echoes(&self) -> bool {
        matches!(self.way, Way::Replace(_))
    }

    /// Brings a mended file to its place. A patch is put into `out`.
    pub(super) fn take(
        &self,
        job: &Job,
        old: &[u8],
        new: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        if let Some(approval) = &self.approval {
            let path = self.below(&self.root, job);
            if !approval.is_given(&path.to_string_lossy(), old, new) {
                return Err(Refusal::Declined("you did not want it".to_owned()));
            }
        }
        match &self.way {
            Way::Replace(door) => told(self.replace(door, job, old, new)),
            Way::Copy(door) => {
                let put = door.put(&self.below(&self.work.root, job), new);
                told(put.map_err(Refusal::from))
            }
            Way::Diff => {
                let path = self.below(&self.root, job);
                let path = path.to_string_lossy().replace('\\', "/");
                *out = fix::unified(&path, old, new);
                Ok(())
            }
        }
    }

    fn replace(&self, door: &Door, job: &Job, old: &[u8], new: &[u8]) -> Result<(), Refusal> {
        let place = self.place(job);
        if let Some(held) = &self.held {
            let path = self.below(&self.root, job);
            let lines = fix::changed_lines(old, new);
            let rests = |it: &Range<usize>| held.stash.rests_on(&path, it);
            let apart: Vec<_> = lines.into_iter().filter(rests).collect();
            if !apart.is_empty() {
                let reason = format!(
                    "an unstaged change lies within three lines of it: {} would roll back all that was mended; stage that \
                     change, or run `docgen fix` outside of the hook",
                    held.host
                );
                return Err(Refusal::Apart(reason, apart));
            }
        }
        let (from, to) = match &job.change.new {
            Content::Blob(_) => self.on_disk(job, &place, old, new)?,
            _ => (old.to_vec(), new.to_vec()),
        };
        let Some(stager) = &self.stager else {
            return Ok(door.replace(&place, &from, &to)?);
        };
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let staged = stager.read(&place)?;
        let staged =
            staged.ok_or_else(|| Refusal::Declined("it is not in the index".to_owned()))?;
        let text = transplanted(job, old, new, &staged.bytes);
        let text = text.map_err(|lines| {
            let reason = "the index holds another text there than the worktree";
            Refusal::Apart(reason.to_owned(), lines)
        })?;
        stager.write(&place, &staged, &text)?;
        if let Err(error) = door.replace(&place, &from, &to) {
            stager.take_back(&place, &staged)?;
            return Err(error.into());
        }
        Ok(())
    }

    /// What is to go and to come on disk, where another state of the file was checked.
    fn on_disk(
        &self,
        job: &Job,
        place: &Path,
        old: &[u8],
        new: &[u8],
    ) -> Result<(Vec<u8>, Vec<u8>), Refusal> {
        let declined = |reason: &str| Refusal::Declined(reason.to_owned());
        let there = self.work.texts.read(&Content::Disk(place.to_path_buf()));
        let there = there.map_err(|_| declined("it is no file"))?;
        let mended = transplanted(job, old, new, &there);
        let mended = mended.map_err(|lines| {
            let reason =
                "the file on disk is not the one that was checked: it differs within three lines";
            Refusal::Apart(reason.to_owned(), lines)
        })?;
        Ok((there, mended))
    }

    /// Where the file lies on disk.
    fn place(&self, job: &Job) -> PathBuf {
        plain(&self.work.root.join(&job.change.path))
    }

    /// Its path below a folder, or else below what was asked for.
    fn below(&self, folder: &Path, job: &Job) -> PathBuf {
        let place = self.place(job);
        let below = place.strip_prefix(folder);
        below.map_or_else(
            |_| PathBuf::from(&job.change.module_path),
            Path::to_path_buf,
        )
    }
}

/// Logs whether a file was written.
fn told(written: Result<(), Refusal>) -> Result<(), Refusal> {
    match &written {
        Ok(()) => tracing::info!("file written"),
        Err(Refusal::Declined(reason) | Refusal::Apart(reason, _)) => {
            tracing::warn!("file not written: {reason}");
        }
        Err(Refusal::Failed(reason)) => tracing::error!("file not written: {reason}"),
    }
    written
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let message = format!("cannot write below {}: {error}", path.display());
    Failure::new(Kind::Machine, message)
}

/// The same change in another state of the file, where that is as harmless there; else the lines that cannot go there,
/// none where no line is to blame.
fn transplanted(
    job: &Job,
    old: &[u8],
    new: &[u8],
    other: &[u8],
) -> Result<Vec<u8>, Vec<Range<usize>>> {
    let kind = SymbolKind::of_file(&job.change.path);
    let mended = fix::transplanted(old, new, other)?;
    if old == other || fix::is_same_code(other, &mended, kind) {
        return Ok(mended);
    }
    Err(Vec::new())
}
