//! The store that the settings name, opened; where it cannot be, the next best.

use super::failure::{Failure, Kind, chain};
use super::screen::Screen;
use crate::ai;
use crate::config::StoreChoice;
use crate::store::{Failover, Memory, Redis, Sqlite, Store};
use secrecy::ExposeSecret as _;

/// Opens a store. A server or a file that fails is told of, and is no reason to stop.
pub(super) fn open(choice: &StoreChoice, screen: &Screen) -> Box<dyn Store> {
    match choice {
        StoreChoice::Memory => Box::new(Memory::default()),
        StoreChoice::File(folder) => file(folder.as_deref(), screen),
        StoreChoice::Redis(address, folder) => match Redis::open(address.expose_secret()) {
            Ok(redis) => Box::new(Failover::new(
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

fn file(folder: Option<&std::path::Path>, screen: &Screen) -> Box<dyn Store> {
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

/// A store that does not do what was asked.
pub(super) fn failed(error: &crate::store::StoreError) -> Failure {
    Failure::new(Kind::Machine, chain(error))
}
