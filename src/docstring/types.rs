//! Whether a text reads as a type rather than as prose.

/// Types that are words of no other meaning.
const KNOWN: [&str; 28] = [
    "str",
    "int",
    "float",
    "bool",
    "bytes",
    "dict",
    "tuple",
    "callable",
    "ndarray",
    "array_like",
    "array-like",
    "object",
    "Any",
    "Optional",
    "Union",
    "List",
    "Dict",
    "Tuple",
    "Set",
    "Callable",
    "Iterable",
    "Iterator",
    "Sequence",
    "Mapping",
    "Literal",
    "Type",
    "DataFrame",
    "np.ndarray",
];

/// What a type's reader waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wants {
    /// A type.
    Type,
    /// A word that joins types, or the end.
    Joint,
}

/// Whether `text` reads as a type: one word, or several that are joined as types are (`list of int`, `int or
/// None`, `int, optional`, `ndarray of shape (n, m)`).
pub(super) fn is_type(text: &str) -> bool {
    let mut wants = Wants::Type;
    let mut holder = false;
    let mut count = 0;
    for word in Words(text) {
        count += 1;
        if count > 16 {
            return false;
        }
        let bare = word.trim_end_matches(',');
        let lower_joint = matches!(bare, "or" | "and" | "to" | "|" | "->" | "of" | "/");
        if wants == Wants::Joint {
            let bracket = bare.starts_with(['(', '[', '{']);
            if bracket {
                continue;
            }
            if !lower_joint || bare == "of" && !holder {
                return false;
            }
            wants = Wants::Type;
            continue;
        }
        if bare.is_empty() || lower_joint || !is_type_word(bare) {
            return false;
        }
        holder = is_holder(bare);
        // `of shape (n,)`, `of length 3`: the measure that follows is no type.
        wants = if word.ends_with(',') || matches!(bare, "shape" | "length" | "dtype") && count > 1
        {
            Wants::Type
        } else {
            Wants::Joint
        };
    }
    count > 0 && wants == Wants::Joint
}

/// Whether `text` can hardly be anything but a type: a built-in one, or one of `typing`.
pub(super) fn is_known_type(text: &str) -> bool {
    let word = text.split(['[', '(']).next().unwrap_or(text);
    KNOWN.contains(&word) && is_type(text)
}

/// Whether what is said of a name (`x: int`, `x: The thing.`) is a sentence rather than a type of numpydoc's freer kind
/// (`array of ints`, `int, default 3`).
pub(super) fn is_sentence(text: &str) -> bool {
    if text.is_empty() || is_type(text) {
        return false;
    }
    let mut words = Words(text);
    let first = words.next().unwrap_or_default();
    let count = 1 + words.take(4).count();
    let capital = first.starts_with(|it: char| it.is_uppercase())
        && first
            .chars()
            .skip(1)
            .all(|it| it.is_ascii_lowercase() || it == '\'');
    let ends = text.ends_with('.') && !text.ends_with("...");
    count > 2
        && (capital
            && !matches!(
                first,
                "None"
                    | "Union"
                    | "Optional"
                    | "List"
                    | "Dict"
                    | "Tuple"
                    | "Callable"
                    | "Any"
                    | "Series"
                    | "Index"
            )
            || is_prose(first)
            || ends && count > 3)
}

/// Whether one word can be a type: `int`, `np.ndarray`, `dict[str, int]`, `'a'`, ``:class:`X` ``, `{1, 2}`.
fn is_type_word(word: &str) -> bool {
    let role = word.starts_with(':') || word.starts_with('~');
    let starts = word.starts_with(|it: char| it.is_alphanumeric() || "_`'\"([{<*~".contains(it));
    let brackets = word.contains(['(', '[', '{', '`', '\'', '"', '<']);
    let plain = || {
        word.chars()
            .all(|it| it.is_alphanumeric() || "_.|*-~\\=".contains(it))
    };
    (role || starts)
        && !word.ends_with(['.', '!', '?', ';', ':', '-'])
        && !is_prose(word)
        && (brackets || plain())
        || word == "..."
}

