//! Symbols without a namesake on the other side: which of those that vanished is which of those that appeared.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::likeness::Likeness;
use crate::python::{Module, SymbolId, SymbolKind};

/// A symbol that vanished or appeared: plain data, to be compared after its file's text is dropped.
#[derive(Clone, Debug)]
pub(in crate::check) struct Stray {
    /// Which of the files it stands in.
    pub(in crate::check) file: usize,
    pub(in crate::check) id: SymbolId,
    parent: Option<SymbolId>,
    name: Box<str>,
    is_class: bool,
    /// Its body, where that is long enough to be known again.
    likeness: Option<Likeness>,
}

/// More pairs than this are not compared; equal bodies are found however many there are.
const MOST_PAIRS: usize = 250_000;

impl Stray {
    pub(super) fn new(file: usize, module: &Module<'_>, id: SymbolId) -> Self {
        let symbol = module.symbol(id);
        Self {
            file,
            id,
            parent: symbol.parent,
            name: symbol.name.into(),
            is_class: symbol.kind == SymbolKind::Class,
            likeness: Likeness::of(module, id),
        }
    }

    /// How much the bodies share, in per cent, where they are one symbol's.
    fn share(&self, other: &Self) -> Option<usize> {
        let (one, two) = (self.likeness.as_ref()?, other.likeness.as_ref()?);
        let is_told = !one.is_trivial && !two.is_trivial || self.name == other.name;
        one.share(two)
            .filter(|_| is_told && self.is_class == other.is_class)
    }
}

/// Pairs of places: which of `appeared` is which of `vanished`. The most similar bodies go together first; what is in a
/// class or function goes with it, by name.
pub(in crate::check) fn matches(vanished: &[Stray], appeared: &[Stray]) -> Vec<(usize, usize)> {
    if vanished.is_empty() || appeared.is_empty() {
        return Vec::new();
    }
    let mut matcher = Matcher {
        vanished,
        appeared,
        is_gone: vec![false; vanished.len()],
        is_known: vec![false; appeared.len()],
        inside: inside(vanished),
        within: inside(appeared),
        found: Vec::new(),
    };
    // A class first: what is in it follows.
    for classes in [true, false] {
        for (_, new, old) in matcher.candidates(classes) {
            matcher.take(new, old);
        }
    }
    matcher.found.sort_unstable();
    matcher.found
}

/// The places of the strays in each scope.
type Inside = HashMap<(usize, SymbolId), Vec<usize>>;

fn inside(strays: &[Stray]) -> Inside {
    let mut inside = Inside::new();
    for (at, stray) in strays.iter().enumerate() {
        if let Some(parent) = stray.parent {
            inside.entry((stray.file, parent)).or_default().push(at);
        }
    }
    inside
}

struct Matcher<'s> {
    vanished: &'s [Stray],
    appeared: &'s [Stray],
    is_gone: Vec<bool>,
    is_known: Vec<bool>,
    inside: Inside,
    within: Inside,
    found: Vec<(usize, usize)>,
}

/// The best first: similarity, then an equal name, then the order of the files and texts.
type Candidate = (Reverse<(usize, bool)>, usize, usize);

impl Matcher<'_> {
    /// Pairs of similar bodies, the best first.
    fn candidates(&self, classes: bool) -> Vec<Candidate> {
        let open = |strays: &[Stray], taken: &[bool]| -> Vec<usize> {
            let is_open = |at: &usize| {
                let stray = &strays[*at];
                !taken[*at] && stray.is_class == classes && stray.likeness.is_some()
            };
            (0..strays.len()).filter(is_open).collect()
        };
        let old = open(self.vanished, &self.is_gone);
        let new = open(self.appeared, &self.is_known);
        let mut candidates = Vec::new();
        if old.len().saturating_mul(new.len()) > MOST_PAIRS {
            self.equal(&old, &new, &mut candidates);
        } else {
            for &new in &new {
                self.compare(new, &old, &mut candidates);
            }
        }
        candidates.sort_unstable();
        candidates
    }

    fn compare(&self, new: usize, old: &[usize], candidates: &mut Vec<Candidate>) {
        let is = &self.appeared[new];
        for &old in old {
            let was = &self.vanished[old];
            if let Some(share) = is.share(was) {
                candidates.push((Reverse((share, is.name == was.name)), new, old));
            }
        }
    }

    /// Pairs of equal bodies, the first of each.
    fn equal(&self, old: &[usize], new: &[usize], candidates: &mut Vec<Candidate>) {
        let digest = |stray: &Stray| stray.likeness.as_ref().map(Likeness::digest);
        let mut known: HashMap<Option<u64>, Vec<usize>> = HashMap::new();
        for &at in old.iter().rev() {
            known
                .entry(digest(&self.vanished[at]))
                .or_default()
                .push(at);
        }
        for &at in new {
            let same = known.get_mut(&digest(&self.appeared[at]));
            if let Some(old) = same.and_then(Vec::pop) {
                self.compare(at, &[old], candidates);
            }
        }
    }

    /// Notes that the two are one, and what is in them under equal names.
    fn take(&mut self, new: usize, old: usize) {
        let mut open = vec![(new, old)];
        while let Some((new, old)) = open.pop() {
            if self.is_known[new] || self.is_gone[old] {
                continue;
            }
            self.is_known[new] = true;
            self.is_gone[old] = true;
            self.found.push((new, old));
            let place = |stray: &Stray| (stray.file, stray.id);
            let inside = self.inside.get(&place(&self.vanished[old]));
            let within = self.within.get(&place(&self.appeared[new]));
            let mut left: Vec<usize> = inside.cloned().unwrap_or_default();
            for &member in within.into_iter().flatten() {
                let name = &self.appeared[member].name;
                if let Some(at) = left.iter().position(|&it| self.vanished[it].name == *name) {
                    open.push((member, left.remove(at)));
                }
            }
        }
    }
}
