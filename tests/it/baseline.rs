//! Baselines: silent about what was there, and about nothing else. Each fault that users of pydoclint's baseline met is a test.

use crate::sandbox::{Answer, Sandbox};

const SHAPES: &str = "\"\"\"Shapes.\"\"\"\n\n\ndef area(width, height):\n    \"\"\"Measure it.\"\"\"\n    total = width * height\n    return print(total, width, height)\n\n\ndef size(shape):\n    total = shape.width + shape.height\n    print(total, shape)\n";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("src/shapes.py", SHAPES);
    let answer = sandbox.docgen(&["baseline", "write", "known.json"]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert_eq!(answer.err, "wrote 4 findings to known.json\n");
    sandbox
}

fn read(sandbox: &Sandbox) -> String {
    std::fs::read_to_string(sandbox.root().join("known.json")).unwrap()
}

/// The findings that a check tells of, as `path:line: CODE`.
fn told(answer: &Answer) -> Vec<String> {
    let lines = answer.out.lines().filter(|it| it.contains(": DG"));
    let short = |line: &str| {
        let mut parts = line.split(':');
        let (path, number) = (parts.next().unwrap(), parts.next().unwrap());
        let code = line.split(": DG").nth(1).unwrap();
        format!("{path}:{number}: DG{}", &code[..3])
    };
    lines.map(short).collect()
}

fn check(sandbox: &Sandbox, args: &[&str]) -> Vec<String> {
    let fixed = [
        "check",
        "--all",
        "--output-format",
        "concise",
        "--baseline",
        "known.json",
    ];
    let answer = sandbox.docgen(&[&fixed, args].concat());
    let found = told(&answer);
    let expected = i32::from(!found.is_empty());
    assert_eq!(answer.code, Some(expected), "{}{}", answer.out, answer.err);
    found
}

const NOTHING: [&str; 0] = [];

#[test]
fn what_it_knows_is_told_no_more() {
    let sandbox = sandbox();
    assert_eq!(check(&sandbox, &[]), NOTHING);
    let answer = sandbox.docgen(&["check", "--all", "--baseline", "known.json"]);
    assert!(
        answer.err.contains("3 findings of known.json not shown"),
        "{}",
        answer.err
    );
    let moved = SHAPES.replace("\n\n\ndef area", "\n\nSIDES = 4\n\n\ndef area");
    sandbox.write("src/shapes.py", moved);
    assert_eq!(check(&sandbox, &[]), NOTHING, "lines moved");
}

#[test]
fn a_new_fault_is_told_beside_known_ones() {
    let sandbox = sandbox();
    let wider = SHAPES.replace(
        "def area(width, height):",
        "def area(width, height, depth):",
    );
    sandbox.write("src/shapes.py", wider);
    assert_eq!(check(&sandbox, &[]), ["src/shapes.py:4: DG201"]);
}

#[test]
fn a_second_function_of_the_same_name_with_the_same_fault_is_new() {
    let sandbox = sandbox();
    let again = "\n\ndef size(shape):\n    return [shape]\n";
    sandbox.write("src/shapes.py", format!("{SHAPES}{again}"));
    assert_eq!(check(&sandbox, &[]), ["src/shapes.py:15: DG103"]);
    sandbox.write(
        "src/shapes.py",
        SHAPES.replace("def size", &format!("{}\n\ndef size", again.trim_start())),
    );
    assert_eq!(
        check(&sandbox, &[]),
        ["src/shapes.py:10: DG103"],
        "whichever comes first"
    );
}

#[test]
fn a_copy_of_a_known_function_in_another_file_is_new() {
    let sandbox = sandbox();
    sandbox.write("src/copy.py", SHAPES);
    assert_eq!(
        check(&sandbox, &[]),
        [
            "src/copy.py:4: DG201",
            "src/copy.py:6: DG301",
            "src/copy.py:10: DG103"
        ]
        .map(|it| it.replace("6: DG301", "7: DG301"))
    );
    assert_eq!(check(&sandbox, &["src/copy.py"]).len(), 3, "by itself, too");
}

