//! `docgen init`: what it detects, takes over, says, writes and leaves alone.

use crate::sandbox::Sandbox;

const GOOGLE: &str = "\"\"\"Shapes.\"\"\"\n\n\ndef area(width):\n    \"\"\"Measure it.\n\n    Args:\n        width: From side to side.\n    \"\"\"\n";
const NUMPY: &str = "\"\"\"Shapes.\"\"\"\n\n\ndef area(width):\n    \"\"\"Measure it.\n\n    Parameters\n    ----------\n    width : int\n        From side to side.\n    \"\"\"\n";

fn init(sandbox: &Sandbox, args: &[&str]) -> String {
    let args = [&["init"], args].concat();
    let answer = sandbox.docgen_in(".", &args, &[("COLUMNS", "300")]);
    assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    answer.out
}

fn read(sandbox: &Sandbox, path: &str) -> String {
    std::fs::read_to_string(sandbox.root().join(path)).unwrap()
}

/// The lines that tell of a setting, blanks run together.
fn told(out: &str) -> Vec<String> {
    let lines = out
        .lines()
        .filter(|it| it.starts_with("  + ") || it.starts_with("  = ") || it.starts_with("  - "));
    let joined = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    lines.map(joined).collect()
}

/// What was written is a file of settings that docgen reads.
fn holds(sandbox: &Sandbox, key: &str) -> String {
    let answer = sandbox.docgen(&["config", "show"]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    let mut lines = answer.out.lines();
    let line = lines
        .find(|it| it.starts_with(&format!("{key} =")))
        .unwrap();
    line.split("  #").next().unwrap().trim_end().to_owned()
}

#[test]
fn the_style_that_most_docstrings_are_in_is_written() {
    let sandbox = Sandbox::new();
    sandbox.write("shapes.py", GOOGLE);
    assert!(
        init(&sandbox, &[])
            .starts_with("1 of 1 docstring with sections: Google, so `style = \"google\"`\n")
    );
    assert_eq!(read(&sandbox, "docgen.toml"), "style = \"google\"\n");
    let mixed = Sandbox::new();
    mixed.write("shapes.py", GOOGLE);
    mixed.write("forms.py", NUMPY);
    assert!(init(&mixed, &[]).contains("mixed, so each is held to its own style"));
    assert_eq!(holds(&mixed, "style"), "style = \"auto\"");
    let none = Sandbox::new();
    assert!(init(&none, &[]).starts_with("no docstring has sections"));
    assert_eq!(holds(&none, "style"), "style = \"auto\"");
}

#[test]
fn the_table_goes_behind_what_pyproject_holds() {
    let sandbox = Sandbox::new();
    let before =
        "[project]\r\nname = \"shapes\" # ours\r\n\r\n[tool.black]\r\nline-length = 79\r\n\r\n";
    sandbox.write("pyproject.toml", before);
    sandbox.write("shapes.py", NUMPY);
    init(&sandbox, &[]);
    let after = read(&sandbox, "pyproject.toml");
    assert_eq!(
        after,
        format!("{before}[tool.docgen]\r\nstyle = \"numpy\"\r\n")
    );
    assert_eq!(holds(&sandbox, "style"), "style = \"numpy\"");
}

#[test]
fn where_no_table_can_be_added_another_file_is_written() {
    let sandbox = Sandbox::new();
    let before = "tool = { black = { line-length = 79 } }\n";
    sandbox.write("pyproject.toml", before);
    init(&sandbox, &[]);
    assert_eq!(read(&sandbox, "pyproject.toml"), before);
    assert!(sandbox.root().join("docgen.toml").exists());
}

#[test]
fn settings_that_are_there_stay_unless_somebody_says_so() {
    let sandbox = Sandbox::new();
    let before = "[tool.docgen]\nstyle = \"numpy\"\n\n[tool.docgen.score]\nfail-under = 3\n\n[tool.black]\nline-length = 79\n";
    sandbox.write("pyproject.toml", before);
    sandbox.write("shapes.py", GOOGLE);
    let answer = sandbox.docgen(&["init"]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.err.contains("`--force` replaces them"),
        "{}",
        answer.err
    );
    assert_eq!(read(&sandbox, "pyproject.toml"), before);
    assert!(init(&sandbox, &["--dry-run"]).contains("pyproject.toml would hold:"));
    assert_eq!(read(&sandbox, "pyproject.toml"), before);
    init(&sandbox, &["--force"]);
    assert_eq!(
        read(&sandbox, "pyproject.toml"),
        "[tool.black]\nline-length = 79\n\n[tool.docgen]\nstyle = \"google\"\n"
    );
    let own = Sandbox::new();
    own.write("docgen.toml", "private = true\n");
    assert_eq!(own.docgen(&["init"]).code, Some(2));
    assert_eq!(read(&own, "docgen.toml"), "private = true\n");
}

#[test]
fn ruffs_settings_are_taken_over_line_by_line() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "pyproject.toml",
        r#"[tool.ruff]
line-length = 100
extend-exclude = ["vendor"]
[tool.ruff.lint]
select = ["E", "D", "DOC201", "D105", "ALL"]
ignore = ["D107", "D205", "D100", "E501"]
[tool.ruff.lint.per-file-ignores]
"tests/*" = ["D", "S101"]
"docs/*.py" = ["D103"]
[tool.ruff.lint.pydocstyle]
convention = "google"
ignore-decorators = ["typing.overload"]
[tool.ruff.lint.pydoclint]
ignore-one-line-docstrings = true
"#,
    );
    let out = init(&sandbox, &[]);
    let told = told(&out);
    for line in [
        "+ line-length = 100 fix.line-length = 100",
        "+ extend-exclude = vendor exclude = vendor",
        "= select = D nothing to do: the default rules look for it",
        "= select = DOC201 nothing to do: the default rules look for it",
        "+ select = D105 extend-select = missing-magic-docstring",
        "= ignore = D107 nothing to do: missing-init-docstring is off by default",
        "= ignore = D205 nothing to do: there is no such rule here to ignore",
        "+ ignore = D100 ignore = missing-module-docstring",
        "+ per-file-ignores tests/* = D per-file-ignores tests/* = DG",
        "+ per-file-ignores docs/*.py = D103 per-file-ignores docs/*.py = missing-function-docstring",
        "+ convention = google style = \"google\"",
        "+ ignore-one-line-docstrings = true preset = \"lenient\"",
    ] {
        assert!(told.iter().any(|it| it == line), "{line}\n{told:#?}");
    }
    assert!(
        told.iter()
            .any(|it| it.starts_with("- ignore-decorators = typing.overload not taken over:"))
    );
    assert!(
        !out.contains("E501") && !out.contains("S101"),
        "other tools' business"
    );
    assert_eq!(holds(&sandbox, "preset"), "preset = \"lenient\"");
    assert_eq!(
        holds(&sandbox, "ignore"),
        "ignore = [\"missing-module-docstring\"]"
    );
    assert_eq!(holds(&sandbox, "line-length"), "line-length = 100");
    assert!(holds(&sandbox, "per-file-ignores").contains("\"tests/*\" = [\"DG\"]"));
}

