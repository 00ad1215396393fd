//! DG102: a method without a docstring.

use super::{Needs, Reporter, Rule, Severity, Subject, presence};
use crate::contract::{Inherited, refers_to_base};
use crate::python::SymbolKind;

pub(super) static RULE: Rule = Rule {
    code: "DG102",
    name: "missing-method-docstring",
    severity: Severity::Error,
    default: true,
    facets: presence::FACETS,
    aliases: &["D102"],
    page: include_str!("missing_method_docstring.md"),
    check,
    needs: Needs::Code,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    if subject.symbol.kind == SymbolKind::Method {
        presence::report_plain(subject, reporter);
        report_empty_reference(subject, reporter);
    }
}

/// `See base class.` where the base says nothing.
fn report_empty_reference(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    let is_asked = subject.reading.settings.presence.has(subject.visibility);
    if is_asked
        && refers_to_base(docstring)
        && subject.reading.inherited(subject.id) == Inherited::Undocumented
    {
        let name = subject.symbol.name;
        let message = format!("`{name}` refers to its base class, where `{name}` has no docstring");
        let at = written.place(docstring.summary.unwrap_or_default());
        reporter
            .report(at, message)
            .label(at, "nothing to see there");
    }
}
