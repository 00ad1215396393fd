//! `docgen check` from end to end: scope, paths, settings, exit codes.

use crate::sandbox::Sandbox;

const DOCUMENTED: &str = r#""""A module."""


def area(width):
    """Give the area of a square.

    Args:
        width: Its width.

    Returns:
        The area.
    """
    return width * width
"#;

const UNDOCUMENTED: &str = "\n\ndef old(thing):\n    return thing\n";

#[test]
fn a_clean_file_is_clean_and_a_fault_fails() {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", DOCUMENTED);
    let answer = sandbox.docgen(&["check", "--all"]);
    assert_eq!(
        (answer.code, answer.out.as_str()),
        (Some(0), ""),
        "{}",
        answer.err
    );
    sandbox.write("b.py", DOCUMENTED.replace("(width)", "(width, height)"));
    let answer = sandbox.docgen(&["check", "--all", "--output-format", "concise"]);
    assert_eq!(answer.code, Some(1));
    assert!(
        answer.out.starts_with("b.py:4:17: DG201 missing-param: "),
        "{}",
        answer.out
    );
    assert_eq!(answer.out.lines().count(), 1);
}

#[test]
fn a_path_that_is_not_there_is_no_success_and_the_rest_is_still_reported() {
    let sandbox = Sandbox::new();
    sandbox.write("b.py", DOCUMENTED.replace("(width)", "(width, height)"));
    let answer = sandbox.docgen(&["check", "--all", "b.py", "gone.py"]);
    assert_eq!(answer.code, Some(2));
    assert!(answer.out.contains("missing-param"), "{}", answer.out);
    assert!(
        answer.err.contains("gone.py: no such file or folder"),
        "{}",
        answer.err
    );
}

