//! Which modules import which: cycles, and a picture.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write as _;

/// So many boxes a picture has at most; with more, packages stand for their modules.
const BOXES: usize = 40;
/// Mermaid draws 500 edges at most; nobody reads that many.
const EDGES: usize = 200;

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

/// The shortest way round within a group of modules that import each other, from its first that has one, and back to it.
pub(super) fn round<'g>(graph: &Graph<'g>, group: &[&'g str]) -> Vec<&'g str> {
    let Some(&start) = group.first() else {
        return Vec::new();
    };
    let within: BTreeSet<&str> = group.iter().copied().collect();
    let mut from: BTreeMap<&str, &'g str> = BTreeMap::new();
    let mut next = VecDeque::from([start]);
    while let Some(at) = next.pop_front() {
        for &to in graph.get(at).into_iter().flatten() {
            if to == start {
                let mut way = vec![start, at];
                let mut last = at;
                while let Some(&before) = from.get(last) {
                    way.push(before);
                    last = before;
                }
                way.reverse();
                return way;
            }
            if within.contains(to) && !from.contains_key(to) {
                from.insert(to, at);
                next.push_back(to);
            }
        }
    }
    Vec::new()
}

/// A picture in Mermaid's words.
pub(super) struct Picture {
    pub(super) text: String,
    /// How many boxes it has, and how many there would be.
    pub(super) boxes: [usize; 2],
}

/// A picture of modules, or of the packages that hold them where these are too many; where they are still too many, of
/// those with the most arrows. `None` where nothing imports anything.
pub(super) fn mermaid(graph: &Graph<'_>) -> Option<Picture> {
    let parts = |name: &str| name.split('.').count();
    let deepest = graph.keys().map(|it| parts(it)).max().unwrap_or(1);
    let by_depth = (1..=deepest.min(12)).rev().map(|depth| edges(graph, depth));
    let mut told: Vec<_> = by_depth.filter(|it| !it.is_empty()).collect();
    let fits = |edges: &Edges<'_>| edges.len() <= EDGES && boxes(edges).len() <= BOXES;
    let at = told.iter().position(fits).or(told.len().checked_sub(1))?;
    let mut edges = told.swap_remove(at);
    let all = boxes(&edges).len();
    if !fits(&edges) {
        edges = busiest(&edges);
    }
    let names = boxes(&edges);
    let places: BTreeMap<&str, usize> = names.iter().copied().zip(0..).collect();
    let mut text = "graph LR\n".to_owned();
    for (name, number) in &places {
        let _ = writeln!(text, "    m{number}[\"{}\"]", label(name));
    }
    for (from, to) in &edges {
        let _ = writeln!(text, "    m{} --> m{}", places[from], places[to]);
    }
    Some(Picture {
        text,
        boxes: [names.len(), all],
    })
}

/// Arrows of a picture.
type Edges<'g> = BTreeSet<(&'g str, &'g str)>;

/// The arrows between the boxes that have the most.
fn busiest<'g>(edges: &Edges<'g>) -> Edges<'g> {
    let mut degrees: BTreeMap<&str, usize> = BTreeMap::new();
    for (from, to) in edges {
        *degrees.entry(from).or_default() += 1;
        *degrees.entry(to).or_default() += 1;
    }
    let mut order: Vec<(usize, &str)> = degrees
        .into_iter()
        .map(|(name, count)| (count, name))
        .collect();
    order.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    let kept: BTreeSet<&str> = order.iter().take(BOXES).map(|it| it.1).collect();
    let between = edges
        .iter()
        .filter(|(from, to)| kept.contains(from) && kept.contains(to));
    between.copied().take(EDGES).collect()
}

/// Which part of the first `depth` parts of names imports which.
fn edges<'g>(graph: &Graph<'g>, depth: usize) -> Edges<'g> {
    let at = |name: &'g str| {
        let end = name.match_indices('.').nth(depth - 1);
        end.map_or(name, |(end, _)| &name[..end])
    };
    let mut edges = BTreeSet::new();
    for (from, targets) in graph {
        let all = targets.iter().map(|to| (at(from), at(to)));
        edges.extend(all.filter(|(from, to)| from != to));
    }
    edges
}

fn boxes<'g>(edges: &Edges<'g>) -> BTreeSet<&'g str> {
    edges.iter().flat_map(|(from, to)| [*from, *to]).collect()
}

/// A name as the text of a box: nothing in it that Mermaid, Markdown or HTML would take for something else.
fn label(name: &str) -> String {
    let is_kept = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | ' ');
    name.chars()
        .map(|c| if is_kept(c) { c } else { '_' })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{BOXES, Graph, cycles, mermaid, round};

    fn graph<'g>(edges: &[(&'g str, &[&'g str])]) -> Graph<'g> {
        let all = edges
            .iter()
            .map(|(from, to)| (*from, to.iter().copied().collect::<BTreeSet<_>>()));
        all.collect()
    }

    #[test]
    fn a_cycle_is_named_by_its_shortest_way_round() {
        let graph = graph(&[
            ("a", &["b"][..]),
            ("b", &["c", "d"][..]),
            ("c", &["a", "d"][..]),
            ("d", &["c"][..]),
            ("e", &["a", "e"][..]),
        ]);
        let found = cycles(&graph);
        assert_eq!(found, [["a", "b", "c", "d"]]);
        assert_eq!(round(&graph, &found[0]), ["a", "b", "c", "a"]);
    }

    #[test]
    fn names_cannot_break_the_picture() {
        let graph = graph(&[("a\"]; click x\n<b>", &["end"][..]), ("end", &[][..])]);
        assert_eq!(
            mermaid(&graph).unwrap().text,
            "graph LR\n    m0[\"a___ click x__b_\"]\n    m1[\"end\"]\n    m0 --> m1\n"
        );
    }

    #[test]
    fn packages_stand_for_many_modules() {
        let names: Vec<String> = (0..100).map(|it| format!("p{}.m{it}", it % 3)).collect();
        let mut all = Graph::new();
        for (at, name) in names.iter().enumerate() {
            all.insert(name, BTreeSet::from([names[(at + 1) % 100].as_str()]));
        }
        let picture = mermaid(&all).unwrap().text;
        assert!(
            picture.contains("[\"p0\"]") && !picture.contains("m1."),
            "{picture}"
        );
        assert!(mermaid(&graph(&[("a", &[][..])])).is_none());
        // No package to stand for them.
        let flat: Vec<String> = (0..100).map(|it| format!("m{it:02}")).collect();
        let mut all = Graph::new();
        for name in &flat {
            all.insert(name, BTreeSet::from([flat[7].as_str()]));
        }
        let picture = mermaid(&all).unwrap();
        assert_eq!(picture.boxes, [BOXES, 100]);
        assert_eq!(picture.text.matches("-->").count(), BOXES - 1);
    }
}
