//! Words that are there and that others take the place of: placeholders, and where a docstring is written anew all that
//! the code bears out.

use super::super::words::Wanted;
use super::{Extent, Sketch};
use crate::contract::{Asked, Roles, Written};
use crate::docstring::{self, Addition, Entry, Section, SectionKind};
use crate::rules::{self, Finding, Subject};
use crate::text::{Edit, Span};

/// A text of a docstring that the code tells enough of to write it again.
#[derive(Clone, Copy, Debug)]
struct Told<'d> {
    what: What<'d>,
    text: &'d str,
    span: Span,
}

/// What a text is.
#[derive(Clone, Copy, Debug)]
enum What<'d> {
    Summary,
    Description,
    /// What is said of an entry; a value has no name.
    Entry(SectionKind, Option<&'d str>),
    /// The type of a value.
    Type(SectionKind),
}

/// Which texts are meant.
#[derive(Clone, Copy, Debug)]
pub(super) enum Pick<'n> {
    /// Those that stand for ones to be written.
    Unwritten,
    /// What is said of these names.
    Names(&'n [String]),
    /// All but types that somebody wrote.
    All,
}

impl Pick<'_> {
    fn is_met(self, told: &Told<'_>) -> bool {
        let is_entry = !matches!(told.what, What::Summary | What::Description);
        let is_unwritten = rules::is_unwritten(told.text, is_entry);
        match (self, told.what) {
            (Self::All, What::Type(_)) | (Self::Unwritten, _) => is_unwritten,
            (Self::All, _) => is_plain(told.text),
            (Self::Names(names), What::Entry(_, Some(name))) => names.iter().any(|it| it == name),
            (Self::Names(_), _) => false,
        }
    }
}

/// Whether a text is sentences and no more: lists, code, doctests and directives are not for a model to write again.
fn is_plain(text: &str) -> bool {
    const MARKS: [&str; 9] = [">>>", "...", "..", "```", "- ", "* ", "+ ", "|", "#"];
    let is_marked = |line: &str| {
        let line = line.trim();
        let numbered = line.trim_start_matches(|it: char| it.is_ascii_digit());
        let is_numbered = numbered.len() < line.len() && numbered.starts_with(['.', ')']);
        is_numbered || line.ends_with("::") || MARKS.iter().any(|it| line.starts_with(it))
    };
    !text.lines().any(is_marked)
}

/// What is wanted to write the docstring of a symbol anew.
pub(in super::super) fn anew(subject: &Subject<'_>, extent: Extent) -> Wanted {
    let sketch = Sketch::of(subject, extent.style);
    let mut wanted = sketch.wanted_of(Pick::All);
    for (kind, names) in sketch.told_in_passing() {
        for name in names {
            want(&mut wanted, kind, name);
        }
    }
    wanted.typed |= sketch.is_type_wanted(&wanted);
    wanted.anew = true;
    wanted
}

impl Sketch<'_, '_> {
    /// The texts of the docstring that the code tells enough of.
    fn told<'d>(&self, written: &'d Written<'_>) -> Vec<Told<'d>> {
        let docstring = &written.parsed;
        let told = |what, span: Span| Told {
            what,
            text: span.of(docstring.value),
            span,
        };
        let mut all = Vec::new();
        all.extend(docstring.summary.map(|it| told(What::Summary, it)));
        all.extend(docstring.description.map(|it| told(What::Description, it)));
        for section in &docstring.sections {
            // What names share is said of all of them.
            for group in section.entries.chunk_by(|one, two| one.span == two.span) {
                let [entry] = group else { continue };
                let Some(is_value) = self.is_known(section, entry) else {
                    continue;
                };
                let what = What::Entry(section.kind, entry.name);
                all.extend(entry.text.map(|it| told(what, it)));
                let annotation = entry.annotation.filter(|_| is_value);
                all.extend(annotation.map(|it| told(What::Type(section.kind), it)));
            }
        }
        all
    }

    /// Whether an entry of what the code has is a value; `None` where the code does not have it.
    fn is_known(&self, section: &Section<'_>, entry: &Entry<'_>) -> Option<bool> {
        let facts = &self.subject.symbol.facts;
        let requirement = &self.subject.requirement;
        let is_there = match section.kind {
            SectionKind::Raises => {
                let own = facts.raises.iter().any(|it| Some(it.name) == entry.name);
                own || requirement
                    .raises
                    .iter()
                    .any(|it| Some(it.name) == entry.name)
            }
            SectionKind::Warns => facts.warns.iter().any(|it| it.category == entry.name),
            SectionKind::Attributes => {
                let own = self.own_attributes();
                own.iter().any(|it| Some(it.name) == entry.name)
            }
            kind if kind.is_params() => self.has_param(entry.name?),
            kind => {
                let is_given = match kind {
                    SectionKind::Returns => {
                        facts.returns_value.is_some() || requirement.returns.is_some()
                    }
                    SectionKind::Yields => facts.yields.is_some() || requirement.yields.is_some(),
                    SectionKind::Receives => facts.receives,
                    _ => false,
                };
                let is_one = entry.name.is_none() && section.entries.len() == 1;
                return (is_given && is_one).then_some(true);
            }
        };
        (is_there && entry.name.is_some()).then_some(false)
    }

