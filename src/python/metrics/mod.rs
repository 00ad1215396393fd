//! Measures of code: complexity, volume, lines. Each reads its symbol's text again.

mod branches;
mod cognitive;
mod cyclomatic;
mod halstead;
mod lines;

#[cfg(test)]
mod tests;

pub use cognitive::cognitive_complexities;
pub use cyclomatic::cyclomatic_complexity;
pub use halstead::halstead_volume;
pub use lines::{LineCounts, line_counts, maintainability_index};
