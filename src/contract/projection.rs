//! A docstring as the JSON instance that a schema is held against.

use serde_json::{Map, Value, json};

use super::schema::Part;
use super::{Coverage, Reading, Requirement, names, prose};
use crate::docstring::{Docstring, Entry, Section, SectionKind};
use crate::python::{self, SymbolId};

/// The symbol `id` and its docstring: `kind`, what the code says under `code`, and each part that the docstring has.
pub(super) fn instance(
    reading: &Reading<'_>,
    id: SymbolId,
    requirement: &Requirement<'_>,
    coverage: &Coverage<'_>,
) -> Value {
    let symbol = reading.module.symbol(id);
    let mut instance = Map::new();
    instance.insert("kind".to_owned(), symbol.kind.word().into());
    let raised: Vec<&str> = requirement.raises.iter().map(|it| it.name).collect();
    let code = json!({
        "name": symbol.name,
        "qualname": symbol.qualname,
        "visibility": reading.visibility(id).word(),
        "is_async": symbol.signature.as_ref().is_some_and(|it| it.is_async),
        "params": requirement.params.iter().map(|it| it.name).collect::<Vec<_>>(),
        "returns_value": requirement.returns.is_some(),
        "yields": requirement.yields.is_some(),
        "raises": raised,
        "lines": symbol.span.of(reading.module.text).lines().count(),
        "cyclomatic": cyclomatic(reading, id),
        "cognitive": if symbol.kind.is_function() {
            reading.cognitive(id)
        } else {
            0
        },
    });
    instance.insert("code".to_owned(), code);
    if let Some(written) = reading.docstring(id) {
        for part in Part::ALL {
            if let Some(value) = value(&written.parsed, coverage, part) {
                instance.insert(part.word().to_owned(), value);
            }
        }
    }
    instance.into()
}

/// The cyclomatic complexity of a function; 1 for what has no way to go.
pub(super) fn cyclomatic(reading: &Reading<'_>, id: SymbolId) -> u32 {
    if reading.module.symbol(id).kind.is_function() {
        python::cyclomatic_complexity(reading.module, id)
    } else {
        1
    }
}

/// What a docstring holds of one part; `None` where it does not have it.
pub(super) fn value(
    docstring: &Docstring<'_>,
    coverage: &Coverage<'_>,
    part: Part,
) -> Option<Value> {
    let filled = |kind: SectionKind| {
        let sections = docstring.sections.iter();
        sections.filter(move |it| it.kind == kind && !it.body.is_empty())
    };
    let text = |kind: SectionKind| {
        let bodies: Vec<&str> = filled(kind).map(|it| body(docstring, it)).collect();
        (!bodies.is_empty()).then(|| bodies.join("\n\n").into())
    };
    match part {
        Part::Summary => summary(docstring, coverage),
        Part::Description => docstring
            .description
            .map(|it| it.of(docstring.value).into()),
        Part::Args => entries(docstring, SectionKind::is_params),
        Part::Attributes => entries(docstring, |it| it == SectionKind::Attributes),
        Part::Raises => entries(docstring, |it| it == SectionKind::Raises),
        Part::Warns => entries(docstring, |it| it == SectionKind::Warns),
        Part::Returns => filled(SectionKind::Returns)
            .next()
            .map(|it| given(docstring, it)),
        Part::Yields => filled(SectionKind::Yields)
            .next()
            .map(|it| given(docstring, it)),
        Part::Receives => filled(SectionKind::Receives)
            .next()
            .map(|it| given(docstring, it)),
        Part::Examples => {
            let examples: Vec<&str> = filled(SectionKind::Examples)
                .map(|it| body(docstring, it))
                .collect();
            if examples.is_empty() {
                return doctests(docstring.value);
            }
            Some(examples.into())
        }
        Part::Notes => text(SectionKind::Notes),
        Part::Deprecated => text(SectionKind::Deprecated),
        Part::Complexity => told(docstring, &["complexity"], &["complexity"]),
        Part::Changelog => told(
            docstring,
            &["changelog", "changes", "history"],
            &[".. versionadded::", ".. versionchanged::", "changelog:"],
        ),
    }
}

