//! What the rules on missing docstrings share.

use super::{Facet, Facets, Reporter, Subject, missing_magic_docstring, missing_nested_docstring};
use crate::contract::{Asked, Visibility};

/// On a change, a docstring is asked of what is new, of what takes other parameters, and where there was one.
pub(super) const FACETS: Facets =
    Facets::of(&[Facet::Added, Facet::Params, Facet::DocstringRemoved]);

/// Report that the symbol, a `word`, has no docstring, where one is asked.
pub(super) fn report(subject: &Subject<'_>, reporter: &mut Reporter<'_>, word: &str) {
    let asked = subject.requirement.presence;
    if subject.docstring.is_none() && asked != Asked::No {
        let at = subject.place();
        let message = if subject.symbol.kind.is_module() {
            format!("this {word} has no docstring")
        } else {
            format!("{word} {} has no docstring", subject.title())
        };
        reporter
            .report(at, message)
            .warn_if(asked == Asked::Perhaps);
    }
}

/// Whether the rules on classes, methods and functions speak of the symbol: magic and nested ones have rules of their own.
fn is_plain(subject: &Subject<'_>, reporter: &Reporter<'_>) -> bool {
    match subject.visibility {
        Visibility::Magic if subject.symbol.name == "__init__" => false,
        Visibility::Magic => !reporter.leaves_to(&missing_magic_docstring::RULE),
        Visibility::Nested => !reporter.leaves_to(&missing_nested_docstring::RULE),
        Visibility::Public | Visibility::Private | Visibility::Test => true,
    }
}

/// Report that the symbol has no docstring, where one is asked and no other rule says so.
pub(super) fn report_plain(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    if is_plain(subject, reporter) {
        let word = subject.symbol.kind.word();
        report(subject, reporter, word);
    }
}
