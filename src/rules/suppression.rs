//! Comments that suppress findings: `# docgen: ignore[...]`, `# docgen: ignore-file[...]`, `# noqa`.

use std::collections::HashMap;

use super::{Finding, Selection};
use crate::python::{Module, SymbolId};
use crate::text::Span;

/// The comments of one file that suppress findings, and what each has suppressed so far.
#[derive(Debug)]
pub struct Suppressions<'a> {
    module: &'a Module<'a>,
    directives: Vec<Directive<'a>>,
    /// The places of those that reach the whole file.
    of_file: Vec<usize>,
    /// The places of those that reach one symbol.
    by_symbol: HashMap<SymbolId, Vec<usize>>,
}

/// One comment's word.
#[derive(Debug)]
pub(super) struct Directive<'a> {
    /// The comment.
    pub(super) span: Span,
    pub(super) reach: Reach,
    /// What it suppresses.
    rules: Selection,
    /// What it names, and which rules that is: none for what is no rule. Of other tools' codes nothing is known.
    pub(super) names: Vec<(&'a str, Selection)>,
    /// Whether it suppresses everything, in words of docgen's own.
    pub(super) is_blanket: bool,
    /// What it has suppressed.
    pub(super) used: Selection,
}

/// What a comment is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    File,
    Symbol(SymbolId),
    /// It stands where no finding could be.
    Nothing,
}

impl<'a> Suppressions<'a> {
    /// Those of `module`. With `aliases`, codes that mean the same in ruff, pydoclint and darglint count too.
    pub fn new(module: &'a Module<'a>, aliases: bool) -> Self {
        let comments = module.suppressions.iter();
        let directives = comments.flat_map(|&span| {
            let comment = span.of(module.text);
            let ours =
                ours(comment).map(|(list, is_file)| directive(span, list, is_file, Names::Ours));
            let noqa = noqa(comment)
                .map(|(list, is_file)| directive(span, list, is_file, Names::Noqa(aliases)));
            [ours, noqa].into_iter().flatten()
        });
        let mut directives: Vec<_> = directives.collect();
        for it in directives.iter_mut().filter(|it| it.reach != Reach::File) {
            it.reach = reach(module, it.span);
        }
        let mut of_file = Vec::new();
        let mut by_symbol: HashMap<SymbolId, Vec<usize>> = HashMap::new();
        for (place, it) in directives.iter().enumerate() {
            match it.reach {
                Reach::File => of_file.push(place),
                Reach::Symbol(id) => by_symbol.entry(id).or_default().push(place),
                Reach::Nothing => {}
            }
        }
        Self {
            module,
            directives,
            of_file,
            by_symbol,
        }
    }

    /// Drop the `findings` of the symbol `id` that a comment suppresses.
    pub fn apply(&mut self, id: SymbolId, findings: &mut Vec<Finding>) {
        if !self.directives.is_empty() {
            findings.retain(|finding| !self.suppresses(id, finding));
        }
    }

    fn suppresses(&mut self, id: SymbolId, finding: &Finding) -> bool {
        // A class's finding may point at its `__init__`: a comment there reaches it too.
        let at = owner(self.module, finding.at)
            .filter(|&it| self.module.symbol(it).header.contains(finding.at.start));
        let own = self.by_symbol.get(&id);
        let others = at
            .filter(|&it| it != id)
            .and_then(|it| self.by_symbol.get(&it));
        let those = [own, others, Some(&self.of_file)];
        let mut is_suppressed = false;
        for &place in those.into_iter().flatten().flatten() {
            let directive = &mut self.directives[place];
            if directive.rules.has(finding.rule) {
                directive.used = directive.used.with(finding.rule.alone());
                is_suppressed = true;
            }
        }
        is_suppressed
    }

    pub(super) fn directives(&self) -> &[Directive<'a>] {
        &self.directives
    }
}

/// The last symbol whose header begins at or before `span`.
fn owner(module: &Module<'_>, span: Span) -> Option<SymbolId> {
    let after = module
        .symbols
        .partition_point(|it| it.header.start <= span.start);
    Some(SymbolId(after.checked_sub(1)? as u32))
}

