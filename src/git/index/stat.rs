//! What the disk says of a file, cut down to what git keeps of it.

/// What tells that a file on disk is still the one that was staged; all as the 32 bits that git keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::git) struct Stat {
    /// Seconds and nanoseconds of the last change of the file's properties; zero where unknown.
    pub(in crate::git) changed: (u32, u32),
    /// Seconds and nanoseconds of the last change of its content.
    pub(in crate::git) modified: (u32, u32),
    /// The file's number on its disk; zero where unknown.
    pub(in crate::git) inode: u32,
    /// Its size in bytes, modulo 2^32.
    pub(in crate::git) size: u32,
}

impl Stat {
    /// Of a file on disk, as Linux tells it.
    #[cfg(target_os = "linux")]
    pub(in crate::git) fn of_linux(stat: &rustix::fs::Stat) -> Self {
        // git keeps the low 32 bits of each.
        let low = |number: i64| (number & i64::from(u32::MAX)).unsigned_abs() as u32;
        Self {
            changed: (low(stat.st_ctime), stat.st_ctime_nsec as u32),
            modified: (low(stat.st_mtime), stat.st_mtime_nsec as u32),
            inode: stat.st_ino as u32,
            size: low(stat.st_size),
        }
    }

    /// Of a file on disk.
    #[cfg(all(unix, any(test, not(target_os = "linux"))))]
    pub(in crate::git) fn of(metadata: &std::fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let low = |number: i64| (number & i64::from(u32::MAX)).unsigned_abs() as u32;
        Self {
            changed: (low(metadata.ctime()), low(metadata.ctime_nsec())),
            modified: (low(metadata.mtime()), low(metadata.mtime_nsec())),
            inode: metadata.ino() as u32,
            size: metadata.len() as u32,
        }
    }

    /// Of a file on disk.
    #[cfg(not(unix))]
    pub(in crate::git) fn of(metadata: &std::fs::Metadata) -> Self {
        let modified = metadata.modified().ok();
        let modified = modified.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        let modified = modified.unwrap_or_default();
        Self {
            changed: (0, 0),
            modified: (modified.as_secs() as u32, modified.subsec_nanos()),
            inode: 0,
            size: metadata.len() as u32,
        }
    }

    /// Whether a file that was so is still the same where the disk says `now`.
    ///
    /// A size of zero proves nothing: git writes it over that of an entry it has come to doubt.
    pub(in crate::git) fn is_still(&self, now: &Self) -> bool {
        let is_same = |was: (u32, u32), now: (u32, u32)| {
            // Not every writer of an index keeps the nanoseconds, or the change of properties.
            was.0 == now.0 && (was.1 == now.1 || was.1 == 0)
        };
        self.size != 0
            && self.size == now.size
            && is_same(self.modified, now.modified)
            && (self.changed.0 == 0 || now.changed.0 == 0 || is_same(self.changed, now.changed))
            && (self.inode == 0 || now.inode == 0 || self.inode == now.inode)
    }
}
