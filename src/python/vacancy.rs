//! Where a docstring would stand in a symbol that has none.

use super::rewrite::{self, RewriteError};
use super::{Module, SymbolId};
use crate::text::{Edit, Span};

/// The place of a docstring to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vacancy<'t> {
    /// The bytes that go: none, or the blanks between a header and the statement behind its colon.
    pub span: Span,
    /// What the lines of the docstring are indented by.
    pub indent: &'t str,
    /// Whether the first statement stands in the header's line, so that it has to move to one of its own.
    pub is_inline: bool,
    /// What lines end with here.
    line_ending: &'t str,
    /// Whether a line that is not blank comes next, which would stick to a module's docstring.
    is_crowded: bool,
    /// Whether the text before ends in the middle of a line.
    is_open: bool,
    /// How deep a body is that gets lines of its own.
    unit: &'static str,
}

impl<'t> Module<'t> {
    /// Where the docstring of the symbol `id` would stand: below its header and a `# type:` comment, before all else;
    /// below the comments that a module begins with. `None` where it has one, or its text is too broken to tell.
    pub fn vacancy(&self, id: SymbolId) -> Option<Vacancy<'t>> {
        let symbol = self.symbol(id);
        if symbol.docstring.is_some() {
            return None;
        }
        if symbol.kind.is_module() {
            return Some(self.module_vacancy());
        }
        let text = self.text;
        let colon = symbol.header.end as usize;
        if !text.get(..colon)?.ends_with(':') {
            return None;
        }
        let line = line_at(text, colon);
        let behind = line.trim_start_matches([' ', '\t', '\x0c']);
        if !behind.trim_end().is_empty() && !behind.starts_with('#') {
            return self.inline_vacancy(id, colon, line.len() - behind.len());
        }
        let mut at = colon + line.len();
        let line_ending = ending(line)?;
        let below = line_at(text, at);
        if below.trim_start().starts_with("# type:") {
            ending(below)?;
            at += below.len();
        }
        let indent = first_indent(text, at, symbol.span.end as usize)?;
        Some(Vacancy {
            span: Span::empty(at as u32),
            indent,
            is_inline: false,
            line_ending,
            is_crowded: false,
            is_open: false,
            unit: "",
        })
    }

    /// Behind the comments that the text begins with.
    fn module_vacancy(&self) -> Vacancy<'t> {
        let text = self.text;
        let mut at = 0;
        while line_at(text, at).starts_with('#') {
            at += line_at(text, at).len();
        }
        let next = line_at(text, at);
        Vacancy {
            span: Span::empty(at as u32),
            indent: "",
            is_inline: false,
            line_ending: ending(line_at(text, 0)).unwrap_or("\n"),
            is_crowded: !next.trim().is_empty(),
            is_open: at > 0 && !text[..at].ends_with(['\n', '\r']),
            unit: "",
        }
    }

    /// Between a colon and the statement behind it, `blanks` bytes further.
    fn inline_vacancy(&self, id: SymbolId, colon: usize, blanks: usize) -> Option<Vacancy<'t>> {
        let text = self.text;
        let symbol = self.symbol(id);
        if line_at(text, colon).trim_start().starts_with('\\') {
            return None;
        }
        let before = text.get(..symbol.span.start as usize)?;
        let start = before.rfind(['\n', '\r']).map_or(0, |it| it + 1);
        let indent = &before[start..];
        if !indent.trim_matches([' ', '\t']).is_empty() {
            return None;
        }
        Some(Vacancy {
            span: Span::new(colon as u32, (colon + blanks) as u32),
            indent,
            is_inline: true,
            line_ending: ending(line_at(text, 0)).unwrap_or("\n"),
            is_crowded: false,
            is_open: false,
            unit: if indent.contains('\t') { "\t" } else { "    " },
        })
    }
}

impl Vacancy<'_> {
    /// What the lines of the docstring begin with.
    pub fn margin(&self) -> String {
        format!("{}{}", self.indent, self.unit)
    }

    /// The edit that puts a docstring of this value here. Its lines after the first begin with the margin.
    ///
    /// # Errors
    /// Where the value holds what cannot be seen.
    pub fn edit(&self, value: &str) -> Result<Edit, RewriteError> {
        let literal = rewrite::literal(value, self.line_ending)?;
        let (end, margin) = (self.line_ending, self.margin());
        let text = if self.is_inline {
            format!("{end}{margin}{literal}{end}{margin}")
        } else {
            let open = if self.is_open { end } else { "" };
            let apart = if self.is_crowded { end } else { "" };
            format!("{open}{margin}{literal}{end}{apart}")
        };
        Ok(Edit {
            span: self.span,
            text,
            within: Span::default(),
            words: value.to_owned(),
        })
    }
}

