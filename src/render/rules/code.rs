//! Blocks of code on a terminal: indented, Python with a few colours.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

const KEYWORDS: [&str; 32] = [
    "and", "as", "async", "await", "class", "def", "del", "elif", "else", "except", "False",
    "finally", "for", "from", "if", "import", "in", "is", "lambda", "None", "not", "or", "pass",
    "raise", "return", "True", "try", "while", "with", "yield", "assert", "break",
];

/// A fenced block, four columns in.
pub(super) fn block(language: &str, lines: &[&str], colour: bool) -> String {
    let mut text = String::new();
    let mut painter = Painter::default();
    let is_python = language.starts_with("python");
    for line in lines {
        if line.is_empty() {
            text.push('\n');
            continue;
        }
        text.push_str("    ");
        if colour && is_python {
            painter.line(line, &mut text);
        } else {
            text.push_str(line);
        }
        text.push('\n');
    }
    text
}

/// Colours lines, one after the other: a string may go over many.
#[derive(Default)]
struct Painter {
    /// The quotes that end the string of many lines that is open.
    open: Option<&'static str>,
}

const STRING: Style = AnsiColor::Green.on_default();
const KEYWORD: Style = AnsiColor::Blue.on_default();
const COMMENT: Style = Style::new().dimmed();
/// What a comment says that a rule finds here.
const FOUND: Style = AnsiColor::BrightRed.on_default().bold();

impl Painter {
    fn line(&mut self, line: &str, out: &mut String) {
        let mut rest = line;
        while !rest.is_empty() {
            let taken = match self.open {
                Some(quotes) => {
                    let end = rest.find(quotes).map(|it| it + quotes.len());
                    if end.is_some() {
                        self.open = None;
                    }
                    paint(out, STRING, rest, end.unwrap_or(rest.len()))
                }
                None => self.token(rest, out),
            };
            rest = &rest[taken..];
        }
    }

    /// One token at the start of `rest`; how long it is.
    fn token(&mut self, rest: &str, out: &mut String) -> usize {
        if rest.starts_with("# DG") {
            return paint(out, FOUND, rest, rest.len());
        }
        if rest.starts_with('#') {
            return paint(out, COMMENT, rest, rest.len());
        }
        for quotes in ["\"\"\"", "'''"] {
            if let Some(behind) = rest.strip_prefix(quotes) {
                let end = behind.find(quotes);
                if end.is_none() {
                    self.open = Some(quotes);
                }
                return paint(out, STRING, rest, end.map_or(rest.len(), |it| it + 6));
            }
        }
        for quote in ['"', '\''] {
            if let Some(behind) = rest.strip_prefix(quote) {
                let end = behind.find(quote).map_or(rest.len(), |it| it + 2);
                return paint(out, STRING, rest, end);
            }
        }
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        if end > 0 {
            let is_keyword = KEYWORDS.contains(&&rest[..end]);
            return paint(
                out,
                if is_keyword { KEYWORD } else { Style::new() },
                rest,
                end,
            );
        }
        let end = rest.chars().next().map_or(0, char::len_utf8);
        paint(out, Style::new(), rest, end)
    }
}

fn paint(out: &mut String, style: Style, text: &str, end: usize) -> usize {
    let _ = write!(out, "{style}{}{style:#}", &text[..end]);
    end
}
