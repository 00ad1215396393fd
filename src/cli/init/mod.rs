//! `docgen init`: settings to start from, out of what is there.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the working folder is asked for here"
)]

mod draft;
mod ini;
mod numpydoc;
mod snippets;
mod sources;
mod target;
mod tools;

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use rayon::prelude::*;

use super::adoption::Init;
use super::args::{Global, Scope};
use super::failure::{Failure, Kind};
use super::jobs::{self, Asked, Work};
use super::screen::Screen;
use crate::config::Options;
use crate::docstring;
use crate::fix::Door;
use crate::git::Reader as _;
use crate::python::{self, SymbolKind};
use crate::render::counted;
use draft::{Draft, Note, Outcome};
use target::Target;

/// Run the command; the exit code.
pub(super) fn run(args: &Init, global: &Global, screen: &Screen) -> Result<u8, Failure> {
    let folder = env::current_dir()
        .map_err(|error| Failure::new(Kind::Machine, format!("no working folder: {error}")))?;
    let mut draft = Draft::default();
    let (found, broken) = sources::find(&folder);
    for (tool, found) in &found {
        tool.take_over(found, &mut draft);
    }
    for file in broken {
        draft.lost(&file, "the whole file", "it is no TOML");
    }
    let styles = styles(global, screen)?;
    let told = settle(&mut draft, &styles);
    let target = target::choose(&folder, &draft)?;
    let mut text = format!("{told}\n");
    text.push_str(&report(&draft.notes, screen));
    print(&text)?;
    if args.dry_run {
        print(&format!(
            "\n{} would hold:\n\n{}",
            target.name,
            indented(&draft, &target)
        ))?;
    } else if is_allowed(args, &target)? {
        write(&folder, &target)?;
        print(&format!(
            "\nwrote {}:\n\n{}",
            target.name,
            indented(&draft, &target)
        ))?;
    } else {
        let message = format!(
            "{} holds settings of docgen, and is left as it is",
            target.name
        );
        let failure = Failure::new(Kind::Usage, message);
        return Err(failure.hint("`--force` replaces them, `--dry-run` shows with what"));
    }
    let snippets = snippets::snippets(args.repository.as_deref());
    print(&format!("\nTo run docgen:\n\n{snippets}"))?;
    Ok(0)
}

fn print(text: &str) -> Result<(), Failure> {
    let unwritable = |error| Failure::new(Kind::Machine, format!("cannot write: {error}"));
    Screen::write(text.as_bytes())
        .map(|_| ())
        .map_err(unwritable)
}

/// The table that was written.
fn indented(draft: &Draft, target: &Target) -> String {
    let text = match target.name {
        "pyproject.toml" => draft.toml("tool.docgen"),
        _ => target.new.clone(),
    };
    let lines = text.lines().map(|line| match line {
        "" => "\n".to_owned(),
        line => format!("    {line}\n"),
    });
    lines.collect()
}

/// How many docstrings with sections there are in each style.
fn styles(global: &Global, screen: &Screen) -> Result<BTreeMap<docstring::Style, usize>, Failure> {
    let scope = Scope::everything();
    let asked = Asked {
        paths: &[],
        scope: &scope,
        stdin_filename: None,
        global,
        options: Options::default(),
        remote: None,
    };
    let work = jobs::plan(asked, screen)?;
    let count = |job: &crate::check::Job| counted_in(&work, job);
    let all: Vec<Vec<docstring::Style>> = work.jobs.par_iter().map(count).collect();
    let mut styles = BTreeMap::new();
    for style in all.into_iter().flatten() {
        *styles.entry(style).or_default() += 1;
    }
    Ok(styles)
}

fn counted_in(work: &Work, job: &crate::check::Job) -> Vec<docstring::Style> {
    let bytes = work.texts.read(&job.change.new).unwrap_or_default();
    let text = python::decode(&bytes).unwrap_or_default();
    let module = python::outline(&text, SymbolKind::of_file(&job.change.path));
    let slots = module.symbols.iter().filter_map(|it| it.docstring.as_ref());
    let styles = slots.filter_map(|slot| docstring::parse(&slot.value(&text).text, None).style);
    styles.collect()
}

