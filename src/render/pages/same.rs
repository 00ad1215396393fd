//! Whether a page is as it should be.
//!
//! Links to the source name a commit, so they would differ after every one: a page that is committed cannot name its own.
//! They stay right whatever comes later, and are no reason to write a page anew.

/// What begins a line that links to the source.
pub(super) const LINK: &str = "[Source](";
/// What begins a line that says why there is no such link.
pub(super) const NO_LINK: &str = "*Not as at ";

/// Whether the page `old` says what `new` does, links to the source and the ends of lines apart.
pub fn is_same(old: &[u8], new: &str) -> bool {
    if old == new.as_bytes() {
        return true;
    }
    std::str::from_utf8(old).is_ok_and(|old| rest(old).eq(rest(new)))
}

/// The lines that tell.
fn rest(text: &str) -> impl Iterator<Item = &str> {
    let mut is_behind = false;
    text.lines().filter(move |line| {
        let is_link = line.starts_with(LINK) || line.starts_with(NO_LINK);
        let is_gap = is_behind && line.is_empty();
        let is_kept = !is_link && !is_gap;
        is_behind = is_link;
        is_kept
    })
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn links_to_the_source_and_line_ends_are_no_difference() {
        let one = "# a\n\n[Source](https://x.org/1)\n\nText\n";
        for other in [
            "# a\n\n[Source](https://x.org/2)\n\nText\n",
            "# a\r\n\r\n[Source](https://x.org/1)\r\n\r\nText\r\n",
            "# a\n\nText\n",
            "# a\n\n*Not as at `1a`.*\n\nText\n",
        ] {
            assert!(is_same(other.as_bytes(), one), "{other}");
        }
        for other in [
            "# a\n\nText.\n",
            "# a\nText\n",
            "# a\n\n[Other](x)\n\nText\n",
            "\u{1}",
        ] {
            assert!(!is_same(other.as_bytes(), one), "{other}");
        }
        assert!(!is_same(b"\xff", one));
    }
}
