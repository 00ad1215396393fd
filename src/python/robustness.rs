//! Any input at all: no panic, no recursion, work in proportion to the bytes.

use super::lexer::Lexer;
use super::{DocstringSlot, Module, SymbolId, SymbolKind, attributes, body_tokens, outline};

/// A file with something of everything.
const SAMPLE: &str = include_str!("sample.py");

/// Reads all that can be read of `text`, and holds what must be true of any text.
fn read(text: &str) -> Module<'_> {
    let module = outline(text, SymbolKind::Module);
    for (id, symbol) in module.ids() {
        assert!(symbol.span.end as usize <= text.len());
        assert!(symbol.header.start <= symbol.span.start && symbol.span.start <= symbol.span.end);
        assert!(
            text.get(symbol.span.range()).is_some(),
            "{}",
            symbol.qualname
        );
        let parent = symbol.parent.map(|parent| module.symbol(parent));
        assert!(parent.is_none_or(|parent| parent.span.end >= symbol.span.end));
        if let Some(value) = symbol
            .docstring
            .as_ref()
            .map(|slot: &DocstringSlot| slot.value(text))
        {
            let end = value.text.len() as u32;
            assert!(value.source_offset(end) <= symbol.span.end);
        }
        body_tokens(&module, id);
        attributes(&module, id);
    }
    module
}

/// Reads `text` and holds that no byte was read more often than a small number of times.
fn read_in_linear_time(text: &str) -> Module<'_> {
    for mut lexer in [Lexer::new(text, 0), Lexer::skimming(text, 0)] {
        let (mut tokens, mut count) = (Vec::new(), 0);
        while lexer.next_line(&mut tokens).is_some() {
            count += 1 + tokens.len();
        }
        assert!(
            lexer.reread <= 4 * text.len(),
            "{} of {}",
            lexer.reread,
            text.len()
        );
        assert!(count <= 2 * text.len() + 2);
    }
    read(text)
}

#[test]
fn the_sample_is_read_whole() {
    let module = read_in_linear_time(SAMPLE);
    assert_eq!(module.errors, []);
    assert!(module.symbols.len() > 40);
}

#[test]
fn truncations_of_a_real_file() {
    for end in (0..SAMPLE.len())
        .step_by(97)
        .filter(|&end| SAMPLE.is_char_boundary(end))
    {
        read_in_linear_time(&SAMPLE[..end]);
        read(&SAMPLE[end..]);
    }
}

/// What Python is made of, and some that it is not.
const PIECES: &[&str] = &[
    "def f(",
    "class C",
    ":",
    "\n",
    "\n    ",
    "\n\t",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'",
    "\"",
    "'''",
    "f'",
    "f\"\"\"",
    "{",
    "!r",
    "\\",
    "\r",
    "#",
    "# noqa",
    ";",
    "@d\n",
    "yield ",
    "lambda ",
    "return ",
    "raise E",
    "try:\n",
    "except E as e:",
    "match x:\n",
    "case ",
    "import ",
    "from ",
    "=",
    ",",
    "None",
    "async ",
    "if ",
    "é",
    "\u{0}",
    "\u{c}",
    " ",
    "1",
    "x",
    "`",
    "with ",
    "else:",
    "warn(",
    "__all__",
];

#[test]
fn random_bytes() {
    // A linear congruential generator is random enough, and the same on every machine.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..3_000 {
        let mut text = String::new();
        for _ in 0..60 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(PIECES[(state >> 33) as usize % PIECES.len()]);
        }
        read_in_linear_time(&text);
    }
}

#[test]
fn what_nests_deeply() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{", "}"),
        ("f'{", "}'"),
        ("f'{a:{", "}}'"),
    ] {
        let text = format!(
            "x = {}{}\ndef f(): pass\n",
            open.repeat(20_000),
            close.repeat(20_000)
        );
        let module = read_in_linear_time(&text);
        assert_eq!(module.symbols.len(), 2, "{open}");
        let text = format!("x = {}\ndef f(): pass\n", open.repeat(20_000));
        assert_eq!(read_in_linear_time(&text).symbols.len(), 2, "{open}");
        let text = format!("x = {}\ndef f(): pass\n", close.repeat(20_000));
        assert_eq!(read_in_linear_time(&text).symbols.len(), 2, "{open}");
    }
    let mut text = String::new();
    for depth in 0..3_000 {
        let header = ["def f():", "if x:", "try:", "class C:"][depth % 4];
        text.push_str(&" ".repeat(depth));
        text.push_str(header);
        text.push('\n');
    }
    text.push_str(&" ".repeat(3_000));
    text.push_str("raise E\n");
    assert_eq!(read_in_linear_time(&text).symbols.len(), 1_501);
}

#[test]
fn what_is_never_closed() {
    for line in [
        "x = 'a",
        "x = f'{a",
        "x = f'{'",
        "x = f(a",
        "x = a)",
        "x = f'{(",
        "x = {'a': f\"{b[\"",
        "x = '''",
        "f'{a:{b",
    ] {
        let text = format!("{line}\n").repeat(2_000);
        read_in_linear_time(&text);
        let text = format!("{line}\ndef f(): pass\n").repeat(2_000);
        read_in_linear_time(&text);
    }
}

#[test]
fn five_megabytes_on_one_line() {
    for piece in [
        "a + ", "f(1), ", "'a' ", "f'{a}' ", "(", "f'{", "\\\n", "é", "[(]) ", "lambda: ",
    ] {
        let text = format!("x = {}\n", piece.repeat(5_000_000 / 10 / piece.len()));
        read_in_linear_time(&text);
    }
}

#[test]
fn many_raises_of_one_function() {
    let body =
        "    try:\n        e = E()\n        raise e\n    except (A, B):\n        raise make()\n";
    let text = format!("def make(): return E()\ndef f():\n{}", body.repeat(3_000));
    let module = read_in_linear_time(&text);
    assert_eq!(module.symbol(SymbolId(2)).facts.raises.len(), 6_000);
}
