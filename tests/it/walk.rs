//! The walk over real folders.

use std::fs;
use std::path::{Path, PathBuf};

use docgen::git::{Content, Guide, Reader, Texts, Walked, walk};
use tempfile::TempDir;

/// A folder with `files`, each holding its own name.
fn tree(files: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file).unwrap();
    }
    folder
}

struct Excludes<F>(F);

impl<F: Fn(&Path, bool) -> bool + Sync> Guide for Excludes<F> {
    fn excludes(&self, path: &Path, is_folder: bool) -> bool {
        (self.0)(path, is_folder)
    }
}

fn walked(cwd: &Path, roots: &[&str]) -> Walked {
    let roots: Vec<PathBuf> = roots.iter().map(PathBuf::from).collect();
    walk(
        &roots,
        &Excludes(|_: &Path, _: bool| false),
        &cwd.canonicalize().unwrap(),
    )
}

fn paths(cwd: &Path, roots: &[&str]) -> Vec<String> {
    let walked = walked(cwd, roots);
    assert!(walked.failures.is_empty(), "{:?}", walked.failures);
    walked.files.into_iter().map(|file| file.path).collect()
}

#[test]
fn python_files_sorted_and_read() {
    let folder = tree(&[
        "b.py",
        "a/z.pyi",
        "a/b.txt",
        "a.py",
        "a/__init__.py",
        ".hidden/h.py",
        "x.py/inner.py",
    ]);
    let expected = [
        ".hidden/h.py",
        "a.py",
        "a/__init__.py",
        "a/z.pyi",
        "b.py",
        "x.py/inner.py",
    ];
    assert_eq!(paths(folder.path(), &["."]), expected);
    let texts = Texts::on_disk();
    for file in walked(folder.path(), &["."]).files {
        assert_eq!(texts.read(&file.new).unwrap(), file.path.as_bytes());
        assert_eq!(file.module_path, file.path);
    }
}

#[test]
fn gitignore_holds_without_a_repository_and_tools_folders_are_skipped() {
    let folder = tree(&[
        "a.py",
        "gen/b.py",
        "pkg/gen_c.py",
        "pkg/d.py",
        ".venv/lib/e.py",
        "node_modules/f.py",
        "pkg/build/g.py",
        "pkg/__pycache__/h.py",
        ".git/i.py",
    ]);
    fs::write(folder.path().join(".gitignore"), "/gen\n").unwrap();
    fs::write(folder.path().join("pkg/.gitignore"), "gen_*.py\n").unwrap();
    assert_eq!(paths(folder.path(), &["."]), ["a.py", "pkg/d.py"]);
    // What is named is walked, ignored or not.
    assert_eq!(
        paths(folder.path(), &["gen", ".venv"]),
        [".venv/lib/e.py", "gen/b.py"]
    );
    // The ignore file of a parent holds below a PATH too.
    assert_eq!(paths(folder.path(), &["pkg"]), ["pkg/d.py"]);
}

#[test]
fn a_package_called_like_a_tools_folder_is_a_package() {
    let folder = tree(&[
        "Lib/venv/__init__.py",
        "Lib/venv/a.py",
        "venv/lib/b.py",
        "build/c.py",
    ]);
    assert_eq!(
        paths(folder.path(), &["."]),
        ["Lib/venv/__init__.py", "Lib/venv/a.py"]
    );
}

#[test]
fn named_files_count_whatever_their_extension_and_once() {
    let folder = tree(&["tool", "pkg/a.py"]);
    assert_eq!(
        paths(
            folder.path(),
            &["tool", "pkg", "pkg/a.py", "./pkg/", "pkg/../pkg"]
        ),
        ["pkg/a.py", "tool"]
    );
    let absolute = folder.path().canonicalize().unwrap().join("pkg");
    assert_eq!(
        paths(folder.path(), &[absolute.to_str().unwrap()]),
        ["pkg/a.py"]
    );
}

