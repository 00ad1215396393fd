//! Which style a docstring is written in: most recognised structure wins.

use std::collections::BTreeMap;

use super::{Docstring, Style};

/// The style of each section, and what speaks for each style.
#[derive(Debug, Default)]
pub(super) struct Styles {
    sections: Vec<Option<Style>>,
    votes: [usize; 4],
}

/// All styles, in the order in which a tie without a hint is decided: the less likely by chance first.
const STYLES: [Style; 4] = [Style::Numpy, Style::Sphinx, Style::Google, Style::Epytext];

impl Styles {
    /// Notes the style of the next section, with its votes; `None` for one that tells nothing.
    pub(super) fn add(&mut self, style: Option<Style>, votes: usize) {
        self.sections.push(style);
        if let Some(style) = style {
            self.vote(style, votes);
        }
    }

    /// Counts votes for `style`.
    pub(super) fn vote(&mut self, style: Style, votes: usize) {
        self.votes[style as usize] += votes;
    }

    /// The last section's.
    pub(super) fn last(&self) -> Option<Style> {
        self.sections.last().copied().flatten()
    }

    /// The style with most votes; `hint` decides ties.
    pub(super) fn decide(&self, hint: Option<Style>) -> Option<Style> {
        let most = self.votes.into_iter().max().filter(|&it| it > 0)?;
        let leads = |it: &Style| self.votes[*it as usize] == most;
        hint.filter(leads)
            .or_else(|| STYLES.into_iter().find(leads))
    }

    /// The style of the section at `index`.
    pub(super) fn of(&self, index: usize) -> Option<Style> {
        self.sections.get(index).copied().flatten()
    }
}

/// How many docstrings are in each style.
#[derive(Clone, Debug, Default)]
pub struct StyleCounts(BTreeMap<Style, usize>);

impl StyleCounts {
    /// Counts a docstring, if it is in one style only.
    pub fn add(&mut self, docstring: &Docstring<'_>) {
        if let Some(style) = docstring.style.filter(|_| !docstring.is_mixed()) {
            *self.0.entry(style).or_default() += 1;
        }
    }

    /// The style that most are in.
    pub fn majority(&self) -> Option<Style> {
        self.0.iter().max_by_key(|it| it.1).map(|it| *it.0)
    }
}
