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
        "api/.toctree.md\napi/index.md\napi/modules/pkg.a.md\napi/modules/pkg.md\n4 pages stale",
    );
    assert!(!sandbox.root().join("api").exists());
    write("4 written, 0 as before");
    assert_eq!(files(&sandbox), ["pkg.a.md", "pkg.md"]);
    check(0, "4 pages below api are as they should be");
    write("0 written, 4 as before");

    sandbox.write("pkg/a.py", "\"\"\"Another.\"\"\"\n");
    check(1, "api/index.md\napi/modules/pkg.a.md\n2 pages stale");
    write("2 written, 2 as before");

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
    assert!(answer.err.contains("cannot write"), "{}", answer.err);
    assert_eq!(
        fs::read_to_string(sandbox.root().join("api")).unwrap(),
        "a file\n"
    );
    let answer = sandbox.docgen(&["docs", "gone", "-o", "other"]);
    assert_eq!(answer.code, Some(2), "{}", answer.err);
}

#[test]
fn what_docgen_did_not_write_stays() {
    let sandbox = sandbox();
    sandbox.write("api/index.md", "# By hand\n");
    sandbox.write("api/modules/old.md", "# By hand\n");
    let answer = sandbox.docgen(&["docs", "pkg", "-o", "api"]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer
            .err
            .contains("api/index.md is not a page of docgen's"),
        "{}",
        answer.err
    );
    let read = |path: &str| fs::read_to_string(sandbox.root().join(path)).unwrap();
    assert_eq!(read("api/index.md"), "# By hand\n");
    // Nothing else was written, and nothing waits.
    assert_eq!(files(&sandbox), ["old.md"]);
    assert_eq!(fs::read_dir(sandbox.root().join("api")).unwrap().count(), 2);
}

#[test]
fn a_page_that_cannot_be_written_leaves_all_as_they_were() {
    let sandbox = sandbox();
    assert_eq!(sandbox.docgen(&["docs", "pkg", "-o", "api"]).code, Some(0));
    let before = fs::read(sandbox.root().join("api/modules/pkg.md")).unwrap();
    sandbox.write("pkg/__init__.py", "\"\"\"Other.\"\"\"\n");
    sandbox.write("pkg/b.py", "\"\"\"B.\"\"\"\n");
    fs::create_dir(sandbox.root().join("api/modules/pkg.b.md")).unwrap();
    let answer = sandbox.docgen(&["docs", "pkg", "-o", "api"]);
    assert_eq!(answer.code, Some(2), "{}", answer.err);
    assert!(answer.err.contains("no page was changed"), "{}", answer.err);
    assert_eq!(
        fs::read(sandbox.root().join("api/modules/pkg.md")).unwrap(),
        before
    );
    // A folder that was made for pages goes with them; one that a killed run left goes with the next.
    sandbox.write("file", "");
    let answer = sandbox.docgen(&["docs", "pkg", "-o", "file/a/b"]);
    assert_eq!(answer.code, Some(2));
    fs::remove_dir(sandbox.root().join("api/modules/pkg.b.md")).unwrap();
    sandbox.write("api/.docgen-x/0", "half");
    assert_eq!(sandbox.docgen(&["docs", "pkg", "-o", "api"]).code, Some(0));
    assert!(!sandbox.root().join("api/.docgen-x").exists());
}

#[test]
fn a_path_that_is_not_there_takes_no_page_away() {
    let sandbox = sandbox();
    assert_eq!(sandbox.docgen(&["docs", "pkg", "-o", "api"]).code, Some(0));
    let answer = sandbox.docgen(&["docs", "gone", "-o", "api"]);
    assert_eq!(answer.code, Some(2), "{}", answer.err);
    assert_eq!(files(&sandbox), ["pkg.a.md", "pkg.md"]);
}

#[test]
fn the_folder_is_the_flags_the_variables_or_the_usual_one() {
    let sandbox = sandbox();
    sandbox.write(".env", "OUTPUT_DIR=from-file\n");
    for (flags, variable, folder) in [
        (&["docs", "pkg", "-o", "a"][..], "b", "a"),
        (&["docs", "pkg"], "b", "b"),
        (&["docs", "pkg"], "", "docs/api"),
        (&["docs", "pkg", "--env-file", ".env"], "", "from-file"),
        (&["docs", "pkg", "--env-file", ".env"], "c", "c"),
    ] {
        let answer = sandbox.docgen_in(".", flags, &[("OUTPUT_DIR", variable)]);
        assert_eq!(answer.code, Some(0), "{}", answer.err);
        let index = sandbox.root().join(folder).join("index.md");
        assert!(index.is_file(), "{folder}: {}", answer.err);
        fs::remove_dir_all(sandbox.root().join(folder)).unwrap();
    }
}

#[test]
fn two_files_of_one_name_are_told() {
    let sandbox = sandbox();
    sandbox.write("src/pkg/a.py", "\"\"\"Another.\"\"\"\n");
    sandbox.write("pkg/a.pyi", "\n");
    let answer = sandbox.docgen(&["docs", "-o", "api"]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert!(
        answer
            .err
            .contains("src/pkg/a.py and pkg/a.py are both `pkg.a`"),
        "{}",
        answer.err
    );
    assert_eq!(answer.err.matches("warning").count(), 1);
}

#[test]
fn one_core_writes_what_many_do() {
    let sandbox = sandbox();
    for number in 0..40 {
        sandbox.write(
            &format!("pkg/m{number}.py"),
            format!("from . import m{}, a\n\ndef f(): pass\n", (number + 1) % 40),
        );
    }
    let written = |folder: &str, threads| {
        let answer = sandbox.docgen_in(
            ".",
            &["docs", "pkg", "-o", folder],
            &[("RAYON_NUM_THREADS", threads)],
        );
        assert_eq!(answer.code, Some(0), "{}", answer.err);
        let modules = sandbox.root().join(folder).join("modules");
        let mut all: Vec<_> = fs::read_dir(modules)
            .unwrap()
            .map(|it| it.unwrap().path())
            .collect();
        all.push(sandbox.root().join(folder).join("index.md"));
        all.sort();
        all.iter()
            .map(|it| fs::read(it).unwrap())
            .collect::<Vec<_>>()
    };
    assert!(written("one", "1") == written("many", "8"));
}
