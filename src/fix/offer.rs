//! What a report offers is what mending does: remedies that would be declined are not offered.

use super::bars::Bars;
use super::mend::{Mended, mend};
use super::wish::Wish;
use super::words::Answers;
use crate::check::{FileReport, Job, Project};
use crate::rules::Remedy;
use crate::text::Applicability;

/// The report without the remedies that [`mend`] would decline. `bytes` are those that the report was made of.
pub fn offered(job: &Job, report: FileReport, bytes: &[u8], project: &Project<'_>) -> FileReport {
    let mut report = report;
    // What is safe is offered as it is made unasked, the rest as it is made together with it.
    for applicability in [Applicability::Safe, Applicability::Unsafe] {
        if !has_any(&report, applicability) {
            continue;
        }
        let wish = Wish {
            unsafe_fixes: applicability == Applicability::Unsafe,
            ..Wish::default()
        };
        let mended = mend(
            job,
            report.clone(),
            bytes.to_vec(),
            project,
            wish,
            &Bars::new(),
            &Answers::new(),
        );
        refuse(&mut report, &mended, applicability);
    }
    report
}

fn has_any(report: &FileReport, applicability: Applicability) -> bool {
    let mut findings = report.symbols.iter().flat_map(|it| &it.findings);
    findings.any(|it| is_edit(&it.remedy, applicability))
}

fn is_edit(remedy: &Remedy, applicability: Applicability) -> bool {
    matches!(remedy, Remedy::Edits(_, own) if *own == applicability)
}

/// Takes back what was declined.
fn refuse(report: &mut FileReport, mended: &Mended, applicability: Applicability) {
    for symbol in &mut report.symbols {
        for finding in &mut symbol.findings {
            let is_it = |qualname: &str, code: &str, entries: &[String]| {
                (qualname, code, entries)
                    == (
                        symbol.qualname.as_str(),
                        finding.rule.code,
                        finding.entries.as_slice(),
                    )
            };
            let mut declined = mended.declined.iter();
            let note = declined.find(|it| is_it(&it.qualname, it.code, &it.entries));
            if let Some(note) = note.filter(|_| is_edit(&finding.remedy, applicability)) {
                finding.remedy = Remedy::Refused(note.reason.clone());
            }
        }
    }
}
