//! The prose of a docstring as Markdown: paragraphs, lists, examples, literal blocks, directives.

use std::fmt::Write as _;

use super::markup::inline;
use crate::render::harmless::shown;
use crate::text::Span;

/// The text at `span` of a docstring's value without the indentation that all its lines share.
pub(super) fn dedented(value: &str, span: Span) -> String {
    let text = span.of(value);
    let before = &value[..span.start as usize];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let is_first = line_start == 0;
    let column = before.len() - line_start;
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let rest: Vec<String> = lines.map(|it| it.replace('\t', "        ")).collect();
    let solid = rest.iter().filter(|it| !it.trim().is_empty());
    let mut margin = solid.map(|it| indent(it)).min().unwrap_or(column);
    if !is_first && before[line_start..].trim().is_empty() {
        margin = margin.min(column);
    }
    let mut out = String::with_capacity(text.len());
    if !is_first && before[line_start..].trim().is_empty() {
        out.push_str(&" ".repeat(column - margin));
    }
    out.push_str(first);
    for line in &rest {
        out.push('\n');
        out.push_str(
            line.get(margin.min(line.len())..)
                .unwrap_or(line.trim_start())
                .trim_end(),
        );
    }
    out
}

/// Markdown that ends with a line feed; nothing where there is no text.
pub(super) fn markdown(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut writer = Writer::default();
    let mut at = 0;
    while at < lines.len() {
        at = writer.block(&lines, at);
    }
    writer.paragraph();
    writer.out
}

#[derive(Default)]
struct Writer {
    out: String,
    /// The lines of the paragraph at hand.
    lines: Vec<String>,
    /// Whether the paragraph is, or follows, an item of a list, whose lines are indented.
    in_list: bool,
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

impl Writer {
    /// Takes the line at `at` and what belongs to it; where the next begins.
    fn block(&mut self, lines: &[&str], at: usize) -> usize {
        let line = lines[at].trim_end();
        let text = line.trim_start();
        if text.is_empty() {
            self.paragraph();
            return at + 1;
        }
        if text == ">>>" || text.starts_with(">>> ") {
            return self.doctest(lines, at);
        }
        if let Some(end) = fence(lines, at) {
            self.verbatim("", &lines[at + 1..end], indent(line));
            return end + 1;
        }
        if let Some(directive) = text.strip_prefix(".. ")
            && let Some((name, argument)) = directive.split_once("::")
        {
            return self.directive(lines, at, name, argument.trim());
        }
        if indent(line) >= 4 && self.lines.is_empty() && !self.in_list {
            let end = (at..lines.len())
                .find(|&it| !lines[it].trim().is_empty() && indent(lines[it]) < 4)
                .unwrap_or(lines.len());
            self.verbatim("", &lines[at..end], 4);
            return end;
        }
        if let Some(intro) = text.strip_suffix("::") {
            if !intro.is_empty() {
                self.line(line, &format!("{intro}:"));
            }
            self.paragraph();
            return self.indented(lines, at + 1, indent(line), "");
        }
        self.line(line, text);
        at + 1
    }

    /// One line of a paragraph.
    fn line(&mut self, line: &str, text: &str) {
        let is_item =
            text.starts_with("- ") || text.starts_with("* ") || text.starts_with("+ ") || {
                let digits =
                    text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                (1..4).contains(&digits) && text[digits..].starts_with(". ")
            };
        if is_item && !self.in_list {
            self.paragraph();
        }
        if !is_item && indent(line) == 0 && self.lines.is_empty() {
            self.in_list = false;
        }
        self.in_list |= is_item;
        // What would be a heading, a rule, a quotation or a comment.
        let odd = matches!(
            text.as_bytes().first(),
            Some(b'#' | b'>' | b'%' | b'+' | b'=' | b'-' | b'(')
        );
        let escape = if odd && !is_item && !text.starts_with('(') {
            "\\"
        } else {
            ""
        };
        let kept = if self.in_list { indent(line).min(8) } else { 0 };
        self.lines
            .push(format!("{}{escape}{text}", " ".repeat(kept)));
    }

    /// Ends the paragraph.
    fn paragraph(&mut self) {
        if self.lines.is_empty() {
            return;
        }
        let text = inline(&self.lines.join("\n"));
        // The backslash of what would be a heading was put there on purpose.
        let text = text
            .replace("\\\\#", "\\#")
            .replace("\\\\>", "\\>")
            .replace("\\\\%", "\\%");
        let text = text
            .replace("\\\\+", "\\+")
            .replace("\\\\=", "\\=")
            .replace("\\\\-", "\\-");
        self.out.push_str(&text);
        self.out.push_str("\n\n");
        self.lines.clear();
    }

