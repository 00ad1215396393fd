//! Which symbol of the old side is which of the new.

use std::collections::HashMap;

use crate::python::{Module, SymbolId};

/// The old side's partner of each of the new side's symbols, by the new side's id.
///
/// Symbols are paired by qualified name. Where one name is defined more than once (overloads, setters,
/// `if`/`else`), definitions with equal text go together first, the rest in order.
pub(super) fn pair(old: &Module<'_>, new: &Module<'_>) -> Vec<Option<SymbolId>> {
    let mut by_name: HashMap<&str, Vec<SymbolId>> = HashMap::new();
    for (id, symbol) in old.ids().skip(1) {
        by_name.entry(&symbol.qualname).or_default().push(id);
    }
    let mut partners = vec![None; new.symbols.len()];
    if let Some(first) = partners.first_mut() {
        *first = Some(SymbolId::MODULE);
    }
    for equal_text in [true, false] {
        for (id, symbol) in new.ids().skip(1) {
            let partner = &mut partners[id.0 as usize];
            let Some(candidates) = by_name.get_mut(symbol.qualname.as_str()) else {
                continue;
            };
            if partner.is_some() || candidates.is_empty() {
                continue;
            }
            let text = symbol.span.of(new.text);
            let at = candidates
                .iter()
                .position(|&it| !equal_text || old.symbol(it).span.of(old.text) == text);
            *partner = at.map(|at| candidates.remove(at));
        }
    }
    partners
}
