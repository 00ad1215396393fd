//! What `fix` and `check --fix` share: reports in, mended files out.

use rayon::prelude::*;

use super::args::{Mending, StyleChoice};
use super::destination::{Destination, Refusal};
use super::failure::{Failure, Kind};
use super::jobs::Work;
use super::screen::Screen;
use crate::check::{FileReport, Job, Project};
use crate::docstring::Style;
use crate::fix::{self, Note, Wish};
use crate::git::{Content, Reader as _};
use crate::python;
use crate::rules::Remedy;
use crate::text::Applicability;

/// Mends files, and brings them where they were asked for.
pub(super) struct Mender<'w> {
    work: &'w Work,
    destination: Destination<'w>,
    wish: Wish,
}

/// What became of one file.
pub(super) struct Outcome {
    /// What is found in the file as it is now (as it would be, for a patch or a copy).
    pub(super) report: FileReport,
    pub(super) mended: Vec<Note>,
    pub(super) declined: Vec<Note>,
    /// What goes to standard output: a patch, or the text of standard input.
    pub(super) out: Vec<u8>,
    /// Why the disk did not take it.
    pub(super) failure: Option<String>,
    /// Findings that an unsafe remedy would mend.
    pub(super) held_back: u32,
    /// The bytes that the report is of, where the file was looked into.
    pub(super) now: Option<Vec<u8>>,
}

/// The numbers of a run.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) mended: usize,
    /// Docstrings turned into another style.
    pub(super) converted: usize,
    pub(super) files: usize,
    pub(super) declined: usize,
    held_back: u32,
    failed: usize,
}

impl<'w> Mender<'w> {
    pub(super) fn new(work: &'w Work, mending: &Mending, screen: &Screen) -> Result<Self, Failure> {
        Ok(Self {
            work,
            destination: Destination::new(work, mending, screen)?,
            wish: wish(work, mending),
        })
    }

    /// Mends one file; called on many cores at once.
    pub(super) fn mend(&self, job: &Job, report: FileReport, project: &Project<'_>) -> Outcome {
        let is_stdin = matches!(job.change.new, Content::Bytes(_));
        let mut outcome = Outcome {
            held_back: 0,
            report,
            mended: Vec::new(),
            declined: Vec::new(),
            out: Vec::new(),
            failure: None,
            now: None,
        };
        let findings = outcome.report.symbols.iter().flat_map(|it| &it.findings);
        let mut remedies = findings.map(|it| &it.remedy);
        let is_mendable = |it: &Remedy| matches!(it, Remedy::Edits(..) | Remedy::Refused(_));
        let wants_text = is_stdin && self.destination.echoes();
        let wants_more = self.wish.skeleton || self.wish.to_style.is_some();
        if !wants_text && !wants_more && !remedies.any(is_mendable) {
            return outcome;
        }
        let Ok(bytes) = self.work.texts.read(&job.change.new) else {
            return outcome;
        };
        let is_same = python::decode(&bytes).is_ok_and(|it| it == outcome.report.file.text());
        if !is_same {
            // What no text can be made of has no docstrings to mend.
            outcome.out = if wants_text { bytes } else { Vec::new() };
            return outcome;
        }
        let before = outcome.report.clone();
        let mended = fix::mend(job, outcome.report, bytes, project, self.wish);
        outcome.report = mended.report;
        outcome.mended = mended.mended;
        outcome.declined = mended.declined;
        if wants_text {
            outcome.out = mended.new;
            return outcome.counted(self.wish);
        }
        let mut now = mended.new;
        if now != mended.old
            && let Err(refusal) = self
                .destination
                .take(job, &mended.old, &now, &mut outcome.out)
        {
            outcome.take_back(before, job, refusal);
            now = mended.old;
        }
        outcome.now = Some(now);
        outcome.counted(self.wish)
    }
}

impl Outcome {
    /// The same with what an unsafe remedy would mend counted.
    fn counted(mut self, wish: Wish) -> Self {
        self.held_back = held_back(&self.report, wish.unsafe_fixes);
        self
    }

    /// The file was not written: it is as it was.
    fn take_back(&mut self, before: FileReport, job: &Job, refusal: Refusal) {
        let reason = match refusal {
            Refusal::Declined(reason) => reason,
            Refusal::Failed(reason) => {
                self.failure = Some(format!("{}: {reason}", job.change.path));
                reason
            }
        };
        for mut note in self.mended.drain(..) {
            note.reason.clone_from(&reason);
            self.declined.push(note);
        }
        self.report = before;
    }
}

