//! What the docstring of one symbol must hold, by what its code says.

use hashbrown::HashSet;
use smallvec::SmallVec;

use super::annotation::Returned;
use super::role::{self, Roles};
use super::{Inherited, Overrides, Reading, Visibility};
use crate::docstring::Docstring;
use crate::python::{
    self, Body, Facts, Param, ParamKind, RaiseReason, Raised, Signature, Symbol, SymbolId,
    SymbolKind,
};
use crate::text::Span;

/// How firmly something is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// Not at all.
    #[default]
    No,
    /// Perhaps: the method may inherit a docstring from a base that is not known.
    Perhaps,
    /// Certainly.
    Yes,
}

/// Some parameters of one signature; a few of them need no place of their own.
pub type Params<'a> = SmallVec<[&'a Param<'a>; 4]>;

/// What the docstring of one symbol must hold.
#[derive(Clone, Debug, Default)]
pub struct Requirement<'a> {
    /// What decorators make of the symbol.
    pub roles: Roles,
    /// Whether a docstring has to be there.
    pub presence: Asked,
    /// Whether the docstring has to be complete.
    pub parts: Asked,
    /// The parameters to be documented, in the order of the signature; a class's are its constructor's.
    pub params: Params<'a>,
    /// What shows that a value is returned that has to be documented: the first `return x`, or the annotation.
    pub returns: Option<Span>,
    /// What shows that values are yielded that have to be documented: the first `yield x`.
    pub yields: Option<Span>,
    /// Whether what is returned is yielded: `Returns` and `Yields` serve alike.
    pub either: bool,
    /// Whether others do what it promises: it is abstract, in a protocol, a stub.
    pub is_promise: bool,
    /// What calling it certainly does not do.
    pub never: Never,
    /// The exceptions to be documented, one entry a class, in the order of the text.
    pub raises: Vec<&'a Raised<'a>>,
}

/// What calling a function certainly does not do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Never {
    /// It gives no value.
    pub returns: bool,
    /// It gives nothing to iterate over.
    pub yields: bool,
}

impl<'a> Requirement<'a> {
    /// What the docstring of the symbol `id` must hold.
    pub fn of(reading: &'a Reading<'a>, id: SymbolId) -> Self {
        let symbol = reading.module.symbol(id);
        let roles = Roles::of(symbol, reading.module.text);
        let docstring = reading.docstring(id).map(|it| &it.parsed);
        let (presence, parts) = asked(reading, id, roles, docstring);
        let mut requirement = Self {
            roles,
            presence,
            parts,
            ..Self::default()
        };
        if presence == Asked::No && docstring.is_none() {
            return requirement;
        }
        match symbol.kind {
            SymbolKind::Module | SymbolKind::Package => {}
            SymbolKind::Class => requirement.read_constructor(reading, id),
            SymbolKind::Function | SymbolKind::Method => requirement.read_function(reading, symbol),
        }
        requirement
    }

    fn read_constructor(&mut self, reading: &'a Reading<'a>, class: SymbolId) {
        if let Some(id) = reading.constructor(class) {
            let constructor = reading.module.symbol(id);
            let roles = Roles::of(constructor, reading.module.text);
            self.params = wanted_params(constructor, roles, reading.module.text);
        } else if let Some(record) = reading.record(class) {
            self.params = record.wanted().collect();
        }
    }

    fn read_function(&mut self, reading: &'a Reading<'a>, symbol: &'a Symbol<'a>) {
        let Some(signature) = &symbol.signature else {
            return;
        };
        let text = reading.module.text;
        let is_promise = self.roles.has(Roles::ABSTRACT)
            || reading.is_stub
            || symbol.facts.body.is_stub()
            || is_in_protocol(reading, symbol);
        self.is_promise = is_promise || is_unfinished(symbol, text);
        if self.roles.has(Roles::SETTER.and(Roles::PROPERTY)) {
            return;
        }
        self.params = wanted_params(symbol, self.roles, text);
        self.read_value(symbol, signature, is_promise, text);
        self.raises = wanted_raises(reading, &symbol.facts, is_promise);
    }

