//! The judge: tree-sitter's tree of a text without its docstrings.

mod literals;

use tree_sitter::{Node, Parser, Tree, TreeCursor};

use crate::text::Span;

/// A parser of Python that is not docgen's own.
pub(super) struct Judge {
    parser: Parser,
}

/// One text as tree-sitter reads it.
pub(super) struct Judged<'t> {
    text: &'t str,
    tree: Tree,
    /// Its docstrings' literals, in the order of the text.
    docstrings: Vec<Span>,
}

/// What is compared of a node: all but where it stands.
#[derive(Debug, PartialEq, Eq)]
struct Seen<'t> {
    depth: u32,
    kind: u16,
    is_comment: bool,
    field: Option<u16>,
    /// Whether it is an error, missing, named, extra.
    flags: [bool; 4],
    /// A leaf's text.
    text: &'t str,
}

impl Seen<'_> {
    /// Whether it is the same node; of comments only the words count.
    fn is_like(&self, other: &Self) -> bool {
        self == other || self.is_comment && other.is_comment && self.text == other.text
    }
}

impl Judge {
    /// `None` where the grammar and the library are of different versions.
    pub(super) fn new() -> Option<Self> {
        let mut parser = Parser::new();
        parser
            .set_language(&tree_sitter_python::LANGUAGE.into())
            .ok()?;
        Some(Self { parser })
    }

    /// Reads a text of which the docstrings' literals are known; `None` where the parser gives up.
    pub(super) fn read<'t>(
        &mut self,
        text: &'t str,
        mut docstrings: Vec<Span>,
    ) -> Option<Judged<'t>> {
        docstrings.sort_unstable();
        let tree = self.parser.parse(text, None)?;
        Some(Judged {
            text,
            tree,
            docstrings,
        })
    }
}

impl Judged<'_> {
    /// Where the trees part, docstrings apart: an offset into this text; `None` where they are equal.
    pub(super) fn parts_from(&self, other: &Judged<'_>) -> Option<u32> {
        // A comment below a header comes to stand below a new docstring: apart from the code, in the same order.
        [false, true]
            .into_iter()
            .find_map(|comments| self.parts_in(other, comments))
    }

    /// The same of all comments, or of all else.
    fn parts_in(&self, other: &Judged<'_>, comments: bool) -> Option<u32> {
        let wanted = |it: &(u32, Seen<'_>)| it.1.is_comment == comments;
        let (mut one, mut two) = (self.walk().filter(wanted), other.walk().filter(wanted));
        loop {
            match (one.next(), two.next()) {
                (None, None) => return None,
                (Some((_, a)), Some((_, b))) if a.is_like(&b) => {}
                (Some((at, _)), _) => return Some(at),
                (None, Some(_)) => return Some(self.text.len() as u32),
            }
        }
    }

    fn walk(&self) -> Walk<'_> {
        Walk {
            judged: self,
            cursor: self.tree.walk(),
            depth: 0,
            is_done: false,
        }
    }

    /// Whether the node is a statement that is one of the docstrings, parentheses around it included.
    fn is_docstring(&self, node: Node<'_>) -> bool {
        if node.kind() != "expression_statement" {
            return false;
        }
        let range = node.byte_range();
        let after = self
            .docstrings
            .partition_point(|it| (it.start as usize) < range.start);
        let Some(slot) = self.docstrings.get(after) else {
            return false;
        };
        let (head, tail) = (
            self.text.get(range.start..slot.start as usize),
            self.text.get(slot.end as usize..range.end),
        );
        let is_around =
            |text: &str, bracket| text.chars().all(|c| c == bracket || c.is_whitespace());
        head.is_some_and(|it| is_around(it, '(')) && tail.is_some_and(|it| is_around(it, ')'))
    }
}

/// All nodes but docstrings, from the first to the last, without a stack.
struct Walk<'j> {
    judged: &'j Judged<'j>,
    cursor: TreeCursor<'j>,
    depth: u32,
    is_done: bool,
}

impl<'j> Iterator for Walk<'j> {
    type Item = (u32, Seen<'j>);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            let node = self.cursor.node();
            let is_docstring = self.judged.is_docstring(node);
            let (depth, field) = (self.depth, self.cursor.field_id());
            let is_leaf = self.step(!is_docstring);
            if is_docstring {
                continue;
            }
            let text = if is_leaf {
                self.judged.text.get(node.byte_range()).unwrap_or_default()
            } else {
                ""
            };
            let seen = Seen {
                depth,
                kind: node.kind_id(),
                is_comment: node.kind() == "comment",
                field: field.map(Into::into),
                flags: [
                    node.is_error(),
                    node.is_missing(),
                    node.is_named(),
                    node.is_extra(),
                ],
                text,
            };
            return Some((node.start_byte() as u32, seen));
        }
        None
    }
}

impl Walk<'_> {
    /// Goes on to the next node; whether the one left has no children.
    fn step(&mut self, inwards: bool) -> bool {
        if inwards && self.cursor.goto_first_child() {
            self.depth += 1;
            return false;
        }
        while !self.cursor.goto_next_sibling() {
            if !self.cursor.goto_parent() {
                self.is_done = true;
                break;
            }
            self.depth -= 1;
        }
        true
    }
}
