//! What "complete" means: the schema, what it asks of a symbol, and the score.

mod score;

pub use score::Score;