#[test]
fn paths_outside_the_working_folder() {
    let folder = tree(&["one/a.py", "two/b.py"]);
    let cwd = folder.path().join("one");
    assert_eq!(paths(&cwd, &["../two"]), ["../two/b.py"]);
    let absolute = folder.path().canonicalize().unwrap().join("two/b.py");
    let absolute = absolute.to_str().unwrap();
    assert_eq!(paths(&cwd, &[absolute]), [absolute]);
}

#[test]
fn a_missing_path_is_a_failure_and_the_rest_is_walked() {
    let folder = tree(&["a.py"]);
    let walked = walked(folder.path(), &["gone", "a.py"]);
    assert_eq!(walked.files.len(), 1);
    let messages: Vec<_> = walked.failures.iter().map(ToString::to_string).collect();
    assert_eq!(messages, ["gone: no such file or folder"]);
}

#[test]
fn module_paths_begin_at_the_path_given_or_its_top_most_package() {
    let folder = tree(&[
        "src/pkg/__init__.py",
        "src/pkg/_inner/__init__.py",
        "src/pkg/_inner/deep/a.py",
    ]);
    let modules = |root| {
        let files = walked(folder.path(), &[root]).files;
        files
            .into_iter()
            .map(|file| file.module_path)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        modules("src/pkg/_inner"),
        ["pkg/_inner/__init__.py", "pkg/_inner/deep/a.py"]
    );
    assert_eq!(modules("src/pkg/_inner/deep"), ["a.py"]);
    assert_eq!(
        modules("src/pkg/_inner/deep/a.py"),
        ["src/pkg/_inner/deep/a.py"]
    );
    assert_eq!(modules("src")[0], "pkg/__init__.py");
}

