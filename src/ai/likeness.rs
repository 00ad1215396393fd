//! What a run asks for to find what is alike: vectors of texts, and documents of an index.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::client::{AskError, Embedder};
use super::search::{Document, SearchIndex};
use super::session::Session;

impl Session {
    /// Asks for the vectors of many batches of texts at once, within the limits. What comes is handed to `take`, with the
    /// place of its batch; whether all came.
    ///
    /// # Errors
    /// With the first reason why one did not.
    pub fn embed(
        &self,
        embedder: &Arc<Embedder>,
        batches: Vec<Vec<String>>,
        mut take: impl FnMut(usize, &[Vec<f32>]),
    ) -> Result<(), AskError> {
        self.runtime.block_on(async {
            let mut set = JoinSet::new();
            for (at, texts) in batches.into_iter().enumerate() {
                let (client, embedder) = (Arc::clone(&self.client), Arc::clone(embedder));
                set.spawn(async move { (at, client.embed(&embedder, &texts).await) });
            }
            while let Some(done) = set.join_next().await {
                match done {
                    Ok((at, Ok(vectors))) => take(at, &vectors),
                    Ok((_, Err(error))) => return Err(error),
                    Err(_) => return Err(AskError::Failed("the vectors were lost".to_owned())),
                }
            }
            Ok(())
        })
    }

    /// Makes an index where there is none; whether there was none.
    ///
    /// # Errors
    /// Where it cannot be made, or is of another shape.
    pub fn make_index(&self, index: &SearchIndex, dimension: usize) -> Result<bool, String> {
        let made = index.make(dimension, &self.client.stop);
        let made = self.runtime.block_on(made);
        made.map_err(|it| index.shown(&it))
    }

    /// Puts documents into an index.
    ///
    /// # Errors
    /// Where one was not taken.
    pub fn put_documents(&self, index: &SearchIndex, documents: &[Document]) -> Result<(), String> {
        let put = index.put(documents, &self.client.stop);
        let put = self.runtime.block_on(put);
        put.map_err(|it| index.shown(&it))
    }

    /// Finds the documents most like each of these texts and their vectors.
    ///
    /// # Errors
    /// With the first reason why one could not be asked for.
    pub fn find_documents(
        &self,
        index: &Arc<SearchIndex>,
        asked: Vec<(String, Vec<f32>)>,
        count: usize,
    ) -> Result<Vec<Vec<Document>>, String> {
        let mut found = vec![Vec::new(); asked.len()];
        let done: Result<(), String> = self.runtime.block_on(async {
            let mut set = JoinSet::new();
            for (at, (text, vector)) in asked.into_iter().enumerate() {
                let (client, index) = (Arc::clone(&self.client), Arc::clone(index));
                set.spawn(async move {
                    let _turn = client.turn().await;
                    let found = index.find((&text, &vector), count, &client.stop).await;
                    (at, found)
                });
            }
            while let Some(done) = set.join_next().await {
                let (at, documents) = done.map_err(|it| it.to_string())?;
                if let Some(place) = found.get_mut(at) {
                    *place = documents?;
                }
            }
            Ok(())
        });
        done.map_err(|it| index.shown(&it))?;
        Ok(found)
    }
}
