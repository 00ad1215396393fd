//! A change to a text, and how sure it is.

use super::Span;

/// One change to a docstring: in the file's text, and in the words that Python is to read afterwards.
/// The two are made apart, so that the one can be held against the other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The bytes of the file's text that go.
    pub span: Span,
    /// What comes in their place: escaped, with the file's line endings.
    pub text: String,
    /// The bytes of the docstring's value that go with them.
    pub within: Span,
    /// What Python is to read in their place.
    pub words: String,
}

/// Whether a change may be made unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Applicability {
    /// Nothing that people wrote is lost by it.
    Safe,
    /// It takes words away, or says more than is certain.
    Unsafe,
}

impl Edit {
    /// Whether the two want the same bytes. Two insertions at one place do.
    pub fn overlaps(&self, other: &Self) -> bool {
        let (one, two) = (self.span, other.span);
        one.start < two.end && two.start < one.end || one.start == two.start
    }
}

impl Applicability {
    /// Its word in output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: u32, end: u32) -> Edit {
        Edit {
            span: Span::new(start, end),
            text: String::new(),
            within: Span::default(),
            words: String::new(),
        }
    }

    #[test]
    fn neighbours_do_not_overlap_and_insertions_at_one_place_do() {
        assert!(!edit(0, 2).overlaps(&edit(2, 4)));
        assert!(!edit(2, 4).overlaps(&edit(0, 2)));
        assert!(edit(0, 3).overlaps(&edit(2, 4)));
        assert!(edit(2, 2).overlaps(&edit(2, 2)));
        assert!(edit(2, 2).overlaps(&edit(2, 5)));
        assert!(!edit(2, 2).overlaps(&edit(0, 2)));
    }
}
