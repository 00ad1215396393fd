//! What of a symbol's source a prompt shows.

use std::fmt::Write as _;

use crate::meter::TokenCounter;
use crate::python::{Module, Symbol, SymbolId, SymbolKind};
use crate::text::Span;

/// The source of a symbol: all of a function; of a class or module the bodies of its functions are left out, but for
/// `__init__`.
pub(super) fn source(module: &Module<'_>, id: SymbolId) -> String {
    let symbol = module.symbol(id);
    let start = line_start(module.text, whole(symbol).start);
    if symbol.kind.is_function() {
        return Span::new(start, symbol.span.end)
            .of(module.text)
            .trim_end()
            .to_owned();
    }
    let mut out = String::new();
    let mut at = start;
    for (_, child) in module.ids().filter(|it| is_below(module, it.0, id)) {
        let body = Span::new(child.header.end, child.span.end);
        let is_hidden = child.kind.is_function() && child.name != "__init__";
        if is_hidden && body.start >= at {
            out.push_str(Span::new(at, body.start).of(module.text));
            out.push_str(" ...");
            at = body.end;
        }
    }
    let end = if symbol.kind.is_module() {
        module.text.len() as u32
    } else {
        symbol.span.end
    };
    out.push_str(Span::new(at.min(end), end).of(module.text));
    out.trim_end().to_owned()
}

/// The source without its docstring, blanks aside: what an answer is good for.
pub(super) fn essence(module: &Module<'_>, id: SymbolId) -> String {
    let symbol = module.symbol(id);
    let span = whole(symbol);
    let gap = symbol
        .docstring
        .as_ref()
        .map_or(Span::empty(span.end), |it| it.span);
    let before = Span::new(span.start, gap.start.max(span.start)).of(module.text);
    let behind = Span::new(gap.end.min(span.end), span.end).of(module.text);
    let words = before.split_whitespace().chain(behind.split_whitespace());
    words.collect::<Vec<_>>().join(" ")
}

/// The header of a symbol in one line.
pub(super) fn header(module: &Module<'_>, symbol: &Symbol<'_>) -> String {
    let text = Span::new(symbol.span.start, symbol.header.end).of(module.text);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(300).collect()
}

/// From its decorators to its end.
fn whole(symbol: &Symbol<'_>) -> Span {
    if symbol.kind.is_module() {
        return symbol.span;
    }
    Span::new(symbol.header.start.min(symbol.span.start), symbol.span.end)
}

fn is_below(module: &Module<'_>, id: SymbolId, above: SymbolId) -> bool {
    let mut parent = module.symbol(id).parent;
    while let Some(it) = parent {
        if it == above {
            return true;
        }
        if module.symbol(it).kind != SymbolKind::Class {
            return false;
        }
        parent = module.symbol(it).parent;
    }
    false
}

fn line_start(text: &str, at: u32) -> u32 {
    let before = text.get(..at as usize).unwrap_or_default();
    before.rfind('\n').map_or(0, |it| it as u32 + 1)
}

/// `text` in at most `budget` tokens: its middle goes first, its head (`lines` of it), `raise`, `return` and `yield` never.
/// `None` where even these are too many.
pub(super) fn fitted(
    text: &str,
    head: usize,
    budget: u64,
    counter: &TokenCounter,
) -> Option<String> {
    let total = counter.count(text);
    if total <= budget {
        return Some(text.to_owned());
    }
    let lines: Vec<&str> = text.lines().collect();
    let cost = |line: &str| (line.len() as u64 + 1) * total / (text.len() as u64).max(1) + 1;
    let is_kept = |line: &str| {
        let line = line.trim_start();
        ["raise", "return", "yield"]
            .iter()
            .any(|it| line.starts_with(it))
            || line.contains(" yield ")
    };
    let mut kept: Vec<bool> = lines
        .iter()
        .enumerate()
        .map(|(at, it)| at < head || is_kept(it))
        .collect();
    let mut used: u64 = lines
        .iter()
        .zip(&kept)
        .filter(|it| *it.1)
        .map(|it| cost(it.0))
        .sum();
    if used > budget {
        return None;
    }
    let (mut front, mut back) = (0, lines.len());
    let mut from_front = true;
    while front < back {
        let at = if from_front { front } else { back - 1 };
        if !kept[at] {
            let cost = cost(lines[at]);
            if used + cost > budget {
                break;
            }
            used += cost;
            kept[at] = true;
        }
        if from_front {
            front += 1;
        } else {
            back -= 1;
        }
        from_front = !from_front;
    }
    Some(joined(&lines, &kept))
}

/// The lines that are kept, and where others are left out.
fn joined(lines: &[&str], kept: &[bool]) -> String {
    let mut out = String::new();
    let mut left_out = 0;
    for (line, kept) in lines.iter().zip(kept) {
        if !kept {
            left_out += 1;
            continue;
        }
        note(&mut out, &mut left_out);
        out.push_str(line);
        out.push('\n');
    }
    note(&mut out, &mut left_out);
    out.trim_end().to_owned()
}

fn note(out: &mut String, left_out: &mut usize) {
    if *left_out > 0 {
        let _ = writeln!(out, "# ({left_out} lines are left out here)");
        *left_out = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::outline;

    const TEXT: &str = "class C(B):\n    x = 1\n\n    def __init__(self, a):\n        self.a = a\n\n    @cache\n    def f(self):\n        \
                        \"\"\"Doc.\"\"\"\n        return   1\n\n    class D:\n        def g(self):\n            pass\n\ny = 2\n";

    fn id(module: &Module<'_>, name: &str) -> SymbolId {
        module.ids().find(|it| it.1.qualname == name).unwrap().0
    }

    #[test]
    fn classes_are_shown_without_the_bodies_of_their_methods() {
        let module = outline(TEXT, SymbolKind::Module);
        let class = source(&module, id(&module, "C"));
        assert_eq!(
            class,
            "class C(B):\n    x = 1\n\n    def __init__(self, a):\n        self.a = a\n\n    @cache\n    def f(self): ...\n\n    \
             class D:\n        def g(self): ..."
        );
        let method = source(&module, id(&module, "C.f"));
        assert!(
            method.starts_with("    @cache\n    def f(self):"),
            "{method}"
        );
        assert!(method.ends_with("return   1"));
        let whole = source(&module, SymbolId::MODULE);
        assert!(
            whole.ends_with("y = 2") && whole.contains("def f(self): ..."),
            "{whole}"
        );
    }

    #[test]
    fn the_essence_has_no_docstring_and_no_layout() {
        let module = outline(TEXT, SymbolKind::Module);
        assert_eq!(
            essence(&module, id(&module, "C.f")),
            "@cache def f(self): return 1"
        );
    }

    #[test]
    fn the_middle_of_a_body_goes_first() {
        let middle = "    value = compute(value, other)\n".repeat(200);
        let text = format!(
            "def f(a):\n    first = a\n{middle}    raise ValueError(a)\n{middle}    last = a\n    return last"
        );
        let counter = TokenCounter::new("gpt-4o");
        let out = fitted(&text, 1, 200, &counter).unwrap();
        for part in [
            "def f(a):",
            "first = a",
            "raise ValueError(a)",
            "last = a",
            "return last",
            "lines are left out",
        ] {
            assert!(out.contains(part), "{part}: {out}");
        }
        assert!(counter.count(&out) <= 260, "{}", counter.count(&out));
        assert_eq!(fitted(&text, 1, 5, &counter), None);
        assert_eq!(fitted("x", 1, 5, &counter).unwrap(), "x");
    }
}
