//! Several at one file, and a disk that takes no more: nobody's work is lost, and no file is half written.

use std::fs;
use std::path::PathBuf;
use std::thread;

use super::{STALE, read};
use crate::sandbox::Sandbox;

fn mended() -> String {
    STALE.replace("maximum:", "limit:")
}

#[test]
fn two_runs_at_once_mend_each_file_once() {
    let sandbox = Sandbox::new();
    for at in 0..60 {
        sandbox.write(&format!("m{at}.py"), STALE);
    }
    let run = || sandbox.docgen(&["fix", "--all"]);
    let answers = thread::scope(|scope| {
        let runs: Vec<_> = (0..3).map(|_| scope.spawn(run)).collect();
        runs.into_iter()
            .map(|it| it.join().unwrap())
            .collect::<Vec<_>>()
    });
    for answer in answers {
        assert!(matches!(answer.code, Some(0 | 1)), "{}", answer.err);
    }
    for at in 0..60 {
        assert_eq!(read(&sandbox, &format!("m{at}.py")), mended());
    }
    assert_eq!(fs::read_dir(sandbox.root()).unwrap().count(), 60);
}

/// Saves `path` again and again, as an editor does: over the old file, or by another one in its place.
fn save(path: &PathBuf, in_place: bool) -> String {
    let mut last = String::new();
    for at in 0..300 {
        last = format!("{STALE}# saved {at} times\n");
        if in_place {
            fs::write(path, &last).unwrap();
        } else {
            let beside = path.with_extension("swp");
            fs::write(&beside, &last).unwrap();
            fs::rename(&beside, path).unwrap();
        }
    }
    last
}

#[test]
fn what_an_editor_saves_in_between_is_never_lost() {
    for in_place in [false, true] {
        let sandbox = Sandbox::new();
        sandbox.write("a.py", STALE);
        let path = sandbox.root().join("a.py");
        let last = thread::scope(|scope| {
            let editor = scope.spawn(|| save(&path, in_place));
            while !editor.is_finished() {
                sandbox.docgen(&["fix", "--all", "a.py"]);
            }
            editor.join().unwrap()
        });
        let left = read(&sandbox, "a.py");
        let expected = [last.clone(), last.replace("maximum:", "limit:")];
        assert!(expected.contains(&left), "in place: {in_place}\n{left}");
    }
}

#[test]
#[cfg(unix)]
fn a_disk_that_takes_no_more_leaves_the_old_file() {
    let sandbox = Sandbox::new();
    let filler = "x = 1\n".repeat(2000);
    let long = format!("{STALE}{filler}");
    sandbox.write("long.py", &long);
    sandbox.write("short.py", STALE);
    let docgen = env!("CARGO_BIN_EXE_docgen");
    // Blocks of 512 bytes: `short.py` is smaller, `long.py` larger. The signal is what a process gets that heeds it.
    for (trap, code) in [("trap '' XFSZ; ", Some(2)), ("", None)] {
        sandbox.write("short.py", STALE);
        let script = format!("{trap}ulimit -f 8; exec '{docgen}' fix --all");
        let answer = sandbox.command("/bin/sh", &sandbox.root(), &["-c", &script], &[]);
        assert_eq!(answer.code, code, "{}", answer.err);
        assert_eq!(read(&sandbox, "long.py"), long);
        let short = read(&sandbox, "short.py");
        assert!(short == mended() || code.is_none() && short == STALE);
        if code.is_some() {
            assert!(
                answer.err.contains("long.py: it cannot be written: "),
                "{}",
                answer.err
            );
            assert!(
                answer.err.contains("mended 1 finding in 1 file"),
                "{}",
                answer.err
            );
            assert_eq!(fs::read_dir(sandbox.root()).unwrap().count(), 2);
        }
    }
}
