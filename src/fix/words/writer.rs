//! One file's missing words: asked for together, tried, and asked for again with what was wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, OnceLock};

use super::answer::Answers;
use super::ask::{self, Ask, Refused, Terms};
use super::claims::{Claims, PULSE};
use super::context::Surroundings;
use super::delivery::Delivery;
use super::estimate::{self, Estimate};
use super::library::Library;
use super::pending::{self, Pending};
use super::reply;
use super::shelf::Shelf;
use super::wanted::Wanted;
use crate::ai::{Client, Session};
use crate::check::{FileReport, Job, Project};
use crate::fix::bars::Bars;
use crate::fix::mend::{self, Mended, Note};
use crate::fix::plan;
use crate::fix::wish::Wish;
use crate::python::SymbolId;
use crate::store::Counts;

/// How words are asked for.
#[derive(Clone, Debug)]
pub struct WriterSettings {
    /// How often a symbol is asked for, the first time included.
    pub attempts: u8,
    /// How often a symbol's requests are made again for reasons that pass.
    pub retries: u32,
    /// The most tokens of an answer.
    pub max_tokens: Option<u32>,
    /// Tokens of a prompt that stay unused.
    pub token_buffer: u64,
    /// How many similar symbols a prompt shows.
    pub similar: usize,
    /// Whether a symbol that holds a secret is skipped.
    pub skip_secrets: bool,
    /// How long answers are kept, in seconds.
    pub ttl: u64,
    /// What the project is called, to forget its answers by.
    pub project: String,
    /// The symbols that are asked for, by path and qualified name; all where there is none.
    pub only: Option<BTreeSet<(String, String)>>,
}

/// Writes the missing words of files.
#[derive(Debug)]
pub struct Writer<'s> {
    pub(super) session: &'s Session,
    library: &'s OnceLock<Library>,
    pub(super) settings: WriterSettings,
    wish: Wish,
    pub(super) shelf: Shelf<'s>,
    pub(super) claims: Arc<Claims>,
    /// What jobs have brought; where there is something, nobody is asked.
    pub(super) delivery: Option<Delivery>,
    /// Symbols that were not asked for, or whose answers did not come, because the run was over.
    untouched: AtomicU64,
}

/// What is shown where no library was made.
static NO_LIBRARY: LazyLock<Library> = LazyLock::new(Library::default);

/// The most tokens of a symbol's context.
const WINDOW: u64 = 6000;

impl<'s> Writer<'s> {
    /// One that asks through `session` and shows examples from `library`, once that is there.
    pub fn new(
        session: &'s Session,
        library: &'s OnceLock<Library>,
        settings: WriterSettings,
        wish: Wish,
    ) -> Self {
        let client = session.client();
        let store = client.store();
        let shelf = Shelf::new(store.as_ref(), client.recorder(), settings.ttl);
        let claims = Arc::new(Claims::new(Arc::clone(store), settings.ttl > 0));
        let held = Arc::clone(&claims);
        session.every(PULSE, move || held.renew());
        // Words were chosen: nothing is left for placeholders.
        let wish = Wish {
            skeleton: false,
            ..wish
        };
        Self {
            session,
            library,
            settings,
            wish,
            shelf,
            claims,
            delivery: None,
            untouched: AtomicU64::new(0),
        }
    }

    /// The same with the answers that jobs have brought: nobody is asked.
    #[must_use]
    pub fn with(mut self, delivery: Delivery) -> Self {
        self.delivery = Some(delivery);
        self
    }

