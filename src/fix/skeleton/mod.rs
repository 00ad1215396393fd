//! Placeholders for what needs words: DG802 goes on failing them, so that no skeleton passes for documentation.

use super::wish::Wish;
use crate::contract::{Asked, Reading, Written, names_of};
use crate::docstring::{self, Addition, Change, Draft, DraftEntry, SectionKind, Style};
use crate::python::{self, Attribute, Signature, Symbol, SymbolKind};
use crate::rules::{Finding, Subject};
use crate::text::{Edit, Span};

/// What stands where words are to be.
const PLACEHOLDER: &str = "TODO";

/// The edits that put placeholders where `finding`, one of the symbol of `subject`, finds nothing; `None` where it finds
/// something else. An error says why there is no place for them.
pub(super) fn edits(
    subject: &Subject<'_>,
    finding: &Finding,
    style: Style,
    wish: Wish,
) -> Option<Result<Vec<Edit>, String>> {
    let sketch = Sketch { subject, style };
    let code = finding.rule.code;
    let additions: Vec<Addition> = match code {
        "DG100" | "DG101" | "DG102" | "DG103" | "DG104" | "DG105" | "DG106" | "DG107" => {
            return Some(sketch.vacant(wish.unsafe_fixes));
        }
        "DG108" => return Some(sketch.filled()),
        "DG801" => return Some(sketch.summarised()),
        "DG208" => return Some(sketch.described(&finding.entries)),
        "DG201" => sketch.params(&finding.entries),
        "DG301" => vec![sketch.value(SectionKind::Returns)],
        "DG401" => vec![sketch.value(SectionKind::Yields)],
        "DG404" => vec![sketch.value(SectionKind::Receives)],
        "DG501" => sketch.raises(&finding.entries),
        "DG504" => warned(&finding.entries),
        "DG601" => sketch.attributes(&finding.entries),
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

fn addition(kind: SectionKind, entry: DraftEntry) -> Addition {
    let entry = entry.said(PLACEHOLDER);
    Addition { kind, entry }
}

fn warned(categories: &[String]) -> Vec<Addition> {
    let entries = categories.iter().map(DraftEntry::named);
    entries.map(|it| addition(SectionKind::Warns, it)).collect()
}

struct Sketch<'s, 'a> {
    subject: &'s Subject<'a>,
    style: Style,
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
        let words = format!("{PLACEHOLDER}\n\n{margin}");
        self.edits(written, vec![Change { within, words }])
    }

    /// Words behind names of which nothing is said.
    fn described(&self, names: &[String]) -> Result<Vec<Edit>, String> {
        let written = self.docstring()?;
        let margin = written.indent(self.text());
        let changes = docstring::describe(&written.parsed, names, PLACEHOLDER, margin);
        self.edits(written, changes.map_err(|it| it.to_string())?)
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
        let mut draft = Draft::new(PLACEHOLDER);
        if self.subject.requirement.parts != Asked::No {
            self.draft_parts(&mut draft);
        }
        docstring::write(&draft, self.style, margin).map_err(|it| it.to_string())
    }

    fn draft_parts(&self, draft: &mut Draft) {
        let requirement = &self.subject.requirement;
        let told = self.told_by_constructor();
        let wanted = requirement.params.iter().map(|it| it.name.to_owned());
        let wanted: Vec<String> = wanted.filter(|it| !told.contains(it)).collect();
        let mut push = |kind, additions: Vec<Addition>| {
            if !additions.is_empty() {
                draft.push(kind, additions.into_iter().map(|it| it.entry).collect());
            }
        };
        push(SectionKind::Params, self.params(&wanted));
        if requirement.returns.is_some() {
            push(SectionKind::Returns, vec![self.value(SectionKind::Returns)]);
        }
        if requirement.yields.is_some() {
            push(SectionKind::Yields, vec![self.value(SectionKind::Yields)]);
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

    fn params(&self, names: &[String]) -> Vec<Addition> {
        let signature = signature(self.subject);
        let params = || signature.into_iter().flat_map(|it| &it.params);
        let named = names.iter().map(|name| {
            let param = params().find(|it| it.name == *name);
            let stars = param.map_or("", |it| it.kind.stars());
            let entry = DraftEntry::named(format!("{stars}{name}"));
            addition(
                SectionKind::Params,
                entry.typed(param.and_then(|it| self.declared(it.annotation))),
            )
        });
        named.collect()
    }

    /// Exceptions: these where there is a section of them. Where there is none, all: what the summary tells of them
    /// counts only as long as no section does.
    fn raises(&self, names: &[String]) -> Vec<Addition> {
        let docstring = self.subject.docstring.map(|it| &it.parsed);
        let mut sections = docstring.into_iter().flat_map(|it| &it.sections);
        let has_section = sections.any(|it| it.kind == SectionKind::Raises);
        let all = self.subject.requirement.raises.iter().map(|it| it.name);
        let wanted: Vec<&str> = if has_section {
            names.iter().map(String::as_str).collect()
        } else {
            all.collect()
        };
        let entries = wanted.into_iter().map(DraftEntry::named);
        entries
            .map(|it| addition(SectionKind::Raises, it))
            .collect()
    }

    fn attributes(&self, names: &[String]) -> Vec<Addition> {
        let own = self.own_attributes();
        let named = names.iter().map(|name| {
            let attribute = own.iter().find(|it| it.name == *name);
            let annotation = attribute.and_then(|it| self.declared(it.annotation));
            let entry = DraftEntry::named(name).typed(annotation);
            addition(SectionKind::Attributes, entry)
        });
        named.collect()
    }

    /// The attributes of a class; of anything else none.
    fn own_attributes(&self) -> Vec<Attribute<'_>> {
        if self.subject.symbol.kind != SymbolKind::Class {
            return Vec::new();
        }
        python::attributes(self.subject.reading.module, self.subject.id)
    }

    /// A value that is returned, yielded or sent. NumPy style begins such an entry with its type.
    fn value(&self, kind: SectionKind) -> Addition {
        let returns = returns(self.subject.symbol).map(|it| it.of(self.text()));
        let declared = match kind {
            SectionKind::Yields => returns.and_then(crate::contract::yielded_type),
            SectionKind::Receives => None,
            _ => returns,
        };
        if self.style() != Style::Numpy {
            return addition(kind, DraftEntry::default());
        }
        let declared = declared.and_then(one_line);
        let told = declared.unwrap_or_else(|| PLACEHOLDER.to_owned());
        addition(kind, DraftEntry::default().typed(Some(told)))
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
