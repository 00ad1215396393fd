//! `type X = ...`: aliases that a statement of their own declares (PEP 695).

use super::expression::split_assignment;
use super::own_lines::{OwnLines, statements};
use super::symbol::SymbolId;
use super::token::{Kind, Token, span_of};
use super::{DocstringSlot, Module};
use crate::text::Span;

/// One alias of a type.
#[derive(Clone, Debug)]
pub struct TypeAlias<'t> {
    /// Its name.
    pub name: &'t str,
    /// The name with its parameters: `Pair[T]`.
    pub head: Span,
    /// What it stands for.
    pub value: Span,
    /// A string below it.
    pub docstring: Option<DocstringSlot>,
}

/// The aliases that `type` statements of a module or class declare, in the order of the text. Reads its text again.
pub fn type_aliases<'t>(module: &Module<'t>, id: SymbolId) -> Vec<TypeAlias<'t>> {
    let mut found: Vec<TypeAlias<'t>> = Vec::new();
    let mut lines = OwnLines::new(module.text, &module.symbols, id);
    let mut is_behind = false;
    while let Some((_, tokens, _)) = lines.next() {
        for statement in statements(tokens) {
            let docstring = DocstringSlot::from_statement(module.text, statement);
            if let (true, Some(last), Some(slot)) = (is_behind, found.last_mut(), docstring) {
                last.docstring.get_or_insert(slot);
            }
            let alias = alias(module.text, statement);
            is_behind = alias.is_some();
            found.extend(alias);
        }
    }
    found
}

fn alias<'t>(text: &'t str, statement: &[Token]) -> Option<TypeAlias<'t>> {
    let [word, name, ..] = statement else {
        return None;
    };
    if word.kind != Kind::Name || word.span().of(text) != "type" || name.kind != Kind::Name {
        return None;
    }
    let mut parts = split_assignment(statement);
    let (head, value) = (parts.next()?, parts.next()?);
    Some(TypeAlias {
        name: name.span().of(text),
        head: span_of(&head[1..])?,
        value: span_of(value)?,
        docstring: None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{SymbolKind, outline};
    use super::*;

    #[test]
    fn aliases_are_told_from_what_is_only_called_type() {
        let text = "type A = int | None\ntype = 3\ntype(x)\ntype B[T: (int, str) = int] = list[T]\n'''Pairs.'''\n\
            type: int = 4\nif x:\n    type match = 'C'\nx.type = y\ntype X\n";
        let module = outline(text, SymbolKind::Module);
        let read = type_aliases(&module, SymbolId::MODULE);
        let read: Vec<String> = read
            .iter()
            .map(|it| {
                let doc = it.docstring.as_ref().map(|it| it.value(text).text);
                format!(
                    "{} {} {} {doc:?}",
                    it.name,
                    it.head.of(text),
                    it.value.of(text)
                )
            })
            .collect();
        assert_eq!(
            read,
            [
                "A A int | None None",
                "B B[T: (int, str) = int] list[T] Some(\"Pairs.\")",
                "match match 'C' None"
            ]
        );
    }
}
