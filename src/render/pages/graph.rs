//! Which modules import which: cycles, and a picture.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// So many boxes a picture has at most; with more, packages stand for their modules.
const BOXES: usize = 40;

/// Edges from a module to those that it imports.
pub(super) type Graph<'g> = BTreeMap<&'g str, BTreeSet<&'g str>>;

/// The groups of modules that import each other, directly or around corners, each sorted (Kosaraju's algorithm, without
/// recursion).
pub(super) fn cycles<'g>(graph: &Graph<'g>) -> Vec<Vec<&'g str>> {
    let mut back: Graph<'g> = BTreeMap::new();
    for (&from, targets) in graph {
        for &to in targets {
            back.entry(to).or_default().insert(from);
        }
    }
    let mut seen = BTreeSet::new();
    let mut order = Vec::new();
    for &start in graph.keys() {
        walk(graph, start, &mut seen, &mut order);
    }
    let (mut seen, mut cycles) = (BTreeSet::new(), Vec::new());
    for start in order.into_iter().rev() {
        let mut group = Vec::new();
        walk(&back, start, &mut seen, &mut group);
        if group.len() > 1 {
            group.sort_unstable();
            cycles.push(group);
        }
    }
    cycles.sort_unstable();
    cycles
}

/// Every module that `start` leads to and that was not `seen`, each behind those that it leads to.
fn walk<'g>(
    graph: &Graph<'g>,
    start: &'g str,
    seen: &mut BTreeSet<&'g str>,
    out: &mut Vec<&'g str>,
) {
    let mut path = vec![(start, false)];
    while let Some((at, is_done)) = path.pop() {
        if is_done {
            out.push(at);
        } else if seen.insert(at) {
            path.push((at, true));
            let targets = graph.get(at).into_iter().flatten();
            path.extend(
                targets
                    .filter(|it| !seen.contains(*it))
                    .map(|&it| (it, false)),
            );
        }
    }
}

/// The graph in Mermaid's words; `None` where nothing imports anything.
pub(super) fn mermaid(graph: &Graph<'_>) -> Option<String> {
    let parts = |name: &str| name.split('.').count();
    let mut depth = graph.keys().map(|it| parts(it)).max().unwrap_or(1);
    let at = |name: &str, depth: usize| name.split('.').take(depth).collect::<Vec<_>>().join(".");
    let boxes = |depth: usize| {
        graph
            .keys()
            .map(|it| at(it, depth))
            .collect::<BTreeSet<_>>()
            .len()
    };
    while depth > 1 && boxes(depth) > BOXES {
        depth -= 1;
    }
    let mut edges = BTreeSet::new();
    for (from, targets) in graph {
        for to in targets {
            let edge = (at(from, depth), at(to, depth));
            if edge.0 != edge.1 {
                edges.insert(edge);
            }
        }
    }
    let names: BTreeSet<&String> = edges.iter().flat_map(|(from, to)| [from, to]).collect();
    if edges.is_empty() || names.len() > BOXES {
        return None;
    }
    let place = |name: &String| names.iter().position(|it| *it == name).unwrap_or(0);
    let mut out = "graph LR\n".to_owned();
    for (number, name) in names.iter().enumerate() {
        let _ = writeln!(out, "    m{number}[\"{}\"]", name.replace(['"', '\\'], ""));
    }
    for (from, to) in &edges {
        let _ = writeln!(out, "    m{} --> m{}", place(from), place(to));
    }
    Some(out)
}
