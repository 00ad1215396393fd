//! The index of all modules.

use std::fmt::Write as _;

use super::graph::{Graph, cycles, mermaid};
use super::markup::{inline, target};
use super::sections::table;
use super::{Entry, FOLDER, MARK};
use crate::render::counted;

pub(super) fn index(entries: &[Entry]) -> String {
    let sum = |part: fn(&Entry) -> usize| entries.iter().map(part).sum::<usize>();
    let [told, all] = [0, 1].map(|at| entries.iter().map(|it| it.documented[at]).sum::<usize>());
    let mut out = format!("{MARK}\n# Modules\n\n");
    let count = |number: usize, noun| counted(u32::try_from(number).unwrap_or(u32::MAX), noun);
    let _ = writeln!(
        out,
        "{}, {}, {}; {told} of {all} documented.\n",
        count(entries.len(), "module"),
        count(sum(|it| it.classes), "class").replace("classs", "classes"),
        count(sum(|it| it.functions), "function"),
    );
    let link = |name: &str| format!("[{}]({FOLDER}/{}.md)", inline(name), target(name));
    let row = |it: &Entry| {
        let documented = format!("{} of {}", it.documented[0], it.documented[1]);
        vec![link(&it.name), it.summary.clone(), documented]
    };
    let rows: Vec<_> = entries.iter().map(row).collect();
    table(&["Module", "What it is", "Documented"], &rows, &mut out);
    let mut graph = Graph::new();
    for entry in entries {
        let imports = entry.imports.iter().map(String::as_str);
        graph.insert(&entry.name, imports.collect());
    }
    if let Some(picture) = mermaid(&graph) {
        let _ = writeln!(out, "## Dependencies\n\n```mermaid\n{picture}```\n");
    }
    let cycles = cycles(&graph);
    if !cycles.is_empty() {
        out.push_str("## Import cycles\n\nThese modules import each other:\n\n");
        for cycle in &cycles {
            let names: Vec<_> = cycle.iter().map(|it| link(it)).collect();
            let _ = writeln!(out, "- {}", names.join(", "));
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}
