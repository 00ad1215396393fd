//! Asks one account: within its limits and the run's budget, again where that helps.

mod admission;
mod fault;
mod jobs;
mod manner;
mod tally;
mod vectors;

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;

pub use self::jobs::{Delivered, Taken};
pub use self::tally::Tally;
pub use self::vectors::Embedder;

use self::admission::Hold;
use self::fault::Fault;

use super::account::{Account, Kind};
use super::batches::{self, Batching};
use super::budget::Limits;
use super::exchange::Request;
use super::fault::ReplyError;
use super::outage::Outage;
use super::prompt::{Manner, Prompt, Reply, Step, Usage};
use super::providers::{self, Provider};
use super::retry::{Backoff, Tries};
use super::stop::Stop;
use super::transport::{Transport, TransportError};
use crate::meter::{
    Ledger, Model, ModelTable, Operation, Pace, Prices, Recorder, TokenCounter, run_id,
};
use crate::store::Store;

/// What a run may use, and how patient it is.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Limits of pace.
    pub limits: Limits,
    /// Requests in flight.
    pub concurrency: usize,
    /// The most that the run may cost, in US dollars.
    pub max_cost: f64,
    /// How long one answer may take.
    pub timeout: Duration,
    /// How long the whole run may take.
    pub overall: Duration,
    /// Waits between tries.
    pub backoff: Backoff,
}

/// Why a prompt has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// The run is over: nothing more is sent.
    #[error("{0}")]
    Stopped(String),
    /// The prompt is larger than the model, or the budget of a minute, takes; nothing was sent.
    #[error("too-large: {0}")]
    TooLarge(String),
    /// The answer was cut off at its limit.
    #[error("the answer was cut off at its token limit")]
    Cut,
    /// The provider was away or busy as often as it was tried.
    #[error("{0}")]
    Unreached(String),
    /// No answer could be had.
    #[error("{0}")]
    Failed(String),
}

/// Asks one account.
#[derive(Debug)]
pub struct Client {
    account: Account,
    provider: Box<dyn Provider>,
    batching: Option<Box<dyn Batching>>,
    /// Whether all is asked in jobs, at their prices.
    is_batch: bool,
    /// Tokens of the instructions, which all prompts of a run share.
    instructions: OnceLock<u64>,
    transport: Transport,
    settings: Settings,
    store: Arc<dyn Store>,
    model: Option<Model>,
    /// Prices of a model of which nothing else is known.
    fallback: Prices,
    counter: TokenCounter,
    pace: Pace,
    /// One task at a time asks for a turn: the others would only ask the same again and again.
    gate: tokio::sync::Mutex<()>,
    ledger: Ledger,
    turns: Semaphore,
    manner: Mutex<Manner>,
    tally: Tally,
    recorder: Arc<Recorder>,
    outage: Outage,
    /// Ends the run.
    pub stop: Stop,
}

impl Client {
    /// One for `account`, with the limits and prices of `table`.
    ///
    /// # Errors
    /// Where there is no way to send anything.
    pub fn new(
        account: Account,
        settings: Settings,
        store: Arc<dyn Store>,
        table: &ModelTable,
    ) -> Result<Self, TransportError> {
        let provider = providers::of(&account);
        let header = provider.key_header();
        let transport = Transport::new(&account, header, run_id(), settings.timeout)?;
        let is_free = account.kind == Kind::Ollama;
        Ok(Self {
            provider,
            batching: batches::batching_of(&account),
            is_batch: false,
            instructions: OnceLock::new(),
            transport,
            store,
            model: table.find(account.priced_model()).cloned(),
            fallback: if is_free {
                Prices::default()
            } else {
                table.dearest()
            },
            counter: TokenCounter::new(account.priced_model()),
            pace: Pace::default(),
            gate: tokio::sync::Mutex::default(),
            ledger: Ledger::new(settings.max_cost),
            turns: Semaphore::new(settings.concurrency.max(1)),
            manner: Mutex::default(),
            tally: Tally::default(),
            recorder: Arc::default(),
            outage: Outage::default(),
            stop: Stop::new(),
            account,
            settings,
        })
    }

    /// The same, what it does being taken down by `recorder`.
    #[must_use]
    pub fn recorded(mut self, recorder: Arc<Recorder>) -> Self {
        self.recorder = recorder;
        self
    }

    /// What takes down what is done.
    pub fn recorder(&self) -> &Recorder {
        &self.recorder
    }

    /// The account that is asked.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The model, where the table knows it.
    pub fn model(&self) -> Option<&Model> {
        self.model.as_ref()
    }

    /// What counts tokens for it.
    pub fn counter(&self) -> &TokenCounter {
        &self.counter
    }

    /// What keeps answers.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// What was done.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// What was paid, in millionths of a US dollar.
    pub fn spent(&self) -> u64 {
        self.ledger.spent()
    }

    /// The most that a prompt of `input` tokens may cost, in millionths of a US dollar.
    pub fn price(&self, input: u64, output: u64) -> u64 {
        let prices = self.prices(input);
        let dear = prices.written.unwrap_or(0.0).max(prices.input);
        Prices {
            input: dear,
            ..prices
        }
        .micros(input, 0, 0, output)
    }

    /// Tokens that the model may think with, besides its answer's.
    pub fn headroom(&self) -> u32 {
        self.provider.headroom(self.account.priced_model())
    }

    fn prices(&self, input: u64) -> Prices {
        let prices = match &self.model {
            Some(model) => model.prices(input),
            None => self.fallback,
        };
        if self.is_batch {
            prices.in_batch()
        } else {
            prices
        }
    }

