//! What the settings of other tools mean here.

use super::draft::{Draft, Found};
use super::numpydoc;

/// A tool whose settings are taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    /// `[tool.ruff]`: what is common to all of ruff.
    Ruff,
    /// `[tool.ruff.lint]`, which once lay in `[tool.ruff]`.
    RuffLint,
    Pydoclint,
    Darglint,
    Interrogate,
    Numpydoc,
}

impl Tool {
    /// Takes over what `found` says.
    pub(super) fn take_over(self, found: &Found, draft: &mut Draft) {
        match self {
            Self::Ruff => {
                ruff(found, draft);
                lint(found, draft);
            }
            Self::RuffLint => lint(found, draft),
            Self::Pydoclint => pydoclint(found, draft),
            Self::Darglint => darglint(found, draft),
            Self::Interrogate => interrogate(found, draft),
            Self::Numpydoc => numpydoc::take_over(found, draft),
        }
    }
}

/// Whether a code is one of docstrings: pydocstyle's, pydoclint's.
fn is_docstring_code(code: &str) -> bool {
    let letters = code.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(letters, "D" | "DOC")
}

fn ruff(found: &Found, draft: &mut Draft) {
    for key in ["exclude", "extend-exclude"] {
        exclude(found, key, draft);
    }
    if let Some(length) = found.number("line-length") {
        let said = found.said("line-length");
        if (40.0..=320.0).contains(&length) && length.fract() == 0.0 {
            if (length - 88.0).abs() < 0.5 {
                draft.idle(&found.place, said, "88 is the default");
            } else {
                let text = format!("{length:.0}");
                draft.line_length = text.parse().ok();
                draft.taken(&found.place, said, format!("fix.line-length = {text}"));
            }
        } else {
            draft.lost(
                &found.place,
                said,
                "docstrings are written 40 to 320 columns wide",
            );
        }
    }
}

fn exclude(found: &Found, key: &str, draft: &mut Draft) {
    for pattern in found.list(key) {
        let said = format!("{key} = {pattern}");
        draft.taken(&found.place, said, format!("exclude = {pattern}"));
        draft.exclude.insert(pattern);
    }
}

fn lint(found: &Found, draft: &mut Draft) {
    let place = &found.place;
    for key in ["select", "extend-select"] {
        for code in found.list(key) {
            if code == "ALL" {
                draft.idle(
                    place,
                    format!("{key} = ALL"),
                    "the default rules are what most teams mean",
                );
            } else if is_docstring_code(&code) {
                draft.selected(place, &format!("{key} = {code}"), &code);
            }
        }
    }
    for key in ["ignore", "extend-ignore"] {
        for code in found.list(key).iter().filter(|it| is_docstring_code(it)) {
            draft.ignored(place, &format!("{key} = {code}"), code);
        }
    }
    for key in ["per-file-ignores", "extend-per-file-ignores"] {
        let patterns = found.table.get(key).and_then(|it| it.as_table());
        for (pattern, codes) in patterns.into_iter().flatten() {
            let codes = codes
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|it| it.as_str());
            for code in codes.filter(|it| is_docstring_code(it) || *it == "ALL") {
                per_file(place, key, pattern, code, draft);
            }
        }
    }
    let inner = |name: &str| found.table.get(name).and_then(|it| it.as_table());
    if let Some(table) = inner("pydocstyle") {
        pydocstyle(&below(found, "pydocstyle", table), draft);
    }
    if let Some(table) = inner("pydoclint") {
        let found = below(found, "pydoclint", table);
        if found.is_on("ignore-one-line-docstrings") == Some(true) {
            draft.lenient = true;
            let said = found.said("ignore-one-line-docstrings");
            draft.taken(&found.place, said, "preset = \"lenient\"");
        }
    }
}

