//! The attributes of a class: names of its body, and what its methods set on `self`.

use std::collections::BTreeMap;

use super::expression::{header_end, is_header, split_assignment};
use super::own_lines::{OwnLines, statements};
use super::symbol::{Symbol, SymbolId, SymbolKind, last_name};
use super::token::{Kind, Token, span_of};
use super::{DocstringSlot, Module};
use crate::text::Span;

/// One attribute, where it is first set.
#[derive(Clone, Debug)]
pub struct Attribute<'t> {
    /// Its name.
    pub name: &'t str,
    /// The name where it is set.
    pub span: Span,
    /// Where it is set.
    pub origin: AttributeOrigin,
    /// The expression of its annotation.
    pub annotation: Option<Span>,
    /// The expression of its value; `None` for a bare annotation, and for what is unpacked, looped
    /// over or bound by `with`.
    pub value: Option<Span>,
    /// What documents it.
    pub doc: Option<AttributeDoc>,
}

/// Where an attribute is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttributeOrigin {
    /// In the class's body.
    Body,
    /// On the first parameter of `__init__` (`__new__`, `__post_init__` and `__attrs_post_init__` too).
    Init,
    /// On the first parameter of another method.
    Method,
}

/// What documents an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeDoc {
    /// A string below it.
    String(DocstringSlot),
    /// Comments that begin with `#:`, above it or behind it on its line, first to last.
    Comments(Vec<Span>),
}

/// The attributes of a class in the order of the text, each once: the names that its body assigns or
/// annotates, then what its methods assign on their first parameter. Names between double underscores
/// are left out. For a module, the names that it assigns. Reads the symbol's text again.
pub fn attributes<'t>(module: &Module<'t>, id: SymbolId) -> Vec<Attribute<'t>> {
    let mut reader = Reader {
        text: module.text,
        found: Vec::new(),
        places: BTreeMap::new(),
    };
    reader.scope(module, id, None, AttributeOrigin::Body);
    if module.symbol(id).kind == SymbolKind::Class {
        for (method, symbol) in module.children(id) {
            if let Some(receiver) = receiver(symbol, module.text) {
                let origin = match symbol.name {
                    "__init__" | "__new__" | "__post_init__" | "__attrs_post_init__" => {
                        AttributeOrigin::Init
                    }
                    _ => AttributeOrigin::Method,
                };
                reader.scope(module, method, Some(receiver), origin);
            }
        }
    }
    reader.found
}

/// The first parameter of a method that gets an instance or class.
fn receiver<'t>(method: &Symbol<'t>, text: &str) -> Option<&'t str> {
    let is_static = |span: &Span| last_name(span.of(text)) == Some("staticmethod");
    if method.kind != SymbolKind::Method || method.decorators.iter().any(is_static) {
        return None;
    }
    let params = &method.signature.as_ref()?.params;
    params.first().map(|param| param.name)
}

struct Reader<'t> {
    text: &'t str,
    found: Vec<Attribute<'t>>,
    /// The place of each name in `found`.
    places: BTreeMap<&'t str, usize>,
}

impl<'t> Reader<'t> {
    /// Read what one scope assigns: to names, or to attributes of `receiver`.
    fn scope(
        &mut self,
        module: &Module<'t>,
        id: SymbolId,
        receiver: Option<&str>,
        origin: AttributeOrigin,
    ) {
        let mut lines = OwnLines::new(module.text, &module.symbols, id);
        // Attributes that the statement before set, which a string may document.
        let mut before: Vec<usize> = Vec::new();
        while let Some((_, tokens, comments)) = lines.next() {
            let mut comments = Some(comments).filter(|comments| !comments.is_empty());
            let is_indented = is_header(tokens);
            for statement in statements(tokens) {
                if let Some(doc) = DocstringSlot::from_statement(self.text, statement) {
                    for at in before.drain(..) {
                        let attribute = &mut self.found[at];
                        attribute
                            .doc
                            .get_or_insert(AttributeDoc::String(doc.clone()));
                    }
                    continue;
                }
                before.clear();
                let comments = comments.take();
                for mut attribute in targets(self.text, statement, receiver) {
                    attribute.origin = origin;
                    attribute.doc = comments.clone().map(AttributeDoc::Comments);
                    before.extend(self.add(attribute));
                }
            }
            if is_indented {
                before.clear();
            }
        }
    }

    /// Keep an attribute, or what it adds to the one of its name; its place.
    fn add(&mut self, attribute: Attribute<'t>) -> Option<usize> {
        let name = attribute.name;
        if name.starts_with("__") && name.ends_with("__") {
            return None;
        }
        let at = *self.places.entry(name).or_insert(self.found.len());
        if at == self.found.len() {
            self.found.push(attribute);
            return Some(at);
        }
        let known = &mut self.found[at];
        known.annotation = known.annotation.or(attribute.annotation);
        known.value = known.value.or(attribute.value);
        known.doc = known.doc.take().or(attribute.doc);
        Some(at)
    }
}

