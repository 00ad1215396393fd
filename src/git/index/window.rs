//! A file read through a window: an index of many megabytes is looked at once, from front to back.

use std::io::Read;

/// So much is read at a time: it stays in the processor's cache, and the memory for it is touched once.
const CHUNK: usize = 128 * 1024;

/// The bytes that are next, as many as were asked for.
pub(super) struct Window<R> {
    reader: R,
    bytes: Vec<u8>,
    /// Where in `bytes` what is next begins.
    at: usize,
    is_at_end: bool,
}

impl<R: Read> Window<R> {
    /// A window at the front.
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader,
            bytes: Vec::with_capacity(CHUNK),
            at: 0,
            is_at_end: false,
        }
    }

    /// What is next, at least as far as `see` has said.
    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Goes on by `count` bytes; not beyond what is there.
    pub(super) fn advance(&mut self, count: usize) {
        self.at = (self.at + count).min(self.bytes.len());
    }

    /// Makes `count` bytes visible, or all that are left; false in the second case.
    pub(super) fn see(&mut self, count: usize) -> std::io::Result<bool> {
        if self.bytes().len() >= count {
            return Ok(true);
        }
        self.bytes.drain(..self.at);
        self.at = 0;
        while self.bytes.len() < count && !self.is_at_end {
            let space = CHUNK.max(count).saturating_sub(self.bytes.len()) as u64;
            let read = self
                .reader
                .by_ref()
                .take(space)
                .read_to_end(&mut self.bytes)?;
            self.is_at_end = read < space as usize;
        }
        Ok(self.bytes.len() >= count)
    }

    /// All that is left.
    pub(super) fn rest(mut self) -> std::io::Result<Vec<u8>> {
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
        }
        assert!(!window.see(CHUNK * 2).unwrap());
        assert_eq!(window.bytes(), &whole[at..]);
        assert_eq!(window.rest().unwrap(), &whole[at..]);
    }
}
