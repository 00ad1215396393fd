//! What a mending run says to people: what it declined, file by file, and how it ended.

use std::fmt::Write as _;
use std::time::Duration;

use anstyle::{AnsiColor, Style};

use super::failure::{Failure, Kind};
use super::mend::Outcome;
use super::screen::Screen;
use crate::fix::Note;
use crate::render;

/// The numbers of a run.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) mended: usize,
    /// Docstrings turned into another style.
    pub(super) converted: usize,
    /// Docstrings written anew.
    pub(super) anew: usize,
    pub(super) files: usize,
    pub(super) declined: usize,
    /// Symbols that the AI found no words for.
    pub(super) refused: usize,
    held_back: u32,
    failed: usize,
}

impl Tally {
    /// Counts a file; what is to be told of it: what was declined in it, a line each, nothing where it is `quiet`.
    pub(super) fn take(&mut self, outcome: &Outcome, screen: &Screen, quiet: bool) -> String {
        let conversions = outcome.mended.iter().filter(|it| it.is_conversion());
        let converted = conversions.count();
        let anew = outcome.mended.iter().filter(|it| it.is_anew()).count();
        self.converted += converted;
        self.anew += anew;
        self.mended += outcome.mended.len() - converted - anew;
        self.files += usize::from(!outcome.mended.is_empty());
        self.declined += outcome.declined.len();
        self.refused += outcome.refused.len();
        self.held_back += outcome.held_back;
        if let Some(failure) = &outcome.failure {
            self.failed += 1;
            screen.fail(&Failure::new(Kind::Machine, failure.clone()));
        }
        let mut told = String::new();
        if !quiet {
            let path = outcome.report.file.path();
            for note in &outcome.declined {
                tell(path, note, screen, &mut told);
            }
            let [_, odd, _] = styles(screen.has_colored_errors());
            for it in &outcome.refused {
                let (qualname, reason) = (&it.qualname, &it.reason);
                let line = format!("{path}: {odd}no words{odd:#} for `{qualname}`: {reason}");
                told.push_str(&folded(&line, screen.error_width()));
                told.push('\n');
            }
        }
        told
    }

    /// Whether the disk refused something.
    pub(super) const fn has_failed(&self) -> bool {
        self.failed > 0
    }

    /// The closing line of a mending run, `left` findings being left: `mended 3 findings in 2 files, declined 1, 4 left in
    /// 9 ms`.
    pub(super) fn line(
        &self,
        left: u32,
        is_written: bool,
        took: Duration,
        screen: &Screen,
    ) -> String {
        let [good, odd, bad] = styles(screen.has_colored_errors());
        let verb = |written, not| if is_written { written } else { not };
        let mut done: Vec<String> = Vec::new();
        if self.mended > 0 {
            let verb = verb("mended", "would mend");
            done.push(format!("{verb} {}", counted(self.mended, "finding")));
        }
        if self.converted > 0 {
            let verb = verb("turned", "would turn");
            let docstrings = counted(self.converted, "docstring");
            done.push(format!("{verb} {docstrings} into another style"));
        }
        if self.anew > 0 {
            let docstrings = counted(self.anew, "docstring");
            done.push(format!(
                "{} {docstrings} anew",
                verb("wrote", "would write")
            ));
        }
        let mut line = if done.is_empty() {
            "mended nothing".to_owned()
        } else {
            let (done, files) = (done.join(", "), counted(self.files, "file"));
            format!("{good}{done}{good:#} in {files}")
        };
        if self.declined > 0 {
            let _ = write!(line, ", {odd}declined {}{odd:#}", self.declined);
        }
        if self.refused > 0 {
            let symbols = counted(self.refused, "symbol");
            let _ = write!(line, ", {odd}no words for {symbols}{odd:#}");
        }
        let bad = if left > 0 { bad } else { Style::new() };
        let _ = write!(line, ", {bad}{left} left{bad:#}");
        if self.held_back > 0 {
            let count = self.held_back;
            let _ = write!(
                line,
                " ({count} of them can be mended with `--unsafe-fixes`)"
            );
        }
        let _ = write!(line, " in {}", render::duration(took));
        folded(&line, screen.error_width()) + "\n"
    }
}

