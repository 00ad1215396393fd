//! What a return annotation promises, as far as a docstring is concerned.

/// The families of return annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returned {
    /// `None`, `NoReturn`, `Never`.
    Nothing,
    /// `Optional[X]`, `X | None`, `Union[X, None]`.
    Optional,
    /// `Iterator`, `Generator` and their kin: what is returned is there to be iterated over.
    Iterator,
    /// `Iterator[None]` and its kin: what is iterated over is nothing.
    EmptyIterator,
    /// Anything else.
    Value,
}

impl Returned {
    /// The family of the annotation written `annotation`. Names count wherever they are imported from.
    pub fn of(annotation: &str) -> Self {
        let annotation = unquoted(annotation.trim());
        let end = annotation
            .find(|c: char| c != '_' && c != '.' && !c.is_alphanumeric())
            .unwrap_or(annotation.len());
        let (dotted, rest) = annotation.split_at(end);
        let name = dotted.rsplit('.').next().unwrap_or_default();
        let arguments = subscript(rest);
        match (name, arguments) {
            ("None" | "NoReturn" | "Never", None) if rest.trim().is_empty() => Self::Nothing,
            ("Optional", Some(_)) => Self::Optional,
            ("Union", Some(arguments)) if parts(arguments, ',').any(|it| it == "None") => {
                Self::Optional
            }
            _ if is_iterator(name) && (arguments.is_some() || rest.trim().is_empty()) => {
                let first = arguments.and_then(|it| parts(it, ',').next());
                if first == Some("None") {
                    Self::EmptyIterator
                } else {
                    Self::Iterator
                }
            }
            _ if parts(annotation, '|').any(|it| it == "None") => Self::Optional,
            _ => Self::Value,
        }
    }

    /// Whether there is something to iterate over.
    pub const fn is_iterator(self) -> bool {
        matches!(self, Self::Iterator | Self::EmptyIterator)
    }
}

/// What there is to iterate over by an annotation: `int` for `Iterator[int]` and `Generator[int, None, None]`.
pub fn yielded_type(annotation: &str) -> Option<&str> {
    let annotation = unquoted(annotation.trim());
    let (dotted, _) = annotation.split_once('[')?;
    let name = dotted.rsplit('.').next().unwrap_or_default().trim();
    let arguments = subscript(&annotation[dotted.len()..])?;
    parts(arguments, ',').next().filter(|_| is_iterator(name))
}

fn is_iterator(name: &str) -> bool {
    matches!(
        name,
        "Iterator"
            | "Iterable"
            | "Generator"
            | "AsyncIterator"
            | "AsyncIterable"
            | "AsyncGenerator"
    )
}

/// A string literal's content, where `annotation` is one whole.
fn unquoted(annotation: &str) -> &str {
    ['"', '\'']
        .into_iter()
        .find_map(|quote| annotation.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(annotation)
        .trim()
}

/// What stands between the brackets where `rest` is one subscript whole.
fn subscript(rest: &str) -> Option<&str> {
    rest.trim().strip_prefix('[')?.strip_suffix(']')
}

/// `list` at its separators outside brackets, each part trimmed.
fn parts(list: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut depth = 0_i32;
    list.split(move |c| {
        match c {
            '[' | '(' | '{' => depth += 1,
            ']' | ')' | '}' => depth -= 1,
            _ => {}
        }
        c == separator && depth == 0
    })
    .map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::Returned::{self, *};
    use super::yielded_type;

    #[test]
    fn what_is_yielded_is_the_first_argument() {
        assert_eq!(
            yielded_type("t.Generator[dict[str, int], None, None]"),
            Some("dict[str, int]")
        );
        assert_eq!(yielded_type("'Iterator[int]'"), Some("int"));
        assert_eq!(yielded_type("list[int]"), None);
        assert_eq!(yielded_type("Iterator"), None);
    }

    #[test]
    fn annotations_fall_into_families() {
        let cases = [
            ("None", Nothing),
            ("typing.NoReturn", Nothing),
            ("'Never'", Nothing),
            ("Optional[int]", Optional),
            ("\"X | None\"", Optional),
            ("None | dict[str, int | None]", Optional),
            ("t.Union[int, None]", Optional),
            ("Union[int, list[None]]", Value),
            ("dict[str, int | None]", Value),
            ("Iterator", Iterator),
            ("collections.abc.Iterator[int]", Iterator),
            ("Iterator[None]", EmptyIterator),
            ("AsyncGenerator[None, int]", EmptyIterator),
            ("Generator[list[None], None, None]", Iterator),
            ("Iterators", Value),
            ("int", Value),
            ("", Value),
        ];
        for (annotation, family) in cases {
            assert_eq!(Returned::of(annotation), family, "{annotation}");
        }
    }
}
