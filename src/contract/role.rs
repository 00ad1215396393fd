//! What the decorators make of a function.

use crate::python::{Symbol, SymbolKind};

/// The parts a function plays by its decorators: a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles(u16);

impl Roles {
    /// Read as an attribute.
    pub const PROPERTY: Self = Self(1);
    /// A property's setter or deleter.
    pub const SETTER: Self = Self(1 << 1);
    /// One of several signatures, whose implementation has the docstring.
    pub const OVERLOAD: Self = Self(1 << 2);
    /// Overrides a method of a base, and says so (PEP 698).
    pub const OVERRIDE: Self = Self(1 << 3);
    /// To be overridden.
    pub const ABSTRACT: Self = Self(1 << 4);
    /// A generator that is called as a context manager.
    pub const CONTEXT_MANAGER: Self = Self(1 << 5);
    /// Without `self`.
    pub const STATIC: Self = Self(1 << 6);
    /// A generator whose `yield` waits, and whose `return` is what callers get.
    pub const COROUTINE: Self = Self(1 << 7);
    /// Its decorator writes its docstring, or a part of it.
    pub const DOCUMENTED: Self = Self(1 << 8);
    /// Called by the test runner; its docstring may tell of what it hands to tests.
    pub const FIXTURE: Self = Self(1 << 9);

    /// What the decorators of `symbol` make of it.
    pub fn of(symbol: &Symbol<'_>, text: &str) -> Self {
        let mut roles = Self::default();
        if !symbol.decorators.is_empty() {
            for name in symbol.decorator_names(text) {
                roles.0 |= Self::given_by(name).0;
            }
        }
        roles
    }

    /// Whether the two share a role.
    pub const fn has(self, role: Self) -> bool {
        self.0 & role.0 != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Both sets' roles.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What a decorator of that name makes of a symbol.
    pub fn given_by(decorator: &str) -> Self {
        match decorator {
            "overload" => Self::OVERLOAD,
            "override" | "overrides" => Self::OVERRIDE,
            "setter" | "deleter" => Self::SETTER,
            "abstractproperty" => Self::PROPERTY.and(Self::ABSTRACT),
            "getter" | "reify" | "cache_readonly" | "DynamicClassAttribute" => Self::PROPERTY,
            "staticmethod" => Self::STATIC,
            "abstractstaticmethod" => Self::STATIC.and(Self::ABSTRACT),
            "abstractmethod" | "abstractclassmethod" => Self::ABSTRACT,
            "contextmanager" | "asynccontextmanager" => Self::CONTEXT_MANAGER,
            "coroutine" | "inlineCallbacks" => Self::COROUTINE,
            "fixture" => Self::FIXTURE,
            "doc" | "Appender" | "Substitution" => Self::DOCUMENTED,
            name if name.ends_with("property") => Self::PROPERTY,
            _ => Self::default(),
        }
    }
}

/// Whether the first parameter is what the method is bound to (`self`, `cls`), whatever its name.
pub(super) fn is_bound(symbol: &Symbol<'_>, roles: Roles) -> bool {
    symbol.kind == SymbolKind::Method && (!roles.has(Roles::STATIC) || symbol.name == "__new__")
}
