//! What a class of another file hands down: what is kept of a file when its text is dropped.

use std::fmt;
use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use super::Inherited;
use super::scopes::{Base, Scopes};
use crate::docstring::Style;
use crate::python::{self, AttributeDoc, Module, SymbolId, SymbolKind};

/// Knows the classes of other files.
pub trait Project: fmt::Debug {
    /// The style that most of the project's docstrings are in, as far as that is known.
    fn style(&self) -> Option<Style> {
        None
    }

    /// What the class `class` of `module` (as imported, leading dots included) is; `None` where there is no such class.
    fn ancestry(&self, module: &str, class: &str) -> Option<Arc<Ancestry>>;
}

/// A project of one file: no other class is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct SingleFile;

impl Project for SingleFile {
    fn ancestry(&self, _module: &str, _class: &str) -> Option<Arc<Ancestry>> {
        None
    }
}

/// The classes of one file.
#[derive(Debug, Default)]
pub struct Classes {
    /// By qualified name; the last of each name.
    classes: HashMap<Box<str>, Class>,
    /// The names that `from` imports bind: module and member.
    imports: HashMap<Box<str>, (Box<str>, Box<str>)>,
}

#[derive(Debug, Default)]
struct Class {
    bases: Vec<Parent>,
    /// Name, and whether it has a docstring.
    methods: Vec<(Box<str>, bool)>,
}

/// A base, as its file names it.
#[derive(Debug)]
enum Parent {
    Local(Box<str>),
    Imported(Box<str>, Box<str>),
    Plain(Box<str>),
    /// Of Python itself: its documented methods.
    Standard(&'static str),
    Unknown,
}

/// The classes of the file at a path.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file's path.
    pub path: Arc<str>,
    /// Its classes.
    pub classes: Arc<Classes>,
}

/// A class with its bases, theirs, and so on.
#[derive(Debug, Default)]
pub struct Ancestry {
    /// Whether one of them has a docstring, by name.
    methods: HashMap<Box<str>, bool>,
    /// The last names of the class and all its bases.
    names: Vec<Box<str>>,
    /// Whether all bases are known.
    is_whole: bool,
}

/// How many bases of one class are looked at, imports on the way to them included.
const MOST: usize = 64;

impl Classes {
    /// Those of an outlined file.
    pub fn of(module: &Module<'_>) -> Self {
        let ids = module.ids().filter(|it| it.1.kind == SymbolKind::Class);
        let by_name: HashMap<&str, SymbolId> = ids
            .map(|(id, symbol)| (symbol.qualname.as_str(), id))
            .collect();
        let mut scopes = Scopes::new(module, &by_name);
        let mut classes: HashMap<SymbolId, Class> = HashMap::new();
        for (id, symbol) in module.ids() {
            if symbol.kind == SymbolKind::Class {
                let bases = symbol.bases.iter().map(|it| it.of(module.text));
                let bases = bases
                    .map(|it| parent(&mut scopes, module, id, it))
                    .collect();
                classes.entry(id).or_default().bases = bases;
            } else if let (SymbolKind::Method, Some(class)) = (symbol.kind, symbol.parent) {
                let methods = &mut classes.entry(class).or_default().methods;
                methods.push((symbol.name.into(), symbol.docstring.is_some()));
            }
        }
        note_attributes(module, &mut classes);
        let named = by_name
            .iter()
            .filter_map(|(&name, id)| Some((name.into(), classes.remove(id)?)));
        let members = module.imports.iter();
        let members =
            members.filter_map(|it| Some((it.bound.into(), (it.module.into(), it.member?.into()))));
        Self {
            classes: named.collect(),
            imports: members.collect(),
        }
    }
}