fn body<'d>(docstring: &Docstring<'d>, section: &Section<'_>) -> &'d str {
    section.body.of(docstring.value).trim()
}

/// The first paragraph; what the docstring begins with, where that is a section of no set meaning.
fn summary(docstring: &Docstring<'_>, coverage: &Coverage<'_>) -> Option<Value> {
    let first = || docstring.sections.first().filter(|_| coverage.summary);
    let span = docstring.summary.or_else(|| first().map(|it| it.span))?;
    Some(span.of(docstring.value).trim().into())
}

/// The entries of the sections of some kinds, one for each name.
fn entries(docstring: &Docstring<'_>, wanted: impl Fn(SectionKind) -> bool) -> Option<Value> {
    let mut list = Vec::new();
    let mut is_there = false;
    for section in docstring.sections.iter().filter(|it| wanted(it.kind)) {
        is_there = true;
        for entry in &section.entries {
            let names: Vec<&str> = match section.kind {
                SectionKind::Raises | SectionKind::Warns => names::exception_names(entry).collect(),
                _ => names::of(entry).collect(),
            };
            for name in names {
                let mut object = said(docstring, entry);
                object.insert("name".to_owned(), name.into());
                list.push(Value::Object(object));
            }
        }
    }
    is_there.then_some(Value::Array(list))
}

/// The type of an entry, and what is said of it.
fn said(docstring: &Docstring<'_>, entry: &Entry<'_>) -> Map<String, Value> {
    let mut object = Map::new();
    if let Some(annotation) = entry.annotation {
        object.insert("type".to_owned(), annotation.of(docstring.value).into());
    }
    if let Some(text) = prose::description(docstring, entry) {
        object.insert("description".to_owned(), text.into());
    }
    object
}

/// A returned, yielded or received value; all that the section says, where it has no entries.
fn given(docstring: &Docstring<'_>, section: &Section<'_>) -> Value {
    let mut object = match section.entries.first() {
        Some(entry) => said(docstring, entry),
        None => Map::new(),
    };
    if object.is_empty() {
        object.insert("description".to_owned(), body(docstring, section).into());
    }
    object.into()
}

/// The examples that stand in prose, one a block.
fn doctests(value: &str) -> Option<Value> {
    let is_prompt = |line: &str| line.trim_start().starts_with(">>> ");
    let mut blocks: Vec<Value> = Vec::new();
    let mut lines = value.lines().peekable();
    while let Some(line) = lines.next() {
        if !is_prompt(line) {
            continue;
        }
        let mut block = line.trim().to_owned();
        while let Some(line) = lines.next_if(|it| !it.trim().is_empty()) {
            block.push('\n');
            block.push_str(line.trim());
        }
        blocks.push(block.into());
    }
    (!blocks.is_empty()).then_some(Value::Array(blocks))
}

/// The body of a section with one of these titles, or the first line that has one of these words.
fn told(docstring: &Docstring<'_>, titles: &[&str], words: &[&str]) -> Option<Value> {
    let is_titled = |section: &&Section<'_>| {
        let title = section.title.of(docstring.value).to_lowercase();
        section.kind == SectionKind::Other && titles.iter().any(|it| title.contains(it))
    };
    let mut sections = docstring.sections.iter().filter(is_titled);
    if let Some(section) = sections.find(|it| !it.body.is_empty()) {
        return Some(body(docstring, section).into());
    }
    let mut lines = docstring.value.lines().map(str::trim);
    let line = lines.find(|line| {
        let lower = line.to_lowercase();
        words.iter().any(|it| lower.contains(it))
    })?;
    Some(line.into())
}
