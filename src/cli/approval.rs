//! A person at a terminal who is asked about each mended file.

use std::io::{self, BufRead as _, IsTerminal as _};
use std::sync::{Mutex, PoisonError};

use super::failure::{Failure, Kind};
use super::screen::Screen;
use super::tally;
use crate::fix;

/// Asks before a file is written.
pub(super) struct Approval {
    colored: bool,
    /// What was said of all files that are still to come.
    rest: Mutex<Option<bool>>,
}

/// What can be said.
const CHOICES: &str = "[y]es, [n]o, [a]ll of them, [q]uit";

impl Approval {
    /// Somebody to ask.
    pub(super) fn new(screen: &Screen) -> Result<Self, Failure> {
        if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            let failure = Failure::new(Kind::Usage, "`--interactive` needs a terminal");
            return Err(failure.hint("`--diff` shows what would be written, without one"));
        }
        Ok(Self {
            colored: screen.has_colored_errors(),
            rest: Mutex::new(None),
        })
    }

    /// Shows what would become of the file at `path`; whether it may.
    pub(super) fn is_given(&self, path: &str, old: &[u8], new: &[u8]) -> bool {
        // One file after another, however many are mended at once.
        let mut rest = self.rest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(said) = *rest {
            return said;
        }
        let patch = fix::unified(path, old, new);
        let patch = if self.colored {
            tally::painted(&patch)
        } else {
            patch
        };
        Screen::error(&String::from_utf8_lossy(&patch));
        loop {
            Screen::error(&format!("write {path}? {CHOICES}: "));
            let mut answer = String::new();
            let is_over = !matches!(io::stdin().lock().read_line(&mut answer), Ok(1..));
            match answer.trim() {
                "y" | "Y" | "yes" => return true,
                "n" | "N" | "no" => return false,
                "a" | "A" | "all" => return *rest.insert(true),
                "q" | "Q" | "quit" => return *rest.insert(false),
                _ if is_over => return *rest.insert(false),
                _ => {}
            }
        }
    }
}
