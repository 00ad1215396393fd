//! The file of a job, written request by request: a hundred thousand of them never wait in memory.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};

use crate::ai::{Batching, Capacity, Frame};
use crate::fix::Sheet;

/// The file of a job that is being written.
pub(super) struct Parcel {
    file: BufWriter<File>,
    frame: Frame,
    bytes: u64,
    /// Requests in it.
    pub(super) requests: u64,
    /// Symbols that they ask for.
    pub(super) symbols: u64,
    /// Tokens that they may take.
    pub(super) tokens: u64,
    /// What its questions are called in the store while their answers are waited for.
    pub(super) marks: Vec<String>,
}

impl Parcel {
    /// An empty one. Its file has no name, so it is gone whatever ends this process.
    pub(super) fn new(batching: &dyn Batching) -> io::Result<Self> {
        let frame = batching.frame();
        let mut file = BufWriter::new(tempfile::tempfile()?);
        file.write_all(frame.open.as_bytes())?;
        Ok(Self {
            file,
            frame,
            bytes: (frame.open.len() + frame.close.len()) as u64,
            requests: 0,
            symbols: 0,
            tokens: 0,
            marks: Vec::new(),
        })
    }

    /// Whether a request of so many bytes still fits.
    pub(super) fn has_room(&self, item: usize, most: Capacity) -> bool {
        let bytes = self.bytes + (self.frame.between.len() + item) as u64;
        (self.requests as usize) < most.requests && bytes <= most.bytes
    }

    /// Puts a request in.
    pub(super) fn add(&mut self, sheet: Sheet) -> io::Result<()> {
        if self.requests > 0 {
            self.file.write_all(self.frame.between.as_bytes())?;
            self.bytes += self.frame.between.len() as u64;
        }
        self.file.write_all(sheet.item.as_bytes())?;
        self.bytes += sheet.item.len() as u64;
        self.requests += 1;
        self.symbols += sheet.symbols.len() as u64;
        self.tokens += sheet.input + sheet.most;
        self.marks.extend(sheet.marks);
        Ok(())
    }

    /// Writes its end; the file.
    pub(super) fn closed(self) -> io::Result<(File, Vec<String>)> {
        let mut file = self.file;
        file.write_all(self.frame.close.as_bytes())?;
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok((file, self.marks))
    }
}
