//! The one report that every format is shown with: what is common, and what is awkward.

use super::{Format, Run, Stream};
use crate::check::{FileReport, Summary, SymbolReport};
use crate::contract::Score;
use crate::git::Comparison;
use crate::python::SymbolKind;
use crate::rules::{Facet, Facets, Finding, Label, Rule, Severity};
use crate::text::{SourceFile, Span};

const fn rule(code: &'static str, name: &'static str) -> Rule {
    Rule {
        code,
        name,
        severity: Severity::Error,
        default: true,
        facets: Facets::ALL,
        aliases: &[],
        page: "",
        check: |_, _| {},
    }
}

static MISSING_MODULE: Rule = rule("DG100", "missing-module-docstring");
static MISSING_METHOD: Rule = rule("DG102", "missing-method-docstring");
static MISSING_PARAM: Rule = rule("DG201", "missing-param");
static UNKNOWN_PARAM: Rule = rule("DG202", "unknown-param");
static MISSING_RAISES: Rule = rule("DG501", "missing-raises");

const CLIENT: &str = "\"\"\"A client.\"\"\"

import time


class Client:
    \"\"\"Talks to the server.\"\"\"

    def close(self): pass


def fetch(url, timeout, retries=3, *, verify=True):
    \"\"\"Fetch a page.

    Args:
        url: Where it is.
        retries: How often to try.

    Returns:
        The body.
    \"\"\"
    for _ in range(retries):
        time.sleep(1)
    if not verify:
        raise ValueError(url)
    return url
";

const SIGNATURES: &str = "class Settings:\r
\t\"\"\"設定 of the café.\r
\r
\tArgs:\r
\t\tпуть: Where they are.\r
\t\"\"\"\r
\r
\tdef load(self, 名前, cafe\u{301}, *, mode='\u{1b}[31m', 😀=None):\r
\t\t\"\"\"Load.\"\"\"\r
\r
\tdef save(\r
\t\tself,\r
\t\tpath,\r
\t\tencoding='utf-8',\r
\t\t*,\r
\t\tatomic=True,\r
\t):\r
\t\t\"\"\"Save.\"\"\"\r
\r
\tdef export(self, first_of_the_many_parameters: dict[str, list[tuple[int, str]]], second_of_the_many_parameters: Callable[[int, str], Awaitable[None]], third_of_the_many_parameters: str = 'a rather long default value', *, last_of_them: bool = False) -> None:\r
\t\t\"\"\"Export.\"\"\"\r
";

/// A finding under construction: its file's text, and itself.
struct Draft {
    text: &'static str,
    finding: Finding,
}

fn draft(text: &'static str, rule: &'static Rule, message: &str) -> Draft {
    Draft {
        text,
        finding: Finding {
            rule,
            severity: rule.severity,
            introduced: true,
            message: message.to_owned(),
            at: Span::empty(0),
            labels: Vec::new(),
            help: None,
            entries: Vec::new(),
        },
    }
}

impl Draft {
    fn label(mut self, needle: &str, label: &str) -> Self {
        let span = find(self.text, needle);
        if self.finding.labels.is_empty() {
            self.finding.at = span;
        }
        self.finding.entries.push(needle.to_owned());
        self.push(span, label, false)
    }

    fn context(self, needle: &str, label: &str) -> Self {
        let span = find(self.text, needle);
        self.push(span, label, true)
    }

    fn push(mut self, span: Span, label: &str, secondary: bool) -> Self {
        self.finding.labels.push(Label {
            span,
            text: label.to_owned(),
            secondary,
        });
        self.finding.labels.sort_by_key(|label| label.span);
        self
    }

    fn help(mut self, help: &str) -> Self {
        self.finding.help = Some(help.to_owned());
        self
    }

    fn old_warning(mut self) -> Self {
        self.finding.severity = Severity::Warning;
        self.finding.introduced = false;
        self
    }
}

/// A finding without labels at `at`.
pub(super) fn draft_at(at: Span) -> Finding {
    let draft = draft("", &MISSING_MODULE, "module `m` has no docstring");
    Finding {
        at,
        ..draft.finding
    }
}

fn find(text: &str, needle: &str) -> Span {
    let start = text.find(needle).expect("the sample holds the needle") as u32;
    Span::new(start, start + needle.len() as u32)
}

fn symbol(qualname: &str, kind: SymbolKind, lines: (u32, u32), score: (u32, u32)) -> SymbolReport {
    SymbolReport {
        qualname: qualname.to_owned(),
        kind,
        line: lines.0,
        end_line: lines.1,
        facets: Facets::of(&[Facet::Params, Facet::Signature, Facet::Raises]),
        score: Score {
            earned: score.0,
            possible: score.1,
        },
        findings: Vec::new(),
    }
}

fn client() -> FileReport {
    let close = SymbolReport {
        facets: Facets::of(&[Facet::Added]),
        findings: vec![
            draft(
                CLIENT,
                &MISSING_METHOD,
                "method `Client.close` has no docstring",
            )
            .label("close", "")
            .old_warning()
            .finding,
        ],
        ..symbol("Client.close", SymbolKind::Method, (9, 9), (0, 3))
    };
    let fetch = SymbolReport {
        findings: vec![
            draft(
                CLIENT,
                &MISSING_PARAM,
                "`fetch` documents 2 of its 4 parameters",
            )
            .label("timeout", "not in `Args`")
            .label("verify", "not in `Args`")
            .help("`docgen fix src/client.py` writes what is missing")
            .finding,
            draft(
                CLIENT,
                &MISSING_RAISES,
                "`fetch` does not document that it raises `ValueError`",
            )
            .label("raise ValueError(url)", "raised here")
            .context("\"\"\"Fetch a page.\n\n    Args:", "no `Raises` section")
            .help("`docgen fix src/client.py` writes what is missing")
            .finding,
        ],
        ..symbol("fetch", SymbolKind::Function, (12, 26), (5, 9))
    };
    FileReport {
        file: SourceFile::new("src/client.py", CLIENT),
        symbols: vec![
            symbol("Client", SymbolKind::Class, (6, 9), (3, 3)),
            close,
            fetch,
        ],
        failure: None,
    }
}

