//! `docgen cache`: the AI's kept answers.

use std::fmt::Write as _;

use super::args::Global;
use super::asking::{Cache, CacheCommand};
use super::failure::{Failure, Kind};
use super::screen::Screen;
use super::scribe;
use super::shelf;
use crate::ai;

/// Run the command; the exit code.
pub(super) fn run(args: &Cache, global: &Global, screen: &Screen) -> Result<u8, Failure> {
    let settings = scribe::settings(global, screen, None)?;
    let store = shelf::open(&settings.store, screen);
    let mut text = String::new();
    match &args.what {
        CacheCommand::Stats => {
            let all = store
                .statistics(ai::now())
                .map_err(|it| shelf::failed(&it))?;
            let counts = all.counts;
            let asked = counts.hits + counts.misses;
            let _ = writeln!(text, "place    {}", store.place());
            let _ = writeln!(text, "answers  {}", all.entries);
            let _ = writeln!(text, "bytes    {}", all.bytes);
            let rate = (counts.hits * 100).checked_div(asked);
            let rate = rate.map_or(String::new(), |it| format!(" ({it} %)"));
            let _ = writeln!(text, "hits     {}{rate}", counts.hits);
            let _ = writeln!(text, "misses   {}", counts.misses);
            let _ = writeln!(text, "errors   {}", counts.errors);
        }
        CacheCommand::Clear { tag } => {
            let gone = store
                .clear(tag.as_deref())
                .map_err(|it| shelf::failed(&it))?;
            let plural = if gone == 1 { "" } else { "s" };
            let _ = writeln!(text, "forgot {gone} answer{plural}");
        }
    }
    if let Some(complaint) = store.complaint() {
        screen.warn(&complaint);
    }
    Screen::write(text.as_bytes())
        .map_err(|error| Failure::new(Kind::Machine, format!("cannot write: {error}")))?;
    Ok(0)
}
