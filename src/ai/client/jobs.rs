//! Jobs of many requests: handed in, followed, ended, fetched.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};

use serde_json::Value;

use super::super::batches::{Batching, Call, Job, Outcome};
use super::super::budget;
use super::super::exchange::Response;
use super::super::fault::ReplyError;
use super::super::prompt::{Manner, Prompt, Reply, Step, Usage};
use super::super::retry::Tries;
use super::super::transport::TransportError;
use super::{AskError, Client};
use crate::meter::Reserved;
use crate::store::Window;

/// Calls are made again so often.
const RETRIES: u32 = 5;
/// A file is looked at so often until it is ready, and so long between.
const LOOKS: u32 = 60;
const BETWEEN: Duration = Duration::from_secs(2);
/// The longest line of a response file.
const LINE: u64 = 8 << 20;

/// One answer of a job.
pub struct Delivered {
    /// The name of its request.
    pub name: String,
    /// The answer, or why there is none.
    pub reply: Result<Reply, AskError>,
}

/// What the answers of a job took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Tokens that were billed.
    pub usage: Usage,
    /// What they cost, in millionths of a US dollar.
    pub micros: u64,
    /// Lines that could not be read.
    pub broken: u64,
}

impl Client {
    /// The same for jobs: at their prices.
    #[must_use]
    pub fn in_batch(mut self) -> Self {
        self.is_batch = true;
        self
    }

    /// The provider's way with jobs, where it has one.
    pub fn batching(&self) -> Option<&dyn Batching> {
        self.batching.as_deref()
    }

    /// A prompt as one request of a job.
    pub fn batch_item(&self, name: &str, prompt: &Prompt) -> Option<Value> {
        let request = self
            .provider
            .request(&self.account, prompt, &Manner::default());
        Some(self.batching()?.item(name, &request))
    }

    /// The tokens that the provider will count for a prompt, which is one of many with the same instructions.
    pub fn tokens(&self, prompt: &Prompt) -> u64 {
        let counter = &self.counter;
        let system = *self
            .instructions
            .get_or_init(|| counter.count(&prompt.system));
        let own = counter.count(&prompt.user) + counter.count(&prompt.schema.to_string());
        counter.expected(system + own)
    }

    /// Reserves what a request of a job may cost, for good; whether that is within the cap.
    pub fn reserve_money(&self, micros: u64) -> bool {
        self.ledger.reserve(micros) == Reserved::Yes
    }

    /// Tokens that may still be used today.
    pub fn tokens_left(&self) -> u64 {
        let day = self.day(budget::now());
        let spent = self.store.spent(&day.name).unwrap_or_default();
        day.tokens.saturating_sub(spent.tokens)
    }

    /// Takes tokens from this day's budget; whether it had them.
    pub fn reserve_tokens(&self, tokens: u64) -> bool {
        let now = budget::now();
        let taken = self.store.reserve(&[self.day(now)], tokens, now);
        // A store that fails stops nobody, as with immediate requests it would not for long.
        matches!(taken, Ok(None) | Err(_))
    }

    /// Gives back to the day of `at` what was reserved for a job and not used.
    pub fn settle_job(&self, at: u64, reserved: u64, taken: &Taken) {
        let difference = taken.usage.total().cast_signed() - reserved.cast_signed();
        // Budgets that cannot be settled are too full, never too empty.
        let _ = self.store.settle(&[self.day(at)], difference, taken.micros);
    }

    /// A day's budget: jobs have a pool of their own, so minutes and hours do not hold for them.
    fn day(&self, at: u64) -> Window {
        let [_, _, day] = budget::windows(&self.account, &self.settings.limits, at);
        day
    }

