//! The settings of one folder's files, resolved.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::{GlobBuilder, GlobMatcher, GlobSet, GlobSetBuilder};

use super::layers::Merged;
use super::options::{Preset, StyleChoice};
use super::{ConfigError, FailOn, Gate, Options, Origin, Overrides, schema_file, word_place};
use crate::check;
use crate::contract::{self, Visibility};
use crate::docstring::Style;
use crate::rules::{self, Selection, SelectorError, Severity};

/// What holds for the files that one file of settings governs.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder its patterns are relative to.
    pub root: PathBuf,
    /// The total score below which a run fails, in per cent.
    pub fail_under: f64,
    exclude: GlobSet,
    check: Arc<check::Settings>,
    per_file: Vec<PerFile>,
    merged: Merged,
}

/// Rules that do not run on files that match.
#[derive(Clone, Debug)]
struct PerFile {
    pattern: GlobMatcher,
    ignored: Selection,
}

impl Settings {
    /// The settings of files below `source`'s folder, or below `here` where there is no file of settings.
    pub(super) fn new(
        merged: Merged,
        source: Option<&Path>,
        here: &Path,
        ground: Option<&Path>,
    ) -> Result<Self, ConfigError> {
        let root = source.and_then(Path::parent).unwrap_or(here).to_owned();
        let merged = merged.with_preset();
        let options = merged.options();
        let wrong = |key: &'static str, pattern: &str, error: &globset::Error| {
            let message = format!("`{key}`: {error}");
            word_place::complaint(&merged, &[key], pattern, message, None)
        };
        let mut exclude = GlobSetBuilder::new();
        for pattern in options.exclude.iter().flatten() {
            exclude.add(glob(pattern).map_err(|error| wrong("exclude", pattern, &error))?);
        }
        let exclude = exclude
            .build()
            .map_err(|error| wrong("exclude", "", &error))?;
        let unknown = |error: &SelectorError| unknown_rule(&merged, error);
        let mut per_file = Vec::new();
        for (pattern, names) in options.per_file_ignores.iter().flatten() {
            let pattern =
                glob(pattern).map_err(|error| wrong("per-file-ignores", pattern, &error))?;
            let mut ignored = Selection::NONE;
            for name in names {
                ignored = ignored.with(Selection::parse(name).map_err(|error| unknown(&error))?);
            }
            per_file.push(PerFile {
                pattern: pattern.compile_matcher(),
                ignored,
            });
        }
        contradiction(&merged, &options)?;
        let mut check = check_settings(&options).map_err(|error| unknown(&error))?;
        if let Some((toml::Value::String(path), origin)) = merged.value("schema") {
            check.rules.schema = schema_file::read(path, origin, here, ground)?;
        }
        Ok(Self {
            root,
            fail_under: options.score.fail_under.unwrap_or(0.0),
            exclude,
            check: Arc::new(check),
            per_file,
            merged,
        })
    }

    /// Whether `path` (absolute), or a folder above it up to the root of these settings, is excluded.
    /// A pattern matches the path below that root, or the bare name, as ruff's do.
    pub fn excludes(&self, path: &Path) -> bool {
        if self.exclude.is_empty() {
            return false;
        }
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        inside
            .ancestors()
            .take_while(|it| !it.as_os_str().is_empty())
            .any(|part| {
                let by_name = part
                    .file_name()
                    .is_some_and(|name| self.exclude.is_match(name));
                by_name || self.exclude.is_match(part)
            })
    }

    /// All keys as options.
    pub(super) fn options(&self) -> Options {
        self.merged.options()
    }

    /// Who said the value of a key, that of a section with the section before a dot.
    pub(super) fn origin(&self, key: &str) -> Option<&Origin> {
        self.merged.value(key).map(|it| it.1)
    }

    /// Each key with its value and who said it: keys without a section first, then section by section.
    pub fn explained(&self) -> Vec<(&str, &toml::Value, &Origin)> {
        self.merged.explained()
    }

    /// What `check` needs for the file at `path` (absolute).
    pub fn check(&self, path: &Path) -> Arc<check::Settings> {
        if self.per_file.is_empty() {
            return Arc::clone(&self.check);
        }
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        let matching = self.per_file.iter().filter(|it| {
            let by_name = path
                .file_name()
                .is_some_and(|name| it.pattern.is_match(name));
            by_name || it.pattern.is_match(inside)
        });
        let ignored = matching.fold(Selection::NONE, |all, it| all.with(it.ignored));
        if ignored.is_empty() {
            return Arc::clone(&self.check);
        }
        let mut settings = check::Settings::clone(&self.check);
        settings.rules.selection = settings.rules.selection.without(ignored);
        Arc::new(settings)
    }
}

