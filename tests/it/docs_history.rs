//! `docgen docs` in a repository: links to the source at the revision, and recent changes from real history.

use std::fs;

use crate::sandbox::{Answer, Sandbox};

/// A repository whose `origin` is on GitHub.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::repository();
    sandbox.git(&[
        "remote",
        "add",
        "origin",
        "https://me:secret@github.com/me/it.git",
    ]);
    sandbox.write("src/pkg/__init__.py", "");
    sandbox.write(
        "src/pkg/a.py",
        "\"\"\"One.\"\"\"\n\n\ndef f():\n    \"\"\"Do.\"\"\"\n",
    );
    sandbox.commit("Begin <b>|x|</b> [y](javascript:z)\n\nMore.");
    sandbox
}

fn docs(sandbox: &Sandbox, flags: &[&str]) -> Answer {
    let args: Vec<&str> = [&["docs", "src", "-o", "api"], flags].concat();
    sandbox.docgen(&args)
}

fn written(sandbox: &Sandbox, flags: &[&str]) -> String {
    let answer = docs(sandbox, flags);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    page(sandbox)
}

fn page(sandbox: &Sandbox) -> String {
    fs::read_to_string(sandbox.root().join("api/modules/pkg.a.md")).unwrap()
}

fn head(sandbox: &Sandbox) -> String {
    sandbox.git(&["rev-parse", "HEAD"]).trim().to_owned()
}

#[test]
fn symbols_are_linked_to_their_lines_at_the_commit() {
    let sandbox = sandbox();
    let at = format!(
        "https://github.com/me/it/blob/{}/src/pkg/a.py",
        head(&sandbox)
    );
    let text = written(&sandbox, &[]);
    assert!(text.contains(&format!("[Source]({at})\n")), "{text}");
    assert!(text.contains(&format!("[Source]({at}#L4-L5)\n")), "{text}");
    assert!(!text.contains("secret"), "{text}");
    // A commit of the pages makes none of them stale, although links would now name it.
    sandbox.commit("Pages");
    assert_eq!(docs(&sandbox, &["--check"]).code, Some(0));
    // What is not committed is not linked: its lines are elsewhere there.
    sandbox.write(
        "src/pkg/a.py",
        "\"\"\"One.\"\"\"\n\n\n\ndef f():\n    \"\"\"It.\"\"\"\n",
    );
    assert_eq!(docs(&sandbox, &["--check"]).code, Some(1));
    let text = written(&sandbox, &[]);
    let short = &head(&sandbox)[..7];
    assert!(text.contains(&format!("*Not as at `{short}`")), "{text}");
    assert!(!text.contains("[Source]"), "{text}");
    // How lines end is no difference.
    let crlf = "\"\"\"One.\"\"\"\r\n\r\n\r\ndef f():\r\n    \"\"\"Do.\"\"\"\r\n";
    sandbox.write("src/pkg/a.py", crlf);
    assert!(written(&sandbox, &[]).contains("[Source]"));
}

#[test]
fn links_go_where_people_say() {
    let sandbox = sandbox();
    let template = "https://x.org/{revision}/{path}?l={line}";
    let text = written(&sandbox, &["--source-url", template]);
    let at = format!("https://x.org/{}/src/pkg/a.py?l=4", head(&sandbox));
    assert!(text.contains(&format!("[Source]({at})\n")), "{text}");
    fs::remove_dir_all(sandbox.root().join("api")).unwrap();
    assert!(!written(&sandbox, &["--no-source-url"]).contains("[Source]"));
    let answer = docs(&sandbox, &["--source-url", "javascript:{path}"]);
    assert_eq!(answer.code, Some(2));
    assert!(answer.err.contains("begins with neither"), "{}", answer.err);
    let outside = Sandbox::new();
    outside.write("src/pkg/a.py", "def f(): pass\n");
    let text = written(&outside, &["--source-url", "https://x.org/{path}#{line}"]);
    assert!(
        text.contains("[Source](https://x.org/src/pkg/a.py#1)"),
        "{text}"
    );
    let answer = docs(&outside, &["--source-url", template]);
    assert_eq!(answer.code, Some(2), "{}", answer.err);
}

/// The subjects of a page's recent changes.
fn subjects(text: &str) -> Vec<&str> {
    let behind = text.split_once("## Recent changes\n").unwrap().1;
    let rows = behind.lines().filter(|it| it.starts_with("| 2"));
    rows.map(|it| it.split(" | ").nth(2).unwrap()).collect()
}

