//! A run's report: to the screen and into files, in as many formats as were asked for.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::args;
use super::baseline::Ledger;
use super::failure::Failure;
use super::jobs::Work;
use super::mend::{Mender, Outcome};
use super::screen::Screen;
use super::sink::{Out, Sink, in_file, on_screen, unwritable};
use super::tally::Tally;
use crate::check::{self, FileReport, Job, Project, Summary};
use crate::fix;
use crate::git::Reader as _;
use crate::python;
use crate::render::{Format, Run, Sheet, Statistics, Stream};
use crate::rules::Remedy;

/// What is kept of one file's report.
struct Kept {
    /// One piece for each format in work, in the order of the streams.
    pieces: Vec<Vec<u8>>,
    statistics: Statistics,
    summary: Summary,
}

/// A file that is checked and not yet reported.
enum Pending {
    Kept(Kept),
    /// To be held against a baseline first.
    Report(Box<FileReport>),
}

/// So few files are written by one thread.
const FEW: usize = 8;

/// What a report is made of.
pub(super) struct Reporting<'r> {
    pub(super) work: &'r Work,
    pub(super) output: &'r args::Output,
    pub(super) run: &'r Run,
    /// Mends each file before it is reported.
    pub(super) mender: Option<&'r Mender<'r>>,
    pub(super) screen: &'r Screen,
}

