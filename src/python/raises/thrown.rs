//! What a `raise` names, read from its tokens.

use super::super::token::{Kind, Token};

/// What an expression behind `raise` throws, as far as its tokens tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Thrown<'t> {
    /// What the handler around it caught: bare `raise`.
    Caught,
    /// This class: `E`, `E(...)`, `m.E(...)`, `E.from_x()`.
    Class {
        /// Its last name.
        name: &'t str,
        /// Whether the class, or a method of it, is called, so that the value is an instance.
        is_called: bool,
    },
    /// The value of this variable, or what a handler bound to it.
    Variable(&'t str),
    /// What this function gives.
    Function(&'t str),
    /// What this method of the class around gives.
    Method(&'t str),
}

/// Read every branch of the expression in `tokens`, up to a `from` or, in Python 2, a comma.
pub(in super::super) fn each_thrown<'t>(
    text: &'t str,
    tokens: &[Token],
    mut found: impl FnMut(Thrown<'t>),
) {
    let mut rest = tokens;
    let mut is_inner = false;
    while let Some(first) = rest.first() {
        let depth = first.depth;
        let at = |kinds: &[Kind]| {
            let ends = |token: &Token| token.depth == depth && kinds.contains(&token.kind);
            rest.iter().position(ends)
        };
        let end = at(&[Kind::From, Kind::Comma]).unwrap_or(rest.len());
        // A tuple in parentheses is no exception.
        if end == 0 || is_inner && at(&[Kind::Comma]).is_some() {
            return;
        }
        let (condition, other) = (at(&[Kind::If]), at(&[Kind::Else]));
        let behind = &rest[1..end];
        let close = behind.iter().position(|token| token.depth == depth);
        let is_grouped = first.kind == Kind::OpenParen && close.is_some_and(|at| at + 2 == end);
        if is_grouped {
            is_inner = true;
            rest = &rest[1..end - 1];
            continue;
        }
        let branch = &rest[..condition.unwrap_or(end).min(end)];
        if let Some(thrown) = primary(text, branch) {
            found(thrown);
        }
        match other {
            Some(other) if condition.is_some() && other < end => rest = &rest[other + 1..end],
            _ => return,
        }
    }
}

/// A dotted name, perhaps called, perhaps with a method called on that.
fn primary<'t>(text: &'t str, tokens: &[Token]) -> Option<Thrown<'t>> {
    let name = |token: &Token| token.span().of(text);
    let length = tokens
        .iter()
        .enumerate()
        .take_while(|(at, token)| token.kind == if at % 2 == 0 { Kind::Name } else { Kind::Dot })
        .count();
    let (path, rest) = tokens.split_at(length);
    let last = path.last().filter(|token| token.kind == Kind::Name)?;
    let before = path.iter().rev().nth(2).map(name);
    let last = name(last);
    let is_called = match rest.first().map(|token| token.kind) {
        None => false,
        Some(Kind::OpenParen) if is_calls(rest) => true,
        Some(_) => return None,
    };
    let class = |name| Thrown::Class { name, is_called };
    match before {
        _ if is_class_name(last) => Some(class(last)),
        Some("self" | "cls") => (is_called && path.len() == 3).then_some(Thrown::Method(last)),
        Some(class_name) if is_called && is_class_name(class_name) => Some(class(class_name)),
        Some(variable) if is_called && path.len() == 3 && last == "with_traceback" => {
            Some(Thrown::Variable(variable))
        }
        Some(module) if path.len() == 3 && alias(module, last).is_some() => {
            alias(module, last).map(class)
        }
        Some(_) if LOWER_CASE_CLASSES.contains(&last) => Some(class(last)),
        Some(_) => None,
        None if is_called => Some(Thrown::Function(last)),
        None => Some(Thrown::Variable(last)),
    }
}

/// Whether `tokens`, which begin with a parenthesis, are a call and calls of methods on its value.
fn is_calls(tokens: &[Token]) -> bool {
    let Some(first) = tokens.first() else {
        return true;
    };
    let outside = tokens.iter().filter(|token| token.depth == first.depth);
    outside.into_iter().all(|token| {
        matches!(
            token.kind,
            Kind::OpenParen | Kind::CloseParen | Kind::Dot | Kind::Name
        )
    })
}

/// Classes of the standard library that look like functions: `socket.error`, `select.error`.
const LOWER_CASE_CLASSES: &[&str] = &["error", "timeout", "gaierror", "herror"];

/// The built-in class that a module of the standard library has under a name of its own: `os.error`.
pub fn alias(module: &str, name: &str) -> Option<&'static str> {
    match (module, name) {
        ("os" | "socket" | "select" | "mmap", "error") => Some("OSError"),
        ("socket", "timeout") => Some("TimeoutError"),
        _ => None,
    }
}

/// Whether a name looks like a class: a capital first, underscores apart, not `CONSTANT`,
/// and not ctypes' function `WinError`.
pub(super) fn is_class_name(name: &str) -> bool {
    let name = name.trim_start_matches('_');
    let is_constant = name.len() > 2 && !name.contains(char::is_lowercase);
    name.starts_with(char::is_uppercase) && !is_constant && name != "WinError"
}
