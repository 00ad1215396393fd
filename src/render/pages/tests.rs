//! Pages of a small project.

use std::collections::BTreeSet;

use super::{Page, Site, module_name};
use crate::python::{SymbolKind, outline};

const CLIENT: &str = r#"'''Fetch pages.

Everything about :class:`Client` | and <more>.
'''
import os
from . import errors
from .errors import Missing
import requests

LIMIT: int = 3


class Client(requests.Session):
    '''A client.

    Attributes:
        name: Who | what.
    '''

    def __init__(self, name: str):
        self.name = name
        self._hidden = 1

    def get(self, path, /, *, tries: int | None = LIMIT) -> bytes:
        '''Get a page.

        Args:
            path: Where it *is*.
            tries: How often.

        Returns:
            The page.

        Raises:
            Missing: If there is none.

        Examples:
            >>> Client().get("/")
            b''
        '''
        if not path:
            raise ValueError(path)
        return b""

    @property
    def size(self): return 1

    @size.setter
    def size(self, value): pass


def _hidden(): pass
"#;

fn site() -> Site {
    let names = ["pkg", "pkg.client", "pkg.errors"].map(str::to_owned);
    Site::new(BTreeSet::from(names), false)
}

fn page(name: &str, text: &str, kind: SymbolKind) -> Page {
    site().page(name, "pkg/client.py", &outline(text, kind))
}

#[test]
fn names_are_those_that_python_imports() {
    assert_eq!(module_name("src/pkg/sub/__init__.py"), "pkg.sub");
    assert_eq!(module_name("pkg/mod.pyi"), "pkg.mod");
    assert_eq!(module_name("__init__.py"), "__init__");
}

#[test]
fn a_page_tells_what_code_and_docstrings_say() {
    let page = page("pkg.client", CLIENT, SymbolKind::Module);
    assert_eq!(page.file, "modules/pkg.client.md");
    let text = page.text;
    for part in [
        "\n# pkg.client\n\nFetch pages.\n\nEverything about `Client` | and &lt;more>.\n\n",
        "| class <a href=\"#Client\"><code>Client</code></a> | A client. |\n",
        "Bases: <code>requests.Session</code>\n",
        "| <code>name</code> |  | Who &#124; what. |\n",
        "<a id=\"Client.get\"></a>\n\n#### get\n\n```python\n\
         def get(self, path, /, *, tries: int | None = LIMIT) -> bytes\n```\n",
        "| <code>tries</code> | <code>int &#124; None</code> | <code>LIMIT</code> | How often. |\n",
        "| <code>bytes</code> | The page. |\n",
        "| <code>Missing</code> | If there is none. |\n| <code>ValueError</code> | *Not told.* |\n",
        "**Examples**\n\n```pycon\n>>> Client().get(\"/\")\nb''\n```\n",
        "Complexity: cyclomatic 2, cognitive 1\n",
        "## Constants\n\n| Name | Type | Value |\n|---|---|---|\n| <code>LIMIT</code> | <code>int</code> | <code>3</code> |\n",
        "| This project | [pkg.errors](pkg.errors.md) |\n",
        "| Third party | <code>requests</code> |\n| Standard library | <code>os</code> |\n",
    ] {
        assert!(text.contains(part), "{part}\n---\n{text}");
    }
    assert!(!text.contains("hidden"), "{text}");
    assert_eq!(text.matches("#### size").count(), 1);
}

#[test]
fn every_link_within_a_page_has_its_anchor() {
    let text = page("pkg.client", CLIENT, SymbolKind::Module).text;
    let links: Vec<&str> = text
        .split("href=\"#")
        .skip(1)
        .map(|it| it.split_once('"').unwrap().0)
        .collect();
    assert_eq!(links, ["Client", "Client.get", "Client.size"]);
    for link in links {
        assert_eq!(
            text.matches(&format!("<a id=\"{link}\">")).count(),
            1,
            "{link}"
        );
    }
}

#[test]
fn the_index_names_cycles_and_draws_what_imports_what() {
    let client = page("pkg.client", CLIENT, SymbolKind::Module);
    let errors = page(
        "pkg.errors",
        "from .client import Client\n",
        SymbolKind::Module,
    );
    let package = page(
        "pkg",
        "from . import client\nimport pkg.client\n",
        SymbolKind::Package,
    );
    let broken = site().unreadable("pkg.odd", "pkg/odd.py", "it is <no> text");
    assert!(broken.text.contains("cannot be read: it is &lt;no> text."));
    let entries = [package, client, errors].map(|it| it.entry);
    let index = site().index(&entries);
    for part in [
        "3 modules, 1 class, 0 functions;",
        "| [pkg.client](modules/pkg.client.md) | Fetch pages. |",
        "graph LR\n    m0[\"pkg\"]\n    m1[\"pkg.client\"]\n    m2[\"pkg.errors\"]\n    m0 --> m1\n    m1 --> m2\n    m2 --> m1\n",
        "- [pkg.client](modules/pkg.client.md), [pkg.errors](modules/pkg.errors.md)\n",
    ] {
        assert!(index.contains(part), "{part}\n---\n{index}");
    }
}
