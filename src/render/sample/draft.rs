//! Findings of the sample, built from what they point at.

use crate::check::SymbolReport;
use crate::contract::Score;
use crate::python::SymbolKind;
use crate::rules::{Facet, Facets, Finding, Label, RULES, Remedy, Rule, Severity};
use crate::text::{LineIndex, Span};

fn rule(code: &str) -> &'static Rule {
    RULES
        .iter()
        .find(|rule| rule.code == code)
        .expect("the sample names rules that there are")
}

/// A finding under construction: its file's text, and itself.
pub(super) struct Draft {
    text: &'static str,
    pub(super) finding: Finding,
}

pub(super) fn draft(text: &'static str, code: &str, message: &str) -> Draft {
    let rule = rule(code);
    Draft {
        text,
        finding: Finding {
            rule,
            severity: rule.severity,
            introduced: true,
            message: message.to_owned(),
            at: Span::empty(0),
            cause: None,
            labels: Vec::new(),
            help: None,
            entries: Vec::new(),
            remedy: Remedy::None,
        },
    }
}

impl Draft {
    pub(super) fn label(mut self, needle: &str, label: &str) -> Self {
        let span = find(self.text, needle);
        if self.finding.labels.is_empty() {
            self.finding.at = span;
        }
        self.push(span, label, false)
    }

    pub(super) fn context(self, needle: &str, label: &str) -> Self {
        let span = find(self.text, needle);
        self.push(span, label, true)
    }

    fn push(mut self, span: Span, label: &str, secondary: bool) -> Self {
        self.finding.labels.push(Label {
            span,
            text: label.to_owned().into(),
            secondary,
        });
        self.finding.labels.sort_by_key(|label| label.span);
        self
    }

    pub(super) fn entries(mut self, entries: &[&str]) -> Self {
        self.finding.entries = entries.iter().map(|&it| it.to_owned()).collect();
        self
    }

    pub(super) fn help(mut self, help: &str) -> Self {
        self.finding.help = Some(help.to_owned());
        self
    }

    pub(super) fn old_warning(mut self) -> Self {
        self.finding.severity = Severity::Warning;
        self.finding.introduced = false;
        self
    }
}

/// A finding without labels at `at`.
pub(in crate::render) fn draft_at(at: Span) -> Finding {
    let draft = draft("", "DG001", "the file is not UTF-8");
    Finding {
        at,
        ..draft.finding
    }
}

fn find(text: &str, needle: &str) -> Span {
    let start = text.find(needle).expect("the sample holds the needle") as u32;
    Span::new(start, start + needle.len() as u32)
}

/// A symbol that stands in these lines of `text`.
pub(in crate::render) fn symbol(
    text: &str,
    qualname: &str,
    kind: SymbolKind,
    lines: (u32, u32),
    score: (u32, u32),
) -> SymbolReport {
    let index = LineIndex::new(text);
    SymbolReport {
        qualname: qualname.to_owned(),
        kind,
        span: Span::new(index.start(lines.0), index.line_span(text, lines.1).end),
        facets: Facets::of(&[Facet::Params, Facet::Signature, Facet::Raises]),
        score: Score {
            earned: score.0,
            possible: score.1,
        },
        quality: None,
        digest: None,
        findings: Vec::new(),
    }
}
