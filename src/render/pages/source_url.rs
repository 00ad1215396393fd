//! Where the source of a symbol is shown on the web, at the commit that the pages are made of.

use std::fmt::Write as _;

/// Addresses of a repository's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceUrl {
    /// With `{path}`, `{line}`, `{end}` and `{revision}` where these stand.
    template: String,
    /// The same of a commit, with `{revision}`.
    commit: Option<String>,
    revision: String,
}

/// The ways of known hosts: a part of the host's name, and what stands behind the repository's address.
const HOSTS: &[(&str, &str, &str)] = &[
    (
        "github",
        "/blob/{revision}/{path}#L{line}-L{end}",
        "/commit/{revision}",
    ),
    (
        "gitlab",
        "/-/blob/{revision}/{path}#L{line}-{end}",
        "/-/commit/{revision}",
    ),
    (
        "bitbucket",
        "/src/{revision}/{path}#lines-{line}:{end}",
        "/commits/{revision}",
    ),
    (
        "codeberg",
        "/src/commit/{revision}/{path}#L{line}-L{end}",
        "/commit/{revision}",
    ),
    (
        "gitea",
        "/src/commit/{revision}/{path}#L{line}-L{end}",
        "/commit/{revision}",
    ),
    (
        "forgejo",
        "/src/commit/{revision}/{path}#L{line}-L{end}",
        "/commit/{revision}",
    ),
    (
        "git.sr.ht",
        "/tree/{revision}/item/{path}#L{line}",
        "/commit/{revision}",
    ),
];

impl SourceUrl {
    /// Those of the remote at `address` (without names and passwords); `None` where its host is none of the known.
    pub fn of_remote(address: &str, revision: &str) -> Option<Self> {
        let (scheme, rest) = address.split_once("://")?;
        let (host, path) = rest.split_once('/')?;
        let base = match scheme {
            "http" | "https" => format!("{scheme}://{host}/{path}"),
            // What speaks ssh on a port of its own speaks https on its usual one.
            "ssh" | "git" => format!("https://{}/{path}", host.split(':').next()?),
            _ => return None,
        };
        let name = host.to_ascii_lowercase();
        let (_, file, commit) = HOSTS.iter().find(|it| name.contains(it.0))?;
        let base = base.trim_end_matches('/').replace(['{', '}'], "");
        Some(Self {
            template: format!("{base}{file}"),
            commit: Some(format!("{base}{commit}")),
            revision: revision.to_owned(),
        })
    }

    /// Those of a template that people gave; `Err` says what is wrong with it.
    pub fn given(template: &str, revision: Option<&str>) -> Result<Self, &'static str> {
        if !template.starts_with("https://") && !template.starts_with("http://") {
            return Err("it begins with neither `https://` nor `http://`");
        }
        if !template.contains("{path}") {
            return Err("`{path}` does not stand in it");
        }
        if template.contains("{revision}") && revision.is_none() {
            return Err("there is no commit here that `{revision}` could stand for");
        }
        Ok(Self {
            template: template.to_owned(),
            commit: None,
            revision: revision.unwrap_or_default().to_owned(),
        })
    }

    /// The commit, as short as people name it.
    pub(super) fn short_revision(&self) -> &str {
        short(&self.revision)
    }

    /// The address of lines of a file.
    pub(super) fn lines(&self, path: &str, line: u32, end: u32) -> String {
        self.filled(&self.template, &self.revision, path, line, end)
    }

    /// The address of a file.
    pub(super) fn file(&self, path: &str) -> String {
        let template = self.template.split('#').next().unwrap_or_default();
        self.filled(template, &self.revision, path, 1, 1)
    }

    /// The address of a commit, where it is known.
    pub(super) fn commit(&self, id: &str) -> Option<String> {
        let template = self.commit.as_ref()?;
        Some(self.filled(template, id, "", 1, 1))
    }

    fn filled(&self, template: &str, revision: &str, path: &str, line: u32, end: u32) -> String {
        let mut out = String::with_capacity(template.len() + path.len() + 40);
        let mut rest = template;
        while let Some(at) = rest.find('{') {
            put(&rest[..at], "/:?#[]@!$&'+,;=%", &mut out);
            rest = &rest[at..];
            let end_of = rest.find('}').map_or(rest.len(), |it| it + 1);
            // Writing to a string cannot fail.
            let _ = match &rest[..end_of] {
                "{path}" => return self.behind_path(&rest[end_of..], path, (line, end), out),
                "{line}" => write!(out, "{line}"),
                "{end}" => write!(out, "{end}"),
                "{revision}" => write!(out, "{revision}"),
                other => write!(out, "{}", other.trim_matches(['{', '}'])),
            };
            rest = &rest[end_of..];
        }
        put(rest, "/:?#[]@!$&'+,;=%", &mut out);
        out
    }

    /// The rest of an address behind `{path}`, in which that may stand again.
    fn behind_path(&self, rest: &str, path: &str, at: (u32, u32), mut out: String) -> String {
        put(path, "/@+,=", &mut out);
        out.push_str(&self.filled(rest, &self.revision, path, at.0, at.1));
        out
    }
}

