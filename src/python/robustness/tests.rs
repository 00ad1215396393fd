//! Any input at all: no panic, no recursion, work in proportion to the bytes.

use super::super::{SymbolId, decode};
use super::*;

/// A file with something of everything.
const SAMPLE: &str = include_str!("../sample.py");

/// Reads all that can be read of `text`, and holds what must be true of any text.
fn read(text: &str) -> Module<'_> {
    hold_lexer(text);
    hold_outline(text)
}

#[test]
fn the_sample_is_read_whole() {
    let module = read(SAMPLE);
    assert_eq!(module.errors, []);
    assert!(module.symbols.len() > 40);
}

#[test]
fn truncations_of_a_real_file() {
    for end in (0..SAMPLE.len())
        .step_by(97)
        .filter(|&end| SAMPLE.is_char_boundary(end))
    {
        read(&SAMPLE[..end]);
        read(&SAMPLE[end..]);
    }
}

/// Reads no more than every command reads.
fn outlined(text: &str) -> Module<'_> {
    hold_lexer(text);
    let module = outline(text, SymbolKind::Module);
    hold_places(&module);
    module
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

/// A linear congruential generator: random enough, and the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

#[test]
fn random_bytes() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut texts = 0;
    for length in (0..2_000).map(|it| it % 200) {
        let ascii = length % 2 == 0;
        let bytes: Vec<u8> = (0..length)
            .map(|_| random.below(if ascii { 128 } else { 256 }) as u8)
            .collect();
        if let Ok(text) = decode(&bytes) {
            texts += 1;
            read(&text);
        }
        read(&String::from_utf8_lossy(&bytes));
    }
    assert!(texts > 500);
}

#[test]
fn random_pieces() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..1_000 {
        let pieces = (0..60).map(|_| PIECES[random.below(PIECES.len())]);
        read(&pieces.collect::<String>());
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
        let module = outlined(&text);
        assert_eq!(module.symbols.len(), 2, "{open}");
        let text = format!("x = {}\ndef f(): pass\n", open.repeat(20_000));
        assert_eq!(outlined(&text).symbols.len(), 2, "{open}");
        let text = format!("x = {}\ndef f(): pass\n", close.repeat(20_000));
        assert_eq!(outlined(&text).symbols.len(), 2, "{open}");
    }
    assert_eq!(read(&nested_blocks(100)).symbols.len(), 51);
    assert_eq!(outlined(&nested_blocks(3_000)).symbols.len(), 1_501);
}

/// Headers of all kinds, each in the block of the one above.
fn nested_blocks(depth: usize) -> String {
    let mut text = String::new();
    for depth in 0..depth {
        let header = ["def f():", "if x:", "try:", "class C:"][depth % 4];
        text.push_str(&" ".repeat(depth));
        text.push_str(header);
        text.push('\n');
    }
    text + &" ".repeat(depth) + "raise E\n"
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
        read(&text);
        let text = format!("{line}\ndef f(): pass\n").repeat(2_000);
        read(&text);
    }
}

#[test]
fn one_long_line() {
    for piece in [
        "a", "a + ", "f(1), ", "'a' ", "f'{a}' ", "(", "f'{", "\\\n", "é", "[(]) ", "lambda: ",
    ] {
        let text = format!("x = {}\n", piece.repeat(100_000 / piece.len()));
        read(&text);
    }
}

#[test]
fn many_raises_of_one_function() {
    let body =
        "    try:\n        e = E()\n        raise e\n    except (A, B):\n        raise make()\n";
    let text = format!("def make(): return E()\ndef f():\n{}", body.repeat(3_000));
    let module = read(&text);
    assert_eq!(module.symbol(SymbolId(2)).facts.raises.len(), 6_000);
}

/// Texts that once broke what is held here: found at random, then made short.
#[test]
fn what_fuzzing_found() {
    for text in [
        // A broken f-string behind one that is none, in a line that is not skimmed to its end.
        "im+ f\"{a!r\r>      wi}\" + f'{{literal}    wi}\" + f'{{literal}e,||||6;,,c}",
        // An f-string that is never closed reaches over the blanks behind it.
        "x = rf'a  \ny = 1\n",
        // As many brackets closed as opened, in the wrong order.
        "with a  s)a(b:\n    c\n\n(d,\n e\n ) = f\n",
        // The function is not in the block of its decorator.
        "class A:\n    @d\n   def m(self): pass\n\n    def n(self): pass\n",
        "class A:\n    def f(self):\n        @d\n    @e\n    def g(self): pass\n",
        // What a broken f-string seemed to hold is no part of its line.
        "u%.3fu%.3f\" %(%.{\"\"\"&SPI#\"\"\"\u{2} #:)\n   yield  ",
        // A prefix right behind a number.
        "e%.0f\" %(%.{\"St#25\0\0\u{3}\"St#25\"x\"\n3tg}\" #836538",
        // A header that reaches over the semicolon behind it.
        "def f(a):\n    def;\n\nif b:\n    c\n",
    ] {
        read(text);
    }
    // A line that shows that a bracket is not closed, behind blanks and tabs: skimming went on to the end each time.
    for blank in [" \t ", "\t \t", " \u{c} "] {
        let text = format!("x = f(a\n{blank}with b\n");
        read(&text.repeat(1_000));
    }
    // The same behind a continued line.
    read(&"x = f(a + \\\ndef b():\nc[d\n".repeat(1_000));
    let text = "class A:\n    @d\n   def m(self): pass\n";
    let module = read(text);
    let method = &module.symbols[2];
    assert!(method.decorators.is_empty());
    assert_eq!(method.header.of(text), "def m(self):");
}
