//! What finds similar functions, where that is not their words.

use super::screen::Screen;
use crate::ai::{Embedder, SearchIndex, TransportError};
use crate::config::{RetrievalChoice, WordSettings};
use crate::fix::Finder;
use crate::meter::ModelTable;

/// What the settings name. What cannot be had is told of, and words do it.
pub(super) fn finder(
    settings: &WordSettings,
    table: &ModelTable,
    project: &str,
    screen: &Screen,
) -> Option<Finder> {
    let made = made(settings, table, project).transpose()?;
    match made {
        Ok(finder) => Some(finder),
        Err(error) => {
            screen.warn(&format!("{error}; similar functions are found by bm25"));
            None
        }
    }
}

fn made(
    settings: &WordSettings,
    table: &ModelTable,
    project: &str,
) -> Result<Option<Finder>, TransportError> {
    let client = &settings.client;
    let (account, index) = match &settings.retrieval {
        RetrievalChoice::Off | RetrievalChoice::Words => return Ok(None),
        RetrievalChoice::Vectors(account) => (account, None),
        RetrievalChoice::Index(account, index) => (account, Some(index)),
    };
    let embedder = Embedder::new(account.clone(), table, settings.retries, client.timeout)?;
    let patience = (settings.retries, client.timeout, client.backoff);
    let index = index.map(|it| {
        let (endpoint, name) = (it.endpoint.clone(), it.name.clone());
        SearchIndex::new(endpoint, it.key.clone(), name, patience)
    });
    let ttl = settings.ttl;
    let finder = Finder::new(embedder, index.transpose()?, project.to_owned(), ttl);
    Ok(Some(finder))
}
