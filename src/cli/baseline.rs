//! `docgen baseline` and `--baseline`: findings that were there when a team began.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: baselines are read and written here"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::adoption::{BaselineArgs, BaselineCommand, BaselineTarget};
use super::args::{Global, Scope};
use super::failure::{Failure, Kind};
use super::jobs::{self, Asked, Work, plain};
use super::screen::Screen;
use crate::check::baseline::{self, Known, Matcher, Row};
use crate::check::{self, FileReport, Job};
use crate::python::{self, SymbolKind};
use crate::render::counted;

/// Run the command; the exit code.
pub(super) fn run(args: &BaselineArgs, global: &Global, screen: &Screen) -> Result<u8, Failure> {
    match &args.what {
        BaselineCommand::Write(target) => write(target, global, screen),
        BaselineCommand::Prune(target) => prune(target, global, screen),
    }
}

/// A run over everything below the paths, held against a baseline.
struct Held {
    work: Work,
    ledger: Ledger,
    present: Vec<Row>,
    kept: Vec<Row>,
    unreadable: bool,
}

impl Held {
    fn of(
        target: &BaselineTarget,
        global: &Global,
        screen: &Screen,
        old: Vec<Row>,
    ) -> Result<Self, Failure> {
        let everything = Scope::everything();
        let mut asked = Asked::of(&target.request, global);
        if asked.scope.is_told() && !asked.scope.all {
            let message = "a baseline is of every symbol, not of a change";
            return Err(
                Failure::new(Kind::Usage, message).hint("name paths to look at fewer files")
            );
        }
        asked.scope = &everything;
        let mut work = jobs::plan(asked, screen)?;
        work.adjust(|settings| settings.digests = true);
        let mut held = Self {
            ledger: Ledger::new(&target.file, &work.root, old),
            work,
            present: Vec::new(),
            kept: Vec::new(),
            unreadable: false,
        };
        let Held {
            work,
            ledger,
            present,
            kept,
            unreadable,
        } = &mut held;
        check::run(
            &work.jobs,
            &work.elsewhere,
            &work.texts,
            |job: &Job, report, _| (job.change.path.clone(), report),
            |(path, mut report)| {
                *unreadable |= report.failure.is_some();
                let known = ledger.apply(&path, &mut report);
                present.extend(known.present);
                kept.extend(known.kept);
            },
        );
        for failure in &held.work.failures {
            screen.fail(failure);
        }
        Ok(held)
    }

    const fn exit_code(&self) -> u8 {
        if self.unreadable || !self.work.failures.is_empty() {
            Failure::EXIT_CODE
        } else {
            0
        }
    }
}

fn write(target: &BaselineTarget, global: &Global, screen: &Screen) -> Result<u8, Failure> {
    let old = if target.file.exists() {
        read(&target.file)?
    } else {
        Vec::new()
    };
    let held = Held::of(target, global, screen, old)?;
    let untouched = held.ledger.untouched();
    let (found, more) = (held.present.len(), sum(&untouched));
    let rows = held.present.iter().cloned().chain(untouched).collect();
    save(&target.file, &baseline::write(rows))?;
    let rest = if more == 0 {
        String::new()
    } else {
        format!(", {more} of files that were not looked at stay in it")
    };
    let found = counted(found as u32, "finding");
    Screen::error(&format!(
        "wrote {found} to {}{rest}\n",
        target.file.display()
    ));
    Ok(held.exit_code())
}

fn prune(target: &BaselineTarget, global: &Global, screen: &Screen) -> Result<u8, Failure> {
    let old = read(&target.file)?;
    let held = Held::of(target, global, screen, old)?;
    let mended = held.ledger.mended();
    let untouched = held.ledger.untouched();
    let rows: Vec<Row> = held.kept.iter().cloned().chain(untouched).collect();
    let left = sum(&rows);
    let text = baseline::write(rows);
    let is_same = fs::read_to_string(&target.file).is_ok_and(|it| it == text);
    if !is_same {
        save(&target.file, &text)?;
    }
    let (mended, left) = (counted(mended, "mended finding"), counted(left, "finding"));
    let message = format!(
        "dropped {mended} from {}, {left} left\n",
        target.file.display()
    );
    Screen::error(&message);
    Ok(held.exit_code())
}

