//! What a prompt shows of a symbol and of what is around it, in the order of worth, within a budget of tokens.

use std::fmt::Write as _;

use super::library::{Documented, Library, Seek};
use super::view;
use crate::ai::Session;
use crate::contract::Reading;
use crate::meter::TokenCounter;
use crate::python::{SymbolId, SymbolKind};

/// One part of what is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// What it is.
    pub(super) title: &'static str,
    pub(super) text: String,
    /// Whether a prompt makes no sense without it.
    pub(super) preserve: bool,
    /// Whether it is the file's own, and not of other places that change by themselves.
    pub(super) is_own: bool,
}

/// The most tokens of each part.
const SOURCE: u64 = 2500;
const CLASS: u64 = 500;
const BASE: u64 = 300;
const CALLEES: u64 = 400;
const SIMILAR: u64 = 500;
const MODULE: u64 = 150;
/// Docstrings of so many callees are shown.
const CALLED: usize = 5;

/// Where context comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings<'s> {
    pub(super) library: &'s Library,
    /// What similar symbols may be asked for through; nothing where an estimate asks nobody.
    pub(super) session: Option<&'s Session>,
    pub(super) counter: &'s TokenCounter,
    /// How many similar symbols are shown.
    pub(super) similar: usize,
    /// The file.
    pub(super) path: &'s str,
    /// The most tokens of all parts.
    pub(super) window: u64,
}

/// The parts for a symbol. An error where what must be shown does not fit: nothing is sent then.
pub(super) fn parts(
    reading: &Reading<'_>,
    id: SymbolId,
    similar: &[Documented],
    around: Surroundings<'_>,
) -> Result<Vec<Part>, String> {
    let module = reading.module;
    let symbol = module.symbol(id);
    let counter = around.counter;
    let whole = view::source(module, id);
    let head = view::header(module, symbol).len().min(1) + whole_header_lines(&whole, symbol.kind);
    let source = view::fitted(&whole, head, SOURCE.min(around.window), counter);
    let too_large = || format!("too-large: its source has {} tokens", counter.count(&whole));
    let mut parts = vec![Part {
        title: "source",
        text: source.ok_or_else(too_large)?,
        preserve: true,
        is_own: true,
    }];
    let mut add = |title, text: String, budget, is_own| {
        if text.trim().is_empty() {
            return;
        }
        if let Some(text) = view::fitted(&text, 1, budget, counter) {
            parts.push(Part {
                title,
                text,
                preserve: false,
                is_own,
            });
        }
    };
    add("its class", class(reading, id), CLASS, true);
    add(
        "what it overrides",
        base(reading, id, around.library),
        BASE,
        false,
    );
    add(
        "what it calls",
        callees(&whole, symbol.name, around.library),
        CALLEES,
        false,
    );
    add("similar, already documented", told(similar), SIMILAR, false);
    add(
        "the docstring of its module",
        module_docstring(reading, id),
        MODULE,
        true,
    );
    Ok(within(parts, around))
}

/// So many lines of a function's source hold its header, at most.
fn whole_header_lines(source: &str, kind: SymbolKind) -> usize {
    if kind.is_module() {
        return 0;
    }
    let lines = source.lines();
    let ends = lines.take(60).position(|it| it.trim_end().ends_with(':'));
    ends.unwrap_or(0)
}

/// The parts that fit, the last ones left out first.
fn within(parts: Vec<Part>, around: Surroundings<'_>) -> Vec<Part> {
    let mut left = around.window;
    let mut kept = Vec::with_capacity(parts.len());
    for part in parts {
        let tokens = around.counter.count(&part.text);
        if !part.preserve && tokens > left {
            break;
        }
        left = left.saturating_sub(tokens);
        kept.push(part);
    }
    kept
}

/// The header, docstring and `__init__` of a method's class.
fn class(reading: &Reading<'_>, id: SymbolId) -> String {
    let module = reading.module;
    let symbol = module.symbol(id);
    let Some(class) = symbol
        .parent
        .filter(|it| module.symbol(*it).kind == SymbolKind::Class)
    else {
        return String::new();
    };
    let mut text = view::header(module, module.symbol(class));
    if let Some(written) = reading.docstring(class) {
        text.push_str("\n\"\"\"");
        text.push_str(written.parsed.value.trim());
        text.push_str("\"\"\"");
    }
    if let Some(constructor) = reading.constructor(class).filter(|it| *it != id) {
        text.push('\n');
        text.push_str(&view::source(module, constructor));
    }
    text
}

/// The docstring of the method that a method overrides.
fn base(reading: &Reading<'_>, id: SymbolId, library: &Library) -> String {
    let module = reading.module;
    let symbol = module.symbol(id);
    let class = symbol.parent.map(|it| module.symbol(it));
    let Some(class) = class.filter(|it| it.kind == SymbolKind::Class) else {
        return String::new();
    };
    let mut found = class
        .base_names(module.text)
        .filter_map(|base| library.qualified(&format!("{base}.{}", symbol.name)));
    found.next().map_or(String::new(), |it| {
        format!("{}\n{}", it.header, it.docstring)
    })
}

/// The first sentences on what a symbol calls, where the project has one of that name.
fn callees(source: &str, own: &str, library: &Library) -> String {
    let mut told: Vec<&str> = Vec::new();
    let mut out = String::new();
    for (at, _) in source.match_indices('(') {
        let before = &source[..at];
        let is_part = |it: char| it.is_alphanumeric() || it == '_';
        let name = &before[before.trim_end_matches(is_part).len()..];
        if name.len() < 3 || name == own || told.contains(&name) || told.len() >= CALLED {
            continue;
        }
        if let Some(known) = library.only(name) {
            told.push(name);
            let first = known.docstring.split("\n\n").next().unwrap_or_default();
            let first = first.replace('\n', " ");
            let _ = writeln!(out, "{}\n    {first}", known.header);
        }
    }
    out
}

/// What a symbol is compared by with others; nothing where it is a module.
pub(super) fn seek(reading: &Reading<'_>, id: SymbolId, path: &str) -> Seek {
    let symbol = reading.module.symbol(id);
    if symbol.kind.is_module() {
        return Seek::default();
    }
    Seek {
        path: path.to_owned(),
        qualname: symbol.qualname.clone(),
        header: view::header(reading.module, symbol),
    }
}

/// Similar documented symbols as they are shown.
fn told(similar: &[Documented]) -> String {
    let shown = similar
        .iter()
        .map(|it| format!("{}\n{}\n", it.header, it.docstring));
    shown.collect::<Vec<_>>().join("\n")
}

fn module_docstring(reading: &Reading<'_>, id: SymbolId) -> String {
    if id == SymbolId::MODULE {
        return String::new();
    }
    let written = reading.docstring(SymbolId::MODULE);
    written.map_or(String::new(), |it| it.parsed.value.trim().to_owned())
}
