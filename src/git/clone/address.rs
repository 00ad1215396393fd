//! What a user types for a repository: `https://host/path`, `ssh://git@host/path`, `git@host:path`, each with `#REV:FOLDER`.

use std::net::IpAddr;
use std::path::Path;

use url::{Host, Url};

use super::secret::{Secret, decoded};

/// The address of a repository, and what of it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub(super) scheme: Scheme,
    /// What git is told: no name or password of https stands in it.
    pub(super) told: String,
    /// Its server, as git's settings name it; empty where git has no settings for it.
    pub(super) origin: String,
    /// The server's name.
    pub(super) host: String,
    /// What people may read.
    shown: String,
    pub(super) secret: Secret,
    /// The branch, tag or commit; `None` for what the server calls `HEAD`.
    pub(super) revision: Option<String>,
    /// The file or folder that is looked at, below the repository's top.
    pub(super) folder: Option<String>,
}

/// How a repository is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    Https,
    /// To this machine only.
    Http,
    Ssh,
    Git,
    /// Only where the user asks for it.
    File,
}

/// An address that is none, or that docgen will not clone. Whose fault it is: the user's.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{shown} {reason}")]
pub struct AddressError {
    /// The address without names and passwords.
    shown: String,
    reason: String,
    /// What to do.
    pub hint: String,
}

impl Address {
    /// The address that a PATH is; `None` for one that is a file's or a folder's. `file://` is one `with_files` only.
    pub fn read(path: &Path, with_files: bool) -> Option<Result<Self, AddressError>> {
        let text = path.to_str()?;
        if let Some((scheme, _)) = text.split_once("://") {
            let is_word = |it: char| it.is_ascii_alphanumeric() || "+-.".contains(it);
            let is_scheme = scheme.starts_with(|it: char| it.is_ascii_alphabetic());
            let is_scheme = is_scheme && scheme.len() > 1;
            return (is_scheme && scheme.chars().all(is_word)).then(|| url(text, with_files));
        }
        short(text).filter(|_| path.symlink_metadata().is_err())
    }

    /// The address as people may read it.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// What the repository is called: the end of its address, as far as it can be a folder's name.
    pub(super) fn name(&self) -> String {
        let path = self.told.trim_end_matches('/');
        let path = path.strip_suffix(".git").unwrap_or(path);
        let name = path.rsplit(['/', ':']).next().unwrap_or_default();
        let is_plain = |it: &char| it.is_alphanumeric() || "-_.".contains(*it);
        let name: String = name.chars().filter(is_plain).collect();
        let name = name.trim_start_matches('.');
        if name.is_empty() { "repository" } else { name }.to_owned()
    }

    /// The file or folder that is looked at, below the repository's top.
    pub fn folder(&self) -> Option<&str> {
        self.folder.as_deref()
    }
}

impl Scheme {
    /// Its name in `GIT_ALLOW_PROTOCOL`.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Https => "https",
            Self::Http => "http",
            Self::Ssh => "ssh",
            Self::Git => "git",
            Self::File => "file",
        }
    }
}

const EXAMPLE: &str =
    "an address is such as https://example.org/me/it.git or ssh://git@example.org/me/it.git";
const REVISIONS: &str = "`#v1.2` names a tag, `#v1.2:src` a folder of it";

