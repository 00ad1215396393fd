//! `docgen fix`: mend what `check` finds, and say what is left.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the clock is asked here"
)]

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::args::{self, Global};
use super::batch;
use super::failure::{Failure, Kind};
use super::jobs::{self, Asked, Work};
use super::journal::{Account, Journal};
use super::log;
use super::mend::{Mender, Outcome};
use super::refused;
use super::screen::Screen;
use super::scribe::Scribe;
use super::tally::{self, Tally};
use crate::check::{self, FileReport, Job, Project, Summary};
use crate::fix::{Estimate, Refused, Writer};
use crate::render::{Format, Run};

/// What is kept of one file.
struct Kept {
    outcome: Outcome,
    /// What is left, a line a finding.
    left: Vec<u8>,
    summary: Summary,
    account: Account,
}

/// Run the command; the exit code.
pub(super) fn run(args: &args::Fix, global: &Global, screen: &Screen) -> Result<u8, Failure> {
    run_with(args, global, screen, None)
}

/// Run the command with the words that `jobs` have brought, where there are some; the exit code.
pub(super) fn run_with(
    args: &args::Fix,
    global: &Global,
    screen: &Screen,
    jobs: Option<&[String]>,
) -> Result<u8, Failure> {
    let started = Instant::now();
    let mut asked = Asked::of(&args.request, global);
    asked.options.ai = args.asking.options();
    let work = jobs::plan(asked, screen)?;
    let mut journal = Journal::begin("fix", &args.measuring, &work, global, screen)?;
    let may_ask = !(args.mending.no_ai || args.mending.skeleton);
    let may_ask = may_ask && (args.asking.provider.is_some() || !Scribe::is_held_back(screen));
    let (redactor, root) = (journal.redactor(), &work.root);
    log::begin(&args.logging, global, may_ask, redactor, root, screen)?;
    tracing::info!(files = work.jobs.len(), "the run begins");
    let mender = Mender::new(&work, &args.mending, screen)?;
    let scribe = scribe(args, &work, (global, screen), &mut journal)?;
    if jobs.is_some() && scribe.is_none() {
        return Err(batch::without_provider());
    }
    let writer = scribe
        .as_ref()
        .map(|it| it.writer_with(mender.wish(), jobs, screen))
        .transpose()?;
    let mut fixing = Fixing {
        args,
        screen,
        work: &work,
        hand: Hand {
            args,
            run: &described(&work, screen),
            mender: &mender,
            journal: &journal,
        },
        sums: Sums::default(),
    };
    if let Some((scribe, writer)) = scribe.as_ref().zip(writer.as_ref()) {
        if args.asking.batch && jobs.is_none() {
            return batch::submit(args, screen, &work, &mender, (scribe, writer));
        }
        if args.asking.estimate {
            let estimate = fixing.estimated(scribe, writer);
            return printed(&format!("{}\n", scribe.told(&estimate)));
        }
        fixing.write(scribe, writer)?;
    } else {
        fixing.mend()?;
    }
    fixing.end(scribe.as_ref().zip(writer.as_ref()), started)
}

/// The AI, where the user chose one.
fn scribe(
    args: &args::Fix,
    work: &Work,
    (global, screen): (&Global, &Screen),
    journal: &mut Journal,
) -> Result<Option<Scribe>, Failure> {
    if args.mending.no_ai || args.mending.skeleton {
        return Ok(None);
    }
    let scribe = Scribe::new(work, &args.asking, global, screen, journal.recorder())?;
    if scribe.is_some() {
        journal.ask();
    }
    Ok(scribe)
}

/// What the report's lines need to know.
fn described(work: &Work, screen: &Screen) -> Run {
    Run {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        comparison: work.comparison.clone(),
        width: screen.width(),
        colour: screen.has_colored_errors(),
        hyperlinks: false,
        root: work.root.display().to_string(),
        provenance: None,
    }
}

/// A run of the command.
struct Fixing<'a> {
    args: &'a args::Fix,
    screen: &'a Screen,
    work: &'a Work,
    hand: Hand<'a>,
    sums: Sums,
}

