//! Two commits.

use std::path::{Path, PathBuf};

use docgen::git::{Environment, GitError, Scope};

use super::sandbox::{Sandbox, ask, short};

fn range(from: &str, to: &str, direct: bool) -> Scope {
    Scope::Range {
        from: from.to_owned(),
        to: to.to_owned(),
        direct,
    }
}

/// Two branches that parted, with a file changed on each and one on disk.
fn parted() -> Sandbox {
    let sandbox = Sandbox::with(&[("a.py", "a1"), ("pkg/b.py", "b1"), ("pkg/deep/c.py", "c1")]);
    sandbox.git(&["checkout", "--quiet", "-b", "topic"]);
    sandbox.write("a.py", "a2 of topic");
    sandbox.write("pkg/new.py", "n1 of topic");
    sandbox.commit_all("topic");
    sandbox.git(&["checkout", "--quiet", "main"]);
    sandbox.write("pkg/b.py", "b2 of main");
    sandbox.remove("pkg/deep/c.py");
    sandbox.commit_all("main");
    sandbox.write("a.py", "a3 on disk");
    sandbox
}

#[test]
fn from_the_merge_base_or_directly() {
    let sandbox = parted();
    let short_id = |name: &str| sandbox.git(&["rev-parse", "--short=7", name]);
    let scope = range("main", "topic", false);
    let (sentence, seen) = ask(&sandbox.root, &Environment::default(), &scope).unwrap();
    assert_eq!(
        short(&seen),
        [
            "a.py: a1 -> a2 of topic",
            "pkg/new.py: nothing -> n1 of topic"
        ]
    );
    let (base, topic) = (short_id("main~1"), short_id("topic"));
    assert_eq!(
        sentence,
        format!("{base} (merge base of main and topic) with {topic} (topic)")
    );
    let scope = range("main", "topic", true);
    let (sentence, seen) = ask(&sandbox.root, &Environment::default(), &scope).unwrap();
    let expected = [
        "a.py: a1 -> a2 of topic",
        "pkg/b.py: b2 of main -> b1",
        "pkg/deep/c.py: nothing -> c1",
        "pkg/new.py: nothing -> n1 of topic",
    ];
    assert_eq!(short(&seen), expected);
    assert_eq!(
        sentence,
        format!("{} (main) with {topic} (topic)", short_id("main"))
    );
}

#[test]
fn a_bare_repository_has_ranges_only() {
    let sandbox = parted();
    let bare = sandbox.beside("bare.git");
    sandbox.git(&["clone", "--quiet", "--bare", ".", bare.to_str().unwrap()]);
    let nowhere = Environment::default();
    let (_, seen) = ask(&bare, &nowhere, &range("main", "topic", false)).unwrap();
    assert_eq!(seen.len(), 2);
    let refusal = ask(&bare, &nowhere, &Scope::Staged).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "this repository is bare: it has no index"
    );
}

#[test]
fn crosswise_merges_count_what_differs_from_every_base() {
    let sandbox = Sandbox::with(&[("a.py", "a1"), ("b.py", "b1"), ("c.py", "c1")]);
    sandbox.git(&["checkout", "--quiet", "-b", "topic"]);
    sandbox.write("a.py", "a2 of topic");
    sandbox.commit_all("topic");
    sandbox.git(&["checkout", "--quiet", "main"]);
    sandbox.write("b.py", "b2 of main");
    sandbox.commit_all("main");
    sandbox.git(&["tag", "early-main"]);
    sandbox.git(&["merge", "--quiet", "--no-edit", "topic"]);
    sandbox.git(&["checkout", "--quiet", "topic"]);
    sandbox.git(&["merge", "--quiet", "--no-edit", "early-main"]);
    sandbox.write("c.py", "c2 of topic");
    sandbox.commit_all("more");
    assert_eq!(
        sandbox
            .git(&["merge-base", "--all", "main", "topic"])
            .lines()
            .count(),
        2
    );
    assert_eq!(
        short(&sandbox.changes(&range("main", "topic", false))),
        ["c.py: c1 -> c2 of topic"]
    );
}

#[test]
fn unknown_revisions_say_what_brings_them() {
    let sandbox = parted();
    let refusal = sandbox.refusal(&range("origin/main", "topic", false));
    assert_eq!(
        refusal.to_string(),
        "`origin/main` is no commit of this repository"
    );
    assert_eq!(
        refusal.hints(),
        ["`git branch --all` lists the names that exist"]
    );
    sandbox.git(&["remote", "add", "origin", "/nowhere"]);
    let refusal = sandbox.refusal(&Scope::Since("origin/main".to_owned()));
    let command = "git fetch origin +refs/heads/main:refs/remotes/origin/main";
    assert_eq!(refusal.hints(), [format!("`{command}` may bring it")]);
}

#[test]
fn histories_without_a_common_commit() {
    let sandbox = parted();
    sandbox.git(&["stash", "--quiet"]);
    sandbox.git(&["checkout", "--quiet", "--orphan", "other"]);
    sandbox.write("a.py", "a9");
    sandbox.commit_all("orphan");
    let refusal = sandbox.refusal(&range("main", "other", false));
    assert!(matches!(refusal, GitError::Unrelated { .. }), "{refusal:?}");
    assert!(refusal.hints()[0].contains("--direct"));
    assert_eq!(sandbox.changes(&range("main", "other", true)).len(), 1);
}

/// Runs the command that a refusal names.
fn follow(sandbox: &Sandbox, clone: &Path, refusal: &GitError) {
    let hint = refusal.hints().remove(0);
    let command = hint.split('`').nth(1).unwrap();
    let words: Vec<&str> = command.split(' ').skip(1).collect();
    sandbox.git_in(clone, &words);
}

/// A clone of the branch `topic` without its history.
fn shallow_clone(sandbox: &Sandbox) -> PathBuf {
    let clone = sandbox.beside("clone");
    let (url, folder) = (
        format!("file://{}", sandbox.root.display()),
        clone.to_str().unwrap(),
    );
    sandbox.git(&[
        "clone",
        "--quiet",
        "--depth=1",
        "--branch=topic",
        &url,
        folder,
    ]);
    clone
}

#[test]
fn the_command_for_a_branch_that_a_shallow_clone_lacks() {
    let sandbox = parted();
    let clone = shallow_clone(&sandbox);
    let since = Scope::Since("origin/main".to_owned());
    let changes = || ask(&clone, &Environment::default(), &since);
    let refusal = changes().unwrap_err();
    assert!(
        matches!(refusal, GitError::UnknownRevision { .. }),
        "{refusal:?}"
    );
    follow(&sandbox, &clone, &refusal);
    assert_eq!(changes().unwrap().1.len(), 2);
}

#[test]
fn the_command_for_a_history_that_ends_too_early() {
    let sandbox = parted();
    let clone = shallow_clone(&sandbox);
    let refspec = "+refs/heads/main:refs/remotes/origin/main";
    sandbox.git_in(
        &clone,
        &["fetch", "--quiet", "--depth=1", "origin", refspec],
    );
    let since = Scope::Since("origin/main".to_owned());
    let changes = || ask(&clone, &Environment::default(), &since);
    let refusal = changes().unwrap_err();
    assert!(matches!(refusal, GitError::Shallow { .. }), "{refusal:?}");
    follow(&sandbox, &clone, &refusal);
    assert_eq!(changes().unwrap().1.len(), 2);
}