#[test]
fn a_renamed_file_brings_its_findings_along() {
    let sandbox = sandbox();
    let root = sandbox.root();
    std::fs::create_dir(root.join("lib")).unwrap();
    std::fs::rename(root.join("src/shapes.py"), root.join("lib/forms.py")).unwrap();
    assert_eq!(check(&sandbox, &[]), NOTHING);
    assert_eq!(
        check(&sandbox, &["lib/forms.py"]),
        NOTHING,
        "by itself, too"
    );
    sandbox.write(
        "lib/forms.py",
        SHAPES.replace("return print(total", "return print(1, total"),
    );
    assert_eq!(check(&sandbox, &[]), NOTHING, "with an edit");
    sandbox.write("lib/more.py", SHAPES);
    assert_eq!(check(&sandbox, &[]).len(), 3, "once");
}

#[test]
fn a_moved_or_renamed_function_brings_its_findings_along() {
    let sandbox = sandbox();
    let (area, size) = SHAPES.split_at(SHAPES.find("\n\ndef size").unwrap());
    sandbox.write("src/shapes.py", area);
    sandbox.write("src/sizes.py", format!("\"\"\"Sizes.\"\"\"\n{size}"));
    assert_eq!(check(&sandbox, &[]), NOTHING, "moved");
    sandbox.write(
        "src/sizes.py",
        format!(
            "\"\"\"Sizes.\"\"\"\n{}",
            size.replace("def size", "def extent")
        ),
    );
    assert_eq!(check(&sandbox, &[]), NOTHING, "renamed, too");
    sandbox.write("src/shapes.py", SHAPES.replace("def area", "def surface"));
    sandbox.write("src/sizes.py", "\"\"\"Sizes.\"\"\"\n");
    assert_eq!(check(&sandbox, &[]), NOTHING, "renamed in place");
}