/// Mends one file after another, on many cores at once.
#[derive(Clone, Copy)]
struct Hand<'a> {
    args: &'a args::Fix,
    run: &'a Run,
    mender: &'a Mender<'a>,
    journal: &'a Journal,
}

/// What adds up, file by file.
#[derive(Default)]
struct Sums {
    summary: Summary,
    tally: Tally,
    refused: Vec<Refused>,
    trouble: Option<io::Error>,
    /// What is told when the patches are printed.
    later: String,
    account: Account,
}

/// So many files are mended with the AI's words before what was said of them is told.
const AT_ONCE: usize = 256;

impl Fixing<'_> {
    /// Mends all files without the AI.
    fn mend(&mut self) -> Result<(), Failure> {
        let (args, screen, hand, work) = (self.args, self.screen, self.hand, self.work);
        let each = |job: &Job, report, project: &Project<'_>| hand.mend(job, report, project, None);
        let sums = &mut self.sums;
        let mut all = || {
            check::run(&work.jobs, &work.elsewhere, &work.texts, each, |it| {
                sums.take(it, args, screen);
            });
        };
        // Somebody who is asked about files is asked in their order.
        if args.mending.interactive {
            pool(1)?.install(all);
        } else {
            all();
        }
        Ok(())
    }

    /// Mends all files; those that lack words after the others, many at once.
    fn write(&mut self, scribe: &Scribe, writer: &Writer<'_>) -> Result<(), Failure> {
        let (args, screen, hand, work) = (self.args, self.screen, self.hand, self.work);
        let each = |job: &Job, report: FileReport, project: &Project<'_>| {
            let waits = writer.is_wanted(&report);
            (!waits).then(|| hand.mend(job, report, project, None))
        };
        let (mut waiting, mut at) = (Vec::new(), 0);
        let sums = &mut self.sums;
        check::run(&work.jobs, &work.elsewhere, &work.texts, each, |it| {
            match it {
                Some(kept) => sums.take(kept, args, screen),
                None => waiting.push(&work.jobs[at]),
            }
            at += 1;
        });
        if waiting.is_empty() {
            return Ok(());
        }
        scribe.read_examples(work);
        let project = Project::new(&work.jobs, &work.texts);
        if writer.delivery().is_none()
            && !scribe.is_confirmed(|| estimated(&waiting, &project, writer))
        {
            return Err(Failure::new(Kind::Usage, "nothing was asked"));
        }
        scribe.heed_signals();
        scribe.find_examples();
        let pool = pool(if args.mending.interactive {
            1
        } else {
            scribe.breadth()
        })?;
        let done_with = Arc::new(AtomicUsize::new(0));
        let is_quiet = args.quiet || args.asking.no_progress || args.mending.interactive;
        for part in waiting.chunks(AT_ONCE) {
            let seen = (!is_quiet).then_some(screen);
            let line = seen.and_then(|it| scribe.progress(it, &done_with, waiting.len()));
            let each = |job: &&Job| {
                let report = check::check_file(job, &project);
                let kept = hand.mend(job, report, &project, Some(writer));
                done_with.fetch_add(1, Ordering::Relaxed);
                kept
            };
            let done: Vec<Kept> =
                pool.install(|| part.par_iter().with_max_len(1).map(each).collect());
            drop(line);
            for kept in done {
                sums.take(kept, args, screen);
            }
        }
        Ok(())
    }

    /// Says what was done and what is left; the exit code.
    fn end(
        &mut self,
        words: Option<(&Scribe, &Writer<'_>)>,
        started: Instant,
    ) -> Result<u8, Failure> {
        let (args, screen, sums) = (self.args, self.screen, &mut self.sums);
        Screen::error(&std::mem::take(&mut sums.later));
        if let Some(error) = sums.trouble.take() {
            return Err(unwritable(&error));
        }
        for failure in &self.work.failures {
            screen.fail(failure);
        }
        if let Some(path) = &args.asking.failed {
            refused::write(path, &sums.refused)?;
        }
        if !args.quiet {
            let left = sums.summary.errors + sums.summary.warnings;
            let is_written = !args.mending.diff;
            Screen::error(&sums.tally.line(left, is_written, started.elapsed(), screen));
        }
        if let Some((scribe, writer)) = words {
            let told = scribe.closing(writer, screen);
            Screen::error(if args.quiet { "" } else { &told });
        }
        let code = sums.exit_code(args, self.work, words.map(|it| it.0));
        let (refused, left) = (sums.tally.refused, sums.summary.failing);
        tracing::info!(exit_code = code, refused, left, "the run ends");
        let account = std::mem::take(&mut sums.account);
        self.hand.journal.close(account, words, code, screen)?;
        Ok(code)
    }

    /// What the AI would be asked.
    fn estimated(&self, scribe: &Scribe, writer: &Writer<'_>) -> Estimate {
        let project = Project::new(&self.work.jobs, &self.work.texts);
        let is_wanted = |it: &&Job| writer.is_wanted(&check::check_file(it, &project));
        let jobs: Vec<&Job> = self.work.jobs.par_iter().filter(is_wanted).collect();
        if jobs.is_empty() {
            return Estimate::default();
        }
        scribe.read_examples(self.work);
        estimated(&jobs, &project, writer)
    }
}

