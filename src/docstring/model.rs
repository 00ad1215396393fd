//! The model: summary, description, sections of entries. All spans are byte offsets into the
//! docstring's value as Python gives it (not cleaned).

use crate::text::Span;

/// How a docstring's structure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// `Args:` and an indented block (Google Python Style Guide 3.8).
    Google,
    /// `Parameters` and a line of dashes (numpydoc).
    Numpy,
    /// `:param x:` fields (Sphinx's Python domain).
    Sphinx,
    /// `@param x:` fields (Epydoc).
    Epytext,
}

impl Style {
    /// Its name for people.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Google => "Google",
            Self::Numpy => "NumPy",
            Self::Sphinx => "Sphinx",
            Self::Epytext => "Epytext",
        }
    }
}

/// One docstring, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Docstring<'v> {
    /// The value it was read from.
    pub value: &'v str,
    /// The style its structure is written in; `None` where it has no structure to tell.
    pub style: Option<Style>,
    /// The first paragraph; `None` where the text is empty or begins with a section.
    pub summary: Option<Span>,
    /// What stands between the summary and the first section, blank lines around it left out.
    pub description: Option<Span>,
    /// The sections, in the order of the text. Fields (`:param x:`) that follow one another and are of
    /// one kind are one section.
    pub sections: Vec<Section<'v>>,
    /// What is odd, in the order of the text.
    pub quirks: Vec<Quirk>,
}

/// One section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section<'v> {
    /// What it is about.
    pub kind: SectionKind,
    /// Its name as written, without colon or underline; for fields the first field's name (`param`).
    pub title: Span,
    /// From its name to the end of its last non-blank line.
    pub span: Span,
    /// What stands below the header (behind it, where it goes on in the header's line), blank lines around
    /// it left out; empty where nothing does. Of fields: all of them, as their emptiness shows in their texts.
    pub body: Span,
    /// Its entries, for the kinds that have them ([`SectionKind::has_entries`]).
    pub entries: Vec<Entry<'v>>,
}

/// One entry of a section: a parameter, an exception, a returned value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'v> {
    /// The name, stars and escapes left off (`args` for `\*args`, `type_` for `type\_`); `None` for a returned
    /// or yielded value without a name. An exception's or warning's class, as written (`m.E`), is its name.
    pub name: Option<&'v str>,
    /// Where the name stands, stars included; empty where there is none.
    pub name_span: Span,
    /// The type, as written, parentheses left off.
    pub annotation: Option<Span>,
    /// What is said of it; `None` where nothing is.
    pub text: Option<Span>,
    /// From its first to its last byte that is not blank. Names that share an entry (`a, b: text`) share it
    /// all; a `:type x:` field lies outside of it.
    pub span: Span,
}

/// What a section is about. Names and aliases are napoleon's, numpydoc's and a few more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectionKind {
    /// `Args`, `Arguments`, `Parameters`, `Params`, `:param:`.
    Params,
    /// `Keyword Args`, `Keyword Arguments`, `:keyword:`: parameters all the same.
    KeywordParams,
    /// `Other Parameters`: parameters all the same.
    OtherParams,
    /// `Attributes`, `:ivar:`, `:cvar:`, `:var:`.
    Attributes,
    /// `Methods`.
    Methods,
    /// `Return`, `Returns`, `:returns:`.
    Returns,
    /// `Yield`, `Yields`.
    Yields,
    /// `Receive`, `Receives`.
    Receives,
    /// `Raise`, `Raises`, `Exceptions`, `:raises:`.
    Raises,
    /// `Warn`, `Warns`.
    Warns,
    /// `Example`, `Examples`.
    Examples,
    /// `Note`, `Notes`.
    Notes,
    /// `References`.
    References,
    /// `See Also`.
    SeeAlso,
    /// `Deprecated`, `.. deprecated::`.
    Deprecated,
    /// `Attention`, `Caution`, `Danger`, `Error`, `Hint`, `Important`, `Tip`, `Todo`, `Warning`, `Warnings`.
    Admonition,
    /// A title that is none of these, underlined or with an indented block below (`Usage:`).
    Other,
}

impl SectionKind {
    /// Whether its body is a list of entries.
    pub const fn has_entries(self) -> bool {
        self.is_params()
            || matches!(
                self,
                Self::Attributes
                    | Self::Methods
                    | Self::Returns
                    | Self::Yields
                    | Self::Receives
                    | Self::Raises
                    | Self::Warns
            )
    }

    /// Whether its entries are parameters.
    pub const fn is_params(self) -> bool {
        matches!(self, Self::Params | Self::KeywordParams | Self::OtherParams)
    }
}

/// Something odd in a docstring that a rule may speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quirk {
    /// What.
    pub kind: QuirkKind,
    /// Where.
    pub span: Span,
}

/// What is odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuirkKind {
    /// A line in a section of entries that is no entry of its style: an entry's text gone on without its
    /// indentation, an entry without its colon. A reader can still see what is meant, and where that
    /// is plain an [`Entry`] or its text holds it.
    MalformedEntry,
    /// A paragraph in a section of parameters that is none of its entries, set off by a blank line or before
    /// them all: it may tell of parameters without naming them (`The rest are as in f.`). No fault.
    Remark,
    /// A line that code fills in later (`%(axis)s`, `{params}`): it may hold what is not to be found. No fault.
    Template,
    /// A section name with a letter or two wrong (`Retruns:`), read as what it means.
    MisspelledSection(&'static str),
    /// Entries in another style than the docstring's; they are read all the same.
    ForeignStyle(Style),
}

impl Docstring<'_> {
    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        self.value.chars().all(char::is_whitespace)
    }

    /// Whether it holds several styles.
    pub fn is_mixed(&self) -> bool {
        let mut quirks = self.quirks.iter();
        quirks.any(|it| matches!(it.kind, QuirkKind::ForeignStyle(_)))
    }

    /// The sections of one kind, in the order of the text.
    pub fn sections_of(&self, kind: SectionKind) -> impl Iterator<Item = &Section<'_>> {
        self.sections
            .iter()
            .filter(move |section| section.kind == kind)
    }

    /// The entries of all sections of a kind that `is_meant`, each with its section and its place there.
    pub fn placed(
        &self,
        is_meant: impl Fn(SectionKind) -> bool,
    ) -> impl Iterator<Item = (&Section<'_>, usize, &Entry<'_>)> {
        let sections = self.sections.iter().filter(move |it| is_meant(it.kind));
        sections.flat_map(|section| {
            let entries = section.entries.iter().enumerate();
            entries.map(move |(at, entry)| (section, at, entry))
        })
    }

    /// The entries that document parameters, whichever section they stand in.
    pub fn params(&self) -> impl Iterator<Item = &Entry<'_>> {
        self.sections
            .iter()
            .filter(|it| it.kind.is_params())
            .flat_map(|it| &it.entries)
    }
}