    fn read_value(
        &mut self,
        symbol: &Symbol<'_>,
        signature: &Signature<'_>,
        is_promise: bool,
        text: &str,
    ) {
        let facts = &symbol.facts;
        let annotation = signature
            .returns
            .map(|span| (span, Returned::of(span.of(text))));
        let family = annotation.map(|(_, family)| family);
        let yields = facts.yields.is_some() && !self.roles.has(Roles::COROUTINE);
        self.either = self.roles.has(Roles::CONTEXT_MANAGER)
            || self.roles.has(Roles::FIXTURE)
            || (!yields && family.is_some_and(Returned::is_iterator));
        let says_nothing = family == Some(Returned::Nothing);
        let may_be_more = is_promise || annotation.is_some() || is_unfinished(symbol, text);
        self.never.returns = facts.returns_value.is_none()
            && !self.either
            && (says_nothing || yields || (!may_be_more && facts.yields.is_none()));
        self.never.yields = facts.yields.is_none()
            && !self.either
            && (says_nothing || (!may_be_more && facts.returns_value.is_none()));
        if says_nothing {
            return;
        }
        if yields {
            let empty = family == Some(Returned::EmptyIterator);
            self.yields = facts.yields_value.filter(|_| !empty);
            return;
        }
        let none = facts
            .returns_none
            .filter(|_| family == Some(Returned::Optional));
        let promised = match annotation {
            Some((span, family)) if is_promise && family != Returned::EmptyIterator => Some(span),
            _ => None,
        };
        self.returns = facts.returns_value.or(promised).or(none);
    }
}

/// Whether what is to be done is left to others: some `raise NotImplementedError`, or all there is is one `raise`.
fn is_unfinished(symbol: &Symbol<'_>, text: &str) -> bool {
    let raises = &symbol.facts.raises;
    if raises.is_empty() {
        return false;
    }
    let docstring = symbol.docstring.as_ref();
    let start = docstring.map_or(symbol.facts.body_start, |it| it.span.end);
    let rest = Span::new(start, symbol.span.end).of(text).trim();
    raises
        .iter()
        .any(|it| is_placeholder(it.name) || it.span.of(text) == rest)
}

/// Exceptions that say that others have to do the work; `AbstractMethodError` is pandas's.
fn is_placeholder(exception: &str) -> bool {
    matches!(exception, "NotImplementedError" | "AbstractMethodError")
}

/// Whether presence and parts are asked.
fn asked(
    reading: &Reading<'_>,
    id: SymbolId,
    roles: Roles,
    docstring: Option<&Docstring<'_>>,
) -> (Asked, Asked) {
    let symbol = reading.module.symbol(id);
    let visibility = reading.visibility(id);
    let settings = &reading.settings;
    let is_constructor = symbol.kind == SymbolKind::Method && symbol.name == "__init__";
    let presence = (settings.presence.has(visibility) && !is_constructor)
        || (settings.constructors && is_constructor && visibility == Visibility::Magic);
    let parts = settings.parts.has(visibility);
    if !presence && !parts {
        return (Asked::No, Asked::No);
    }
    let exempt = Roles::OVERLOAD
        .and(Roles::OVERRIDE)
        .and(Roles::SETTER)
        .and(Roles::DOCUMENTED);
    if roles.has(exempt) || docstring.is_some_and(|it| refers_to_base(it) || is_reference(it)) {
        return (Asked::No, Asked::No);
    }
    let firmly = if settings.overrides == Overrides::Document {
        Asked::Yes
    } else {
        match reading.inherited(id) {
            Inherited::Documented => Asked::No,
            Inherited::Unknown => Asked::Perhaps,
            Inherited::Undocumented | Inherited::Absent => Asked::Yes,
        }
    };
    let nothing_to_say =
        reading.is_stub || is_empty_module(symbol) || is_for_checkers(reading, symbol);
    let when = |wanted: bool| if wanted { firmly } else { Asked::No };
    (when(presence && !nothing_to_say), when(parts))
}

/// Whether the docstring leaves all to the base's: `See base class.` (Google's style guide, 3.8.3.1), `{@inheritDoc}`.
pub fn refers_to_base(docstring: &Docstring<'_>) -> bool {
    const MARKS: [&str; 2] = ["see base class", "{@inheritdoc}"];
    let value = docstring.value.trim_start().as_bytes();
    MARKS.iter().any(|mark| {
        let head = value.get(..mark.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(mark.as_bytes()))
    })
}

