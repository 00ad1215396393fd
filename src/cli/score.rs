//! `docgen score`: how complete and how good the docstrings are.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the badge is read and written here"
)]

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::adoption::{self, ScoreFormat};
use super::args::{self, Global};
use super::failure::{Failure, Kind};
use super::jobs::{self, Asked, Work};
use super::journal::{Account, Journal};
use super::screen::Screen;
use crate::check;
use crate::contract::Schema;
use crate::render::{self, Level, ScoreSheet, ScoreTotal};

/// Run the command; the exit code.
pub(super) fn run(args: &adoption::Score, global: &Global, screen: &Screen) -> Result<u8, Failure> {
    let mut asked = Asked::of(&args.request, global);
    asked.remote = Some(&args.remote);
    let everything = args::Scope::everything();
    if !asked.scope.is_told() {
        asked.scope = &everything;
    }
    let mut work = jobs::plan(asked, screen)?;
    let journal = Journal::begin("score", &args.measuring, &work, global, screen)?;
    measure(&mut work)?;
    let sheet = sheet(args, screen);
    let mut total = ScoreTotal::default();
    let (mut rows, mut account) = (Vec::new(), Account::default());
    check::run(
        &work.jobs,
        &work.elsewhere,
        &work.texts,
        |_, report, _| {
            let measured = journal.is_wanted().then(|| Account::of(&report));
            (sheet.rows(&report), measured)
        },
        |(file, measured)| {
            total.add(&file.total);
            rows.push(file);
            account.add(measured.unwrap_or_default());
        },
    );
    let least = args.fail_under.unwrap_or(work.fail_under);
    let text = sheet.draw(&rows, &total, least);
    let unwritable = |error| Failure::new(Kind::Machine, format!("cannot write: {error}"));
    if !args.quiet {
        Screen::write(text.as_bytes()).map_err(unwritable)?;
    }
    if let Some(path) = &args.badge {
        write_badge(path, &total, args.quiet)?;
    }
    for failure in &work.failures {
        screen.fail(failure);
    }
    let is_undone = total.unreadable > 0 || !work.failures.is_empty();
    let is_low = total.score.percent() < least;
    if is_low && !is_undone && !args.quiet {
        Screen::error(&format!("{}\n", render::too_low(total.score, least)));
    }
    let code = if is_undone {
        Failure::EXIT_CODE
    } else {
        u8::from(is_low)
    };
    journal.close(account, None, code, screen)?;
    Ok(code)
}

/// How the scores are written.
fn sheet(args: &adoption::Score, screen: &Screen) -> ScoreSheet {
    ScoreSheet {
        level: args.per.unwrap_or(Level::File),
        format: match args.output_format {
            ScoreFormat::Table => render::ScoreFormat::Table,
            ScoreFormat::Json => render::ScoreFormat::Json,
            ScoreFormat::Markdown => render::ScoreFormat::Markdown,
        },
        width: screen.width(),
        colour: screen.colored(),
        version: env!("CARGO_PKG_VERSION"),
    }
}

/// Has every job measured, and held to every word of its schema.
fn measure(work: &mut Work) -> Result<(), Failure> {
    let built_in = Schema::parse(Schema::text())
        .map_err(|error| Failure::new(Kind::Machine, error.to_string()))?;
    work.adjust(|settings| {
        settings.measures = true;
        if !settings.rules.schema.is_strict() {
            settings.rules.schema = built_in.clone();
        }
    });
    Ok(())
}

/// Writes the badge, unless the one that is there says the same: a commit need not touch it then.
fn write_badge(path: &Path, total: &ScoreTotal, is_quiet: bool) -> Result<(), Failure> {
    let unwritable = |error: &std::io::Error| {
        let message = format!("cannot write {}: {error}", path.display());
        Failure::new(Kind::Machine, message)
    };
    let there = match fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidData) => None,
        Err(error) => return Err(unwritable(&error)),
    };
    let badge = render::badge(total);
    if there.as_deref().and_then(render::badge_text) == render::badge_text(&badge) {
        return Ok(());
    }
    fs::write(path, badge).map_err(|error| unwritable(&error))?;
    if !is_quiet {
        Screen::error(&format!("wrote {}\n", path.display()));
    }
    Ok(())
}
