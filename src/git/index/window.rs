//! A file read through a window: an index of many megabytes is looked at once, from front to back.

use std::io::{self, Read};

/// So much is read at a time: it stays in the processor's cache, and the memory for it is touched once.
const CHUNK: usize = 128 * 1024;

/// The bytes that are next, as many as were asked for.
pub(super) struct Window<R> {
    reader: R,
    bytes: Vec<u8>,
    /// Where in `bytes` what is next begins.
    at: usize,
    /// Where in `bytes` what has been read ends.
    end: usize,
    /// How many bytes were passed before those in `bytes`.
    dropped: u64,
}

impl<R: Read> Window<R> {
    /// A window at the front.
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader,
            bytes: vec![0; CHUNK],
            at: 0,
            end: 0,
            dropped: 0,
        }
    }

    /// What is next, at least as far as `see` has said.
    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(self.at..self.end).unwrap_or_default()
    }

    /// Goes on by `count` bytes; not beyond what is there.
    pub(super) fn advance(&mut self, count: usize) {
        self.at = (self.at + count).min(self.end);
    }

    /// How many bytes lie before what is next.
    pub(super) fn passed(&self) -> u64 {
        self.dropped + self.at as u64
    }

    /// Makes `count` bytes visible, or all that are left; false in the second case.
    pub(super) fn see(&mut self, count: usize) -> io::Result<bool> {
        if self.end - self.at >= count {
            return Ok(true);
        }
        self.bytes.copy_within(self.at..self.end, 0);
        self.dropped += self.at as u64;
        (self.at, self.end) = (0, self.end - self.at);
        if self.bytes.len() < count {
            self.bytes.resize(count, 0);
        }
        while self.end < count {
            let space = self.bytes.get_mut(self.end..).unwrap_or_default();
            match self.reader.read(space) {
                Ok(0) => return Ok(false),
                Ok(read) => self.end += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }

    /// All that is left.
    pub(super) fn rest(mut self) -> io::Result<Vec<u8>> {
        self.bytes.truncate(self.end);
        self.bytes.drain(..self.at);
        self.reader.read_to_end(&mut self.bytes)?;
        Ok(self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_next_is_seen_across_chunks() {
        let whole: Vec<u8> = (0..CHUNK * 2 + 100).map(|at| (at % 251) as u8).collect();
        let mut window = Window::new(whole.as_slice());
        let mut at = 0;
        for step in [1, 5000, CHUNK - 7, 11, CHUNK / 2] {
            assert!(window.see(step + 3).unwrap());
            assert_eq!(window.bytes().get(..step + 3), whole.get(at..at + step + 3));
            window.advance(step);
            at += step;
            assert_eq!(window.passed(), at as u64);
        }
        assert!(!window.see(CHUNK * 2).unwrap());
        assert_eq!(window.bytes(), &whole[at..]);
        assert_eq!(window.rest().unwrap(), &whole[at..]);
    }
}
