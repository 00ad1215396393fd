//! Many files on many cores, answers in order.

use std::sync::Arc;

use rayon::prelude::*;

use super::file::check_moved;
use super::{FileReport, Project, Settings, moves};
use crate::git::{Change, Reader};

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
    let project = Project::new(jobs, reader);
    let moves = moves::find(jobs, elsewhere, reader);
    for (part, moves) in jobs.chunks(AT_ONCE).zip(moves.chunks(AT_ONCE)) {
        let done: Vec<T> = (part.par_iter().zip(moves))
            .map(|(job, moves)| each(job, check_moved(job, moves, &project), &project))
            .collect();
        done.into_iter().for_each(&mut take);
    }
}
