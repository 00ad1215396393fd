//! Repositories by URL, cloned with the real git: what is looked at, what is refused, and that nothing is left.

mod endings;
mod refusals;

use std::fs;

use serde_json::Value;

use crate::sandbox::{Answer, Sandbox};

const CODE: &str =
    "\"\"\"Rooms.\"\"\"\n\n\ndef room(door):\n    \"\"\"Open it.\"\"\"\n    return door\n";

/// A sandbox with a repository in `origin`, and a folder in which temporary files are made.
fn origin() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("origin/pkg/__init__.py", "\"\"\"Rooms.\"\"\"\n");
    sandbox.write("origin/pkg/rooms.py", CODE);
    sandbox.write("origin/docgen.toml", "ignore = [\"DG301\"]\n");
    sandbox.write("tmp/.keep", "");
    sandbox.git(&["init", "--quiet", "--initial-branch=main", "origin"]);
    commit(&sandbox);
    sandbox
}

fn commit(sandbox: &Sandbox) {
    sandbox.git(&["-C", "origin", "add", "--all"]);
    let args = [
        "-C",
        "origin",
        "commit",
        "--quiet",
        "--allow-empty",
        "--message=x",
    ];
    sandbox.git(&args);
}

fn url(sandbox: &Sandbox, what: &str) -> String {
    format!("file://{}/origin{what}", sandbox.root().display())
}

/// Runs docgen, which has to leave nothing in its folder of temporary files.
fn docgen(sandbox: &Sandbox, args: &[&str]) -> Answer {
    let tmp = sandbox.root().join("tmp");
    let answer = sandbox.docgen_in(".", args, &[("TMPDIR", tmp.to_str().unwrap())]);
    assert_eq!(left(sandbox), [""; 0], "{args:?}: {}", answer.err);
    let said = format!("{}{}", answer.out, answer.err);
    assert!(!said.contains("docgen-clone-"), "{args:?}: {said}");
    answer
}

/// What lies in the folder of temporary files.
fn left(sandbox: &Sandbox) -> Vec<String> {
    let entries = fs::read_dir(sandbox.root().join("tmp")).unwrap().flatten();
    let names = entries.map(|it| it.file_name().into_string().unwrap());
    names.filter(|it| it != ".keep").collect()
}

fn files(report: &str) -> Value {
    serde_json::from_str::<Value>(report).unwrap()["files"].clone()
}

#[test]
fn a_url_is_checked_as_its_checkout_is() {
    let sandbox = origin();
    let json = ["check", "--output-format=json"];
    let there = sandbox.docgen_in("origin", &[&json[..], &["--all"]].concat(), &[]);
    let url = url(&sandbox, "");
    let by_url = docgen(&sandbox, &[&json[..], &[&url, "--allow-file-url"]].concat());
    assert_eq!(by_url.code, Some(1), "{}", by_url.err);
    assert_eq!(files(&by_url.out), files(&there.out));
    assert!(by_url.out.contains("pkg/rooms.py") && !by_url.out.contains("DG301"));
    let commit = sandbox.git(&["-C", "origin", "rev-parse", "HEAD"]);
    let said = format!(
        "checking every symbol of {url} at {}: 2 files, 3 symbols",
        &commit[..7]
    );
    assert!(by_url.err.contains(&said), "{}", by_url.err);
    let report: Value = serde_json::from_str(&by_url.out).unwrap();
    assert_eq!(report["comparison"]["head"], commit[..7]);
}

#[test]
fn score_symbols_and_docs_take_one_too() {
    let sandbox = origin();
    let url = url(&sandbox, "");
    let score = docgen(
        &sandbox,
        &["score", &url, "--allow-file-url", "--badge=b.svg"],
    );
    assert_eq!(score.code, Some(0), "{}", score.err);
    assert!(score.out.contains("pkg/rooms.py"), "{}", score.out);
    assert!(
        sandbox.root().join("b.svg").exists(),
        "what a flag names lies here"
    );
    let symbols = docgen(&sandbox, &["symbols", &url, "--allow-file-url"]);
    let there = sandbox.docgen_in("origin", &["symbols"], &[]);
    assert_eq!((symbols.code, symbols.out), (Some(0), there.out));
    let docs = docgen(&sandbox, &["docs", &url, "--allow-file-url", "-o", "pages"]);
    assert_eq!(docs.code, Some(0), "{}", docs.err);
    let page = fs::read_to_string(sandbox.root().join("pages/modules/pkg.rooms.md")).unwrap();
    assert!(
        page.contains("room") && !page.contains("docgen-clone-"),
        "{page}"
    );
    assert!(!sandbox.root().join("origin/pages").exists());
}

