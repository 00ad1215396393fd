//! `HEAD` or a merge base with the files on disk.

use docgen::git::{Environment, Repository, Scope};

use super::sandbox::{Sandbox, ask, short};

fn worktree(sandbox: &Sandbox) -> Vec<String> {
    short(&sandbox.changes(&Scope::Worktree))
}

#[test]
fn staged_unstaged_and_untracked() {
    let sandbox = Sandbox::with(&[
        ("a.py", "a1"),
        ("b.py", "b1"),
        ("c.py", "c1"),
        ("d.py", "d1"),
        ("e.py", "e1"),
    ]);
    assert_eq!(worktree(&sandbox), [""; 0]);
    sandbox.write("a.py", "a2 staged");
    sandbox.write("b.py", "b2 staged");
    sandbox.git(&["add", "--all"]);
    sandbox.write("b.py", "b3 on disk");
    sandbox.write("c.py", "c2 on disk");
    sandbox.remove("d.py");
    sandbox.git(&["rm", "--quiet", "--cached", "e.py"]);
    sandbox.write("f.py", "untracked");
    let expected = [
        "a.py: a1 -> a2 staged",
        "b.py: b1 -> b3 on disk",
        "c.py: c1 -> c2 on disk",
        "f.py: nothing -> untracked",
    ];
    assert_eq!(worktree(&sandbox), expected);
    assert!(
        sandbox
            .changes(&Scope::Worktree)
            .iter()
            .all(|it| it.is_on_disk)
    );
    // Undone on disk: as at HEAD, whatever is staged.
    sandbox.write("a.py", "a1");
    sandbox.write("b.py", "b1");
    sandbox.write("c.py", "c1");
    assert_eq!(worktree(&sandbox), ["f.py: nothing -> untracked"]);
}

#[cfg(unix)]
#[test]
fn what_lies_behind_a_link_to_a_folder_is_gone() {
    let sandbox = Sandbox::with(&[("a/b/c.py", "c1"), ("a/d.py", "d1"), ("e.py", "e1")]);
    let aside = sandbox.beside("aside");
    std::fs::rename(sandbox.root.join("a"), &aside).unwrap();
    std::os::unix::fs::symlink(&aside, sandbox.root.join("a")).unwrap();
    let status = sandbox.git(&["diff", "--name-status"]);
    assert_eq!(status, "D\ta/b/c.py\nD\ta/d.py");
    assert_eq!(worktree(&sandbox), [""; 0]);
    let repository = Repository::open(&sandbox.root, &Environment::default());
    let repository = repository.unwrap().unwrap();
    let removed = repository.changes(&Scope::Worktree).unwrap().removed;
    let removed: Vec<&str> = removed.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(removed, ["a/b/c.py", "a/d.py"]);
}

#[test]
fn a_change_of_the_same_size_in_the_same_second_is_seen() {
    let sandbox = Sandbox::with(&[("a.py", "a1")]);
    for text in ["a2", "a3", "a4"] {
        sandbox.write("a.py", text);
        assert_eq!(worktree(&sandbox), [format!("a.py: a1 -> {text}")]);
    }
}

#[test]
fn untracked_files_that_are_not_ignored() {
    let sandbox = Sandbox::with(&[
        (".gitignore", "/out/\n*_gen.py\n"),
        ("pkg/a.py", "a1"),
        ("docs/readme.md", "r"),
        ("pkg/sub/.gitignore", "local.py\n"),
    ]);
    for path in [
        "out/x.py",
        "pkg/y_gen.py",
        "pkg/new.py",
        "docs/conf.py",
        "fresh/deep/z.py",
        "fresh/out/w.py",
        "fresh/v_gen.py",
        "pkg/sub/local.py",
        "pkg/sub/n.py",
        ".venv/lib/site.py",
        "fresh/notes.txt",
    ] {
        sandbox.write(path, "new");
    }
    sandbox.write("nested/inside.py", "new");
    sandbox.git_in(&sandbox.root.join("nested"), &["init", "--quiet"]);
    std::fs::write(sandbox.root.join(".git/info/exclude"), "pkg/new.py\n").unwrap();
    let paths: Vec<_> = sandbox
        .changes(&Scope::Worktree)
        .into_iter()
        .map(|it| it.path)
        .collect();
    assert_eq!(
        paths,
        [
            "docs/conf.py",
            "fresh/deep/z.py",
            "fresh/out/w.py",
            "pkg/sub/n.py"
        ]
    );
    let others = sandbox.git(&[
        "ls-files",
        "--others",
        "--exclude-standard",
        "*.py",
        ":!.venv",
    ]);
    assert_eq!(others.lines().collect::<Vec<_>>(), paths);
}