#[test]
fn an_absolute_path_and_another_folder_are_the_same_place() {
    let sandbox = sandbox();
    let absolute = sandbox.root().join("src/shapes.py");
    assert_eq!(check(&sandbox, &[absolute.to_str().unwrap()]), NOTHING);
    assert_eq!(check(&sandbox, &["./src/../src/shapes.py"]), NOTHING);
    let args = [
        "check",
        "--all",
        "--baseline",
        "../known.json",
        "--output-format",
        "concise",
    ];
    let answer = sandbox.docgen_in("src", &args, &[]);
    assert_eq!(
        (told(&answer), answer.code),
        (vec![], Some(0)),
        "{}",
        answer.err
    );
    let before = read(&sandbox);
    let answer = sandbox.docgen_in("src", &["baseline", "write", "../known.json"], &[]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert_eq!(read(&sandbox), before);
}

#[test]
fn a_run_over_some_files_leaves_the_rest_of_it_alone() {
    let sandbox = sandbox();
    sandbox.write("src/more.py", "def more():\n    return 1\n");
    let all = sandbox.docgen(&["baseline", "write", "known.json"]);
    assert_eq!(all.err, "wrote 6 findings to known.json\n");
    let before = read(&sandbox);
    assert_eq!(check(&sandbox, &["src/more.py"]), NOTHING);
    assert_eq!(read(&sandbox), before, "a check writes nothing");
    for verb in ["write", "prune"] {
        let answer = sandbox.docgen(&["baseline", verb, "known.json", "src/more.py"]);
        assert_eq!(answer.code, Some(0), "{}", answer.err);
        assert_eq!(read(&sandbox), before, "{verb}");
    }
}

#[test]
fn prune_drops_what_was_mended_and_adds_nothing() {
    let sandbox = sandbox();
    let mended = SHAPES.replace(
        "def size(shape):\n",
        "def size(shape):\n    \"\"\"Size it.\n\n    Args:\n        shape: What.\n    \"\"\"\n",
    );
    sandbox.write(
        "src/shapes.py",
        format!("{mended}\n\ndef other():\n    return 1\n"),
    );
    let answer = sandbox.docgen(&["baseline", "prune", "known.json"]);
    assert_eq!(
        answer.err,
        "dropped 1 mended finding from known.json, 3 findings left\n"
    );
    assert!(!read(&sandbox).contains("size") && !read(&sandbox).contains("other"));
    assert_eq!(check(&sandbox, &[]), ["src/shapes.py:20: DG103"]);
    let before = read(&sandbox);
    let again = sandbox.docgen(&["baseline", "prune", "known.json"]);
    assert_eq!(
        again.err,
        "dropped 0 mended findings from known.json, 3 findings left\n"
    );
    assert_eq!(read(&sandbox), before);
}

#[test]
fn prune_knows_moved_files_by_their_new_names() {
    let sandbox = sandbox();
    let root = sandbox.root();
    std::fs::rename(root.join("src/shapes.py"), root.join("src/forms.py")).unwrap();
    let answer = sandbox.docgen(&["baseline", "prune", "known.json"]);
    assert!(answer.err.contains("4 findings left"), "{}", answer.err);
    assert!(read(&sandbox).contains("src/forms.py") && !read(&sandbox).contains("shapes"));
}

#[test]
fn it_holds_for_what_is_staged() {
    let sandbox = Sandbox::repository();
    sandbox.write("shapes.py", SHAPES);
    sandbox.commit("shapes");
    sandbox.docgen(&["baseline", "write", "known.json"]);
    let wider = SHAPES.replace("def size(shape):", "def size(shape, unit):");
    sandbox.write(
        "shapes.py",
        format!("{wider}\n\ndef other():\n    return 1\n"),
    );
    sandbox.git(&["add", "shapes.py"]);
    let args = [
        "check",
        "--staged",
        "--gate",
        "touched",
        "--output-format",
        "concise",
        "--baseline",
        "known.json",
    ];
    assert_eq!(told(&sandbox.docgen(&args)), ["shapes.py:15: DG103"]);
}

#[test]
fn a_file_that_is_no_python_is_told_whatever_it_says() {
    let sandbox = sandbox();
    sandbox.write("src/broken.py", "\"\"\"Broken.\"\"\"\ndef (:\n");
    sandbox.docgen(&["baseline", "write", "known.json"]);
    assert_eq!(check(&sandbox, &[]), ["src/broken.py:2: DG001"]);
}

#[test]
fn what_is_no_baseline_of_ours_is_refused_where_it_is_wrong() {
    let sandbox = Sandbox::new();
    sandbox.write("shapes.py", SHAPES);
    let refused = |text: &str, parts: &[&str]| {
        sandbox.write("known.json", text);
        let answer = sandbox.docgen(&["check", "--all", "--baseline", "known.json"]);
        assert_eq!(answer.code, Some(2), "{}", answer.err);
        for part in parts {
            assert!(answer.err.contains(part), "{part}: {}", answer.err);
        }
    };
    refused(
        "src/shapes.py\n    DOC101: Function `area`\n--------------------\n",
        &[
            "wrong setting",
            "not a baseline of docgen",
            "known.json:1:1",
            "docgen baseline write",
        ],
    );
    refused(
        "{\"results\": {}}\n",
        &["it has no `docgen-baseline`", "known.json:1:1"],
    );
    refused(
        "{\n  \"docgen-baseline\": 2, \"findings\": []}\n",
        &["version 1, not 2", "known.json:2:22"],
    );
    refused(
        "{\n<<<<<<< ours\n",
        &["the baseline is no JSON", "known.json:2:1", "merge"],
    );
    refused(
        "{\"docgen-baseline\": 1, \"findings\": [\n{\"path\": \"a\", \"symbol\": 3}]}\n",
        &["a wrong baseline: invalid type", "known.json:2:"],
    );
    let answer = sandbox.docgen(&["check", "--all", "--baseline", "none.json"]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.err.contains("docgen baseline write none.json"),
        "{}",
        answer.err
    );
}
