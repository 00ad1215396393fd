//! The rules, and the one loop that runs them.

mod facet;
mod finding;

pub use facet::{Facet, Facets};
pub use finding::{Finding, Label, Severity};

/// Every rule, in the order of its code.
pub static RULES: &[&Rule] = &[];

/// One thing a docstring can get wrong: data, not a trait object.
#[derive(Debug)]
pub struct Rule {
    /// Its code: `DG201`.
    pub code: &'static str,
    /// Its name, which passes the sentence "allow X": `missing-param`.
    pub name: &'static str,
    /// How bad it is where nobody says otherwise.
    pub severity: Severity,
    /// Whether it runs where nobody selects it.
    pub default: bool,
    /// The facets of a symbol it judges: on a change it fires only where one of them changed.
    pub facets: Facets,
    /// The page `docgen rule` prints; its examples are this rule's tests.
    pub page: &'static str,
}
