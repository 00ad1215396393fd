//! Arguments in, exit code out: the only room that prints.

use std::process::ExitCode;

/// Run docgen with the process's arguments.
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
