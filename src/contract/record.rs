//! Classes whose fields are the parameters of an `__init__` that nobody wrote: dataclasses, attrs, pydantic, `NamedTuple`.

use std::collections::HashSet;

use crate::python::{
    self, Attribute, AttributeDoc, AttributeOrigin, Module, Param, ParamKind, Signature, Symbol,
    SymbolId,
};
use crate::text::Span;

/// The `__init__` that a class gets from its fields.
#[derive(Debug)]
pub(super) struct Record<'a> {
    /// Its parameters: the fields of bases in the same file, then its own.
    pub(super) signature: Signature<'a>,
    /// How many of them are the bases'.
    pub(super) inherited: usize,
    /// Whether there may be more: a base is not known, or fields have other names outside.
    pub(super) is_open: bool,
    /// The names that documentation beside the field explains.
    pub(super) documented: HashSet<&'a str>,
    /// All attributes: a section may speak of those that are no parameters too.
    pub(super) attributes: HashSet<&'a str>,
}

/// What makes a class a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Dataclass,
    /// attrs; whether annotations alone make fields.
    Attrs(bool),
    Pydantic,
    NamedTuple,
}

/// A field, and whether it is a parameter too.
struct Field<'a> {
    param: Param<'a>,
    is_param: bool,
}

impl<'a> Record<'a> {
    /// That of `class`; `ancestors` are its bases in the same file, `None` where not all bases are known. `None` where
    /// its fields make no `__init__`.
    pub(super) fn of(
        module: &'a Module<'a>,
        class: SymbolId,
        ancestors: &[SymbolId],
        are_all_known: bool,
    ) -> Option<Self> {
        let symbol = module.symbol(class);
        let kind = Kind::of(module, symbol).or_else(|| {
            let kinds = ancestors
                .iter()
                .map(|&it| Kind::of(module, module.symbol(it)));
            kinds.flatten().find(|&it| it == Kind::Pydantic)
        })?;
        let mut record = Self {
            signature: Signature {
                params: Vec::new(),
                returns: None,
                is_async: false,
                parentheses: Span::empty(symbol.name_span.end),
            },
            inherited: 0,
            is_open: !(are_all_known || kind.needs_no_bases(module, symbol))
                || kind.renames(module, symbol),
            documented: HashSet::new(),
            attributes: HashSet::new(),
        };
        for &base in ancestors.iter().rev() {
            record.add(module, base, kind);
        }
        record.inherited = record.signature.params.len();
        record.add(module, class, kind);
        Some(record)
    }

    /// The parameters that the class's docstring has to tell of, if it tells of any.
    pub(super) fn wanted(&'a self) -> impl Iterator<Item = &'a Param<'a>> {
        let own = self.signature.params.iter().skip(self.inherited);
        own.filter(|it| !it.name.starts_with('_') && !self.documented.contains(it.name))
    }

    fn add(&mut self, module: &'a Module<'a>, class: SymbolId, kind: Kind) {
        let mut by_keyword = kind.is_keyword_only(module, module.symbol(class));
        for attribute in python::attributes(module, class) {
            if attribute.doc.as_ref().is_some_and(says_something) {
                self.documented.insert(attribute.name);
            }
            self.attributes.insert(attribute.name);
            if attribute
                .annotation
                .is_some_and(|it| is_named(it.of(module.text), "KW_ONLY"))
            {
                by_keyword = true;
                continue;
            }
            let Some(field) = kind.field(module.text, &attribute, by_keyword) else {
                continue;
            };
            if field.is_param {
                // A field of a base that is declared again keeps its place.
                let params = &mut self.signature.params;
                match params.iter_mut().find(|it| it.name == field.param.name) {
                    Some(known) => *known = field.param,
                    None => params.push(field.param),
                }
            }
        }
    }
}

fn says_something(doc: &AttributeDoc) -> bool {
    match doc {
        AttributeDoc::String(_) => true,
        AttributeDoc::Comments(spans) => !spans.is_empty(),
    }
}

impl Kind {
    fn of(module: &Module<'_>, symbol: &Symbol<'_>) -> Option<Self> {
        for decorator in &symbol.decorators {
            let text = decorator.of(module.text);
            let (name, arguments) = text.split_once('(').unwrap_or((text, ""));
            let (first, last) = (
                name.split('.').next().unwrap_or_default().trim(),
                name.rsplit('.').next().unwrap_or_default().trim(),
            );
            let says = |words: &str| squeezed(arguments).contains(words);
            let from_attrs = || {
                let mut imports = module.imports.iter().filter(|it| it.bound == first);
                imports.any(|it| matches!(it.module, "attr" | "attrs"))
            };
            match last {
                "dataclass" if !says("init=False") => return Some(Self::Dataclass),
                "s" | "attrs" | "attributes" if from_attrs() && !says("init=False") => {
                    return Some(Self::Attrs(says("auto_attribs=True")));
                }
                "define" | "frozen" | "mutable" if from_attrs() && !says("init=False") => {
                    return Some(Self::Attrs(true));
                }
                _ => {}
            }
        }
        let mut bases = symbol.base_names(module.text);
        bases.find_map(|base| match base {
            "NamedTuple" => Some(Self::NamedTuple),
            "BaseModel" | "BaseSettings" | "SQLModel" => Some(Self::Pydantic),
            _ => None,
        })
    }

