//! Lines as they are written, without the docstring's margin.

/// What was written so far.
#[derive(Debug)]
pub(super) struct Page<'u> {
    out: String,
    /// One level of indentation.
    unit: &'u str,
}

impl<'u> Page<'u> {
    pub(super) const fn new(unit: &'u str) -> Self {
        Self {
            out: String::new(),
            unit,
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.out.push('\n');
    }

    /// One line, `depth` levels deep.
    pub(super) fn line(&mut self, depth: usize, text: &str) {
        for _ in 0..depth {
            self.out.push_str(self.unit);
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// The lines of a text, `depth` levels deep.
    pub(super) fn block(&mut self, depth: usize, text: &str) {
        for line in text.split('\n') {
            if line.is_empty() {
                self.blank();
            } else {
                self.line(depth, line);
            }
        }
    }

    /// An entry's head, and its text: behind it where the other lines of the text are at `below` levels, as deep as an
    /// entry's further lines are; else all of it there.
    pub(super) fn entry(&mut self, depth: usize, head: &str, text: Option<&str>, below: usize) {
        let text = text.unwrap_or_default();
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        if first.is_empty() {
            self.line(depth, head);
        } else if is_hanging(rest) {
            self.line(depth, head);
            self.block(below, text);
        } else {
            self.line(depth, &format!("{head} {first}"));
            if !rest.is_empty() {
                self.block(below, rest);
            }
        }
    }

    /// All that was written, without the last line end.
    pub(super) fn finish(mut self) -> String {
        self.out.truncate(self.out.trim_end_matches('\n').len());
        self.out
    }
}

/// Whether all lines that are not blank are deeper than their text's level.
fn is_hanging(rest: &str) -> bool {
    let mut lines = rest.split('\n').filter(|it| !it.is_empty()).peekable();
    lines.peek().is_some() && lines.all(|it| it.starts_with([' ', '\t']))
}

/// `text` with `indent` before each of its lines but the first and the blank ones.
pub(super) fn margined(text: &str, indent: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(indent);
            }
        }
        out.push_str(line);
    }
    out
}
