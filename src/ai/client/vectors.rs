//! Vectors asked for: within the same limits and the same purse as words.

use std::sync::atomic::Ordering;
use std::time::Duration;

use super::super::account::{Account, Kind};
use super::super::embedding;
use super::super::endpoint;
use super::super::fault;
use super::super::retry::Tries;
use super::super::secrets;
use super::super::transport::{Transport, TransportError};
use super::{AskError, Client};
use crate::meter::{ModelTable, Prices, Reserved, TokenCounter, run_id};

/// An account that gives vectors of texts.
#[derive(Debug)]
pub struct Embedder {
    account: Account,
    transport: Transport,
    prices: Prices,
    counter: TokenCounter,
    retries: u32,
}

impl Embedder {
    /// One for `account`, whose requests are made again `retries` times at most and take no longer than `timeout`.
    ///
    /// # Errors
    /// Where there is no way to send anything.
    pub fn new(
        account: Account,
        table: &ModelTable,
        retries: u32,
        timeout: Duration,
    ) -> Result<Self, TransportError> {
        let header = embedding::key_header(account.kind);
        let transport = Transport::new(&account, header, run_id(), timeout)?;
        let known = table.find(account.priced_model()).map(|it| it.prices(0));
        // What runs on this machine costs nothing; what nobody knows is taken to cost as much as the dearest.
        let is_free = account.kind == Kind::Ollama || endpoint::is_here(&account.endpoint);
        let unknown = if is_free {
            Prices::default()
        } else {
            table.dearest()
        };
        Ok(Self {
            transport,
            prices: known.unwrap_or(unknown),
            counter: TokenCounter::new(account.priced_model()),
            retries,
            account,
        })
    }

    /// The model, by which vectors are kept.
    pub fn model(&self) -> &str {
        &self.account.model
    }

    fn failed(&self, what: &str) -> AskError {
        let hidden = self.account.hidden(what);
        AskError::Failed(secrets::masked(&hidden).0.into_owned())
    }

    /// Where it is.
    pub fn endpoint(&self) -> &str {
        &self.account.endpoint
    }
}

/// What a request may take.
#[derive(Clone, Copy)]
struct Toll {
    /// Tokens by our own count.
    own: u64,
    tokens: u64,
    micros: u64,
}

/// Why one request brought no vectors.
enum Lack {
    /// It may be otherwise the next time, after so long.
    Passing(Option<Duration>, String),
    Lasting(AskError),
}

impl Client {
    /// The vectors of texts, in their order.
    ///
    /// # Errors
    /// Where they could not be had.
    pub async fn embed(
        &self,
        embedder: &Embedder,
        texts: &[String],
    ) -> Result<Vec<Vec<f32>>, AskError> {
        let _turn = self.turns.acquire().await;
        let own: u64 = texts.iter().map(|it| embedder.counter.count(it)).sum();
        let tokens = embedder.counter.expected(own).max(1);
        let micros = embedder.prices.micros(tokens, 0, 0, 0);
        let toll = Toll {
            own,
            tokens,
            micros,
        };
        let tries = Tries::new(embedder.retries);
        loop {
            let (asked, what) = match self.embed_once(embedder, texts, toll).await {
                Ok(vectors) => return Ok(vectors),
                Err(Lack::Lasting(error)) => return Err(error),
                Err(Lack::Passing(asked, what)) => (asked, what),
            };
            let taken = tries.take();
            let wait = taken.and_then(|it| self.settings.backoff.wait(it, asked, fastrand::f64()));
            let Some(wait) = wait else {
                return Err(embedder.failed(&what));
            };
            if !self.stop.sleep(wait).await {
                return Err(self.stopped());
            }
        }
    }

    async fn embed_once(
        &self,
        embedder: &Embedder,
        texts: &[String],
        toll: Toll,
    ) -> Result<Vec<Vec<f32>>, Lack> {
        let Toll { tokens, micros, .. } = toll;
        self.afford(micros).await.map_err(Lack::Lasting)?;
        let windows = match self.take_turn(&embedder.account, tokens).await {
            Ok(windows) => windows,
            Err(error) => {
                self.ledger.settle(micros, 0);
                return Err(Lack::Lasting(error));
            }
        };
        let request = embedding::request(&embedder.account, texts);
        let sent = tokio::select! {
            sent = embedder.transport.send(&request) => sent,
            () = self.stop.gone() => {
                self.ledger.settle(micros, micros);
                return Err(Lack::Lasting(self.stopped()));
            }
        };
        self.tally.vectors[0].fetch_add(1, Ordering::Relaxed);
        let response = match sent {
            Ok(response) => response,
            Err(error) => {
                // What was sent may have been billed.
                let is_sent = !matches!(error, TransportError::Connection(_));
                self.ledger.settle(micros, if is_sent { micros } else { 0 });
                let what = error.to_string();
                return Err(if error.passes() {
                    Lack::Passing(None, what)
                } else {
                    Lack::Lasting(embedder.failed(&what))
                });
            }
        };
        if response.status != 200 {
            self.ledger.settle(micros, 0);
            let what = format!("{} (HTTP {})", response.excerpt(), response.status);
            return Err(if fault::passes(response.status) {
                Lack::Passing(response.wait(), what)
            } else {
                Lack::Lasting(embedder.failed(&what))
            });
        }
        let reply = embedding::reply(&response, texts.len());
        let told = reply.as_ref().map_or(0, |it| it.1);
        let used = if told > 0 { told } else { tokens };
        embedder.counter.learn(toll.own, told);
        let paid = embedder.prices.micros(used, 0, 0, 0);
        self.ledger.settle(micros, paid);
        self.tally.vectors[1].fetch_add(used, Ordering::Relaxed);
        let more = used.cast_signed() - tokens.cast_signed();
        // Budgets that cannot be settled are too full, never too empty.
        let _ = self.stored(move |it| it.settle(&windows, more, paid)).await;
        let vectors = reply.map(|it| it.0);
        vectors.map_err(|it| Lack::Lasting(embedder.failed(&it)))
    }

    /// Waits until the run's purse holds so much.
    pub(super) async fn afford(&self, micros: u64) -> Result<(), AskError> {
        loop {
            match self.ledger.reserve(micros) {
                Reserved::Yes => return Ok(()),
                Reserved::Later => {
                    if !self.stop.sleep(Duration::from_millis(20)).await {
                        return Err(self.stopped());
                    }
                }
                Reserved::Never => {
                    return Err(self.failed("it could cost more than `max-cost` leaves"));
                }
            }
        }
    }
}
