//! What can be read in one go: sizes of files and functions, opening sentences, names that say something.

use std::path::Path;

use super::rust_files::{File, breaks, files_below, hold};
use super::rust_tokens::{Token, tokens};

/// Names that say nothing of what is inside.
const EMPTY_NAMES: &[&str] = &[
    "util", "utils", "common", "helper", "helpers", "misc", "manager", "handler", "info", "data",
];
/// The same as endings of types.
const EMPTY_ENDINGS: &[&str] = &["Manager", "Handler", "Info", "Data", "Helper", "Utils"];
const LONGEST_FILE: usize = 400;
const LONGEST_MEDIAN: usize = 150;
const LONGEST_FUNCTION: usize = 60;
const LONGEST_DOOR: usize = 15;

/// A file says first what it is for, and stops before it is too long to read; so does a function.
fn sizes(file: &File) -> Vec<String> {
    let mut complaints = header(file);
    let lines = file.text.lines().count();
    if lines > LONGEST_FILE {
        complaints.push(file.complaint(lines, &format!("longer than {LONGEST_FILE} lines")));
    }
    if file.path == "src/main.rs" && lines >= LONGEST_DOOR {
        complaints
            .push(file.complaint(lines, &format!("the door has {LONGEST_DOOR} lines or more")));
    }
    for (name, length) in functions(&tokens(&file.text)) {
        if length > LONGEST_FUNCTION {
            complaints
                .push(file.complaint(name.line, &format!("`{}` has {length} lines", name.word)));
        }
    }
    complaints
}

fn header(file: &File) -> Vec<String> {
    let first = file.text.split("\n\n").next().unwrap_or_default();
    let said: String = first
        .lines()
        .map_while(|it| it.strip_prefix("//!"))
        .collect();
    let is_sentence = said.starts_with(' ') && said.contains(['.', ':', '?']);
    if is_sentence {
        Vec::new()
    } else {
        vec![file.complaint(1, "opens with no `//!` sentence")]
    }
}

/// The name of each function and its lines from `fn` to its last brace.
fn functions<'t>(tokens: &[Token<'t>]) -> Vec<(Token<'t>, usize)> {
    let mut found = Vec::new();
    for (at, pair) in tokens.windows(2).enumerate() {
        if pair[0].word != "fn"
            || !pair[1]
                .word
                .starts_with(|it: char| it.is_alphabetic() || it == '_')
        {
            continue;
        }
        let (mut depth, mut has_body) = (0, false);
        for token in &tokens[at..] {
            has_body |= depth == 0 && token.word == "{";
            match token.word {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth -= 1,
                _ => (),
            }
            let is_declaration = depth == 0 && token.word == ";";
            if is_declaration || (has_body && depth == 0) {
                found.push((pair[1], token.line - pair[0].line + 1));
                break;
            }
        }
    }
    found
}

fn median(mut lengths: Vec<usize>) -> usize {
    lengths.sort_unstable();
    lengths[lengths.len() / 2]
}

#[test]
fn files_and_functions_can_be_read_in_one_go() {
    hold(sizes);
    let lengths = files_below("src")
        .iter()
        .map(|it| it.text.lines().count())
        .collect();
    let middle = median(lengths);
    assert!(
        middle <= LONGEST_MEDIAN,
        "the median file has {middle} lines"
    );
}

