//! `docgen docs`: write the project's pages, or tell which of them are stale.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: pages are read and written here"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;

use super::args::{self, Global};
use super::failure::{Failure, Kind, chain};
use super::jobs::{self, Asked, Work};
use super::screen::Screen;
use crate::check::Job;
use crate::config::Options;
use crate::git::Reader as _;
use crate::python::{SymbolKind, decode, outline};
use crate::render::{self, Page, Site, counted};

/// `docgen docs`.
#[derive(Debug, Args)]
pub(super) struct Docs {
    /// Files and folders to document [default: all below the working folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder of the pages
    #[arg(
        short,
        long,
        value_name = "DIR",
        default_value = "docs/api",
        env = "OUTPUT_DIR",
        hide_env = true
    )]
    output: PathBuf,
    /// Write nothing; fail where a page on disk is not what would be written
    #[arg(long)]
    check: bool,
    /// Document private symbols, too
    #[arg(long)]
    private: bool,
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
pub(super) fn run(args: &Docs, global: &Global, screen: &Screen) -> Result<u8, Failure> {
    let asked = Asked {
        paths: &args.paths,
        scope: &args::Scope::everything(),
        stdin_filename: None,
        global,
        options: Options::default(),
    };
    let work = jobs::plan(asked, screen)?;
    for failure in &work.failures {
        screen.fail(failure);
    }
    let modules = modules(&work);
    let site = Site::new(modules.keys().cloned().collect(), args.private);
    let folder = work.root.join(&args.output);
    if !args.check {
        let below = folder.join("modules");
        fs::create_dir_all(&below).map_err(|error| unwritable(&below, &error))?;
    }
    let put = |file: &str, text: &str| place(&folder.join(file), text, !args.check);
    let made: Vec<_> = modules
        .par_iter()
        .map(|(name, job)| {
            let (page, is_read) = page(&site, name, job, &work);
            let is_same = put(&page.file, &page.text);
            is_same.map(|is_same| (page, is_same, is_read))
        })
        .collect();
    let mut outcome = Outcome::default();
    let mut has_failed = !work.failures.is_empty();
    let mut files = BTreeSet::new();
    let mut entries = Vec::with_capacity(made.len());
    for one in made {
        let (page, is_same, is_read) = one?;
        outcome.note(&page.file, is_same);
        has_failed |= !is_read;
        entries.push(page.entry);
        files.insert(page.file);
    }
    outcome.note("index.md", put("index.md", &site.index(&entries))?);
    outcome.leftovers(&folder, &files, !args.check)?;
    Ok(outcome.tell(args, has_failed))
}

/// The files by their modules' names; of a module and its stub, the module.
fn modules(work: &Work) -> BTreeMap<String, &Job> {
    let mut modules = BTreeMap::new();
    for job in &work.jobs {
        let name = render::module_name(&job.change.module_path);
        modules.entry(name).or_insert(job);
    }
    modules
}

/// The page of a file, and whether the disk gave the file.
fn page(site: &Site, name: &str, job: &Job, work: &Work) -> (Page, bool) {
    let path = &job.change.path;
    let bytes = match work.texts.read(&job.change.new) {
        Ok(bytes) => bytes,
        Err(error) => return (site.unreadable(name, path, &chain(&error)), false),
    };
    let page = match decode(&bytes) {
        Ok(text) => site.page(name, path, &outline(&text, SymbolKind::of_file(path))),
        Err(error) => site.unreadable(name, path, &error.reason),
    };
    (page, true)
}

/// Writes a page that is not there as it should be, where that `is_wanted`; whether it was.
fn place(path: &Path, text: &str, is_wanted: bool) -> Result<bool, Failure> {
    let is_same = fs::read(path).is_ok_and(|it| it == text.as_bytes());
    if is_wanted && !is_same {
        replace(path, text).map_err(|error| {
            let message = format!("cannot write {}: {error}", path.display());
            Failure::new(Kind::Machine, message)
        })?;
    }
    Ok(is_same)
}

/// The old page or the new one is there, never half of it. It is not waited for the disk, because a page can always be
/// made again: that would take most of the time.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut fresh = builder.tempfile_in(path.parent().unwrap_or(Path::new(".")))?;
    fresh.write_all(text.as_bytes())?;
    fresh.persist(path).map(drop).map_err(|error| error.error)
}

impl Outcome {
    fn note(&mut self, file: &str, is_same: bool) {
        if is_same {
            self.same += 1;
        } else {
            self.written += 1;
            self.stale.push(file.to_owned());
        }
    }

    /// Takes away the pages of modules that are gone; none that somebody else wrote.
    fn leftovers(
        &mut self,
        folder: &Path,
        files: &BTreeSet<String>,
        is_wanted: bool,
    ) -> Result<(), Failure> {
        let found = fs::read_dir(folder.join("modules"));
        for entry in found.into_iter().flatten().flatten() {
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let file = format!("modules/{name}");
            let path = entry.path();
            let is_ours =
                || fs::read(&path).is_ok_and(|it| it.starts_with(render::MARK.as_bytes()));
            if files.contains(&file)
                || Path::new(&name).extension().is_none_or(|it| it != "md")
                || !is_ours()
            {
                continue;
            }
            if is_wanted {
                fs::remove_file(&path).map_err(|error| unwritable(&path, &error))?;
            }
            self.stale.push(file);
        }
        self.stale.sort_unstable();
        Ok(())
    }

    /// The last words, and the exit code.
    fn tell(&self, args: &Docs, has_failed: bool) -> u8 {
        let folder = args.output.display();
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

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(
        Kind::Machine,
        format!("cannot write below {}: {error}", path.display()),
    )
}
