//! The AI of a run: its account and settings, its session, and what it says at the end.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the working folder and the table of models are read here"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::{env, fs};

use rayon::prelude::*;

use super::args::Global;
use super::asking::Asking;
use super::batch::{self, Applying};
use super::failure::{Failure, Kind};
use super::jobs::{self, Work};
use super::progress::Progress;
use super::refused;
use super::screen::Screen;
use super::session;
use crate::ai::{Client, Session, Step};
use crate::config::{Options, Resolver, WordSettings};
use crate::fix::{self, Estimate, Finder, Library, Wish, Writer, WriterSettings};
use crate::git::Reader as _;
use crate::meter::{ModelTable, Recorder};
use crate::python;

/// The AI of a run.
pub(super) struct Scribe {
    session: Session,
    /// Made when the first symbol is found to need words.
    library: OnceLock<Library>,
    /// What finds similar functions where that is not their words; taken when the library is there.
    finder: Mutex<Option<Finder>>,
    settings: WordSettings,
    only: Option<BTreeSet<(String, String)>>,
    project: String,
}

/// What the settings and the environment say of the AI.
pub(super) fn settings(
    global: &Global,
    screen: &Screen,
    asking: Option<&Asking>,
) -> Result<WordSettings, Failure> {
    let here = env::current_dir()
        .map_err(|error| Failure::new(Kind::Machine, format!("no working folder: {error}")))?;
    let flags = Options {
        ai: asking.map(Asking::options).unwrap_or_default(),
        ..Options::default()
    };
    let sources = jobs::sources(global, flags, screen)?;
    let variables = sources.variables.clone();
    let resolver = Resolver::new(&here, sources)?;
    let timeout = asking.and_then(|it| it.timeout);
    let settings = WordSettings::new(&*resolver.settings(&here)?, &variables, timeout)?;
    for warning in &settings.warnings {
        screen.warn(warning);
    }
    Ok(settings)
}

/// The table of models, with the user's over it.
pub(super) fn models(over: Option<&Path>) -> Result<ModelTable, Failure> {
    let table = ModelTable::built_in();
    let Some(path) = over else {
        return Ok(table);
    };
    let wrong = |error: &dyn std::fmt::Display| {
        let message = format!("DOCGEN_MODELS: {}: {error}", path.display());
        Failure::new(Kind::Config, message)
    };
    let text = fs::read_to_string(path).map_err(|it| wrong(&it))?;
    table.overlaid(&text).map_err(|it| wrong(&it))
}

/// An amount of money for people.
#[expect(clippy::cast_precision_loss, reason = "amounts of money")]
pub(super) fn dollars(micros: u64) -> String {
    match micros {
        0 => "$0".to_owned(),
        1..10_000 => format!("${:.4}", micros as f64 / 1e6),
        _ => format!("${:.2}", micros as f64 / 1e6),
    }
}

impl Scribe {
    /// The AI, where the user chose one.
    pub(super) fn new(
        work: &Work,
        asking: &Asking,
        global: &Global,
        screen: &Screen,
        recorder: &Arc<Recorder>,
    ) -> Result<Option<Self>, Failure> {
        if Self::is_held_back(screen) && asking.provider.is_none() {
            return Ok(None);
        }
        let settings = settings(global, screen, Some(asking))?;
        let Some(account) = settings.account.clone() else {
            let flags = [
                ("--batch", asking.batch),
                ("--estimate", asking.estimate),
                ("--retry-failed", asking.retry_failed.is_some()),
            ];
            return match flags.iter().find(|it| it.1) {
                None => Ok(None),
                Some((flag, _)) => {
                    let failure = Failure::new(Kind::Usage, format!("`{flag}` needs a provider"));
                    Err(failure.hint("give `--provider`, or set `ai.provider`"))
                }
            };
        };
        let session = session::begin(account, &settings, screen, asking.batch, recorder)?;
        let name = work
            .root
            .file_name()
            .map(|it| it.to_string_lossy().into_owned());
        let project = name.unwrap_or_default();
        let table = models(settings.models.as_deref())?;
        Ok(Some(Self {
            session,
            library: OnceLock::new(),
            finder: Mutex::new(super::finding::finder(&settings, &table, &project, screen)),
            only: asking
                .retry_failed
                .as_deref()
                .map(refused::read)
                .transpose()?,
            project,
            settings,
        }))
    }

