//! Each check by what it alone sees: an edit that all the others let pass.

use super::super::patch;
use super::*;

const TEXT: &str =
    "# one\ndef f(a):\n    \"\"\"Do it.\"\"\"\n    return a\n\n\ndef g(a):\n    return a\n";

/// What is wrong with `edits` of `text`, made, and then tampered with.
fn faults(text: &str, edits: &[Edit], tamper: impl Fn(&mut Patched)) -> Vec<String> {
    let module = python::outline(text, SymbolKind::Module);
    let before = Before::new(text.as_bytes(), &module, SymbolKind::Module, true);
    let mut patched = patch::apply(text.as_bytes(), text, edits).unwrap();
    tamper(&mut patched);
    let faults = before.judge(edits, &patched).into_iter();
    faults.map(|it| it.reason).collect()
}

/// The edit that writes `text` in place of `it`, where `words` are meant.
fn instead_of_it(text: &str, words: &str) -> Edit {
    let start = TEXT.find("it.").unwrap() as u32;
    Edit {
        span: Span::new(start, start + 2),
        text: text.to_owned(),
        within: Span::new(3, 5),
        words: words.to_owned(),
    }
}

/// The edit that puts `text` where the docstring of `g` would stand.
fn in_vacancy(text: &str, words: &str) -> Edit {
    Edit {
        span: Span::empty(TEXT.rfind("    return").unwrap() as u32),
        text: text.to_owned(),
        within: Span::default(),
        words: words.to_owned(),
    }
}

const MISREAD: [&str; 1] = ["Python would read other words than are meant"];
const OTHER_CODE: [&str; 1] = ["the code would change"];

#[test]
fn what_is_as_it_was_meant_passes() {
    for edit in [
        instead_of_it("that", "that"),
        instead_of_it("\\\\\\\"", "\\\""),
        in_vacancy("    'New.'\n", "New."),
    ] {
        assert_eq!(faults(TEXT, &[edit], |_| ()), [""; 0]);
    }
}

#[test]
fn code_beside_a_new_docstring_is_seen() {
    let edit = in_vacancy("    'New.'\n    a = 1\n", "New.");
    assert_eq!(faults(TEXT, &[edit], |_| ()), OTHER_CODE);
}

#[test]
fn a_literal_that_the_second_parser_reads_otherwise_is_seen() {
    // Python refuses the byte, docgen's own reader does not mind it.
    let text = TEXT.replace("Do it.", "Do it.\0");
    let edit = instead_of_it("that", "that");
    assert_eq!(faults(&text, &[edit], |_| ()), OTHER_CODE);
}

#[test]
fn a_byte_elsewhere_is_seen() {
    let swap = |patched: &mut Patched| {
        patched.bytes[2] = b'0';
        patched.text.replace_range(2..3, "0");
    };
    let edit = instead_of_it("that", "that");
    let reason = "a byte outside of it would change";
    assert_eq!(faults(TEXT, &[edit], swap), [reason]);
}

#[test]
fn bytes_that_read_as_another_text_are_seen() {
    let swap = |patched: &mut Patched| patched.text.replace_range(2..3, "0");
    let edit = instead_of_it("that", "that");
    let reason = "the file would be read as another text";
    assert_eq!(faults(TEXT, &[edit], swap), [reason]);
}

#[test]
fn other_words_than_were_meant_are_seen() {
    for (text, words) in [("that", "this"), ("\\x41", "\\x41"), ("\\\n", "\n")] {
        let edit = instead_of_it(text, words);
        assert_eq!(faults(TEXT, &[edit], |_| ()), MISREAD);
    }
    let edit = in_vacancy("    'New.'\n", "Old.");
    assert_eq!(faults(TEXT, &[edit], |_| ()), MISREAD);
}

#[test]
fn words_that_close_their_literal_are_seen() {
    // The value is the one that was meant; what was in the literal is code now.
    let edit = instead_of_it("it.\"\"\"; a = \"\"\"", "it.");
    let cut = Edit {
        within: Span::new(3, 6),
        ..edit
    };
    assert_eq!(faults(TEXT, &[cut], |_| ()), MISREAD);
}

#[test]
fn other_symbols_and_places_outside_of_docstrings_are_seen() {
    let edit = in_vacancy("    'New.'\n    def h(): pass\n", "New.");
    let reason = "other symbols would be there";
    assert_eq!(faults(TEXT, &[edit], |_| ()), [reason]);
    let outside = Edit {
        span: Span::new(2, 5),
        ..instead_of_it("two", "two")
    };
    let reason = "it lies outside of any docstring";
    assert_eq!(faults(TEXT, &[outside], |_| ()), [reason]);
}
