//! What a run did and took: taken down while it goes on, written and kept at its end.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::args::Global;
use super::failure::{Failure, chain};
use super::history::Project;
use super::jobs::{self, Work};
use super::measuring::Measuring;
use super::mend::Outcome;
use super::screen::Screen;
use super::scribe::Scribe;
use super::shelf;
use super::whole_file::WholeFile;
use crate::ai::{self, Redactor};
use crate::check::FileReport;
use crate::config::{Options, StoreChoice};
use crate::contract::Score;
use crate::fix::Writer;
use crate::meter::{
    self, Fate, Operation, Outcomes, Record, Recorder, Served, SymbolRecord, Tokens,
};
use crate::render::FigureFormat;
use crate::store::Store;

/// Takes down one run.
pub(super) struct Journal {
    command: &'static str,
    root: PathBuf,
    began: u64,
    recorder: Arc<Recorder>,
    /// Takes out what nobody is to be told.
    redactor: Redactor,
    /// The file that figures go to.
    figures: Option<(FigureFormat, WholeFile)>,
    /// Where the run is kept, where somebody asked for that.
    store: Option<StoreChoice>,
    /// Whether an AI is asked: such runs are kept where its answers are.
    asks: bool,
}

/// What adds up, file by file.
#[derive(Debug, Default)]
pub(super) struct Account {
    files: u64,
    /// The score before anything was mended; nothing is possible where nothing was to be.
    before: Score,
    after: Score,
    symbols: Vec<SymbolRecord>,
}

/// What is remembered of a file before it is mended.
struct Before {
    score: Score,
    /// How many findings each symbol had, in the order of the text.
    found: Vec<(String, usize)>,
}

impl Journal {
    /// Begins to take down a run of `command`.
    pub(super) fn begin(
        command: &'static str,
        measuring: &Measuring,
        work: &Work,
        global: &Global,
        screen: &Screen,
    ) -> Result<Self, Failure> {
        let figures = measuring.metrics.as_ref();
        let figures = figures.map(|it| Ok::<_, Failure>((it.format, WholeFile::new(&it.path)?)));
        let store = measuring
            .history
            .then(|| shelf::choice(&work.root, global, screen));
        let variables = jobs::sources(global, Options::default(), screen)?.variables;
        Ok(Self {
            command,
            root: work.root.clone(),
            began: ai::now(),
            recorder: Arc::default(),
            redactor: Redactor::new(&variables),
            figures: figures.transpose()?,
            store: store.transpose()?,
            asks: false,
        })
    }

    /// An AI is asked: such a run is kept without being told to.
    pub(super) const fn ask(&mut self) {
        self.asks = true;
    }

    /// What takes down what is done.
    pub(super) const fn recorder(&self) -> &Arc<Recorder> {
        &self.recorder
    }

    /// What takes out of texts what nobody is to be told.
    pub(super) const fn redactor(&self) -> &Redactor {
        &self.redactor
    }

    /// Whether anybody wants to know what becomes of each symbol.
    pub(super) const fn is_wanted(&self) -> bool {
        self.figures.is_some() || self.store.is_some() || self.asks
    }

    /// Takes down how a file is mended.
    pub(super) fn mended(
        &self,
        report: FileReport,
        mend: impl FnOnce(FileReport) -> Outcome,
    ) -> (Outcome, Account) {
        if !self.is_wanted() {
            return (mend(report), Account::default());
        }
        let before = Before::of(&report);
        let watch = self.recorder.watch(Operation::File);
        let outcome = mend(report);
        watch.end(outcome.failure.is_none());
        let account = self.account(&before, &outcome);
        (outcome, account)
    }

    fn account(&self, before: &Before, outcome: &Outcome) -> Account {
        let path = outcome.report.file.path();
        let mut found = before.by_name();
        let symbols = outcome.report.symbols.iter().map(|symbol| {
            let qualname = symbol.qualname.as_str();
            let found = found.get_mut(qualname).and_then(Vec::pop).unwrap_or(0);
            let left = symbol.findings.len();
            let has_mended = outcome.mended.iter().any(|it| it.qualname == qualname);
            let reason = reason(outcome, qualname);
            let fate = match (left, has_mended || left < found) {
                (0, false) => Fate::Complete,
                (0, true) => Fate::Mended,
                (_, true) => Fate::Partly,
                (_, false) if reason.is_empty() => Fate::Untouched,
                (_, false) => Fate::Refused,
            };
            let effort = self.recorder.take_effort(path, qualname);
            SymbolRecord {
                path: path.to_owned(),
                qualname: qualname.to_owned(),
                fate,
                // What was said of it may repeat what the code holds, or the model made up.
                reason: if left > 0 {
                    self.redactor.redacted(&reason)
                } else {
                    String::new()
                },
                left: left as u64,
                score: percent(symbol.score),
                effort: effort.unwrap_or_default(),
            }
        });
        Account {
            files: 1,
            before: before.score,
            after: outcome.report.symbols.iter().map(|it| it.score).sum(),
            symbols: symbols.collect(),
        }
    }

