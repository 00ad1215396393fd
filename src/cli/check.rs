//! `docgen check`: find, score, report.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the clock and files of reports are here"
)]

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::iter;
use std::path::Path;
use std::time::Instant;

use super::args::{self, Global};
use super::failure::{Failure, Kind};
use super::jobs::{self, Asked, Work};
use super::mend::Mender;
use super::screen::Screen;
use super::tally::Tally;
use crate::check::{self, FileReport, Job, Project, Summary};
use crate::fix;
use crate::git::{Provenance, Reader as _, Repository};
use crate::python;
use crate::render::{self, Format, Run, Statistics, Stream};
use crate::rules::Remedy;

/// What is kept of one file's report.
struct Kept {
    /// One piece for each format in work, in the order of the streams.
    pieces: Vec<Vec<u8>>,
    statistics: Statistics,
    summary: Summary,
}

/// Run the command; the exit code.
pub(super) fn run(args: &args::Check, global: &Global, screen: &Screen) -> Result<u8, Failure> {
    let started = Instant::now();
    let work = jobs::plan(Asked::of(&args.request, global), screen)?;
    if args.output.show_files {
        return show_files(&work, screen);
    }
    let run = Run {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        comparison: work.comparison.clone(),
        width: screen.width(),
        colour: screen.colored(),
        hyperlinks: false,
        root: work.root.display().to_string(),
        provenance: provenance(&work, &args.output),
    };
    let mender = mender(&work, args, screen)?;
    let reporting = Reporting {
        work: &work,
        output: &args.output,
        run: &run,
        mender: mender.as_ref(),
        screen,
    };
    let (summary, statistics, tally) = reporting.report()?;
    for failure in &work.failures {
        screen.fail(failure);
    }
    if args.output.statistics {
        print(statistics.table().as_bytes())?;
    }
    // Where nothing could be looked at, "0 of 0, score 100" would say that all is well.
    let is_told = work.failures.is_empty() || !work.jobs.is_empty();
    if !args.output.quiet && is_told {
        Screen::error(&format!(
            "{}\n",
            render::comparison_line(&run.comparison, &summary)
        ));
        Screen::error(&format!(
            "{}\n",
            render::closing_line(&run.comparison, &summary, started.elapsed())
        ));
    }
    if mender.is_some() && !args.output.quiet {
        let left = summary.errors + summary.warnings;
        Screen::error(&tally.line(left, true, started.elapsed(), screen));
    }
    Ok(exit_code(&work, &summary, &tally, args.exit_zero))
}

/// What mends each file before it is reported, where that is asked for.
fn mender<'w>(
    work: &'w Work,
    args: &args::Check,
    screen: &Screen,
) -> Result<Option<Mender<'w>>, Failure> {
    if args.fix && args.request.paths.iter().any(|it| it.as_os_str() == "-") {
        let message = "`--fix` has no file to write standard input to";
        let failure = Failure::new(Kind::Usage, message);
        return Err(failure.hint("`docgen fix -` prints the mended text"));
    }
    let mending = args.fix.then(|| Mender::new(work, &args.mending(), screen));
    mending.transpose()
}

/// Where the working folder's repository comes from, where a format asks for it.
fn provenance(work: &Work, output: &args::Output) -> Option<Provenance> {
    let mut formats = iter::once(output.format).chain(output.files.iter().map(|(it, _)| *it));
    let wanted = formats.any(Format::wants_provenance);
    let repository = wanted.then(|| Repository::discover(&work.root).ok().flatten())?;
    repository.map(|repository| repository.provenance())
}

/// 2 beats 1 beats 0.
fn exit_code(work: &Work, summary: &Summary, tally: &Tally, exit_zero: bool) -> u8 {
    if !work.failures.is_empty() || summary.unreadable > 0 || tally.has_failed() {
        return Failure::EXIT_CODE;
    }
    u8::from((summary.failing > 0 || tally.declined > 0) && !exit_zero)
}

/// What a report is made of.
struct Reporting<'r> {
    work: &'r Work,
    output: &'r args::Output,
    run: &'r Run,
    /// Mends each file before it is reported.
    mender: Option<&'r Mender<'r>>,
    screen: &'r Screen,
}

impl Reporting<'_> {
    /// Checks every file, and writes each report as soon as those before it are written.
    fn report(&self) -> Result<(Summary, Statistics, Tally), Failure> {
        let (output, run) = (self.output, self.run);
        let on_screen = !output.quiet && !output.statistics;
        let plain = Run {
            colour: false,
            hyperlinks: false,
            ..run.clone()
        };
        let mut streams = self.streams(on_screen, &plain)?;
        let formats: Vec<(Format, &Run)> = on_screen
            .then_some((output.format, run))
            .into_iter()
            .chain(output.files.iter().map(|(format, _)| (*format, &plain)))
            .collect();
        let mut summary = Summary::default();
        let mut statistics = Statistics::default();
        let mut trouble = None;
        let mut tally = Tally::default();
        let each = |job: &Job, report: FileReport, project: &Project<'_>| {
            let mut outcome = self.mender.map(|it| it.mend(job, report.clone(), project));
            let now = outcome.as_mut().and_then(|it| it.now.take());
            let report = outcome.as_ref().map_or(report, |it| it.report.clone());
            let report = if formats.iter().any(|it| it.0.holds_edits()) {
                self.offered(job, report, now, project)
            } else {
                report
            };
            let kept = keep(job, &report, &formats, output.statistics);
            (kept, outcome)
        };
        check::run(
            &self.work.jobs,
            &self.work.elsewhere,
            &self.work.texts,
            each,
            |(kept, outcome)| {
                if let Some(outcome) = outcome {
                    Screen::error(&tally.take(&outcome, self.screen, output.quiet));
                }
                summary = summary + kept.summary;
                statistics.merge(&kept.statistics);
                for (stream, piece) in streams.iter_mut().zip(&kept.pieces) {
                    trouble = trouble.take().or(stream.push(piece).err());
                }
            },
        );
        for stream in streams {
            trouble = trouble.take().or(stream.end(&summary).err());
        }
        trouble.map_or(Ok((summary, statistics, tally)), |error| {
            Err(unwritable(&error))
        })
    }
}

impl Reporting<'_> {
    /// Where each report goes: the screen's first.
    fn streams<'a>(
        &'a self,
        on_screen: bool,
        plain: &'a Run,
    ) -> Result<Vec<Stream<'a, Box<dyn Write>>>, Failure> {
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

fn show_files(work: &Work, screen: &Screen) -> Result<u8, Failure> {
    let mut list = String::new();
    for job in &work.jobs {
        list.push_str(&job.change.path);
        list.push('\n');
    }
    print(list.as_bytes())?;
    for failure in &work.failures {
        screen.fail(failure);
    }
    Ok(if work.failures.is_empty() {
        0
    } else {
        Failure::EXIT_CODE
    })
}

fn print(bytes: &[u8]) -> Result<(), Failure> {
    Screen::write(bytes)
        .map(|_| ())
        .map_err(|error| unwritable(&error))
}

fn unwritable(error: &io::Error) -> Failure {
    Failure::new(Kind::Machine, format!("cannot write the report: {error}"))
}

fn unwritable_file(path: &Path, error: &io::Error) -> Failure {
    Failure::new(
        Kind::Machine,
        format!("cannot write {}: {error}", path.display()),
    )
}
