//! `docgen fix`: mend what `check` finds, and say what is left.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the clock is asked here"
)]

use std::io;
use std::time::Instant;

use super::args::{self, Global};
use super::failure::{Failure, Kind};
use super::jobs::{self, Asked};
use super::mend::{Mender, Outcome};
use super::screen::Screen;
use super::tally::{self, Tally};
use crate::check::{self, Job, Project, Summary};
use crate::render::{Format, Run};

/// What is kept of one file.
struct Kept {
    outcome: Outcome,
    /// What is left, a line a finding.
    left: Vec<u8>,
    summary: Summary,
}

/// Run the command; the exit code.
pub(super) fn run(args: &args::Fix, global: &Global, screen: &Screen) -> Result<u8, Failure> {
    let started = Instant::now();
    let work = jobs::plan(Asked::of(&args.request, global), screen)?;
    let mender = Mender::new(&work, &args.mending, screen)?;
    let run = Run {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        comparison: work.comparison.clone(),
        width: screen.width(),
        colour: screen.has_colored_errors(),
        hyperlinks: false,
        root: work.root.display().to_string(),
        provenance: None,
    };
    let each = |job: &Job, report, project: &Project<'_>| {
        let outcome = mender.mend(job, report, project);
        Kept {
            left: if args.quiet {
                Vec::new()
            } else {
                Format::Concise.piece(&run, &outcome.report)
            },
            summary: outcome.report.summary(job.settings.fail_on),
            outcome,
        }
    };
    let (mut summary, mut tally) = (Summary::default(), Tally::default());
    let (mut trouble, mut later) = (None, String::new());
    let is_patch = args.mending.diff;
    check::run(&work.jobs, &work.elsewhere, &work.texts, each, |kept| {
        summary = summary + kept.summary;
        later += &tally.take(&kept.outcome, screen, args.quiet);
        later += &String::from_utf8_lossy(&kept.left);
        // What is said of files would stand between the patches of a screen.
        if !is_patch {
            Screen::error(&std::mem::take(&mut later));
        }
        let written = if is_patch && screen.colored() {
            Screen::write(&tally::painted(&kept.outcome.out))
        } else {
            Screen::write(&kept.outcome.out)
        };
        trouble = trouble.take().or(written.err());
    });
    Screen::error(&later);
    if let Some(error) = trouble {
        return Err(unwritable(&error));
    }
    for failure in &work.failures {
        screen.fail(failure);
    }
    if !args.quiet {
        let left = summary.errors + summary.warnings;
        Screen::error(&tally.line(left, !is_patch, started.elapsed(), screen));
    }
    let is_undone = !work.failures.is_empty() || summary.unreadable > 0 || tally.has_failed();
    let is_left = summary.failing > 0 || tally.declined > 0;
    let has_mended = tally.mended > 0 || tally.converted > 0;
    let tells = args.mending.exit_non_zero_on_fix && has_mended;
    Ok(exit_code(is_undone, is_left || tells))
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
