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
    /// What is said of each parameter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<Named>,
    /// What is returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns: Option<Described>,
    /// What is yielded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yields: Option<Described>,
    /// When each exception is raised.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub raises: Vec<Named>,
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
        let value = |kind: SectionKind| {
            let mut sections = read.sections_of(kind);
            let entry = sections.next()?.entries.first()?;
            let description = of(entry.text)?;
            Some(Described { description })
        };
        let mut words = Self {
            summary: of(read.summary).filter(|_| wanted.summary),
            args: named(SectionKind::is_params),
            returns: value(SectionKind::Returns).filter(|_| wanted.returns),
            yields: value(SectionKind::Yields).filter(|_| wanted.yields),
            raises: named(|it| it == SectionKind::Raises),
        };
        // Nobody asked a docstring to leave out what is there already.
        words.args.retain(|it| wanted.args.contains(&it.name));
        words.raises.retain(|it| wanted.raises.contains(&it.name));
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
        for named in self.args.iter_mut().chain(&mut self.raises) {
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
    fn that_answer(self, wanted: &Wanted) -> Result<Self, String> {
        let one = |what: &str, there: bool, asked: bool| match (there, asked) {
            (true, false) => Err(format!("`{what}` was not asked for")),
            (false, true) => Err(format!("`{what}` is missing")),
            _ => Ok(()),
        };
        one("summary", self.summary.is_some(), wanted.summary)?;
        one("returns", self.returns.is_some(), wanted.returns)?;
        one("yields", self.yields.is_some(), wanted.yields)?;
        for (what, named, asked) in [
            ("args", &self.args, &wanted.args),
            ("raises", &self.raises, &wanted.raises),
        ] {
            for name in asked {
                let count = named.iter().filter(|it| it.name == *name).count();
                if count != 1 {
                    return Err(format!(
                        "`{what}` has {count} entries for `{name}`, and wants one"
                    ));
                }
            }
            if let Some(odd) = named.iter().find(|it| !asked.contains(&it.name)) {
                return Err(format!(
                    "`{what}` has an entry for `{}`, which was not asked for",
                    odd.name
                ));
            }
        }
        if self.texts().any(str::is_empty) {
            return Err("a text is empty".to_owned());
        }
        Ok(self)
    }

    /// The same with the words of `other` where it has none.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.summary = other.summary.or(self.summary);
        self.returns = other.returns.or(self.returns);
        self.yields = other.yields.or(self.yields);
        for (own, others) in [
            (&mut self.args, other.args),
            (&mut self.raises, other.raises),
        ] {
            own.retain(|it| others.iter().all(|other| other.name != it.name));
            own.extend(others);
        }
        self
    }

    /// All texts.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let named = self.args.iter().chain(&self.raises);
        let named = named.map(|it| it.description.as_str());
        let values = self.returns.iter().chain(&self.yields);
        let values = values.map(|it| it.description.as_str());
        self.summary
            .as_deref()
            .into_iter()
            .chain(named)
            .chain(values)
    }

    fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let named = self.args.iter_mut().chain(&mut self.raises);
        let named = named.map(|it| &mut it.description);
        let values = self.returns.iter_mut().chain(&mut self.yields);
        let values = values.map(|it| &mut it.description);
        self.summary.iter_mut().chain(named).chain(values)
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
            yields: false,
            raises: vec!["ValueError".to_owned()],
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