/// A pattern in which `*` stops at `/` and `**` does not.
fn glob(pattern: &str) -> Result<globset::Glob, globset::Error> {
    GlobBuilder::new(pattern.trim_end_matches('/'))
        .literal_separator(true)
        .build()
}

/// The part of the settings that `check` reads.
fn check_settings(options: &Options) -> Result<check::Settings, SelectorError> {
    let select = options
        .select
        .clone()
        .unwrap_or_else(|| vec!["default".into()]);
    let extend = options.extend_select.clone().unwrap_or_default();
    let ignore = options.ignore.clone().unwrap_or_default();
    Ok(check::Settings {
        rules: rules::Settings {
            selection: Selection::resolve(&select, &extend, &ignore)?,
            min_symbol: min_symbol(options),
            ..rules::Settings::default()
        },
        contract: contract_settings(options),
        noqa_aliases: options.noqa_aliases.unwrap_or(true),
        gate: match options.gate.unwrap_or(Gate::Introduced) {
            Gate::Introduced => check::Gate::Introduced,
            Gate::Touched => check::Gate::Touched,
            Gate::Whole => check::Gate::Whole,
        },
        fail_on: match options.fail_on.unwrap_or(FailOn::Error) {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Never => None,
        },
        measures: false,
        digests: false,
    })
}

/// Whole per cents: 99.5 is not reached by 99.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "from 0 to 100, as the options are checked"
)]
fn min_symbol(options: &Options) -> u8 {
    options.score.min_symbol.unwrap_or(100.0).ceil() as u8
}

fn contract_settings(options: &Options) -> contract::Settings {
    let mut settings = contract::Settings {
        style: match options.style.unwrap_or(StyleChoice::Auto) {
            StyleChoice::Auto => None,
            StyleChoice::Google => Some(Style::Google),
            StyleChoice::Numpy => Some(Style::Numpy),
            StyleChoice::Sphinx => Some(Style::Sphinx),
            StyleChoice::Epytext => Some(Style::Epytext),
        },
        summary_is_enough: options.preset == Some(Preset::Lenient),
        ..contract::Settings::default()
    };
    let asked = [
        (options.private, Visibility::Private),
        (options.nested, Visibility::Nested),
        (options.magic, Visibility::Magic),
        (options.tests, Visibility::Test),
    ];
    for (_, visibility) in asked.into_iter().filter(|(asked, _)| asked == &Some(true)) {
        settings.presence = settings.presence.with(visibility);
        settings.parts = settings.parts.with(visibility);
    }
    if options.overrides == Some(Overrides::Require) {
        settings.overrides = contract::Overrides::Document;
    }
    settings
}

/// The keys that name rules.
const RULE_KEYS: [&str; 4] = ["select", "extend-select", "ignore", "per-file-ignores"];

fn unknown_rule(merged: &Merged, error: &SelectorError) -> ConfigError {
    let hint = match &error.nearest {
        Some(name) => format!("did you mean `{name}`? `docgen rule` lists them all"),
        None => {
            "`docgen rule` lists codes and names; prefixes, `default` and `ALL` work too".into()
        }
    };
    let message = format!("unknown rule `{}`", error.selector);
    word_place::complaint(merged, &RULE_KEYS, &error.selector, message, Some(hint))
}

/// Refuses what one source both selects and ignores in the same word: a more precise word, or a source above, may take
/// something back, but this says nothing.
fn contradiction(merged: &Merged, options: &Options) -> Result<(), ConfigError> {
    for (key, selected) in [
        ("select", &options.select),
        ("extend-select", &options.extend_select),
    ] {
        let same_source = match (merged.value(key), merged.value("ignore")) {
            (Some((_, one)), Some((_, other))) => one == other && *one != Origin::Default,
            _ => false,
        };
        let ignored = options.ignore.as_deref().unwrap_or_default();
        let mut both = selected.iter().flatten().filter(|it| ignored.contains(it));
        if let Some(word) = both.next().filter(|_| same_source) {
            let message = format!("`{word}` is in `{key}` and in `ignore`");
            let hint = "take it out of one of them".to_owned();
            return Err(word_place::complaint(
                merged,
                &["ignore"],
                word,
                message,
                Some(hint),
            ));
        }
    }
    Ok(())
}
