//! The methods of classes of Python itself that others derive from, as far as they have docstrings.

/// Module, class, and its documented public methods, as CPython 3.11's `inspect.getdoc` tells; sorted.
const CLASSES: &[(&str, &str, &str)] = &[
    ("ast", "NodeVisitor", "generic_visit visit"),
    (
        "builtins",
        "bytes",
        "capitalize center count decode endswith expandtabs find fromhex hex index isalnum \
         isalpha isascii isdigit islower isspace istitle isupper join ljust lower lstrip \
         maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition \
         rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill",
    ),
    (
        "builtins",
        "dict",
        "clear copy fromkeys get items keys pop popitem setdefault update values",
    ),
    (
        "builtins",
        "float",
        "as_integer_ratio conjugate fromhex hex is_integer",
    ),
    (
        "builtins",
        "frozenset",
        "copy difference intersection isdisjoint issubset issuperset symmetric_difference union",
    ),
    (
        "builtins",
        "int",
        "as_integer_ratio bit_count bit_length conjugate from_bytes to_bytes",
    ),
    (
        "builtins",
        "list",
        "append clear copy count extend index insert pop remove reverse sort",
    ),
    (
        "builtins",
        "set",
        "add clear copy difference difference_update discard intersection intersection_update \
         isdisjoint issubset issuperset pop remove symmetric_difference \
         symmetric_difference_update union update",
    ),
    (
        "builtins",
        "str",
        "capitalize casefold center count encode endswith expandtabs find format format_map index \
         isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable \
         isspace istitle isupper join ljust lower lstrip maketrans partition removeprefix \
         removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines \
         startswith strip swapcase title translate upper zfill",
    ),
    ("builtins", "tuple", "count index"),
    (
        "collections",
        "Counter",
        "clear copy elements fromkeys get items keys most_common pop popitem setdefault subtract \
         total update values",
    ),
    (
        "collections",
        "OrderedDict",
        "clear copy fromkeys get items keys move_to_end pop popitem setdefault update values",
    ),
    (
        "collections",
        "UserDict",
        "clear get items keys pop popitem setdefault update values",
    ),
    (
        "collections",
        "UserList",
        "append clear count extend index insert pop remove reverse",
    ),
    (
        "collections",
        "defaultdict",
        "clear copy fromkeys get items keys pop popitem setdefault update values",
    ),
    (
        "collections",
        "deque",
        "append appendleft clear copy count extend extendleft index insert pop popleft remove \
         reverse rotate",
    ),
    ("json", "JSONDecoder", "decode raw_decode"),
    ("json", "JSONEncoder", "default encode iterencode"),
    ("logging", "Filter", "filter"),
    (
        "logging",
        "Formatter",
        "converter format formatException formatStack formatTime usesTime",
    ),
    (
        "logging",
        "Handler",
        "acquire addFilter close createLock emit filter flush format handle handleError release \
         removeFilter setFormatter setLevel",
    ),
    (
        "threading",
        "Thread",
        "getName isDaemon is_alive join run setDaemon setName start",
    ),
];

/// Names under which `typing` has them.
const TYPING: &[(&str, &str)] = &[
    ("Dict", "dict"),
    ("List", "list"),
    ("Set", "set"),
    ("FrozenSet", "frozenset"),
    ("Tuple", "tuple"),
];

/// The documented public methods of the class `class` of `module` (`builtins` for what is not imported), with blanks
/// between; `None` for a class that is not known here.
pub(super) fn documented_methods(module: &str, class: &str) -> Option<&'static str> {
    let aliases = TYPING.iter().filter(|_| module == "typing");
    let alias = aliases.clone().find(|it| it.0 == class).map(|it| it.1);
    let (module, class) = match (alias, module) {
        (Some(builtin), _) => ("builtins", builtin),
        (None, "typing") => ("collections", class),
        (None, module) => (module, class),
    };
    let at = CLASSES.binary_search_by_key(&(module, class), |it| (it.0, it.1));
    at.ok().map(|at| CLASSES[at].2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_found_under_all_their_names() {
        assert!(CLASSES.is_sorted());
        let has = |module, class, method: &str| {
            let methods = documented_methods(module, class);
            methods.map(|it| it.split(' ').any(|it| it == method))
        };
        assert_eq!(has("builtins", "dict", "pop"), Some(true));
        assert_eq!(has("builtins", "dict", "draw"), Some(false));
        assert_eq!(has("typing", "Dict", "pop"), Some(true));
        assert_eq!(has("typing", "OrderedDict", "move_to_end"), Some(true));
        assert_eq!(has("collections", "dict", "pop"), None);
        assert_eq!(has("json", "JSONEncoder", "default"), Some(true));
    }
}
