//! What a build in GitHub Actions and GitLab CI compares, in checkouts as their runners make them.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::sandbox::{Answer, Sandbox};

const NONE: &str = "0000000000000000000000000000000000000000";
const OLD: &str = "\"\"\"M.\"\"\"\n\n\ndef old(value):\n    value.close()\n    print(value)\n";
const NEW: &str = "\"\"\"M.\"\"\"\n\n\ndef new(value):\n    value.open()\n    return value\n";

/// A server with `main`, on which more was committed since the branch `topic` parted from it, and the trial merge
/// of both at `refs/pull/7/merge`.
struct Server {
    sandbox: Sandbox,
    /// Where checkouts lie.
    folder: TempDir,
}

impl Server {
    fn new() -> Self {
        let sandbox = Sandbox::repository();
        sandbox.write("old.py", OLD);
        sandbox.commit("old");
        sandbox.git(&["checkout", "--quiet", "-b", "topic"]);
        sandbox.write("new.py", NEW);
        sandbox.commit("topic");
        sandbox.git(&["checkout", "--quiet", "main"]);
        sandbox.write("theirs.py", NEW);
        sandbox.commit("theirs");
        sandbox.git(&["checkout", "--quiet", "--detach"]);
        sandbox.git(&["merge", "--quiet", "--no-ff", "--message=trial", "topic"]);
        sandbox.git(&["update-ref", "refs/pull/7/merge", "HEAD"]);
        sandbox.git(&["update-ref", "refs/pull/7/head", "topic"]);
        sandbox.git(&["checkout", "--quiet", "main"]);
        sandbox.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
        Self {
            sandbox,
            folder: TempDir::new().unwrap(),
        }
    }

    fn id(&self, revision: &str) -> String {
        self.sandbox.git(&["rev-parse", revision]).trim().to_owned()
    }

    /// A checkout as actions/checkout makes it: that commit, so deep (0: everything).
    fn checkout(&self, revision: &str, depth: u32) -> Checkout<'_> {
        let root = self
            .folder
            .path()
            .join(format!("at-{}", revision.replace('/', "-")));
        fs::create_dir(&root).unwrap();
        let checkout = Checkout { server: self, root };
        checkout.git(&["init", "--quiet"]);
        let address = format!("file://{}", self.sandbox.root().display());
        checkout.git(&["remote", "add", "origin", &address]);
        let id = self.id(revision);
        let depth_flag = format!("--depth={depth}");
        if depth == 0 {
            checkout.git(&[
                "fetch",
                "--quiet",
                "origin",
                "+refs/heads/*:refs/remotes/origin/*",
            ]);
            checkout.git(&["fetch", "--quiet", "origin", &id]);
        } else {
            checkout.git(&["fetch", "--quiet", "--no-tags", &depth_flag, "origin", &id]);
        }
        checkout.git(&["checkout", "--quiet", "--detach", &id]);
        checkout
    }

    /// A pull request's event.
    fn pull_request(&self) -> String {
        // GitHub's base is that of the day on which the request was opened.
        let (base, head) = (self.id("main~1"), self.id("topic"));
        format!(
            r#"{{"number": 7, "pull_request": {{"number": 7, "base": {{"ref": "main", "sha": "{base}"}},
                "head": {{"ref": "topic", "sha": "{head}"}}}}}}"#
        )
    }

    fn push(&self, branch: &str, before: &str) -> String {
        let before = if before == NONE {
            NONE.to_owned()
        } else {
            self.id(before)
        };
        format!(
            r#"{{"ref": "{branch}", "before": "{before}", "repository": {{"default_branch": "main"}}}}"#
        )
    }
}

struct Checkout<'s> {
    server: &'s Server,
    root: PathBuf,
}

impl Checkout<'_> {
    fn git(&self, args: &[&str]) -> Answer {
        let answer = self.server.sandbox.command("git", &self.root, args, &[]);
        assert_eq!(answer.code, Some(0), "git {args:?}: {}", answer.err);
        answer
    }

    /// `docgen check` in a job with these variables.
    fn check(&self, variables: &[(&str, &str)]) -> Answer {
        let variables = [&[("CI", "true")], variables].concat();
        let docgen = Path::new(env!("CARGO_BIN_EXE_docgen"));
        let args = ["check", "--output-format=concise"];
        self.server
            .sandbox
            .command(docgen.to_str().unwrap(), &self.root, &args, &variables)
    }

    /// The same in GitHub Actions.
    fn github(&self, name: &str, event: &str) -> Answer {
        let path = self.server.folder.path().join("event.json");
        fs::write(&path, event).unwrap();
        self.check(&[
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_EVENT_NAME", name),
            ("GITHUB_EVENT_PATH", path.to_str().unwrap()),
        ])
    }

    /// Runs the command that `answer` gives in backquotes, and no other.
    fn follow(&self, answer: &Answer) {
        let command = answer.err.split('`').nth(1).unwrap();
        assert!(command.starts_with("git fetch "), "{}", answer.err);
        for command in command.split(" && ") {
            let words: Vec<&str> = command.split(' ').skip(1).collect();
            self.git(&words);
        }
    }
}

