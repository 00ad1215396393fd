//! Files that have no name before they are whole: a process that is killed meanwhile leaves nothing behind.

use std::fs::{File, Permissions};
use std::io;
use std::os::fd::AsRawFd as _;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, openat};
use tempfile::TempPath;

/// A file of `folder` with this content, which is on disk before it has its name. `None` where the file system or the
/// system does not know such files.
pub(super) fn file(
    folder: &Path,
    new: &[u8],
    permissions: Option<&Permissions>,
) -> io::Result<Option<TempPath>> {
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let Ok(opened) = openat(CWD, folder, flags, Mode::RUSR | Mode::WUSR) else {
        return Ok(None);
    };
    let mut fresh = File::from(opened);
    super::fill(&mut fresh, new, permissions)?;
    let own = format!("/proc/self/fd/{}", fresh.as_raw_fd());
    let named = super::builder().make_in(folder, |path| {
        let linked = linkat(CWD, &own, CWD, path, AtFlags::SYMLINK_FOLLOW);
        linked.map_err(io::Error::from)
    });
    super::fault::step("named");
    Ok(named.ok().map(tempfile::NamedTempFile::into_temp_path))
}
