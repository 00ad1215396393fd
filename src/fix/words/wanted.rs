//! What words a symbol lacks, by what was found in it.

use crate::rules::{Finding, Subject};

/// The words that a symbol lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// A sentence on what it is or does.
    pub summary: bool,
    /// Parameters, without stars, in the order of the code.
    pub args: Vec<String>,
    /// What is returned.
    pub returns: bool,
    /// What is yielded.
    pub yields: bool,
    /// Exceptions, in the order of the code.
    pub raises: Vec<String>,
}

impl Wanted {
    /// What the findings of `subject` lack. They are the ones that `skeleton` writes placeholders for.
    pub(in super::super) fn of<'f>(
        subject: &Subject<'_>,
        findings: impl Iterator<Item = &'f Finding>,
    ) -> Self {
        let mut wanted = Self::default();
        for finding in findings {
            let parts = super::super::skeleton::parts(subject, finding);
            wanted.add(parts.unwrap_or_default());
        }
        wanted
    }

    fn add(&mut self, other: Self) {
        self.summary |= other.summary;
        self.returns |= other.returns;
        self.yields |= other.yields;
        for (own, others) in [
            (&mut self.args, other.args),
            (&mut self.raises, other.raises),
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
        *self == Self::default()
    }

    /// How many texts are lacking.
    pub fn count(&self) -> usize {
        let ones = [self.summary, self.returns, self.yields];
        ones.iter().filter(|it| **it).count() + self.args.len() + self.raises.len()
    }

    /// What is lacking, in a line: the same for equal wants.
    pub fn line(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        if self.summary {
            parts.push("summary".to_owned());
        }
        if !self.args.is_empty() {
            parts.push(format!("args ({})", self.args.join(", ")));
        }
        if self.returns {
            parts.push("returns".to_owned());
        }
        if self.yields {
            parts.push("yields".to_owned());
        }
        if !self.raises.is_empty() {
            parts.push(format!("raises ({})", self.raises.join(", ")));
        }
        parts.join("; ")
    }
}
