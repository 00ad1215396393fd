//! Many files on many cores, answers in order.

use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::file::check_moved;
use super::{FileReport, Project, Settings, moves};
use crate::git::{Change, Content, Id, ReadError, Reader};

/// One file to check.
#[derive(Clone, Debug)]
pub struct Job {
    /// The file and where its old and new text lie.
    pub change: Change,
    /// The settings that hold for it.
    pub settings: Arc<Settings>,
}

/// How many files are in work before their answers are handed on: enough to keep every core busy,
/// few enough that memory stays flat however large the tree is.
const AT_ONCE: usize = 512;

/// So few files are done before other cores have woken up.
pub(super) const FEW: usize = 8;

/// Checks every job on all cores. `each` turns a file's report into what is kept of it, on the core
/// that made it; `take` is given these in the order of `jobs`. A symbol may have been moved to a job's file from another
/// one's, or from one `elsewhere`: files that changed or vanished (their new side is empty) and are not checked.
pub fn run<T: Send>(
    jobs: &[Job],
    elsewhere: &[Change],
    reader: &dyn Reader,
    each: impl Fn(&Job, FileReport, &Project<'_>) -> T + Sync,
    mut take: impl FnMut(T),
) {
    let memory = Memory::new(reader);
    let is_small = jobs.len() + elsewhere.len() <= FEW;
    let reader: &dyn Reader = if is_small { &memory } else { reader };
    let project = Project::new(jobs, reader);
    let moves = moves::find(jobs, elsewhere, reader);
    if jobs.len() <= FEW {
        for (job, moves) in jobs.iter().zip(&moves) {
            take(each(job, check_moved(job, moves, &project), &project));
        }
        return;
    }
    for (part, moves) in jobs.chunks(AT_ONCE).zip(moves.chunks(AT_ONCE)) {
        let done: Vec<T> = (part.par_iter().zip(moves))
            .map(|(job, moves)| each(job, check_moved(job, moves, &project), &project))
            .collect();
        done.into_iter().for_each(&mut take);
    }
}

/// Remembers blobs: each is read once to find what moved, and once to be checked.
struct Memory<'r> {
    reader: &'r dyn Reader,
    known: Mutex<Vec<(Id, Vec<u8>)>>,
}

impl<'r> Memory<'r> {
    const fn new(reader: &'r dyn Reader) -> Self {
        Self {
            reader,
            known: Mutex::new(Vec::new()),
        }
    }
}

impl Reader for Memory<'_> {
    fn read(&self, content: &Content) -> Result<Vec<u8>, ReadError> {
        let Content::Blob(id) = content else {
            return self.reader.read(content);
        };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, bytes)) = known.iter().find(|(other, _)| other == id) {
            return Ok(bytes.clone());
        }
        let bytes = self.reader.read(content)?;
        known.push((*id, bytes.clone()));
        Ok(bytes)
    }
}
