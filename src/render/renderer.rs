//! What every format has to answer, and what it is told about the run.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::Sheet;
use crate::check::{FileReport, Summary};
use crate::git::{Comparison, Provenance};
use crate::rules::Finding;

/// What a renderer may know beside the report. Nothing in it depends on the clock.
#[derive(Clone, Debug)]
pub struct Run {
    /// docgen's own version.
    pub version: String,
    /// What was compared.
    pub comparison: Comparison,
    /// Columns to keep to, for people's formats.
    pub width: usize,
    /// Whether escape sequences for colours are wanted, for people's formats.
    pub colour: bool,
    /// Whether terminal hyperlinks (OSC 8) are wanted, for people's formats.
    pub hyperlinks: bool,
    /// The absolute folder that paths are relative to, `/` between its parts.
    pub root: String,
    /// The repository that this folder lies in, for the formats that
    /// [want it](super::Format::wants_provenance).
    pub provenance: Option<Provenance>,
}

impl Run {
    /// `path` as seen from the top of the repository: what GitHub and GitLab know a file by.
    pub(super) fn in_repository<'p>(&self, path: &'p str) -> Cow<'p, str> {
        let prefix = self.provenance.as_ref().map_or("", |it| it.prefix.as_str());
        if prefix.is_empty() || path.starts_with('/') {
            return Cow::Borrowed(path);
        }
        let (mut above, mut rest) = (prefix.trim_end_matches('/'), path);
        while let Some(next) = rest.strip_prefix("../").filter(|_| !above.is_empty()) {
            above = above.rsplit_once('/').map_or("", |(above, _)| above);
            rest = next;
        }
        match above {
            "" => Cow::Borrowed(rest),
            above => Cow::Owned(format!("{above}/{rest}")),
        }
    }
}

/// One output format. Its parts are joined by a [`Stream`](super::Stream).
pub trait Renderer: Sync {
    /// What stands before the first file.
    fn begin(&self, _run: &Run, _out: &mut Vec<u8>) {}

    /// One file; it may add nothing. Called in parallel, in any order.
    fn file(&self, run: &Run, sheet: &Sheet<'_>, out: &mut Vec<u8>);

    /// One file that comes when [`is_full`](Self::is_full) already holds: what the end has to know of it.
    fn file_behind(&self, run: &Run, sheet: &Sheet<'_>, out: &mut Vec<u8>) {
        self.file(run, sheet, out);
    }

    /// Whether no more findings are shown in full, because a format only shows so many.
    fn is_full(&self, _tally: &Tally) -> bool {
        false
    }

    /// What stands between two files that both added something.
    fn joint(&self) -> &'static str {
        ""
    }

    /// Whether [`join`](Self::join) does more than to put the joint between pieces.
    fn chooses(&self) -> bool {
        false
    }

    /// Add one file's `piece` behind those that `tally` counts. Formats that only show so many
    /// findings choose here, because only here is it known how many came before.
    ///
    /// # Errors
    /// Those of `out`.
    fn join(&self, tally: &mut Tally, piece: &[u8], out: &mut dyn Write) -> io::Result<()> {
        if tally.pieces > 0 {
            out.write_all(self.joint().as_bytes())?;
        }
        tally.pieces += 1;
        out.write_all(piece)
    }

    /// What stands behind the last file.
    fn end(&self, _run: &Run, _summary: &Summary, _tally: &Tally, _out: &mut Vec<u8>) {}
}

/// What was written so far.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Files that added something.
    pub pieces: u32,
    /// Errors shown, and left out where a format shows only so many.
    pub errors: u32,
    /// Warnings, likewise.
    pub warnings: u32,
    /// What is kept for the end.
    pub behind: Vec<u8>,
    /// Whether something was not kept, because it was too long.
    pub is_cut: bool,
}

/// All findings of a file, in the order of the text.
pub(super) fn findings(report: &FileReport) -> impl Iterator<Item = &Finding> {
    report.symbols.iter().flat_map(|symbol| &symbol.findings)
}

/// A finding in one line, for formats without labels: the message, and what it counts but does not
/// name. `fetch` documents 2 of its 4 parameters: which ones are missing is what a reader wants.
pub(super) fn told(finding: &Finding) -> Cow<'_, str> {
    const NAMED: usize = 8;
    let message = &finding.message;
    let is_named = |entry: &String| {
        let quoted = |(at, _): (usize, &str)| {
            message[..at].ends_with('`') && message[at + entry.len()..].starts_with('`')
        };
        message.match_indices(entry.as_str()).any(quoted)
    };
    if finding.entries.is_empty() || finding.entries.iter().any(is_named) {
        return Cow::Borrowed(message);
    }
    let mut told = message.clone();
    for (at, entry) in finding.entries.iter().take(NAMED).enumerate() {
        told.push_str(if at == 0 { " (" } else { ", " });
        // Writing to a string cannot fail.
        let _ = write!(told, "`{entry}`");
    }
    if let Some(more) = finding.entries.len().checked_sub(NAMED + 1) {
        let _ = write!(told, " and {} more", more + 1);
    }
    told.push(')');
    Cow::Owned(told)
}

#[cfg(test)]
mod tests {
    use super::told;
    use crate::render::sample::{draft_at, run};
    use crate::text::Span;

    #[test]
    fn what_a_message_only_counts_is_named() {
        let mut finding = draft_at(Span::empty(0));
        finding.message = "`f` documents none of its parameters".to_owned();
        assert_eq!(told(&finding), finding.message);
        finding.entries = ["a", "b"].map(str::to_owned).to_vec();
        assert_eq!(
            told(&finding),
            "`f` documents none of its parameters (`a`, `b`)"
        );
        finding.entries = (0..10).map(|at| format!("p{at}")).collect();
        assert!(told(&finding).ends_with(", `p7` and 2 more)"));
        finding.message = "`f` has no parameter `p3`".to_owned();
        assert_eq!(told(&finding), finding.message);
    }

    #[test]
    fn paths_are_told_from_the_top_of_the_repository() {
        let mut run = run(100, false);
        assert_eq!(run.in_repository("a.py"), "a.py");
        run.provenance.as_mut().unwrap().prefix = "lib/core/".to_owned();
        assert_eq!(run.in_repository("a.py"), "lib/core/a.py");
        assert_eq!(run.in_repository("../x/a.py"), "lib/x/a.py");
        assert_eq!(run.in_repository("../../a.py"), "a.py");
        assert_eq!(run.in_repository("/else/a.py"), "/else/a.py");
    }
}
