//! A page on a terminal: headings, paragraphs that fit, code that looks like code.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::{PageStyle, code, standing};
use crate::render::harmless::width;
use crate::rules::Rule;

/// Longer lines are hard to read, however wide the terminal is.
const WIDEST: usize = 92;

// In all of this: writing to a string cannot fail.

/// The colours of a page.
#[derive(Clone, Copy)]
struct Paint {
    title: Style,
    heading: Style,
    code: Style,
    faint: Style,
    colour: bool,
}

impl Paint {
    const fn new(colour: bool) -> Self {
        let none = Style::new();
        if !colour {
            return Self {
                title: none,
                heading: none,
                code: none,
                faint: none,
                colour,
            };
        }
        Self {
            title: Style::new().bold().underline(),
            heading: AnsiColor::Yellow.on_default().bold(),
            code: AnsiColor::Cyan.on_default(),
            faint: Style::new().dimmed(),
            colour,
        }
    }
}

pub(super) fn page(rule: &Rule, style: PageStyle) -> String {
    let paint = Paint::new(style.colour);
    let wide = style.width.min(WIDEST);
    let mut text = String::new();
    let mut paragraph = String::new();
    let mut lines = rule.page.lines();
    while let Some(line) = lines.next() {
        if !line.is_empty() && !line.starts_with(['#', '`'])
            || line.starts_with('`') && !line.starts_with("```")
        {
            paragraph.push_str(line);
            paragraph.push(' ');
            continue;
        }
        flush(&mut paragraph, &mut text, wide, paint);
        if let Some(title) = line.strip_prefix("# ") {
            heading(&mut text, title, paint.title, '=', paint);
            let style = paint.faint;
            let said = words(&standing(rule), wide, Paint::new(false));
            let _ = writeln!(text, "{style}{said}{style:#}");
        } else if let Some(title) = line.trim_start_matches('#').strip_prefix(' ') {
            heading(&mut text, title, paint.heading, '-', paint);
        } else if let Some(language) = line.strip_prefix("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|it| *it != "```").collect();
            text.push_str(&code::block(language, &block, paint.colour));
        } else if line.is_empty() && !text.ends_with("\n\n") {
            text.push('\n');
        }
    }
    flush(&mut paragraph, &mut text, wide, paint);
    text
}

fn heading(text: &mut String, title: &str, style: Style, rule: char, paint: Paint) {
    let _ = writeln!(text, "{style}{title}{style:#}");
    if !paint.colour {
        text.extend(std::iter::repeat_n(rule, width(title)));
        text.push('\n');
    }
}

fn flush(paragraph: &mut String, text: &mut String, wide: usize, paint: Paint) {
    if !paragraph.is_empty() {
        text.push_str(&words(paragraph.trim_end(), wide, paint));
        text.push('\n');
        paragraph.clear();
    }
}

/// A paragraph in lines of at most `wide` columns, its code and links marked.
fn words(paragraph: &str, wide: usize, paint: Paint) -> String {
    let mut text = String::new();
    let mut column = 0;
    for piece in pieces(paragraph) {
        // Code breaks nowhere, unless it is wider than the screen.
        let plain = if paint.colour && piece.is_code {
            piece.text.clone()
        } else {
            piece.shown()
        };
        let parts: Vec<&str> =
            if piece.is_code && width(&piece.head) + width(&plain) + width(&piece.tail) <= wide {
                vec![plain.as_str()]
            } else {
                plain.split(' ').collect()
            };
        let last = parts.len() - 1;
        for (at, part) in parts.into_iter().enumerate() {
            let tail = if at == last { piece.tail.as_str() } else { "" };
            let head = if at == 0 { piece.head.as_str() } else { "" };
            let taken = width(head) + width(part) + width(tail);
            if column > 0 && (piece.is_apart || at > 0) {
                if column + 1 + taken > wide {
                    text.push('\n');
                    column = 0;
                } else {
                    text.push(' ');
                    column += 1;
                }
            }
            let style = if piece.is_code {
                paint.code
            } else {
                Style::new()
            };
            let _ = write!(text, "{head}{style}{part}{style:#}{tail}");
            column += taken;
        }
    }
    text
}

/// A word, or some code, with what follows on it without a blank.
struct Piece {
    /// What stands right before it: an opening parenthesis.
    head: String,
    text: String,
    is_code: bool,
    /// Whether a blank stands before it.
    is_apart: bool,
    tail: String,
}

impl Piece {
    fn shown(&self) -> String {
        if self.is_code {
            format!("`{}`", self.text)
        } else {
            self.text.clone()
        }
    }
}

fn pieces(paragraph: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let linked = unlinked(paragraph);
    let mut is_apart = false;
    for (at, part) in linked.split('`').enumerate() {
        let is_code = at % 2 == 1;
        if is_code {
            let (mut head, mut gap) = (String::new(), is_apart);
            if !is_apart && let Some(before) = pieces.pop_if(|it| !it.is_code) {
                gap = before.is_apart;
                head = before.text;
            }
            pieces.push(Piece {
                head,
                text: part.to_owned(),
                is_code,
                is_apart: gap,
                tail: String::new(),
            });
            is_apart = false;
            continue;
        }
        let mut rest = part;
        // What stands right behind code stays with it: a full stop, a plural's s.
        if !part.starts_with(' ')
            && let Some(last) = pieces.last_mut()
        {
            let end = part.find(' ').unwrap_or(part.len());
            if end < part.len() || at + 1 == linked.split('`').count() {
                part[..end].clone_into(&mut last.tail);
                rest = &part[end..];
            }
        }
        let words = rest.split(' ').filter(|it| !it.is_empty());
        let mut is_first = true;
        for word in words {
            pieces.push(Piece {
                head: String::new(),
                text: word.to_owned(),
                is_code,
                is_apart: !is_first || rest.starts_with(' ') || pieces.is_empty(),
                tail: String::new(),
            });
            is_first = false;
        }
        is_apart = part.ends_with(' ') || pieces.is_empty();
    }
    pieces
}

/// Links as what they are called: pages as code, because `docgen rule` takes their names.
fn unlinked(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('[') {
        let link = rest[start..].split_once("](").and_then(|(name, behind)| {
            let (target, behind) = behind.split_once(')')?;
            Some((&name[1..], target, behind))
        });
        let Some((name, target, behind)) =
            link.filter(|it| !it.0.contains([' ', '[', '`']) || it.1.starts_with("http"))
        else {
            plain.push_str(&rest[..=start]);
            rest = &rest[start + 1..];
            continue;
        };
        plain.push_str(&rest[..start]);
        if target.starts_with("http") {
            let _ = write!(plain, "{name} ({target})");
        } else {
            let _ = write!(plain, "`{name}`");
        }
        rest = behind;
    }
    plain.push_str(rest);
    plain
}
