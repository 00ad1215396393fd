//! What a hook sees in the middle of a commit.

use docgen::git::{Environment, Scope};

use super::sandbox::{Sandbox, ask, short};

fn staged(sandbox: &Sandbox, environment: &Environment) -> Vec<String> {
    short(&ask(&sandbox.root, environment, &Scope::Staged).unwrap().1)
}

/// Three files, of which `a.py` is staged and `b.py` changed on disk only.
fn half_staged() -> Sandbox {
    let sandbox = Sandbox::with(&[("a.py", "a1"), ("b.py", "b1"), ("pkg/c.py", "c1")]);
    sandbox.write("a.py", "a2");
    sandbox.git(&["add", "a.py"]);
    sandbox.write("b.py", "b2");
    sandbox
}

#[test]
fn commit_takes_the_index() {
    let sandbox = half_staged();
    sandbox.during_commit(&[], |environment| {
        // git names it relative to the top of the worktree.
        assert_eq!(environment.index_file.as_deref().unwrap(), ".git/index");
        assert_eq!(staged(&sandbox, environment), ["a.py: a1 -> a2"]);
        // Also where the hook runs in a subfolder.
        let folder = sandbox.root.join("pkg");
        let (_, seen) = ask(&folder, environment, &Scope::Staged).unwrap();
        assert_eq!(short(&seen), ["../a.py: a1 -> a2"]);
    });
}

#[test]
fn commit_all_takes_what_is_on_disk() {
    let sandbox = half_staged();
    sandbox.during_commit(&["--all"], |environment| {
        let file = environment.index_file.clone().unwrap();
        assert!(file.to_str().unwrap().ends_with("index.lock"), "{file:?}");
        assert_eq!(
            staged(&sandbox, environment),
            ["a.py: a1 -> a2", "b.py: b1 -> b2"]
        );
    });
}

#[test]
fn commit_of_a_path_takes_that_file_only() {
    let sandbox = half_staged();
    sandbox.during_commit(&["b.py"], |environment| {
        let file = environment.index_file.clone().unwrap();
        assert!(file.to_str().unwrap().contains("next-index"), "{file:?}");
        assert_eq!(staged(&sandbox, environment), ["b.py: b1 -> b2"]);
    });
    assert_eq!(short(&sandbox.changes(&Scope::Staged)), ["a.py: a1 -> a2"]);
}

#[test]
fn amending_compares_with_the_commit_that_is_there() {
    let sandbox = half_staged();
    sandbox.during_commit(&["--amend"], |environment| {
        assert_eq!(staged(&sandbox, environment), ["a.py: a1 -> a2"]);
    });
}

#[test]
fn the_first_commit() {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", "a1");
    sandbox.git(&["add", "a.py"]);
    sandbox.during_commit(&[], |environment| {
        assert_eq!(staged(&sandbox, environment), ["a.py: nothing -> a1"]);
    });
}

#[test]
fn an_index_file_that_is_not_there_is_no_clean_commit() {
    let sandbox = half_staged();
    let environment = Environment {
        index_file: Some("pkg/.git/index".into()),
        ..Environment::default()
    };
    let refusal = ask(&sandbox.root, &environment, &Scope::Staged).unwrap_err();
    assert!(
        refusal.to_string().starts_with("`GIT_INDEX_FILE` is "),
        "{refusal}"
    );
}
