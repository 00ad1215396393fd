//! How a symbol changed, as far as its docstring is concerned.

use std::collections::BTreeSet;

use crate::python::{Module, Param, Symbol, SymbolId, SymbolKind, normalised};
use crate::rules::{Facet, Facets};
use crate::text::Span;

/// One side of a pair.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) module: &'a Module<'a>,
    pub(super) id: SymbolId,
}

/// Decorators on which a symbol's kind, and so what its docstring must hold, depends.
const DECORATORS: [&str; 16] = [
    "abstractmethod",
    "asynccontextmanager",
    "cached_property",
    "classmethod",
    "contextmanager",
    "dataclass",
    "define",
    "deleter",
    "deprecated",
    "fixture",
    "getter",
    "overload",
    "override",
    "property",
    "setter",
    "staticmethod",
];

impl<'a> Side<'a> {
    fn symbol(self) -> &'a Symbol<'a> {
        self.module.symbol(self.id)
    }

    fn decorators(self) -> BTreeSet<&'a str> {
        let names = self.symbol().decorator_names(self.module.text);
        names.filter(|name| DECORATORS.contains(name)).collect()
    }

    fn raises(self) -> BTreeSet<&'a str> {
        self.symbol()
            .facts
            .raises
            .iter()
            .map(|it| it.name)
            .collect()
    }

    fn warns(self) -> BTreeSet<Option<&'a str>> {
        self.symbol()
            .facts
            .warns
            .iter()
            .map(|it| it.category)
            .collect()
    }

    fn params(self) -> &'a [Param<'a>] {
        self.symbol()
            .signature
            .as_ref()
            .map_or(&[], |it| &it.params)
    }

    /// A class's `__init__`.
    fn init(self) -> Option<Self> {
        let (id, _) = self
            .module
            .children(self.id)
            .find(|(_, it)| it.name == "__init__")?;
        Some(Self {
            module: self.module,
            id,
        })
    }

    /// The docstring as `inspect.cleandoc` gives it, blanks at line ends left off.
    fn docstring(self) -> Option<String> {
        let slot = self.symbol().docstring.as_ref()?;
        Some(cleaned(&slot.value(self.module.text).text))
    }
}

/// The facets in which `new` differs from `old`.
pub(super) fn changed(old: Side<'_>, new: Side<'_>) -> Facets {
    let mut facets = Facets::NONE;
    let mut note = |facet, differs: bool| {
        if differs {
            facets = facets.with(facet);
        }
    };
    let (before, after) = (&old.symbol().facts, &new.symbol().facts);
    note(Facet::Params, names(old.params()) != names(new.params()));
    note(Facet::Signature, signature(old) != signature(new));
    note(Facet::Raises, old.raises() != new.raises());
    note(
        Facet::Yields,
        before.yields.is_some() != after.yields.is_some(),
    );
    note(
        Facet::Returns,
        before.returns_value.is_some() != after.returns_value.is_some(),
    );
    note(Facet::Warns, old.warns() != new.warns());
    note(Facet::Decorators, old.decorators() != new.decorators());
    if new.symbol().kind == SymbolKind::Class {
        note(Facet::Attributes, constructor(old) != constructor(new));
    }
    let (was, is) = (old.docstring(), new.docstring());
    note(Facet::DocstringRemoved, was.is_some() && is.is_none());
    note(Facet::Docstring, was != is);
    facets
}

/// The names of parameters, whatever their order.
fn names<'a>(params: &[Param<'a>]) -> BTreeSet<&'a str> {
    params.iter().map(|it| it.name).collect()
}

/// All that a header says of parameters and value, spelling left out.
fn signature(side: Side<'_>) -> Vec<String> {
    let text = side.module.text;
    let spelled = |span: Option<Span>| span.map_or_else(String::new, |it| normalised(text, it));
    let returns = side.symbol().signature.as_ref().and_then(|it| it.returns);
    let params = side.params().iter().flat_map(|it| {
        let kind = it.kind.word().to_owned();
        [
            it.name.to_owned(),
            kind,
            spelled(it.annotation),
            spelled(it.default),
        ]
    });
    params.chain([spelled(returns)]).collect()
}

/// What a class's docstring says of its constructor depends on this.
fn constructor(side: Side<'_>) -> Option<Vec<String>> {
    side.init().map(signature)
}

/// A docstring as `inspect.cleandoc` gives it, blanks at line ends left off.
fn cleaned(value: &str) -> String {
    let mut lines = value.lines().map(str::trim_end);
    let first = lines.next().unwrap_or_default().trim_start();
    let rest: Vec<&str> = lines.collect();
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let margin = rest
        .iter()
        .filter(|it| !it.is_empty())
        .map(indent)
        .min()
        .unwrap_or(0);
    let mut text = first.to_owned();
    for line in rest {
        text.push('\n');
        text.push_str(line.get(margin..).unwrap_or_else(|| line.trim_start()));
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::cleaned;

    #[test]
    fn a_docstring_moved_to_another_indentation_is_the_same() {
        assert_eq!(
            cleaned("A.\n\n    B\n      c  \n    "),
            cleaned("A.\n\n        B\n          c\n")
        );
        assert_ne!(
            cleaned("A.\n\n    B\n    c"),
            cleaned("A.\n\n    B\n      c")
        );
    }
}
