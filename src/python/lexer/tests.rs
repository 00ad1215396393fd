//! Tokens of single lines.
