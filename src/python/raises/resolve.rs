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
            let raised = Raised {
                name,
                span: event.span,
                reason,
            };
            let earlier = facts.raises.iter().rev();
            let mut earlier = earlier.take_while(|other| other.span == event.span);
            let is_new = earlier.all(|other| other.name != name);
            if is_new && leaves(event, name, &guards, &hierarchy) {
                facts.raises.push(raised);
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

/// Whether no guard around the event catches `name` for good.
fn leaves(event: &Event<'_>, name: &str, guards: &Guards<'_>, hierarchy: &Hierarchy<'_>) -> bool {
    let catches = |catches: &Catches<'_>| {
        catches.others
            || catches
                .names
                .iter()
                .any(|caught| hierarchy.catches(caught, name))
    };
    guards.outwards(event.guard).all(|part| match part {
        Part::Body(number) => {
            let handler = guards
                .handlers(number)
                .iter()
                .find(|it| catches(&it.catches));
            handler.is_none_or(|handler| handler.reraises)
        }
        Part::Suppress(at) => !guards.suppressed(at).is_some_and(catches),
        Part::Handler(..) => true,
    })
}
