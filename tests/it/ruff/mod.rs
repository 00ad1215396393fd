//! The outline against `ruff_python_parser`, which knows syntax that the tests' Python does not.
//!
//! `JUDGED=FOLDER cargo test --test it ruff:: -- --nocapture` judges every Python file below a folder.

mod expected;

use std::fs;
use std::path::Path;

use docgen::python::{Module, Symbol, SymbolKind, decode, identifier, outline};
use docgen::text::Span;
use expected::{Expected, ExpectedParam};

/// Syntax newer than Python 3.11, and what is old and odd.
const NEWER: &str = include_str!("newer.py");
const OLDER: &str = include_str!("../../../src/python/sample.py");

/// What was compared, and the first differences.
#[derive(Default)]
struct Verdict {
    symbols: usize,
    fields: usize,
    differences: Vec<String>,
}

#[test]
fn newer_syntax_is_read_as_ruff_reads_it() {
    let mut verdict = Verdict::default();
    assert!(verdict.judge("newer.py", NEWER), "ruff refuses newer.py");
    assert!(verdict.symbols > 45 && verdict.fields > 450);
    assert!(verdict.judge("sample.py", OLDER), "ruff refuses sample.py");
    assert_eq!(verdict.differences, [""; 0]);
}

/// A judge that sees nothing would agree with everything.
#[test]
fn a_difference_is_seen() {
    let parsed = Expected::of("def f(a, *, b: int = 1): yield\n").unwrap();
    for other in [
        "def f(a, *, b: int = 10): yield\n",
        "def f(a, *, b: (str) = 1): yield\n",
        "def f(a, *, c: int = 1): yield\n",
        "def f(a, *b: int): yield\n",
        "def f(a, *, b: int = 1): return\n",
        "def f(a, *, b: int = 1) -> x: yield\n",
        "def g(a, *, b: int = 1): yield\n",
        "def f(a, *, b: int = 1):\n  'Doc.'\n  yield\n",
    ] {
        let mut verdict = Verdict::default();
        verdict.compare("", &outline(other, SymbolKind::Module), &parsed);
        assert_ne!(verdict.differences, [""; 0], "{other}");
    }
}

#[expect(clippy::print_stderr, reason = "a judge's result is what it prints")]
#[test]
fn files_below_the_folder_that_is_named() {
    let Some(folder) = std::env::var_os("JUDGED") else {
        return;
    };
    let mut verdict = Verdict::default();
    let (mut files, mut refused) = (0, 0);
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(Path::new(&folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path.into_os_string());
            } else if path.extension().is_some_and(|it| it == "py" || it == "pyi") {
                let bytes = fs::read(&path).unwrap();
                let Ok(text) = decode(&bytes) else { continue };
                files += 1;
                refused += usize::from(!verdict.judge(&path.to_string_lossy(), &text));
            }
        }
    }
    let Verdict {
        symbols,
        fields,
        differences,
    } = verdict;
    let count = differences.len();
    eprintln!(
        "{files} files, {refused} refused by ruff, {symbols} symbols, {fields} fields, {count} differ"
    );
    assert_eq!(&differences[..count.min(20)], [""; 0]);
    assert!(symbols > 0);
}

impl Verdict {
    /// Compare one file; false where ruff refuses it, which outlines it all the same.
    fn judge(&mut self, path: &str, text: &str) -> bool {
        let module = outline(text, SymbolKind::Module);
        let Some(expected) = Expected::of(text) else {
            return false;
        };
        self.hold(
            path,
            "errors",
            &"",
            &format!("{:?}", module.errors).trim_matches(['[', ']']),
        );
        self.compare(path, &module, &expected);
        true
    }

    fn compare(&mut self, path: &str, module: &Module<'_>, expected: &[Expected]) {
        let names = |it: &Expected| (it.qualname.clone(), it.name.start);
        let wanted: Vec<_> = expected.iter().map(names).collect();
        let symbols = &module.symbols[1..];
        let found = symbols
            .iter()
            .map(|it| (it.qualname.clone(), it.name_span.start));
        self.hold(path, "symbols", &wanted, &found.collect());
        for (symbol, expected) in symbols.iter().zip(expected) {
            self.symbol(path, module.text, symbol, expected);
        }
    }

