//! `HEAD` with the index: what a commit would hold.

use docgen::git::{Environment, GitError, Scope};

use super::sandbox::{Sandbox, ask, short};

fn staged(sandbox: &Sandbox) -> Vec<String> {
    let seen = sandbox.changes(&Scope::Staged);
    assert!(seen.iter().all(|it| !it.is_on_disk), "{seen:?}");
    short(&seen)
}

#[test]
fn the_index_is_read_and_never_the_worktree() {
    let sandbox = Sandbox::with(&[
        ("a.py", "a1"),
        ("b.py", "b1"),
        ("c.txt", "c1"),
        ("d/e.pyi", "e1"),
    ]);
    assert_eq!(staged(&sandbox), [""; 0]);
    for (path, text) in [
        ("a.py", "a2"),
        ("c.txt", "c2"),
        ("d/e.pyi", "e2"),
        ("d/new.py", "n1"),
    ] {
        sandbox.write(path, text);
    }
    sandbox.git(&["add", "--all"]);
    sandbox.write("a.py", "a3");
    sandbox.write("b.py", "b2");
    sandbox.remove("d/e.pyi");
    sandbox.write("untracked.py", "u");
    let expected = [
        "a.py: a1 -> a2",
        "d/e.pyi: e1 -> e2",
        "d/new.py: nothing -> n1",
    ];
    assert_eq!(staged(&sandbox), expected);
}

#[test]
fn a_partially_staged_file_is_what_was_staged_of_it() {
    let lines = |first, last| format!("{first}\n2\n3\n4\n5\n6\n7\n8\n{last}\n");
    let sandbox = Sandbox::with(&[("a.py", &lines("1", "9"))]);
    sandbox.write("a.py", &lines("one", "nine"));
    let patch = sandbox.git(&["diff", "--unified=0"]);
    let first_hunk = patch.split("@@ -9").next().unwrap();
    let file = sandbox.beside("first.patch");
    std::fs::write(&file, first_hunk).unwrap();
    sandbox.git(&[
        "apply",
        "--cached",
        "--unidiff-zero",
        file.to_str().unwrap(),
    ]);
    let seen = sandbox.changes(&Scope::Staged);
    assert_eq!(seen[0].new, lines("one", "9"));
}

#[test]
fn before_the_first_commit_everything_is_new() {
    let sandbox = Sandbox::new();
    let nothing = ask(&sandbox.root, &Environment::default(), &Scope::Staged).unwrap();
    assert_eq!(
        (nothing.0.as_str(), nothing.1.len()),
        ("the empty tree (no commit yet) with the index", 0)
    );
    sandbox.write("a.py", "a1");
    sandbox.write("pkg/b.py", "b1");
    sandbox.git(&["add", "--all"]);
    assert_eq!(
        staged(&sandbox),
        ["a.py: nothing -> a1", "pkg/b.py: nothing -> b1"]
    );
}

#[test]
fn the_sentence_names_the_commit() {
    let sandbox = Sandbox::with(&[("a.py", "a1")]);
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    let (sentence, _) = ask(&sandbox.root, &Environment::default(), &Scope::Staged).unwrap();
    assert_eq!(sentence, format!("{} (HEAD) with the index", &head[..7]));
    sandbox.git(&["checkout", "--quiet", "--detach"]);
    let (sentence, _) = ask(&sandbox.root, &Environment::default(), &Scope::Staged).unwrap();
    assert_eq!(sentence, format!("{} (HEAD) with the index", &head[..7]));
}

#[test]
fn what_is_only_intended_to_be_added_is_not_staged() {
    let sandbox = Sandbox::with(&[("a.py", "a1")]);
    sandbox.write("b.py", "b1");
    sandbox.git(&["add", "--intent-to-add", "b.py"]);
    assert_eq!(staged(&sandbox), [""; 0]);
    assert_eq!(
        short(&sandbox.changes(&Scope::Worktree)),
        ["b.py: nothing -> b1"]
    );
}

#[cfg(unix)]
#[test]
fn links_are_no_files() {
    let sandbox = Sandbox::with(&[("a.py", "a1"), ("b.py", "b1")]);
    sandbox.remove("b.py");
    std::os::unix::fs::symlink("a.py", sandbox.root.join("b.py")).unwrap();
    std::os::unix::fs::symlink("a.py", sandbox.root.join("c.py")).unwrap();
    sandbox.git(&["add", "--all"]);
    assert_eq!(staged(&sandbox), [""; 0]);
    assert_eq!(short(&sandbox.changes(&Scope::Worktree)), [""; 0]);
    sandbox.commit_all("links");
    // And back: a file where a link was is new.
    sandbox.remove("b.py");
    sandbox.write("b.py", "b2");
    assert_eq!(
        short(&sandbox.changes(&Scope::Worktree)),
        ["b.py: nothing -> b2"]
    );
    sandbox.git(&["add", "--all"]);
    assert_eq!(staged(&sandbox), ["b.py: nothing -> b2"]);
}

#[test]
fn submodules_are_no_files() {
    let library = Sandbox::with(&[("lib.py", "l1")]);
    let sandbox = Sandbox::with(&[("a.py", "a1")]);
    // A submodule may have a Python name.
    sandbox.git(&[
        "submodule",
        "--quiet",
        "add",
        library.root.to_str().unwrap(),
        "sub.py",
    ]);
    assert_eq!(staged(&sandbox), [""; 0]);
    sandbox.write("sub.py/lib.py", "l2");
    sandbox.write("sub.py/new.py", "n1");
    assert_eq!(short(&sandbox.changes(&Scope::Worktree)), [""; 0]);
    // Seen from inside, the submodule is the repository.
    let inside = sandbox.root.join("sub.py");
    let (_, seen) = ask(&inside, &Environment::default(), &Scope::Worktree).unwrap();
    assert_eq!(short(&seen), ["lib.py: l1 -> l2", "new.py: nothing -> n1"]);
}

