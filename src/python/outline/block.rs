//! Blocks: indentation, and which scope a line is in.

use super::super::raises::Guard;
use super::super::symbol::SymbolId;
use super::super::token::Token;
use super::Outliner;
use crate::text::Span;

/// A block of statements.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    /// Column of its statements.
    pub(super) indent: u32,
    /// The symbol whose scope its statements are in.
    pub(super) scope: SymbolId,
    /// Whether it is the whole body of that symbol.
    pub(super) is_body: bool,
    /// Whether it is the body of a `match`, where `case` is a keyword.
    pub(super) is_match: bool,
    /// The header's colon, or its end where it has none.
    pub(super) header: Span,
    /// What may catch what its statements raise.
    pub(super) guard: Guard,
    /// The last `try` among its statements, to which handlers belong.
    pub(super) last_try: Option<u32>,
}

impl Block {
    /// The module's own.
    pub(super) fn module() -> Self {
        Self {
            indent: 0,
            scope: SymbolId::MODULE,
            is_body: true,
            is_match: false,
            header: Span::default(),
            guard: Guard::NONE,
            last_try: None,
        }
    }
}

impl Outliner<'_> {
    /// The block that the line is in.
    pub(super) fn block(&self) -> Block {
        self.blocks.last().copied().unwrap_or_else(Block::module)
    }

    /// Open and close blocks, so that a line that begins with `first` at column `indent` lies in the
    /// last one.
    pub(super) fn enter(&mut self, indent: u32, first: Token) {
        if let Some(mut block) = self.pending.take() {
            if indent > self.block().indent {
                block.indent = indent;
                return self.open(block);
            }
            self.error("no indented block below its header", block.header);
            if block.is_body {
                self.close(block);
            }
        }
        if indent > self.block().indent {
            return self.open_stray(indent, first, "unexpected indentation");
        }
        while indent < self.block().indent {
            self.leave();
        }
        if indent > self.block().indent {
            self.open_stray(indent, first, "dedent that matches no outer level");
        }
    }

    /// Open a block that has no header, so that the lines that go with this one are no further errors.
    fn open_stray(&mut self, indent: u32, first: Token, message: &'static str) {
        self.error(message, first.span());
        self.blocks.push(Block {
            indent,
            is_body: false,
            ..self.block()
        });
    }

    /// Open a block; its scope becomes that of the lines to come.
    pub(super) fn open(&mut self, block: Block) {
        self.scope = block.scope;
        self.fresh |= block.is_body;
        self.blocks.push(block);
    }

    /// Close the innermost block.
    pub(super) fn leave(&mut self) {
        if self.blocks.len() > 1
            && let Some(block) = self.blocks.pop()
        {
            // What is decorated would stand in this block.
            self.drop_decorators();
            if block.is_body {
                self.close(block);
            }
            self.scope = self.block().scope;
            self.fresh = false;
        }
    }

    /// The body of `block`'s symbol ends with the last statement read.
    fn close(&mut self, block: Block) {
        let end = self.last_end;
        let symbol = &mut self.symbols[block.scope.0 as usize];
        symbol.span.end = end.max(symbol.header.end);
        // A header may reach over more than a statement does (`def;`), and what is around it over no less.
        self.last_end = symbol.span.end;
    }

    /// At the end of the text.
    pub(super) fn leave_all(&mut self) {
        self.drop_decorators();
        if let Some(block) = self.pending.take() {
            self.error("no indented block below its header", block.header);
            if block.is_body {
                self.close(block);
            }
        }
        while self.blocks.len() > 1 {
            self.leave();
        }
    }
}
