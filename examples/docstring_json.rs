//! Prints what docstrings are read as: JSON strings in, one a line, JSON objects out; the tests' judges read them.
//!
//! With the name of a style (`google`, `numpy`, `sphinx`, `epytext`) it prints what they are in that style, with `insert` what
//! they are with a parameter and an exception more.

use std::error::Error;
use std::io::{BufRead, Write};

use docgen::docstring::{
    Addition, Draft, DraftEntry, QuirkKind, SectionKind, Style, changed, convert, insert, parse,
    write,
};
use docgen::text::Span;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let style = match std::env::args().nth(1).as_deref() {
        None | Some("insert") => None,
        Some("google") => Some(Style::Google),
        Some("numpy") => Some(Style::Numpy),
        Some("sphinx") => Some(Style::Sphinx),
        Some("epytext") => Some(Style::Epytext),
        Some(other) => return Err(format!("no style `{other}`").into()),
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let value: String = serde_json::from_str(&line?)?;
        let described = match style {
            Some(style) => in_style(&value, style),
            None if std::env::args().len() > 1 => with_more(&value),
            None => describe(&value),
        };
        writeln!(out, "{described}")?;
    }
    Ok(())
}

/// One docstring with a parameter and an exception more.
fn with_more(value: &str) -> Value {
    let additions = [
        (SectionKind::Params, "new_param"),
        (SectionKind::Raises, "NewError"),
    ];
    let additions = additions.map(|(kind, name)| Addition {
        kind,
        entry: DraftEntry::named(name).said("What it is about."),
    });
    match insert(&parse(value, None), &additions, &[], Style::Google, "    ") {
        Ok(changes) => json!({"value": changed(value, &changes)}),
        Err(error) => {
            json!({"declined": error.to_string(), "why": format!("{error:?}").split('(').next()})
        }
    }
}

/// One docstring in `style`: its value, or why it is not written; and what its own style makes of it when it is written anew.
fn in_style(value: &str, style: Style) -> Value {
    let docstring = parse(value, None);
    let converted = match convert(&docstring, style, "    ") {
        Ok(Some(change)) => json!({"value": changed(value, &[change])}),
        Ok(None) => json!({"value": null}),
        Err(error) => {
            json!({"declined": error.to_string(), "why": format!("{error:?}").split('(').next()})
        }
    };
    let own = docstring.style.unwrap_or(style);
    let anew = |value: &str| {
        let draft = Draft::read(&parse(value, Some(own))).ok()?;
        Some((write(&draft, own, "").ok()?, draft))
    };
    let again = anew(value).map(|(text, _)| {
        let read = Draft::read(&parse(&text, Some(own)));
        let twice = anew(&text);
        twice.is_some_and(|it| it.0 == text && read == Ok(it.1))
    });
    json!({"converted": converted, "again": again, "style": docstring.style.map(|it| format!("{it:?}"))})
}
/// One docstring, read.
fn describe(value: &str) -> Value {
    let docstring = parse(value, None);
    let text = |span: Option<Span>| span.map(|it| it.of(value));
    let sections: Vec<_> = docstring
        .sections
        .iter()
        .map(|section| {
            let entries: Vec<_> = section
                .entries
                .iter()
                .map(|entry| json!({"name": entry.name, "type": text(entry.annotation), "text": text(entry.text)}))
                .collect();
            json!({"kind": format!("{:?}", section.kind), "title": section.title.of(value), "entries": entries})
        })
        .collect();
    let quirks: Vec<_> = docstring
        .quirks
        .iter()
        .map(|quirk| {
            let kind = match quirk.kind {
                QuirkKind::MalformedEntry => "malformed".to_owned(),
                QuirkKind::Remark => "remark".to_owned(),
                QuirkKind::Template => "template".to_owned(),
                QuirkKind::MisspelledSection(name) => format!("misspelled {name}"),
                QuirkKind::ForeignStyle(style) => format!("foreign {style:?}"),
            };
            json!({"kind": kind, "text": quirk.span.of(value)})
        })
        .collect();
    json!({
        "style": docstring.style.map(|it| format!("{it:?}")),
        "summary": text(docstring.summary),
        "description": text(docstring.description),
        "sections": sections,
        "quirks": quirks,
    })
}