#[test]
fn a_branch_a_tag_a_commit_and_a_folder_can_be_named() {
    let sandbox = origin();
    let first = sandbox.git(&["-C", "origin", "rev-parse", "HEAD"]);
    sandbox.git(&["-C", "origin", "tag", "--annotate", "--message=x", "v1"]);
    sandbox.git(&["-C", "origin", "checkout", "--quiet", "-b", "topic/new"]);
    sandbox.write("origin/extra/more.py", CODE);
    commit(&sandbox);
    let shown = |what: &str| {
        let url = url(&sandbox, what);
        let answer = docgen(
            &sandbox,
            &["check", &url, "--allow-file-url", "--show-files"],
        );
        assert_eq!(answer.code, Some(0), "{what}: {}", answer.err);
        answer.out.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let (old, new) = (["pkg/__init__.py", "pkg/rooms.py"], "extra/more.py");
    assert_eq!(shown("#main"), old);
    assert_eq!(shown("#v1"), old);
    assert_eq!(shown(&format!("#{}", first.trim())), old);
    assert_eq!(shown("#topic/new"), [new, old[0], old[1]]);
    assert_eq!(shown(""), [new, old[0], old[1]], "what HEAD says");
    assert_eq!(shown("#topic/new:extra"), [new]);
    assert_eq!(shown("#:pkg/rooms.py"), [old[1]]);
}

#[test]
fn what_lies_above_the_clone_on_this_machine_does_not_count() {
    let sandbox = origin();
    sandbox.git(&["-C", "origin", "rm", "--quiet", "docgen.toml"]);
    commit(&sandbox);
    sandbox.write("tmp/.keep", "");
    sandbox.write("docgen.toml", "select = [\"DG802\"]\n");
    sandbox.write(".ignore", "*.py\n");
    sandbox.write("mine.toml", "exclude = [\"tmp\", \"pkg/__init__.py\"]\n");
    let check = |more: &[&str]| {
        let url = url(&sandbox, "");
        docgen(
            &sandbox,
            &[&["check", &url, "--allow-file-url"], more].concat(),
        )
    };
    let plain = check(&[]);
    assert!(plain.out.contains("DG201"), "{}{}", plain.out, plain.err);
    let mine = check(&["--config=mine.toml", "--show-files"]);
    assert_eq!(mine.out, "pkg/rooms.py\n", "{}", mine.err);
}

/// A repository with links out of itself, a submodule, and a filter for its files.
fn hostile() -> Sandbox {
    let sandbox = origin();
    let root = sandbox.root();
    let secret = "def secret(): pass\n";
    sandbox.write("secret.py", secret);
    sandbox.write("secrets/a.py", secret);
    let link = |to: &str, at: &str| std::os::unix::fs::symlink(to, root.join(at)).unwrap();
    link(root.join("secret.py").to_str().unwrap(), "origin/link.py");
    link("rooms.py", "origin/pkg/same.py");
    link(root.join("secrets").to_str().unwrap(), "origin/folder");
    sandbox.write("origin/.gitattributes", "*.py filter=mine\n");
    let path = root.join("secrets").display().to_string();
    let submodule = format!("[submodule \"s\"]\n\tpath = s\n\turl = {path}\n");
    sandbox.write("origin/.gitmodules", submodule);
    let head = sandbox.git(&["-C", "origin", "rev-parse", "HEAD"]);
    let entry = format!("160000,{},s", head.trim());
    sandbox.git(&["-C", "origin", "add", "--all"]);
    let submodule = ["update-index", "--add", "--cacheinfo", &entry];
    sandbox.git(&[&["-C", "origin"], &submodule[..]].concat());
    sandbox.git(&["-C", "origin", "commit", "--quiet", "--message=x"]);
    sandbox
}

/// What a user has set up for repositories of their own: each leaves a file behind that says that it ran.
fn set_up(sandbox: &Sandbox) {
    let root = sandbox.root().display().to_string();
    let ran = |name: &str| format!("touch {root}/ran-{name}; cat");
    for hook in [
        "post-checkout",
        "reference-transaction",
        "post-index-change",
    ] {
        let path = format!("hooks/{hook}");
        sandbox.write(&path, format!("#!/bin/sh\n{}\n", ran("hook")));
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(sandbox.root().join(path), mode).unwrap();
    }
    let (monitor, filter) = (ran("monitor"), ran("filter"));
    sandbox.write(
        ".gitconfig",
        format!(
            "[core]\n\thooksPath = {root}/hooks\n\tfsmonitor = \"{monitor}\"\n[filter \"mine\"]\n\tsmudge = \"{filter}\"\n\
             \trequired = true\n[submodule]\n\trecurse = true\n[init]\n\ttemplateDir = {root}/hooks\n"
        ),
    );
}

#[test]
fn nothing_of_the_repository_is_run_or_followed() {
    let sandbox = hostile();
    set_up(&sandbox);
    let url = url(&sandbox, "");
    let check = ["check", &url, "--allow-file-url", "--show-files"];
    let files = docgen(&sandbox, &check);
    let shown = "pkg/__init__.py\npkg/rooms.py\n";
    assert_eq!((files.code, files.out.as_str()), (Some(0), shown));
    let symbols = docgen(&sandbox, &["symbols", &url, "--allow-file-url"]).out;
    assert!(
        symbols.contains("room") && !symbols.contains("secret"),
        "{symbols}"
    );
    let there = fs::read_dir(sandbox.root()).unwrap().flatten();
    let names = there.map(|it| it.file_name().into_string().unwrap());
    let ran: Vec<String> = names.filter(|it| it.starts_with("ran-")).collect();
    assert!(ran.is_empty(), "{ran:?}");
}

#[test]
fn a_schema_outside_of_the_repository_is_not_read() {
    let sandbox = origin();
    sandbox.write("secret.json", "the secret");
    let check = |path: &str| {
        sandbox.write("origin/docgen.toml", format!("schema = \"{path}\"\n"));
        commit(&sandbox);
        docgen(&sandbox, &["check", &url(&sandbox, ""), "--allow-file-url"])
    };
    let outside = sandbox.root().join("secret.json").display().to_string();
    for path in [
        outside.as_str(),
        "../../../secret.json",
        "/proc/self/environ",
        "none.json",
    ] {
        let answer = check(path);
        assert_eq!(answer.code, Some(2), "{path}: {}", answer.err);
        assert!(
            answer.err.contains("`schema` in docgen.toml names it"),
            "{path}: {}",
            answer.err
        );
        assert!(!answer.err.contains("the secret"), "{}", answer.err);
    }
    fs::copy(
        "schemas/docstring.schema.json",
        sandbox.root().join("origin/own.json"),
    )
    .unwrap();
    let own = check("own.json");
    assert_eq!(own.code, Some(1), "{}", own.err);
}

#[test]
fn sarif_names_the_repository_and_not_where_it_lay() {
    let sandbox = origin();
    let url = url(&sandbox, "#main");
    let args = ["check", &url, "--allow-file-url", "--output-format=sarif"];
    let report: Value = serde_json::from_str(&docgen(&sandbox, &args).out).unwrap();
    let run = &report["runs"][0];
    let from = &run["versionControlProvenance"][0];
    let head = sandbox.git(&["-C", "origin", "rev-parse", "HEAD"]);
    assert_eq!(from["repositoryUri"], url.trim_end_matches("#main"));
    assert_eq!(
        (&from["revisionId"], &from["branch"]),
        (&head.trim().into(), &"main".into())
    );
    assert_eq!(
        run["originalUriBaseIds"]["SRCROOT"].get("uri"),
        None,
        "{run}"
    );
    let place = &run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(place["uri"], "pkg/rooms.py");
}

#[test]
fn every_kind_of_repository_is_cloned() {
    for format in [
        &["--object-format=sha256"][..],
        &["--ref-format=reftable"],
        &["--bare"],
    ] {
        let sandbox = Sandbox::new();
        sandbox.write("tmp/.keep", "");
        sandbox.git(
            &[
                &["init", "--quiet", "--initial-branch=main", "origin"],
                format,
            ]
            .concat(),
        );
        if format == ["--bare"] {
            let full = origin();
            let from = full.root().join("origin");
            let from = from.to_str().unwrap();
            sandbox.git(&["--git-dir=origin", "fetch", "--quiet", from, "main:main"]);
        } else {
            sandbox.write("origin/pkg/rooms.py", CODE);
            commit(&sandbox);
        }
        let answer = docgen(&sandbox, &["check", &url(&sandbox, ""), "--allow-file-url"]);
        assert_eq!(answer.code, Some(1), "{format:?}: {}", answer.err);
        assert!(
            answer.out.contains("pkg/rooms.py:"),
            "{format:?}: {}",
            answer.out
        );
    }
}