    /// Whether nothing is asked unless the command line says so: whoever commits waits, and did not ask for it.
    pub(super) const fn is_held_back(screen: &Screen) -> bool {
        screen.environment.pre_commit || screen.environment.index_file
    }

    /// What asks.
    pub(super) fn client(&self) -> &Client {
        self.session.client()
    }

    /// The folder of its store's file.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.settings.store.folder()
    }

    /// The session with the account.
    pub(super) const fn session(&self) -> &Session {
        &self.session
    }

    /// From now on the first Ctrl-C ends the run in good order. Before, when nothing has been asked, it ends it at once.
    pub(super) fn heed_signals(&self) {
        self.session.heed_signals(leave);
    }

    /// What writes the words.
    pub(super) fn writer(&self, wish: Wish) -> Writer<'_> {
        let settings = &self.settings;
        let wish = Wish {
            line_length: settings.line_length,
            anew: settings.anew,
            ..wish
        };
        let words = WriterSettings {
            attempts: settings.attempts,
            retries: settings.retries,
            max_tokens: settings.max_tokens,
            token_buffer: settings.token_buffer,
            similar: settings.similar,
            skip_secrets: settings.skip_secrets,
            ttl: settings.ttl,
            project: self.project.clone(),
            only: self.only.clone(),
        };
        Writer::new(&self.session, &self.library, words, wish)
    }

    /// What writes the words that `jobs` have brought, where there are some.
    pub(super) fn writer_with(
        &self,
        wish: Wish,
        jobs: Option<&[String]>,
        screen: &Screen,
    ) -> Result<Writer<'_>, Failure> {
        let writer = self.writer(wish);
        match jobs {
            None => Ok(writer),
            Some(jobs) => Ok(Applying::fetch(jobs, &self.session)?.into_writer(writer, screen)),
        }
    }

    /// Reads the documented symbols of the files at hand, to show them as examples. To be called before many threads
    /// write: it takes all of them.
    pub(super) fn read_examples(&self, work: &Work) {
        if self.library.get().is_none() {
            let all = documented(work);
            let is_large = self.finder().is_some();
            let library = if is_large {
                Library::large(all)
            } else {
                Library::new(all)
            };
            // Whoever was first has read the same.
            let _ = self.library.set(library);
        }
    }

    /// Has similar examples found as it was chosen, which may ask for vectors.
    pub(super) fn find_examples(&self) {
        let finder = self.finder().take();
        if let Some((library, finder)) = self.library.get().zip(finder) {
            library.find_by(finder, &self.session);
        }
    }

    fn finder(&self) -> std::sync::MutexGuard<'_, Option<Finder>> {
        self.finder.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// So many files are in work at once: enough that all turns are taken while some compute.
    pub(super) fn breadth(&self) -> usize {
        self.settings.client.concurrency + 2
    }

    /// Whether the run is to go on: a terminal is asked where it could be dear.
    pub(super) fn is_confirmed(&self, estimate: impl FnOnce() -> Estimate) -> bool {
        if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return true;
        }
        let estimate = estimate();
        #[expect(clippy::cast_precision_loss, reason = "amounts of money")]
        let is_dear = estimate.micros as f64 / 1e6 > self.settings.confirm_above;
        if !is_dear {
            return true;
        }
        Screen::error(&format!("{}; go on? [y/N] ", self.told(&estimate)));
        let mut answer = String::new();
        let read = io::stdin().lock().read_line(&mut answer);
        read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
    }

    /// An estimate in a line.
    pub(super) fn told(&self, estimate: &Estimate) -> String {
        let model = &self.session.client().account().model;
        let Estimate {
            symbols,
            kept,
            requests,
            input,
            output,
            micros,
        } = *estimate;
        let need = if symbols == 1 {
            "symbol needs"
        } else {
            "symbols need"
        };
        let plural = if requests == 1 { "" } else { "s" };
        format!(
            "{symbols} {need} words, {kept} kept already; {requests} request{plural} to {model} with {input} tokens, \
             about {output} tokens of answers: about {}",
            dollars(micros)
        )
    }

    /// What the run has asked and paid.
    pub(super) fn closing(&self, writer: &Writer<'_>, screen: &Screen) -> String {
        writer.close();
        let client = self.session.client();
        if let Some(complaint) = client.store().complaint() {
            screen.warn(&complaint);
        }
        if let Some(trouble) = self.library.get().and_then(Library::trouble) {
            screen.warn(&trouble);
        }
        let (tally, usage) = (client.tally(), client.tally().usage());
        let mut line = match writer.delivery() {
            Some(delivery) => batch::told(delivery),
            None => format!(
                "asked {} {} times, {} kept answers served",
                client.account().model,
                tally.requests(),
                writer.counts().hits
            ),
        };
        let _ = write!(
            line,
            "; {} tokens in ({} cached), {} out",
            usage.input, usage.cached, usage.output
        );
        let _ = write!(line, ", {}", dollars(client.spent()));
        let [vectors, tokens] = tally.vectors();
        if vectors > 0 {
            let _ = write!(line, "; {vectors} requests for vectors, {tokens} tokens");
        }
        if tally.retries() > 0 {
            let _ = write!(line, "; {} retries", tally.retries());
        }
        let odd = tally.steps().filter(|it| it.0 != Step::Schema && it.1 > 0);
        for (step, count) in odd {
            let _ = write!(line, "; {count} answers as {}", step.word());
        }
        if let Some(reason) = client.stop.reason() {
            let untouched = writer.untouched();
            let _ = write!(
                line,
                "; {untouched} symbols untouched, for the run ended early: {reason}"
            );
        }
        line.push('\n');
        line
    }

    /// A line that tells how far the run is, of which `done` counts the files of `total`; where people would see it.
    pub(super) fn progress(
        &self,
        screen: &Screen,
        done: &Arc<AtomicUsize>,
        total: usize,
    ) -> Option<Progress> {
        let (client, done) = (self.session.shared(), Arc::clone(done));
        let line = move || {
            let (done, model) = (done.load(Ordering::Relaxed), &client.account().model);
            let (requests, cost) = (client.tally().requests(), dollars(client.spent()));
            let end = if client.stop.reason().is_some() {
                "; ending"
            } else {
                ""
            };
            format!("asking {model}: {done} of {total} files, {requests} requests, {cost}{end}")
        };
        screen.error_width().map(|it| Progress::begin(it, line))
    }

    /// Whether the run ended before its work was done.
    pub(super) fn has_ended_early(&self) -> bool {
        self.session.client().stop.reason().is_some()
    }
}

/// The documented symbols of the files at hand.
fn documented(work: &Work) -> Vec<fix::Documented> {
    let of_job = |job: &crate::check::Job| -> Option<Vec<fix::Documented>> {
        let bytes = work.texts.read(&job.change.new).ok()?;
        let text = python::decode(&bytes).ok()?;
        Some(fix::documented(&job.change.path, &text))
    };
    let all: Vec<Vec<fix::Documented>> = work.jobs.par_iter().filter_map(of_job).collect();
    all.into_iter().flatten().collect()
}

/// Ends the process at the second Ctrl-C. A file is replaced in one step, so there is no half one.
#[expect(clippy::exit, reason = "who interrupts twice does not want to wait")]
fn leave() {
    std::process::exit(130);
}