/// What a statement assigns or annotates.
fn targets<'t>(text: &'t str, statement: &[Token], receiver: Option<&str>) -> Vec<Attribute<'t>> {
    let attribute = |target: &[Token], annotation, value| {
        let name = match (receiver, target) {
            (None, [name]) => name,
            (Some(receiver), [object, dot, name])
                if dot.kind == Kind::Dot && object.span().of(text) == receiver =>
            {
                name
            }
            _ => return None,
        };
        (name.kind == Kind::Name).then(|| Attribute {
            name: name.span().of(text),
            span: name.span(),
            origin: AttributeOrigin::Body,
            annotation,
            value,
            doc: None,
        })
    };
    let mut targets: Vec<&[Token]> = split_assignment(statement).collect();
    let value = if targets.len() > 1 {
        targets.pop()
    } else {
        None
    };
    let value = value.and_then(span_of);
    let first = targets.first().copied().unwrap_or_default();
    if let (Some(colon), _) = header_end(first) {
        let annotation = span_of(&first[colon + 1..]);
        return attribute(&first[..colon], annotation, value)
            .into_iter()
            .collect();
    }
    if value.is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for target in targets {
        let is_whole = |part: &[Token]| part.len() == target.len();
        // Targets within targets, innermost last.
        let mut rest = vec![target];
        while let Some(part) = rest.pop() {
            match part {
                [first, ..] if part.iter().any(|it| is_comma(it, first.depth)) => {
                    let parts = part.split(|it| is_comma(it, first.depth));
                    rest.extend(parts.rev().filter(|part| !part.is_empty()));
                }
                [star, inner @ ..] if star.kind == Kind::Star => rest.push(inner),
                [open, inner @ .., close] if open.kind.opens() && close.kind.closes() => {
                    rest.push(inner);
                }
                name => found.extend(attribute(name, None, value.filter(|_| is_whole(name)))),
            }
        }
    }
    found
}

fn is_comma(token: &Token, depth: u16) -> bool {
    token.kind == Kind::Comma && token.depth == depth
}

#[cfg(test)]
mod tests {
    use super::super::outline;
    use super::*;

    /// The attributes of the first class: `origin name: annotation = value # doc`.
    fn read(text: &str) -> Vec<String> {
        let module = outline(text, SymbolKind::Module);
        let source = |mark: &str, span: Option<Span>| {
            span.map_or(String::new(), |span| format!("{mark}{}", span.of(text)))
        };
        let describe = |attribute: Attribute<'_>| {
            let doc = match attribute.doc {
                Some(AttributeDoc::String(slot)) => format!(" # {}", slot.value(text).text),
                Some(AttributeDoc::Comments(spans)) => {
                    spans.iter().map(|&span| source(" ", Some(span))).collect()
                }
                None => String::new(),
            };
            let (annotation, value) = (attribute.annotation, attribute.value);
            let (annotation, value) = (source(": ", annotation), source(" = ", value));
            format!(
                "{:?} {}{annotation}{value}{doc}",
                attribute.origin, attribute.name
            )
        };
        attributes(&module, SymbolId(1))
            .into_iter()
            .map(describe)
            .collect()
    }

    #[test]
    fn names_of_the_body() {
        let text = "class C:\n    '''Doc.'''\n    a: int = 1\n    b: str\n    c = d = f(x=2)\n    e, (g, h), *i = j\n    (v, w), [y] = z = lambda a, b=1, c=2: z\n    __slots__ = ()\n    if x:\n        k = lambda: 1\n    l += 1\n    m[0] = n.o = 2\n    def p(self): q = 1\n    class R: s = 1\n    print(t=1); u = 2\n";
        assert_eq!(
            read(text),
            [
                "Body a: int = 1",
                "Body b: str",
                "Body c = f(x=2)",
                "Body d = f(x=2)",
                "Body e",
                "Body g",
                "Body h",
                "Body i",
                "Body v",
                "Body w",
                "Body y",
                "Body z = lambda a, b=1, c=2: z",
                "Body k = lambda: 1",
                "Body u = 2"
            ]
        );
    }

    #[test]
    fn what_methods_set() {
        let text = "class C:\n    a: int\n    def __init__(this, b):\n        this.a = b\n        this.b = this.c = 1; this.d, this.e = b\n        self.x = this.y.z = this.w[0] = 2\n        def inner(this): this.v = 1\n    @classmethod\n    def make(cls): cls.f: int = 3\n    @staticmethod\n    def no(g): g.g = 1\n    if x:\n        async def h(self):\n            with x: self.h = 1\n";
        assert_eq!(
            read(text),
            [
                "Body a: int = b",
                "Init b = 1",
                "Init c = 1",
                "Init d",
                "Init e",
                "Method f: int = 3",
                "Method h = 1"
            ]
        );
    }

    #[test]
    fn documentation_below_above_and_behind() {
        let text = "class C:\n    a = 1\n    '''A.'''\n    #: B,\n    #: more.\n    b = 2\n    c = 3  #: C.\n    d = 4  # no\n    'D.'\n    def e(self): pass\n    '''Not E.'''\n    def __init__(self):\n        self.f = 5\n        '''F.'''\n        self.a = 6  #: second\n";
        assert_eq!(
            read(text),
            [
                "Body a = 1 # A.",
                "Body b = 2 #: B, #: more.",
                "Body c = 3 #: C.",
                "Body d = 4 # D.",
                "Init f = 5 # F."
            ]
        );
    }
}
