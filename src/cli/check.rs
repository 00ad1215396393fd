//! `docgen check`: find, score, report.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the clock is here"
)]

use std::iter;
use std::path::Path;
use std::time::Instant;

use super::args::{self, Global};
use super::baseline::Ledger;
use super::failure::{Failure, Kind};
use super::jobs::{self, Asked, Work};
use super::mend::Mender;
use super::reporting::Reporting;
use super::screen::Screen;
use super::sink::unwritable;
use super::tally::Tally;
use crate::check::Summary;
use crate::git::{Provenance, Repository};
use crate::render::{self, Format, Run};

/// Run the command; the exit code.
pub(super) fn run(args: &args::Check, global: &Global, screen: &Screen) -> Result<u8, Failure> {
    let started = Instant::now();
    let mut asked = Asked::of(&args.request, global);
    asked.remote = (!args.fix).then_some(&args.remote);
    let mut work = jobs::plan(asked, screen)?;
    if args.output.show_files {
        return show_files(&work, screen);
    }
    if args.baseline.is_some() {
        work.adjust(|settings| settings.digests = true);
    }
    let run = described(&work, args, global, screen);
    let mender = mender(&work, args, screen)?;
    let mut ledger = args
        .baseline
        .as_deref()
        .map(|it| Ledger::open(it, &work.root))
        .transpose()?;
    let reporting = Reporting {
        work: &work,
        output: &args.output,
        run: &run,
        mender: mender.as_ref(),
        screen,
    };
    let (summary, statistics, tally) = reporting.report(ledger.as_mut())?;
    for failure in &work.failures {
        screen.fail(failure);
    }
    if args.output.statistics {
        print(statistics.table().as_bytes())?;
    }
    // Where nothing could be looked at, "0 of 0, score 100" would say that all is well.
    let is_told = work.failures.is_empty() || !work.jobs.is_empty();
    let is_low = run.comparison.kind == "all" && summary.score.percent() < work.fail_under;
    if !args.output.quiet && is_told {
        tell(
            &run,
            &summary,
            started,
            args.baseline.as_deref().zip(ledger.as_ref()),
        );
        if is_low {
            Screen::error(&format!(
                "{}\n",
                render::too_low(summary.score, work.fail_under)
            ));
        }
    }
    if mender.is_some() && !args.output.quiet {
        let left = summary.errors + summary.warnings;
        Screen::error(&tally.line(left, true, started.elapsed(), screen));
    }
    let code = exit_code(&work, &summary, &tally, args.exit_zero);
    Ok(if is_low && !args.exit_zero {
        code.max(1)
    } else {
        code
    })
}

/// What renderers are told of the run.
fn described(work: &Work, args: &args::Check, global: &Global, screen: &Screen) -> Run {
    Run {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        comparison: work.comparison.clone(),
        width: screen.width(),
        colour: screen.colored(),
        hyperlinks: screen.has_links(global.color),
        // What a clone lies in is gone before anybody reads of it.
        root: work.home().display().to_string(),
        provenance: provenance(work, &args.output),
    }
}

/// The lines on standard error behind a report.
fn tell(run: &Run, summary: &Summary, started: Instant, baseline: Option<(&Path, &Ledger)>) {
    let mut lines = vec![render::comparison_line(&run.comparison, summary)];
    lines.push(render::closing_line(
        &run.comparison,
        summary,
        started.elapsed(),
    ));
    if let Some((file, ledger)) = baseline {
        let hidden = render::counted(ledger.hidden, "finding");
        lines.push(format!("{hidden} of {} not shown", file.display()));
    }
    Screen::error(&format!("{}\n", lines.join("\n")));
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
    if let Some(cloned) = &work.cloned {
        return Some(cloned.provenance().clone());
    }
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