    /// The words that take the place of those that are picked.
    pub(super) fn wanted_of(&self, pick: Pick<'_>) -> Wanted {
        let mut wanted = Wanted::default();
        let Some(written) = self.subject.docstring else {
            return wanted;
        };
        for it in self.told(written).iter().filter(|it| pick.is_met(it)) {
            match it.what {
                What::Summary => wanted.summary = true,
                What::Description => wanted.description = true,
                What::Entry(kind, name) => want(&mut wanted, kind, name),
                What::Type(kind) => {
                    want(&mut wanted, kind, None);
                    wanted.typed = true;
                }
            }
        }
        wanted
    }

    /// The edits that put words in the place of placeholders, or of names said again; `None` where there are no words.
    pub(super) fn reworded(&self, finding: &Finding) -> Option<Result<Vec<Edit>, String>> {
        let pick = match finding.rule.code {
            "DG802" => Pick::Unwritten,
            _ => Pick::Names(&finding.entries),
        };
        let edits = self.other_words(pick);
        edits.map_or_else(|it| Some(Err(it)), |it| (!it.is_empty()).then_some(Ok(it)))
    }

    /// What the docstring has no section of, since its summary tells of it, which another summary may not: for each kind
    /// the names, one without for a value.
    fn told_in_passing(&self) -> Vec<(SectionKind, Vec<Option<&str>>)> {
        let requirement = &self.subject.requirement;
        let docstring = self.subject.docstring.map(|it| &it.parsed);
        let has = |kind| docstring.is_some_and(|it| it.sections_of(kind).next().is_some());
        let is_value_told =
            requirement.either && (has(SectionKind::Returns) || has(SectionKind::Yields));
        let is_asked = requirement.parts != Asked::No;
        let is_property = requirement.roles.has(Roles::PROPERTY);
        let value = |kind, is_given: bool| {
            let is_untold = is_given && is_asked && !is_property && !is_value_told && !has(kind);
            (kind, is_untold.then_some(vec![None]).unwrap_or_default())
        };
        let raises = requirement.raises.iter().map(|it| Some(it.name));
        let is_silent = is_asked && !has(SectionKind::Raises);
        vec![
            value(SectionKind::Returns, requirement.returns.is_some()),
            value(SectionKind::Yields, requirement.yields.is_some()),
            (SectionKind::Raises, raises.filter(|_| is_silent).collect()),
        ]
    }

    /// The edits that put the voice's words in the place of all that it has other words for, and give what the summary
    /// told of a section.
    pub(super) fn anew(&self) -> Result<Vec<Edit>, String> {
        let mut edits = self.other_words(Pick::All)?;
        let mut additions: Vec<Addition> = Vec::new();
        for (kind, names) in self.told_in_passing() {
            if !names.is_empty() {
                additions.extend(match kind {
                    SectionKind::Raises => self.raises(&[]),
                    kind => self.value(kind),
                });
            }
        }
        if !additions.is_empty() {
            edits.append(&mut self.inserted(&additions)?);
            edits.sort();
        }
        Ok(edits)
    }

    fn other_words(&self, pick: Pick<'_>) -> Result<Vec<Edit>, String> {
        // A placeholder is no better than another.
        if self.voice.is_alike() {
            return Ok(Vec::new());
        }
        let written = self.docstring()?;
        let margin = written.indent(self.text());
        let columns = super::columns(margin);
        let told = self.told(written);
        let texts = told.iter().filter(|it| pick.is_met(it)).filter_map(|it| {
            let said = match it.what {
                What::Summary => self.voice.summary(columns),
                What::Description => self.voice.description(columns),
                What::Entry(kind, name) => self.voice.entry(self.spot(kind, name)),
                What::Type(kind) => self.voice.value_type(kind),
            };
            Some((it.span, said?))
        });
        let texts: Vec<(Span, String)> = texts.collect();
        let changes = docstring::reword(&written.parsed, &texts, margin);
        self.edits(written, changes.map_err(|it| it.to_string())?)
    }
}

/// Wants what is said of an entry.
fn want(wanted: &mut Wanted, kind: SectionKind, name: Option<&str>) {
    let list = match kind {
        SectionKind::Returns => return wanted.returns = true,
        SectionKind::Yields => return wanted.yields = true,
        SectionKind::Receives => return wanted.receives = true,
        SectionKind::Raises => &mut wanted.raises,
        SectionKind::Warns => &mut wanted.warns,
        SectionKind::Attributes => &mut wanted.attributes,
        _ => &mut wanted.args,
    };
    let name = name.unwrap_or_default();
    if list.iter().all(|it| it != name) {
        list.push(name.to_owned());
    }
}