#[test]
fn every_test_file_says_what_it_holds() {
    let complaints: Vec<_> = files_below("tests").iter().flat_map(header).collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn what_is_too_long_or_says_nothing_is_seen() {
    let file = |lines: usize| format!("//! A sentence.\n{}", "//\n".repeat(lines - 1));
    assert!(breaks(sizes, "src/git/a.rs", &file(401)));
    assert!(!breaks(sizes, "src/git/a.rs", &file(400)));
    assert!(breaks(sizes, "src/main.rs", &file(15)));
    let function = |lines: usize| {
        let body = "    let brace = '{'; // }\n".repeat(lines - 2);
        format!(
            "//! A sentence.\nfn f(x: [u8; 3]) -> String\n{{\n{}}}\nfn g();\n",
            &body[26..]
        )
    };
    assert!(breaks(sizes, "src/git/a.rs", &function(61)));
    assert!(!breaks(sizes, "src/git/a.rs", &function(60)));
    for text in [
        "use std::fs;\n",
        "//! x\n",
        "//!\n//!\n",
        "// A comment.\n",
        "",
    ] {
        assert!(breaks(sizes, "src/git/a.rs", text), "{text}");
    }
    assert_eq!(median(vec![900, 1, 2]), 2);
}

/// Names say what is inside, folders carry a `mod.rs`.
fn names(file: &File) -> Vec<String> {
    let mut complaints = Vec::new();
    for name in file.module().iter().filter(|it| EMPTY_NAMES.contains(it)) {
        complaints.push(file.complaint(1, &format!("`{name}` says nothing of what is inside")));
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(file.path.trim_end_matches(".rs"));
    if folder.is_dir() {
        complaints.push(file.complaint(
            1,
            "stands beside a folder of its name: `mod.rs` goes inside",
        ));
    }
    let tokens = tokens(&file.text);
    for pair in tokens
        .windows(2)
        .filter(|it| ["struct", "enum", "trait", "type"].contains(&it[0].word))
    {
        // `http_body::Body` calls the pieces of a body so.
        let is_foreign = pair[0].word == "type" && pair[1].word == "Data";
        if !is_foreign && EMPTY_ENDINGS.iter().any(|it| pair[1].word.ends_with(it)) {
            complaints
                .push(file.complaint(pair[1].line, &format!("`{}` says nothing", pair[1].word)));
        }
    }
    complaints
}

#[test]
fn names_say_what_is_inside() {
    hold(names);
}

#[test]
fn names_that_say_nothing_are_seen() {
    assert!(breaks(names, "src/git/utils.rs", ""));
    assert!(breaks(names, "src/common/mod.rs", ""));
    assert!(breaks(names, "src/git.rs", ""));
    assert!(breaks(
        names,
        "src/git/open.rs",
        "pub(crate) struct IndexManager;"
    ));
    assert!(!breaks(
        names,
        "src/git/open.rs",
        "pub(crate) struct Index; // Data\nlet info = 1;"
    ));
}

/// The name that a file is declared by, and the files of which one must declare it; none for the roots.
fn declaration(path: &str) -> Option<(&str, Vec<String>)> {
    let module = path.trim_end_matches(".rs").trim_end_matches("/mod");
    let (folder, name) = module.rsplit_once('/')?;
    let parents = ["mod.rs", "lib.rs", "main.rs"].map(|it| format!("{folder}/{it}"));
    (!parents.contains(&path.to_owned())).then(|| (name, parents.into()))
}

fn orphans(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files {
        let Some((name, parents)) = declaration(&file.path) else {
            continue;
        };
        let is_declared = files
            .iter()
            .filter(|it| parents.contains(&it.path))
            .any(|it| {
                let tokens = tokens(&it.text);
                tokens
                    .windows(2)
                    .any(|pair| pair[0].word == "mod" && pair[1].word == name)
            });
        if !is_declared {
            complaints.push(file.complaint(1, "no `mod` declares it, so it never runs"));
        }
    }
    complaints
}

#[test]
fn every_file_is_compiled() {
    assert_eq!(orphans(&files_below("src")), [""; 0]);
    assert_eq!(orphans(&files_below("tests")), [""; 0]);
}

#[test]
fn a_file_that_never_runs_is_seen() {
    let main = File::new("tests/it/main.rs", "mod floors; // mod walls;\nmod git;");
    let files = [
        "tests/it/floors.rs",
        "tests/it/walls.rs",
        "tests/it/git/mod.rs",
        "tests/it/git/index.rs",
    ];
    let mut files: Vec<_> = files.iter().map(|it| File::new(it, "")).collect();
    files.push(main);
    let complaints = orphans(&files);
    assert_eq!(complaints.len(), 2, "{complaints:?}");
    assert!(complaints[0].starts_with("tests/it/walls.rs"));
    assert!(complaints[1].starts_with("tests/it/git/index.rs"));
}
