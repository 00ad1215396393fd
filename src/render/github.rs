//! `github`: workflow commands, which GitHub Actions shows as annotations on the changed files.
//!
//! The commands: <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.

use std::borrow::Cow;
use std::io::{self, Write};

use super::closing::counted;
use super::harmless::harmless;
use super::put::put;
use super::region::Region;
use super::{Renderer, Run, Sheet, Tally};
use crate::check::Summary;
use crate::rules::Finding;
use crate::text::SourceFile;

/// So many errors, and as many warnings, GitHub shows of one step; it drops the others.
const SHOWN: u32 = 10;

/// A command for each finding that is shown, a plain line for each that is not.
///
/// A piece holds two lines for each finding, the command and the plain line; which of them is
/// written is decided where pieces are joined.
#[derive(Debug)]
pub(super) struct Github;

impl Renderer for Github {
    fn file(&self, _run: &Run, sheet: &Sheet<'_>, out: &mut Vec<u8>) {
        lines(sheet, false, out);
    }

    fn file_behind(&self, _run: &Run, sheet: &Sheet<'_>, out: &mut Vec<u8>) {
        lines(sheet, true, out);
    }

    fn is_full(&self, tally: &Tally) -> bool {
        tally.errors.min(tally.warnings) >= SHOWN
    }

    fn chooses(&self) -> bool {
        true
    }

    fn join(&self, tally: &mut Tally, piece: &[u8], out: &mut dyn Write) -> io::Result<()> {
        tally.pieces += 1;
        let mut lines = piece.split_inclusive(|&byte| byte == b'\n');
        while let (Some(command), Some(plain)) = (lines.next(), lines.next()) {
            let count = if command.starts_with(b"::error") {
                &mut tally.errors
            } else {
                &mut tally.warnings
            };
            *count += 1;
            out.write_all(if *count > SHOWN { plain } else { command })?;
        }
        Ok(())
    }

    fn end(&self, _run: &Run, _summary: &Summary, tally: &Tally, out: &mut Vec<u8>) {
        let more = [(tally.errors, "error"), (tally.warnings, "warning")]
            .into_iter()
            .filter(|(count, _)| *count > SHOWN)
            .map(|(count, noun)| format!("{} more", counted(count - SHOWN, noun)))
            .collect::<Vec<_>>();
        if !more.is_empty() {
            let _ = writeln!(
                out,
                "::notice title=docgen::{} in the log: GitHub shows {SHOWN} of each",
                more.join(" and ")
            );
        }
    }
}

/// Two lines a finding; the first is the start of the command only where the command is not wanted.
fn lines(sheet: &Sheet<'_>, is_full: bool, out: &mut Vec<u8>) {
    let path = sheet.path();
    if let Some(reason) = &sheet.report().failure {
        let (file, reason) = (property(path), data(reason));
        put!(
            out,
            "::error file=",
            file,
            ",title=docgen::cannot read: ",
            reason,
            "\n"
        );
        put!(out, data(path), ": cannot read: ", reason, "\n");
    }
    let (file, plain) = (property(path), data(path));
    for note in sheet.notes() {
        let (rule, told) = (note.finding.rule, data(&note.told));
        put!(out, "::", note.finding.severity.word(), " ");
        if !is_full {
            command(&file, sheet.file(), note.finding, &told, out);
        }
        let (line, column) = (note.region.line, note.region.column);
        put!(out, "\n", plain, ":", line, ":", column, ": ");
        put!(out, rule.code, " ", rule.name, ": ", told, "\n");
    }
}

/// The command behind its name.
fn command(path: &str, file: &SourceFile, finding: &Finding, told: &str, out: &mut Vec<u8>) {
    let Region {
        line,
        column,
        end_line,
        end_column,
    } = Region::new(file, finding.in_diff());
    put!(out, "file=", path, ",line=", line);
    // Columns are refused on what spans lines.
    if line == end_line {
        put!(out, ",col=", column, ",endColumn=", end_column);
    } else {
        put!(out, ",endLine=", end_line);
    }
    let rule = finding.rule;
    put!(
        out,
        ",title=",
        rule.code,
        " ",
        property(rule.name),
        "::",
        told
    );
    if let Some(help) = &finding.help {
        put!(out, "%0A", data(help));
    }
}

/// What stands behind `::`. `##[` starts a command of the old form anywhere in a line, and what is
/// printed comes from the pull request.
fn data(text: &str) -> Cow<'_, str> {
    let text = harmless(text);
    if !text.contains('%') && !text.contains("##[") {
        return text;
    }
    Cow::Owned(text.replace('%', "%25").replace("##[", "## ["))
}

/// What stands behind `name=`.
fn property(text: &str) -> Cow<'_, str> {
    let text = data(text);
    if !text.contains([':', ',']) {
        return text;
    }
    Cow::Owned(text.replace(':', "%3A").replace(',', "%2C"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample::{Shape, repeated};

    #[test]
    fn what_a_runner_obeys_is_written_so_that_it_does_not() {
        assert_eq!(
            data("100%\n::stop-commands::x"),
            "100%25␊::stop-commands::x"
        );
        assert_eq!(data("##[command]rm"), "## [command]rm");
        assert_eq!(property("a,b:c%"), "a%2Cb%3Ac%25");
    }

    #[test]
    fn only_so_many_are_shown_and_the_others_counted() {
        let text = repeated(
            crate::render::Format::Github,
            Shape {
                files: 3,
                errors: 4,
                warnings: 4,
            },
        );
        let count = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
        assert_eq!(count("::error "), 10);
        assert_eq!(count("::warning "), 10);
        assert_eq!(count("file"), 4, "{text}");
        assert!(text.ends_with(
            "::notice title=docgen::2 errors more and 2 warnings more in the log: GitHub shows 10 of each\n"
        ), "{text}");
    }
}
