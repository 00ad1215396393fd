//! Bodies as they are known again under another name.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::side::inner;
use crate::python::{BodyToken, Module, SymbolId, body_tokens};

/// What is kept of a body: small, whatever the body's size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::check) struct Likeness {
    /// Hash of the whole.
    digest: u64,
    /// The least hashes of neighbouring tokens, sorted, each once.
    pairs: Vec<u32>,
    /// Whether it is one `return`, however long: too many functions have the same.
    pub(super) is_trivial: bool,
}

/// Shorter bodies are like too many others.
const FEWEST_TOKENS: usize = 10;
/// How many hashes are kept: enough to tell three fifths from a half.
const MOST_PAIRS: usize = 128;
/// From this share of common pairs on, in per cent, two bodies are similar.
const SIMILAR: usize = 60;

impl Likeness {
    /// That of a symbol's body, nested definitions included; `None` where it is too short.
    pub(super) fn of(module: &Module<'_>, id: SymbolId) -> Option<Self> {
        let own = body_tokens(module, id);
        let is_text = |token: &&BodyToken<'_>| matches!(token, BodyToken::Text(_));
        let mut count = own.iter().filter(is_text).count();
        let is_simple = own.iter().filter(|it| **it == BodyToken::Newline).count() == 1;
        let is_return = own.first() == Some(&BodyToken::Text("return".into()));
        let mut hashes: Vec<u64> = own.iter().map(hashed).collect();
        let mut is_trivial = is_simple && is_return;
        for (nested, symbol) in inner(module, id) {
            is_trivial = false;
            hashes.push(hashed(&symbol.name));
            let params = symbol.signature.iter().flat_map(|it| &it.params);
            hashes.extend(params.map(|it| hashed(&it.name)));
            let body = body_tokens(module, nested);
            count += body.iter().filter(is_text).count();
            hashes.extend(body.iter().map(hashed));
        }
        if count < FEWEST_TOKENS {
            return None;
        }
        let mut pairs: Vec<u32> = hashes.windows(2).map(|it| hashed(&it) as u32).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs.truncate(MOST_PAIRS);
        pairs.shrink_to_fit();
        Some(Self {
            digest: hashed(&hashes),
            pairs,
            is_trivial,
        })
    }

    pub(super) const fn digest(&self) -> u64 {
        self.digest
    }

    /// How much the two share, in per cent; 101 where they are equal, `None` where they are not similar.
    pub(super) fn share(&self, other: &Self) -> Option<usize> {
        if self.digest == other.digest {
            return Some(101);
        }
        let (all, common) = self.least(other);
        // The share of each, not of both together: twice what is common, by what each has.
        let share = 200 * common / (all + common).max(1);
        (share >= SIMILAR).then_some(share)
    }

    /// How many of the pairs that either has are looked at, and how many of these both have.
    fn least(&self, other: &Self) -> (usize, usize) {
        let (mut all, mut common) = (0, 0);
        let mut others = other.pairs.iter().peekable();
        let is_cut = self.pairs.len() == MOST_PAIRS || other.pairs.len() == MOST_PAIRS;
        let most = if is_cut { MOST_PAIRS } else { usize::MAX };
        for pair in &self.pairs {
            while all < most && others.next_if(|it| *it < pair).is_some() {
                all += 1;
            }
            if all >= most {
                return (all, common);
            }
            all += 1;
            common += usize::from(others.next_if(|it| *it == pair).is_some());
        }
        ((all + others.count()).min(most), common)
    }
}

fn hashed<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
