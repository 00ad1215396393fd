//! The store that the settings name, opened; where it cannot be, the next best.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the size of the store's file is looked at"
)]

use std::fs;
use std::path::Path;

use super::args::Global;
use super::failure::{Failure, Kind, chain};
use super::jobs;
use super::screen::Screen;
use crate::ai;
use crate::config::{Options, Resolver, StoreChoice};
use crate::meter::{self, Machine};
use crate::store::{Failover, Memory, Redis, Sqlite, Store};
use secrecy::ExposeSecret as _;

/// The store that the settings of the folder `root` name.
pub(super) fn choice(
    root: &Path,
    global: &Global,
    screen: &Screen,
) -> Result<StoreChoice, Failure> {
    let sources = jobs::sources(global, Options::default(), screen)?;
    let variables = sources.variables.clone();
    let resolver = Resolver::new(root, sources)?;
    let (choice, warnings) = StoreChoice::new(&*resolver.settings(root)?, &variables)?;
    for warning in &warnings {
        screen.warn(warning);
    }
    Ok(choice)
}

/// Opens a store. A server or a file that fails is told of, and is no reason to stop.
pub(super) fn open(choice: &StoreChoice, screen: &Screen) -> Box<dyn Store> {
    match choice {
        StoreChoice::Memory => Box::new(Memory::default()),
        StoreChoice::File(folder) => file(folder.as_deref(), screen),
        StoreChoice::Redis(address, folder) => match Redis::open(address.expose_secret()) {
            Ok(redis) => Box::new(Failover::mirrored(
                Box::new(redis),
                file(folder.as_deref(), screen),
            )),
            Err(error) => {
                let store = file(folder.as_deref(), screen);
                screen.warn(&format!(
                    "{}; going on with {}",
                    chain(&error),
                    store.place()
                ));
                store
            }
        },
    }
}

fn file(folder: Option<&Path>, screen: &Screen) -> Box<dyn Store> {
    let opened = folder.map(|it| Sqlite::open(it, ai::now()));
    match opened {
        // A disk that fills up meanwhile ends no run.
        Some(Ok(store)) => Box::new(Failover::new(Box::new(store), Box::new(Memory::default()))),
        Some(Err(error)) => {
            screen.warn(&format!("{}; answers are not kept", chain(&error)));
            Box::new(Memory::default())
        }
        None => Box::new(Memory::default()),
    }
}

/// The machine, with the size of the store whose file lies in `folder`.
pub(super) fn machine(folder: Option<&Path>) -> Machine {
    let size = |folder: &Path| {
        let files = ["docgen.sqlite3", "docgen.sqlite3-wal"];
        let sizes = files.map(|it| fs::metadata(folder.join(it)).map(|it| it.len()).ok());
        sizes.into_iter().flatten().reduce(|one, other| one + other)
    };
    Machine {
        store: folder.and_then(size),
        ..meter::machine(folder)
    }
}

/// A store that does not do what was asked.
pub(super) fn failed(error: &crate::store::StoreError) -> Failure {
    Failure::new(Kind::Machine, chain(error))
}
