//! What stands around a `raise` and may catch it: `try`, its handlers, `contextlib.suppress`.

use super::super::token::{Kind, Token};
use super::thrown::{alias, is_class_name};

/// One part of a `try`, or a `with suppress(...)`, around a statement: a place in [`Guards`]. Each
/// knows the one around it in the same function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Guard(u32);

impl Guard {
    /// Nothing around.
    pub(in super::super) const NONE: Self = Self(u32::MAX);
}

/// All guards of a file.
#[derive(Debug, Default)]
pub(in super::super) struct Guards<'t> {
    /// Each part with the guard around it.
    parts: Vec<(Guard, Part)>,
    /// The handlers of each `try`.
    tries: Vec<Vec<ExceptClause<'t>>>,
    suppressed: Vec<Catches<'t>>,
}

/// What a guard is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// The body of this `try`, which its handlers watch.
    Body(u32),
    /// The body of a handler: of which `try`, and which one of its.
    Handler(u32, u32),
    /// The body of `with suppress(...)`.
    Suppress(u32),
}

/// An `except` clause.
#[derive(Debug)]
pub(super) struct ExceptClause<'t> {
    /// What it catches.
    pub(super) catches: Catches<'t>,
    /// The name it binds.
    pub(super) name: Option<&'t str>,
    /// Whether it raises again what it caught.
    pub(super) reraises: bool,
}

/// The classes that a handler names.
#[derive(Debug, Default)]
pub(super) struct Catches<'t> {
    /// Their last names; `BaseException` for a bare `except`.
    pub(super) names: Vec<&'t str>,
    /// Whether it names something that cannot be read, and so may catch anything.
    pub(super) others: bool,
}

impl<'t> Guards<'t> {
    /// The body of a new `try`, whose number comes with it.
    pub(in super::super) fn try_body(&mut self, outer: Guard) -> (Guard, u32) {
        let number = self.tries.len() as u32;
        self.tries.push(Vec::new());
        (self.push(outer, Part::Body(number)), number)
    }

    /// The body of a handler of the `try` with this number; `header` is the clause up to its colon.
    pub(in super::super) fn handler(
        &mut self,
        outer: Guard,
        number: u32,
        text: &'t str,
        header: &[Token],
    ) -> Guard {
        let Some(handlers) = self.tries.get_mut(number as usize) else {
            return outer;
        };
        handlers.push(ExceptClause::read(text, header));
        let part = Part::Handler(number, handlers.len() as u32 - 1);
        self.push(outer, part)
    }

    /// The body of a `with` whose `header` may hold `suppress(...)`.
    pub(in super::super) fn with_body(
        &mut self,
        outer: Guard,
        text: &'t str,
        header: &[Token],
    ) -> Guard {
        let suppress = header.windows(2).position(|pair| {
            (pair[0].kind, pair[1].kind) == (Kind::Name, Kind::OpenParen)
                && pair[0].span().of(text) == "suppress"
        });
        let Some(at) = suppress else { return outer };
        let inside = &header[at + 2..];
        let depth = header[at + 1].depth;
        let close = inside.iter().position(|token| token.depth == depth);
        let mut catches = Catches::default();
        catches.read(text, &inside[..close.unwrap_or(inside.len())]);
        self.suppressed.push(catches);
        self.push(outer, Part::Suppress(self.suppressed.len() as u32 - 1))
    }

    fn push(&mut self, outer: Guard, part: Part) -> Guard {
        self.parts.push((outer, part));
        Guard(self.parts.len() as u32 - 1)
    }

    /// The guards from `guard` outwards.
    pub(super) fn outwards(&self, guard: Guard) -> impl Iterator<Item = Part> {
        let mut next = guard;
        std::iter::from_fn(move || {
            let (outer, part) = *self.parts.get(next.0 as usize)?;
            next = outer;
            Some(part)
        })
    }

    /// The handlers of a `try`.
    pub(super) fn handlers(&self, number: u32) -> &[ExceptClause<'t>] {
        self.tries.get(number as usize).map_or(&[], Vec::as_slice)
    }

    /// What a `with suppress(...)` catches.
    pub(super) fn suppressed(&self, at: u32) -> Option<&Catches<'t>> {
        self.suppressed.get(at as usize)
    }

    /// The handler around `guard` that bound `name`, or the innermost where `name` is `None`.
    pub(super) fn caught(&self, guard: Guard, name: Option<&str>) -> Option<(u32, u32)> {
        self.outwards(guard).find_map(|part| match part {
            Part::Handler(number, at)
                if name.is_none() || self.handlers(number)[at as usize].name == name =>
            {
                Some((number, at))
            }
            _ => None,
        })
    }

    /// Note that a handler raises again what it caught.
    pub(super) fn set_reraises(&mut self, (number, at): (u32, u32)) {
        self.tries[number as usize][at as usize].reraises = true;
    }
}

impl<'t> ExceptClause<'t> {
    /// `except`, `except E`, `except (A, m.B) as e`, `except* E`, and Python 2's `except E, e`.
    fn read(text: &'t str, header: &[Token]) -> Self {
        let mut types = header.get(1..).unwrap_or_default();
        if let [star, rest @ ..] = types
            && star.kind == Kind::Star
        {
            types = rest;
        }
        let mut name = None;
        if let [before @ .., keyword, bound] = types
            && (keyword.kind == Kind::As || keyword.kind == Kind::Comma && keyword.depth == 0)
            && bound.kind == Kind::Name
        {
            let bound = bound.span().of(text);
            if keyword.kind == Kind::As || !is_class_name(bound) {
                name = Some(bound);
                types = before;
            }
        }
        let mut catches = Catches::default();
        catches.read(text, types);
        if types.is_empty() {
            catches.names.push("BaseException");
        }
        Self {
            catches,
            name,
            reraises: false,
        }
    }
}

impl<'t> Catches<'t> {
    /// Read the classes that `tokens` name: one, or several between commas, in parentheses or not.
    fn read(&mut self, text: &'t str, tokens: &[Token]) {
        let mut tokens = tokens;
        while let [open, inner @ .., close] = tokens
            && (open.kind, close.kind) == (Kind::OpenParen, Kind::CloseParen)
        {
            tokens = inner;
        }
        let depth = tokens.first().map_or(0, |first| first.depth);
        for part in tokens.split(|token| token.kind == Kind::Comma && token.depth == depth) {
            let is_path = part
                .iter()
                .all(|token| matches!(token.kind, Kind::Name | Kind::Dot));
            match part.last() {
                Some(last)
                    if is_path && (part.len() > 1 || is_class_name(last.span().of(text))) =>
                {
                    let last = last.span().of(text);
                    let alias = match part {
                        [module, _, _] => alias(module.span().of(text), last),
                        _ => None,
                    };
                    self.names.push(alias.unwrap_or(last));
                }
                Some(_) => self.others = true,
                None => {}
            }
        }
    }
}
