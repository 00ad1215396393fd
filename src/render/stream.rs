//! Pieces, one a file, into one output, in order.

use std::io::{self, IoSlice, Write};

use super::{Format, Run, Tally};
use crate::check::Summary;

/// One output in one format while it is being written.
#[derive(Debug)]
pub struct Stream<'r, W: Write> {
    format: Format,
    run: &'r Run,
    out: W,
    tally: Tally,
}

impl<'r, W: Write> Stream<'r, W> {
    /// Write what stands before the first file.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn begin(format: Format, run: &'r Run, mut out: W) -> io::Result<Self> {
        let mut head = Vec::new();
        format.renderer().begin(run, &mut head);
        out.write_all(&head)?;
        Ok(Self {
            format,
            run,
            out,
            tally: Tally::default(),
        })
    }

    /// Write one file's piece, as [`Format::piece`] made it. Files come in the order of the report.
    ///
    /// # Errors
    /// Those of the output.
    pub fn push(&mut self, piece: &[u8]) -> io::Result<()> {
        if piece.is_empty() {
            return Ok(());
        }
        let renderer = self.format.renderer();
        renderer.join(&mut self.tally, piece, &mut self.out)
    }

    /// Write the pieces of many files as [`push`](Self::push) does, without copying them together first.
    ///
    /// # Errors
    /// Those of the output.
    pub fn push_all(&mut self, pieces: &[Vec<u8>]) -> io::Result<()> {
        let renderer = self.format.renderer();
        if renderer.chooses() {
            return pieces.iter().try_for_each(|it| self.push(it));
        }
        let joint = renderer.joint().as_bytes();
        let mut slices = Vec::with_capacity(2 * pieces.len());
        for piece in pieces.iter().filter(|it| !it.is_empty()) {
            if self.tally.pieces > 0 && !joint.is_empty() {
                slices.push(IoSlice::new(joint));
            }
            self.tally.pieces += 1;
            slices.push(IoSlice::new(piece));
        }
        let mut left = slices.as_mut_slice();
        while !left.is_empty() {
            match self.out.write_vectored(left) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => IoSlice::advance_slices(&mut left, count),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Whether no more findings are shown in full, so that pieces can be shorter.
    pub fn is_full(&self) -> bool {
        self.format.renderer().is_full(&self.tally)
    }

    /// Write what stands behind the last file, and give the output back.
    ///
    /// # Errors
    /// Those of the output.
    pub fn end(mut self, summary: &Summary) -> io::Result<W> {
        let mut tail = Vec::new();
        let renderer = self.format.renderer();
        renderer.end(self.run, summary, &self.tally, &mut tail);
        self.out.write_all(&tail)?;
        self.out.flush()?;
        Ok(self.out)
    }
}