/// `scheme://...`.
fn url(text: &str, with_files: bool) -> Result<Address, AddressError> {
    let url = parsed(text)?;
    let shown = shown(&url);
    let refuse = |(reason, hint): (&str, &str)| AddressError {
        shown: shown.clone(),
        reason: reason.to_owned(),
        hint: hint.to_owned(),
    };
    let scheme = scheme(&url, with_files).map_err(refuse)?;
    let host = place(&url, scheme).map_err(|reason| refuse((reason, EXAMPLE)))?;
    let secret = secret(&url, scheme).map_err(refuse)?;
    let what = what(url.fragment()).map_err(|reason| refuse((reason, REVISIONS)))?;
    let mut told = url.clone();
    told.set_fragment(None);
    if scheme != Scheme::Ssh {
        // Both are refused where there is no server, and then there is nothing to take away.
        let _ = told.set_username("");
        let _ = told.set_password(None);
    }
    let port = url.port().map(|it| format!(":{it}")).unwrap_or_default();
    let has_settings = matches!(scheme, Scheme::Https | Scheme::Http);
    let origin = has_settings.then(|| format!("{}://{host}{port}", scheme.name()));
    Ok(Address {
        scheme,
        told: told.into(),
        origin: origin.unwrap_or_default(),
        host,
        shown,
        secret,
        revision: what.0,
        folder: what.1,
    })
}

/// The parts of a URL.
fn parsed(text: &str) -> Result<Url, AddressError> {
    // What cannot be taken apart may hold a password anywhere.
    let scheme = text.split("://").next().unwrap_or_default();
    let unread = |reason: &str| AddressError {
        shown: format!("{scheme}://..."),
        reason: format!("is no address: {reason}"),
        hint: EXAMPLE.to_owned(),
    };
    if text.chars().any(|it| it.is_whitespace() || it.is_control()) {
        return Err(unread("it holds a blank"));
    }
    Url::parse(text).map_err(|it| unread(&it.to_string()))
}

/// The server's name, empty for a file; or what is wrong with where the address leads.
fn place(url: &Url, scheme: Scheme) -> Result<String, &'static str> {
    if url.query().is_some() {
        return Err("has a `?`, which no repository's address has");
    }
    let host = url.host_str().unwrap_or_default();
    let is_v6 = host.starts_with('[') && host.ends_with(']');
    let is_known = |it: char| it.is_ascii_alphanumeric() || "-._".contains(it);
    // A name that begins with a dash would be an option of ssh.
    let is_plain = host.chars().all(is_known) && !host.starts_with('-');
    if !is_v6 && !is_plain {
        return Err("names no server that there can be");
    }
    if (scheme == Scheme::File) != host.is_empty() || url.path().len() < 2 {
        return Err("names no repository");
    }
    let path = decoded(url.path()).filter(|it| !it.chars().any(char::is_control));
    path.map(|_| host.to_owned())
        .ok_or("is no address: its path is no text")
}

/// The address without names, passwords and what stands behind `#`; ssh's name is no secret.
fn shown(url: &Url) -> String {
    let mut shown = url.clone();
    shown.set_fragment(None);
    shown.set_query(None);
    let _ = shown.set_password(None);
    if url.scheme() != "ssh" {
        let _ = shown.set_username("");
    }
    shown.into()
}

/// What is wrong, and what to do.
type Fault = (&'static str, &'static str);

fn scheme(url: &Url, with_files: bool) -> Result<Scheme, Fault> {
    match url.scheme() {
        "https" => Ok(Scheme::Https),
        "ssh" => Ok(Scheme::Ssh),
        "git" => Ok(Scheme::Git),
        "http" if is_loopback(url) => Ok(Scheme::Http),
        "http" => Err((
            "is not encrypted: on the way anybody could read and change what it gives",
            "say `https://`; plain `http://` goes to this machine only",
        )),
        "file" if with_files => Ok(Scheme::File),
        "file" => Err((
            "is a repository on this machine, which is cloned only where you ask for it",
            "give the folder of a checkout, or `--allow-file-url`",
        )),
        other if other.starts_with("git+") => Err((
            "is written as pip does",
            "leave `git+` out, and name a branch, tag or commit behind `#`: https://example.org/me/it.git#v1.2",
        )),
        _ => Err((
            "is reached in a way that docgen does not know",
            "repositories are cloned from `https://`, `ssh://` and `git://`",
        )),
    }
}

/// Whether the server is this machine.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
        None => false,
    }
}

