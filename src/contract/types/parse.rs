//! From the text of a type to the model.

use super::scan::{Token, tokens};
use super::{DEEPEST, Documented, LONGEST, Type};

/// The type that the annotation `text` names.
pub(super) fn annotation(text: &str) -> Type {
    if text.len() > LONGEST {
        return Type::Unknown;
    }
    let tokens = tokens(text);
    tokens.map_or(Type::Unknown, |tokens| whole(&tokens, false, 0))
}

/// The type that a docstring means by `text`.
pub(super) fn documented(text: &str) -> Documented {
    let unread = Documented {
        kind: Type::Unknown,
        is_optional: false,
    };
    if text.len() > LONGEST {
        return unread;
    }
    let plain = without_markup(text);
    let Some(tokens) = tokens(plain.trim_end_matches('.')) else {
        return unread;
    };
    let (kind, is_optional) = without_remarks(&tokens);
    Documented {
        kind: whole(kind, true, 0),
        is_optional,
    }
}

/// `text` without backticks, stars and roles: `` :class:`~m.E` `` is `m.E`.
fn without_markup(text: &str) -> String {
    let mut plain = text.replace("``", "`");
    for role in [
        ":class:`",
        ":obj:`",
        ":py:class:`",
        ":data:`",
        ":any:`",
        ":ref:`",
    ] {
        plain = plain.replace(role, "`");
    }
    plain.replace("`~", "").replace(['`', '*'], "")
}

/// What stands before the remarks `optional`, `default ...`, `keyword-only`, and whether there are some.
fn without_remarks<'t, 's>(tokens: &'s [Token<'t>]) -> (&'s [Token<'t>], bool) {
    let mut depth = 0_i32;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Mark('[' | '(' | '{') => depth += 1,
            Token::Mark(']' | ')' | '}') => depth -= 1,
            Token::Name(name) if depth == 0 && is_remark(name) => {
                let end = tokens[..at].iter().rposition(|it| *it != Token::Mark(','));
                return (&tokens[..end.map_or(0, |end| end + 1)], true);
            }
            _ => {}
        }
    }
    (tokens, false)
}

fn is_remark(name: &str) -> bool {
    matches!(
        name,
        "optional" | "default" | "defaults" | "Optional" | "Default" | "Defaults"
    )
}

/// The type that all of `tokens` are; in words, if a docstring wrote it.
fn whole(tokens: &[Token<'_>], in_words: bool, depth: usize) -> Type {
    if tokens.is_empty() || depth > DEEPEST {
        return Type::Unknown;
    }
    let is_or = |token: &Token<'_>| match token {
        Token::Mark('|') => true,
        Token::Name("or") | Token::Mark(',') => in_words,
        _ => false,
    };
    // `tuple of int, str` is one type or two.
    let is_list = |it: &[Token<'_>]| it.contains(&Token::Name("of")) && has_comma(it);
    if in_words && depth == 0 && split(tokens, |it| *it == Token::Name("or")).any(is_list) {
        return Type::Unknown;
    }
    let mut members = Vec::new();
    for part in split(tokens, is_or).filter(|it| !(in_words && it.is_empty())) {
        match single(part, in_words, depth) {
            Type::Union(more) => members.extend(more),
            one => members.push(one),
        }
    }
    match members.len() {
        1 => members.remove(0),
        _ => Type::Union(members),
    }
}

/// Whether a comma stands in no brackets.
fn has_comma(tokens: &[Token<'_>]) -> bool {
    split(tokens, |it| *it == Token::Mark(',')).nth(1).is_some()
}

/// `tokens` at those separators that stand in no brackets.
pub(super) fn split<'s, 't>(
    tokens: &'s [Token<'t>],
    is_separator: impl Fn(&Token<'t>) -> bool,
) -> impl Iterator<Item = &'s [Token<'t>]> {
    let mut depth = 0_i32;
    tokens.split(move |token| {
        match token {
            Token::Mark('[' | '(' | '{') => depth += 1,
            Token::Mark(']' | ')' | '}') => depth -= 1,
            _ => {}
        }
        depth == 0 && is_separator(token)
    })
}

/// A type without `|` or `or` around it.
fn single(tokens: &[Token<'_>], in_words: bool, depth: usize) -> Type {
    match tokens {
        [Token::Name(name)] => named(name, Vec::new()),
        [Token::Text(text)] if in_words => Type::Values(vec![(*text).to_owned()]),
        // A forward reference.
        [Token::Text(text)] => annotation(text),
        [
            Token::Name(name),
            Token::Mark('['),
            inner @ ..,
            Token::Mark(']'),
        ] => subscript(name, inner, in_words, depth),
        [Token::Mark('{'), inner @ .., Token::Mark('}')] if in_words => values(inner),
        [Token::Mark('('), inner @ .., Token::Mark(')')] if in_words => {
            let parts: Vec<_> = split(inner, |it| *it == Token::Mark(',')).collect();
            let types = parts.iter().map(|part| whole(part, in_words, depth + 1));
            match parts.len() {
                1 => whole(inner, in_words, depth + 1),
                _ => Type::Class("tuple".to_owned(), types.collect()),
            }
        }
        [Token::Name(name), Token::Name("of"), inner @ ..] if in_words => {
            if let [Token::Mark('('), parts @ .., Token::Mark(')')] = inner {
                let parts = split(parts, |it| *it == Token::Mark(','));
                let types = parts.map(|part| whole(part, in_words, depth + 1)).collect();
                return named(name, types);
            }
            let member = whole(
                &inner.iter().map(singular).collect::<Vec<_>>(),
                true,
                depth + 1,
            );
            let mut arguments = vec![member];
            if matches!(*name, "tuple" | "Tuple") {
                arguments.push(Type::Class("...".to_owned(), Vec::new()));
            }
            named(name, arguments)
        }
        _ => Type::Unknown,
    }
}

fn singular<'t>(token: &Token<'t>) -> Token<'t> {
    match token {
        Token::Name(
            plural @ ("ints" | "floats" | "bools" | "strs" | "strings" | "dicts" | "lists"
            | "tuples" | "sets" | "integers"),
        ) => Token::Name(&plural[..plural.len() - 1]),
        other => *other,
    }
}

