//! Where in a JSON text a pointer leads, or a complaint points: what parsed values no longer know.

use std::ops::Range;

/// A place in a JSON text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonPlace {
    /// The key that names the value, quotes included; none for the whole text and for items of lists.
    pub key: Option<Range<usize>>,
    /// The value.
    pub value: Range<usize>,
}

impl JsonPlace {
    /// Where the value lies that the names and numbers of `path` lead to, one after the other; as far as they lead. `text`
    /// has to be JSON.
    pub fn find<'p>(text: &str, path: impl Iterator<Item = &'p str>) -> Self {
        find(text, path)
    }

    /// What a reader is to be shown: the value where it stands on one line, or else its key, or its first character.
    pub fn shown(self, text: &str) -> Range<usize> {
        if !text[self.value.clone()].contains('\n') {
            return self.value;
        }
        let first = self.value.start..self.value.start + 1;
        self.key.unwrap_or(first)
    }
}

/// The character that a JSON reader complains of, by its `line` and `column`, from 1.
pub fn json_complaint(text: &str, line: usize, column: usize) -> Range<usize> {
    let lines = text.split_inclusive('\n').take(line.saturating_sub(1));
    let before: usize = lines.map(str::len).sum();
    let mut start = (before + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let character = text[start..].chars().next().filter(|it| *it != '\n');
    start..start + character.map_or(0, char::len_utf8)
}

fn find<'p>(text: &str, path: impl Iterator<Item = &'p str>) -> JsonPlace {
    let mut scan = Scan { text, at: 0 };
    scan.blank();
    let mut key = None;
    for part in path {
        let before = scan.at;
        let Some(found) = scan.enter(part) else {
            scan.at = before;
            break;
        };
        key = found;
    }
    let start = scan.at;
    scan.value();
    JsonPlace {
        key,
        value: start..scan.at,
    }
}

/// A way through a text that is known to be JSON.
struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl Scan<'_> {
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn blank(&mut self) {
        while matches!(self.byte(), b' ' | b'\t' | b'\r' | b'\n') {
            self.at += 1;
        }
    }

    /// Goes to the member or item `part`, and gives the member's key; `None` where there is none of that name.
    #[expect(
        clippy::option_option,
        reason = "whether it is there, and then whether it has a key"
    )]
    fn enter(&mut self, part: &str) -> Option<Option<Range<usize>>> {
        let is_object = match self.byte() {
            b'{' => true,
            b'[' => false,
            _ => return None,
        };
        self.at += 1;
        let mut index = 0_usize;
        loop {
            self.blank();
            if matches!(self.byte(), b'}' | b']' | 0) {
                return None;
            }
            let key = is_object.then(|| self.key());
            let is_it = match &key {
                Some(key) => {
                    let name = serde_json::from_str::<String>(&self.text[key.clone()]);
                    name.is_ok_and(|it| it == part)
                }
                None => part.parse() == Ok(index),
            };
            if is_it {
                return Some(key);
            }
            self.value();
            self.blank();
            // The comma; a closing bracket ends the loop.
            if self.byte() == b',' {
                self.at += 1;
            }
            index += 1;
        }
    }

    /// A member's key; what follows is its value.
    fn key(&mut self) -> Range<usize> {
        let start = self.at;
        self.string();
        let key = start..self.at;
        self.blank();
        self.at += 1;
        self.blank();
        key
    }

    fn string(&mut self) {
        self.at += 1;
        while !matches!(self.byte(), b'"' | 0) {
            self.at += if self.byte() == b'\\' { 2 } else { 1 };
        }
        self.at += 1;
    }

    /// Goes behind the value that begins here, however deep it is.
    fn value(&mut self) {
        let mut depth = 0_usize;
        loop {
            match self.byte() {
                b'"' => self.string(),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' if depth > 0 => {
                    depth -= 1;
                    self.at += 1;
                }
                0 | b'}' | b']' => break,
                b',' if depth == 0 => break,
                _ => self.at += 1,
            }
            if depth == 0 && !self.goes_on() {
                break;
            }
        }
        self.at = self.at.min(self.text.len());
    }

    /// Whether a number or a word goes on.
    fn goes_on(&self) -> bool {
        matches!(self.byte(), b'0'..=b'9' | b'a'..=b'z' | b'.' | b'+' | b'-' | b'E')
            && !matches!(
                self.text.as_bytes().get(self.at.wrapping_sub(1)),
                Some(b'"' | b'}' | b']')
            )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\n  \"a\": [1, {\"b\\u0063\": \"x}\\\"\"}, true],\n  \"d\": -1.5e3\n}\n";

    fn found(path: &[&str]) -> &'static str {
        &TEXT[find(TEXT, path.iter().copied()).shown(TEXT)]
    }

    #[test]
    fn a_path_leads_to_its_value() {
        assert_eq!(found(&["a"]), "[1, {\"b\\u0063\": \"x}\\\"\"}, true]");
        assert_eq!(found(&["a", "0"]), "1");
        assert_eq!(found(&["a", "1", "bc"]), "\"x}\\\"\"");
        assert_eq!(found(&["a", "2"]), "true");
        assert_eq!(found(&["d"]), "-1.5e3");
    }

    #[test]
    fn a_path_that_ends_is_followed_as_far_as_it_leads() {
        assert_eq!(
            found(&["a", "1", "nothing", "at all"]),
            "{\"b\\u0063\": \"x}\\\"\"}"
        );
        assert_eq!(found(&["d", "0"]), "-1.5e3");
        assert_eq!(
            found(&[]),
            "{",
            "what fills many lines is its first character"
        );
    }

    #[test]
    fn a_value_of_many_lines_is_shown_by_its_key() {
        let text = "{\"one\": {\n\"two\": 2\n}}";
        let place = find(text, ["one"].into_iter());
        assert_eq!(&text[place.shown(text)], "\"one\"");
    }
}