fn below(found: &Found, name: &str, table: &toml::Table) -> Found {
    let place = match found.place.strip_suffix(']') {
        Some(place) => format!("{place}.{name}]"),
        None => format!("{} [{name}]", found.place),
    };
    Found {
        place,
        table: table.clone(),
    }
}

fn per_file(place: &str, key: &str, pattern: &str, code: &str, draft: &mut Draft) {
    let said = format!("{key} {pattern} = {code}");
    if pattern.starts_with('!') {
        draft.lost(place, said, "no pattern means all other files");
        return;
    }
    let names: Vec<String> = match code {
        "ALL" | "D" | "DOC" => vec!["DG".to_owned()],
        "D1" | "D10" => vec!["DG10".to_owned()],
        code => super::draft::meant(code)
            .iter()
            .map(|it| it.name.to_owned())
            .collect(),
    };
    if names.is_empty() {
        draft.idle(place, said, "there is no such rule here to ignore");
        return;
    }
    draft.taken(
        place,
        said,
        format!("per-file-ignores {pattern} = {}", names.join(", ")),
    );
    draft
        .per_file
        .entry(pattern.to_owned())
        .or_default()
        .extend(names);
}

fn pydocstyle(found: &Found, draft: &mut Draft) {
    if let Some(convention) = found.text("convention") {
        draft.styled(&found.place, &found.said("convention"), &convention);
    }
    for key in ["ignore-decorators", "property-decorators"] {
        if found.table.contains_key(key) {
            draft.lost(
                &found.place,
                found.said(key),
                "no setting names decorators; `# docgen: ignore` stands on a `def`",
            );
        }
    }
    if found.is_on("ignore-var-parameters") == Some(true) {
        let why = "`*args` and `**kwargs` that are only handed on are not asked for, others are";
        draft.lost(&found.place, found.said("ignore-var-parameters"), why);
    }
}

/// pydoclint's switches, what each is when nobody says it, and the rules that it turns off.
const SWITCHES: [(&str, bool, &[&str]); 6] = [
    ("check-arg-order", false, &["param-order"]),
    (
        "skip-checking-raises",
        true,
        &["missing-raises", "unknown-raises"],
    ),
    ("check-return-types", false, &["returns-type-mismatch"]),
    ("check-yield-types", false, &["yields-type-mismatch"]),
    (
        "check-class-attributes",
        false,
        &["unknown-attribute", "attribute-type-mismatch"],
    ),
    (
        "check-style-mismatch",
        false,
        &["wrong-style", "mixed-styles"],
    ),
];

fn pydoclint(found: &Found, draft: &mut Draft) {
    let place = &found.place;
    let style = found.text("style").unwrap_or_else(|| "numpy".to_owned());
    let said = if found.table.contains_key("style") {
        found.said("style")
    } else {
        "style (numpy, where nobody says it)".to_owned()
    };
    draft.styled(place, &said, &style);
    let short = "skip-checking-short-docstrings";
    if found.is_on(short).unwrap_or(true) {
        draft.lenient = true;
        let said = if found.table.contains_key(short) {
            found.said(short)
        } else {
            format!("{short} (on, where nobody says it)")
        };
        draft.taken(place, said, "preset = \"lenient\"");
    } else {
        draft.idle(
            place,
            found.said(short),
            "short docstrings are looked at by default",
        );
    }
    for (key, off, names) in SWITCHES {
        match found.is_on(key) {
            Some(on) if on == off => {
                draft.ignore.extend(names);
                draft.taken(
                    place,
                    found.said(key),
                    format!("ignore = {}", names.join(", ")),
                );
            }
            Some(_) => draft.idle(place, found.said(key), "so by default"),
            None => {}
        }
    }
    let known: Vec<&str> = SWITCHES
        .iter()
        .map(|it| it.0)
        .chain(["style", short, "quiet"])
        .collect();
    for key in found
        .table
        .keys()
        .filter(|it| !known.contains(&it.as_str()))
    {
        let why = match key.as_str() {
            "exclude" => {
                "it is a regular expression; `exclude` takes patterns as `.gitignore` does"
            }
            "baseline" => "`docgen baseline write FILE` makes one, `--baseline FILE` uses it",
            _ => "what is not asked for is not forbidden either: no setting needed, or none there",
        };
        draft.lost(place, found.said(key), why);
    }
}

