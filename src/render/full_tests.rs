//! `full` against rustc's own drawing, and at its limits.

use annotate_snippets::{AnnotationKind, Level, Snippet};

use super::excerpt::excerpt;
use super::harmless::width;
use super::sample::{self, draft_at, run};
use super::{Format, Run};
use crate::check::{FileReport, SymbolReport};
use crate::rules::{Finding, Severity};
use crate::text::{SourceFile, Span};

/// A block as `annotate-snippets` draws it, from the whole file.
fn as_rustc_draws_it(run: &Run, file: &SourceFile, finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let marks = finding.labels.iter().map(|label| {
        let kind = if label.secondary {
            AnnotationKind::Context
        } else {
            AnnotationKind::Primary
        };
        let first_line = label.span.of(file.text()).lines().next().unwrap();
        let start = label.span.start as usize;
        kind.span(start..start + first_line.len())
            .label(Some(label.text.as_ref()).filter(|text| !text.is_empty()))
    });
    let code = finding.rule.code;
    let help = finding
        .help
        .clone()
        .unwrap_or_else(|| format!("`docgen rule {code}` explains it"));
    let group = level
        .primary_title(finding.message.replace("\r\n", "␍␊"))
        .id(finding.rule.name)
        .element(
            Snippet::source(file.text())
                .path(file.path())
                .annotations(marks),
        )
        .element(Level::HELP.message(format!("{code}; {help}")));
    let note = Level::NOTE.message("was already so before this change");
    let group = if finding.introduced {
        group
    } else {
        group.element(note)
    };
    let renderer = if run.colour {
        annotate_snippets::Renderer::styled()
    } else {
        annotate_snippets::Renderer::plain()
    };
    renderer.term_width(1_000).render(&[group]) + "\n\n"
}

fn block(run: &Run, file: &SourceFile, symbol: &SymbolReport, finding: &Finding) -> String {
    let report = FileReport {
        file: file.clone(),
        symbols: vec![SymbolReport {
            findings: vec![finding.clone()],
            ..symbol.clone()
        }],
        failure: None,
    };
    String::from_utf8(Format::Full.piece(run, &report)).unwrap()
}

/// The text that is seen, and whether each character is coloured and bold: the order and repetition
/// of escapes is nobody's business.
fn seen(text: &str) -> Vec<(char, String)> {
    let mut style = String::new();
    let mut seen = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(escape) = rest.strip_prefix("\u{1b}[") {
            let end = escape.find('m').unwrap();
            if &escape[..end] == "0" {
                style.clear();
            } else {
                style.push_str(&escape[..end]);
                style.push(';');
            }
            rest = &escape[end + 1..];
            continue;
        }
        let style = if c.is_whitespace() { "" } else { &style };
        seen.push((c, style.to_owned()));
        rest = &rest[c.len_utf8()..];
    }
    seen
}

#[test]
fn blocks_look_as_rustc_draws_them() {
    let mut compared = 0;
    for colour in [false, true] {
        let run = run(1_000, colour);
        for report in sample::files() {
            for symbol in &report.symbols {
                for finding in &symbol.findings {
                    // There, rustc squeezes a label between two marks.
                    let roomy = ["`export`", "`fetch` documents"];
                    if finding.labels.is_empty()
                        || roomy.iter().any(|it| finding.message.starts_with(it))
                    {
                        continue;
                    }
                    let ours = block(&run, &report.file, symbol, finding);
                    let theirs = as_rustc_draws_it(&run, &report.file, finding);
                    assert_eq!(seen(&ours), seen(&theirs), "\n{ours}\n{theirs}");
                    compared += 1;
                }
            }
        }
    }
    assert_eq!(compared, 10);
}

#[test]
fn a_line_of_ten_megabytes_costs_what_is_shown_of_it() {
    let text = format!("x = [{}]; def_ = target\n", "'日本', ".repeat(1_000_000));
    let at = text.find("target").unwrap() as u32;
    let file = SourceFile::new("long.py", text);
    let finding = draft_at(Span::new(at, at + 6));
    let rows = excerpt(&file, &finding, 60);
    assert_eq!(rows.len(), 1);
    assert!(rows[0].code.starts_with("..."), "{}", rows[0].code);
    assert!(rows[0].code.ends_with("def_ = target"), "{}", rows[0].code);
    let marked = &rows[0].marks[0].columns;
    assert_eq!(marked.len(), 6);
    assert_eq!(marked.end, width(&rows[0].code));
}

#[test]
fn a_mark_stays_on_what_it_marks_however_the_line_is_cut() {
    let line =
        "def f(日本, e\u{301}tat, 😀, \tplain, another_one, *args, **kwargs): return nothing";
    let file = SourceFile::new("a.py", line);
    for name in [
        "日本",
        "e\u{301}tat",
        "😀",
        "plain",
        "another_one",
        "kwargs",
        "nothing",
    ] {
        let at = line.find(name).unwrap() as u32;
        let finding = draft_at(Span::new(at, at + name.len() as u32));
        for total in 30..90 {
            let rows = excerpt(&file, &finding, total);
            let columns = &rows[0].marks[0].columns;
            let mut column = 0;
            let marked: String = rows[0]
                .code
                .chars()
                .filter(|&c| {
                    let from = column;
                    column += width(c.encode_utf8(&mut [0; 4]));
                    columns.contains(&from)
                })
                .collect();
            assert_eq!(marked, name, "{total}: {}", rows[0].code);
            assert!(
                width(&rows[0].code) + 4 <= total,
                "{total}: {}",
                rows[0].code
            );
        }
    }
}

#[test]
fn a_mark_on_nothing_is_one_column_wide() {
    let file = SourceFile::new("a.py", "import os\n");
    for at in [0, 9, 10] {
        let finding = draft_at(Span::empty(at));
        let rows = excerpt(&file, &finding, 80);
        assert_eq!(rows[0].marks[0].columns.len(), 1, "{at}");
    }
}