#[test]
fn conflicts_in_python_files_are_refused() {
    let sandbox = Sandbox::with(&[
        ("a.py", "a1\n"),
        ("notes.txt", "n1\n"),
        ("pkg/b.py", "b1\n"),
    ]);
    sandbox.git(&["checkout", "--quiet", "-b", "other"]);
    for (path, text) in [
        ("a.py", "a2\n"),
        ("notes.txt", "n2\n"),
        ("pkg/b.py", "b2\n"),
    ] {
        sandbox.write(path, text);
    }
    sandbox.commit_all("other");
    sandbox.git(&["checkout", "--quiet", "main"]);
    for (path, text) in [("a.py", "a3\n"), ("notes.txt", "n3\n")] {
        sandbox.write(path, text);
    }
    sandbox.commit_all("main");
    assert!(
        !sandbox
            .try_git(&sandbox.root, &["merge", "other"])
            .status
            .success()
    );
    for scope in [
        Scope::Staged,
        Scope::Worktree,
        Scope::Since("HEAD".to_owned()),
    ] {
        let refusal = sandbox.refusal(&scope);
        assert!(
            matches!(&refusal, GitError::Unmerged { paths } if paths == &["a.py"]),
            "{refusal:?}"
        );
        assert_eq!(
            refusal.hints(),
            ["resolve them first, then `git add` the files"]
        );
    }
    // Two commits have no conflicts.
    let range = Scope::Range {
        from: "main".to_owned(),
        to: "other".to_owned(),
        direct: false,
    };
    assert_eq!(sandbox.changes(&range).len(), 2);
    // Resolved; what came from the other branch as it was is not this commit's doing.
    sandbox.write("a.py", "a4\n");
    sandbox.git(&["add", "a.py"]);
    assert_eq!(staged(&sandbox), ["a.py: a3 -> a4"]);
    assert_eq!(
        short(&sandbox.changes(&Scope::Worktree)),
        ["a.py: a3 -> a4"]
    );
}

#[test]
fn renamed_files_keep_their_old_side() {
    let text = "def f():\n    return 1\n\n\ndef g():\n    return 2\n";
    let sandbox = Sandbox::with(&[
        ("_private.py", text),
        ("gone.py", "unlike anything else"),
        ("p/__init__.py", ""),
    ]);
    sandbox.git(&["mv", "_private.py", "public.py"]);
    sandbox.git(&["rm", "--quiet", "gone.py"]);
    sandbox.write("new.py", "nobody's text");
    sandbox.git(&["add", "--all"]);
    let seen = sandbox.changes(&Scope::Staged);
    let paths: Vec<_> = seen
        .iter()
        .map(|it| (it.path.as_str(), it.old_path.as_deref()))
        .collect();
    assert_eq!(
        paths,
        [("new.py", None), ("public.py", Some("_private.py"))]
    );
    assert_eq!(seen[1].old.as_deref(), Some(text));
    // With an edit too.
    sandbox.write("public.py", &format!("{text}\n\ndef h(): ...\n"));
    for scope in [Scope::Worktree, Scope::Staged] {
        let seen = sandbox.changes(&scope);
        assert_eq!(seen[1].old_path.as_deref(), Some("_private.py"));
        assert_eq!(seen[1].old.as_deref(), Some(text));
        sandbox.git(&["add", "--all"]);
    }
}

#[test]
fn a_mode_alone_changes_nothing() {
    let sandbox = Sandbox::with(&[("a.py", "a1")]);
    sandbox.git(&["update-index", "--chmod=+x", "a.py"]);
    assert_eq!(staged(&sandbox), [""; 0]);
}

#[test]
fn a_folder_in_place_of_a_file_and_back() {
    let sandbox = Sandbox::with(&[("x.py", "one\ntwo\n"), ("y.py/inner.py", "three\nfour\n")]);
    sandbox.remove("x.py");
    sandbox.write("x.py/inner.py", "other\n");
    sandbox.remove("y.py/inner.py");
    std::fs::remove_dir(sandbox.root.join("y.py")).unwrap();
    sandbox.write("y.py", "another\n");
    assert_eq!(
        short(&sandbox.changes(&Scope::Worktree)),
        [
            "x.py/inner.py: nothing -> other",
            "y.py: nothing -> another"
        ]
    );
    sandbox.git(&["add", "--all"]);
    assert_eq!(
        staged(&sandbox),
        [
            "x.py/inner.py: nothing -> other",
            "y.py: nothing -> another"
        ]
    );
}

#[test]
fn scripts_without_an_extension_count_when_named() {
    let sandbox = Sandbox::with(&[("bin/tool", "t1"), ("bin/other", "o1")]);
    sandbox.write("bin/tool", "t2");
    sandbox.write("bin/other", "o2");
    sandbox.git(&["add", "--all"]);
    assert_eq!(staged(&sandbox), [""; 0]);
    let mut repository =
        docgen::git::Repository::open(&sandbox.root.join("bin"), &Environment::default())
            .unwrap()
            .unwrap();
    repository.name_files(&["tool".into(), "./gone".into()]);
    let changes = repository.changes(&Scope::Staged).unwrap().files;
    assert_eq!(
        changes
            .iter()
            .map(|it| it.path.as_str())
            .collect::<Vec<_>>(),
        ["tool"]
    );
    assert_eq!(changes[0].module_path, "bin/tool");
}
