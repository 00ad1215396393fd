//! The one integration binary: six of them would cost five times the rebuild.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read files and start commands, and stop where they cannot go on"
)]

mod anew;
mod architecture;
mod architecture_page;
mod asking;
mod baseline;
mod batch;
mod builds;
mod by_url;
mod cases;
mod check;
mod docs;
mod docs_history;
mod fix;
mod git;
mod hated;
mod in_diff;
mod init;
mod interrupted;
mod logs;
mod peers;
mod places;
mod provider;
mod proxy;
mod published;
mod readme;
mod ruff;
mod rule_pages;
mod rules;
mod runs;
mod rust_files;
mod rust_tokens;
mod sandbox;
mod schemas;
mod score;
mod settings;
mod shape;
mod shell;
mod tally;
mod walk;
