//! Whole small modules, read and compared.

use super::*;

fn read(text: &str) -> Module<'_> {
    outline(text, SymbolKind::Module)
}

fn names(text: &str) -> Vec<String> {
    let symbols = read(text).symbols;
    symbols
        .into_iter()
        .skip(1)
        .map(|symbol| symbol.qualname)
        .collect()
}

#[test]
fn nested_and_hidden_definitions_are_found() {
    let text = "if a:\n  try:\n    def f(): pass\n  except E:\n    class C:\n      async def g(self):\n        with x as y:\n          match z:\n            case 1:\n              def h(): ...\n            case _: pass\n      x = 1\ndef i(): return 1\n";
    assert_eq!(names(text), ["f", "C", "C.g", "C.g.<locals>.h", "i"]);
    assert!(read(text).errors.is_empty());
}
