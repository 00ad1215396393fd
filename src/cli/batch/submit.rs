//! `docgen fix --batch`: all that lacks words is asked for in jobs. Files stay as they are until the jobs are applied.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::mem;

use rayon::prelude::*;
use serde_json::json;

use super::parcel::Parcel;
use super::{failed, record, with_jobs};
use crate::ai::{self, Batching, Capacity, Client};
use crate::check::{self, Project};
use crate::cli::args;
use crate::cli::failure::{Failure, Kind};
use crate::cli::jobs::Work;
use crate::cli::mend::Mender;
use crate::cli::refused;
use crate::cli::screen::Screen;
use crate::cli::scribe::{self, Scribe};
use crate::fix::{Docket, Draft, Estimate, Refused, Sheet, Writer};
use crate::store::Entry;

/// So many files are looked into before what they ask is written down.
const AT_ONCE: usize = 256;

/// What is asked of a day, in seconds.
const MONTH: u64 = 29 * 86_400;

/// The questions of a run on their way into jobs.
struct Submission<'s> {
    client: &'s Client,
    batching: &'s dyn Batching,
    capacity: Capacity,
    is_estimate: bool,
    docket: Docket,
    parcels: Vec<Parcel>,
    refused: Vec<Refused>,
    waiting: BTreeMap<String, u64>,
    tokens_left: u64,
    sums: Estimate,
    /// The most that it may cost, in millionths of a US dollar.
    most: u64,
}

