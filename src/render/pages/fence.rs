//! Code as it stands, in a fenced block.

use super::prose::indent;
use crate::render::harmless::shown;

/// What `MkDocs` stumbles over even in code: it reads every page as HTML, and Python's reader raises an exception here.
pub(super) const UNREADABLE: &str = "<![";

/// A fenced block of `lines` without the indentation that they share; nothing where there are none. The fence is longer
/// than any in the lines.
pub(super) fn fenced(language: &str, lines: &[&str]) -> String {
    let fences = lines.iter().flat_map(|it| it.split(|c| c != '`'));
    let longest = fences.map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    let block = block("", lines);
    if block.is_empty() {
        return block;
    }
    if block.contains(UNREADABLE) {
        let block = block
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        return format!("<pre><code>{block}</code></pre>\n\n");
    }
    format!("{fence}{language}\n{block}{fence}\n\n")
}

/// The same as an indented block, for quotations: Python-Markdown knows no fences there.
pub(super) fn indented(lines: &[&str]) -> String {
    let block = block("    ", lines);
    if block.is_empty() {
        return block;
    }
    // A character that nobody sees parts what cannot be read.
    block.replace(UNREADABLE, "<\u{2060}![") + "\n"
}

/// `lines` with this margin instead of theirs, without empty ones at their ends.
fn block(margin: &str, lines: &[&str]) -> String {
    let is_solid = |it: &&&str| !it.trim().is_empty();
    let Some(shared) = lines.iter().filter(is_solid).map(|it| indent(it)).min() else {
        return String::new();
    };
    let before = lines.iter().take_while(|it| !is_solid(it)).count();
    let behind = lines.iter().rev().take_while(|it| !is_solid(it)).count();
    let mut out = String::new();
    for line in &lines[before..lines.len() - behind] {
        let cut = line.get(shared.min(indent(line))..).unwrap_or(line);
        let cut = cut.trim_end();
        if !cut.is_empty() {
            out.push_str(margin);
        }
        out.extend(cut.chars().map(|c| if c == '\t' { c } else { shown(c) }));
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{fenced, indented};

    #[test]
    fn the_fence_is_longer_than_what_it_holds() {
        assert_eq!(
            fenced("python", &["", "  a = '````'", "    b\u{1b}", " "]),
            "`````python\na = '````'\n  b␛\n`````\n\n"
        );
        assert_eq!(fenced("", &["", " "]), "");
        assert_eq!(
            fenced("python", &["x = '(?<![a])'", "", "y > 1 & 2"]),
            "<pre><code>x = '(?&lt;![a])'\n\ny &gt; 1 &amp; 2\n</code></pre>\n\n"
        );
        assert_eq!(indented(&["<![a"]), "    <\u{2060}![a\n\n");
        assert_eq!(indented(&["a", "", "  b", ""]), "    a\n\n      b\n\n");
    }
}
