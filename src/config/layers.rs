//! Layers of settings, one laid over another, and where each value came from.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use serde::Deserialize as _;
use toml::{Table, Value};

use super::Options;

/// The keys that hold keys of their own.
const SECTIONS: [&str; 5] = ["score", "fix", "ai", "cache", "retrieval"];

/// The rules of the preset `strict`: the default ones, and all that ask for what the code has.
const STRICT: [&str; 8] = [
    "default", "DG104", "DG105", "DG106", "DG107", "DG404", "DG504", "DG601",
];

/// Who said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// docgen itself.
    Default,
    /// A file of settings.
    File(PathBuf),
    /// A variable, from the environment or from the file that `--env-file` names.
    Variable(String),
    /// The command line.
    Flag,
}

/// What one source says.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    /// The source.
    pub(super) origin: Origin,
    /// Its keys, checked to make [`Options`].
    pub(super) table: Table,
}

/// All layers in one: each key's value and who said it. Keys of sections have their section before a dot.
#[derive(Clone, Debug, Default)]
pub(super) struct Merged {
    values: BTreeMap<String, (Value, Origin)>,
}

impl Merged {
    /// What holds where nobody says otherwise.
    pub(super) fn defaults() -> Self {
        let mut merged = Self::default();
        // A test reads the file; a broken one would leave the defaults that `Settings` falls back on.
        let table = toml::from_str(include_str!("defaults.toml")).unwrap_or_default();
        merged.lay(&Layer {
            origin: Origin::Default,
            table,
        });
        merged
    }

    /// Lay `layer` over what there is. Lists of `extend-select` add up unless `select` starts anew;
    /// every other key is replaced whole.
    pub(super) fn lay(&mut self, layer: &Layer) {
        let said = leaves(&layer.table);
        if said.iter().any(|(key, _)| key == "select") {
            self.values.remove("extend-select");
        }
        for (key, value) in said {
            let before = self.values.get(&key).map(|(value, _)| value);
            let value = match (key.as_str(), before, value) {
                ("extend-select", Some(Value::Array(before)), Value::Array(more)) => {
                    Value::Array(before.iter().chain(more).cloned().collect())
                }
                // A checked-out repository may only lower what a run may cost.
                ("ai.max-cost", Some(before), value)
                    if matches!(layer.origin, Origin::File(_))
                        && number(value) > number(before) =>
                {
                    continue;
                }
                (_, _, value) => value.clone(),
            };
            self.values.insert(key, (value, layer.origin.clone()));
        }
    }

    /// The same with what its preset means for the keys of which nobody else said anything.
    pub(super) fn with_preset(mut self) -> Self {
        let preset = self.values.get("preset");
        let Some((Value::String(preset), origin)) = preset.cloned() else {
            return self;
        };
        let strict = [
            ("private", Value::Boolean(true)),
            ("nested", Value::Boolean(true)),
            ("magic", Value::Boolean(true)),
            ("tests", Value::Boolean(true)),
            ("select", STRICT.map(Value::from).to_vec().into()),
        ];
        for (key, value) in strict.into_iter().filter(|_| preset == "strict") {
            if let Some(known) = self.values.get_mut(key)
                && known.1 == Origin::Default
            {
                *known = (value, origin.clone());
            }
        }
        self
    }

    /// The values as options.
    pub(super) fn options(&self) -> Options {
        let mut table = Table::new();
        for (key, (value, _)) in &self.values {
            match key.split_once('.') {
                Some((section, key)) => {
                    let inner = table.entry(section).or_insert_with(|| Table::new().into());
                    if let Value::Table(inner) = inner {
                        inner.insert(key.to_owned(), value.clone());
                    }
                }
                None => {
                    table.insert(key.clone(), value.clone());
                }
            }
        }
        // Each layer has been checked to make options, so their union does.
        Options::deserialize(Value::Table(table)).unwrap_or_default()
    }

    /// The value of a key, and who said it.
    pub(super) fn value(&self, key: &str) -> Option<(&Value, &Origin)> {
        self.values.get(key).map(|(value, origin)| (value, origin))
    }

