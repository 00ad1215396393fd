//! `docgen batch status` and `docgen batch cancel`: how far jobs are.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{FormatChoice, Jobs, failed, opened, tag};
use crate::ai::{self, AskError, Job, Session, State};
use crate::cli::args::Global;
use crate::cli::asking::Asking;
use crate::cli::failure::{Failure, Kind};
use crate::cli::screen::Screen;

/// Asks for each job, and tells what was said.
pub(super) fn run(
    args: &Jobs,
    global: &Global,
    screen: &Screen,
    ask: fn(&Session, &str) -> Result<Job, AskError>,
) -> Result<u8, Failure> {
    let session = opened(&Asking::of(args.provider), global, screen)?;
    let mut jobs = Vec::new();
    let mut code = 0;
    for id in &args.ids {
        match ask(&session, id) {
            Ok(job) => {
                if job.state == State::Failed {
                    // It brings nothing, so nothing waits for it.
                    let _ = session.client().store().clear(Some(&tag(&job.id)));
                }
                jobs.push(job);
            }
            Err(error) => {
                screen.fail(&failed(id, &error));
                code = Failure::EXIT_CODE;
            }
        }
    }
    let text = match args.format {
        FormatChoice::Text => jobs.iter().map(|it| told(it, ai::now())).collect(),
        FormatChoice::Json => format!("{}\n", jobs.iter().map(object).collect::<Value>()),
    };
    Screen::write(text.as_bytes())
        .map_err(|error| Failure::new(Kind::Machine, format!("cannot write: {error}")))?;
    Ok(code)
}

/// A job in a line, and in one more for each fault.
pub(super) fn told(job: &Job, now: u64) -> String {
    let mut text = format!(
        "{}  {}  {} of {} answered",
        job.id,
        job.state.word(),
        job.answered,
        job.total
    );
    if job.failed > 0 {
        let _ = write!(text, ", {} failed", job.failed);
    }
    if let Some(expires) = job.expires.filter(|_| !job.state.has_ended()) {
        let _ = write!(text, "; {}", until(expires, now));
    }
    text.push('\n');
    for fault in &job.faults {
        let _ = writeln!(text, "  {fault}");
    }
    text
}

fn until(expires: u64, now: u64) -> String {
    let minutes = expires.saturating_sub(now) / 60;
    format!(
        "ends in {} h {} min at the latest",
        minutes / 60,
        minutes % 60
    )
}

fn object(job: &Job) -> Value {
    json!({
        "id": job.id,
        "state": job.state.word(),
        "ended": job.state.has_ended(),
        "requests": {"total": job.total, "answered": job.answered, "failed": job.failed},
        "expires_at": job.expires,
        "faults": job.faults,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_told_of_in_a_line() {
        let mut job = Job {
            id: "batch_1".to_owned(),
            state: State::InProgress,
            total: 500,
            answered: 120,
            failed: 3,
            expires: Some(90_000),
            files: Vec::new(),
            faults: Vec::new(),
        };
        assert_eq!(
            told(&job, 3600),
            "batch_1  in_progress  120 of 500 answered, 3 failed; ends in 24 h 0 min at the latest\n"
        );
        job.state = State::Failed;
        job.faults = vec!["line 3: it is no JSON".to_owned()];
        assert_eq!(
            told(&job, 3600),
            "batch_1  failed  120 of 500 answered, 3 failed\n  line 3: it is no JSON\n"
        );
    }
}