/// What is asked of the run.
fn wish(work: &Work, mending: &Mending) -> Wish {
    let wish = Wish {
        unsafe_fixes: mending.unsafe_fixes,
        skeleton: mending.skeleton,
        to_style: mending.to_style.map(style),
        usual_style: None,
    };
    let asks = wish.skeleton && wish.to_style.is_none();
    Wish {
        usual_style: asks.then(|| usual_style(work)).flatten(),
        ..wish
    }
}

const fn style(choice: StyleChoice) -> Style {
    match choice {
        StyleChoice::Numpy => Style::Numpy,
        StyleChoice::Sphinx => Style::Sphinx,
        StyleChoice::Epytext => Style::Epytext,
        StyleChoice::Google => Style::Google,
    }
}

/// The style of most docstrings of the files at hand.
fn usual_style(work: &Work) -> Option<Style> {
    let counted = |job: &Job| -> Option<[(Style, usize); 4]> {
        let bytes = work.texts.read(&job.change.new).ok()?;
        let text = python::decode(&bytes).ok()?;
        Some(fix::styles(&text))
    };
    let none = || fix::styles("");
    let total = work
        .jobs
        .par_iter()
        .filter_map(counted)
        .reduce(none, |one, two| {
            let mut sum = one;
            for (style, count) in two {
                for it in sum.iter_mut().filter(|it| it.0 == style) {
                    it.1 += count;
                }
            }
            sum
        });
    fix::most(total)
}

fn held_back(report: &FileReport, unsafe_fixes: bool) -> u32 {
    let findings = report.symbols.iter().flat_map(|it| &it.findings);
    let is_unsafe = |it: &Remedy| matches!(it, Remedy::Edits(_, Applicability::Unsafe));
    let count = findings.filter(|it| is_unsafe(&it.remedy)).count();
    if unsafe_fixes { 0 } else { count as u32 }
}

impl Tally {
    /// Counts a file, and tells of what was declined in it.
    pub(super) fn take(&mut self, outcome: &Outcome, screen: &Screen, quiet: bool) {
        let converted = outcome
            .mended
            .iter()
            .filter(|it| it.is_conversion())
            .count();
        self.converted += converted;
        self.mended += outcome.mended.len() - converted;
        self.files += usize::from(!outcome.mended.is_empty());
        self.declined += outcome.declined.len();
        self.held_back += outcome.held_back;
        if let Some(failure) = &outcome.failure {
            self.failed += 1;
            screen.fail(&Failure::new(Kind::Machine, failure.clone()));
        }
        if quiet {
            return;
        }
        for note in &outcome.declined {
            let path = outcome.report.file.path();
            Screen::error(&format!("{path}: {}\n", told(note)));
        }
    }

    /// Whether the disk refused something.
    pub(super) const fn has_failed(&self) -> bool {
        self.failed > 0
    }

    /// The closing line of a mending run, `left` findings being left.
    pub(super) fn line(&self, left: u32, is_written: bool) -> String {
        let verb = if is_written { "mended" } else { "would mend" };
        let mut line = match (self.mended, self.files) {
            (_, 0) => "mended nothing".to_owned(),
            (mended, files) => format!(
                "{verb} {} in {}",
                counted(mended, "finding"),
                counted(files, "file")
            ),
        };
        if self.converted > 0 {
            line += ", ";
            line += &counted(self.converted, "docstring");
            line += " in another style";
        }
        if self.declined > 0 {
            line += ", declined ";
            line += &self.declined.to_string();
        }
        line += ", ";
        line += &left.to_string();
        line += " left";
        if self.held_back > 0 {
            line += " (";
            line += &self.held_back.to_string();
            line += " of them can be mended with `--unsafe-fixes`)";
        }
        line
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// What was declined, and why.
fn told(note: &Note) -> String {
    let (qualname, reason) = (&note.qualname, &note.reason);
    if note.is_conversion() {
        return format!("declined to turn `{qualname}` into another style: {reason}");
    }
    let about = if note.entries.is_empty() {
        String::new()
    } else {
        format!(" of `{}`", note.entries.join("`, `"))
    };
    format!(
        "declined to mend {}{about} in `{qualname}`: {reason}",
        note.code
    )
}
