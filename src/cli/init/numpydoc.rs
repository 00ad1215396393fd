//! What numpydoc's checks mean here.

use super::draft::{Draft, Found};
use crate::rules::{self, Rule};

/// numpydoc's checks, and the rules that find the same.
const CHECKS: [(&str, &[&str]); 14] = [
    ("GL06", &["DG704"]),
    ("GL07", &["DG701"]),
    ("GL08", &["DG100", "DG101", "DG102", "DG103"]),
    ("SS01", &["DG801"]),
    ("ES01", &["DG805"]),
    ("PR01", &["DG201"]),
    ("PR02", &["DG202"]),
    ("PR03", &["DG203"]),
    ("PR04", &["DG206"]),
    ("PR07", &["DG208"]),
    ("RT01", &["DG301"]),
    ("RT02", &["DG304"]),
    ("YD01", &["DG401"]),
    ("EX01", &["DG806"]),
];

/// Takes over `[tool.numpydoc_validation]`.
pub(super) fn take_over(found: &Found, draft: &mut Draft) {
    let place = &found.place;
    draft.styled(place, "numpydoc itself", "numpy");
    let checks = found.list("checks");
    // `all` turns the meaning of the others around.
    let is_all = checks.iter().any(|it| it == "all");
    for check in checks.iter().filter(|it| *it != "all") {
        let said = format!("checks = {}{check}", if is_all { "all but " } else { "" });
        let rules = meant(check);
        let (on, off): (Vec<&Rule>, Vec<&Rule>) = rules.iter().partition(|it| it.default);
        let names =
            |all: &[&'static Rule]| all.iter().map(|it| it.name).collect::<Vec<_>>().join(", ");
        match (rules.is_empty(), is_all) {
            (true, true) => draft.idle(place, said, "there is no such rule here to ignore"),
            (true, false) => draft.lost(
                place,
                said,
                "there is no such rule here: no layout or wording is judged",
            ),
            (false, true) if on.is_empty() => {
                draft.idle(place, said, format!("{} is off by default", names(&rules)));
            }
            (false, true) => {
                draft.ignore.extend(on.iter().map(|it| it.name));
                draft.taken(place, said, format!("ignore = {}", names(&rules)));
            }
            (false, false) if off.is_empty() => {
                draft.idle(place, said, "the default rules look for it");
            }
            (false, false) => {
                draft.extend_select.extend(off.iter().map(|it| it.name));
                draft.taken(place, said, format!("extend-select = {}", names(&rules)));
            }
        }
    }
    for key in found.table.keys().filter(|it| *it != "checks") {
        let why = match key.as_str() {
            "exclude" => "no setting names functions",
            "exclude_files" => {
                "it is a regular expression; `exclude` takes patterns as `.gitignore` does"
            }
            _ => "no wording is judged",
        };
        draft.lost(place, found.said(key), why);
    }
}

fn meant(check: &str) -> Vec<&'static Rule> {
    let known = CHECKS.iter().find(|it| it.0 == check);
    let codes = known.into_iter().flat_map(|it| it.1);
    codes.filter_map(|it| rules::find(it)).collect()
}
