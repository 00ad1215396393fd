//! `sarif`: SARIF 2.1.0, as GitHub's code scanning wants it.
//!
//! GitHub shows an alert in a pull request only where all its lines are in the diff, so the location of
//! a result is the place that the finding points at, one line at most; the docstring and the `def` are
//! related locations that the message links to. What GitHub reads:
//! <https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning>.

use std::collections::BTreeMap;
use std::ptr;

use super::fingerprint::fingerprints;
use super::harmless::harmless;
use super::json::write_json;
use super::line_hash::line_hashes;
use super::region::Region;
use super::renderer::{findings, told};
use super::rule_page;
use super::sarif_model::{
    ArtifactChange, ArtifactLocation, Configuration, Driver, Fix, Invocation, Location,
    LogicalLocation, MappedTo, Notification, PartialFingerprints, PhysicalLocation, RegionObject,
    Replacement, ReportingDescriptor, ResultObject, ResultProperties, RuleProperties, Text,
    VersionControl,
};
use super::{Renderer, Run, Tally, uri};
use crate::check::{FileReport, Summary, SymbolReport};
use crate::git::Provenance;
use crate::python::SymbolKind;
use crate::rules::{Finding, RULES, Remedy, Rule};
use crate::text::{Edit, SourceFile, Span};

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
        let driver = Driver {
            name: "docgen",
            version: &run.version,
            semantic_version: &run.version,
            information_uri: rule_page::home(),
            rules: RULES.iter().map(|rule| descriptor(rule)).collect(),
        };
        write_json(out, &driver);
        out.extend_from_slice(b"},\"automationDetails\":{\"id\":");
        // A run over the diff must not close the alerts of a run over everything.
        let category = if run.comparison.kind == "all" {
            "docgen/all/"
        } else {
            "docgen/changes/"
        };
        write_json(out, &category);
        out.extend_from_slice(b"},\"columnKind\":\"unicodeCodePoints\",\"originalUriBaseIds\":");
        let root = ArtifactLocation {
            uri: &uri::folder(run.provenance.as_ref().map_or(&run.root, |it| &it.root)),
            uri_base_id: None,
        };
        write_json(out, &BTreeMap::from([(BASE, root)]));
        if let Some(provenance) = run.provenance.as_ref().and_then(version_control) {
            out.extend_from_slice(b",\"versionControlProvenance\":");
            write_json(out, &[provenance]);
        }
        out.extend_from_slice(b",\"results\":[\n");
    }

    fn file(&self, run: &Run, report: &FileReport, out: &mut Vec<u8>) {
        let file = &report.file;
        let mut lines: Vec<u32> = findings(report)
            .map(|finding| file.lines().line(finding.in_diff().start))
            .collect();
        if lines.is_empty() {
            return;
        }
        lines.sort_unstable();
        let path = run.in_repository(file.path());
        let page = Page {
            file,
            uri: uri::encoded(&path),
            hashes: line_hashes(file.text(), &lines),
        };
        for (symbol, finding, fingerprint) in fingerprints(&path, report) {
            if !out.is_empty() {
                out.extend_from_slice(self.joint().as_bytes());
            }
            write_json(out, &page.result(symbol, finding, fingerprint));
        }
    }

    fn joint(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, _run: &Run, summary: &Summary, _tally: &Tally, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n],\"invocations\":[");
        let unreadable = (summary.unreadable > 0).then(|| Notification {
            level: "error",
            message: Text::plain(format!("{} files could not be read.", summary.unreadable)),
        });
        let invocation = Invocation {
            execution_successful: unreadable.is_none(),
            tool_execution_notifications: unreadable.into_iter().collect(),
        };
        write_json(out, &invocation);
        out.extend_from_slice(b"]}]}\n");
    }
}

/// Nothing where the address is not known: it is the one thing that must be told.
fn version_control(provenance: &Provenance) -> Option<VersionControl<'_>> {
    Some(VersionControl {
        repository_uri: provenance.address.as_deref()?,
        revision_id: provenance.revision.as_deref(),
        branch: provenance.branch.as_deref(),
        mapped_to: MappedTo { uri_base_id: BASE },
    })
}

fn descriptor(rule: &Rule) -> ReportingDescriptor {
    let (summary, reason) = (rule_page::summary(rule), rule_page::reason(rule));
    let help = format!("{summary} {reason}");
    ReportingDescriptor {
        id: rule.code,
        name: rule_page::pascal_case(rule.name),
        short_description: Text::plain(summary),
        full_description: Text::plain(reason),
        help: Text {
            text: help.into(),
            markdown: Some(rule_page::markdown(rule).into()),
        },
        help_uri: rule_page::address(rule),
        default_configuration: Configuration {
            enabled: rule.default,
            level: rule.severity.word(),
        },
        properties: RuleProperties {
            tags: ["documentation", "docstring"],
            precision: "high",
            problem_severity: rule.severity.word(),
        },
    }
}

/// A file while its results are made.
struct Page<'a> {
    file: &'a SourceFile,
    uri: String,
    hashes: BTreeMap<u32, String>,
}

