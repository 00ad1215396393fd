//! git on a leash: it ends in time, and says no more than anybody reads.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: git runs here, and the clock is asked how long"
)]

use std::fs::{self, File};
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::scratch::{PACE, Scratch};

/// What git is read of what it says: a server can have it say anything.
const MOST_SAID: u64 = 1 << 20;

/// Runs git, all in all no longer than a limit.
pub(super) struct Leash<'s> {
    scratch: &'s Scratch,
    pub(super) limit: Duration,
    begun: Instant,
}

/// How a run of git ended.
pub(super) enum End {
    /// With what it printed.
    Done(Vec<u8>),
    /// By itself, with what it said.
    Failed(String),
    /// By the clock.
    TooLong,
    /// There is no git, or it does not start.
    NoGit(io::Error),
}

impl<'s> Leash<'s> {
    /// The time begins now.
    pub(super) fn new(scratch: &'s Scratch, limit: Duration) -> Self {
        Self {
            scratch,
            limit,
            begun: Instant::now(),
        }
    }

    /// Runs a command. What it says goes to a file, for a pipe might be held open by what outlives it. `is_over` sees what
    /// was said so far, and may end it.
    pub(super) fn run(
        &self,
        command: &mut Command,
        is_over: impl Fn(&str) -> bool,
    ) -> io::Result<End> {
        let (said, printed) = (self.file("said"), self.file("printed"));
        command
            .stdin(Stdio::null())
            .stdout(File::create(&printed)?)
            .stderr(File::create(&said)?);
        if let Err(error) = self.scratch.start(command) {
            return Ok(End::NoGit(error));
        }
        let mut seen = 0;
        let success = loop {
            if let Some(success) = self.scratch.ended()? {
                break success;
            }
            let length = fs::metadata(&said).map_or(0, |it| it.len());
            if length > seen {
                seen = length;
                if length > MOST_SAID || is_over(&read(&said)?) {
                    self.scratch.end();
                    break false;
                }
            }
            if self.begun.elapsed() >= self.limit {
                self.scratch.end();
                return Ok(End::TooLong);
            }
            thread::sleep(PACE);
        };
        let said = read(&said)?;
        Ok(if success && !is_over(&said) {
            End::Done(fs::read(&printed)?)
        } else {
            End::Failed(said)
        })
    }

    fn file(&self, name: &str) -> PathBuf {
        self.scratch.path().join(name)
    }
}

/// The beginning of a file that git writes.
fn read(path: &PathBuf) -> io::Result<String> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST_SAID).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
