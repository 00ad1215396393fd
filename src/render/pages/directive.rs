//! What reStructuredText marks with two dots: directives, footnotes, targets, comments.

use super::inline::inline;
use super::prose::indent;

/// What becomes of it.
pub(super) enum Marked {
    /// It is for tools, or nobody.
    Hidden,
    /// It is a paragraph of this text.
    Text(String),
    /// Its block is shown as it stands.
    Code,
    /// Its block is a note with this title, which is Markdown.
    Quoted(String),
}

/// Directives whose block is no prose.
const CODE: &[&str] = &[
    "code",
    "code-block",
    "sourcecode",
    "parsed-literal",
    "math",
    "doctest",
    "testcode",
    "testoutput",
    "testsetup",
    "ipython",
    "ipython3",
    "prompt",
    "plot",
    "pyplot",
    "graphviz",
    "mermaid",
    "highlight",
    "literalinclude",
    "raw",
    "table",
    "csv-table",
    "list-table",
    "productionlist",
];
/// Directives that only a tool reads.
const HIDDEN: &[&str] = &[
    "toctree",
    "contents",
    "autosummary",
    "automodule",
    "autoclass",
    "autofunction",
    "automethod",
    "autoattribute",
    "module",
    "currentmodule",
    "index",
    "include",
    "highlight",
    "meta",
    "default-role",
    "role",
    "tabularcolumns",
];

/// Reads what begins with the line `text`; `block` is what is indented below.
pub(super) fn read(text: &str, block: &[&str]) -> Marked {
    let text = text.trim_start_matches('.').trim_start();
    if text.starts_with('[')
        && let Some((label, told)) = text[1..].split_once(']')
    {
        let more = block.iter().map(|it| it.trim());
        let words: Vec<&str> = std::iter::once(told.trim()).chain(more).collect();
        return Marked::Text(format!("[{label}] {}", words.join(" ").trim()));
    }
    if let Some((name, target)) = text.strip_prefix('_').and_then(|it| it.split_once(": ")) {
        return if target.trim().starts_with("http") {
            Marked::Text(format!("{}: {}", name.trim_matches('`'), target.trim()))
        } else {
            Marked::Hidden
        };
    }
    let directive = text.split_once("::");
    let Some((name, argument)) = directive.filter(|(name, _)| is_name(name)) else {
        return Marked::Hidden;
    };
    let name = name.rsplit(':').next().unwrap_or(name);
    if CODE.contains(&name) {
        return Marked::Code;
    }
    if HIDDEN.contains(&name) {
        return Marked::Hidden;
    }
    Marked::Quoted(title(name, argument.trim()))
}

fn is_name(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    !name.is_empty() && name.chars().all(is_part)
}

fn title(name: &str, argument: &str) -> String {
    let words = match name {
        "versionadded" => "Added in version".to_owned(),
        "versionchanged" => "Changed in version".to_owned(),
        "versionremoved" => "Removed in version".to_owned(),
        "deprecated" | "deprecated-removed" => "Deprecated since version".to_owned(),
        "seealso" => "See also".to_owned(),
        "admonition" | "rubric" | "topic" => return format!("**{}**", inline(argument)),
        _ => {
            let mut words = name.replace(['-', '_'], " ");
            if let Some(first) = words.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            words
        }
    };
    if argument.is_empty() {
        format!("**{words}**")
    } else {
        format!("**{words}:** {}", inline(argument))
    }
}

/// The block without the directive's options, `:name: value`.
pub(super) fn body<'b, 't>(block: &'b [&'t str]) -> &'b [&'t str] {
    let is_option = |line: &&&str| {
        let text = line.trim();
        let name = text.strip_prefix(':').and_then(|it| it.split_once(':'));
        indent(line) > 0 && name.is_some_and(|(name, _)| is_name(name))
    };
    let options = block.iter().take_while(is_option).count();
    &block[options..]
}
