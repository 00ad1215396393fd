//! One run's conversation: many prompts at once, for callers that do not wait.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use tracing::Instrument as _;

use super::batches::Job;
use super::client::{AskError, Client, Delivered, Taken};
use super::prompt::{Prompt, Reply};
use super::retry::Tries;

/// A client, and the threads that wait for it.
#[derive(Debug)]
pub struct Session {
    pub(super) runtime: Runtime,
    pub(super) client: Arc<Client>,
}

/// A prompt, and the retries that its task has left.
#[derive(Clone, Debug)]
pub struct Question {
    /// The prompt.
    pub prompt: Prompt,
    /// What is left.
    pub tries: Arc<Tries>,
}

impl Session {
    /// Begins; the run ends after `overall`.
    ///
    /// # Errors
    /// Where the machine has no thread to spare.
    pub fn new(client: Client, overall: Duration) -> io::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("docgen-ai")
            .enable_all()
            .build()?;
        let client = Arc::new(client);
        let watched = Arc::clone(&client);
        runtime.spawn(async move {
            tokio::time::sleep(overall).await;
            watched
                .stop
                .stop(format!("the time limit of {} s is over", overall.as_secs()));
        });
        Ok(Self { runtime, client })
    }

    /// The client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The client, for who looks at it from elsewhere.
    pub fn shared(&self) -> Arc<Client> {
        Arc::clone(&self.client)
    }

    /// Does `work` again and again, as long as the session lasts.
    pub fn every(&self, period: Duration, work: impl Fn() + Send + Sync + 'static) {
        let work = Arc::new(work);
        self.runtime.spawn(async move {
            loop {
                tokio::time::sleep(period).await;
                let work = Arc::clone(&work);
                let _ = tokio::task::spawn_blocking(move || work()).await;
            }
        });
    }

    /// Ends the run at the first Ctrl-C or SIGTERM, and calls `at_second` at the next.
    pub fn heed_signals(&self, at_second: fn()) {
        let client = Arc::clone(&self.client);
        self.runtime.spawn(async move {
            interrupted().await;
            client.stop.stop("it was interrupted");
            interrupted().await;
            at_second();
        });
    }

    /// Asks all at once, within the limits. Each answer is handed to `take` when it comes, with the place of its question.
    pub fn ask(
        &self,
        questions: Vec<Question>,
        mut take: impl FnMut(usize, Result<Reply, AskError>),
    ) {
        let mut open: BTreeSet<usize> = (0..questions.len()).collect();
        self.runtime.block_on(async {
            let mut set = JoinSet::new();
            for (at, question) in questions.into_iter().enumerate() {
                let client = Arc::clone(&self.client);
                let ask = async move { (at, client.ask(&question.prompt, &question.tries).await) };
                // What it says belongs to what this thread is at.
                set.spawn(ask.instrument(tracing::info_span!("question", at)));
            }
            while let Some(done) = set.join_next().await {
                if let Ok((at, answer)) = done {
                    open.remove(&at);
                    take(at, answer);
                }
            }
        });
        for at in open {
            take(at, Err(AskError::Failed("the answer was lost".to_owned())));
        }
    }
}

impl Session {
    /// Hands in a job of the requests in `file`.
    ///
    /// # Errors
    /// Where it was not taken.
    pub fn submit(&self, file: &File) -> Result<Job, AskError> {
        self.runtime.block_on(self.client.submit(file))
    }

    /// How far a job is.
    ///
    /// # Errors
    /// Where the provider does not tell.
    pub fn job(&self, id: &str) -> Result<Job, AskError> {
        self.runtime.block_on(self.client.job(id))
    }

    /// Ends a job before its time.
    ///
    /// # Errors
    /// Where the provider does not.
    pub fn cancel(&self, id: &str) -> Result<Job, AskError> {
        self.runtime.block_on(self.client.cancel(id))
    }

    /// Fetches what a job has brought; each answer is handed to `take`.
    ///
    /// # Errors
    /// Where it could not be fetched.
    pub fn fetch(&self, job: &Job, take: impl FnMut(Delivered)) -> Result<Taken, AskError> {
        self.runtime.block_on(self.client.fetch(job, take))
    }
}

#[cfg(unix)]
async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = tokio::signal::ctrl_c().await;
        }
    }
}

#[cfg(not(unix))]
async fn interrupted() {
    let _ = tokio::signal::ctrl_c().await;
}
