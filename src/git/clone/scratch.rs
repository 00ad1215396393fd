//! A temporary folder that goes however the process ends, and git, which goes before it.
//!
//! Signals are heeded from the first clone on and never before, so that a run without one pays nothing for it.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the folder lies on disk, and Linux tells of signals in a file"
)]

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::{flag, low_level};
use tempfile::TempDir;

/// How often it is looked whether a signal came, and whether git is done.
pub(super) const PACE: Duration = Duration::from_millis(20);
/// How often the removal is tried: what git's last helpers write while they end may come in between.
const TRIES: u32 = 50;

/// The folder; it goes when this is dropped.
#[derive(Debug)]
pub(super) struct Scratch {
    path: PathBuf,
    held: Arc<Mutex<Held>>,
}

/// What has to end and go.
#[derive(Debug)]
struct Held {
    folder: Option<TempDir>,
    git: Option<Child>,
}

impl Scratch {
    /// Makes it, readable by its owner only, and has signals heeded; `at_end` is called first when one comes.
    pub(super) fn new(at_end: fn()) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix("docgen-clone-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = builder.tempdir()?;
        let scratch = Self {
            path: std::fs::canonicalize(folder.path())?,
            held: Arc::new(Mutex::new(Held {
                folder: Some(folder),
                git: None,
            })),
        };
        watch(Arc::clone(&scratch.held), at_end)?;
        Ok(scratch)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Starts git, in a group of its own: what it starts ends with it.
    pub(super) fn start(&self, command: &mut Command) -> io::Result<()> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let mut held = lock(&self.held);
        if held.folder.is_none() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        held.git = Some(command.spawn()?);
        Ok(())
    }

    /// Whether git has ended, and how; `None` while it runs.
    pub(super) fn ended(&self) -> io::Result<Option<bool>> {
        let mut held = lock(&self.held);
        let Some(git) = &mut held.git else {
            return Err(io::ErrorKind::Interrupted.into());
        };
        let status = git.try_wait()?;
        if status.is_some() {
            held.git = None;
        }
        Ok(status.map(|it| it.success()))
    }

    /// Ends git and all that it started.
    pub(super) fn end(&self) {
        end(&mut lock(&self.held));
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let mut held = lock(&self.held);
        // A signal has taken it away, and is about to end the process: its way of ending counts.
        while held.folder.is_none() {
            drop(held);
            thread::park();
            held = lock(&self.held);
        }
        clear(&mut held);
    }
}

fn lock(held: &Mutex<Held>) -> MutexGuard<'_, Held> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

fn end(held: &mut Held) {
    let Some(mut git) = held.git.take() else {
        return;
    };
    #[cfg(unix)]
    if let Some(group) = i32::try_from(git.id())
        .ok()
        .and_then(rustix::process::Pid::from_raw)
    {
        // It may have ended by itself.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = git.kill();
    let _ = git.wait();
}

fn clear(held: &mut Held) {
    end(held);
    let Some(folder) = held.folder.take() else {
        return;
    };
    let path = folder.keep();
    for _ in 0..TRIES {
        match std::fs::remove_dir_all(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => thread::sleep(PACE),
            _ => return,
        }
    }
}

/// Has the signals that end a process end this one after `held` is gone, as if nothing had been in their way.
fn watch(held: Arc<Mutex<Held>>, at_end: fn()) -> io::Result<()> {
    let came = Arc::new(AtomicUsize::new(0));
    for signal in signals() {
        if !is_ignored(signal) {
            flag::register_usize(
                signal,
                Arc::clone(&came),
                usize::try_from(signal).unwrap_or_default(),
            )?;
        }
    }
    let watch = move || {
        let mut signal = 0;
        while signal == 0 {
            thread::sleep(PACE);
            signal = came.load(Ordering::Relaxed);
        }
        at_end();
        clear(&mut lock(&held));
        let _ = low_level::emulate_default_handler(i32::try_from(signal).unwrap_or(SIGTERM));
    };
    let thread = thread::Builder::new().name("docgen-signals".to_owned());
    thread.spawn(watch).map(drop)
}

fn signals() -> Vec<i32> {
    let mut signals = vec![SIGINT, SIGTERM];
    #[cfg(unix)]
    signals.extend([signal_hook::consts::SIGHUP, signal_hook::consts::SIGQUIT]);
    signals
}

/// Whether whoever started this process has it live through a signal, as `nohup` does; where the system tells.
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|it| it.strip_prefix("SigIgn:"));
    let mask = ignored.and_then(|it| u64::from_str_radix(it.trim(), 16).ok());
    let bit = u32::try_from(signal - 1).ok();
    mask.zip(bit.and_then(|it| 1_u64.checked_shl(it)))
        .is_some_and(|(mask, bit)| mask & bit != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_takes_the_folder_away() {
        let path = Mutex::new(PathBuf::new());
        let run = std::panic::catch_unwind(|| {
            let scratch = Scratch::new(|| {}).unwrap();
            std::fs::write(scratch.path().join("a.py"), "x").unwrap();
            scratch.path().clone_into(&mut path.lock().unwrap());
            panic!("somewhere in a check");
        });
        assert!(run.is_err());
        let path = path.into_inner().unwrap_or_else(PoisonError::into_inner);
        assert!(path.is_absolute() && !path.exists(), "{}", path.display());
    }

    #[test]
    fn what_git_started_ends_with_it() {
        let scratch = Scratch::new(|| {}).unwrap();
        let note = scratch.path().join("pid");
        let script = format!("sleep 100 & echo $! > {}; wait", note.display());
        let mut command = Command::new("sh");
        scratch.start(command.args(["-c", &script])).unwrap();
        let started = || std::fs::read_to_string(&note).is_ok_and(|it| it.ends_with('\n'));
        while !started() {
            thread::sleep(PACE);
        }
        let child = std::fs::read_to_string(&note).unwrap();
        scratch.end();
        let state = |pid: &str| std::fs::read_to_string(format!("/proc/{}/stat", pid.trim()));
        thread::sleep(PACE);
        // Gone, or dead and not yet waited for.
        assert!(
            state(&child).map_or(true, |it| it.contains(") Z ")),
            "{child}"
        );
    }

    #[test]
    fn the_folder_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let scratch = Scratch::new(|| {}).unwrap();
        let mode = std::fs::metadata(scratch.path())
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}
