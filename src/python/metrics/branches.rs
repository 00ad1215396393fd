//! What conditional expressions and sequences of `and` and `or` add to cognitive complexity.

use super::super::expression::Lambdas;
use super::super::token::{Kind, Token};

/// What code adds to a complexity: `flat`, and `nested` for each level of nesting around it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    pub(super) flat: u64,
    pub(super) nested: u64,
}

/// What brackets, or the statement, hold at one depth, up to a comma or the like.
#[derive(Clone, Copy, Default)]
struct Slot {
    /// Which one it is.
    number: usize,
    /// Nesting around the brackets, as far as the line's own expressions nest.
    nesting: u32,
    /// `else`s passed.
    passed: u32,
    /// Lambdas begun.
    lambdas: u32,
    /// The last of a sequence of `and`s or `or`s.
    operator: Option<Kind>,
}

/// What the conditional expressions and sequences of `and` and `or` in `tokens` add.
pub(super) fn expressions(tokens: &[Token]) -> Sum {
    let is_relevant = |it: &Token| matches!(it.kind, Kind::Else | Kind::And | Kind::Or);
    if !tokens.iter().any(is_relevant) {
        return Sum::default();
    }
    // How many conditional expressions each slot holds is known only at its end.
    let mut conditionals = vec![0; tokens.len() + 1];
    walk(tokens, |slot, kind| {
        conditionals[slot.number] += u32::from(kind == Kind::Else);
        0
    });
    let mut sum = Sum::default();
    walk(tokens, |slot, kind| {
        match kind {
            // A chain `a if b else c if d else e` nests to the right.
            Kind::Else => {
                sum.flat += u64::from(1 + slot.nesting + slot.lambdas + slot.passed);
                sum.nested += 1;
            }
            Kind::And | Kind::Or if slot.operator != Some(kind) => sum.flat += 1,
            _ => {}
        }
        slot.lambdas + conditionals[slot.number].min(slot.passed + 1)
    });
    sum
}

/// Go through `tokens`; `see` gets each token's slot, and says how much deeper brackets in it nest.
fn walk(tokens: &[Token], mut see: impl FnMut(&Slot, Kind) -> u32) {
    let first = Slot::default();
    let mut slots = vec![(first, Lambdas::default())];
    let mut count = 0;
    for token in tokens {
        let Some((slot, lambdas)) = slots.last_mut() else {
            return;
        };
        let deeper = see(slot, token.kind);
        let is_hidden = lambdas.hides(token.kind);
        match token.kind {
            kind if kind.opens() => {
                count += 1;
                let inner = Slot {
                    number: count,
                    nesting: slot.nesting + deeper,
                    ..Slot::default()
                };
                slots.push((inner, Lambdas::default()));
            }
            kind if kind.closes() => {
                slots.pop();
                if slots.is_empty() {
                    slots.push((first, Lambdas::default()));
                }
            }
            Kind::Lambda => slot.lambdas += 1,
            Kind::And | Kind::Or => slot.operator = Some(token.kind),
            Kind::If => slot.operator = None,
            Kind::Else => {
                slot.operator = None;
                slot.passed += 1;
            }
            Kind::Comma
            | Kind::Colon
            | Kind::Semicolon
            | Kind::Assign
            | Kind::AugmentedAssign
            | Kind::For
            | Kind::FieldMark
                if !is_hidden =>
            {
                count += 1;
                *slot = Slot {
                    number: count,
                    nesting: slot.nesting,
                    ..Slot::default()
                };
            }
            _ => {}
        }
    }
}
