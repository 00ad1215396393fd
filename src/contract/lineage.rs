//! The bases of the classes of one file: what a method inherits.

use hashbrown::HashMap;

use super::role::Roles;
use crate::python::{self, Import, Module, Symbol, SymbolId, SymbolKind};

/// What a method inherits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inherited {
    /// A base has the method, with a docstring.
    Documented,
    /// A base has the method, none with a docstring.
    Undocumented,
    /// All bases are known, and none has the method.
    Absent,
    /// A base is not known.
    Unknown,
}

/// Knows the classes of other files.
pub trait Project: Sync + std::fmt::Debug {
    /// What the class `class` of `module` (as imported, leading dots included) hands down under the name
    /// `method`, its own bases included.
    fn inherited(&self, module: &str, class: &str, method: &str) -> Inherited;
}

/// A project of one file: no other class is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct SingleFile;

impl Project for SingleFile {
    fn inherited(&self, _module: &str, _class: &str, _method: &str) -> Inherited {
        Inherited::Unknown
    }
}

/// How many ancestors of one class are looked at: longer chains are not known. Keeps the cost linear.
const MOST_ANCESTORS: usize = 64;

/// The classes of one file.
#[derive(Debug)]
pub(super) struct Lineage<'a> {
    module: &'a Module<'a>,
    project: &'a dyn Project,
    /// Classes by qualified name; the last of each name.
    classes: HashMap<&'a str, SymbolId>,
    /// Methods by class and name; the last of each name, one with a docstring before others.
    methods: HashMap<(SymbolId, &'a str), SymbolId>,
    /// The bases of each class that has some, theirs, and so on, each once.
    ancestors: HashMap<SymbolId, Vec<Base<'a>>>,
    /// Class, whether it is its `__init__` (1) or its `__new__` (0), constructor; sorted.
    constructors: Vec<(SymbolId, usize, SymbolId)>,
}

/// What a base is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Base<'a> {
    Local(SymbolId),
    /// Hands down no method that anybody would document.
    Plain,
    /// Module and class, as imported.
    Imported(&'a str, &'a str),
    Unknown,
}

impl<'a> Lineage<'a> {
    pub(super) fn new(module: &'a Module<'a>, project: &'a dyn Project) -> Self {
        let mut lineage = Self {
            module,
            project,
            classes: HashMap::new(),
            methods: HashMap::new(),
            ancestors: HashMap::new(),
            constructors: Vec::new(),
        };
        for (id, symbol) in module.ids() {
            if symbol.kind == SymbolKind::Class {
                lineage.classes.insert(&symbol.qualname, id);
            } else if symbol.kind == SymbolKind::Method {
                lineage.note_constructor(id, symbol);
            }
        }
        lineage.constructors.sort_unstable();
        lineage.note_ancestors();
        lineage
    }

    fn note_constructor(&mut self, id: SymbolId, symbol: &Symbol<'_>) {
        let rank = ["__new__", "__init__"]
            .iter()
            .position(|&it| it == symbol.name);
        if let (Some(rank), Some(class)) = (rank, symbol.parent)
            && !Roles::of(symbol, self.module.text).has(Roles::OVERLOAD)
        {
            self.constructors.push((class, rank, id));
        }
    }

    fn note_ancestors(&mut self) {
        let mut scopes = Scopes::new(self.module, &self.classes);
        let mut direct: HashMap<SymbolId, Vec<Base<'a>>> = HashMap::new();
        let mut any_local = false;
        for (id, symbol) in self.module.ids() {
            if !symbol.bases.is_empty() {
                let bases = symbol.bases.iter();
                let bases: Vec<_> = bases
                    .map(|it| scopes.resolve(id, it.of(self.module.text)))
                    .collect();
                any_local |= bases.iter().any(|it| matches!(it, Base::Local(_)));
                direct.insert(id, bases);
            }
        }
        if any_local {
            self.note_methods();
            for (id, _) in self.module.ids().filter(|(id, _)| direct.contains_key(id)) {
                self.ancestors.insert(id, closure(id, &direct));
            }
        } else {
            self.ancestors = direct;
        }
    }

    fn note_methods(&mut self) {
        for (id, symbol) in self.module.ids() {
            if let (SymbolKind::Method, Some(class)) = (symbol.kind, symbol.parent) {
                let known = self.methods.entry((class, symbol.name)).or_insert(id);
                if self.module.symbol(*known).docstring.is_none() {
                    *known = id;
                }
            }
        }
    }

