//! What words a finding asks for.

use super::super::voice::Voice;
use super::super::words::Wanted;
use super::anew::Pick;
use super::{Sketch, signature};
use crate::contract::Asked;
use crate::docstring::{SectionKind, Style};
use crate::rules::{self, Finding, Selection, Subject};

/// How far words are asked for.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Extent {
    /// The style of a docstring that is to be.
    pub(in super::super) style: Style,
    /// Whether a docstring that lacks something is written anew.
    pub(in super::super) anew: bool,
    /// The rules that run: what only some of them ask for is asked for with the rest.
    pub(in super::super) selection: Selection,
}

impl Extent {
    fn asks(self, code: &str) -> bool {
        rules::find(code).is_some_and(|it| self.selection.has(it))
    }
}

/// What words `finding` asks for; `None` where it asks for none, or there is no place for them.
pub(in super::super) fn parts(
    subject: &Subject<'_>,
    finding: &Finding,
    extent: Extent,
) -> Option<Wanted> {
    let sketch = Sketch::of(subject, extent.style);
    let mut wanted = Wanted::default();
    match finding.rule.code {
        "DG100" | "DG101" | "DG102" | "DG103" | "DG104" | "DG105" | "DG106" | "DG107" | "DG108" => {
            wanted.summary = true;
            if subject.requirement.parts != Asked::No {
                sketch.whole(&mut wanted, extent);
            }
        }
        "DG801" => wanted.summary = true,
        "DG201" => wanted.args.clone_from(&finding.entries),
        "DG208" => {
            for name in &finding.entries {
                match sketch.kind_of(name) {
                    SectionKind::Raises => wanted.raises.push(name.clone()),
                    kind if kind.is_params() => wanted.args.push(name.clone()),
                    _ => return None,
                }
            }
        }
        "DG301" => wanted.returns = true,
        "DG401" => wanted.yields = true,
        "DG404" => wanted.receives = true,
        "DG501" => wanted.raises = sketch.wanted_raises(&finding.entries),
        "DG504" => wanted.warns.clone_from(&finding.entries),
        "DG601" => wanted.attributes.clone_from(&finding.entries),
        "DG802" => wanted = sketch.wanted_of(Pick::Unwritten),
        "DG803" if extent.anew => wanted = sketch.wanted_of(Pick::Names(&finding.entries)),
        _ => return None,
    }
    wanted.typed |= sketch.is_type_wanted(&wanted);
    Some(wanted).filter(|it| !it.is_empty())
}

impl<'s, 'a> Sketch<'s, 'a> {
    pub(super) const fn of(subject: &'s Subject<'a>, style: Style) -> Self {
        Self {
            subject,
            style,
            voice: Voice::Placeholder,
        }
    }

    /// All that a new docstring holds besides its summary.
    fn whole(&self, wanted: &mut Wanted, extent: Extent) {
        let requirement = &self.subject.requirement;
        wanted.args = self.wanted_params();
        wanted.returns = requirement.returns.is_some();
        wanted.yields = requirement.yields.is_some();
        wanted.raises = self.wanted_raises(&[]);
        let facts = &self.subject.symbol.facts;
        wanted.receives = facts.receives && wanted.yields && extent.asks("DG404");
        if extent.asks("DG504") {
            for category in facts.warns.iter().filter_map(|it| it.category) {
                if wanted.warns.iter().all(|it| it != category) {
                    wanted.warns.push(category.to_owned());
                }
            }
        }
    }

    /// Whether a value is wanted whose entry begins with a type, and the code does not tell it.
    pub(super) fn is_type_wanted(&self, wanted: &Wanted) -> bool {
        let is_untold = |kind| {
            self.value_annotation(kind)
                .and_then(super::one_line)
                .is_none()
        };
        self.style() == Style::Numpy
            && [
                (wanted.returns, SectionKind::Returns),
                (wanted.yields, SectionKind::Yields),
                (wanted.receives, SectionKind::Receives),
            ]
            .into_iter()
            .any(|(is_wanted, kind)| is_wanted && is_untold(kind))
    }

    /// Whether the symbol has a parameter of this name.
    pub(super) fn has_param(&self, name: &str) -> bool {
        let signature = signature(self.subject);
        let mut params = signature.into_iter().flat_map(|it| &it.params);
        let mut asked = self.subject.requirement.params.iter();
        params.any(|it| it.name == name) || asked.any(|it| it.name == name)
    }
}