/// That `new.py` alone was found, between these two.
#[track_caller]
fn finds_new(answer: &Answer, sentence: &str) {
    assert_eq!(answer.code, Some(1), "{}{}", answer.out, answer.err);
    assert!(answer.out.contains("new.py:4:5"), "{}", answer.out);
    assert!(!answer.out.contains("old.py"), "{}", answer.out);
    assert!(!answer.out.contains("theirs.py"), "{}", answer.out);
    assert!(answer.err.contains(sentence), "{}", answer.err);
}

#[track_caller]
fn refuses(answer: &Answer, parts: &[&str]) {
    assert_eq!(answer.code, Some(2), "{}{}", answer.out, answer.err);
    for part in parts {
        assert!(answer.err.contains(part), "{part}: {}", answer.err);
    }
}

#[test]
fn a_pull_requests_trial_merge_is_compared_with_its_first_parent() {
    let server = Server::new();
    let event = server.pull_request();
    let short = |revision| server.id(revision)[..7].to_owned();
    let merge = short("refs/pull/7/merge");
    let sentence = format!(
        "comparing {} (base of the pull request) with {merge} (HEAD)",
        short("main")
    );
    for depth in [0, 2] {
        let checkout = server.checkout("refs/pull/7/merge", depth);
        finds_new(&checkout.github("pull_request", &event), &sentence);
        fs::remove_dir_all(&checkout.root).unwrap();
    }
    // At depth 1 the parents are named and not there.
    let checkout = server.checkout("refs/pull/7/merge", 1);
    let answer = checkout.github("pull_request", &event);
    let fetch = format!(
        "`git fetch --no-tags --depth=1 origin {}`",
        server.id("main")
    );
    refuses(&answer, &["base of the pull request", &fetch]);
    checkout.follow(&answer);
    finds_new(&checkout.github("pull_request", &event), &sentence);
}

#[test]
fn a_pull_requests_head_is_compared_with_where_it_parted() {
    let server = Server::new();
    let event = server.pull_request();
    let checkout = server.checkout("refs/pull/7/head", 0);
    finds_new(
        &checkout.github("pull_request", &event),
        "(merge base of origin/main and HEAD)",
    );
    fs::remove_dir_all(&checkout.root).unwrap();
    let checkout = server.checkout("refs/pull/7/head", 1);
    let answer = checkout.github("pull_request", &event);
    refuses(
        &answer,
        &["`git fetch --no-tags --unshallow origin +refs/heads/main:refs/remotes/origin/main`"],
    );
    checkout.follow(&answer);
    finds_new(
        &checkout.github("pull_request", &event),
        "(merge base of origin/main and HEAD)",
    );
}

#[test]
fn a_checkout_without_the_pull_request_is_not_clean() {
    let server = Server::new();
    let event = server.pull_request();
    for depth in [0, 1] {
        let checkout = server.checkout("main", depth);
        let answer = checkout.github("pull_request_target", &event);
        refuses(
            &answer,
            &["does not hold the pull request", "refs/pull/7/head"],
        );
        fs::remove_dir_all(&checkout.root).unwrap();
    }
}

#[test]
fn a_merge_group_has_a_base_of_its_own() {
    let server = Server::new();
    let (base, head) = (server.id("main"), server.id("refs/pull/7/merge"));
    let event = format!(
        r#"{{"merge_group": {{"base_sha": "{base}", "base_ref": "refs/heads/main", "head_sha": "{head}"}}}}"#
    );
    let checkout = server.checkout("refs/pull/7/merge", 0);
    finds_new(
        &checkout.github("merge_group", &event),
        "(base of the merge group)",
    );
}

#[test]
fn a_push_is_compared_with_what_was_there_before() {
    let server = Server::new();
    let event = server.push("refs/heads/topic", "topic~1");
    let checkout = server.checkout("topic", 1);
    let answer = checkout.github("push", &event);
    let fetch = format!(
        "`git fetch --no-tags --depth=1 origin {}`",
        server.id("topic~1")
    );
    refuses(&answer, &[&fetch]);
    checkout.follow(&answer);
    finds_new(&checkout.github("push", &event), "(before the push)");
}

