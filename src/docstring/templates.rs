//! Lines that code fills in later: `%(axis)s`, `{params}`, `${like}`.

use super::lines::Lines;
use super::syntax::identifier;
use super::{Quirk, QuirkKind};

/// Notes each such line.
pub(super) fn find(lines: &Lines<'_>, quirks: &mut Vec<Quirk>) {
    for index in 0..lines.count() {
        if is_template(lines.text(index)) {
            quirks.push(Quirk {
                kind: QuirkKind::Template,
                span: lines.get(index).span(),
            });
        }
    }
}

/// Whether `text` begins with a place to be filled; braces, which prose and code have too, must be all of it.
pub(super) fn is_template(text: &str) -> bool {
    let is_name = |it: &str| {
        let it = it.trim();
        !it.is_empty() && identifier(it, false) == it.len()
    };
    match text.as_bytes() {
        [b'%', b's'] => true,
        [b'%', b'(', ..] => text[2..]
            .split_once(')')
            .is_some_and(|(name, rest)| is_name(name) && rest.starts_with('s')),
        [b'$', b'{', ..] => text[2..]
            .split_once('}')
            .is_some_and(|(name, _)| is_name(name)),
        [b'{', .., b'}'] => is_name(text.trim_start_matches('{').trim_end_matches('}')),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_to_be_filled_are_templates() {
        for text in [
            "%(axis)s",
            "%(axis)s more",
            "%s",
            "{params}",
            "{{ params }}",
            "${LIKE}",
        ] {
            assert!(is_template(text), "{text}");
        }
        for text in ["", "%", "{}", "{1, 2}", "{a} is it", "{'a': 1}", "$5", "%d"] {
            assert!(!is_template(text), "{text}");
        }
    }
}
