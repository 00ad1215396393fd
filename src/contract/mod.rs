//! What "complete" means: the schema, what it asks of a symbol, and the score.
//!
//! [`Requirement`] says what a symbol's docstring must hold by what its code says, [`Coverage`] what it
//! does hold. Rules and score both read them, so that they can never disagree.

mod ancestry;
mod annotation;
mod coverage;
mod defaults;
mod kin;
mod lineage;
mod names;
mod parameters;
mod projection;
mod prose;
mod reading;
mod record;
mod rename;
mod requirement;
mod role;
mod schema;
mod scopes;
mod score;
mod settings;
mod standard;
mod types;
mod unpacked;
mod visibility;

#[cfg(test)]
mod tests;

pub use ancestry::{Ancestry, Classes, Place, Project, SingleFile};
pub use annotation::{Returned, yielded_type};
pub use coverage::Coverage;
pub use defaults::{defaults_disagree, told_default};
pub use lineage::Inherited;
pub use names::{ParamsByName, exception_names, of as names_of, stars, words};
pub use prose::{description, mentions_iteration};
pub use reading::{Reading, Written, values};
pub use record::is_named;
pub use rename::Renamed;
pub use requirement::{Asked, Never, Params, Requirement, refers_to_base};
pub use role::Roles;
pub use schema::{Schema, SchemaError, SchemaFault};
pub use score::Score;
pub use settings::{Overrides, Settings};
pub use types::{annotation_spelling, disagree as types_disagree};
pub use visibility::{Visibilities, Visibility, visibilities};
