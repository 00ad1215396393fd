//! DG807: a deprecation that the docstring does not tell of.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject};
use crate::docstring;
use crate::text::{Applicability, Span};

pub(super) static RULE: Rule = Rule {
    code: "DG807",
    name: "deprecation-mismatch",
    severity: Severity::Warning,
    default: true,
    facets: Facets::of(&[
        Facet::Added,
        Facet::Warns,
        Facet::Decorators,
        Facet::Docstring,
    ]),
    aliases: &[],
    page: include_str!("deprecation_mismatch.md"),
    check,
    needs: Needs::Docstring,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.held_to_be_complete() else {
        return;
    };
    let Some((statement, label)) = deprecated(subject) else {
        return;
    };
    if !docstring.value.to_ascii_lowercase().contains("deprecat") {
        let at = subject.first_line(statement);
        let title = subject.title();
        let message = format!("{title} is deprecated, and its docstring does not say so");
        let told = message_in(subject.text(statement));
        let changes = told.map(|it| {
            let margin = written.indent(subject.reading.module.text);
            docstring::remark(docstring, &sentence(it), margin)
        });
        reporter.report(at, message).label(at, label).mend(
            subject.changed(written, changes.unwrap_or_default()),
            Applicability::Safe,
        );
    }
}

/// The plain string that a call begins with: `use f` of `warn("use f", DeprecationWarning)`.
fn message_in(call: &str) -> Option<&str> {
    let arguments = call.split_once('(')?.1.trim_start();
    let quote = arguments
        .chars()
        .next()
        .filter(|it| matches!(it, '"' | '\''))?;
    let (message, rest) = arguments[1..].split_once(quote)?;
    let is_plain = !message.trim().is_empty() && !message.contains(['\\', '\n', '\r']);
    let is_all = rest.trim_start().starts_with([',', ')']);
    (is_plain && is_all).then_some(message)
}

/// The message as a paragraph that says what it is about.
fn sentence(message: &str) -> String {
    let message = message.trim();
    let says_so = message.to_ascii_lowercase().contains("deprecat");
    let head = if says_so { "" } else { "Deprecated: " };
    let stop = if message.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{head}{message}{stop}")
}

/// What says that the whole symbol is deprecated: its decorator (PEP 702), or a warning that every call gives.
fn deprecated(subject: &Subject<'_>) -> Option<(Span, &'static str)> {
    let symbol = subject.symbol;
    let mut decorators = symbol.decorators.iter();
    // Decorators of that name from elsewhere often write it into the docstring themselves.
    let imports = &subject.reading.module.imports;
    let is_from_elsewhere = |name: &str| {
        let mut bound = imports.iter().filter(|it| it.bound == name);
        bound.any(|it| !matches!(it.module, "warnings" | "typing_extensions"))
    };
    let is_mark = |span: &&Span| {
        let text = subject.text(**span);
        let name = text.split(['(', ' ']).next().unwrap_or_default();
        let first = name.split('.').next().unwrap_or_default();
        name.rsplit('.').next() == Some("deprecated") && !is_from_elsewhere(first)
    };
    if let Some(&span) = decorators.find(is_mark) {
        return Some((span, "deprecated here"));
    }
    let indent = |offset: u32| {
        let before = subject.text(Span::new(symbol.span.start, offset));
        before
            .rsplit('\n')
            .next()
            .filter(|it| it.trim().is_empty())
            .map(str::len)
    };
    let body = indent(symbol.docstring.as_ref()?.span.start)?;
    let mut warns = symbol.facts.warns.iter();
    let warned = warns.find(|it| {
        let is_deprecation = matches!(
            it.category,
            Some("DeprecationWarning" | "PendingDeprecationWarning")
        );
        is_deprecation && symbol.kind.is_function() && indent(it.span.start) == Some(body)
    })?;
    Some((warned.span, "every call warns"))
}
