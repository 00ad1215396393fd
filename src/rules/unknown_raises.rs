//! DG502: a documented exception that is never raised.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, removal};
use crate::contract::exception_names;
use crate::docstring::SectionKind;
use crate::python::is_inert;
use crate::text::Applicability;

pub(super) static RULE: Rule = Rule {
    code: "DG502",
    name: "unknown-raises",
    severity: Severity::Warning,
    default: true,
    facets: Facets::of(&[Facet::Added, Facet::Raises, Facet::Docstring]),
    aliases: &["DOC502", "DOC503", "DAR402"],
    page: include_str!("unknown_raises.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    if !subject.symbol.kind.is_function() {
        return;
    }
    let judge = Judge::of(subject);
    for (section, at, entry) in docstring.placed(|it| it == SectionKind::Raises) {
        let names: Vec<&str> = exception_names(entry).collect();
        if !names.is_empty() && names.iter().all(|name| judge.is_gone(name)) {
            let removed = removal::entry(docstring, section, at);
            let at = written.place(entry.name_span);
            let name = entry.name.unwrap_or_default();
            let message = format!(
                "{} documents `{name}`, which it does not raise",
                subject.title()
            );
            let edits = removed.map(|it| subject.rewrite(written, it, ""));
            reporter
                .report(at, message)
                .label(at, "never raised")
                .mend(edits, Applicability::Unsafe)
                .entry(name);
        }
    }
}

/// What tells whether a function certainly does not raise an exception, each looked at when it is first needed.
struct Judge<'s, 'a> {
    subject: &'s Subject<'a>,
    /// The names of all that it raises, and of their bases.
    raised: OnceCell<HashSet<String>>,
    /// Whether nothing in its body can raise anything else than it says.
    is_inert: OnceCell<bool>,
}

impl<'s, 'a> Judge<'s, 'a> {
    fn of(subject: &'s Subject<'a>) -> Self {
        Self {
            subject,
            raised: OnceCell::new(),
            is_inert: OnceCell::new(),
        }
    }

    /// Whether the function certainly does not raise `name`: the change removed the last statement that did, or nothing
    /// in its body can raise anything else than it says. What callees raise is rightly documented.
    fn is_gone(&self, name: &str) -> bool {
        let subject = self.subject;
        let may_be_gone = subject.no_longer_raised.binary_search(&name).is_ok()
            || (!subject.requirement.is_promise
                && *self
                    .is_inert
                    .get_or_init(|| is_inert(subject.reading.module.text, subject.symbol)));
        may_be_gone && !self.raised.get_or_init(|| raised(subject)).contains(name)
    }
}

/// The names of the exceptions that a function raises, of their bases, theirs, and so on.
fn raised(subject: &Subject<'_>) -> HashSet<String> {
    let mut names = HashSet::new();
    for raised in &subject.symbol.facts.raises {
        subject
            .reading
            .has_exception_ancestor(raised.name, &mut |name| {
                if !names.contains(name) {
                    names.insert(name.to_owned());
                }
                false
            });
    }
    names
}
