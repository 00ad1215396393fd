//! Code hosts show a finding only where its line is in the diff: SARIF and GitHub's commands point at the line that made it.

use serde_json::Value;

use crate::sandbox::Sandbox;

const SHAPES: &str = "\"\"\"Shapes.\"\"\"\n\n\ndef area(\n    width,\n    height,\n):\n    \"\"\"Measure it.\n\n    Args:\n        width: From side to side.\n        height: From bottom to top.\n\n    Returns:\n        Square metres.\n    \"\"\"\n    total = width\n    total *= height\n    return total\n";

/// The first location of each result, with the lines that it is related to: `DG202 5 (4 11)`.
fn results(sandbox: &Sandbox) -> Vec<String> {
    let args = ["check", "--staged", "--output-format", "sarif"];
    let answer = sandbox.docgen(&args);
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    let line = |it: &Value| it["physicalLocation"]["region"]["startLine"].to_string();
    let results = report["runs"][0]["results"].as_array().unwrap().iter();
    let told = results.map(|it| {
        let related = it["relatedLocations"].as_array().into_iter().flatten();
        let related: Vec<String> = related.map(line).collect();
        let code = it["ruleId"].as_str().unwrap();
        format!(
            "{code} {} ({})",
            line(&it["locations"][0]),
            related.join(" ")
        )
    });
    told.collect()
}

fn after(change: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let sandbox = Sandbox::repository();
    sandbox.write("shapes.py", SHAPES);
    sandbox.commit("shapes");
    let mut text = SHAPES.to_owned();
    for (old, new) in change {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    sandbox.write("shapes.py", text);
    sandbox.git(&["add", "--all"]);
    let answer = sandbox.docgen(&["check", "--staged", "--output-format", "github"]);
    let commands = answer.out.lines().map(|it| {
        let place = it.split_once("line=").unwrap().1.split(',').next().unwrap();
        let code = it
            .split_once("title=")
            .unwrap()
            .1
            .split(' ')
            .next()
            .unwrap();
        format!("{code} {place}")
    });
    (results(&sandbox), commands.collect())
}

#[test]
fn what_is_told_of_the_docstring_stands_at_the_changed_line_of_the_code() {
    let (sarif, github) = after(&[("    height,\n", "    depth,\n"), ("*= height", "*= depth")]);
    assert_eq!(
        sarif,
        ["DG202 6 (4 12)"],
        "the parameter, and then its old entry"
    );
    assert_eq!(github, ["DG202 6"]);
    let (sarif, github) = after(&[("    height,\n", ""), ("    total *= height\n", "")]);
    // No line of the header is new: the entry is all there is to point at.
    assert_eq!(sarif, ["DG202 11 (4)"]);
    assert_eq!(github, ["DG202 11"]);
}

#[test]
fn what_is_told_of_the_code_stands_at_the_changed_line_itself() {
    let raised = "    if not total:\n        raise ValueError(total)\n    return total\n";
    let (sarif, github) = after(&[("    return total\n", raised)]);
    assert_eq!(sarif, ["DG501 20 (4)"]);
    assert_eq!(github, ["DG501 20"]);
    let (sarif, _) = after(&[("    height,\n", "    height,\n    depth,\n")]);
    assert_eq!(sarif, ["DG201 7 (4)"]);
}

#[test]
fn lines_that_only_moved_make_no_finding_point_elsewhere() {
    let (sarif, _) = after(&[
        (
            "\"\"\"Shapes.\"\"\"\n",
            "\"\"\"Shapes.\"\"\"\n\nSIDES = 4\n",
        ),
        ("        height: From bottom to top.\n", ""),
    ]);
    // The docstring lost a line: what lacks is a parameter, and none of its lines is new.
    assert_eq!(sarif, ["DG201 8 (6)"]);
}
