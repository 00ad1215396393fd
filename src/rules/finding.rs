//! What a rule found.

use std::borrow::Cow;
use std::fmt::Display;

use super::Rule;
use crate::text::{Applicability, Edit, Span};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Reported; fails only with `fail-on = "warning"`.
    Warning,
    /// Fails.
    Error,
}

/// One cause in one symbol, with every place that shows it. All spans are byte offsets into the file's text.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How bad it is here.
    pub severity: Severity,
    /// Whether this change made it; `true` where there is no old side.
    pub introduced: bool,
    /// One sentence, lower case, no full stop, names in backquotes.
    pub message: String,
    /// Where a reader should look first: always one of the labels' spans where there are labels.
    pub at: Span,
    /// The changed line that made it, where `at` is not on one itself: code hosts show what is on lines of the diff.
    pub cause: Option<Span>,
    /// The places that show it, in the order of the text; never overlapping.
    pub labels: Vec<Label>,
    /// What to do, as a sentence fragment.
    pub help: Option<String>,
    /// What it is about, so that the same finding is known again on the old side and in a baseline:
    /// parameter names, exception names, section names, in order; empty where the symbol itself is meant.
    pub entries: Vec<String>,
    /// What mends it.
    pub remedy: Remedy,
}

/// What mends a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Remedy {
    /// Only a person can tell.
    #[default]
    None,
    /// These edits, all of them together, in the order of the text.
    Edits(Vec<Edit>, Applicability),
    /// Edits that the docstring, or its literal, has no place for; why, as the end of a sentence.
    Refused(String),
    /// Words.
    Ask,
}

/// A place, and what is to be seen there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What; may be empty.
    pub text: Cow<'static, str>,
    /// Whether it is context (`def` of a docstring finding) and not the fault itself.
    pub secondary: bool,
}

impl Severity {
    /// Its word in output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl Finding {
    /// Where a reader of the diff should look first.
    pub fn in_diff(&self) -> Span {
        self.cause.unwrap_or(self.at)
    }
}

/// What a rule says of a finding, link by link.
impl Finding {
    pub(super) fn new(rule: &'static Rule, at: Span, message: String) -> Self {
        Self {
            rule,
            severity: rule.severity,
            introduced: true,
            message,
            at,
            cause: None,
            labels: Vec::new(),
            help: None,
            entries: Vec::new(),
            remedy: Remedy::None,
        }
    }

    pub(super) fn label(&mut self, span: Span, text: impl Into<Cow<'static, str>>) -> &mut Self {
        self.add(span, text.into(), false)
    }

    /// A place that explains the fault and is not the fault.
    pub(super) fn context(&mut self, span: Span, text: impl Into<Cow<'static, str>>) -> &mut Self {
        self.add(span, text.into(), true)
    }

    fn add(&mut self, span: Span, text: Cow<'static, str>, secondary: bool) -> &mut Self {
        // They lie in order and apart: only the first that ends behind the new one's start may reach into it.
        let at = self.labels.partition_point(|it| it.span.end <= span.start);
        let clashes = |it: &Label| it.span.start < span.end;
        if !self.labels.get(at).is_some_and(clashes) {
            let label = Label {
                span,
                text,
                secondary,
            };
            self.labels.insert(at, label);
        }
        self
    }

    pub(super) fn help(&mut self, text: impl Into<String>) -> &mut Self {
        self.help = Some(text.into());
        self
    }

    pub(super) fn entry(&mut self, name: impl Into<String>) -> &mut Self {
        self.entries.push(name.into());
        self
    }

    /// What mends it, where the code tells; several edits are made together or not at all.
    pub(super) fn mend<E: Display>(
        &mut self,
        edits: impl IntoIterator<Item = Result<Edit, E>>,
        applicability: Applicability,
    ) -> &mut Self {
        self.remedy = match edits.into_iter().collect::<Result<Vec<_>, _>>() {
            Ok(edits) if edits.is_empty() => Remedy::None,
            Ok(mut edits) => {
                edits.sort();
                edits.dedup();
                Remedy::Edits(edits, applicability)
            }
            Err(error) => Remedy::Refused(error.to_string()),
        };
        self
    }

    /// A warning where the symbol is not certainly meant.
    pub(super) fn warn_if(&mut self, doubtful: bool) -> &mut Self {
        if doubtful {
            self.severity = Severity::Warning;
        }
        self
    }
}
