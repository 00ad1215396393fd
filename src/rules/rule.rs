//! One rule, and what it is given.

use std::sync::LazyLock;

use super::{Facets, Finding, Selection, Severity};
use crate::contract::{Asked, Coverage, Reading, Requirement, Schema, Score, Visibility, Written};
use crate::docstring::{Change, Docstring};
use crate::python::{RewriteError, Signature, Symbol, SymbolId, SymbolKind};
use crate::text::{Edit, Span};

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
    /// The codes under which ruff, pydoclint and darglint find the same; `# noqa` of them is honoured.
    pub aliases: &'static [&'static str],
    /// The page `docgen rule` prints; its examples are this rule's tests.
    pub page: &'static str,
    /// Looks at one symbol and reports what it finds.
    pub check: fn(&Subject<'_>, &mut Reporter<'_>),
    /// What a symbol must have for the rule to find anything: where it has not, the rule does not run.
    pub needs: Needs,
}

/// What a symbol must have for a rule to find anything in it. Most symbols have no docstring or one of a few plain
/// lines, and most rules have nothing to say of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// No more than to be there: the rule speaks of what lacks a docstring, or of the file.
    Code,
    /// A docstring that says something.
    Docstring,
    /// A docstring with sections, entries or what looks like them.
    Sections,
}

/// A symbol, what its docstring must hold, and what it does hold.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The file it stands in.
    pub reading: &'a Reading<'a>,
    /// Which of the file's symbols it is.
    pub id: SymbolId,
    /// The symbol.
    pub symbol: &'a Symbol<'a>,
    /// For whom it is there.
    pub visibility: Visibility,
    /// Its docstring.
    pub docstring: Option<&'a Written<'a>>,
    /// What the docstring must hold.
    pub requirement: Requirement<'a>,
    /// What it holds of that, and what else.
    pub coverage: Coverage<'a>,
    /// Whether it says anything: what every rule asks first.
    says_something: bool,
    /// Exceptions of which the change removed the last `raise`, by last names; empty where there is no old side.
    pub no_longer_raised: Vec<&'a str>,
}

impl Rule {
    /// The set of this rule alone.
    pub fn alone(&self) -> Selection {
        Selection::of(|rule| rule.code == self.code)
    }
}

impl<'a> Subject<'a> {
    /// The symbol `id` of a file.
    pub fn new(reading: &'a Reading<'a>, id: SymbolId) -> Self {
        let requirement = Requirement::of(reading, id);
        let coverage = Coverage::of(reading, id, &requirement);
        let docstring = reading.docstring(id);
        Self {
            reading,
            id,
            symbol: reading.module.symbol(id),
            visibility: reading.visibility(id),
            docstring,
            says_something: docstring.is_some_and(|it| !it.parsed.is_empty()),
            requirement,
            coverage,
            no_longer_raised: Vec::new(),
        }
    }

    /// How complete its docstring is by `schema`.
    pub fn score(&self, schema: &Schema) -> Score {
        let (asked, held) = (&self.requirement, &self.coverage);
        Score::of(schema, self.reading, self.id, asked, held)
    }

    /// The rules that may find something in it, by what they need.
    pub(super) fn able(&self) -> Selection {
        static ABLE: LazyLock<[Selection; 3]> = LazyLock::new(|| {
            let need = |needs| Selection::of(|it| it.needs == needs);
            let code = need(Needs::Code);
            let docstring = code.with(need(Needs::Docstring));
            [code, docstring, docstring.with(need(Needs::Sections))]
        });
        let level = match self.written() {
            None => 0,
            Some((_, it)) if it.sections.is_empty() && it.quirks.is_empty() => 1,
            Some(_) => 2,
        };
        ABLE[level]
    }

    /// The docstring and what it says; `None` where there is none, or an empty one (DG108 says so).
    pub(super) fn written(&self) -> Option<(&'a Written<'a>, &'a Docstring<'a>)> {
        let written = self.docstring?;
        self.says_something.then_some((written, &written.parsed))
    }

