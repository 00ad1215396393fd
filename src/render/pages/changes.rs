//! What changed a module last.

use super::markup::{code, plain};
use super::sections::table;
use super::source_url::{SourceUrl, short};
use super::{Origin, Web};
use crate::git::{History, HistoryEnd, Past};

/// The last commits of a module, the newest first.
pub(super) fn changes(origin: &Origin<'_>, out: &mut String) {
    let Some((history, path)) = origin.history else {
        return;
    };
    let rows: Vec<_> = history.of(path).map(|it| row(it, origin.commits)).collect();
    out.push_str("## Recent changes\n\n");
    if rows.is_empty() && !history.is_cut(path) {
        out.push_str("No commit holds this file yet.\n\n");
    }
    if !rows.is_empty() {
        table(&["Day", "Commit", "What", "Who"], &rows, out);
    }
    if history.is_cut(path) {
        out.push_str(&cut(history));
        out.push_str("\n\n");
    }
    if matches!(origin.web, Web::Differs(_)) && history.of(path).next().is_some() {
        out.push_str("The file holds changes that are not committed yet.\n\n");
    }
}

/// Why older commits are not told of.
fn cut(history: &History) -> String {
    match history.end {
        HistoryEnd::Limit(most) => {
            format!("What came before the last {most} commits was not looked at.")
        }
        _ => "This clone is shallow: its history ends here, and what came before is not known."
            .to_owned(),
    }
}

fn row(past: &Past, web: Option<&SourceUrl>) -> Vec<String> {
    let id = code(short(&past.id));
    let commit = match web.and_then(|it| it.commit(&past.id)) {
        Some(address) => format!("[{id}]({address})"),
        None => id,
    };
    vec![
        past.day.clone(),
        commit,
        plain(&past.subject),
        plain(&past.author),
    ]
}
