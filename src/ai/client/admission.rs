//! Before a request and after it: what it may use, and what it used.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::super::account::Account;
use super::super::budget::{self, Span};
use super::super::exchange::Response;
use super::super::headers;
use super::super::prompt::{Prompt, Usage};
use super::super::retry::Tries;
use super::{AskError, Client};
use crate::meter::Operation;
use crate::store::{Store, StoreError, Window};

/// What was reserved for a request.
pub(super) struct Hold {
    pub(super) windows: [Window; 3],
    /// Tokens of the prompt by our own count.
    pub(super) own: u64,
    pub(super) tokens: u64,
    pub(super) micros: u64,
}

impl Client {
    /// Waits until the request may go: money, the windows of the store, the pace.
    pub(super) async fn admit(&self, prompt: &Prompt) -> Result<Hold, AskError> {
        let texts = [
            prompt.system.as_str(),
            &prompt.user,
            &prompt.schema.to_string(),
        ];
        let own: u64 = texts.iter().map(|it| self.counter.count(it)).sum();
        let input = self.counter.expected(own);
        let output = u64::from(prompt.max_tokens);
        if let Some(model) = &self.model
            && input + output > model.context
        {
            let what = format!("{input} tokens of {}", model.context);
            return Err(AskError::TooLarge(what));
        }
        let tokens = input + output;
        let micros = self.price(input, output);
        self.afford(micros).await?;
        let watch = self.recorder.watch(Operation::Wait);
        let turn = self.take_turn(&self.account, tokens).await;
        watch.end(turn.is_ok());
        match turn {
            Ok(windows) => Ok(Hold {
                windows,
                own,
                tokens,
                micros,
            }),
            Err(error) => {
                self.ledger.settle(micros, 0);
                Err(error)
            }
        }
    }

    /// Waits for a turn of an account, and takes it from all of its windows.
    pub(super) async fn take_turn(
        &self,
        account: &Account,
        tokens: u64,
    ) -> Result<[Window; 3], AskError> {
        let _gate = self.gate.lock().await;
        loop {
            if self.stop.reason().is_some() {
                return Err(self.stopped());
            }
            let now = budget::now();
            let windows = budget::windows(account, &self.settings.limits, now);
            if let Some(at) = windows.iter().position(|it| tokens > it.tokens) {
                let span = Span::ALL[at].word();
                let what = format!(
                    "{tokens} tokens, and {} a {span} are allowed",
                    windows[at].tokens
                );
                return Err(AskError::TooLarge(what));
            }
            self.wait_for_pace(account, tokens).await?;
            let now = budget::now();
            let windows = budget::windows(account, &self.settings.limits, now);
            let asked = windows.clone();
            let full = self
                .stored(move |it| it.reserve(&asked, tokens, now))
                .await?;
            match full {
                None => return Ok(windows),
                // Words can do without vectors, and not the other way round.
                Some(2) if *account.model != *self.account.model => {
                    let what = "the tokens of this day are used up (`tokens-per-day`)";
                    return Err(self.failed(what));
                }
                Some(2) => {
                    self.stop
                        .stop("the tokens of this day are used up (`tokens-per-day`)");
                }
                Some(at) => {
                    let wait = windows[at].ends.saturating_sub(now).max(1);
                    let span = Span::ALL[at].word();
                    tracing::info!(seconds = wait, "waiting: all of this {span} is used up");
                    // Not all at the very second.
                    let wait =
                        Duration::from_secs(wait) + Duration::from_millis(fastrand::u64(..250));
                    self.stop.sleep(wait).await;
                }
            }
        }
    }

    /// Waits until the provider takes more, and then for a turn among all that share the account.
    async fn wait_for_pace(&self, account: &Account, tokens: u64) -> Result<(), AskError> {
        let name = budget::name(account);
        let rate = self.settings.limits.rate();
        loop {
            let wait = match self.pace.turn(tokens) {
                Ok(()) => {
                    let (name, now) = (name.clone(), budget::micros());
                    let wait = self.stored(move |it| it.turn(&name, rate, now)).await?;
                    let Some(wait) = wait else {
                        return Ok(());
                    };
                    // Somebody else may have been as patient.
                    wait + Duration::from_micros(fastrand::u64(..2000))
                }
                Err(wait) => wait,
            };
            tracing::trace!(wait_ms = wait.as_millis() as u64, "waiting for a turn");
            if !self.stop.sleep(wait).await {
                return Err(self.stopped());
            }
        }
    }

    /// Asks the store on a thread that may wait.
    pub(super) async fn stored<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, AskError> {
        let store = Arc::clone(&self.store);
        let done = tokio::task::spawn_blocking(move || work(store.as_ref())).await;
        match done {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => Err(self.failed(&format!("{error}"))),
            Err(error) => Err(self.failed(&error.to_string())),
        }
    }

    /// Follows what the provider's headers say.
    pub(super) fn heed(&self, response: &Response) {
        let (requests, tokens) = headers::left(response);
        if let Some(left) = requests.filter(|it| it.count == 0) {
            self.pace
                .pause(left.reset.min(self.settings.backoff.longest));
        }
        if let Some(left) = tokens {
            self.pace
                .tokens_left(left.count, left.reset.min(self.settings.backoff.longest));
        }
    }

    /// Gives back what was reserved and not used; all of it counts where nobody knows. The task of `tries` is billed.
    pub(super) async fn settle(&self, hold: &Hold, usage: Option<Usage>, tries: &Tries) {
        let (tokens, micros) = match usage {
            Some(it) => {
                let prices = self.prices(it.input);
                (
                    it.total(),
                    prices.micros(it.input, it.cached, it.written, it.output),
                )
            }
            None => (hold.tokens, hold.micros),
        };
        self.ledger.settle(hold.micros, micros);
        tracing::debug!(tokens, micros, "settled");
        let usage = usage.unwrap_or_default();
        tries.bill(usage, micros);
        self.tally.input.fetch_add(usage.input, Ordering::Relaxed);
        self.tally.cached.fetch_add(usage.cached, Ordering::Relaxed);
        self.tally.output.fetch_add(usage.output, Ordering::Relaxed);
        let difference = tokens.cast_signed() - hold.tokens.cast_signed();
        let windows = hold.windows.clone();
        // Budgets that cannot be settled are too full, never too empty.
        let _ = self
            .stored(move |it| it.settle(&windows, difference, micros))
            .await;
    }
}
