//! Settings from every source: which one wins, what is refused, and what `docgen config` shows.

use crate::sandbox::Sandbox;

#[test]
fn flags_beat_the_environment_beats_the_env_file_beats_the_file() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "docgen.toml",
        "gate = \"touched\"\nfail-on = \"warning\"\nprivate = true\n",
    );
    sandbox.write("ci.env", "DOCGEN_FAIL_ON=never\nDOCGEN_PRIVATE=false\n");
    let show = |variables: &[(&str, &str)]| {
        let args = ["config", "show", "--env-file", "ci.env"];
        let answer = sandbox.docgen_in(".", &args, variables);
        assert_eq!(answer.code, Some(0), "{}", answer.err);
        let line = |key: &str| {
            let line = answer
                .out
                .lines()
                .find(|it| it.starts_with(&format!("{key} =")))
                .unwrap();
            line.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        [
            line("gate"),
            line("fail-on"),
            line("private"),
            line("select"),
        ]
    };
    assert_eq!(
        show(&[("DOCGEN_PRIVATE", "yes")]),
        [
            "gate = \"touched\" # docgen.toml",
            "fail-on = \"never\" # DOCGEN_FAIL_ON",
            "private = true # DOCGEN_PRIVATE",
            "select = [\"default\"] # default",
        ]
    );
}

#[test]
fn what_config_show_prints_is_a_file_of_settings() {
    let sandbox = Sandbox::new();
    let shown = sandbox.docgen(&["config", "show"]).out;
    sandbox.write("docgen.toml", &shown);
    let again = sandbox.docgen(&["config", "show"]);
    assert_eq!(again.code, Some(0), "{}", again.err);
    assert_eq!(again.out.replace("docgen.toml", "default"), shown);
}

#[test]
fn a_variable_that_does_not_convert_is_refused_by_name_with_its_range() {
    let sandbox = Sandbox::new();
    let answer = sandbox.docgen_in(
        ".",
        &["check", "--all"],
        &[("DOCGEN_SCORE_FAIL_UNDER", "much")],
    );
    assert_eq!(answer.code, Some(2));
    for part in [
        "`DOCGEN_SCORE_FAIL_UNDER` is `much`",
        "a number from 0 to 100",
    ] {
        assert!(answer.err.contains(part), "{}", answer.err);
    }
}

#[test]
fn a_number_out_of_its_range_is_refused_where_it_stands() {
    let sandbox = Sandbox::new();
    sandbox.write("pyproject.toml", "[tool.docgen.score]\nfail-under = 130\n");
    let answer = sandbox.docgen(&["check", "--all"]);
    assert_eq!(answer.code, Some(2));
    for part in ["130 is not from 0 to 100", "pyproject.toml:2:14"] {
        assert!(answer.err.contains(part), "{}", answer.err);
    }
}

#[test]
fn a_repositorys_file_names_no_endpoint() {
    let sandbox = Sandbox::new();
    sandbox.write("docgen.toml", "[ai]\nendpoint = \"https://example.org\"\n");
    let answer = sandbox.docgen(&["check", "--all"]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.err.contains("unknown setting `endpoint`"),
        "{}",
        answer.err
    );
}

#[test]
fn style_preset_and_least_score_reach_the_rules() {
    let sandbox = Sandbox::new();
    let text = "\"\"\"Shapes.\"\"\"\n\n\ndef area(width, height):\n    \"\"\"Return it.\n\n    Args:\n        width: W.\n    \"\"\"\n    return width * height\n\n\ndef size(shape):\n    \"\"\"Measure it.\"\"\"\n\n\ndef _hidden(shape):\n    \"\"\"Hide it.\"\"\"\n";
    sandbox.write("shapes.py", text);
    let found = |settings: &str| {
        sandbox.write("docgen.toml", settings);
        let answer = sandbox.docgen(&["check", "--all", "--output-format", "github", "shapes.py"]);
        let lines = answer.out.lines().map(|line| {
            let word = line.split(' ').next().unwrap().trim_start_matches(':');
            let place = line.split_once("line=").unwrap().1;
            let place = place.split(',').next().unwrap();
            let code = line.split_once("DG").unwrap().1;
            format!("{place} DG{} {word}", &code[..3])
        });
        lines.collect::<Vec<_>>()
    };
    assert_eq!(found(""), ["4 DG201 error", "13 DG201 error"]);
    assert_eq!(
        found("style = \"numpy\"\n"),
        ["4 DG201 error", "7 DG706 warning", "13 DG201 error"]
    );
    assert_eq!(found("style = \"google\"\n"), found(""));
    assert_eq!(found("preset = \"lenient\"\n"), ["4 DG201 error"]);
    assert_eq!(
        found("preset = \"strict\"\n"),
        ["4 DG201 error", "13 DG201 error", "17 DG201 error"]
    );
    assert_eq!(found("preset = \"strict\"\nprivate = false\n"), found(""));
    assert_eq!(
        found("[score]\nmin-symbol = 70\n"),
        ["4 DG201 warning", "13 DG201 error"]
    );
}

