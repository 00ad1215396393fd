//! `docgen fix` from end to end: what is written, what is not, and what is said.

mod disk;
mod remedies;
mod staging;
mod words;

use std::fs;

use crate::sandbox::Sandbox;

/// A function whose parameter was renamed; the docstring still has the old name, on line 9.
const STALE: &str = r#""""A module."""


def pages(urls, limit=None):
    """Fetch pages.

    Args:
        urls: Where they are.
        maximum: How many to fetch at most.

    Returns:
        The pages.
    """
    return urls[:limit]
"#;

fn read(sandbox: &Sandbox, path: &str) -> String {
    String::from_utf8(fs::read(sandbox.root().join(path)).unwrap()).unwrap()
}

#[test]
fn a_renamed_parameter_is_renamed_and_a_second_run_changes_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", STALE);
    let answer = sandbox.docgen(&["fix", "--all"]);
    assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    assert_eq!(answer.out, "");
    assert!(
        answer
            .err
            .starts_with("mended 1 finding in 1 file, 0 left in "),
        "{}",
        answer.err
    );
    let mended = STALE.replace("maximum:", "limit:");
    assert_eq!(read(&sandbox, "a.py"), mended);
    let answer = sandbox.docgen(&["fix", "--all"]);
    assert_eq!(answer.code, Some(0));
    assert!(
        answer.err.starts_with("mended nothing, 0 left"),
        "{}",
        answer.err
    );
    assert_eq!(read(&sandbox, "a.py"), mended);
}

#[test]
fn a_patch_is_printed_that_git_takes() {
    let sandbox = Sandbox::repository();
    sandbox.write("src/a b.py", STALE.replace('\n', "\r\n"));
    let answer = sandbox.docgen_in("src", &["fix", "--all", "--diff"], &[]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert_eq!(read(&sandbox, "src/a b.py"), STALE.replace('\n', "\r\n"));
    sandbox.write("p.patch", &answer.out);
    sandbox.git(&["apply", "p.patch"]);
    let mended = STALE.replace("maximum:", "limit:").replace('\n', "\r\n");
    assert_eq!(read(&sandbox, "src/a b.py"), mended);
}

#[test]
fn copies_are_written_elsewhere_and_standard_input_to_standard_output() {
    let sandbox = Sandbox::new();
    sandbox.write("src/a.py", STALE);
    sandbox.write("src/clean.py", "\"\"\"Clean.\"\"\"\n");
    let answer = sandbox.docgen(&["fix", "--all", "src", "--output", "out"]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert_eq!(read(&sandbox, "src/a.py"), STALE);
    let mended = STALE.replace("maximum:", "limit:");
    assert_eq!(read(&sandbox, "out/src/a.py"), mended);
    assert!(!sandbox.root().join("out/src/clean.py").exists());
}

#[test]
fn words_are_taken_away_only_where_that_is_asked_for() {
    let sandbox = Sandbox::new();
    let stale = STALE
        .replace("(urls, limit=None)", "(urls)")
        .replace("[:limit]", "");
    sandbox.write("a.py", &stale);
    let answer = sandbox.docgen(&["fix", "--all"]);
    assert_eq!(answer.code, Some(1));
    assert_eq!(read(&sandbox, "a.py"), stale);
    assert!(
        answer.err.contains("a.py:9:9: DG202 unknown-param: "),
        "{}",
        answer.err
    );
    assert!(
        answer
            .err
            .contains("mended nothing, 1 left (1 of them can be mended with `--unsafe-fixes`)"),
        "{}",
        answer.err
    );
    let answer = sandbox.docgen(&["fix", "--all", "--unsafe-fixes", "--exit-non-zero-on-fix"]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(answer.err.contains("mended 1 finding"), "{}", answer.err);
    let gone = "        maximum: How many to fetch at most.\n";
    assert_eq!(read(&sandbox, "a.py"), stale.replace(gone, ""));
}

#[test]
fn check_mends_first_and_reports_what_is_left() {
    let sandbox = Sandbox::new();
    let stale = STALE.replace("(urls, ", "(urls, pause, ");
    sandbox.write("a.py", stale.replace("maximum:", "limits:"));
    let answer = sandbox.docgen(&["check", "--all", "--fix", "--output-format", "concise"]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(
        answer.out.starts_with("a.py:4:17: DG201 missing-param: "),
        "{}",
        answer.out
    );
    assert_eq!(answer.out.lines().count(), 1);
    assert!(read(&sandbox, "a.py").contains("limit: How many"));
}

#[test]
#[cfg(unix)]
fn nothing_is_written_through_a_link_or_outside_or_into_a_submodule() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let sandbox = Sandbox::new();
    sandbox.write("real/a.py", STALE);
    sandbox.write("here/sub/.git", "gitdir: elsewhere\n");
    sandbox.write("here/sub/a.py", STALE);
    sandbox.write("here/locked.py", STALE);
    let locked = sandbox.root().join("here/locked.py");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o444)).unwrap();
    symlink(
        sandbox.root().join("real/a.py"),
        sandbox.root().join("here/link.py"),
    )
    .unwrap();
    symlink(
        sandbox.root().join("real"),
        sandbox.root().join("here/folder"),
    )
    .unwrap();
    let cases = [
        ("link.py", "link.py is a symbolic link"),
        ("folder/a.py", "folder is a symbolic link"),
        ("../real/a.py", "it lies outside of "),
        ("sub/a.py", "sub is a repository of its own"),
        ("locked.py", "it is read-only"),
    ];
    for (path, reason) in cases {
        let answer = sandbox.docgen_in("here", &["fix", "--all", path], &[]);
        assert_eq!(answer.code, Some(1), "{path}: {}", answer.err);
        assert!(
            answer
                .err
                .contains("declined to mend DG202 of `maximum` in `pages`: "),
            "{}",
            answer.err
        );
        assert!(answer.err.contains(reason), "{path}: {}", answer.err);
    }
    for path in ["real/a.py", "here/sub/a.py", "here/locked.py"] {
        assert_eq!(read(&sandbox, path), STALE);
    }
}

#[test]
#[cfg(unix)]
fn the_mode_is_kept_and_nothing_is_left_behind() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = Sandbox::new();
    sandbox.write("a.py", STALE);
    let path = sandbox.root().join("a.py");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    sandbox.docgen(&["fix", "--all"]);
    assert!(read(&sandbox, "a.py").contains("limit: How many"));
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o755
    );
    let names: Vec<_> = fs::read_dir(sandbox.root())
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    assert_eq!(names, ["a.py"]);
}