/// Puts all that lacks words into jobs and hands them in; the exit code.
pub(in super::super) fn submit(
    args: &args::Fix,
    screen: &Screen,
    work: &Work,
    mender: &Mender<'_>,
    (scribe, writer): (&Scribe, &Writer<'_>),
) -> Result<u8, Failure> {
    with_jobs(scribe.session())?;
    scribe.heed_signals();
    let client = scribe.session().client();
    let missing = || Failure::new(Kind::Usage, "there is no batch API");
    let batching = client.batching().ok_or_else(missing)?;
    let mut submission = Submission {
        client,
        batching,
        capacity: batching.capacity(),
        is_estimate: args.asking.estimate,
        docket: Docket::default(),
        parcels: Vec::new(),
        refused: Vec::new(),
        waiting: BTreeMap::new(),
        tokens_left: client.tokens_left(),
        sums: Estimate::default(),
        most: 0,
    };
    submission.plan(work, mender, (scribe, writer))?;
    if args.asking.estimate {
        let text = format!("{}\n", scribe.told(&submission.sums));
        written(&text)?;
        return Ok(0);
    }
    for failure in &work.failures {
        screen.fail(failure);
    }
    if !scribe.is_confirmed(|| submission.sums) {
        return Err(Failure::new(Kind::Usage, "nothing was asked"));
    }
    let parcels = mem::take(&mut submission.parcels);
    let told = submission.told(scribe, parcels.len());
    let count = parcels.len();
    for parcel in parcels {
        submission.hand_in(parcel, writer)?;
    }
    writer.close();
    if !args.quiet {
        Screen::error(&told);
        Screen::error(if count > 0 { HINT } else { "" });
    }
    if let Some(path) = &args.asking.failed {
        refused::write(path, &submission.refused)?;
    }
    let is_undone = !work.failures.is_empty();
    Ok(if is_undone {
        Failure::EXIT_CODE
    } else {
        u8::from(!submission.refused.is_empty())
    })
}

const HINT: &str = "`docgen batch status ID` tells how far a job is; `docgen batch apply ID`, with the same paths and flags, \
                    writes what it brought, here or in another clone\n";

impl Submission<'_> {
    /// Finds the questions, and writes down the requests that ask them.
    fn plan(
        &mut self,
        work: &Work,
        mender: &Mender<'_>,
        (scribe, writer): (&Scribe, &Writer<'_>),
    ) -> Result<(), Failure> {
        let mut waiting = Vec::new();
        let mut at = 0;
        let each = |_: &check::Job, report, _: &Project<'_>| writer.is_wanted(&report);
        check::run(
            &work.jobs,
            &work.elsewhere,
            &work.texts,
            each,
            |is_wanted| {
                if is_wanted {
                    waiting.push(&work.jobs[at]);
                }
                at += 1;
            },
        );
        if waiting.is_empty() {
            return Ok(());
        }
        scribe.read_examples(work);
        let project = Project::new(&work.jobs, &work.texts);
        for part in waiting.chunks(AT_ONCE) {
            if let Some(reason) = self.client.stop.reason() {
                return Err(Failure::new(
                    Kind::Machine,
                    format!("nothing was sent: {reason}"),
                ));
            }
            let draft = |job: &&check::Job| {
                let report = check::check_file(job, &project);
                mender.draft(job, report, &project, writer)
            };
            let mut drafts: Vec<Draft> = part.par_iter().map(draft).collect();
            for draft in &mut drafts {
                self.admit(draft);
            }
            let all: Vec<(&&check::Job, Draft)> = part.iter().zip(drafts).collect();
            let sheets = all
                .into_par_iter()
                .map(|(job, draft)| writer.sheets(&job.change.path, draft));
            let sheets: Vec<Vec<Sheet>> = sheets.collect();
            for sheet in sheets.into_iter().flatten() {
                self.take(sheet).map_err(|it| unwritable(&it))?;
            }
        }
        Ok(())
    }

    fn admit(&mut self, draft: &mut Draft) {
        let kept = draft.kept;
        self.docket.admit(draft);
        self.sums.kept += kept;
        self.sums.symbols += kept + draft.symbols() as u64;
        self.refused.append(&mut draft.refused);
        for (job, count) in mem::take(&mut draft.waiting) {
            *self.waiting.entry(job).or_default() += count;
        }
    }

    /// Takes a request, unless it could pass what may be used.
    fn take(&mut self, sheet: Sheet) -> io::Result<()> {
        let tokens = sheet.input + sheet.most;
        let most = self.client.price(sheet.input, sheet.most);
        let reason = if self.client.model().is_some_and(|it| tokens > it.context) {
            "too-large: its prompt is larger than the model takes"
        } else if self.is_estimate {
            ""
        } else if tokens > self.tokens_left {
            "the tokens of this day are used up (`tokens-per-day`)"
        } else if !self.client.reserve_money(most) {
            "it could cost more than `max-cost` leaves"
        } else {
            ""
        };
        if !reason.is_empty() {
            let refused = |(path, qualname)| Refused {
                path,
                qualname,
                reason: reason.to_owned(),
            };
            self.refused.extend(sheet.symbols.into_iter().map(refused));
            return Ok(());
        }
        self.tokens_left = self.tokens_left.saturating_sub(tokens);
        self.most += most;
        self.sums.requests += 1;
        self.sums.input += sheet.input;
        self.sums.output += sheet.usual;
        self.sums.micros += self.client.price(sheet.input, sheet.usual);
        if self.is_estimate {
            return Ok(());
        }
        let has_room = |it: &Parcel| it.has_room(sheet.item.len(), self.capacity);
        if !self.parcels.last().is_some_and(has_room) {
            self.parcels.push(Parcel::new(self.batching)?);
        }
        match self.parcels.last_mut() {
            Some(parcel) => parcel.add(sheet),
            None => Ok(()),
        }
    }

    /// Hands a job in. Its id is printed before anything else is done: it is paid for.
    fn hand_in(&self, parcel: Parcel, writer: &Writer<'_>) -> Result<(), Failure> {
        let client = self.client;
        let tokens = parcel.tokens;
        if !client.reserve_tokens(tokens) {
            let message = "the tokens of this day are used up (`tokens-per-day`)";
            return Err(Failure::new(Kind::Machine, message));
        }
        let at = ai::now();
        let (file, marks) = parcel.closed().map_err(|it| unwritable(&it))?;
        let job = match writer.session().submit(&file) {
            Ok(job) => job,
            Err(error) => {
                client.settle_job(at, tokens, &ai::Taken::default());
                return Err(failed("a job was not handed in", &error));
            }
        };
        written(&format!("{}\n", job.id))?;
        writer.await_job(&job.id, &marks);
        let entry = Entry {
            value: json!({"at": at, "tokens": tokens}).to_string(),
            tags: Vec::new(),
            ttl: MONTH,
        };
        // Budgets that cannot be settled are too full, never too empty.
        let _ = client.store().put(&record(&job.id), &entry, ai::now());
        Ok(())
    }

    /// What was asked, in a line, and why the rest was not.
    fn told(&self, scribe: &Scribe, jobs: usize) -> String {
        let mut text = String::new();
        for it in &self.refused {
            let Refused {
                path,
                qualname,
                reason,
            } = it;
            let _ = writeln!(text, "{path}: {qualname}: {reason}");
        }
        let plural = if jobs == 1 { "" } else { "s" };
        let _ = write!(text, "{jobs} job{plural}: {}", scribe.told(&self.sums));
        if self.most > 0 {
            let _ = write!(text, ", {} at most", scribe::dollars(self.most));
        }
        if self.docket.equal > 0 {
            let _ = write!(
                text,
                "; {} are asked for in the words of others",
                self.docket.equal
            );
        }
        for (job, count) in &self.waiting {
            let _ = write!(text, "; {count} wait for {job}");
        }
        text.push('\n');
        text
    }
}

fn written(text: &str) -> Result<(), Failure> {
    let written = Screen::write(text.as_bytes());
    let failed = |error| Failure::new(Kind::Machine, format!("cannot write: {error}"));
    written.map(|_| ()).map_err(failed)
}

fn unwritable(error: &io::Error) -> Failure {
    Failure::new(
        Kind::Machine,
        format!("cannot write a temporary file: {error}"),
    )
}