#[test]
fn touched_files_are_compared_by_content() {
    let sandbox = Sandbox::with(&[("a.py", "a1"), ("b.py", "b1")]);
    let soon = std::time::SystemTime::now() + std::time::Duration::from_secs(7);
    let file = std::fs::File::options()
        .append(true)
        .open(sandbox.root.join("a.py"))
        .unwrap();
    file.set_modified(soon).unwrap();
    assert_eq!(worktree(&sandbox), [""; 0]);
}

#[test]
fn sparse_checkouts_have_not_deleted_what_they_leave_out() {
    let text = "def f():\n    return 1\n";
    let sandbox = Sandbox::with(&[("in/a.py", "a1"), ("out/b.py", text), ("out/c.py", "c1")]);
    sandbox.git(&["sparse-checkout", "set", "--no-cone", "/in/"]);
    assert!(!sandbox.root.join("out").exists());
    // Were `out/b.py` taken for deleted, this would be it under a new name.
    sandbox.write("in/d.py", text);
    assert_eq!(
        worktree(&sandbox),
        ["in/d.py: nothing -> def f():\n    return 1"]
    );
    // What is staged there is not on disk, and is read from the index.
    sandbox.git(&["rm", "--quiet", "--cached", "--sparse", "out/c.py"]);
    let seen = sandbox.changes(&Scope::Since("HEAD".to_owned()));
    assert_eq!(
        seen.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(),
        ["in/d.py"]
    );
}

#[test]
fn line_ends_alone_are_no_change() {
    let sandbox = Sandbox::with(&[("a.py", "one\ntwo\n"), ("b.py", "one\n")]);
    sandbox.git(&["config", "core.autocrlf", "true"]);
    sandbox.write("a.py", "one\r\ntwo\r\n");
    sandbox.write("b.py", "one\r\nmore\r\n");
    let seen = sandbox.changes(&Scope::Worktree);
    assert_eq!(seen.len(), 1);
    assert_eq!(
        (seen[0].path.as_str(), seen[0].new.as_str()),
        ("b.py", "one\r\nmore\r\n")
    );
    sandbox.git(&["add", "--all"]);
    let staged = sandbox.changes(&Scope::Staged);
    assert_eq!((staged.len(), staged[0].new.as_str()), (1, "one\nmore\n"));
}

#[test]
fn seen_from_a_subfolder_the_whole_repository_is_meant() {
    let sandbox = Sandbox::with(&[("pkg/a.py", "a1"), ("b.py", "b1")]);
    sandbox.write("pkg/a.py", "a2");
    sandbox.write("b.py", "b2");
    let folder = sandbox.root.join("pkg");
    let (_, seen) = ask(&folder, &Environment::default(), &Scope::Worktree).unwrap();
    assert_eq!(short(&seen), ["../b.py: b1 -> b2", "a.py: a1 -> a2"]);
}

#[test]
fn before_the_first_commit_every_file_is_new() {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", "a1");
    sandbox.git(&["add", "--all"]);
    sandbox.write("b.py", "b1");
    assert_eq!(
        worktree(&sandbox),
        ["a.py: nothing -> a1", "b.py: nothing -> b1"]
    );
}

#[test]
fn since_a_branch_means_its_merge_base() {
    let sandbox = Sandbox::with(&[("a.py", "a1"), ("b.py", "b1"), ("c.py", "c1")]);
    let base = sandbox.git(&["rev-parse", "--short=7", "HEAD"]);
    sandbox.git(&["checkout", "--quiet", "-b", "topic"]);
    sandbox.write("a.py", "a2 committed");
    sandbox.commit_all("topic");
    sandbox.git(&["checkout", "--quiet", "main"]);
    sandbox.write("b.py", "b2 of others");
    sandbox.commit_all("main");
    sandbox.git(&["checkout", "--quiet", "topic"]);
    sandbox.write("c.py", "c2 on disk");
    sandbox.write("d.py", "d1 untracked");
    let scope = Scope::Since("main".to_owned());
    let (sentence, seen) = ask(&sandbox.root, &Environment::default(), &scope).unwrap();
    assert_eq!(
        sentence,
        format!("{base} (merge base of main) with the worktree")
    );
    let expected = [
        "a.py: a1 -> a2 committed",
        "c.py: c1 -> c2 on disk",
        "d.py: nothing -> d1 untracked",
    ];
    assert_eq!(short(&seen), expected);
}
