//! `markdown`: a step summary or a comment.

use std::io::{self, Write};

use super::closing::{counted, percent};
use super::harmless::{harmless, shown};
use super::put::put;
use super::{Renderer, Run, Sheet, Tally};
use crate::check::{FileReport, Summary};
use crate::fix;
use crate::rules::Remedy;
use crate::text::{Applicability, Edit};

/// So many rows the table has at most: GitHub refuses a step summary of more than one megabyte.
const SHOWN: u32 = 1000;

/// So many bytes of the diff, likewise.
const SHOWN_OF_DIFF: usize = 1 << 17;

/// A table of findings, a line a row, the score, and a diff of what needs no words.
///
/// A piece is the rows of a file, and behind them the file's diff; no line of a diff begins as a row does.
#[derive(Debug)]
pub(super) struct Markdown;

// In all of this: writing to memory cannot fail.

impl Renderer for Markdown {
    fn begin(&self, _run: &Run, out: &mut Vec<u8>) {
        out.extend_from_slice(b"## Docstrings\n\n");
    }

    fn file(&self, _run: &Run, sheet: &Sheet<'_>, out: &mut Vec<u8>) {
        let path = sheet.file().path();
        if let Some(reason) = &sheet.report().failure {
            put!(
                out,
                "| error | ",
                code(path),
                " | cannot read: ",
                prose(reason),
                " |\n"
            );
        }
        for note in sheet.notes() {
            let place = format!("{path}:{}:{}", note.region.line, note.region.column);
            let rule = note.finding.rule;
            put!(
                out,
                "| ",
                note.finding.severity.word(),
                " | ",
                code(&place),
                " | "
            );
            put!(
                out,
                rule.code,
                " ",
                rule.name,
                ": ",
                prose(&note.told),
                " |\n"
            );
        }
        diff(sheet.report(), out);
    }

    fn file_behind(&self, _run: &Run, sheet: &Sheet<'_>, out: &mut Vec<u8>) {
        if sheet.report().failure.is_some() {
            put!(out, "| error\n");
        }
        for note in sheet.notes() {
            put!(out, "| ", note.finding.severity.word(), "\n");
        }
    }

    fn is_full(&self, tally: &Tally) -> bool {
        tally.errors + tally.warnings >= SHOWN
    }

    fn chooses(&self) -> bool {
        true
    }

    fn join(&self, tally: &mut Tally, piece: &[u8], out: &mut dyn Write) -> io::Result<()> {
        if tally.pieces == 0 {
            out.write_all(b"| | Where | What |\n|---|---|---|\n")?;
        }
        tally.pieces += 1;
        let mut rest = piece;
        while rest.starts_with(b"| ") {
            let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
            let (row, behind) = rest.split_at(end);
            rest = behind;
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
        if tally.behind.len() + rest.len() > SHOWN_OF_DIFF {
            tally.is_cut = true;
        }
        if !tally.is_cut {
            tally.behind.extend_from_slice(rest);
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
        mendable(tally, out);
    }
}

/// What `docgen fix` would do to a file unasked, as a diff.
fn diff(report: &FileReport, out: &mut Vec<u8>) {
    let mut edits: Vec<&Edit> = Vec::new();
    let findings = report.symbols.iter().flat_map(|it| &it.findings);
    for finding in findings {
        if let Remedy::Edits(more, Applicability::Safe) = &finding.remedy
            && !more
                .iter()
                .any(|it| edits.iter().any(|other| it.overlaps(other)))
        {
            edits.extend(more);
        }
    }
    if edits.is_empty() {
        return;
    }
    edits.sort_unstable();
    let old = report.file.text();
    let mut new = String::with_capacity(old.len() + 256);
    let mut from = 0;
    for edit in edits {
        new.push_str(&old[from..edit.span.start as usize]);
        new.push_str(&edit.text);
        from = edit.span.end as usize;
    }
    new.push_str(&old[from..]);
    let diff = fix::unified(report.file.path(), old.as_bytes(), new.as_bytes());
    let stays = |c: char| matches!(c, '\n' | '\t') || shown(c) == c;
    let seen = |c: char| if stays(c) { c } else { shown(c) };
    let diff: String = String::from_utf8_lossy(&diff)
        .replace("\r\n", "\n")
        .chars()
        .map(seen)
        .collect();
    put!(out, diff);
}

/// The diff of all files, folded.
fn mendable(tally: &Tally, out: &mut Vec<u8>) {
    if tally.behind.is_empty() {
        return;
    }
    let text = String::from_utf8_lossy(&tally.behind);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    put!(
        out,
        "\n<details><summary>What <code>docgen fix</code> mends without words</summary>\n\n"
    );
    put!(out, fence, "diff\n", text, fence, "\n\n");
    if tally.is_cut {
        put!(out, "There is more than is shown.\n\n");
    }
    put!(out, "</details>\n");
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
    use crate::check::SymbolReport;
    use crate::python::SymbolKind;
    use crate::render::sample::{Shape, draft_at, repeated, run, symbol};
    use crate::render::{Format, Stream};
    use crate::text::{SourceFile, Span};

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
    fn what_needs_no_words_is_shown_as_a_diff_that_no_text_ends() {
        let text = "def f(new):\n    \"\"\"Do.\n\n    ````\u{202e}\n\n    Args:\n        old: X.\n    \"\"\"\n";
        let at = text.find("old").unwrap() as u32;
        let span = Span::new(at, at + 3);
        let mut finding = draft_at(span);
        let edit = Edit {
            span,
            text: "new".to_owned(),
            within: Span::default(),
            words: "new".to_owned(),
        };
        finding.remedy = Remedy::Edits(vec![edit], Applicability::Safe);
        let mut lost = finding.clone();
        if let Remedy::Edits(_, applicability) = &mut lost.remedy {
            *applicability = Applicability::Unsafe;
        }
        let shown = |findings| {
            let report = FileReport {
                file: SourceFile::new("a.py", text),
                symbols: vec![SymbolReport {
                    findings,
                    ..symbol(text, "f", SymbolKind::Function, (1, 8), (0, 3))
                }],
                failure: None,
            };
            let run = run(100, false);
            let mut stream = Stream::begin(Format::Markdown, &run, Vec::new()).unwrap();
            stream.push(&Format::Markdown.piece(&run, &report)).unwrap();
            String::from_utf8(stream.end(&Summary::default()).unwrap()).unwrap()
        };
        let diff = "`````diff\n--- a/a.py\n+++ b/a.py\n@@ -4,5 +4,5 @@\n     ````\u{fffd}\n \n     Args:\n\
                    -        old: X.\n+        new: X.\n     \"\"\"\n`````\n";
        let told = shown(vec![finding.clone(), finding]);
        assert!(told.contains(diff), "{told}");
        assert_eq!(told.matches("| error |").count(), 2);
        assert!(!shown(vec![lost]).contains("diff"));
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
