//! The id of an object: SHA-1's twenty bytes, or SHA-256's thirty-two.

use std::fmt;

/// The longest id.
const LONGEST: usize = 32;
/// The length of SHA-1's.
const SHA1: u8 = 20;

/// The id of an object of a repository.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    bytes: [u8; LONGEST],
    length: u8,
}

impl Id {
    /// From an id's bytes; `None` where there are too many or none.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut id = Self {
            bytes: [0; LONGEST],
            length: u8::try_from(bytes.len()).ok()?,
        };
        id.bytes.get_mut(..bytes.len())?.copy_from_slice(bytes);
        (!bytes.is_empty()).then_some(id)
    }

    /// From the bytes of SHA-1, which are twenty: what is more is cut off.
    pub(super) fn of_sha1(bytes: &[u8]) -> Self {
        let mut id = Self {
            bytes: [0; LONGEST],
            length: SHA1,
        };
        let all = id.bytes.iter_mut().take(SHA1.into());
        all.zip(bytes).for_each(|(to, from)| *to = *from);
        id
    }

    /// From hexadecimal digits, as git writes ids.
    pub(super) fn from_hex(digits: &[u8]) -> Option<Self> {
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let byte = |pair: &[u8]| match pair {
            [high, low] => u8::try_from(digit(*high)? * 16 + digit(*low)?).ok(),
            _ => None,
        };
        let bytes: Option<Vec<u8>> = digits.chunks(2).map(byte).collect();
        Self::from_bytes(&bytes?)
    }

    /// Its bytes.
    pub(super) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length.into()).unwrap_or_default()
    }

    /// Its first seven digits, as git shows it.
    pub(super) fn abbreviated(self) -> String {
        let mut text = self.to_string();
        text.truncate(7);
        text
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.as_bytes().iter();
        bytes.try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Id({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::Id;

    #[test]
    fn ids_are_read_and_written_as_git_does() {
        for digits in ["0123456789abcdef0123456789abcdef01234567", &"0f".repeat(32)] {
            let id = Id::from_hex(digits.as_bytes()).unwrap();
            assert_eq!(id.to_string(), digits);
            assert_eq!(id.as_bytes().len() * 2, digits.len());
            assert_eq!(id.abbreviated(), digits[..7]);
        }
        for wrong in ["", "012", "xy", &"00".repeat(33)] {
            assert_eq!(Id::from_hex(wrong.as_bytes()), None, "{wrong}");
        }
    }
}
