//! What is never read as structure: fenced blocks and doctests.

use super::lines::Lines;

/// Longer fences count as this long, so that looking for their ends stays linear.
const LONGEST: usize = 8;

/// Finds the ends of fenced blocks; remembers which fences are not closed.
#[derive(Debug)]
pub(super) struct Fences {
    /// For backquotes and tildes: the shortest fence so far that nothing closes.
    unclosed: [usize; 2],
}

impl Fences {
    /// Nothing looked for yet.
    pub(super) const fn new() -> Self {
        Self {
            unclosed: [usize::MAX; 2],
        }
    }

    /// The line behind the fenced block or the doctest that the line at `index` opens.
    pub(super) fn end(&mut self, lines: &Lines<'_>, index: usize) -> Option<usize> {
        let text = lines.text(index);
        match text.as_bytes().first()? {
            b'>' if text == ">>>" || text.starts_with(">>> ") => {
                let indent = lines.get(index).indent;
                let ends = |it: &usize| lines.is_blank(*it) || lines.get(*it).indent < indent;
                let end = (index + 1..lines.count()).find(ends);
                Some(end.unwrap_or(lines.count()))
            }
            b'`' => self.fence_end(lines, index, b'`'),
            // A line of tildes below a title is its underline.
            b'~' if lines.is_after_blank(index) => self.fence_end(lines, index, b'~'),
            _ => None,
        }
    }

    fn fence_end(&mut self, lines: &Lines<'_>, index: usize, mark: u8) -> Option<usize> {
        let text = lines.text(index).as_bytes();
        let length = run(text, mark);
        let unclosed = &mut self.unclosed[usize::from(mark == b'~')];
        if length < 3 || length >= *unclosed || mark == b'`' && text[length..].contains(&mark) {
            return None;
        }
        let length = length.min(LONGEST);
        let closes = |it: &usize| {
            let text = lines.text(*it).as_bytes();
            run(text, mark) >= length && text.iter().all(|it| *it == mark)
        };
        let close = (index + 1..lines.count()).find(closes);
        if close.is_none() {
            *unclosed = length;
        }
        close.map(|it| it + 1)
    }
}

/// How often `mark` stands at the beginning of `text`.
fn run(text: &[u8], mark: u8) -> usize {
    text.iter().take_while(|&&it| it == mark).count()
}