/// What the comment at `span` is about: the symbol on whose header's lines it stands, or behind whose docstring.
fn reach(module: &Module<'_>, span: Span) -> Reach {
    let Some(id) = owner(module, span) else {
        return Reach::Nothing;
    };
    let symbol = module.symbol(id);
    let is_behind = |end: u32| {
        let between = module.text.get(end as usize..span.start as usize);
        between.is_some_and(|it| !it.contains(['\n', '\r']))
    };
    let in_header = !symbol.kind.is_module()
        && (symbol.header.contains(span.start) || is_behind(symbol.header.end));
    let docstring = symbol.docstring.as_ref();
    if in_header || docstring.is_some_and(|it| is_behind(it.span.end)) {
        Reach::Symbol(id)
    } else {
        Reach::Nothing
    }
}

/// Whose names a comment uses.
#[derive(Clone, Copy)]
enum Names {
    Ours,
    /// Everybody's codes; those of other tools that mean the same count where this holds.
    Noqa(bool),
}

/// A comment's word on the rules of `list`; all of them where there is no list.
fn directive(span: Span, list: Option<&str>, is_file: bool, names: Names) -> Directive<'_> {
    let mut directive = Directive {
        span,
        reach: if is_file { Reach::File } else { Reach::Nothing },
        rules: Selection::NONE,
        names: Vec::new(),
        is_blanket: list.is_none() && matches!(names, Names::Ours),
        used: Selection::NONE,
    };
    let Some(list) = list else {
        directive.rules = Selection::of(|_| true);
        return directive;
    };
    let is_separator = |c: char| c == ',' || c.is_whitespace();
    for name in list.split(is_separator).filter(|it| !it.is_empty()) {
        match names {
            Names::Noqa(aliases) if !name.starts_with("DG") => {
                let same = Selection::of(|rule| aliases && rule.aliases.contains(&name));
                directive.rules = directive.rules.with(same);
            }
            _ => {
                let rules = Selection::parse(name).unwrap_or(Selection::NONE);
                directive.rules = directive.rules.with(rules);
                directive.names.push((name, rules));
            }
        }
    }
    directive
}

/// The list of `# docgen: ignore[...]`, and whether it is `ignore-file`.
fn ours(comment: &str) -> Option<(Option<&str>, bool)> {
    let (_, rest) = comment.split_once("docgen:")?;
    let rest = rest.trim_start().strip_prefix("ignore")?;
    let (rest, is_file) = match rest.strip_prefix("-file") {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    match rest.trim_start().strip_prefix('[') {
        Some(list) => Some((Some(list.split(']').next().unwrap_or_default()), is_file)),
        None if rest.is_empty() || rest.starts_with(char::is_whitespace) => Some((None, is_file)),
        None => None,
    }
}

/// The list of `# noqa: ...`, and whether it is the whole file's (`# ruff: noqa`, `# flake8: noqa`).
fn noqa(comment: &str) -> Option<(Option<&str>, bool)> {
    let lower = comment.to_ascii_lowercase();
    let at = lower.find("noqa")?;
    let before = lower[..at].trim_end();
    let is_file = before.ends_with("ruff:") || before.ends_with("flake8:");
    if !is_file && !before.ends_with('#') {
        return None;
    }
    let rest = comment[at + "noqa".len()..].trim_start();
    match rest.strip_prefix(':') {
        Some(list) => Some((Some(codes(list)), is_file)),
        None if comment[at..].len() == "noqa".len()
            || comment[at + 4..].starts_with([' ', '\t', '#', ',']) =>
        {
            Some((None, is_file))
        }
        None => None,
    }
}

/// The codes that `list` begins with: letters and then digits, between commas and blanks.
fn codes(list: &str) -> &str {
    let is_separator = |c: char| c == ',' || c.is_whitespace();
    let mut end = 0;
    loop {
        let start = list.len() - list[end..].trim_start_matches(is_separator).len();
        let word = list[start..].split(is_separator).next().unwrap_or_default();
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_code = !letters.is_empty() && letters.chars().all(|c| c.is_ascii_uppercase());
        if !is_code {
            return &list[..end];
        }
        end = start + word.len();
    }
}
