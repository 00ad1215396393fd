//! What a SARIF log says before and behind its results: the tool with its rules, the repository, how it went.

use serde_json::Value;
use serde_sarif::sarif::{
    ArtifactLocation, Invocation, Message, MultiformatMessageString, Notification, PropertyBag,
    ReportingConfiguration, ReportingDescriptor, ToolComponent, VersionControlDetails,
};

use super::BASE;
use crate::check::Summary;
use crate::git::Provenance;
use crate::render::{Run, rule_page};
use crate::rules::{RULES, Rule};

/// docgen and all its rules.
pub(super) fn driver(run: &Run) -> ToolComponent {
    let rules: Vec<ReportingDescriptor> = RULES.iter().map(|rule| descriptor(rule)).collect();
    let mut driver = ToolComponent::builder()
        .name("docgen")
        .version(run.version.as_str())
        .semantic_version(run.version.as_str())
        .rules(rules)
        .build();
    driver.information_uri = rule_page::home().map(str::to_owned);
    driver
}

fn descriptor(rule: &Rule) -> ReportingDescriptor {
    let (summary, reason) = (rule_page::summary(rule), rule_page::reason(rule));
    let mut help = text(format!("{summary} {reason}"));
    help.markdown = Some(rule_page::markdown(rule));
    let mut descriptor = ReportingDescriptor::builder()
        .id(rule.code)
        .name(rule_page::pascal_case(rule.name))
        .short_description(text(summary))
        .full_description(text(reason))
        .help(help)
        .default_configuration(ReportingConfiguration {
            enabled: Some(rule.default),
            level: Some(Value::from(rule.severity.word())),
            ..ReportingConfiguration::default()
        })
        .properties(PropertyBag {
            tags: Some(["documentation", "docstring"].map(str::to_owned).to_vec()),
            additional_properties: [
                ("precision".to_owned(), Value::from("high")),
                (
                    "problem.severity".to_owned(),
                    Value::from(rule.severity.word()),
                ),
            ]
            .into(),
        })
        .build();
    descriptor.help_uri = rule_page::address(rule);
    descriptor
}

fn text(text: String) -> MultiformatMessageString {
    MultiformatMessageString::builder().text(text).build()
}

/// Nothing where the address is not known: it is the one thing that must be told.
pub(super) fn version_control(provenance: &Provenance) -> Option<VersionControlDetails> {
    let mut details = VersionControlDetails::builder()
        .repository_uri(provenance.address.as_deref()?)
        .mapped_to(ArtifactLocation {
            uri_base_id: Some(BASE.to_owned()),
            ..ArtifactLocation::default()
        })
        .build();
    details.revision_id.clone_from(&provenance.revision);
    details.branch.clone_from(&provenance.branch);
    Some(details)
}

/// Whether all files could be read.
pub(super) fn invocation(summary: &Summary) -> Invocation {
    let mut invocation = Invocation::builder()
        .execution_successful(summary.unreadable == 0)
        .build();
    if summary.unreadable > 0 {
        let message = Message {
            text: Some(format!("{} files could not be read.", summary.unreadable)),
            ..Message::default()
        };
        let mut notification = Notification::builder().message(message).build();
        notification.level = Some(Value::from("error"));
        invocation.tool_execution_notifications = Some(vec![notification]);
    }
    invocation
}
