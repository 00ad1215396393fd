//! What needs words: where they go, and what stands there. DG802 goes on failing placeholders, so that no skeleton
//! passes for documentation.

mod anew;
mod lacking;

pub(super) use anew::anew;
pub(super) use lacking::{Extent, parts};

use super::voice::{Spot, Voice};
use super::wish::Wish;
use crate::contract::{Asked, Reading, Written, names_of};
use crate::docstring::{self, Addition, Change, Draft, DraftEntry, SectionKind, Style};
use crate::python::{self, Attribute, Signature, Symbol, SymbolKind};
use crate::rules::{Finding, Subject};
use crate::text::{Edit, Span};

/// The edits that put words where `finding`, one of the symbol of `subject`, finds nothing; `None` where it finds
/// something else. An error says why there is no place for them.
pub(super) fn edits(
    subject: &Subject<'_>,
    finding: &Finding,
    style: Style,
    wish: Wish,
    voice: Voice<'_>,
) -> Option<Result<Vec<Edit>, String>> {
    let sketch = Sketch {
        subject,
        style,
        voice,
    };
    let code = finding.rule.code;
    let additions: Vec<Addition> = match code {
        "DG100" | "DG101" | "DG102" | "DG103" | "DG104" | "DG105" | "DG106" | "DG107" => {
            return Some(sketch.vacant(wish.unsafe_fixes));
        }
        "DG108" => return Some(sketch.filled()),
        "DG801" => return Some(sketch.summarised()),
        "DG208" => return Some(sketch.described(&finding.entries)),
        "DG201" => sketch.params(&finding.entries),
        "DG301" => sketch.value(SectionKind::Returns),
        "DG401" => sketch.value(SectionKind::Yields),
        "DG404" => sketch.value(SectionKind::Receives),
        "DG501" => sketch.raises(&finding.entries),
        "DG504" => sketch.warned(&finding.entries),
        "DG601" => sketch.attributes(&finding.entries),
        "DG802" | "DG803" => return sketch.reworded(finding),
        _ => return None,
    };
    Some(sketch.inserted(&additions))
}

/// The style of a new docstring: what is asked for, what the settings say, what the file mostly has, what is usual.
pub(super) fn style(reading: &Reading<'_>, wish: Wish) -> Style {
    let told = wish.to_style.or(reading.settings.style);
    let own = told.or_else(|| super::most(super::counted(reading)));
    own.or(wish.usual_style).unwrap_or(Style::Google)
}

/// The edits that give the words of a docstring, as far as the code bears them out, other words from `voice`.
pub(super) fn rewritten(
    subject: &Subject<'_>,
    style: Style,
    voice: Voice<'_>,
) -> Result<Vec<Edit>, String> {
    let sketch = Sketch {
        subject,
        style,
        voice,
    };
    sketch.anew()
}

struct Sketch<'s, 'a> {
    subject: &'s Subject<'a>,
    style: Style,
    voice: Voice<'s>,
}

impl Sketch<'_, '_> {
    /// A whole docstring where there is none.
    fn vacant(&self, unsafe_fixes: bool) -> Result<Vec<Edit>, String> {
        let Some(vacancy) = self.subject.reading.module.vacancy(self.subject.id) else {
            return Err("there is no plain place for a docstring".to_owned());
        };
        if vacancy.is_inline && !unsafe_fixes {
            let reason = "its body stands in the line of its header: `--unsafe-fixes` gives it lines of its own";
            return Err(reason.to_owned());
        }
        let written = self.written(&vacancy.margin())?;
        let edit = vacancy.edit(&written).map_err(|it| it.to_string())?;
        Ok(vec![edit])
    }

    /// The words of a docstring that says nothing.
    fn filled(&self) -> Result<Vec<Edit>, String> {
        let written = self.docstring()?;
        let margin = written.indent(self.text());
        let words = self.written(margin)?;
        let within = Span::new(0, written.value.text.len() as u32);
        self.edits(written, vec![Change { within, words }])
    }

    /// A summary where sections come first.
    fn summarised(&self) -> Result<Vec<Edit>, String> {
        let written = self.docstring()?;
        let value = written.parsed.value;
        let start = (value.len() - value.trim_start().len()) as u32;
        let within = Span::empty(start);
        let margin = written.indent(self.text());
        let summary = self.summary(margin)?.replace('\n', &format!("\n{margin}"));
        let words = format!("{summary}\n\n{margin}");
        self.edits(written, vec![Change { within, words }])
    }

    /// Words behind names of which nothing is said.
    fn described(&self, names: &[String]) -> Result<Vec<Edit>, String> {
        let written = self.docstring()?;
        let margin = written.indent(self.text());
        let mut changes = Vec::new();
        // A placeholder is the same for all; an entry of several names has one text.
        let size = if self.voice.is_alike() {
            names.len()
        } else {
            1
        };
        for part in names.chunks(size.max(1)) {
            let name = part.first().map_or("", String::as_str);
            let said = self.voice.entry(self.spot(self.kind_of(name), Some(name)));
            let said = said.ok_or_else(|| format!("the answer does not tell of `{name}`"))?;
            let own = docstring::describe(&written.parsed, part, &said, margin);
            changes.extend(own.map_err(|it| it.to_string())?);
        }
        changes.sort_by_key(|it| it.within.start);
        self.edits(written, changes)
    }

