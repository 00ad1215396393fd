//! The bases of the classes of one file: what a method inherits.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;

use hashbrown::HashMap;

use super::role::Roles;
use super::{Ancestry, Project};
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

/// How many ancestors of one class are looked at: longer chains are not known. Keeps the cost linear.
const MOST_ANCESTORS: usize = 64;

/// The classes of one file.
#[derive(Debug)]
pub(super) struct Lineage<'a> {
    pub(super) module: &'a Module<'a>,
    project: &'a dyn Project,
    /// Classes by qualified name; the last of each name.
    classes: HashMap<&'a str, SymbolId>,
    /// Methods by class and name; the last of each name, one with a docstring before others.
    pub(super) methods: HashMap<(SymbolId, &'a str), SymbolId>,
    /// The bases of each class that has some, theirs, and so on, each once.
    pub(super) ancestors: HashMap<SymbolId, Vec<Base<'a>>>,
    /// What imported classes are, as far as somebody asked, by where module and class are named in the text.
    imported: RefCell<HashMap<[usize; 2], Option<Arc<Ancestry>>>>,
    /// Class, whether it is its `__init__` (1) or its `__new__` (0), constructor; sorted.
    constructors: Vec<(SymbolId, usize, SymbolId)>,
}

/// What a base is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base<'a> {
    Local(SymbolId),
    /// Hands down no method that anybody would document.
    Plain,
    Imported(Source<'a>),
    Unknown,
}

/// Where an imported class comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source<'a> {
    /// The module as written, leading dots included.
    module: &'a str,
    /// A member of it that is a module (`from .. import shapes`); mostly empty.
    member: &'a str,
    /// The class's name there.
    class: &'a str,
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

impl<'a> Lineage<'a> {
    pub(super) fn new(module: &'a Module<'a>, project: &'a dyn Project) -> Self {
        let mut lineage = Self {
            module,
            project,
            classes: HashMap::new(),
            methods: HashMap::new(),
            ancestors: HashMap::new(),
            imported: RefCell::default(),
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

    pub(super) fn class(&self, qualname: &str) -> Option<SymbolId> {
        self.classes.get(qualname).copied()
    }

    /// The bases of a class that stand in this file, theirs, and so on, and whether all its bases are known.
    pub(super) fn bases(&self, class: SymbolId) -> (Vec<SymbolId>, bool) {
        let mut local = Vec::new();
        let mut are_all_known = true;
        for base in self.ancestors.get(&class).into_iter().flatten() {
            match base {
                Base::Local(id) => local.push(*id),
                Base::Plain => {}
                Base::Imported(_) | Base::Unknown => are_all_known = false,
            }
        }
        (local, are_all_known)
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
            Base::Imported(source) => {
                let ancestry = self.imported(source);
                ancestry.map_or(Inherited::Unknown, |it| it.inherited(method))
            }
            Base::Unknown => Inherited::Unknown,
        }
    }

    fn imported(&self, source: Source<'a>) -> Option<Arc<Ancestry>> {
        let mut known = self.imported.borrow_mut();
        let place = |it: &str| it.as_ptr() as usize - self.module.text.as_ptr() as usize;
        let found = known.entry([place(source.module), place(source.class)]);
        let asked = || {
            let (module, class) = source.names();
            self.project.ancestry(&module, class)
        };
        found.or_insert_with(asked).clone()
    }

    /// Whether the exception class `ancestor` is `class` or one of its bases.
    pub(super) fn is_exception_ancestor(&self, ancestor: &str, class: &str) -> bool {
        let is_imported = |name: &str| {
            let mut imports = self.module.imports.iter().filter(|it| it.bound == name);
            let found = imports.find_map(|it| {
                self.imported(Source {
                    module: it.module,
                    member: "",
                    class: it.member?,
                })
            });
            found.is_some_and(|it| it.is_exception(ancestor))
        };
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
            if local.is_none() && is_imported(name) {
                return true;
            }
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
            return Base::Unknown;
        };
        let is_whole_name =
            import.member.is_none() && import.module.split('.').next() == Some(first);
        let source = |module, member, class| {
            Base::Imported(Source {
                module,
                member,
                class,
            })
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
