//! One symbol's missing words as a question: what a prompt says of it, and the name of its answer in the store.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::context::{self, Part, Surroundings};
use super::library::{Documented, Seek};
use super::prompt;
use super::truth::Evidence;
use super::wanted::Wanted;
use super::{schema, view};
use crate::check::{FileReport, Job};
use crate::contract::Reading;
use crate::docstring::Style;
use crate::fix::plan;
use crate::python::SymbolId;
use crate::rules::Subject;
use crate::store;
use crate::{ai, fix::skeleton, fix::wish::Wish};
use skeleton::Extent;

/// One symbol's missing words.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) id: SymbolId,
    pub(super) qualname: String,
    pub(super) wanted: Wanted,
    /// What the prompt shows.
    pub(super) parts: Vec<Part>,
    /// What it says of the symbol: `function `f` of a.py`.
    pub(super) title: String,
    /// Tokens of all that.
    pub(super) tokens: u64,
    /// The name of the answer in the store.
    pub(super) key: String,
    pub(super) evidence: Evidence,
}

/// A symbol that is not asked for, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its file.
    pub path: String,
    /// Its qualified name.
    pub qualname: String,
    /// Why.
    pub reason: String,
}

/// What decides about questions, the same for a whole run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms<'t> {
    pub(super) around: Surroundings<'t>,
    pub(super) model: &'t str,
    pub(super) wish: Wish,
    pub(super) skip_secrets: bool,
    /// The symbols that are asked for, where not all are.
    pub(super) only: Option<&'t BTreeSet<(String, String)>>,
}

/// The questions of a file, and the symbols that none can be made of.
pub(super) fn of_file(
    job: &Job,
    report: &FileReport,
    terms: Terms<'_>,
) -> (Vec<Ask>, Vec<Refused>) {
    if !report
        .symbols
        .iter()
        .any(|it| plan::wordless(it).next().is_some())
    {
        return Default::default();
    }
    plan::with_reading(job, report, |reading| {
        let mut open = Vec::new();
        let names = Arc::new(super::truth::names(reading.module.text));
        let style = skeleton::style(reading, terms.wish);
        for (id, symbol) in plan::symbols(reading, report) {
            let name = || (terms.around.path.to_owned(), symbol.qualname.clone());
            let is_asked = terms.only.is_none_or(|it| it.contains(&name()));
            if !is_asked || plan::wordless(symbol).next().is_none() {
                continue;
            }
            let subject = Subject::new(reading, id);
            let extent = extent(job, style, terms.wish);
            let wanted = Wanted::of(&subject, plan::wordless(symbol), extent);
            if wanted.is_empty() {
                continue;
            }
            open.push((id, symbol.qualname.clone(), wanted));
        }
        // Together: each question to an index or a model takes its time.
        let around = terms.around;
        let sought = open
            .iter()
            .map(|it| context::seek(reading, it.0, around.path));
        let sought: Vec<Seek> = sought.collect();
        let similar = around
            .library
            .similar(around.session, &sought, around.similar);
        let (mut asks, mut refused) = (Vec::new(), Vec::new());
        for ((id, qualname, wanted), similar) in open.into_iter().zip(similar) {
            match of_symbol(reading, id, wanted, (&names, style, &similar), terms) {
                Ok(ask) => asks.push(ask),
                Err(reason) => refused.push(Refused {
                    path: around.path.to_owned(),
                    qualname,
                    reason,
                }),
            }
        }
        (asks, refused)
    })
}

/// How far words are asked for in a file.
fn extent(job: &Job, style: Style, wish: Wish) -> Extent {
    Extent {
        style,
        anew: wish.anew,
        selection: job.settings.rules.selection,
    }
}

/// What each symbol still lacks.
pub(super) fn lacking(job: &Job, report: &FileReport, wish: Wish) -> Vec<(SymbolId, Wanted)> {
    plan::with_reading(job, report, |reading| {
        let extent = extent(job, skeleton::style(reading, wish), wish);
        let symbols = plan::symbols(reading, report).into_iter();
        let wanted = symbols.map(|(id, symbol)| {
            let subject = Subject::new(reading, id);
            (id, Wanted::of(&subject, plan::wordless(symbol), extent))
        });
        wanted.filter(|it| !it.1.is_empty()).collect()
    })
}

fn of_symbol(
    reading: &Reading<'_>,
    id: SymbolId,
    wanted: Wanted,
    (names, style, similar): (&Arc<HashSet<String>>, Style, &[Documented]),
    terms: Terms<'_>,
) -> Result<Ask, String> {
    let module = reading.module;
    let symbol = module.symbol(id);
    place(reading, id, terms.wish)?;
    let source = view::source(module, id);
    let parts = shown(reading, id, similar, terms)?;
    let line = wanted.line();
    let essence = view::essence(module, id);
    // Other files' words are no part of the name: they are mended in the same run, and answers must be found again.
    let own = parts
        .iter()
        .skip(1)
        .filter(|it| it.is_own)
        .map(|it| it.text.as_str());
    let head = [
        prompt::VERSION,
        schema::VERSION,
        style.word(),
        terms.model,
        &line,
        &essence,
    ];
    // What gives way to an answer is a part of what was asked.
    let old = reading.docstring(id).filter(|_| wanted.anew);
    let old = old.map_or("", |it| it.parsed.value);
    let key = store::key(head.into_iter().chain([old]).chain(own));
    let title = format!(
        "{} `{}` of {}",
        symbol.kind.word(),
        symbol.qualname,
        terms.around.path
    );
    let shown: u64 = parts
        .iter()
        .map(|it| terms.around.counter.count(&it.text) + 12)
        .sum();
    Ok(Ask {
        id,
        qualname: symbol.qualname.clone(),
        tokens: shown + terms.around.counter.count(&line) + 40,
        wanted,
        parts,
        title,
        key,
        evidence: Evidence {
            source,
            names: Arc::clone(names),
        },
    })
}

/// Whether there is a place for a docstring.
fn place(reading: &Reading<'_>, id: SymbolId, wish: Wish) -> Result<(), String> {
    let module = reading.module;
    if module.symbol(id).docstring.is_some() {
        return Ok(());
    }
    let vacancy = module.vacancy(id);
    let vacancy = vacancy.ok_or("there is no plain place for a docstring")?;
    if vacancy.is_inline && !wish.unsafe_fixes {
        let reason =
            "its body stands in the line of its header: `--unsafe-fixes` gives it lines of its own";
        return Err(reason.to_owned());
    }
    Ok(())
}

/// What the prompt shows of a symbol, secrets masked.
fn shown(
    reading: &Reading<'_>,
    id: SymbolId,
    similar: &[Documented],
    terms: Terms<'_>,
) -> Result<Vec<Part>, String> {
    let mut parts = context::parts(reading, id, similar, terms.around)?;
    let mut secrets = 0;
    for part in &mut parts {
        let (masked, count) = ai::masked(&part.text);
        secrets += count;
        if count > 0 {
            part.text = masked.into_owned();
        }
    }
    if secrets > 0 && terms.skip_secrets {
        return Err("it holds what looks like a secret (`ai.secrets = \"skip\"`)".to_owned());
    }
    Ok(parts)
}