    /// Whether the bases that are not known are the ones that make it a record.
    fn needs_no_bases(self, module: &Module<'_>, symbol: &Symbol<'_>) -> bool {
        let mut bases = symbol.base_names(module.text);
        let imported = |base: &str| {
            let mut imports = module.imports.iter().filter(|it| it.bound == base);
            imports.any(|it| it.module.starts_with("pydantic") || it.module == "sqlmodel")
        };
        self == Self::Pydantic
            && symbol.bases.len() == bases.by_ref().filter(|it| imported(it)).count()
    }

    /// Whether fields may have other names as parameters, or others be taken.
    fn renames(self, module: &Module<'_>, symbol: &Symbol<'_>) -> bool {
        let text = symbol.span.of(module.text);
        match self {
            Self::Pydantic => text.contains("alias") || text.contains("extra"),
            Self::Attrs(_) => text.contains("alias"),
            Self::Dataclass | Self::NamedTuple => false,
        }
    }

    fn is_keyword_only(self, module: &Module<'_>, symbol: &Symbol<'_>) -> bool {
        let says = |it: &Span| squeezed(it.of(module.text)).contains("kw_only=True");
        self == Self::Pydantic || symbol.decorators.iter().any(says)
    }

    /// The field that an attribute of a class's body is.
    fn field<'a>(
        self,
        text: &'a str,
        attribute: &Attribute<'a>,
        by_keyword: bool,
    ) -> Option<Field<'a>> {
        if attribute.origin != AttributeOrigin::Body {
            return None;
        }
        let annotation = attribute.annotation.map(|it| it.of(text));
        let value = attribute
            .value
            .filter(|value| is_behind(text, attribute, *value));
        let call = value.map(|it| it.of(text)).and_then(called);
        let is_class_variable = annotation.is_some_and(|it| is_named(it, "ClassVar"));
        let is_field = match self {
            Self::Dataclass | Self::NamedTuple => annotation.is_some(),
            Self::Attrs(by_annotation) => {
                let made = matches!(call, Some(("ib" | "attrib" | "field", _)));
                made || (by_annotation && annotation.is_some())
            }
            Self::Pydantic => annotation.is_some() && !matches!(call, Some(("PrivateAttr", _))),
        };
        if !is_field || is_class_variable {
            return None;
        }
        let arguments = call.map(|it| squeezed(it.1)).unwrap_or_default();
        let kind = if by_keyword || arguments.contains("kw_only=True") {
            ParamKind::KeywordOnly
        } else {
            ParamKind::PositionalOrKeyword
        };
        let name = match self {
            // attrs leaves the underscores of private fields off.
            Self::Attrs(_) => attribute.name.trim_start_matches('_'),
            _ => attribute.name,
        };
        let start = attribute.span.end - name.len() as u32;
        let param = Param {
            name,
            span: Span::new(start, attribute.span.end),
            kind,
            annotation: attribute.annotation.filter(|_| !is_wrapped(annotation)),
            default: value.filter(|_| call.is_none()),
        };
        let is_private = self == Self::Pydantic && attribute.name.starts_with('_');
        let is_param = !arguments.contains("init=False") && !is_private && !name.is_empty();
        Some(Field { param, is_param })
    }
}

/// Whether `value` stands behind the attribute in the same statement: a method may have set it too.
fn is_behind(text: &str, attribute: &Attribute<'_>, value: Span) -> bool {
    let end = attribute.annotation.unwrap_or(attribute.span).end;
    let between = text.get(end as usize..value.start as usize);
    between.is_some_and(|it| it.trim_matches([')', '(', ' ', '\\', '\n', '\r', '\t']) == "=")
}

/// The last name of what is called, and the arguments, where an expression is a call.
fn called(expression: &str) -> Option<(&str, &str)> {
    let (name, arguments) = expression.split_once('(')?;
    let is_part = |c: char| c == '_' || c == '.' || c.is_alphanumeric();
    let is_name = !name.trim().is_empty() && name.trim().chars().all(is_part);
    let last = name.trim().rsplit('.').next()?;
    is_name.then_some((last, arguments))
}

/// Whether the annotation is `name`, or `name[...]`, wherever it is imported from, in quotes or not.
pub fn is_named(annotation: &str, name: &str) -> bool {
    let annotation = annotation.trim_start_matches(['"', '\'', ' ']);
    let is_part = |c: char| c == '_' || c == '.' || c.is_alphanumeric();
    let end = annotation.find(|c| !is_part(c)).unwrap_or(annotation.len());
    annotation[..end].rsplit('.').next() == Some(name)
}

/// Whether the annotation says more than the parameter's type: `InitVar[int]`.
fn is_wrapped(annotation: Option<&str>) -> bool {
    annotation.is_some_and(|it| is_named(it, "InitVar") || is_named(it, "Final"))
}

/// A text without its white space.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}