    /// The docstring, where it has to be complete.
    pub(super) fn held_to_be_complete(&self) -> Option<(&'a Written<'a>, &'a Docstring<'a>)> {
        self.written()
            .filter(|_| self.requirement.parts != Asked::No)
    }

    /// Whether the symbol may inherit from an unknown base what it lacks.
    pub(super) fn is_doubtful(&self) -> bool {
        self.requirement.parts == Asked::Perhaps || self.requirement.presence == Asked::Perhaps
    }

    /// What messages call it: its name in backquotes, `the module`.
    pub(super) fn title(&self) -> String {
        if self.symbol.kind.is_module() {
            return "the module".to_owned();
        }
        ["`", self.symbol.name, "`"].concat()
    }

    /// Its name in the header; the beginning of the file for a module.
    pub(super) fn place(&self) -> Span {
        if self.symbol.kind.is_module() {
            Span::empty(0)
        } else {
            self.symbol.name_span
        }
    }

    /// The first line of `span`: statements may be long.
    pub(super) fn first_line(&self, span: Span) -> Span {
        let line = self
            .text(span)
            .lines()
            .next()
            .unwrap_or_default()
            .trim_end();
        Span::new(span.start, span.start + line.len() as u32)
    }

    /// The text of the file at `span`.
    pub(super) fn text(&self, span: Span) -> &'a str {
        span.of(self.reading.module.text)
    }

    /// The edit that puts `words` in place of a range of the docstring's value.
    pub(super) fn rewrite(
        &self,
        written: &Written<'_>,
        within: Span,
        words: &str,
    ) -> Result<Edit, RewriteError> {
        written
            .slot
            .rewrite(self.reading.module.text, written.value, within, words)
    }

    /// The edits that make `changes` of the docstring's value.
    pub(super) fn changed(
        &self,
        written: &Written<'_>,
        changes: Vec<Change>,
    ) -> Vec<Result<Edit, RewriteError>> {
        let edit = |it: Change| self.rewrite(written, it.within, &it.words);
        changes.into_iter().map(edit).collect()
    }

    /// The edit that puts the docstring's own words at `from` in place of a range of its value.
    pub(super) fn copied(
        &self,
        written: &Written<'_>,
        within: Span,
        from: Span,
    ) -> Result<Edit, RewriteError> {
        written
            .slot
            .copied(self.reading.module.text, written.value, within, from)
    }

    /// Its parameters; a class's are its constructor's.
    pub(super) fn signature(&self) -> Option<&'a Signature<'a>> {
        self.reading.signature(self.id)
    }

    /// Its return annotation.
    pub(super) fn returns(&self) -> Option<Span> {
        self.symbol.signature.as_ref()?.returns
    }

    /// The class that the symbol makes instances of, where it is a constructor; the constructor, where it is a class.
    pub(super) fn counterpart(&self) -> Option<SymbolId> {
        if self.symbol.kind == SymbolKind::Class {
            return self.reading.constructor(self.id);
        }
        let class = self.symbol.parent?;
        (self.reading.constructor(class) == Some(self.id)).then_some(class)
    }
}

/// Collects one rule's findings, so that a rule never names itself.
pub struct Reporter<'a> {
    rule: &'static Rule,
    selection: Selection,
    changed: Facets,
    found: &'a mut Vec<Finding>,
}

impl<'a> Reporter<'a> {
    pub(super) fn new(
        rule: &'static Rule,
        selection: Selection,
        changed: Facets,
        found: &'a mut Vec<Finding>,
    ) -> Self {
        Self {
            rule,
            selection,
            changed,
            found,
        }
    }

    /// Report a finding; labels and the rest are added to what comes back.
    pub(super) fn report(&mut self, at: Span, message: String) -> &mut Finding {
        let index = self.found.len();
        self.found.push(Finding::new(self.rule, at, message));
        &mut self.found[index]
    }

    /// How the symbol changed.
    pub(super) fn changed(&self) -> Facets {
        self.changed
    }

    /// Whether `rule` runs too, so that what it says need not be said twice.
    pub(super) fn leaves_to(&self, rule: &Rule) -> bool {
        self.selection.has(rule)
    }
}
