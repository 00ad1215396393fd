//! The page of one module.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::changes::changes;
use super::dependencies::Imports;
use super::markup::{code, plain};
use super::member::Source;
use super::same::{LINK, NO_LINK};
use super::sections::{others, overview, raises, summary, table, values};
use super::{Entry, MARK, Origin, Page, Site, Web};
use crate::contract::{Visibility, visibilities};
use crate::docstring::{self, Docstring};
use crate::python::{
    Module, Symbol, SymbolId, SymbolKind, cognitive_complexities, line_counts,
    maintainability_index,
};
use crate::text::LineIndex;

pub(super) fn page(site: &Site, name: &str, origin: Origin<'_>, module: &Module<'_>) -> Page {
    let slots = module.symbols.iter().map(|it| it.docstring.as_ref());
    let values: Vec<_> = slots
        .map(|slot| slot.map(|it| it.value(module.text).text))
        .collect();
    let docstrings: Vec<Option<Docstring<'_>>> = values
        .iter()
        .map(|it| it.as_deref().map(|value| docstring::parse(value, None)))
        .collect();
    let is_shown = shown(site, module, &docstrings);
    let classes = module
        .ids()
        .filter(|(id, it)| is_shown[id.0 as usize] && it.kind == SymbolKind::Class);
    let source = Source {
        site,
        name,
        origin,
        module,
        lines: &LineIndex::new(module.text),
        docstrings: &docstrings,
        cognitive: &cognitive_complexities(module),
        is_shown: &is_shown,
        classes: classes.map(|it| it.1.qualname.as_str()).collect(),
        overloads: overloads(module),
    };
    let (text, imports, counts) = written(&source);
    let last = origin
        .history
        .and_then(|(history, path)| history.of(path).next());
    Page {
        file: site.file(name),
        text,
        entry: Entry {
            name: name.to_owned(),
            summary: summary(source.docstring(SymbolId::MODULE)),
            classes: counts.classes,
            functions: counts.functions,
            documented: counts.documented,
            imports: imports.all,
            at_once: imports.at_once,
            day: last.map_or_else(String::new, |it| it.day.clone()),
        },
    }
}

/// What the index counts.
struct Counts {
    classes: usize,
    functions: usize,
    documented: [usize; 2],
}

/// A symbol with its id.
type Placed<'m> = (SymbolId, &'m Symbol<'m>);

/// The page; what it imports of the project; what it holds.
fn written(source: &Source<'_>) -> (String, Imports, Counts) {
    let module = source.module;
    let symbols = || {
        let all = module.ids();
        all.filter(|(id, _)| source.is_shown[id.0 as usize])
    };
    let of_kind = |kind| -> Vec<_> { symbols().filter(|it| it.1.kind == kind).collect() };
    let (classes, functions) = (of_kind(SymbolKind::Class), of_kind(SymbolKind::Function));
    let told = symbols().filter(|(id, _)| source.docstring(*id).is_some());
    let documented = [told.count(), symbols().count()];
    let mut out = format!("{MARK}\n# {}\n\n", plain(source.name));
    way(source, &mut out);
    let own = source.docstring(SymbolId::MODULE);
    if let Some(docstring) = own {
        let mut text = String::new();
        overview(docstring, &mut text);
        // Some docstrings begin with the module's name as their title.
        let title = format!("**{}**\n\n", plain(source.name));
        out.push_str(text.strip_prefix(&title).unwrap_or(&text));
    }
    facts(source, documented, &mut out);
    contents(source, &classes, &functions, &mut out);
    if let Some(docstring) = own {
        values(docstring, "", &mut out);
        raises(module.symbol(SymbolId::MODULE), docstring, &mut out);
        others(docstring, &mut out);
    }
    if !classes.is_empty() {
        out.push_str("## Classes\n\n");
    }
    for (id, _) in &classes {
        source.class(*id, 3, &mut out);
    }
    if !functions.is_empty() {
        out.push_str("## Functions\n\n");
    }
    for (id, _) in &functions {
        source.function(*id, 3, &mut out);
    }
    source.names(&mut out);
    source.reexports(&mut out);
    let imports = source.dependencies(&mut out);
    changes(&source.origin, &mut out);
    out.truncate(out.trim_end().len());
    out.push('\n');
    let counts = Counts {
        classes: classes.len(),
        functions: functions.len(),
        documented,
    };
    (out, imports, counts)
}

