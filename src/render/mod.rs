//! Reports as bytes, one renderer a format.
