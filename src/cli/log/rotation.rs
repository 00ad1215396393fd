//! A file of lines that never grows without end: the old ones are put aside, and the oldest go.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the log's own files are moved here"
)]

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A file is put aside when it has so many bytes.
const LARGEST: u64 = 10 << 20;
/// So many files are kept, the one that is written included.
const FILES: usize = 5;

/// The file that lines go to.
#[derive(Debug)]
pub(super) struct Rotation {
    path: PathBuf,
    file: File,
    /// Its bytes, as far as this process knows.
    size: u64,
    largest: u64,
}

impl Rotation {
    /// The file `docgen.log` in a folder, which is made where it is missing.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        Self::with(folder, LARGEST)
    }

    fn with(folder: &Path, largest: u64) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let path = folder.join("docgen.log");
        let file = opened(&path)?;
        let size = file.metadata()?.len();
        Ok(Self {
            path,
            file,
            size,
            largest,
        })
    }

    /// Writes a line, in one go: other processes write to the same file.
    pub(super) fn write(&mut self, line: &[u8]) -> io::Result<()> {
        if self.size > 0 && self.size + line.len() as u64 > self.largest {
            self.rotate()?;
        }
        self.file.write_all(line)?;
        self.size += line.len() as u64;
        Ok(())
    }

    /// Puts the file aside, unless another process has just done so.
    fn rotate(&mut self) -> io::Result<()> {
        // Who holds the lock of the file that is there moves it; who waited for it finds another one there.
        let there = opened(&self.path)?;
        let _ = there.lock();
        let size = fs::metadata(&self.path).map_or(0, |it| it.len());
        if size + size / 8 >= self.largest {
            for at in (1..FILES).rev() {
                let older = self.aside(at);
                let newer = if at == 1 {
                    self.path.clone()
                } else {
                    self.aside(at - 1)
                };
                // What is not there yet needs no place.
                let _ = fs::rename(newer, older);
            }
        }
        self.file = opened(&self.path)?;
        self.size = self.file.metadata()?.len();
        Ok(())
    }

    /// The name of the file that was put aside so many times.
    fn aside(&self, times: usize) -> PathBuf {
        self.path.with_extension(format!("{times}.log"))
    }
}

/// A file for this user's eyes only: it tells of source code.
fn opened(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

#[cfg(test)]
mod tests {
    use std::thread;

    use tempfile::TempDir;

    use super::*;

    fn lines(folder: &Path) -> Vec<(String, usize)> {
        let files = fs::read_dir(folder).unwrap().flatten();
        let mut all: Vec<_> = files
            .map(|it| {
                let text = fs::read_to_string(it.path()).unwrap();
                (it.file_name().into_string().unwrap(), text.lines().count())
            })
            .collect();
        all.sort();
        all
    }

    #[test]
    fn files_are_put_aside_and_the_oldest_go() {
        let folder = TempDir::new().unwrap();
        let mut log = Rotation::with(&folder.path().join("a/b"), 100).unwrap();
        for _ in 0..100 {
            log.write(b"0123456789012345678\n").unwrap();
        }
        let found = lines(&folder.path().join("a/b"));
        let names: Vec<&str> = found.iter().map(|it| it.0.as_str()).collect();
        let wanted = [
            "docgen.1.log",
            "docgen.2.log",
            "docgen.3.log",
            "docgen.4.log",
            "docgen.log",
        ];
        assert_eq!(names, wanted);
        assert!(found.iter().all(|it| it.1 == 5), "{found:?}");
    }

    #[test]
    fn many_write_to_one_file_and_no_line_is_torn() {
        let folder = TempDir::new().unwrap();
        let write = |at: usize| {
            let mut log = Rotation::with(folder.path(), 4000).unwrap();
            let line = format!("{}\n", at.to_string().repeat(40));
            for _ in 0..50 {
                log.write(line.as_bytes()).unwrap();
            }
        };
        thread::scope(|scope| {
            for at in 0..8 {
                scope.spawn(move || write(at));
            }
        });
        let mut count = 0;
        for (name, _) in lines(folder.path()) {
            let text = fs::read_to_string(folder.path().join(name)).unwrap();
            assert!(text.lines().all(|it| it.len() == 40), "{text}");
            count += text.lines().count();
        }
        assert!(
            (300..=400).contains(&count),
            "{count} of 400, the oldest gone"
        );
    }
}