/// Whether `word` begins or makes up a sentence, and is never a type, in any case.
pub(super) fn is_prose(word: &str) -> bool {
    let mut lower = [0; LONGEST_WORD];
    matches!(
        lowercase(word, &mut lower),
        "a" | "an"
            | "the"
            | "this"
            | "that"
            | "these"
            | "if"
            | "when"
            | "whether"
            | "where"
            | "which"
            | "in"
            | "on"
            | "is"
            | "are"
            | "it"
            | "its"
            | "for"
            | "from"
            | "by"
            | "with"
            | "as"
            | "at"
            | "be"
            | "will"
            | "can"
            | "has"
            | "see"
            | "note"
            | "otherwise"
            | "either"
            | "also"
            | "returns"
            | "return"
            | "example"
            | "examples"
            | "warning"
            | "notes"
            | "containing"
    )
}

/// Whether `word` is a type that can hold others by `of`: one of prose (`list of str`), or a class of several words.
fn is_holder(word: &str) -> bool {
    let word = word.trim_end_matches('`');
    let bare = word.rsplit(['.', '`', '~']).next().unwrap_or(word);
    let mut lower = [0; LONGEST_WORD];
    matches!(
        lowercase(bare, &mut lower),
        "tensor"
            | "tensors"
            | "list"
            | "lists"
            | "tuple"
            | "tuples"
            | "set"
            | "sets"
            | "frozenset"
            | "dict"
            | "dicts"
            | "dictionary"
            | "sequence"
            | "sequences"
            | "iterable"
            | "iterables"
            | "iterator"
            | "iterators"
            | "generator"
            | "collection"
            | "array"
            | "arrays"
            | "ndarray"
            | "ndarrays"
            | "array_like"
            | "array-like"
            | "matrix"
            | "mapping"
            | "pair"
            | "pairs"
            | "deque"
            | "queue"
            | "union"
            | "instance"
            | "type"
            | "subclass"
            | "series"
            | "vector"
    ) || is_class(bare)
}

/// Whether `word` has a capital at its beginning and another one: `GeoDataFrame`.
fn is_class(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().skip(1).any(char::is_uppercase)
}

/// No word that is asked for is longer.
const LONGEST_WORD: usize = 10;

/// `word` in lower case, in `buffer`; empty where it is too long or not ASCII.
fn lowercase<'b>(word: &str, buffer: &'b mut [u8; LONGEST_WORD]) -> &'b str {
    let Some(buffer) = buffer.get_mut(..word.len()) else {
        return "";
    };
    buffer.copy_from_slice(word.as_bytes());
    buffer.make_ascii_lowercase();
    std::str::from_utf8(buffer).unwrap_or_default()
}

/// The words of a text; blanks in brackets and in backquotes are part of a word.
struct Words<'t>(&'t str);

impl<'t> Iterator for Words<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let text = self.0.trim_start();
        if text.is_empty() {
            self.0 = text;
            return None;
        }
        let mut depth = 0_u32;
        let mut code = false;
        let mut end = text.len();
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth = depth.saturating_sub(1),
                b'`' => code = !code,
                b' ' | b'\t' | b'\n' if depth == 0 && !code => {
                    end = at;
                    break;
                }
                _ => {}
            }
        }
        super::steps::take(end);
        let (word, rest) = text.split_at(end);
        self.0 = rest;
        Some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_read_as_types() {
        for text in [
            "int",
            "np.ndarray",
            "Dict[str, int]",
            "list of str",
            "int or None",
            "str | None",
            "int, optional",
            "tuple (int, str)",
            "(int, str)",
            ":class:`a.B`",
            ":obj:`list` of :obj:`str`",
            "{'a', 'b'}",
            "ndarray of shape (n, m)",
            "ndarray, shape (n,)",
            "Callable[[int], str]",
            "'auto'",
            "...",
            "`Foo`",
            "bool",
            "None",
            "Iterator[tuple[str, int]]",
            "GeoDataFrame of str",
        ] {
            assert!(is_type(text), "{text}");
        }
    }

    #[test]
    fn prose_reads_as_prose() {
        for text in [
            "",
            "The result",
            "A dict",
            "True if successful, False otherwise",
            "Dict containing key",
            "Number of items",
            "Tuple of",
            "Returns",
            "Note",
            "done.",
            "If x",
            "int 0 or 1",
        ] {
            assert!(!is_type(text), "{text}");
        }
    }

    #[test]
    fn a_sentence_is_told_from_a_free_type() {
        for text in [
            "The thing to do.",
            "Whether to do it",
            "the axis to use",
            "if true, it is sorted",
        ] {
            assert!(is_sentence(text), "{text}");
        }
        for text in [
            "array of ints",
            "int, default 3",
            "int",
            "",
            "{'a', 'b'}, default 'a'",
            "str or path-like object",
        ] {
            assert!(!is_sentence(text), "{text}");
        }
    }
}
