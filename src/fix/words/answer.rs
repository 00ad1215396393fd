//! The words for a symbol: read from an answer, kept in the store.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::wanted::Wanted;
use crate::docstring::{self, SectionKind};
use crate::python::SymbolId;

/// The words for one symbol.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// What it is or does, in one sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// What more a reader needs to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What is said of each parameter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<Named>,
    /// What is said of each attribute.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Named>,
    /// What is returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns: Option<Described>,
    /// What is yielded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yields: Option<Described>,
    /// What is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receives: Option<Described>,
    /// When each exception is raised.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub raises: Vec<Named>,
    /// When each warning is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warns: Vec<Named>,
}

/// What is said of something with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Its name, without stars.
    pub name: String,
    /// What is said of it.
    pub description: String,
}

/// What is said of a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Described {
    /// Its type, where that was asked for.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub annotation: Option<String>,
    /// What is said of it.
    pub description: String,
}

/// The words for the symbols of a file.
pub type Answers = BTreeMap<SymbolId, Words>;

impl Words {
    /// The words in one slot of an answer.
    ///
    /// # Errors
    /// Where it has another shape, or does not say what is wanted; why, for whoever is asked again.
    pub fn of_slot(slot: &Value, wanted: &Wanted) -> Result<Self, String> {
        let words: Self = serde_json::from_value(slot.clone()).map_err(|it| it.to_string())?;
        words.tidy().that_answer(wanted)
    }

    /// The words of a docstring that was given instead of JSON.
    ///
    /// # Errors
    /// Where it does not say what is wanted.
    pub fn of_text(text: &str, wanted: &Wanted) -> Result<Self, String> {
        let read = docstring::parse(text, None);
        let of = |span: Option<crate::text::Span>| span.map(|it| it.of(text).to_owned());
        let named = |is_it: fn(SectionKind) -> bool| -> Vec<Named> {
            let sections = read.sections.iter().filter(|it| is_it(it.kind));
            let entries = sections.flat_map(|it| &it.entries);
            let named = entries.filter_map(|it| {
                let name = it.name?.to_owned();
                let description = of(it.text)?;
                Some(Named { name, description })
            });
            named.collect()
        };
        let value = |kind: SectionKind, is_wanted: bool| {
            let mut sections = read.sections_of(kind).filter(|_| is_wanted);
            let entry = sections.next()?.entries.first()?;
            let description = of(entry.text)?;
            let annotation = of(entry.annotation).filter(|_| wanted.typed);
            Some(Described {
                annotation,
                description,
            })
        };
        let mut words = Self {
            summary: of(read.summary).filter(|_| wanted.summary),
            description: of(read.description).filter(|_| wanted.description),
            args: named(SectionKind::is_params),
            attributes: named(|it| it == SectionKind::Attributes),
            returns: value(SectionKind::Returns, wanted.returns),
            yields: value(SectionKind::Yields, wanted.yields),
            receives: value(SectionKind::Receives, wanted.receives),
            raises: named(|it| it == SectionKind::Raises),
            warns: named(|it| it == SectionKind::Warns),
        };
        // Nobody asked a docstring to leave out what is there already.
        for ((_, asked), (_, named)) in wanted.named().into_iter().zip(words.named_mut()) {
            named.retain(|it| asked.contains(&it.name));
        }
        words.tidy().that_answer(wanted)
    }

    /// The words that an entry of the store holds; `None` where it is broken.
    pub fn of_store(text: &str, wanted: &Wanted) -> Option<Self> {
        let words: Self = serde_json::from_str(text).ok()?;
        words.that_answer(wanted).ok()
    }

    /// Every text in one line, without blanks around it.
    fn tidy(mut self) -> Self {
        for text in self.texts_mut() {
            *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        for named in self.named_mut().into_iter().flat_map(|it| it.1) {
            named.name = named.name.trim_start_matches('*').to_owned();
        }
        if let Some(summary) = &mut self.summary
            && summary.ends_with(char::is_alphanumeric)
        {
            summary.push('.');
        }
        self
    }

    /// The same, if it answers all that is wanted and nothing else.
    pub(super) fn that_answer(self, wanted: &Wanted) -> Result<Self, String> {
        let own = [
            ("summary", self.summary.is_some()),
            ("description", self.description.is_some()),
        ];
        let values = self.values().map(|it| (it.0, it.1.is_some()));
        let there = own.into_iter().chain(values);
        let asked = wanted.texts().into_iter().chain(wanted.values());
        for ((what, is_there), (_, is_asked)) in there.zip(asked) {
            if is_there != is_asked {
                let odd = if is_there {
                    "was not asked for"
                } else {
                    "is missing"
                };
                return Err(format!("`{what}` {odd}"));
            }
        }
        for ((what, named), (_, asked)) in self.named().into_iter().zip(wanted.named()) {
            has_each(what, named, asked)?;
        }
        let values = self.values().into_iter().filter_map(|it| it.1.as_ref());
        for value in values {
            if value.annotation.is_some() != wanted.typed {
                return Err("a type is missing, or was not asked for".to_owned());
            }
        }
        if self.texts().any(str::is_empty) {
            return Err("a text is empty".to_owned());
        }
        Ok(self)
    }

    /// The same with the words of `other` where it has none.
    #[must_use]
    pub fn with(mut self, mut other: Self) -> Self {
        self.summary = other.summary.take().or(self.summary);
        self.description = other.description.take().or(self.description);
        self.returns = other.returns.take().or(self.returns);
        self.yields = other.yields.take().or(self.yields);
        self.receives = other.receives.take().or(self.receives);
        for ((_, own), (_, others)) in self.named_mut().into_iter().zip(other.named_mut()) {
            own.retain(|it| others.iter().all(|other| other.name != it.name));
            own.append(others);
        }
        self
    }

    /// All texts, types included.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let named = self.named().into_iter().flat_map(|it| it.1);
        let named = named.map(|it| it.description.as_str());
        let values = self.values().into_iter().filter_map(|it| it.1.as_ref());
        let values = values.flat_map(|it| [it.annotation.as_deref(), Some(&it.description)]);
        let own = [self.summary.as_deref(), self.description.as_deref()];
        own.into_iter().chain(values).flatten().chain(named)
    }