    /// Each key with its value and who said it: keys without a section first, then section by section.
    pub(super) fn explained(&self) -> Vec<(&str, &Value, &Origin)> {
        let mut all: Vec<_> = self
            .values
            .iter()
            .map(|(key, (value, origin))| (key.as_str(), value, origin))
            .collect();
        all.sort_by_key(|(key, ..)| {
            let section = key.split_once('.').map(|(section, _)| section);
            (
                SECTIONS
                    .iter()
                    .position(|it| Some(*it) == section)
                    .map_or(0, |at| at + 1),
                *key,
            )
        });
        all
    }
}

fn number(value: &Value) -> f64 {
    match value {
        #[expect(clippy::cast_precision_loss, reason = "dollars, compared only")]
        Value::Integer(value) => *value as f64,
        Value::Float(value) => *value,
        _ => f64::INFINITY,
    }
}

/// Every key with its value; keys of sections have their section before a dot.
fn leaves(table: &Table) -> Vec<(String, &Value)> {
    let mut leaves = Vec::new();
    for (key, value) in table {
        match value {
            Value::Table(inner) if SECTIONS.contains(&key.as_str()) => {
                leaves.extend(
                    inner
                        .iter()
                        .map(|(inner, value)| (format!("{key}.{inner}"), value)),
                );
            }
            value => leaves.push((key.clone(), value)),
        }
    }
    leaves
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => formatter.write_str("default"),
            Self::File(path) => write!(formatter, "{}", path.display()),
            Self::Variable(name) => formatter.write_str(name),
            Self::Flag => formatter.write_str("command line"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(origin: Origin, text: &str) -> Layer {
        Layer {
            origin,
            table: toml::from_str(text).unwrap(),
        }
    }

    #[test]
    fn a_preset_gives_way_to_what_is_said() {
        let said = "preset = \"strict\"\ntests = false\n";
        let file = Origin::File(PathBuf::from("docgen.toml"));
        let strict = merged(&[layer(file.clone(), said)]).with_preset();
        let options = strict.options();
        assert_eq!((options.private, options.tests), (Some(true), Some(false)));
        assert!(options.select.unwrap().contains(&"DG107".to_owned()));
        let private = strict.explained().into_iter().find(|it| it.0 == "private");
        assert_eq!(private.unwrap().2, &file);
        let standard = merged(&[]).with_preset().options();
        assert_eq!(
            (standard.private, standard.tests),
            (Some(false), Some(false))
        );
    }

    fn merged(layers: &[Layer]) -> Merged {
        let mut merged = Merged::defaults();
        for layer in layers {
            merged.lay(layer);
        }
        merged
    }

    #[test]
    fn the_defaults_are_options() {
        let table: Table = toml::from_str(include_str!("defaults.toml")).unwrap();
        Options::deserialize(Value::Table(table)).unwrap();
        assert_eq!(Merged::defaults().options().score.min_symbol, Some(100.0));
    }

    #[test]
    fn extend_select_adds_up_and_select_starts_anew() {
        let file = layer(
            Origin::File("f".into()),
            "select = ['DG1']\nextend-select = ['DG7']",
        );
        let more = layer(Origin::Flag, "extend-select = ['DG8']");
        let extended = merged(&[file.clone(), more])
            .options()
            .extend_select
            .unwrap();
        assert_eq!(extended, ["DG7", "DG8"]);
        let anew = merged(&[file, layer(Origin::Flag, "select = ['DG2']")]).options();
        assert_eq!(
            (anew.select.unwrap(), anew.extend_select),
            (vec!["DG2".to_owned()], None)
        );
    }

    #[test]
    fn a_repositorys_file_can_only_lower_what_a_run_may_cost() {
        let cost =
            |text: &str, origin: Origin| merged(&[layer(origin, text)]).options().ai.max_cost;
        assert_eq!(
            cost("ai = {max-cost = 50}", Origin::File("f".into())),
            Some(5.0)
        );
        assert_eq!(
            cost("ai = {max-cost = 2}", Origin::File("f".into())),
            Some(2.0)
        );
        assert_eq!(cost("ai = {max-cost = 50}", Origin::Flag), Some(50.0));
    }
}
