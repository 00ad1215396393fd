//! What holds of every draft and every docstring, not of examples only. Drafts are made by a generator with a seed.

use super::super::{SectionKind, Style, parse, steps};
use super::*;

const STYLES: [Style; 4] = [Style::Google, Style::Numpy, Style::Sphinx, Style::Epytext];

/// A small generator (xorshift): the same numbers for the same seed, everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// Words that docstrings are made of, marks of every style among them.
    fn sentence(&mut self) -> String {
        let words = [
            "value",
            "of",
            "the",
            "table",
            "``x``",
            ":class:`A`",
            "e.g.",
            "(see `f`)",
            "é",
            "1.5",
            "a-b",
            "\"q\"",
            "\\d",
            "key: value",
            "*all*",
            "x::",
            "[1]",
            "it's",
            "http://a.b/c",
            "-",
            "None",
            "{a: 1}",
            "100%",
        ];
        let mut sentence = self.pick(&["The", "Whether", "It is", "All"]).to_owned();
        for _ in 0..=self.below(6) {
            sentence.push(' ');
            sentence.push_str(self.pick(&words));
        }
        sentence.push('.');
        sentence
    }

    /// One to three paragraphs of one or two lines, code among them.
    fn text(&mut self) -> String {
        let mut text = self.sentence();
        if self.one_in(3) {
            text.push('\n');
            text.push_str(&self.sentence());
        }
        if self.one_in(4) {
            text.push_str("\n\n");
            text.push_str(&self.sentence());
        }
        if self.one_in(6) {
            text.push_str(self.pick(&[
                "\n\n>>> f(1)\n2",
                "\n\n- an item\n- another\n  goes on",
                "\n\n    code()\n\nEnd.",
            ]));
        }
        text
    }

    fn annotation(&mut self) -> Option<String> {
        let types = [
            "int",
            "str | None",
            "dict[str, int]",
            "Callable[[int], str]",
            "list of str",
            "{'a', 'b'}",
            "int, optional",
            ":class:`A`",
            "np.ndarray",
            "tuple[int, ...]",
            "Literal['x']",
            "(int, str)",
        ];
        (!self.one_in(3)).then(|| self.pick(&types).to_owned())
    }

    fn entry(&mut self, kind: SectionKind, index: usize) -> DraftEntry {
        let mut entry = DraftEntry::default();
        match kind {
            SectionKind::Returns | SectionKind::Yields | SectionKind::Receives => {
                entry.annotation = self.annotation().or(Some("bool".to_owned()));
            }
            SectionKind::Raises | SectionKind::Warns => {
                let names = ["ValueError", "OSError", "a.b.Error", "UserWarning"];
                entry.names.push(names[index % names.len()].to_owned());
            }
            _ => {
                let names = match kind {
                    SectionKind::KeywordParams => ["key", "verbose", "raises", "encoding"],
                    SectionKind::Attributes => ["size", "attr_", "name", "returns"],
                    _ => ["x", "type_", "*args", "**kwargs"],
                };
                entry.names.push(names[index % names.len()].to_owned());
                entry.annotation = self.annotation();
            }
        }
        entry.text = Some(self.text());
        entry
    }

    /// A draft that every style has a place for.
    fn draft(&mut self) -> Draft {
        use SectionKind::{Attributes, KeywordParams, Params, Raises, Returns, Warns, Yields};
        let mut prose = self.sentence();
        if self.one_in(2) {
            prose.push_str("\n\n");
            prose.push_str(&self.text());
        }
        let mut draft = Draft::new(prose);
        let value = if self.one_in(3) { Yields } else { Returns };
        for kind in [Params, KeywordParams, Attributes, value, Raises, Warns] {
            if self.one_in(2) {
                continue;
            }
            let count = if kind == value { 1 } else { 1 + self.below(4) };
            let entries = (0..count).map(|it| self.entry(kind, it)).collect();
            draft.push(kind, entries);
        }
        for title in ["Note", "Examples", "Usage"] {
            if self.one_in(3) {
                let kind = match title {
                    "Note" => SectionKind::Notes,
                    "Examples" => SectionKind::Examples,
                    _ => SectionKind::Other,
                };
                draft.parts.push(Part::Section(DraftSection {
                    kind,
                    title: title.to_owned(),
                    body: Body::Text(self.text()),
                }));
            }
        }
        draft
    }
}

/// A draft's text in `style`, and what is read of it; `None` where the style does not hold it.
fn written(draft: &Draft, style: Style, indent: &str) -> Option<(String, Draft)> {
    let value = write(draft, style, indent).ok()?;
    let read = Draft::read(&parse(&value, Some(style))).unwrap();
    Some((value, read))
}