    /// Hands in a job of the requests in `file`.
    ///
    /// # Errors
    /// Where it was not taken.
    pub async fn submit(&self, file: &File) -> Result<Job, AskError> {
        let batching = self.some_batching()?;
        let boundary = format!("docgen-{:032x}", fastrand::u128(..));
        let sent = match batching.upload(&self.account, &boundary) {
            None => None,
            Some(call) => {
                let read = |it: &Response| batching.sent(it);
                let mut sent = self.called(&call, Some(file), true, read).await?;
                let look = batching.look(&self.account, &sent.id);
                for _ in 0..LOOKS {
                    if sent.is_ready || !self.stop.sleep(BETWEEN).await {
                        break;
                    }
                    sent = self.called(&look, None, true, read).await?;
                }
                Some(sent.id)
            }
        };
        let create = batching.create(&self.account, sent.as_deref());
        // Made twice it would be paid twice: where nobody knows whether it was made it is not made again.
        self.called(&create, Some(file), false, |it| batching.job(it))
            .await
    }

    /// How far a job is.
    ///
    /// # Errors
    /// Where the provider does not tell.
    pub async fn job(&self, id: &str) -> Result<Job, AskError> {
        let batching = self.some_batching()?;
        let call = batching.status(&self.account, id);
        self.called(&call, None, true, |it| batching.job(it)).await
    }

    /// Ends a job before its time.
    ///
    /// # Errors
    /// Where the provider does not.
    pub async fn cancel(&self, id: &str) -> Result<Job, AskError> {
        let batching = self.some_batching()?;
        let call = batching.cancel(&self.account, id);
        self.called(&call, None, true, |it| batching.job(it)).await
    }

    /// Fetches what a job has brought; each answer is handed to `take`.
    ///
    /// # Errors
    /// Where it could not be fetched.
    pub async fn fetch(
        &self,
        job: &Job,
        mut take: impl FnMut(Delivered),
    ) -> Result<Taken, AskError> {
        let batching = self.some_batching()?;
        let mut taken = Taken::default();
        for call in batching.results(&self.account, job) {
            let unwritable = |it: io::Error| self.failed(&format!("a temporary file: {it}"));
            let mut file = tempfile::tempfile().map_err(unwritable)?;
            let received = self.fetched(&call, &mut file).await?;
            let mut lines = BufReader::new(file);
            while let Some(line) = next_line(&mut lines).map_err(unwritable)? {
                match batching.outcome(&line, received) {
                    Some(outcome) => take(self.delivered(outcome, &mut taken)),
                    None => taken.broken += u64::from(!line.trim_ascii().is_empty()),
                }
            }
        }
        Ok(taken)
    }

    fn some_batching(&self) -> Result<&dyn Batching, AskError> {
        let missing = || self.failed("it has no batch API here");
        self.batching().ok_or_else(missing)
    }

    async fn fetched(&self, call: &Call, file: &mut File) -> Result<SystemTime, AskError> {
        let tries = Tries::new(RETRIES);
        loop {
            if self.stop.reason().is_some() {
                return Err(self.stopped());
            }
            let sent = tokio::select! {
                sent = self.transport.fetch(call, file) => sent,
                () = self.stop.come() => return Err(self.stopped()),
            };
            let (wait, what) = match sent {
                Ok(response) if matches!(response.status, 200..=299) => {
                    return Ok(response.received);
                }
                Ok(response) => {
                    let batching = self.some_batching()?;
                    let said = batching.job(&response).map(|_| ());
                    self.wait_of(&response, said.err(), true)?
                }
                Err(error) => (None, self.passing(&error, true)?),
            };
            self.back_off(&tries, wait, &what).await?;
        }
    }

