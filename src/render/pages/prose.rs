//! The prose of a docstring as Markdown: paragraphs, titles, lists, tables, examples and literal blocks.

use std::fmt::Write as _;

use super::directive::{self, Marked};
use super::fence::{fenced, indented};
use super::inline::{LITERAL, inline};
use crate::text::Span;

/// Directives within directives are looked into so deep; what is deeper is shown as it stands.
const DEEPEST: usize = 4;

/// The text at `span` of a docstring's value without the indentation that all its lines share.
pub(super) fn dedented(value: &str, span: Span) -> String {
    let text = span.of(value);
    let before = &value[..span.start as usize];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let is_first = line_start == 0;
    let column = before.len() - line_start;
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
    written(&lines, 0)
}

fn written(lines: &[&str], depth: usize) -> String {
    let mut writer = Writer {
        depth,
        ..Writer::default()
    };
    let mut at = 0;
    while at < lines.len() {
        at = writer.block(lines, at);
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
    /// Within so many directives.
    depth: usize,
}

/// How many blanks lead a line.
pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Where what is indented deeper than `than` ends.
pub(super) fn block_end(lines: &[&str], from: usize, than: usize) -> usize {
    let ends = |it: &usize| !lines[*it].trim().is_empty() && indent(lines[*it]) <= than;
    (from..lines.len()).find(ends).unwrap_or(lines.len())
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
            self.verbatim("", &lines[at + 1..end]);
            return end + 1;
        }
        if self.lines.is_empty() {
            if text.starts_with("..") && text.get(2..3).is_none_or(|it| it == " ") {
                return self.marked(lines, at, text);
            }
            if let Some(end) = table_end(lines, at) {
                self.verbatim("", &lines[at..end]);
                return end;
            }
            if indent(line) >= 4 && !self.in_list {
                let end = block_end(lines, at, 3);
                self.verbatim("", &lines[at..end]);
                return end;
            }
            if let Some(behind) = title(lines, at) {
                // Writing to a string cannot fail, here and below.
                let _ = write!(self.out, "**{}**\n\n", inline(lines[behind - 2].trim()));
                return behind;
            }
        }
        if let Some(intro) = text.strip_suffix("::") {
            if !intro.is_empty() {
                self.line(line, &format!("{intro}:"));
            }
            self.paragraph();
            let end = block_end(lines, at + 1, indent(line));
            self.verbatim("", &lines[at + 1..end]);
            return end;
        }
        self.line(line, text);
        at + 1
    }

    /// One line of a paragraph.
    fn line(&mut self, line: &str, text: &str) {
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let is_numbered = (1..4).contains(&digits) && text[digits..].starts_with(". ");
        let is_item = is_numbered || ["- ", "* ", "+ "].iter().any(|it| text.starts_with(it));
        if is_item && !self.in_list {
            self.paragraph();
        }
        if !is_item && indent(line) == 0 && self.lines.is_empty() {
            self.in_list = false;
        }
        self.in_list |= is_item;
        // What would be a heading, a rule, a quotation, a comment, a table or a target.
        let odd = match text.as_bytes().first() {
            Some(b'#' | b'>' | b'%' | b'+' | b'=' | b'-' | b'|') => !is_item,
            Some(b'(') => text.ends_with(")="),
            _ => false,
        };
        let kept = if self.in_list { indent(line).min(8) } else { 0 };
        let mut shown = " ".repeat(kept);
        if odd {
            shown.push(LITERAL);
        }
        shown.push_str(text);
        self.lines.push(shown);
    }

    /// Ends the paragraph.
    fn paragraph(&mut self) {
        if self.lines.is_empty() {
            return;
        }
        self.out.push_str(&inline(&self.lines.join("\n")));
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
        self.verbatim(language, &lines[at..end]);
        end
    }

    /// What begins with two dots: a directive, a footnote, a target or a comment.
    fn marked(&mut self, lines: &[&str], at: usize, text: &str) -> usize {
        let end = block_end(lines, at + 1, indent(lines[at]));
        let block = &lines[at + 1..end];
        match directive::read(text, block) {
            Marked::Hidden => (),
            Marked::Text(text) => {
                self.line("", &text);
                self.paragraph();
            }
            Marked::Code => self.verbatim("", directive::body(block)),
            Marked::Quoted(title) if self.depth < DEEPEST => {
                let body = directive::body(block).join("\n");
                let body = super::prose::dedented_block(&body);
                let body = written(&body.lines().collect::<Vec<_>>(), self.depth + 1);
                self.quotation(&title, &body);
            }
            Marked::Quoted(title) => {
                self.quotation(&title, "");
                self.verbatim("", block);
            }
        }
        self.in_list = false;
        end
    }

    /// A note of its own, with its title.
    fn quotation(&mut self, title: &str, body: &str) {
        let _ = writeln!(self.out, "> {title}");
        if !body.is_empty() {
            self.out.push_str(">\n");
        }
        for line in body.trim_end().lines() {
            self.out.push_str(if line.is_empty() { ">" } else { "> " });
            self.out.push_str(line);
            self.out.push('\n');
        }
        self.out.push('\n');
    }

    /// `lines` as they stand.
    fn verbatim(&mut self, language: &str, lines: &[&str]) {
        self.paragraph();
        self.in_list = false;
        self.out.push_str(&if self.depth == 0 {
            fenced(language, lines)
        } else {
            indented(lines)
        });
    }
}

