//! A session with the account that the settings name, its store opened and its prices known.

use std::sync::Arc;

use super::failure::{Failure, Kind, chain};
use super::screen::Screen;
use super::scribe;
use super::shelf;
use crate::ai::{Account, Client, Session};
use crate::config::WordSettings;
use crate::meter::Recorder;

/// The session with an account; at the prices of jobs where all is asked in those.
pub(super) fn begin(
    account: Account,
    settings: &WordSettings,
    screen: &Screen,
    is_batch: bool,
    recorder: &Arc<Recorder>,
) -> Result<Session, Failure> {
    let table = scribe::models(settings.models.as_deref())?;
    let store = Arc::from(shelf::open(&settings.store, screen));
    let machine = |error: &dyn std::error::Error| Failure::new(Kind::Machine, chain(error));
    let client = Client::new(account, settings.client.clone(), store, &table);
    let client = client.map_err(|it| machine(&it))?;
    let client = client.recorded(Arc::clone(recorder));
    let client = if is_batch { client.in_batch() } else { client };
    let is_priced = client.model().is_some() || client.price(1_000_000, 0) == 0;
    if !is_priced {
        let model = client.account().priced_model();
        screen.warn(&format!(
            "`{model}` is not in the table of {}: it is taken to cost as much as the dearest; see `docgen models`",
            table.date
        ));
    }
    Session::new(client, settings.client.overall).map_err(|it| machine(&it))
}
