//! Rules on a screen as links to their pages.
//!
//! The sequence: <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda> (OSC 8). It takes
//! no column, so nothing that is aligned has to know of it.

use std::fmt::{self, Display, Formatter};

use super::{Run, rule_page};
use crate::rules::Rule;

/// A rule's code or name, and where its page is.
pub(super) struct Link<'a> {
    text: &'a str,
    address: Option<String>,
}

impl<'a> Link<'a> {
    /// `text` as a link to the page of `rule`, where `run` wants links; as it is elsewhere.
    pub(super) fn new(run: &Run, rule: &Rule, text: &'a str) -> Self {
        let address = run.hyperlinks.then(|| rule_page::address(rule)).flatten();
        Self { text, address }
    }

    /// The text, where it is no link.
    pub(super) fn plain(&self) -> Option<&'a str> {
        self.address.is_none().then_some(self.text)
    }
}

impl Display for Link<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match &self.address {
            Some(address) => write!(out, "\x1b]8;;{address}\x1b\\{}\x1b]8;;\x1b\\", self.text),
            None => out.write_str(self.text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{rendered, run};
    use super::super::{Format, Run};

    /// What a terminal shows: the text without the links.
    fn unlinked(text: &str) -> String {
        let mut parts = text.split("\u{1b}]8;;");
        let mut seen = parts.next().unwrap().to_owned();
        for part in parts {
            seen.push_str(part.split_once("\u{1b}\\").unwrap().1);
        }
        seen
    }

    #[test]
    fn each_finding_links_to_its_page_and_looks_as_without() {
        for format in [Format::Full, Format::Concise, Format::Grouped] {
            for (width, colour) in [(60, false), (60, true), (100, true)] {
                let plain = run(width, colour);
                let linked = Run {
                    hyperlinks: true,
                    ..plain.clone()
                };
                let text = rendered(format, &linked);
                assert_eq!(unlinked(&text), rendered(format, &plain));
                let page = concat!(
                    "\u{1b}]8;;",
                    env!("CARGO_PKG_REPOSITORY"),
                    "/blob/v",
                    env!("CARGO_PKG_VERSION"),
                    "/docs/rules/missing-param.md\u{1b}\\"
                );
                assert_eq!(text.matches(page).count(), 4, "{text}");
                assert_eq!(text.matches("\u{1b}]8;;\u{1b}\\").count(), 8);
            }
        }
    }

    #[test]
    fn no_other_format_has_links() {
        let linked = Run {
            hyperlinks: true,
            ..run(100, false)
        };
        let people = [Format::Full, Format::Concise, Format::Grouped];
        for &format in Format::ALL.iter().filter(|it| !people.contains(it)) {
            let text = rendered(format, &linked);
            assert!(!text.contains('\u{1b}'), "{}", format.name());
        }
    }
}
