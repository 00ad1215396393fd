//! The files of the sample.

use super::draft::{draft, symbol};
use crate::check::{FileReport, SymbolReport};
use crate::python::SymbolKind;
use crate::rules::{Facet, Facets};
use crate::text::SourceFile;

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

fn client() -> FileReport {
    let close = SymbolReport {
        facets: Facets::of(&[Facet::Added]),
        findings: vec![
            draft(CLIENT, "DG102", "method `Client.close` has no docstring")
                .label("close", "")
                .old_warning()
                .finding,
        ],
        ..symbol(CLIENT, "Client.close", SymbolKind::Method, (9, 9), (0, 3))
    };
    let fetch = SymbolReport {
        findings: vec![
            draft(CLIENT, "DG201", "`fetch` documents 2 of its 4 parameters")
                .label("timeout", "not in `Args`")
                .label("verify", "not in `Args`")
                .entries(&["timeout", "verify"])
                .help("`docgen fix src/client.py` writes what is missing")
                .finding,
            draft(
                CLIENT,
                "DG501",
                "`fetch` does not document that it raises `ValueError`",
            )
            .label("raise ValueError(url)", "raised here")
            .entries(&["ValueError"])
            .context("\"\"\"Fetch a page.\n\n    Args:", "no `Raises` section")
            .help("`docgen fix src/client.py` writes what is missing")
            .finding,
        ],
        ..symbol(CLIENT, "fetch", SymbolKind::Function, (12, 26), (5, 9))
    };
    FileReport {
        file: SourceFile::new("src/client.py", CLIENT),
        symbols: vec![
            symbol(CLIENT, "Client", SymbolKind::Class, (6, 9), (3, 3)),
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
                "DG202",
                "`Settings` documents `путь`, which it does not have",
            )
            .label("путь", "no such parameter")
            .entries(&["путь"])
            .context("class Settings", "")
            .finding,
        ],
        ..symbol(SIGNATURES, "Settings", SymbolKind::Class, (1, 21), (3, 4))
    };
    let load = SymbolReport {
        findings: vec![
            draft(
                SIGNATURES,
                "DG201",
                "`load` = 100%:\u{1b}[31m ##[error]\r\n::stop, <&>",
            )
            .label("名前", "not in `Args`")
            .label("cafe\u{301}", "not in `Args`")
            .label("mode", "not in `Args`")
            .label("😀", "not in `Args`")
            .entries(&["名前", "cafe\u{301}", "mode", "😀"])
            .finding,
        ],
        ..symbol(
            SIGNATURES,
            "Settings.load",
            SymbolKind::Method,
            (8, 9),
            (3, 7),
        )
    };
    FileReport {
        file: SourceFile::new(path, SIGNATURES),
        symbols: vec![class, load, settings_save(), settings_export()],
        failure: None,
    }
}

fn settings_export() -> SymbolReport {
    SymbolReport {
        findings: vec![
            draft(
                SIGNATURES,
                "DG201",
                "`export` documents 1 of its 4 parameters",
            )
            .label("second_of_the_many_parameters", "not in `Args`")
            .label("third_of_the_many_parameters", "not in `Args`")
            .label("last_of_them", "not in `Args`")
            .entries(&[
                "second_of_the_many_parameters",
                "third_of_the_many_parameters",
                "last_of_them",
            ])
            .finding,
        ],
        ..symbol(
            SIGNATURES,
            "Settings.export",
            SymbolKind::Method,
            (20, 21),
            (4, 7),
        )
    }
}

fn settings_save() -> SymbolReport {
    SymbolReport {
        findings: vec![
            draft(SIGNATURES, "DG201", "`save` documents none of its 3 parameters")
                .label("path", "not in `Args`")
                .label("encoding", "not in `Args`")
                .label("atomic", "not in `Args`")
                .entries(&["path", "encoding", "atomic"])
                .help("`docgen fix 'src/a b/signatures.py'` writes what is missing, or `docgen fix --skeleton` writes the places for it")
                .finding,
        ],
        ..symbol(SIGNATURES, "Settings.save", SymbolKind::Method, (11, 18), (3, 6))
    }
}

fn encoded() -> FileReport {
    let module = SymbolReport {
        findings: vec![
            draft(
                "",
                "DG001",
                "the file is neither UTF-8 nor does it name its encoding",
            )
            .help("say `# -*- coding: ... -*-` in one of its first two lines")
            .finding,
        ],
        ..symbol("", "<module>", SymbolKind::Module, (1, 1), (0, 3))
    };
    FileReport {
        file: SourceFile::new("src/encoded.py", ""),
        symbols: vec![module],
        failure: None,
    }
}

fn clean_and_gone() -> [FileReport; 2] {
    [
        FileReport {
            file: SourceFile::new("src/clean.py", "def f(): return 1\n"),
            symbols: vec![symbol(
                "def f(): return 1\n",
                "f",
                SymbolKind::Function,
                (1, 1),
                (3, 3),
            )],
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
pub(in crate::render) fn files() -> Vec<FileReport> {
    let [clean, gone] = clean_and_gone();
    vec![signatures(), clean, client(), encoded(), gone]
}