impl<'a> Page<'a> {
    fn result(
        &'a self,
        symbol: &'a SymbolReport,
        finding: &'a Finding,
        fingerprint: String,
    ) -> ResultObject<'a> {
        let line = self.file.lines().line(finding.in_diff().start);
        let rule = finding.rule;
        let related = self.related(symbol, finding);
        ResultObject {
            rule_id: rule.code,
            rule_index: RULES
                .iter()
                .position(|&known| ptr::eq(known, rule))
                .unwrap_or(0),
            level: finding.severity.word(),
            message: Text::plain(message(finding, &related)),
            locations: [Location {
                id: None,
                message: None,
                physical_location: self.place(finding.in_diff(), true),
                logical_locations: Some([logical(symbol)]),
            }],
            related_locations: related,
            fixes: self.fix(finding).into_iter().collect(),
            partial_fingerprints: PartialFingerprints {
                primary_location_line_hash: self.hashes.get(&line).cloned(),
                docgen: fingerprint,
            },
            properties: ResultProperties {
                introduced: finding.introduced,
            },
        }
    }

    /// The finding's remedy, where it is mechanical.
    fn fix(&'a self, finding: &'a Finding) -> Option<Fix<'a>> {
        let Remedy::Edits(edits, applicability) = &finding.remedy else {
            return None;
        };
        let replacement = |edit: &'a Edit| Replacement {
            deleted_region: RegionObject::exact(
                Region::new(self.file, edit.span),
                self.file.slice(edit.span),
            ),
            inserted_content: Text::plain(edit.text.as_str()),
        };
        let help = finding.help.as_deref().unwrap_or(finding.rule.name);
        Some(Fix {
            description: Text::plain(format!("{} ({})", harmless(help), applicability.word())),
            artifact_changes: [ArtifactChange {
                artifact_location: ArtifactLocation {
                    uri: &self.uri,
                    uri_base_id: Some(BASE),
                },
                replacements: edits.iter().map(replacement).collect(),
            }],
        })
    }

    /// The header of the symbol and the other labels, each numbered as the message links to it.
    fn related(&'a self, symbol: &'a SymbolReport, finding: &'a Finding) -> Vec<Location<'a>> {
        let lines = self.file.lines();
        let (header, _) = symbol.lines(self.file);
        let mut related = Vec::new();
        if !symbol.kind.is_module() && header != lines.line(finding.in_diff().start) {
            let line = lines.line_span(self.file.text(), header);
            let indent = self.file.slice(line).len() - self.file.slice(line).trim_start().len();
            let place = Span::new(line.start + indent as u32, line.end);
            related.push((place, symbol.qualname.as_str()));
        }
        if finding.labels.is_empty() && finding.cause.is_some() {
            related.push((finding.at, ""));
        }
        let labels = finding.labels.iter().filter(|label| {
            let is_primary = label.span == finding.in_diff();
            // What the finding points at is told, wherever it is.
            let is_header = lines.line(label.span.start) == header && label.span != finding.at;
            !is_primary && !is_header
        });
        related.extend(labels.map(|label| (label.span, label.text.as_ref())));
        let each = related.into_iter().enumerate();
        each.map(|(at, (span, text))| Location {
            id: Some(at + 1),
            message: Some(Text::plain(text)).filter(|_| !text.is_empty()),
            physical_location: self.place(span, false),
            logical_locations: None,
        })
        .collect()
    }

    /// Where `span` begins, to the end of its first line at most.
    fn place(&'a self, span: Span, with_context: bool) -> PhysicalLocation<'a> {
        let lines = self.file.lines();
        let line = lines.line(span.start);
        let end = lines.line_span(self.file.text(), line).end.max(span.start);
        let span = Span::new(span.start, span.end.min(end));
        let (first, last) = (
            line.saturating_sub(1).max(1),
            (line + 1).min(lines.line_count()),
        );
        let around = lines.line_span(self.file.text(), last);
        let around = Span::new(lines.start(first), around.end);
        let context = || RegionObject::lines(first, last, self.file.slice(around));
        PhysicalLocation {
            artifact_location: ArtifactLocation {
                uri: &self.uri,
                uri_base_id: Some(BASE),
            },
            region: Some(RegionObject::exact(
                Region::new(self.file, span),
                self.file.slice(span),
            )),
            context_region: with_context.then(context),
        }
    }
}

/// What was found, as a sentence, with links to the related locations; of several that say the same,
/// to the first.
fn message(finding: &Finding, related: &[Location<'_>]) -> String {
    let mut message = escaped(&harmless(&told(finding)));
    if let Some(first) = message.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    message.push('.');
    let mut links = Vec::new();
    for (at, location) in related.iter().enumerate() {
        let Some(text) = said(location) else { continue };
        if !related[..at]
            .iter()
            .any(|it| said(it).as_ref() == Some(&text))
        {
            links.push(format!("[{}]({})", escaped(text), at + 1));
        }
    }
    if !links.is_empty() {
        message.push_str(" See ");
        message.push_str(&links.join(", "));
        message.push('.');
    }
    message
}

fn said<'a>(location: &'a Location<'_>) -> Option<&'a str> {
    location.message.as_ref().map(|message| &*message.text)
}

/// Text in a message: brackets would be links (SARIF 3.11.6).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '[' | ']') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn logical(symbol: &SymbolReport) -> LogicalLocation<'_> {
    let name = symbol.qualname.rsplit('.').next();
    LogicalLocation {
        name: name.unwrap_or(&symbol.qualname),
        fully_qualified_name: &symbol.qualname,
        kind: match symbol.kind {
            SymbolKind::Module | SymbolKind::Package => "module",
            SymbolKind::Class => "type",
            SymbolKind::Function => "function",
            SymbolKind::Method => "member",
        },
    }
}
