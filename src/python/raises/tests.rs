//! What leaves small functions.

use super::super::{RaiseReason, SymbolKind, outline};

/// The raised names of the function `f`, with `~` for re-raised, `=` for a variable's, `>` for a
/// function's.
fn raised(text: &str) -> String {
    let module = outline(text, SymbolKind::Module);
    let symbol = module.symbols.iter().find(|symbol| symbol.name == "f");
    let names = symbol.into_iter().flat_map(|symbol| &symbol.facts.raises);
    let names: Vec<String> = names
        .map(|raised| {
            let mark = match raised.reason {
                RaiseReason::Named => "",
                RaiseReason::Reraised => "~",
                RaiseReason::Variable => "=",
                RaiseReason::Factory => ">",
            };
            format!("{mark}{}", raised.name)
        })
        .collect();
    names.join(" ")
}

fn in_body(body: &str) -> String {
    let lines = body.lines().map(|line| format!("    {line}\n"));
    raised(&format!("def f(self):\n{}", lines.collect::<String>()))
}

#[test]
fn classes_by_their_last_name() {
    assert_eq!(in_body("raise E"), "E");
    assert_eq!(in_body("raise E('a') from e"), "E");
    assert_eq!(in_body("raise m.n.E(1)"), "E");
    assert_eq!(in_body("raise (E('a'))"), "E");
    assert_eq!(in_body("raise E.from_x(1)"), "E");
    assert_eq!(in_body("raise E(1).with_traceback(t)"), "E");
    assert_eq!(in_body("raise A(1) if x else m.B()"), "A B");
    assert_eq!(in_body("raise E, 'message'"), "E");
    assert_eq!(in_body("raise _Private()"), "_Private");
    assert_eq!(in_body("raise struct.error(1)"), "error");
    assert_eq!(in_body("raise socket.error(1)"), "OSError");
    assert_eq!(in_body("raise socket.timeout"), "TimeoutError");
    assert_eq!(in_body("raise a.os.error"), "error");
    assert_eq!(in_body("if x: raise A\nelse: raise B"), "A B");
}

#[test]
fn what_cannot_be_read_gives_nothing() {
    for text in [
        "raise make()",
        "raise x",
        "raise self.error",
        "raise self.make()",
        "raise type(e)(1)",
        "raise x[0]",
        "raise A or B",
        "raise await g()",
        "raise ERROR_CODE",
        "raise",
        "raise m.make()",
        "raise (A, B)",
        "raise ((A), B)",
    ] {
        assert_eq!(in_body(text), "", "{text}");
    }
}

#[test]
fn what_a_try_catches_is_not_raised() {
    assert_eq!(
        in_body("try:\n    raise KeyError\nexcept KeyError:\n    pass"),
        ""
    );
    assert_eq!(
        in_body("try:\n    raise KeyError\nexcept LookupError:\n    pass"),
        ""
    );
    assert_eq!(
        in_body("try:\n    raise KeyError\nexcept (TypeError, m.LookupError) as e:\n    pass"),
        ""
    );
    assert_eq!(in_body("try:\n    raise E\nexcept:\n    pass"), "");
    assert_eq!(
        in_body("try:\n    raise E\nexcept Exception:\n    pass"),
        ""
    );
    assert_eq!(
        in_body("try:\n    raise E\nexcept* Exception:\n    pass"),
        ""
    );
    assert_eq!(
        in_body("try:\n    raise E\nexcept ValueError:\n    pass"),
        "E"
    );
    assert_eq!(
        in_body("try:\n    raise SystemExit\nexcept Exception:\n    pass"),
        "SystemExit"
    );
    assert_eq!(in_body("try:\n    raise E\nexcept ERRORS:\n    pass"), "");
    assert_eq!(
        in_body("try:\n    try:\n        raise E\n    finally:\n        pass\nexcept E:\n    pass"),
        ""
    );
    assert_eq!(
        in_body("with a, contextlib.suppress(A, B):\n    raise B\nraise A"),
        "A"
    );
    assert_eq!(in_body("with suppress(OSError): raise IOError"), "");
}

#[test]
fn handlers_else_and_finally_are_not_watched() {
    let text = "try:\n    pass\nexcept E:\n    raise E\nelse:\n    raise A\nfinally:\n    raise B";
    assert_eq!(in_body(text), "E A B");
    let text = "try:\n    try:\n        x\n    except A:\n        raise B\nexcept B:\n    pass";
    assert_eq!(in_body(text), "");
}