    fn symbol(&mut self, path: &str, text: &str, symbol: &Symbol<'_>, expected: &Expected) {
        self.symbols += 1;
        let at = format!("{path}: {} at {}", expected.qualname, expected.whole.start);
        let mut hold = |field, want: &dyn std::fmt::Debug, got: &dyn std::fmt::Debug| {
            self.hold(&at, field, &format!("{want:?}"), &format!("{got:?}"));
        };
        hold("name", &expected.name, &symbol.name_span);
        hold("start", &expected.whole.start, &symbol.header.start);
        hold("end", &expected.whole.end, &symbol.span.end);
        let docstring = symbol
            .docstring
            .as_ref()
            .map(|it| it.value(text).text.into_owned());
        // ruff keeps the line endings that Python makes `\\n`.
        let unix = |it: &String| it.replace("\r\n", "\n").replace('\r', "\n");
        let (wanted, docstring) = (expected.docstring.as_ref(), docstring.as_ref());
        hold("docstring", &wanted.map(unix), &docstring.map(unix));
        let decorators = spans(text, &symbol.decorators, &expected.decorators);
        hold("decorators", &expected.decorators, &decorators);
        hold(
            "bases",
            &expected.bases,
            &spans(text, &symbol.bases, &expected.bases),
        );
        hold(
            "is_generator",
            &expected.is_generator,
            &symbol.facts.yields.is_some(),
        );
        let returns_value = symbol.facts.returns_value.is_some();
        hold("returns_value", &expected.returns_value, &returns_value);
        let Some(signature) = &symbol.signature else {
            return hold("is class", &true, &expected.params.is_empty());
        };
        hold("is_async", &expected.is_async, &signature.is_async);
        let returns = signature.returns.map(|it| bare(text, it, expected.returns));
        hold("returns", &expected.returns, &returns);
        let wanted = expected
            .params
            .iter()
            .map(Some)
            .chain(std::iter::repeat(None));
        let params = signature
            .params
            .iter()
            .zip(wanted)
            .map(|(param, wanted)| ExpectedParam {
                name: identifier(param.name).into_owned(),
                kind: param.kind,
                annotation: param
                    .annotation
                    .map(|it| bare(text, it, wanted.and_then(|it| it.annotation))),
                default: param
                    .default
                    .map(|it| bare(text, it, wanted.and_then(|it| it.default))),
            });
        hold("params", &expected.params, &params.collect::<Vec<_>>());
    }

    fn hold<T: PartialEq + std::fmt::Debug + ?Sized>(
        &mut self,
        at: &str,
        field: &str,
        want: &T,
        got: &T,
    ) {
        self.fields += 1;
        if want != got {
            self.differences
                .push(format!("{at}: {field}: ruff {want:?}, outline {got:?}"));
        }
    }
}

fn spans(text: &str, spans: &[Span], wanted: &[Span]) -> Vec<Span> {
    let wanted = wanted
        .iter()
        .copied()
        .map(Some)
        .chain(std::iter::repeat(None));
    spans
        .iter()
        .zip(wanted)
        .map(|(&span, wanted)| bare(text, span, wanted))
        .collect()
}

/// `wanted` where `span` is it with nothing but parentheses, blanks and comments around it.
fn bare(text: &str, span: Span, wanted: Option<Span>) -> Span {
    let Some(wanted) = wanted.filter(|&wanted| span.cover(wanted) == span) else {
        return span;
    };
    let around = |start, end| {
        let lines = Span::new(start, end).of(text).lines();
        lines
            .map(|line| line.split('#').next().unwrap_or_default())
            .collect::<String>()
    };
    let (before, after) = (
        around(span.start, wanted.start),
        around(wanted.end, span.end),
    );
    let is_nothing = |text: &str, bracket| {
        text.chars()
            .all(|c| c == bracket || c == '\\' || c.is_whitespace())
    };
    if is_nothing(&before, '(') && is_nothing(&after, ')') {
        wanted
    } else {
        span
    }
}
