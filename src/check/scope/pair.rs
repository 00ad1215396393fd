//! Which symbol of the old side is which of the new.

use std::collections::HashMap;

use super::likeness::Likeness;
use super::stray::{Stray, matches};
use crate::python::{Module, SymbolId, body_tokens};

/// Who is who in one file.
#[derive(Debug, Default)]
pub(in crate::check) struct Pairing {
    /// The old side's partner of each of the new side's symbols, by the new side's id.
    partners: Vec<Option<SymbolId>>,
    /// The old side's symbols that are nobody's partner.
    pub(super) vanished: Vec<SymbolId>,
}

impl Pairing {
    /// The old side's partner of a symbol of the new side.
    pub(super) fn of(&self, new: SymbolId) -> Option<SymbolId> {
        *self.partners.get(new.0 as usize)?
    }
}

/// Pairs symbols by qualified name, then those that were renamed or moved by their bodies.
pub(in crate::check) fn pair(old: &Module<'_>, new: &Module<'_>) -> Pairing {
    let mut pairing = by_name(old, new);
    if pairing.vanished.is_empty() {
        return pairing;
    }
    let appeared: Vec<Stray> = (new.ids().zip(&pairing.partners))
        .filter(|(_, partner)| partner.is_none())
        .map(|((id, _), _)| Stray::new(0, new, id))
        .collect();
    if appeared.is_empty() {
        return pairing;
    }
    let vanished = pairing.vanished.iter();
    let vanished: Vec<Stray> = vanished.map(|&id| Stray::new(0, old, id)).collect();
    let mut is_gone = vec![false; vanished.len()];
    for (is, was) in matches(&vanished, &appeared) {
        pairing.partners[appeared[is].id.0 as usize] = Some(vanished[was].id);
        is_gone[was] = true;
    }
    let mut is_gone = is_gone.into_iter();
    pairing.vanished.retain(|_| is_gone.next() == Some(false));
    pairing
}

/// More definitions of one name than this go together in order, unless their texts are equal.
const MOST_NAMESAKES: usize = 32;

/// How surely two definitions of one name are the same.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Likely {
    EqualText,
    EqualBody,
    /// The most similar body, where there are more of the name on one side than on the other.
    SimilarBody,
    InOrder,
}

/// Where one name is defined more than once (overloads, setters, `if`/`else`), definitions with an equal body go together
/// first, the rest in order; where one of them is gone or new, which of them is told by similar bodies before.
fn by_name(old: &Module<'_>, new: &Module<'_>) -> Pairing {
    let mut left: HashMap<&str, Vec<SymbolId>> = HashMap::new();
    for (id, symbol) in old.ids().skip(1) {
        left.entry(&symbol.qualname).or_default().push(id);
    }
    let mut namesakes: HashMap<&str, usize> = HashMap::new();
    for (_, symbol) in new.ids().skip(1) {
        *namesakes.entry(&symbol.qualname).or_default() += 1;
    }
    let mut partners = vec![None; new.symbols.len()];
    if let Some(first) = partners.first_mut() {
        *first = Some(SymbolId::MODULE);
    }
    let steps = [
        Likely::EqualText,
        Likely::EqualBody,
        Likely::SimilarBody,
        Likely::InOrder,
    ];
    for likely in steps {
        for (id, symbol) in new.ids().skip(1) {
            let partner = &mut partners[id.0 as usize];
            if partner.is_some() {
                continue;
            }
            let Some(candidates) = left.get_mut(symbol.qualname.as_str()) else {
                continue;
            };
            let Some(wanting) = namesakes.get_mut(symbol.qualname.as_str()) else {
                continue;
            };
            // One alone needs no look at its body.
            let most = candidates.len().max(*wanting);
            let is_some = (2..=MOST_NAMESAKES).contains(&most);
            let mut candidate = candidates.iter();
            let at = match likely {
                Likely::EqualText => candidate
                    .position(|&was| old.symbol(was).span.of(old.text) == symbol.span.of(new.text)),
                Likely::EqualBody if is_some => {
                    candidate.position(|&was| body_tokens(old, was) == body_tokens(new, id))
                }
                Likely::SimilarBody if is_some && candidates.len() != *wanting => {
                    most_similar((old, candidates), (new, id))
                }
                Likely::EqualBody | Likely::SimilarBody => None,
                Likely::InOrder => (!candidates.is_empty()).then_some(0),
            };
            *partner = at.map(|at| candidates.remove(at));
            *wanting -= usize::from(at.is_some());
        }
    }
    let mut vanished: Vec<SymbolId> = left.into_values().flatten().collect();
    vanished.sort_unstable();
    Pairing { partners, vanished }
}

/// Which of the old side's definitions has the body that is most like that of the new one.
fn most_similar(
    (old, candidates): (&Module<'_>, &[SymbolId]),
    (new, id): (&Module<'_>, SymbolId),
) -> Option<usize> {
    let likeness = Likeness::of(new, id)?;
    let share = |&was: &SymbolId| Likeness::of(old, was)?.share(&likeness);
    let shares = candidates.iter().map(share).enumerate();
    let shares = shares.filter_map(|(at, share)| Some((share?, std::cmp::Reverse(at))));
    shares.max().map(|(_, at)| at.0)
}
