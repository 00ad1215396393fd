//! From the events of a file to what leaves each of its functions.

use super::super::symbol::Symbol;
use super::super::{RaiseReason, Raised};
use super::guard::{Catches, Guards, Part};
use super::hierarchy::Hierarchy;
use super::origin::Origins;
use super::{Event, Thrown};

/// Classes that one statement can raise, at most: more than that nobody documents.
pub(super) const CLASS_LIMIT: usize = 16;

/// Add to the facts of `symbols` what they raise. Events must be in the order of the text.
pub(in super::super) fn resolve<'t>(
    text: &'t str,
    symbols: &mut [Symbol<'t>],
    mut guards: Guards<'t>,
    events: &[Event<'t>],
) {
    if events.is_empty() {
        return;
    }
    mark_reraising(&mut guards, events);
    let hierarchy = Hierarchy::new(text, symbols);
    let mut origins = Origins::default();
    for event in events {
        let mut classes = classes(event, &guards, &hierarchy);
        if classes.is_empty() {
            classes = origins.classes(text, symbols, &hierarchy, event);
        }
        let facts = &mut symbols[event.scope.0 as usize].facts;
        for (name, reason) in classes.into_iter().take(CLASS_LIMIT) {
            let earlier = facts.raises.iter().rev();
            let mut earlier = earlier.take_while(|other| other.span == event.span);
            let is_new = earlier.all(|other| other.name != name);
            if !is_new {
                continue;
            }
            if let Some(perhaps_caught) = leaves(event, name, &guards, &hierarchy) {
                facts.raises.push(Raised {
                    name,
                    span: event.span,
                    reason,
                    perhaps_caught,
                });
            }
        }
    }
}

/// Note which handlers raise again what they caught.
fn mark_reraising(guards: &mut Guards<'_>, events: &[Event<'_>]) {
    for event in events {
        let name = match event.thrown {
            Thrown::Caught => None,
            Thrown::Variable(name) => Some(name),
            _ => continue,
        };
        if let Some(handler) = guards.caught(event.guard, name) {
            guards.set_reraises(handler);
        }
    }
}

/// The classes that an event names itself, or by the handler around it.
fn classes<'t>(
    event: &Event<'t>,
    guards: &Guards<'t>,
    hierarchy: &Hierarchy<'t>,
) -> Vec<(&'t str, RaiseReason)> {
    let bound = match event.thrown {
        Thrown::Class { name, .. } => return vec![(name, RaiseReason::Named)],
        Thrown::Function(name) if hierarchy.defines(name) => {
            return vec![(name, RaiseReason::Named)];
        }
        Thrown::Caught => None,
        Thrown::Variable(name) => Some(name),
        Thrown::Function(_) | Thrown::Method(_) => return Vec::new(),
    };
    match guards.caught(event.guard, bound) {
        Some((number, at)) => {
            let names = &guards.handlers(number)[at as usize].catches.names;
            let reraised = |&name: &&'t str| (name, RaiseReason::Reraised);
            names.iter().map(reraised).collect()
        }
        None => match bound {
            Some(name) if hierarchy.defines(name) => vec![(name, RaiseReason::Named)],
            _ => Vec::new(),
        },
    }
}

/// Whether no guard around the event catches `name` for good; if so, what guards name that may be its bases.
fn leaves<'t>(
    event: &Event<'_>,
    name: &str,
    guards: &Guards<'t>,
    hierarchy: &Hierarchy<'_>,
) -> Option<Vec<&'t str>> {
    let catches = |catches: &Catches<'_>| {
        catches.others
            || catches
                .names
                .iter()
                .any(|caught| hierarchy.catches(caught, name))
    };
    let mut perhaps: Vec<&str> = Vec::new();
    for part in guards.outwards(event.guard) {
        match part {
            Part::Body(number) => {
                let handlers = guards.handlers(number);
                let handler = handlers.iter().position(|it| catches(&it.catches));
                if handler.is_some_and(|at| !handlers[at].reraises) {
                    return None;
                }
                let others = &handlers[..handler.unwrap_or(handlers.len())];
                let others = others.iter().filter(|it| !it.reraises);
                perhaps.extend(others.flat_map(|it| &it.catches.names));
            }
            Part::Suppress(at) => {
                let suppressed = guards.suppressed(at)?;
                if catches(suppressed) {
                    return None;
                }
                perhaps.extend(&suppressed.names);
            }
            Part::Handler(..) => {}
        }
    }
    perhaps.truncate(CLASS_LIMIT);
    if !perhaps.is_empty() && !hierarchy.comes_from_elsewhere(name) {
        perhaps.clear();
    }
    Some(perhaps)
}
