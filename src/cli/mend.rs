//! What `fix` and `check --fix` share: reports in, mended files out.

use rayon::prelude::*;

use super::destination::{Destination, Refusal};
use super::failure::Failure;
use super::jobs::Work;
use super::mending::{Mending, StyleChoice};
use super::screen::Screen;
use crate::check::{FileReport, Job, Project};
use crate::docstring::Style;
use crate::fix::{self, Answers, Bars, Draft, Note, Refused, Wish, Writer};
use crate::git::{Content, Reader as _};
use crate::python::{self, SymbolKind};
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
    /// The symbols that the AI found no words for, with the reasons.
    pub(super) refused: Vec<Refused>,
    /// The bytes that the report is of, where the file was looked into.
    pub(super) now: Option<Vec<u8>>,
}

impl<'w> Mender<'w> {
    pub(super) fn new(work: &'w Work, mending: &Mending, screen: &Screen) -> Result<Self, Failure> {
        Ok(Self {
            work,
            destination: Destination::new(work, mending, screen)?,
            wish: wish(work, mending),
        })
    }

    /// What is asked of the run.
    pub(super) const fn wish(&self) -> Wish {
        self.wish
    }

    /// Mends one file, with words from `writer` where there is one; called on many cores at once.
    pub(super) fn mend(
        &self,
        job: &Job,
        report: FileReport,
        project: &Project<'_>,
        writer: Option<&Writer<'_>>,
    ) -> Outcome {
        let is_stdin = matches!(job.change.new, Content::Bytes(_));
        let mut outcome = Outcome::untouched(report);
        let findings = outcome.report.symbols.iter().flat_map(|it| &it.findings);
        let mut remedies = findings.map(|it| &it.remedy);
        let is_mendable = |it: &Remedy| matches!(it, Remedy::Edits(..) | Remedy::Refused(_));
        let wants_text = is_stdin && self.destination.echoes();
        let wants_words = writer.is_some_and(|it| it.is_wanted(&outcome.report));
        let wants_more = wants_words || self.wish.skeleton || self.wish.to_style.is_some();
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
        self.mend_bytes(job, outcome, &bytes, project, (wants_text, writer))
            .counted(self.wish)
    }

    /// What one file asks of the AI, as it is once all else is mended; called on many cores at once.
    pub(super) fn draft(
        &self,
        job: &Job,
        report: FileReport,
        project: &Project<'_>,
        writer: &Writer<'_>,
    ) -> Draft {
        let Ok(bytes) = self.work.texts.read(&job.change.new) else {
            return Draft::default();
        };
        if !python::decode(&bytes).is_ok_and(|it| it == report.file.text()) {
            return Draft::default();
        }
        let (bars, none) = (Bars::new(), Answers::new());
        let mended = fix::mend(job, report, bytes, project, self.wish, &bars, &none);
        writer.draft(job, mended, project, &bars)
    }

    /// Mends a file of these bytes. Where some of its lines cannot go where they are wanted, the others do.
    fn mend_bytes(
        &self,
        job: &Job,
        mut outcome: Outcome,
        bytes: &[u8],
        project: &Project<'_>,
        (wants_text, writer): (bool, Option<&Writer<'_>>),
    ) -> Outcome {
        let before = outcome.report;
        let mut bars = Bars::new();
        loop {
            let mut mended = fix::mend(
                job,
                before.clone(),
                bytes.to_vec(),
                project,
                self.wish,
                &bars,
                &Answers::new(),
            );
            if let Some(writer) = writer {
                (mended, outcome.refused) = writer.mend(job, mended, project, &bars);
            }
            outcome.report = mended.report;
            outcome.mended = mended.mended;
            outcome.declined = mended.declined;
            if wants_text {
                outcome.out = mended.new;
                return outcome;
            }
            let mut now = mended.new;
            if now != bytes
                && let Err(refusal) = self.destination.take(job, bytes, &now, &mut outcome.out)
            {
                if bar(&mut bars, job, before.file.text(), &refusal) {
                    continue;
                }
                outcome.take_back(before, job, refusal);
                bytes.clone_into(&mut now);
            }
            outcome.now = Some(now);
            return outcome;
        }
    }
}

/// Bars the symbols that some of the lines are to blame for; whether there are any that were not.
fn bar(bars: &mut Bars, job: &Job, text: &str, refusal: &Refusal) -> bool {
    let Refusal::Apart(reason, lines) = refusal else {
        return false;
    };
    let kind = SymbolKind::of_file(&job.change.path);
    let count = bars.len();
    for qualname in fix::documented_at(text, kind, lines) {
        bars.entry(qualname).or_insert_with(|| reason.clone());
    }
    bars.len() > count
}

impl Outcome {
    /// A file that nothing was done to.
    const fn untouched(report: FileReport) -> Self {
        Self {
            held_back: 0,
            report,
            mended: Vec::new(),
            declined: Vec::new(),
            out: Vec::new(),
            failure: None,
            refused: Vec::new(),
            now: None,
        }
    }

    /// The same with what an unsafe remedy would mend counted.
    fn counted(mut self, wish: Wish) -> Self {
        self.held_back = held_back(&self.report, wish.unsafe_fixes);
        self
    }

    /// The file was not written: it is as it was.
    fn take_back(&mut self, before: FileReport, job: &Job, refusal: Refusal) {
        let reason = match refusal {
            Refusal::Declined(reason) | Refusal::Apart(reason, _) => reason,
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
        anew: false,
        line_length: 88,
    };
    let asks = (wish.skeleton || !mending.no_ai) && wish.to_style.is_none();
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
