//! `docgen docs`: write the project's pages, or tell which of them are stale.

mod folder;
mod ground;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use rayon::prelude::*;

use self::folder::Folder;
use self::ground::Ground;
use super::args::{self, Global};
use super::failure::{Failure, chain};
use super::jobs::{self, Asked, Work};
use super::remote::Remote;
use super::screen::Screen;
use crate::check::Job;
use crate::config::{self, Options};
use crate::git::Reader as _;
use crate::python::{SymbolKind, decode, outline};
use crate::render::{self, Look, Page, Site, counted};

/// Where pages lie unless somebody says otherwise.
const OUTPUT: &str = "docs/api";
/// The variable of the field that says it.
const OUTPUT_DIR: &str = "OUTPUT_DIR";

/// `docgen docs`.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag that a user types"
)]
pub(in crate::cli) struct Docs {
    /// Files and folders to document, or one repository by its URL [default: all below the working folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder of the pages [default: `OUTPUT_DIR`, else docs/api]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Write nothing; fail where a page on disk is not what would be written
    #[arg(long)]
    check: bool,
    /// Tell of each module which commits changed it last
    #[arg(long)]
    changes: bool,
    /// Document private symbols, too
    #[arg(long)]
    private: bool,
    /// Show the code of functions and methods
    #[arg(long)]
    source: bool,
    /// Link to the source there; `{path}`, `{line}`, `{end}` and `{revision}` are filled in [default: by the address of
    /// the remote `origin`]
    #[arg(long, value_name = "TEMPLATE", conflicts_with = "no_source_url")]
    source_url: Option<String>,
    /// Link to no source
    #[arg(long)]
    no_source_url: bool,
    #[command(flatten)]
    remote: Remote,
}

/// What became of the pages on disk.
#[derive(Default)]
struct Outcome {
    written: u32,
    same: u32,
    /// Pages that are missing, differ, or are of modules that are gone.
    stale: Vec<String>,
}

/// Run the command; the exit code.
pub(in crate::cli) fn run(args: &Docs, global: &Global, screen: &Screen) -> Result<u8, Failure> {
    let asked = Asked {
        paths: &args.paths,
        scope: &args::Scope::everything(),
        stdin_filename: None,
        global,
        options: Options::default(),
        remote: Some(&args.remote),
    };
    let work = jobs::plan(asked, screen)?;
    if !work.failures.is_empty() {
        // Pages of half a project would take the place of the whole one's.
        work.failures.iter().for_each(|it| screen.fail(it));
        return Ok(Failure::EXIT_CODE);
    }
    let output = output(args, global, screen)?;
    let modules = modules(&work, screen);
    let look = Look {
        has_private: args.private,
        has_source: args.source,
    };
    let site = Site::new(modules.keys().cloned().collect(), look);
    let ground = Ground::of(args, &work, modules.values().copied())?;
    let folder = Folder::new(work.home().join(&output), args.check)?;
    let made: Vec<_> = modules
        .par_iter()
        .map(|(name, job)| {
            let (page, is_read) = page(&site, name, job, &work, &ground);
            let is_same = folder.offer(&page.file, &page.text);
            is_same.map(|is_same| (page.file, page.entry, is_same, is_read))
        })
        .collect();
    let mut outcome = Outcome::default();
    let mut has_failed = false;
    let mut entries = Vec::with_capacity(made.len());
    for one in made {
        let (file, entry, is_same, is_read) = one?;
        outcome.note(file, is_same);
        has_failed |= !is_read;
        entries.push(entry);
    }
    for (file, text) in site.others(&entries) {
        outcome.note(file.to_owned(), folder.offer(file, &text)?);
    }
    outcome.stale.extend(folder.finish()?);
    outcome.stale.sort_unstable();
    Ok(outcome.tell(args, &output, has_failed))
}

/// The folder of the pages: the flag's, the variable's, or the usual one.
fn output(args: &Docs, global: &Global, screen: &Screen) -> Result<PathBuf, Failure> {
    if let Some(output) = &args.output {
        return Ok(output.clone());
    }
    let mut variables = screen.environment.variables.clone();
    if let Some(path) = &global.env_file {
        variables.extend(config::read_env_file(path)?);
    }
    let given = variables
        .iter()
        .find(|it| it.0 == OUTPUT_DIR && !it.1.is_empty());
    Ok(PathBuf::from(given.map_or(OUTPUT, |it| it.1.as_str())))
}

/// The files by their modules' names; of a module and its stub, the module.
fn modules<'w>(work: &'w Work, screen: &Screen) -> BTreeMap<String, &'w Job> {
    let mut modules: BTreeMap<String, &Job> = BTreeMap::new();
    for job in &work.jobs {
        let name = render::module_name(&job.change.module_path);
        let path = &job.change.path;
        match modules.get(&name) {
            None => drop(modules.insert(name, job)),
            Some(other) if path.strip_suffix('i') == Some(&other.change.path) => (),
            Some(other) => {
                let other = &other.change.path;
                screen.warn(&format!(
                    "{path} and {other} are both `{name}`: only the latter has a page"
                ));
            }
        }
    }
    modules
}

/// The page of a file, and whether the disk gave the file.
fn page(site: &Site, name: &str, job: &Job, work: &Work, ground: &Ground) -> (Page, bool) {
    let path = &job.change.path;
    let bytes = match work.texts.read(&job.change.new) {
        Ok(bytes) => bytes,
        Err(error) => return (site.unreadable(name, path, &chain(&error)), false),
    };
    let origin = ground.origin(job, &bytes);
    let page = match decode(&bytes) {
        Ok(text) => site.page(name, origin, &outline(&text, SymbolKind::of_file(path))),
        Err(error) => site.unreadable(name, path, &error.reason),
    };
    (page, true)
}

impl Outcome {
    fn note(&mut self, file: String, is_same: bool) {
        if is_same {
            self.same += 1;
        } else {
            self.written += 1;
            self.stale.push(file);
        }
    }

    /// The last words, and the exit code.
    fn tell(&self, args: &Docs, output: &std::path::Path, has_failed: bool) -> u8 {
        let folder = output.display();
        let pages = counted(self.written + self.same, "page");
        let code = if args.check && !self.stale.is_empty() {
            let mut list = String::new();
            for file in &self.stale {
                // Writing to a string cannot fail.
                let _ = writeln!(list, "{folder}/{file}");
            }
            let count = u32::try_from(self.stale.len()).unwrap_or(u32::MAX);
            let stale = counted(count, "page");
            Screen::error(&format!(
                "{list}{stale} stale: `docgen docs -o {folder}` writes them\n"
            ));
            1
        } else if args.check {
            Screen::error(&format!("{pages} below {folder} are as they should be\n"));
            0
        } else {
            let (written, same) = (self.written, self.same);
            Screen::error(&format!(
                "{pages} below {folder}: {written} written, {same} as before\n"
            ));
            0
        };
        if has_failed { Failure::EXIT_CODE } else { code }
    }
}
