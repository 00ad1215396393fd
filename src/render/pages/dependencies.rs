//! What a module imports: of the project, of other packages, of the standard library.

use std::collections::BTreeSet;

use super::Site;
use super::markup::code;
use super::member::Source;
use super::sections::table;
use crate::python::{Import, Module, SymbolId, SymbolKind, is_standard_library};

/// The modules of the project that a module imports.
#[derive(Default)]
pub(super) struct Imports {
    pub(super) all: BTreeSet<String>,
    /// Those that are imported while the module is itself: not in a function, and not for types only.
    pub(super) at_once: BTreeSet<String>,
}

impl Source<'_> {
    /// The section of dependencies, and the modules of the project among them.
    pub(super) fn dependencies(&self, out: &mut String) -> Imports {
        let (site, name, module) = (self.site, self.name, self.module);
        let is_package = module.symbol(SymbolId::MODULE).kind == SymbolKind::Package;
        let mut local = Imports::default();
        let (mut standard, mut other) = (BTreeSet::new(), BTreeSet::new());
        let mut types_only = TypesOnly::default();
        for import in &module.imports {
            if let Some((known, _)) = site.local(name, is_package, import) {
                if known != name {
                    local.all.insert(known.to_owned());
                    if !is_late(module, import) && !types_only.has(module.text, import) {
                        local.at_once.insert(known.to_owned());
                    }
                }
                continue;
            }
            let top = import.module.split('.').next().unwrap_or_default().trim();
            if top.is_empty() {
                continue;
            }
            let names = if is_standard_library(top) {
                &mut standard
            } else {
                &mut other
            };
            names.insert(top);
        }
        let links: Vec<_> = local.all.iter().map(|it| site.link(it)).collect();
        let listed = |names: &BTreeSet<&str>| {
            let names = names.iter().map(|it| code(it));
            names.collect::<Vec<_>>().join(", ")
        };
        let rows = [
            ("This project", links.join(", ")),
            ("Third party", listed(&other)),
            ("Standard library", listed(&standard)),
        ];
        let rows = rows.into_iter().filter(|(_, names)| !names.is_empty());
        let rows: Vec<_> = rows
            .map(|(origin, names)| vec![origin.to_owned(), names])
            .collect();
        if !rows.is_empty() {
            out.push_str("## Dependencies\n\n");
            table(&["From", "What"], &rows, out);
        }
        local
    }

    /// What a package takes from its modules for others to import from it.
    pub(super) fn reexports(&self, out: &mut String) {
        let module = self.module;
        let kind = module.symbol(SymbolId::MODULE).kind;
        let exports = module.exports.as_ref();
        let mut rows = Vec::new();
        let mut seen = BTreeSet::new();
        for import in &module.imports {
            let is_meant = match exports {
                Some(names) => names.contains(&import.bound),
                None => kind == SymbolKind::Package && !import.bound.starts_with('_'),
            };
            let Some(member) = import.member.filter(|it| *it != "*" && is_meant) else {
                continue;
            };
            let known = self
                .site
                .local(self.name, kind == SymbolKind::Package, import);
            let Some((known, false)) = known.filter(|it| it.0 != self.name) else {
                continue;
            };
            if !is_late(module, import) && seen.insert(import.bound) {
                let from = self.site.link(known);
                let renamed = if member == import.bound {
                    String::new()
                } else {
                    format!(", there {}", code(member))
                };
                rows.push(vec![code(import.bound), from + &renamed]);
            }
        }
        if !rows.is_empty() {
            out.push_str("## Names from other modules\n\n");
            table(&["Name", "From"], &rows, out);
        }
    }
}

/// Whether an import is made only when a function is called.
fn is_late(module: &Module<'_>, import: &Import<'_>) -> bool {
    let before = module
        .symbols
        .partition_point(|it| it.span.start < import.span.start);
    let mut around = before.checked_sub(1).and_then(|at| module.symbols.get(at));
    while let Some(symbol) = around {
        if symbol.kind.is_function() && import.span.end <= symbol.span.end {
            return true;
        }
        around = symbol.parent.map(|it| module.symbol(it));
    }
    false
}

/// Which imports stand below `if TYPE_CHECKING:`.
#[derive(Default)]
struct TypesOnly {
    /// Where the last line of that kind begins, and what its block is indented by more than.
    at: Option<(usize, usize)>,
    /// What was read before this.
    read: usize,
}

impl TypesOnly {
    /// Asked for imports in the order of the text.
    fn has(&mut self, text: &str, import: &Import<'_>) -> bool {
        let start = import.span.start as usize;
        let indent = |line: &str| line.len() - line.trim_start().len();
        for line in text[self.read.min(start)..start].split_inclusive('\n') {
            let trimmed = line.trim();
            if trimmed.is_empty() || !line.ends_with('\n') {
                continue;
            }
            if self.at.is_some_and(|it| indent(line) <= it.1) {
                self.at = None;
            }
            if trimmed.starts_with("if ")
                && trimmed.trim_end_matches(':').ends_with("TYPE_CHECKING")
            {
                self.at = Some((start, indent(line)));
            }
        }
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        self.read = line;
        let column = indent(text[line..].lines().next().unwrap_or_default());
        self.at.is_some_and(|it| column > it.1)
    }
}

impl Site {
    /// The page of the module that `path`, a dotted name in the module `name`, leads into by an import, if it is another.
    pub(super) fn imported<'a>(
        &'a self,
        name: &str,
        module: &Module<'_>,
        path: &str,
    ) -> Option<&'a str> {
        let (head, rest) = path.split_once('.').unwrap_or((path, ""));
        let is_package = module.symbol(SymbolId::MODULE).kind == SymbolKind::Package;
        let import = module.imports.iter().find(|it| it.bound == head)?;
        let (known, is_module) = self.local(name, is_package, import)?;
        if rest.is_empty() {
            return (!is_module && known != name).then_some(known);
        }
        // `a.b.C` behind `import a.b`: the longest part that is a module.
        let whole = if import.member.is_none() && import.bound != import.module {
            let top = import.module.split('.').next().unwrap_or_default();
            if top == head {
                path.to_owned()
            } else {
                format!("{known}.{rest}")
            }
        } else {
            format!("{known}.{rest}")
        };
        let mut longest = whole.as_str();
        while let Some((shorter, _)) = longest.rsplit_once('.') {
            longest = shorter;
            if let Some((found, _)) = self.stems.get_key_value(longest) {
                return (found != name).then_some(found.as_str());
            }
        }
        None
    }
}