#[test]
fn ruff_toml_and_pydoclint_are_taken_over() {
    let sandbox = Sandbox::new();
    sandbox.write("ruff.toml", "[lint.pydocstyle]\nconvention = \"numpy\"\n");
    sandbox.write(
        "pyproject.toml",
        "[tool.pydoclint]\nstyle = \"sphinx\"\nskip-checking-short-docstrings = false\nskip-checking-raises = true\ncheck-arg-order = true\nexclude = '\\.git|tests'\nbaseline = \"b.txt\"\n",
    );
    let told = told(&init(&sandbox, &[]));
    for line in [
        "+ convention = numpy style = \"numpy\"",
        "- style = sphinx not taken over: `style = \"numpy\"` was found before",
        "= skip-checking-short-docstrings = false nothing to do: short docstrings are looked at by default",
        "+ skip-checking-raises = true ignore = missing-raises, unknown-raises",
        "= check-arg-order = true nothing to do: so by default",
        "- baseline = b.txt not taken over: `docgen baseline write FILE` makes one, `--baseline FILE` uses it",
    ] {
        assert!(told.iter().any(|it| it == line), "{line}\n{told:#?}");
    }
    assert_eq!(holds(&sandbox, "preset"), "preset = \"standard\"");
    let silent = Sandbox::new();
    silent.write("pyproject.toml", "[tool.pydoclint]\nquiet = true\n");
    init(&silent, &[]);
    assert_eq!(holds(&silent, "style"), "style = \"numpy\"");
    assert_eq!(holds(&silent, "preset"), "preset = \"lenient\"");
}