    /// Writes and keeps what was taken down.
    pub(super) fn close(
        &self,
        account: Account,
        words: Option<(&Scribe, &Writer<'_>)>,
        exit_code: u8,
        screen: &Screen,
    ) -> Result<(), Failure> {
        if !self.is_wanted() {
            return Ok(());
        }
        let project = Project::of(&self.root);
        let mut record = self.record(account, exit_code);
        record.project.clone_from(&project.name);
        if let Some((scribe, writer)) = words {
            scribe.tell(writer, &mut record);
        }
        if let Some(text) = &mut record.ended_early {
            *text = self.redactor.redacted(text);
        }
        for fault in &mut record.faults {
            fault.text = self.redactor.redacted(&fault.text);
        }
        let opened = self.store.as_ref().filter(|_| words.is_none());
        let opened = opened.map(|it| shelf::open(it, screen));
        let store: Option<&dyn Store> = match (words, &opened) {
            (Some((scribe, _)), _) => Some(scribe.client().store().as_ref()),
            (None, opened) => opened.as_deref(),
        };
        if matches!(self.store, Some(StoreChoice::Memory)) {
            screen.warn("this run is not kept: nothing is, by `cache.backend`");
        }
        if let Some(store) = store {
            Self::keep(&project, store, &record, screen);
        }
        match &self.figures {
            Some((format, file)) => file.write(&format.draw(&record)),
            None => Ok(()),
        }
    }

    /// Keeps a run. A store that fails is told of, and is no reason to fail.
    fn keep(project: &Project, store: &dyn Store, record: &Record, screen: &Screen) {
        if let Err(error) = project.keep(store, record) {
            screen.warn(&format!("this run is not kept: {}", chain(&error)));
        }
        if let Some(complaint) = store.complaint() {
            screen.warn(&complaint);
        }
    }

    fn record(&self, account: Account, exit_code: u8) -> Record {
        let mut symbols = account.symbols;
        symbols.sort_by_key(|it| it.fate);
        let folder = self.store.as_ref().and_then(StoreChoice::folder);
        Record {
            id: meter::run_id().to_owned(),
            command: self.command.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            began: self.began,
            seconds: self.recorder.elapsed().as_secs_f64(),
            exit_code,
            files: account.files,
            outcomes: Outcomes::of(&symbols),
            score_before: percent(account.before),
            score: percent(account.after),
            timings: self.recorder.timings(),
            faults: self.recorder.faults(),
            process: meter::process(),
            machine: shelf::machine(folder),
            symbols,
            ..Record::default()
        }
    }
}

impl Account {
    /// What a file that nothing is mended of comes to.
    pub(super) fn of(report: &FileReport) -> Self {
        let path = report.file.path();
        let symbols = report.symbols.iter().filter(|it| it.score.possible > 0);
        let symbols = symbols.map(|it| SymbolRecord {
            path: path.to_owned(),
            qualname: it.qualname.clone(),
            fate: if it.score.is_complete() {
                Fate::Complete
            } else {
                Fate::Untouched
            },
            left: it.findings.len() as u64,
            score: percent(it.score),
            ..SymbolRecord::default()
        });
        Self {
            files: 1,
            before: Score::default(),
            after: report.symbols.iter().map(|it| it.score).sum(),
            symbols: symbols.collect(),
        }
    }

    /// Adds another file.
    pub(super) fn add(&mut self, mut other: Self) {
        self.files += other.files;
        self.before = self.before + other.before;
        self.after = self.after + other.after;
        self.symbols.append(&mut other.symbols);
    }
}

impl Before {
    fn of(report: &FileReport) -> Self {
        let symbols = report.symbols.iter();
        Self {
            score: symbols.clone().map(|it| it.score).sum(),
            found: symbols
                .map(|it| (it.qualname.clone(), it.findings.len()))
                .collect(),
        }
    }

    /// The counts of each name, the last first.
    fn by_name(&self) -> BTreeMap<&str, Vec<usize>> {
        let mut counts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (name, count) in self.found.iter().rev() {
            counts.entry(name).or_default().push(*count);
        }
        counts
    }
}

/// Why what was found of a symbol was not mended.
fn reason(outcome: &Outcome, qualname: &str) -> String {
    let refused = outcome.refused.iter().filter(|it| it.qualname == qualname);
    let declined = outcome.declined.iter().filter(|it| it.qualname == qualname);
    let mut reasons: Vec<&str> = refused.map(|it| it.reason.as_str()).collect();
    reasons.extend(declined.map(|it| it.reason.as_str()));
    reasons.dedup();
    reasons.join("; ")
}

fn percent(score: Score) -> Option<f64> {
    (score.possible > 0).then(|| score.percent())
}

impl Scribe {
    /// Adds what the AI took.
    fn tell(&self, writer: &Writer<'_>, record: &mut Record) {
        let client = self.client();
        let (tally, usage) = (client.tally(), client.tally().usage());
        let counts = writer.counts();
        record.provider = Some(client.account().kind.word().to_owned());
        record.model = Some(client.account().model.clone());
        record.ended_early = client.stop.reason();
        record.requests = tally.requests();
        record.retries = tally.retries();
        record.tokens = Tokens {
            input: usage.input,
            cached: usage.cached,
            output: usage.output,
        };
        record.micros = client.spent();
        record.cache = Served {
            hits: counts.hits,
            misses: counts.misses,
            errors: counts.errors,
        };
        record.machine = shelf::machine(self.folder());
    }
}