fn subscript(name: &str, inner: &[Token<'_>], in_words: bool, depth: usize) -> Type {
    let mut arguments = split(inner, |it| *it == Token::Mark(','));
    let mut first = || arguments.next().unwrap_or_default();
    match name {
        "Optional" => {
            let none = Type::Class("None".to_owned(), Vec::new());
            match whole(first(), in_words, depth + 1) {
                Type::Union(mut members) => {
                    members.push(none);
                    Type::Union(members)
                }
                one => Type::Union(vec![one, none]),
            }
        }
        "Union" => {
            let mut members = Vec::new();
            for argument in arguments {
                match whole(argument, in_words, depth + 1) {
                    Type::Union(more) => members.extend(more),
                    one => members.push(one),
                }
            }
            Type::Union(members)
        }
        "Annotated" | "Final" | "ClassVar" | "Required" | "NotRequired" | "ReadOnly"
        | "InitVar" => whole(first(), in_words, depth + 1),
        "Literal" => values(inner),
        // What it takes and gives is seldom written alike.
        "Callable" => named(name, Vec::new()),
        _ => {
            let arguments = arguments.map(|argument| match argument {
                [Token::Ellipsis] => Type::Class("...".to_owned(), Vec::new()),
                _ => whole(argument, in_words, depth + 1),
            });
            named(name, arguments.collect())
        }
    }
}

/// The values in braces or in `Literal[...]`; a docstring may have types among them.
fn values(inner: &[Token<'_>]) -> Type {
    let mut found = Vec::new();
    let mut types = Vec::new();
    for value in split(inner, |it| *it == Token::Mark(',')) {
        match value {
            [Token::Text(text)] => found.push((*text).to_owned()),
            [Token::Number(number)] if number.parse::<f64>().is_ok() => {
                found.push((*number).to_owned());
            }
            [Token::Name(name @ ("True" | "False" | "None"))] => found.push((*name).to_owned()),
            [Token::Name(name)] => types.push(named(name, Vec::new())),
            [] => {}
            _ => return Type::Unknown,
        }
    }
    if types.is_empty() {
        return Type::Values(found);
    }
    if !found.is_empty() {
        types.push(Type::Values(found));
    }
    Type::Union(types)
}

/// The class of that name, under the one name that it has here.
fn named(name: &str, arguments: Vec<Type>) -> Type {
    let name = match name {
        "List" => "list",
        "Dict" | "dictionary" | "DefaultDict" | "OrderedDict" => "dict",
        "Tuple" => "tuple",
        "Set" => "set",
        "FrozenSet" => "frozenset",
        "Type" => "type",
        "Text" | "string" | "String" | "LiteralString" | "unicode" => "str",
        "integer" | "Integer" => "int",
        "boolean" | "Boolean" | "Bool" => "bool",
        "none" | "NoneType" => "None",
        "callable" | "function" | "Function" => "Callable",
        "iterable" => "Iterable",
        "iterator" => "Iterator",
        "generator" => "Generator",
        "sequence" => "Sequence",
        "mapping" => "Mapping",
        "Any" | "any" | "object" | "Self" => return Type::Unknown,
        other => other,
    };
    Type::Class(name.to_owned(), arguments)
}
