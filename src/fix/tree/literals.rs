//! Whether the second parser, too, reads a docstring's literals as strings and no more.
//!
//! What stands before and behind a docstring that was there before is the same bytes. Where its literals are whole strings
//! before and after, whatever reads on from there reads on alike: the tree without docstrings is the same, and need not
//! be made for the whole file, which costs many times what finding costs. (`tests/judges/fix_judge.py` holds whole
//! trees against each other, CPython's.)

use tree_sitter::{Node, TreeCursor};

use super::Judge;

const HEAD: &str = "def f():\n  (";
const TAIL: &str = ")\n  pass\n";

impl Judge {
    /// The first of `literals` that is not, between parentheses, a string or several joined, `None` where all are.
    pub(in crate::fix) fn first_odd(&mut self, literals: &[&str]) -> Option<usize> {
        let mut text = String::new();
        let mut ends = Vec::with_capacity(literals.len());
        for literal in literals {
            text.push_str(HEAD);
            text.push_str(literal);
            text.push_str(TAIL);
            ends.push(text.len());
        }
        let Some(tree) = self.parser.parse(&text, None) else {
            return (!literals.is_empty()).then_some(0);
        };
        let mut cursor = tree.walk();
        if !cursor.goto_first_child() {
            return (!literals.is_empty()).then_some(0);
        }
        let mut start = 0;
        for (at, (literal, end)) in literals.iter().zip(ends).enumerate() {
            let node = cursor.node();
            let place = start + HEAD.len();
            // The line end behind `pass` belongs to no node.
            let is_here = node.start_byte() == start && node.end_byte() + 1 == end;
            if !is_here || !is_one(node, place..place + literal.len()) {
                return Some(at);
            }
            let is_last = !cursor.goto_next_sibling();
            if is_last != (at + 1 == literals.len()) {
                return Some(at);
            }
            start = end;
        }
        None
    }
}

/// Whether a function's body is an expression of strings at `place` and a `pass`, without an error anywhere.
fn is_one(function: Node<'_>, place: std::ops::Range<usize>) -> bool {
    if function.kind() != "function_definition" || function.has_error() {
        return false;
    }
    let body = function.child_by_field_name("body");
    let statements = body.map(|it| (it, it.named_child_count()));
    let Some((body, 2)) = statements else {
        return false;
    };
    let (first, last) = (body.named_child(0), body.named_child(1));
    let Some(((strings, brackets), last)) = first.and_then(inner).zip(last) else {
        return false;
    };
    let is_around =
        brackets.start_byte() + 1 == place.start && brackets.end_byte() == place.end + 1;
    last.kind() == "pass_statement"
        && is_around
        && strings.byte_range() == place
        && matches!(strings.kind(), "string" | "concatenated_string")
        && !has_interpolation(&mut strings.walk())
}

/// The expression in the parentheses of a statement, and the parentheses.
fn inner(statement: Node<'_>) -> Option<(Node<'_>, Node<'_>)> {
    let brackets = statement.named_child(0)?;
    let is_plain = statement.kind() == "expression_statement"
        && statement.child_count() == 1
        && brackets.kind() == "parenthesized_expression";
    Some((brackets.named_child(0)?, brackets)).filter(|_| is_plain)
}

/// Whether code stands in one of the strings.
fn has_interpolation(cursor: &mut TreeCursor<'_>) -> bool {
    let mut depth = 0;
    loop {
        if cursor.node().kind() == "interpolation" {
            return true;
        }
        if cursor.goto_first_child() {
            depth += 1;
            continue;
        }
        while !cursor.goto_next_sibling() {
            if depth == 0 || !cursor.goto_parent() {
                return false;
            }
            depth -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_told_from_what_only_begins_with_one() {
        let mut judge = Judge::new().unwrap();
        let good = [
            "'a'",
            "\"\"\"a \\\"\\\"\\\" b\n    c\\\\\"\"\"",
            "r'''\\d'''",
            "'a' \"b\"",
            "u'''a\r\nb{x}'''",
            "'a'  # c\n  'b'",
            "\"\"\"\"a\\\"\"\"\"",
        ];
        assert_eq!(judge.first_odd(&good), None);
        assert_eq!(judge.first_odd(&[]), None);
        let bad = [
            "'a' + b",
            "'a'; x = 1; 'b'",
            "'''a",
            "f'{x}'",
            "\"\"\"a\"\"\"\n  __import__('os').system('id')\n  \"\"\"b\"\"\"",
            "'a')\n  x()\n  ('b'",
            "'a\nb'",
            "x",
            "",
        ];
        for literal in bad {
            // An error may reach back to what stands before it.
            let odd = judge.first_odd(&[good[0], literal, good[1]]);
            assert!(matches!(odd, Some(0 | 1)), "{literal}: {odd:?}");
        }
    }
}
