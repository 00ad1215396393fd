//! What git says when it does not clone, and what that means.

use super::address::{Address, Scheme};
use super::error::CloneError;

/// No name to look up, nobody who listens, a line that breaks.
const UNREACHABLE: &[&str] = &[
    "Could not resolve",
    "could not resolve",
    "Couldn't resolve",
    "unable to look up",
    "Name or service not known",
    "Failed to connect",
    "Could not connect",
    "unable to connect",
    "Connection refused",
    "Connection reset",
    "Connection timed out",
    "Connection closed",
    "Network is unreachable",
    "No route to host",
    "Empty reply from server",
    "The requested URL returned error: 5",
    "the remote end hung up",
    "recv error",
    "RPC failed",
    "early EOF",
];

const MISSING: &[&str] = &[
    "not found",
    "does not appear to be a git repository",
    "returned error: 404",
    "returned error: 410",
    "not exported",
    "access denied or repository not",
    "does not exist",
];

const UNKNOWN: &[&str] = &[
    "Authentication failed",
    "could not read Username",
    "could not read Password",
    "terminal prompts disabled",
    "Permission denied",
    "returned error: 401",
    "returned error: 403",
    "Invalid username or",
    "Too many authentication failures",
];

const UNTRUSTED: &[&str] = &[
    "Host key verification failed",
    "certificate",
    "gnutls_handshake",
    "SSL_connect",
];

/// The remote's branch or tag is not there.
const NO_REVISION: &[&str] = &[
    "couldn't find remote ref",
    "not our ref",
    "Server does not allow request for unadvertised object",
    "no such remote ref",
    "unknown revision",
    "Needed a single revision",
];

/// Whether git was told of a repository whose ids are SHA-256.
pub(super) fn wants_sha256(said: &str) -> bool {
    said.contains("mismatched algorithms") && said.contains("server sha256")
}

/// The address that a server sent git on to, where it is another server's.
pub(super) fn elsewhere(address: &Address, said: &str) -> Option<CloneError> {
    if address.origin.is_empty() {
        return None;
    }
    let mut targets = said
        .lines()
        .filter_map(|it| it.trim_end().strip_prefix("warning: redirecting to "));
    let other = targets.find(|target| {
        let rest = target.strip_prefix(address.origin.as_str());
        !rest.is_some_and(|rest| rest.starts_with('/'))
    })?;
    // What the server sends may hold anything.
    let other = crate::git::provenance::public_address(other)
        .unwrap_or_else(|| "an address that is none".to_owned());
    Some(CloneError::Elsewhere {
        address: address.shown().to_owned(),
        other,
    })
}

/// Why git did not clone.
pub(super) fn failure(address: &Address, said: &str) -> CloneError {
    let has = |words: &[&str]| words.iter().any(|it| said.contains(it));
    let shown = address.shown().to_owned();
    let line = address.secret.masked(&telling(said));
    if has(NO_REVISION) {
        return match &address.revision {
            Some(revision) => CloneError::NoRevision {
                address: shown,
                revision: revision.clone(),
            },
            None => CloneError::Empty { address: shown },
        };
    }
    if has(UNTRUSTED) {
        let hint = if address.scheme == Scheme::Ssh {
            format!(
                "`ssh {}` once shows the server's key, and asks whether it is the right one",
                address.host
            )
        } else {
            "`GIT_SSL_CAINFO` names a file of certificates that git shall trust".to_owned()
        };
        return CloneError::Untrusted {
            address: shown,
            said: line,
            hint,
        };
    }
    if has(UNKNOWN) {
        let hint = if address.scheme == Scheme::Ssh {
            "ssh asks nothing here: the key has to be in the agent, or to need no passphrase"
        } else {
            "git asks its credential helpers (`git help credentials`) and nobody else here; a misspelt address \
             looks the same to many servers"
        };
        return CloneError::Unknown {
            address: shown,
            said: line,
            hint: hint.to_owned(),
        };
    }
    if has(UNREACHABLE) && !has(MISSING) {
        return CloneError::Unreachable {
            address: shown,
            said: line,
        };
    }
    if has(MISSING) {
        return CloneError::Missing { address: shown };
    }
    CloneError::Git {
        address: shown,
        said: line,
    }
}

/// What git says behind whatever else went wrong with a remote.
const ALWAYS: &[&str] = &[
    "fatal: Could not read from remote repository.",
    "Please make sure you have the correct access rights",
    "and the repository exists.",
];

/// The line that tells most: the first that git calls fatal or an error, else the last one; and what the server told git.
fn telling(said: &str) -> String {
    let lines = said.lines().map(str::trim);
    let lines: Vec<&str> = lines
        .filter(|it| !it.is_empty() && !ALWAYS.contains(it))
        .collect();
    let begins = |start: &'static str| lines.iter().find_map(|it| it.strip_prefix(start));
    let line = begins("fatal: ")
        .or_else(|| begins("error: "))
        .or_else(|| lines.last().copied())
        .unwrap_or("git does not say why");
    let told = match begins("remote: ") {
        Some(remote) => format!("{line} (the server says: {remote})"),
        None => line.to_owned(),
    };
    told.chars()
        .filter(|it| !it.is_control())
        .take(300)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_most_is_told() {
        let ssh = "Warning: x\ngit@h: Permission denied (publickey).\nfatal: Could not read from remote repository.\n\n\
                   Please make sure you have the correct access rights\nand the repository exists.\n";
        assert_eq!(telling(ssh), "git@h: Permission denied (publickey).");
        let http = "remote: Not for you.\x1b[31m\nfatal: unable to access 'x'\n";
        let told = "unable to access 'x' (the server says: Not for you.[31m)";
        assert_eq!(telling(http), told);
        assert_eq!(telling(""), "git does not say why");
    }
}
