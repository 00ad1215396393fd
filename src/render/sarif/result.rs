//! One finding as a SARIF result.

use std::collections::BTreeMap;
use std::ptr;

use serde_sarif::sarif::{
    ArtifactChange, ArtifactContent, ArtifactLocation, Fix, Location, LogicalLocation, Message,
    PhysicalLocation, PropertyBag, Region as RegionObject, Replacement, Result as ResultObject,
    ResultLevel,
};

use super::BASE;
use crate::check::SymbolReport;
use crate::python::SymbolKind;
use crate::render::harmless::harmless;
use crate::render::line_hash::line_hashes;
use crate::render::region::Region;
use crate::render::sheet::Note;
use crate::render::{Sheet, uri};
use crate::rules::{Finding, RULES, Remedy, Severity};
use crate::text::{Edit, SourceFile, Span};

/// A file while its results are made.
pub(super) struct Page<'a> {
    file: &'a SourceFile,
    uri: String,
    /// `primaryLocationLineHash` by line.
    hashes: BTreeMap<u32, String>,
}

impl<'a> Page<'a> {
    /// The file of `sheet`; `None` where nothing was found in it.
    pub(super) fn new(sheet: &Sheet<'a>) -> Option<Self> {
        let file = sheet.file();
        let line = |note: &Note<'_>| file.lines().line(note.finding.in_diff().start);
        let mut lines: Vec<u32> = sheet.notes().iter().map(line).collect();
        lines.sort_unstable();
        (!lines.is_empty()).then(|| Self {
            file,
            uri: uri::encoded(sheet.path()),
            hashes: line_hashes(file, &lines),
        })
    }

    pub(super) fn result(&self, note: &Note<'_>, fingerprint: &str) -> ResultObject {
        let Note {
            symbol, finding, ..
        } = *note;
        let line = self.file.lines().line(finding.in_diff().start);
        let rule = finding.rule;
        let related = self.related(symbol, finding);
        let place = Location {
            physical_location: Some(self.place(finding.in_diff(), true)),
            logical_locations: Some(vec![logical(symbol)]),
            ..Location::default()
        };
        let mut fingerprints = BTreeMap::from([("docgen/v1".to_owned(), fingerprint.to_owned())]);
        if let Some(hash) = self.hashes.get(&line) {
            fingerprints.insert("primaryLocationLineHash".to_owned(), hash.clone());
        }
        let index = RULES.iter().position(|&known| ptr::eq(known, rule));
        let mut result = ResultObject::builder()
            .rule_id(rule.code)
            .rule_index(number(index.unwrap_or(0)))
            .level(match finding.severity {
                Severity::Error => ResultLevel::Error,
                Severity::Warning => ResultLevel::Warning,
            })
            .message(plain(message(note, &related)))
            .locations(vec![place])
            .partial_fingerprints(fingerprints)
            .properties(PropertyBag {
                additional_properties: [("introduced".to_owned(), finding.introduced.into())]
                    .into(),
                ..PropertyBag::default()
            })
            .build();
        result.related_locations = Some(related).filter(|it| !it.is_empty());
        result.fixes = self.fix(finding).map(|fix| vec![fix]);
        result
    }

    /// The finding's remedy, where it is mechanical.
    fn fix(&self, finding: &Finding) -> Option<Fix> {
        let Remedy::Edits(edits, applicability) = &finding.remedy else {
            return None;
        };
        let replacement = |edit: &Edit| {
            Replacement::builder()
                .deleted_region(self.exact(edit.span))
                .inserted_content(content(&edit.text))
                .build()
        };
        let help = finding.help.as_deref().unwrap_or(finding.rule.name);
        let about = format!("{} ({})", harmless(help), applicability.word());
        let change = ArtifactChange::builder()
            .artifact_location(self.artifact())
            .replacements(edits.iter().map(replacement).collect::<Vec<_>>())
            .build();
        let fix = Fix::builder().artifact_changes(vec![change]);
        Some(fix.description(plain(about)).build())
    }

    /// The header of the symbol and the other labels, each numbered as the message links to it.
    fn related(&self, symbol: &SymbolReport, finding: &Finding) -> Vec<Location> {
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
            id: Some(number(at + 1)),
            message: Some(text)
                .filter(|text| !text.is_empty())
                .map(|text| plain(text.to_owned())),
            physical_location: Some(self.place(span, false)),
            ..Location::default()
        })
        .collect()
    }

    /// Where `span` begins, to the end of its first line at most.
    fn place(&self, span: Span, with_context: bool) -> PhysicalLocation {
        let lines = self.file.lines();
        let line = lines.line(span.start);
        let end = lines.line_span(self.file.text(), line).end.max(span.start);
        let span = Span::new(span.start, span.end.min(end));
        let context = || {
            let (first, last) = (
                line.saturating_sub(1).max(1),
                (line + 1).min(lines.line_count()),
            );
            let around = lines.line_span(self.file.text(), last);
            let around = Span::new(lines.start(first), around.end);
            RegionObject {
                start_line: Some(first.into()),
                end_line: Some(last.into()),
                snippet: Some(content(self.file.slice(around))),
                ..RegionObject::default()
            }
        };
        PhysicalLocation {
            artifact_location: Some(self.artifact()),
            region: Some(self.exact(span)),
            context_region: with_context.then(context),
            ..PhysicalLocation::default()
        }
    }

    fn artifact(&self) -> ArtifactLocation {
        ArtifactLocation {
            uri: Some(self.uri.clone()),
            uri_base_id: Some(BASE.to_owned()),
            ..ArtifactLocation::default()
        }
    }

    /// A place with columns.
    fn exact(&self, span: Span) -> RegionObject {
        let Region {
            line,
            column,
            end_line,
            end_column,
        } = Region::new(self.file, span);
        RegionObject {
            start_line: Some(line.into()),
            start_column: Some(column.into()),
            end_line: Some(end_line.into()),
            end_column: Some(end_column.into()),
            snippet: Some(content(self.file.slice(span))),
            ..RegionObject::default()
        }
    }
}

/// What was found, as a sentence, with links to the related locations; of several that say the same,
/// to the first.
fn message(note: &Note<'_>, related: &[Location]) -> String {
    let mut message = escaped(&harmless(&note.told));
    if let Some(first) = message.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    message.push('.');
    let mut links = Vec::new();
    for (at, location) in related.iter().enumerate() {
        let Some(text) = said(location) else { continue };
        if !related[..at].iter().any(|it| said(it) == Some(text)) {
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

fn said(location: &Location) -> Option<&str> {
    location.message.as_ref()?.text.as_deref()
}

/// Text in a message: brackets would be links (SARIF 3.11.6).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if matches!(c, '\\' | '[' | ']') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// SARIF counts in signed numbers.
fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn plain(text: String) -> Message {
    Message {
        text: Some(text),
        ..Message::default()
    }
}

fn content(text: &str) -> ArtifactContent {
    ArtifactContent {
        text: Some(text.to_owned()),
        ..ArtifactContent::default()
    }
}

fn logical(symbol: &SymbolReport) -> LogicalLocation {
    let name = symbol.qualname.rsplit('.').next();
    let kind = match symbol.kind {
        SymbolKind::Module | SymbolKind::Package => "module",
        SymbolKind::Class => "type",
        SymbolKind::Function => "function",
        SymbolKind::Method => "member",
    };
    LogicalLocation {
        name: Some(name.unwrap_or(&symbol.qualname).to_owned()),
        fully_qualified_name: Some(symbol.qualname.clone()),
        kind: Some(kind.to_owned()),
        ..LogicalLocation::default()
    }
}
