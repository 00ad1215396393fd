//! Examples that `doctest` could not read, by its own rules for prompts and margins.
//!
//! <https://docs.python.org/3/library/doctest.html#how-are-docstring-examples-recognized>

use super::lexer::Lexer;
use crate::text::Span;

/// A place where an example is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoctestFault {
    /// What is wrong.
    pub message: &'static str,
    /// Where, in the docstring's value.
    pub span: Span,
}

/// The fault of a prompt that its code sticks to.
pub const NO_BLANK: &str = "no blank behind `>>>`";

/// What is wrong with the examples in a docstring's value, in the order of the text.
pub fn doctest_faults(value: &str) -> Vec<DoctestFault> {
    let mut faults = Vec::new();
    let mut example: Option<Example<'_>> = None;
    let mut offset = 0;
    for line in value.split_inclusive('\n') {
        let span = Span::new(offset, offset + line.trim_end().len() as u32);
        offset += line.len() as u32;
        let text = line.trim_end();
        let bare = text.trim_start();
        let indent = &text[..text.len() - bare.len()];
        if let Some(code) = bare.strip_prefix(">>>") {
            close(example.take(), &mut faults);
            // The first line's margin is the quotes'.
            let margin = if span.start == 0 { None } else { Some(indent) };
            example = begin(margin, code, span, &mut faults);
            continue;
        }
        let Some(open) = &mut example else { continue };
        if bare.is_empty() {
            close(example.take(), &mut faults);
        } else if let Some(code) = bare.strip_prefix("...").filter(|_| open.is_source) {
            open.go_on(code);
        } else {
            open.is_source = false;
            if open.margin.is_some_and(|margin| !text.starts_with(margin)) {
                let message = "output stands further left than its example";
                faults.push(DoctestFault { message, span });
                close(example.take(), &mut faults);
            }
        }
    }
    close(example, &mut faults);
    faults.sort_by_key(|it| it.span);
    faults
}

/// An example whose end has not come.
struct Example<'v> {
    /// What its lines begin with; `None` where it is not known.
    margin: Option<&'v str>,
    /// Its first line.
    span: Span,
    source: String,
    /// Whether its output has not begun.
    is_source: bool,
}

fn begin<'v>(
    margin: Option<&'v str>,
    code: &str,
    span: Span,
    faults: &mut Vec<DoctestFault>,
) -> Option<Example<'v>> {
    // `>>>>` and the like are rules and arrows.
    if code.starts_with('>') {
        return None;
    }
    if !code.is_empty() && !code.starts_with([' ', '\t']) {
        faults.push(DoctestFault {
            message: NO_BLANK,
            span,
        });
        return None;
    }
    Some(Example {
        margin,
        span,
        source: format!("{}\n", code.trim_start()),
        is_source: true,
    })
}

impl Example<'_> {
    fn go_on(&mut self, code: &str) {
        self.source.push_str(code.strip_prefix(' ').unwrap_or(code));
        self.source.push('\n');
    }
}

/// Read the source of an example that has ended.
fn close(example: Option<Example<'_>>, faults: &mut Vec<DoctestFault>) {
    let Some(example) = example.filter(|it| !it.source.contains("doctest: +SKIP")) else {
        return;
    };
    let mut lexer = Lexer::new(&example.source, 0);
    let mut tokens = Vec::new();
    while lexer.next_line(&mut tokens).is_some() {}
    // What the lexer stumbles over otherwise may be a shell's magic.
    let message = match lexer.errors.first().map(|it| it.message) {
        Some("bracket that is never closed") => "a bracket is never closed",
        Some("string that is never closed") => "a string is never closed",
        _ => return,
    };
    faults.push(DoctestFault {
        message,
        span: example.span,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(value: &str) -> Vec<(&'static str, &str)> {
        let found = doctest_faults(value);
        found
            .iter()
            .map(|it| (it.message, it.span.of(value).trim()))
            .collect()
    }

    #[test]
    fn good_examples_are_left_alone() {
        for value in [
            ">>> f(1)\n    2\n    >>> for x in y:\n    ...     print(x)\n    ...\n    3\n",
            "Do.\n\n    >>> f('''a\n    ... b''')\n    'a'\n\n    Text.\n",
            "Do.\n\n    >>> f(1,\n    ...   2)\n\nText.\n",
            "Do.\n    >>>\n    >>> %timeit f(\"x\")\n    >>> f(  # doctest: +SKIP\n",
            "Do.\n\n    >>> x\n    ...and more\n",
            "Do.\n>>>>>>\nrule\n",
        ] {
            assert_eq!(faults(value), [], "{value}");
        }
    }

    #[test]
    fn bad_examples_are_found() {
        assert_eq!(
            faults("Do.\n    >>>f(1)\n"),
            [("no blank behind `>>>`", ">>>f(1)")]
        );
        assert_eq!(
            faults("Do.\n    >>> f(1,\n          2)\n    3\n"),
            [("a bracket is never closed", ">>> f(1,")]
        );
        assert_eq!(
            faults("Do.\n    >>> f('x)\n"),
            [("a string is never closed", ">>> f('x)")]
        );
        assert_eq!(
            faults("Do.\n    >>> f(1)\n  2\n"),
            [("output stands further left than its example", "2")]
        );
    }
}
