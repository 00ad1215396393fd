//! Which exception class is which: Python's own hierarchy, and the classes of the file.

use std::collections::BTreeMap;

use super::super::symbol::{Symbol, SymbolKind, last_name};

/// The bases of classes, by last names.
#[derive(Debug)]
pub(super) struct Hierarchy<'t> {
    /// Classes of the file and the last names of their bases.
    classes: BTreeMap<&'t str, Vec<&'t str>>,
}

impl<'t> Hierarchy<'t> {
    /// The classes among `symbols`.
    pub(super) fn new(text: &'t str, symbols: &[Symbol<'t>]) -> Self {
        let mut classes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for symbol in symbols.iter().filter(|it| it.kind == SymbolKind::Class) {
            let bases = classes.entry(symbol.name).or_default();
            bases.extend(
                symbol
                    .bases
                    .iter()
                    .filter_map(|base| last_name(base.of(text))),
            );
        }
        Self { classes }
    }

    /// Whether the file has a class of this name.
    pub(super) fn defines(&self, name: &str) -> bool {
        self.classes.contains_key(name)
    }

    /// Whether `name` or one of its bases comes from elsewhere, so that its bases are not known here.
    pub(super) fn comes_from_elsewhere(&self, name: &str) -> bool {
        let mut seen = vec![name];
        let mut at = 0;
        while let Some(&class) = seen.get(at) {
            let Some(bases) = self.classes.get(class) else {
                if is_built_in_exception(class) {
                    at += 1;
                    continue;
                }
                return true;
            };
            for &base in bases {
                if !seen.contains(&base) {
                    seen.push(base);
                }
            }
            at += 1;
        }
        false
    }

    /// Whether a handler of `caught` catches what is raised as `name`. A class that nobody knows is
    /// taken for an `Exception`.
    pub(super) fn catches(&self, caught: &str, name: &str) -> bool {
        let mut seen = vec![name];
        let mut at = 0;
        let mut is_known = false;
        while let Some(&class) = seen.get(at) {
            if class == caught || same(class, caught) {
                return true;
            }
            is_known |=
                matches!(class, "Exception" | "BaseException") || NOT_EXCEPTIONS.contains(&class);
            let own = self.classes.get(class).map(Vec::as_slice);
            let built_in = [built_in_base(class)];
            let bases = own.unwrap_or(if built_in[0].is_empty() {
                &[]
            } else {
                &built_in
            });
            for &base in bases {
                if !seen.contains(&base) {
                    seen.push(base);
                }
            }
            at += 1;
        }
        caught == "BaseException" || caught == "Exception" && !is_known
    }
}

/// Whether `name` is a built-in exception class.
pub fn is_built_in_exception(name: &str) -> bool {
    name == "BaseException" || !built_in_base(name).is_empty()
}

/// `name`, and the built-in classes that it derives from, each by all its names, by last names: `error` is one of `OSError`'s
/// (in `os`, `select` and `socket`).
pub fn exception_ancestors(name: &str) -> impl Iterator<Item = &str> {
    let classes = std::iter::successors(Some(name), |it| Some(built_in_base(it)));
    let classes = classes.take_while(|it| !it.is_empty());
    classes.flat_map(|class| {
        let is_os_error = OS_ERROR.contains(&class);
        let aliases = OS_ERROR.iter().copied().chain(["error"]);
        std::iter::once(class).chain(aliases.filter(move |_| is_os_error))
    })
}

/// Whether two names mean the same built-in class.
fn same(one: &str, other: &str) -> bool {
    let target = |name| {
        if OS_ERROR.contains(&name) {
            "OSError"
        } else {
            name
        }
    };
    target(one) == target(other)
}

/// Names that `OSError` has had.
const OS_ERROR: &[&str] = &["EnvironmentError", "IOError", "WindowsError", "OSError"];

/// Exceptions that `except Exception` lets pass.
const NOT_EXCEPTIONS: &[&str] = &[
    "CancelledError",
    "GeneratorExit",
    "KeyboardInterrupt",
    "SystemExit",
];

/// The first base of a built-in exception class; empty for any other name.
fn built_in_base(name: &str) -> &'static str {
    match BUILT_IN.binary_search_by_key(&name, |&(class, _)| class) {
        Ok(at) => BUILT_IN[at].1,
        Err(_) => "",
    }
}

