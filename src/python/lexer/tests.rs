//! Tokens of single lines, and what becomes of lines that are broken.

use super::*;

/// The tokens of every line: a line a string, `|` between tokens.
fn lines(text: &str) -> Vec<String> {
    let mut lexer = Lexer::new(text, 0);
    let mut tokens = Vec::new();
    let mut lines = Vec::new();
    while lexer.next_line(&mut tokens).is_some() {
        let words: Vec<&str> = tokens.iter().map(|it| it.span().of(text)).collect();
        lines.push(words.join("|"));
    }
    lines
}

fn kinds(text: &str) -> Vec<Kind> {
    let mut tokens = Vec::new();
    Lexer::new(text, 0).next_line(&mut tokens);
    tokens.iter().map(|token| token.kind).collect()
}

fn messages(text: &str) -> Vec<&'static str> {
    let mut lexer = Lexer::new(text, 0);
    let mut tokens = Vec::new();
    while lexer.next_line(&mut tokens).is_some() {}
    lexer.errors.iter().map(|error| error.message).collect()
}

#[test]
fn operators_of_several_characters_are_one_token() {
    assert_eq!(
        lines("a**=b//c!=d->e:=f...g<<=h<>i@=j==k"),
        ["a|**=|b|//|c|!=|d|->|e|:=|f|...|g|<<=|h|<>|i|@=|j|==|k"]
    );
}

#[test]
fn numbers_in_every_form() {
    assert_eq!(
        lines("1_0.5e-3j+.5+5.+0x_Ff+0b1+0o7+1if 0777L"),
        ["1_0.5e-3j|+|.5|+|5.|+|0x_Ff|+|0b1|+|0o7|+|1|if|0777|L"]
    );
    assert_eq!(
        lines("1else 2;1.real;0xfor x"),
        ["1|else|2|;|1.|real|;|0xf|or|x"]
    );
}

#[test]
fn names_of_any_alphabet_and_length() {
    assert_eq!(
        lines("naïve=a_name_of_more_than_sixteen_bytes+变量"),
        ["naïve|=|a_name_of_more_than_sixteen_bytes|+|变量"]
    );
    assert_eq!(
        kinds("lambda_ Lambda lambda"),
        [Kind::Name, Kind::Name, Kind::Lambda]
    );
}