impl Reporting<'_> {
    /// Checks every file, and writes each report as soon as those before it are written.
    pub(super) fn report(
        &self,
        ledger: Option<&mut Ledger>,
    ) -> Result<(Summary, Statistics, Tally), Failure> {
        let (output, run) = (self.output, self.run);
        let on_screen = !output.quiet && !output.statistics;
        let plain = Run {
            colour: false,
            hyperlinks: false,
            ..run.clone()
        };
        let streams = self.streams(&plain, on_screen)?;
        let formats = self.formats(&plain, on_screen);
        let is_full: Vec<AtomicBool> = formats.iter().map(|_| AtomicBool::new(false)).collect();
        let keeping = Keeping {
            formats: &formats,
            is_full: &is_full,
            counts: output.statistics,
        };
        // A thread costs more than a few files, and one output is written while nothing else could be.
        let is_large = streams.len() > 1 && self.work.jobs.len() > FEW;
        thread::scope(|scope| {
            let sink = |(stream, is_full)| {
                if is_large {
                    Sink::spawn(stream, is_full, scope)
                } else {
                    Sink::new(stream, is_full)
                }
            };
            let sinks = streams.into_iter().zip(&is_full).map(sink).collect();
            self.write(&keeping, sinks, ledger)
        })
    }

    /// Checks every file into the sinks.
    fn write(
        &self,
        keeping: &Keeping<'_>,
        mut sinks: Vec<Sink<'_>>,
        mut ledger: Option<&mut Ledger>,
    ) -> Result<(Summary, Statistics, Tally), Failure> {
        let mut summary = Summary::default();
        let mut statistics = Statistics::default();
        let mut trouble = None;
        let mut tally = Tally::default();
        let is_held = ledger.is_some();
        let each = |job: &Job, report: FileReport, project: &Project<'_>| {
            let (report, outcome) = self.mended(job, report, project, keeping.formats);
            // A baseline answers for one file after the other.
            let pending = if is_held {
                Pending::Report(Box::new(report))
            } else {
                Pending::Kept(keeping.keep(job, &report))
            };
            (pending, outcome)
        };
        let mut jobs = self.work.jobs.iter();
        let take = |(pending, outcome): (Pending, Option<Outcome>)| {
            let job = jobs.next();
            if let Some(outcome) = outcome {
                Screen::error(&tally.take(&outcome, self.screen, self.output.quiet));
            }
            let kept = match (pending, job) {
                (Pending::Kept(kept), _) => kept,
                (Pending::Report(mut report), Some(job)) => {
                    if let Some(ledger) = &mut ledger {
                        ledger.apply(&job.change.path, &mut report);
                    }
                    keeping.keep(job, &report)
                }
                (Pending::Report(_), None) => return,
            };
            summary = summary + kept.summary;
            statistics.merge(&kept.statistics);
            for (sink, piece) in sinks.iter_mut().zip(kept.pieces) {
                trouble = trouble.take().or(sink.push(piece).err());
            }
        };
        let work = self.work;
        check::run(&work.jobs, &work.elsewhere, &work.texts, each, take);
        for sink in sinks {
            trouble = trouble.take().or(sink.end(&summary).err());
        }
        trouble.map_or(Ok((summary, statistics, tally)), |error| {
            Err(unwritable(&error))
        })
    }

    /// The report of a file once it is mended, where that is asked for.
    fn mended(
        &self,
        job: &Job,
        report: FileReport,
        project: &Project<'_>,
        formats: &[(Format, &Run)],
    ) -> (FileReport, Option<Outcome>) {
        let mut outcome = self
            .mender
            .map(|it| it.mend(job, report.clone(), project, None));
        let now = outcome.as_mut().and_then(|it| it.now.take());
        let report = outcome.as_ref().map_or(report, |it| it.report.clone());
        if formats.iter().any(|it| it.0.holds_edits()) {
            return (self.offered(job, report, now, project), outcome);
        }
        (report, outcome)
    }

    /// The report with such remedies only as `docgen fix` would make. `now` are the file's bytes, where it was mended.
    fn offered(
        &self,
        job: &Job,
        report: FileReport,
        now: Option<Vec<u8>>,
        project: &Project<'_>,
    ) -> FileReport {
        let mut findings = report.symbols.iter().flat_map(|it| &it.findings);
        if !findings.any(|it| matches!(it.remedy, Remedy::Edits(..))) {
            return report;
        }
        let bytes = now.or_else(|| self.work.texts.read(&job.change.new).ok());
        let is_it = |it: &Vec<u8>| python::decode(it).is_ok_and(|it| it == report.file.text());
        match bytes.filter(is_it) {
            Some(bytes) => fix::offered(job, report, &bytes, project),
            None => report,
        }
    }

    /// What is written, in the order of the streams.
    fn formats<'s>(&'s self, plain: &'s Run, on_screen: bool) -> Vec<(Format, &'s Run)> {
        let files = self.output.files.iter();
        on_screen
            .then_some((self.output.format, self.run))
            .into_iter()
            .chain(files.map(|(format, _)| (*format, plain)))
            .collect()
    }

    /// One for the screen, where it is wanted, and one for each file.
    fn streams<'s>(
        &'s self,
        plain: &'s Run,
        is_shown: bool,
    ) -> Result<Vec<Stream<'s, Out>>, Failure> {
        let mut streams = Vec::new();
        if is_shown {
            streams.push(on_screen(self.output.format, self.run)?);
        }
        for (format, path) in &self.output.files {
            streams.push(in_file(*format, plain, path)?);
        }
        Ok(streams)
    }
}

/// What is kept of a report when its file's text is dropped.
struct Keeping<'k> {
    formats: &'k [(Format, &'k Run)],
    /// Which of them show no more findings in full.
    is_full: &'k [AtomicBool],
    /// Whether findings are counted by rule.
    counts: bool,
}

impl Keeping<'_> {
    fn keep(&self, job: &Job, report: &FileReport) -> Kept {
        let mut statistics = Statistics::default();
        if self.counts {
            statistics.count(report);
        }
        let mut kept = Kept {
            pieces: Vec::with_capacity(self.formats.len()),
            statistics,
            summary: report.summary(job.settings.fail_on),
        };
        if let [(_, run), ..] = self.formats {
            let sheet = Sheet::new(run, report);
            let piece = |(it, is_full): (&(Format, &Run), &AtomicBool)| {
                let (format, run) = *it;
                format.piece_of(run, &sheet, is_full.load(Ordering::Relaxed))
            };
            let formats = self.formats.iter().zip(self.is_full);
            kept.pieces.extend(formats.map(piece));
        }
        kept
    }
}
