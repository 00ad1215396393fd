//! Prints what docstrings are read as: JSON strings in, one a line, JSON objects out; the tests' judges read them.

use std::error::Error;
use std::io::{BufRead, Write};

use docgen::docstring::{QuirkKind, parse};
use docgen::text::Span;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let value: String = serde_json::from_str(&line?)?;
        writeln!(out, "{}", describe(&value))?;
    }
    Ok(())
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