/// Whether the docstring is one line that says where to look: `See has_perms().`
fn is_reference(docstring: &Docstring<'_>) -> bool {
    let line = docstring.value.trim();
    line.starts_with("See ") && !line.contains('\n')
}

fn is_empty_module(symbol: &Symbol<'_>) -> bool {
    symbol.kind.is_module() && symbol.facts.body == Body::Empty
}

/// Whether it is a stub that only type checkers see: `...` below `if TYPE_CHECKING:`.
fn is_for_checkers(reading: &Reading<'_>, symbol: &Symbol<'_>) -> bool {
    if !symbol.kind.is_function() || symbol.facts.body != Body::Empty || symbol.docstring.is_some()
    {
        return false;
    }
    let before = Span::new(0, symbol.header.start).of(reading.module.text);
    let mut lines = before.rsplit('\n');
    let own = lines.next().unwrap_or_default().len();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_around = |line: &&str| !line.trim().is_empty() && indent(line) < own;
    let around = lines
        .take(if own == 0 { 0 } else { FARTHEST })
        .find(is_around)
        .map(str::trim);
    around.is_some_and(|it| it.starts_with("if ") && it.contains("TYPE_CHECKING"))
}

/// How many lines above a stub its block's header is looked for.
const FARTHEST: usize = 200;

fn is_in_protocol(reading: &Reading<'_>, symbol: &Symbol<'_>) -> bool {
    let class = symbol.parent.filter(|_| symbol.kind == SymbolKind::Method);
    class.is_some_and(|class| {
        let mut bases = reading.module.symbol(class).base_names(reading.module.text);
        bases.any(|base| base == "Protocol")
    })
}

/// The parameters to be documented: neither `self` nor `_x`, nor `*args` and `**kwargs` that are handed
/// on whole or belong to a `ParamSpec` (PEP 612).
fn wanted_params<'a>(symbol: &'a Symbol<'a>, roles: Roles, text: &str) -> Params<'a> {
    let params = symbol.signature.iter().flat_map(|it| &it.params);
    let bound = role::is_bound(symbol, roles);
    let wanted = params.enumerate().filter(|&(at, param)| {
        if param.kind.stars().is_empty() {
            let is_self = bound && at == 0;
            return !is_self && !param.name.starts_with('_');
        }
        let is_told_elsewhere =
            is_param_spec(param, text) || python::only_forwards(text, symbol, param);
        !param.name.starts_with('_') && !is_told_elsewhere
    });
    wanted.map(|(_, param)| param).collect()
}

fn is_param_spec(param: &Param<'_>, text: &str) -> bool {
    let annotation = param
        .annotation
        .map(|span| span.of(text))
        .unwrap_or_default();
    let member = if param.kind == ParamKind::VarPositional {
        ".args"
    } else {
        ".kwargs"
    };
    annotation.trim_matches(['"', '\'']).ends_with(member)
}

/// Whether a handler around it names a base of the class that another file tells of.
fn is_caught(reading: &Reading<'_>, raised: &Raised<'_>) -> bool {
    let caught = &raised.perhaps_caught;
    !caught.is_empty()
        && reading.has_exception_ancestor(raised.name, &mut |name| caught.contains(&name))
}

/// The exceptions to be documented, each class once. One that a handler of everything hands on comes from
/// what is called, not from here; a private class is nothing that a reader could name.
fn wanted_raises<'a>(
    reading: &Reading<'_>,
    facts: &'a Facts<'a>,
    is_promise: bool,
) -> Vec<&'a Raised<'a>> {
    let mut wanted: Vec<&Raised<'_>> = Vec::new();
    let mut known: HashSet<&str> = HashSet::new();
    for raised in &facts.raises {
        let handed_on = raised.reason == RaiseReason::Reraised
            && matches!(raised.name, "" | "Exception" | "BaseException");
        let placeholder =
            raised.name == "AbstractMethodError" || (is_promise && is_placeholder(raised.name));
        let is_private = raised.name.starts_with('_');
        let is_known = known.contains(raised.name);
        if !(handed_on || placeholder || is_private || is_known || is_caught(reading, raised)) {
            known.insert(raised.name);
            wanted.push(raised);
        }
    }
    wanted
}