#[test]
fn a_push_that_creates_a_branch_is_compared_with_where_it_parted() {
    let server = Server::new();
    let event = server.push("refs/heads/topic", NONE);
    let checkout = server.checkout("topic", 0);
    finds_new(
        &checkout.github("push", &event),
        "(merge base of origin/main and HEAD)",
    );
    fs::remove_dir_all(&checkout.root).unwrap();
    let checkout = server.checkout("topic", 1);
    let answer = checkout.github("push", &event);
    refuses(
        &answer,
        &["`git fetch --no-tags --unshallow origin +refs/heads/main:refs/remotes/origin/main`"],
    );
    checkout.follow(&answer);
    finds_new(
        &checkout.github("push", &event),
        "(merge base of origin/main and HEAD)",
    );
}

#[test]
fn the_first_push_of_all_has_nothing_before_it() {
    let server = Server::new();
    let checkout = server.checkout("main", 1);
    let answer = checkout.github("push", &server.push("refs/heads/main", NONE));
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(answer.out.contains("old.py:4:5") && answer.out.contains("theirs.py:4:5"));
    assert!(
        answer
            .err
            .contains("comparing the empty tree (first push) with "),
        "{}",
        answer.err
    );
}

#[test]
fn what_has_no_base_is_refused() {
    let server = Server::new();
    let checkout = server.checkout("topic", 0);
    refuses(
        &checkout.github("push", &server.push("refs/tags/v1", NONE)),
        &["a tag", "`--all`"],
    );
    refuses(
        &checkout.github("schedule", "{}"),
        &["`schedule`", "`--all`"],
    );
    refuses(&checkout.check(&[]), &["this CI job", "`--all`"]);
    refuses(
        &checkout.check(&[
            ("GITLAB_CI", "true"),
            ("CI_COMMIT_BEFORE_SHA", NONE),
            ("CI_COMMIT_BRANCH", "main"),
            ("CI_DEFAULT_BRANCH", "main"),
        ]),
        &["no base", "`--all`"],
    );
    // A commit that is made in such a job has one.
    let answer = checkout.check(&[("GIT_INDEX_FILE", ".git/index")]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert!(answer.err.contains("with the index"), "{}", answer.err);
}

#[test]
fn gitlabs_requests_and_pushes() {
    let server = Server::new();
    let (base, topic, merge) = (
        server.id("topic~1"),
        server.id("topic"),
        server.id("refs/pull/7/merge"),
    );
    let request = |commit| {
        [
            ("GITLAB_CI", "true"),
            ("CI_COMMIT_BEFORE_SHA", NONE),
            ("CI_MERGE_REQUEST_IID", "7"),
            ("CI_MERGE_REQUEST_DIFF_BASE_SHA", base.as_str()),
            ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"),
            ("CI_COMMIT_SHA", commit),
        ]
    };
    let checkout = server.checkout("topic", 1);
    let answer = checkout.check(&request(&topic));
    refuses(
        &answer,
        &[&format!("`git fetch --no-tags --depth=1 origin {base}`")],
    );
    checkout.follow(&answer);
    finds_new(
        &checkout.check(&request(&topic)),
        "(base of the merge request)",
    );
    // A pipeline of merged results checks a trial merge out.
    let checkout = server.checkout("refs/pull/7/merge", 2);
    let merged = [
        request(&merge).as_slice(),
        &[("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", &topic)],
    ]
    .concat();
    let main = &server.id("main")[..7];
    finds_new(
        &checkout.check(&merged),
        &format!("comparing {main} (base of the merge request)"),
    );
    let push = [
        ("GITLAB_CI", "true"),
        ("CI_COMMIT_BEFORE_SHA", base.as_str()),
        ("CI_COMMIT_BRANCH", "topic"),
    ];
    let checkout = server.checkout("refs/heads/topic", 0);
    finds_new(&checkout.check(&push), "(before the push)");
}

#[test]
fn hook_managers_name_what_is_pushed() {
    let server = Server::new();
    let checkout = server.checkout("main", 0);
    let (base, topic) = (server.id("topic~1"), server.id("topic"));
    // Another branch than the one that is checked out.
    let answer = checkout.check(&[
        ("PRE_COMMIT", "1"),
        ("PRE_COMMIT_FROM_REF", &base),
        ("PRE_COMMIT_TO_REF", &topic),
    ]);
    finds_new(&answer, &format!("with {} ({topic})", &topic[..7]));
    // The first push of a history: prek names its end, pre-commit the branch.
    for first in [
        ("PRE_COMMIT_TO_REF", topic.as_str()),
        ("PRE_COMMIT_LOCAL_BRANCH", "origin/topic"),
    ] {
        let answer = checkout.check(&[("PRE_COMMIT", "1"), first]);
        assert_eq!(answer.code, Some(1), "{}", answer.err);
        assert!(answer.out.contains("old.py:4:5") && answer.out.contains("new.py:4:5"));
        assert!(
            answer
                .err
                .contains("comparing the empty tree (first push) with "),
            "{}",
            answer.err
        );
    }
}
