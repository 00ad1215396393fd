//! The bases of the classes of one file: what a method inherits.

use std::cell::{OnceCell, RefCell};
use std::sync::Arc;

use hashbrown::HashMap;

use super::role::Roles;
use super::scopes::{Base, Scopes, Source};
use super::{Ancestry, Project};
use crate::python::{self, Module, Symbol, SymbolId, SymbolKind};

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
    /// The overloads, sorted by qualified name, once somebody asked.
    pub(super) overloads: OnceCell<Vec<SymbolId>>,
    /// Class, whether it is its `__init__` (1) or its `__new__` (0), constructor; sorted.
    constructors: Vec<(SymbolId, usize, SymbolId)>,
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
            overloads: OnceCell::new(),
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
                Base::Imported(_) | Base::Standard(_) | Base::Unknown => are_all_known = false,
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
            Base::Standard(methods) if methods.split(' ').any(|it| it == method) => {
                Inherited::Documented
            }
            Base::Standard(_) | Base::Plain => Inherited::Absent,
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

    /// Whether the exception class `class` or one of its bases is called a name that `is_meant`. All are an `Exception`.
    pub(super) fn has_exception_ancestor(
        &self,
        class: &str,
        is_meant: &mut dyn FnMut(&str) -> bool,
    ) -> bool {
        let imported = |name: &str| {
            let mut imports = self.module.imports.iter().filter(|it| it.bound == name);
            imports.find_map(|it| {
                self.imported(Source {
                    module: it.module,
                    member: "",
                    class: it.member?,
                })
            })
        };
        if is_meant("Exception") || is_meant("BaseException") {
            return true;
        }
        let mut seen = vec![class];
        let mut at = 0;
        while let Some(&name) = seen.get(at) {
            at += 1;
            if python::exception_ancestors(name).any(&mut *is_meant) {
                return true;
            }
            let local = self.classes.get(name).map(|&id| self.module.symbol(id));
            let other = if local.is_none() {
                imported(name)
            } else {
                None
            };
            if other.is_some_and(|it| it.exceptions().any(&mut *is_meant)) {
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
