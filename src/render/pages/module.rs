//! The page of one module.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::markup::{cell, code, inline, target};
use super::member::{Source, reference};
use super::sections::{others, overview, summary, table};
use super::{Entry, MARK, Page, Site, file};
use crate::contract::{Visibility, visibilities};
use crate::docstring::{self, Docstring};
use crate::python::{
    Attribute, Module, Symbol, SymbolId, SymbolKind, attributes, cognitive_complexities,
    is_standard_library, line_counts, maintainability_index,
};

pub(super) fn page(site: &Site, name: &str, path: &str, module: &Module<'_>) -> Page {
    let values: Vec<_> = module
        .symbols
        .iter()
        .map(|it| {
            it.docstring
                .as_ref()
                .map(|slot| slot.value(module.text).text)
        })
        .collect();
    let docstrings: Vec<Option<Docstring<'_>>> = values
        .iter()
        .map(|it| it.as_deref().map(|value| docstring::parse(value, None)))
        .collect();
    let source = Source {
        module,
        docstrings: &docstrings,
        cognitive: &cognitive_complexities(module),
        is_shown: &shown(site, module, &docstrings),
    };
    let (text, imports, counts) = written(site, name, path, &source);
    let [classes, functions, told, all] = counts;
    Page {
        file: file(name),
        text,
        entry: Entry {
            name: name.to_owned(),
            summary: summary(source.docstring(SymbolId::MODULE)),
            classes,
            functions,
            documented: [told, all],
            imports,
        },
    }
}

/// The page; what it imports of the project; how many classes and functions, how many documented of how many symbols.
fn written(
    site: &Site,
    name: &str,
    path: &str,
    source: &Source<'_>,
) -> (String, BTreeSet<String>, [usize; 4]) {
    let module = source.module;
    let symbols = || {
        let all = module.ids();
        all.filter(|(id, _)| source.is_shown[id.0 as usize])
    };
    let of_kind = |kind| -> Vec<_> { symbols().filter(|it| it.1.kind == kind).collect() };
    let (classes, functions) = (of_kind(SymbolKind::Class), of_kind(SymbolKind::Function));
    let told = symbols().filter(|(id, _)| source.docstring(*id).is_some());
    let documented = [told.count(), symbols().count()];
    let mut out = format!("{MARK}\n# {}\n\n", inline(name));
    let own = source.docstring(SymbolId::MODULE);
    if let Some(docstring) = own {
        overview(docstring, &mut out);
    }
    facts(path, module, documented, &mut out);
    contents(source, &classes, &functions, &mut out);
    if let Some(docstring) = own {
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
    names(site, module, &mut out);
    let imports = dependencies(site, name, module, &mut out);
    out.truncate(out.trim_end().len());
    out.push('\n');
    let [told, all] = documented;
    (out, imports, [classes.len(), functions.len(), told, all])
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
                Visibility::Private => site.has_private,
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

/// The line of numbers below the overview.
fn facts(path: &str, module: &Module<'_>, [told, all]: [usize; 2], out: &mut String) {
    let counts = line_counts(module);
    let index = maintainability_index(module, counts);
    let _ = writeln!(
        out,
        "{}: {} lines, {} of them code; {told} of {all} documented; maintainability index {index:.1}\n",
        code(path),
        counts.total,
        counts.code
    );
    if let Some(error) = module.errors.first() {
        let told = inline(error.message);
        let _ = writeln!(out, "**Not all of it could be read:** {told}.\n");
    }
}

/// The table of contents.
fn contents(
    source: &Source<'_>,
    classes: &[(SymbolId, &Symbol<'_>)],
    functions: &[(SymbolId, &Symbol<'_>)],
    out: &mut String,
) {
    if classes.is_empty() && functions.is_empty() {
        return;
    }
    out.push_str("## Contents\n\n");
    let row = |word: &str, (id, symbol): &(SymbolId, &Symbol<'_>)| {
        vec![
            format!("{word}{}", reference(symbol)),
            summary(source.docstring(*id)),
        ]
    };
    let classes = classes.iter().map(|it| row("class ", it));
    let rows: Vec<_> = classes
        .chain(functions.iter().map(|it| row("", it)))
        .collect();
    table(&["Name", "What it is"], &rows, out);
}

/// Constants and aliases of types.
fn names(site: &Site, module: &Module<'_>, out: &mut String) {
    let text = module.text;
    let is_alias = |it: &Attribute<'_>| {
        it.annotation
            .is_some_and(|span| span.of(text).ends_with("TypeAlias"))
    };
    let is_constant = |it: &Attribute<'_>| {
        it.name.contains(char::is_uppercase) && !it.name.contains(char::is_lowercase)
    };
    let mut all = attributes(module, SymbolId::MODULE);
    all.retain(|it| site.has_private || !it.name.starts_with('_'));
    for (title, is_meant) in [
        ("Constants", &is_constant as &dyn Fn(&Attribute<'_>) -> bool),
        ("Type aliases", &is_alias),
    ] {
        let is_other = |it: &&Attribute<'_>| title == "Constants" && is_alias(it);
        let meant = all.iter().filter(|it| is_meant(it) && !is_other(it));
        let row = |it: &Attribute<'_>| {
            let value = it.value.map_or("", |span| span.of(text));
            let is_long = value.len() > 80 || value.contains('\n');
            let short = value.lines().next().unwrap_or_default();
            let short: String = short.chars().take(60).collect();
            let told = if is_long {
                format!("{short} ...")
            } else {
                value.to_owned()
            };
            let annotation = it.annotation.map_or("", |span| span.of(text));
            vec![code(it.name), shown_code(annotation), shown_code(&told)]
        };
        let rows: Vec<_> = meant.map(row).collect();
        if !rows.is_empty() {
            let _ = writeln!(out, "## {title}\n");
            table(&["Name", "Type", "Value"], &rows, out);
        }
    }
}

fn shown_code(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        code(text)
    }
}

/// What the module imports, by origin; the modules of the project among it.
fn dependencies(
    site: &Site,
    name: &str,
    module: &Module<'_>,
    out: &mut String,
) -> BTreeSet<String> {
    let is_package = module.symbol(SymbolId::MODULE).kind == SymbolKind::Package;
    let (mut local, mut standard, mut other) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for import in &module.imports {
        if let Some(known) = site.local(name, is_package, import) {
            if known != name {
                local.insert(known.to_owned());
            }
            continue;
        }
        let top = import.module.split('.').next().unwrap_or_default().trim();
        if top.is_empty() {
            continue;
        }
        let names = if is_standard_library(top) {
            &mut standard
        } else {
            &mut other
        };
        names.insert(top.to_owned());
    }
    if local.is_empty() && standard.is_empty() && other.is_empty() {
        return local;
    }
    out.push_str("## Dependencies\n\n");
    let link = |it: &String| format!("[{}]({}.md)", inline(it), target(it));
    let listed = |names: &BTreeSet<String>| {
        names
            .iter()
            .map(|it| code(it))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let rows = [
        (
            "This project",
            local.iter().map(link).collect::<Vec<_>>().join(", "),
        ),
        ("Third party", listed(&other)),
        ("Standard library", listed(&standard)),
    ];
    let rows: Vec<_> = rows
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(origin, names)| vec![cell(origin), names])
        .collect();
    table(&["From", "What"], &rows, out);
    local
}
