//! A hash that stays the same in every release: what is written to files and compared next year.

/// FNV-1a in 64 bits, which unlike the standard library's hash never changes.
/// <http://www.isthe.com/chongo/tech/comp/fnv/>
#[derive(Clone, Debug)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// Add one byte.
    pub fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }

    /// Add a part and its end, so that `ab`, `c` is not `a`, `bc`.
    pub fn add(&mut self, part: &str) {
        part.bytes().for_each(|byte| self.byte(byte));
        self.byte(0xff);
    }

    /// The hash of what was added.
    pub const fn value(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Fnv;

    #[test]
    fn the_hash_is_the_published_one() {
        let mut hash = Fnv::default();
        "foobar".bytes().for_each(|byte| hash.byte(byte));
        assert_eq!(hash.value(), 0x8594_4171_f739_67e8);
    }
}