    /// An example of the interpreter, up to the next blank line.
    fn doctest(&mut self, lines: &[&str], at: usize) -> usize {
        let end = (at..lines.len()).find(|&it| lines[it].trim().is_empty());
        let end = end.unwrap_or(lines.len());
        // Highlighters complain of what is not Python.
        let is_plain = |line: &&str| {
            line.bytes()
                .all(|it| matches!(it, b' '..=b'~') && !b"?$!`".contains(&it))
        };
        let language = if lines[at..end].iter().all(is_plain) {
            "pycon"
        } else {
            ""
        };
        self.verbatim(language, &lines[at..end], indent(lines[at]));
        end
    }

    /// `.. name:: argument` and what is indented below it.
    fn directive(&mut self, lines: &[&str], at: usize, name: &str, argument: &str) -> usize {
        self.paragraph();
        let is_code = matches!(
            name,
            "code"
                | "code-block"
                | "sourcecode"
                | "parsed-literal"
                | "math"
                | "doctest"
                | "testcode"
        );
        if is_code {
            return self.indented(lines, at + 1, indent(lines[at]), "");
        }
        let mut title = name.replace('-', " ");
        if let Some(first) = title.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let told = inline(argument);
        let gap = if told.is_empty() { "" } else { " " };
        let _ = write!(self.out, "**{}**{gap}{told}\n\n", inline(&title));
        self.in_list = false;
        at + 1
    }

    /// What is indented deeper than `than`, as it stands.
    fn indented(&mut self, lines: &[&str], from: usize, than: usize, language: &str) -> usize {
        let ends = |it: &usize| !lines[*it].trim().is_empty() && indent(lines[*it]) <= than;
        let end = (from..lines.len()).find(ends).unwrap_or(lines.len());
        let block = &lines[from..end];
        let margin = block
            .iter()
            .filter(|it| !it.trim().is_empty())
            .map(|it| indent(it))
            .min();
        if let Some(margin) = margin {
            self.verbatim(language, block, margin);
        }
        end
    }

    /// A fenced block of `lines` without so much of their indentation.
    fn verbatim(&mut self, language: &str, lines: &[&str], margin: usize) {
        self.paragraph();
        self.in_list = false;
        let longest = lines
            .iter()
            .flat_map(|it| it.split(|c| c != '`'))
            .map(str::len)
            .max();
        let fence = "`".repeat((longest.unwrap_or(0) + 1).max(3));
        let _ = writeln!(self.out, "{fence}{language}");
        let blank = |it: &&&str| it.trim().is_empty();
        let before = lines.iter().take_while(blank).count();
        let behind = lines.iter().rev().take_while(blank).count();
        for line in lines
            .iter()
            .take(lines.len() - behind.min(lines.len()))
            .skip(before)
        {
            let cut = line.get(margin.min(indent(line))..).unwrap_or(line);
            self.out.extend(
                cut.trim_end()
                    .chars()
                    .map(|c| if c == '\t' { c } else { shown(c) }),
            );
            self.out.push('\n');
        }
        self.out.push_str(&fence);
        self.out.push_str("\n\n");
    }
}

/// Where the fenced block that begins at `at` ends.
fn fence(lines: &[&str], at: usize) -> Option<usize> {
    let text = lines[at].trim_start();
    let mark = ["```", "~~~"].into_iter().find(|it| text.starts_with(it))?;
    (at + 1..lines.len()).find(|&it| lines[it].trim_start().starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::{dedented, markdown};
    use crate::text::Span;

    #[test]
    fn shared_indentation_goes() {
        let value = "Do.\n\n    One\n      two\n\n    three\n    ";
        let at = value.find("One").unwrap() as u32;
        let span = Span::new(at, value.trim_end().len() as u32);
        assert_eq!(dedented(value, span), "One\n  two\n\nthree");
    }

    #[test]
    fn examples_and_literal_blocks_are_code() {
        assert_eq!(
            markdown("As in::\n\n    a_b = 1\n\nand\n\n>>> f()\n1\n\nend_"),
            "As in:\n\n```\na_b = 1\n```\n\nand\n\n```pycon\n>>> f()\n1\n```\n\nend\\_\n\n"
        );
        assert_eq!(
            markdown(".. note:: Be_ware.\n   So it is."),
            "**Note** Be\\_ware.\n\nSo it is.\n\n"
        );
    }

    #[test]
    fn what_would_be_a_heading_is_text() {
        assert_eq!(markdown("# no\nTitle\n-----"), "\\# no\nTitle\n\\-----\n\n");
        assert_eq!(markdown("- a\n  b\n- c\n\nx"), "- a\n  b\n- c\n\nx\n\n");
    }
}
