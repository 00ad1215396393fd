//! The ways in which a symbol can have changed, as far as its docstring is concerned.

/// One way in which a symbol changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// The symbol is new, or became public.
    Added,
    /// A parameter was added, removed or renamed: what the docstring's presence depends on.
    Params,
    /// Anything else of the signature: order, kind, default, annotation, return annotation.
    Signature,
    /// The set of exceptions that can leave it.
    Raises,
    /// Whether it yields.
    Yields,
    /// Whether it returns a value.
    Returns,
    /// The set of warnings it gives.
    Warns,
    /// Decorators that its kind depends on.
    Decorators,
    /// A class's attributes, fields, `__init__` parameters.
    Attributes,
    /// The docstring's cleaned value.
    Docstring,
    /// The docstring was removed.
    DocstringRemoved,
    /// Tokens of the body otherwise.
    Body,
}

impl Facet {
    /// Every facet, in the order of output.
    pub const ALL: [Self; 12] = [
        Self::Added,
        Self::Params,
        Self::Signature,
        Self::Raises,
        Self::Yields,
        Self::Returns,
        Self::Warns,
        Self::Decorators,
        Self::Attributes,
        Self::Docstring,
        Self::DocstringRemoved,
        Self::Body,
    ];

    /// Its word in output; the two halves of `signature` and of `docstring` share theirs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Params | Self::Signature => "signature",
            Self::Raises => "raises",
            Self::Yields => "yields",
            Self::Returns => "returns",
            Self::Warns => "warns",
            Self::Decorators => "decorators",
            Self::Attributes => "attributes",
            Self::Docstring | Self::DocstringRemoved => "docstring",
            Self::Body => "body",
        }
    }
}

/// A set of facets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facets(u16);

impl Facets {
    /// None of them.
    pub const NONE: Self = Self(0);
    /// All of them.
    pub const ALL: Self = Self((1 << Facet::ALL.len()) - 1);

    /// These facets.
    pub const fn of(facets: &[Facet]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < facets.len() {
            bits |= 1 << facets[at] as u16;
            at += 1;
        }
        Self(bits)
    }

    /// The same and one more.
    #[must_use]
    pub const fn with(self, facet: Facet) -> Self {
        Self(self.0 | 1 << facet as u16)
    }

    /// Those that both hold.
    #[must_use]
    pub const fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether it holds `facet`.
    pub const fn has(self, facet: Facet) -> bool {
        self.0 & (1 << facet as u16) != 0
    }

    /// Whether the two share one.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it holds none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those it holds, in the order of output.
    pub fn iter(self) -> impl Iterator<Item = Facet> {
        Facet::ALL.into_iter().filter(move |&facet| self.has(facet))
    }

    /// Their words, each once, in the order of output.
    pub fn words(self) -> Vec<&'static str> {
        let mut words: Vec<_> = self.iter().map(Facet::word).collect();
        words.dedup();
        words
    }
}
