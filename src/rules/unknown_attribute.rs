//! DG602: a documented attribute that does not exist.

use std::collections::HashSet;

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, removal};
use crate::contract::{names_of, words};
use crate::docstring::{Entry, SectionKind};
use crate::python::{self, SymbolId, SymbolKind};
use crate::text::Applicability;

pub(super) static RULE: Rule = Rule {
    code: "DG602",
    name: "unknown-attribute",
    severity: Severity::Warning,
    default: true,
    facets: Facets::of(&[
        Facet::Added,
        Facet::Decorators,
        Facet::Attributes,
        Facet::Docstring,
    ]),
    aliases: &["DOC602", "DOC603"],
    page: include_str!("unknown_attribute.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    let sections = docstring.sections_of(SectionKind::Attributes);
    let mut entries = sections.flat_map(|it| &it.entries).peekable();
    if subject.symbol.kind != SymbolKind::Class || entries.peek().is_none() {
        return;
    }
    let Some(classes) = known_classes(subject) else {
        return;
    };
    let spoken: HashSet<&str> = classes.iter().flat_map(|&it| spoken(subject, it)).collect();
    let exists =
        |name: &str| spoken.contains(name) || classes.iter().any(|&it| inherits(subject, it, name));
    let is_unknown = |entry: &&Entry<'_>| {
        let mut names = names_of(entry).peekable();
        names.peek().is_some() && names.all(|it| is_name(it) && !exists(it))
    };
    let unknown: Vec<&Entry<'_>> = entries.filter(is_unknown).collect();
    let Some(first) = unknown.first() else { return };
    let title = subject.title();
    let message = match unknown.len() {
        1 => {
            let name = first.name.unwrap_or_default();
            format!("{title} documents `{name}`, which is none of its attributes")
        }
        count => format!("{title} documents {count} attributes that it does not have"),
    };
    let finding = reporter.report(written.place(first.name_span), message);
    for entry in &unknown {
        let span = written.place(entry.name_span);
        finding
            .label(span, "no such attribute")
            .entry(entry.name.unwrap_or_default());
    }
    let spans = removal::entries(docstring, &unknown).unwrap_or_default();
    finding.mend(
        spans.into_iter().map(|it| subject.rewrite(written, it, "")),
        Applicability::Unsafe,
    );
}

/// The class and its bases; `None` where one is not known, or where attributes may be made on the way: by a
/// metaclass, a decorator, `__getattr__`, `self.__dict__.update(...)`.
fn known_classes(subject: &Subject<'_>) -> Option<Vec<SymbolId>> {
    let (mut classes, are_all_known) = subject.reading.bases(subject.id);
    if !are_all_known {
        return None;
    }
    classes.push(subject.id);
    let module = subject.reading.module;
    let is_plain = |&class: &SymbolId| {
        let symbol = module.symbol(class);
        let mut decorators = symbol.decorators.iter().map(|it| it.of(module.text));
        let mut bases = symbol.bases.iter().map(|it| it.of(module.text));
        symbol
            .keywords
            .iter()
            .all(|it| it.name != "metaclass" || it.value.of(module.text).ends_with("Meta"))
            && decorators.all(is_known_decorator)
            && bases.all(|it| it != "type" && !it.contains('('))
            && !module
                .children(class)
                .any(|it| it.1.name.starts_with("__getattr"))
    };
    let sets_more = |&class: &SymbolId| {
        let code = module.symbol(class).span.of(module.text);
        ["__dict__", "setattr(", "locals()"]
            .iter()
            .any(|it| code.contains(it))
    };
    (classes.iter().all(is_plain) && !classes.iter().any(sets_more)).then_some(classes)
}

/// Whether it makes no attributes but of the names in the class.
fn is_known_decorator(decorator: &str) -> bool {
    let name = decorator.split('(').next().unwrap_or_default();
    matches!(
        name.rsplit('.').next().unwrap_or_default().trim(),
        "dataclass"
            | "s"
            | "attrs"
            | "define"
            | "frozen"
            | "mutable"
            | "final"
            | "total_ordering"
            | "runtime_checkable"
            | "unique"
            | "deprecated"
    )
}

/// The words in the code of the class: the names of its attributes, and what it speaks of (`__slots__`).
fn spoken<'a>(subject: &Subject<'a>, class: SymbolId) -> impl Iterator<Item = &'a str> {
    let module = subject.reading.module;
    let symbol = module.symbol(class);
    let code = match &symbol.docstring {
        Some(docstring) => [
            symbol.header.start..docstring.span.start,
            docstring.span.end..symbol.span.end,
        ],
        None => [symbol.header.start..symbol.span.end, 0..0],
    };
    let parts = code.into_iter();
    let lines = parts.flat_map(|it| {
        let part = module.text.get(it.start as usize..it.end as usize);
        part.unwrap_or_default().lines()
    });
    lines.flat_map(|it| words(it.split(" # ").next().unwrap_or_default()))
}

/// Whether a built-in base of the class has an attribute of that name.
fn inherits(subject: &Subject<'_>, class: SymbolId, name: &str) -> bool {
    let module = subject.reading.module;
    let mut bases = module.symbol(class).base_names(module.text);
    bases.any(|base| is_inherited(base, name))
}

/// Whether instances of the built-in class `base` have the attribute `name`.
fn is_inherited(base: &str, name: &str) -> bool {
    const OF_ENUMS: [&str; 2] = ["name", "value"];
    const OF_EXCEPTIONS: [&str; 21] = [
        "args",
        "errno",
        "strerror",
        "filename",
        "filename2",
        "winerror",
        "code",
        "msg",
        "lineno",
        "offset",
        "text",
        "name",
        "path",
        "obj",
        "value",
        "encoding",
        "object",
        "start",
        "end",
        "reason",
        "message",
    ];
    let is_enum = base.ends_with("Enum") || base.ends_with("Flag");
    (is_enum && OF_ENUMS.contains(&name))
        || (python::is_built_in_exception(base) && OF_EXCEPTIONS.contains(&name))
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c == '_' || c.is_alphabetic())
        && name.chars().all(|c| c == '_' || c.is_alphanumeric())
}