#[test]
fn the_last_commits_of_a_file_are_those_that_git_tells() {
    let sandbox = sandbox();
    let step = |name: &str, text: &str, day: u32| {
        sandbox.write("src/pkg/a.py", text);
        sandbox.git(&["add", "--all"]);
        let when = format!("2026-01-{day:02}T23:30:00-0700");
        let args = ["commit", "--quiet", "--message", name];
        let dates = [
            ("GIT_AUTHOR_DATE", when.as_str()),
            ("GIT_COMMITTER_DATE", &when),
        ];
        let who = [("GIT_AUTHOR_NAME", "B_b | <x> b@x.org")];
        let answer = sandbox.command("git", &sandbox.root(), &args, &[&dates[..], &who].concat());
        assert_eq!(answer.code, Some(0), "{}", answer.err);
    };
    let text = |number: u32| format!("\"\"\"One.\"\"\"\nX = {number}\nY = 1\nZ = 2\nA = 3\n");
    step("two", &text(2), 2);
    sandbox.write("src/pkg/__init__.py", "\"\"\"P.\"\"\"\n");
    sandbox.commit("not a");
    sandbox.git(&["checkout", "--quiet", "-b", "side"]);
    step("side", &(text(2) + "B = 4\n"), 4);
    sandbox.git(&["checkout", "--quiet", "main"]);
    step("three", &text(3), 5);
    sandbox.git(&["merge", "--quiet", "side", "--message=clean merge"]);
    let text = written(&sandbox, &["--changes"]);
    let log = ["log", "-5", "--format=%s", "--", "src/pkg/a.py"];
    let told = sandbox.git(&log);
    assert_eq!(
        subjects(&text)[..4],
        told.lines().collect::<Vec<_>>()[..4],
        "{text}"
    );
    let short = &sandbox.git(&["rev-parse", "side"])[..7];
    let id = sandbox.git(&["rev-parse", "side"]);
    let row = format!(
        "| 2026-01-04 | [`{short}`](https://github.com/me/it/commit/{}) | side | B\\_b &#124; x |\n",
        id.trim()
    );
    assert!(text.contains(&row), "{text}");
    assert!(!text.contains("@x.org"), "{text}");
    let begin = "Begin &lt;b\\>&#124;x&#124;&lt;/b\\> \\[y\\]\\(javascript&#58;z\\)";
    assert!(text.contains(begin), "{text}");
    let index = fs::read_to_string(sandbox.root().join("api/index.md")).unwrap();
    assert!(
        index.contains("| Docs | Changed |") && index.contains("1\u{a0}of\u{a0}1 | 2026\u{2011}"),
        "{index}"
    );
}

#[test]
fn a_merge_that_changes_what_it_merges_is_a_change() {
    let sandbox = sandbox();
    sandbox.git(&["checkout", "--quiet", "-b", "side"]);
    sandbox.write("src/pkg/a.py", "X = 1\n");
    sandbox.commit("side");
    sandbox.git(&["checkout", "--quiet", "main"]);
    sandbox.write("src/pkg/a.py", "X = 2\n");
    sandbox.commit("main");
    let args = ["merge", "--quiet", "side"];
    sandbox.command("git", &sandbox.root(), &args, &[]);
    sandbox.write("src/pkg/a.py", "X = 3\n");
    sandbox.commit("both");
    let text = written(&sandbox, &["--changes"]);
    let mut found = subjects(&text);
    assert_eq!(found[0], "both");
    found[1..3].sort_unstable();
    assert_eq!(found[1..3], ["main", "side"]);
    assert_eq!(found.len(), 4);
}

#[test]
fn a_shallow_clone_says_that_its_history_ends() {
    let sandbox = sandbox();
    sandbox.write("src/pkg/a.py", "X = 1\n");
    sandbox.commit("two");
    let from = format!("file://{}", sandbox.root().display());
    let clone = Sandbox::new();
    clone.git(&["clone", "--quiet", "--depth=1", &from, "it"]);
    let answer = clone.docgen_in("it", &["docs", "src", "-o", "api", "--changes"], &[]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    let text = fs::read_to_string(clone.root().join("it/api/modules/pkg.a.md")).unwrap();
    assert!(
        text.contains("This clone is shallow: its history ends here"),
        "{text}"
    );
    // The last commit seems to add everything; what it changed is not known.
    assert!(!text.contains("two"), "{text}");
}

#[test]
fn git_tells_of_changes_where_libgit2_cannot() {
    let sandbox = Sandbox::new();
    sandbox.git(&[
        "init",
        "--quiet",
        "--initial-branch=main",
        "--object-format=sha256",
    ]);
    sandbox.write("src/pkg/a.py", "X = 1\n");
    sandbox.commit("one");
    sandbox.write("src/pkg/b.py", "X = 1\n");
    sandbox.commit("other");
    let text = written(&sandbox, &["--changes"]);
    assert_eq!(subjects(&text), ["one"]);
}

#[test]
fn changes_need_a_repository_and_a_commit() {
    let sandbox = Sandbox::new();
    sandbox.write("src/pkg/a.py", "X = 1\n");
    let answer = docs(&sandbox, &["--changes"]);
    assert_eq!(answer.code, Some(2), "{}", answer.err);
    assert!(!sandbox.root().join("api").exists());
    sandbox.git(&["init", "--quiet"]);
    let text = written(&sandbox, &["--changes"]);
    assert!(text.contains("No commit holds this file yet."), "{text}");
}
