//! DG202: a documented parameter that does not exist.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, removal};
use crate::contract::{Renamed, Written, stars};
use crate::docstring::{Docstring, Entry};
use crate::python::Param;
use crate::text::{Applicability, Span};

pub(super) static RULE: Rule = Rule {
    code: "DG202",
    name: "unknown-param",
    severity: Severity::Error,
    default: true,
    facets: Facets::of(&[
        Facet::Added,
        Facet::Params,
        Facet::Signature,
        Facet::Decorators,
        Facet::Attributes,
        Facet::Docstring,
    ]),
    aliases: &["DOC102", "DOC103", "DAR102"],
    page: include_str!("unknown_param.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    for renamed in &subject.coverage.renamed {
        report_renamed(subject, renamed, reporter);
    }
    report_starred(subject, reporter);
    report_unknown(subject, reporter);
}

/// Whether the parameter of an unknown entry's name is there, without the entry's stars.
fn is_starred(subject: &Subject<'_>, docstring: &Docstring<'_>, entry: &Entry<'_>) -> bool {
    stars(entry, docstring) > 0 && param(subject, entry).is_some()
}

fn param<'a>(subject: &Subject<'a>, entry: &Entry<'_>) -> Option<&'a Param<'a>> {
    let mut params = subject.signature()?.params.iter();
    params.find(|it| Some(it.name) == entry.name)
}

fn report_starred(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    let unknown = subject.coverage.unknown_params.iter();
    for entry in unknown.filter(|it| stars(it, docstring) > 0) {
        let Some(param) = param(subject, entry) else {
            continue;
        };
        let told = entry.name_span.of(docstring.value).replace('\\', "");
        let is = format!("{}{}", param.kind.stars(), param.name);
        let title = subject.title();
        let message = format!("{title} documents `{told}`, but its parameter is `{is}`");
        let at = written.place(entry.name_span);
        reporter
            .report(at, message)
            .label(at, "other stars than in the signature")
            .context(param.span, "the parameter")
            .mend(
                [subject.rewrite(written, entry.name_span, &is)],
                Applicability::Safe,
            )
            .entry(param.name);
    }
}

fn report_renamed(subject: &Subject<'_>, renamed: &Renamed<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, _)) = subject.written() else {
        return;
    };
    let (old, new) = (renamed.entry.name.unwrap_or_default(), renamed.param.name);
    let title = subject.title();
    let message = if renamed.is_similar {
        format!("{title} documents `{old}`, but its parameter is called `{new}`")
    } else {
        format!("{title} documents `{old}` in place of its parameter `{new}`")
    };
    let at = written.place(renamed.entry.name_span);
    let names = names(written, renamed.entry, old).unwrap_or_default();
    // Nobody else can be meant; of several that changed their names at once the places alone tell too little.
    let is_sure = renamed.is_similar || subject.coverage.unknown_params.len() == 1;
    let applicability = if is_sure {
        Applicability::Safe
    } else {
        Applicability::Unsafe
    };
    reporter
        .report(at, message)
        .label(at, "no such parameter")
        .context(renamed.param.span, "not documented under this name")
        .help(format!("rename `{old}` to `{new}`"))
        .mend(
            names
                .into_iter()
                .map(|it| subject.rewrite(written, it, new)),
            applicability,
        )
        .entry(old);
}

/// The places where an entry says its `name`: once, and again in a `:type x:` field of its own.
fn names(written: &Written<'_>, entry: &Entry<'_>, name: &str) -> Option<Vec<Span>> {
    let value = written.parsed.value;
    let at = entry.name_span.of(value).find(name)?;
    let start = entry.name_span.start + at as u32;
    let mut names = vec![Span::new(start, start + name.len() as u32)];
    let apart = entry.annotation.filter(|it| !entry.span.contains(it.start));
    if let Some(annotation) = apart {
        let before = value.get(..annotation.start as usize)?;
        let line = before.rfind('\n').map_or(0, |it| it + 1);
        let mark = before[line..].rfind(&format!(" {name}:"))?;
        let start = (line + mark + 1) as u32;
        names.push(Span::new(start, start + name.len() as u32));
    }
    Some(names)
}

fn report_unknown(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, _)) = subject.written() else {
        return;
    };
    let is_renamed = |entry: &&Entry<'_>| {
        let renamed = &subject.coverage.renamed;
        renamed
            .iter()
            .any(|it| it.entry.name_span == entry.name_span)
    };
    let unknown = subject.coverage.unknown_params.iter().copied();
    let unknown: Vec<_> = unknown
        .filter(|it| !is_renamed(it) && !is_starred(subject, &written.parsed, it))
        .collect();
    let Some(first) = unknown.first() else { return };
    let title = subject.title();
    let message = match unknown.len() {
        1 => {
            let name = first.name.unwrap_or_default();
            format!("{title} documents `{name}`, which is none of its parameters")
        }
        count => format!("{title} documents {count} parameters that it does not have"),
    };
    let finding = reporter.report(written.place(first.name_span), message);
    for entry in &unknown {
        let span = written.place(entry.name_span);
        finding
            .label(span, "no such parameter")
            .entry(entry.name.unwrap_or_default());
    }
    let spans = removal::entries(&written.parsed, &unknown).unwrap_or_default();
    finding.mend(
        spans.into_iter().map(|it| subject.rewrite(written, it, "")),
        Applicability::Unsafe,
    );
}
