//! Whether two types disagree.

use super::{Type, parse};

/// Whether the type that a docstring gives disagrees with the annotation. `accepts_none` tells that `None` may be left
/// unsaid, because it is the default or told in the description.
pub fn disagree(documented: &str, annotation: &str, accepts_none: bool) -> bool {
    let told = parse::documented(documented);
    let no_none = told.is_optional || accepts_none;
    let (told, declared) = (atoms(told.kind), atoms(parse::annotation(annotation)));
    // What cannot be read whole may say anything.
    if told.iter().any(has_unknown) || declared.contains(&Type::Unknown) {
        return false;
    }
    let is_alone = |atom: &Type, others: &[Type]| {
        !(no_none && is_none(atom)) && others.iter().all(|other| differ(atom, other))
    };
    // `float` means `int` as well (PEP 484).
    let is_covered =
        |atom: &Type, own: &[Type]| is(atom, "int") && own.iter().any(|it| is(it, "float"));
    let lacks = |some: &[Type], others: &[Type]| {
        some.iter()
            .any(|atom| is_alone(atom, others) && !is_covered(atom, some))
    };
    let says_something = |atoms: &[Type]| atoms.iter().any(|it| !(no_none && is_none(it)));
    says_something(&told)
        && says_something(&declared)
        && (lacks(&told, &declared) || lacks(&declared, &told))
}

/// The members of a union, each value for itself.
fn atoms(kind: Type) -> Vec<Type> {
    let members = match kind {
        Type::Union(members) => members,
        one => vec![one],
    };
    let mut atoms = Vec::new();
    for member in members {
        match member {
            Type::Values(values) => {
                atoms.extend(values.into_iter().map(|value| match value.as_str() {
                    "None" => Type::Class(value, Vec::new()),
                    _ => Type::Values(vec![value]),
                }));
            }
            one => atoms.push(one),
        }
    }
    atoms
}

fn is(kind: &Type, class: &str) -> bool {
    matches!(kind, Type::Class(name, _) if name == class)
}

fn is_none(kind: &Type) -> bool {
    is(kind, "None")
}

/// Whether something in the type could not be read. Depth is limited where types are read.
fn has_unknown(kind: &Type) -> bool {
    match kind {
        Type::Unknown => true,
        Type::Class(_, members) | Type::Union(members) => members.iter().any(has_unknown),
        Type::Values(_) => false,
    }
}

/// Whether the two are certainly not the same. Depth is limited where types are read.
fn differ(one: &Type, other: &Type) -> bool {
    match (one, other) {
        (Type::Unknown, _) | (_, Type::Unknown) => false,
        (Type::Union(some), Type::Union(others)) => some
            .iter()
            .any(|one| others.iter().all(|other| differ(one, other))),
        (Type::Union(members), single) | (single, Type::Union(members)) => {
            members.iter().all(|member| differ(member, single))
        }
        (Type::Values(some), Type::Values(others)) => !some.iter().any(|it| others.contains(it)),
        (Type::Values(values), Type::Class(name, _))
        | (Type::Class(name, _), Type::Values(values)) => {
            let fits = values.iter().any(|value| is_value_of(value, name));
            is_known(name) && !fits
        }
        (Type::Class(one, some), Type::Class(other, others)) => {
            if one != other {
                return is_known(one) && is_known(other) && family(one) != family(other);
            }
            some.len() == others.len()
                && some
                    .iter()
                    .zip(others)
                    .any(|(one, other)| differ(one, other))
        }
    }
}

/// Whether a value, as written, may be of the built-in class `name`; strings are written without quotes here.
fn is_value_of(value: &str, name: &str) -> bool {
    match name {
        "int" => value.parse::<i64>().is_ok() || matches!(value, "True" | "False"),
        "float" => value.parse::<f64>().is_ok(),
        "bool" => matches!(value, "True" | "False"),
        "None" => value == "None",
        "str" => true,
        _ => false,
    }
}

/// Whether `name` is a class that everybody means the same by: any other may be an alias, a base or a type variable.
fn is_known(name: &str) -> bool {
    !family(name).is_empty()
}

