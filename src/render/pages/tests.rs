//! Pages of a small project.

use std::collections::BTreeSet;

use super::{Look, Origin, Page, Site, SourceUrl, Web};
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
    Site::new(BTreeSet::from(names), Look::default())
}

const fn origin(web: Web<'_>) -> Origin<'_> {
    Origin {
        path: "pkg/client.py",
        web,
        history: None,
        commits: None,
    }
}

fn page(name: &str, text: &str, kind: SymbolKind) -> Page {
    site().page(name, origin(Web::Nowhere), &outline(text, kind))
}

#[test]
fn a_page_tells_what_code_and_docstrings_say() {
    let page = page("pkg.client", CLIENT, SymbolKind::Module);
    assert_eq!(page.file, "modules/pkg.client.md");
    let text = page.text;
    for part in [
        "\n# pkg.client\n\n[All modules](../index.md) / [pkg](pkg.md)\n\nFetch pages.\n\n\
         Everything about `Client` | and &lt;more>.\n\n",
        "| class <a href=\"#pkg.client.Client\">`Client`</a> | A client. |\n",
        "Bases: `requests.Session`\n",
        "| `name` | Who &#124; what. |\n",
        "<a id=\"pkg.client.Client.get\"></a>\n\n#### get\n\n```python\n\
         def get(self, path, /, *, tries: int | None = LIMIT) -> bytes\n```\n",
        "| `tries` | <code>int &#124; None</code> | `LIMIT` | How often. |\n",
        "| `bytes` | The page. |\n",
        "| `Missing` | If there is none. |\n| `ValueError` | *Not told.* |\n",
        "**Examples**\n\n```pycon\n>>> Client().get(\"/\")\nb''\n```\n",
        "Complexity: cyclomatic 2, cognitive 1\n",
        "## Constants\n\n| Name | Type | Value |\n|---|---|---|\n| `LIMIT` | `int` | `3` |\n",
        "| This project | [pkg.errors](pkg.errors.md) |\n",
        "| Third party | `requests` |\n| Standard library | `os` |\n",
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
    assert_eq!(
        links,
        ["Client", "Client.get", "Client.size"].map(|it| format!("pkg.client.{it}"))
    );
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
    assert!(
        broken
            .text
            .contains("cannot be read: it is &lt;no\\> text.")
    );
    let entries = [package, client, errors].map(|it| it.entry);
    let index = site().index(&entries);
    for part in [
        "3 modules, 1 class, 0 functions;",
        "| [pkg.<wbr>client](modules/pkg.client.md) | Fetch pages. |",
        "graph LR\n    m0[\"pkg\"]\n    m1[\"pkg.client\"]\n    m2[\"pkg.errors\"]\n    m0 --> m1\n    m1 --> m2\n    m2 --> m1\n",
        "- [pkg.client](modules/pkg.client.md) → [pkg.errors](modules/pkg.errors.md) → [pkg.client](modules/pkg.client.md)\n",
    ] {
        assert!(index.contains(part), "{part}\n---\n{index}");
    }
}

const NAMES: &str = "'''M.

Attributes:
    later: What `x | y` is.
'''
import typing as t
from .errors import Missing, Base
type Pair[T] = tuple[T, T]
'''Two of them.'''
Id = t.NewType('Id', int)
Name = Union[str, bytes]
Old: t.TypeAlias = 'dict[str, int]'
names = list[str]
limit: t.Final[int] = 3  #: How many.
LONG = [1000000, 2000000, 3000000, 4000000, 5000000, 6000000, 7000000]
later = 1
quiet = 2
_HIDDEN = 3


class D(Base[int], Missing, t.Generic[T]):
    a: int = 1
    '''An A.'''
    #: A B.
    b = 'x'
    _c = 3
    @t.overload
    def f(self, x: int) -> int: ...
    @t.overload
    def f(self, x: str) -> str: ...
    def f(self, x):
        '''Do.

        Yields:
            One each.
        '''
        yield x
class E(D):
    class F(E): pass
";

#[test]
fn names_that_hold_values_are_told_by_what_they_are() {
    let text = page("pkg.client", NAMES, SymbolKind::Module).text;
    for part in [
        "## Constants\n\n| Name | Type | Value | What it is |\n|---|---|---|---|\n\
         | `limit` | `t.Final[int]` | `3` | How many. |\n\
         | `LONG` |  | `[1000000, 2000000, 3000000, 4000000, 5000000, 6000000, 70000 ...` |  |\n\n",
        "## Type aliases\n\n| Name | What it stands for | What it is |\n|---|---|---|\n\
         | `Pair[T]` | `tuple[T, T]` | Two of them. |\n| `Id` | `t.NewType('Id', int)` |  |\n\
         | `Name` | `Union[str, bytes]` |  |\n| `Old` | `'dict[str, int]'` |  |\n\n",
        "## Variables\n\n| Name | Value | What it is |\n|---|---|---|\n\
         | `later` | `1` | What <code>x &#124; y</code> is. |\n\n",
        "Bases: [`Base[int]`](pkg.errors.md), [`Missing`](pkg.errors.md), `t.Generic[T]`\n",
        "| `a` | `int` | `1` | An A. |\n| `b` |  | `'x'` | A B. |\n",
        "```python\n@t.overload\ndef f(self, x: int) -> int\n@t.overload\ndef f(self, x: str) -> str\ndef f(self, x)\n```\n",
        "| Yields | What it is |\n|---|---|\n|  | One each. |\n",
        "### class E.F\n\nBases: <a href=\"#pkg.client.E\">`E`</a>\n",
    ] {
        assert!(text.contains(part), "{part}\n---\n{text}");
    }
    assert!(
        !text.contains("HIDDEN") && !text.contains("quiet"),
        "{text}"
    );
}

#[test]
fn links_lead_to_the_lines_of_a_symbol() {
    let url = SourceUrl::of_remote("https://github.com/me/it", "3f2a1c9d").unwrap();
    let module = outline("\n\n@x\ndef f():\n    return 1\n\n", SymbolKind::Module);
    let page = |web| site().page("pkg.client", origin(web), &module).text;
    let text = page(Web::At(&url, "pkg/client.py"));
    let at = "https://github.com/me/it/blob/3f2a1c9d/pkg/client.py";
    assert!(text.contains(&format!("[Source]({at})\n")), "{text}");
    let link = format!("### f\n\n[Source]({at}#L3-L5)\n\n```python\n@x\n");
    assert!(text.contains(&link), "{text}");
    let text = page(Web::Differs(&url));
    assert!(
        text.contains("*Not as at `3f2a1c9`: ") && !text.contains("[Source]"),
        "{text}"
    );
}

#[test]
fn code_is_shown_where_it_is_asked_for() {
    let look = Look {
        has_source: true,
        ..Look::default()
    };
    let site = Site::new(BTreeSet::from(["m".to_owned()]), look);
    let text = "class C:\n    @x\n    def f(self):\n        return '````'\n\n    y = 1\n";
    let module = outline(text, SymbolKind::Module);
    let text = site.page("m", origin(Web::Nowhere), &module).text;
    let code = "<details>\n<summary>Source</summary>\n\n`````python\n@x\ndef f(self):\n    return '````'\n`````\n\n</details>\n";
    assert!(text.contains(code), "{text}");
    assert_eq!(text.matches("<details>").count(), 1);
}

#[test]
fn imports_that_are_made_later_are_no_cycle() {
    let edge = |text: &str| {
        let page = page("pkg.client", text, SymbolKind::Module);
        (page.entry.imports.len(), page.entry.at_once.len())
    };
    assert_eq!(edge("import pkg.errors\n"), (1, 1));
    assert_eq!(
        edge("try:\n    import pkg.errors\nexcept X: pass\n"),
        (1, 1)
    );
    let late = "class C:\n    def f(self):\n        from . import errors\n";
    assert_eq!(edge(late), (1, 0));
    let types = "if t.TYPE_CHECKING:\n    import os\n\n    import pkg.errors\n";
    assert_eq!(edge(types), (1, 0));
    let behind = "if TYPE_CHECKING:\n    import os\nimport pkg.errors\n";
    assert_eq!(edge(behind), (1, 1));
}

#[test]
fn what_numpydoc_lists_is_a_list() {
    let text = "def f(x):\n    '''Do.\n\n    Parameters\n    ----------\n    x : int\n        An x.\n\n    See Also\n    \
        --------\n    a_b : It.\n    c\n        More.\n    '''\n";
    let text = page("pkg.client", text, SymbolKind::Module).text;
    let list = "**See also**\n\n- a\\_b : It.\n- c\n    More.\n";
    assert!(text.contains(list), "{text}");
}

#[test]
fn what_the_first_paragraph_announces_is_code() {
    let text = "def f():\n    \"\"\"Set it\n    like this::\n\n        f()['*x*']\n\n    And so on.\n    \"\"\"\n";
    let text = page("pkg.client", text, SymbolKind::Module).text;
    let shown = "Set it\nlike this:\n\n```\nf()['*x*']\n```\n\nAnd so on.\n";
    assert!(text.contains(shown), "{text}");
    assert!(text.contains("| Set it like this"), "{text}");
}
