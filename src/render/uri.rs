//! Paths as references of RFC 3986.

use std::fmt::Write as _;

/// `path`, `/` between its parts, with every byte that a URI's path may not hold percent-encoded.
pub(super) fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for (at, byte) in path.bytes().enumerate() {
        match byte {
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'/'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'!'
            | b'$'
            | b'&'
            | b'\''
            | b'('
            | b')'
            | b'*'
            | b'+'
            | b','
            | b';'
            | b'='
            | b'@' => uri.push(byte.into()),
            // In a first part it would end a scheme.
            b':' if path[..at].contains('/') => uri.push(':'),
            // Writing to a string cannot fail.
            _ => drop(write!(uri, "%{byte:02X}")),
        }
    }
    uri
}

/// The absolute folder `path` as a `file` URI that ends with a slash.
pub(super) fn folder(path: &str) -> String {
    let path = path.trim_matches('/');
    if path.is_empty() {
        return "file:///".to_owned();
    }
    // A drive's letter keeps its colon.
    let (drive, rest) = match path.split_once(":/") {
        Some((drive, rest)) if drive.len() == 1 => (format!("{drive}:/"), rest),
        _ => (String::new(), path),
    };
    format!("file:///{drive}{}/", encoded(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_path_may_not_hold_is_encoded() {
        assert_eq!(encoded("src/a b/é#?%.py"), "src/a%20b/%C3%A9%23%3F%25.py");
        assert_eq!(encoded("a:b/c:d.py"), "a%3Ab/c:d.py");
        assert_eq!(encoded("../x.py"), "../x.py");
    }

    #[test]
    fn folders_end_with_a_slash() {
        assert_eq!(folder("/home/me/my code"), "file:///home/me/my%20code/");
        assert_eq!(folder("C:/code"), "file:///C:/code/");
        assert_eq!(folder("/"), "file:///");
    }
}