    /// The types of values.
    pub(super) fn types(&self) -> impl Iterator<Item = &str> {
        let values = self.values().into_iter().filter_map(|it| it.1.as_ref());
        values.filter_map(|it| it.annotation.as_deref())
    }

    fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let lists = [
            &mut self.args,
            &mut self.attributes,
            &mut self.raises,
            &mut self.warns,
        ];
        let named = lists.into_iter().flatten().map(|it| &mut it.description);
        let values = [&mut self.returns, &mut self.yields, &mut self.receives];
        let values = values.into_iter().flatten();
        let values = values.flat_map(|it| [it.annotation.as_mut(), Some(&mut it.description)]);
        let own = [self.summary.as_mut(), self.description.as_mut()];
        own.into_iter().chain(values).flatten().chain(named)
    }

    /// What is said of values, by the names that [`Wanted::values`] has, in its order.
    const fn values(&self) -> [(&'static str, &Option<Described>); 3] {
        [
            ("returns", &self.returns),
            ("yields", &self.yields),
            ("receives", &self.receives),
        ]
    }

    /// What is said of names, by the names that [`Wanted::named`] has, in its order.
    const fn named(&self) -> [(&'static str, &Vec<Named>); 4] {
        [
            ("args", &self.args),
            ("attributes", &self.attributes),
            ("raises", &self.raises),
            ("warns", &self.warns),
        ]
    }

    const fn named_mut(&mut self) -> [(&'static str, &mut Vec<Named>); 4] {
        [
            ("args", &mut self.args),
            ("attributes", &mut self.attributes),
            ("raises", &mut self.raises),
            ("warns", &mut self.warns),
        ]
    }
}

/// Whether each name that is asked for has one entry, and no other name has any.
fn has_each(what: &str, named: &[Named], asked: &[String]) -> Result<(), String> {
    for name in asked {
        let count = named.iter().filter(|it| it.name == *name).count();
        if count != 1 {
            return Err(format!(
                "`{what}` has {count} entries for `{name}`, and wants one"
            ));
        }
    }
    match named.iter().find(|it| !asked.contains(&it.name)) {
        Some(odd) => Err(format!(
            "`{what}` has an entry for `{}`, which was not asked for",
            odd.name
        )),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn wanted() -> Wanted {
        Wanted {
            summary: true,
            args: vec!["url".to_owned()],
            returns: true,
            raises: vec!["ValueError".to_owned()],
            ..Wanted::default()
        }
    }

    fn slot() -> Value {
        json!({
            "summary": " Fetch\n a page",
            "args": [{"name": "url", "description": "Where it is."}],
            "returns": {"description": "The page."},
            "raises": [{"name": "ValueError", "description": "If it is gone."}],
        })
    }

    #[test]
    fn a_slot_is_taken_whole_or_not() {
        let words = Words::of_slot(&slot(), &wanted()).unwrap();
        assert_eq!(words.summary.as_deref(), Some("Fetch a page."));
        let told = |change: fn(&mut Value)| {
            let mut slot = slot();
            change(&mut slot);
            Words::of_slot(&slot, &wanted()).unwrap_err()
        };
        assert!(told(|it| it["notes"] = json!("x")).contains("unknown field `notes`"));
        assert_eq!(
            told(|it| it["args"] = json!([])),
            "`args` has 0 entries for `url`, and wants one"
        );
        let odd = |it: &mut Value| it["raises"][0]["name"] = json!("KeyError");
        assert!(told(odd).contains("0 entries for `ValueError`"));
        assert_eq!(
            told(|it| it["returns"]["description"] = json!("  ")),
            "a text is empty"
        );
        assert_eq!(
            told(|it| it["yields"] = json!({"description": "x"})),
            "`yields` was not asked for"
        );
    }

    #[test]
    fn a_docstring_in_place_of_json_is_read() {
        let text = "Fetch a page.\n\nMore.\n\nArgs:\n    url: Where it is.\n    other: Known.\n\n\
                    Returns:\n    The page.\n\nRaises:\n    ValueError: If it is gone.\n";
        let words = Words::of_text(text, &wanted()).unwrap();
        assert_eq!(words, Words::of_slot(&slot(), &wanted()).unwrap());
        assert!(Words::of_text("Fetch.", &wanted()).is_err());
    }

    #[test]
    fn what_is_stored_is_read_back_and_broken_entries_are_none() {
        let words = Words::of_slot(&slot(), &wanted()).unwrap();
        let text = serde_json::to_string(&words).unwrap();
        assert_eq!(Words::of_store(&text, &wanted()), Some(words));
        assert_eq!(Words::of_store(&text[..20], &wanted()), None);
        assert_eq!(Words::of_store("{}", &wanted()), None);
    }
}
