//! What things take: tokens, money, requests a minute. Nothing here waits; it says how long to.

mod ledger;
mod models;
mod pace;
mod tokens;

pub use ledger::{Ledger, Reserved};
pub use models::{Model, ModelTable, ModelTableError, Prices};
pub use pace::Pace;
pub use tokens::{Encoding, TokenCounter};