/// The way back: to the index, and to the packages around.
fn way(source: &Source<'_>, out: &mut String) {
    out.push_str("[All modules](../index.md)");
    let mut around = Vec::new();
    let mut rest = source.name;
    while let Some((package, _)) = rest.rsplit_once('.') {
        rest = package;
        if source.site.stems.contains_key(package) {
            around.push(source.site.link(package));
        }
    }
    for package in around.iter().rev() {
        out.push_str(" / ");
        out.push_str(package);
    }
    out.push_str("\n\n");
}

/// Which symbols have a place: what users may call, each once; where one name is defined several times, the first that
/// is documented.
fn shown(site: &Site, module: &Module<'_>, docstrings: &[Option<Docstring<'_>>]) -> Vec<bool> {
    // By the module's own names only: whoever asks for the page of a private module wants to see what it holds.
    let visible = visibilities(module, "module.py");
    let mut first: BTreeSet<&str> = BTreeSet::new();
    let mut is_shown = vec![false; module.symbols.len()];
    for documented in [true, false] {
        for ((id, symbol), visibility) in module.ids().zip(&visible) {
            let at = id.0 as usize;
            let is_wanted = match visibility {
                Visibility::Public | Visibility::Test => true,
                Visibility::Nested => {
                    symbol.kind == SymbolKind::Class && !symbol.qualname.contains('<')
                }
                Visibility::Magic => docstrings[at].is_some(),
                Visibility::Private => site.look.has_private,
            };
            let is_whole = symbol.parent.is_none_or(|parent| {
                parent == SymbolId::MODULE || module.symbol(parent).kind == SymbolKind::Class
            });
            let is_variant = symbol
                .decorator_names(module.text)
                .any(|it| matches!(it, "setter" | "deleter" | "overload"));
            if is_wanted
                && is_whole
                && !is_variant
                && docstrings[at].is_some() == documented
                && first.insert(&symbol.qualname)
            {
                is_shown[at] = true;
            }
        }
    }
    is_shown
}

/// The signatures that `overload` marks, by the names of their functions.
fn overloads<'m>(module: &'m Module<'m>) -> BTreeMap<&'m str, Vec<&'m Symbol<'m>>> {
    let mut found: BTreeMap<&str, Vec<&Symbol<'_>>> = BTreeMap::new();
    for symbol in module.symbols.iter().filter(|it| !it.decorators.is_empty()) {
        if symbol
            .decorator_names(module.text)
            .any(|it| it == "overload")
        {
            found.entry(&symbol.qualname).or_default().push(symbol);
        }
    }
    found
}

/// The line of numbers below the overview, where its source is, and what could not be read.
fn facts(source: &Source<'_>, [told, all]: [usize; 2], out: &mut String) {
    let module = source.module;
    let counts = line_counts(module);
    let index = maintainability_index(module, counts);
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(
        out,
        "{}: {} lines, {} of them code; {told} of {all} documented; maintainability index {index:.1}\n",
        code(source.origin.path),
        counts.total,
        counts.code
    );
    let _ = match source.origin.web {
        Web::At(url, path) => writeln!(out, "{LINK}{})\n", url.file(path)),
        Web::Differs(url) => {
            let revision = code(url.short_revision());
            writeln!(
                out,
                "{NO_LINK}{revision}: lines are not linked to their source.*\n"
            )
        }
        Web::Nowhere => Ok(()),
    };
    if let Some(error) = module.errors.first() {
        let (told, line) = (plain(error.message), source.lines.line(error.span.start));
        let _ = writeln!(
            out,
            "**Not all of it could be read:** {told} (line {line}).\n"
        );
    }
}

/// The table of contents.
fn contents(
    source: &Source<'_>,
    classes: &[Placed<'_>],
    functions: &[Placed<'_>],
    out: &mut String,
) {
    let modules = source.site.submodules(source.name);
    let modules = modules.map(|it| vec![format!("module {}", source.site.link(it)), String::new()]);
    let row = |word: &str, (id, symbol): &Placed<'_>| {
        let name = source.reference(symbol, &symbol.qualname);
        vec![format!("{word}{name}"), summary(source.docstring(*id))]
    };
    let classes = classes.iter().map(|it| row("class ", it));
    let functions = functions.iter().map(|it| row("", it));
    let rows: Vec<_> = modules.chain(classes).chain(functions).collect();
    if !rows.is_empty() {
        out.push_str("## Contents\n\n");
        table(&["Name", "What it is"], &rows, out);
    }
}