/// What a check of nothing says, with this file of settings and these arguments.
fn refused(settings: &str, args: &[&str], variables: &[(&str, &str)]) -> String {
    let sandbox = Sandbox::new();
    sandbox.write("pyproject.toml", settings);
    let answer = sandbox.docgen_in(".", &[&["check", "--all"], args].concat(), variables);
    assert_eq!(answer.code, Some(2), "{}{}", answer.out, answer.err);
    answer.err
}

fn assert_tells(told: &str, parts: &[&str]) {
    for part in parts {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn an_unknown_rule_is_told_where_it_stands() {
    let told = refused(
        "[tool.docgen]\nselect = [\n  \"DG2\",\n  \"missing-params\",\n]\n",
        &[],
        &[],
    );
    let parts = [
        "unknown rule `missing-params`",
        "pyproject.toml:4:3",
        "did you mean `missing-param`?",
    ];
    assert_tells(&told, &parts);
    let told = refused(
        "[tool.docgen.per-file-ignores]\n\"a/*\" = [\"DG9999\"]\n",
        &[],
        &[],
    );
    assert_tells(&told, &["unknown rule `DG9999`", "pyproject.toml:2:10"]);
    let told = refused("", &["--ignore", "banana"], &[]);
    assert_tells(&told, &["`--ignore`: unknown rule `banana`"]);
    let told = refused("", &[], &[("DOCGEN_SELECT", "DG1,banana")]);
    assert_tells(&told, &["`DOCGEN_SELECT`: unknown rule `banana`"]);
}

#[test]
fn a_wrong_pattern_is_told_where_it_stands() {
    let told = refused("[tool.docgen]\nexclude = [\"a\", \"b[\"]\n", &[], &[]);
    assert_tells(&told, &["`exclude`", "pyproject.toml:2:17"]);
    let told = refused(
        "[tool.docgen.per-file-ignores]\n\"b[\" = [\"DG1\"]\n",
        &[],
        &[],
    );
    assert_tells(&told, &["`per-file-ignores`", "pyproject.toml:2:1"]);
}

#[test]
fn what_is_selected_and_ignored_in_one_place_is_refused() {
    let both = "[tool.docgen]\nextend-select = [\"DG806\"]\nignore = [\"DG107\", \"DG806\"]\n";
    let told = refused(both, &[], &[]);
    let parts = [
        "`DG806` is in `extend-select` and in `ignore`",
        "pyproject.toml:3:20",
    ];
    assert_tells(&told, &parts);
    let told = refused("", &["--select", "DG201", "--ignore", "DG201"], &[]);
    assert_tells(
        &told,
        &["`--ignore`: `DG201` is in `select` and in `ignore`"],
    );
    // A source above takes back what one below says, and a precise word what a broad one does.
    let sandbox = Sandbox::new();
    sandbox.write(
        "pyproject.toml",
        "[tool.docgen]\nselect = [\"DG2\"]\nignore = [\"DG206\"]\n",
    );
    let answer = sandbox.docgen(&["check", "--all", "--ignore", "DG2"]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
}

#[test]
fn wrong_types_and_values_are_told_where_they_stand() {
    for (settings, parts) in [
        (
            "[tool.docgen]\nprivate = \"yes\"\n",
            ["pyproject.toml:2:11", "expected a boolean"],
        ),
        (
            "[tool.docgen]\nselect = \"DG2\"\n",
            ["pyproject.toml:2:10", "expected a sequence"],
        ),
        (
            "[tool.docgen]\ngate = \"whol\"\n",
            ["pyproject.toml:2:8", "did you mean `whole`?"],
        ),
        (
            "[tool.docgen.score]\nfail-undr = 3\n",
            ["pyproject.toml:2:1", "did you mean `fail-under`?"],
        ),
        (
            "[tool.docgen]\nscore = 3\n",
            ["pyproject.toml:2:9", "expected struct ScoreOptions"],
        ),
        ("[tool.docgen\n", ["pyproject.toml:1:13", "wrong setting"]),
    ] {
        assert_tells(&refused(settings, &[], &[]), &parts);
    }
}

#[test]
fn noqa_of_other_tools_is_left_alone_where_the_settings_say_so() {
    let sandbox = Sandbox::new();
    let text = "\"\"\"Shapes.\"\"\"\n\n\ndef area(width):  # noqa: D417\n    \"\"\"Measure it.\"\"\"\n    print(width)\n";
    sandbox.write("shapes.py", text);
    assert_eq!(sandbox.docgen(&["check", "--all"]).code, Some(0));
    sandbox.write("docgen.toml", "noqa-aliases = false\n");
    assert_eq!(sandbox.docgen(&["check", "--all"]).code, Some(1));
}