    /// Entries added to what is there.
    fn inserted(&self, additions: &[Addition]) -> Result<Vec<Edit>, String> {
        let written = self.docstring()?;
        let mut order: Vec<&str> = Vec::new();
        if let Some(signature) = signature(self.subject) {
            order.extend(signature.params.iter().map(|it| it.name));
        }
        order.extend(self.subject.requirement.raises.iter().map(|it| it.name));
        let attributes = self.own_attributes();
        order.extend(attributes.iter().map(|it| it.name));
        let margin = written.indent(self.text());
        let changes = docstring::insert(&written.parsed, additions, &order, self.style, margin);
        self.edits(written, changes.map_err(|it| it.to_string())?)
    }

    fn edits(&self, written: &Written<'_>, changes: Vec<Change>) -> Result<Vec<Edit>, String> {
        let edit = |it: Change| {
            let slot = written.slot;
            slot.rewrite(self.text(), written.value, it.within, &it.words)
        };
        let edits: Result<Vec<Edit>, _> = changes.into_iter().map(edit).collect();
        edits.map_err(|it| it.to_string())
    }

    /// The value of a new docstring.
    fn written(&self, margin: &str) -> Result<String, String> {
        let mut draft = Draft::new(self.summary(margin)?);
        if self.subject.requirement.parts != Asked::No {
            self.draft_parts(&mut draft);
        }
        docstring::write(&draft, self.style, margin).map_err(|it| it.to_string())
    }

    fn draft_parts(&self, draft: &mut Draft) {
        let requirement = &self.subject.requirement;
        let wanted = self.wanted_params();
        let mut push = |kind, additions: Vec<Addition>| {
            if !additions.is_empty() {
                draft.push(kind, additions.into_iter().map(|it| it.entry).collect());
            }
        };
        push(SectionKind::Params, self.params(&wanted));
        if requirement.returns.is_some() {
            push(SectionKind::Returns, self.value(SectionKind::Returns));
        }
        if requirement.yields.is_some() {
            push(SectionKind::Yields, self.value(SectionKind::Yields));
        }
        push(SectionKind::Raises, self.raises(&[]));
    }

    /// The parameters that a class's constructor documents, which need not be told again.
    fn told_by_constructor(&self) -> Vec<String> {
        let reading = self.subject.reading;
        if self.subject.symbol.kind != SymbolKind::Class {
            return Vec::new();
        }
        let constructor = reading.constructor(self.subject.id);
        let docstring = constructor.and_then(|it| reading.docstring(it));
        let entries = docstring.into_iter().flat_map(|it| it.parsed.params());
        entries.flat_map(names_of).map(str::to_owned).collect()
    }

    /// The summary of a docstring that is indented by `margin`.
    fn summary(&self, margin: &str) -> Result<String, String> {
        let said = self.voice.summary(columns(margin));
        said.ok_or_else(|| "the answer has no summary".to_owned())
    }

    /// An entry with what is said of it; `None` where nothing is.
    fn addition(&self, kind: SectionKind, entry: DraftEntry) -> Option<Addition> {
        let name = entry.names.first().map(|it| it.trim_start_matches('*'));
        let spot = self.spot(kind, name);
        let said = self.voice.entry(spot)?;
        let entry = entry.said(said);
        Some(Addition { kind, entry })
    }