fn secret(url: &Url, scheme: Scheme) -> Result<Secret, Fault> {
    let (user, password) = (url.username(), url.password());
    if user.is_empty() && password.is_none() {
        return Ok(Secret::default());
    }
    let is_odd = "names a user that there cannot be";
    match scheme {
        Scheme::Ssh if password.is_some() => Err((
            "holds a password, which ssh does not take",
            "ssh uses your keys and your agent: leave the password out",
        )),
        Scheme::Ssh if !is_login(user) => Err((is_odd, "the user is mostly `git`")),
        Scheme::Ssh => Ok(Secret::default()),
        Scheme::Https | Scheme::Http => {
            Secret::new(user, password).ok_or((is_odd, "leave the user out"))
        }
        Scheme::Git | Scheme::File => Err((
            "names a user, who is asked for nowhere",
            "leave the user out",
        )),
    }
}

/// What may be a user of ssh's: no option, and nothing that a shell reads.
fn is_login(user: &str) -> bool {
    let is_known = |it: char| it.is_ascii_alphanumeric() || "-._+~".contains(it);
    !user.is_empty() && !user.starts_with('-') && user.chars().all(is_known)
}

/// `git@host:path`; `None` for what is no such thing.
fn short(text: &str) -> Option<Result<Address, AddressError>> {
    let (server, rest) = text.split_once(':')?;
    let (user, host) = server.split_once('@')?;
    let (path, fragment) = match rest.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (rest, None),
    };
    let is_host = |it: char| it.is_ascii_alphanumeric() || "-._".contains(it);
    let is_server = is_login(user)
        && host.starts_with(|it: char| it.is_ascii_alphanumeric())
        && host.chars().all(is_host);
    let is_path = !path.is_empty() && !path.starts_with('-') && !path.chars().any(char::is_control);
    if !is_server || !is_path {
        return None;
    }
    let shown = format!("{server}:{path}");
    Some(match what(fragment) {
        Ok((revision, folder)) => Ok(Address {
            scheme: Scheme::Ssh,
            told: shown.clone(),
            origin: String::new(),
            host: host.to_owned(),
            shown,
            secret: Secret::default(),
            revision,
            folder,
        }),
        Err(reason) => Err(AddressError {
            shown,
            reason: reason.to_owned(),
            hint: REVISIONS.to_owned(),
        }),
    })
}

/// A revision and a folder, where they are said.
type What = (Option<String>, Option<String>);

/// What stands behind `#`.
fn what(fragment: Option<&str>) -> Result<What, &'static str> {
    let Some(fragment) = fragment else {
        return Ok((None, None));
    };
    let fragment = decoded(fragment).ok_or("names a revision that is no text")?;
    let (revision, folder) = match fragment.split_once(':') {
        Some((revision, folder)) => (revision, folder.trim_matches('/')),
        None => (fragment.as_str(), ""),
    };
    if !revision.is_empty() && !is_revision(revision) {
        return Err("names what cannot be a branch, tag or commit");
    }
    let is_below = |part: &str| !part.is_empty() && part != "." && part != "..";
    let is_text = !folder.contains(['\\', '\0']) && !folder.chars().any(char::is_control);
    let lies_below = folder.is_empty() || (is_text && folder.split('/').all(is_below));
    if !lies_below {
        return Err("names a folder that lies in no repository");
    }
    let told = |it: &str| Some(it.to_owned()).filter(|it| !it.is_empty());
    Ok((told(revision), told(folder)))
}

/// What git lets a branch or tag be called (`git check-ref-format`).
fn is_revision(name: &str) -> bool {
    let is_odd = |it: char| it.is_whitespace() || it.is_control() || "~^:?*[\\".contains(it);
    !name.starts_with(['-', '+', '/', '.'])
        && !["/", ".", ".lock"].iter().any(|it| name.ends_with(it))
        && !["..", "@{", "//", "/."].iter().any(|it| name.contains(it))
        && name != "@"
        && !name.chars().any(is_odd)
}
