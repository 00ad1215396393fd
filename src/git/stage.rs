//! Writing the index, by the `git` command: it knows every kind of index and of object store.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::path::in_git;
use super::repository::Repository;

/// Puts mended texts into the index, where that is asked for.
#[derive(Clone, Debug)]
pub struct Stager {
    root: PathBuf,
}

/// What the index holds of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    /// The blob's bytes: what would be committed.
    pub bytes: Vec<u8>,
    mode: String,
    id: String,
}

/// Why the index was not read or written. It is as it was.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// The machine's fault: there is no `git`, or it cannot be run.
    #[error("`git` cannot be run: {0}")]
    Command(#[from] io::Error),
    /// git's reason: a lock, a damaged index, a full disk.
    #[error("git says: {0}")]
    Git(String),
}

impl Repository {
    /// What writes this repository's index.
    pub fn stager(&self) -> Stager {
        Stager {
            root: self.root().to_path_buf(),
        }
    }
}

impl Stager {
    /// What the index holds of the file at `path` (absolute); `None` where it is not in the index, is only intended to
    /// be, is in conflict, or is no file.
    ///
    /// # Errors
    /// When git gives no answer.
    pub fn read(&self, path: &Path) -> Result<Option<Staged>, StageError> {
        let Ok(below) = path.strip_prefix(&self.root) else {
            return Ok(None);
        };
        let below = in_git(below).into_owned();
        // `:(literal)` keeps git from reading brackets and stars as a pattern.
        let pattern = [&b":(top,literal)"[..], &below].concat();
        let listed = self.git(&[b"ls-files", b"--stage", b"-z", b"--", &pattern], &[])?;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        // `100644 <id> 0\t<path>\0`
        let Some((mode, rest)) = listed.split_once(' ') else {
            return Ok(None);
        };
        let (id, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        if !mode.starts_with("100") || !rest.starts_with("0\t") {
            return Ok(None);
        }
        let bytes = self.git(&[b"cat-file", b"blob", id.as_bytes()], &[])?;
        Ok(Some(Staged {
            bytes,
            mode: mode.to_owned(),
            id: id.to_owned(),
        }))
    }

    /// Puts `new` in place of what the index held of the file at `path`, byte for byte: no filter is asked.
    ///
    /// # Errors
    /// When git refuses.
    pub fn write(&self, path: &Path, old: &Staged, new: &[u8]) -> Result<(), StageError> {
        let id = self.git(&[b"hash-object", b"-w", b"--stdin"], new)?;
        let id = String::from_utf8_lossy(&id).trim().to_owned();
        self.point(path, &old.mode, &id)
    }

    /// Lets the index hold again what it held.
    ///
    /// # Errors
    /// When git refuses.
    pub fn take_back(&self, path: &Path, old: &Staged) -> Result<(), StageError> {
        self.point(path, &old.mode, &old.id)
    }

    fn point(&self, path: &Path, mode: &str, id: &str) -> Result<(), StageError> {
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        let mut line = format!("{mode} {id}\t").into_bytes();
        line.extend_from_slice(&in_git(below));
        line.push(0);
        self.git(&[b"update-index", b"-z", b"--index-info"], &line)?;
        Ok(())
    }

    /// Runs git at the top of the worktree, in this process's environment, and gives what it prints.
    #[expect(
        clippy::disallowed_methods,
        reason = "only git writes every kind of index and of object store"
    )]
    fn git(&self, args: &[&[u8]], input: &[u8]) -> Result<Vec<u8>, StageError> {
        let mut child = Command::new("git")
            // Nothing of the repository's own choice is run.
            .args([
                "-c",
                "core.fsmonitor=false",
                "-c",
                "core.hooksPath=/dev/null",
            ])
            .env("LC_ALL", "C")
            .args(args.iter().map(|it| argument(it)))
            .current_dir(&self.root)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let pipe = child.stdin.take();
        // What git prints while it is still read to is less than a pipe holds.
        let fed = pipe.map_or(Ok(()), |mut it| it.write_all(input));
        let output = child.wait_with_output()?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = said.trim().strip_prefix("fatal: ").unwrap_or(said.trim());
            return Err(StageError::Git(said.lines().collect::<Vec<_>>().join(" ")));
        }
        fed?;
        Ok(output.stdout)
    }
}

#[cfg(unix)]
fn argument(bytes: &[u8]) -> std::ffi::OsString {
    use std::os::unix::ffi::OsStrExt as _;
    std::ffi::OsStr::from_bytes(bytes).to_os_string()
}

#[cfg(not(unix))]
fn argument(bytes: &[u8]) -> std::ffi::OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}
