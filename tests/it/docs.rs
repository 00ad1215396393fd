//! `docgen docs`: pages on disk, what is stale, what cannot be read or written.

use std::fs;

use crate::sandbox::Sandbox;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(
        "pkg/__init__.py",
        "\"\"\"All of it.\"\"\"\nfrom . import a\n",
    );
    sandbox.write(
        "pkg/a.py",
        "\"\"\"One.\"\"\"\n\n\ndef f(x):\n    \"\"\"Do.\"\"\"\n",
    );
    sandbox
}

fn files(sandbox: &Sandbox) -> Vec<String> {
    let found = fs::read_dir(sandbox.root().join("api/modules")).unwrap();
    let mut names: Vec<_> = found
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn pages_are_written_once_and_stale_ones_are_told() {
    let sandbox = sandbox();
    let check = |code, told: &str| {
        let answer = sandbox.docgen(&["docs", "pkg", "-o", "api", "--check"]);
        assert_eq!(answer.code, Some(code), "{}", answer.err);
        assert!(answer.err.contains(told), "{}", answer.err);
        assert!(answer.out.is_empty());
    };
    let write = |told: &str| {
        let answer = sandbox.docgen(&["docs", "pkg", "-o", "api"]);
        assert_eq!(
            (answer.code, answer.out.as_str()),
            (Some(0), ""),
            "{}",
            answer.err
        );
        assert!(answer.err.contains(told), "{}", answer.err);
    };
    check(
        1,
        "api/index.md\napi/modules/pkg.a.md\napi/modules/pkg.md\n3 pages stale",
    );
    assert!(!sandbox.root().join("api").exists());
    write("3 written, 0 as before");
    assert_eq!(files(&sandbox), ["pkg.a.md", "pkg.md"]);
    check(0, "3 pages below api are as they should be");
    write("0 written, 3 as before");

    sandbox.write("pkg/a.py", "\"\"\"Another.\"\"\"\n");
    check(1, "api/index.md\napi/modules/pkg.a.md\n2 pages stale");
    write("2 written, 1 as before");

    fs::rename(
        sandbox.root().join("pkg/a.py"),
        sandbox.root().join("pkg/b.py"),
    )
    .unwrap();
    sandbox.write("api/modules/mine.md", "# By hand\n");
    check(1, "api/modules/pkg.a.md");
    write("written");
    assert_eq!(files(&sandbox), ["mine.md", "pkg.b.md", "pkg.md"]);
    check(0, "as they should be");
}

#[test]
fn what_cannot_be_read_has_a_page_that_says_so() {
    let sandbox = sandbox();
    sandbox.write("pkg/odd.py", b"\"\"\"\xff\"\"\"\n");
    sandbox.write(
        "pkg/half.py",
        "def f(:\n    pass\n\ndef g():\n    \"\"\"Whole.\"\"\"\n",
    );
    let answer = sandbox.docgen(&["docs", "pkg", "-o", "api"]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    let page =
        |name: &str| fs::read_to_string(sandbox.root().join("api/modules").join(name)).unwrap();
    assert!(
        page("pkg.odd.md").contains("cannot be read: byte 0xff"),
        "{}",
        page("pkg.odd.md")
    );
    let half = page("pkg.half.md");
    assert!(
        half.contains("**Not all of it could be read:**") && half.contains("Whole."),
        "{half}"
    );
}

#[test]
fn a_folder_that_cannot_be_written_is_two() {
    let sandbox = sandbox();
    sandbox.write("api", "a file\n");
    let answer = sandbox.docgen(&["docs", "pkg", "-o", "api"]);
    assert_eq!(answer.code, Some(2));
    assert!(answer.err.contains("cannot write below"), "{}", answer.err);
    assert_eq!(
        fs::read_to_string(sandbox.root().join("api")).unwrap(),
        "a file\n"
    );
    let answer = sandbox.docgen(&["docs", "gone", "-o", "other"]);
    assert_eq!(answer.code, Some(2), "{}", answer.err);
}