    /// Where a text stands.
    fn spot<'n>(&self, kind: SectionKind, name: Option<&'n str>) -> Spot<'n> {
        let indent = if let Some(written) = self.subject.docstring {
            columns(written.indent(self.text()))
        } else {
            let vacancy = self.subject.reading.module.vacancy(self.subject.id);
            vacancy.map_or(0, |it| columns(&it.margin()))
        };
        Spot {
            style: self.style(),
            indent,
            kind,
            name,
        }
    }

    /// The kind of section in which a docstring has an entry of this name.
    fn kind_of(&self, name: &str) -> SectionKind {
        let docstring = self.subject.docstring.map(|it| &it.parsed);
        let sections = docstring.into_iter().flat_map(|it| &it.sections);
        let bare = name.trim_start_matches('*');
        let mut having = sections.filter(|it| it.entries.iter().any(|it| it.name == Some(bare)));
        having.next().map_or(SectionKind::Params, |it| it.kind)
    }

    /// The parameters that a new docstring documents.
    fn wanted_params(&self) -> Vec<String> {
        let told = self.told_by_constructor();
        let params = self.subject.requirement.params.iter();
        let wanted = params.map(|it| it.name.to_owned());
        wanted.filter(|it| !told.contains(it)).collect()
    }

    fn params(&self, names: &[String]) -> Vec<Addition> {
        let signature = signature(self.subject);
        let params = || signature.into_iter().flat_map(|it| &it.params);
        let named = names.iter().filter_map(|name| {
            let param = params().find(|it| it.name == *name);
            let stars = param.map_or("", |it| it.kind.stars());
            let entry = DraftEntry::named(format!("{stars}{name}"));
            let annotation = param.and_then(|it| self.declared(it.annotation));
            self.addition(SectionKind::Params, entry.typed(annotation))
        });
        named.collect()
    }

    /// Exceptions: these where there is a section of them. Where there is none, all: what the summary tells of them
    /// counts only as long as no section does.
    fn raises(&self, names: &[String]) -> Vec<Addition> {
        let wanted = self.wanted_raises(names).into_iter();
        wanted
            .filter_map(|it| self.addition(SectionKind::Raises, DraftEntry::named(it)))
            .collect()
    }

    fn attributes(&self, names: &[String]) -> Vec<Addition> {
        let own = self.own_attributes();
        let named = names.iter().filter_map(|name| {
            let attribute = own.iter().find(|it| it.name == *name);
            let annotation = attribute.and_then(|it| self.declared(it.annotation));
            let entry = DraftEntry::named(name).typed(annotation);
            self.addition(SectionKind::Attributes, entry)
        });
        named.collect()
    }

    fn warned(&self, categories: &[String]) -> Vec<Addition> {
        let entries = categories.iter().map(DraftEntry::named);
        entries
            .filter_map(|it| self.addition(SectionKind::Warns, it))
            .collect()
    }

    /// The attributes of a class; of anything else none.
    fn own_attributes(&self) -> Vec<Attribute<'_>> {
        if self.subject.symbol.kind != SymbolKind::Class {
            return Vec::new();
        }
        python::attributes(self.subject.reading.module, self.subject.id)
    }

    fn wanted_raises(&self, names: &[String]) -> Vec<String> {
        let docstring = self.subject.docstring.map(|it| &it.parsed);
        let mut sections = docstring.into_iter().flat_map(|it| &it.sections);
        if sections.any(|it| it.kind == SectionKind::Raises) {
            return names.to_vec();
        }
        let all = self.subject.requirement.raises.iter();
        all.map(|it| it.name.to_owned()).collect()
    }

    /// A value that is returned, yielded or sent. NumPy style begins such an entry with its type.
    fn value(&self, kind: SectionKind) -> Vec<Addition> {
        let declared = self.value_annotation(kind);
        let mut entry = DraftEntry::default();
        if self.style() == Style::Numpy {
            let unknown = || self.voice.value_type(kind);
            entry = entry.typed(declared.and_then(one_line).or_else(unknown));
        }
        self.addition(kind, entry).into_iter().collect()
    }

    /// What the code says of the type of a value.
    fn value_annotation(&self, kind: SectionKind) -> Option<&str> {
        let returns = returns(self.subject.symbol)?.of(self.text());
        match kind {
            SectionKind::Yields => crate::contract::yielded_type(returns),
            SectionKind::Receives => None,
            _ => Some(returns),
        }
    }

    /// An annotated type, in the style that has types although the code says them.
    fn declared(&self, annotation: Option<Span>) -> Option<String> {
        let annotation = annotation.filter(|_| self.style() == Style::Numpy)?;
        one_line(annotation.of(self.text()))
    }

    /// The style of the docstring, or of the one to be.
    fn style(&self) -> Style {
        let own = self.subject.docstring.and_then(|it| it.parsed.style);
        own.unwrap_or(self.style)
    }

    fn docstring(&self) -> Result<&Written<'_>, String> {
        let written = self.subject.docstring;
        written.ok_or_else(|| "there is no docstring".to_owned())
    }

    fn text(&self) -> &str {
        self.subject.reading.module.text
    }
}

/// The parameters that the symbol's docstring documents: a class's are its constructor's.
fn signature<'s, 'a>(subject: &'s Subject<'a>) -> Option<&'s Signature<'a>> {
    let module = subject.reading.module;
    if subject.symbol.kind == SymbolKind::Class {
        let constructor = subject.reading.constructor(subject.id)?;
        return module.symbol(constructor).signature.as_ref();
    }
    subject.symbol.signature.as_ref()
}

fn returns(symbol: &Symbol<'_>) -> Option<Span> {
    symbol.signature.as_ref()?.returns
}

/// An annotation as a docstring has it: without quotes, in one line.
fn one_line(annotation: &str) -> Option<String> {
    let unquoted = ['"', '\''].into_iter().find_map(|quote| {
        let inner = annotation.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inner.contains(quote)).then_some(inner)
    });
    let bare = unquoted.unwrap_or(annotation);
    let is_plain = !bare.contains(['#', '\\']);
    is_plain.then(|| bare.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Columns that an indentation takes.
fn columns(indent: &str) -> usize {
    indent
        .chars()
        .map(|it| if it == '\t' { 8 } else { 1 })
        .sum()
}
