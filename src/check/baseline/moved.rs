//! Rows of a baseline whose file or symbol has another name now.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Row;
use crate::check::FileReport;

/// The rows of a baseline by what outlasts a name, and the files that took another's place.
#[derive(Debug)]
pub(super) struct Moved {
    /// The rows of each code (a hash of it) that was found in some symbol.
    bodies: HashMap<String, Vec<usize>>,
    /// The rows of each file.
    files: BTreeMap<String, Vec<usize>>,
    /// The files whose rows went along with another file.
    claimed: BTreeSet<String>,
}

/// What tells the qualified names in a file.
type Names<'n> = dyn FnMut(&str) -> Option<BTreeSet<String>> + 'n;

impl Moved {
    pub(super) fn new(rows: &[Row]) -> Self {
        let mut moved = Self {
            bodies: HashMap::new(),
            files: BTreeMap::new(),
            claimed: BTreeSet::new(),
        };
        for (at, row) in rows.iter().enumerate() {
            if let Some(body) = &row.body {
                moved.bodies.entry(body.clone()).or_default().push(at);
            }
            moved.files.entry(row.path.clone()).or_default().push(at);
        }
        moved
    }

    /// The file that is gone and that `path`, of which the baseline knows nothing, is now: at least half of the symbols that
    /// the baseline names there are here, by name and code.
    pub(super) fn renamed(
        &mut self,
        path: &str,
        rows: &[Row],
        report: &FileReport,
        names: &mut Names<'_>,
    ) -> Option<String> {
        if self.files.contains_key(path) {
            return None;
        }
        let here: BTreeSet<(&str, String)> = report
            .symbols
            .iter()
            .filter_map(|it| Some((it.qualname.as_str(), format!("{:016x}", it.digest?))))
            .collect();
        // Only files that share some code with this one are asked for.
        let shared = here.iter().filter_map(|it| self.bodies.get(&it.1));
        let mut candidates: Vec<&str> =
            shared.flatten().map(|&at| rows[at].path.as_str()).collect();
        candidates.sort_unstable();
        candidates.dedup();
        let is_it = |old: &&str| {
            let there: BTreeSet<(&str, &str)> = self.files[*old]
                .iter()
                .filter_map(|&at| Some((rows[at].symbol.as_str(), rows[at].body.as_deref()?)))
                .collect();
            let same = there
                .iter()
                .filter(|it| here.contains(&(it.0, it.1.to_owned())));
            same.count() * 2 >= there.len()
        };
        let mut candidates = candidates.into_iter().filter(is_it);
        let old = candidates.find(|it| !self.claimed.contains(*it) && names(it).is_none())?;
        let old = old.to_owned();
        self.claimed.insert(old.clone());
        Some(old)
    }

    /// A row that answers for a finding which would make `row`: of the same symbol in the file that this one was, or of the
    /// same code in a place from which it is gone.
    pub(super) fn find(
        &self,
        row: &Row,
        renamed: Option<&str>,
        rows: &[Row],
        left: &[u32],
        names: &mut Names<'_>,
    ) -> Option<usize> {
        let is_same = |at: &usize| {
            let known = &rows[*at];
            left[*at] > 0 && known.code == row.code && known.entry == row.entry
        };
        let of_file = renamed
            .and_then(|it| self.files.get(it))
            .into_iter()
            .flatten();
        let mut of_file = of_file.copied().filter(is_same);
        if let Some(at) = of_file.find(|&at| rows[at].symbol == row.symbol) {
            return Some(at);
        }
        let of_body = self.bodies.get(row.body.as_ref()?).into_iter().flatten();
        let mut of_body = of_body.copied().filter(is_same);
        of_body.find(|&at| {
            let known = &rows[at];
            // A file that took another's place left nothing there, whatever it is called now.
            !names(&known.path).is_some_and(|it| it.contains(&known.symbol))
        })
    }
}
