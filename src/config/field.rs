//! Variables by the names that the field uses, read by the commands of the AI only: a bad one warns and is ignored.

use std::str::FromStr;
use std::time::Duration;

/// Variables, and what was wrong with those that were asked for.
#[derive(Debug)]
pub(super) struct Field<'v> {
    variables: &'v [(String, String)],
    /// One sentence a variable; no value of a key is in any.
    pub(super) warnings: Vec<String>,
}

impl<'v> Field<'v> {
    pub(super) const fn new(variables: &'v [(String, String)]) -> Self {
        Self {
            variables,
            warnings: Vec::new(),
        }
    }

    /// The first of these variables that is set to something.
    pub(super) fn text(&self, names: &[&str]) -> Option<&'v str> {
        let of = |name: &&str| {
            let found = self.variables.iter().find(|it| it.0 == **name)?;
            let value = found.1.trim();
            (!value.is_empty()).then_some(value)
        };
        names.iter().find_map(of)
    }

    /// The first of these variables as a number within bounds.
    pub(super) fn number<N>(&mut self, names: &[&str], least: N, most: N) -> Option<N>
    where
        N: FromStr + PartialOrd + Copy + std::fmt::Display,
    {
        let text = self.text(names)?;
        let number = text.parse::<N>().ok();
        let number = number.filter(|it| *it >= least && *it <= most);
        if number.is_none() {
            let name = self.name(names);
            let warning = format!("`{name}` is ignored: it is no number from {least} to {most}");
            self.warnings.push(warning);
        }
        number
    }

    /// The first of these variables as seconds.
    pub(super) fn seconds(&mut self, names: &[&str], most: f64) -> Option<Duration> {
        let seconds = self.number(names, 0.0, most)?;
        Duration::try_from_secs_f64(seconds).ok()
    }

    /// The first of these variables as yes or no.
    pub(super) fn flag(&mut self, names: &[&str]) -> Option<bool> {
        let text = self.text(names)?;
        match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Some(true),
            "false" | "0" | "no" | "off" => Some(false),
            _ => {
                let name = self.name(names);
                let warning = format!("`{name}` is ignored: it is neither true nor false");
                self.warnings.push(warning);
                None
            }
        }
    }

    /// The name of the variable that is set.
    fn name(&self, names: &[&str]) -> String {
        let is_set = |name: &&&str| self.text(&[name]).is_some();
        names.iter().find(is_set).map_or("", |it| it).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_value_warns_and_is_ignored() {
        let variables = [
            ("TEMPERATURE".to_owned(), "hot".to_owned()),
            ("TIMEOUT".to_owned(), "7".to_owned()),
        ];
        let mut field = Field::new(&variables);
        assert_eq!(field.number(&["TEMPERATURE"], 0.0, 1.0), None);
        let seven = Some(Duration::from_secs(7));
        assert_eq!(field.seconds(&["REQUEST_TIMEOUT", "TIMEOUT"], 60.0), seven);
        assert_eq!(field.flag(&["USE_CACHE"]), None);
        assert_eq!(
            field.warnings,
            ["`TEMPERATURE` is ignored: it is no number from 0 to 1"]
        );
    }
}
