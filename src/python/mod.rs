//! What a Python file says: its own lexer and statement outline, never a grammar parser.
//!
//! [`outline`] never fails and never recurses on input depth: a broken file still yields the symbols
//! that can be read, plus its [`SyntaxError`]s.

mod attribute;
mod decode;
mod doctest;
mod encode;
mod escape;
mod expression;
mod facts;
mod forwarding;
mod identifier;
mod inert;
mod lexer;
mod literal;
mod metrics;
mod module;
mod normal;
mod outline;
mod own_lines;
mod raises;
mod rewrite;
#[cfg(any(test, fuzzing))]
mod robustness;
mod standard_library;
mod symbol;
mod token;
mod type_alias;
mod vacancy;

pub use attribute::{Attribute, AttributeDoc, AttributeOrigin, attributes};
pub use decode::{DecodeError, decode, decode_owned};
pub use doctest::{DoctestFault, NO_BLANK, doctest_faults};
pub use encode::Coding;
pub use facts::{Body, Facts, RaiseReason, Raised, Warned};
pub use forwarding::only_forwards;
pub use identifier::identifier;
pub use inert::is_inert;
pub use lexer::token_count;
pub use literal::{DocstringSlot, LiteralPart, Value};
pub use metrics::{
    LineCounts, cognitive_complexities, cyclomatic_complexity, halstead_volume, line_counts,
    maintainability_index,
};
pub use module::{Import, Module, SyntaxError};
pub use normal::{BodyToken, body_tokens, normalised};
pub use outline::outline;
pub use raises::{exception_alias, exception_ancestors, is_built_in_exception};
pub use rewrite::RewriteError;
#[cfg(fuzzing)]
pub use robustness::{hold_lexer, hold_outline};
pub use standard_library::is_standard_library;
pub use symbol::{Keyword, Param, ParamKind, Signature, Symbol, SymbolId, SymbolKind};
pub use type_alias::{TypeAlias, type_aliases};
pub use vacancy::Vacancy;
