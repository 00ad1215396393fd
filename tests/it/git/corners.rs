//! Where repositories lie, and kinds of them that are rare.

use docgen::git::{Environment, GitError, Repository, Scope};

use super::sandbox::{Sandbox, ask, short};

#[test]
fn outside_a_repository_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let ceilings = vec![folder.path().parent().unwrap().to_path_buf()];
    let environment = Environment {
        ceilings,
        ..Environment::default()
    };
    assert!(
        Repository::open(folder.path(), &environment)
            .unwrap()
            .is_none()
    );
}

#[test]
fn a_linked_worktree_has_its_own_index_and_head() {
    let sandbox = Sandbox::with(&[("a.py", "a1"), ("b.py", "b1")]);
    let linked = sandbox.beside("linked");
    sandbox.git(&[
        "worktree",
        "add",
        "--quiet",
        linked.to_str().unwrap(),
        "-b",
        "topic",
    ]);
    sandbox.write("b.py", "b2 in the main worktree");
    sandbox.git(&["add", "--all"]);
    std::fs::write(linked.join("a.py"), "a2").unwrap();
    sandbox.git_in(&linked, &["add", "--all"]);
    let (_, seen) = ask(&linked, &Environment::default(), &Scope::Staged).unwrap();
    assert_eq!(short(&seen), ["a.py: a1 -> a2"]);
    // As git tells a hook there.
    let git_dir = sandbox.git_in(&linked, &["rev-parse", "--absolute-git-dir"]);
    let environment = Environment {
        index_file: Some(format!("{git_dir}/index").into()),
        git_dir: Some(git_dir.into()),
        ..Environment::default()
    };
    let (_, seen) = ask(&linked, &environment, &Scope::Worktree).unwrap();
    assert_eq!(short(&seen), ["a.py: a1 -> a2"]);
}

#[test]
fn a_detached_head_is_as_good_as_a_branch() {
    let sandbox = Sandbox::with(&[("a.py", "a1"), ("b.py", "b1")]);
    sandbox.write("a.py", "a2");
    sandbox.commit_all("second");
    sandbox.git(&["checkout", "--quiet", "--detach", "HEAD~1"]);
    sandbox.write("b.py", "b2");
    let seen = short(&sandbox.changes(&Scope::Worktree));
    assert_eq!(seen, ["b.py: b1 -> b2"]);
    sandbox.git(&["add", "--all"]);
    assert_eq!(short(&sandbox.changes(&Scope::Staged)), seen);
    assert_eq!(
        short(&sandbox.changes(&Scope::Since("main".to_owned()))),
        seen
    );
}