/// The line that `at` lies on from there to its end, which is part of it.
fn line_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    match memchr::memchr2(b'\n', b'\r', rest.as_bytes()) {
        Some(it) if rest[it..].starts_with("\r\n") => &rest[..it + 2],
        Some(it) => &rest[..=it],
        None => rest,
    }
}

/// What a line ends with.
fn ending(line: &str) -> Option<&str> {
    ["\r\n", "\n", "\r"]
        .into_iter()
        .find(|it| line.ends_with(it))
        .map(|it| &line[line.len() - it.len()..])
}

/// What the first statement from `at` on is indented by. A form feed sets the column back to nothing.
fn first_indent(text: &str, mut at: usize, end: usize) -> Option<&str> {
    while at < end {
        let line = line_at(text, at);
        let rest = line.trim_start_matches([' ', '\t', '\x0c']);
        if !rest.trim_end_matches(['\n', '\r']).is_empty() && !rest.starts_with('#') {
            let indent = &line[..line.len() - rest.len()];
            let indent = indent.rsplit('\x0c').next().unwrap_or(indent);
            return (!indent.is_empty()).then_some(indent);
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::{SymbolKind, outline};
    use super::*;

    /// The text with a docstring in its last symbol.
    fn documented(text: &str, value: &str) -> Option<String> {
        let module = outline(text, SymbolKind::Module);
        let id = SymbolId(module.symbols.len() as u32 - 1);
        let edit = module.vacancy(id)?.edit(value).unwrap();
        let mut after = text.to_owned();
        after.replace_range(edit.span.range(), &edit.text);
        let read = outline(&after, SymbolKind::Module);
        let slot = read.symbol(id).docstring.as_ref().unwrap();
        assert_eq!(slot.value(&after).text, value, "{after}");
        assert_eq!(read.errors.len(), module.errors.len());
        Some(after)
    }

    #[test]
    fn below_the_header_and_its_type_comment() {
        for (text, wanted) in [
            (
                "def f():\n    pass\n",
                "def f():\n    \"\"\"D.\"\"\"\n    pass\n",
            ),
            (
                "def f(a):  # c\r\n\t# type: (int) -> int\r\n\t# d\r\n\r\n\treturn a",
                "def f(a):  # c\r\n\t# type: (int) -> int\r\n\t\"\"\"D.\"\"\"\r\n\t# d\r\n\r\n\treturn a",
            ),
            (
                "class C(\n  a\n):\n\x0c  x = 1\n",
                "class C(\n  a\n):\n  \"\"\"D.\"\"\"\n\x0c  x = 1\n",
            ),
            (
                "@d\nasync def f(): return 1  # c\n",
                "@d\nasync def f():\n    \"\"\"D.\"\"\"\n    return 1  # c\n",
            ),
            (
                "if x:\n\tclass C: a; b",
                "if x:\n\tclass C:\n\t\t\"\"\"D.\"\"\"\n\t\ta; b",
            ),
        ] {
            assert_eq!(documented(text, "D.").unwrap(), wanted);
        }
    }

    #[test]
    fn a_module_has_it_below_its_first_comments() {
        for (text, wanted) in [
            ("", "\"\"\"D.\"\"\"\n"),
            ("x = 1\n", "\"\"\"D.\"\"\"\n\nx = 1\n"),
            (
                "#!/bin/python\r\n# c",
                "#!/bin/python\r\n# c\r\n\"\"\"D.\"\"\"\r\n",
            ),
            (
                "# coding: utf-8\n\nx = 1",
                "# coding: utf-8\n\"\"\"D.\"\"\"\n\nx = 1",
            ),
        ] {
            assert_eq!(documented(text, "D.").unwrap(), wanted);
        }
    }

    #[test]
    fn hostile_words_stay_words_in_a_new_docstring() {
        for value in [
            "\"",
            "\"\"\"",
            "a\\",
            "\"a\"",
            "\\N{BULLET}\n    x\"\"\"\"\n    ",
            "'''",
        ] {
            documented("def f():\n    pass\n", value).unwrap();
        }
    }

    #[test]
    fn what_is_too_broken_has_no_place() {
        for text in [
            "def f(",
            "def f():",
            "def f():\n",
            "def f(): \\\n    return 1\n",
            "x; def f(): pass\n",
        ] {
            let module = outline(text, SymbolKind::Module);
            let last = SymbolId(module.symbols.len() as u32 - 1);
            assert!(
                last == SymbolId::MODULE || module.vacancy(last).is_none(),
                "{text}"
            );
        }
    }
}