#[test]
fn what_is_written_is_read_as_it_was_meant_and_written_again_the_same() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut counts = [0; 4];
    for round in 0..600 {
        let draft = dice.draft();
        let indent = ["", "    ", "        ", "\t"][round % 4];
        for style in STYLES {
            let Some((value, read)) = written(&draft, style, indent) else {
                continue;
            };
            counts[style as usize] += 1;
            assert_eq!(read, draft, "{value}");
            let (again, _) = written(&read, style, indent).unwrap();
            assert_eq!(again, value);
        }
    }
    // The rest is declined: random words make a header or an entry now and then.
    assert!(counts.iter().all(|it| *it == 600), "{counts:?}");
}

#[test]
fn what_becomes_another_style_comes_back_to_the_byte() {
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut count = 0;
    for _ in 0..250 {
        let draft = dice.draft();
        for style in STYLES {
            let Some((value, _)) = written(&draft, style, "    ") else {
                continue;
            };
            // Without entries there is nothing to tell a style by.
            if !draft.parts.iter().any(Part::has_entries) {
                continue;
            }
            for other in STYLES {
                let there = convert(&parse(&value, Some(style)), other, "    ");
                let Ok(Some(change)) = there else { continue };
                let there = changed(&value, &[change]);
                assert_eq!(
                    Draft::read(&parse(&there, Some(other))).as_ref(),
                    Ok(&draft)
                );
                let back = convert(&parse(&there, Some(other)), style, "    ");
                let back = back
                    .unwrap()
                    .map_or(there.clone(), |it| changed(&there, &[it]));
                assert_eq!(back, value, "{there}");
                count += 1;
            }
        }
    }
    assert!(count > 2_000, "{count}");
}

#[test]
fn what_is_added_changes_nothing_that_is_there() {
    let mut dice = Dice(0xda94_2042_e4dd_58b5);
    let order = ["x", "type_", "new", "args", "other", "kwargs"];
    let mut count = 0;
    for _ in 0..250 {
        let draft = dice.draft();
        for style in STYLES {
            let Some((value, _)) = written(&draft, style, "    ") else {
                continue;
            };
            let additions = [
                (SectionKind::Params, "new"),
                (SectionKind::Params, "other"),
                (SectionKind::Raises, "KeyError"),
            ]
            .map(|(kind, name)| Addition {
                kind,
                entry: DraftEntry::named(name)
                    .typed(dice.annotation().filter(|_| kind.is_params()))
                    .said(dice.sentence()),
            });
            let docstring = parse(&value, Some(style));
            let Ok(changes) = insert(&docstring, &additions, &order, style, "    ") else {
                continue;
            };
            count += 1;
            let kept = |it: &Change| it.within.of(&value).trim().is_empty();
            assert!(changes.iter().all(kept), "{changes:?}");
            let after = changed(&value, &changes);
            let docstring = parse(&after, Some(style));
            let names: Vec<&str> = docstring.params().filter_map(|it| it.name).collect();
            let at = |name: &str| names.iter().position(|it| *it == name);
            assert!(at("new").is_some() && at("new") < at("other"), "{after}");
            for (before, behind) in [("type_", "new"), ("new", "args"), ("other", "kwargs")] {
                let is_sorted = at(behind).is_none_or(|it| at(before) < Some(it));
                assert!(is_sorted, "{after}");
            }
            assert!(Draft::read(&docstring).is_ok(), "{after}");
        }
    }
    assert!(count > 900, "{count}");
}

#[test]
fn long_docstrings_are_written_in_linear_time() {
    let order: Vec<String> = (0..50).map(|it| format!("x{it}")).collect();
    let order: Vec<&str> = order.iter().map(String::as_str).collect();
    let addition = [(SectionKind::Params, "x7"), (SectionKind::Raises, "E")];
    let addition = addition.map(|(kind, name)| Addition {
        kind,
        entry: DraftEntry::named(name).said("New."),
    });
    for (head, pattern, count) in [
        ("Args:\n", "        x: y\n", 20_000),
        ("", "Exmaples:\n        x\n    ", 10_000),
        ("", "Text.\n\n    Args:\n        x: y\n\n    ", 5_000),
        ("", ":param x: y\n    :type x: z\n    ", 10_000),
        ("Args:\n        x: ", "word ", 200_000),
        ("Args:\n        x: X.\n", "            text\n", 20_000),
    ] {
        let value = format!("S.\n\n    {head}{}\n    ", pattern.repeat(count));
        for style in [Style::Google, Style::Numpy, Style::Sphinx] {
            let docstring = parse(&value, None);
            let ((), taken) = steps::of(|| {
                let _ = convert(&docstring, style, "    ");
                let _ = insert(&docstring, &addition, &order, style, "    ");
            });
            let length = value.len();
            assert!(taken <= 100 * length, "{pattern}: {taken} of {length}");
        }
    }
}
