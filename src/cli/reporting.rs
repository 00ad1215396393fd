//! A run's report: to the screen and into files, in as many formats as were asked for.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: files of reports are written here"
)]

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::args;
use super::baseline::Ledger;
use super::failure::{Failure, Kind};
use super::jobs::Work;
use super::mend::{Mender, Outcome};
use super::screen::Screen;
use super::tally::Tally;
use crate::check::{self, FileReport, Job, Project, Summary};
use crate::fix;
use crate::git::Reader as _;
use crate::python;
use crate::render::{Format, Run, Statistics, Stream};
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
        mut ledger: Option<&mut Ledger>,
    ) -> Result<(Summary, Statistics, Tally), Failure> {
        let (output, run) = (self.output, self.run);
        let on_screen = !output.quiet && !output.statistics;
        let plain = Run {
            colour: false,
            hyperlinks: false,
            ..run.clone()
        };
        let mut streams = self.streams(&plain, on_screen)?;
        let formats = self.formats(&plain, on_screen);
        let mut summary = Summary::default();
        let mut statistics = Statistics::default();
        let mut trouble = None;
        let mut tally = Tally::default();
        let is_held = ledger.is_some();
        let each = |job: &Job, report: FileReport, project: &Project<'_>| {
            let (report, outcome) = self.mended(job, report, project, &formats);
            // A baseline answers for one file after the other.
            let pending = if is_held {
                Pending::Report(Box::new(report))
            } else {
                Pending::Kept(keep(job, &report, &formats, output.statistics))
            };
            (pending, outcome)
        };
        let mut jobs = self.work.jobs.iter();
        let take = |(pending, outcome): (Pending, Option<Outcome>)| {
            let job = jobs.next();
            if let Some(outcome) = outcome {
                Screen::error(&tally.take(&outcome, self.screen, output.quiet));
            }
            let kept = match (pending, job) {
                (Pending::Kept(kept), _) => kept,
                (Pending::Report(mut report), Some(job)) => {
                    if let Some(ledger) = &mut ledger {
                        ledger.apply(&job.change.path, &mut report);
                    }
                    keep(job, &report, &formats, output.statistics)
                }
                (Pending::Report(_), None) => return,
            };
            summary = summary + kept.summary;
            statistics.merge(&kept.statistics);
            for (stream, piece) in streams.iter_mut().zip(&kept.pieces) {
                trouble = trouble.take().or(stream.push(piece).err());
            }
        };
        let work = self.work;
        check::run(&work.jobs, &work.elsewhere, &work.texts, each, take);
        for stream in streams {
            trouble = trouble.take().or(stream.end(&summary).err());
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
        on_screen: bool,
    ) -> Result<Vec<Stream<'s, Box<dyn Write>>>, Failure> {
        let (output, run) = (self.output, self.run);
        let mut streams = Vec::new();
        if on_screen {
            let out: Box<dyn Write> = Box::new(BufWriter::new(Out { closed: false }));
            streams
                .push(Stream::begin(output.format, run, out).map_err(|error| unwritable(&error))?);
        }
        for (format, path) in &output.files {
            let file = File::create(path).map_err(|error| unwritable_file(path, &error))?;
            let out: Box<dyn Write> = Box::new(BufWriter::new(file));
            streams.push(Stream::begin(*format, plain, out).map_err(|error| unwritable(&error))?);
        }
        Ok(streams)
    }
}

/// What is kept of a report when its file's text is dropped.
fn keep(job: &Job, report: &FileReport, formats: &[(Format, &Run)], count: bool) -> Kept {
    let mut statistics = Statistics::default();
    if count {
        statistics.count(report);
    }
    Kept {
        pieces: formats
            .iter()
            .map(|(format, run)| format.piece(run, report))
            .collect(),
        statistics,
        summary: report.summary(job.settings.fail_on),
    }
}

/// Standard output; once its reader has gone away, what is written goes nowhere.
struct Out {
    closed: bool,
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.closed {
            self.closed = !Screen::write(bytes)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub(super) fn unwritable(error: &io::Error) -> Failure {
    Failure::new(Kind::Machine, format!("cannot write the report: {error}"))
}

fn unwritable_file(path: &Path, error: &io::Error) -> Failure {
    Failure::new(
        Kind::Machine,
        format!("cannot write {}: {error}", path.display()),
    )
}
