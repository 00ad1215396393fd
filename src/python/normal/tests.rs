//! What counts as equal code, and what does not.

use super::super::{SymbolId, SymbolKind, outline};
use super::{BodyToken, body_tokens, normalised};
use crate::text::Span;

fn body(text: &str) -> String {
    let module = outline(text, SymbolKind::Module);
    assert!(module.errors.is_empty(), "{text}: {:?}", module.errors);
    let words = body_tokens(&module, SymbolId(1))
        .into_iter()
        .map(|token| match token {
            BodyToken::Newline => ";".to_owned(),
            BodyToken::Indent => ">".to_owned(),
            BodyToken::Dedent => "<".to_owned(),
            BodyToken::Text(word) => word.into_owned(),
        });
    words.collect::<Vec<_>>().join(" ")
}

fn expression(text: &str) -> String {
    normalised(text, Span::new(0, text.len() as u32))
}

fn statement(text: &str) -> String {
    body(&format!("def f():\n    {text}\n"))
}

#[test]
fn the_body_without_header_docstring_and_nested_definitions() {
    let text = "@d\ndef f(a):\n    '''Doc.'''\n    # comment\n    x = 1\n    @e\n    def g():\n        return 2\n    class C: pass\n    return x\ny = 3\n";
    assert_eq!(body(text), "x = 1 ; return x ;");
    assert_eq!(body("def f(): return 1"), "return 1 ;");
    assert_eq!(
        body("class C:\n    '''Doc.'''; x = 1\n    def f(self): pass\n"),
        "x = 1 ;"
    );
}

#[test]
fn blocks_are_told_apart_and_layout_is_not() {
    let block = "def f():\n    if a:\n        b()\n    c()\n";
    assert_eq!(body(block), "if a ; > b ( ) ; < c ( ) ;");
    assert_eq!(body("def f():\n  if a: b()\n  c()"), body(block));
    assert_eq!(
        body("def f():\n\tif (a):\n\t\tb(\n\t\t);\n\tc()"),
        body(block)
    );
    assert_ne!(
        body("def f():\n    if a:\n        b()\n        c()\n"),
        body(block)
    );
    let deep = "def f():\n    if a:\n        if b:\n            c\n    d\n";
    assert_eq!(body(deep), "if a ; > if b ; > c ; < < d ;");
}

#[test]
fn literals_by_their_value() {
    assert_eq!(expression("'it\\'s'"), expression("\"it's\""));
    assert_eq!(expression("u'a' R\"b\""), expression("'ab'"));
    assert_eq!(expression("b'a'"), expression("B\"a\""));
    assert_ne!(expression("b'a'"), expression("'a'"));
    assert_ne!(expression("'a' + 'b'"), expression("'a\" + \"b'"));
    assert_eq!(expression("0XFF + 1E5J"), "0xff + 1e5j");
    assert_eq!(expression("F'a{b!r:>{c}}'"), expression("f\"a{b!r:>{c}}\""));
    assert_ne!(expression("f'a'"), expression("'a'"));
}

#[test]
fn redundant_parentheses_go() {
    for (with, without) in [
        ("x = (a + b)", "x = a + b"),
        ("x = ((a)).b", "x = a.b"),
        ("return (a and b)", "return a and b"),
        ("return (a, b,)", "return a, b"),
        ("(a, b) = c", "a, b = c"),
        ("for (a, b) in (c, d): pass", "for a, b in c, d: pass"),
        ("for a in (b or c): pass", "for a in b or c: pass"),
        ("assert (a), (b or c)", "assert a, b or c"),
        ("f((a), b=(c + d),)", "f(a, b=c + d)"),
        ("x = [(a), (b if c else d),]", "x = [a, b if c else d]"),
        ("with (a as b, c as d,): pass", "with a as b, c as d: pass"),
        ("from m import (a, b as c,)", "from m import a, b as c"),
        ("from m import (a as b)", "from m import a as b"),
        ("x = (\n  yield\n)", "x = yield"),
        ("if (x := f()): pass", "if x := f(): pass"),
        ("x[(a + b)]", "x[a + b]"),
        ("not (a)", "not a"),
        ("x = 1 + \\\n 2", "x = (1 +\n 2)"),
    ] {
        assert_eq!(statement(with), statement(without), "{with}");
    }
}

#[test]
fn other_parentheses_and_commas_stay() {
    for (one, other) in [
        ("x = (a + b) * c", "x = a + b * c"),
        ("x = a in (b and c)", "x = a in b and c"),
        ("x = (a,)", "x = a"),
        ("x = a,", "x = a"),
        ("x = b[a,]", "x = b[a]"),
        ("f((a, b))", "f(a, b)"),
        ("x = [(a for a in b)]", "x = [a for a in b]"),
        ("x = ()", "x ="),
        ("x = f()", "x = f"),
        ("x = (await a).b", "x = await a.b"),
        ("x = a, (b, c)", "x = a, b, c"),
    ] {
        assert_ne!(statement(one), statement(other), "{one}");
    }
}

#[test]
fn expressions_over_several_lines() {
    assert_eq!(expression("{\n  'a': (1),\n  # b\n}"), "{ \"a\" : 1 }");
    assert_eq!(
        expression("lambda x=(1): (x, x)"),
        "lambda x = 1 : ( x , x )"
    );
    assert_eq!(expression("a)b"), "a ) b");
}
