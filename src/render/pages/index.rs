//! The index of all modules.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::graph::{Graph, cycles, mermaid, round};
use super::markup::{plain, target};
use super::sections::table;
use super::{Entry, FOLDER, MARK, Site};
use crate::render::counted;

/// So many modules of a cycle are listed.
const LISTED: usize = 30;

pub(super) fn index(site: &Site, entries: &[Entry]) -> String {
    let mut out = format!("{MARK}\n# Modules\n\n");
    counts(entries, &mut out);
    list(site, entries, &mut out);
    let all = graph(entries, |it| &it.imports);
    if let Some(picture) = mermaid(&all) {
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(out, "## Dependencies\n\n```mermaid\n{}```\n", picture.text);
        let [shown, all] = picture.boxes;
        if shown < all {
            let _ = writeln!(out, "The {shown} with the most arrows, of {all}.\n");
        }
    }
    knots(site, &graph(entries, |it| &it.at_once), &mut out);
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn graph(entries: &[Entry], of: impl Fn(&Entry) -> &BTreeSet<String>) -> Graph<'_> {
    let edges = entries.iter().map(|it| {
        let imports = of(it).iter().map(String::as_str);
        (it.name.as_str(), imports.collect())
    });
    edges.collect()
}

/// A link to a module, under this text.
fn link(site: &Site, name: &str, text: &str) -> String {
    format!("[{text}]({FOLDER}/{}.md)", target(site.stem(name)))
}

/// The table of modules.
fn list(site: &Site, entries: &[Entry], out: &mut String) {
    let row = |it: &Entry| {
        // A long name may go on in the next line, so that the table fits into narrow windows.
        let name = plain(&it.name).replace('.', ".<wbr>");
        vec![
            link(site, &it.name, &name),
            it.summary.clone(),
            unbroken(&format!("{} of {}", it.documented[0], it.documented[1])),
            unbroken(&it.day),
        ]
    };
    let rows: Vec<_> = entries.iter().map(row).collect();
    let head = ["Module", "What it is", "Docs", "Changed"];
    table(&head, &rows, out);
}

/// A short text that stays on one line, however narrow its column.
fn unbroken(text: &str) -> String {
    text.replace(' ', "\u{a0}").replace('-', "\u{2011}")
}

/// The cycles of imports.
fn knots(site: &Site, graph: &Graph<'_>, out: &mut String) {
    let cycles = cycles(graph);
    if !cycles.is_empty() {
        out.push_str("## Import cycles\n\n");
        out.push_str("These modules import each other while they are imported:\n\n");
    }
    let link = |name: &str| link(site, name, &plain(name));
    for cycle in &cycles {
        let way = round(graph, cycle);
        let names: Vec<_> = way.iter().map(|it| link(it)).collect();
        let _ = write!(out, "- {}", names.join(" → "));
        let others: Vec<_> = cycle.iter().filter(|it| !way.contains(it)).collect();
        if !others.is_empty() {
            let names = others.iter().take(LISTED).map(|it| link(it));
            let names = names.collect::<Vec<_>>().join(", ");
            let more = others.len().saturating_sub(LISTED);
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            let _ = write!(out, "; in cycles with these: {names}{more}");
        }
        out.push('\n');
    }
}

/// How much there is.
fn counts(entries: &[Entry], out: &mut String) {
    let sum = |part: fn(&Entry) -> usize| entries.iter().map(part).sum::<usize>();
    let [told, all] = [0, 1].map(|at| entries.iter().map(|it| it.documented[at]).sum::<usize>());
    let count = |number: usize, noun| counted(u32::try_from(number).unwrap_or(u32::MAX), noun);
    let _ = writeln!(
        out,
        "{}, {}, {}; {told} of {all} documented.\n",
        count(entries.len(), "module"),
        count(sum(|it| it.classes), "class").replace("classs", "classes"),
        count(sum(|it| it.functions), "function"),
    );
}

/// What tells Sphinx of all pages, which would warn of each that no `toctree` names. `MkDocs` leaves out files that begin
/// with a dot.
pub(super) fn toctree() -> String {
    format!(
        "---\norphan: true\nnosearch: true\n---\n\n{MARK}\n# All pages\n\n```{{toctree}}\n:glob:\n\nindex\n{FOLDER}/*\n```\n"
    )
}
