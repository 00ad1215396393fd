//! `sarif`: SARIF 2.1.0, as GitHub's code scanning wants it.
//!
//! GitHub shows an alert in a pull request only where all its lines are in the diff, so the location of
//! a result is the place that the finding points at, one line at most; the docstring and the `def` are
//! related locations that the message links to. What GitHub reads:
//! <https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning>.
//!
//! The types are those of `serde-sarif`, which own every string and weigh kilobytes a result: each is
//! made, written and dropped by itself, so a report of any length takes the memory of one.

mod driver;
mod result;

use std::collections::BTreeMap;

use serde_sarif::sarif::ArtifactLocation;

use self::result::Page;
use super::compact::write_json;
use super::{Renderer, Run, Sheet, Tally, uri};
use crate::check::Summary;

/// The base of relative paths.
const BASE: &str = "SRCROOT";

/// One run, its results one a line. `invocations` stand behind them, because only then is it known
/// whether all files could be read.
#[derive(Debug)]
pub(super) struct Sarif;

impl Renderer for Sarif {
    fn begin(&self, run: &Run, out: &mut Vec<u8>) {
        out.extend_from_slice(
            b"{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\",\
              \"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":",
        );
        write_json(out, &driver::driver(run));
        out.extend_from_slice(b"},\"automationDetails\":{\"id\":");
        // A run over the diff must not close the alerts of a run over everything.
        let category = if run.comparison.kind == "all" {
            "docgen/all/"
        } else {
            "docgen/changes/"
        };
        write_json(out, &category);
        out.extend_from_slice(b"},\"columnKind\":\"unicodeCodePoints\",\"originalUriBaseIds\":");
        let root = run.provenance.as_ref().map_or(&run.root, |it| &it.root);
        let root = ArtifactLocation {
            // A repository that was cloned for this run lies nowhere.
            uri: (!root.is_empty()).then(|| uri::folder(root)),
            ..ArtifactLocation::default()
        };
        write_json(out, &BTreeMap::from([(BASE, root)]));
        if let Some(provenance) = run.provenance.as_ref().and_then(driver::version_control) {
            out.extend_from_slice(b",\"versionControlProvenance\":");
            write_json(out, &[provenance]);
        }
        out.extend_from_slice(b",\"results\":[\n");
    }

    fn file(&self, _run: &Run, sheet: &Sheet<'_>, out: &mut Vec<u8>) {
        let Some(page) = Page::new(sheet) else {
            return;
        };
        for (note, fingerprint) in sheet.fingerprinted() {
            if !out.is_empty() {
                out.extend_from_slice(self.joint().as_bytes());
            }
            write_json(out, &page.result(note, fingerprint));
        }
    }

    fn joint(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, _run: &Run, summary: &Summary, _tally: &Tally, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n],\"invocations\":[");
        write_json(out, &driver::invocation(summary));
        out.extend_from_slice(b"]}]}\n");
    }
}