#[test]
fn a_file_that_is_no_python_is_a_finding_and_the_rest_goes_on() {
    let sandbox = Sandbox::new();
    sandbox.write("bad.py", b"# coding: utf-8\nname = '\xff'\n");
    sandbox.write("broken.py", "\"\"\"Broken.\"\"\"\n\nx = (\n");
    sandbox.write("c.py", DOCUMENTED.replace("(width)", "(width, height)"));
    let answer = sandbox.docgen(&["check", "--all", "--output-format", "concise"]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    let codes: Vec<&str> = answer
        .out
        .lines()
        .filter_map(|it| it.split(' ').nth(1))
        .collect();
    assert_eq!(codes, ["DG001", "DG001", "DG201"], "{}", answer.out);
}

#[test]
fn staged_is_what_would_be_committed_whatever_the_worktree_says() {
    let sandbox = Sandbox::repository();
    sandbox.write("a.py", DOCUMENTED);
    sandbox.commit("a");
    sandbox.write("a.py", DOCUMENTED.replace("(width)", "(width, height)"));
    let before = sandbox.docgen(&["check", "--staged"]);
    assert_eq!(before.code, Some(0), "{}", before.out);
    sandbox.git(&["add", "a.py"]);
    sandbox.write("a.py", DOCUMENTED);
    let staged = sandbox.docgen(&["check", "--staged"]);
    assert_eq!(staged.code, Some(1), "{}{}", staged.out, staged.err);
    assert!(
        staged.err.contains("with the index: 1 file, 1 symbol"),
        "{}",
        staged.err
    );
    // Between HEAD and the worktree nothing changed.
    assert_eq!(sandbox.docgen(&["check"]).code, Some(0));
}

#[test]
fn an_old_undocumented_function_that_moves_is_nobodys_fault() {
    let sandbox = Sandbox::repository();
    sandbox.write("a.py", format!("{DOCUMENTED}{UNDOCUMENTED}"));
    sandbox.commit("a");
    let (head, rest) = DOCUMENTED.split_at(DOCUMENTED.find("\n\n\n").unwrap());
    sandbox.write("a.py", format!("{head}{UNDOCUMENTED}{rest}"));
    let answer = sandbox.docgen(&["check"]);
    assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    assert!(
        answer.err.contains("with the worktree: 1 file, 0 symbols"),
        "{}",
        answer.err
    );
}

#[test]
fn a_new_raise_makes_an_old_docstring_false_though_its_line_is_not_in_the_diff() {
    let sandbox = Sandbox::repository();
    sandbox.write("a.py", DOCUMENTED);
    sandbox.commit("a");
    let raising = DOCUMENTED.replace(
        "    return width",
        "    if width < 0:\n        raise ValueError(width)\n    return width",
    );
    sandbox.write("a.py", raising);
    let answer = sandbox.docgen(&["check", "--output-format", "concise"]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(
        answer.out.starts_with("a.py:14:9: DG501 missing-raises: "),
        "{}",
        answer.out
    );
}

#[test]
fn what_was_already_so_is_a_warning_and_fails_only_by_gate() {
    let sandbox = Sandbox::repository();
    let faulty = DOCUMENTED.replace("(width)", "(width, height)");
    sandbox.write("a.py", &faulty);
    sandbox.commit("a");
    // A new default changes the signature's facet; the missing parameter was missing before.
    sandbox.write(
        "a.py",
        faulty.replace("(width, height)", "(width, height=1)"),
    );
    let introduced = sandbox.docgen(&["check", "--output-format", "concise"]);
    assert_eq!(introduced.code, Some(0), "{}", introduced.out);
    assert!(introduced.out.contains("DG201"), "{}", introduced.out);
    assert_eq!(
        sandbox.docgen(&["check", "--gate", "touched"]).code,
        Some(1)
    );
}

#[test]
fn paths_filter_the_scope_and_exclude_holds_for_named_files() {
    let sandbox = Sandbox::repository();
    for name in ["pkg/a.py", "pkg/generated/b.py", "c.py"] {
        sandbox.write(name, UNDOCUMENTED);
    }
    sandbox.write(
        "pyproject.toml",
        "[tool.docgen]\nexclude = [\"generated\"]\n",
    );
    let named = ["check", "--show-files", "pkg/a.py", "pkg/generated/b.py"];
    assert_eq!(sandbox.docgen(&named).out, "pkg/a.py\n");
    assert_eq!(
        sandbox.docgen(&["check", "--show-files", "--all"]).out,
        "c.py\npkg/a.py\n"
    );
    assert_eq!(
        sandbox.docgen(&["check", "--show-files", "pkg"]).out,
        "pkg/a.py\n"
    );
    assert_eq!(
        sandbox
            .docgen_in("pkg", &["check", "--show-files", "--all", "."], &[])
            .out,
        "a.py\n"
    );
}

#[test]
fn gitignored_files_are_left_out() {
    let sandbox = Sandbox::repository();
    sandbox.write(".gitignore", "ignored.py\n");
    sandbox.write("ignored.py", UNDOCUMENTED);
    sandbox.write("kept.py", UNDOCUMENTED);
    assert_eq!(
        sandbox.docgen(&["check", "--show-files", "--all"]).out,
        "kept.py\n"
    );
    assert_eq!(sandbox.docgen(&["check", "--show-files"]).out, "kept.py\n");
}

#[test]
fn an_unknown_setting_is_refused_with_the_nearest_name() {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", DOCUMENTED);
    sandbox.write("docgen.toml", "stile = \"google\"\n");
    let answer = sandbox.docgen(&["check", "--all"]);
    assert_eq!(answer.code, Some(2));
    for part in [
        "unknown setting `stile`",
        "docgen.toml:1:1",
        "did you mean `style`?",
    ] {
        assert!(answer.err.contains(part), "{part}: {}", answer.err);
    }
}

#[test]
fn the_nearest_file_of_settings_holds() {
    let sandbox = Sandbox::new();
    sandbox.write("pyproject.toml", "[tool.docgen]\nignore = [\"DG1\"]\n");
    sandbox.write("a.py", UNDOCUMENTED);
    sandbox.write("sub/docgen.toml", "");
    sandbox.write("sub/b.py", UNDOCUMENTED);
    let answer = sandbox.docgen(&["check", "--all", "--output-format", "concise"]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(
        answer.out.lines().all(|it| it.starts_with("sub/b.py:")),
        "{}",
        answer.out
    );
}

#[test]
fn in_a_ci_job_without_a_base_nothing_is_guessed() {
    let sandbox = Sandbox::repository();
    sandbox.write("a.py", DOCUMENTED);
    let answer = sandbox.docgen_in(".", &["check"], &[("CI", "true")]);
    assert_eq!(answer.code, Some(2));
    assert!(answer.err.contains("--since"), "{}", answer.err);
    assert_eq!(
        sandbox
            .docgen_in(".", &["check", "--all"], &[("CI", "true")])
            .code,
        Some(0)
    );
}

#[test]
fn standard_input_is_checked_under_its_name() {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", DOCUMENTED.replace("(width)", "(width, height)"));
    let command = format!(
        "{} check - --stdin-filename pkg/x.py --output-format concise < a.py",
        env!("CARGO_BIN_EXE_docgen")
    );
    let answer = sandbox.command("sh", &sandbox.root(), &["-c", &command], &[]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(
        answer.out.starts_with("pkg/x.py:4:17: DG201"),
        "{}",
        answer.out
    );
}

#[test]
fn a_reader_that_goes_away_is_success() {
    let sandbox = Sandbox::new();
    for number in 0..200 {
        sandbox.write(&format!("m{number}.py"), UNDOCUMENTED.repeat(20));
    }
    let command = format!(
        "{} check --all --exit-zero | head -n 1; exit ${{PIPESTATUS[0]}}",
        env!("CARGO_BIN_EXE_docgen")
    );
    let answer = sandbox.command("bash", &sandbox.root(), &["-c", &command], &[]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
}

#[test]
fn the_same_tree_gives_the_same_bytes_on_one_core_and_many() {
    let sandbox = Sandbox::new();
    for number in 0..50 {
        sandbox.write(&format!("p{}/m{number}.py", number % 7), UNDOCUMENTED);
    }
    let run = |threads| {
        let variables = [("RAYON_NUM_THREADS", threads)];
        sandbox
            .docgen_in(
                ".",
                &["check", "--all", "--output-format", "json"],
                &variables,
            )
            .out
    };
    assert_eq!(run("1"), run("8"));
    assert!(run("1").len() > 1000);
}