#[test]
fn strings_with_every_prefix() {
    use Kind::{Bytes, Name, String};
    assert_eq!(
        kinds(r#"'' "a\"" r'\d' b"" Rb'' bR"" u'' U"""a"""#),
        [String, String, String, Bytes, Bytes, Bytes, String, String]
    );
    assert_eq!(kinds("ur'' print''"), [Name, String, Name, String]);
    assert_eq!(
        lines("'''a\n\"'\\'''b'''+1\nx"),
        ["'''a\n\"'\\'''b'''|+|1", "x"]
    );
    assert_eq!(lines("'a\\\nb'\nx"), ["'a\\\nb'", "x"]);
    assert_eq!(lines("'a\\\r\nb'\r\nx"), ["'a\\\r\nb'", "x"]);
}

#[test]
fn logical_lines() {
    assert_eq!(
        lines("a = (1,\n\n  # c\n 2)\r\nb\rc \\\n d\n\\\ne"),
        ["a|=|(|1|,|2|)", "b", "c|d", "e"]
    );
    let mut lexer = Lexer::new("a\n \t b\n\x0c  c\n   # d\n    \\\n  e\n", 0);
    let mut tokens = Vec::new();
    let mut indents = Vec::new();
    while let Some(line) = lexer.next_line(&mut tokens) {
        indents.push(line.indent);
    }
    assert_eq!(indents, [0, 9, 2, 4]);
}

#[test]
fn replacement_fields_are_read_as_code() {
    assert_eq!(lines("f'a{b}c'"), ["f'|a|{|b|}|c|'"]);
    assert_eq!(
        lines("f'{{a}}{b!r:>{c}}'"),
        ["f'|{{a}}|{|b|!|r|:|>|{|c|}|}|'"]
    );
    assert_eq!(
        lines("f'{x['a']}{f'{y}'}'"),
        ["f'|{|x|[|'a'|]|}|{|f'|{|y|}|'|}|'"]
    );
    assert_eq!(
        lines("f'{a!=b}{c:=5}{(d:=6)}'"),
        ["f'|{|a|!=|b|}|{|c|:|=5|}|{|(|d|:=|6|)|}|'"]
    );
    assert_eq!(
        lines("f'\\N{DASH}{a}\\{b}'"),
        ["f'|\\N{DASH}|{|a|}|\\|{|b|}|'"]
    );
    assert_eq!(lines("rf'\\N{a}'"), ["rf'|\\N|{|a|}|'"]);
    assert_eq!(
        lines("f'''{\n a # }\n }\n'''\nx"),
        ["f'''|{|a|}|\n|'''", "x"]
    );
    assert_eq!(lines("f'{a:{b:{c}}}'"), ["f'|{|a|:|{|b|:|{|c|}|}|}|'"]);
    assert_eq!(lines("t'{a}' Tr\"{b}\""), ["t'|{|a|}|'|Tr\"|{|b|}|\""]);
    assert_eq!(lines("f'{a:\n}'"), ["f'|{|a|:|}|'"]);
    assert_eq!(lines("f'{lambda x: 1}'"), ["f'|{|lambda|x|:| 1|}|'"]);
}

#[test]
fn broken_fields_are_read_as_text() {
    assert_eq!(lines("f'{a' + b\nc"), ["f'{a'|+|b", "c"]);
    assert_eq!(lines("f'a}' + b"), ["f'a}'|+|b"]);
    assert_eq!(lines("f'{(a}' + b"), ["f'{(a}'|+|b"]);
    assert_eq!(lines("f'{a\nb\nc"), ["f'{a", "b", "c"]);
    assert!(messages("f'{a' + b").is_empty());
}

#[test]
fn what_is_broken_is_said_once() {
    assert_eq!(messages("x = 'a\ny"), ["string that is never closed"]);
    assert_eq!(messages("x = '''a\ny"), ["string that is never closed"]);
    assert_eq!(messages("x = (a\ny"), ["bracket that is never closed"]);
    assert_eq!(
        messages("x = a)\ny"),
        ["closing bracket that closes nothing"]
    );
    assert_eq!(
        messages("x = (a]\ny"),
        ["closing bracket of another kind than the open one"]
    );
    assert_eq!(
        messages("x = a ? b"),
        ["character that no token begins with"]
    );
    assert_eq!(messages("x = a \\ b"), ["backslash that continues no line"]);
}

#[test]
fn a_keyword_at_the_start_of_a_line_closes_brackets() {
    assert_eq!(
        lines("f(a,\n  [b\ndef g(): pass"),
        ["f|(|a|,|[|b", "def|g|(|)|:|pass"]
    );
    assert_eq!(
        lines("f(a\n  async def g(): pass"),
        ["f|(|a", "async|def|g|(|)|:|pass"]
    );
    assert_eq!(
        lines("f(a\n  if b\n  else c\n  for d in e)\nx"),
        ["f|(|a|if|b|else|c|for|d|in|e|)", "x"]
    );
}

#[test]
fn comments_that_matter_are_kept() {
    let text = "a # NoQA: D1\nb = (c, # docgen: ignore\n d)\n#: e\n# quiet\n'# noqa'\n";
    for mut lexer in [Lexer::new(text, 0), Lexer::skimming(text, 0)] {
        let mut tokens = Vec::new();
        while lexer.next_line(&mut tokens).is_some() {}
        let kept: Vec<&str> = lexer.suppressions.iter().map(|it| it.of(text)).collect();
        assert_eq!(kept, ["# NoQA: D1", "# docgen: ignore"]);
        assert_eq!(lexer.attribute_comments.len(), 1);
    }
}

#[test]
fn skimmed_lines_are_coarse() {
    let text = "x = f(1,\n 'a)', f'{b}')  # c\nif a: b\nif a[1:2]: # d\nreturn (None)\nreturn a\nx; y\nmatch a:\nx = (yield)\nx = 'a\n";
    let mut lexer = Lexer::skimming(text, 0);
    let mut tokens = Vec::new();
    let mut found = Vec::new();
    while lexer.next_line(&mut tokens).is_some() {
        let words: Vec<&str> = tokens.iter().map(|it| it.span().of(text)).collect();
        found.push(words.join("|"));
    }
    assert_eq!(
        found,
        [
            "x = f(1,\n 'a)', f'{b}')",
            "if|a|:|b",
            "if|a[1:2]|:",
            "return|(|None|)",
            "return|a",
            "x|;|y",
            "match|a|:",
            "x|=|(|yield|)",
            "x|=|'a"
        ]
    );
    assert_eq!(lexer.errors.len(), 1);
}