/// Classes that are written for one another; empty for classes that are not known.
fn family(name: &str) -> &'static str {
    match name {
        "int" => "int",
        "float" => "float",
        "complex" => "complex",
        "str" => "str",
        "bool" => "bool",
        "bytes" | "bytearray" | "memoryview" => "bytes",
        "None" => "None",
        "dict" | "Mapping" | "MutableMapping" => "dict",
        "list" | "tuple" | "set" | "frozenset" | "Sequence" | "MutableSequence" | "Iterable"
        | "Iterator" | "Collection" | "Generator" | "AbstractSet" | "MutableSet" => {
            collection(name)
        }
        "Callable" => "Callable",
        _ => "",
    }
}

/// Abstract collections stand for any; concrete ones for themselves.
fn collection(name: &str) -> &'static str {
    match name {
        "list" => "list",
        "tuple" => "tuple",
        "set" | "frozenset" => "set",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_types_spelt_differently() {
        for (documented, annotation) in [
            ("int", "int"),
            ("Optional[int]", "int | None"),
            ("int or None", "t.Optional[int]"),
            ("int, optional", "Optional[int]"),
            ("int, optional", "int"),
            ("str or int", "Union[int, 'str']"),
            ("int/str", "int | str"),
            ("list of int", "list[int]"),
            ("List[str]", "list[str]"),
            ("list", "list[str]"),
            ("tuple of ints", "tuple[int, ...]"),
            ("(int, str)", "tuple[int, str]"),
            ("{'a', 'b'}", "Literal['b', 'a']"),
            ("{'a', 'b'}, default 'a'", "str"),
            ("str", "Literal['a', 'b']"),
            ("bool, default: True", "bool"),
            (":class:`~pathlib.Path`", "Path"),
            ("``int``", "int"),
            ("dict", "Mapping[str, int]"),
            ("callable", "Callable[[int], str]"),
            ("np.ndarray", "ndarray"),
            ("string", "str"),
            ("Annotated[int, 3]", "int"),
            ("int.", "int"),
            ("tuple of int, str", "tuple[int, str]"),
            ("tuple of (float, float)", "tuple[float, float] | None"),
            (
                "callable or tuple of (callable, str)",
                "Callable[P, T] | tuple[Callable[..., T], str]",
            ),
            ("{None, 'all', 'body'}", "Literal['all', 'body'] | None"),
            ("None|'copy'|'same'", "Literal['copy', 'same'] | None"),
            (
                "{'raise', True, False}, default False",
                "Literal['raise'] | bool",
            ),
            (
                "bool, {'all', 'index'}, or {0,1}",
                "bool | Literal[0, 1, 'all', 'index']",
            ),
            ("{0-9}", "int"),
            (
                "{None, 'multi', callable}",
                "Literal['multi'] | Callable | None",
            ),
            ("float or int", "float"),
            ("list of paths (str or list of str)", "str | list[str]"),
        ] {
            assert!(
                !disagree(documented, annotation, documented.contains("tuple of (")),
                "{documented} and {annotation}"
            );
        }
    }

    #[test]
    fn what_cannot_be_read_or_may_be_an_alias_agrees() {
        for (documented, annotation) in [
            ("array-like", "int"),
            ("a number from 1 to 3", "str"),
            ("str", "StrPath"),
            ("FrameLike", "DataFrame"),
            ("int", "T"),
            ("object", "int"),
            ("anything you like", "int"),
            ("int > 0", "float"),
            ("str", "f'{x}'"),
            ("", "int"),
        ] {
            assert!(
                !disagree(documented, annotation, false),
                "{documented} and {annotation}"
            );
        }
    }

    #[test]
    fn different_types_disagree() {
        for (documented, annotation) in [
            ("int", "str"),
            ("int", "int | str"),
            ("int or str", "int"),
            ("list of int", "list[str]"),
            ("list[int]", "set[int]"),
            ("dict[str, int]", "dict[str, str]"),
            ("int", "int | None"),
            ("bool, optional", "int"),
            ("{'a', 'b'}", "Literal['a', 'c']"),
            ("{1, 2}", "None"),
            ("(int, str)", "tuple[int, int]"),
        ] {
            assert!(
                disagree(documented, annotation, false),
                "{documented} and {annotation}"
            );
        }
        assert!(!disagree("int", "int | None", true));
    }

    #[test]
    fn deep_types_are_not_read() {
        let deep = |inner: &str| format!("{}{inner}{}", "list[".repeat(60), "]".repeat(60));
        assert!(!disagree(&deep("int"), &deep("str"), false));
    }
}
