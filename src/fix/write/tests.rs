//! What is left on disk when the process ends in the middle, and what it is not let do.

use std::env;
use std::process::{self, Command};

use super::*;

/// The step at which a child process is to end.
const STOP: &str = "DOCGEN_TEST_STOP";
/// The folder in which it works.
const FOLDER: &str = "DOCGEN_TEST_FOLDER";

const STEPS: [&str; 8] = [
    "created",
    "half",
    "written",
    "mode",
    "synced",
    "named",
    "exchanged",
    "in place",
];

/// Ends the process as a kill does, where a test asks for that: nothing is closed, flushed or removed.
pub(super) fn step(name: &str) {
    if env::var(STOP).is_ok_and(|it| it == name) {
        process::abort();
    }
}

#[test]
fn a_process_that_ends_at_any_step_leaves_a_whole_file() {
    let (old, new) = (vec![b'a'; 100_000], vec![b'b'; 90_000]);
    if let Ok(folder) = env::var(FOLDER) {
        let door = Door::new(Path::new(&folder)).unwrap();
        let path = door.root().join("a.py");
        door.replace(&path, &old, &new).unwrap();
        return;
    }
    let itself = env::current_exe().unwrap();
    let name = "fix::write::tests::a_process_that_ends_at_any_step_leaves_a_whole_file";
    let mut seen = Vec::new();
    for stop in STEPS.into_iter().chain(["never"]) {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("a.py");
        fs::write(&path, &old).unwrap();
        let mut child = Command::new(&itself);
        child.args(["--exact", name, "--test-threads=1"]);
        child.env(STOP, stop).env(FOLDER, folder.path());
        let output = child.output().unwrap();
        assert_eq!(
            output.status.success(),
            stop == "never",
            "{stop}: {output:?}"
        );
        let left = fs::read(&path).unwrap();
        assert!(left == old || left == new, "{stop}: {} bytes", left.len());
        seen.push(left == new);
        let others = fs::read_dir(folder.path()).unwrap().count() - 1;
        let is_named = matches!(stop, "named" | "exchanged");
        if cfg!(target_os = "linux") && !is_named {
            assert_eq!(others, 0, "{stop}: what is not whole has no name");
        }
    }
    let is_new = [false, false, false, false, false, false, true, true, true];
    assert_eq!(seen, is_new, "old up to the exchange, new from there on");
}

#[test]
fn what_was_saved_while_files_changed_places_is_put_back() {
    let folder = tempfile::TempDir::new().unwrap();
    let (path, fresh) = (folder.path().join("a.py"), folder.path().join("fresh"));
    fs::write(&path, "saved").unwrap();
    fs::write(&fresh, "new").unwrap();
    let changed = exchange(&fresh, &path, b"old", b"new");
    assert!(matches!(changed, Err(WriteError::Changed)));
    assert_eq!(fs::read(&path).unwrap(), b"saved");
    assert_eq!(fs::read(&fresh).unwrap(), b"new");
}

#[test]
fn a_file_that_has_changed_since_it_was_read_is_left() {
    let folder = tempfile::TempDir::new().unwrap();
    let door = Door::new(folder.path()).unwrap();
    let path = door.root().join("a.py");
    fs::write(&path, "saved").unwrap();
    let changed = door.replace(&path, b"read", b"new");
    assert!(matches!(changed, Err(WriteError::Changed)));
    assert_eq!(fs::read(&path).unwrap(), b"saved");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
