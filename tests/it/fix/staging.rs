//! What is staged and what lies in the worktree: mended where both agree, left where they do not.

use super::{STALE, read};
use crate::sandbox::Sandbox;

fn mended(text: &str) -> String {
    text.replace("maximum:", "limit:")
}

/// A repository with `staged` in its index and `there` in its worktree.
fn partly_staged(staged: &str, there: &str) -> Sandbox {
    let sandbox = Sandbox::repository();
    sandbox.write("a.py", staged);
    sandbox.git(&["add", "--all"]);
    sandbox.write("a.py", there);
    sandbox
}

#[test]
fn what_is_staged_is_mended_on_disk_and_stays_as_it_is_in_the_index() {
    let sandbox = partly_staged(STALE, STALE);
    let answer = sandbox.docgen(&["fix", "--staged"]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert_eq!(read(&sandbox, "a.py"), mended(STALE));
    assert_eq!(sandbox.git(&["show", ":a.py"]), STALE);
}

#[test]
fn an_unstaged_change_elsewhere_in_the_file_is_kept() {
    let there = STALE.replace("A module", "Another module") + "\n\nX = 1\n";
    let sandbox = partly_staged(STALE, &there);
    let answer = sandbox.docgen(&["fix", "--staged"]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert_eq!(read(&sandbox, "a.py"), mended(&there));
    assert_eq!(sandbox.git(&["show", ":a.py"]), STALE);
}

#[test]
fn an_unstaged_change_within_three_lines_is_left_alone_and_told_of() {
    let there = STALE.replace("The pages.", "All pages.");
    let sandbox = partly_staged(STALE, &there);
    for flags in [&["fix", "--staged"][..], &["fix", "--staged", "--stage"]] {
        let answer = sandbox.docgen(flags);
        assert_eq!(answer.code, Some(1), "{}", answer.err);
        let reason =
            "the file on disk is not the one that was checked: it differs within three lines";
        assert!(answer.err.contains(reason), "{}", answer.err);
        assert_eq!(read(&sandbox, "a.py"), there);
        assert_eq!(sandbox.git(&["show", ":a.py"]), STALE);
    }
}

#[test]
fn index_and_worktree_are_both_mended_where_that_is_asked_for() {
    let there = STALE.to_owned() + "\n\nX = 1\n";
    let sandbox = partly_staged(STALE, STALE);
    sandbox.git(&["update-index", "--chmod=+x", "a.py"]);
    sandbox.write("a.py", &there);
    let answer = sandbox.docgen(&["fix", "--staged", "--stage"]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert_eq!(sandbox.git(&["show", ":a.py"]), mended(STALE));
    assert_eq!(read(&sandbox, "a.py"), mended(&there));
    let listed = sandbox.git(&["ls-files", "--stage"]);
    assert!(listed.starts_with("100755 "), "{listed}");
    let unstaged = sandbox.git(&["diff", "--unified=0", "--", "a.py"]);
    assert!(unstaged.ends_with("+\n+\n+X = 1\n"), "{unstaged}");
}

#[test]
fn the_index_that_a_hook_is_given_is_the_one_that_is_staged_in() {
    let sandbox = partly_staged(STALE, STALE);
    sandbox.git(&["read-tree", "--index-output=.git/other", "HEAD"]);
    sandbox.command(
        "git",
        &sandbox.root(),
        &["add", "a.py"],
        &[("GIT_INDEX_FILE", ".git/other")],
    );
    let variables = [("GIT_INDEX_FILE", ".git/other")];
    let answer = sandbox.docgen_in(".", &["fix", "--stage"], &variables);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert_eq!(sandbox.git(&["show", ":a.py"]), STALE);
    let other = sandbox.command("git", &sandbox.root(), &["show", ":a.py"], &variables);
    assert_eq!(other.out, mended(STALE));
}

#[test]
fn what_cannot_be_staged_is_left_in_the_worktree_too() {
    let sandbox = Sandbox::repository();
    sandbox.write("new [1].py", STALE);
    let answer = sandbox.docgen(&["fix", "--all", "--stage"]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(
        answer.err.contains(": it is not in the index\n"),
        "{}",
        answer.err
    );
    assert_eq!(read(&sandbox, "new [1].py"), STALE);
    sandbox.git(&["add", "--all"]);
    sandbox.write(".git/index.lock", "");
    let answer = sandbox.docgen(&["fix", "--all", "--stage"]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(
        answer.err.contains("it cannot be staged: git says: "),
        "{}",
        answer.err
    );
    assert_eq!(read(&sandbox, "new [1].py"), STALE);
    let elsewhere = Sandbox::new();
    elsewhere.write("a.py", STALE);
    let answer = elsewhere.docgen(&["fix", "--all", "--stage"]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.err.contains("`--stage` needs a repository"),
        "{}",
        answer.err
    );
}

/// The patch that a host of hooks writes is named after the process that is this one's parent: this test.
fn in_a_hook(sandbox: &Sandbox, name: &str) -> crate::sandbox::Answer {
    let patch = sandbox.git(&["diff-index", "--binary", "--no-color", "HEAD", "--"]);
    sandbox.git(&["checkout", "--quiet", "--", "."]);
    sandbox.write(&format!(".git/home/{name}"), patch);
    let home = sandbox.root().join(".git/home");
    let home = home.to_str().unwrap();
    let variables = [
        ("PRE_COMMIT", "1"),
        ("PRE_COMMIT_HOME", home),
        ("PREK_HOME", home),
    ];
    sandbox.docgen_in(".", &["fix", "--all"], &variables)
}

#[test]
#[cfg(unix)]
fn what_a_host_of_hooks_would_roll_back_is_left_alone_and_explained() {
    let id = std::process::id();
    let names = [
        (format!("patch1700000000-{id}"), "pre-commit"),
        (format!("patches/1700000000-{id}.patch"), "prek"),
    ];
    for (name, host) in names {
        let sandbox = Sandbox::repository();
        sandbox.write("a.py", STALE);
        sandbox.commit("stale");
        sandbox.write("a.py", STALE.replace("The pages.", "All pages."));
        let answer = in_a_hook(&sandbox, &name);
        assert_eq!(answer.code, Some(1), "{}", answer.err);
        let reason = format!(
            "an unstaged change lies within three lines of it: {host} would roll back all that was mended"
        );
        assert!(answer.err.contains(&reason), "{}", answer.err);
        assert_eq!(read(&sandbox, "a.py"), STALE);
    }
}

#[test]
#[cfg(unix)]
fn what_lies_farther_from_an_unstaged_change_is_mended_in_a_hook() {
    let sandbox = Sandbox::repository();
    sandbox.write("a.py", STALE);
    sandbox.commit("stale");
    sandbox.write("a.py", STALE.replace("return urls", "return urls * 1"));
    let answer = in_a_hook(&sandbox, &format!("patch1700000000-{}", std::process::id()));
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert_eq!(read(&sandbox, "a.py"), mended(STALE));
}

/// Two functions; what is to be mended of the second lies far from all that is said of the first.
fn two() -> String {
    let second = STALE.replace("\"\"\"A module.\"\"\"\n", "");
    format!("{STALE}{}", second.replace("def pages", "def more"))
}

#[test]
fn what_is_apart_from_an_unstaged_change_is_mended_and_the_rest_told_of() {
    let staged = two();
    let there = staged.replacen("The pages.", "All pages.", 1);
    let first_left = |text: &str| {
        let (first, second) = text.split_at(text.find("def more").unwrap());
        first.to_owned() + &mended(second)
    };
    for flags in [&["fix", "--staged"][..], &["fix", "--staged", "--stage"]] {
        let sandbox = partly_staged(&staged, &there);
        let answer = sandbox.docgen(flags);
        assert_eq!(answer.code, Some(1), "{}", answer.err);
        let declined = "declined to mend DG202 of `maximum` in `pages`: the file on disk is not";
        assert!(answer.err.contains(declined), "{}", answer.err);
        assert!(
            answer
                .err
                .contains("mended 1 finding in 1 file, declined 1, 1 left"),
            "{}",
            answer.err
        );
        assert_eq!(read(&sandbox, "a.py"), first_left(&there));
        let index = sandbox.git(&["show", ":a.py"]);
        let is_staged = flags.contains(&"--stage");
        assert_eq!(
            index,
            if is_staged {
                first_left(&staged)
            } else {
                staged.clone()
            }
        );
    }
}

#[test]
#[cfg(unix)]
fn a_hook_mends_what_its_host_would_not_roll_back() {
    let sandbox = Sandbox::repository();
    sandbox.write("a.py", two());
    sandbox.commit("stale");
    sandbox.write("a.py", two().replacen("The pages.", "All pages.", 1));
    let answer = in_a_hook(&sandbox, &format!("patch1700000000-{}", std::process::id()));
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    let declined = "declined to mend DG202 of `maximum` in `pages`: an unstaged change";
    assert!(answer.err.contains(declined), "{}", answer.err);
    let (first, second) = {
        let text = two();
        let at = text.find("def more").unwrap();
        (text[..at].to_owned(), mended(&text[at..]))
    };
    assert_eq!(read(&sandbox, "a.py"), first + &second);
}