fn darglint(found: &Found, draft: &mut Draft) {
    let place = &found.place;
    for key in found.table.keys() {
        let said = found.said(key);
        match key.as_str() {
            "docstring_style" => {
                draft.styled(place, &said, &found.text(key).unwrap_or_default());
            }
            "strictness" => match found.text(key).as_deref() {
                Some("short" | "long" | "short_description" | "long_description") => {
                    draft.lenient = true;
                    draft.taken(place, said, "preset = \"lenient\"");
                }
                _ => draft.idle(place, said, "so by default"),
            },
            "ignore" => {
                for code in found.list(key) {
                    draft.ignored(place, &format!("ignore = {code}"), &code);
                }
            }
            "enable" => {
                for code in found.list(key) {
                    draft.selected(place, &format!("enable = {code}"), &code);
                }
            }
            "ignore_raise" => draft.lost(
                place,
                said,
                "`# docgen: ignore[missing-raises]` stands on a `def`",
            ),
            "ignore_regex" => draft.lost(
                place,
                said,
                "no setting names functions; private ones are not asked for",
            ),
            "ignore_properties" => draft.idle(place, said, "properties want no `Returns`"),
            _ => draft.idle(place, said, "no matter of what is reported"),
        }
    }
}

/// interrogate's switches that leave something out, and what asks for it here.
const LEFT_OUT: [(&str, &str); 5] = [
    ("ignore-init-method", "missing-init-docstring"),
    ("ignore-init-module", "missing-package-docstring"),
    ("ignore-magic", "missing-magic-docstring"),
    ("ignore-nested-classes", "missing-nested-docstring"),
    ("ignore-nested-functions", "missing-nested-docstring"),
];

fn interrogate(found: &Found, draft: &mut Draft) {
    let place = &found.place;
    for key in found.table.keys() {
        let said = found.said(key);
        let dashed = key.replace('_', "-");
        let on = found.is_on(key);
        if let Some((_, name)) = LEFT_OUT.iter().find(|it| it.0 == dashed) {
            if on == Some(false) {
                draft.extend_select.insert(name);
                draft.taken(place, said, format!("extend-select = {name}"));
            } else {
                draft.idle(place, said, format!("{name} is off by default"));
            }
            continue;
        }
        match (dashed.as_str(), on) {
            ("fail-under", _) => match found.number(key).filter(|it| (0.0..=100.0).contains(it)) {
                Some(least) => {
                    draft.fail_under = Some(least);
                    let by = format!(
                        "score.fail-under = {least} (of what is asked, not of docstrings: see `docgen score`)"
                    );
                    draft.taken(place, said, by);
                }
                None => draft.lost(place, said, "not from 0 to 100"),
            },
            ("ignore-module", Some(true)) => {
                draft.ignore.insert("missing-module-docstring");
                draft.taken(place, said, "ignore = missing-module-docstring");
            }
            ("ignore-private" | "ignore-semiprivate", Some(false)) => {
                draft.private = true;
                draft.taken(place, said, "private = true");
            }
            ("exclude", _) => exclude(found, key, draft),
            ("ignore-regex" | "whitelist-regex", _) => {
                draft.lost(place, said, "no setting names functions");
            }
            ("ignore-property-decorators", Some(true)) => {
                draft.lost(place, said, "properties want a docstring, but no sections");
            }
            ("generate-badge", _) => {
                draft.lost(place, said, "`docgen score --badge FILE` draws one");
            }
            _ => draft.idle(
                place,
                said,
                "so by default, or no matter of what is reported",
            ),
        }
    }
}