/// `text` without the indentation that all its lines share.
pub(super) fn dedented_block(text: &str) -> String {
    let solid = text.lines().filter(|it| !it.trim().is_empty());
    let margin = solid.map(indent).min().unwrap_or(0);
    let lines = text.lines().map(|it| it.get(margin..).unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// Where the fenced block that begins at `at` ends.
fn fence(lines: &[&str], at: usize) -> Option<usize> {
    let text = lines[at].trim_start();
    let mark = ["```", "~~~"].into_iter().find(|it| text.starts_with(it))?;
    // So far only, that many which are never closed take no time.
    let mut inside = (at + 1..lines.len()).take(400);
    inside.find(|&it| lines[it].trim_start().starts_with(mark))
}

/// Where a table of reStructuredText (drawn with `+---+` or `=== ===`) or of Markdown ends that begins at `at`.
fn table_end(lines: &[&str], at: usize) -> Option<usize> {
    let of = |it: usize| lines.get(it).map_or("", |line| line.trim());
    let is_only = |text: &str, kept: &str| text.len() > 2 && text.chars().all(|c| kept.contains(c));
    let first = of(at);
    let is_markdown =
        first.contains('|') && of(at + 1).contains("--") && is_only(of(at + 1), "|-: ");
    let is_grid = first.starts_with('+') && is_only(first, "+-=") && first.contains('-');
    let is_simple = first.contains("= =") && is_only(first, "= ");
    if is_simple {
        // Its last line is followed by a blank one.
        let is_rule = |it: &usize| is_only(of(*it), "= ") && of(*it + 1).is_empty();
        return (at + 1..lines.len())
            .take(200)
            .find(is_rule)
            .map(|it| it + 1);
    }
    let ends = |it: &usize| of(*it).is_empty();
    (is_grid || is_markdown).then(|| (at..lines.len()).find(ends).unwrap_or(lines.len()))
}

/// Behind the line that underlines the title at `at` (or above it a line of the same).
pub(super) fn title(lines: &[&str], at: usize) -> Option<usize> {
    let of = |it: usize| lines.get(it).map_or("", |line| line.trim());
    let is_rule = |text: &str| {
        let mark = text.chars().next().filter(|c| "=-~^\"'*+#".contains(*c));
        mark.is_some_and(|mark| text.len() > 2 && text.chars().all(|c| c == mark))
    };
    let over = usize::from(is_rule(of(at)));
    let (text, rule) = (of(at + over), of(at + over + 1));
    let is_title = !text.is_empty()
        && !is_rule(text)
        && is_rule(rule)
        && (rule.len() > 3 || rule.len() + 1 >= text.chars().count());
    is_title.then_some(at + over + 2)
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
    }

    #[test]
    fn directives_are_notes_code_or_nothing() {
        assert_eq!(
            markdown(
                ".. note:: Be_ware.\n\n   So it is:\n\n   .. code-block:: py\n      :linenos:\n\n      x_y\n\nEnd."
            ),
            "> **Note:** Be\\_ware.\n>\n> So it is:\n>\n>     x_y\n\nEnd.\n\n"
        );
        assert_eq!(
            markdown(
                ".. versionadded:: 1.2\n.. a comment\n   goes on\n.. [1] A_b.\n.. _x: https://x.org/a_b\n\nText .. x"
            ),
            "> **Added in version:** 1.2\n\n\\[1\\] A\\_b.\n\nx: <https://x.org/a_b>\n\nText .. x\n\n"
        );
    }

    #[test]
    fn what_would_be_a_heading_is_text_and_a_title_is_bold() {
        assert_eq!(
            markdown("# no\nTitle\n-----\nText\n\nA_b\n===\n\n>x\n(y)="),
            "&#35; no\nTitle\n&#45;----\nText\n\n**A\\_b**\n\n&#62;x\n&#40;y)=\n\n"
        );
        assert_eq!(markdown("- a\n  b\n- c\n\nx"), "- a\n  b\n- c\n\nx\n\n");
    }

    #[test]
    fn tables_stay_as_they_were_drawn() {
        let grid = "+---+\n| a |\n+---+";
        let simple = "=== ===\na   b\n=== ===\n1   2\n=== ===";
        let piped = "a | b\n--|--\n1 | 2";
        for table in [grid, simple, piped] {
            assert_eq!(
                markdown(&format!("x\n\n{table}\n\ny")),
                format!("x\n\n```\n{table}\n```\n\ny\n\n")
            );
        }
    }

    #[test]
    fn what_is_never_closed_takes_linear_time() {
        for part in [
            "```\n~~~\n",
            "=== ===\n",
            ".. note::\n\n   ",
            "+--\n\n",
            "a::\n",
            ">>> (\n",
        ] {
            assert!(!markdown(&part.repeat(20_000)).is_empty(), "{part}");
        }
    }
}
