//! `docgen batch apply`: what jobs have brought, for a run that asks nobody.

use std::fmt::Write as _;

use serde_json::Value;

use super::{failed, record, status, tag, with_jobs};
use crate::ai::{self, Client, Job, Session, State, Taken};
use crate::cli::failure::{Failure, Kind};
use crate::cli::screen::Screen;
use crate::fix::{Delivery, Writer};

/// What jobs have brought.
pub(in super::super) struct Applying {
    /// The answers.
    delivery: Delivery,
    jobs: Vec<Job>,
    /// Lines that could not be read.
    broken: u64,
}

impl Applying {
    /// Fetches what these jobs have brought.
    pub(in super::super) fn fetch(ids: &[String], session: &Session) -> Result<Self, Failure> {
        with_jobs(session)?;
        let mut all = Self {
            delivery: Delivery::default(),
            jobs: Vec::new(),
            broken: 0,
        };
        for id in ids {
            all.jobs.push(ended(id, session)?);
        }
        for job in &all.jobs {
            let delivery = &mut all.delivery;
            let taken = session.fetch(job, |it| delivery.add(it));
            let taken = taken.map_err(|it| failed(&job.id, &it))?;
            all.broken += taken.broken;
            settle(session.client(), job, &taken);
            if let Some(fault) = job.faults.first() {
                delivery.fail(&format!("{} failed: {fault}", job.id));
            }
        }
        Ok(all)
    }

    /// A writer that takes its words from here.
    pub(in super::super) fn into_writer<'s>(
        self,
        writer: Writer<'s>,
        screen: &Screen,
    ) -> Writer<'s> {
        for job in self.jobs.iter().filter(|it| it.state != State::Completed) {
            screen.warn(status::told(job, ai::now()).trim_end());
        }
        if self.broken > 0 {
            let lines = if self.broken == 1 { "line" } else { "lines" };
            screen.warn(&format!(
                "{} {lines} of answers cannot be read",
                self.broken
            ));
        }
        writer.with(self.delivery)
    }
}

/// What is told of the answers at the end.
pub(in super::super) fn told(delivery: &Delivery) -> String {
    let mut text = format!("{} answers came", delivery.len());
    let unused = delivery.unused();
    if unused > 0 {
        let _ = write!(
            text,
            "; {unused} of them answer nothing that is missing here: the code has changed, or other paths, another scope, \
             another model or other settings were asked about"
        );
    }
    text
}

/// The job, once it has ended.
fn ended(id: &str, session: &Session) -> Result<Job, Failure> {
    let job = session.job(id).map_err(|it| failed(id, &it))?;
    if !job.state.has_ended() {
        let state = status::told(&job, ai::now());
        let failure = Failure::new(Kind::Usage, format!("not done yet: {}", state.trim_end()));
        return Err(failure
            .hint("`docgen batch status` tells how far it is, and `docgen batch cancel` ends it"));
    }
    if job.state == State::Failed {
        // It brings nothing, so nothing waits for it.
        let _ = session.client().store().clear(Some(&tag(&job.id)));
    }
    Ok(job)
}

/// Gives back what was reserved for a job on this machine and not used.
fn settle(client: &Client, job: &Job, taken: &Taken) {
    let (store, name) = (client.store(), record(&job.id));
    let kept = store.get(&name, ai::now()).ok().flatten();
    let kept: Option<Value> = kept.and_then(|it| serde_json::from_str(&it).ok());
    let number = |value: &Value, name: &str| value[name].as_u64();
    if let Some(kept) = kept
        && let Some((at, tokens)) = number(&kept, "at").zip(number(&kept, "tokens"))
    {
        client.settle_job(at, tokens, taken);
        let _ = store.remove(&name);
    }
}
