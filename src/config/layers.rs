//! One layer laid over another.

use super::Options;

impl Options {
    /// These options where they say something, `under` where they are silent. Lists of
    /// `extend-select` add up; every other key is replaced whole.
    #[must_use]
    pub fn over(self, under: Self) -> Self {
        Self {
            style: self.style.or(under.style),
            preset: self.preset.or(under.preset),
            exclude: self.exclude.or(under.exclude),
            extend_select: joined(
                under.extend_select,
                self.extend_select,
                self.select.is_some(),
            ),
            select: self.select.or(under.select),
            ignore: self.ignore.or(under.ignore),
            per_file_ignores: self.per_file_ignores.or(under.per_file_ignores),
            fail_on: self.fail_on.or(under.fail_on),
            gate: self.gate.or(under.gate),
            private: self.private.or(under.private),
            nested: self.nested.or(under.nested),
            magic: self.magic.or(under.magic),
            tests: self.tests.or(under.tests),
            overrides: self.overrides.or(under.overrides),
            noqa_aliases: self.noqa_aliases.or(under.noqa_aliases),
            schema: self.schema.or(under.schema),
            score: super::ScoreOptions {
                min_symbol: self.score.min_symbol.or(under.score.min_symbol),
                fail_under: self.score.fail_under.or(under.score.fail_under),
            },
            // Read by `fix` alone, which takes them from the file's layer as they are.
            fix: under.fix,
            ai: under.ai,
            cache: under.cache,
            retrieval: under.retrieval,
        }
    }
}

/// Both lists, the lower layer's first; a `select` in the upper layer starts anew and drops the lower.
fn joined(
    under: Option<Vec<String>>,
    over: Option<Vec<String>>,
    anew: bool,
) -> Option<Vec<String>> {
    match (under.filter(|_| !anew), over) {
        (Some(mut under), Some(over)) => {
            under.extend(over);
            Some(under)
        }
        (under, over) => over.or(under),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn extend_select_adds_up_and_select_starts_anew() {
        let file = Options {
            select: Some(list(&["DG1"])),
            extend_select: Some(list(&["DG7"])),
            ..Options::default()
        };
        let more = Options {
            extend_select: Some(list(&["DG8"])),
            ..Options::default()
        };
        assert_eq!(
            more.over(file.clone()).extend_select,
            Some(list(&["DG7", "DG8"]))
        );
        let anew = Options {
            select: Some(list(&["DG2"])),
            ..Options::default()
        }
        .over(file);
        assert_eq!(
            (anew.select, anew.extend_select),
            (Some(list(&["DG2"])), None)
        );
    }
}