fn signatures() -> FileReport {
    let path = "src/a b/signatures.py";
    let class = SymbolReport {
        findings: vec![
            draft(
                SIGNATURES,
                &UNKNOWN_PARAM,
                "`Settings` documents `путь`, which it does not have",
            )
            .label("путь", "no such parameter")
            .context("class Settings", "")
            .finding,
        ],
        ..symbol("Settings", SymbolKind::Class, (1, 21), (3, 4))
    };
    let load = SymbolReport {
        findings: vec![
            draft(
                SIGNATURES,
                &MISSING_PARAM,
                "`load` = 100%:\u{1b}[31m ##[error]\r\n::stop, <&>",
            )
            .label("名前", "not in `Args`")
            .label("cafe\u{301}", "not in `Args`")
            .label("mode", "not in `Args`")
            .label("😀", "not in `Args`")
            .finding,
        ],
        ..symbol("Settings.load", SymbolKind::Method, (8, 9), (3, 7))
    };
    let export = SymbolReport {
        findings: vec![
            draft(
                SIGNATURES,
                &MISSING_PARAM,
                "`export` documents 1 of its 4 parameters",
            )
            .label("second_of_the_many_parameters", "not in `Args`")
            .label("third_of_the_many_parameters", "not in `Args`")
            .label("last_of_them", "not in `Args`")
            .finding,
        ],
        ..symbol("Settings.export", SymbolKind::Method, (20, 21), (4, 7))
    };
    FileReport {
        file: SourceFile::new(path, SIGNATURES),
        symbols: vec![class, load, settings_save(), export],
        failure: None,
    }
}

fn settings_save() -> SymbolReport {
    SymbolReport {
        findings: vec![
            draft(SIGNATURES, &MISSING_PARAM, "`save` documents none of its 3 parameters")
                .label("path,", "not in `Args`")
                .label("encoding", "not in `Args`")
                .label("atomic", "not in `Args`")
                .help("`docgen fix 'src/a b/signatures.py'` writes what is missing, or `docgen fix --skeleton` writes the places for it")
                .finding,
        ],
        ..symbol("Settings.save", SymbolKind::Method, (11, 18), (3, 6))
    }
}

fn empty() -> FileReport {
    let module = SymbolReport {
        findings: vec![
            draft("", &MISSING_MODULE, "module `src.empty` has no docstring")
                .help("say in one sentence what the module is for")
                .finding,
        ],
        ..symbol("<module>", SymbolKind::Module, (1, 1), (0, 3))
    };
    FileReport {
        file: SourceFile::new("src/empty.py", ""),
        symbols: vec![module],
        failure: None,
    }
}

fn clean_and_gone() -> [FileReport; 2] {
    [
        FileReport {
            file: SourceFile::new("src/clean.py", "def f(): return 1\n"),
            symbols: vec![symbol("f", SymbolKind::Function, (1, 1), (3, 3))],
            failure: None,
        },
        FileReport {
            file: SourceFile::new("src/gone.py", ""),
            symbols: Vec::new(),
            failure: Some("permission denied (os error 13)".to_owned()),
        },
    ]
}

/// The files of the sample, in the order of a report.
pub(super) fn files() -> Vec<FileReport> {
    let [clean, gone] = clean_and_gone();
    vec![signatures(), clean, client(), empty(), gone]
}

/// The sample in numbers.
pub(super) fn summary() -> Summary {
    let files = files();
    let symbols = || files.iter().flat_map(|file| &file.symbols);
    let count = |severity| {
        symbols()
            .flat_map(|symbol| &symbol.findings)
            .filter(|finding| finding.severity == severity)
            .count() as u32
    };
    Summary {
        files: files.len() as u32,
        symbols: symbols().count() as u32,
        complete: symbols()
            .filter(|symbol| symbol.findings.is_empty())
            .count() as u32,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        failing: count(Severity::Error),
        unreadable: 1,
        score: symbols().map(|symbol| symbol.score).sum(),
    }
}

/// A run that shows the sample at `width` columns.
pub(super) fn run(width: usize, colour: bool) -> Run {
    Run {
        version: "0.1.0".to_owned(),
        comparison: Comparison {
            kind: "staged",
            base: Some("3f2a1c9".to_owned()),
            head: Some("index".to_owned()),
            sentence: "3f2a1c9 (merge base of origin/main) with the index".to_owned(),
        },
        width,
        colour,
        hyperlinks: false,
        root: "/home/me/project".to_owned(),
    }
}

/// The sample in `format`, as a whole run writes it.
pub(super) fn rendered(format: Format, run: &Run) -> String {
    let mut stream = Stream::begin(format, run, Vec::new()).expect("memory");
    for file in files() {
        stream.push(&format.piece(run, &file)).expect("memory");
    }
    let bytes = stream.end(&summary()).expect("memory");
    String::from_utf8(bytes).expect("every format is UTF-8")
}