#[test]
fn bytes_outside_of_the_edit_stay_whatever_they_are() {
    let sandbox = Sandbox::new();
    let files: [(&str, Vec<u8>); 5] = [
        ("bom.py", format!("\u{feff}{STALE}").into_bytes()),
        ("mixed.py", STALE.replacen('\n', "\r\n", 7).into_bytes()),
        (
            "tabs.py",
            STALE
                .replace("    ", "\t")
                .replace("\n\n\n", "\n\x0c\n")
                .into_bytes(),
        ),
        (
            "latin.py",
            [b"# coding: latin-1\n", STALE.as_bytes(), b"\n# \xe9\x85"].concat(),
        ),
        ("open.py", STALE.trim_end().as_bytes().to_vec()),
    ];
    for (path, bytes) in &files {
        sandbox.write(path, bytes);
    }
    let answer = sandbox.docgen(&["fix", "--all"]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    for (path, bytes) in &files {
        let at = bytes.windows(8).position(|it| it == b"maximum:").unwrap();
        let mended = [&bytes[..at], b"limit:", &bytes[at + 8..]].concat();
        assert_eq!(
            fs::read(sandbox.root().join(path)).unwrap(),
            mended,
            "{path}"
        );
    }
}

#[test]
fn the_report_holds_the_edits_that_are_made() {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", STALE);
    let answer = sandbox.docgen(&["check", "--all", "--output-format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    let finding = &report["files"][0]["symbols"][1]["findings"][0];
    assert_eq!(
        finding["fix"],
        serde_json::json!({"applicability": "safe", "edits": [
            {"line": 9, "column": 9, "end_line": 9, "end_column": 16, "text": "limit"}
        ]})
    );
    let answer = sandbox.docgen(&["check", "--all", "--output-format", "sarif"]);
    let report: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    let change = &report["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "a.py");
    let replacement = &change["replacements"][0];
    assert_eq!(replacement["deletedRegion"]["snippet"]["text"], "maximum");
    assert_eq!(replacement["insertedContent"]["text"], "limit");
}

#[test]
fn what_is_declined_beside_another_has_its_turn_and_a_second_run_changes_nothing() {
    let sandbox = Sandbox::new();
    let stale = "\"\"\"A module.\"\"\"\n\n\ndef one():\n    \"\"\"Give one.\n\n    Raises:\n        KeyError: never.\n        \
                 ValueError: never.\n\n    Returns:\n        One.\n    \"\"\"\n    return 1\n";
    sandbox.write("a.py", stale);
    let answer = sandbox.docgen(&["fix", "--all", "--unsafe-fixes"]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    let gone = "    Raises:\n        KeyError: never.\n        ValueError: never.\n\n";
    assert_eq!(read(&sandbox, "a.py"), stale.replace(gone, ""));
    let answer = sandbox.docgen(&["fix", "--all", "--unsafe-fixes"]);
    assert!(answer.err.starts_with("mended nothing"), "{}", answer.err);
}

#[test]
fn a_docstring_of_twenty_thousand_entries_is_mended_in_one_go() {
    let entries: Vec<String> = (0..20_000)
        .map(|at| format!("        p{at}: Word.\n"))
        .collect();
    let entries = entries.concat();
    let stale = format!(
        "\"\"\"A module.\"\"\"\n\n\ndef f(a):\n    \"\"\"Do.\n\n    Args:\n        a: The a.\n{entries}    \"\"\"\n    print(a)\n"
    );
    let sandbox = Sandbox::new();
    sandbox.write("a.py", &stale);
    let answer = sandbox.docgen(&["fix", "--all", "--unsafe-fixes"]);
    assert_eq!(answer.code, Some(0));
    assert_eq!(read(&sandbox, "a.py"), stale.replace(&entries, ""));
}