    /// A turn among those that are asked at once.
    pub(super) async fn turn(&self) -> Option<tokio::sync::SemaphorePermit<'_>> {
        self.turns.acquire().await.ok()
    }

    /// Asks, and asks again where that helps and `tries` has some left.
    ///
    /// # Errors
    /// Where no answer could be had.
    pub async fn ask(&self, prompt: &Prompt, tries: &Tries) -> Result<Reply, AskError> {
        let _turn = self.turns.acquire().await;
        let mut garbled = 0;
        loop {
            let manner = self
                .manner
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone();
            let request = self.provider.request(&self.account, prompt, &manner);
            let hold = self.admit(prompt).await?;
            let (wait, what) = match self.once(&request, &hold, tries).await {
                Ok(reply) => return Ok(reply),
                Err(Fault::Stopped) => return Err(self.stopped()),
                Err(Fault::Transport(error)) => match error {
                    TransportError::Connection(_)
                    | TransportError::Broken(_)
                    | TransportError::Timeout(_) => (None, error.to_string()),
                    TransportError::TooLarge => return Err(self.failed(&error.to_string())),
                    TransportError::Forbidden(_) | TransportError::Unsendable(_) => {
                        self.stop.stop(self.shown(&error.to_string()));
                        return Err(self.stopped());
                    }
                },
                Err(Fault::Reply(error)) => match error {
                    ReplyError::Busy { what, wait } => {
                        (wait, format!("the provider is busy: {what}"))
                    }
                    ReplyError::Garbled(_) if garbled == 0 => {
                        garbled += 1;
                        (None, error.to_string())
                    }
                    ReplyError::Unsupported { ref parameter, .. } => {
                        if !self.yields(&manner, parameter) {
                            return Err(self.failed(&error.to_string()));
                        }
                        // It cost nothing, and the next try is another request.
                        continue;
                    }
                    ReplyError::Cut => return Err(AskError::Cut),
                    ReplyError::TooLarge(what) => {
                        return Err(AskError::TooLarge(self.shown(&what)));
                    }
                    error if error.ends_the_run() => {
                        self.stop.stop(self.shown(&error.to_string()));
                        return Err(self.stopped());
                    }
                    error => return Err(self.failed(&error.to_string())),
                },
            };
            self.back_off(tries, wait, &what).await?;
        }
    }

    /// Waits before the next try. Where several tasks have waited in vain the run ends: all others would do the same.
    async fn back_off(
        &self,
        tries: &Tries,
        asked: Option<Duration>,
        what: &str,
    ) -> Result<(), AskError> {
        let Some(taken) = tries.take() else {
            return Err(self.unanswered(what, "no retry is left"));
        };
        let Some(wait) = self.settings.backoff.wait(taken, asked, fastrand::f64()) else {
            let asked = asked.unwrap_or_default().as_secs();
            let too_long = format!("it asks to wait {asked} s, which is too long");
            return Err(self.unanswered(what, &too_long));
        };
        let wait_ms = wait.as_millis() as u64;
        tracing::info!(wait_ms, "asking again: {}", self.shown(what));
        self.tally.retries.fetch_add(1, Ordering::Relaxed);
        if asked.is_some() {
            self.pace.pause(wait);
        }
        if self.stop.sleep(wait).await {
            Ok(())
        } else {
            Err(self.stopped())
        }
    }

    /// Sends a request once, and takes down how that went.
    async fn once(&self, request: &Request, hold: &Hold, tries: &Tries) -> Result<Reply, Fault> {
        let watch = self.recorder.watch(Operation::Request);
        tracing::debug!(model = self.account.model, tokens = hold.tokens, "asking");
        let reply = self.exchange(request, hold, tries).await;
        let took = watch.end(reply.is_ok());
        self.note(&reply, took);
        reply
    }

    /// Sends a request, and settles what was reserved for it.
    async fn exchange(
        &self,
        request: &Request,
        hold: &Hold,
        tries: &Tries,
    ) -> Result<Reply, Fault> {
        self.tally.requests.fetch_add(1, Ordering::Relaxed);
        let sent = tokio::select! {
            sent = self.transport.send(request) => sent,
            () = self.stop.gone() => {
                // It may have been billed.
                self.settle(hold, None, tries).await;
                return Err(Fault::Stopped);
            }
        };
        let response = match sent {
            Ok(response) => response,
            Err(error) => {
                let is_sent = !matches!(error, TransportError::Connection(_));
                let usage = (!is_sent).then(Usage::default);
                self.settle(hold, usage, tries).await;
                return Err(Fault::Transport(error));
            }
        };
        self.heed(&response);
        let body = response.json().unwrap_or_default();
        let usage = Some(self.provider.usage(&body));
        // An answer that does not say what it took may have been billed all the same.
        let is_told = |it: &Usage| response.status != 200 || it.total() > 0;
        self.settle(hold, usage.filter(is_told), tries).await;
        let reply = self.provider.reply(&response);
        if !matches!(reply, Err(ReplyError::Busy { .. })) {
            self.outage.is_over();
        }
        let reply = reply.map_err(Fault::Reply)?;
        self.counter.learn(hold.own, reply.usage.input);
        if let Some(at) = Step::ALL.iter().position(|it| *it == reply.step) {
            self.tally.steps[at].fetch_add(1, Ordering::Relaxed);
        }
        Ok(reply)
    }
}