#[test]
fn git_dir_and_work_tree_are_followed() {
    let sandbox = Sandbox::with(&[("a.py", "a1")]);
    let elsewhere = sandbox.beside("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    std::fs::write(elsewhere.join("a.py"), "a2 elsewhere").unwrap();
    let git_dir = sandbox.root.join(".git");
    let mut environment = Environment {
        git_dir: Some(git_dir.clone().into()),
        work_tree: Some(elsewhere.clone().into()),
        ..Environment::default()
    };
    let (_, seen) = ask(&sandbox.root, &environment, &Scope::Worktree).unwrap();
    assert_eq!(seen.len(), 1);
    assert!(seen[0].path.ends_with("elsewhere/a.py"), "{seen:?}");
    // `GIT_DIR` alone makes the working folder the worktree.
    environment.work_tree = None;
    let (_, seen) = ask(&elsewhere, &environment, &Scope::Worktree).unwrap();
    assert_eq!(short(&seen), ["a.py: a1 -> a2 elsewhere"]);
    let refusal = Repository::open(
        &elsewhere,
        &Environment {
            git_dir: Some("nothing".into()),
            ..Environment::default()
        },
    );
    assert!(matches!(refusal.err(), Some(GitError::NoGitDir { .. })));
}

#[test]
fn the_default_branch_is_what_the_clone_has_noted() {
    let sandbox = Sandbox::with(&[("a.py", "a1")]);
    let clone = sandbox.beside("clone");
    sandbox.git(&["clone", "--quiet", ".", clone.to_str().unwrap()]);
    let default = |folder| {
        Repository::open(folder, &Environment::default())
            .unwrap()
            .unwrap()
            .default_branch()
    };
    assert_eq!(default(&clone).as_deref(), Some("origin/main"));
    assert_eq!(default(&sandbox.root), None);
}

#[test]
fn every_version_of_the_index_is_read() {
    for version in ["2", "3", "4"] {
        let sandbox = Sandbox::with(&[
            ("a.py", "a1"),
            ("pkg/b.py", "b1"),
            ("pkg/sub/c.py", "c1"),
            ("pkg/z.txt", "z1"),
        ]);
        sandbox.git(&["update-index", "--index-version", version]);
        sandbox.write("pkg/b.py", "b2");
        sandbox.git(&["add", "--all"]);
        sandbox.write("pkg/sub/new.py", "n1");
        sandbox.git(&["add", "--intent-to-add", "pkg/sub/new.py"]);
        sandbox.write("a.py", "a2");
        let staged = short(&sandbox.changes(&Scope::Staged));
        assert_eq!(staged, ["pkg/b.py: b1 -> b2"], "version {version}");
        let expected = [
            "a.py: a1 -> a2",
            "pkg/b.py: b1 -> b2",
            "pkg/sub/new.py: nothing -> n1",
        ];
        assert_eq!(
            short(&sandbox.changes(&Scope::Worktree)),
            expected,
            "version {version}"
        );
    }
}

#[test]
fn a_large_index_is_read_to_its_end() {
    let sandbox = Sandbox::new();
    for number in 0..3000 {
        sandbox.write(
            &format!("folder_{}/some_module_{number}.py", number % 70),
            "text",
        );
    }
    sandbox.commit_all("many");
    for version in ["2", "4"] {
        sandbox.git(&["update-index", "--index-version", version]);
        assert_eq!(sandbox.changes(&Scope::Staged).len(), 0);
        sandbox.write("folder_0/some_module_0.py", version);
        sandbox.write("folder_69/some_module_69.py", version);
        sandbox.git(&["add", "--all"]);
        let staged = short(&sandbox.changes(&Scope::Staged));
        let line = |name| format!("{name}.py: text -> {version}");
        assert_eq!(
            staged,
            ["folder_0/some_module_0", "folder_69/some_module_69"].map(line)
        );
        sandbox.commit_all("two");
        for name in ["folder_0/some_module_0.py", "folder_69/some_module_69.py"] {
            sandbox.write(name, "text");
        }
        sandbox.commit_all("back");
    }
    let size = std::fs::metadata(sandbox.root.join(".git/index"))
        .unwrap()
        .len();
    assert!(size > 150_000, "{size}");
}

#[test]
fn a_damaged_index_is_refused() {
    let sandbox = Sandbox::with(&[("a.py", "a1"), ("b.py", "b1")]);
    let file = sandbox.root.join(".git/index");
    let whole = std::fs::read(&file).unwrap();
    for length in [0, 3, 11, 40, 80, 100, whole.len() / 2, whole.len() - 21] {
        std::fs::write(&file, &whole[..length]).unwrap();
        let refusal = sandbox.refusal(&Scope::Staged);
        assert!(
            matches!(refusal, GitError::CorruptIndex { .. }),
            "{length}: {refusal:?}"
        );
    }
}

#[test]
fn a_bit_that_flips_in_the_index_hides_no_change() {
    let sandbox = Sandbox::with(&[("a.py", "a1"), ("pkg/b.py", "b1"), ("z.py", "z1")]);
    sandbox.write("pkg/b.py", "b2");
    sandbox.git(&["add", "--all"]);
    let file = sandbox.root.join(".git/index");
    let whole = std::fs::read(&file).unwrap();
    let name = whole.windows(8).position(|it| it == b"pkg/b.py").unwrap();
    for at in 0..whole.len() {
        for bit in 0..8 {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << bit;
            std::fs::write(&file, &bytes).unwrap();
            let repository = Repository::open(&sandbox.root, &Environment::default());
            let answer = repository.unwrap().unwrap().changes(&Scope::Staged);
            // git itself takes another name for another file's.
            let is_other_name = (name..name + 8).contains(&at);
            let is_told = answer.is_err() || answer.is_ok_and(|it| !it.files.is_empty());
            assert!(is_told || is_other_name, "byte {at}, bit {bit}");
        }
    }
}

#[test]
fn a_missing_object_is_refused() {
    let sandbox = Sandbox::with(&[("pkg/a.py", "a1")]);
    sandbox.write("pkg/a.py", "a2");
    sandbox.git(&["add", "--all"]);
    let tree = sandbox.git(&["rev-parse", "HEAD:pkg"]);
    std::fs::remove_file(
        sandbox
            .root
            .join(".git/objects")
            .join(&tree[..2])
            .join(&tree[2..]),
    )
    .unwrap();
    let refusal = sandbox.refusal(&Scope::Staged);
    assert!(
        refusal
            .to_string()
            .starts_with("git cannot read its trees: "),
        "{refusal}"
    );
}

#[cfg(unix)]
#[test]
fn a_repository_of_somebody_else_is_explained() {
    let sandbox = Sandbox::with(&[("a.py", "a1")]);
    let theirs = [sandbox.root.clone(), sandbox.root.join(".git")];
    let given = theirs
        .iter()
        .map(|path| std::os::unix::fs::chown(path, Some(12_345), None));
    if given.collect::<Result<Vec<()>, _>>().is_err() {
        return; // Only root may give a folder away.
    }
    let refusal = Repository::open(&sandbox.root, &Environment::default())
        .err()
        .unwrap();
    let path = sandbox.root.to_str().unwrap();
    assert!(refusal.to_string().contains(path), "{refusal}");
    assert_eq!(
        refusal.hints(),
        [format!(
            "`git config --global --add safe.directory {path}` trusts it"
        )]
    );
}