/// Built-in exception classes and their bases, as CPython 3.13 has them, sorted.
/// <https://docs.python.org/3/library/exceptions.html#exception-hierarchy>
const BUILT_IN: &[(&str, &str)] = &[
    ("ArithmeticError", "Exception"),
    ("AssertionError", "Exception"),
    ("AttributeError", "Exception"),
    ("BaseExceptionGroup", "BaseException"),
    ("BlockingIOError", "OSError"),
    ("BrokenPipeError", "ConnectionError"),
    ("BufferError", "Exception"),
    ("BytesWarning", "Warning"),
    ("ChildProcessError", "OSError"),
    ("ConnectionAbortedError", "ConnectionError"),
    ("ConnectionError", "OSError"),
    ("ConnectionRefusedError", "ConnectionError"),
    ("ConnectionResetError", "ConnectionError"),
    ("DeprecationWarning", "Warning"),
    ("EOFError", "Exception"),
    ("EncodingWarning", "Warning"),
    ("EnvironmentError", "OSError"),
    ("Exception", "BaseException"),
    ("ExceptionGroup", "Exception"),
    ("FileExistsError", "OSError"),
    ("FileNotFoundError", "OSError"),
    ("FloatingPointError", "ArithmeticError"),
    ("FutureWarning", "Warning"),
    ("GeneratorExit", "BaseException"),
    ("IOError", "OSError"),
    ("ImportError", "Exception"),
    ("ImportWarning", "Warning"),
    ("IndentationError", "SyntaxError"),
    ("IndexError", "LookupError"),
    ("InterruptedError", "OSError"),
    ("IsADirectoryError", "OSError"),
    ("KeyError", "LookupError"),
    ("KeyboardInterrupt", "BaseException"),
    ("LookupError", "Exception"),
    ("MemoryError", "Exception"),
    ("ModuleNotFoundError", "ImportError"),
    ("NameError", "Exception"),
    ("NotADirectoryError", "OSError"),
    ("NotImplementedError", "RuntimeError"),
    ("OSError", "Exception"),
    ("OverflowError", "ArithmeticError"),
    ("PendingDeprecationWarning", "Warning"),
    ("PermissionError", "OSError"),
    ("ProcessLookupError", "OSError"),
    ("PythonFinalizationError", "RuntimeError"),
    ("RecursionError", "RuntimeError"),
    ("ReferenceError", "Exception"),
    ("ResourceWarning", "Warning"),
    ("RuntimeError", "Exception"),
    ("RuntimeWarning", "Warning"),
    ("StopAsyncIteration", "Exception"),
    ("StopIteration", "Exception"),
    ("SyntaxError", "Exception"),
    ("SyntaxWarning", "Warning"),
    ("SystemError", "Exception"),
    ("SystemExit", "BaseException"),
    ("TabError", "IndentationError"),
    ("TimeoutError", "OSError"),
    ("TypeError", "Exception"),
    ("UnboundLocalError", "NameError"),
    ("UnicodeDecodeError", "UnicodeError"),
    ("UnicodeEncodeError", "UnicodeError"),
    ("UnicodeError", "ValueError"),
    ("UnicodeTranslateError", "UnicodeError"),
    ("UnicodeWarning", "Warning"),
    ("UserWarning", "Warning"),
    ("ValueError", "Exception"),
    ("Warning", "Exception"),
    ("WindowsError", "OSError"),
    ("ZeroDivisionError", "ArithmeticError"),
    ("_IncompleteInputError", "SyntaxError"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(BUILT_IN.is_sorted());
    }

    #[test]
    fn ancestors_by_any_name() {
        let is_ancestor = |ancestor, name| exception_ancestors(name).any(|it| it == ancestor);
        assert!(is_ancestor("EnvironmentError", "FileNotFoundError"));
        assert!(is_ancestor("MyError", "MyError"));
        assert!(!is_ancestor("KeyError", "LookupError"));
        assert!(!is_ancestor("OSError", "MyError"));
        assert!(is_built_in_exception("BaseException") && is_built_in_exception("IOError"));
    }

    #[test]
    fn built_in_classes_and_unknown_ones() {
        let hierarchy = Hierarchy::new("", &[]);
        assert!(hierarchy.catches("LookupError", "KeyError"));
        assert!(hierarchy.catches("OSError", "FileNotFoundError"));
        assert!(hierarchy.catches("IOError", "OSError"));
        assert!(!hierarchy.catches("KeyError", "LookupError"));
        assert!(hierarchy.catches("Exception", "SomethingElse"));
        assert!(hierarchy.catches("BaseException", "SystemExit"));
        assert!(!hierarchy.catches("Exception", "SystemExit"));
        assert!(!hierarchy.catches("Exception", "BaseException"));
        assert!(!hierarchy.catches("ValueError", "SomethingElse"));
    }
}
