//! What the rules on missing docstrings share.

use super::{Facet, Facets, Reporter, Subject};
use crate::contract::{Asked, Visibility};

/// On a change, a docstring is asked of what is new, of what takes other parameters, and where there was one.
pub(super) const FACETS: Facets =
    Facets::of(&[Facet::Added, Facet::Params, Facet::DocstringRemoved]);

/// Report that the symbol, a `word`, has no docstring, where one is asked and the symbol is there for one of `whom`.
pub(super) fn report(
    subject: &Subject<'_>,
    reporter: &mut Reporter<'_>,
    word: &str,
    whom: &[Visibility],
) {
    let asked = subject.requirement.presence;
    if subject.docstring.is_none() && asked != Asked::No && whom.contains(&subject.visibility) {
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

/// Those that have no rule of their own.
pub(super) const PLAIN: &[Visibility] =
    &[Visibility::Public, Visibility::Private, Visibility::Test];