#[test]
fn what_is_raised_again() {
    assert_eq!(in_body("try:\n    x\nexcept E:\n    raise"), "~E");
    assert_eq!(
        in_body("try:\n    x\nexcept (A, m.B) as e:\n    raise e"),
        "~A ~B"
    );
    assert_eq!(
        in_body("try:\n    x\nexcept E as e:\n    raise e.with_traceback(t)"),
        "~E"
    );
    assert_eq!(in_body("try:\n    x\nexcept:\n    raise"), "~BaseException");
    assert_eq!(
        in_body("try:\n    x\nexcept Exception:\n    raise"),
        "~Exception"
    );
    assert_eq!(
        in_body("try:\n    raise A\nexcept Exception:\n    raise"),
        "A ~Exception"
    );
    assert_eq!(
        in_body("try:\n    x\nexcept A as a:\n    try:\n        x\n    except B:\n        raise a"),
        "~A"
    );
    assert_eq!(
        in_body("try:\n    x\nexcept A:\n    try:\n        raise\n    except A:\n        pass"),
        ""
    );
    assert_eq!(
        in_body("try:\n    x\nexcept E:\n    def g():\n        raise"),
        ""
    );
}

#[test]
fn classes_of_the_file() {
    let text = "class A(Base): pass\nclass B(A): pass\nclass error(Exception): pass\ndef f():\n    try:\n        raise B\n    except A:\n        raise error(1)\n";
    assert_eq!(raised(text), "error");
    let text = "def f():\n    try:\n        raise B\n    except E:\n        pass\nclass E(Exception): pass\nclass B(E): pass\n";
    assert_eq!(raised(text), "");
}

#[test]
fn variables_of_the_scope() {
    assert_eq!(in_body("e = E(1)\nraise e"), "=E");
    assert_eq!(
        in_body("e: Exception = m.E(1)\nif x: e = a = F()\nraise e"),
        "=E =F"
    );
    assert_eq!(
        in_body("def g():\n    e = A()\ne = B()\nclass C:\n    e = D()\nraise e"),
        "=B"
    );
    assert_eq!(in_body("e = other()\nraise e"), "");
    assert_eq!(raised("def g():\n  e = A()\ndef f(e): raise e\n"), "");
}

#[test]
fn factories_of_the_file() {
    let text = "def make() -> Boom: ...\ndef f():\n    raise make()\n";
    assert_eq!(raised(text), ">Boom");
    let text = "def f():\n    raise make(1)\ndef make(x) -> Exception:\n    if x: return A(1)\n    return m.B()\n";
    assert_eq!(raised(text), ">A >B");
    let text =
        "class C:\n    def f(self):\n        raise self.make()\n    def make(self) -> 'E': ...\n";
    assert_eq!(raised(text), "");
    let text = "class C:\n    def f(self):\n        e = self.make()\n        raise e\n    def make(self): return ValueError()\n";
    assert_eq!(raised(text), ">ValueError");
    assert_eq!(
        raised("def make(): return other()\ndef f(): raise make()\n"),
        ""
    );
}

#[test]
fn aliases_of_built_in_classes_catch_and_are_caught() {
    for handler in [
        "OSError",
        "os.error",
        "socket.error",
        "IOError",
        "Exception",
    ] {
        let body = format!("try: raise os.error(1)\nexcept {handler}: pass");
        assert_eq!(in_body(&body), "", "{handler}");
    }
    assert_eq!(
        in_body("try: raise os.error(1)\nexcept struct.error: pass"),
        "OSError"
    );
}

#[test]
fn what_other_files_tell_is_left_to_be_asked() {
    let perhaps = |body: &str| {
        let lines = body.lines().map(|line| format!("    {line}\n"));
        let text = format!(
            "class Own(Other): pass\nclass Plain(ValueError): pass\ndef f(self):\n{}",
            lines.collect::<String>()
        );
        let module = outline(&text, SymbolKind::Module);
        let raises = &module.symbols[3].facts.raises;
        let names = raises.iter().map(|it| it.perhaps_caught.join(" "));
        names.collect::<Vec<_>>().join("; ")
    };
    let all = "try:\n    if x: raise E\n    if y: raise Own\n    raise Plain\nexcept (A, m.B): pass\nexcept KeyError: pass";
    assert_eq!(perhaps(all), "A B KeyError; A B KeyError; ");
    assert_eq!(perhaps("try: raise E\nexcept A: raise"), "; ");
    assert_eq!(perhaps("with suppress(A): raise E"), "A");
    assert_eq!(perhaps("try: raise E\nfinally: pass"), "");
}
