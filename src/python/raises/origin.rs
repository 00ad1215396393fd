//! Where a raised variable or the exception that a function makes comes from: the lines of the scope,
//! or of the function, are read again, each once.

use std::collections::BTreeMap;

use super::super::RaiseReason;
use super::super::expression::split_assignment;
use super::super::own_lines::{OwnLines, statements};
use super::super::symbol::{Symbol, SymbolId, SymbolKind, last_name};
use super::super::token::{Kind, Token};
use super::hierarchy::Hierarchy;
use super::thrown::is_class_name;
use super::{Event, Thrown, each_thrown};

type Classes<'t> = Vec<(&'t str, RaiseReason)>;

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Origins<'t> {
    /// What is assigned in a scope, by variable.
    assigned: BTreeMap<SymbolId, BTreeMap<&'t str, Vec<Thrown<'t>>>>,
    /// The classes that a function makes.
    made: BTreeMap<SymbolId, Vec<&'t str>>,
    /// Functions by their scope and name; `None` until one is asked for.
    functions: Option<BTreeMap<(SymbolId, &'t str), SymbolId>>,
}

impl<'t> Origins<'t> {
    /// The classes of an event that does not name them itself.
    pub(super) fn classes(
        &mut self,
        text: &'t str,
        symbols: &[Symbol<'t>],
        hierarchy: &Hierarchy<'t>,
        event: &Event<'t>,
    ) -> Classes<'t> {
        let Thrown::Variable(name) = event.thrown else {
            return self.made_by(text, symbols, hierarchy, event.scope, event.thrown);
        };
        let scope = self.assigned.entry(event.scope);
        let assigned = scope.or_insert_with(|| assignments(text, symbols, event.scope));
        let values = assigned.get(name).cloned().unwrap_or_default();
        let mut classes = Vec::new();
        for value in values {
            match value {
                Thrown::Class { name, .. } => classes.push((name, RaiseReason::Variable)),
                Thrown::Function(name) if hierarchy.defines(name) => {
                    classes.push((name, RaiseReason::Variable));
                }
                other => classes.extend(self.made_by(text, symbols, hierarchy, event.scope, other)),
            }
        }
        classes
    }

    /// The classes that a function or method of the file makes.
    fn made_by(
        &mut self,
        text: &'t str,
        symbols: &[Symbol<'t>],
        hierarchy: &Hierarchy<'t>,
        scope: SymbolId,
        thrown: Thrown<'t>,
    ) -> Classes<'t> {
        let Some(function) = self.function(symbols, scope, thrown) else {
            return Vec::new();
        };
        let made = self.made.entry(function);
        let made = made.or_insert_with(|| makes(text, symbols, hierarchy, function));
        made.iter()
            .map(|&name| (name, RaiseReason::Factory))
            .collect()
    }

    /// The function that is called: nested in a scope around or the module's, or a method of the
    /// class around.
    fn function(
        &mut self,
        symbols: &[Symbol<'t>],
        scope: SymbolId,
        thrown: Thrown<'t>,
    ) -> Option<SymbolId> {
        let (name, is_method) = match thrown {
            Thrown::Function(name) => (name, false),
            Thrown::Method(name) => (name, true),
            _ => return None,
        };
        let functions = self.functions.get_or_insert_with(|| {
            let ids = (0..).map(SymbolId).zip(symbols);
            let functions = ids.filter(|(_, symbol)| symbol.kind.is_function());
            functions
                .filter_map(|(id, symbol)| Some(((symbol.parent?, symbol.name), id)))
                .collect()
        });
        let mut around = Some(scope);
        while let Some(id) = around {
            let symbol = symbols.get(id.0 as usize)?;
            if (symbol.kind == SymbolKind::Class) == is_method
                && let Some(&function) = functions.get(&(id, name))
            {
                return Some(function);
            }
            around = symbol.parent;
        }
        None
    }
}

/// What is assigned to the variables of a scope, where it is a class or a call.
fn assignments<'t>(
    text: &'t str,
    symbols: &[Symbol<'t>],
    scope: SymbolId,
) -> BTreeMap<&'t str, Vec<Thrown<'t>>> {
    let mut assigned: BTreeMap<&str, Vec<Thrown<'_>>> = BTreeMap::new();
    let mut lines = OwnLines::new(text, symbols, scope);
    while let Some((_, line, _)) = lines.next() {
        for statement in statements(line) {
            let mut parts: Vec<&[Token]> = split_assignment(statement).collect();
            let Some(value) = parts.pop().filter(|_| !parts.is_empty()) else {
                continue;
            };
            for name in parts.into_iter().filter_map(variable) {
                each_thrown(text, value, |thrown| {
                    let values = assigned.entry(name.span().of(text)).or_default();
                    if !values.contains(&thrown) && values.len() < super::resolve::CLASS_LIMIT {
                        values.push(thrown);
                    }
                });
            }
        }
    }
    assigned
}

/// The variable that a target is, with or without an annotation.
fn variable(target: &[Token]) -> Option<Token> {
    match target {
        [name]
        | [
            name,
            Token {
                kind: Kind::Colon, ..
            },
            ..,
        ] if name.kind == Kind::Name => Some(*name),
        _ => None,
    }
}

/// The classes that a function makes: by its return annotation, or by what it returns.
fn makes<'t>(
    text: &'t str,
    symbols: &[Symbol<'t>],
    hierarchy: &Hierarchy<'t>,
    function: SymbolId,
) -> Vec<&'t str> {
    let symbol = &symbols[function.0 as usize];
    let annotation = symbol.signature.as_ref().and_then(|it| it.returns);
    let annotation = annotation.map(|span| span.of(text).trim_matches(['"', '\'']));
    let class = annotation
        .filter(|it| !it.contains('['))
        .and_then(last_name);
    let class = class.filter(|name| hierarchy.defines(name) || may_be_exception(name));
    let is_general = |name: &str| matches!(name, "Exception" | "BaseException");
    if let Some(class) = class.filter(|name| !is_general(name)) {
        return vec![class];
    }
    let mut made = Vec::new();
    let mut lines = OwnLines::new(text, symbols, function);
    while let Some((_, line, _)) = lines.next() {
        for statement in statements(line).filter(|it| it[0].kind == Kind::Return) {
            each_thrown(text, &statement[1..], |thrown| match thrown {
                Thrown::Class {
                    name,
                    is_called: true,
                } if !made.contains(&name) => made.push(name),
                _ => {}
            });
        }
    }
    if made.is_empty() {
        made.extend(class);
    }
    made
}

/// Whether an annotation may name an exception: not one of `typing`'s words or a type variable.
fn may_be_exception(name: &str) -> bool {
    let is_word = matches!(name, "Any" | "Self" | "NoReturn" | "Never");
    is_class_name(name) && !is_word && name.trim_start_matches('_').len() > 1
}