/// Chooses the style that most docstrings are in, where nobody told one; what is said of it.
fn settle(draft: &mut Draft, styles: &BTreeMap<docstring::Style, usize>) -> String {
    let all: usize = styles.values().sum();
    let most = styles.iter().max_by_key(|it| it.1);
    let sentence = match most {
        Some((style, count)) => format!(
            "{} of {} with sections: {}",
            count,
            counted(all as u32, "docstring"),
            style.word()
        ),
        None => "no docstring has sections: its style is taken from each".to_owned(),
    };
    if let (None, Some((style, count))) = (&draft.style, most) {
        // Where people write in several styles, each docstring is held to its own.
        if count * 10 >= all * 9 {
            let name = match style {
                docstring::Style::Google => "google",
                docstring::Style::Numpy => "numpy",
                docstring::Style::Sphinx => "sphinx",
                docstring::Style::Epytext => "epytext",
            };
            draft.style = Some((name, "the docstrings".to_owned()));
            return format!("{sentence}, so `style = \"{name}\"`");
        }
        return format!("{sentence}; mixed, so each is held to its own style");
    }
    sentence
}

/// Line by line what was taken over, what needs no setting and what has none.
fn report(notes: &[Note], screen: &Screen) -> String {
    let mut text = String::new();
    let mut place = "";
    let wide = screen.width();
    let widest = notes.iter().map(|it| it.said.chars().count());
    let column = widest.max().unwrap_or(0).min(40).min(wide / 2);
    for note in notes {
        if note.place != place {
            place = &note.place;
            let strong = screen.style(Style::new().bold());
            // Writing to a string cannot fail.
            let _ = writeln!(text, "\n{strong}{place}{strong:#}");
        }
        let (mark, colour, what) = match &note.outcome {
            Outcome::Taken(by) => ("+", AnsiColor::Green, by.clone()),
            Outcome::Idle(why) => ("=", AnsiColor::BrightBlack, format!("nothing to do: {why}")),
            Outcome::Lost(why) => ("-", AnsiColor::Yellow, format!("not taken over: {why}")),
        };
        let style = screen.style(colour.on_default());
        let _ = write!(text, "  {style}{mark}{style:#} {}", note.said);
        let used = note.said.chars().count();
        let gap = column.saturating_sub(used) + 2;
        let mut at = 4 + used + gap;
        let _ = write!(text, "{:gap$}", "");
        let indent = if at + 24 > wide { 6 } else { at };
        for (count, word) in what.split(' ').enumerate() {
            let length = word.chars().count();
            let is_first = count == 0 && at + length <= wide;
            if !is_first && (at + 1 + length > wide || count == 0) {
                text.truncate(text.trim_end_matches(' ').len());
                let _ = write!(text, "\n{:indent$}", "");
                at = indent;
            } else if count > 0 {
                text.push(' ');
                at += 1;
            }
            text.push_str(word);
            at += length;
        }
        text.push('\n');
    }
    text
}

/// Whether the file may be written: settings that are there go only where somebody says so.
fn is_allowed(args: &Init, target: &Target) -> Result<bool, Failure> {
    if !target.replaces || args.force {
        return Ok(true);
    }
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(false);
    }
    Screen::error(&format!(
        "\n{} holds settings of docgen. Replace them? [y/N] ",
        target.name
    ));
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    read.map_err(|error| Failure::new(Kind::Machine, format!("cannot read the answer: {error}")))?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn write(folder: &Path, target: &Target) -> Result<(), Failure> {
    let unwritable = |error: &dyn std::error::Error| {
        let message = format!("cannot write {}: {error}", target.name);
        Failure::new(Kind::Machine, message)
    };
    let door = Door::new(folder).map_err(|error| unwritable(&error))?;
    let (path, new) = (folder.join(target.name), target.new.as_bytes());
    let done = match &target.old {
        Some(old) => door.replace(&path, old.as_bytes(), new),
        None => door.put(Path::new(target.name), new),
    };
    done.map_err(|error| unwritable(&error))
}
