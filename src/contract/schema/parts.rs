//! The parts of a docstring, as schemas name them.

use serde_json::Value;

use super::SchemaFault;

/// A part of a docstring, as the schema names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::contract) enum Part {
    Summary,
    Description,
    Args,
    Returns,
    Yields,
    Receives,
    Raises,
    Warns,
    Attributes,
    Examples,
    Notes,
    Deprecated,
    Complexity,
    Changelog,
}

impl Part {
    pub(in crate::contract) const ALL: [Self; 14] = [
        Self::Summary,
        Self::Description,
        Self::Args,
        Self::Returns,
        Self::Yields,
        Self::Receives,
        Self::Raises,
        Self::Warns,
        Self::Attributes,
        Self::Examples,
        Self::Notes,
        Self::Deprecated,
        Self::Complexity,
        Self::Changelog,
    ];

    /// Whether the code says which entries of it there must be.
    pub(in crate::contract) const fn is_asked_by_code(self) -> bool {
        matches!(
            self,
            Self::Args | Self::Returns | Self::Yields | Self::Raises
        )
    }

    /// Its name in schemas and projections.
    pub(in crate::contract) const fn word(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Description => "description",
            Self::Args => "args",
            Self::Returns => "returns",
            Self::Yields => "yields",
            Self::Receives => "receives",
            Self::Raises => "raises",
            Self::Warns => "warns",
            Self::Attributes => "attributes",
            Self::Examples => "examples",
            Self::Notes => "notes",
            Self::Deprecated => "deprecated",
            Self::Complexity => "complexity",
            Self::Changelog => "changelog",
        }
    }

    /// The part of this name.
    pub(super) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

/// What a schema may name in a docstring's projection: its parts, and what the code says.
pub(super) fn part_names() -> Vec<&'static str> {
    let parts = Part::ALL.into_iter().map(Part::word);
    parts.chain(["kind", "code"]).collect()
}

/// Keywords whose schemas hold for the same instance as the schema they stand in: one schema each, or a list.
const IN_PLACE: [&str; 7] = ["if", "then", "else", "not", "allOf", "anyOf", "oneOf"];

/// The first name in the definition of `kind` that no docstring has a part of, with the way to it: it would never hold.
pub(super) fn unknown(schema: &Value, kind: &str) -> Option<(Vec<String>, SchemaFault)> {
    let root = vec!["$defs".to_owned(), kind.to_owned()];
    let mut open = vec![(root, &schema["$defs"][kind])];
    let known = part_names();
    while let Some((path, here)) = open.pop() {
        let way = |more: &[String]| [path.as_slice(), more].concat();
        let required = here["required"].as_array().into_iter().flatten();
        let required = required.enumerate().filter_map(|(at, it)| {
            let way = way(&["required".to_owned(), at.to_string()]);
            Some((it.as_str()?, way))
        });
        let properties = here["properties"].as_object().into_iter().flatten();
        let properties = properties
            .map(|(name, _)| (name.as_str(), way(&["properties".to_owned(), name.clone()])));
        let mut names = required.chain(properties);
        if let Some((name, way)) = names.find(|it| !known.contains(&it.0)) {
            let part = name.to_owned();
            let nearest = nearest(name, &known);
            return Some((way, SchemaFault::Part { part, nearest }));
        }
        for keyword in IN_PLACE {
            match &here[keyword] {
                Value::Array(all) => open.extend(all.iter().enumerate().map(|(at, it)| {
                    let way = way(&[keyword.to_owned(), at.to_string()]);
                    (way, it)
                })),
                Value::Object(_) => open.push((way(&[keyword.to_owned()]), &here[keyword])),
                _ => {}
            }
        }
    }
    None
}

/// The name most like `given`, where one is like it at all.
fn nearest(given: &str, known: &[&'static str]) -> Option<&'static str> {
    let distance = |name: &str| strsim::damerau_levenshtein(given, name);
    let best = known.iter().min_by_key(|it| distance(it))?;
    (distance(best) <= 2.max(best.len() / 3)).then_some(best)
}
