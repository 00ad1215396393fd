//! What takes up events and spans: of docgen's own code, down to one level.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: each line tells when it was"
)]

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::line::{Discretion, Fields, Happening};
use super::{Sinks, Verbosity};

/// Takes up what docgen says of its work.
#[derive(Debug)]
pub(super) struct Logger {
    level: LevelFilter,
    sinks: Sinks,
    discretion: Discretion,
    spans: Mutex<HashMap<u64, Span>>,
    next: AtomicU64,
}

/// Something that goes on.
#[derive(Debug)]
struct Span {
    name: &'static str,
    fields: Fields,
    parent: Option<u64>,
    /// How many hold it.
    holders: usize,
}

thread_local! {
    /// What goes on on this thread, the outermost first.
    static ENTERED: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// The level of tracing that stands for one of ours.
pub(super) const fn filter(verbosity: Verbosity) -> LevelFilter {
    match verbosity {
        Verbosity::Off => LevelFilter::OFF,
        Verbosity::Error => LevelFilter::ERROR,
        Verbosity::Warn => LevelFilter::WARN,
        Verbosity::Info => LevelFilter::INFO,
        Verbosity::Debug => LevelFilter::DEBUG,
        Verbosity::Trace => LevelFilter::TRACE,
    }
}

impl Logger {
    /// From now on this process logs; where it does already, it goes on as before.
    pub(super) fn install(level: Verbosity, sinks: Sinks, discretion: Discretion) {
        let logger = Self {
            level: filter(level),
            sinks,
            discretion,
            spans: Mutex::default(),
            next: AtomicU64::new(1),
        };
        let _ = tracing::subscriber::set_global_default(logger);
    }

    fn spans(&self) -> MutexGuard<'_, HashMap<u64, Span>> {
        self.spans.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What goes on around what happens now, the outermost first.
    fn around(&self, innermost: Option<u64>) -> Vec<(&'static str, Fields)> {
        let spans = self.spans();
        let mut around = Vec::new();
        let mut next = innermost;
        while let Some(span) = next.and_then(|it| spans.get(&it)) {
            around.push((span.name, span.fields.clone()));
            next = span.parent;
        }
        around.reverse();
        around
    }
}

fn innermost() -> Option<u64> {
    // A thread that ends has no place any more.
    let last = ENTERED.try_with(|it| it.try_borrow().ok()?.last().copied());
    last.ok().flatten()
}

fn entered(change: impl FnOnce(&mut Vec<u64>)) {
    let _ = ENTERED.try_with(|it| it.try_borrow_mut().map(|mut it| change(&mut it)));
}

impl Subscriber for Logger {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // What libraries say may hold what they send.
        metadata.target().starts_with("docgen") && *metadata.level() <= self.level
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.level)
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        let parent = attributes.parent().map(Id::into_u64);
        let parent = parent.or_else(|| innermost().filter(|_| attributes.is_contextual()));
        let span = Span {
            name: attributes.metadata().name(),
            fields,
            parent,
            holders: 1,
        };
        self.spans().insert(id, span);
        Id::from_u64(id)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        if let Some(span) = self.spans().get_mut(&id.into_u64()) {
            values.record(&mut span.fields);
        }
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let metadata = event.metadata();
        let when = SystemTime::now().duration_since(UNIX_EPOCH);
        let happening = Happening {
            when: when.unwrap_or_default(),
            level: *metadata.level(),
            target: metadata.target(),
            fields,
            spans: self.around(event.parent().map(Id::into_u64).or_else(innermost)),
        };
        self.sinks.write(&happening, &self.discretion);
    }

    fn enter(&self, id: &Id) {
        entered(|it| it.push(id.into_u64()));
    }

    fn exit(&self, id: &Id) {
        entered(|it| {
            if let Some(at) = it.iter().rposition(|it| *it == id.into_u64()) {
                it.remove(at);
            }
        });
    }

    fn clone_span(&self, id: &Id) -> Id {
        if let Some(span) = self.spans().get_mut(&id.into_u64()) {
            span.holders += 1;
        }
        id.clone()
    }

    fn try_close(&self, id: Id) -> bool {
        let mut spans = self.spans();
        let Some(span) = spans.get_mut(&id.into_u64()) else {
            return false;
        };
        span.holders -= 1;
        let is_over = span.holders == 0;
        if is_over {
            spans.remove(&id.into_u64());
        }
        is_over
    }
}
