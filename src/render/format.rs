//! The names of the formats.

use std::cell::Cell;

use super::checkstyle::Checkstyle;
use super::concise::Concise;
use super::full::Full;
use super::github::Github;
use super::gitlab::Gitlab;
use super::grouped::Grouped;
use super::json::Json;
use super::json_lines::JsonLines;
use super::junit::Junit;
use super::markdown::Markdown;
use super::rdjson::Rdjson;
use super::sarif::Sarif;
use super::{Renderer, Run, Sheet};
use crate::check::FileReport;

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// rustc-style blocks with the source.
    Full,
    /// One line a finding.
    Concise,
    /// One line a finding, under its file's name.
    Grouped,
    /// One JSON object, as `schemas/report.schema.json` describes it.
    Json,
    /// One JSON object a symbol and line.
    JsonLines,
    /// GitHub Actions workflow commands.
    Github,
    /// A GitLab Code Quality report.
    Gitlab,
    /// `JUnit` XML: a symbol is a test case.
    Junit,
    /// Checkstyle XML.
    Checkstyle,
    /// Reviewdog Diagnostic Format.
    Rdjson,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// A table for a step summary or a comment.
    Markdown,
}

impl Format {
    /// Every format, in the order of the help text.
    pub const ALL: &[Self] = &[
        Self::Full,
        Self::Concise,
        Self::Grouped,
        Self::Json,
        Self::JsonLines,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Checkstyle,
        Self::Rdjson,
        Self::Sarif,
        Self::Markdown,
    ];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Concise => "concise",
            Self::Grouped => "grouped",
            Self::Json => "json",
            Self::JsonLines => "json-lines",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Checkstyle => "checkstyle",
            Self::Rdjson => "rdjson",
            Self::Sarif => "sarif",
            Self::Markdown => "markdown",
        }
    }

    /// What writes it.
    pub fn renderer(self) -> &'static dyn Renderer {
        match self {
            Self::Full => &Full,
            Self::Concise => &Concise,
            Self::Grouped => &Grouped,
            Self::Json => &Json,
            Self::JsonLines => &JsonLines,
            Self::Github => &Github,
            Self::Gitlab => &Gitlab,
            Self::Junit => &Junit,
            Self::Checkstyle => &Checkstyle,
            Self::Rdjson => &Rdjson,
            Self::Sarif => &Sarif,
            Self::Markdown => &Markdown,
        }
    }

    /// Whether it names files as the repository does, or the repository itself.
    pub const fn wants_provenance(self) -> bool {
        matches!(
            self,
            Self::Github | Self::Gitlab | Self::Rdjson | Self::Sarif
        )
    }

    /// Whether it tells which edits would mend a finding.
    pub const fn holds_edits(self) -> bool {
        matches!(
            self,
            Self::Json | Self::JsonLines | Self::Sarif | Self::Markdown
        )
    }

    /// One file in this format, as a piece for a [`Stream`](super::Stream) of the same format.
    pub fn piece(self, run: &Run, report: &FileReport) -> Vec<u8> {
        self.piece_of(run, &Sheet::new(run, report), false)
    }

    /// The same of a sheet that several formats share; shorter where the stream [is full](super::Stream::is_full).
    pub fn piece_of(self, run: &Run, sheet: &Sheet<'_>, is_full: bool) -> Vec<u8> {
        let mut out = SCRATCH.take();
        out.clear();
        if is_full {
            self.renderer().file_behind(run, sheet, &mut out);
        } else {
            self.renderer().file(run, sheet, &mut out);
        }
        let piece = out.as_slice().to_vec();
        if out.capacity() <= LARGE {
            SCRATCH.set(out);
        }
        piece
    }
}

/// A larger scratch is not kept.
const LARGE: usize = 1 << 20;

thread_local! {
    /// Where a piece is made before it gets as much memory as it needs: pieces that grew where they are kept were copied twice
    /// and took half as much again.
    static SCRATCH: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}
