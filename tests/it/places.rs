//! PATHs that lead out of the repository, into another, or through a link: none is clean because nobody looked.

use crate::sandbox::{Answer, Sandbox};

const BAD: &str = "\"\"\"M.\"\"\"\n\n\ndef new(value):\n    value.open()\n    return value\n";

#[track_caller]
fn refused(answer: &Answer, why: &str) {
    assert_eq!(answer.code, Some(2), "{}{}", answer.out, answer.err);
    assert!(answer.err.contains(why), "{}", answer.err);
}

#[test]
fn outside_the_repository() {
    let outer = Sandbox::new();
    outer.write("outside.py", BAD);
    outer.write("repository/inside.py", BAD);
    outer.write("repository/quiet/still.py", "\"\"\"M.\"\"\"\n");
    let folder = outer.root().join("repository");
    for args in [
        &["init", "--quiet"][..],
        &["add", "--all"],
        &["commit", "--quiet", "--message=first"],
    ] {
        assert_eq!(outer.command("git", &folder, args, &[]).code, Some(0));
    }
    outer.write(
        "repository/inside.py",
        BAD.replace("value)", "value, other)"),
    );
    let check = |args: &[&str]| outer.docgen_in("repository", &[&["check"], args].concat(), &[]);
    refused(
        &check(&["../outside.py"]),
        "../outside.py: outside this repository",
    );
    refused(&check(&["../nowhere"]), "no such file");
    // The rest is still reported.
    let both = check(&["../outside.py", "inside.py"]);
    refused(&both, "outside this repository");
    assert!(both.out.contains("inside.py:4"), "{}", both.out);
    assert_eq!(check(&["--all", "../outside.py"]).code, Some(1));
    // A file that did not change is no fault.
    assert_eq!(check(&["quiet"]).code, Some(0));
}

#[test]
fn in_a_repository_within_the_repository() {
    let outer = Sandbox::repository();
    outer.write("vendor/inner/pkg/a.py", BAD);
    let inner = outer.root().join("vendor/inner");
    assert_eq!(
        outer.command("git", &inner, &["init", "--quiet"], &[]).code,
        Some(0)
    );
    // git does not look into it, and neither does docgen.
    assert_eq!(outer.docgen(&["check"]).code, Some(0));
    assert_eq!(outer.docgen(&["check", "vendor"]).code, Some(0));
    for path in ["vendor/inner", "vendor/inner/pkg/a.py"] {
        refused(
            &outer.docgen(&["check", path]),
            "in another repository, vendor/inner",
        );
    }
    assert_eq!(
        outer.docgen_in("vendor/inner", &["check"], &[]).code,
        Some(1)
    );
    assert_eq!(
        outer.docgen(&["check", "--all", "vendor/inner"]).code,
        Some(1)
    );
}

#[cfg(unix)]
#[test]
fn through_a_link_to_a_folder() {
    let sandbox = Sandbox::repository();
    sandbox.write("repository/pkg/a.py", BAD);
    let (folder, link) = (
        sandbox.root().join("repository"),
        sandbox.root().join("link"),
    );
    std::os::unix::fs::symlink(&folder, &link).unwrap();
    for path in [
        "link/pkg/a.py",
        "link/pkg",
        "link",
        link.join("pkg/a.py").to_str().unwrap(),
    ] {
        let answer = sandbox.docgen(&["check", path]);
        assert_eq!(answer.code, Some(1), "{path}: {}", answer.err);
        assert!(
            answer.out.contains("repository/pkg/a.py:4"),
            "{path}: {}",
            answer.out
        );
    }
}

#[cfg(unix)]
#[test]
fn a_repository_of_somebody_else_whom_git_trusts() {
    let sandbox = Sandbox::repository();
    sandbox.write("a.py", BAD);
    let theirs = [sandbox.root(), sandbox.root().join(".git")];
    let mut given = theirs
        .iter()
        .map(|path| std::os::unix::fs::chown(path, Some(12_345), None));
    if given.any(|it| it.is_err()) {
        return; // Only root may give a folder away.
    }
    refused(
        &sandbox.docgen(&["check"]),
        "git config --global --add safe.directory",
    );
    // libgit2 does not know of trust by the environment; git does.
    let trust = [
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "safe.directory"),
        ("GIT_CONFIG_VALUE_0", "*"),
    ];
    let answer = sandbox.docgen_in(".", &["check"], &trust);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(answer.out.contains("a.py:4"), "{}", answer.out);
}

#[test]
fn where_nothing_could_be_looked_at_there_is_no_score() {
    let sandbox = Sandbox::repository();
    sandbox.write("a.py", BAD);
    let answer = sandbox.docgen(&["check", "--all", "nope"]);
    refused(&answer, "nope: no such file or folder");
    assert!(!answer.err.contains("score"), "{}", answer.err);
    // What else there is has one.
    let answer = sandbox.docgen(&["check", "--all", "nope", "a.py"]);
    refused(&answer, "nope: no such file or folder");
    assert!(answer.err.contains("score"), "{}", answer.err);
}

/// Takes the object that `revision` names out of the repository.
fn lose(sandbox: &Sandbox, revision: &str) {
    let id = sandbox.git(&["rev-parse", revision]);
    let (folder, name) = id.trim().split_at(2);
    let object = sandbox.root().join(".git/objects").join(folder).join(name);
    std::fs::remove_file(object).unwrap();
}

#[test]
fn a_missing_blob_is_never_all_clean() {
    for (revision, scope) in [("HEAD:a.py", "--since=HEAD"), (":a.py", "--staged")] {
        let sandbox = Sandbox::repository();
        sandbox.write("a.py", "\"\"\"One.\"\"\"\n");
        sandbox.commit("one");
        sandbox.write("a.py", "\"\"\"Two.\"\"\"\n");
        sandbox.git(&["add", "--all"]);
        let before = sandbox.docgen(&["check", scope]);
        assert_eq!(before.code, Some(0), "{}", before.err);
        lose(&sandbox, revision);
        let answer = sandbox.docgen(&["check", scope]);
        assert_eq!(answer.code, Some(2), "{revision}: {}", answer.err);
        assert!(answer.out.contains("cannot read blob"), "{}", answer.out);
    }
}