    /// The session that is asked through.
    pub const fn session(&self) -> &'s Session {
        self.session
    }

    /// What jobs have brought.
    pub fn delivery(&self) -> Option<&Delivery> {
        self.delivery.as_ref()
    }

    /// Writes what words a file lacks, in memory; the symbols that got none are given back with the reasons.
    pub fn mend(
        &self,
        job: &Job,
        mut mended: Mended,
        project: &Project<'_>,
        bars: &Bars,
    ) -> (Mended, Vec<Refused>) {
        let path = job.change.path.as_str();
        let (mut all, mut refused) = self.pending(job, &mended.report, bars);
        for attempt in 0..u32::from(self.settings.attempts) {
            if attempt == 0 {
                for it in &mut all {
                    it.fresh = self.shelf.find(&it.ask);
                    it.effort.is_kept = it.fresh.is_some();
                }
            }
            self.ask(&mut all, attempt);
            let answers = pending::fresh(&mut all);
            if !answers.is_empty() {
                mended = self.tried(job, mended, project, &answers, &mut all);
            }
            let is_over = self.client().stop.reason().is_some();
            if is_over || all.iter().all(|it| it.is_done || it.is_final) {
                break;
            }
        }
        refused.append(&mut self.left(path, all));
        (mended, refused)
    }

    /// The symbols that got no words, with the reasons. What was noted of the others is struck out.
    fn left(&self, path: &str, all: Vec<Pending>) -> Vec<Refused> {
        let mut refused = Vec::new();
        let recorder = self.client().recorder();
        for it in &all {
            recorder.effort(path, &it.ask.qualname, it.effort);
            it.tell();
        }
        let is_over = self.client().stop.reason().is_some();
        // What a run leaves behind that ends early is for the next one, and so is what a job has brought that was not right.
        let is_kept = is_over || self.delivery.is_some();
        for it in all.iter().filter(|it| !it.is_done && !is_kept) {
            self.retell(it);
            self.shelf.strike(&it.notes);
        }
        for it in all.into_iter().filter(|it| !it.is_done) {
            match it.feedback {
                Some(reason) => refused.push(Refused {
                    path: path.to_owned(),
                    qualname: it.ask.qualname,
                    reason,
                }),
                None => {
                    self.untouched.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
        refused
    }

    /// Whether a report has findings that words could mend.
    pub fn is_wanted(&self, report: &FileReport) -> bool {
        const CODES: [&str; 19] = [
            "DG100", "DG101", "DG102", "DG103", "DG104", "DG105", "DG106", "DG107", "DG108",
            "DG201", "DG208", "DG301", "DG401", "DG404", "DG501", "DG504", "DG601", "DG801",
            "DG802",
        ];
        let mut findings = report.symbols.iter().flat_map(plan::wordless);
        findings.any(|it| {
            let code = it.rule.code;
            CODES.contains(&code) || self.wish.anew && code == "DG803"
        })
    }

    /// What asking for a file's words would take.
    pub fn estimate(&self, job: &Job, report: &FileReport) -> Estimate {
        let path = job.change.path.as_str();
        let (asks, _) = ask::of_file(job, report, self.terms(path, None));
        let symbols = asks.len() as u64;
        let is_kept = |it: &Ask| self.shelf.find(it).is_some();
        let asks: Vec<Ask> = asks.into_iter().filter(|it| !is_kept(it)).collect();
        Estimate {
            symbols,
            kept: symbols - asks.len() as u64,
            ..estimate::of(&asks, self.client())
        }
    }

    /// How the store served this run.
    pub fn counts(&self) -> Counts {
        self.shelf.counts()
    }

    /// Symbols that were left as they are because the run was over.
    pub fn untouched(&self) -> u64 {
        self.untouched.load(Ordering::Relaxed)
    }

    /// Adds this run's counts to the store's.
    pub fn close(&self) {
        self.shelf.close();
    }

    pub(super) fn client(&self) -> &Client {
        self.session.client()
    }

    pub(super) fn terms<'t>(&'t self, path: &'t str, session: Option<&'t Session>) -> Terms<'t> {
        let client = self.client();
        let room = client.model().map_or(u64::MAX, |it| {
            // The instructions and the answer need a part of it.
            it.context.saturating_sub(8000 + self.settings.token_buffer)
        });
        Terms {
            around: Surroundings {
                library: self.library.get().unwrap_or(&NO_LIBRARY),
                session,
                counter: client.counter(),
                similar: self.settings.similar,
                path,
                window: WINDOW.min(room),
            },
            model: client.account().priced_model(),
            wish: self.wish,
            skip_secrets: self.settings.skip_secrets,
            only: self.settings.only.as_ref(),
        }
    }

    /// Tries the answers; what still lacks words gets to know why.
    pub(super) fn tried(
        &self,
        job: &Job,
        before: Mended,
        project: &Project<'_>,
        answers: &Answers,
        all: &mut [Pending],
    ) -> Mended {
        let mut next = mend::mend(
            job,
            before.report,
            before.new,
            project,
            self.wish,
            &Bars::new(),
            answers,
        );
        let lacking: BTreeMap<SymbolId, Wanted> = ask::lacking(job, &next.report, self.wish)
            .into_iter()
            .collect();
        for it in all.iter_mut().filter(|it| answers.contains_key(&it.ask.id)) {
            match lacking.get(&it.ask.id) {
                None => {
                    it.is_done = true;
                    self.shelf.keep(&it.ask, &it.words, self.tags(job, &it.ask));
                    self.shelf.strike(&it.notes);
                }
                Some(wanted) => {
                    it.wanted = wanted.clone();
                    it.feedback = Some(reply::reason(&next.declined, &it.ask.qualname));
                    self.shelf.forget(&it.ask);
                }
            }
        }
        // What words could not mend is told with the symbols that got none.
        next.old = before.old;
        let anew: Vec<Note> = next.declined.into_iter().filter(Note::is_anew).collect();
        next.declined = before.declined;
        // What an earlier attempt had to decline is told once.
        next.declined
            .retain(|it| !it.is_anew() || anew.iter().all(|new| new.qualname != it.qualname));
        next.declined.extend(anew);
        let mut mended = before.mended;
        mended.append(&mut next.mended);
        next.mended = mended;
        next
    }

    fn tags(&self, job: &Job, ask: &Ask) -> Vec<String> {
        vec![
            format!("file:{}", job.change.path),
            format!("symbol:{}", ask.qualname),
            format!("model:{}", self.client().account().model),
            format!("project:{}", self.settings.project),
        ]
    }
}
