//! Who is public.

use std::collections::HashSet;

use crate::python::{Module, Symbol, SymbolId};

/// For whom a symbol is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Visibility {
    /// For every user of the module.
    Public,
    /// An underscore leads a part of its module's path or of its qualified name, or `__all__` leaves it out.
    Private,
    /// A dunder name: Python calls it.
    Magic,
    /// Defined in a function, or a class in a class.
    Nested,
    /// In a test file, or a fixture.
    Test,
}

impl Visibility {
    /// Its word in output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
            Self::Magic => "magic",
            Self::Nested => "nested",
            Self::Test => "test",
        }
    }
}

/// A set of visibilities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visibilities(u8);

impl Visibilities {
    /// Public alone.
    pub const PUBLIC: Self = Self(1 << Visibility::Public as u8);
    /// All of them.
    pub const ALL: Self = Self(0b1_1111);

    /// The same and one more.
    #[must_use]
    pub const fn with(self, visibility: Visibility) -> Self {
        Self(self.0 | 1 << visibility as u8)
    }

    /// Whether it holds `visibility`.
    pub const fn has(self, visibility: Visibility) -> bool {
        self.0 & (1 << visibility as u8) != 0
    }
}

/// The visibility of each symbol of `module`, in their order. `path` is the module's, below the root of
/// what is checked, `/` between its parts.
pub fn visibilities(module: &Module<'_>, path: &str) -> Vec<Visibility> {
    let exports: Option<HashSet<&str>> = module
        .exports
        .as_ref()
        .map(|names| names.iter().copied().collect());
    let mut known: Vec<Visibility> = Vec::with_capacity(module.symbols.len());
    for symbol in &module.symbols {
        let visibility = match symbol.parent {
            None => of_path(path),
            Some(parent) => {
                let outer = known[parent.0 as usize];
                of_symbol(module, symbol, parent, outer, exports.as_ref())
            }
        };
        known.push(visibility);
    }
    known
}

fn of_path(path: &str) -> Visibility {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.split('.').next().unwrap_or_default();
    let is_test = stem.starts_with("test_")
        || stem.ends_with("_test")
        || stem == "tests"
        || stem == "conftest";
    if is_test {
        Visibility::Test
    } else if is_private(stem) || folders.split('/').any(is_private) {
        Visibility::Private
    } else {
        Visibility::Public
    }
}

fn of_symbol(
    module: &Module<'_>,
    symbol: &Symbol<'_>,
    parent: SymbolId,
    outer: Visibility,
    exports: Option<&HashSet<&str>>,
) -> Visibility {
    use crate::python::SymbolKind::Class;

    if matches!(
        outer,
        Visibility::Private | Visibility::Test | Visibility::Nested
    ) {
        return outer;
    }
    if !symbol.decorators.is_empty()
        && symbol
            .decorator_names(module.text)
            .any(|it| it == "fixture")
    {
        return Visibility::Test;
    }
    let scope = module.symbol(parent).kind;
    if scope.is_function() {
        return Visibility::Nested;
    }
    if is_magic(symbol.name) {
        return Visibility::Magic;
    }
    match exports {
        Some(names) if parent == SymbolId::MODULE => {
            if names.contains(symbol.name) {
                return Visibility::Public;
            }
            Visibility::Private
        }
        _ if is_private(symbol.name) => Visibility::Private,
        _ if scope == Class && symbol.kind == Class => Visibility::Nested,
        _ => Visibility::Public,
    }
}

fn is_magic(name: &str) -> bool {
    name.len() > 4 && name.starts_with("__") && name.ends_with("__")
}

fn is_private(name: &str) -> bool {
    name.starts_with('_') && !is_magic(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_tells_tests_and_private_modules() {
        for test in ["test_x.py", "a/x_test.py", "a/tests.py", "conftest.py"] {
            assert_eq!(of_path(test), Visibility::Test, "{test}");
        }
        for private in ["_x.py", "a/_b/c.py", "__x.py"] {
            assert_eq!(of_path(private), Visibility::Private, "{private}");
        }
        for public in [
            "x.py",
            "a/__init__.py",
            "a/__main__.py",
            "tests/models.py",
            "attest.pyi",
        ] {
            assert_eq!(of_path(public), Visibility::Public, "{public}");
        }
    }
}
