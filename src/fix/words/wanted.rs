//! What words a symbol lacks, by what was found in it.

use crate::fix::skeleton::{self, Extent};
use crate::rules::{Finding, Subject};

/// The words that a symbol lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one part of a docstring, wanted or not"
)]
pub struct Wanted {
    /// Whether a docstring is there whose words are to be written anew, not added to.
    pub anew: bool,
    /// A sentence on what it is or does.
    pub summary: bool,
    /// What more a reader needs to know of it.
    pub description: bool,
    /// Parameters, without stars, in the order of the code.
    pub args: Vec<String>,
    /// Attributes, in the order of the code.
    pub attributes: Vec<String>,
    /// What is returned.
    pub returns: bool,
    /// What is yielded.
    pub yields: bool,
    /// What is sent to a generator.
    pub receives: bool,
    /// Whether the type of such a value is wanted, too: NumPy style has no place for what is said of it otherwise.
    pub typed: bool,
    /// Exceptions, in the order of the code.
    pub raises: Vec<String>,
    /// Categories of warnings, in the order of the code.
    pub warns: Vec<String>,
}

impl Wanted {
    /// What the findings of `subject` lack. They are the ones that `skeleton` writes placeholders for.
    pub(in super::super) fn of<'f>(
        subject: &Subject<'_>,
        findings: impl Iterator<Item = &'f Finding>,
        extent: Extent,
    ) -> Self {
        let mut wanted = Self::default();
        let mut is_rewritten = false;
        for finding in findings {
            if let Some(parts) = skeleton::parts(subject, finding, extent) {
                is_rewritten |= extent.anew && subject.docstring.is_some();
                wanted.add(parts);
            }
        }
        if is_rewritten {
            wanted.add(skeleton::anew(subject, extent));
        }
        wanted
    }

    /// Adds what another one wants.
    pub(in super::super) fn add(&mut self, other: Self) {
        for (own, other) in [
            (&mut self.anew, other.anew),
            (&mut self.summary, other.summary),
            (&mut self.description, other.description),
            (&mut self.returns, other.returns),
            (&mut self.yields, other.yields),
            (&mut self.receives, other.receives),
            (&mut self.typed, other.typed),
        ] {
            *own |= other;
        }
        for (own, others) in [
            (&mut self.args, other.args),
            (&mut self.attributes, other.attributes),
            (&mut self.raises, other.raises),
            (&mut self.warns, other.warns),
        ] {
            for name in others {
                if !own.contains(&name) {
                    own.push(name);
                }
            }
        }
    }

    /// Whether nothing is lacking.
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// How many texts are lacking.
    pub fn count(&self) -> usize {
        let ones = self.texts().into_iter().chain(self.values());
        let named = self.named();
        ones.filter(|it| it.1).count() + named.iter().map(|it| it.1.len()).sum::<usize>()
    }

    /// The texts by name, and whether each is wanted.
    pub(super) const fn texts(&self) -> [(&'static str, bool); 2] {
        [("summary", self.summary), ("description", self.description)]
    }

    /// The values by name, and whether each is wanted.
    pub(super) const fn values(&self) -> [(&'static str, bool); 3] {
        [
            ("returns", self.returns),
            ("yields", self.yields),
            ("receives", self.receives),
        ]
    }

    /// The lists by name, and the entries that each is wanted with.
    pub(super) const fn named(&self) -> [(&'static str, &Vec<String>); 4] {
        [
            ("args", &self.args),
            ("attributes", &self.attributes),
            ("raises", &self.raises),
            ("warns", &self.warns),
        ]
    }

    /// What is lacking, in a line: the same for equal wants.
    pub fn line(&self) -> String {
        let kind = if self.typed { " (with its type)" } else { "" };
        let texts = self.texts().into_iter().filter(|it| it.1);
        let mut parts: Vec<String> = texts.map(|it| it.0.to_owned()).collect();
        let named = self.named();
        let lists = named.iter().filter(|it| !it.1.is_empty());
        parts.extend(lists.map(|(name, entries)| format!("{name} ({})", entries.join(", "))));
        let values = self.values().into_iter().filter(|it| it.1);
        parts.extend(values.map(|it| format!("{}{kind}", it.0)));
        parts.join("; ")
    }
}