#[test]
fn darglint_interrogate_and_numpydoc_are_taken_over() {
    let sandbox = Sandbox::new();
    sandbox.write(".darglint", "[darglint]\ndocstring_style=google\nstrictness=short\nignore=DAR401,\n  DAR003\nenable=DAR104\nignore_raise=ValueError\n");
    sandbox.write(
        "pyproject.toml",
        "[tool.interrogate]\nfail-under = 80\nignore-module = true\nignore-magic = false\nignore-private = true\nexclude = [\"setup.py\"]\nignore-regex = [\"^get$\"]\nverbose = 2\n",
    );
    sandbox.write(
        "setup.cfg",
        "[tool:numpydoc_validation]\nchecks = all,EX01,PR01,SA01\nexclude = \\.undocumented$\n",
    );
    let told = told(&init(&sandbox, &[]));
    for line in [
        "+ docstring_style = google style = \"google\"",
        "+ strictness = short preset = \"lenient\"",
        "+ ignore = DAR401 ignore = missing-raises",
        "= ignore = DAR003 nothing to do: there is no such rule here to ignore",
        "+ enable = DAR104 extend-select = missing-param-type",
        "+ ignore-module = true ignore = missing-module-docstring",
        "+ ignore-magic = false extend-select = missing-magic-docstring",
        "+ exclude = setup.py exclude = setup.py",
        "= checks = all but EX01 nothing to do: missing-examples is off by default",
        "+ checks = all but PR01 ignore = missing-param",
        "= checks = all but SA01 nothing to do: there is no such rule here to ignore",
    ] {
        assert!(told.iter().any(|it| it == line), "{line}\n{told:#?}");
    }
    for lost in [
        "- ignore_raise = ValueError",
        "- ignore-regex = ^get$",
        "- exclude = \\.undocumented$",
        "- numpydoc itself",
    ] {
        assert!(
            told.iter().any(|it| it.starts_with(lost)),
            "{lost}\n{told:#?}"
        );
    }
    assert_eq!(holds(&sandbox, "fail-under"), "fail-under = 80.0");
}

#[test]
fn every_setting_of_the_tools_is_answered() {
    let sandbox = Sandbox::new();
    let text = "[tool.interrogate]\nfail-under = 200\nwhatever = 3\n[tool.pydoclint]\nwhatever = true\n[tool.numpydoc_validation]\nchecks = [\"EX01\", \"GL03\"]\noverride_SS05 = [\"x\"]\n";
    sandbox.write("pyproject.toml", text);
    sandbox.write("tox.ini", "[darglint]\nwhatever = 1\n");
    let told = told(&init(&sandbox, &[]));
    for start in [
        "- fail-under = 200",
        "= whatever = 3",
        "- whatever = true",
        "= whatever = 1",
        "+ checks = EX01",
        "- checks = GL03",
        "- override_SS05 = x",
    ] {
        assert!(
            told.iter().any(|it| it.starts_with(start)),
            "{start}\n{told:#?}"
        );
    }
}

#[test]
fn a_file_that_is_no_toml_is_told_of_and_left() {
    let sandbox = Sandbox::new();
    sandbox.write("pyproject.toml", "[tool.ruff\n");
    let out = init(&sandbox, &[]);
    assert!(
        told(&out)
            .iter()
            .any(|it| it == "- the whole file not taken over: it is no TOML"),
        "{out}"
    );
    assert_eq!(read(&sandbox, "pyproject.toml"), "[tool.ruff\n");
}

#[test]
fn the_snippets_name_where_docgen_comes_from() {
    let sandbox = Sandbox::new();
    let out = init(&sandbox, &["--dry-run"]);
    for part in [
        ".pre-commit-config.yaml",
        concat!(
            "repo: ",
            env!("CARGO_PKG_REPOSITORY"),
            "\n    rev: v",
            env!("CARGO_PKG_VERSION")
        ),
        ".github/workflows/docgen.yml",
        concat!("- uses: example/docgen@v", env!("CARGO_PKG_VERSION")),
        concat!("pip install --quiet docgen==", env!("CARGO_PKG_VERSION")),
        ".gitlab-ci.yml",
        "codequality: gl-code-quality-report.json",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    let out = init(
        &sandbox,
        &["--dry-run", "--repository", "https://example.org/docgen"],
    );
    assert!(
        out.contains("  - repo: https://example.org/docgen\n    rev: v"),
        "{out}"
    );
    assert!(
        out.contains("cargo install --locked --git https://example.org/docgen --tag v"),
        "{out}"
    );
}

#[test]
fn what_is_said_of_each_setting_fits_the_screen() {
    let sandbox = Sandbox::new();
    let text = "[tool.ruff.lint.pydocstyle]\nignore-decorators = [\"typing.overload\"]\nconvention = \"google\"\n[tool.ruff.lint]\nignore = [\"D205\"]\n";
    sandbox.write("pyproject.toml", text);
    for columns in ["40", "60", "100"] {
        let answer = sandbox.docgen_in(".", &["init", "--dry-run"], &[("COLUMNS", columns)]);
        let report = answer
            .out
            .split("pyproject.toml would hold")
            .next()
            .unwrap();
        let widest = report.lines().map(|it| it.chars().count()).max().unwrap();
        assert!(
            widest <= columns.parse::<usize>().unwrap().max(66),
            "{columns}:\n{report}"
        );
    }
}