/// So many threads, which take files in their order if it is one.
fn pool(threads: usize) -> Result<ThreadPool, Failure> {
    let pool = ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|it| Failure::new(Kind::Machine, it.to_string()))
}

fn estimated(jobs: &[&Job], project: &Project<'_>, writer: &Writer<'_>) -> Estimate {
    let of_job = |job: &&Job| writer.estimate(job, &check::check_file(job, project));
    let none = Estimate::default;
    jobs.par_iter().map(of_job).reduce(none, Estimate::plus)
}

impl Hand<'_> {
    fn mend(
        self,
        job: &Job,
        report: FileReport,
        project: &Project<'_>,
        writer: Option<&Writer<'_>>,
    ) -> Kept {
        let _span = tracing::info_span!("file", path = job.change.path).entered();
        let mend = |report| self.mender.mend(job, report, project, writer);
        let (outcome, account) = self.journal.mended(report, mend);
        Kept {
            left: if self.args.quiet {
                Vec::new()
            } else {
                Format::Concise.piece(self.run, &outcome.report)
            },
            summary: outcome.report.summary(job.settings.fail_on),
            outcome,
            account,
        }
    }
}

impl Sums {
    fn take(&mut self, mut kept: Kept, args: &args::Fix, screen: &Screen) {
        self.summary = self.summary + kept.summary;
        self.account.add(kept.account);
        self.later += &self.tally.take(&kept.outcome, screen, args.quiet);
        self.later += &String::from_utf8_lossy(&kept.left);
        self.refused.append(&mut kept.outcome.refused);
        // What is said of files would stand between the patches of a screen.
        let is_patch = args.mending.diff;
        if !is_patch {
            Screen::error(&std::mem::take(&mut self.later));
        }
        let written = if is_patch && screen.colored() {
            Screen::write(&tally::painted(&kept.outcome.out))
        } else {
            Screen::write(&kept.outcome.out)
        };
        self.trouble = self.trouble.take().or(written.err());
    }

    fn exit_code(&self, args: &args::Fix, work: &Work, scribe: Option<&Scribe>) -> u8 {
        let is_undone = !work.failures.is_empty()
            || self.summary.unreadable > 0
            || self.tally.has_failed()
            || scribe.is_some_and(Scribe::has_ended_early);
        let is_left = self.summary.failing > 0 || self.tally.declined > 0 || self.tally.refused > 0;
        let has_mended = self.tally.mended > 0 || self.tally.converted > 0;
        let tells = args.mending.exit_non_zero_on_fix && has_mended;
        exit_code(is_undone, is_left || tells)
    }
}

fn printed(text: &str) -> Result<u8, Failure> {
    let written = Screen::write(text.as_bytes());
    written.map_err(|error| Failure::new(Kind::Machine, format!("cannot write: {error}")))?;
    Ok(0)
}

/// 2 beats 1 beats 0.
fn exit_code(is_undone: bool, fails: bool) -> u8 {
    if is_undone {
        return Failure::EXIT_CODE;
    }
    u8::from(fails)
}

fn unwritable(error: &io::Error) -> Failure {
    Failure::new(Kind::Machine, format!("cannot write the patch: {error}"))
}
