//! DG001: a file that is no Python.

use super::{Facets, Finding, Needs, Rule, Severity};
use crate::python::Module;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "DG001",
    name: "syntax-error",
    severity: Severity::Error,
    default: true,
    facets: Facets::ALL,
    aliases: &["E999", "DOC002"],
    page: include_str!("syntax_error.md"),
    // It is about files, not symbols: see `in_module`.
    check: |_, _| {},
    needs: Needs::Code,
};

/// What of a file could not be read, as a finding of its module. The first error only: others mostly follow from it.
pub fn in_module(module: &Module<'_>) -> Option<Finding> {
    let error = module.errors.first()?;
    let mut finding = Finding::new(&RULE, error.span, error.message.to_owned());
    finding.label(error.span, "");
    Some(finding)
}

/// A file that cannot be decoded, as a finding of its module: `why`, from the byte at `offset` on.
pub fn undecodable(why: &str, offset: u32) -> Finding {
    Finding::new(&RULE, Span::empty(offset), why.to_owned())
}
