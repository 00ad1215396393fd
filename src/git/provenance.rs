//! Where a checkout comes from, for reports that others read.

use std::fmt::Write as _;

use super::path::slashed;
use super::repository::Repository;

/// Where a checkout comes from. Nothing in it is secret: names and passwords are cut from addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The top of the worktree, `/` between its parts.
    pub root: String,
    /// From the top of the worktree to the working folder, with `/` at its end; empty where they are the same.
    pub prefix: String,
    /// The address of the remote `origin`, as a URI.
    pub address: Option<String>,
    /// The commit that is checked out, in full.
    pub revision: Option<String>,
    /// The branch that is checked out.
    pub branch: Option<String>,
}

impl Repository {
    /// Where this checkout comes from, as far as it can be told.
    pub fn provenance(&self) -> Provenance {
        let origin = self.backend.address("origin");
        let origin = origin.and_then(|origin| public_address(&origin));
        let branch = self.backend.branch();
        let commit = self.backend.head().ok().flatten();
        let below = self.cwd().strip_prefix(&self.root).map(slashed);
        let prefix = below.unwrap_or_default();
        Provenance {
            root: slashed(&self.root).trim_end_matches('/').to_owned(),
            prefix: if prefix.is_empty() {
                prefix
            } else {
                prefix + "/"
            },
            address: origin,
            revision: commit.map(|commit| commit.to_string()),
            branch,
        }
    }
}

/// `address` as a URI that may be shown; `None` for what is none.
pub(super) fn public_address(address: &str) -> Option<String> {
    let address = address.trim_end_matches('/');
    let address = address.strip_suffix(".git").unwrap_or(address);
    if let Some((scheme, rest)) = address.split_once("://") {
        let (host, path) = rest.split_once('/')?;
        let host = host.rsplit('@').next()?;
        return Some(format!("{scheme}://{host}/{}", encoded(path)));
    }
    if address.starts_with('/') {
        return Some(format!("file://{}", encoded(address)));
    }
    // `git@host:path`, the short form of ssh; a drive's letter is no host.
    let (host, path) = address.split_once(':')?;
    let host = host.rsplit('@').next()?;
    let is_host = host.len() > 1 && !host.contains(['/', '\\']);
    is_host.then(|| format!("https://{host}/{}", encoded(path.trim_start_matches('/'))))
}

/// `path` with every byte that a URI may not hold percent-encoded; what is encoded already stays.
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@%".contains(&byte) {
            uri.push(byte.into());
        } else {
            // Writing to a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::public_address;

    #[test]
    fn addresses_are_uris_without_secrets() {
        let public = |address| public_address(address).unwrap_or_default();
        let hub = "https://github.com/me/it";
        assert_eq!(public("https://github.com/me/it.git"), hub);
        assert_eq!(
            public("https://x-access-token:secret@github.com/me/it"),
            hub
        );
        assert_eq!(public("git@github.com:me/it.git"), hub);
        assert_eq!(public("ssh://git@host:22/me/it.git"), "ssh://host:22/me/it");
        assert_eq!(public("/srv/my git/it.git/"), "file:///srv/my%20git/it");
        assert_eq!(public("../it"), "");
        assert_eq!(public("C:\\it"), "");
    }
}
