//! What the names in class headers mean.

use std::borrow::Cow;

use hashbrown::HashMap;

use super::standard;
use crate::python::{self, Import, Module, SymbolId};

/// What a base is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base<'a> {
    Local(SymbolId),
    /// Hands down no method that anybody would document.
    Plain,
    Imported(Source<'a>),
    /// A class of Python itself; its documented methods, with blanks between.
    Standard(&'static str),
    Unknown,
}

/// Where an imported class comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source<'a> {
    /// The module as written, leading dots included.
    pub(super) module: &'a str,
    /// A member of it that is a module (`from .. import shapes`); mostly empty.
    pub(super) member: &'a str,
    /// The class's name there.
    pub(super) class: &'a str,
}

impl Source<'_> {
    /// The module's whole name, and the class's.
    pub(super) fn names(&self) -> (Cow<'_, str>, &str) {
        let joint = if self.module.ends_with('.') { "" } else { "." };
        let module = match self.member {
            "" => Cow::Borrowed(self.module),
            member => Cow::Owned(format!("{}{joint}{member}", self.module)),
        };
        (module, self.class)
    }
}

/// What the names in class headers mean.
pub(super) struct Scopes<'a, 'c> {
    module: &'a Module<'a>,
    classes: &'c HashMap<&'a str, SymbolId>,
    /// Made when first needed.
    imports: Option<HashMap<&'a str, &'a Import<'a>>>,
}

impl<'a, 'c> Scopes<'a, 'c> {
    pub(super) fn new(module: &'a Module<'a>, classes: &'c HashMap<&'a str, SymbolId>) -> Self {
        Self {
            module,
            classes,
            imports: None,
        }
    }

    /// What the expression `base` in the header of `class` names.
    pub(super) fn resolve(&mut self, class: SymbolId, base: &'a str) -> Base<'a> {
        let is_part = |c: char| c == '_' || c == '.' || c.is_alphanumeric();
        let end = base.find(|c| !is_part(c)).unwrap_or(base.len());
        let (dotted, rest) = base.split_at(end);
        let last = dotted.rsplit('.').next().unwrap_or_default();
        let rest = rest.trim_start();
        if matches!(last, "namedtuple" | "NamedTuple") || (is_plain(last) && !rest.starts_with('('))
        {
            return Base::Plain;
        }
        if last.is_empty() || !(rest.is_empty() || rest.starts_with('[')) {
            return Base::Unknown;
        }
        match self.local(class, dotted) {
            Some(id) => Base::Local(id),
            None => self.imported(dotted),
        }
    }

    /// The class `dotted` as the scopes around `class` see it, the innermost first.
    fn local(&self, class: SymbolId, dotted: &str) -> Option<SymbolId> {
        let mut scope = self.module.symbol(class).parent;
        while let Some(id) = scope.filter(|&id| id != SymbolId::MODULE) {
            let outer = self.module.symbol(id);
            let joint = if outer.kind.is_function() {
                ".<locals>."
            } else {
                "."
            };
            let qualname = format!("{}{joint}{dotted}", outer.qualname);
            if let Some(&found) = self.classes.get(qualname.as_str()) {
                return Some(found).filter(|&it| it != class);
            }
            scope = outer.parent;
        }
        self.classes.get(dotted).copied().filter(|&it| it != class)
    }

    fn imported(&mut self, dotted: &'a str) -> Base<'a> {
        let module = self.module;
        let imports = self
            .imports
            .get_or_insert_with(|| module.imports.iter().map(|it| (it.bound, it)).collect());
        let (first, rest) = dotted.split_once('.').unwrap_or((dotted, ""));
        let Some(import) = imports.get(first) else {
            let methods = standard::documented_methods("builtins", dotted);
            return methods.map_or(Base::Unknown, Base::Standard);
        };
        let is_whole_name =
            import.member.is_none() && import.module.split('.').next() == Some(first);
        let source = |module, member: &'a str, class| {
            let known = standard::documented_methods(module, class);
            let imported = Source {
                module,
                member,
                class,
            };
            match known.filter(|_| member.is_empty()) {
                Some(methods) => Base::Standard(methods),
                None => Base::Imported(imported),
            }
        };
        match (import.member, rest) {
            (None, "") => Base::Unknown,
            // `import a.b` binds `a`, and all below it is named in full.
            (None, _) if is_whole_name => match dotted.rsplit_once('.') {
                Some((module, class)) => source(module, "", class),
                None => Base::Unknown,
            },
            (_, rest) if rest.contains('.') => Base::Unknown,
            (Some(member), "") => source(import.module, "", member),
            (member, class) => source(import.module, member.unwrap_or_default(), class),
        }
    }
}

/// Whether the class, wherever it comes from, hands down no method that anybody would document.
fn is_plain(name: &str) -> bool {
    matches!(
        name,
        "object"
            | "type"
            | "ABC"
            | "Generic"
            | "Protocol"
            | "TypedDict"
            | "Enum"
            | "IntEnum"
            | "StrEnum"
            | "Flag"
            | "IntFlag"
    ) || python::is_built_in_exception(name)
}
