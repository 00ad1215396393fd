//! What things take: tokens, money, a provider's patience; and what a run took. Nothing here waits; it says how long to.

mod ledger;
mod models;
mod moment;
mod pace;
mod process;
mod record;
mod recorder;
mod series;
mod tokens;

pub use ledger::{Ledger, Reserved};
pub use models::{Model, ModelTable, ModelTableError, Prices};
pub use moment::moment;
pub use pace::Pace;
pub use process::{machine, process};
pub use record::{
    Effort, Fate, Fault, Machine, Outcomes, Process, Record, Served, SymbolRecord, Timing, Tokens,
};
pub use recorder::{Operation, Recorder, Watch, run_id};
pub use tokens::{Encoding, TokenCounter};