/// What is well, what is to be looked at, what is wrong.
fn styles(colored: bool) -> [Style; 3] {
    if !colored {
        return [Style::new(); 3];
    }
    [AnsiColor::Green, AnsiColor::Yellow, AnsiColor::BrightRed].map(|it| it.on_default().bold())
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// What was declined, and why.
fn tell(path: &str, note: &Note, screen: &Screen, out: &mut String) {
    let [_, odd, _] = styles(screen.has_colored_errors());
    let (qualname, reason) = (&note.qualname, &note.reason);
    let line = if note.is_conversion() {
        format!("{path}: {odd}declined{odd:#} to turn `{qualname}` into another style: {reason}")
    } else if note.is_anew() {
        format!("{path}: {odd}declined{odd:#} to write `{qualname}` anew: {reason}")
    } else {
        let about = if note.entries.is_empty() {
            String::new()
        } else {
            format!(" of `{}`", note.entries.join("`, `"))
        };
        let code = note.code;
        format!("{path}: {odd}declined{odd:#} to mend {code}{about} in `{qualname}`: {reason}")
    };
    out.push_str(&folded(&line, screen.error_width()));
    out.push('\n');
}

/// The text broken between words where it is wider than a terminal, further lines indented.
fn folded(text: &str, width: Option<usize>) -> String {
    const INDENT: &str = "    ";
    let Some(width) = width else {
        return text.to_owned();
    };
    let mut out = String::with_capacity(text.len() + 16);
    let mut column = 0;
    for word in text.split(' ') {
        let wide = seen(word);
        if column > 0 && column + 1 + wide > width && column > INDENT.len() {
            out.push('\n');
            out.push_str(INDENT);
            column = INDENT.len();
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += wide;
    }
    out
}

/// The characters that are seen of a word: escape sequences are not.
fn seen(word: &str) -> usize {
    let mut in_escape = false;
    let is_seen = |c: &char| {
        let was_escape = in_escape;
        in_escape = *c == '\x1b' || in_escape && *c != 'm';
        !was_escape && *c != '\x1b'
    };
    word.chars().filter(is_seen).count()
}

/// A patch of one file in git's colours.
pub(super) fn painted(patch: &[u8]) -> Vec<u8> {
    let colour = |it: AnsiColor| it.on_default();
    let mut out = Vec::with_capacity(patch.len() * 2);
    for (at, line) in patch.split_inclusive(|&it| it == b'\n').enumerate() {
        let style = match line.first() {
            _ if at < 2 => Style::new().bold(),
            Some(b'@') => colour(AnsiColor::Cyan),
            Some(b'+') => colour(AnsiColor::Green),
            Some(b'-') => colour(AnsiColor::Red),
            _ => Style::new(),
        };
        let text = line.trim_ascii_end();
        // Writing to memory cannot fail.
        out.extend_from_slice(format!("{style}").as_bytes());
        out.extend_from_slice(text);
        out.extend_from_slice(format!("{style:#}").as_bytes());
        out.extend_from_slice(&line[text.len()..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_where_a_terminal_is_narrow() {
        let text = "a.py: \u{1b}[1mdeclined\u{1b}[0m to mend it: no place";
        assert_eq!(folded(text, None), text);
        assert_eq!(folded(text, Some(80)), text);
        let narrow = "a.py: \u{1b}[1mdeclined\u{1b}[0m to\n    mend it: no place";
        assert_eq!(folded(text, Some(21)), narrow);
        assert_eq!(
            folded("aaaaaaaaaa bbbbbbbbbb", Some(4)),
            "aaaaaaaaaa\n    bbbbbbbbbb"
        );
    }

    #[test]
    fn a_patch_has_the_colours_of_git() {
        let patch = b"--- a/x\n+++ b/x\n@@ -1 +1 @@\n a\r\n--- x\n+b\r\n";
        let painted = String::from_utf8(painted(patch)).unwrap();
        let wanted = "\u{1b}[1m--- a/x\u{1b}[0m\n\u{1b}[1m+++ b/x\u{1b}[0m\n\u{1b}[36m@@ -1 +1 @@\u{1b}[0m\n a\r\n\
                      \u{1b}[31m--- x\u{1b}[0m\n\u{1b}[32m+b\u{1b}[0m\r\n";
        assert_eq!(painted, wanted);
    }
}