#[test]
fn excludes_hold_for_named_paths_and_their_parents() {
    let folder = tree(&["docs/conf.py", "docs/x/a.py", "pkg/a.py", "pkg/b.py"]);
    let cwd = folder.path().canonicalize().unwrap();
    let exclude = Excludes(|path: &Path, is_folder: bool| {
        assert!(path.is_absolute());
        if is_folder {
            path.ends_with("docs")
        } else {
            path.ends_with("b.py")
        }
    });
    for roots in [
        vec!["."],
        vec!["docs/conf.py", "docs/x", "pkg"],
        vec!["docs", "pkg/b.py", "pkg/a.py"],
    ] {
        let roots: Vec<PathBuf> = roots.into_iter().map(PathBuf::from).collect();
        let files = walk(&roots, &exclude, &cwd).files;
        assert_eq!(
            files.iter().map(|file| &file.path).collect::<Vec<_>>(),
            ["pkg/a.py"],
            "{roots:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn links_lead_neither_in_circles_nor_to_a_file_twice() {
    use std::os::unix::fs::symlink;
    let outside = tree(&["shared.py"]);
    let folder = tree(&["pkg/a.py"]);
    symlink("..", folder.path().join("pkg/up")).unwrap();
    symlink("a.py", folder.path().join("pkg/again.py")).unwrap();
    symlink("nowhere", folder.path().join("pkg/broken.py")).unwrap();
    symlink(
        outside.path().join("shared.py"),
        folder.path().join("pkg/shared.py"),
    )
    .unwrap();
    assert_eq!(paths(folder.path(), &["."]), ["pkg/a.py", "pkg/shared.py"]);
    assert_eq!(
        paths(folder.path(), &["pkg/up"]),
        ["pkg/up/pkg/a.py", "pkg/up/pkg/shared.py"]
    );
}

#[cfg(unix)]
#[test]
fn an_unreadable_folder_is_reported_and_the_rest_goes_on() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tree(&["a.py", "locked/b.py"]);
    let locked = folder.path().join("locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let is_root = fs::read_dir(&locked).is_ok();
    let walked = walked(folder.path(), &["."]);
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
    let messages: Vec<_> = walked.failures.iter().map(ToString::to_string).collect();
    if is_root {
        // Nothing is locked for root; a file in a folder's place is the nearest that can be had.
        assert_eq!((walked.files.len(), messages.len()), (2, 0));
    } else {
        assert_eq!(walked.files.len(), 1);
        assert_eq!(messages, ["locked: Permission denied (os error 13)"]);
    }
}

#[cfg(unix)]
#[test]
fn names_that_are_not_unicode_are_read_all_the_same() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = tree(&["pkg/a.py"]);
    let name = OsStr::from_bytes(b"pkg/caf\xe9.py");
    if fs::write(folder.path().join(name), "latin").is_err() {
        return; // A file system that knows Unicode only.
    }
    let files = walked(folder.path(), &["."]).files;
    assert_eq!(files[1].path, "pkg/caf\u{fffd}.py");
    assert!(matches!(&files[1].new, Content::Disk(path) if path.ends_with(name)));
    assert_eq!(Texts::on_disk().read(&files[1].new).unwrap(), b"latin");
}

const IN_TREES: &[&str] = &[
    "a.py",
    "gen.py",
    "b/gen.py",
    "b/c/a.py",
    "b/c/keep.py",
    "b/d/a.py",
    "gen/a.py",
    "gen/b/keep.py",
    "b/gen/deep/a.py",
];

/// Each place with the text of an ignore file.
type Ignores<'a> = [(&'a str, &'a str)];

/// What is found below `root`, a folder of a tree with such ignore files: by us, and by the walker of the crate `ignore`.
fn both(ignores: &Ignores<'_>, root: &str) -> [Vec<String>; 2] {
    let files: Vec<String> = IN_TREES.iter().map(|it| format!("top/{it}")).collect();
    let folder = tree(&files.iter().map(String::as_str).collect::<Vec<_>>());
    let top = folder.path().canonicalize().unwrap().join("top");
    for (place, text) in ignores {
        let place = top.join(place);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }
    let mut walker = ignore::WalkBuilder::new(top.join(root));
    walker.hidden(false).require_git(false).current_dir(&top);
    let found = walker.build().filter_map(Result::ok);
    let found = found.filter(|it| it.path().extension().is_some_and(|it| it == "py"));
    let below = found.map(|it| {
        it.path()
            .strip_prefix(&top)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned()
    });
    let mut theirs: Vec<String> = below.collect();
    theirs.sort();
    [paths(&top, &[root]), theirs]
}

#[test]
fn ignore_files_hold_where_the_crates_own_walker_finds_that_they_do() {
    const TEXTS: &[&str] = &[
        "gen",
        "/gen",
        "gen/",
        "*.py\n!keep.py",
        "b/*/a.py",
        "!gen",
        "a.py",
        "d",
        "!a.py\n#a\n[",
        "**/deep",
    ];
    const PLACES: &[&str] = &[
        ".gitignore",
        ".ignore",
        "b/.gitignore",
        "b/.ignore",
        "b/c/.gitignore",
        "gen/.gitignore",
        ".git/info/exclude",
        "../.ignore",
    ];
    let mut seed = 1_u64;
    let mut draw = |from: &[&'static str]| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        from[(seed >> 33) as usize % from.len()]
    };
    let mut left_out = 0;
    for count in 0..150 {
        let ignores: Vec<_> = (0..=count % 5)
            .map(|_| (draw(PLACES), draw(TEXTS)))
            .collect();
        let root = draw(&[".", "b", "gen"]);
        let [ours, theirs] = both(&ignores, root);
        assert_eq!(ours, theirs, "{root}: {ignores:?}");
        left_out += IN_TREES.len() - ours.len();
    }
    assert!(left_out > 150, "{left_out}");
}

#[test]
fn a_repository_is_no_business_of_the_ignore_files_above_it() {
    let above = ("../.gitignore", "*.py");
    assert_eq!(both(&[above], ".")[0], Vec::<String>::new());
    // That crate hears both, git and we only the repository's own.
    let [ours, theirs] = both(&[above, (".git/HEAD", "")], "b");
    assert_eq!((ours.len(), theirs.len()), (5, 0));
    assert_eq!(
        both(&[(".gitignore", "*.py"), ("b/.git/HEAD", "")], ".")[0].len(),
        5
    );
}