/// Attributes that a string below them documents hand it down to a property of their name.
fn note_attributes(module: &Module<'_>, classes: &mut HashMap<SymbolId, Class>) {
    let quotes = memchr::memmem::find_iter(module.text.as_bytes(), "\"\"\"").count();
    let docstrings = module.symbols.iter().filter(|it| it.docstring.is_some());
    // Mostly all that is quoted is a docstring.
    if quotes <= 2 * docstrings.count() {
        return;
    }
    for (&id, class) in classes.iter_mut() {
        for attribute in python::attributes(module, id) {
            if matches!(attribute.doc, Some(AttributeDoc::String(_))) {
                class.methods.push((attribute.name.into(), true));
            }
        }
    }
}

fn parent<'a>(
    scopes: &mut Scopes<'a, '_>,
    module: &Module<'_>,
    class: SymbolId,
    base: &'a str,
) -> Parent {
    match scopes.resolve(class, base) {
        Base::Local(id) => Parent::Local(module.symbol(id).qualname.as_str().into()),
        Base::Plain => {
            let name = base.split(['[', '(']).next().unwrap_or_default().trim();
            Parent::Plain(name.rsplit('.').next().unwrap_or_default().into())
        }
        Base::Imported(source) => {
            let (module, class) = source.names();
            Parent::Imported(module.into(), class.into())
        }
        Base::Standard(methods) => Parent::Standard(methods),
        Base::Unknown => Parent::Unknown,
    }
}

impl Ancestry {
    /// That of the class `name` at `place`; `find` gives the file that a file at a path means by a module's name. `None`
    /// where there is no such class.
    pub fn of(
        place: Place,
        name: &str,
        find: &dyn Fn(&str, &str) -> Option<Place>,
    ) -> Option<Self> {
        let mut ancestry = Self {
            is_whole: true,
            ..Self::default()
        };
        let mut seen: HashSet<(Arc<str>, Box<str>)> = HashSet::new();
        let mut waiting: Vec<(Place, Box<str>)> = vec![(place, name.into())];
        while let Some((place, name)) = waiting.pop() {
            if seen.len() == MOST {
                ancestry.is_whole = false;
                break;
            }
            if !seen.insert((Arc::clone(&place.path), name.clone())) {
                continue;
            }
            let follow = |module: &str, member: &str| {
                let found = find(&place.path, module);
                found.map(|place| (place, Box::from(member)))
            };
            let classes = Arc::clone(&place.classes);
            let Some(class) = classes.classes.get(&name) else {
                let import = classes.imports.get(&name);
                let found = import.and_then(|(module, member)| follow(module, member));
                ancestry.is_whole &= found.is_some();
                waiting.extend(found);
                continue;
            };
            for base in &class.bases {
                let found = match base {
                    Parent::Imported(module, member) => follow(module, member),
                    Parent::Local(name) => Some((place.clone(), name.clone())),
                    Parent::Unknown => None,
                    Parent::Plain(name) => {
                        ancestry.names.push(name.clone());
                        continue;
                    }
                    Parent::Standard(methods) => {
                        let documented = methods.split(' ').map(|it| (it.into(), true));
                        ancestry.methods.extend(documented);
                        continue;
                    }
                };
                ancestry.is_whole &= found.is_some();
                waiting.extend(found);
            }
            ancestry.take(&name, class);
        }
        (!ancestry.names.is_empty()).then_some(ancestry)
    }

    fn take(&mut self, qualname: &str, class: &Class) {
        self.names
            .push(qualname.rsplit('.').next().unwrap_or_default().into());
        for (name, is_documented) in &class.methods {
            *self.methods.entry(name.clone()).or_default() |= is_documented;
        }
    }

    /// What it hands down under the name `method`.
    pub fn inherited(&self, method: &str) -> Inherited {
        match self.methods.get(method) {
            Some(true) => Inherited::Documented,
            Some(false) if self.is_whole => Inherited::Undocumented,
            None if self.is_whole => Inherited::Absent,
            _ => Inherited::Unknown,
        }
    }

    /// The last names of the class and all its bases, those of built-in exceptions included.
    pub fn exceptions(&self) -> impl Iterator<Item = &str> {
        let names = self.names.iter();
        names.flat_map(|it| python::exception_ancestors(it))
    }
}
