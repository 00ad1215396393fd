//! One spelling for each type, whatever way its annotation is written.

use super::scan::{Token, tokens};
use super::{DEEPEST, parse};
use crate::python::normalised;
use crate::text::Span;

/// The annotation at `span` of `text` in one spelling: `Optional[X]` is `X | None`, `typing.List` is `list`, quotes,
/// order of alternatives, module prefixes and `Annotated`'s remarks do not matter. What cannot be read as a type
/// stays as it is written, in normal form.
pub fn annotation_spelling(text: &str, span: Span) -> String {
    let plain = normalised(text, span).replace(" . ", ".");
    match tokens(&plain) {
        Some(tokens) => members(&tokens, 0).join(" | "),
        None => plain,
    }
}

/// The alternatives of a type, sorted, each once.
fn members(tokens: &[Token<'_>], depth: usize) -> Vec<String> {
    if depth > DEEPEST {
        return vec![words(tokens)];
    }
    let mut found = Vec::new();
    for part in split(tokens, '|') {
        alternative(part, depth, &mut found);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// One alternative, which may be several by another name.
fn alternative(part: &[Token<'_>], depth: usize, found: &mut Vec<String>) {
    match part {
        [Token::Text(text)] => match super::scan::tokens(text) {
            Some(tokens) => found.extend(members(&tokens, depth + 1)),
            None => found.push((*text).to_owned()),
        },
        [
            Token::Name("Optional"),
            Token::Mark('['),
            inner @ ..,
            Token::Mark(']'),
        ] => {
            found.extend(members(inner, depth + 1));
            found.push("None".to_owned());
        }
        [
            Token::Name("Union"),
            Token::Mark('['),
            inner @ ..,
            Token::Mark(']'),
        ] => {
            for argument in split(inner, ',') {
                found.extend(members(argument, depth + 1));
            }
        }
        [
            Token::Name("Annotated"),
            Token::Mark('['),
            inner @ ..,
            Token::Mark(']'),
        ] => {
            found.extend(members(
                split(inner, ',').next().unwrap_or_default(),
                depth + 1,
            ));
        }
        [Token::Mark('('), inner @ .., Token::Mark(')')] if split(inner, ',').count() == 1 => {
            found.extend(members(inner, depth + 1));
        }
        other => found.push(single(other, depth)),
    }
}

/// A type without `|` around it.
fn single(tokens: &[Token<'_>], depth: usize) -> String {
    match tokens {
        [Token::Name(name)] => one_name(name).to_owned(),
        [
            Token::Name("Literal"),
            Token::Mark('['),
            inner @ ..,
            Token::Mark(']'),
        ] => {
            let mut values: Vec<_> = split(inner, ',').map(words).collect();
            values.sort_unstable();
            format!("Literal[{}]", values.join(", "))
        }
        [
            Token::Name(name),
            Token::Mark('['),
            inner @ ..,
            Token::Mark(']'),
        ] => {
            let mut arguments = arguments(inner, depth);
            // What a generator is sent and returns is `None` unless told (PEP 696).
            let least = if matches!(*name, "Generator" | "AsyncGenerator") {
                1
            } else {
                usize::MAX
            };
            while arguments.len() > least && arguments.last().is_some_and(|it| it == "None") {
                arguments.pop();
            }
            format!("{}[{}]", one_name(name), arguments.join(", "))
        }
        [Token::Mark('['), inner @ .., Token::Mark(']')] => {
            format!("[{}]", arguments(inner, depth).join(", "))
        }
        other => words(other),
    }
}

fn arguments(inner: &[Token<'_>], depth: usize) -> Vec<String> {
    let parts = split(inner, ',').filter(|it| !it.is_empty());
    parts.map(|it| members(it, depth + 1).join(" | ")).collect()
}

/// The class of that name, under the one name that it has here (PEP 585).
fn one_name(name: &str) -> &str {
    match name {
        "List" => "list",
        "Dict" => "dict",
        "Tuple" => "tuple",
        "Set" => "set",
        "FrozenSet" => "frozenset",
        "Type" => "type",
        "Text" => "str",
        "Deque" => "deque",
        "DefaultDict" => "defaultdict",
        "ContextManager" => "AbstractContextManager",
        "AsyncContextManager" => "AbstractAsyncContextManager",
        "NoneType" => "None",
        other => other,
    }
}

/// `tokens` at the marks `separator` that stand in no brackets.
fn split<'s, 't>(
    tokens: &'s [Token<'t>],
    separator: char,
) -> impl Iterator<Item = &'s [Token<'t>]> {
    parse::split(tokens, move |it| *it == Token::Mark(separator))
}

fn words(tokens: &[Token<'_>]) -> String {
    let word = |token: &Token<'_>| match token {
        Token::Name(word) | Token::Number(word) => (*word).to_owned(),
        Token::Text(text) => format!("'{text}'"),
        Token::Ellipsis => "...".to_owned(),
        Token::Mark(mark) => mark.to_string(),
    };
    tokens.iter().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelling(annotation: &str) -> String {
        annotation_spelling(annotation, Span::new(0, annotation.len() as u32))
    }

    #[test]
    fn one_type_has_one_spelling() {
        for (one, other) in [
            ("Optional[int]", "int | None"),
            ("typing.Optional[List[str]]", "list[str] | None"),
            ("Union[int, str, None]", "None | str | int"),
            ("Union[int, Optional[str]]", "int | str | None"),
            ("'int'", "int"),
            ("Dict[str, 'Foo']", "dict[str, Foo]"),
            ("t.Dict[str, t.Any]", "dict[str, Any]"),
            ("Tuple[int, ...]", "tuple[int, ...]"),
            ("List[\n    int,\n]", "list[int]"),
            ("(int)", "int"),
            ("Literal['a', \"b\"]", "Literal['b', 'a']"),
            (
                "Callable[[Optional[int]], None]",
                "Callable[[int | None], None]",
            ),
            ("Generator[int, None, None]", "Generator[int]"),
            ("Annotated[int, Field(gt=0)]", "int"),
            ("pathlib.Path", "Path"),
            ("\"t.List['Foo']\"", "list[Foo]"),
        ] {
            assert_eq!(spelling(one), spelling(other), "{one} and {other}");
        }
    }

    #[test]
    fn other_types_have_others() {
        for (one, other) in [
            ("int", "str"),
            ("int", "int | None"),
            ("list", "list[int]"),
            ("list[int]", "List[str]"),
            ("Any", "object"),
            ("Callable[[int], str]", "Callable[[str], int]"),
            ("Literal['a']", "Literal['a', 'b']"),
            ("Literal[1]", "Literal['1']"),
            ("dict[str, int]", "dict[int, str]"),
            ("tuple[int]", "tuple[int, ...]"),
            ("Generator[int, str, None]", "Generator[int]"),
            ("*Ts", "Ts"),
        ] {
            assert_ne!(spelling(one), spelling(other), "{one} and {other}");
        }
    }

    #[test]
    fn no_annotation_is_too_deep() {
        let deep = |inner: &str| format!("{}{inner}{}", "list[".repeat(5000), "]".repeat(5000));
        assert_eq!(spelling(&deep("int")), spelling(&deep("int")));
        assert_ne!(spelling(&deep("int")), spelling(&deep("str")));
    }
}
