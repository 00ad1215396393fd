//! Where a report goes while it is made: each format to its own output, on a thread of its own where there are several.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: files of reports are written here"
)]

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::mem;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, SyncSender};
use std::thread::{Scope, ScopedJoinHandle};

use super::failure::{Failure, Kind};
use super::screen::Screen;
use crate::check::Summary;
use crate::render::{Format, Run, Stream};

/// So many batches of pieces wait for their output at most: what is made faster than it is written waits in memory.
const WAITING: usize = 1;

/// So many bytes are written at once.
const AT_ONCE: usize = 1 << 16;

/// An output that takes pieces on any thread.
pub(super) type Out = Box<dyn Write + Send>;

/// One output of a run.
pub(super) struct Sink<'s> {
    way: Way<'s>,
    /// Whether it shows no more findings in full.
    is_full: &'s AtomicBool,
}

enum Way<'s> {
    /// Written by whoever has a piece.
    Here(Stream<'s, Out>),
    /// Written by another thread, which gives the stream back when no more pieces come.
    There(
        Batch,
        SyncSender<Vec<Vec<u8>>>,
        ScopedJoinHandle<'s, io::Result<Stream<'s, Out>>>,
    ),
}

/// Pieces that are handed over together: each time that costs as much as making one.
#[derive(Default)]
struct Batch {
    pieces: Vec<Vec<u8>>,
    /// Bytes of all of them.
    size: usize,
}

impl Batch {
    fn send(&mut self, sender: &SyncSender<Vec<Vec<u8>>>) {
        // Where nobody takes it, the end tells why.
        let _ = sender.send(mem::take(self).pieces);
    }
}

impl<'s> Sink<'s> {
    /// An output that is written at once.
    pub(super) const fn new(stream: Stream<'s, Out>, is_full: &'s AtomicBool) -> Self {
        Self {
            way: Way::Here(stream),
            is_full,
        }
    }

    /// An output with a thread of its own.
    pub(super) fn spawn<'e>(
        stream: Stream<'s, Out>,
        is_full: &'s AtomicBool,
        scope: &'s Scope<'s, 'e>,
    ) -> Self {
        let (sender, receiver) = mpsc::sync_channel::<Vec<Vec<u8>>>(WAITING);
        let mut stream = stream;
        let thread = scope.spawn(move || {
            for pieces in receiver {
                stream.push_all(&pieces)?;
                note(&stream, is_full);
            }
            Ok(stream)
        });
        Self {
            way: Way::There(Batch::default(), sender, thread),
            is_full,
        }
    }

    /// Takes the next piece.
    pub(super) fn push(&mut self, piece: Vec<u8>) -> io::Result<()> {
        match &mut self.way {
            Way::Here(stream) => push(stream, &piece, self.is_full),
            Way::There(batch, sender, _) => {
                batch.size += piece.len();
                batch.pieces.push(piece);
                if batch.size >= AT_ONCE {
                    batch.send(sender);
                }
                Ok(())
            }
        }
    }

    /// Writes what stands behind the last piece.
    pub(super) fn end(self, summary: &Summary) -> io::Result<()> {
        let stream = match self.way {
            Way::Here(stream) => stream,
            Way::There(mut batch, sender, thread) => {
                batch.send(&sender);
                drop(sender);
                let ended = thread.join();
                ended.unwrap_or_else(|_| Err(io::Error::other("its thread broke off")))?
            }
        };
        stream.end(summary).map(drop)
    }
}

fn push(stream: &mut Stream<'_, Out>, piece: &[u8], is_full: &AtomicBool) -> io::Result<()> {
    stream.push(piece)?;
    note(stream, is_full);
    Ok(())
}

fn note(stream: &Stream<'_, Out>, is_full: &AtomicBool) {
    if stream.is_full() {
        is_full.store(true, Ordering::Relaxed);
    }
}

/// Standard output; once its reader has gone away, what is written goes nowhere.
#[derive(Default)]
struct Terminal {
    closed: bool,
}

impl Write for Terminal {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.closed {
            self.closed = !Screen::write(bytes)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A report on standard output.
pub(super) fn on_screen(format: Format, run: &Run) -> Result<Stream<'_, Out>, Failure> {
    let out: Out = Box::new(BufWriter::new(Terminal::default()));
    Stream::begin(format, run, out).map_err(|error| unwritable(&error))
}

/// A report in a file.
pub(super) fn in_file<'r>(
    format: Format,
    run: &'r Run,
    path: &Path,
) -> Result<Stream<'r, Out>, Failure> {
    let file = File::create(path).map_err(|error| unwritable_file(path, &error))?;
    let out: Out = Box::new(BufWriter::with_capacity(AT_ONCE, file));
    Stream::begin(format, run, out).map_err(|error| unwritable(&error))
}

pub(super) fn unwritable(error: &io::Error) -> Failure {
    Failure::new(Kind::Machine, format!("cannot write the report: {error}"))
}

fn unwritable_file(path: &Path, error: &io::Error) -> Failure {
    Failure::new(
        Kind::Machine,
        format!("cannot write {}: {error}", path.display()),
    )
}
