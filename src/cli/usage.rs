//! `docgen usage`: what of the AI's budgets is used and left.

use std::fmt::Write as _;

use super::args::Global;
use super::failure::{Failure, Kind};
use super::screen::Screen;
use super::scribe;
use super::shelf;
use crate::ai::{self, Account, Limits, Span};
use crate::config::RetrievalChoice;
use crate::store::{Store, StoreError};

/// Run the command; the exit code.
pub(super) fn run(global: &Global, screen: &Screen) -> Result<u8, Failure> {
    let settings = scribe::settings(global, screen, None)?;
    let Some(account) = &settings.account else {
        let failure = Failure::new(Kind::Usage, "no provider is chosen");
        return Err(failure.hint("set `DOCGEN_AI_PROVIDER`, or `ai.provider` in your settings"));
    };
    let store = shelf::open(&settings.store, screen);
    let mut text = String::new();
    let vectors = match &settings.retrieval {
        RetrievalChoice::Vectors(account) | RetrievalChoice::Index(account, _) => Some(account),
        RetrievalChoice::Off | RetrievalChoice::Words => None,
    };
    for account in [account].into_iter().chain(vectors) {
        let limits = &settings.client.limits;
        let used = used(account, limits, store.as_ref());
        text += &used.map_err(|it| shelf::failed(&it))?;
    }
    Screen::write(text.as_bytes())
        .map_err(|error| Failure::new(Kind::Machine, format!("cannot write: {error}")))?;
    Ok(0)
}

/// What of an account's budgets is used and left.
fn used(account: &Account, limits: &Limits, store: &dyn Store) -> Result<String, StoreError> {
    let windows = ai::windows(account, limits, ai::now());
    let mut text = format!(
        "{} of {} ({})\n",
        account.model,
        account.kind.word(),
        store.place()
    );
    for (span, window) in Span::ALL.into_iter().zip(windows) {
        let spent = store.spent(&window.name)?;
        let left = window.tokens.saturating_sub(spent.tokens);
        let _ = writeln!(
            text,
            "{:<6}  {:>8} requests  {:>12} tokens used  {:>12} left  {:>10}",
            span.word(),
            spent.requests,
            spent.tokens,
            left,
            scribe::dollars(spent.micros),
        );
    }
    Ok(text)
}