fn sum(rows: &[Row]) -> u32 {
    rows.iter().map(|it| it.count).sum()
}

/// A baseline while a run is held against it.
pub(super) struct Ledger {
    matcher: Matcher,
    /// The baseline's folder.
    folder: PathBuf,
    /// The working folder.
    root: PathBuf,
    /// How many findings were told of no more.
    pub(super) hidden: u32,
    /// The qualified names in files that were asked for; `None` where there is no such file.
    names: BTreeMap<String, Option<BTreeSet<String>>>,
}

impl Ledger {
    fn new(file: &Path, root: &Path, rows: Vec<Row>) -> Self {
        let folder = plain(&root.join(file));
        let folder = folder.parent().unwrap_or(root);
        Self {
            matcher: Matcher::new(rows),
            folder: folder.canonicalize().unwrap_or_else(|_| folder.to_owned()),
            root: root.canonicalize().unwrap_or_else(|_| root.to_owned()),
            hidden: 0,
            names: BTreeMap::new(),
        }
    }

    /// The baseline that `--baseline` names.
    pub(super) fn open(file: &Path, root: &Path) -> Result<Self, Failure> {
        Ok(Self::new(file, root, read(file)?))
    }

    /// Takes what the baseline knows away from the report of the file at `path`, as it was given.
    pub(super) fn apply(&mut self, path: &str, report: &mut FileReport) -> Known {
        let path = below(&self.folder, &plain(&self.root.join(path)));
        let (folder, known) = (&self.folder, &mut self.names);
        // What is checked need not be what lies on disk.
        let here = names(report.file.text(), &path);
        let mut names = |other: &str| {
            if other == path {
                return Some(here.clone());
            }
            let found = known.entry(other.to_owned()).or_insert_with(|| {
                let bytes = fs::read(folder.join(other)).ok()?;
                Some(names(&python::decode(&bytes).unwrap_or_default(), other))
            });
            found.clone()
        };
        let known = self.matcher.apply(&path, report, &mut names);
        self.hidden += known.hidden;
        known
    }

    /// The rows of files that were not looked at: nothing is known of them.
    fn untouched(&self) -> Vec<Row> {
        self.matcher.untouched(|it| self.folder.join(it).exists())
    }

    /// How many findings are gone from the files that were looked at.
    fn mended(&self) -> u32 {
        self.matcher.mended(|it| self.folder.join(it).exists())
    }
}

/// The qualified names of what a text defines.
fn names(text: &str, path: &str) -> BTreeSet<String> {
    let module = python::outline(text, SymbolKind::of_file(path));
    module
        .symbols
        .iter()
        .map(|it| it.qualname.clone())
        .collect()
}

/// A path as seen from a folder, `/` between its parts: the same wherever the run was started.
fn below(folder: &Path, path: &Path) -> String {
    let mut up = String::new();
    for above in folder.ancestors() {
        if let Ok(rest) = path.strip_prefix(above) {
            let rest = rest.to_string_lossy().replace('\\', "/");
            return format!("{up}{rest}");
        }
        up.push_str("../");
    }
    path.to_string_lossy().replace('\\', "/")
}

fn read(file: &Path) -> Result<Vec<Row>, Failure> {
    let text = fs::read_to_string(file).map_err(|error| {
        let message = format!("cannot read the baseline {}: {error}", file.display());
        let failure = Failure::new(Kind::Config, message);
        failure.hint(format!(
            "`docgen baseline write {}` makes one",
            file.display()
        ))
    })?;
    baseline::parse(&text).map_err(|error| {
        let failure = Failure::new(Kind::Config, error.message).hint(error.hint);
        failure.at(file, text, error.span)
    })
}

fn save(file: &Path, text: &str) -> Result<(), Failure> {
    fs::write(file, text).map_err(|error| {
        Failure::new(
            Kind::Machine,
            format!("cannot write {}: {error}", file.display()),
        )
    })
}