/// The first digits of a commit's id.
pub(super) fn short(id: &str) -> &str {
    id.get(..7).unwrap_or(id)
}

/// `text` with everything percent-encoded but what an address in Markdown may hold.
fn put(text: &str, kept: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric()
            || b"-._~".contains(&byte)
            || kept.as_bytes().contains(&byte)
        {
            out.push(byte.into());
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SourceUrl;

    #[test]
    fn each_host_has_its_way() {
        let shown = |address: &str| {
            let url = SourceUrl::of_remote(address, "3f2a1c9d");
            url.map(|it| {
                (
                    it.lines("a/b c.py", 3, 9),
                    it.commit("77").unwrap_or_default(),
                )
            })
        };
        let told = |lines: &str, commit: &str| Some((lines.to_owned(), commit.to_owned()));
        assert_eq!(
            shown("https://github.com/me/it"),
            told(
                "https://github.com/me/it/blob/3f2a1c9d/a/b%20c.py#L3-L9",
                "https://github.com/me/it/commit/77"
            )
        );
        assert_eq!(
            shown("ssh://gitlab.example.org:2222/me/it"),
            told(
                "https://gitlab.example.org/me/it/-/blob/3f2a1c9d/a/b%20c.py#L3-9",
                "https://gitlab.example.org/me/it/-/commit/77"
            )
        );
        assert_eq!(
            shown("https://bitbucket.org/me/it"),
            told(
                "https://bitbucket.org/me/it/src/3f2a1c9d/a/b%20c.py#lines-3:9",
                "https://bitbucket.org/me/it/commits/77"
            )
        );
        assert_eq!(
            shown("https://codeberg.org/me/it"),
            told(
                "https://codeberg.org/me/it/src/commit/3f2a1c9d/a/b%20c.py#L3-L9",
                "https://codeberg.org/me/it/commit/77"
            )
        );
        assert_eq!(shown("https://example.org/me/it"), None);
        assert_eq!(shown("file:///srv/github/it"), None);
    }

    #[test]
    fn a_template_is_filled_and_safe_in_markdown() {
        let url = SourceUrl::given(
            "https://x.org/{path}/{path}?r={revision}#{line})",
            Some("v1"),
        )
        .unwrap();
        assert_eq!(
            url.lines("a(b)|\"<.py", 1, 2),
            "https://x.org/a%28b%29%7C%22%3C.py/a%28b%29%7C%22%3C.py?r=v1#1%29"
        );
        assert_eq!(url.file("a"), "https://x.org/a/a?r=v1");
        assert!(SourceUrl::given("javascript:{path}", None).is_err());
        assert!(SourceUrl::given("https://x.org/{path}@{revision}", None).is_err());
        assert!(SourceUrl::given("https://x.org", Some("v1")).is_err());
    }
}
