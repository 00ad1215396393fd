//! Pieces, one a file, into one output, in order.

use std::io::{self, Write};

use super::{Format, Run};
use crate::check::Summary;

/// One output in one format while it is being written.
#[derive(Debug)]
pub struct Stream<'r, W: Write> {
    format: Format,
    run: &'r Run,
    out: W,
    pieces: usize,
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
            pieces: 0,
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
        if self.pieces > 0 {
            let joint = self.format.renderer().joint();
            self.out.write_all(joint.as_bytes())?;
        }
        self.pieces += 1;
        self.out.write_all(piece)
    }

    /// Write what stands behind the last file, and give the output back.
    ///
    /// # Errors
    /// Those of the output.
    pub fn end(mut self, summary: &Summary) -> io::Result<W> {
        let mut tail = Vec::new();
        self.format.renderer().end(self.run, summary, &mut tail);
        self.out.write_all(&tail)?;
        self.out.flush()?;
        Ok(self.out)
    }
}