    pub(super) fn constructor(&self, class: SymbolId) -> Option<SymbolId> {
        self.constructors_of(class).last().map(|it| it.2)
    }

    pub(super) fn has_two_constructors(&self, class: SymbolId) -> bool {
        let own = self.constructors_of(class);
        own.first().map(|it| it.1) != own.last().map(|it| it.1)
    }

    fn constructors_of(&self, class: SymbolId) -> &[(SymbolId, usize, SymbolId)] {
        let start = self.constructors.partition_point(|it| it.0 < class);
        let rest = &self.constructors[start..];
        let count = rest.iter().take_while(|it| it.0 == class).count();
        &rest[..count]
    }

    pub(super) fn inherited(&self, id: SymbolId) -> Inherited {
        let symbol = self.module.symbol(id);
        let class = symbol.parent.filter(|_| symbol.kind == SymbolKind::Method);
        let ancestors = class.and_then(|class| self.ancestors.get(&class));
        let mut result = Inherited::Absent;
        for base in ancestors.into_iter().flatten() {
            match (result, self.handed_down(*base, symbol.name)) {
                (_, Inherited::Documented) => return Inherited::Documented,
                (_, Inherited::Unknown) => result = Inherited::Unknown,
                (Inherited::Absent, Inherited::Undocumented) => result = Inherited::Undocumented,
                _ => {}
            }
        }
        result
    }

    fn handed_down(&self, base: Base<'a>, method: &'a str) -> Inherited {
        match base {
            Base::Local(class) => match self.methods.get(&(class, method)) {
                Some(&id) if self.module.symbol(id).docstring.is_some() => Inherited::Documented,
                Some(_) => Inherited::Undocumented,
                None => Inherited::Absent,
            },
            Base::Plain => Inherited::Absent,
            Base::Imported(module, class) => self.project.inherited(module, class, method),
            Base::Unknown => Inherited::Unknown,
        }
    }

    /// Whether the exception class `ancestor` is `class` or one of its bases.
    pub(super) fn is_exception_ancestor(&self, ancestor: &str, class: &str) -> bool {
        if matches!(ancestor, "Exception" | "BaseException") {
            return true;
        }
        let mut seen = vec![class];
        let mut at = 0;
        while let Some(&name) = seen.get(at) {
            at += 1;
            if python::is_exception_ancestor(ancestor, name) {
                return true;
            }
            let local = self.classes.get(name).map(|&id| self.module.symbol(id));
            for base in local
                .into_iter()
                .flat_map(|it| it.base_names(self.module.text))
            {
                if seen.len() < MOST_ANCESTORS && !seen.contains(&base) {
                    seen.push(base);
                }
            }
        }
        false
    }
}

/// The bases of `class`, theirs, and so on, each once.
fn closure<'a>(class: SymbolId, direct: &HashMap<SymbolId, Vec<Base<'a>>>) -> Vec<Base<'a>> {
    let mut found: Vec<Base<'a>> = Vec::new();
    let mut next = Some(class);
    let mut at = 0;
    while let Some(id) = next {
        for &base in direct.get(&id).into_iter().flatten() {
            if found.len() == MOST_ANCESTORS {
                found.push(Base::Unknown);
                return found;
            }
            if base != Base::Local(class) && !found.contains(&base) {
                found.push(base);
            }
        }
        let locals = found.iter().enumerate().skip(at);
        next = locals.into_iter().find_map(|(index, base)| match base {
            Base::Local(id) => {
                at = index + 1;
                Some(*id)
            }
            _ => None,
        });
    }
    found
}

/// What the names in class headers mean.
struct Scopes<'a, 'c> {
    module: &'a Module<'a>,
    classes: &'c HashMap<&'a str, SymbolId>,
    /// Made when first needed.
    imports: Option<HashMap<&'a str, &'a Import<'a>>>,
}

impl<'a, 'c> Scopes<'a, 'c> {
    fn new(module: &'a Module<'a>, classes: &'c HashMap<&'a str, SymbolId>) -> Self {
        Self {
            module,
            classes,
            imports: None,
        }
    }

    /// What the expression `base` in the header of `class` names.
    fn resolve(&mut self, class: SymbolId, base: &'a str) -> Base<'a> {
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
        match imports.get(first) {
            Some(Import {
                module,
                member: Some(member),
                ..
            }) if rest.is_empty() => Base::Imported(module, member),
            Some(Import {
                module,
                member: None,
                ..
            }) if !rest.is_empty() && !rest.contains('.') => Base::Imported(module, rest),
            _ => Base::Unknown,
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