    /// Sends a call, again where that helps and does no harm, and reads what came.
    async fn called<T>(
        &self,
        call: &Call,
        file: Option<&File>,
        is_harmless: bool,
        read: impl Fn(&Response) -> Result<T, ReplyError>,
    ) -> Result<T, AskError> {
        let tries = Tries::new(RETRIES);
        loop {
            if self.stop.reason().is_some() {
                return Err(self.stopped());
            }
            self.tally.requests.fetch_add(1, Ordering::Relaxed);
            let sent = tokio::select! {
                sent = self.transport.carry(call, file) => sent,
                () = self.stop.gone() => return Err(if is_harmless {
                    self.stopped()
                } else {
                    self.doubtful("it was interrupted")
                }),
            };
            let (wait, what) = match sent {
                Ok(response) => match read(&response) {
                    Ok(it) => return Ok(it),
                    Err(error) => self.wait_of(&response, Some(error), is_harmless)?,
                },
                Err(error) => (None, self.passing(&error, is_harmless)?),
            };
            self.back_off(&tries, wait, &what).await?;
        }
    }

    /// How long to wait before a call is made again.
    fn wait_of(
        &self,
        response: &Response,
        error: Option<ReplyError>,
        is_harmless: bool,
    ) -> Result<(Option<Duration>, String), AskError> {
        match error {
            // What was turned away at the door was not done.
            Some(ReplyError::Busy { what, wait })
                if is_harmless || matches!(response.status, 429 | 503 | 529) =>
            {
                Ok((wait, format!("the provider is busy: {what}")))
            }
            Some(ReplyError::Denied(what)) if response.status == 404 => Err(self.failed(&what)),
            Some(error) => Err(self.failed(&error.to_string())),
            None => Err(self.failed(&response.excerpt())),
        }
    }

    /// What a fault of the way says, where a call may be made again after it.
    fn passing(&self, error: &TransportError, is_harmless: bool) -> Result<String, AskError> {
        let passes = match error {
            TransportError::Connection(_) => true,
            TransportError::Broken(_) | TransportError::Timeout(_) => is_harmless,
            _ => false,
        };
        if passes {
            return Ok(error.to_string());
        }
        if matches!(
            error,
            TransportError::Broken(_) | TransportError::Timeout(_)
        ) {
            return Err(self.doubtful(&error.to_string()));
        }
        Err(self.failed(&error.to_string()))
    }

    /// Nobody knows whether a job was made.
    fn doubtful(&self, what: &str) -> AskError {
        let place = "the provider's list of batches tells whether the job was made all the same";
        self.failed(&format!("{what}; {place}"))
    }

    /// An answer of a job, read as the response to an immediate request.
    fn delivered(&self, outcome: Outcome, taken: &mut Taken) -> Delivered {
        let reply = match outcome.response {
            Err(why) => Err(self.failed(&why)),
            Ok(response) => {
                let body = response.json().unwrap_or_default();
                let usage = self.provider.usage(&body);
                self.count(usage, taken);
                self.provider.reply(&response).map_err(|error| match error {
                    ReplyError::Cut => AskError::Cut,
                    ReplyError::TooLarge(what) => AskError::TooLarge(self.shown(&what)),
                    error => self.failed(&error.to_string()),
                })
            }
        };
        if let Ok(reply) = &reply
            && let Some(at) = Step::ALL.iter().position(|it| *it == reply.step)
        {
            self.tally.steps[at].fetch_add(1, Ordering::Relaxed);
        }
        Delivered {
            name: outcome.name,
            reply,
        }
    }

    fn count(&self, usage: Usage, taken: &mut Taken) {
        let prices = self.prices(usage.input);
        let micros = prices.micros(usage.input, usage.cached, usage.written, usage.output);
        taken.micros += micros;
        taken.usage.input += usage.input;
        taken.usage.cached += usage.cached;
        taken.usage.written += usage.written;
        taken.usage.output += usage.output;
        self.ledger.settle(0, micros);
        self.tally.input.fetch_add(usage.input, Ordering::Relaxed);
        self.tally.cached.fetch_add(usage.cached, Ordering::Relaxed);
        self.tally.output.fetch_add(usage.output, Ordering::Relaxed);
    }
}

/// The next line of a file; one that is too long comes in parts, which nobody can read.
fn next_line(lines: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    lines.take(LINE).read_until(b'\n', &mut line)?;
    Ok(Some(line).filter(|it| !it.is_empty()))
}
