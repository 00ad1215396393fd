//! Lines of a module, and its maintainability index.

use super::super::lexer::Lexer;
use super::super::{Module, SymbolId};
use super::{cyclomatic_complexity, halstead_volume};
use crate::text::LineIndex;

/// The lines of a module by what is on them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineCounts {
    /// All of them; what stands behind the last line ending counts where it is not empty.
    pub total: u32,
    /// Lines with a token on them, the lines of docstrings included.
    pub code: u32,
    /// Lines with nothing but a comment.
    pub comment: u32,
    /// All others.
    pub blank: u32,
}

/// Count the lines of a module. Reads its text again.
pub fn line_counts(module: &Module<'_>) -> LineCounts {
    let text = module.text;
    let index = LineIndex::new(text);
    let total = index.line_count() - u32::from(text.is_empty() || text.ends_with(['\n', '\r']));
    let mut lexer = Lexer::new(text, 0);
    let mut tokens = Vec::new();
    let mut counts = LineCounts {
        total,
        ..LineCounts::default()
    };
    let mut last = 0;
    let mut pass = |first: u32, end: u32| {
        for line in last + 1..first {
            let line = index.line_span(text, line).of(text);
            let is_comment = line
                .trim_start_matches([' ', '\t', '\x0c'])
                .starts_with('#');
            counts.comment += u32::from(is_comment);
        }
        counts.code += (end + 1).saturating_sub(first.max(last + 1));
        last = last.max(end);
    };
    while lexer.next_line(&mut tokens).is_some() {
        for token in &tokens {
            pass(
                index.line(token.start),
                index.line(token.end.max(token.start + 1) - 1),
            );
        }
    }
    pass(total + 1, total);
    counts.blank = total - counts.code - counts.comment;
    counts
}

/// The maintainability index of a module, 0 to 100 (the most maintainable), as radon and Visual
/// Studio scale it: 171 - 5.2 ln V - 0.23 G - 16.2 ln L + 50 sin sqrt(2.4 C), of 171, in per cent.
///
/// V is the Halstead volume and G the cyclomatic complexity of all its symbols together, L its lines
/// of code, C the share of comment lines in both, in radians of per cent. 100 for a module without code.
pub fn maintainability_index(module: &Module<'_>, lines: LineCounts) -> f64 {
    let ids = || (0..module.symbols.len() as u32).map(SymbolId);
    let volume: f64 = ids().map(|id| halstead_volume(module, id)).sum();
    let decisions: u32 = ids().map(|id| cyclomatic_complexity(module, id) - 1).sum();
    let functions = module
        .symbols
        .iter()
        .filter(|it| it.kind.is_function())
        .count();
    let complexity = f64::from(decisions) + f64::from(u32::try_from(functions).unwrap_or(u32::MAX));
    if volume <= 0.0 || lines.code == 0 {
        return 100.0;
    }
    let share = f64::from(lines.comment) / f64::from(lines.code + lines.comment) * 100.0;
    let comments = (2.4 * share.to_radians()).sqrt().sin();
    let code = f64::from(lines.code).ln();
    let index = 171.0 - 5.2 * volume.ln() - 0.23 * complexity - 16.2 * code + 50.0 * comments;
    (index * 100.0 / 171.0).clamp(0.0, 100.0)
}
