//! What is not cloned: exit 2, the reason, what to do, and no word of what is secret.

use super::{commit, docgen, origin, url};
use crate::sandbox::{Answer, Sandbox};

/// Runs docgen, which has to refuse; what it says.
fn refused(sandbox: &Sandbox, args: &[&str]) -> String {
    let answer = docgen(sandbox, args);
    assert_eq!(
        answer.code,
        Some(2),
        "{args:?}: {}{}",
        answer.out,
        answer.err
    );
    assert_eq!(answer.out, "", "{args:?}");
    assert!(answer.err.contains("help: "), "{args:?}: {}", answer.err);
    answer.err
}

#[test]
fn a_file_url_is_cloned_only_where_that_is_asked_for() {
    let sandbox = origin();
    let url = url(&sandbox, "");
    assert!(refused(&sandbox, &["check", &url]).contains("`--allow-file-url`"));
    // Nor by way of the user's settings for another address.
    let to = format!("url.file://{}/.insteadOf", sandbox.root().display());
    sandbox.git(&["config", "--global", &to, "https://example.org/"]);
    let said = refused(&sandbox, &["check", "https://example.org/origin"]);
    assert!(said.contains("transport 'file' not allowed"), "{said}");
}

#[test]
fn only_what_is_encrypted_or_on_this_machine_is_cloned() {
    let sandbox = origin();
    for (url, reason) in [
        ("http://example.org/it", "is not encrypted"),
        ("ftp://example.org/it", "does not know"),
        ("git+https://example.org/it@v1", "leave `git+` out"),
        ("ssh://-oProxyCommand=touch%20ran/it", "no server"),
        ("https://", "no address"),
    ] {
        let said = refused(&sandbox, &["check", url]);
        assert!(said.contains(reason), "{url}: {said}");
    }
    // No URL, and no file.
    let said = refused(&sandbox, &["check", "--all", "ext::sh -c touch% ran"]);
    assert!(said.contains("no such file"), "{said}");
    assert!(!sandbox.root().join("ran").exists());
}

#[test]
fn who_writes_or_compares_takes_no_url() {
    let sandbox = origin();
    let url = url(&sandbox, "");
    for args in [
        &["fix"][..],
        &["check", "--fix"],
        &["baseline", "write", "b.json"],
    ] {
        let said = refused(
            &sandbox,
            &[args, &["https://me:s3cret@example.org/it"]].concat(),
        );
        assert!(
            said.contains("https://example.org/it is a repository by its URL"),
            "{said}"
        );
        assert!(
            said.contains("clone it") && !said.contains("s3cret"),
            "{said}"
        );
    }
    for args in [
        &["--staged"][..],
        &["--since=HEAD"],
        &["--from-ref=a", "--to-ref=b"],
    ] {
        let said = refused(
            &sandbox,
            &[&["check", "--allow-file-url", &url], args].concat(),
        );
        assert!(said.contains("nothing to compare with"), "{said}");
    }
    let said = refused(&sandbox, &["check", "--allow-file-url", &url, "origin"]);
    assert!(said.contains("another PATH beside it"), "{said}");
}

#[test]
fn what_is_not_there_is_told() {
    let sandbox = origin();
    let check = |what: &str| {
        refused(
            &sandbox,
            &["check", "--allow-file-url", &url(&sandbox, what)],
        )
    };
    assert!(
        check("-none").contains("there is no repository at"),
        "{}",
        check("-none")
    );
    assert!(
        check("#none").contains("no branch, tag or commit `none`"),
        "{}",
        check("#none")
    );
    assert!(
        check("#:none").contains("has no `none`"),
        "{}",
        check("#:none")
    );
    let id = format!("#{}", "1".repeat(40));
    assert!(
        check(&id).contains("no branch, tag or commit"),
        "{}",
        check(&id)
    );
    sandbox.git(&["init", "--quiet", "origin-empty"]);
    assert!(
        check("-empty").contains("has no commit"),
        "{}",
        check("-empty")
    );
    sandbox.write("origin/docgen.toml", "selct = []\n");
    commit(&sandbox);
    let said = check("");
    assert!(said.contains("--> docgen.toml:1:1"), "{said}");
}

#[test]
fn who_does_not_answer_is_told_without_names_and_passwords() {
    let sandbox = origin();
    for url in [
        "https://me:s3cret-word@127.0.0.1:1/me/it.git",
        "https://s3cret-word@127.0.0.1:1/me/it.git",
        "https://me:s3cret%2Dword@127.0.0.1:1/me/it.git",
        "git://127.0.0.1:1/me/it.git",
    ] {
        let said = refused(&sandbox, &["check", url]);
        assert!(
            said.contains("127.0.0.1:1/me/it.git cannot be reached: "),
            "{url}: {said}"
        );
        assert!(!said.contains("s3cret"), "{said}");
    }
}

#[test]
fn without_git_it_is_told_what_is_missing() {
    let sandbox = origin();
    let tmp = sandbox.root().join("tmp");
    let variables = [("PATH", "/nowhere"), ("TMPDIR", tmp.to_str().unwrap())];
    let answer: Answer = sandbox.docgen_in(".", &["check", "https://example.org/it"], &variables);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.err.contains("the `git` command, which clones"),
        "{}",
        answer.err
    );
    assert!(answer.err.contains("install git"), "{}", answer.err);
    assert_eq!(super::left(&sandbox), [""; 0]);
}

#[test]
fn without_a_temporary_folder_it_is_told_so() {
    let sandbox = origin();
    let variables = [("TMPDIR", "/nowhere")];
    let answer = sandbox.docgen_in(".", &["check", "https://example.org/it"], &variables);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.err.contains("temporary folder") && answer.err.contains("`TMPDIR`"),
        "{}",
        answer.err
    );
}
