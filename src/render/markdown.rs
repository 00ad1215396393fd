//! `markdown`: a step summary or a comment.

use std::io::{self, Write};

use super::closing::{counted, percent};
use super::harmless::harmless;
use super::renderer::{findings, told};
use super::{Renderer, Run, Tally};
use crate::check::{FileReport, Summary};

/// So many rows the table has at most: GitHub refuses a step summary of more than one megabyte.
const SHOWN: u32 = 1000;

/// A table of findings, a line a row, and the score.
#[derive(Debug)]
pub(super) struct Markdown;

// In all of this: writing to memory cannot fail.

impl Renderer for Markdown {
    fn begin(&self, _run: &Run, out: &mut Vec<u8>) {
        out.extend_from_slice(b"## Docstrings\n\n");
    }

    fn file(&self, _run: &Run, report: &FileReport, out: &mut Vec<u8>) {
        let path = report.file.path();
        if let Some(reason) = &report.failure {
            let _ = writeln!(
                out,
                "| error | {} | cannot read: {} |",
                code(path),
                prose(reason)
            );
        }
        for finding in findings(report) {
            let at = report.file.position(finding.at.start);
            let place = format!("{path}:{}:{}", at.line, at.column);
            let (rule, severity) = (finding.rule, finding.severity.word());
            let _ = writeln!(
                out,
                "| {severity} | {} | {} {}: {} |",
                code(&place),
                rule.code,
                rule.name,
                prose(&told(finding))
            );
        }
    }

    fn join(&self, tally: &mut Tally, piece: &[u8], out: &mut dyn Write) -> io::Result<()> {
        if tally.pieces == 0 {
            out.write_all(b"| | Where | What |\n|---|---|---|\n")?;
        }
        tally.pieces += 1;
        for row in piece.split_inclusive(|&byte| byte == b'\n') {
            let count = if row.starts_with(b"| error") {
                &mut tally.errors
            } else {
                &mut tally.warnings
            };
            *count += 1;
            if tally.errors + tally.warnings <= SHOWN {
                out.write_all(row)?;
            }
        }
        Ok(())
    }

    fn end(&self, run: &Run, summary: &Summary, tally: &Tally, out: &mut Vec<u8>) {
        let rows = tally.errors + tally.warnings;
        if rows > SHOWN {
            let _ = writeln!(out, "\n{} more are not shown.", rows - SHOWN);
        }
        if rows > 0 {
            out.push(b'\n');
        }
        let incomplete = summary.symbols.saturating_sub(summary.complete);
        let changed = if run.comparison.kind == "all" {
            "symbol"
        } else {
            "changed symbol"
        };
        let _ = writeln!(
            out,
            "**{incomplete} of {} incomplete, score {:.1}**\n\n\
             | files | symbols | complete | errors | warnings | score |\n\
             |--:|--:|--:|--:|--:|--:|\n\
             | {} | {} | {} | {} | {} | {:.1} |",
            counted(summary.symbols, changed),
            percent(summary.score),
            summary.files,
            summary.symbols,
            summary.complete,
            summary.errors,
            summary.warnings,
            percent(summary.score)
        );
    }
}

/// `text` as a code span in a table cell.
fn code(text: &str) -> String {
    let text = harmless(text);
    // A span is fenced by more backquotes than any run in it.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{}{pad}{fence}", text.replace('|', "\\|"))
}

/// `text` in a table cell: its own code spans stay, all else is text and no markup.
fn prose(text: &str) -> String {
    let text = harmless(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    let spans = text.matches('`').count() / 2 * 2;
    let mut backquotes = 0;
    for c in text.chars() {
        let in_span = backquotes % 2 == 1;
        match c {
            '`' if backquotes < spans => backquotes += 1,
            '|' => escaped.push('\\'),
            '`' | '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '#' | '$' | '@'
                if !in_span =>
            {
                escaped.push('\\');
            }
            _ => (),
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Format;
    use crate::render::sample::{Shape, repeated};

    #[test]
    fn text_is_no_markup() {
        assert_eq!(
            prose("`a_b|c` is *not* <b> [x](y)"),
            "`a_b\\|c` is \\*not\\* \\<b\\> \\[x\\](y)"
        );
        assert_eq!(prose("one ` alone"), "one \\` alone");
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code("a`b"), "`` a`b ``");
    }

    #[test]
    fn a_table_has_an_end() {
        let shape = Shape {
            files: 101,
            errors: 6,
            warnings: 4,
        };
        let text = repeated(Format::Markdown, shape);
        let rows = |word: &str| text.lines().filter(|line| line.starts_with(word)).count();
        assert_eq!(rows("| error") + rows("| warning"), 1000);
        assert!(text.contains("\n10 more are not shown.\n"));
    }
}
